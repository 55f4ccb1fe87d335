"""Writes tables as CSV files that no spreadsheet runs, and reads one so that it can be written back unchanged."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 50_000_000
SAMPLE = 4_000
BOM = "\ufeff"
"""Without it, Excel reads UTF-8 as something else."""

SPREADSHEETS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""How the files of Excel, LibreOffice and Numbers begin: as zip files do, or as old files of Office."""

SPREADSHEET_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".numbers"})
HOW_TO_SAVE = (
    "Open it and save it as CSV in UTF-8. In Excel: File, Save As, CSV UTF-8 (Comma delimited). In LibreOffice: File, "
    "Save As, Text CSV, and then the character set Unicode (UTF-8). In Numbers: File, Export To, CSV, and under "
    "Advanced Options the encoding Unicode (UTF-8)"
)

DELIMITERS = (",", ";", "\t")
CELLS = {
    mark: re.compile(rf'(?P<cell>(?:"(?:[^"]|"")*+"|[^{mark}\r\n"])*+)(?P<end>{mark}|\r\n|\n|\r|\Z)')
    for mark in DELIMITERS
}
START = re.compile(r"\ufeff?(?:\"?sep=(?P<mark>[,;\t])\"?(?:\r\n|\n|\r))?", re.IGNORECASE)
"""What may come before the table: a mark that it is UTF-8, and a line for Excel that names the mark between cells."""

NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
RUNS_AS_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
LONGEST_CELL = 600


@dataclass(slots=True)
class CsvText:
    """A CSV file as rows of cells as written, with the marks between them.

    ``rows`` holds what is written, quotes and all; ``ends`` what stands behind each cell, ``before`` what comes first,
    ``encoding`` how the file is stored. ``first`` is the number of the first row as a person counts.
    """

    name: str
    rows: list[list[str]]
    ends: list[list[str]]
    before: str
    first: int = 1
    encoding: str = "utf-8"

    @property
    def heads(self) -> list[str]:
        """Return what the cells of the first row say."""
        return [self.value(0, column) for column in range(len(self.rows[0]))] if self.rows else []

    def value(self, row: int, column: int) -> str:
        """Return what a cell says: without its quotes and the space around it; empty where the row is too short."""
        return unquoted(self.rows[row][column]).strip() if column < len(self.rows[row]) else ""

    def column(self, column: int) -> list[str]:
        """Return what a column has below its head, without empty cells."""
        return [value for row in range(1, len(self.rows)) if (value := self.value(row, column))]

    def filled(self, row: int) -> int:
        """Return how many cells of a row say something."""
        return sum(bool(cell.strip()) for cell in self.rows[row])

    def length(self, row: int) -> int:
        """Return how many cells a row has, without empty ones at its end."""
        places = [place for place, cell in enumerate(self.rows[row]) if cell.strip()]
        return places[-1] + 1 if places else 0

    def put(self, row: int, column: int, value: str) -> None:
        """Write a plain value into a cell, in quotes where there were some."""
        old = self.rows[row][column]
        self.rows[row][column] = f'"{value}"' if old.startswith('"') else value

    def text(self) -> str:
        """Return the file; cells that were not touched are as they came, but those that a spreadsheet would run."""
        lines = (
            "".join(_safe_as_written(cell) + end for cell, end in zip(cells, ends, strict=True))
            for cells, ends in zip(self.rows, self.ends, strict=True)
        )
        return self.before + "".join(lines)


def csv_text(table: Iterable[Iterable[str]]) -> str:
    """Return a table as the text of a CSV file: every cell in quotes, and an apostrophe before a formula."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(map(safe, row) for row in table)
    return BOM + text.getvalue()


def read_csv(path: Path, *, other: str = "", most: int | None = None) -> CsvText:
    """Return a CSV file; commas, semicolons and tabs between cells are all taken.

    ``other`` is how a file is read that is not Unicode, where letters beyond ASCII do not matter; ``most`` how many
    rows are wanted, where that is not all.

    Raises:
        GradingError: it cannot be read, is a spreadsheet, is not Unicode, or is no CSV file.
    """
    text, encoding = read_text(path, other=other)
    start = START.match(text)
    before = start[0] if start else ""
    made = _cut(path.name, text[len(before) :], before, start["mark"] if start else None, most)
    made.encoding = encoding
    return made


def read_text(path: Path, *, other: str = "") -> tuple[str, str]:
    """Return the text of a table and how it is stored; a mark at its start that says so is part of the text.

    Letters that are not Unicode are never guessed: the same bytes are Polish, Ukrainian and German names.

    Raises:
        GradingError: as ``read_csv`` does.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        if path.is_dir() and path.suffix.lower() == ".numbers":
            raise _spreadsheet(path) from error
        msg = f"{path} cannot be read ({error.strerror or type(error).__name__}); check the name"
        raise GradingError(msg) from error
    if data.startswith(SPREADSHEETS):
        raise _spreadsheet(path)
    if len(data) > MAX_BYTES:
        msg = f"{path} is larger than {MAX_BYTES // 1_000_000} MB; give the list of one course"
        raise GradingError(msg)
    encoding = _encoding(data)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        if other:
            return data.decode(other), other
        msg = f"{path} is not UTF-8 text, so its names and other words cannot be read for sure. {HOW_TO_SAVE}"
        raise GradingError(msg) from error


def _spreadsheet(path: Path) -> GradingError:
    what = (
        "is a spreadsheet" if path.suffix.lower() in SPREADSHEET_ENDINGS else "is a spreadsheet or another packed file"
    )
    return GradingError(f"{path} {what}, and not a CSV file. {HOW_TO_SAVE}")


def _encoding(data: bytes) -> str:
    """Return how a list is stored: some spreadsheets write two bytes a letter, with or without a mark at the start."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    even, odd = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    if 4 * max(even, odd) > len(data[:SAMPLE]):  # half of the bytes, and most of those, are zero in Latin script
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def _cut(name: str, text: str, before: str, mark: str | None, most: int | None) -> CsvText:
    pattern = CELLS[mark or _delimiter(text[:SAMPLE])]
    made = CsvText(name, [], [], before)
    place, is_new = 0, True
    while (place < len(text) and len(made.rows) != most) or not is_new:
        found = pattern.match(text, place)
        if found is None:
            msg = f"{name} is no CSV file: the quotes in row {len(made.rows) + is_new} do not close"
            raise GradingError(msg)
        if is_new:
            made.rows.append([])
            made.ends.append([])
        made.rows[-1].append(found["cell"])
        made.ends[-1].append(found["end"])
        is_new = found["end"] in {"\r\n", "\n", "\r", ""}
        place = found.end()
    return made


def _delimiter(sample: str) -> str:
    """Return the mark between cells: the one that most lines have the same number of times; a title may have none."""
    lines = re.sub(r'"[^"]*"', "", sample).splitlines()

    def regularity(mark: str) -> tuple[int, int]:
        counts = Counter(line.count(mark) for line in lines)
        return max((lines_ for count, lines_ in counts.items() if count), default=0), lines[0].count(mark)

    return max(DELIMITERS, key=regularity) if lines else DELIMITERS[0]


def unquoted(cell: str) -> str:
    """Return what a cell says."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell.startswith('"') and cell.endswith('"') else cell


def cell(text: str) -> str:
    """Return a text from outside as it stands in a table: one line, and no formula."""
    return safe(one_line(text, LONGEST_CELL))


def safe(value: str) -> str:
    """Return what a cell says so that no spreadsheet runs it: an apostrophe stands before a formula."""
    return "'" + value if is_formula(value) else value


def is_formula(value: str) -> bool:
    """Return whether a spreadsheet may run a value: by the first character that is seen.

    So may one that begins with a tab or a new line, whatever comes then. A number and a lone dash run nothing.
    """
    if not value or value[0].isalnum():  # nearly all
        return False
    if value[0] in "\t\r\n":
        return True
    seen = "".join(dropwhile(_is_blank, value)).rstrip()
    return seen[:1] in RUNS_AS_FORMULA and seen != "-" and not NUMBER.fullmatch(seen)


def _is_blank(char: str) -> bool:
    """Return whether nothing is to be seen of a character, so that a spreadsheet may pass over it."""
    return char == " " or not char.isprintable()


def _safe_as_written(written: str) -> str:
    """Return a cell, which may have quotes around it, so that no spreadsheet runs it."""
    value = unquoted(written)
    if value == written:  # not in quotes as a whole: then a spreadsheet passes over those that it has
        value = written.replace('"', "")
    if not is_formula(value):
        return written
    return "\"'" + written[1:] if written.startswith('"') else "'" + written
