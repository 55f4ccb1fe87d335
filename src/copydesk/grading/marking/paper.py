"""The paper route: a page to print and mark by hand, a table to type the marks in, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.csv_files import csv_text, read_csv
from copydesk.grading.files.pages import environment
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.safe_text import file_part, one_line
from copydesk.grading.files.writing import write
from copydesk.grading.marking.folder import Mark
from copydesk.grading.marking.moderation import level_in, read_rows
from copydesk.grading.marking.sampling import sample
from copydesk.grading.marking.session import written_entries
from copydesk.text import language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.folder import MarkedText, MarkingFolder, Role, TextsFile
    from copydesk.grading.marking.moderation import Row
    from copydesk.kinds.written.model import WrittenTask

COMMENT = " comment"
MAX_FAULTS = 20


class Paper(NamedTuple):
    """What is on paper of a task: the page to print, the table to type in, and how many rows that one got anew."""

    page: Path
    table: Path
    added: int = 0


def write_paper(folder: MarkingFolder, bank: Bank, *, marker: str, role: Role) -> list[Paper]:
    """Write, for each task, the page to print and the table to type in.

    A table that is there already is kept, with all that was typed in; texts that came since have a row at its end.

    Raises:
        GradingError: somebody else has this role, there are no texts, or a table has no column for them any more.
    """
    folder.require_role(marker, role)
    file = folder.texts()
    made = []
    for task, _ in written_entries(bank):
        texts = _own_texts(file, task, role)
        if not texts:
            continue
        name = f"paper-{task.id}-{file_part(marker)}"
        table = folder.path / f"{name}.csv"
        template = environment().get_template("marking/paper.html.j2")
        html = template.render(language=language(), bank=bank, task=task, texts=texts, marker=marker, table=table.name)
        page = folder.write(f"{name}.html", html)
        added = 0
        if table.exists():
            added = _add_rows(table, texts)
        else:
            folder.write(table.name, _empty_table(task, texts), is_durable=True)
        made.append(Paper(page, table, added))
    return made


def read_paper(folder: MarkingFolder, bank: Bank, path: Path, *, marker: str, role: Role) -> int:
    """Take over the marks that were typed into a table, and return how many; one fault, and none is taken over.

    Raises:
        GradingError: the table is of no task here, or rows are faulty; the message names each with its remedy.
    """
    folder.require_role(marker, role)
    file, rows = folder.texts(), read_rows(path)
    heads = set(rows[0][1]) if rows else set()
    tasks = [task for task, _ in written_entries(bank) if {"text", *(each.id for each in task.rubric)} <= heads]
    if not tasks:
        msg = (
            f"{path} is not a table for marks of {bank.lesson}: it needs the columns text and one for each criterion. "
            "Take the one that `copydesk mark --paper` writes, and leave its first line as it is"
        )
        raise GradingError(msg)
    known = {task.id: {text.id for text in file.tasks.get(task.id, ())} for task in tasks}  # also those replaced since
    task = max(tasks, key=lambda each: sum(row.get("text") in known[each.id] for _, row in rows))
    faults: list[str] = []
    marks = [mark for line, row in rows for mark in _marks(task, row, f"line {line}", known[task.id], faults)]
    _require_once(rows, faults)
    if faults:
        more = [f"… and {len(faults) - MAX_FAULTS} more"] if len(faults) > MAX_FAULTS else []
        msg = "\n".join([f"{path}: nothing was taken over.", *faults[:MAX_FAULTS], *more])
        raise GradingError(msg)
    folder.change_marks(task.id, marker, role, put=marks)
    return len(marks)


def _own_texts(file: TextsFile, task: WrittenTask, role: Role) -> list[MarkedText]:
    """Return the texts that a marker reads, by their numbers."""
    ids = file.open_ids(task.id)
    wanted = set(sample(ids, file.seed, task.id) if role == "second" else ids)
    return [text for text in file.tasks.get(task.id, ()) if text.id in wanted]


def _empty_table(task: WrittenTask, texts: list[MarkedText]) -> str:
    heads = [name for criterion in task.rubric for name in (criterion.id, criterion.id + COMMENT)]
    return csv_text(
        [["number", "text", *heads], *([str(each.number), each.id, *("" for _ in heads)] for each in texts)]
    )


def _add_rows(path: Path, texts: list[MarkedText]) -> int:
    """Put a row for each text that has none at the end of a table, as it was saved, and return how many."""
    table = read_csv(path, other="latin-1")  # what is typed is not looked at, and numbers and ids are ASCII
    heads = table.heads
    if "text" not in heads:
        msg = (
            f"{path} has no column text any more, so rows for further texts cannot be added. "
            "Put its first line right, or give the table another name to get a new one"
        )
        raise GradingError(msg)
    place = heads.index("text")
    there = {table.value(row, place) for row in range(len(table.rows))}
    missing = [text for text in texts if text.id not in there]
    quote = '"' if table.rows[0][place].startswith('"') else ""
    mark, end = table.ends[0][0], table.ends[0][-1] or "\r\n"
    lines = [] if table.ends[-1][-1] or not missing else [end]
    for text in missing:
        values = {"number": str(text.number), "text": text.id}
        lines.append(mark.join(f"{quote}{values.get(head, '')}{quote}" for head in heads) + end)
    write(path, path.read_bytes() + "".join(lines).encode(table.encoding), is_durable=True)
    return len(missing)


def _marks(task: WrittenTask, row: Row, line: str, known: set[str], faults: list[str]) -> Iterator[Mark]:
    """Yield the marks of a row; add what is wrong with it to ``faults``."""
    text = row.get("text", "")
    if not any(row.values()):
        return
    if text not in known:
        faults.append(f"{line}: there is no text {one_line(text, 40)!r} to mark. Copy the column text from a new table")
        return
    for criterion in task.rubric:
        comment = one_line(" ".join(row.get(criterion.id + COMMENT, "").split()))
        try:
            level = level_in(row[criterion.id], f"{line}: {criterion.id}")
        except GradingError as error:
            faults.append(f"{error}.")
            continue
        if level is not None:
            at, comments = datetime.now(UTC), (comment,) if comment else ()
            yield Mark(text=text, criterion=criterion.id, level=level, comments=comments, at=at)
        elif comment:
            faults.append(
                f"{line}: {criterion.id} has a comment and no level. Type 1, 2, 3 or 4, or remove the comment."
            )


def _require_once(rows: list[tuple[int, Row]], faults: list[str]) -> None:
    """Add a fault for each text that has two rows."""
    seen: dict[str, int] = {}
    for line, row in rows:
        text = row.get("text", "")
        if text and text in seen:
            faults.append(
                f"line {line}: the text {one_line(text, 40)!r} stands in line {seen[text]} already. Remove one."
            )
        seen.setdefault(text, line)
