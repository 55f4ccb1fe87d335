"""Shows supports, qualifications and decisive cards on a feedback page, each with its standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.cards import Card, Group, card_groups
from copydesk.kinds.credit_labels import CreditLabel, credit_label
from copydesk.text import t

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.verdict.model import VerdictKey, VerdictResponse, VerdictTask
    from copydesk.model.score import Score


CITED = CreditLabel("reference", "feedback.verdict.cited")
UNCITED = CreditLabel("neither", "feedback.verdict.uncited")


def feedback_view(
    task: VerdictTask, key: VerdictKey, response: VerdictResponse | None, _: Score, parts: Parts
) -> Markup:
    """Return supports, qualifications and decisive cards, each with its standing and reason."""
    groups = [Group(t("feedback.verdict.claim", date=task.as_of, claim=task.claim), _support_cards(key, response))]
    if task.qualifications:
        groups.append(Group(t("feedback.verdict.qualification"), _qualification_cards(task, key, response)))
    groups.append(Group(t("feedback.verdict.cards"), _decisive_cards(key, response, parts)))
    return card_groups(parts, *groups)


def _support_cards(key: VerdictKey, response: VerdictResponse | None) -> list[Card]:
    """Return a card for each place on the scale of support."""
    chosen = response.support if response else None
    cards = []
    for name, entry in key.support.items():
        cards.append(Card(t(f"support.{name}"), entry.why, credit_label(entry.weight), is_chosen=name == chosen))
    return cards


def _qualification_cards(task: VerdictTask, key: VerdictKey, response: VerdictResponse | None) -> list[Card]:
    """Return a card for each qualification."""
    chosen = response.qualification if response else None
    cards = []
    for qualification in task.qualifications:
        entry = key.qualifications[qualification.id]
        is_chosen = qualification.id == chosen
        cards.append(Card(qualification.text, entry.why, credit_label(entry.weight), is_chosen=is_chosen))
    return cards


def _decisive_cards(key: VerdictKey, response: VerdictResponse | None, parts: Parts) -> list[Card]:
    """Return a card for each evidence card that decides the verdict."""
    cited = response.cards if response else ()
    cards = []
    for card, why in key.decisive.items():
        is_cited = card in cited
        cards.append(Card(parts.card_title(card), why, CITED if is_cited else UNCITED, is_chosen=is_cited))
    return cards
