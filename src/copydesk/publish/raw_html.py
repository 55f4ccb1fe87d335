"""Puts HTML of Copy Desk's own views into pages of a staged book."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def replace_mark(page: Path, mark: str, make_html: Callable[[], str]) -> None:
    """Put HTML where a Markdown page has a mark; a page without it, or that an edition does not have, stays."""
    if not page.is_file():
        return
    text = page.read_text(encoding="utf-8")
    if mark in text:
        html = "\n".join(filter(str.strip, make_html().splitlines()))  # an empty line would end the block
        page.write_text(text.replace(mark, f"```{{raw}} html\n{html}\n```"), encoding="utf-8", newline="\n")
