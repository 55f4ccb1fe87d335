"""The files of a lesson as its author finds them, in a new course or beside the lessons of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.course.bank import EXERCISE, NAME
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import lesson_slugs
from copydesk.model.base import is_numbered, short_name
from copydesk.release.exercises import release
from copydesk.scaffold.banks import CARD, bank_text, exercise_entries, practice_entries
from copydesk.scaffold.names import NameRefusedError, chosen_slug, plain_title
from copydesk.scaffold.notebooks import lesson_notebook, solution_notebook
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.course.article import Sentence


@dataclass(frozen=True, kw_only=True)
class Names:
    """What a course and one of its lessons go by: ids, titles, and the language of both."""

    course: str
    course_title: str
    lesson: str
    lesson_title: str
    language: str

    @property
    def lesson_name(self) -> str:
        """The name of the lesson, everywhere."""
        return NAME.join((short_name(self.lesson), self.lesson_title))

    @property
    def exercise_name(self) -> str:
        """The name of its exercise."""
        return NAME.join((self.lesson_name, EXERCISE))


def lesson_files(names: Names, sentences: Sequence[Sentence], cards: Sequence[str] = (CARD,)) -> dict[str, bytes]:
    """Return the files of a lesson by their paths in the course: its notebook and tasks, and those of its solution."""
    body = [sentence for sentence in sentences if sentence.kind == "body"]
    lesson = names.lesson
    head = (names.course, lesson, names.lesson_title)
    practice = bank_text(*head, "practice", list(practice_entries(body, cards)))
    graded = bank_text(*head, "graded", list(exercise_entries(body, cards)))
    ids = [sentence.id for sentence in sentences]
    return {
        f"{QUIZZES}/{lesson}.yml": practice.encode(),
        f"{SOLUTIONS}/{lesson}.yml": graded.encode(),
        f"lessons/{lesson}.ipynb": lesson_notebook(lesson, names.lesson_name, names.exercise_name, ids),
        f"solutions/{lesson}.ipynb": solution_notebook(lesson, names.lesson_name, names.exercise_name),
    }


def add_lesson(course: Course, name: str, *, title: str = "") -> str:
    """Add a lesson to a course, after those that it has, with its exercise; return its slug.

    In a course without evidence cards it has no task that shows one.

    Raises:
        NameRefusedError: no slug can be made of the name, or a lesson has its number.
        ContentError: the course has a fault that must be mended first.
    """
    slugs = [slug for slug in lesson_slugs(course.root) if is_numbered(slug)]
    slug = chosen_slug(name, number=_next_number(slugs))
    for taken in slugs:
        if short_name(taken) == short_name(slug):
            raise NameRefusedError(t("scaffold.lesson_taken", lesson=taken))
    facts = course.facts
    names = Names(
        course=facts.id,
        course_title=facts.title,
        lesson=slug,
        lesson_title=plain_title(title) or t("scaffold.lesson_title"),
        language=facts.language,
    )
    cards = [card.id for card in course.seeds.part("cards")]
    files = lesson_files(names, course.seeds.part("sentences"), cards[:1])
    for path, content in files.items():
        (course.root / path).parent.mkdir(parents=True, exist_ok=True)
        (course.root / path).write_bytes(content)
    release(Course(course.root), check=False)
    return slug


def _next_number(slugs: Sequence[str]) -> str:
    """Return the number after the last of some lessons, as two digits."""
    last = max((int(short_name(slug)) for slug in slugs), default=0)
    return f"{last + 1:02}"
