"""Cuts ``exercises/``, which learners get, from ``solutions/``, which instructors keep."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any

import yaml

from copydesk.course.bank import AUTHOR_FIELDS, Bank, Entry
from copydesk.course.bank_files import CLOSING, EXERCISES, SOLUTIONS, kept_bank_name, read_kept_banks
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
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from nbformat import NotebookNode

    from copydesk.course.bank_files import BankFile
    from copydesk.course.course import Course

HEADER = "# Made from {source} by `copydesk release`. Change that file, not this one.\n"
KEPT_HEADER = """\
# What learners are shown of {source}, with its key: submissions name the version that they were made with.
# Anyone graded by this key never loses by a later one. Where no one has been graded by it yet, `copydesk release
# --new-keys` puts in the present key. Once a task there has changed, a key here is corrected by hand.
"""
CHECK = re.compile(r"""^desk\.check\(\s*["']([^"']+)["']\s*\)$""")
KEYED = re.compile(r"solution\s*=\s*True|\.solve\(")
LINE_WIDTH = 100
KEPT_BACK = frozenset({"key", *AUTHOR_FIELDS})


def release(course: Course, *, check: bool, new_keys: bool = False) -> list[Path]:
    """Bring ``exercises/`` up to date with ``solutions/``; return the files that changed.

    A bank that learners are shown keeps the key of its first day, by which they may have been graded; with
    ``new_keys`` it gets today's key.

    With ``check`` nothing is written, and an exercise without a solution counts as changed too:
    it is left for a person to delete.

    Raises:
        ContentError: a solution cannot be cut; nothing is written then.
    """
    files = released_files(course, new_keys=new_keys)
    changed = list(_changed_files(course.root, files))
    if check:
        changed += _files_without_solution(course.root, files)
        return sorted(changed)
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[path.relative_to(course.root).as_posix()])
    return sorted(changed)


def _changed_files(root: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield the files that are missing or whose content has changed."""
    for name, content in files.items():
        if not is_same_text(root / name, content):
            yield root / name


def _files_without_solution(root: Path, files: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield the notebooks and task files under ``exercises/`` that come from no solution."""
    notebooks = (root / "exercises").glob("*.ipynb")
    tasks = (root / EXERCISES).glob("*.yml")
    closing = (root / CLOSING).glob("*.yml")
    for path in chain(notebooks, tasks, closing):
        if path.relative_to(root).as_posix() not in files:
            yield path


def released_files(course: Course, *, new_keys: bool = False) -> dict[str, bytes]:
    """Return the bytes of everything under ``exercises/`` and of the banks now shown, by path below the course."""
    files: dict[str, bytes] = {}
    for path in sorted((course.root / "solutions").glob(OF_LESSONS)):
        notebook = read_notebook(path, f"solutions/{path.name}")
        files[f"exercises/{path.name}"] = write_notebook(cut(notebook, path.stem))
    for lesson in course.lessons(SOLUTIONS):
        file = course.bank_file(SOLUTIONS, lesson)
        files[f"{EXERCISES}/{lesson}.yml"] = public_bank(file)
        closing = closing_bank(file)
        if closing is not None:
            files[f"{CLOSING}/{lesson}.yml"] = closing
        bank = course.bank(SOLUTIONS, lesson)
        if new_keys or not (course.root / kept_bank_name(bank)).is_file():
            files[kept_bank_name(bank)] = kept_bank(bank, file.name)
    read_kept_banks(course.root)  # an unreadable one stops the release, not the grading
    return files


def cut(notebook: NotebookNode, slug: str) -> NotebookNode:
    """Return the exercise contained in a solution notebook.

    Raises:
        ContentError: a solution block is not well formed, or part of the solution would be left.
    """
    name = f"solutions/{slug}.ipynb"
    cells = []
    for position, cell in enumerate(notebook.cells):
        if tags_of(cell) & DROPPED:
            continue
        if cell.cell_type == "code":
            source = cut_source(cell.source, name, position)
            outputs = _outputs(cell, source, name, position)
            cells.append(NB.v4.new_code_cell(source, metadata=cell.metadata, outputs=outputs))
            _require_no_solution(source, name, position)
        else:
            cells.append(NB.from_dict(cell))
            _require_no_solution(cell.source, name, position)
    return tidy(NB.v4.new_notebook(cells=cells), slug)


def _outputs(cell: NotebookNode, source: str, name: str, position: int) -> list[NotebookNode]:
    """Return the outputs of a compared cell in an untouched exercise; nothing for any other cell."""
    if COMPARED not in tags_of(cell):
        return []
    tasks = _checked_tasks(source)
    if tasks:
        outputs = []
        for task in tasks:
            text = t("check.unanswered", task=task)
            outputs.append(NB.v4.new_output("display_data", data={"text/plain": text}))
        return outputs
    if source != cell.source.strip("\n"):
        fault = f"cell {position + 1} is compared and holds a solution, so what the exercise prints is not known"
        raise ContentError([Problem(name, 0, "", fault, f"Take the tag {COMPARED!r} from it.")])
    return list(cell.outputs)


def _checked_tasks(source: str) -> list[str]:
    """Return the tasks that a cell checks; none if the cell does anything else."""
    tasks = []
    for line in map(str.strip, source.splitlines()):
        if not line or line.startswith("#"):
            continue
        match = CHECK.match(line)
        if match is None:
            return []
        tasks.append(match[1])
    return tasks


def _require_no_solution(source: str, name: str, position: int) -> None:
    """Refuse a cell that would give away what only the instructor may have."""
    match = KEYED.search(source)
    if match:
        fault = f"cell {position + 1} would hand out {match[0]!r}, which needs the key"
        remedy = "Put that line between ### BEGIN SOLUTION and ### END SOLUTION, or give the cell the tag 'solution'."
        raise ContentError([Problem(name, 0, "", fault, remedy)])
    if "### BEGIN SOLUTION" in source or "### END SOLUTION" in source:
        fault = f"cell {position + 1} is text and has a solution block, which only code can have"
        raise ContentError([Problem(name, 0, "", fault, "Give the whole cell the tag 'solution'.")])


def public_bank(file: BankFile) -> bytes:
    """Return a task file without its keys, in its original order.

    Raises:
        ContentError: the file is not marked as graded.
    """
    bank, name = file.bank, file.name
    if bank.purpose != "graded":
        fault = f"the purpose is {bank.purpose!r}"
        raise ContentError(
            [Problem(name, 0, "", fault, "Write 'purpose: graded'; practice belongs in lessons/quizzes.")]
        )
    data: dict[str, Any] = dict(file.document.data)
    data["tasks"] = [_drop_fields(KEPT_BACK, entry) for entry in data["tasks"]]
    if Bank.model_validate(data) != bank.without_keys():
        message = f"{name}: the file without keys does not read as the same tasks"
        raise AssertionError(message)
    return _yaml(data, name)


def closing_bank(file: BankFile) -> bytes | None:
    """Return the baseline tasks of a task file with their keys, for after a form; None if there are none."""
    data: dict[str, Any] = file.document.data
    tasks = []
    for entry, raw in zip(file.bank.tasks, data["tasks"], strict=True):
        if entry.task.group == "baseline":
            tasks.append(_drop_fields(AUTHOR_FIELDS, raw))
    if not tasks:
        return None
    return _yaml(data | {"purpose": "practice", "tasks": tasks}, file.name)


def kept_bank(bank: Bank, name: str) -> bytes:
    """Return a bank with its keys as kept for submissions that name it: whole, whatever happens to its source."""
    data = bank.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"tasks"})
    data["tasks"] = list(map(_flat_entry, bank.tasks))
    return _yaml(data, name, KEPT_HEADER)


def _flat_entry(entry: Entry) -> dict[str, Any]:
    """Return a task with its key among its fields, as plain data; its twin has only the fields that differ."""
    data = entry.task.model_dump(mode="json", exclude_unset=True)
    if entry.key is not None:
        data["key"] = entry.key.model_dump(mode="json", exclude_unset=True)
    if entry.twin is not None:
        twin = _flat_entry(entry.twin)
        data["twin"] = {name: value for name, value in twin.items() if name not in data or data[name] != value}
    return data


def _yaml(data: dict[str, Any], name: str, header: str = HEADER) -> bytes:
    """Return the bytes of a released file: a header that names its source, then its data."""
    body = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=LINE_WIDTH, default_flow_style=False
    )
    return (header.format(source=name) + body).encode()


def _drop_fields(fields: Collection[str], entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry and its twin without some fields; it may be flat or have ``task`` beside ``key``."""
    kept = {name: value for name, value in entry.items() if name not in fields}
    if isinstance(kept.get("twin"), dict):
        kept["twin"] = _drop_fields(fields, kept["twin"])
    return kept


class _Dumper(yaml.SafeDumper):
    """Writes multi-line texts as blocks, and each value in full, without anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  (the signature is PyYAML's)
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
