"""Collects the learner's judgements: how sure somebody was, and whether the reference said the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.answers.store import AnswersError, read_answer_file
from copydesk.kinds import scoring

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from copydesk.answers.file import Answer
    from copydesk.course.bank import Bank, Entry
    from copydesk.course.course import Course


class Practised(NamedTuple):
    """The practice of a lesson, and the learner's answers in it."""

    bank: Bank
    answers: Mapping[str, Answer]


def asking(bank: Bank) -> list[Entry]:
    """Return the entries of a bank that ask for confidence and have a key."""
    return [entry for entry in bank.tasks if entry.key is not None and scoring.asks_confidence(entry.task)]


def judged(entries: Iterable[Entry], answers: Mapping[str, Answer]) -> Iterator[tuple[str, float, bool]]:
    """Yield task, confidence and whether it was right, for each task that was checked after saying how sure."""
    for entry in entries:
        task, answer = entry.task, answers.get(entry.task.id)
        if entry.key is None or answer is None or not answer.checked or answer.confidence is None:
            continue
        if answer.response.kind != task.kind or scoring.validation_errors(task, answer.response):
            continue
        result = scoring.score(task, entry.key, answer.response)
        if result.status == "scored":
            yield task.id, answer.confidence, result.share == 1


def as_table(rows: Iterable[tuple[str, float, bool]]) -> pd.DataFrame:
    """Return judgements as a table with the columns ``confidence`` and ``right``, the index ``task``."""
    import pandas as pd  # noqa: PLC0415  (opening a lesson stays quick)

    frame = pd.DataFrame(list(rows), columns=["task", "confidence", "right"])
    return frame.astype({"confidence": float, "right": bool}).set_index("task")


def other_lessons(course: Course, folder: Path, lesson: str) -> list[Practised]:
    """Return the practice of all lessons but one, in order, with the answers found in a folder of answer files.

    A file that is missing or cannot be used counts as no answers: its own lesson says what is wrong with it.

    Raises:
        ContentError: a quiz file is wrong.
    """
    others = [bank for slug, bank in course.quizzes.items() if slug != lesson]
    return [Practised(bank, _answers(folder, course.facts.id, bank.lesson)) for bank in others]


def _answers(folder: Path, course: str, lesson: str) -> Mapping[str, Answer]:
    try:
        return read_answer_file((folder / f"{lesson}.json").read_bytes(), course=course, lesson=lesson).answers
    except (AnswersError, OSError):
        return {}
