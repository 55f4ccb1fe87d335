"""What a marker does, step by step: one criterion at a time across all texts, with undo, breaks and an end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from copydesk.grading.files.problems import GradingError
from copydesk.grading.marking.folder import Mark, MarkingFolder
from copydesk.grading.marking.readers import ids_to_read
from copydesk.grading.marking.sampling import shuffle
from copydesk.kinds.written.model import WrittenKey, WrittenTask
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.folder import MarkedText, MarksFile, Role
    from copydesk.kinds.written.model import Criterion, Level

Phase = Literal["mark", "break", "end"]


class Step(NamedTuple):
    """One criterion of one task, across all texts."""

    task: WrittenTask
    key: WrittenKey
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a marker has got. At a break ``step`` is the next criterion, at the end the last one.

    ``number`` counts steps from 1 to ``of``; ``done`` texts of ``total`` are marked in this step. ``text`` is the one
    to mark now, and ``before`` the mark that undo removed from it.
    """

    phase: Phase
    step: Step
    number: int
    of: int
    done: int
    total: int
    text: MarkedText | None = None
    before: Mark | None = None


def written_entries(bank: Bank) -> list[tuple[WrittenTask, WrittenKey]]:
    """Return the written tasks of a bank with their keys."""
    return [
        (entry.task, entry.key)
        for entry in bank.tasks
        if isinstance(entry.task, WrittenTask) and isinstance(entry.key, WrittenKey)
    ]


def criterion_ids(task: WrittenTask) -> set[str]:
    """Return the ids of the criteria in the rubric of a task."""
    return {criterion.id for criterion in task.rubric}


class Session:
    """One marker at work on one lesson. Each mark is on disk before the next text is shown."""

    def __init__(self, folder: MarkingFolder, bank: Bank, *, marker: str, role: Role) -> None:
        """Continue from where the files of the folder leave off.

        Raises:
            GradingError: there is nothing to mark, or someone else has this role.
        """
        folder.require_role(marker, role)
        self.folder, self.marker, self.role = folder, marker, role
        self._file = file = folder.texts()
        self._texts = file.by_id()
        self._open: dict[str, Sequence[str]] = {}
        self._marks: dict[str, MarksFile] = {}
        self.steps: list[Step] = []
        for task, key in written_entries(bank):
            ids = ids_to_read(folder, file, task, marker=marker, role=role)
            if not ids:
                continue
            self._open[task.id] = ids
            self._marks[task.id] = folder.marks(task.id, marker, role)
            for criterion in task.rubric:
                self.steps.append(Step(task, key, criterion))
        if not self.steps:
            reason = "session.no_share" if role == "shared" else "session.nothing"
            raise GradingError(t(reason, lesson=folder.lesson, marker=marker))
        self._begun = {0}
        self._before: Mark | None = None

    def progress(self) -> Progress:
        """Return the progress of the session: the next text, a break before the next criterion, or the end."""
        for index, step in enumerate(self.steps):
            order = self.order(step)
            marks = self._marks[step.task.id].marks
            left = [name for name in order if (name, step.criterion.id) not in marks]
            if not left:
                continue
            done = len(order) - len(left)
            if not done and index not in self._begun:
                return self._at("break", index, 0, len(order))
            text = self._texts[left[0]]
            before = self._before
            if before is not None and (before.text, before.criterion) != (text.id, step.criterion.id):
                before = None
            return self._at("mark", index, done, len(order), text, before)
        count = len(self.order(self.steps[-1]))
        return self._at("end", len(self.steps) - 1, count, count)

    def order(self, step: Step) -> Sequence[str]:
        """Return the ids of the texts in the order of this criterion."""
        return shuffle(self._open[step.task.id], self._file.seed, step.task.id, step.criterion.id)

    def mark(self, level: Level, comments: Sequence[str] = (), facts: Sequence[str] = ()) -> Progress:
        """Give the text shown a level, with comments and the facts found in it; go on once it is saved.

        Raises:
            GradingError: no text is shown, or the mark cannot be saved; then nothing has changed.
        """
        progress = self.progress()
        if progress.text is None:
            raise GradingError(t("session.no_text"))
        task, criterion = progress.step.task.id, progress.step.criterion.id
        mark = Mark.model_validate(
            {
                "text": progress.text.id,
                "criterion": criterion,
                "level": level,
                "comments": tuple(comments),
                "facts": tuple(facts),
                "at": datetime.now(UTC),
            }
        )
        self._marks[task] = self.folder.change_marks(task, self.marker, self.role, put=[mark])
        self._before = None
        return self.progress()

    def facts(self, task: str, text: str) -> tuple[str, ...]:
        """Return the facts that the marker found in a text, as of its latest mark for any criterion."""
        marks = [mark for mark in self._marks[task].marks.values() if mark.text == text]
        return max(marks, key=lambda mark: mark.at).facts if marks else ()

    def begin(self) -> Progress:
        """End a break."""
        self._begun.add(self.progress().number - 1)
        return self.progress()

    def last(self) -> tuple[str, Mark] | None:
        """Return the last mark given, with its task."""
        last: tuple[str, Mark] | None = None
        for task, file in self._marks.items():
            for mark in file.marks.values():
                if mark.text in self._open[task] and (last is None or mark.at > last[1].at):
                    last = task, mark
        return last

    def undo(self) -> Progress:
        """Take back the last mark, of this sitting or an earlier one, and show its text again."""
        last = self.last()
        if last is None:
            return self.progress()
        task, mark = last
        place = (mark.text, mark.criterion)
        self._marks[task] = self.folder.change_marks(task, self.marker, self.role, remove=[place])
        self._before = mark
        for index, step in enumerate(self.steps):
            if (step.task.id, step.criterion.id) == (task, mark.criterion):
                self._begun.add(index)
        return self.progress()

    def _at(
        self,
        phase: Phase,
        index: int,
        done: int,
        total: int,
        text: MarkedText | None = None,
        before: Mark | None = None,
    ) -> Progress:
        return Progress(phase, self.steps[index], index + 1, len(self.steps), done, total, text, before)
