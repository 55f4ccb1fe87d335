"""Counts what a class answered: the tables behind the class report, with no number on fewer than ten submissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from copydesk.course.bank import FIRST, SECOND
from copydesk.grading.report import discernment, people, twins, wordings
from copydesk.grading.report.counts import NOT_JUDGED, Layout, version_name
from copydesk.kinds.counting import AWAITING, NOT_ASKED, OPEN, UNUSABLE, WHOLE
from copydesk.kinds.scoring import is_marked_by_person
from copydesk.kinds.table import kind_of
from copydesk.measures import (
    LEAST_IN_CLASS,
    advice,
    brier,
    item_statistics,
    mean,
    reliability,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from copydesk.grading.report.table_files import Line
    from copydesk.kinds.counting import Item
    from copydesk.kinds.union import Task

PORTIONS = ("none", "to_quarter", "to_half", "to_three_quarters", "below_full", "full")
"""The share of the points earned, from none to all: each is a column with its number of learners."""

TASK_HEADS = (
    "lesson",
    "task",
    "title",
    "kind",
    "maximum",
    "submissions",
    "answered",
    "unanswered",
    "unusable",
    "awaiting",
    "mean_points",
    *PORTIONS,
)
ITEM_HEADS = (
    "lesson",
    "item",
    "task",
    "text",
    "by_degree",
    "answered",
    "unanswered",
    "difficulty",
    "right",
    "discrimination",
    "advice",
)
HEADS: dict[str, tuple[str, ...]] = {
    "tasks": TASK_HEADS,
    "items": ITEM_HEADS,
    "choices": ("lesson", "task", "item", "choice", "text", "weight", "answered", "count", "share"),
    "words": ("lesson", "task", "passage", "label", "label_text", "place", "text", "answered", "share", "weight"),
    "wordings": wordings.HEADS,
    "confidence": ("lesson", "band", "count", "right", "confidence", "brier"),
    "evidence": ("lesson", "verdict", "claim", "cards", "judged", "none_opened", "some_opened", "all_opened"),
    "discernment": discernment.HEADS,
    "forms": discernment.TIMED_HEADS,
    "statements": discernment.STATEMENT_HEADS,
    "twins": twins.HEADS,
    "sections": people.SECTION_HEADS,
    "groups": people.GROUP_HEADS,
}
"""The tables, each with its columns; every table is a CSV file."""

STEPS = (0, 0.25, 0.5, 0.75, 1)
ROWS_AT_ONCE = 5_000


class Class:
    """All submissions of one lesson that count, as numbers; in its ``bank``, each version of a task is a task."""

    def __init__(self, layout: Layout, packed: Iterable[bytes]) -> None:
        """Stack packed submissions, in an order that does not depend on how they arrived."""
        self.bank, self.layout = layout.counted_bank, layout
        ordered, size = sorted(packed), layout.size
        self.rows = np.frombuffer(b"".join(each[:size] for each in ordered), dtype=np.dtype(layout.fields()))
        self.wordings = [each[size:] for each in ordered]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_large_enough(self) -> bool:
        """Return whether numbers may be shown at all."""
        return len(self) >= LEAST_IN_CLASS

    def share(self, task: str) -> np.ndarray:
        """Return each learner's share of a task's points, 0 to 1; missing if it is not answered or not marked."""
        stored = self.rows[f"{task}.share"]
        shares = np.where(stored <= WHOLE, stored / WHOLE, np.nan)
        return np.where(stored == UNUSABLE, 0, shares)

    def scored_shares(self, task: str) -> np.ndarray:
        """Return the shares of those who answered a task in a usable form and have a score."""
        shares: np.ndarray = self.share(task)[self.rows[f"{task}.share"] <= WHOLE]
        return shares

    def marks(self, task: str) -> np.ndarray:
        """Return how many learners set each of a task's marks."""
        count = self.layout.shapes[task].marks
        total = np.zeros(count, dtype=np.int64)
        for start in range(0, len(self), ROWS_AT_ONCE):
            part = np.ascontiguousarray(self.rows[f"{task}.marks"][start : start + ROWS_AT_ONCE])
            total += np.unpackbits(part, axis=1, count=count, bitorder="little").sum(axis=0, dtype=np.int64)
        return total

    def asked(self, task: str) -> np.ndarray:
        """Return which learners were asked a task as it reads now, not an older version of it."""
        is_asked: np.ndarray = self.rows[f"{task}.share"] != NOT_ASKED
        return is_asked

    @property
    def older(self) -> int:
        """Return how many submissions were made with an older version of some task."""
        asked = self._asked_by_origin(self.layout.shapes)
        return len(self) - int(np.logical_and.reduce(asked).sum())

    def _asked_by_origin(self, tasks: Iterable[str]) -> list[np.ndarray]:
        """Return, for each of some tasks, which learners were asked it, in any version."""
        asked: dict[str, np.ndarray] = {}
        for task in tasks:
            origin = self.layout.origins[task]
            asked[origin] = asked.get(origin, False) | self.asked(task)
        return list(asked.values())

    def answered(self, task: str) -> int:
        """Return how many learners answered a task in a usable form."""
        stored = self.rows[f"{task}.share"]
        return int((self.asked(task) & (stored != OPEN) & (stored != UNUSABLE)).sum())

    def rest(self, task: str) -> pd.Series:
        """Return each learner's points in the other tasks scored by rule; missing if one was not asked."""
        total = np.zeros(len(self))
        others = []
        for entry in self.bank.tasks:
            other = entry.task
            is_own = self.layout.origins[other.id] == self.layout.origins[task]
            if not is_own and not is_marked_by_person(other):
                total += np.nan_to_num(self.share(other.id)) * other.points
                others.append(other.id)
        for asked in self._asked_by_origin(others):
            total[~asked] = np.nan
        return pd.Series(np.round(total, 6))


class TaskAnswers:
    """The answers of a class to one task, as its kind counts them."""

    def __init__(self, learners: Class, task: str) -> None:
        """Look at the columns of a task."""
        self._learners, self._task = learners, task

    def shares(self) -> np.ndarray:
        """Return each learner's share of the points, 0 to 1; missing where there is no score."""
        return self._learners.share(self._task)

    def credits(self, place: int) -> np.ndarray:
        """Return each learner's credit for a part, 0 to 1; missing where there is none."""
        stored = self._learners.rows[f"{self._task}.credits"][:, place]
        return np.where(stored <= WHOLE, stored / WHOLE, np.nan)

    def pick_weights(self, place: int, weights: Sequence[float]) -> np.ndarray:
        """Return the weight of each learner's pick at a place; missing where nothing was picked."""
        return np.take([np.nan, *weights], self._picks(place))

    def pick_counts(self, place: int, choices: int) -> list[int]:
        """Return how often each choice was picked at a place."""
        counts: list[int] = np.bincount(self._picks(place), minlength=choices + 1)[1:].tolist()
        return counts

    def mark_counts(self) -> list[int]:
        """Return how many learners set each mark."""
        counts: list[int] = self._learners.marks(self._task).tolist()
        return counts

    def _picks(self, place: int) -> np.ndarray:
        picks: np.ndarray = self._learners.rows[f"{self._task}.picks"][:, place]
        return picks


def tables(
    classes: Sequence[Class], comparison: discernment.FormComparison, listed: people.People | None = None
) -> dict[str, list[Line]]:
    """Return all tables, by name; a lesson with fewer than ten submissions has rows in ``tasks`` only, and no numbers.

    ``comparison`` is what ``discernment.compare_forms`` returns; ``listed`` the learners on a list, if there is one.
    """
    lines: dict[str, list[Line]] = {name: [] for name in HEADS}
    for learners in classes:
        lines["tasks"] += _tasks(learners)
        if learners.is_large_enough:
            lines["items"] += _items(learners)
            lines["choices"] += _choices(learners)
            lines["words"] += _words(learners)
            lines["wordings"] += _wordings(learners)
            lines["confidence"] += _confidence(learners)
            lines["evidence"] += _evidence(learners)
            lines["twins"] += _twins(learners)
    lines["discernment"] += map(discernment.line_of, comparison.lines())
    lines["forms"] += (discernment.timed_line(when, accepted) for when, accepted in comparison.timed)
    lines["statements"] += map(discernment.statement_line, comparison.statements)
    if listed:
        banks = {learners.bank.lesson: learners.layout.bank for learners in classes}
        lines["sections"] += people.section_lines(listed, banks)
        lines["groups"] += people.group_lines(listed)
    return lines


def _tasks(learners: Class) -> Iterator[Line]:
    """Yield, for each task, how its points are distributed."""
    for entry in learners.bank.entries_without_baseline:
        task = entry.task
        line: Line = dict.fromkeys(HEADS["tasks"])
        line |= {"lesson": learners.bank.lesson, "task": task.id, "title": task.title, "kind": task.kind}
        line |= {"maximum": task.points, "submissions": int(learners.asked(task.id).sum())}
        if learners.is_large_enough:
            line |= _task_numbers(learners, task)
        yield line


def _task_numbers(learners: Class, task: Task) -> Line:
    """Return how many answered a task, and how its points are distributed."""
    stored = learners.rows[f"{task.id}.share"]
    line: Line = {
        "answered": learners.answered(task.id),
        "unanswered": int((stored == OPEN).sum()),
        "unusable": int((stored == UNUSABLE).sum()),
        "awaiting": int((stored == AWAITING).sum()),
    }
    if line["awaiting"]:
        return line | dict.fromkeys(("mean_points", *PORTIONS), "")
    shares = learners.scored_shares(task.id)
    if len(shares) >= LEAST_IN_CLASS:
        line["mean_points"] = round(mean(shares) * task.points, 2)
        bins = np.searchsorted(STEPS, shares)  # 0 for nothing, then up to a quarter ... below full
        bins = np.where(shares == 1, len(STEPS), bins)
        line |= zip(PORTIONS, map(int, np.bincount(bins, minlength=len(PORTIONS))), strict=True)
    return line


def _items(learners: Class) -> Iterator[Line]:
    """Yield how each item worked, and what to do about it."""
    for entry in learners.bank.entries_without_baseline:
        task = entry.task
        rest, answers = learners.rest(task.id), TaskAnswers(learners, task.id)
        asked = int(learners.asked(task.id).sum())
        for item in kind_of(task.kind).counts.items(task, entry.key, answers):
            line: Line = dict.fromkeys(HEADS["items"])
            line |= {"lesson": learners.bank.lesson, "item": item.name, "task": task.id, "text": item.text}
            yield line | _item_numbers(item, rest, asked)


def _item_numbers(item: Item, rest: pd.Series, asked: int) -> Line:
    """Return how many answered an item, how hard it was, and how well it tells learners apart."""
    statistics = item_statistics(pd.Series(item.credit), rest)
    line: Line = {
        "by_degree": item.by_degree,
        "answered": statistics.answered,
        "unanswered": asked - statistics.answered,
    }
    if statistics.answered < LEAST_IN_CLASS:
        return line
    credit = item.credit[~np.isnan(item.credit)]
    right = mean(credit if item.by_degree else credit == 1)
    return line | {
        "difficulty": round(statistics.difficulty, 4),
        "right": round(right, 4),
        "discrimination": _rounded(statistics.discrimination),
        "advice": advice(right),
    }


def _choices(learners: Class) -> Iterator[Line]:
    """Yield how often each option, class, place, support or link was chosen."""
    for entry in learners.bank.entries_without_baseline:
        task = entry.task
        answered = learners.answered(task.id)
        for offer in kind_of(task.kind).counts.choice_counts(task, entry.key, TaskAnswers(learners, task.id)):
            for (name, text), weight, count in zip(offer.choices, offer.weights, offer.counts, strict=True):
                line: Line = {"lesson": learners.bank.lesson, "task": task.id, "item": offer.item, "choice": name}
                line |= {"text": text, "weight": weight, "answered": answered, "count": None, "share": None}
                if answered >= LEAST_IN_CLASS:
                    line |= {"count": count, "share": round(count / answered, 4)}
                yield line


def _words(learners: Class) -> Iterator[Line]:
    """Yield, for each word of a marking task, what share of the class marked it, label by label."""
    for entry in learners.bank.entries_without_baseline:
        task = entry.task
        answered = learners.answered(task.id)
        for word in kind_of(task.kind).counts.marked_words(task, entry.key, TaskAnswers(learners, task.id)):
            line: Line = {"lesson": learners.bank.lesson, "task": task.id, "passage": word.passage}
            line |= {"label": word.label, "label_text": word.label_text, "place": word.place, "text": word.text}
            line |= {"answered": answered, "share": None, "weight": round(word.weight, 4)}
            if answered >= LEAST_IN_CLASS:
                line["share"] = round(word.times / answered, 4)
            yield line


def _wordings(learners: Class) -> Iterator[Line]:
    """Yield the wordings of mended words that no key lists and at least two learners gave."""
    for wording in wordings.frequent_wordings(learners.wordings):
        line: Line = {"lesson": learners.bank.lesson, "task": wording.task, "part": wording.part}
        yield line | {"about": wording.about, "wording": wording.text, "count": wording.times}


def _confidence(learners: Class) -> Iterator[Line]:
    """Yield, for each band of confidence, how often the class was right, and in the last row for all together."""
    judgements, count = _judgements(learners)
    if judgements.empty:
        return
    is_enough = count >= LEAST_IN_CLASS
    for band, row in reliability(judgements).iterrows():
        line: Line = dict.fromkeys(HEADS["confidence"])
        line |= {"lesson": learners.bank.lesson, "band": band, "brier": ""}
        if is_enough:
            line |= {"count": int(row["count"])}
            line |= {"right": _rounded(row["right"]), "confidence": _rounded(row["confidence"])}
        yield line
    line = dict.fromkeys(HEADS["confidence"])
    line |= {"lesson": learners.bank.lesson, "band": "all"}
    if is_enough:
        line |= {"count": len(judgements), "brier": _rounded(brier(judgements))}
        line |= {"right": _rounded(mean(judgements["right"])), "confidence": _rounded(mean(judgements["confidence"]))}
    yield line


def _judgements(learners: Class) -> tuple[pd.DataFrame, int]:
    """Return how sure learners were of each answer and whether it was right, and how many learners said so."""
    sure, right = [np.zeros(0)], [np.zeros(0)]
    has_judged = np.zeros(len(learners), dtype=bool)
    for entry in learners.bank.tasks:
        share, confidence = learners.rows[f"{entry.task.id}.share"], learners.rows[f"{entry.task.id}.sure"]
        is_judged = (share <= WHOLE) & (confidence > 0)
        has_judged |= is_judged
        sure.append(confidence[is_judged] / 100)
        right.append(share[is_judged] == WHOLE)
    columns = {"confidence": np.concatenate(sure), "right": np.concatenate(right).astype(bool)}
    return pd.DataFrame(columns), int(has_judged.sum())


def _rounded(value: float) -> float | str:
    return "" if np.isnan(value) else round(float(value), 4)


def _twins(learners: Class) -> Iterator[Line]:
    """Yield, for each task with two versions, how hard each was for those who answered it."""
    for entry in learners.layout.bank.tasks:
        if entry.twin is None:
            continue
        first, second = (learners.scored_shares(version_name(entry.task.id, number)) for number in (FIRST, SECOND))
        line: Line = {"lesson": learners.bank.lesson, "task": entry.task.id, "title": entry.task.title}
        yield line | twins.compare_versions(first, second)


def _evidence(learners: Class) -> Iterator[Line]:
    """Yield for each verdict how many learners had opened none, some or all of its cards when they gave it."""
    for place, (counted, cards) in enumerate(learners.layout.evidence):
        task = counted.named_entry.task
        opened = learners.rows["evidence"][:, place]
        opened = opened[opened != NOT_JUDGED]
        line: Line = dict.fromkeys(HEADS["evidence"])
        line |= {"lesson": learners.bank.lesson, "verdict": task.id, "claim": getattr(task, "claim", task.title)}
        line |= {"cards": len(cards), "judged": len(opened)}
        if len(opened) >= LEAST_IN_CLASS:
            none_opened, all_opened = int((opened == 0).sum()), int((opened == len(cards)).sum())
            some_opened = len(opened) - none_opened - all_opened
            line |= {"none_opened": none_opened, "some_opened": some_opened, "all_opened": all_opened}
        yield line
