"""Adds a lesson to a course: its page and its tasks, its exercise and their solution, as a new course has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.atomic_write import replace_file
from copydesk.authoring.workspace import AuthoringError
from copydesk.course.bank import EXERCISE, NAME
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.model.base import short_name
from copydesk.scaffold.banks import bank_text, exercise_entries, practice_entries
from copydesk.scaffold.names import lesson_slug, plain_title
from copydesk.scaffold.notebooks import lesson_notebook, solution_notebook
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.course.course import Course

LAST = 99
FOLDERS = ("lessons", QUIZZES, "solutions", SOLUTIONS)


def add_lesson(course: Course, title: str) -> str:
    """Write the files of a new lesson, after all others, and return its slug.

    Raises:
        AuthoringError: it has no title, there is no evidence card for its tasks, or there are too many lessons.
    """
    title = plain_title(title)
    if not title:
        raise AuthoringError(t("authoring.no_title"))
    number = _next_number(course)
    if number > LAST:
        raise AuthoringError(t("authoring.too_many_lessons", most=LAST))
    slug = f"{number:02}-{lesson_slug(title).partition('-')[2]}"
    sentences = course.seeds.part("sentences")
    body = [sentence for sentence in sentences if sentence.kind == "body"] or list(sentences)
    cards = [card.id for card in course.seeds.part("cards")]
    if not cards:
        raise AuthoringError(t("authoring.lesson_without_card"))
    head = (course.facts.id, slug, title)
    name = NAME.join((short_name(slug), title))
    exercise = NAME.join((name, EXERCISE))
    practice, graded = practice_entries(body, cards), exercise_entries(body, cards)
    files: dict[str, str | bytes] = {
        f"{QUIZZES}/{slug}.yml": bank_text(*head, "practice", list(practice)),
        f"{SOLUTIONS}/{slug}.yml": bank_text(*head, "graded", list(graded)),
        f"lessons/{slug}.ipynb": lesson_notebook(slug, name, exercise, [sentence.id for sentence in sentences]),
        f"solutions/{slug}.ipynb": solution_notebook(slug, name, exercise),
    }
    for path, content in files.items():
        (course.root / path).parent.mkdir(parents=True, exist_ok=True)
        replace_file(course.root / path, content)
    return slug


def _next_number(course: Course) -> int:
    """Return the number after the highest of all lessons that have a file of any kind."""
    numbers = [0]
    for folder in FOLDERS:
        numbers += [int(path.stem[:2]) for path in (course.root / folder).glob("[0-9][0-9]-*.*")]
    return max(numbers) + 1
