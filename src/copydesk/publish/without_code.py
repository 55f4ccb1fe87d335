"""Turns executed notebooks into pages for readers: what they show stays, and their code goes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from copydesk.release.notebooks import FOR_LAB, PRINTS_TEXT, read_notebook, tags_of, write_notebook

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

HIDDEN_INPUT = "remove-input"
"""The tag that makes MyST-NB show a cell's output but not its code."""


def leave_out_code(source: Path) -> None:
    """Remove from every notebook of a staged book its code, and what only those who run it need."""
    for path in sorted(source.rglob("*.ipynb")):
        book = read_notebook(path, path.relative_to(source).as_posix())
        book.cells = [cell for cell in book.cells if _has_something_to_show(cell)]
        path.write_bytes(write_notebook(book))


def _has_something_to_show(cell: NotebookNode) -> bool:
    """Return whether a cell is for readers; a code cell is stripped of all but what it has shown."""
    tags = tags_of(cell)
    if FOR_LAB in tags:
        return False
    if cell.cell_type != "code":
        return True
    cell.outputs = [output for output in cell.outputs if _is_rich(output)] + (
        _printed_text(cell) if PRINTS_TEXT in tags else []
    )
    cell.metadata.tags = sorted({*tags, HIDDEN_INPUT})
    return bool(cell.outputs)


def _is_rich(output: NotebookNode) -> bool:
    """Return whether an output is a view, a figure or a table rather than plain printed text."""
    return bool(set(output.get("data", {})) - {"text/plain"})


def _printed_text(cell: NotebookNode) -> list[NotebookNode]:
    """Return what a cell has printed as an output in paragraphs; an empty line ends a paragraph."""
    from nbformat.v4 import new_output  # noqa: PLC0415  (loaded already: a notebook was read)

    printed = "".join(output.text for output in cell.outputs if output.output_type == "stream")
    html = "\n".join(map(_paragraph_html, filter(str.strip, printed.split("\n\n"))))
    return [new_output("display_data", data={"text/html": html})] if html else []  # type: ignore[no-untyped-call]


def _paragraph_html(printed: str) -> str:
    """Return a printed paragraph as HTML; one with indented lines, such as a file's, keeps its lines."""
    text = escape(printed.strip("\n"), quote=False)
    return f"<pre>{text}</pre>" if "\n " in text else f"<p>{' '.join(text.split())}</p>"
