"""The report of a run of grading: counts, where the results are, and what is left to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from copydesk.grading.results.gradebook import Gradebook
    from copydesk.grading.scores.versions import Version


@dataclass(frozen=True, slots=True)
class GradingReport:
    """What a run did: counts, and where the results are.

    ``files`` counts what was looked at (members of zip files one by one), ``graded`` the submissions that count,
    ``superseded`` those that another one of the same learner replaced, ``joined`` those that complete another one,
    ``alike`` the groups of learners with similar work, ``not_graded`` the files with a reason, ``awaiting_marking``
    the written answers that a person has to mark, ``missing`` the learners of the roster without a submission, lesson
    by lesson, ``hidden`` the lessons in which names are hidden, so that it is not known who of them is missing, and
    ``waiting`` why marks do not count yet. ``older`` are the older versions of the tasks by which
    submissions were graded, and how many each; ``appealed`` is by lesson, file and task why an appeal was accepted.
    ``imports`` say how many marks went into each import file, ``course`` for how many learners the mark of the course
    is complete. ``feedback`` is None where no pages were asked for. ``lost`` says which options the run before
    had and this one has not, ``removed`` which results of that run are gone.
    ``scores`` is the gradebook itself: the file may have changed by the time someone reads it.
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
    hidden: tuple[str, ...] = ()
    joined: int = 0
    alike: int = 0
    older: tuple[tuple[Version, int], ...] = ()
    appealed: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    course: tuple[str, ...] = ()
    lost: str = ""
    removed: tuple[str, ...] = ()

    def summary(self) -> str:
        """Return a summary of the run in a few lines for a terminal."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        """Yield a line for each thing to say: what was graded, then what is left to do, then where to look."""
        yield t("summary.graded", count=self.graded, lessons=self._lesson_names(), places=self._places())
        if self.awaiting_marking:
            yield t("summary.awaiting", count=self.awaiting_marking)
        for reason in self.waiting:
            yield t("summary.not_counted", reason=reason)
        if self.superseded:
            yield t("summary.superseded", count=self.superseded)
        if self.joined:
            yield t("summary.joined", count=self.joined)
        for version, count in self.older:
            yield _version_line(version, count)
        yield from self._to_look_at()
        if self.lost:
            yield self.lost
        yield from self.removed
        yield from self.imports
        yield from self.course

    def _to_look_at(self) -> Iterator[str]:
        """Yield a line for each thing that the instructor should look at."""
        if self.missing:
            yield t("summary.missing", count=self.missing)
        if self.hidden:
            yield t("summary.hidden", count=len(self.hidden), lessons=name_list(self.hidden))
        if self.alike:
            yield t("summary.similar", count=self.alike, problems=self.problems)
        if self.not_graded:
            yield t("summary.not_graded", count=self.not_graded, problems=self.problems)
        elif self.problem_rows:
            yield t("summary.all_graded", count=self.problem_rows, problems=self.problems)

    def _lesson_names(self) -> str:
        """Return the lessons in brackets after a space; empty if there are none."""
        return f" ({', '.join(self.lessons)})" if self.lessons else ""

    def _places(self) -> str:
        """Return the paths of gradebook, pages and class report."""
        feedback = [] if self.feedback is None else [self.feedback]
        return ", ".join(map(str, [self.gradebook, *feedback, self.class_report]))


def _version_line(version: Version, count: int) -> str:
    """Return how many submissions were graded by an older version of the tasks, and where its own keys are."""
    keys = ""
    if version.own_keys:
        keys = t("summary.own_keys", tasks=", ".join(version.own_keys), file=version.file)
    return t("summary.older", count=count, lesson=version.bank.lesson, notice=version.notice, keys=keys)
