"""Chooses the marker of each text by the class file: from its learner's section, or from the instructor's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.class_file.model import CLASS_FILE
from copydesk.grading.files.csv_files import read_csv
from copydesk.grading.files.problems import GradingError, SubmissionProblem, problem
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.marking.shares import find_name
from copydesk.grading.submissions.matches import LEARNER_HEADS
from copydesk.grading.submissions.names import letters_and_digits, normalize
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.grading.class_file.model import Markers
    from copydesk.grading.class_file.reading import ClassSettings
    from copydesk.grading.files.csv_files import CsvTable
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.grading.submissions.roster import Roster

MARKER_HEADS = frozenset({"marker"})
PRINTED = 60
"""How much of a name a message prints."""


class ListedLearner(NamedTuple):
    """A line of the list of markers: whose texts a marker gets."""

    line: int
    learner: str
    marker: str


class MarkerChoice:
    """Remembers, while texts are taken out of submissions, which marker each of them should get.

    ``preferred`` has the markers by the ids of the texts, and nothing about the learners.
    """

    def __init__(self, markers: Markers, settings: ClassSettings) -> None:
        """Read the list of markers, if there is one.

        Raises:
            GradingError: it cannot be read, has not both columns, or a line of it is wrong.
        """
        self.preferred: dict[str, str] = {}
        self._markers = markers
        self._sections = {normalize(section): marker for section, marker in markers.sections.items()}
        path = settings.place(markers.list_file) if markers.share == "list" else None
        self._list = list(_read_list(path, markers)) if path else []
        self._list_name = path.name if path else ""
        self._by_name = {normalize(listed.learner): listed.marker for listed in self._list}
        self._by_key: dict[str, str] = {}
        self._unknown: list[ListedLearner] = []
        self._roster: Roster | None = None

    def note(self, text: str, submission: GradedSubmission, roster: Roster | None) -> None:
        """Choose the marker of a text; if it is several learners', the one named first in the class file."""
        if roster is not self._roster:
            self._find_on_roster(roster)
        names = {*self._by_section(submission), *self._by_list(submission)}
        if text in self.preferred:
            names.add(self.preferred[text])
        if names:
            self.preferred[text] = min(names, key=self._markers.names.index)

    def _find_on_roster(self, roster: Roster | None) -> None:
        """Find the learners of the list on the roster, and keep the lines of those who are not there."""
        self._roster = roster
        for listed in self._list if roster else ():
            key = roster.look_up(listed.learner) if roster else None
            if key is None:
                self._unknown.append(listed)
            else:
                self._by_key[key] = listed.marker

    def _by_section(self, submission: GradedSubmission) -> Iterator[str]:
        """Yield the markers of the sections of a submission's learners."""
        if self._markers.share != "section" or self._roster is None or submission.match is None:
            return
        for key in submission.match.keys:
            for section in map(normalize, self._roster.learners[key].sections):
                if section in self._sections:
                    yield self._sections[section]

    def _by_list(self, submission: GradedSubmission) -> Iterator[str]:
        """Yield the markers that the list has for a submission's learners, by the roster or by their own names."""
        keys = submission.match.keys if submission.match else ()
        names = map(normalize, (submission.learner, submission.label))
        for markers, words in ((self._by_key, keys), (self._by_name, names)):
            yield from (markers[word] for word in words if word in markers)

    def problems(self) -> Iterator[SubmissionProblem]:
        """Yield a row for each line of the list with a learner who is not on the roster, or if no section was found."""
        if self._markers.share == "section" and not self.preferred:
            yield problem(CLASS_FILE, "marker_choice.no_section")
        for listed in self._unknown:
            learner = repr(one_line(listed.learner, PRINTED))
            yield problem(self._list_name, "marker_choice.no_learner", line=listed.line, learner=learner)


def _read_list(path: Path, markers: Markers) -> Iterator[ListedLearner]:
    """Yield the lines of a list of markers that have a learner.

    Raises:
        GradingError: it cannot be read, has not both columns, names someone who is no marker, or a learner twice.
    """
    table = read_csv(path)
    learner_column, marker_column = _column(table, LEARNER_HEADS, path), _column(table, MARKER_HEADS, path)
    lines: dict[str, int] = {}
    for row in range(1, len(table.rows)):
        line, learner = row + table.first, table.value(row, learner_column)
        written = table.value(row, marker_column)
        if not learner and not written:
            continue
        marker = find_name(written, markers.names) if written else None
        shown = one_line(written, PRINTED)
        if marker is None:
            names = ", ".join(markers.names)
            raise GradingError(t("marker_choice.no_marker", path=path, line=line, marker=repr(shown), names=names))
        if normalize(learner) in lines:
            first, shown = lines[normalize(learner)], one_line(learner, PRINTED)
            raise GradingError(t("marker_choice.twice", path=path, line=line, learner=repr(shown), first=first))
        lines[normalize(learner)] = line
        yield ListedLearner(line, learner, marker)


def _column(table: CsvTable, wanted: frozenset[str], path: Path) -> int:
    """Return the number of the first column with a head among those wanted.

    Raises:
        GradingError: there is none.
    """
    heads = list(map(letters_and_digits, table.heads))
    for column, head in enumerate(heads):
        if head in wanted:
            return column
    raise GradingError(t("marker_choice.no_columns", path=path))
