"""What an instructor may add to a folder of submissions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.grading.class_file.model import LateRule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo
    from pathlib import Path

    from copydesk.grading.class_file.reading import ClassSettings
    from copydesk.kinds.parts import CardTitles


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an instructor may add to a folder of submissions.

    ``due`` is the moment after which a submission is late; ``roster`` a CSV file of the learners; ``groups`` one of the
    groups that these are in besides; ``canvas`` and ``moodle`` the files exported from these platforms, to be filled
    with marks (the first of them is the roster if there is no other); ``worksheets`` are those of Moodle by lesson, if
    there is one for each assignment and not only ``moodle``; ``columns`` which of their columns belongs to a lesson
    (``platform_grades.fill_marks``); ``workers`` how many processes do the work, or ``scheduler`` the address of a Dask
    cluster that does. ``marks`` is the folder of what people marked by hand, ``appeals`` the file of accepted appeals,
    ``matches`` the instructor's file of whose each submission is. ``pages`` says whether feedback pages are made, which
    takes most of the time; without them those of an earlier run are removed. With ``strict`` a corrected key counts
    even if it gives less than the key that a submission was graded by before. ``card_titles`` are the titles of
    evidence cards on pages, by id. ``due_by_lesson`` says when a lesson is due if there is no ``due``, ``late`` what
    lateness costs, and ``zone`` in which time zone the ``extensions`` are written, the file of who may submit later.
    ``manual_marks`` and ``comments`` are the instructor's files of decisions and of comments for learners.
    ``without_written`` are the lessons whose written task is not set, ``course`` is the class file, by which the mark
    of the course is computed.
    """

    due: datetime | None = None
    roster: Path | None = None
    groups: Path | None = None
    canvas: Path | None = None
    moodle: Path | None = None
    worksheets: Mapping[str, Path] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    workers: int = 1
    marks: Path | None = None
    scheduler: str = ""
    appeals: Path | None = None
    pages: bool = True
    matches: Path | None = None
    strict: bool = False
    card_titles: CardTitles = ()
    due_by_lesson: Mapping[str, datetime] = field(default_factory=dict)
    late: LateRule = field(default_factory=LateRule)
    zone: tzinfo | None = None
    extensions: Path | None = None
    without_written: frozenset[str] = frozenset()
    manual_marks: Path | None = None
    comments: Path | None = None
    course: ClassSettings | None = None

    @property
    def places(self) -> list[Path]:
        """Return all files and folders that are read, besides the submissions."""
        return [*self.files, self.marks] if self.marks else self.files

    @property
    def has_default_marks(self) -> bool:
        """Return whether commands find the folder of marks by themselves: by the class file where they are typed."""
        return self.course is not None and self.course.is_here and self.marks == self.course.marks

    @property
    def files(self) -> list[Path]:
        """Return the instructor's lists and tables, which are not submissions even if found among them."""
        lists = (self.roster, self.groups, self.canvas, *self.moodle_worksheets.values())
        tables = (self.appeals, self.matches, self.extensions, self.manual_marks, self.comments)
        return [path for path in (*lists, *tables, self.course_worksheet) if path]

    @property
    def moodle_worksheets(self) -> dict[str, Path]:
        """Return Moodle's worksheets by lesson, in its order; the one for the only lesson has an empty name."""
        worksheets = dict(sorted(self.worksheets.items()))
        return {"": self.moodle, **worksheets} if self.moodle else worksheets

    @property
    def course_worksheet(self) -> Path | None:
        """Return Moodle's worksheet for the mark of the course, if the class file names one."""
        return self.course.place(self.course.file.total.moodle) if self.course else None
