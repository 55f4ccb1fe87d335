"""Makes the views of the baseline: a lesson's form with what is explained after it, and the first guess."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from copydesk.answers.baseline import explained_at_once, form_lessons, statements
from copydesk.answers.store import AnswersError
from copydesk.course.bank_files import CLOSING, EXERCISES
from copydesk.course.settings import is_static
from copydesk.desk.confidence import saved_answers
from copydesk.kinds.choice.model import ChoiceKey
from copydesk.text import t
from copydesk.views.content import bank_content, entries_content, tasks_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from copydesk.answers.store import AnswerStore
    from copydesk.course.bank import Bank
    from copydesk.course.course import Course
    from copydesk.views.shapes import BaselineContent, EarlierForm, GuessContent, Opening, TaskContent


def form_content(course: Course, bank: Bank, *, store: AnswerStore) -> BaselineContent:
    """Return the content of a lesson's form, with what is needed to compare it with others.

    Statements that are explained at once have their keys; the last form has all, including those of earlier forms.
    ``store`` is the learner's answer file, beside those of the other lessons; on a page, the browser has them.

    Raises:
        ContentError: the file with a form's keys is missing or wrong.
        ValueError: the lesson has no form.
    """
    forms = statements(entry.task for entry in bank.tasks)
    if not forms:
        raise ValueError(t("form.no_baseline", lesson=bank.lesson))
    ((form, ids),) = forms.items()
    lessons = _form_lessons(course)
    is_last = form == max(lessons)
    explained = ids if is_last else explained_at_once(ids)
    closing = course.bank(CLOSING, bank.lesson)
    content: BaselineContent = {
        "view": "form",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": "baseline",
        "title": t("form.title"),
        "keyed_by": bank.keyed_by,
        "tasks": _tasks(closing, explained),
        "form": form,
        "supported": _supported(closing, form),
        "explained": explained,
        "earlier": [
            _earlier_form(course, name, lesson, store.path.parent, with_tasks=is_last)
            for name, lesson in lessons.items()
            if name < form
        ],
    }
    if not is_static():
        with suppress(AnswersError):  # if nothing can be saved, they stay in the order in which they are written
            store.order(form, ids)
    return content


def _form_lessons(course: Course) -> dict[str, str]:
    """Return the lesson that asks each form in the course."""
    return form_lessons({lesson: tasks_of(course.bank(EXERCISES, lesson)) for lesson in course.lessons(EXERCISES)})


def _tasks(closing: Bank, explained: Collection[str]) -> list[TaskContent]:
    """Return the baseline tasks of a lesson, those that are ``explained`` with their keys."""
    entries = [entry if entry.task.id in explained else entry.without_key() for entry in closing.tasks]
    return bank_content(closing, entries, {}, title="")["tasks"]


def _supported(closing: Bank, form: str) -> dict[str, bool]:
    """Return which statements of a form are supported."""
    supported = {}
    for name in statements(entry.task for entry in closing.tasks)[form]:
        key = closing[name].key
        supported[name] = isinstance(key, ChoiceKey) and key.options["supported"].weight == 1
    return supported


def _earlier_form(course: Course, form: str, lesson: str, answers: Path, *, with_tasks: bool) -> EarlierForm:
    """Return an earlier form: which of its statements are supported and, in a notebook, the answers to them."""
    closing = course.bank(CLOSING, lesson)
    supported = _supported(closing, form)
    earlier: EarlierForm = {"form": form, "lesson": lesson, "supported": supported}
    if with_tasks:
        earlier["tasks"] = [task for task in _tasks(closing, supported) if task["id"] in supported]
    if not is_static():
        earlier["entries"] = entries_content(saved_answers(answers, course.facts.id, lesson))
    return earlier


def guess_content(course: Course, bank: Bank, *, answers: Path) -> GuessContent:
    """Return the content of the view that reopens the first guess."""
    lessons = _form_lessons(course)
    return {
        "view": "guess",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": "baseline",
        "title": t("form.guess_title"),
        "keyed_by": bank.keyed_by,
        "tasks": [],
        "opening": _opening(bank, min(lessons.values(), default=bank.lesson), answers),
    }


def _opening(bank: Bank, lesson: str, answers: Path) -> Opening:
    """Return the lesson of the first form with the answers to it; a file that cannot be used counts as none."""
    if is_static():
        return {"lesson": lesson}
    return {"lesson": lesson, "entries": entries_content(saved_answers(answers, bank.course, lesson))}
