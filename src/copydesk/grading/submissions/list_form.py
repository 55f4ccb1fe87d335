"""Puts a list of learners into shape: lines before its heads, excess cells in a row, lines that are not learners."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.list_columns import ADDRESS, count_heads, find_columns
from copydesk.grading.submissions.names import split_words
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from copydesk.grading.files.csv_files import CsvTable
    from copydesk.grading.submissions.columns import Columns

TITLE_ROWS = 15
"""How many rows a title may have before the heads."""

TITLE_CELLS = 2
PRINTED = 60
CODE = re.compile(r"(?=.*[0-9])\S+")
SEVERAL_DIGITS = re.compile("[0-9]{2}|^[0-9]$")
LETTER = re.compile(r"[^\W\d_]", re.UNICODE)
NO_LEARNER_WORDS = frozenset(
    split_words(
        "total totals sum count average mean points date class klasse classe clase klasa klas třída turma клас класс "
        "summe gesamt anzahl durchschnitt mittelwert punkte datum somme moyenne effectif totale media promedio suma "
        "razem liczba celkem разом всього кількість итого всего сума toplam 合計 平均 계 합계 合计 小计 σύνολο المجموع "
        "exported exportiert section group gruppe course kurs teacher lehrer legend"
    )
)
"""How a line between or below learners begins that is not a learner."""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is not a learner: its number, as people count, and its text."""

    number: int
    text: str


def cut_title(table: CsvTable) -> CsvTable:
    """Return a list from its row of heads on: of the first rows, the one with the most heads."""
    heads = [count_heads(table.row_values(row)) for row in range(min(TITLE_ROWS, len(table.rows)))]
    best = heads.index(max(heads)) if heads else 0
    if best == 0 or not _is_below_title(table, heads, best):
        return table
    skipped = ""
    for cells, ends in zip(table.rows[:best], table.ends[:best], strict=True):
        for cell, end in zip(cells, ends, strict=True):
            skipped += cell + end
    return replace(
        table, rows=table.rows[best:], ends=table.ends[best:], before=table.before + skipped, first=table.first + best
    )


def _is_below_title(table: CsvTable, heads: list[int], best: int) -> bool:
    """Return whether all rows above the one with most heads are a title; ``heads`` has the count for each row."""
    if best == 1 and heads[best] > 1:
        return True
    most = max(map(table.filled_count, range(best)))
    limit = TITLE_CELLS if heads[best] > 1 else 1
    if most > limit:
        return False
    return not any(heads[:best]) or most < table.filled_count(best)


def require_heads(table: CsvTable, columns: Columns, path: object) -> None:
    """Raise ``GradingError`` if the first row of a list is a learner, who would be taken for the heads and lost."""
    if not table.rows:
        return
    mails = table.filled_values(0, columns.numbers("email"))
    ids = table.filled_values(0, columns.numbers("id"))
    if any(map(ADDRESS.fullmatch, mails)) or any(map(SEVERAL_DIGITS.search, ids)):
        raise GradingError(t("list_form.no_heads", path=path))


def join_split_names(table: CsvTable, path: object) -> CsvTable:
    """Return a list in which unquoted names with a comma are whole again, if there is only one way to read them.

    Raises:
        GradingError: a row has more cells than there are heads, and can be read in more than one way.
    """
    width = len(table.rows[0]) if table.rows else 0
    long_rows = [row for row in range(1, len(table.rows)) if table.length(row) > width]
    if not long_rows:
        return table
    columns = find_columns(table)
    values = _values_of_other_rows(table, long_rows)
    rows, ends = list(table.rows), list(table.ends)
    for row in long_rows:
        places = _places_of_a_split(table, row, columns, values) if table.length(row) == width + 1 else []
        if len(places) != 1:
            raise _too_many_cells(table, row, columns, path)
        at = places[0]
        joined = (rows[row][at] + ends[row][at] + rows[row][at + 1]).strip().replace('"', "")
        rows[row] = [*rows[row][:at], f'"{joined}"', *rows[row][at + 2 :]]
        ends[row] = [*ends[row][:at], *ends[row][at + 1 :]]
    return replace(table, rows=rows, ends=ends)


def _values_of_other_rows(table: CsvTable, long_rows: list[int]) -> list[set[str]]:
    """Return the values of each column in the rows without excess cells."""
    rows = set(range(1, len(table.rows))).difference(long_rows)
    values: list[set[str]] = []
    for column in range(len(table.rows[0])):
        different = set(table.column_values(column, rows))
        values.append(different - {""})
    return values


def _too_many_cells(table: CsvTable, row: int, columns: Columns, path: object) -> GradingError:
    names = columns.numbers("name")
    name = one_line(table.value(row, names[0] if names else 0), PRINTED)
    place = table.first + row
    cells, heads = table.length(row), len(table.rows[0])
    return GradingError(t("list_form.too_many_cells", path=path, row=place, name=name, cells=cells, heads=heads))


def _places_of_a_split(table: CsvTable, row: int, columns: Columns, values: Sequence[set[str]]) -> list[int]:
    """Return the numbers of a row's cells that may be the first half of one that was cut at a comma."""
    cells = table.row_values(row)[: table.length(row)]
    names = columns.names
    fitting = []
    for at in range(len(cells) - 1):
        joined = [*cells[:at], f"{cells[at]}, {cells[at + 1]}", *cells[at + 2 :]]
        may_be_half = at in names or not CODE.fullmatch(cells[at])
        is_filled = bool(cells[at] and cells[at + 1])
        if not may_be_half or not is_filled or table.rows[row][at].startswith('"'):
            continue
        if _all_fit(joined, columns, values):
            fitting.append(at)
    spaces = [place for place, cell in enumerate(table.rows[row]) if cell.startswith(" ")]
    if len(spaces) == 1 and spaces[0] - 1 in fitting:
        return [spaces[0] - 1]
    is_doubtful = any(at in names and len(split_words(cells[at])) > 1 for at in fitting)
    return [] if is_doubtful else fitting


def _all_fit(row: list[str], columns: Columns, values: Sequence[set[str]]) -> bool:
    return all(_fits(value, place, columns, values[place]) for place, value in enumerate(row))


def _fits(value: str, place: int, columns: Columns, others: set[str]) -> bool:
    """Return whether a cell may belong in a column; ``others`` are the column's other values."""
    if not value:
        return True
    if place in columns.numbers("email"):
        return ADDRESS.fullmatch(value) is not None
    if place in columns.numbers("id") or place in columns.numbers("canvas"):
        has_form = _has_digit(value) or not all(map(_has_digit, others))
        return has_form and "," not in value
    if place in columns.names:
        return not _has_digit(value) and "@" not in value
    is_free = place in columns.numbers("section") or place not in columns.all_numbers
    return value in others or not others or is_free


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))


def skipped_row(table: CsvTable, row: int, columns: Columns, codes: Collection[int]) -> SkippedRow | None:
    """Return the text of a row that is not a learner: the heads once more, a line between classes, a total.

    ``codes`` are the columns whose cells have digits and no spaces.
    """
    values = table.row_values(row)
    if not any(values):
        return None
    heads = [table.value(0, column) for column in range(len(values))]
    if values != heads and not _is_no_learner(table, row, columns, codes):
        return None
    return SkippedRow(table.first + row, one_line(" ".join(filter(None, values)), PRINTED))


def _is_no_learner(table: CsvTable, row: int, columns: Columns, codes: Collection[int]) -> bool:
    filled = []
    names = []
    for column in columns.identifying:
        value = table.value(row, column)
        if value:
            filled.append(column)
        if value and column in columns.names:
            names.append(value)
    if not filled:
        return True
    first = table.value(row, filled[0])
    first_words = split_words(first)
    has_digit = any(map(_has_digit, names))
    begins_so = bool(first_words) and first_words[0] in NO_LEARNER_WORDS
    if len(columns.identifying) == 1:
        return begins_so and has_digit
    if len(filled) > 1:
        is_named = any(map(LETTER.search, names)) and not NO_LEARNER_WORDS.issuperset(split_words(" ".join(names)))
        return begins_so and (has_digit or not is_named)
    is_odd_id = filled[0] in codes and not CODE.fullmatch(first)
    return is_odd_id or has_digit or (begins_so and NO_LEARNER_WORDS.issuperset(first_words))


def code_columns(table: CsvTable, columns: Columns) -> list[int]:
    """Return the columns of ids of which most have digits and no spaces."""
    numbers = []
    for column in columns.numbers("id"):
        values = table.column(column)
        codes = [value for value in values if CODE.fullmatch(value)]
        if 2 * len(codes) > len(values):
            numbers.append(column)
    return numbers
