"""Notebooks are committed in one form, and solutions can be cut out of them."""

from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from copydesk.course.documents import ContentError
from copydesk.release.notebooks import cell_id, cut_source, read_notebook, tidy, write_notebook


def lived_in() -> nbformat.NotebookNode:
    """Return a notebook as somebody's JupyterLab leaves it."""
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "4f1"}, "text/plain": "<Copy Desk>"}
    return new_notebook(
        metadata={
            "kernelspec": {"name": "venv-7", "display_name": "My Python"},
            "widgets": {"application/vnd.jupyter.widget-state+json": {}},
            "language_info": {"name": "python", "version": "3.12.1"},
        },
        cells=[
            new_markdown_cell("# Title\n", metadata={"collapsed": True}),
            new_code_cell("1 + 1", execution_count=41, outputs=[new_output("execute_result", {"text/plain": "2"})]),
            new_code_cell(
                'desk.check("T1")',
                execution_count=42,
                metadata={"tags": ["nbval-check-output", "hide-input"], "trusted": True},
                outputs=[
                    new_output("stream", name="stdout", text="T1: "),
                    new_output("stream", name="stdout", text="8 of 8 points.\n"),
                    new_output("display_data", widget, metadata={"local": 1}),
                ],
            ),
        ],
    )


def test_only_compared_cells_keep_an_output() -> None:
    """An output that no test compares is not committed."""
    first, second, third = tidy(lived_in(), "02-attribution").cells
    assert (second.outputs, second.execution_count) == ([], None)
    assert [output.output_type for output in third.outputs] == ["stream", "display_data"]
    assert third.outputs[0].text == "T1: 8 of 8 points.\n"
    assert third.execution_count == 2
    assert first.metadata == {}


def test_no_trace_of_a_machine_or_a_widget_is_kept() -> None:
    """Metadata say that it is Python 3, and nothing about who ran it where."""
    text = write_notebook(tidy(lived_in(), "02-attribution")).decode()
    for trace in ("venv-7", "3.12.1", "widget", "model_id", "trusted", "collapsed", '"local"'):
        assert trace not in text
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")


def test_hidden_input_is_folded_in_jupyterlab_too() -> None:
    """The tag for the book and the setting for JupyterLab cannot differ, and such a cell cannot be lost by a key."""
    metadata = tidy(lived_in(), "02-attribution").cells[2].metadata
    settings = {"jupyter": {"source_hidden": True}, "deletable": False, "editable": False}
    assert metadata == {"tags": ["hide-input", "nbval-check-output"], **settings}


def test_ids_depend_on_place_and_text_only() -> None:
    """The same notebook has the same ids on every machine, and no two cells share one."""
    cells = [*lived_in().cells, new_markdown_cell("# Title\n")]
    ids = [cell.id for cell in tidy(new_notebook(cells=cells), "02-attribution").cells]
    assert ids[0] == cell_id("02-attribution", 0, "# Title")
    assert len(set(ids)) == len(ids)


def test_tidying_twice_changes_nothing() -> None:
    """A tidy notebook is tidy."""
    once = tidy(lived_in(), "02-attribution")
    assert write_notebook(tidy(once, "02-attribution")) == write_notebook(once)
    nbformat.validate(once)


def test_an_unknown_tag_is_refused_with_its_cell() -> None:
    """Tags are a closed list: a misspelt one would hide a solution from nobody."""
    cells = [new_markdown_cell("text"), new_code_cell("1", metadata={"tags": ["solutoin"]})]
    with pytest.raises(ContentError, match=r"02-attribution.ipynb: cell 2 has the tag 'solutoin'"):
        tidy(new_notebook(cells=cells), "02-attribution")


def test_a_file_that_is_no_notebook_is_named(tmp_path) -> None:  # noqa: ANN001
    """A damaged notebook gives a sentence, not a traceback of a library."""
    path = tmp_path / "02-attribution.ipynb"
    path.write_text("<<<<<<< ours", encoding="utf-8")
    with pytest.raises(ContentError, match=r"lessons/02-attribution.ipynb: this is not a notebook"):
        read_notebook(path, "lessons/02-attribution.ipynb")


BLOCK = """\
table = desk.table("attributions")
### BEGIN SOLUTION
counts = table["source_type"].value_counts()
### BLANK
# counts = ...  # how many rows has each source type?
### END SOLUTION
counts"""


def test_a_block_gives_way_to_its_blank() -> None:
    """The learner finds the commented lines, uncommented, where the solution stood."""
    assert cut_source(BLOCK, "n", 0) == (
        'table = desk.table("attributions")\ncounts = ...  # how many rows has each source type?\ncounts'
    )


def test_blanks_keep_their_indentation() -> None:
    """A blank may stand inside a function, and may hold comments and empty lines of its own."""
    lines = ["def f():", "    ### BEGIN SOLUTION", "    return 4", "    ### BLANK", "    # # your turn", ""]
    source = "\n".join([*lines, "    # return ...", "    ### END SOLUTION"])
    assert cut_source(source, "n", 0) == "def f():\n    # your turn\n\n    return ..."


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("### BEGIN SOLUTION\nx = 1", "is not closed"),
        ("x = 1\n### END SOLUTION", "'### END SOLUTION' stands where"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "'### BEGIN SOLUTION' stands where"),
        ("### BLANK", "'### BLANK' stands where"),
        ("### BEGIN SOLUTION\nx = 1\n### BLANK\nx = 2\n### END SOLUTION", "'x = 2', which is no comment"),
        ("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "is empty when its solution is cut out"),
    ],
)
def test_a_malformed_block_is_refused(source: str, what: str) -> None:
    """A block that is not well formed never lets a solution slip through."""
    with pytest.raises(ContentError, match=rf"cell 3.*{what}"):
        cut_source(source, "solutions/02-attribution.ipynb", 2)
