"""The notebook that shows the authoring page: written anew each time, and never over someone's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest

from copydesk.authoring.notebook import NOTEBOOK, NotebookInTheWayError, write_author_notebook

if TYPE_CHECKING:
    from pathlib import Path


def test_it_is_written_anew(tmp_path: Path) -> None:
    """It shows the lesson of the last call, even after JupyterLab has saved its output."""
    write_author_notebook(tmp_path, "01-ferry")
    book = nbformat.read(tmp_path / NOTEBOOK, as_version=4)
    book.cells[0].outputs = [nbformat.v4.new_output("stream", text="<script>")]
    nbformat.write(book, tmp_path / NOTEBOOK)
    write_author_notebook(tmp_path, "")
    (cell,) = nbformat.read(tmp_path / NOTEBOOK, as_version=4).cells
    assert cell.source.endswith("author()")
    assert cell.outputs == []


@pytest.mark.parametrize("source", ["print('mine')", "from copydesk.authoring import author\n\nauthor()\nprint()"])
def test_a_notebook_of_ones_own_stays(tmp_path: Path, source: str) -> None:
    """A notebook of this name with anything else in it is neither run nor replaced."""
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), tmp_path / NOTEBOOK)
    before = (tmp_path / NOTEBOOK).read_bytes()
    with pytest.raises(NotebookInTheWayError, match=NOTEBOOK):
        write_author_notebook(tmp_path, "")
    assert (tmp_path / NOTEBOOK).read_bytes() == before
