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
    ``moodle`` the files that these platforms export, to get marks filled in (the first of them is the roster where
    there is no other); ``columns`` which of their columns is a lesson's (``platform_grades.fill_marks``);
    ``workers`` how many processes do the work, or ``scheduler`` the address of a Dask cluster that does. ``marks`` is
    the folder of what people marked by hand, ``appeals`` the file of the appeals accepted, ``matches`` the instructor's
    file of whose each submission is. ``pages`` says whether feedback pages are made, which take most of the time;
    without them the ones of an earlier run are removed. With ``strict`` a corrected key counts also where it gives
    less than the key that a submission was graded by before. ``card_titles`` are evidence cards as pages name them, by
    id.
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
        """Return all files and folders that are read, beside the submissions."""
        return [*self.files, self.marks] if self.marks else self.files

    @property
    def files(self) -> list[Path]:
        """Return the lists of learners and appeals, which are no submissions should they be among them."""
        files = (self.roster, self.canvas, self.moodle, self.appeals, self.matches)
        return [path for path in files if path]
