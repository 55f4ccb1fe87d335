"""The paper route: a page to print and mark by hand, a table to type the marks into, and the way back."""

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
from copydesk.grading.marking.readers import ids_to_read
from copydesk.grading.marking.session import criterion_ids, written_entries
from copydesk.text import language, t

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
    """A task on paper: the page to print, the table to type into, and how many rows were added to the table."""

    page: Path
    table: Path
    added: int = 0


def write_paper(folder: MarkingFolder, bank: Bank, *, marker: str, role: Role) -> list[Paper]:
    """Write, for each task, the page to print and the table to type into.

    An existing table is kept, with everything typed into it; newer texts get a row at its end.

    Raises:
        GradingError: someone else has this role, there are no texts, or a table no longer has a column for them.
    """
    folder.require_role(marker, role)
    file = folder.texts()
    papers = []
    for task, key in written_entries(bank):
        ids = ids_to_read(folder, file, task, marker=marker, role=role)
        texts = [text for text in file.tasks.get(task.id, ()) if text.id in ids]
        if not texts:
            continue
        name = f"paper-{task.id}-{file_part(marker)}"
        table = folder.path / f"{name}.csv"
        template = environment().get_template("marking/paper.html.j2")
        html = template.render(
            language=language(),
            bank=bank,
            task=task,
            facts=key.facts,
            texts=texts,
            marker=marker,
            table=table.name,
        )
        page = folder.write(f"{name}.html", html)
        added = 0
        if table.exists():
            added = _add_rows(table, texts)
        else:
            folder.write(table.name, _empty_table(task, texts), is_durable=True)
        papers.append(Paper(page, table, added))
    return papers


def read_paper(folder: MarkingFolder, bank: Bank, path: Path, *, marker: str, role: Role) -> int:
    """Take over the marks typed into a table, and return how many; if there is any fault, none are taken over.

    Raises:
        GradingError: the table belongs to no task here, or rows are faulty; the message names each with its remedy.
    """
    folder.require_role(marker, role)
    file, rows = folder.texts(), read_rows(path)
    task = _task_of(rows, bank, file)
    if task is None:
        raise GradingError(t("paper.no_table", path=path, lesson=bank.lesson))
    ids = _text_ids(file, task)
    faults: list[str] = []
    marks: list[Mark] = []
    for line, row in rows:
        marks += _marks(task, row, t("command.line", line=line), ids, faults)
    _add_repeated(rows, faults)
    if faults:
        shown = faults[:MAX_FAULTS]
        if len(faults) > MAX_FAULTS:
            shown.append(t("paper.more_faults", count=len(faults) - MAX_FAULTS))
        raise GradingError("\n".join([t("paper.nothing_taken", path=path), *shown]))
    folder.change_marks(task.id, marker, role, put=marks)
    return len(marks)


def _task_of(rows: list[tuple[int, Row]], bank: Bank, file: TextsFile) -> WrittenTask | None:
    """Return the task whose criteria are the columns of a table; of several, the one with most of its texts."""
    best, most = None, -1
    for task, _ in written_entries(bank):
        columns = {"text"} | criterion_ids(task)
        if not rows or not columns <= rows[0][1].keys():
            continue
        ids = _text_ids(file, task)
        count = sum(row.get("text") in ids for _, row in rows)
        if count > most:
            best, most = task, count
    return best


def _text_ids(file: TextsFile, task: WrittenTask) -> set[str]:
    """Return the ids of all texts of a task, including those replaced since."""
    return {text.id for text in file.tasks.get(task.id, ())}


def _empty_table(task: WrittenTask, texts: list[MarkedText]) -> str:
    heads = ["number", "text"]
    for criterion in task.rubric:
        heads += criterion.id, criterion.id + COMMENT
    rows = [heads]
    for text in texts:
        empty = [""] * (len(heads) - 2)
        rows.append([str(text.number), text.id, *empty])
    return csv_text(rows)


def _add_rows(path: Path, texts: list[MarkedText]) -> int:
    """Append a row for each text that has none to a table, as it was saved, and return how many."""
    table = read_csv(path, other="latin-1")  # what was typed is not looked at, and numbers and ids are ASCII
    heads = table.heads
    if "text" not in heads:
        raise GradingError(t("paper.no_column", path=path))
    place = heads.index("text")
    present = set(table.column(place))
    missing = [text for text in texts if text.id not in present]
    quote = '"' if table.rows[0][place].startswith('"') else ""
    mark, end = table.ends[0][0], table.ends[0][-1] or "\r\n"
    has_last_end = bool(table.ends[-1][-1])
    lines = [] if has_last_end or not missing else [end]
    for text in missing:
        values = {"number": str(text.number), "text": text.id}
        cells = [f"{quote}{values.get(head, '')}{quote}" for head in heads]
        lines.append(mark.join(cells) + end)
    write(path, path.read_bytes() + "".join(lines).encode(table.encoding), is_durable=True)
    return len(missing)


def _marks(task: WrittenTask, row: Row, line: str, ids: set[str], faults: list[str]) -> Iterator[Mark]:
    """Yield the marks of a row; add what is wrong with it to ``faults``."""
    text = row.get("text", "")
    if not any(row.values()):
        return
    if text not in ids:
        faults.append(t("paper.no_text", line=line, text=one_line(text, 40)))
        return
    for criterion in task.rubric:
        comment = one_line(" ".join(row.get(criterion.id + COMMENT, "").split()))
        try:
            level = level_in(row[criterion.id], f"{line}: {criterion.id}")
        except GradingError as error:
            faults.append(f"{error}.")
            continue
        if level is not None:
            comments = (comment,) if comment else ()
            yield Mark(text=text, criterion=criterion.id, level=level, comments=comments, at=datetime.now(UTC))
        elif comment:
            faults.append(t("paper.no_level", line=line, criterion=criterion.id))


def _add_repeated(rows: list[tuple[int, Row]], faults: list[str]) -> None:
    """Add a fault for each text that has two rows."""
    first_lines: dict[str, int] = {}
    for line, row in rows:
        text = row.get("text", "")
        if text and text in first_lines:
            faults.append(t("paper.twice", line=line, text=one_line(text, 40), first=first_lines[text]))
        first_lines.setdefault(text, line)
