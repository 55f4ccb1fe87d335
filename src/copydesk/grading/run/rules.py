"""What every submission of a run is graded by."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from copydesk.grading.class_file.deadlines import Deadlines
from copydesk.grading.files.inputs import InputFile, file_names
from copydesk.grading.submissions.download import Download

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from copydesk.grading.marking.final_marks import FinalMarks
    from copydesk.grading.report.counts import Layout
    from copydesk.grading.scores.appeals import Appeals
    from copydesk.grading.scores.comments import Comments
    from copydesk.grading.scores.manual_marks import ManualMarks
    from copydesk.grading.scores.versions import Versions
    from copydesk.grading.submissions.matches import Matches
    from copydesk.grading.submissions.person_tables import PersonTable
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.grading.submissions.roster import Roster
    from copydesk.kinds.parts import CardTitles


@dataclass(frozen=True, slots=True)
class Rules:
    """What every submission of a run is graded by.

    ``final_marks`` are the marks of written work that count, ``appeals`` those that were accepted; ``pages`` says
    whether feedback pages are made. ``download`` says whom a platform names as the sender of each file, ``matches``
    whose a submission is by the instructor's word. ``card_titles`` name evidence cards on pages. ``practice`` has
    the ids of each lesson's practice tasks, which count for taking part.
    """

    versions: Versions
    layouts: Mapping[str, Layout]
    roster: Roster | None = None
    deadlines: Deadlines = field(default_factory=Deadlines)
    final_marks: FinalMarks | None = None
    appeals: Appeals | None = None
    pages: bool = True
    download: Download = field(default_factory=Download)
    matches: Matches | None = None
    card_titles: CardTitles = ()
    manual_marks: ManualMarks | None = None
    comments: Comments | None = None
    practice: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def person_tables(self) -> list[PersonTable]:
        """Return the instructor's tables with a learner in each line."""
        tables = [self.deadlines.extensions]
        tables += [source.table for source in (self.manual_marks, self.comments) if source]
        return [table for table in tables if table]


def add_senders(rules: Rules, files: Iterable[InputFile]) -> Rules:
    """Return the rules for a run over some files, whose names taken together say which platform they come from."""
    return replace(rules, download=Download.from_files(file_names(files), rules.roster))


def drop_unclear_matches(rules: Rules, submissions: Iterable[GradedSubmission]) -> Rules | None:
    """Return the rules without matches that fit several submissions; None if every match fits only one."""
    if rules.matches is None:
        return None
    checked = rules.matches.find_unclear_lines(submissions)
    if checked.unclear == rules.matches.unclear:
        return None
    return replace(rules, matches=checked)
