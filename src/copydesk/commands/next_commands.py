"""Makes the commands that another command prints as the next step: they work when typed in the same folder."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.class_file.reading import find_class_file
from copydesk.grading.files.result_names import TEXTS
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.readers import total_progress
from copydesk.grading.marking.session import written_entries
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from copydesk.commands.grading_options import GradingOptions
    from copydesk.course.bank import Bank
    from copydesk.grading.class_file.reading import ClassSettings

NEW_MARKS = "marks"
"""The folder for marks that a command names if none is given."""

ANYONE = "NAME"
"""The marker that a command names if none is known."""


class MarkCommands(NamedTuple):
    """Says how the written answers of a lesson are marked after a run of grading, with what was typed for that run.

    ``marks`` is the folder of the markers if there is one already, ``banks`` the graded banks by lesson.
    """

    submissions: Sequence[str]
    options: GradingOptions
    settings: ClassSettings | None
    marks: Path | None
    banks: Mapping[str, Bank]

    def words(self, lesson: str) -> str:
        """Return the command with which a marker marks a lesson, and how its marks get into the gradebook."""
        command = f"`{self._command(lesson)}`"
        if self.settings or self.marks:
            return command
        return t("next_steps.grade_again", command=command, option=f"--marks {NEW_MARKS}")

    def _command(self, lesson: str) -> str:
        words = ["copydesk", "mark", *self.submissions, "--lesson", lesson, "--marker", self._marker(lesson)]
        if self.options.marks or self.settings is None:
            words += ["--out", str(self.options.marks or NEW_MARKS)]
        words += _option_words(self.options)
        return " ".join(map(quote, words))

    def _marker(self, lesson: str) -> str:
        """Return who has most texts of a lesson left to mark, or else the first marker known."""
        markers = self.settings.file.markers if self.settings else None
        first = markers.names[0] if markers else ANYONE
        if self.marks and (self.marks / lesson / TEXTS).is_file():
            return open_marker(MarkingFolder(self.marks, lesson), self.banks[lesson]) or first
        return first


def open_marker(folder: MarkingFolder, bank: Bank) -> str:
    """Return the marker of a folder with most texts left, or its first marker; empty if it has none.

    Raises:
        GradingError: a file in it is damaged.
    """
    progress = total_progress(folder, [task for task, _ in written_entries(bank)])
    if progress:
        return max(progress, key=lambda row: row.left).marker
    names = [file.head.marker for file in folder.marks_files() if file.head.role == "first"]
    return names[0] if names else ""


def grade_command(folder: Path) -> str:
    """Return the command that grades the class of a folder, if there is a class file; otherwise empty."""
    return "`copydesk grade`" if find_class_file(folder) else ""


def _option_words(options: GradingOptions) -> list[str]:
    """Return the options that ``mark`` shares with ``grade``, as they were typed."""
    values = {
        "--class": options.class_,
        "--due": options.due,
        "--roster": options.roster,
        "--groups": options.groups,
        "--canvas": options.canvas,
        "--matches": options.matches,
    }
    words = []
    for option, value in values.items():
        words += _words(option, [value] if value else ())
    return words + _words("--moodle", options.moodle or ())


def _words(option: str, values: Iterable[object]) -> list[str]:
    """Return an option with each of its values."""
    words = []
    for value in values:
        words += [option, str(value)]
    return words
