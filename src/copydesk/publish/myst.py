"""Writes practice tasks for other people's MyST sites: our module, each task as JSON, and a page for each lesson."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from copydesk._version import __version__
from copydesk.course.bank_files import EXERCISES
from copydesk.course.lesson_names import named_lessons
from copydesk.exchange.writing import ExchangeError, unwritten_reason, write_files
from copydesk.publish.article_words import LONGEST, Article
from copydesk.publish.rights import rights_text
from copydesk.publish.sources_page import plain
from copydesk.text import language, t
from copydesk.views.content import bank_content, with_language_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course
    from copydesk.views.shapes import TasksContent

MODULE = "copydesk-tasks.mjs"
PLACE = re.compile(r'"start": \d+')
"""The place of a passage in the article, in the JSON of a task; in a text, the quotation marks would be escaped."""
NAMES = frozenset({"id", "kind", "group", "bloom"})
"""Fields of a task that no one reads: words on both sides of one may follow one another in the article."""


class LeftOut(NamedTuple):
    """Tasks of a lesson that are not exported, and why."""

    lesson: str
    tasks: tuple[str, ...]
    reason: str

    def text(self) -> str:
        """Return the tasks and the reason as one sentence."""
        return t("myst.left_out", lesson=self.lesson, tasks=", ".join(self.tasks), reason=self.reason)


@dataclass(frozen=True)
class MystExport:
    """What was written: the pages with their tasks, by name, and what was left out."""

    pages: dict[str, tuple[str, ...]]
    left_out: tuple[LeftOut, ...]

    def count_tasks(self) -> int:
        """Return the number of tasks that were written."""
        return sum(map(len, self.pages.values()))


def export_myst(
    course: Course, out: Path, lessons: Iterable[str] = (), *, article: Literal["full", "quotes"] = "quotes"
) -> MystExport:
    """Write the practice tasks of some lessons, or of all, with all that a MyST site needs to show them.

    With ``quotes`` a task is left out if more than a short quotation from the article can be read in it. Practice
    tasks have their keys; no graded task is ever written.

    Raises:
        LessonNameError: there is no such lesson.
        ExchangeError: no task is left, or a file that no export wrote would be overwritten.
        ContentError: a quiz file is wrong.
    """
    text = Article(course.seeds.article) if article == "quotes" else None
    contents = {MODULE: tasks_module()}
    pages: dict[str, tuple[str, ...]] = {}
    left_out: list[LeftOut] = []
    for bank in _banks(course, lessons):
        models, omitted = _models(course, bank, text)
        left_out += omitted
        if models:
            page = f"{bank.lesson}.md"
            pages[page] = tuple(models)
            contents[page] = _page(course, bank, models, omitted, article).encode()
            contents |= {f"{bank.lesson}/{name}.json": f"{model}\n".encode() for name, model in models.items()}
    if not pages:
        raise ExchangeError(t("myst.nothing"))
    write_files(out, contents)
    return MystExport(pages, tuple(left_out))


def tasks_module() -> bytes:
    """Return the ES module that shows tasks in a page of someone else's site."""
    return (files("copydesk") / "static" / MODULE).read_bytes()


def _banks(course: Course, lessons: Iterable[str]) -> Iterator[Bank]:
    """Yield the practice tasks of the lessons that are named, in full or by their number; of all if none is."""
    for slug in named_lessons(lessons, list(course.quizzes)) or course.quizzes:
        yield course.quizzes[slug]


def _models(course: Course, bank: Bank, article: Article | None) -> tuple[dict[str, str], list[LeftOut]]:
    """Return the JSON of each task of a lesson, by its id, and the tasks that are left out.

    Answers go under the same name as in our own book. The place of a passage in the article is left out, because the
    module doesn't need it.
    """
    graded = course.bank(EXERCISES, bank.lesson) if course.has_bank(EXERCISES, bank.lesson) else bank
    fingerprint = graded.without_keys().fingerprint()
    models: dict[str, str] = {}
    reasons: dict[str, list[str]] = {}
    for entry in bank.tasks:
        content = bank_content(bank, [entry], course.cards_of([entry]), title=entry.task.title)
        content["release"], content["language"], content["bank"] = __version__, language(), fingerprint
        reason = unwritten_reason(bank, entry) or _quotation_reason(content, article)
        if reason:
            reasons.setdefault(reason, []).append(entry.task.id)
            continue
        model = json.dumps({"content": with_language_texts(content)}, ensure_ascii=False, sort_keys=True)
        models[entry.task.id] = PLACE.sub('"start": null', model)
    return models, [LeftOut(bank.lesson, tuple(tasks), reason) for reason, tasks in reasons.items()]


def _quotation_reason(content: TasksContent, article: Article | None) -> str:
    """Return why a task is too much of the article for a public site, as the end of a sentence; empty if it is not."""
    if article is None:
        return ""
    texts = list(_texts(content["tasks"]))
    return t("myst.quotation", most=LONGEST) if any(article.runs(texts, LONGEST + 1)) else ""


def _texts(data: Any) -> Iterator[str]:  # noqa: ANN401  (plain JSON)
    """Yield every text of plain data that someone can read, in order."""
    if isinstance(data, dict):
        for name, part in data.items():
            if name not in NAMES:
                yield from _texts(part)
    elif isinstance(data, list | tuple):
        for part in data:
            yield from _texts(part)
    elif isinstance(data, str):
        yield data


def _page(course: Course, bank: Bank, models: dict[str, str], left_out: Iterable[LeftOut], article: str) -> str:
    """Return a page with the tasks of a lesson, and in comments how to use it."""
    notes = [t("myst.how.folder"), t("myst.how.task", module=MODULE), t("myst.how.release", version=__version__)]
    notes += [part.text() for part in left_out]
    is_free = course.facts.rights.publish == "whole"
    if article == "full" and not is_free:
        notes.append(t("myst.full"))
    title = json.dumps(f"{course.facts.title}: {bank.name}", ensure_ascii=False)
    heading = t("myst.heading")
    lines = ["---", f"title: {title}", "---", "", *(f"% {note}" for note in notes)]
    lines += ["", t("myst.answers"), "", f"## {heading}", ""]
    for name, model in models.items():
        lines += [f"% {name}", "", f"```{{anywidget}} {MODULE}", model, "```", ""]
    lines += [_credit(course), rights_text(course)]
    if not is_free:
        lines.append(t(f"myst.rights.{article}", most=LONGEST))
    return "\n".join(lines) + "\n"


def _credit(course: Course) -> str:
    """Return whose tasks these are."""
    citation = course.citation
    return t(
        "myst.credit",
        title=plain(course.facts.title),
        version=plain(citation.version),
        authors=plain(", ".join(citation.author_names)),
    )
