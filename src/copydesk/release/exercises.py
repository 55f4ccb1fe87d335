"""Cuts ``exercises/``, what learners get, from ``solutions/``, what instructors keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from copydesk.course.bank import BESIDE, Bank, Entry
from copydesk.course.bank_files import CLOSING, EXERCISES, SOLUTIONS, kept_as, read_kept_banks
from copydesk.course.documents import ContentError, Problem, is_same_text
from copydesk.release.notebooks import (
    COMPARED,
    DROPPED,
    NB,
    OF_LESSONS,
    cut_source,
    read_notebook,
    tags_of,
    tidy,
    write_notebook,
)
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from nbformat import NotebookNode

    from copydesk.course.bank_files import BankFile
    from copydesk.course.course import Course

HEADER = "# Made from {source} by `copydesk release`. Change that file, not this one.\n"
KEPT_HEADER = """\
# What learners are shown of {source}, with its key: submissions name the version that they were made with.
# `copydesk release` keeps this file in step until a task there changes. From then on only its keys may be changed, by
# hand, for the submissions that were made before.
"""
CHECK = re.compile(r"""^desk\.check\(\s*["']([^"']+)["']\s*\)$""")
KEYED = re.compile(r"solution\s*=\s*True|\.solve\(")
LINE_WIDTH = 100
KEPT_BACK = frozenset({"key", *BESIDE})


def release(course: Course, *, check: bool) -> list[Path]:
    """Bring ``exercises/`` up to date with ``solutions/``; return the files that changed.

    With ``check`` nothing is written, and an exercise that has no solution counts as changed too:
    it is left for a person to delete.

    Raises:
        ContentError: a solution cannot be cut; nothing is written then.
    """
    made = {course.root / name: content for name, content in exercises(course).items()}
    changed = [path for path, content in made.items() if not is_same_text(path, content)]
    if check:
        return sorted(changed + [path for path in _released(course.root) if path not in made])
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made[path])
    return sorted(changed)


def exercises(course: Course) -> dict[str, bytes]:
    """Return the bytes of everything under ``exercises/`` and of the banks shown now, by path below the course."""
    made: dict[str, bytes] = {}
    for path in sorted((course.root / "solutions").glob(OF_LESSONS)):
        notebook = read_notebook(path, f"solutions/{path.name}")
        made[f"exercises/{path.name}"] = write_notebook(cut(notebook, path.stem))
    for lesson in course.lessons(SOLUTIONS):
        file = course.bank_file(SOLUTIONS, lesson)
        made[f"{EXERCISES}/{lesson}.yml"] = without_keys(file)
        if closing := closing_bank(file):
            made[f"{CLOSING}/{lesson}.yml"] = closing
        bank = course.bank(SOLUTIONS, lesson)
        made[kept_as(bank)] = kept_bank(bank, file.name)
    read_kept_banks(course.root, course.solutions.values())  # an unreadable one stops the release, not the grading
    return made


def cut(notebook: NotebookNode, slug: str) -> NotebookNode:
    """Return the exercise that is in a solution notebook.

    Raises:
        ContentError: a solution block is not well formed, or something of the solution would be left.
    """
    name = f"solutions/{slug}.ipynb"
    cells = []
    for position, cell in enumerate(notebook.cells):
        if tags_of(cell) & DROPPED:
            continue
        if cell.cell_type == "code":
            source = cut_source(cell.source, name, position)
            outputs = _outputs(cell, source, name, position)
            kept = NB.v4.new_code_cell(source, metadata=cell.metadata, outputs=outputs)
            _require_no_solution(source, name, position)
        else:
            kept = NB.from_dict(cell)
            _require_no_solution(cell.source, name, position)
        cells.append(kept)
    return tidy(NB.v4.new_notebook(cells=cells), slug)


def _outputs(cell: NotebookNode, source: str, name: str, position: int) -> list[NotebookNode]:
    """Return what a compared cell prints in an untouched exercise; nothing for any other cell."""
    if COMPARED not in tags_of(cell):
        return []
    lines = [line for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    checks = [CHECK.match(line.strip()) for line in lines]
    if lines and all(checks):
        said = [t("check.unanswered", task=match[1]) for match in checks if match]
        return [NB.v4.new_output("display_data", data={"text/plain": each}) for each in said]
    if source != cell.source.strip("\n"):
        what = f"cell {position + 1} is compared and holds a solution, so what the exercise prints is not known"
        raise ContentError([Problem(name, 0, "", what, f"Take the tag {COMPARED!r} from it.")])
    return list(cell.outputs)


def _require_no_solution(source: str, name: str, position: int) -> None:
    """Refuse a cell that would hand out what only the instructor may have."""
    if found := KEYED.search(source):
        what = f"cell {position + 1} would hand out {found[0]!r}, which needs the key"
        remedy = "Put that line between ### BEGIN SOLUTION and ### END SOLUTION, or give the cell the tag 'solution'."
        raise ContentError([Problem(name, 0, "", what, remedy)])
    if "### BEGIN SOLUTION" in source or "### END SOLUTION" in source:
        what = f"cell {position + 1} is text and has a solution block, which only code can have"
        raise ContentError([Problem(name, 0, "", what, "Give the whole cell the tag 'solution'.")])


def without_keys(file: BankFile) -> bytes:
    """Return a task file without its keys, in the order in which it was written.

    Raises:
        ContentError: the file is not marked as graded.
    """
    bank, name = file.bank, file.name
    if bank.purpose != "graded":
        what = f"the purpose is {bank.purpose!r}"
        raise ContentError(
            [Problem(name, 0, "", what, "Write 'purpose: graded'; practice belongs in lessons/quizzes.")]
        )
    data: dict[str, Any] = dict(file.document.data)
    data["tasks"] = [_without(KEPT_BACK, entry) for entry in data["tasks"]]
    if Bank.model_validate(data) != bank.without_keys():
        message = f"{name}: the file without keys does not read as the same tasks"
        raise AssertionError(message)
    return _yaml(data, name)


def closing_bank(file: BankFile) -> bytes | None:
    """Return the baseline tasks of a task file with their keys, for after the closing form; nothing without any."""
    data: dict[str, Any] = file.document.data
    both = zip(file.bank.tasks, data["tasks"], strict=True)
    asked = [_without(BESIDE, raw) for entry, raw in both if entry.task.group == "baseline"]
    return _yaml({**data, "purpose": "practice", "tasks": asked}, file.name) if asked else None


def kept_bank(bank: Bank, name: str) -> bytes:
    """Return a bank with its keys as it is kept for submissions that name it: whole, whatever becomes of its source."""
    data = bank.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"tasks"})
    data["tasks"] = [{**entry.task.model_dump(mode="json", exclude_unset=True), **_key(entry)} for entry in bank.tasks]
    return _yaml(data, name, KEPT_HEADER)


def _key(entry: Entry) -> dict[str, Any]:
    return {} if entry.key is None else {"key": entry.key.model_dump(mode="json", exclude_unset=True)}


def _yaml(data: dict[str, Any], name: str, header: str = HEADER) -> bytes:
    """Return a released file: what it is, and its data."""
    body = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=LINE_WIDTH, default_flow_style=False
    )
    return (header.format(source=name) + body).encode()


def _without(fields: Collection[str], entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry without some of its fields; it may be written flat or as ``task`` beside ``key``."""
    return {name: value for name, value in entry.items() if name not in fields}


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks and each value in full, without anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  (the signature is PyYAML's)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _released(root: Path) -> list[Path]:
    """Return the notebooks and task files that stand under ``exercises/``."""
    tasks = (path for folder in (EXERCISES, CLOSING) for path in (root / folder).glob("*.yml"))
    return [*(root / "exercises").glob("*.ipynb"), *tasks]
