"""Writes the notebook that opens a marker's desk in JupyterLab."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from copydesk.grading.files.safe_text import file_part
from copydesk.grading.files.writing import make_folder, write_own
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.grading.marking.folder import Role

FIXED = {"deletable": False, "editable": False}
"""The metadata of a cell that a stray key can neither delete nor change."""


def write_notebook(top: Path, *, lesson: str, marker: str, role: Role) -> str:
    """Write the notebook into the folder of all marks, and return its name there."""
    other_role = "" if role == "first" else f', role="{role}"'
    call = f"open_desk({lesson!r}, {marker!r}{other_role})"
    code = f"from copydesk.grading.marking.desk import open_desk\n\n{call}"
    intro = f"# {t('marking.notebook.title', lesson=lesson)}\n\n{t('marking.notebook.how')}"
    notebook = {
        "cells": [
            {"cell_type": "markdown", "id": "how", "metadata": FIXED, "source": intro},
            {
                "cell_type": "code",
                "id": "desk",
                "metadata": FIXED,
                "source": code,
                "execution_count": None,
                "outputs": [],
            },
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    name = f"mark-{lesson}-{file_part(marker)}.ipynb"
    make_folder(top)
    write_own(
        top / name, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", is_ours=lambda _: _is_desk(top / name)
    )
    return name


def _is_desk(path: Path) -> bool:
    """Return whether a notebook opens a marking desk: one written by the first edition, which kept no list."""
    try:
        return "copydesk.grading.marking.desk" in path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
