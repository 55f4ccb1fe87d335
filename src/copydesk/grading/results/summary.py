"""Says what a run of grading did: counts, where the results are, and what is left to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.text.numbers import count_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from copydesk.grading.results.gradebook import Gradebook
    from copydesk.grading.scores.versions import Version


@dataclass(frozen=True, slots=True)
class GradingReport:
    """What a run did: counts, and where the results are.

    ``files`` counts what was looked at (members of zip files one by one), ``graded`` the submissions that count,
    ``superseded`` those that another one of the same learner replaced, ``joined`` those that complete another one,
    ``alike`` the groups of learners whose work is alike, ``not_graded`` the files with a reason, ``awaiting_marking``
    the written answers that a person has to mark, ``missing`` the learners of the roster without a submission, lesson
    by lesson, ``waiting`` why marks do not count yet. ``older`` are the older versions of the tasks by which
    submissions were graded, and how many each; ``appealed`` is by lesson, file and task why an appeal was accepted.
    ``imports`` say how many marks went into each import file. ``feedback`` is None where no pages were asked for.
    ``lost`` says which options the run before had and this one has not, ``removed`` which results of that run are gone.
    ``scores`` is the gradebook itself: the file may be another by the time that somebody reads it.
    """

    files: int
    graded: int
    superseded: int
    not_graded: int
    awaiting_marking: int
    missing: int
    lessons: tuple[str, ...]
    gradebook: Path
    scores: Gradebook = field(repr=False, compare=False)
    feedback: Path | None
    class_report: Path
    problems: Path
    problem_rows: int
    waiting: tuple[str, ...] = ()
    joined: int = 0
    alike: int = 0
    older: tuple[tuple[Version, int], ...] = ()
    appealed: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    lost: str = ""
    removed: tuple[str, ...] = ()

    def summary(self) -> str:
        """Return what was done in a few lines for a terminal."""
        lessons = f" ({', '.join(self.lessons)})" if self.lessons else ""
        places = ", ".join(str(place) for place in (self.gradebook, self.feedback, self.class_report) if place)
        lines = [f"{count_of(self.graded, 'submission')} graded{lessons}: {places}"]
        if self.awaiting_marking:
            lines.append(f"{count_of(self.awaiting_marking, 'written answer')} awaiting marking by a person")
        lines += [f"Not counted yet: {reason}" for reason in self.waiting]
        if self.superseded:
            lines.append(f"{count_of(self.superseded, 'submission')} replaced by another one of the same learner")
        if self.joined:
            lines.append(
                f"{count_of(self.joined, 'submission')} joined with another one of the same learner, task by task"
            )
        for version, count in self.older:
            own = (
                f"; the keys of {', '.join(version.own_keys)} for it are in {version.kept}" if version.own_keys else ""
            )
            lines.append(f"{count_of(count, 'submission')} for {version.bank.lesson}: {version.notice}{own}")
        if self.missing:
            lines.append(f"{count_of(self.missing, 'learner')} on the roster without a submission")
        if self.alike:
            lines.append(f"Work alike in {count_of(self.alike, 'group')} of learners, to look at: {self.problems}")
        if self.not_graded:
            lines.append(f"{count_of(self.not_graded, 'file')} not graded; {self.problems} has every reason and remedy")
        elif self.problem_rows:
            lines.append(f"Every file was graded; {self.problems} has {count_of(self.problem_rows, 'row')} to look at")
        lines += [self.lost] if self.lost else []
        return "\n".join([*lines, *self.removed, *self.imports])
