"""Makes the JSON that the browser side reads: tasks, their words and cards, and for practice tasks their keys."""

from __future__ import annotations

import copy as copying
import hashlib
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter

from copydesk.answers.baseline import statements
from copydesk.answers.file import Answer
from copydesk.answers.progress import outline, progress_rows
from copydesk.course.bank import FIRST, SECOND
from copydesk.kinds.table import kind_of
from copydesk.text import browser_texts, t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from copydesk.answers.progress import ProgressRow
    from copydesk.course.article import Card
    from copydesk.course.bank import Bank, Entry
    from copydesk.kinds.union import Task
    from copydesk.views.shapes import (
        AnswerContent,
        CalendarContent,
        Content,
        CopyPart,
        CourseContent,
        CourseLesson,
        CoursePage,
        FinishContent,
        FinishedLayer,
        OtherLesson,
        PageKind,
        ProgressContent,
        ReliabilityContent,
        Required,
        ScoredTask,
        SubmissionContent,
        TaskContent,
        TasksContent,
    )

    C = TypeVar("C", bound=Content)

ENTRIES = TypeAdapter(dict[str, Answer])
REASONS = frozenset(("why", "replies"))
"""The fields of a key that are not needed for scoring."""

UNSCORED = frozenset(
    (
        "title",
        "prompt",
        "context",
        "concept",
        "bloom",
        "group",
        "hints",
        "reasons",
        "points",
        "cards",
        "claim",
        "as_of",
    )
)
"""Fields of a task that are not needed for scoring."""

SCORED_BY_ID = frozenset(("options", "qualifications"))
"""Fields of a task with things of which scoring needs only the ids."""

TEXTS_BY_ID = frozenset(("decisive",))
"""Fields of a key with a text for each id: scoring needs only the ids, so the texts are emptied."""


def bank_content(bank: Bank, entries: Iterable[Entry], cards: Mapping[str, Card], *, title: str) -> TasksContent:
    """Return the content of a view that shows some tasks of a bank.

    Keys are included only if the bank's purpose is *practice*.
    """
    show_keys = bank.purpose == "practice"
    return {
        "view": "tasks",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": bank.purpose,
        "title": title,
        "keyed_by": bank.keyed_by,
        "tasks": [_task_content(entry, cards, show_key=show_keys) for entry in entries],
    }


def submission_content(bank: Bank, *, title: str) -> SubmissionContent:
    """Return the content of the view that makes the submission file."""
    return {
        "view": "submission",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": "graded",
        "title": title,
        "keyed_by": bank.keyed_by,
        "tasks": [],
        "required": required_rows(tasks_of(bank)),
    }


def progress_content(banks: Iterable[Bank], *, title: str) -> ProgressContent:
    """Return the content of the view of a learner's progress in a lesson, with the tasks of all of its banks.

    Raises:
        ValueError: there is no bank.
    """
    tasks: list[Task] = []
    first = None
    for bank in banks:
        first = first or bank
        tasks += tasks_of(bank)
    if first is None:
        msg = "there are no tasks to show the progress of; give at least one bank"
        raise ValueError(msg)
    return {
        "view": "progress",
        "course": first.course,
        "lesson": first.lesson,
        "purpose": "practice",
        "title": title,
        "keyed_by": "",
        "tasks": [],
        "required": required_rows(tasks),
    }


def course_content(lessons: Mapping[str, Sequence[tuple[PageKind, str, Bank]]], *, title: str) -> CourseContent:
    """Return the content of the view of all lessons: by title, the kind, address and bank of each lesson's pages.

    A kind is ``lesson`` or ``exercise``. A lesson's answer file names the bank of its last page.
    """
    rows: list[CourseLesson] = []
    course = ""
    for heading, banks in lessons.items():
        pages: list[CoursePage] = []
        for kind, page, bank in banks:
            pages.append({"kind": kind, "page": page, "required": required_rows(tasks_of(bank))})
        _, _, last = banks[-1]
        course = last.course
        rows.append({"lesson": last.lesson, "title": heading, "bank": last.fingerprint(), "pages": pages})
    return {
        "view": "course",
        "course": course,
        "lesson": "all",
        "purpose": "practice",
        "title": title,
        "keyed_by": "",
        "tasks": [],
        "course_lessons": rows,
    }


def calendar_content(course: str, lesson: str, *, title: str) -> CalendarContent:
    """Return the content of the view that gives the dates of the boosters."""
    return {
        "course": course,
        "lesson": lesson,
        "purpose": "practice",
        "keyed_by": "",
        "tasks": [],
        "view": "calendar",
        "title": title,
    }


def tasks_of(bank: Bank) -> list[Task]:
    """Return the tasks of a bank without their keys."""
    return [entry.task for entry in bank.tasks]


def required_rows(tasks: Iterable[Task]) -> list[Required]:
    """Return a row for each task to be done, with the outline used to count it; the statements of a form share one."""
    return [_row_content(row) for row in progress_rows(tasks)]


def _row_content(row: ProgressRow) -> Required:
    if row.is_form:
        return _form_content(row)
    (task,) = row.tasks
    return {"id": row.id, "title": row.title, "group": task.group, "outline": outline(task)}


def _form_content(row: ProgressRow) -> Required:
    """Return the row for the statements of a form."""
    forms = list(statements(row.tasks).values())
    return {"id": row.id, "title": row.title, "group": "baseline", "forms": forms, "outline": outline(row.tasks[0])}


def reliability_content(
    bank: Bank,
    entries: Iterable[Entry],
    others: Iterable[tuple[Bank, Iterable[Entry], Mapping[str, Answer]]] = (),
    *,
    title: str,
    is_live: bool,
) -> ReliabilityContent:
    """Return the content of the picture of the learner's judgements: for each task, only the fields needed for scoring.

    ``others`` are other lessons: bank, entries that ask for confidence, and answers. In a page (``is_live`` false) the
    browser has the answers itself, so the content has none.
    """
    lessons: list[OtherLesson] = []
    for other, other_entries, answers in others:
        lesson: OtherLesson = {"lesson": other.lesson, "tasks": _scored_tasks(other_entries)}
        if is_live:
            lesson["entries"] = entries_content(answers)
        lessons.append(lesson)
    return {
        "view": "reliability",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": bank.purpose,
        "title": title,
        "keyed_by": "",
        "tasks": _scored_tasks(entries),
        "lessons": lessons,
    }


def finish_content(
    bank: Bank, copy: CopyPart, *, layers: Sequence[FinishedLayer] = (), exercise: bool, is_live: bool
) -> FinishContent:
    """Return the content of the end of a lesson, with those tasks of its quiz bank that a learner can check.

    ``copy`` is what the lesson mends, and ``layers`` are the locked layers that it shows. In a page (``is_live`` false)
    it links to the whole corrected copy and, if the lesson has one, to its ``exercise``.
    """
    entries = [entry for entry in bank.tasks if entry.task.is_asked and entry.key is not None]
    return {
        "view": "finish",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": bank.purpose,
        "title": t("finish.title"),
        "keyed_by": "",
        "tasks": _scored_tasks(entries),
        "required": required_rows([entry.task for entry in entries]),
        "layers": list(layers),
        "copy": copy,
        "copy_page": "" if is_live else "../my-copy.html",
        "next": f"../exercises/{bank.lesson}.html" if exercise and not is_live else "",
    }


def entries_content(answers: Mapping[str, Answer]) -> dict[str, AnswerContent]:
    """Return answers as plain data for the browser."""
    entries: dict[str, AnswerContent] = ENTRIES.dump_python(dict(answers), mode="json")
    return entries


def place_token(path: Path) -> str:
    """Return the token for the location of an answer file: twelve letters and digits, always the same for one place."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def with_language_texts(content: C) -> C:
    """Return content with the interface texts in its language, which the browser's script has only in English."""
    complete = copying.copy(content)
    texts = browser_texts(str(content.get("language", "")))
    if texts:
        complete["texts"] = texts
    return complete


def _task_content(entry: Entry, cards: Mapping[str, Card], *, show_key: bool) -> TaskContent:
    """Return what the browser shows of a task, with its twin if it has one; each then says which version it is."""
    content = entry.task.model_dump(mode="json")
    content["cards"] = [cards[name].model_dump(mode="json") for name in entry.task.cards]
    content |= kind_of(entry.task.kind).browser_content(entry.task)
    if show_key and entry.key is not None:
        content["key"] = entry.key.model_dump(mode="json")
    if entry.twin is not None:
        content["version"] = FIRST
        content["twin"] = {**_task_content(entry.twin, cards, show_key=show_key), "version": SECOND}
    return cast("TaskContent", content)


def _scored_tasks(entries: Iterable[Entry]) -> list[ScoredTask]:
    return [_scored_content(entry) for entry in entries]


def _scored_content(entry: Entry) -> ScoredTask:
    """Return the fields of a task and its key that are needed for scoring: no question, option texts or reasons."""
    task = entry.task
    fields = task.model_dump(mode="json")
    content = {name: value for name, value in fields.items() if value and name not in UNSCORED}
    for name in SCORED_BY_ID & content.keys():
        content[name] = [{"id": option["id"]} for option in content[name]]
    content |= kind_of(task.kind).browser_content(task)
    key = entry.key.model_dump(mode="json") if entry.key else {}
    for name in TEXTS_BY_ID & key.keys():
        key[name] = dict.fromkeys(key[name], "")
    content["key"] = _without_reasons(key)
    if entry.twin is not None:
        content["twin"] = _scored_content(entry.twin)
    return cast("ScoredTask", content)


def _has_weight(value: Any) -> bool:  # noqa: ANN401
    """Return whether a value is an option or item of a key, whatever its name: reasons are texts or texts by id."""
    return isinstance(value, dict) and any(not isinstance(part, str) for part in value.values())


def _without_reasons(data: Any) -> Any:  # noqa: ANN401  (plain data of any depth)
    """Return plain data without reasons, at any depth; an option with the name of such a field is kept."""
    if isinstance(data, dict):
        kept = (name for name, value in data.items() if name not in REASONS or _has_weight(value))
        return {name: _without_reasons(data[name]) for name in kept}
    if isinstance(data, list):
        return [_without_reasons(value) for value in data]
    return data
