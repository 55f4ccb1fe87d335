"""An extension of IPython: a cell of the course runs alone, for what it needs of the cells before it is run first."""

from __future__ import annotations

import ast
import builtins
import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.opening import quietly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OPENS = "copydesk"
"""A notebook in which this word stands in no code cell is not ours, and only what the learner runs is run."""
IN_TEXT = re.compile(r"@(\w+)")
"""A name that pandas reads out of a text: ``table.query("lesson == @LESSON")``."""


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401  (IPython's shell)
    """Look, before each cell, whether names are missing that cells above it define."""

    def before(info: Any) -> None:  # noqa: ANN401  (IPython's ExecutionInfo)
        cells = sources(session_notebook())
        missing = needs(info.raw_cell) - set(shell.user_ns) - set(dir(builtins))
        if missing and any(OPENS in cell for cell in cells):
            run_quietly(shell, needed_cells(above(info.raw_cell, cells), missing))

    shell.events.register("pre_run_cell", before)


def session_notebook() -> Path:
    """Return the notebook that this kernel was started for, as Jupyter's server says."""
    return Path(os.environ.get("JPY_SESSION_NAME", ""))


def sources(notebook: Path) -> list[str]:
    """Return the code cells of a notebook as it was last saved; none where it cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return []


def above(cell: str, cells: Sequence[str]) -> list[str]:
    """Return the cells above one; all of them for one that the saved notebook does not hold."""
    texts = [each.strip() for each in cells]
    place = texts.index(cell.strip()) if cell.strip() in texts else len(texts)
    return list(cells[:place])


def needed_cells(cells: Sequence[str], names: set[str]) -> list[str]:
    """Return, in their order, the cells that set or change some names, and those that these need in turn."""
    wanted, found = set(names), []
    for cell in reversed(cells):
        if changes(cell) & wanted:
            found.append(cell)
            wanted |= needs(cell)
    return found[::-1]


def run_quietly(shell: Any, cells: Sequence[str]) -> None:  # noqa: ANN401  (IPython's shell)
    """Run cells without showing anything; where one fails, the learner's own cell says what is missing."""
    from IPython.utils.capture import capture_output  # noqa: PLC0415  (only in a kernel)

    with capture_output(), suppress(Exception), quietly():
        for cell in cells:
            exec(compile(shell.transform_cell(cell), "<a cell above>", "exec"), shell.user_ns)  # noqa: S102


def needs(cell: str) -> set[str]:
    """Return the names that a cell reads before it sets them itself; none where it is no Python."""
    needed: set[str] = set()
    known: set[str] = set()
    for statement in _statements(cell):
        needed |= {name for name in _read(statement) if name not in known}
        known |= _set(statement)
    return needed


def changes(cell: str) -> set[str]:
    """Return the names that a cell sets, or whose values it changes by an index or an attribute."""
    found: set[str] = set()
    for statement in _statements(cell):
        found |= _set(statement)
        for node in ast.walk(statement):
            if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
                found.add(_base(node))
    return found - {""}


def _statements(cell: str) -> list[ast.stmt]:
    try:
        return ast.parse(cell).body
    except (SyntaxError, ValueError):
        return []


def _base(node: ast.expr) -> str:
    """Return the name at the beginning of ``name.of["something"]``."""
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _set(statement: ast.stmt) -> set[str]:
    """Return the names that a statement sets in the notebook: not those inside of functions."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.split(".")[0] for alias in statement.names}
    nodes = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
    return {node.id for node in nodes if isinstance(node.ctx, ast.Store | ast.Del)}


def _read(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement reads, and that nothing inside it (a function, a loop) sets."""
    nodes = list(ast.walk(statement))
    own = {node.arg for node in nodes if isinstance(node, ast.arg)}
    inner = isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.For | ast.With)
    for node in nodes:
        if isinstance(node, ast.comprehension):
            own |= {each.id for each in ast.walk(node.target) if isinstance(each, ast.Name)}
        elif inner and isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            own.add(node.id)
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in own:
            yield node.id
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from IN_TEXT.findall(node.value)
