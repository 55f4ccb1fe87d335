"""The commands for translators: texts as a table, and back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from copydesk import text
from copydesk.commands.console import clone_root, course_root, plain_errors, print_problems, say, stop
from copydesk.text import COURSE_TEXTS, DEFAULT, PARTS, t, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from copydesk.grading.files.csv_files import CsvTable
    from copydesk.text import Catalogue
    from copydesk.text.table import Fault

app = typer.Typer(no_args_is_help=True, help=t("command.text"))

CODE = re.compile("[a-z]{2,3}")
"""A language as a course names it."""

LanguageArgument = Annotated[str, typer.Argument(metavar="LANGUAGE", help=t("command.text.language"))]


@app.command("export", help=t("command.text.export"))
def export_texts(
    language: LanguageArgument,
    *,
    out: Annotated[Path | None, typer.Option(help=t("command.text.export.out"))] = None,
) -> None:
    """Write the texts of the interface and their translation as a table."""
    from copydesk.grading.files.csv_files import csv_bytes
    from copydesk.grading.files.writing import write
    from copydesk.text.table import table_rows

    _require_language(language)
    course_root()
    english, translated = texts_of(DEFAULT), texts_of(language)
    table = out or Path(f"texts-{language}.csv")
    with plain_errors():
        write(table, csv_bytes(table_rows(english, translated, language)))
    done, total = _count(translated), _count(english)
    say(t("command.text.exported", table=table, done=done, total=total, command=f"copydesk text import {language}"))
    if said := text.remark(language):
        say(t("command.text.remark", remark=said))


@app.command("import", help=t("command.text.import"))
def import_texts(
    language: LanguageArgument,
    table: Annotated[Path, typer.Argument(metavar="TABLE", help=t("command.text.import.table"))],
) -> None:
    """Check a table and write the catalogue of its language."""
    from copydesk.grading.files.csv_files import read_csv
    from copydesk.grading.files.writing import make_folder, write
    from copydesk.text.table import TableError, read_rows

    _require_language(language)
    file, english = _catalogue_file(language), texts_of(DEFAULT)
    with plain_errors():
        rows = list(_numbered_rows(read_csv(table)))
        try:
            catalogue = read_rows(rows, english, language)
        except TableError as error:
            _stop_at_faults(table, error.faults)
        make_folder(file.parent)
        write(file, json.dumps(catalogue, indent=2, ensure_ascii=False) + "\n", is_durable=True)
    say(t("command.text.imported", file=file, done=_count(catalogue), total=_count(english)))


def _require_language(language: str) -> None:
    if not CODE.fullmatch(language):
        stop(t("command.text.no_code", language=language))
    if language == DEFAULT:
        stop(t("command.text.original"))


def _catalogue_file(language: str) -> Path:
    """Return where a catalogue is written: among the package's in a clone of it, elsewhere in the course's folder."""
    root = clone_root()
    packaged = Path(text.__file__).parent
    is_clone = packaged.is_relative_to(root.resolve())
    return (packaged if is_clone else root / COURSE_TEXTS) / f"{language}.json"


def _numbered_rows(table: CsvTable) -> Iterator[tuple[int, str, str]]:
    """Yield the number, the key and the translation of each row that isn't empty."""
    from copydesk.grading.files.csv_files import is_formula, unquote
    from copydesk.text.table import KEY, TRANSLATION

    heads = table.heads
    if KEY not in heads or TRANSLATION not in heads:
        stop(t("command.text.no_column", table=table.name, first=KEY, second=TRANSLATION))
    column = heads.index(TRANSLATION)
    for row in range(1, len(table.rows)):
        name, cells = table.value(row, heads.index(KEY)), table.rows[row]
        written = unquote(cells[column]) if column < len(cells) else ""
        if written.startswith("'") and is_formula(written[1:]):
            written = written[1:]  # put there so that no spreadsheet runs it
        if name or written:
            yield table.first + row, name, written


def _stop_at_faults(table: Path, faults: Sequence[Fault]) -> NoReturn:
    """Print the faults of a table with their rows, and end the command.

    Raises:
        typer.Exit: always.
    """
    from copydesk.course.documents import Problem

    print_problems([Problem(str(table), fault.row, fault.key, fault.problem, fault.remedy) for fault in faults])
    stop(t("command.text.refused", count=len(faults)))


def _count(catalogue: Catalogue) -> int:
    return sum(len(catalogue.get(part, {})) for part in PARTS)
