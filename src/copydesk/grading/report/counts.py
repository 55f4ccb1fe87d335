"""Packs what a class report counts of a submission into a few hundred bytes.

After them come, for tasks in which words are mended, the wordings that the key does not list.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.answers.baseline import is_statement
from copydesk.course.bank import FIRST
from copydesk.grading.report.wordings import encode
from copydesk.grading.scores.assessment import usable_answer
from copydesk.kinds.counting import AWAITING, EMPTY_ANSWER, NOT_ASKED, OPEN, UNUSABLE, WHOLE
from copydesk.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from datetime import datetime

    from copydesk.course.bank import Bank, Entry
    from copydesk.grading.scores.assessment import Assessment, TaskResult
    from copydesk.kinds.counting import AnswerLayout, Wording
    from copydesk.kinds.union import Task

NOT_JUDGED = 255
"""Stands in for a number of cards: the learner gave no verdict."""

LAST_SECOND = 2**32 - 1
"""The last moment, in seconds since 1970, that fits into four bytes."""


class Counted(NamedTuple):
    """What is counted separately: a task, or one version of a task that has a twin, under its own name.

    ``name`` is the id of the task, or ``T2 v1`` or ``T2 v2`` for a version; ``version`` is 0 if there is only one.
    """

    name: str
    entry: Entry
    version: int = 0

    @property
    def task(self) -> Task:
        """Return the task as a learner meets it."""
        return self.entry.task

    @property
    def named_entry(self) -> Entry:
        """Return the entry under the name by which it is counted."""
        return self.entry.model_copy(update={"task": self.task.model_copy(update={"id": self.name})})


class Evidence(NamedTuple):
    """A verdict, and those of its cards in a drawer of the lesson: were they opened before it was given?"""

    counted: Counted
    cards: frozenset[str]


class Layout:
    """How the counts of one lesson's submissions are packed: the same bytes in the same place for each.

    Versions of a task are counted apart. ``bank`` has the tasks of the lesson; ``counted_bank`` has each version as
    a task, under the name by which it is counted; ``origins`` has the task for each name, ``numbers`` the number of
    each version of a task.
    """

    def __init__(self, bank: Bank, practice: Bank | None = None) -> None:
        """Lay out a lesson; ``practice`` is its quiz, which may hold drawers of evidence and verdicts."""
        self.bank = bank
        self.shapes: dict[str, AnswerLayout] = {}
        self.origins: dict[str, str] = {}
        self.drawers: dict[str, Any] = {}
        self._places: dict[tuple[str, int], AnswerLayout] = {}
        self._names: dict[tuple[str, int], str] = {}
        self.numbers: dict[tuple[str, int], int] = {}
        self.format = "<"
        counted = list(counted_versions(bank))
        self.counted_bank = bank.model_copy(update={"tasks": tuple(each.named_entry for each in counted)})
        for each in counted:
            shape = kind_of(each.task.kind).counts.answer_layout(each.task)
            self.shapes[each.name] = shape
            self.origins[each.name] = each.task.id
            self._places[each.task.id, each.version or FIRST] = shape
            self._names[each.task.id, each.version or FIRST] = each.name
            self.numbers[each.task.id, each.version or FIRST] = len(self.numbers)
            self.format += f"HB{shape.picks}s{shape.credits}H{shape.mark_bytes}s"
        if practice:
            counted += counted_versions(practice)
        for each in counted:
            if kind_of(each.task.kind).counts.opened_cards:
                self.drawers[each.task.id] = each.task
        self.evidence = list(self._evidence(counted))
        self.format += f"{len(self.evidence)}BI"
        self._statements = [entry.task.id for entry in bank.tasks if is_statement(entry.task)]

    @property
    def has_twins(self) -> bool:
        """Return whether some task has two versions."""
        return len(self.shapes) > len(self.bank.tasks)

    def _evidence(self, counted: Iterable[Counted]) -> Iterator[Evidence]:
        """Yield the verdicts with cards in a drawer."""
        in_drawers: set[str] = set()
        for drawer in self.drawers.values():
            in_drawers.update(drawer.cards)
        for each in counted:
            if kind_of(each.task.kind).counts.is_judged and not in_drawers.isdisjoint(each.task.cards):
                yield Evidence(each, frozenset(in_drawers.intersection(each.task.cards)))

    def fields(self) -> list[tuple[Any, ...]]:
        """Return the fields for a numpy array whose rows are packed submissions: names, types and lengths."""
        fields: list[tuple[Any, ...]] = []
        for name, shape in self.shapes.items():
            fields += [(f"{name}.share", "<u2"), (f"{name}.sure", "u1"), (f"{name}.picks", "u1", (shape.picks,))]
            fields += [(f"{name}.credits", "<u2", (shape.credits,)), (f"{name}.marks", "u1", (shape.mark_bytes,))]
        return [*fields, ("evidence", "u1", (len(self.evidence),)), ("form_at", "<u4")]

    def pack(self, assessment: Assessment) -> bytes:
        """Return the counts of a submission: for an older version of the tasks, only of those that read the same now.

        For a task with a twin, only the version that the learner was shown counts as asked.
        """
        changed = assessment.version.changed
        results = {(result.task.id, result.version or FIRST): result for result in assessment.results}
        values: list[int | bytes] = []
        for place, shape in self._places.items():
            result = None if place[0] in changed else results.get(place)
            if result is None:
                values += (NOT_ASKED, 0, b"", *[OPEN] * shape.credits, b"")
            else:
                values += _values(result, shape)
        answers = dict(assessment.submission.answers)
        for name in changed:
            answers.pop(name, None)
        wordings = encode(self._wordings(results, changed))
        return struct.pack(self.format, *values, *self._opened(answers), self._form_at(results)) + wordings

    @property
    def size(self) -> int:
        """Return how many bytes a submission takes, without its wordings."""
        return struct.calcsize(self.format)

    def _wordings(
        self, results: Mapping[tuple[str, int], TaskResult], changed: Container[str]
    ) -> Iterator[tuple[str, Wording]]:
        """Yield the wordings that no key lists, each with the name of its task."""
        for place, name in self._names.items():
            result = results.get(place)
            if result is None or result.answer is None or result.fault or place[0] in changed:
                continue
            task = result.task
            for wording in kind_of(task.kind).counts.wordings(task, result.key, result.answer.response):
                yield name, wording

    def _form_at(self, results: Mapping[tuple[str, int], TaskResult]) -> int:
        """Return when the last statement of a form was answered, in seconds since 1970; 0 if none was."""
        seconds = 0
        for name in self._statements:
            result = results.get((name, FIRST))
            if result and result.answer and result.score.status != "unanswered":
                seconds = max(seconds, int(result.answer.at.timestamp()))
        return min(seconds, LAST_SECOND)

    def _opened(self, answers: Mapping[str, Any]) -> Iterator[int]:
        """Yield, for each verdict, how many of its cards had been opened when it was given or last changed."""
        first: dict[str, datetime] = {}
        for drawer in self.drawers.values():
            answer = usable_answer(drawer, answers.get(drawer.id))
            opened_cards = kind_of(drawer.kind).counts.opened_cards
            if answer is None or opened_cards is None:
                continue
            for card, at in opened_cards(answer.response):
                first[card] = min(at, first.get(card, at))
        for counted, cards in self.evidence:
            task = counted.task
            verdict = usable_answer(task, answers.get(task.id))
            is_judged = kind_of(task.kind).counts.is_judged
            is_shown = verdict is not None and counted.version in (0, verdict.version or FIRST)
            if verdict is None or not is_shown or is_judged is None or not is_judged(verdict.response):
                yield NOT_JUDGED
                continue
            opened_before = [card for card in cards if card in first and first[card] <= verdict.at]
            yield len(opened_before)


def counted_versions(bank: Bank) -> Iterator[Counted]:
    """Yield what is counted in a bank: its tasks, and each version of a task with a twin."""
    for entry in bank.tasks:
        if entry.twin is None:
            yield Counted(entry.task.id, entry)
            continue
        for number, version in enumerate(entry.versions, FIRST):
            yield Counted(version_name(entry.task.id, number), version, number)


def version_name(task: str, number: int) -> str:
    """Return the name under which a version of a task with a twin is counted."""
    return f"{task} v{number}"


def _values(result: TaskResult, shape: AnswerLayout) -> Iterator[int | bytes]:
    """Yield the numbers of one task in the order of the format."""
    answer = result.answer
    seen = EMPTY_ANSWER
    if answer:
        seen = kind_of(result.task.kind).counts.encode_answer(result.task, answer.response, result.score)
    yield _share(result)
    yield round(100 * answer.confidence) if answer and answer.confidence else 0
    yield bytes(seen.picks)
    yield from seen.credits or [OPEN] * shape.credits
    yield seen.marks.to_bytes(shape.mark_bytes, "little")


def _share(result: TaskResult) -> int:
    if result.fault:
        return UNUSABLE
    if result.score.status == "unanswered":
        return OPEN
    if result.score.share is None:
        return AWAITING
    return round(WHOLE * result.score.share)
