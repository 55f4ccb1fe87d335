"""Runs the notebooks that people edit, and puts them into their committed form."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from copydesk.course.documents import is_same_text
from copydesk.release.notebooks import read_notebook, tidy, write_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

EDITED = ("lessons", "solutions")
CELL_LIMIT_SECONDS = 120


def tidy_all(root: Path, *, check: bool, execute: bool = False) -> list[Path]:
    """Tidy every lesson and solution, and return those that changed; with ``check`` write nothing.

    With ``execute`` each is run first, from its own folder, with an empty answers folder.

    Raises:
        ContentError: a file is not a notebook, or has an unknown tag.
        CellExecutionError: a cell fails (only with ``execute``).
    """
    changed = []
    paths: list[Path] = []
    for folder in EDITED:
        paths += (root / folder).glob("*.ipynb")
    for path in sorted(paths):
        notebook = read_notebook(path, path.relative_to(root).as_posix())
        if execute:
            run(notebook, root, path.parent)
        content = write_notebook(tidy(notebook, path.stem))
        if not is_same_text(path, content):
            changed.append(path)
            if not check:
                path.write_bytes(content)
    return changed


def run(notebook: NotebookNode, root: Path, folder: Path) -> None:
    """Run a notebook in place, from a folder, with the course at ``root`` and without anyone's answers."""
    from nbclient import NotebookClient  # noqa: PLC0415  (a tool of maintainers, not of learners)

    with tempfile.TemporaryDirectory(prefix="copydesk-run-") as answers:
        environment = {"COPYDESK_COURSE": str(root), "COPYDESK_ANSWERS": str(Path(answers) / "answers")}
        with mock.patch.dict(os.environ, environment):
            resources = {"metadata": {"path": str(folder)}}
            NotebookClient(notebook, timeout=CELL_LIMIT_SECONDS, kernel_name="python3", resources=resources).execute()
