"""What an instructor may add to a folder of submissions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from copydesk.kinds.parts import CardTitles


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an instructor may add to a folder of submissions.

    ``due`` is the moment after which a submission is late; ``roster`` a CSV file of the learners; ``canvas`` and
    ``moodle`` the files exported from these platforms, to be filled with marks (the first of them is the roster if
    there is no other); ``columns`` which of their columns belongs to a lesson (``platform_grades.fill_marks``);
    ``workers`` how many processes do the work, or ``scheduler`` the address of a Dask cluster that does. ``marks`` is
    the folder of what people marked by hand, ``appeals`` the file of accepted appeals, ``matches`` the instructor's
    file of whose each submission is. ``pages`` says whether feedback pages are made, which takes most of the time;
    without them those of an earlier run are removed. With ``strict`` a corrected key counts even if it gives
    less than the key that a submission was graded by before. ``card_titles`` are the titles of evidence cards on pages,
    by id.
    """

    due: datetime | None = None
    roster: Path | None = None
    canvas: Path | None = None
    moodle: Path | None = None
    columns: tuple[str, ...] = ()
    workers: int = 1
    marks: Path | None = None
    scheduler: str = ""
    appeals: Path | None = None
    pages: bool = True
    matches: Path | None = None
    strict: bool = False
    card_titles: CardTitles = ()

    @property
    def places(self) -> list[Path]:
        """Return all files and folders that are read, besides the submissions."""
        return [*self.files, self.marks] if self.marks else self.files

    @property
    def files(self) -> list[Path]:
        """Return the lists of learners and appeals, which are not submissions even if found among them."""
        files = (self.roster, self.canvas, self.moodle, self.appeals, self.matches)
        return [path for path in files if path]
