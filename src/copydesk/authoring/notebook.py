"""The notebook that shows the authoring page in JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.atomic_write import replace_file
from copydesk.release.notebooks import NB, tidy, write_notebook

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOK = "author.ipynb"
CODE = "from copydesk.authoring import author\n\nauthor({lesson})"


def write_author_notebook(root: Path, lesson: str) -> str:
    """Write the notebook into a course and return its name; the page opens at ``lesson`` if one is named."""
    code = CODE.format(lesson=f'"{lesson}"' if lesson else "")
    metadata = {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]}
    book = NB.v4.new_notebook(cells=[NB.v4.new_code_cell(code, metadata=metadata)])
    replace_file(root / NOTEBOOK, write_notebook(tidy(book, NOTEBOOK.removesuffix(".ipynb"))))
    return NOTEBOOK
