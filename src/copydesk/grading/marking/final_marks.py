"""The marks that count: those of texts marked for all criteria, moderated or waived."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.files.result_names import TEXTS
from copydesk.grading.marking.folder import MarkingFolder, text_id
from copydesk.grading.marking.moderation import moderations
from copydesk.grading.marking.session import criterion_ids
from copydesk.kinds.written.scoring import marked_share
from copydesk.model.score import Feedback, Score
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.moderation import Moderation, Wait
    from copydesk.kinds.written.model import Level, WrittenTask


@dataclass(frozen=True, slots=True)
class FinalMark:
    """A mark that counts, for one text and one criterion: its level, and the comments for the learner."""

    level: Level
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FinalMarks:
    """All marks that count, by text id, why others are waiting, and the ids of all texts that can be marked."""

    texts: Mapping[str, Mapping[str, FinalMark]] = field(default_factory=dict)
    waiting: tuple[Wait, ...] = ()
    text_ids: frozenset[str] = frozenset()

    def problems(self, lessons: Collection[str], name: str) -> list[SubmissionProblem]:
        """Return a row for each task of some lessons whose marks are waiting; ``name`` is their folder's name."""
        rows = []
        for wait in self.waiting:
            if wait.lesson in lessons:
                reason = t("final_marks.wait", task=wait.task, why=wait.why)
                remedy = wait.remedy[:1].upper() + wait.remedy[1:]
                rows.append(SubmissionProblem(f"{name}/{wait.lesson}", reason, remedy, "not applied"))
        return rows

    def is_missing(self, lesson: str, task: str, text: str) -> bool:
        """Return whether no one can mark a text, because it is not among those that ``mark`` extracted."""
        return bool(text.strip()) and text_id(lesson, task, text) not in self.text_ids

    def score(self, lesson: str, task: WrittenTask, text: str) -> Score | None:
        """Return the score of a text; None while it waits for its marks."""
        marked = self.texts.get(text_id(lesson, task.id, text))
        if marked is None or set(marked) != criterion_ids(task):  # an older rubric
            return None
        levels, parts = {}, []
        for name, mark in marked.items():
            levels[name] = mark.level
            parts.append(Feedback(part=name, credit=task.credit(mark.level), text="\n".join(mark.comments)))
        share = marked_share(task, levels)
        return Score(task=task.id, status="scored", share=share, maximum=task.points, feedback=tuple(parts))


def read_final_marks(marks: Path, banks: Mapping[str, Bank], *, is_default: bool = False) -> FinalMarks:
    """Return the marks below a folder that may enter the gradebook and feedback.

    ``is_default`` says that commands find the folder by themselves.

    Raises:
        GradingError: the folder does not exist or has nothing of this course in it, or a file is damaged.
    """
    texts: dict[str, dict[str, FinalMark]] = {}
    waiting: list[Wait] = []
    text_ids: set[str] = set()
    lessons = [lesson for lesson in sorted(banks) if (marks / lesson / TEXTS).is_file()]
    if not lessons:
        raise GradingError(t("final_marks.no_marks", folder=marks))
    for lesson in lessons:
        folder = MarkingFolder(marks, lesson)
        text_ids.update(folder.texts().by_id())
        for moderation in moderations(folder, banks[lesson]):
            wait = moderation.wait(marks, is_default=is_default)
            if wait:
                waiting.append(wait)
                continue
            for text in moderation.whole:
                texts[text] = _final_marks(moderation, text)
    return FinalMarks(texts, tuple(waiting), frozenset(text_ids))


def _final_marks(moderation: Moderation, text: str) -> dict[str, FinalMark]:
    """Return the marks of a text by criterion, with the comments of the first marker."""
    marks = moderation.first.marks if moderation.first else {}
    final = {}
    for criterion, level in moderation.levels(text).items():
        final[criterion] = FinalMark(level, marks[text, criterion].comments)
    return final
