"""Keeps of a hand-in what a class report counts: a few hundred bytes, without a word that the learner wrote."""

from __future__ import annotations

import struct
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.grading.scores.assessment import usable_answer
from copydesk.kinds.arrows.model import UNKNOWN, ArrowsResponse, ArrowsTask
from copydesk.kinds.memoize import once
from copydesk.kinds.order.scoring import places
from copydesk.kinds.spans.scoring import bits, words_of
from copydesk.kinds.verdict.model import SUPPORTS, VerdictResponse, VerdictTask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from copydesk.course.bank import Bank
    from copydesk.grading.scores.assessment import Assessment, TaskResult
    from copydesk.kinds.choice.model import ChoiceResponse, ChoiceTask
    from copydesk.kinds.order.model import OrderResponse, OrderTask
    from copydesk.kinds.sort.model import SortResponse, SortTask
    from copydesk.kinds.spans.model import SpansResponse, SpansTask
    from copydesk.kinds.union import Task
    from copydesk.kinds.value.model import ValueTask
    from copydesk.model.score import Score

WHOLE = 10_000
"""A share is kept in ten-thousandths; the numbers above it say why there is none."""

OPEN, AWAITING, UNUSABLE, UNGRADED, NOT_ASKED = 65_535, 65_534, 65_533, 65_532, 65_531
NOT_JUDGED = 255
"""In place of a number of cards: the learner gave no verdict."""


class Shape(NamedTuple):
    """How many numbers a task takes: picks (from 1, 0 is none), credits of parts, and yes-or-no marks."""

    picks: int = 0
    credits: int = 0
    marks: int = 0

    @property
    def mark_bytes(self) -> int:
        """Return how many bytes the marks take."""
        return -(-self.marks // 8)


class Seen(NamedTuple):
    """What was answered, in the numbers of a shape; ``marks`` has a bit for each that is set."""

    picks: list[int]
    credits: list[int]
    marks: int


class Evidence(NamedTuple):
    """A verdict, and its cards that lie in a drawer of the lesson: were they opened before it was given?"""

    task: Task
    cards: frozenset[str]


class Layout:
    """How the hand-ins of one lesson are kept: the same bytes at the same place for each."""

    def __init__(self, bank: Bank, practice: Bank | None = None) -> None:
        """Lay out a lesson; ``practice`` is its quiz, which may hold drawers of evidence and verdicts."""
        self.bank = bank
        self.shapes = {entry.task.id: SHAPES[entry.task.kind](entry.task) for entry in bank.tasks}
        tasks = [entry.task for entry in chain(bank.tasks, practice.tasks if practice else ())]
        self.drawers = {task.id: task for task in tasks if task.kind == "drawer"}
        lying = {card for task in self.drawers.values() for card in task.cards}
        self.evidence = [
            Evidence(task, frozenset(task.cards) & lying)
            for task in tasks
            if task.kind == "verdict" and lying & set(task.cards)
        ]
        parts = "".join(f"HB{shape.picks}s{shape.credits}H{shape.mark_bytes}s" for shape in self.shapes.values())
        self.format = f"<{parts}{len(self.evidence)}B"

    def fields(self) -> list[tuple[Any, ...]]:
        """Return the fields for a numpy array whose rows are kept hand-ins: names, types and lengths."""
        fields: list[tuple[Any, ...]] = []
        for name, shape in self.shapes.items():
            fields += [(f"{name}.share", "<u2"), (f"{name}.sure", "u1"), (f"{name}.picks", "u1", (shape.picks,))]
            fields += [(f"{name}.credits", "<u2", (shape.credits,)), (f"{name}.marks", "u1", (shape.mark_bytes,))]
        return [*fields, ("evidence", "u1", (len(self.evidence),))]

    def keep(self, assessment: Assessment) -> bytes:
        """Return what is kept of a hand-in: of an older version of the tasks only those that read the same now."""
        values: list[int | bytes] = []
        asked = {result.task.id: result for result in assessment.results}
        for entry in self.bank.tasks:
            name, shape = entry.task.id, self.shapes[entry.task.id]
            if name in assessment.version.changed:
                values += [NOT_ASKED, 0, b"", *[OPEN] * shape.credits, b""]
                continue
            result = asked[name]
            answer = result.answer
            seen = SEEN[result.task.kind](result.task, answer.response, result.score) if answer else NOTHING
            values += [_share(result), round(100 * answer.confidence) if answer and answer.confidence else 0]
            values.append(bytes(seen.picks))
            values += seen.credits or [OPEN] * shape.credits
            values.append(seen.marks.to_bytes(shape.mark_bytes, "little"))
        answers = assessment.hand_in.answers
        opened = self._opened({name: each for name, each in answers.items() if name not in assessment.version.changed})
        return struct.pack(self.format, *values, *opened)

    @property
    def size(self) -> int:
        """Return how many bytes are kept of a hand-in."""
        return struct.calcsize(self.format)

    def _opened(self, answers: Mapping[str, Any]) -> Iterator[int]:
        """Yield for each verdict how many of its cards had been opened when the verdict was given or last changed."""
        first: dict[str, datetime] = {}
        for holder in self.drawers.values():
            drawer = usable_answer(holder, answers.get(holder.id))
            for card in drawer.response.opened if drawer and drawer.response.kind == "drawer" else ():
                first[card.card] = min(card.at, first.get(card.card, card.at))
        for task, cards in self.evidence:
            verdict = usable_answer(task, answers.get(task.id))
            if verdict is None or verdict.response.kind != "verdict" or verdict.response.support is None:
                yield NOT_JUDGED
            else:
                yield sum(card in first and first[card] <= verdict.at for card in cards)


def _share(result: TaskResult) -> int:
    if result.fault:
        return UNUSABLE
    if result.score.status == "unanswered":
        return OPEN
    return AWAITING if result.score.share is None else round(WHOLE * result.score.share)


def nodes(task: ArrowsTask) -> list[str]:
    """Return the nodes of a source map in the order in which links are numbered."""
    return [*(node.id for node in task.nodes), UNKNOWN]


def _choice(task: ChoiceTask, response: ChoiceResponse, _: Score) -> Seen:
    chosen = [place for place, option in enumerate(task.options) if option.id in response.chosen]
    return Seen([], [], bits(chosen)) if task.multiple else Seen([chosen[0] + 1 if chosen else 0], [], 0)


def _sort(task: SortTask, response: SortResponse, _: Score) -> Seen:
    classes, placed = _numbered_classes(task), response.placed
    return Seen([classes[placed[item.id]] if item.id in placed else 0 for item in task.items], [], 0)


@once
def _numbered_classes(task: SortTask) -> dict[str, int]:
    return {entry.id: place for place, entry in enumerate(task.classes, start=1)}


def _order(task: OrderTask, response: OrderResponse, _: Score) -> Seen:
    mine = places(response.ranks)
    return Seen([mine[item.id] + 1 if item.id in mine else 0 for item in task.items], [], 0)


def _verdict(task: VerdictTask, response: VerdictResponse, _: Score) -> Seen:
    limits = [each.id for each in task.qualifications]
    picks = [
        SUPPORTS.index(response.support) + 1 if response.support else 0,
        limits.index(response.qualification) + 1 if response.qualification in limits else 0,
    ]
    return Seen(picks, [], bits(place for place, card in enumerate(task.cards) if card in response.cards))


def _arrows(task: ArrowsTask, response: ArrowsResponse, _: Score) -> Seen:
    number = {name: place for place, name in enumerate(nodes(task))}
    return Seen([], [], bits(number[edge.source] * len(number) + number[edge.target] for edge in response.edges))


def _spans(task: SpansTask, response: SpansResponse, score: Score) -> Seen:
    words, marks = words_of(task), 0
    for place, marked in enumerate(words.read(response).marks.values()):
        marks |= marked << place * words.count
    return Seen([], _credits(words.labels, score), marks)


def _value(task: ValueTask, _: object, score: Score) -> Seen:
    return Seen([], _credits([field.id for field in task.fields], score), 0)


def _credits(parts: list[str], score: Score) -> list[int]:
    """Return the credit of each part; where the score has none, that the part is not graded or not answered."""
    if not score.feedback:
        return [OPEN] * len(parts)
    earned = {entry.part: entry.credit for entry in score.feedback}
    return [UNGRADED if (credit := earned.get(part)) is None else round(WHOLE * credit) for part in parts]


def _nothing(_task: object, _response: object, _score: Score) -> Seen:
    return NOTHING


def _no_shape(_: object) -> Shape:
    return Shape()


NOTHING = Seen([], [], 0)

SHAPES: dict[str, Callable[[Any], Shape]] = {
    "arrows": lambda task: Shape(marks=len(nodes(task)) ** 2),
    "choice": lambda task: Shape(marks=len(task.options)) if task.multiple else Shape(picks=1),
    "drawer": _no_shape,
    "order": lambda task: Shape(picks=len(task.items)),
    "sort": lambda task: Shape(picks=len(task.items)),
    "spans": lambda task: Shape(credits=len(task.labels), marks=words_of(task).count * len(task.labels)),
    "value": lambda task: Shape(credits=len(task.fields)),
    "verdict": lambda task: Shape(picks=2, marks=len(task.cards)),
    "written": _no_shape,
}
"""One line a kind: how many numbers an answer takes."""

SEEN: dict[str, Callable[[Any, Any, Score], Seen]] = {
    "arrows": _arrows,
    "choice": _choice,
    "drawer": _nothing,
    "order": _order,
    "sort": _sort,
    "spans": _spans,
    "value": _value,
    "verdict": _verdict,
    "written": _nothing,
}
"""One line a kind: the numbers of an answer."""
