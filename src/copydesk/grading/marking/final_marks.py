"""The marks that count: those of texts marked for all criteria, moderated or waived."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.files.result_names import TEXTS
from copydesk.grading.marking.folder import MarkingFolder, text_id
from copydesk.grading.marking.moderation import moderations
from copydesk.kinds.written.scoring import marked_share
from copydesk.model.score import Feedback, Score

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.moderation import Moderation, Wait
    from copydesk.kinds.written.model import Level, WrittenTask


@dataclass(frozen=True, slots=True)
class Marked:
    """What a text was given for one criterion: the level that counts, and the comments for the learner."""

    level: Level
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """All marks that count, by the id of their text, why others wait, and the ids of all texts that can be marked."""

    texts: Mapping[str, Mapping[str, Marked]] = field(default_factory=dict)
    waiting: tuple[Wait, ...] = ()
    known: frozenset[str] = frozenset()

    def lines(self) -> list[str]:
        """Return why marks wait, in a line each."""
        return [f"{each.lesson} {each.task}: {each.why}; {each.remedy}" for each in self.waiting]

    def problems(self, lessons: Collection[str], name: str) -> list[SubmissionProblem]:
        """Return a row for each task of some lessons whose marks wait; ``name`` is what their folder is called."""
        return [
            SubmissionProblem(
                f"{name}/{each.lesson}",
                f"the marks of {each.task} do not count yet: {each.why}",
                each.remedy[:1].upper() + each.remedy[1:],
                "not applied",
            )
            for each in self.waiting
            if each.lesson in lessons
        ]

    def is_missing(self, lesson: str, task: str, text: str) -> bool:
        """Return whether nobody can mark a text, because it is not among those that ``mark`` took out."""
        return bool(text.strip()) and text_id(lesson, task, text) not in self.known

    def score(self, lesson: str, task: WrittenTask, text: str) -> Score | None:
        """Return the score of a text; nothing while it waits for its marks."""
        marked = self.texts.get(text_id(lesson, task.id, text))
        if marked is None or set(marked) != {criterion.id for criterion in task.rubric}:  # an older rubric
            return None
        share = marked_share(task, {name: mark.level for name, mark in marked.items()})
        parts = tuple(
            Feedback(part=name, credit=mark.level / 4, text="\n".join(mark.comments)) for name, mark in marked.items()
        )
        return Score(task=task.id, status="scored", share=share, maximum=task.points, feedback=parts)


def released(marks: Path, banks: Mapping[str, Bank]) -> Released:
    """Return the marks below a folder that may enter gradebook and feedback.

    Raises:
        GradingError: there is no such folder, or nothing of this course in it, or a file is damaged.
    """
    texts: dict[str, dict[str, Marked]] = {}
    waiting: list[Wait] = []
    known: set[str] = set()
    lessons = [lesson for lesson in sorted(banks) if (marks / lesson / TEXTS).is_file()]
    if not lessons:
        msg = f"{marks} holds no marks of a lesson of this course; name the folder that `copydesk mark --out` filled"
        raise GradingError(msg)
    for lesson in lessons:
        known.update(text.id for each in MarkingFolder(marks, lesson).texts().tasks.values() for text in each)
        for found in moderations(MarkingFolder(marks, lesson), banks[lesson]):
            if wait := found.wait(marks):
                waiting.append(wait)
            else:
                texts |= {text: _marked(found, text) for text in found.whole}
    return Released(texts, tuple(waiting), frozenset(known))


def _marked(found: Moderation, text: str) -> dict[str, Marked]:
    marks = found.first.marks if found.first else {}
    return {
        criterion: Marked(level, marks[text, criterion].comments) for criterion, level in found.levels(text).items()
    }
