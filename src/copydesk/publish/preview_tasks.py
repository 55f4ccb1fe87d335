"""Lets a course with wrong tasks be shown: in a copy of it, stand-ins take the places of tasks that cannot be read."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import yaml

from copydesk.course.bank_files import EXERCISES, QUIZZES, SOLUTIONS, read_bank_file
from copydesk.course.course_file import read_course_file
from copydesk.course.documents import ContentError, read_document
from copydesk.model.task import Group
from copydesk.release.notebooks import read_notebook
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.course.documents import Document, Problem

IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.]{0,63}")
GROUPS: tuple[str, ...] = get_args(Group)
QUIZ_GROUPS = ("warm-up", "worked", "practice", "quiz")
"""The groups of which a quiz that cannot be read gets a stand-in each, for cells that show a whole group."""

STAND_IN_OPTIONS = ("a", "b")
NOTHING = "..."
"""Stands where a file has to have a text, and no one reads it."""


@dataclass(frozen=True)
class TaskFile:
    """A file of tasks as it is shown: on which line each of its tasks begins, and which are stand-ins.

    ``problems`` are those because of which there are stand-ins. Without ``lines`` no part of the file can be shown.
    """

    name: str
    lines: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    stand_ins: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    def tasks_at(self, line: int) -> tuple[str, ...]:
        """Return the task that a line of the file belongs to; all of them if no part of the file can be shown."""
        if not self.lines:
            return self.ids
        place = bisect_right(self.lines, line) - 1
        return (self.ids[place],) if place >= 0 and line else ()


def put_stand_ins(root: Path) -> list[TaskFile]:
    """Write stand-ins into the task files of a copied course, where they are needed; return all its task files."""
    folders = [QUIZZES, SOLUTIONS if (root / SOLUTIONS).is_dir() else EXERCISES]
    files: list[TaskFile] = []
    for folder in folders:
        paths = sorted((root / folder).glob("*.yml"))
        files += [_with_stand_ins(root, path, f"{folder}/{path.name}") for path in paths]
    return files


def _with_stand_ins(root: Path, path: Path, name: str) -> TaskFile:
    try:
        bank_file = read_bank_file(path, name)
        return TaskFile(name, tuple(bank_file.lines.values()), tuple(bank_file.lines))
    except ContentError as error:
        problems = tuple(error.problems)
    try:
        document = read_document(path, name)
    except ContentError:
        return _all_stand_ins(root, path, TaskFile(name, problems=problems), {})
    tasks = document.data.get("tasks") if isinstance(document.data, dict) else None
    if not isinstance(tasks, list) or not tasks:
        return _all_stand_ins(root, path, TaskFile(name, problems=problems), document.data)
    file = _file_of_document(document, tasks, problems)
    shown: list[Any] = []
    for task, task_id in zip(tasks, file.ids, strict=True):
        if task_id in file.stand_ins:
            own = tuple(problem for problem in problems if task_id in file.tasks_at(problem.line))
            task = _stand_in(task_id, _group_of(task, shown), own or problems)  # noqa: PLW2901
        shown.append(task)
    _write(path, document.data | {"tasks": shown})
    try:
        read_bank_file(path, name)
    except ContentError:  # something else in it is wrong too
        return _all_stand_ins(root, path, TaskFile(name, problems=problems), document.data)
    return file


def _file_of_document(document: Document, tasks: list[Any], problems: tuple[Problem, ...]) -> TaskFile:
    """Return which tasks of a file that can be read need stand-ins: those with a problem, and second ones of an id."""
    lines = tuple(document.line_of(("tasks", index)) for index in range(len(tasks)))
    wrong = {bisect_right(lines, problem.line) - 1 for problem in problems}
    ids: list[str] = []
    stand_ins = set()
    for index, task in enumerate(tasks):
        task_id = task.get("id") if isinstance(task, dict) else None
        is_usable = isinstance(task_id, str) and IDENTIFIER.fullmatch(task_id) and task_id not in ids
        ids.append(str(task_id) if is_usable else f"stand-in.{index + 1}")
        if index in wrong or not is_usable:
            stand_ins.add(ids[-1])
    return TaskFile(document.name, lines, tuple(ids), frozenset(stand_ins), problems)


def _group_of(task: Any, before: list[Any]) -> str:  # noqa: ANN401  (raw YAML)
    """Return the group of a task, or where it has none that exists, of the task before it."""
    for candidate in [task, *reversed(before)]:
        group = candidate.get("group") if isinstance(candidate, dict) else None
        if group in GROUPS:
            return str(group)
    return "practice"


def _all_stand_ins(root: Path, path: Path, file: TaskFile, data: Any) -> TaskFile:  # noqa: ANN401  (raw YAML)
    """Write a file of nothing but stand-ins: one for each task that the notebooks name, and for whole groups."""
    is_graded = path.parent.name == "tasks"
    header = data if isinstance(data, dict) else {}
    title = header.get("title")
    named = list(_named_tasks(root, path.stem, ("solutions", "exercises") if is_graded else ("lessons",)))
    tasks = [_stand_in(name, "exercise" if is_graded else "note", file.problems) for name in named]
    if is_graded and not named:
        tasks.append(_stand_in("stand-in", "exercise", file.problems))
    if not is_graded:
        tasks = [_stand_in(f"stand-in.{group}", group, file.problems) for group in QUIZ_GROUPS] + tasks
    _write(
        path,
        {
            "schema": "copydesk/bank/1",
            "course": read_course_file(root).data["id"],
            "lesson": path.stem,
            "title": title if isinstance(title, str) and title.strip() else path.stem,
            "purpose": "graded" if is_graded else "practice",
            "keyed_by": NOTHING,
            "tasks": tasks,
        },
    )
    ids = tuple(task["id"] for task in tasks)
    return TaskFile(file.name, (), ids, frozenset(ids), file.problems)


def _named_tasks(root: Path, lesson: str, folders: tuple[str, ...]) -> Iterator[str]:
    """Yield what may be ids of tasks in the code of a lesson's notebook: its short texts, without repetition."""
    names: dict[str, None] = {}
    for folder in folders:
        path = root / folder / f"{lesson}.ipynb"
        if not path.is_file():
            continue
        for cell in read_notebook(path, f"{folder}/{path.name}").cells:
            if cell.cell_type == "code" and "desk." in cell.source:
                names.update(dict.fromkeys(_texts_in(cell.source)))
    for name in names:
        if IDENTIFIER.fullmatch(name) and name not in GROUPS and any(map(str.isdigit, name)):
            yield name


def _texts_in(code: str) -> Iterator[str]:
    try:
        nodes = ast.walk(ast.parse(code))
    except SyntaxError:
        return
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _stand_in(task_id: str, group: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    """Return a task that says what is wrong with the one in whose place it is; a reader without a script sees it so."""
    options = {name: {"weight": int(name == "a"), "why": NOTHING} for name in STAND_IN_OPTIONS}
    return {
        "id": task_id,
        "kind": "choice",
        "group": group,
        "title": t("preview.stand_in"),
        "prompt": "\n\n".join(map(str, problems)),
        "options": [{"id": name, "text": NOTHING} for name in STAND_IN_OPTIONS],
        "key": {"options": options},
    }


def _write(path: Path, data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8", newline="\n")
