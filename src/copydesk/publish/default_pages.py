"""Pages of a book that a course has not written itself: start, article, progress, about, and the contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from copydesk.course.bank_files import EXERCISES
from copydesk.course.settings import lesson_slugs
from copydesk.model.base import short_name
from copydesk.publish.course_page import heading
from copydesk.publish.rights import rights_text
from copydesk.publish.sources_page import plain
from copydesk.text import language, remark, t
from copydesk.text.lists import name_list
from copydesk.views.corrected_copy import copy_content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.course.course import Course

CONTENTS = "_toc.yml"
PAGE = """---
myst:
  html_meta:
    description: {description}
---

# {title}

{text}
"""


def put_default_pages(course: Course, source: Path) -> None:
    """Write the pages, and the contents, that a staged book lacks; those that the course has stay as they are.

    A course with its own contents has written its pages, too, so it gets none.
    """
    contents = source / CONTENTS
    if contents.is_file():
        return
    pages = {
        "index": _page(course.facts.title, t("pages.start.description"), _start(course)),
        "article": _page(t("pages.article"), t("pages.article.description"), _article(course)),
        "my-course": _page(t("pages.my_course"), t("pages.my_course.description"), t("pages.my_course.text")),
        "about": _page(t("pages.about"), t("pages.about.description"), _about(course)),
    }
    if copy_content(course, lesson="all")["copy"]["lessons"]:
        pages["my-copy"] = _page(t("copy.title"), t("pages.my_copy.description"), t("pages.my_copy.text"))
    for name, text in pages.items():
        page = source / f"{name}.md"
        if not page.is_file():
            page.write_text(text, encoding="utf-8", newline="\n")
    text = yaml.safe_dump(_contents(course, source), sort_keys=False, allow_unicode=True)
    contents.write_text(text, encoding="utf-8", newline="\n")


def _page(title: str, description: str, text: str) -> str:
    quoted = yaml.safe_dump(description, allow_unicode=True, default_style='"', width=1000).strip()
    return PAGE.format(description=quoted, title=plain(title), text=text)


def _start(course: Course) -> str:
    """Return the text of the start page: what there is to do, and what the course needs to be known for."""
    lines = [t("pages.start.text", article=plain(course.seeds.part("sentences")[0].text)), ""]
    if course.facts.first_look:
        lines += [_heading(t("pages.start.first_look")), "", "<!-- first look -->", ""]
    lines += [_heading(t("pages.lessons")), ""]
    for slug in lesson_slugs(course.root):
        title = heading(course.root / "lessons" / f"{slug}.ipynb")
        line = f"- [{plain(title)}](lessons/{slug}.ipynb)"
        if _has_exercise(course, slug):
            line += t("pages.start.exercise", address=f"exercises/{slug}.ipynb")
        lines.append(line)
    return "\n".join([*lines, "", t("pages.start.more")])


def _heading(words: str, anchor: str = "") -> str:
    """Return a heading; ``anchor`` is what other pages call it, whatever its language makes of it."""
    has_anchor = words.lower().replace(" ", "-") == anchor
    return f"({anchor})=\n## {words}" if anchor and not has_anchor else f"## {words}"


def _has_exercise(course: Course, slug: str) -> bool:
    return course.has_bank(EXERCISES, slug) and (course.root / "exercises" / f"{slug}.ipynb").is_file()


def _article(course: Course) -> str:
    rights, quotes = plain(course.facts.rights.statement), t("pages.article.quotes")
    return (
        f"{rights}\n\n"
        "<!-- only: full -->\n<!-- article -->\n<!-- end -->\n"
        f"<!-- only: quotes -->\n{quotes}\n<!-- end -->\n"
    )


def _about(course: Course) -> str:
    facts = course.facts
    parts = [t("pages.about.authors", authors=plain(name_list(facts.authors)))] if facts.authors else []
    keyed_by = dict.fromkeys(bank.keyed_by for banks in (course.quizzes, course.exercises) for bank in banks.values())
    parts += [
        _heading(t("pages.about.licences"), "licences"),
        rights_text(course),
        _heading(t("pages.about.keys")),
        t("pages.about.keyed_by", readings="\n".join(f"- {plain(text)}" for text in keyed_by)),
        _heading(t("pages.about.cite"), "how-to-cite"),
        "<!-- how to cite -->",
        _heading(t("pages.about.error")),
        t("pages.about.error.text"),
        _heading(t("pages.about.data")),
        t("pages.about.data.text"),
    ]
    if said := remark(language()):
        parts.append(t("feedback.remark", remark=said))
    return "\n\n".join(parts)


def _contents(course: Course, source: Path) -> dict[str, Any]:
    """Return the table of contents: each lesson with its exercise below it, and then the other pages."""
    lessons = list(_lesson_entries(course))
    own = [name for name in ("my-copy", "my-course") if (source / f"{name}.md").is_file()]
    others = [{"file": name} for name in ("article", *own, "about")]
    written = {"index", *(entry["file"] for entry in others)}
    names = sorted(page.stem for page in source.glob("*.md"))
    others += [{"file": name} for name in names if name not in written]
    parts = [
        {"caption": t("pages.lessons"), "chapters": lessons},
        {"caption": t("pages.more"), "chapters": others},
    ]
    return {"format": "jb-book", "root": "index", "parts": parts}


def _lesson_entries(course: Course) -> Iterator[dict[str, Any]]:
    for slug in lesson_slugs(course.root):
        entry: dict[str, Any] = {"file": f"lessons/{slug}"}
        if _has_exercise(course, slug):
            entry["sections"] = [{"file": f"exercises/{slug}", "title": t("pages.exercise", lesson=short_name(slug))}]
        yield entry
