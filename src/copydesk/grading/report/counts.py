"""Packs what a class report counts of a submission: a few hundred bytes, without a word that the learner wrote."""

from __future__ import annotations

import struct
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.grading.scores.assessment import usable_answer
from copydesk.kinds.counting import AWAITING, EMPTY_ANSWER, NOT_ASKED, OPEN, UNUSABLE, WHOLE
from copydesk.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from copydesk.course.bank import Bank
    from copydesk.grading.scores.assessment import Assessment, TaskResult
    from copydesk.kinds.counting import AnswerLayout
    from copydesk.kinds.union import Task

NOT_JUDGED = 255
"""In place of a number of cards: the learner gave no verdict."""


class Evidence(NamedTuple):
    """A verdict, and its cards that lie in a drawer of the lesson: were they opened before it was given?"""

    task: Task
    cards: frozenset[str]


class Layout:
    """How the counts of one lesson's submissions are packed: the same bytes at the same place for each."""

    def __init__(self, bank: Bank, practice: Bank | None = None) -> None:
        """Lay out a lesson; ``practice`` is its quiz, which may hold drawers of evidence and verdicts."""
        self.bank = bank
        self.shapes: dict[str, AnswerLayout] = {}
        self.drawers: dict[str, Any] = {}
        self.format = "<"
        for entry in bank.tasks:
            shape = kind_of(entry.task.kind).counts.answer_layout(entry.task)
            self.shapes[entry.task.id] = shape
            self.format += f"HB{shape.picks}s{shape.credits}H{shape.mark_bytes}s"
        tasks = []
        for entry in chain(bank.tasks, practice.tasks if practice else ()):
            tasks.append(entry.task)
            if kind_of(entry.task.kind).counts.opened_cards:
                self.drawers[entry.task.id] = entry.task
        self.evidence = list(self._evidence(tasks))
        self.format += f"{len(self.evidence)}B"

    def _evidence(self, tasks: Iterable[Any]) -> Iterator[Evidence]:
        """Yield the verdicts with cards that lie in a drawer."""
        in_drawers: set[str] = set()
        for drawer in self.drawers.values():
            in_drawers.update(drawer.cards)
        for task in tasks:
            if kind_of(task.kind).counts.is_judged and not in_drawers.isdisjoint(task.cards):
                yield Evidence(task, frozenset(in_drawers.intersection(task.cards)))

    def fields(self) -> list[tuple[Any, ...]]:
        """Return the fields for a numpy array whose rows are packed submissions: names, types and lengths."""
        fields: list[tuple[Any, ...]] = []
        for name, shape in self.shapes.items():
            fields += [(f"{name}.share", "<u2"), (f"{name}.sure", "u1"), (f"{name}.picks", "u1", (shape.picks,))]
            fields += [(f"{name}.credits", "<u2", (shape.credits,)), (f"{name}.marks", "u1", (shape.mark_bytes,))]
        return [*fields, ("evidence", "u1", (len(self.evidence),))]

    def pack(self, assessment: Assessment) -> bytes:
        """Return the counts of a submission: of an older version of the tasks only those that read the same now."""
        changed = assessment.version.changed
        results = {result.task.id: result for result in assessment.results}
        values: list[int | bytes] = []
        for name, shape in self.shapes.items():
            if name in changed:
                values += (NOT_ASKED, 0, b"", *[OPEN] * shape.credits, b"")
            else:
                values += _values(results[name], shape)
        answers = dict(assessment.submission.answers)
        for name in changed:
            answers.pop(name, None)
        return struct.pack(self.format, *values, *self._opened(answers))

    @property
    def size(self) -> int:
        """Return how many bytes a submission takes."""
        return struct.calcsize(self.format)

    def _opened(self, answers: Mapping[str, Any]) -> Iterator[int]:
        """Yield for each verdict how many of its cards had been opened when the verdict was given or last changed."""
        first: dict[str, datetime] = {}
        for drawer in self.drawers.values():
            answer = usable_answer(drawer, answers.get(drawer.id))
            opened_cards = kind_of(drawer.kind).counts.opened_cards
            if answer is None or opened_cards is None:
                continue
            for card, at in opened_cards(answer.response):
                first[card] = min(at, first.get(card, at))
        for task, cards in self.evidence:
            verdict = usable_answer(task, answers.get(task.id))
            is_judged = kind_of(task.kind).counts.is_judged
            if verdict is None or is_judged is None or not is_judged(verdict.response):
                yield NOT_JUDGED
                continue
            opened_before = [card for card in cards if card in first and first[card] <= verdict.at]
            yield len(opened_before)


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
