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

from copydesk.grading.files.problems import GradingError, system_reason
from copydesk.grading.files.safe_text import one_line
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 50_000_000
SAMPLE = 4_000
BOM = "\ufeff"
"""Without it, Excel reads UTF-8 as something else."""

SPREADSHEETS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
"""How files from Excel, LibreOffice and Numbers begin: like zip files, or like old Office files."""

SPREADSHEET_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".numbers"})
DELIMITERS = (",", ";", "\t")
CELLS = {
    mark: re.compile(rf'(?P<cell>(?:"[^"]*+(?:""[^"]*+)*+"|[^{mark}\r\n"]++)*+)(?P<end>{mark}|\r\n|\n|\r|\Z)')
    for mark in DELIMITERS
}
ROW_ENDS = frozenset({"\r\n", "\n", "\r", ""})
START = re.compile(r"\ufeff?(?:\"?sep=(?P<mark>[,;\t])\"?(?:\r\n|\n|\r))?", re.IGNORECASE)
"""What may come before the table: a UTF-8 byte order mark, and a line that tells Excel the delimiter."""

NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
RUNS_AS_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
LONGEST_CELL = 600


@dataclass(slots=True)
class CsvTable:
    """A CSV file as rows of cells as written, with the delimiters between them.

    ``rows`` holds what is written, quotes and all; ``ends`` what follows each cell, ``before`` what comes first,
    ``encoding`` how the file is encoded. ``first`` is the number of the first row as people count.
    """

    name: str
    rows: list[list[str]]
    ends: list[list[str]]
    before: str
    first: int = 1
    encoding: str = "utf-8"

    @property
    def heads(self) -> list[str]:
        """Return the text of each cell in the first row."""
        return self.row_values(0) if self.rows else []

    def value(self, row: int, column: int) -> str:
        """Return the text of a cell without its quotes and surrounding space; empty if the row is too short."""
        cells = self.rows[row]
        return unquote(cells[column]).strip() if column < len(cells) else ""

    def row_values(self, row: int) -> list[str]:
        """Return the values of all cells in a row."""
        return [unquote(cell).strip() for cell in self.rows[row]]

    def filled_values(self, row: int, columns: Iterable[int]) -> list[str]:
        """Return a row's values in some columns, without empty ones."""
        values = []
        for column in columns:
            value = self.value(row, column)
            if value:
                values.append(value)
        return values

    def column_values(self, column: int, rows: Iterable[int]) -> list[str]:
        """Return a column's values in some rows, including empty ones."""
        return [self.value(row, column) for row in rows]

    def column(self, column: int) -> list[str]:
        """Return the values of a column below its head, without empty ones."""
        return [value for value in self.column_values(column, range(1, len(self.rows))) if value]

    def filled_count(self, row: int) -> int:
        """Return how many cells of a row are not empty."""
        return sum(bool(cell.strip()) for cell in self.rows[row])

    def length(self, row: int) -> int:
        """Return how many cells a row has, not counting empty ones at its end."""
        cells = self.rows[row]
        length = len(cells)
        while length and not cells[length - 1].strip():
            length -= 1
        return length

    def put(self, row: int, column: int, value: str) -> None:
        """Write a plain value into a cell, in quotes where there were some."""
        old = self.rows[row][column]
        self.rows[row][column] = f'"{value}"' if old.startswith('"') else value

    def text(self) -> str:
        """Return the file; untouched cells are as they came, except those that a spreadsheet would run."""
        parts = [self.before]
        for cells, ends in zip(self.rows, self.ends, strict=True):
            for cell_, end in zip(cells, ends, strict=True):
                parts += _escape_written(cell_), end
        return "".join(parts)


def csv_text(table: Iterable[Iterable[str]]) -> str:
    """Return a table as the text of a CSV file: every cell in quotes, and an apostrophe before a formula."""
    return csv_bytes(table).decode()


def csv_bytes(table: Iterable[Iterable[str]]) -> bytes:
    """Return the same as UTF-8; a large table takes no more memory than its file."""
    data = io.BytesIO()
    text = io.TextIOWrapper(data, encoding="utf-8", newline="")
    text.write(BOM)
    rows = (map(escape_formula, row) for row in table)
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    text.flush()
    return data.getvalue()


def read_csv(path: Path, *, other: str = "", most: int | None = None) -> CsvTable:
    """Return a CSV file; cells may be separated by commas, semicolons or tabs.

    ``other`` is the encoding for a file that is not Unicode, if letters beyond ASCII do not matter; ``most`` is how
    many rows are wanted, if not all.

    Raises:
        GradingError: it cannot be read, is a spreadsheet, is not Unicode, or is not a CSV file.
    """
    text, encoding = read_text(path, other=other)
    start = START.match(text)
    before = start[0] if start else ""
    table = CsvTable(path.name, [], [], before, encoding=encoding)
    _fill(table, text[len(before) :], start["mark"] if start else None, most)
    return table


def read_text(path: Path, *, other: str = "") -> tuple[str, str]:
    """Return the text of a table and its encoding; a byte order mark at its start is part of the text.

    Other encodings are never guessed: the same bytes may be Polish, Ukrainian or German names.

    Raises:
        GradingError: as ``read_csv`` does.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        if path.is_dir() and path.suffix.lower() == ".numbers":
            raise _spreadsheet(path) from error
        raise GradingError(t("csv_files.unreadable", path=path, why=system_reason(error))) from error
    if data.startswith(SPREADSHEETS):
        raise _spreadsheet(path)
    if len(data) > MAX_BYTES:
        raise GradingError(t("csv_files.too_large", path=path, limit=MAX_BYTES // 1_000_000))
    encoding = _encoding(data)
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        if other:
            return data.decode(other), other
        msg = t("csv_files.not_unicode", path=path, how_to_save=t("csv_files.how_to_save"))
        raise GradingError(msg) from error


def _spreadsheet(path: Path) -> GradingError:
    is_named_so = path.suffix.lower() in SPREADSHEET_ENDINGS
    key = "csv_files.spreadsheet" if is_named_so else "csv_files.packed"
    return GradingError(t(key, path=path, how_to_save=t("csv_files.how_to_save")))


def _encoding(data: bytes) -> str:
    """Return the encoding of a list: some spreadsheets write two bytes a letter, with or without a byte order mark."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    even, odd = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
    if 4 * max(even, odd) > len(data[:SAMPLE]):  # half of the bytes, and most of those, are zero in Latin script
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def _fill(table: CsvTable, text: str, mark: str | None, most: int | None) -> None:
    """Put the rows of a text into a table, at most ``most`` of them; ``mark`` is the delimiter, if known."""
    pattern = CELLS[mark or _delimiter(text[:SAMPLE])]
    place, is_new, matches = 0, True, pattern.finditer(text)
    cells: list[str] = []
    ends: list[str] = []
    while (place < len(text) and len(table.rows) != most) or not is_new:
        match = next(matches, None)
        if match is None or match.start() != place:
            raise GradingError(t("csv_files.open_quotes", name=table.name, row=len(table.rows) + is_new))
        if is_new:
            cells, ends = [], []
            table.rows.append(cells)
            table.ends.append(ends)
        cell, end = match.groups()
        cells.append(cell)
        ends.append(end)
        is_new = end in ROW_ENDS
        place = match.end()


def _delimiter(sample: str) -> str:
    """Return the delimiter: the mark that most lines have the same number of times; a title may have none."""
    lines = re.sub(r'"[^"]*"', "", sample).splitlines()
    if not lines:
        return DELIMITERS[0]
    return max(DELIMITERS, key=lambda mark: _regularity(mark, lines))


def _regularity(mark: str, lines: list[str]) -> tuple[int, int]:
    """Return how many lines have a mark the same number of times, and how often the first one has it."""
    counts = Counter(line.count(mark) for line in lines)
    del counts[0]  # having none is no sign
    return max(counts.values(), default=0), lines[0].count(mark)


def unquote(cell: str) -> str:
    """Return the text of a cell without the quotes around it."""
    is_quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"')
    return cell[1:-1].replace('""', '"') if is_quoted else cell


def safe_cell(text: str) -> str:
    """Return a text from outside as it appears in a table: one line, and no formula."""
    return escape_formula(one_line(text, LONGEST_CELL))


def escape_formula(value: str) -> str:
    """Return the text of a cell in a form that no spreadsheet runs: with an apostrophe before a formula."""
    return "'" + value if is_formula(value) else value


def is_formula(value: str) -> bool:
    """Return whether a spreadsheet may run a value, judging by its first visible character.

    It may also run one that begins with a tab or line feed, whatever follows. A number or a lone dash is harmless.
    """
    if not value or value[0].isalnum():  # nearly all
        return False
    if value[0] in "\t\r\n":
        return True
    shown = "".join(dropwhile(_is_blank, value)).rstrip()
    return shown[:1] in RUNS_AS_FORMULA and shown != "-" and not NUMBER.fullmatch(shown)


def _is_blank(char: str) -> bool:
    """Return whether a character is invisible, so that a spreadsheet may skip it."""
    return char == " " or not char.isprintable()


def _escape_written(written: str) -> str:
    """Return a cell, which may be quoted, in a form that no spreadsheet runs."""
    value = unquote(written)
    if value == written:  # not quoted as a whole: a spreadsheet ignores any quotes it has
        value = written.replace('"', "")
    if not is_formula(value):
        return written
    return "\"'" + written[1:] if written.startswith('"') else "'" + written
