"""The imports inside the package follow the plan: data at the bottom, display and commands at the top."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import copydesk

PACKAGE = Path(copydesk.__file__).parent
BASE = {"model", "documents", "course", "text"}
MAY_IMPORT = {
    "model": set(),
    "documents": set(),
    "course": set(),
    "text": set(),
    "seeds": {"model", "documents"},
    "bank": {"model", "documents"},
    "scoring": {"model"},
    "measures": set(),
    "figures": {"model", "measures", "text", "course"},
    "agreement": {"model", "measures", "scoring", "answers", "text", "widgets", "course"},
    "recording": {"model", "text"},
    "shown": set(),
    "standing": {"model", "text", "scoring"},
    "receipt": {"model", "text", "scoring", "answers", "standing"},
    "opening": set(),
    "answers": {"model", "opening"},
    "owned_files": {"answers"},
    "judgements": {"model", "course", "bank", "scoring", "answers"},
    "widgets": {"model", "answers", "text", "standing"},
    "forms": {"model", "course", "bank", "answers", "text", "widgets"},
    "own": {"model", "course", "answers", "text", "widgets"},
    "desk": {
        *(*BASE, "seeds", "bank", "scoring", "receipt", "recording", "answers"),
        *("judgements", "figures", "widgets", "agreement", "forms", "own", "shown", "opening"),
    },
    "grading": {*BASE, "seeds", "bank", "scoring", "measures", "figures", "answers", "owned_files"},
    "browser": {"answers", "text"},
    "glossary": set(),
    "publish": {*BASE, "bank", "seeds", "desk", "widgets", "browser", "glossary", "answers", "owned_files"},
    "checks": {*BASE, "seeds", "bank", "scoring"},
    "working_copy": {"glossary"},
    "jupyterlab": {"working_copy", "text", "opening"},
    "laboratory": {"course", "working_copy", "jupyterlab"},
    "terminal": {"course", "documents"},
    "exchange": {*BASE, "bank", "seeds", "answers", "own", "terminal", "owned_files"},
    "grading_commands": {"bank", "grading", "laboratory", "model", "terminal"},
    "cli": {*BASE, "checks", "grading_commands", "laboratory", "publish", "terminal", "exchange", "writable_home"},
    "writable_home": set(),
    "__main__": {"cli"},
    "__init__": {"desk"},
}
"""Module or folder: what it may import from the package. ``copydesk`` itself gives only the version."""


def modules() -> list[Path]:
    """Return every Python file of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def unit_of(path: Path) -> str:
    """Return the module or folder directly below the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_units(path: Path) -> set[str]:
    """Return the units of the package that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "copydesk":
            found |= {alias.name for alias in node.names if alias.name != "__version__"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("copydesk."):
            found.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("copydesk.")}
    return found - {unit_of(path)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_follow_the_plan(path: Path) -> None:
    """Each file imports only what the plan allows its module."""
    assert imported_units(path) <= MAY_IMPORT[unit_of(path)]


def test_the_plan_has_no_cycle() -> None:
    """No module can reach itself by the imports that are allowed."""

    def reach(unit: str, seen: frozenset[str]) -> None:
        assert unit not in seen, f"cycle through {unit}"
        for other in MAY_IMPORT[unit]:
            reach(other, seen | {unit})

    for unit in set(MAY_IMPORT) - {"__init__"}:
        reach(unit, frozenset())


def test_importing_copydesk_is_quick() -> None:
    """``import copydesk`` loads neither pandas, nor matplotlib, nor anywidget, nor pydantic."""
    code = (
        "import sys, copydesk; print(*(m for m in ('pandas','matplotlib','anywidget','pydantic') if m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == ""


def test_modules_open_with_a_sentence() -> None:
    """Each module says in its first line what it is responsible for, and none is longer than 400 lines."""
    for path in modules():
        text = path.read_text(encoding="utf-8")
        docstring = ast.get_docstring(ast.parse(text)) or ""
        assert docstring.split("\n")[0].endswith("."), path
        assert len(text.splitlines()) <= 400, path
