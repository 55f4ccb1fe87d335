"""Collects the learner's judgements: how sure they were, and whether the reference said the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.answers.file import version_in
from copydesk.answers.store import AnswersError, read_answer_file
from copydesk.kinds import scoring

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from copydesk.answers.file import Answer
    from copydesk.course.bank import Bank, Entry
    from copydesk.course.course import Course


class LessonPractice(NamedTuple):
    """The practice of a lesson, its entries that ask for confidence, and the learner's answers."""

    bank: Bank
    entries: list[Entry]
    answers: Mapping[str, Answer]


class Judgement(NamedTuple):
    """How sure a learner was of an answer (0.5 to 1), and whether it matched the reference."""

    task: str
    confidence: float
    right: bool


def entries_with_confidence(bank: Bank) -> list[Entry]:
    """Return the entries of a bank that ask for confidence and have a key."""
    return [entry for entry in bank.tasks if entry.key is not None and scoring.asks_confidence(entry.task)]


def judgements(entries: Iterable[Entry], answers: Mapping[str, Answer]) -> Iterator[Judgement]:
    """Yield a judgement for each task that was checked after the learner said how sure they were."""
    for each in entries:
        answer = answers.get(each.task.id)
        entry = each.version(version_in(answer))
        task = entry.task
        if entry.key is None or answer is None or not answer.checked or answer.confidence is None:
            continue
        if answer.response.kind != task.kind or scoring.validation_errors(task, answer.response):
            continue
        result = scoring.score(task, entry.key, answer.response)
        if result.status == "scored":
            yield Judgement(task.id, answer.confidence, result.share == 1)


def judgement_table(
    banks: Iterable[Bank], answers: Mapping[str, Answer], others: Iterable[LessonPractice]
) -> pd.DataFrame:
    """Return judgements as a table with the columns ``confidence`` and ``right`` and the index ``task``.

    ``banks`` are one lesson's, with its ``answers``; the tasks of ``others`` have their lesson before their id.
    """
    import pandas as pd  # noqa: PLC0415  (opening a lesson stays quick)

    rows: list[Judgement] = []
    for bank in banks:
        rows += judgements(bank.tasks, answers)
    for practice in others:
        for row in judgements(practice.entries, practice.answers):
            rows.append(row._replace(task=f"{practice.bank.lesson}/{row.task}"))
    frame = pd.DataFrame(rows, columns=list(Judgement._fields))
    return frame.astype({"confidence": float, "right": bool}).set_index("task")


def other_lessons(course: Course, folder: Path, lesson: str) -> list[LessonPractice]:
    """Return the practice of all lessons but one, in order, with the answers from a folder of answer files.

    Raises:
        ContentError: a quiz file is wrong.
    """
    practice = []
    for slug, bank in course.quizzes.items():
        if slug != lesson:
            answers = saved_answers(folder, course.facts.id, bank.lesson)
            practice.append(LessonPractice(bank, entries_with_confidence(bank), answers))
    return practice


def saved_answers(folder: Path, course: str, lesson: str) -> Mapping[str, Answer]:
    """Return the answers to another lesson from a folder of answer files.

    A file that is missing or unusable counts as no answers: its own lesson says what is wrong with it.
    """
    path = folder / f"{lesson}.json"
    try:
        return read_answer_file(path.read_bytes(), course=course, lesson=lesson).answers
    except (AnswersError, OSError):
        return {}
