"""An IPython extension with which any cell of the course runs on its own: the cells that it needs are run first."""

from __future__ import annotations

import ast
import builtins
import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.opening import opening_mode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

OPENS = "copydesk"
"""A notebook without this word in a code cell is not ours, and only the cells that the learner runs are run."""
NAME_IN_TEXT = re.compile(r"@(\w+)")
"""A name that pandas reads from a string: ``table.query("lesson == @LESSON")``."""


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401  (IPython's shell)
    """Check before each cell whether names are missing that cells above it define."""

    def run_missing_cells(info: Any) -> None:  # noqa: ANN401  (IPython's ExecutionInfo)
        cells = code_cells(session_notebook())
        missing = needed_names(info.raw_cell) - set(shell.user_ns) - set(dir(builtins))
        if missing and any(OPENS in cell for cell in cells):
            run_unseen(shell, needed_cells(cells_above(info.raw_cell, cells), missing))

    shell.events.register("pre_run_cell", run_missing_cells)


def session_notebook() -> Path:
    """Return the notebook that this kernel was started for, according to Jupyter's server."""
    return Path(os.environ.get("JPY_SESSION_NAME", ""))


def code_cells(notebook: Path) -> list[str]:
    """Return the code cells of a notebook as it was last saved; none if it cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return []


def cells_above(cell: str, cells: Sequence[str]) -> list[str]:
    """Return the cells above a cell; all of them if the cell is not in the saved notebook."""
    above: list[str] = []
    for text in cells:
        if text.strip() == cell.strip():
            return above
        above.append(text)
    return above


def needed_cells(cells: Sequence[str], names: set[str]) -> list[str]:
    """Return, in order, the cells that set or change some names, and those that these need in turn."""
    missing, needed = set(names), []
    for cell in reversed(cells):
        if changed_names(cell) & missing:
            needed.append(cell)
            missing |= needed_names(cell)
    return needed[::-1]


def run_unseen(shell: Any, cells: Sequence[str]) -> None:  # noqa: ANN401  (IPython's shell)
    """Run cells without showing anything; if one fails, the learner's own cell says what is missing."""
    from IPython.utils.capture import capture_output  # noqa: PLC0415  (only in a kernel)

    with capture_output(), suppress(Exception), opening_mode():
        for cell in cells:
            exec(compile(shell.transform_cell(cell), "<a cell above>", "exec"), shell.user_ns)  # noqa: S102


def needed_names(cell: str) -> set[str]:
    """Return the names that a cell reads before it sets them itself; none if it is not Python."""
    needed: set[str] = set()
    defined: set[str] = set()
    for statement in _statements(cell):
        needed |= set(_names_read(statement)) - defined
        defined |= _names_set(statement)
    return needed


def changed_names(cell: str) -> set[str]:
    """Return the names that a cell sets, or whose values it changes through an index or an attribute."""
    names: set[str] = set()
    for statement in _statements(cell):
        names |= _names_set(statement)
        for node in ast.walk(statement):
            if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
                names.add(_base_name(node))
    return names - {""}


def _statements(cell: str) -> list[ast.stmt]:
    try:
        return ast.parse(cell).body
    except (SyntaxError, ValueError):
        return []


def _base_name(node: ast.expr) -> str:
    """Return the name at the beginning of ``name.part["something"]``."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _names_set(statement: ast.stmt) -> set[str]:
    """Return the names that a statement sets in the notebook, not those inside functions."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.split(".")[0] for alias in statement.names}
    return {node.id for node in _name_nodes(statement) if isinstance(node.ctx, ast.Store | ast.Del)}


def _names_read(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement reads and that nothing inside it (a function, a loop) sets."""
    local_names = set(_local_names(statement))
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in local_names:
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from NAME_IN_TEXT.findall(node.value)


def _local_names(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement sets only within itself: arguments, targets of a loop or a comprehension."""
    is_block = isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.For | ast.With)
    for node in ast.walk(statement):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.comprehension):
            for target in _name_nodes(node.target):
                yield target.id
        elif is_block and isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _name_nodes(tree: ast.AST) -> Iterable[ast.Name]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node
