"""Prints how the code hangs together: circles of files, arrows between rooms, comprehensions, lines.

python tests/structure.py

A room is a folder or a module that lies directly in the folder looked at. Imports inside functions and imports for
types count like any other. The figures are looked at; no test fails because of them.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from scipy.sparse import lil_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "copydesk"
SCRIPTS = ROOT / "js"
WORST_FILES = 10
SMALLEST_FILE_LINES = 50
"""A file with fewer lines is not named among the worst: one comprehension would put it there."""

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SCRIPT_IMPORT = re.compile(r"""(?:\bfrom\s+|\bimport\s*\(?\s*)["'](\.{1,2}/[^"']+)["']""")
"""An import, an export or a type of JSDoc that names another file."""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

Graph = dict[Path, set[Path]]
"""For each file the files that it imports."""


def python_files(package: Path) -> list[Path]:
    """Return the Python files of a package."""
    return sorted(package.rglob("*.py"))


def script_files(folder: Path) -> list[Path]:
    """Return the JavaScript files of a folder, without the packages of other people."""
    paths = sorted([*folder.rglob("*.js"), *folder.rglob("*.mjs")])
    return [path for path in paths if "node_modules" not in path.parts]


def python_graph(package: Path) -> Graph:
    """Return which file of a package imports which."""
    files = python_files(package)
    return {path: python_imports(path, package) - {path} for path in files}


def python_imports(path: Path, package: Path) -> set[Path]:
    """Return the files of a package that a file imports, anywhere in it."""
    imported = set()
    for name, parts in imported_names(path, package):
        module = module_file(name, package)
        for part in parts:
            imported.add(module_file(f"{name}.{part}", package) or module)
        if not parts:
            imported.add(module)
    return {target for target in imported if target is not None}


def imported_names(path: Path, package: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the full name of each module that a file imports from, and what it takes out of it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, []
        elif isinstance(node, ast.ImportFrom):
            yield absolute_name(node, path, package), [alias.name for alias in node.names]


def absolute_name(node: ast.ImportFrom, path: Path, package: Path) -> str:
    """Return the full name of the module that a statement imports from, also where it begins with dots."""
    if not node.level:
        return node.module or ""
    folder = path.parents[node.level - 1]
    parents = folder.relative_to(package.parent).parts
    names = [*parents, node.module] if node.module else parents
    return ".".join(names)


def module_file(name: str, package: Path) -> Path | None:
    """Return the file of a module of a package, or None where the name is another's."""
    first, *rest = name.split(".")
    if first != package.name:
        return None
    place = package.joinpath(*rest)
    module = place.with_name(f"{place.name}.py")
    if rest and module.is_file():
        return module
    initial = place / "__init__.py"
    return initial if initial.is_file() else None


def script_graph(folder: Path, *, with_types: bool = True) -> Graph:
    """Return which JavaScript file imports which; in comments stand the imports of types."""
    graph = {}
    for path in script_files(folder):
        text = path.read_text(encoding="utf-8")
        targets = SCRIPT_IMPORT.findall(text if with_types else COMMENT.sub("", text))
        resolved = {(path.parent / target).resolve() for target in targets}
        graph[path] = {target for target in resolved if target.is_file()} - {path}
    return graph


def circles(graph: Mapping[Path, set[Path]]) -> list[list[Path]]:
    """Return the groups of files that all reach each other by their imports, the largest first."""
    files = sorted(graph)
    number = {path: index for index, path in enumerate(files)}
    matrix = lil_array((len(files), len(files)), dtype=bool)
    for path, targets in graph.items():
        for target in targets & number.keys():
            matrix[number[path], number[target]] = True
    _, labels = connected_components(matrix, directed=True, connection="strong")
    groups: dict[int, list[Path]] = {}
    for path, label in zip(files, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(path)
    return sorted((group for group in groups.values() if len(group) > 1), key=len, reverse=True)


def room(path: Path, folder: Path) -> str:
    """Return the room of a folder in which a file lies."""
    return path.relative_to(folder).parts[0].partition(".")[0]


def arrows(graph: Mapping[Path, set[Path]], folder: Path) -> set[tuple[str, str]]:
    """Return the pairs of rooms of a folder of which the first imports the second."""
    pairs = set()
    for path, targets in graph.items():
        for target in targets:
            if path.is_relative_to(folder) and target.is_relative_to(folder):
                pairs.add((room(path, folder), room(target, folder)))
    return {(importer, imported) for importer, imported in pairs if importer != imported}


def line_count(path: Path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def comprehension_count(path: Path) -> int:
    """Return how many comprehensions a file has, generator expressions among them."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return sum(isinstance(node, COMPREHENSIONS) for node in nodes)


def lines_by_room(files: list[Path], folder: Path) -> Counter[str]:
    """Return how many lines each room of a folder has."""
    totals: Counter[str] = Counter()
    for path in files:
        totals[room(path, folder)] += line_count(path)
    return totals


def report(package: Path, scripts: Path) -> Iterator[str]:
    """Yield the lines of the report on a package and on the scripts of the browser."""
    python, browser = python_graph(package), script_graph(scripts)
    running = script_graph(scripts, with_types=False)
    yield from circle_lines("Python", circles(python), package)
    yield from circle_lines("JavaScript", circles(browser), scripts)
    yield from circle_lines("JavaScript without types", circles(running), scripts)
    yield ""
    yield f"Arrows between rooms, the whole package: {len(arrows(python, package))}"
    yield f"Arrows between rooms, inside grading: {len(arrows(python, package / 'grading'))}"
    yield f"Arrows between rooms, js: {len(arrows(browser, scripts))}"
    yield f"Arrows between rooms, js without types: {len(arrows(running, scripts))}"
    yield ""
    yield from comprehension_lines(list(python), package)
    yield ""
    yield from room_lines("Python", list(python), package)
    yield from room_lines("JavaScript", list(browser), scripts)


def circle_lines(language: str, groups: list[list[Path]], folder: Path) -> Iterator[str]:
    """Yield how many circles there are, and the files of each."""
    yield f"Circles of files, {language}: {len(groups)}"
    for group in groups:
        names = [path.relative_to(folder).as_posix() for path in group]
        yield f"  {len(group)} files: {', '.join(names)}"


def comprehension_lines(files: list[Path], folder: Path) -> Iterator[str]:
    """Yield how many comprehensions there are in 1,000 lines, and the files that have most."""
    lines = {path: line_count(path) for path in files}
    counts = {path: comprehension_count(path) for path in files}
    yield f"Comprehensions in 1,000 lines: {per_thousand(sum(counts.values()), sum(lines.values())):.1f}"
    large = [path for path in files if lines[path] >= SMALLEST_FILE_LINES]
    by_rate = sorted(large, key=lambda path: per_thousand(counts[path], lines[path]), reverse=True)
    for path in by_rate[:WORST_FILES]:
        rate = per_thousand(counts[path], lines[path])
        yield f"  {rate:4.0f}  {path.relative_to(folder).as_posix()} ({counts[path]} in {lines[path]} lines)"


def per_thousand(count: int, lines: int) -> float:
    """Return how many there are in 1,000 lines; in none there are none."""
    return 1000 * count / lines if lines else 0.0


def room_lines(language: str, files: list[Path], folder: Path) -> Iterator[str]:
    """Yield how many lines each room has, the largest room first."""
    totals = lines_by_room(files, folder)
    yield f"Lines, {language}: {totals.total():,} in {len(files)} files"
    for name, lines in totals.most_common():
        yield f"  {lines:6,}  {name}"


def main() -> None:
    """Print the report on this repository."""
    for line in report(PACKAGE, SCRIPTS):
        print(line)


if __name__ == "__main__":
    main()
