"""Makes the views of the baseline: the opening form, the closing form with what it explains, and the first guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.answers.baseline import FORMS, statements
from copydesk.answers.store import AnswersError, read_answer_file
from copydesk.course.bank_files import CLOSING
from copydesk.course.settings import is_static
from copydesk.text import t
from copydesk.views.content import bank_content

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.answers.baseline import Part
    from copydesk.course.bank import Bank
    from copydesk.course.course import Course


def form_content(course: Course, bank: Bank, part: Part, *, answers: Path) -> dict[str, Any]:
    """Return the content of a form: its two questions and both lists of statements, of which one is shown.

    Keys are in it only for the closing form, whose statements are explained once all are answered. ``answers`` is the
    folder of the learner's answer files; in a page the browser has them itself.

    Raises:
        ContentError: the file of the closing form is not there, or is wrong.
        ValueError: the lesson has no baseline.
    """
    forms = statements(entry.task for entry in bank.tasks)
    if not forms:
        msg = f"{bank.lesson} has no baseline; its task file has neither statements nor a line 'baseline:'"
        raise ValueError(msg)
    source = bank if part == "opening" else course.bank(CLOSING, bank.baseline or bank.lesson)
    asked = [entry for entry in source.tasks if entry.task.group == "baseline"]
    content = bank_content(source, asked, {}, title=t(f"form.{part}"))
    content |= {"view": "form", "part": part, "lesson": bank.lesson, "purpose": "baseline"}
    content["forms"] = {birthday: forms[form] for birthday, form in FORMS[part].items()}
    return content if part == "opening" else content | {"opening": opening(bank, answers)}


def guess_content(bank: Bank, *, answers: Path) -> dict[str, Any]:
    """Return the content of the view that opens the first guess again."""
    content = bank_content(bank, (), {}, title=t("form.guess_title"))
    return content | {"view": "guess", "purpose": "baseline", "opening": opening(bank, answers)}


def opening(bank: Bank, answers: Path) -> dict[str, Any]:
    """Return the lesson of the opening form with the answers to it; a file that cannot be used counts as none."""
    lesson = bank.baseline or bank.lesson
    if is_static():
        return {"lesson": lesson}
    try:
        found = read_answer_file((answers / f"{lesson}.json").read_bytes(), course=bank.course, lesson=lesson).answers
    except (AnswersError, OSError):
        found = {}
    return {"lesson": lesson, "entries": {name: each.model_dump(mode="json") for name, each in found.items()}}
