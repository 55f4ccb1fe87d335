"""Reads the gradebook of an earlier run, and says whose score differs between two of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.csv_files import NUMBER
from copydesk.grading.files.problems import GradingError
from copydesk.grading.submissions.names import normalize
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from copydesk.grading.files.csv_files import CsvText

HEAD = re.compile(r"(?:(?P<lesson>[0-9]{2}-[a-z0-9-]+) )?(?P<task>\S+) \(of (?P<points>[0-9.]+)\)")
FIRST_EDITIONS_HEADS = {"handed in (UTC)": "submitted (UTC)"}
NEEDED = ("learner", "lesson", "file", "submitted (UTC)", "awaiting marking", "notes")
LISTED = ("id", "name", "e-mail")
AWAITING, NOT_ASKED, GONE = "awaiting marking", "not asked", "no submission"


class Scored(NamedTuple):
    """What a learner has for one task, None while it awaits marking, and out of how much."""

    points: float | None
    maximum: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of a gradebook. ``listed`` is what the roster says of the learner: id, name and e-mail, or nothing."""

    lesson: str
    learner: str
    listed: tuple[str, ...]
    file: str
    moment: str
    notes: str
    scores: dict[str, Scored]

    @property
    def submission(self) -> Hashable:
        """Return what one submission is told from another by."""
        return self.lesson, self.file, self.moment

    @property
    def person(self) -> Hashable:
        """Return what one learner is told from another by, lesson by lesson."""
        return self.lesson, self.listed if any(self.listed) else normalize(self.learner)


class Move(NamedTuple):
    """One score that is another now; ``after`` is None where the learner has no submission any more."""

    before: Standing
    after: Standing | None
    task: str

    @property
    def scores(self) -> tuple[Scored | None, Scored | None]:
        """Return the score before and after; None where the task was not asked."""
        return self.before.scores.get(self.task), self.after.scores.get(self.task) if self.after else None

    @property
    def words(self) -> tuple[str, str]:
        """Return the score before and after as people read it; with the maximum where that is another, too."""
        before, after = self.scores
        is_same = before is None or after is None or before.maximum == after.maximum
        return _words(before, is_same=is_same), _words(after, is_same=is_same) if self.after else GONE

    @property
    def maximum(self) -> float:
        """Return out of how much the score is now."""
        before, after = self.scores
        return (after or before or Scored(None, 0)).maximum

    @property
    def rise(self) -> float:
        """Return by how much the score rose; 0 where one of the two is no number."""
        before, after = ((each.points if each else None) for each in self.scores)
        return 0 if before is None or after is None else round(after - before, 2)


def _words(score: Scored | None, *, is_same: bool) -> str:
    if score is None:
        return NOT_ASKED
    if score.points is None:
        return AWAITING
    return number(score.points) + ("" if is_same else f" of {number(score.maximum)}")


def read_standings(table: CsvText) -> list[Standing]:
    """Return the rows of a gradebook that stand for a submission; a spreadsheet may have saved it again.

    Raises:
        GradingError: it is not a gradebook, or a score in it is no number.
    """
    heads = [FIRST_EDITIONS_HEADS.get(head, head) for head in table.heads]
    missing = [head for head in NEEDED if head not in heads]
    if missing:
        msg = f"{table.name} has no column {missing[0]!r}; it is not a gradebook as grade writes it"
        raise GradingError(msg)
    found = [(column, head) for column, text in enumerate(heads) if (head := HEAD.fullmatch(text))]
    standings = []
    for row in range(1, len(table.rows)):
        cells = {head: table.value(row, column) for column, head in enumerate(heads)}
        if not cells["file"]:
            continue
        awaiting = cells["awaiting marking"].split()
        scores: dict[str, Scored] = {}
        for column, head in found:
            text, task, maximum = table.value(row, column), head["task"], float(head["points"])
            if (head["lesson"] or cells["lesson"]) != cells["lesson"]:
                continue
            if text or (task in awaiting and task not in scores):
                scores[task] = Scored(_points(table, row, column) if text else None, maximum)
        listed = tuple(cells[name] for name in LISTED if name in cells)
        texts = [cells[name] for name in ("lesson", "learner", "file", "submitted (UTC)", "notes")]
        lesson, learner, file, moment, notes = texts
        standings.append(Standing(lesson, learner, listed, file, moment, notes, scores))
    return standings


def _points(table: CsvText, row: int, column: int) -> float:
    text = table.value(row, column)
    if not NUMBER.fullmatch(text):
        msg = f"{table.name}, row {row + 1}: {text[:40]!r} is no score. Scores are not typed in there; see appeals"
        raise GradingError(msg)
    return float(text.replace(",", "."))


def pair(
    before: Sequence[Standing], after: Sequence[Standing]
) -> tuple[list[tuple[Standing, Standing | None]], list[Standing]]:
    """Return each learner before with the same one after, and who is new: by the submission, or else by the learner."""
    pairs: list[tuple[Standing, Standing | None]] = []
    old, new = list(before), list(after)
    for key in (attrgetter("submission"), attrgetter("person")):
        mine, theirs = _once(old, key), _once(new, key)
        both = mine.keys() & theirs.keys()
        pairs += [(mine[name], theirs[name]) for name in both]
        old = [each for each in old if key(each) not in both]
        new = [each for each in new if key(each) not in both]
    return pairs + [(each, None) for each in old], new


def _once(standings: Sequence[Standing], key: Callable[[Standing], Hashable]) -> dict[Hashable, Standing]:
    """Return standings by a key, without those that share it."""
    keys = [key(each) for each in standings]
    counts = Counter(keys)
    return {name: each for name, each in zip(keys, standings, strict=True) if counts[name] == 1}


def moves(before: Sequence[Standing], after: Sequence[Standing]) -> Iterator[Move]:
    """Yield each score that differs, by lesson, learner and task."""
    pairs, _ = pair(before, after)
    for old, new in sorted(pairs, key=lambda both: (both[0].lesson, both[0].learner.casefold(), both[0].file)):
        for task in dict.fromkeys([*(new.scores if new else ()), *old.scores]):
            if old.scores.get(task) != (new.scores.get(task) if new else None):
                yield Move(old, new, task)
