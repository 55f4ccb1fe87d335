"""Makes the views of the baseline: the opening form, the closing form with its explanations, and the first guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.answers.baseline import FORMS, statements
from copydesk.course.bank_files import CLOSING
from copydesk.course.settings import is_static
from copydesk.desk.confidence import saved_answers
from copydesk.text import t
from copydesk.views.content import bank_content, entries_content

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.answers.baseline import Part
    from copydesk.course.bank import Bank
    from copydesk.course.course import Course
    from copydesk.views.shapes import BaselineContent, GuessContent, Opening


def form_content(course: Course, bank: Bank, part: Part, *, answers: Path) -> BaselineContent:
    """Return the content of a form: its two questions and both lists of statements, of which one is shown.

    Keys are in it only for the closing form, whose statements are explained once all are answered. ``answers`` is the
    folder of the learner's answer files; in a page the browser has them itself.

    Raises:
        ContentError: the file of the closing form is not there, or is wrong.
        ValueError: the lesson has no baseline.
    """
    forms = statements(entry.task for entry in bank.tasks)
    if not forms:
        raise ValueError(t("form.no_baseline", lesson=bank.lesson))
    source = bank if part == "opening" else course.bank(CLOSING, bank.baseline or bank.lesson)
    forms_by_birthday = {birthday: forms[form] for birthday, form in FORMS[part].items()}
    title = t(f"form.{part}")
    content: BaselineContent = {
        "view": "form",
        "course": source.course,
        "lesson": bank.lesson,
        "purpose": "baseline",
        "title": title,
        "keyed_by": source.keyed_by,
        "tasks": bank_content(source, source.baseline_entries, {}, title=title)["tasks"],
        "part": part,
        "forms": forms_by_birthday,
    }
    if part == "closing":
        content["opening"] = opening_content(bank, answers)
    return content


def guess_content(bank: Bank, *, answers: Path) -> GuessContent:
    """Return the content of the view that opens the first guess again."""
    return {
        "view": "guess",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": "baseline",
        "title": t("form.guess_title"),
        "keyed_by": bank.keyed_by,
        "tasks": [],
        "opening": opening_content(bank, answers),
    }


def opening_content(bank: Bank, answers: Path) -> Opening:
    """Return the lesson of the opening form with the answers to it; a file that cannot be used counts as none."""
    lesson = bank.baseline or bank.lesson
    if is_static():
        return {"lesson": lesson}
    return {"lesson": lesson, "entries": entries_content(saved_answers(answers, bank.course, lesson))}
