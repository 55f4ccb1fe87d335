"""Shows on the pages of a preview what is wrong, and tells the browser to which page and task each problem belongs."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from copydesk.course.documents import Problem
from copydesk.publish.execution import is_failure
from copydesk.release.notebooks import read_notebook, write_notebook
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from nbformat import NotebookNode

    from copydesk.publish.preview_tasks import TaskFile

PLACE_OF_CELL = re.compile(r"\((?:<[^>]*>|\d+\.py), line (\d+)\)")
"""How Python names a line of a cell: the file that it names exists only for the kernel."""

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
TASKS_VIEW = re.compile(
    r'<div class="copydesk" data-copydesk="tasks"(?P<rest>[^>]*)>\s*'
    r'<script type="application/json">(?P<content>.*?)</script>',
    re.DOTALL,
)
WARNING = re.compile(
    r"^(?P<file>[^:\n]+\.(?:ipynb|md))(?::(?P<line>\d+))?: (?:WARNING|ERROR): (?P<fault>.*?)(?: \[[\w.-]+\])?$",
    re.MULTILINE,
)
LINES_OF_CELL = 10_000
"""MyST-NB numbers lines of a notebook so that there is room for as many in each cell."""

PAGES_OF = {"lessons": "lessons", "solutions": "exercises", "exercises": "exercises"}
"""The folder of the page that files of a folder are for."""


def show_failures(staged: Path, files: Iterable[TaskFile]) -> list[Problem]:
    """Put a box in place of each failure in the outputs of staged notebooks; return the failures as problems.

    A cell that failed because it needs more of a task than its stand-in has is none: that task has its own problem.
    """
    problems: list[Problem] = []
    stand_ins = frozenset(stand_in for file in files for stand_in in file.stand_ins)
    for path in sorted(staged.rglob("*.ipynb")):
        name = path.relative_to(staged).as_posix()
        book = read_notebook(path, name)
        found = list(_boxes(book, name, stand_ins))
        if found:
            path.write_bytes(write_notebook(book))
        problems += filter(None, found)
    return problems


def _boxes(book: NotebookNode, name: str, stand_ins: frozenset[str]) -> Iterator[Problem | None]:
    """Put boxes into the cells of a notebook that failed, and yield the problems; None for one of a stand-in."""
    for number, cell in enumerate(book.cells, start=1):
        failures = [output for output in cell.get("outputs", []) if is_failure(output)]
        if not failures:
            continue
        cell.outputs = [output for output in cell.outputs if not is_failure(output)]
        cell.metadata.tags = [tag for tag in cell.metadata.get("tags", []) if tag not in {"remove-cell", "lab-only"}]
        if stand_ins.intersection(re.findall(r"""["']([\w.]+)["']""", cell.source)):
            cell.outputs.append(_box(number, t("preview.stand_in"), "", ""))
            yield None
            continue
        problem = Problem(name, 0, t("preview.cell", number=number), _last_line(failures[-1]), t("preview.cell.remedy"))
        place, text = f"{name}, {problem.entry}", f"{problem.problem}. {problem.remedy}"
        cell.outputs.append(_box(number, t("preview.cell_failed"), place, text))
        yield problem


def _last_line(failure: NotebookNode) -> str:
    """Return what a failed cell says last."""
    text = failure.text if failure.output_type == "stream" else f"{failure.ename}: {failure.evalue}"
    lines = PLACE_OF_CELL.sub(r"(line \1)", COLOURS.sub("", text)).strip().splitlines()
    return lines[-1].strip().removesuffix(".") if lines else ""


def _box(number: int, title: str, place: str, text: str) -> NotebookNode:
    """Return an output that says what went wrong in a cell."""
    from nbformat.v4 import new_output  # noqa: PLC0415  (loaded already: a notebook was read)

    heading = f"preview-cell-{number}-heading"
    html = (
        f'<section class="preview-box" id="preview-cell-{number}" aria-labelledby="{heading}" tabindex="-1">'
        f'<h4 id="{heading}">{escape(title)}</h4>'
        f'<p class="preview-place">{escape(place)}</p><p>{escape(text)}</p></section>'
    )
    return new_output("display_data", data={"text/html": html})  # type: ignore[no-untyped-call, no-any-return]


def warning_problems(warnings: str) -> Iterator[Problem]:
    """Yield what Sphinx has warned about as problems."""
    for match in WARNING.finditer(warnings):
        line = int(match["line"] or 0)
        entry = ""
        if match["file"].endswith(".ipynb") and line:
            entry, line = t("preview.cell", number=line // LINES_OF_CELL), 0
        yield Problem(match["file"], line, entry, match["fault"].removesuffix("."), t("preview.warning.remedy"))


def name_tasks(html: Path) -> None:
    """Say in each view of tasks which they are: the script that draws the view takes their content away."""
    for path in sorted(html.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        named = TASKS_VIEW.sub(_with_names, text)
        if named != text:
            path.write_text(named, encoding="utf-8", newline="\n")


def _with_names(match: re.Match[str]) -> str:
    content = json.loads(match["content"])
    names = " ".join(task["id"] for task in content["tasks"])
    opening = match[0].partition(">")[0]
    return f'{opening} data-preview-tasks="{escape(names)}"{match[0][len(opening) :]}'


def page_of(file: str, pages: Collection[str]) -> str:
    """Return the page that a file of the course is for, if it is there; else an empty text."""
    path = PurePosixPath(file)
    top = path.parts[0] if path.parts else ""
    if top == "book":
        name = path.relative_to(top).with_suffix("").as_posix()
    else:
        name = f"{PAGES_OF.get(top, top)}/{path.stem}"
    return name if name in pages else ""


def amounts(shown: Iterable[dict[str, Any]]) -> str:
    """Return how many of some problems are to mend, and how many are still open: ``3 things to mend, 5 to write``."""
    are_open = [problem["open"] for problem in shown]
    writing, mending = are_open.count(True), are_open.count(False)
    texts = [t("preview.mend", count=mending)] if mending else []
    if writing:
        texts.append(t("preview.write", count=writing))
    return ", ".join(texts)


def described(
    problems: Iterable[Problem], files: Iterable[TaskFile], pages: Collection[str], *, are_open: bool = False
) -> list[dict[str, Any]]:
    """Return problems as the browser shows them: texts, with the page, the tasks and the cell that each is about.

    With ``are_open`` nothing is wrong there, but something is still to be done.
    """
    by_name = {file.name: file for file in files}
    shown = []
    for problem in problems:
        file = by_name.get(problem.file)
        tasks: tuple[str, ...] = ()
        if file is not None:
            tasks = file.tasks_at(problem.line)
            if not tasks and problem in file.problems:
                tasks = tuple(sorted(file.stand_ins))
        place = problem.file
        if problem.line:
            place += t("documents.line", line=problem.line)
        if problem.entry:
            place += t("documents.entry", entry=problem.entry)
        shown.append(
            {
                "place": place,
                "text": f"{problem.problem}. {problem.remedy}" if problem.remedy else problem.problem,
                "open": are_open,
                "page": page_of(problem.file, pages),
                "tasks": list(tasks),
                "instead": bool(file and file.stand_ins.intersection(tasks)),
                "cell": _cell_number(problem),
            }
        )
    return shown


def _cell_number(problem: Problem) -> int:
    """Return the number of the cell that a problem is in; 0 if it is in none, or in one of a solution."""
    match = re.search(r"\d+", problem.entry)
    is_shown = problem.file.endswith(".ipynb") and not problem.file.startswith("solutions/")
    return int(match[0]) if match and is_shown else 0
