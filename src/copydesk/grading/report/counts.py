"""Keeps of a submission what a class report counts: a few hundred bytes, without a word that the learner wrote."""

from __future__ import annotations

import struct
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.grading.scores.assessment import usable_answer
from copydesk.kinds.counting import AWAITING, NOT_ASKED, NOTHING, OPEN, UNUSABLE, WHOLE
from copydesk.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from copydesk.course.bank import Bank
    from copydesk.grading.scores.assessment import Assessment, TaskResult
    from copydesk.kinds.union import Task

NOT_JUDGED = 255
"""In place of a number of cards: the learner gave no verdict."""


class Evidence(NamedTuple):
    """A verdict, and its cards that lie in a drawer of the lesson: were they opened before it was given?"""

    task: Task
    cards: frozenset[str]


class Layout:
    """How the submissions of one lesson are kept: the same bytes at the same place for each."""

    def __init__(self, bank: Bank, practice: Bank | None = None) -> None:
        """Lay out a lesson; ``practice`` is its quiz, which may hold drawers of evidence and verdicts."""
        self.bank = bank
        self.shapes = {entry.task.id: kind_of(entry.task.kind).counts.shape(entry.task) for entry in bank.tasks}
        tasks = [entry.task for entry in chain(bank.tasks, practice.tasks if practice else ())]
        self.drawers = {task.id: task for task in tasks if kind_of(task.kind).counts.opened_cards}
        lying = {card for task in self.drawers.values() for card in task.cards}
        self.evidence = [
            Evidence(task, frozenset(task.cards) & lying)
            for task in tasks
            if kind_of(task.kind).counts.is_judged and lying & set(task.cards)
        ]
        parts = "".join(f"HB{shape.picks}s{shape.credits}H{shape.mark_bytes}s" for shape in self.shapes.values())
        self.format = f"<{parts}{len(self.evidence)}B"

    def fields(self) -> list[tuple[Any, ...]]:
        """Return the fields for a numpy array whose rows are kept submissions: names, types and lengths."""
        fields: list[tuple[Any, ...]] = []
        for name, shape in self.shapes.items():
            fields += [(f"{name}.share", "<u2"), (f"{name}.sure", "u1"), (f"{name}.picks", "u1", (shape.picks,))]
            fields += [(f"{name}.credits", "<u2", (shape.credits,)), (f"{name}.marks", "u1", (shape.mark_bytes,))]
        return [*fields, ("evidence", "u1", (len(self.evidence),))]

    def keep(self, assessment: Assessment) -> bytes:
        """Return what is kept of a submission: of an older version of the tasks only those that read the same now."""
        values: list[int | bytes] = []
        asked = {result.task.id: result for result in assessment.results}
        for entry in self.bank.tasks:
            name, shape = entry.task.id, self.shapes[entry.task.id]
            if name in assessment.version.changed:
                values += [NOT_ASKED, 0, b"", *[OPEN] * shape.credits, b""]
                continue
            result = asked[name]
            answer = result.answer
            count = kind_of(result.task.kind).counts.seen
            seen = count(result.task, answer.response, result.score) if answer else NOTHING
            values += [_share(result), round(100 * answer.confidence) if answer and answer.confidence else 0]
            values.append(bytes(seen.picks))
            values += seen.credits or [OPEN] * shape.credits
            values.append(seen.marks.to_bytes(shape.mark_bytes, "little"))
        answers = assessment.submission.answers
        opened = self._opened({name: each for name, each in answers.items() if name not in assessment.version.changed})
        return struct.pack(self.format, *values, *opened)

    @property
    def size(self) -> int:
        """Return how many bytes are kept of a submission."""
        return struct.calcsize(self.format)

    def _opened(self, answers: Mapping[str, Any]) -> Iterator[int]:
        """Yield for each verdict how many of its cards had been opened when the verdict was given or last changed."""
        first: dict[str, datetime] = {}
        for holder in self.drawers.values():
            drawer = usable_answer(holder, answers.get(holder.id))
            opened_cards = kind_of(holder.kind).counts.opened_cards
            for card, at in opened_cards(drawer.response) if drawer and opened_cards else ():
                first[card] = min(at, first.get(card, at))
        for task, cards in self.evidence:
            verdict = usable_answer(task, answers.get(task.id))
            is_judged = kind_of(task.kind).counts.is_judged
            if verdict is None or is_judged is None or not is_judged(verdict.response):
                yield NOT_JUDGED
            else:
                yield sum(card in first and first[card] <= verdict.at for card in cards)


def _share(result: TaskResult) -> int:
    if result.fault:
        return UNUSABLE
    if result.score.status == "unanswered":
        return OPEN
    return AWAITING if result.score.share is None else round(WHOLE * result.score.share)
