"""Notebooks as readers see them: what they show, and no code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from copydesk.publish.without_code import leave_out_code
from copydesk.release.notebooks import read_notebook, write_notebook

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode


def left(folder: Path, *cells: NotebookNode) -> list[NotebookNode]:
    """Return what is left of a notebook of these cells."""
    path = folder / "lessons" / "02-attribution.ipynb"
    path.parent.mkdir()
    path.write_bytes(write_notebook(new_notebook(cells=list(cells))))
    leave_out_code(folder)
    cells_left: list[NotebookNode] = read_notebook(path).cells
    return cells_left


def code(*outputs: NotebookNode, tags: tuple[str, ...] = ()) -> NotebookNode:
    """Return a cell with code that was run."""
    return new_code_cell("1 + 1", outputs=list(outputs), metadata={"tags": list(tags)})


def printed(text: str) -> NotebookNode:
    """Return what a cell prints."""
    return new_output("stream", name="stdout", text=text)


def shown(**data: Any) -> NotebookNode:  # noqa: ANN401  (as nbformat has it)
    """Return a result with its forms."""
    return new_output("display_data", data={name.replace("_", "/"): value for name, value in data.items()})


def test_code_goes_and_what_it_shows_stays(tmp_path: Path) -> None:
    """A cell that shows a view keeps it; one that shows nothing, or prints for those who run it, goes."""
    view = shown(text_html="<p>a view</p>", text_plain="a view")
    text, kept = left(
        tmp_path, new_markdown_cell("Prose."), code(), code(printed("2"), shown(text_plain="2")), code(view)
    )
    assert text.source == "Prose."
    assert kept.outputs == [view]
    assert "remove-input" in kept.metadata.tags


def test_hints_for_those_who_run_a_notebook_go(tmp_path: Path) -> None:
    """Neither text nor code with the tag ``lab-only`` is in the book."""
    hint = new_markdown_cell("Run all cells.", metadata={"tags": ["lab-only"]})
    assert left(tmp_path, hint, code(shown(text_html="<table></table>"), tags=("lab-only",))) == []


def test_printed_text_becomes_paragraphs(tmp_path: Path) -> None:
    """Sentences that prose needs are text on the page, nothing in them is markup, and a file keeps its lines."""
    (cell,) = left(
        tmp_path, code(printed("6 of 21.\n15 <b>have\n\n"), printed('{\n "a": 1\n}\n'), tags=("printed-text",))
    )
    (output,) = cell.outputs
    assert output.data["text/html"] == '<p>6 of 21. 15 &lt;b&gt;have</p>\n<pre>{\n "a": 1\n}</pre>'
