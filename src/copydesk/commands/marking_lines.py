"""The last lines of the commands for marking: what was done, what was not, and what to type next."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from copydesk.commands.next_commands import grade_command
from copydesk.grading.marking.moderation import moderations
from copydesk.grading.marking.readers import progress_of
from copydesk.grading.marking.session import written_entries
from copydesk.text import t
from copydesk.text.last_lines import last_lines
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.folder import MarkingFolder, Role
    from copydesk.grading.marking.page import ModeratedLesson
    from copydesk.grading.marking.paper import Paper

MOST_PAGES = 2
"""How many lessons have a line each; more have one line together."""


class MarkingTurn(NamedTuple):
    """A marker at work on a lesson. ``marks`` is the folder of all marks; ``named`` says whether it was typed."""

    folder: MarkingFolder
    bank: Bank
    marker: str
    role: Role
    marks: Path
    named: bool
    class_file: Path | None = None

    @property
    def command(self) -> str:
        """Return the command with which the marker carries on."""
        words = ["copydesk", "mark", "--lesson", self.bank.lesson, "--marker", self.marker]
        if self.class_file:
            words += ["--class", str(self.class_file)]
        if self.named:
            words += ["--out", str(self.marks)]
        if self.role == "second":
            words.append("--second")
        return " ".join(map(quote, words))

    def lines(self, done: Sequence[str], steps: Sequence[str] = ()) -> list[str]:
        """Return the last lines; without ``steps`` they say how the marks come to count, or who has texts left."""
        tasks = [task for task, _ in written_entries(self.bank)]
        progress = progress_of(self.folder, tasks, marker=self.marker, role=self.role)
        words = {"count": progress.texts, "whole": progress.whole, "left": progress.left}
        left = t("command.mark.progress", marker=self.marker, **words)
        if progress.left and not steps:
            steps = [t("command.mark.carry_on", command=f"`{self.command}`")]
        steps = steps or self._steps_when_marked()
        return last_lines([*done, self._texts_line()], [left] if progress.left else [], steps)

    def _texts_line(self) -> str:
        """Return how many texts of the lesson there are to mark."""
        texts = self.folder.texts()
        count = sum(len(texts.open_ids(task.id)) for task, _ in written_entries(self.bank))
        return t("command.mark.texts", count=count, lesson=self.bank.lesson, folder=self.folder.path)

    def _steps_when_marked(self) -> list[str]:
        """Return what has to happen before the marks count."""
        steps = []
        for moderation in moderations(self.folder, self.bank):
            wait = moderation.wait(self.marks, is_default=not (self.named or self.class_file))
            if wait:
                steps.append(f"{wait.task}: {wait.remedy}")
        return steps or [grade_step(self.marks)]


def paper_steps(turn: MarkingTurn, papers: Sequence[Paper]) -> list[str]:
    """Return, for each table of a marker, how its marks are read in."""
    steps = []
    for paper in papers:
        command = f"`{turn.command} --import {quote(str(paper.table))}`"
        steps.append(t("command.mark.paper_next", page=paper.page, table=paper.table, command=command))
    return steps


def paper_lines(papers: Sequence[Paper]) -> list[str]:
    """Return which pages and tables were written, and how many rows were added to tables that were there."""
    lines = [t("page.written", page=paper.page, table=paper.table) for paper in papers]
    added = sum(paper.added for paper in papers)
    if added:
        lines.append(t("command.mark.added_rows", count=added))
    return lines


def moderated_lines(lessons: Sequence[ModeratedLesson], marks: Path) -> list[str]:
    """Return the lines after the markers of some lessons were compared: on each task, then the last ones."""
    is_one = len(lessons) == 1
    details, counting, left, steps = [], [], [], []
    for lesson in lessons:
        details += [line if is_one else f"{lesson.lesson} {line}" for line in lesson.details]
        counting += [task if is_one else f"{lesson.lesson} {task}" for task in lesson.counting]
        for wait in lesson.waits:
            place = wait.task if is_one else f"{wait.lesson} {wait.task}"
            left.append(f"{place}: {wait.why}")
            steps.append(f"{place}: {wait.remedy}")
    done = _written_lines(lessons, marks)
    total = len(counting) + len(left)
    if total > 1:
        done.append(t("command.moderate.tasks", count=total, counting=len(counting), waiting=len(left)))
    if counting:
        done.append(t("page.counts", task=name_list(counting)))
    return [*details, *last_lines(done, left, steps or [grade_step(marks)])]


def _written_lines(lessons: Sequence[ModeratedLesson], marks: Path) -> list[str]:
    """Return which pages and tables were written; of several lessons, a pattern for their names."""
    if len(lessons) <= MOST_PAGES:
        return [t("page.written", page=lesson.page, table=lesson.table) for lesson in lessons]
    first = lessons[0]
    return [t("page.written", page=marks / "*" / first.page.name, table=marks / "*" / first.table.name)]


def grade_step(marks: Path) -> str:
    """Return that the marks get into the gradebook when all is graded again."""
    command = grade_command(Path())
    if command:
        return t("command.mark.grade", command=command)
    return t("command.mark.grade_with", option=f"--marks {quote(str(marks))}")
