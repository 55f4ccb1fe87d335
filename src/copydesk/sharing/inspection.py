"""Says, without running anything, what the notebooks of a packed course would run, and what its texts could load."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copydesk.grading.files.safe_text import one_line
from copydesk.sharing.course_files import is_text
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHELL = re.compile(r"^\s*(?:[\w., ]+=\s*)?[!%].*$", re.MULTILINE)
"""A line that IPython hands to the system, or a command of its own."""

REACHING = frozenset(
    {"open", "exec", "eval", "compile", "getattr", "setattr", "globals", "locals", "vars", "get_ipython", "breakpoint"}
)
"""Built-in functions with which a cell can do anything, whatever it imports."""

OURS = "copydesk"
FIGURES = re.compile(r"copydesk\.figures(\.[a-z_]+)*")
NAMES = {"desk", "copydesk", "figures", "measures"}
"""What the cells of a course call."""

PLAIN_NODES = (
    *(ast.Module, ast.Expr, ast.Constant, ast.Name, ast.keyword, ast.expr_context, ast.Import, ast.ImportFrom),
    *(ast.List, ast.Dict, ast.UnaryOp, ast.unaryop),
)

ACTIVE = re.compile(
    r"<\s*(?:script|iframe|frame|object|embed|form|link|meta|base|applet|video|audio|input)\b[^>]*>?"
    r"|<[a-z][^>]*\son[a-z]+\s*=[^>]*>?|javascript:\S*|data:text/html\S*",
    re.IGNORECASE,
)
"""HTML that can run something, load something, or send something away."""

HOST = re.compile(r"(?:https?:)?//((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
SHOWN = 100


@dataclass(frozen=True)
class Inspection:
    """What is in the files of a course: what each does beyond the ordinary, by file, and the hosts of links.

    ``notebooks`` counts all, ``ordinary`` those that call Copy Desk and nothing else.
    """

    findings: Mapping[str, tuple[str, ...]]
    hosts: tuple[str, ...]
    notebooks: int
    ordinary: int


def inspect_files(files: Mapping[str, bytes]) -> Inspection:
    """Look at the files of a course that were found whole."""
    findings: dict[str, tuple[str, ...]] = {}
    hosts: set[str] = set()
    notebooks = ordinary = 0
    for name, content in sorted(files.items()):
        if not is_text(name):
            continue
        text = content.decode("utf-8-sig")
        found = []
        if name.endswith(".ipynb"):
            notebooks += 1
            cells = json.loads(text)["cells"]
            code = list(_code_lines(cells))
            ordinary += not code
            found = [*code, *_html_in_cells(cells)]
            text = "\n".join(_source(cell) for cell in cells)
        else:
            found = list(_html_lines(text))
        hosts |= {host.casefold() for host in HOST.findall(text)}
        if found:
            findings[name] = tuple(found)
    return Inspection(findings, tuple(sorted(hosts)), notebooks, ordinary)


def cell_findings(source: str) -> Iterator[str]:
    """Yield what the code of a cell does beyond calling Copy Desk; nothing if it only does that."""
    for line in SHELL.findall(source):
        yield t("pack.code.shell", line=one_line(line.strip(), SHOWN))
    try:
        tree = ast.parse(SHELL.sub("", source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield t("pack.code.unreadable", line=one_line(source.strip(), SHOWN))
        return
    nodes = list(ast.walk(tree))
    imports = sorted({name for node in nodes for name in _foreign_imports(node)})
    if imports:
        yield t("pack.code.imports", names=one_line(", ".join(imports), SHOWN))
    reaching = sorted({name for node in nodes for name in _reaching_names(node)})
    if reaching:
        yield t("pack.code.reaches", names=one_line(", ".join(reaching), SHOWN))
    if not (imports or reaching) and not _is_ordinary(nodes):
        yield t("pack.code.own", line=one_line(source.strip(), SHOWN))


def _code_lines(cells: list[dict[str, Any]]) -> Iterator[str]:
    for number, cell in enumerate(cells, start=1):
        if cell["cell_type"] == "code":
            for finding in cell_findings(_source(cell)):
                yield t("pack.in_cell", number=number, finding=finding)


def _html_in_cells(cells: list[dict[str, Any]]) -> Iterator[str]:
    """Yield active HTML in the texts and kept outputs of a notebook."""
    for number, cell in enumerate(cells, start=1):
        texts = [] if cell["cell_type"] == "code" else [_source(cell)]
        for output in cell.get("outputs", ()):
            texts += map(_joined, output.get("data", {}).values())
        for finding in _html_lines("\n".join(texts)):
            yield t("pack.in_cell", number=number, finding=finding)


def _html_lines(text: str) -> Iterator[str]:
    for piece in dict.fromkeys(ACTIVE.findall(text)):
        yield t("pack.active", piece=one_line(piece, SHOWN))


def _source(cell: Mapping[str, Any]) -> str:
    return _joined(cell["source"])


def _joined(text: str | list[str]) -> str:
    """Return a text that a notebook may keep as a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def _foreign_imports(node: ast.AST) -> Iterator[str]:
    """Yield the modules that a statement imports, other than Copy Desk as the lessons use it."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name != OURS:
                yield alias.name
    elif isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            is_part = module == OURS and alias.name in NAMES
            if not is_part and not FIGURES.fullmatch(module):
                yield f"{module}.{alias.name}"


def _reaching_names(node: ast.AST) -> Iterator[str]:
    """Yield names with which code gets at anything: certain built-in functions, and what begins with two underlines."""
    name = ""
    if isinstance(node, ast.Name):
        name = node.id
    elif isinstance(node, ast.Attribute):
        name = node.attr
    is_builtin = isinstance(node, ast.Name) and name in REACHING
    if is_builtin or name.startswith("__"):
        yield name


def _is_ordinary(nodes: list[ast.AST]) -> bool:
    """Return whether code only calls functions, and parts of Copy Desk by the names that all lessons use for it.

    Each of those names must mean what it always means: otherwise, step by step, code could reach anything.
    """
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    return all(_is_plain_node(node, called) for node in nodes)


def _is_plain_node(node: ast.AST, called: list[ast.expr]) -> bool:
    if isinstance(node, ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        return node in called and owner in NAMES and (owner != OURS or node.attr == "open")
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]) not in NAMES or _opens_desk(node)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name | ast.Attribute)
    if isinstance(node, ast.alias):
        return node.asname is None
    return isinstance(node, PLAIN_NODES)


def _opens_desk(node: ast.Assign) -> bool:
    """Return whether a statement is ``desk = copydesk.open(...)``."""
    is_desk = len(node.targets) == 1 and ast.unparse(node.targets[0]) == "desk"
    return is_desk and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "copydesk.open"
