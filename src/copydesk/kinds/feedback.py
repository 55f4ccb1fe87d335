"""Lays an answer beside the reference reading, as the feedback page shows them: one function a kind."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from copydesk.kinds.group_feedback import GROUP_VIEWS
from copydesk.kinds.spans.model import KeySpan, Passage, SpansKey, SpansResponse, SpansTask, find_quote
from copydesk.kinds.value.model import (
    DateKey,
    NumberKey,
    TableField,
    TableKey,
    TextKey,
    ValueKey,
    ValueResponse,
    ValueTask,
    is_within,
)
from copydesk.model.tokens import count_words, tokens_in
from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from copydesk.grading.scores.assessment import TaskResult
    from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask
    from copydesk.kinds.sort.model import SortKey, SortResponse, SortTask
    from copydesk.kinds.value.model import FieldKey, ValueField
    from copydesk.kinds.written.model import WrittenResponse, WrittenTask

View = dict[str, Any]
"""Plain values for the template; every text in it is escaped there."""

HALF = 0.5
MAX_LEARNER_ROWS = 100


def read(result: TaskResult) -> View:
    """Return what the feedback page shows of one task, by its kind."""
    response = result.answer.response if result.answer else None
    return VIEWS[result.task.kind](result, result.task, result.key, response)


def standing(weight: float) -> View:
    """Return how a weight is called: ``name`` for the style sheet, ``text`` for the reader."""
    if weight == 1:
        return {"name": "reference", "text": t("feedback.standing.reference")}
    if weight == 0:
        return {"name": "neither", "text": t("feedback.standing.neither")}
    name = "half" if weight == HALF else "part"
    return {"name": "defensible", "text": t(f"feedback.standing.{name}", share=number(100 * weight))}


def _choice(_: TaskResult, task: ChoiceTask, key: ChoiceKey, response: ChoiceResponse | None) -> View:
    chosen = response.chosen if response else ()
    options = [
        {
            "text": option.text,
            "chosen": option.id in chosen,
            "standing": _choice_standing(key.options[option.id].weight, multiple=task.multiple),
            "why": key.options[option.id].why,
        }
        for option in task.options
    ]
    return {"options": options, "multiple": task.multiple}


def _choice_standing(weight: float, *, multiple: bool) -> View:
    """Return the standing of an option; one of several that can be defended is neutral (grading.md 4)."""
    if multiple and 0 < weight < 1:
        return {"name": "defensible", "text": t("feedback.standing.neutral")}
    return standing(weight)


def _sort(_: TaskResult, task: SortTask, key: SortKey, response: SortResponse | None) -> View:
    names = {entry.id: entry.text for entry in task.classes}
    placed = response.placed if response else {}
    rows = []
    for item in task.items:
        weights = key.items[item.id].weights
        mine = placed.get(item.id)
        rows.append(
            {
                "text": item.text,
                "mine": names[mine] if mine else None,
                "standing": standing(weights.get(mine, 0)) if mine else None,
                "reference": [names[name] for name, weight in weights.items() if weight == 1],
                "defensible": [
                    {"text": names[name], "standing": standing(weight)}
                    for name, weight in weights.items()
                    if 0 < weight < 1
                ],
                "why": key.items[item.id].why,
            }
        )
    return {"rows": rows}


def _spans(_: TaskResult, task: SpansTask, key: SpansKey, response: SpansResponse | None) -> View:
    texts = {passage.id: passage.text for passage in task.passages}
    order = [label.id for label in task.labels]
    mine: dict[str, list[Mark]] = {name: [] for name in texts}
    for span in response.spans if response else ():
        words = span["selector"][0]
        mine[span["passage"]].append((order.index(span["label"]), words["start"], words["end"]))
    reference: dict[str, list[Mark]] = {name: [] for name in texts}
    for place, entry in ((place, entry) for place, name in enumerate(order) for entry in key.labels[name]):
        if entry.weight:
            reference[entry.passage].append((place, *find_quote(texts, entry)))
    clean = response.clean if response else ()
    return {
        "passages": [_passage(passage, mine[passage.id], reference[passage.id], clean) for passage in task.passages],
        "labels": [
            {
                "text": label.text,
                "note": label.note,
                "reasons": [_reason(texts, entry, place, mine) for entry in key.labels[label.id]],
                "others": _others(texts, key.labels[label.id], place, mine),
            }
            for place, label in enumerate(task.labels)
        ],
        "answered": response is not None,
    }


def _passage(passage: Passage, mine: list[Mark], reference: list[Mark], clean: Sequence[str]) -> View:
    return {
        "id": passage.id,
        "note": passage.note,
        "mine": segments(passage.text, mine),
        "is_marked": bool(mine),
        "is_clean": passage.id in clean,
        "reference": segments(passage.text, reference),
        "has_reference": bool(reference),
    }


Mark = tuple[int, int, int]
"""A label by its number, and start and end (code points) of the words that carry it."""


def segments(text: str, marks: Iterable[Mark]) -> list[View]:
    """Cut a text where marks begin and end: pieces with the numbers of their labels, and those that end there."""
    at: list[set[int]] = [set() for _ in text]
    for label, start, end in _joined(marks):
        for position in range(start, end):
            at[position].add(label)
    pieces = []
    for labels, group in groupby(range(len(text)), key=lambda position: tuple(sorted(at[position]))):
        positions = list(group)
        after = at[positions[-1] + 1] if positions[-1] + 1 < len(text) else set()
        ending = [label for label in labels if label not in after]
        pieces.append({"text": text[positions[0] : positions[-1] + 1], "labels": labels, "ending": ending})
    return pieces


def _joined(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks with those of one label that overlap made into one: a bound on what they cost."""
    joined: list[Mark] = []
    for label, start, end in sorted(marks):
        if joined and joined[-1][0] == label and start <= joined[-1][2]:
            joined[-1] = (label, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((label, start, end))
    return joined


def _reason(texts: dict[str, str], entry: KeySpan, label: int, mine: dict[str, list[Mark]]) -> View:
    """Return a span of the key with its reason, and how much of it the learner marked."""
    text = texts[entry.passage]
    wanted = set(tokens_in(text, *find_quote(texts, entry)))
    marks = _joined(mark for mark in mine[entry.passage] if mark[0] == label)
    marked = {word for _, start, end in marks for word in tokens_in(text, start, end)}
    hit = wanted & marked
    found = "marked" if hit == wanted else "partly" if hit else "unmarked"
    tempting = {"name": "neither", "text": t("feedback.standing.tempting")}
    return {
        "quote": entry.quote,
        "passage": entry.passage,
        "standing": standing(entry.weight) if entry.weight else tempting,
        "is_hit": bool(hit),
        "found": t(f"feedback.spans.{found}"),
        "why": entry.why,
    }


def _others(texts: dict[str, str], entries: Sequence[KeySpan], label: int, mine: dict[str, list[Mark]]) -> list[View]:
    """Return the marks of a label that no span of the key touches."""
    places = [(entry.passage, *find_quote(texts, entry)) for entry in entries]
    return [
        {"quote": texts[name][start:end], "passage": name}
        for name, marks in mine.items()
        for _, start, end in _joined(mark for mark in marks if mark[0] == label)
        if not any(where == name and first < end and last > start for where, first, last in places)
    ]


def _value(result: TaskResult, task: ValueTask, key: ValueKey, response: ValueResponse | None) -> View:
    values = response.values if response else {}
    credits_ = {entry.part: entry.credit for entry in result.score.feedback}
    return {
        "fields": [
            _field(field, key.fields[field.id], values.get(field.id), credits_.get(field.id)) for field in task.fields
        ]
    }


def _field(field: ValueField, key: FieldKey, given: object, credit: float | None) -> View:
    """Return a field with its value, the reference and the reason; a table also with its rows."""
    view: View = {"label": field.label, "why": key.why, "credit": credit, "rows": None, "mine": None}
    view["mine"] = number(given) if isinstance(given, float | int) else given if isinstance(given, str) else None
    if isinstance(field, TableField) and isinstance(key, TableKey):
        view["rows"] = _rows(field.rows, key, given if isinstance(given, dict) else {})
        view["heads"] = [field.row_label, field.value_label]
    view["reference"] = _reference(key, getattr(field, "unit", ""))
    return view


def _rows(names: Sequence[str], key: TableKey, given: dict[str, float]) -> list[View]:
    """Return the rows of the task, then those that only the learner has."""
    extra = sorted(set(given) - set(names))[:MAX_LEARNER_ROWS]
    return [
        {
            "name": name,
            "mine": number(given[name]) if name in given else None,
            "reference": number(key.values[name]) if name in key.values else None,
            "right": name in given and name in key.values and is_within(given[name], key.values[name], key.tolerance),
        }
        for name in [*names, *extra]
    ]


def _reference(key: FieldKey, unit: str) -> str:
    """Return the value of the key in words; a table has rows instead."""
    if isinstance(key, NumberKey):
        value = f"{number(key.value)} {unit}".strip()
        return t("feedback.number.around", value=value, tolerance=number(key.tolerance)) if key.tolerance else value
    if isinstance(key, DateKey):
        return key.value
    if isinstance(key, TextKey):
        return t("feedback.text.example", asked=_asked_of_text(key), example=key.example)
    return ""


def _asked_of_text(key: TextKey) -> str:
    asked = t("feedback.text.one") if key.min_words == 1 else t("feedback.text.words", least=key.min_words)
    groups = [
        t("feedback.text.one_of", words=", ".join(group)) if len(group) > 1 else group[0] for group in key.mentions
    ]
    return t("feedback.text.with", asked=asked, groups=t("feedback.text.and").join(groups)) if groups else asked


def _written(result: TaskResult, task: WrittenTask, __: object, response: WrittenResponse | None) -> View:
    text = response.text if response else ""
    marked = {part.part: part for part in result.score.feedback}
    return {
        "text": text,
        "words": count_words(text),
        "min_words": task.min_words,
        "max_words": task.max_words,
        "rubric": [
            {
                "text": criterion.text,
                "levels": [criterion.levels[level] for level in (4, 3, 2, 1)],
                "mine": round(4 * (marked[criterion.id].credit or 0)) if criterion.id in marked else None,
                "comments": marked[criterion.id].text.splitlines() if criterion.id in marked else [],
            }
            for criterion in task.rubric
        ],
    }


VIEWS: dict[str, Callable[..., View]] = {
    "choice": _choice,
    "sort": _sort,
    "spans": _spans,
    "value": _value,
    "written": _written,
    **GROUP_VIEWS,
}
"""One line per kind; the template has a block of the same name for each."""
