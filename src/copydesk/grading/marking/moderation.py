"""Two markers' levels side by side: what they agree on, what they still have to agree on, and when marks may count."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ValidationError

from copydesk.grading.files.csv_files import csv_text, read_csv
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.result_names import WAIVER
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.marking.folder import MARKS_SCHEMA, MarksFile, MarksHead
from copydesk.grading.marking.readers import Readers, SharedMarks
from copydesk.grading.marking.sampling import sample, sample_size
from copydesk.grading.marking.session import criterion_ids, written_entries
from copydesk.grading.marking.shares import find_name
from copydesk.model.base import Moment, Text
from copydesk.text import t
from copydesk.text.lists import first_names, name_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.folder import Mark, MarkingFolder, Place, Role
    from copydesk.grading.marking.readers import MarkerProgress
    from copydesk.kinds.written.model import Level, WrittenTask

TABLE = "moderation.csv"
HEADS = ("task", "number", "text", "criterion", "first", "second", "agreed")
MOST_TEXTS = 8
MOST_COMMANDS = 3
ROLES: tuple[Role, ...] = ("first", "second")
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
    """The marks of a task, those given twice, and the levels agreed on.

    ``whole`` names the texts marked for all criteria by the first marker, ``twice`` those by both; ``needed`` is how
    many have to be marked twice. ``agreed`` holds the levels settled between the markers. ``numbers`` are what the
    texts to be marked are called, ``sample`` those of them for a second marker. If the texts are shared out, ``first``
    and ``second`` have the marks of all first and second readers, ``shared`` says who these are, and ``progress`` how
    far each marker has got.
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
    shared: SharedMarks | None = None
    progress: tuple[MarkerProgress, ...] = ()

    @property
    def disagreements(self) -> list[Pair]:
        """Return the pairs with different levels, by text and then in the order of the rubric."""
        return [pair for pair in self.pairs() if pair.first.level != pair.second.level]

    @property
    def unsettled(self) -> list[Pair]:
        """Return the disagreements without an agreed level."""
        return [pair for pair in self.disagreements if (pair.first.text, pair.first.criterion) not in self.agreed]

    def pairs(self) -> list[Pair]:
        """Return all pairs of the texts marked twice."""
        if self.first is None or self.second is None:
            return []
        pairs = []
        for text in self.twice:
            for criterion in self.task.rubric:
                place = text, criterion.id
                pairs.append(Pair(self.first.marks[place], self.second.marks[place]))
        return pairs

    def marker(self, role: Role) -> str:
        """Return the name of the first or second marker; empty if there is none, or texts are shared out."""
        file = self.first if role == "first" else self.second
        return file.head.marker if file else ""

    def readers(self, text: str) -> Readers:
        """Return whose marks of a text that was marked twice count."""
        if self.shared:
            return self.shared.readers_of(text)
        return Readers(self.marker("first"), self.marker("second"))

    def levels(self, text: str) -> dict[str, Level]:
        """Return the levels of a text that the first marker has fully marked, with agreed ones in their place."""
        marks = self.first.marks if self.first else {}
        levels = {}
        for criterion in self.task.rubric:
            place = text, criterion.id
            levels[criterion.id] = self.agreed.get(place, marks[place].level)
        return levels

    def wait(self, marks: Path, *, is_default: bool = False) -> Wait | None:
        """Return why the marks do not count yet and what to do, with the commands; None if they count.

        ``is_default`` says that commands find the folder of all ``marks`` by themselves, in the class file.
        """
        typed = "" if is_default else shlex.quote(str(marks))
        why, remedy = self._reason_and_remedy(marks, typed)
        if not why:
            return None
        if self.whole:
            remedy = t("moderation.wait.or_waive", remedy=remedy, marks=_argument(typed))
        return Wait(self.lesson, self.task.id, why, remedy)

    def _reason_and_remedy(self, marks: Path, typed: str) -> tuple[str, str]:
        """Return why the marks do not count yet, and what to do about it other than waive it; both may be empty.

        ``typed`` is the folder of all marks as a command needs it, empty if it finds it by itself.
        """
        if self.first is None or not self.whole:
            return self._without_whole_text(typed)
        if self.waiver:
            return "", ""
        if len(self.twice) < self.needed:
            return self._without_sample(typed)
        count = len(self.unsettled)
        if count:
            table = marks / self.lesson / TABLE
            remedy = t("moderation.wait.levels.remedy", marks=_argument(typed), table=table)
            return t("moderation.wait.levels", count=count), remedy
        return "", ""

    def _without_whole_text(self, typed: str) -> tuple[str, str]:
        """Return the reason and remedy while no text is fully marked."""
        if self.shared:
            return t("moderation.wait.unmarked"), self._open_remedy(typed)
        is_single = self.waiver is None and self.second is None
        key = "moderation.wait.nobody" if is_single else "moderation.wait.unmarked"
        first, second = self._command("first", typed), self._command("second", typed)
        return t(key), t(f"{key}.remedy", first=first, second=second)

    def _without_sample(self, typed: str) -> tuple[str, str]:
        """Return reason and remedy while the sample is not marked twice: whose marks are open, if both have begun."""
        if self.shared:
            reason = t("moderation.wait.pairs", marked=len(self.twice), needed=self.needed)
            remedy = self._open_remedy(typed)
            return reason, remedy or t("moderation.wait.pairs.remedy", lesson=self.lesson)
        reasons, commands = [], []
        if self.first and self.second:
            for file in (self.first, self.second):
                reason = self.left_open(file, self.sample)
                if reason:
                    reasons.append(reason)
                    commands.append(self._command(file.head.role, typed))
        if reasons:
            return "; ".join(reasons), t("moderation.wait.left", commands=name_list(commands))
        reason = t("moderation.wait.sample", marked=len(self.twice), needed=self.needed)
        return reason, t("moderation.wait.sample.remedy", command=self._command("second", typed))

    def _command(self, role: Role, typed: str) -> str:
        """Return the command with which a marker continues, or begins under their own name."""
        file = self.first if role == "first" else self.second
        name = shlex.quote(file.head.marker) if file else "NAME"
        second = " --second" if role == "second" else ""
        return f"`{self._mark_words(name, typed)}{second}`"

    def _mark_words(self, name: str, typed: str) -> str:
        out = _argument(typed and f"--out {typed}")
        return f"copydesk mark --lesson {self.lesson} --marker {name}{out}"

    def _open_remedy(self, typed: str) -> str:
        """Return what to do about the texts that markers have left; empty if there are none.

        Someone whose texts were handed on gets none any more: what no one could take over needs another marker.
        """
        commands, gone = [], []
        markers = self.shared.file.markers if self.shared else ()
        for row in self.progress:
            name = shlex.quote(row.marker)
            if row.left and find_name(row.marker, markers):
                commands.append(f"`{self._mark_words(name, typed)}`")
            elif row.left:
                gone.append(t("moderation.wait.gone", count=row.left, marker=row.marker, name=name))
        shown = name_list(first_names(commands, MOST_COMMANDS))
        return "; ".join([*([t("moderation.wait.left", commands=shown)] if commands else []), *gone])

    def left_open(self, file: MarksFile, wanted: Iterable[str]) -> str:
        """Return in words, by number, the texts that a marker has yet to mark; empty if there are none."""
        criteria, numbers = 0, []
        for text in set(wanted) & self.numbers.keys():
            count = self._open_criteria(text, file)
            if count:
                criteria += count
                numbers.append(self.numbers[text])
        if not numbers:
            return ""
        texts = first_names(list(map(str, sorted(numbers))), MOST_TEXTS)
        return t(
            "moderation.left",
            count=len(numbers),
            marker=file.head.marker,
            criteria=t("moderation.left.criteria", count=criteria),
            texts=name_list(texts),
        )

    def _open_criteria(self, text: str, file: MarksFile) -> int:
        """Return how many criteria of a text have no mark."""
        return sum((text, criterion.id) not in file.marks for criterion in self.task.rubric)


def _argument(word: str) -> str:
    """Return what a command is given with the space before it; nothing if there is nothing."""
    return f" {word}" if word else ""


def moderations(folder: MarkingFolder, bank: Bank) -> list[Moderation]:
    """Return the moderation of each written task of a lesson.

    Raises:
        GradingError: a file is damaged, or the table of agreed levels has a faulty row.
    """
    texts, files, waiver = folder.texts(), folder.marks_files(), read_waiver(folder)
    tasks = []
    for task, _ in written_entries(bank):
        ids = texts.open_ids(task.id)
        shared = SharedMarks.from_folder(folder, task, ids)
        by_role = {file.head.role: file for file in files if file.head.task == task.id}
        if shared:
            by_role = {role: _all_readers(folder.lesson, shared, role) for role in ROLES}
        first, second = by_role.get("first"), by_role.get("second")
        whole = tuple(_whole_texts(task, first))
        moderation = Moderation(
            task=task,
            first=first,
            second=second,
            whole=whole,
            twice=tuple(sorted(set(whole) & set(_whole_texts(task, second)))),
            needed=sample_size(len(ids), shared.file.sample) if shared else sample_size(len(ids)),
            agreed={},
            waiver=waiver,
            numbers={text.id: text.number for text in texts.tasks.get(task.id, ()) if text.is_open},
            sample=tuple(sample(ids, texts.seed, task.id)),
            lesson=folder.lesson,
            shared=shared,
            progress=tuple(shared.progress()) if shared else (),
        )
        tasks.append(replace(moderation, agreed=_agreed_levels(folder.path / TABLE, moderation)))
    return tasks


def _all_readers(lesson: str, shared: SharedMarks, role: Role) -> MarksFile:
    """Return the marks of all first or all second readers of a task as if one person had given them."""
    head = {"schema": MARKS_SCHEMA, "lesson": lesson, "task": shared.task.id, "marker": "", "role": role}
    return MarksFile(head=MarksHead.model_validate(head), marks=shared.reading(role))


def write_table(folder: MarkingFolder, tasks: Sequence[Moderation]) -> Path:
    """Write the disagreements as a table with a column for the agreed level; levels already agreed are kept."""
    texts = folder.texts().by_id()
    rows: list[tuple[str, ...]] = [HEADS]
    for moderation in tasks:
        for pair in moderation.disagreements:
            name, criterion = pair.first.text, pair.first.criterion
            number = str(texts[name].number) if name in texts else ""
            levels = str(pair.first.level), str(pair.second.level)
            agreed = str(moderation.agreed.get((name, criterion), ""))
            rows.append((moderation.task.id, number, name, criterion, *levels, agreed))
    return folder.write(TABLE, csv_text(rows), is_durable=True)


def waive(folder: MarkingFolder, reason: str) -> None:
    """Let the marks of a lesson count without a second marker's agreement, for a recorded reason.

    Raises:
        GradingError: there is no reason.
    """
    try:
        waiver = Waiver(reason=one_line(reason), at=datetime.now(UTC))
    except ValidationError:
        raise GradingError(t("moderation.no_reason")) from None
    put_waiver(folder, waiver)


def put_waiver(folder: MarkingFolder, waiver: Waiver) -> None:
    """Write the waiver of a lesson."""
    folder.write(WAIVER, waiver.model_dump_json(indent=1) + "\n", is_durable=True)


def read_waiver(folder: MarkingFolder) -> Waiver | None:
    """Return the waiver of a lesson, if there is one."""
    path = folder.path / WAIVER
    if not path.is_file():
        return None
    try:
        return Waiver.model_validate_json(path.read_bytes())
    except ValidationError:
        raise GradingError(t("moderation.bad_waiver", path=path)) from None


def read_rows(path: Path) -> list[tuple[int, Row]]:
    """Return the rows of a table with their numbers, whichever delimiter the spreadsheet used.

    Raises:
        GradingError: it cannot be read, or is not a CSV file.
    """
    table = read_csv(path)
    heads = table.heads
    rows = []
    for row in range(1, len(table.rows)):
        cells = {head: table.value(row, column) for column, head in enumerate(heads)}
        rows.append((table.first + row, cells))
    return rows


def level_in(cell: str, where: str) -> Level | None:
    """Return the level typed into a cell, or None if it is empty.

    Raises:
        GradingError: it holds something else.
    """
    if cell == "":
        return None
    levels: dict[str, Level] = {"1": 1, "2": 2, "3": 3, "4": 4}
    if cell not in levels:
        raise GradingError(t("moderation.no_level", where=where, cell=one_line(cell, 40)))
    return levels[cell]


def _whole_texts(task: WrittenTask, file: MarksFile | None) -> Iterator[str]:
    """Yield the texts that have a mark for every criterion, in the order of their ids."""
    criteria_of: dict[str, set[str]] = {}
    for text, criterion in file.marks if file else ():
        criteria_of.setdefault(text, set()).add(criterion)
    for text, criteria in sorted(criteria_of.items()):
        if criteria >= criterion_ids(task):
            yield text


def _agreed_levels(path: Path, moderation: Moderation) -> dict[Place, Level]:
    """Return the agreed levels of the table, except those whose marks have changed since."""
    if not path.is_file():
        return {}
    pairs = {(pair.first.text, pair.first.criterion): pair for pair in moderation.disagreements}
    agreed: dict[Place, Level] = {}
    for line, row in read_rows(path):
        place = (row.get("text", ""), row.get("criterion", ""))
        level = level_in(row.get("agreed", ""), t("moderation.agreed_cell", path=path, line=line))
        pair = pairs.get(place)
        if row.get("task") != moderation.task.id or pair is None or level is None:
            continue
        if (row.get("first"), row.get("second")) == (str(pair.first.level), str(pair.second.level)):
            agreed[place] = level
    return agreed
