"""The report of a run of grading: counts, where the results are, and what is left to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.result_names import import_name
from copydesk.grading.results.platform_grades import combined
from copydesk.text import t
from copydesk.text.last_lines import last_lines
from copydesk.text.lists import first_names, name_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from copydesk.grading.results.gradebook import Gradebook
    from copydesk.grading.results.platform_grades import ImportReport
    from copydesk.grading.scores.versions import Version

MOST_IMPORTS, MOST_PATHS, MOST_LESSONS, MOST_REASONS = 2, 2, 8, 3
"""How many a line, or the lines of a summary, have one by one."""

MarkWords = Callable[[str], str]
"""Says how the written answers of a lesson are marked, with the command."""


class WaitingMarks(NamedTuple):
    """Marks of a task that do not count yet: the lesson and task, why, and what to do, with the commands."""

    place: str
    why: str
    remedy: str


def mark_words(lesson: str) -> str:
    """Say how written answers are marked if the command of the run is not known: with words to put in."""
    return f"`copydesk mark SUBMISSIONS --lesson {lesson} --marker NAME --out marks`"


@dataclass(frozen=True, slots=True)
class GradingReport:
    """What a run did: counts, and where the results are.

    ``files`` counts what was looked at (members of zip files one by one), ``graded`` the submissions that count,
    ``superseded`` those that another one of the same learner replaced, ``joined`` those that complete another one,
    ``beside`` the notebooks without answers whose answer file is beside them, ``sent_again`` the files that could not
    be graded and whose learner has sent another one, ``guesses`` the submissions whose learner is a guess or unknown,
    ``alike`` the groups of learners with similar work, ``not_graded`` the files with a reason, ``awaiting_marking`` the
    written answers that a person has to mark, ``missing`` the learners of the roster without a submission, lesson by
    lesson, and ``hidden`` the lessons in which names are hidden, so that it is not known who of them is missing.
    ``waiting`` says which marks do not count yet, ``to_mark`` how many written answers of a lesson a person has to
    mark, ``not_on_desk`` how many no marker has, though there is a folder of marks. ``older`` are the older versions of
    the tasks by which submissions were graded, and how many each; ``appealed`` is by lesson, file and task why an
    appeal was accepted. ``imports`` say how many marks went into each import file, ``course_imports`` how many marks of
    the course did, ``course`` for how many learners that mark is complete, ``course_waits`` what the others wait for,
    and ``anonymous`` is the table of marks for learners whose names Canvas hides, and how many they are. ``feedback``
    is None where no pages were asked for. ``lost`` says which options the run before had and this one has not,
    ``removed`` which results of that run are gone.
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
    waiting: tuple[WaitingMarks, ...] = ()
    to_mark: Mapping[str, int] = field(default_factory=dict)
    not_on_desk: int = 0
    hidden: tuple[str, ...] = ()
    joined: int = 0
    beside: int = 0
    sent_again: int = 0
    guesses: int = 0
    alike: int = 0
    older: tuple[tuple[Version, int], ...] = ()
    appealed: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    imports: tuple[ImportReport, ...] = ()
    course_imports: tuple[ImportReport, ...] = ()
    course: str = ""
    course_waits: str = ""
    anonymous: tuple[Path, int] | None = None
    lost: str = ""
    removed: tuple[str, ...] = ()

    def summary(self, words: MarkWords = mark_words) -> str:
        """Return at most ten lines for a terminal: what was done, what was not, and what to do next.

        ``words`` say how the written answers of a lesson are marked, with the command.
        """
        return "\n".join(last_lines(self.done(), self.left(), next_steps(self, words)))

    def done(self) -> list[str]:
        """Return a line for each thing that was done; the numbers in each add up."""
        lines = [self._graded_line(), *self._import_lines()]
        if self.course:
            lines.append(self.course)
        if self.anonymous:
            path, count = self.anonymous
            lines.append(t("anonymous_marks.line", path=path, count=count))
        if self.older:
            lines.append(self._older_line())
        if self.alike:
            lines.append(t("summary.similar", count=self.alike, problems=self.problems))
        return lines

    def left(self) -> list[str]:
        """Return a line for each thing that was not done, and why."""
        return list(self._left())

    def _left(self) -> Iterator[str]:
        if self.not_graded:
            yield t("summary.not_graded", count=self.not_graded, problems=self.problems)
        elif self.problem_rows:
            yield t("summary.all_graded", count=self.problem_rows, problems=self.problems)
        if self.awaiting_marking or self.waiting:
            yield self._marking_line()
        if self.course_waits:
            yield self.course_waits
        if self.missing:
            yield t("summary.missing", count=self.missing)
        if self.hidden:
            yield t("summary.hidden", count=len(self.hidden), lessons=name_list(self.hidden))
        if self.lost:
            yield self.lost
        yield from self.removed

    def _graded_line(self) -> str:
        """Return how many submissions count, and what became of all others; the numbers add up to the first one."""
        values = {"lessons": self._lesson_names(), "places": self._places()}
        counts = {"graded": self.graded, "superseded": self.superseded, "joined": self.joined}
        counts |= {"beside": self.beside, "sent_again": self.sent_again, "not_graded": self.not_graded}
        total = int(sum(counts.values()))
        if total == self.graded:
            return t("summary.graded", count=total, **values)
        parts = [t(f"summary.part.{name}", count=count) for name, count in counts.items() if count or name == "graded"]
        return t("summary.all", count=total, parts=", ".join(parts), **values)

    def _import_lines(self) -> Iterator[str]:
        """Yield a line for each import file, or for all together if there are several."""
        out, problems = self.gradebook.parent, self.problems
        is_short = len(self.imports) + len(self.course_imports) <= MOST_IMPORTS
        for report in self.imports if is_short else combined(self.imports):
            yield report.line(out, problems)
        for report in self.course_imports if is_short else combined(self.course_imports):
            yield t("course_import.line", line=report.line(out, problems))

    def _older_line(self) -> str:
        """Return how many submissions were graded by older versions of the tasks, and how many by which if it's one."""
        if len(self.older) == 1:
            return _version_line(*self.older[0])
        counts: dict[str, int] = {}
        for version, count in self.older:
            counts[version.bank.lesson] = counts.get(version.bank.lesson, 0) + count
        lessons = first_names([f"{lesson} {count:,}" for lesson, count in counts.items()], MOST_LESSONS)
        return t("summary.older_several", count=int(sum(counts.values())), lessons=", ".join(lessons))

    def _marking_line(self) -> str:
        """Return how many written answers wait for a person, and why marks do not count yet."""
        parts = [t("summary.awaiting", count=self.awaiting_marking)]
        if self.not_on_desk:
            parts.append(t("run.not_on_desk", count=self.not_on_desk))
        reasons = [f"{wait.place}: {wait.why}" for wait in self.waiting]
        if reasons:
            parts.append(t("summary.not_counted", reason="; ".join(first_names(reasons, MOST_REASONS))))
        return "; ".join(parts)

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


def next_steps(report: GradingReport, words: MarkWords) -> list[str]:
    """Return what to do next, most important first; empty if nothing is left to do."""
    steps = [*_problem_steps(report), *_marking_steps(report, words), *_upload_steps(report)]
    if not steps and report.graded:
        steps.append(t("next_steps.report", report=report.class_report))
    return steps


def _problem_steps(report: GradingReport) -> Iterator[str]:
    """Yield what to do about files that were not graded, learners who are guesses, and marks that are in no file."""
    if not report.graded and not report.not_graded:
        yield t("next_steps.nothing_found")
    if report.not_graded:
        yield t("next_steps.not_graded", count=report.not_graded, problems=report.problems)
    if report.guesses:
        yield t("next_steps.guesses", count=report.guesses, problems=report.problems)
    to_change = int(sum(entry.to_change for entry in (*report.imports, *report.course_imports)))
    if to_change:
        yield t("next_steps.not_filled", count=to_change, problems=report.problems)


def _marking_steps(report: GradingReport, words: MarkWords) -> Iterator[str]:
    """Yield how the written answers get marks that count: one step for those not marked, one for those that wait."""
    if report.to_mark:
        lesson, *others = sorted(report.to_mark)
        step = t("next_steps.mark", count=report.to_mark[lesson], lesson=lesson, command=words(lesson))
        yield t("next_steps.mark_others", step=step, lessons=name_list(others)) if others else step
    if report.waiting:
        wait, *other_waits = report.waiting
        step = f"{wait.place}: {wait.remedy}"
        places = name_list([other.place for other in other_waits])
        yield t("next_steps.mark_others", step=step, lessons=places) if places else step


def _upload_steps(report: GradingReport) -> Iterator[str]:
    """Yield which files to upload where, and which marks to enter by hand."""
    filled = [entry.name for entry in (*report.imports, *report.course_imports) if entry.filled]
    names = list(dict.fromkeys(filled))
    out = report.gradebook.parent
    canvas = import_name("canvas")
    moodle = [name for name in names if name != canvas]
    if canvas in names:
        yield t("next_steps.canvas", path=out / canvas)
    if moodle:
        yield t("next_steps.moodle", count=len(moodle), path=_places(out, moodle))
    if report.anonymous:
        path, _ = report.anonymous
        yield t("next_steps.anonymous", path=path)


def _places(out: Path, names: list[str]) -> str:
    """Return the paths of import files: of two at most, or a pattern for all of them."""
    if len(names) > MOST_PATHS:
        return str(out / "import-moodle-*.csv")
    return name_list([str(out / name) for name in names])
