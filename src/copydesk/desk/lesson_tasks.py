"""The tasks of one lesson, from its quiz file and its exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.course.bank_files import EXERCISES, QUIZZES, SOLUTIONS
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.course.bank import Bank, Entry
    from copydesk.course.course import Course


class LessonTasks:
    """The banks of a lesson, one of which may be missing, and the tasks in them."""

    def __init__(self, course: Course, lesson: str, *, with_keys: bool) -> None:
        """Read the banks of a lesson; the keys of its exercise only ``with_keys``.

        Raises:
            ContentError: the lesson has neither, or one of its files is wrong.
        """
        self._course, self._lesson = course, lesson
        self.quiz = self._optional_bank(QUIZZES)
        self.exercise = self._optional_bank(SOLUTIONS if with_keys else EXERCISES)
        if not self.banks():
            self.require_exercise()

    def _optional_bank(self, folder: str) -> Bank | None:
        return self._course.bank(folder, self._lesson) if self._course.has_bank(folder, self._lesson) else None

    def banks(self) -> list[Bank]:
        """Return the banks that exist, the quiz first."""
        return [bank for bank in (self.quiz, self.exercise) if bank is not None]

    def require_quiz(self) -> Bank:
        """Return the bank of the quiz.

        Raises:
            ContentError: the lesson has none.
        """
        return self.quiz or self._course.bank(QUIZZES, self._lesson)

    def require_exercise(self) -> Bank:
        """Return the bank of the exercise.

        Raises:
            ContentError: the lesson has none.
        """
        return self.exercise or self._course.bank(EXERCISES, self._lesson)

    def find(self, task_id: str) -> tuple[Bank, Entry]:
        """Return the bank that a task is in, and the task.

        Raises:
            KeyError: the lesson has no such task.
        """
        task_ids: list[str] = []
        for bank in self.banks():
            for entry in bank.tasks:
                if entry.task.id == task_id:
                    return bank, entry
                task_ids.append(entry.task.id)
        raise KeyError(t("bank.no_task", task=task_id, lesson=self._lesson, tasks=", ".join(task_ids)))

    def entry(self, task_id: str) -> Entry:
        """Return a task, with its key if that is here.

        Raises:
            KeyError: the lesson has no such task.
        """
        _, entry = self.find(task_id)
        return entry
