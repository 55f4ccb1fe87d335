"""Merges another folder of marks into one: marks, comments, agreed levels and waivers; shares stay as they are here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.csv_files import csv_text
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.result_names import TEXTS
from copydesk.grading.files.safe_text import file_part, one_line
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.moderation import HEADS, TABLE, level_in, put_waiver, read_rows, read_waiver
from copydesk.grading.marking.readers import SharedMarks
from copydesk.grading.marking.session import written_entries
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.folder import MarksFile, TextsFile
    from copydesk.grading.marking.moderation import Row, Waiver

AgreedRow = tuple[str, ...]
"""A row of the table of agreed levels, with the columns ``HEADS``."""


@dataclass(slots=True)
class MergedMarks:
    """What a merge took over for one lesson, in numbers.

    ``new`` counts by marker the marks for places that had none here, ``newer`` those that replaced an older one;
    ``same`` are those of the other folder that were here already, or are older than the ones here. ``back`` counts by
    marker the texts that were handed on and count by their marks after all, because the new reader has none;
    ``kept`` those that they have marks for, which are kept but don't count.
    """

    lesson: str
    new: Counter[str] = field(default_factory=Counter)
    newer: int = 0
    same: int = 0
    comments: int = 0
    agreed: int = 0
    is_waived: bool = False
    back: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)

    @property
    def taken(self) -> int:
        """Return how many marks of the other folder were taken over."""
        return self.new.total() + self.newer

    @property
    def total(self) -> int:
        """Return how many marks the other folder has."""
        return self.taken + self.same


class _Content(NamedTuple):
    """All that a folder has besides its texts, read and checked."""

    marks: list[MarksFile]
    comments: dict[str, dict[str, list[str]]]
    agreed: list[AgreedRow]
    waiver: Waiver | None


def merge_marks(top: Path, other: Path, banks: Mapping[str, Bank]) -> list[MergedMarks]:
    """Merge another folder of marks into the one at ``top``, and return what was taken over, by lesson.

    All of both folders is read and checked first. Then each file is written whole; a merge that breaks off is
    completed by another one.

    Raises:
        GradingError: the folders don't belong together or something in one of them is damaged, and nothing was
            changed; or a file cannot be written.
    """
    if top.resolve() == other.resolve():
        raise GradingError(t("merging.same_folder", folder=top))
    lessons = sorted(path.parent.name for path in other.glob(f"*/{TEXTS}"))
    if not lessons:
        raise GradingError(t("merging.no_marks", folder=other))
    pairs = []
    for lesson in lessons:
        if lesson not in banks or not (top / lesson / TEXTS).is_file():
            raise GradingError(t("merging.other_lesson", lesson=lesson, folder=top, other=other))
        here, there = MarkingFolder(top, lesson), MarkingFolder(other, lesson)
        _require_same_texts(here, there)
        content = _content(there, here.texts())
        _require_roles(here, there, content.marks, _content(here, here.texts()).marks)
        pairs.append((here, content))
    return [_merge_lesson(here, content, banks[here.lesson]) for here, content in pairs]


def _require_same_texts(here: MarkingFolder, there: MarkingFolder) -> None:
    """Raise ``GradingError`` if the other folder is of other texts, or has some that are not here."""
    texts, others = here.texts(), there.texts()
    if (texts.lesson, texts.seed) != (others.lesson, others.seed) or others.lesson != here.lesson:
        raise GradingError(t("merging.other_texts", folder=here.path, other=there.path))
    missing = others.by_id().keys() - texts.by_id().keys()
    if missing:
        raise GradingError(t("merging.missing_texts", count=len(missing), folder=here.path, other=there.path))
    if (here.shares() is None) != (there.shares() is None):
        shared, not_shared = (here, there) if here.shares() else (there, here)
        raise GradingError(t("merging.one_is_shared", shared=shared.path, other=not_shared.path))


def _require_roles(
    here: MarkingFolder, there: MarkingFolder, marks: Iterable[MarksFile], marks_here: Sequence[MarksFile]
) -> None:
    """Raise ``GradingError`` if a marker has another role here or, without shares, someone else has the same role."""
    is_shared = here.shares() is not None
    for file in marks:
        if is_shared != (file.head.role == "shared"):
            raise GradingError(t("merging.other_marks", folder=there.path, marker=one_line(file.head.marker)))
        for other in marks_here:
            is_same = file_part(file.head.marker) == file_part(other.head.marker)
            if not is_shared and is_same != (file.head.role == other.head.role):
                names = one_line(other.head.marker), one_line(file.head.marker)
                raise GradingError(t("merging.roles", lesson=here.lesson, here=names[0], there=names[1]))


def _content(folder: MarkingFolder, texts: TextsFile) -> _Content:
    """Return the content of a folder.

    Raises:
        GradingError: something is damaged, or belongs to another lesson or task.
    """
    marks = folder.marks_files()
    for file in marks:
        if file.head.lesson != folder.lesson or file.head.task not in texts.tasks:
            raise GradingError(t("merging.other_marks", folder=folder.path, marker=one_line(file.head.marker)))
    return _Content(marks, folder.all_comments(), list(_agreed_rows(folder)), read_waiver(folder))


def _agreed_rows(folder: MarkingFolder) -> Iterator[AgreedRow]:
    """Yield the rows with an agreed level of the table of disagreements, if there is one.

    Raises:
        GradingError: the table cannot be read, or an agreed level is none.
    """
    path = folder.path / TABLE
    for line, row in read_rows(path) if path.is_file() else ():
        if level_in(row.get("agreed", ""), t("moderation.agreed_cell", path=path, line=line)) is not None:
            yield _cells(row)


def _cells(row: Row) -> AgreedRow:
    return tuple(one_line(row.get(head, "")) for head in HEADS)


def _merge_lesson(folder: MarkingFolder, content: _Content, bank: Bank) -> MergedMarks:
    """Write what the other folder has and this one lacks."""
    merged = MergedMarks(folder.lesson)
    for file in content.marks:
        before = folder.merge_marks(file)
        for place, mark in file.marks.items():
            if place not in before.marks:
                merged.new[file.head.marker] += 1
            elif mark.is_newer(before.marks[place]):
                merged.newer += 1
            else:
                merged.same += 1
    for task, criteria in content.comments.items():
        for criterion, comments in criteria.items():
            known = folder.comments(task, criterion)
            for comment in comments:
                if comment not in known:
                    folder.add_comment(task, criterion, comment)
                    merged.comments += 1
    merged.agreed = _merge_agreed_levels(folder, content.agreed)
    if content.waiver and read_waiver(folder) is None:
        put_waiver(folder, content.waiver)
        merged.is_waived = True
    _count_handed_on(folder, bank, content.marks, merged)
    return merged


def _merge_agreed_levels(folder: MarkingFolder, agreed: Iterable[AgreedRow]) -> int:
    """Add agreed levels to the table of a folder where it has none for the same two levels; return how many."""
    path = folder.path / TABLE
    rows: dict[AgreedRow, AgreedRow] = {}
    for _, row in read_rows(path) if path.is_file() else ():
        cells = _cells(row)
        rows[_disagreement(cells)] = cells
    added = 0
    for cells in agreed:
        present = rows.get(_disagreement(cells))
        if present is None or not present[-1]:
            rows[_disagreement(cells)] = cells
            added += 1
    if added:
        folder.write(TABLE, csv_text([HEADS, *rows.values()]), is_durable=True)
    return added


def _disagreement(cells: AgreedRow) -> AgreedRow:
    """Return what an agreed level is for: the task, text and criterion, and the two levels."""
    values = dict(zip(HEADS, cells, strict=True))
    return tuple(values[head] for head in ("task", "text", "criterion", "first", "second"))


def _count_handed_on(folder: MarkingFolder, bank: Bank, marks: Iterable[MarksFile], merged: MergedMarks) -> None:
    """Count the texts with marks of someone who no longer reads them: those that count, and those that don't."""
    texts = folder.texts()
    for task, _ in written_entries(bank):
        shared = SharedMarks.from_folder(folder, task, texts.open_ids(task.id))
        if shared is None:
            continue
        for file in marks:
            marker = file.head.marker
            for share in shared.shares.values():
                is_begun = file.head.task == task.id and shared.is_begun(marker, share.text)
                if is_begun and not shared.readers(share).has(file_part(marker)):
                    merged.kept[marker] += 1
                elif is_begun and not share.is_read_by(marker):
                    merged.back[marker] += 1
