"""Counts what a class answered: the tables behind the class report, with no number on fewer than ten submissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from copydesk.grading.report import discernment
from copydesk.grading.report.counts import NOT_JUDGED, Layout
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

    from copydesk.kinds.union import Key, Task

Line = dict[str, Any]
"""A row of a table; None stands for "too few"."""

HEADS: dict[str, tuple[str, ...]] = {
    "tasks": (
        *(
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
        ),
        *("mean_points", "none", "to_quarter", "to_half", "to_three_quarters", "below_full", "full"),
    ),
    "items": (
        *("lesson", "item", "task", "text", "by_degree", "answered", "unanswered"),
        *("difficulty", "right", "discrimination", "advice"),
    ),
    "choices": ("lesson", "task", "item", "choice", "text", "weight", "answered", "count", "share"),
    "words": ("lesson", "task", "passage", "label", "label_text", "place", "text", "answered", "share", "weight"),
    "confidence": ("lesson", "band", "count", "right", "confidence", "brier"),
    "evidence": ("lesson", "verdict", "claim", "cards", "judged", "none_opened", "some_opened", "all_opened"),
    "discernment": discernment.HEADS,
}
"""The tables, each with its columns; every table is a CSV file."""

STEPS = (0, 0.25, 0.5, 0.75, 1)
ROWS_AT_ONCE = 5_000


class Class:
    """All submissions of one lesson that count, as numbers."""

    def __init__(self, layout: Layout, kept: Iterable[bytes]) -> None:
        """Put kept submissions under each other, in an order that does not depend on how they came."""
        self.bank, self.layout = layout.bank, layout
        self.rows = np.frombuffer(b"".join(sorted(kept)), dtype=np.dtype(layout.fields()))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_large_enough(self) -> bool:
        """Return whether numbers may be shown at all."""
        return len(self) >= LEAST_IN_CLASS

    def share(self, task: str) -> np.ndarray:
        """Return what each learner earned for a task, 0 to 1; missing where it is not answered or not marked."""
        kept = self.rows[f"{task}.share"]
        return np.where(kept == UNUSABLE, 0, np.where(kept <= WHOLE, kept / WHOLE, np.nan))

    def marks(self, task: str) -> np.ndarray:
        """Return how many learners set each of a task's marks."""
        count = self.layout.shapes[task].marks
        total = np.zeros(count, dtype=np.int64)
        for start in range(0, len(self), ROWS_AT_ONCE):
            part = np.ascontiguousarray(self.rows[f"{task}.marks"][start : start + ROWS_AT_ONCE])
            total += np.unpackbits(part, axis=1, count=count, bitorder="little").sum(axis=0, dtype=np.int64)
        return total

    def asked(self, task: str) -> np.ndarray:
        """Return which learners were asked a task as it reads now, and not an older version of it."""
        found: np.ndarray = self.rows[f"{task}.share"] != NOT_ASKED
        return found

    @property
    def older(self) -> int:
        """Return how many submissions were made with an older version of some task."""
        asked = [self.asked(task) for task in self.layout.shapes]
        return len(self) - int(np.logical_and.reduce(asked).sum())

    def answered(self, task: str) -> int:
        """Return how many learners answered a task in a form that can be used."""
        kept = self.rows[f"{task}.share"]
        return int((self.asked(task) & (kept != OPEN) & (kept != UNUSABLE)).sum())

    def rest(self, task: str) -> pd.Series:
        """Return each learner's points in the other tasks that are scored by rule; missing where one was not asked."""
        others = [e.task for e in self.bank.tasks if e.task.id != task and not is_marked_by_person(e.task)]
        total = np.zeros(len(self))
        for each in others:
            total += np.nan_to_num(self.share(each.id)) * each.points
        for each in others:
            total[~self.asked(each.id)] = np.nan
        return pd.Series(np.round(total, 6))


class TaskAnswers:
    """The answers of a class to one task, as its kind counts them."""

    def __init__(self, learners: Class, task: str) -> None:
        """Look at the columns of a task."""
        self._learners, self._task = learners, task

    def shares(self) -> np.ndarray:
        """Return what each learner earned, 0 to 1; missing where there is no score."""
        return self._learners.share(self._task)

    def credits(self, place: int) -> np.ndarray:
        """Return each learner's credit for a part, 0 to 1; missing where there is none."""
        kept = self._learners.rows[f"{self._task}.credits"][:, place]
        return np.where(kept <= WHOLE, kept / WHOLE, np.nan)

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


def tables(classes: Sequence[Class], acceptance: discernment.Comparison) -> dict[str, list[Line]]:
    """Return all tables, by name; a lesson with fewer than ten submissions has rows in ``tasks`` only, and no numbers.

    ``acceptance`` is what ``discernment.compare`` returns.
    """
    enough = [each for each in classes if each.is_large_enough]
    return {
        "tasks": [line for each in classes for line in _tasks(each)],
        "items": [line for each in enough for line in _items(each)],
        "choices": [
            line for each in enough for entry in _graded(each) for line in _choices(each, entry.task, entry.key)
        ],
        "words": [line for each in enough for entry in _graded(each) for line in _words(each, entry.task, entry.key)],
        "confidence": [line for each in enough for line in _confidence(each)],
        "evidence": [line for each in enough for line in _evidence(each)],
        "discernment": [discernment.line_of(part, *found) for part, found in acceptance.items()],
    }


def _graded(each: Class) -> list[Any]:
    """Return the entries of a lesson without those of a baseline, which is never a mark."""
    return [entry for entry in each.bank.tasks if entry.task.group != "baseline"]


def _tasks(each: Class) -> Iterator[Line]:
    """Yield for each task how its points are spread."""
    for entry in _graded(each):
        task = entry.task
        line: Line = dict.fromkeys(HEADS["tasks"])
        line |= {"lesson": each.bank.lesson, "task": task.id, "title": task.title, "kind": task.kind}
        line |= {"maximum": task.points, "submissions": int(each.asked(task.id).sum())}
        if each.is_large_enough:
            kept = each.rows[f"{task.id}.share"]
            line |= {"answered": each.answered(task.id), "unanswered": int((kept == OPEN).sum())}
            line |= {"unusable": int((kept == UNUSABLE).sum()), "awaiting": int((kept == AWAITING).sum())}
            share = each.share(task.id)[kept <= WHOLE]
            if line["awaiting"]:
                line |= dict.fromkeys(HEADS["tasks"][-7:], "")
            elif len(share) >= LEAST_IN_CLASS:
                line["mean_points"] = round(mean(share) * task.points, 2)
                bins = np.searchsorted(STEPS, share)  # 0 for nothing, then up to a quarter ... below full
                bins = np.where(share == 1, len(STEPS), bins)
                line |= dict(zip(HEADS["tasks"][-6:], map(int, np.bincount(bins, minlength=6)), strict=True))
        yield line


def _items(each: Class) -> Iterator[Line]:
    """Yield how each item worked, and what to do about it."""
    for entry in _graded(each):
        rest, answers = each.rest(entry.task.id), TaskAnswers(each, entry.task.id)
        for item in kind_of(entry.task.kind).counts.items(entry.task, entry.key, answers):
            found = item_statistics(pd.Series(item.credit), rest)
            line: Line = dict.fromkeys(HEADS["items"])
            line |= {"lesson": each.bank.lesson, "item": item.name, "task": entry.task.id, "text": item.text}
            line |= {"by_degree": item.by_degree, "answered": found.answered}
            line |= {"unanswered": int(each.asked(entry.task.id).sum()) - found.answered}
            if found.answered >= LEAST_IN_CLASS:
                given = item.credit[~np.isnan(item.credit)]
                right = mean(given if item.by_degree else given == 1)
                line |= {"difficulty": round(found.difficulty, 4), "right": round(right, 4), "advice": advice(right)}
                line["discrimination"] = "" if np.isnan(found.discrimination) else round(found.discrimination, 4)
            yield line


def _choices(each: Class, task: Task, key: Key) -> Iterator[Line]:
    """Yield how often each option, class, place, support or link was chosen."""
    answered = each.answered(task.id)
    for offer in kind_of(task.kind).counts.offers(task, key, TaskAnswers(each, task.id)):
        for (name, text), weight, count in zip(offer.choices, offer.weights, offer.counts, strict=True):
            line: Line = {"lesson": each.bank.lesson, "task": task.id, "item": offer.item, "choice": name, "text": text}
            line |= {"weight": weight, "answered": answered, "count": None, "share": None}
            if answered >= LEAST_IN_CLASS:
                line |= {"count": count, "share": round(count / answered, 4)}
            yield line


def _words(each: Class, task: Task, key: Key) -> Iterator[Line]:
    """Yield for each word of a marking task which share of the class marked it, label by label."""
    answered = each.answered(task.id)
    for word in kind_of(task.kind).counts.words(task, key, TaskAnswers(each, task.id)):
        line: Line = {"lesson": each.bank.lesson, "task": task.id, "passage": word.passage, "label": word.label}
        line |= {"label_text": word.label_text, "place": word.place, "text": word.text, "answered": answered}
        line |= {"share": round(word.times / answered, 4) if answered >= LEAST_IN_CLASS else None}
        yield line | {"weight": round(word.weight, 4)}


def _confidence(each: Class) -> Iterator[Line]:
    """Yield for each band of confidence how often the class was right, and in the last row for all together."""
    sure, right = [np.zeros(0)], [np.zeros(0)]
    learners = np.zeros(len(each), dtype=bool)
    for entry in each.bank.tasks:
        kept, stated = each.rows[f"{entry.task.id}.share"], each.rows[f"{entry.task.id}.sure"]
        judged = (kept <= WHOLE) & (stated > 0)
        learners |= judged
        sure.append(stated[judged] / 100)
        right.append(kept[judged] == WHOLE)
    judgements = pd.DataFrame({"confidence": np.concatenate(sure), "right": np.concatenate(right).astype(bool)})
    if judgements.empty:
        return
    few = int(learners.sum()) < LEAST_IN_CLASS
    for band, row in reliability(judgements).iterrows():
        line: Line = {
            "lesson": each.bank.lesson,
            "band": band,
            "count": None if few else int(row["count"]),
            "brier": "",
        }
        shares = {name: _rounded(row[name]) for name in ("right", "confidence")}
        yield line | (dict.fromkeys(shares) if few else shares)
    whole = {name: mean(judgements[name]) for name in ("right", "confidence")}
    whole |= {"brier": brier(judgements)}
    rounded = {name: None if few else _rounded(value) for name, value in whole.items()}
    yield {"lesson": each.bank.lesson, "band": "all", "count": None if few else len(judgements)} | rounded


def _rounded(value: float) -> float | str:
    return "" if np.isnan(value) else round(float(value), 4)


def _evidence(each: Class) -> Iterator[Line]:
    """Yield for each verdict how many learners had opened none, some or all of its cards when they gave it."""
    for place, (task, cards) in enumerate(each.layout.evidence):
        opened = each.rows["evidence"][:, place]
        opened = opened[opened != NOT_JUDGED]
        line: Line = {"lesson": each.bank.lesson, "verdict": task.id, "claim": getattr(task, "claim", task.title)}
        line |= {"cards": len(cards), "judged": len(opened)}
        some = (opened > 0) & (opened < len(cards))
        counts = [np.count_nonzero(opened == 0), np.count_nonzero(some), np.count_nonzero(opened == len(cards))]
        names = ("none_opened", "some_opened", "all_opened")
        few = len(opened) < LEAST_IN_CLASS
        yield line | {name: None if few else int(count) for name, count in zip(names, counts, strict=True)}
