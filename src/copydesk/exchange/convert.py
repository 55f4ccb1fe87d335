"""Makes questions for learning platforms of tasks and their keys, and says what of a task is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.exchange import markup
from copydesk.exchange.questions import (
    Choice,
    Essay,
    Item,
    LeftOut,
    Match,
    Number,
    Option,
    Order,
    Question,
    Words,
)
from copydesk.exchange.writing import unwritten
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
    from collections.abc import Callable, Iterator
    from typing import Any

    from copydesk.course.article import Card
    from copydesk.course.bank import Bank, Entry
    from copydesk.course.seeds import Seeds
    from copydesk.exchange.questions import Body
    from copydesk.kinds.choice.model import ChoiceKey, ChoiceTask
    from copydesk.kinds.order.model import OrderKey, OrderTask
    from copydesk.kinds.sort.model import SortKey, SortTask
    from copydesk.kinds.union import Task
    from copydesk.kinds.value.model import FieldKey, ValueField, ValueKey, ValueTask
    from copydesk.kinds.verdict.model import VerdictKey, VerdictTask
    from copydesk.kinds.written.model import WrittenKey, WrittenTask

LEFT_OUT = {
    "spans": "words are marked in a text, and there is no such question",
    "arrows": "a map is drawn, and there is no such question",
    "drawer": "evidence cards are searched and opened, and there is no such question",
}
"""Kinds that no format holds, and why."""

NO_FORM = "it is of the kind “{kind}”, and there is no such question"
NO_KEY = "it has no key, and a question needs one"
BASELINE = "the baseline is asked twice and never marked, so its answers stay in the course"


class Converter:
    """Makes the questions of one bank; evidence cards come from ``seeds``."""

    def __init__(self, bank: Bank, seeds: Seeds) -> None:
        self.bank = bank
        self.seeds = seeds

    def questions(self) -> Iterator[Question | LeftOut]:
        """Yield the questions of each task in order, or why it has none."""
        for entry in self.bank.tasks:
            left_out = self._left_out(entry)
            if left_out:
                yield left_out
            else:
                yield from FORMS[entry.task.kind](self, entry.task, entry.key)

    def _left_out(self, entry: Entry) -> LeftOut | None:
        """Return why a task has no question, if it has none."""
        task = entry.task
        if reason := unwritten(self.bank, entry):
            return LeftOut(task.id, task.title, reason, is_unwritten=True)
        if any(is_unwritten(self._card_html(name)) for name in task.cards):
            return LeftOut(task.id, task.title, "one of its evidence cards is still to be written", is_unwritten=True)
        if task.group == "baseline":
            return LeftOut(task.id, task.title, BASELINE)
        if task.kind not in FORMS:
            reason = LEFT_OUT.get(task.kind, NO_FORM.format(kind=task.kind))
            return LeftOut(task.id, task.title, reason)
        return LeftOut(task.id, task.title, NO_KEY) if entry.key is None else None

    def choice(self, task: ChoiceTask, key: ChoiceKey) -> Iterator[Question]:
        """Yield a question with options."""
        options = tuple(
            Option(
                each.id, markup.inline(each.text), key.options[each.id].weight, markup.blocks(key.options[each.id].why)
            )
            for each in task.options
        )
        yield self._question(task, Choice(options, task.multiple, task.shuffle))

    def sort(self, task: SortTask, key: SortKey) -> Iterator[Question]:
        """Yield a question that matches items with classes."""
        names = {each.id: markup.plain(each.text) for each in task.classes}
        items = tuple(
            Item(each.id, markup.inline(each.text), {name: w for name, w in key.items[each.id].weights.items() if w})
            for each in task.items
        )
        notes = markup.listing(
            f"{markup.strong(names[each.id])}: {markup.inline(each.note)}" for each in task.classes if each.note
        )
        stem = notes if any(each.note for each in task.classes) else ""
        reasons = markup.listing(
            f"{item.text} → {markup.strong(names[item.answer])}. {markup.inline(key.items[item.id].why)}"
            for item in items
        )
        yield self._question(task, Match(items, names), stem=stem, after=reasons)

    def order(self, task: OrderTask, key: OrderKey) -> Iterator[Question]:
        """Yield a question that puts items in a row."""
        body = Order({each.id: markup.inline(each.text) for each in task.items}, key.ranks)
        stem = markup.blocks(t("view.order", first=task.first, last=task.last))
        reasons = markup.listing(
            f"{markup.strong(str(place))}. {body.steps[name]} {markup.inline(key.why[name])}"
            for place, group in enumerate(key.ranks, start=1)
            for name in group
        )
        yield self._question(task, body, stem=stem, after=reasons)

    def value(self, task: ValueTask, key: ValueKey) -> Iterator[Question]:
        """Yield a question for each field, and for each row of a table: platforms ask for one value at a time."""
        parts = [part for field in task.fields for part in _fields(field, key.fields[field.id])]
        total = sum(key.fields[field.id].share for field in task.fields)
        for number, part in enumerate(parts, start=1):
            lost = [f"its {len(parts)} values are {len(parts)} questions"] if number == 1 and len(parts) > 1 else []
            lost += ["a text is marked by a person, not by its words"] if isinstance(part.body, Essay) else []
            yield self._question(
                task,
                part.body,
                name=part.name,
                title=f"{task.title} ({number}/{len(parts)})" if len(parts) > 1 else task.title,
                prompt_after=markup.blocks(part.label),
                after=part.after,
                share=part.share / total,
                lost=lost,
            )

    def verdict(self, task: VerdictTask, key: VerdictKey) -> Iterator[Question]:
        """Yield a choice of the support."""
        options = tuple(
            Option(
                name,
                markup.inline(t(f"support.{name}")),
                key.support[name].weight,
                markup.blocks(key.support[name].why),
            )
            for name in SUPPORTS
        )
        reasons = [
            f"{markup.inline(each.text)}: {markup.inline(key.qualifications[each.id].why)}"
            for each in task.qualifications
        ]
        cards = [f"{markup.strong(self._card(name).title)}: {markup.inline(why)}" for name, why in key.decisive.items()]
        after = markup.blocks(t("exchange.decisive")) + markup.listing(cards)
        if reasons:
            after = markup.blocks(f"{t('view.qualifications')}:") + markup.listing(reasons) + after
        lost = ["the qualification and the cards that decide are shown with the answer, not asked for"]
        as_of = markup.blocks(t("view.as_of", date=task.as_of))
        stem = markup.quotation(task.claim) + as_of + markup.blocks(t("exchange.verdict"))
        yield self._question(task, Choice(options, shuffle=False), stem=stem, after=after, lost=lost)

    def written(self, task: WrittenTask, key: WrittenKey) -> Iterator[Question]:
        """Yield an essay."""
        rubric = "".join(
            markup.paragraph(f"<strong>{markup.inline(each.text)}</strong>")
            + markup.listing(
                f"{t('view.level', level=level)}: {markup.inline(text)}"
                for level, text in sorted(each.levels.items(), reverse=True)
            )
            for each in task.rubric
        )
        exemplars = "".join(
            markup.paragraph(markup.strong(t("view.level", level=each.level)))
            + markup.quotation(each.text)
            + markup.blocks(each.why)
            for each in sorted(key.exemplars, key=lambda each: -each.level)
        )
        words = markup.blocks(t("view.words", least=task.min_words, most=task.max_words))
        stem = words + markup.paragraph(markup.strong(t("view.rubric"))) + rubric
        lost = ["the rubric is text to read: the platform asks for one mark, not for one a criterion"]
        yield self._question(task, Essay(exemplars), stem=stem, lost=lost)

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
        lost: list[str] | None = None,
    ) -> Question:
        """Return a question with what every task has: context, cards, prompt, hints, and whose reading the key is."""
        context = markup.quotation(task.context) if task.context else ""
        cards = "".join(map(self._card_html, task.cards))
        notes = list(lost or ())
        if asks_confidence(task):
            notes.append("how sure the learner is, is not asked")
        if task.reasons:
            notes.append("the “because ...” is not asked")
        return Question(
            id=f"{task.id}-{name}" if name else task.id,
            task=task.id,
            title=f"{task.id}: {markup.plain(title or task.title)}",
            stem=context + cards + markup.blocks(task.prompt) + stem + prompt_after,
            body=body,
            after=after + markup.blocks(t("view.keyed_by", keyed_by=self.bank.keyed_by)),
            points=(task.points or 1.0) * share,
            hints=tuple(map(markup.blocks, task.hints)),
            not_held=tuple(notes),
        )

    def _card(self, name: str) -> Card:
        return self.seeds.card(name)

    def _card_html(self, name: str) -> str:
        """Return an evidence card: its title, its words, what it says, and where it was read."""
        card = self._card(name)
        publishers = "; ".join(self.seeds.sources_by_key[key].publisher for key in card.sources)
        origin = f"{publishers}. {t('view.card', read=card.read, date=card.date)}"
        return (
            markup.paragraph(markup.strong(card.title))
            + (markup.quotation(card.quote) if card.quote else "")
            + markup.blocks(card.says)
            + markup.blocks(origin)
        )


FORMS: dict[str, Callable[[Converter, Any, Any], Iterator[Question]]] = {
    "choice": Converter.choice,
    "sort": Converter.sort,
    "order": Converter.order,
    "value": Converter.value,
    "verdict": Converter.verdict,
    "written": Converter.written,
}
"""The kinds that platforms have a question for; a task of any other kind is named in the report as left out."""


class _Part(NamedTuple):
    """One value that is asked for: its name within the task, what is asked, and its part of the points."""

    name: str
    label: str
    body: Body
    after: str
    share: float


def _fields(field: ValueField, key: FieldKey) -> Iterator[_Part]:
    """Yield what a field asks for; a table asks for one number a row."""
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
        how = t(f"exchange.date.{field.precision}")
        label = f"{field.label}\n\n{how}"
        yield _Part(field.id, label, Words(key.value), why, key.share)
    elif isinstance(field, TextField) and isinstance(key, TextKey):
        label = f"{field.label}\n\n{field.note}" if field.note else field.label
        example = markup.blocks(t("exchange.example", example=key.example))
        yield _Part(field.id, label, Essay(why + example), why + example, key.share)
