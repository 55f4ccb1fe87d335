"""Under which licence a course is, and who owns its article: on every page, in a PDF, in notebooks for the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from copydesk.publish.sources_page import plain
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.course.course import Course

CREATIVE_COMMONS = re.compile(r"creativecommons\.org/licenses/([a-z-]+)/([\d.]+)")


def rights_text(course: Course) -> str:
    """Return the licence of a course and whose its article is, as one line of Markdown."""
    facts = course.facts
    statement = plain(facts.rights.statement)
    if facts.licence is None:
        return statement
    match = CREATIVE_COMMONS.search(facts.licence)
    name = f"CC {match[1].upper()} {match[2]}" if match else facts.licence
    licence = t("pages.licence", licence=f"[{plain(name)}]({facts.licence})")
    return f"{licence} {statement}"


def rights_html(course: Course) -> str:
    """Return the same as HTML, where the link says that it is the licence."""
    html: str = MarkdownIt().renderInline(rights_text(course))
    return html.replace("<a ", '<a rel="license" ', 1)
