"""Puts the HTML of Copy Desk's own views into pages of a staged book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk._version import __version__
from copydesk.text import language
from copydesk.views.html import view_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from copydesk.views.shapes import Content


def page_view(content: Content, *, bank: str = "") -> str:
    """Return the HTML of a view that no notebook shows; ``bank`` is the fingerprint of its tasks, if it has any."""
    content["release"], content["language"], content["bank"] = __version__, language(), bank
    return view_html(content)


def replace_mark(page: Path, mark: str, make_html: Callable[[], str]) -> None:
    """Put HTML in place of a mark in a Markdown page; do nothing if the page lacks it or the edition lacks the page."""
    if not page.is_file():
        return
    text = page.read_text(encoding="utf-8")
    if mark in text:
        html = "\n".join(filter(str.strip, make_html().splitlines()))  # an empty line would end the HTML block
        page.write_text(text.replace(mark, f"```{{raw}} html\n{html}\n```"), encoding="utf-8", newline="\n")
