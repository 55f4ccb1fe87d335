"""The notebook that shows the authoring page in JupyterLab."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.atomic_write import replace_file
from copydesk.course.documents import ContentError
from copydesk.release.notebooks import NB, read_notebook, tidy, write_notebook
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOK = "author.ipynb"
CODE = "from copydesk.authoring import author\n\nauthor({lesson})"
OWN_CODE = re.compile(r"from copydesk\.authoring import author\n\nauthor\((\"[a-z0-9-]+\")?\)")


class NotebookInTheWayError(RuntimeError):
    """There is another notebook of this name; the message says what to do."""


def write_author_notebook(root: Path, lesson: str) -> str:
    """Write the notebook into a course and return its name; the page opens at ``lesson`` if one is named.

    It is written anew each time, because it runs when it is opened: what runs is never what someone else wrote.

    Raises:
        NotebookInTheWayError: there is a notebook of this name that is not the page's.
    """
    path = root / NOTEBOOK
    if path.exists() and not _is_own(path):
        raise NotebookInTheWayError(t("authoring.notebook_in_the_way", file=path))
    code = CODE.format(lesson=f'"{lesson}"' if lesson else "")
    metadata = {"jupyter": {"source_hidden": True}, "tags": ["hide-input"]}
    book = NB.v4.new_notebook(cells=[NB.v4.new_code_cell(code, metadata=metadata)])
    replace_file(path, write_notebook(tidy(book, NOTEBOOK.removesuffix(".ipynb"))))
    return NOTEBOOK


def _is_own(path: Path) -> bool:
    """Return whether a notebook has the page's cell and nothing else, so that nothing is lost with it."""
    try:
        sources = [cell.source for cell in read_notebook(path).cells if cell.source.strip()]
    except (ContentError, UnicodeDecodeError):
        return False
    return len(sources) == 1 and OWN_CODE.fullmatch(sources[0]) is not None
