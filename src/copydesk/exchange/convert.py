"""Turns tasks and their keys into questions for learning platforms, and names the losses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from copydesk.course.bank import FIRST
from copydesk.exchange import markup, mended
from copydesk.exchange.questions import (
    Choice,
    Essay,
    Item,
    Match,
    Number,
    OmittedTask,
    Option,
    Order,
    Question,
    Words,
)
from copydesk.exchange.writing import unwritten_reason
from copydesk.kinds.scoring import asks_confidence
from copydesk.kinds.value.model import (
    DateField,
    DateKey,
    NumberField,
    NumberKey,
    TableField,
    TableKey,
    TextField,
    TextKey,
)
from copydesk.kinds.verdict.model import SUPPORTS
from copydesk.model.task import is_unwritten
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from copydesk.course.bank import Bank, Entry
    from copydesk.course.seeds import Seeds
    from copydesk.exchange.questions import Body
    from copydesk.kinds.choice.model import ChoiceKey, ChoiceTask, OptionKey
    from copydesk.kinds.edit.model import EditKey, EditTask
    from copydesk.kinds.order.model import OrderKey, OrderTask
    from copydesk.kinds.sort.model import SortKey, SortTask
    from copydesk.kinds.union import Task
    from copydesk.kinds.value.model import FieldKey, ValueField, ValueKey, ValueTask
    from copydesk.kinds.verdict.model import Judged, VerdictKey, VerdictTask
    from copydesk.kinds.written.model import Criterion, Exemplar, WrittenKey, WrittenTask

NOT_ON_PLATFORMS = ("spans", "arrows", "drawer")
"""Kinds that no format has a question for; the catalogue gives the reason for each."""


class Converter:
    """Makes the questions of one bank; evidence cards come from ``seeds``."""

    def __init__(self, bank: Bank, seeds: Seeds) -> None:
        self.bank = bank
        self.seeds = seeds

    def questions(self) -> Iterator[Question | OmittedTask]:
        """Yield each task's questions in order, or the reason it has none.

        A task with a twin yields the questions of both versions. A learner's own note is not a question.
        """
        for entry in self.bank.tasks:
            if entry.task.group == "note":
                continue
            reason = self._missing_text(entry)
            if reason:
                yield OmittedTask(entry.task.id, entry.task.title, reason, is_unwritten=True)
                continue
            reason = self._obstacle(entry)
            if reason:
                yield OmittedTask(entry.task.id, entry.task.title, reason)
            else:
                yield from self._questions_of(entry)

    def _questions_of(self, entry: Entry) -> Iterator[Question]:
        """Yield the questions of a task; with two versions, the name of each says which it belongs to."""
        for number, version in enumerate(entry.versions, FIRST):
            for question in QUESTION_MAKERS[version.task.kind](self, version.task, version.key):
                yield _as_version(question, number) if entry.twin else question

    def _missing_text(self, entry: Entry) -> str:
        """Return what is still to be written in a task; empty if nothing is."""
        reason = unwritten_reason(self.bank, entry)
        if reason:
            return reason
        for version in entry.versions:
            if any(is_unwritten(self._card_html(name)) for name in version.task.cards):
                return t("convert.unwritten_card")
        return ""

    @staticmethod
    def _obstacle(entry: Entry) -> str:
        """Return the reason a finished task has no question; empty if it has one."""
        kind = entry.task.kind
        if entry.task.group == "baseline":
            return t("convert.baseline")
        if kind in NOT_ON_PLATFORMS:
            return t(f"convert.not_on_platforms.{kind}")
        if kind not in QUESTION_MAKERS:
            return t("convert.unknown_kind", kind=kind)
        if entry.key is None:
            return t("convert.no_key")
        return ""

    def choice(self, task: ChoiceTask, key: ChoiceKey) -> Iterator[Question]:
        """Yield a question with options."""
        options = [_option(option.id, option.text, key.options[option.id]) for option in task.options]
        yield self._question(task, Choice(tuple(options), task.multiple, task.shuffle))

    def sort(self, task: SortTask, key: SortKey) -> Iterator[Question]:
        """Yield a question that matches items to classes."""
        names = {group.id: markup.plain(group.text) for group in task.classes}
        items = []
        reasons = []
        for item in task.items:
            item_key = key.items[item.id]
            weights = {name: weight for name, weight in item_key.weights.items() if weight}
            question_item = Item(item.id, markup.inline(item.text), weights)
            items.append(question_item)
            answer = markup.strong(names[question_item.answer])
            reasons.append(f"{question_item.text} → {answer}. {markup.inline(item_key.why)}")
        yield self._question(
            task, Match(tuple(items), names), stem=_class_notes(task, names), after=markup.bullet_list(reasons)
        )

    def order(self, task: OrderTask, key: OrderKey) -> Iterator[Question]:
        """Yield a question that puts items in order."""
        steps = {item.id: markup.inline(item.text) for item in task.items}
        reasons = []
        for place, group in enumerate(key.ranks, start=1):
            for name in group:
                why = markup.inline(key.why[name])
                reasons.append(f"{markup.strong(str(place))}. {steps[name]} {why}")
        stem = markup.blocks(t("view.order", first=task.first, last=task.last))
        yield self._question(task, Order(steps, key.ranks), stem=stem, after=markup.bullet_list(reasons))

    def value(self, task: ValueTask, key: ValueKey) -> Iterator[Question]:
        """Yield a question for each field, and for each row of a table: platforms ask for one value at a time."""
        parts: list[_Part] = []
        for field in task.fields:
            parts.extend(_parts(field, key.fields[field.id]))
        total = sum(key.fields[field.id].share for field in task.fields)
        for place, part in enumerate(parts, start=1):
            losses = []
            title = task.title
            if len(parts) > 1:
                title = f"{task.title} ({place}/{len(parts)})"
                if place == 1:
                    losses.append(t("convert.several_values", values=len(parts)))
            if isinstance(part.body, Essay):
                losses.append(t("convert.text_by_person"))
            yield self._question(
                task,
                part.body,
                name=part.name,
                title=title,
                prompt_after=markup.blocks(part.label),
                after=part.after,
                share=part.share / total,
                losses=losses,
            )

    def verdict(self, task: VerdictTask, key: VerdictKey) -> Iterator[Question]:
        """Yield a question that asks for the support."""
        options = [_option(name, t(f"support.{name}"), key.support[name]) for name in SUPPORTS]
        stem = (
            markup.quotation(task.claim)
            + markup.blocks(t("view.as_of", date=task.as_of))
            + markup.blocks(t("exchange.verdict"))
        )
        yield self._question(
            task,
            Choice(tuple(options), shuffle=False),
            stem=stem,
            after=self._verdict_reasons(task, key),
            losses=[t("convert.verdict_parts")],
        )

    def _verdict_reasons(self, task: VerdictTask, key: VerdictKey) -> str:
        """Return the explanations of the qualifications and the decisive cards."""
        cards = []
        for name, why in key.decisive.items():
            title = markup.strong(self.seeds.card(name).title)
            cards.append(f"{title}: {markup.inline(why)}")
        decisive = markup.blocks(t("exchange.decisive")) + markup.bullet_list(cards)
        if not task.qualifications:
            return decisive
        reasons = []
        for qualification in task.qualifications:
            why = key.qualifications[qualification.id].why
            reasons.append(f"{markup.inline(qualification.text)}: {markup.inline(why)}")
        return markup.blocks(f"{t('view.qualifications')}:") + markup.bullet_list(reasons) + decisive

    def written(self, task: WrittenTask, key: WrittenKey) -> Iterator[Question]:
        """Yield an essay."""
        rubric = "".join(map(_criterion_html, task.rubric))
        best_first = sorted(key.exemplars, key=lambda exemplar: -exemplar.level)
        exemplars = "".join(map(_exemplar_html, best_first))
        words = markup.blocks(t("view.words", least=task.min_words, most=task.max_words))
        stem = words + markup.paragraph(markup.strong(t("view.rubric"))) + rubric
        yield self._question(task, Essay(exemplars), stem=stem, losses=[t("convert.rubric_as_text")])

    def edit(self, task: EditTask, key: EditKey) -> Iterator[Question]:
        """Yield an essay in which the passages are mended; the reference is for the marker."""
        reference = mended.reference_html(task, key)
        losses = [t("convert.edit_by_person")]
        yield self._question(task, Essay(reference), stem=mended.passages_html(task), after=reference, losses=losses)

    def _question(  # noqa: PLR0913  (what the kinds differ in)
        self,
        task: Task,
        body: Body,
        *,
        name: str = "",
        title: str = "",
        stem: str = "",
        prompt_after: str = "",
        after: str = "",
        share: float = 1.0,
        losses: Iterable[str] = (),
    ) -> Question:
        """Return a question with the parts of every task: context, cards, prompt, hints, and the author of the key."""
        context = markup.quotation(task.context) if task.context else ""
        cards = "".join(map(self._card_html, task.cards))
        all_losses = list(losses)
        if asks_confidence(task):
            all_losses.append(t("convert.confidence"))
        if task.reasons:
            all_losses.append(t("convert.reasons"))
        return Question(
            id=f"{task.id}-{name}" if name else task.id,
            task=task.id,
            title=f"{task.id}: {markup.plain(title or task.title)}",
            stem=context + cards + markup.blocks(task.prompt) + stem + prompt_after,
            body=body,
            after=after + markup.blocks(t("view.keyed_by", keyed_by=self.bank.keyed_by)),
            points=(task.points or 1.0) * share,
            hints=tuple(map(markup.blocks, task.hints)),
            losses=tuple(all_losses),
        )

    def _card_html(self, name: str) -> str:
        """Return an evidence card: its title, its quotation, its content, and where it was read."""
        card = self.seeds.card(name)
        origin = f"{card.publisher}. {t('view.card', read=card.read, date=card.date)}"
        quotation = markup.quotation(card.quote) if card.quote else ""
        title = markup.paragraph(markup.strong(card.title))
        return title + quotation + markup.blocks(card.says) + markup.blocks(origin)


QUESTION_MAKERS: dict[str, Callable[[Converter, Any, Any], Iterator[Question]]] = {
    "choice": Converter.choice,
    "edit": Converter.edit,
    "sort": Converter.sort,
    "order": Converter.order,
    "value": Converter.value,
    "verdict": Converter.verdict,
    "written": Converter.written,
}
"""The kinds that platforms have a question for; the report names a task of any other kind as left out."""


def _as_version(question: Question, number: int) -> Question:
    """Return a question as one of two versions of its task, with its own name."""
    title = t("convert.version", title=question.title, version=number)
    losses = (*question.losses, *((t("convert.versions"),) if number == FIRST else ()))
    return replace(question, id=f"{question.id}-v{number}", title=title, losses=losses)


def _option(name: str, text: str, key: OptionKey | Judged) -> Option:
    """Return an answer to choose, with its weight and explanation."""
    return Option(name, markup.inline(text), key.weight, markup.blocks(key.why))


def _class_notes(task: SortTask, names: dict[str, str]) -> str:
    """Return the notes on the classes as a list; empty if there are none."""
    notes = []
    for group in task.classes:
        if group.note:
            name = markup.strong(names[group.id])
            notes.append(f"{name}: {markup.inline(group.note)}")
    return markup.bullet_list(notes) if notes else ""


def _criterion_html(criterion: Criterion) -> str:
    """Return a criterion of a rubric with its levels, the best first."""
    levels = []
    for level, text in sorted(criterion.levels.items(), reverse=True):
        levels.append(f"{t('view.level', level=level)}: {markup.inline(text)}")
    title = f"<strong>{markup.inline(criterion.text)}</strong>"
    return markup.paragraph(title) + markup.bullet_list(levels)


def _exemplar_html(exemplar: Exemplar) -> str:
    """Return an exemplar with its level and the reasons for it."""
    title = markup.paragraph(markup.strong(t("view.level", level=exemplar.level)))
    return title + markup.quotation(exemplar.text) + markup.blocks(exemplar.why)


class _Part(NamedTuple):
    """One value that is asked for: its name within the task, its label, and its share of the points."""

    name: str
    label: str
    body: Body
    after: str
    share: float


def _parts(field: ValueField, key: FieldKey) -> Iterator[_Part]:
    """Yield the values that a field asks for; a table asks for one number per row.

    Raises:
        TypeError: the key does not match the type of the field.
    """
    why = markup.blocks(key.why)
    if isinstance(field, TableField) and isinstance(key, TableKey):
        for place, row in enumerate(field.rows, start=1):
            label = f"{field.label} {field.row_label}: **{row}**. {field.value_label}?"
            body = Number(key.values[row], key.tolerance)
            yield _Part(f"{field.id}-{place}", label, body, why, key.share / len(field.rows))
    elif isinstance(field, NumberField) and isinstance(key, NumberKey):
        label = f"{field.label} ({field.unit})" if field.unit else field.label
        yield _Part(field.id, label, Number(key.value, key.tolerance), why, key.share)
    elif isinstance(field, DateField) and isinstance(key, DateKey):
        form = t(f"exchange.date.{field.precision}")
        yield _Part(field.id, f"{field.label}\n\n{form}", Words(key.value), why, key.share)
    elif isinstance(field, TextField) and isinstance(key, TextKey):
        label = f"{field.label}\n\n{field.note}" if field.note else field.label
        example = markup.blocks(t("exchange.example", example=key.example))
        yield _Part(field.id, label, Essay(why + example), why + example, key.share)
    else:
        msg = f"the field {field.id} and its key are of two types, {field.type} and {key.type}"
        raise TypeError(msg)
