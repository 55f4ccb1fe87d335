"""Two markers' levels side by side: what they agree on, what they have to agree on, and when marks may count."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ValidationError

from copydesk.grading.files.csv_files import csv_text, read_csv
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.result_names import WAIVER
from copydesk.grading.files.safe_text import listed, one_line
from copydesk.grading.marking.sampling import sample, sample_size
from copydesk.grading.marking.session import written_entries
from copydesk.model.base import Moment, Text
from copydesk.text.numbers import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.folder import Mark, MarkingFolder, MarksFile, Place, Role
    from copydesk.kinds.written.model import Level, WrittenTask

TABLE = "moderation.csv"
HEADS = ("task", "number", "text", "criterion", "first", "second", "agreed")
MOST_TEXTS = 8
Row = dict[str, str]


class Waiver(BaseModel):
    """Why the marks of a lesson count without a second marker's agreement."""

    schema_: Literal["copydesk/waiver/1"] = "copydesk/waiver/1"
    reason: Text
    at: Moment


class Pair(NamedTuple):
    """The levels that both markers gave one text for one criterion."""

    first: Mark
    second: Mark


class Wait(NamedTuple):
    """Why the marks of a task do not count yet, and what to do."""

    lesson: str
    task: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Moderation:
    """Where a task stands: its marks, those given twice, and what was agreed on.

    ``whole`` names the texts with all criteria marked by the first marker, ``twice`` those by both; ``needed`` is how
    many have to be marked twice. ``agreed`` holds the levels settled between the markers. ``numbers`` are what the
    texts that are to be marked are called, ``sample`` those of them that are a second marker's.
    """

    task: WrittenTask
    first: MarksFile | None
    second: MarksFile | None
    whole: tuple[str, ...]
    twice: tuple[str, ...]
    needed: int
    agreed: Mapping[Place, Level]
    waiver: Waiver | None
    numbers: Mapping[str, int] = field(default_factory=dict)
    sample: tuple[str, ...] = ()
    lesson: str = ""

    @property
    def disagreements(self) -> list[Pair]:
        """Return the pairs of different levels, by text and then in the order of the rubric."""
        return [pair for pair in self.pairs() if pair.first.level != pair.second.level]

    @property
    def unsettled(self) -> list[Pair]:
        """Return the disagreements without an agreed level."""
        return [pair for pair in self.disagreements if (pair.first.text, pair.first.criterion) not in self.agreed]

    def pairs(self) -> list[Pair]:
        """Return all pairs of the texts marked twice."""
        if self.first is None or self.second is None:
            return []
        ours, theirs = self.first.marks, self.second.marks
        places = [(text, criterion.id) for text in self.twice for criterion in self.task.rubric]
        return [Pair(ours[place], theirs[place]) for place in places]

    def levels(self, text: str) -> dict[str, Level]:
        """Return the levels of a text that the first marker has marked whole, the agreed ones in their place."""
        marks = self.first.marks if self.first else {}
        places = [(text, criterion.id) for criterion in self.task.rubric]
        return {place[1]: self.agreed.get(place, marks[place].level) for place in places}

    def reason_to_wait(self, marks: Path) -> str:
        """Return in a line why the marks do not count yet and what to do; empty where they count."""
        found = self.wait(marks)
        return f"{found.task}: {found.why}; {found.remedy}" if found else ""

    def wait(self, marks: Path) -> Wait | None:
        """Return why the marks do not count yet and what to do, with the commands; None where they count."""
        why, remedy = self._open(marks)
        waive = f'let the marks count without: `copydesk moderate {marks} --waive "why"`'
        return Wait(self.lesson, self.task.id, why, f"{remedy}, or {waive}" if self.whole else remedy) if why else None

    def _open(self, marks: Path) -> tuple[str, str]:
        """Return what is open, and what to do about it other than to waive it."""
        if self.first is None or not self.whole:
            return self._begun(marks)
        if self.waiver:
            return "", ""
        if len(self.twice) < self.needed:
            return self._half(marks)
        if self.unsettled:
            why = f"the markers have not agreed on {count_of(len(self.unsettled), 'level')}"
            return why, f"`copydesk moderate {marks}` and fill in the column agreed"
        return "", ""

    def _begun(self, marks: Path) -> tuple[str, str]:
        """Return what is open while no text is marked whole."""
        why, remedy = "no text is marked for all criteria yet", f"mark what is left: {self._command('first', marks)}"
        if self.waiver or self.second:
            return why, remedy
        return f"{why}, and there is no second marker", f"{remedy}; then have {self._command('second', marks)} run"

    def _half(self, marks: Path) -> tuple[str, str]:
        """Return whose marks are open, so that nobody looks for them with the wrong marker."""
        files = [file for file in (self.first, self.second) if file and self.second]
        open_ = {file.head.role: said for file in files if (said := self.left_open(file, self.sample))}
        if open_:
            commands = [self._command(role, marks) for role in open_]
            return "; ".join(open_.values()), f"mark what is left: {listed(commands)}"
        twice = f"{len(self.twice)} of {self.needed} texts are marked by a second marker"
        return twice, f"have a second person mark: {self._command('second', marks)}"

    def _command(self, role: Role, marks: Path) -> str:
        """Return the command with which a marker goes on, or begins under a name of their own."""
        file = self.first if role == "first" else self.second
        name = shlex.quote(file.head.marker) if file else "NAME"
        second = " --second" if role == "second" else ""
        return f"`copydesk mark --lesson {self.lesson} --marker {name} --out {marks}{second}`"

    def left_open(self, file: MarksFile, wanted: Iterable[str]) -> str:
        """Return what a marker has still to mark of some texts; empty where nothing is."""
        counts = Counter({text: self._open_criteria(text, file) for text in wanted if text in self.numbers})
        numbers = sorted(self.numbers[text] for text, count in counts.items() if count)
        if not numbers:
            return ""
        count = counts.total()
        what = "one criterion" if count == 1 else f"{count} criteria"
        shown = [str(number) for number in numbers[:MOST_TEXTS]]
        shown += [f"{len(numbers) - MOST_TEXTS} more"] if len(numbers) > MOST_TEXTS else []
        return f"{file.head.marker} has left {what} of {'text' if len(numbers) == 1 else 'texts'} {listed(shown)} open"

    def _open_criteria(self, text: str, file: MarksFile) -> int:
        return sum((text, criterion.id) not in file.marks for criterion in self.task.rubric)


def moderations(folder: MarkingFolder, bank: Bank) -> list[Moderation]:
    """Return where each written task of a lesson stands.

    Raises:
        GradingError: a file is damaged, or the table of agreed levels has a faulty row.
    """
    texts, files, waiver = folder.texts(), folder.marks_files(), read_waiver(folder)
    found = []
    for task, _ in written_entries(bank):
        own = {file.head.role: file for file in files if file.head.task == task.id}
        first, second = own.get("first"), own.get("second")
        whole = _whole(task, first)
        twice = tuple(text for text in _whole(task, second) if text in whole)
        ids = texts.open_ids(task.id)
        numbers = {text.id: text.number for text in texts.tasks.get(task.id, ()) if text.id in ids}
        bare = Moderation(
            task=task,
            first=first,
            second=second,
            whole=whole,
            twice=twice,
            needed=sample_size(len(ids)),
            agreed={},
            waiver=waiver,
            numbers=numbers,
            sample=tuple(sample(ids, texts.seed, task.id)),
            lesson=folder.lesson,
        )
        found.append(replace(bare, agreed=_agreed(folder.path / TABLE, bare)))
    return found


def write_table(folder: MarkingFolder, found: Sequence[Moderation]) -> Path:
    """Write the disagreements as a table with a column for the agreed level; agreed ones stay."""
    numbers = {text.id: text.number for texts in folder.texts().tasks.values() for text in texts}
    rows = [
        (
            each.task.id,
            str(numbers.get(pair.first.text, "")),
            pair.first.text,
            pair.first.criterion,
            str(pair.first.level),
            str(pair.second.level),
            str(each.agreed.get((pair.first.text, pair.first.criterion), "")),
        )
        for each in found
        for pair in each.disagreements
    ]
    return folder.write(TABLE, csv_text([HEADS, *rows]), is_durable=True)


def waive(folder: MarkingFolder, reason: str) -> None:
    """Let the marks of a lesson count without a second marker's agreement, for a reason that is kept.

    Raises:
        GradingError: there is no reason.
    """
    try:
        waiver = Waiver(reason=one_line(reason), at=datetime.now(UTC))
    except ValidationError:
        msg = 'say why the marks count without a second marker\'s agreement: --waive "the reason"'
        raise GradingError(msg) from None
    folder.write(WAIVER, waiver.model_dump_json(indent=1) + "\n", is_durable=True)


def read_waiver(folder: MarkingFolder) -> Waiver | None:
    """Return the waiver of a lesson, if there is one."""
    path = folder.path / WAIVER
    if not path.is_file():
        return None
    try:
        return Waiver.model_validate_json(path.read_bytes())
    except ValidationError:
        msg = f"{path} cannot be read. Remove it, and waive again with a reason"
        raise GradingError(msg) from None


def read_rows(path: Path) -> list[tuple[int, Row]]:
    """Return the rows of a table with their numbers, whichever separator the spreadsheet put between cells.

    Raises:
        GradingError: it cannot be read, or is no CSV file.
    """
    table = read_csv(path)
    heads = table.heads
    found = []
    for row in range(1, len(table.rows)):
        cells = {head: table.value(row, column) for column, head in enumerate(heads)}
        found.append((table.first + row, cells))
    return found


def level_in(cell: str, where: str) -> Level | None:
    """Return the level that was typed into a cell, or nothing where it is empty.

    Raises:
        GradingError: it holds something else.
    """
    if cell == "":
        return None
    levels: dict[str, Level] = {"1": 1, "2": 2, "3": 3, "4": 4}
    if cell not in levels:
        msg = f"{where} is {one_line(cell, 40)!r}. Type 1, 2, 3 or 4, or leave it empty"
        raise GradingError(msg)
    return levels[cell]


def _whole(task: WrittenTask, file: MarksFile | None) -> tuple[str, ...]:
    """Return the texts that have a mark for every criterion."""
    marks = file.marks if file else {}
    names = sorted({text for text, _ in marks})
    return tuple(name for name in names if all((name, criterion.id) in marks for criterion in task.rubric))


def _agreed(path: Path, bare: Moderation) -> dict[Place, Level]:
    """Return the agreed levels of the table; one whose marks were changed since does not hold any more."""
    if not path.is_file():
        return {}
    open_pairs = {(pair.first.text, pair.first.criterion): pair for pair in bare.disagreements}
    agreed: dict[Place, Level] = {}
    for line, row in read_rows(path):
        place = (row.get("text", ""), row.get("criterion", ""))
        level = level_in(row.get("agreed", ""), f"{path}, line {line}: the agreed level")
        pair = open_pairs.get(place)
        if row.get("task") != bare.task.id or pair is None or level is None:
            continue
        if (row.get("first"), row.get("second")) == (str(pair.first.level), str(pair.second.level)):
            agreed[place] = level
    return agreed
