"""The texts of a lesson's or an exercise's page: the Markdown cells of its notebook, one entry each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from copydesk.release.notebooks import NB, tidy, write_notebook
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

TEXT = "text"
"""The kind of an entry that is a text and not a task."""

HEADING = re.compile(r"\A# .*")
LEAD = re.compile(r"^#+\s*")
MOST_TITLE = 60


def text_entries(notebook: str) -> Iterator[dict[str, Any]]:
    """Yield the Markdown cells of a notebook as raw entries, in order; their ids are their places among all cells."""
    for number, cell in enumerate(_cells(notebook), 1):
        if cell.cell_type == "markdown":
            yield {"id": f"cell-{number}", "kind": TEXT, "text": cell.source}


def title_of(entry: dict[str, Any]) -> str:
    """Return the first line of a text, without the marks of a heading."""
    first = LEAD.sub("", entry["text"].strip().split("\n")[0])
    return first if len(first) <= MOST_TITLE else first[: MOST_TITLE - 1].rsplit(" ", 1)[0] + " …"


def with_text(notebook: str, entry_id: str, text: str, slug: str) -> str:
    """Return a notebook with another text in a cell.

    Raises:
        KeyError: it has no such cell.
    """
    book = _read(notebook)
    for number, cell in enumerate(book.cells, 1):
        if f"cell-{number}" == entry_id and cell.cell_type == "markdown":
            cell.source = text
            return write_notebook(tidy(book, slug)).decode()
    raise KeyError(t("entry_files.no_entry", entry=entry_id, entries=", ".join(_ids(notebook))))


def with_heading(notebook: str, heading: str, slug: str) -> str:
    """Return a notebook whose first heading is another one."""
    book = _read(notebook)
    for cell in book.cells:
        if cell.cell_type == "markdown" and HEADING.match(cell.source):
            cell.source = HEADING.sub(lambda _: f"# {heading}", cell.source, count=1)
            break
    return write_notebook(tidy(book, slug)).decode()


def merged(before: str, after: str, present: str, slug: str) -> str:
    """Return a notebook as it is now, with the texts that its author changed.

    Raises:
        ValueError: a text that the author changed cannot be found any more.
    """
    book = _read(present)
    for old, own in zip(_cells(before), _cells(after), strict=True):
        if old.source != own.source:
            same = [cell for cell in book.cells if cell.cell_type == "markdown" and cell.source == old.source]
            if len(same) != 1:
                message = "a text cannot be found"
                raise ValueError(message)
            same[0].source = own.source
    return write_notebook(tidy(book, slug)).decode()


def _ids(notebook: str) -> list[str]:
    return [entry["id"] for entry in text_entries(notebook)]


def _cells(notebook: str) -> list[NotebookNode]:
    cells: list[NotebookNode] = _read(notebook).cells
    return cells


def _read(notebook: str) -> NotebookNode:
    book: NotebookNode = NB.reads(notebook, as_version=4)
    return book
