"""Puts a list of learners into form: lines before its heads, cells too many in a row, lines that are no learner."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.list_columns import ADDRESS, columns_of, known_columns
from copydesk.grading.submissions.names import words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from copydesk.grading.files.csv_files import CsvText
    from copydesk.grading.submissions.columns import Columns

TITLE_ROWS = 15
"""How many rows a title may have before the heads."""

TITLE_CELLS = 2
PRINTED = 60
CODE = re.compile(r"(?=.*[0-9])\S+")
SEVERAL_DIGITS = re.compile("[0-9]{2}|^[0-9]$")
LETTER = re.compile(r"[^\W\d_]", re.UNICODE)
ASIDES = frozenset(
    words(
        "total totals sum count average mean points date class klasse classe clase klasa klas třída turma клас класс "
        "summe gesamt anzahl durchschnitt mittelwert punkte datum somme moyenne effectif totale media promedio suma "
        "razem liczba celkem разом всього кількість итого всего сума toplam 合計 平均 계 합계 合计 小计 σύνολο المجموع "
        "exported exportiert section group gruppe course kurs teacher lehrer legend"
    )
)
"""How a line begins that stands between learners or below them, and is none."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that was passed over: which, as a person counts, and what it says."""

    row: int
    text: str


def from_heads_on(table: CsvText) -> CsvText:
    """Return a list from the row of its heads on: of the first rows, the one that has most of them."""
    rows = range(min(TITLE_ROWS, len(table.rows)))
    heads = [known_columns(table.value(row, column) for column in range(len(table.rows[row]))) for row in rows]
    best = max(rows, key=lambda row: (heads[row], -row), default=0)
    if not best:
        return table
    most = max((table.filled(row) for row in rows if row < best), default=0)
    if best > 1 or heads[best] == 1:
        is_below_titles = most <= (TITLE_CELLS if heads[best] > 1 else 1)
        if not is_below_titles or (any(heads[:best]) and most >= table.filled(best)):
            return table
    lines = zip(table.rows[:best], table.ends[:best], strict=True)
    skipped = "".join(cell + end for cells, ends in lines for cell, end in zip(cells, ends, strict=True))
    return replace(
        table, rows=table.rows[best:], ends=table.ends[best:], before=table.before + skipped, first=table.first + best
    )


def require_heads(table: CsvText, columns: Columns, path: object) -> None:
    """Raise ``GradingError`` where the first row of a list is a learner: there are no heads, and they would be lost."""
    mails = [table.value(0, column) for column in columns.of("email")] if table.rows else []
    ids = [table.value(0, column) for column in columns.of("id")] if table.rows else []
    if any(map(ADDRESS.fullmatch, mails)) or any(map(SEVERAL_DIGITS.search, ids)):
        msg = f"{path} has no headings: its first row is a learner; put a row above it, such as 'id', 'name', 'email'"
        raise GradingError(msg)


def with_names_whole(table: CsvText, path: object) -> CsvText:
    """Return a list in which names with a comma and no quotes are whole again, where there is one way to read them.

    Raises:
        GradingError: a row has more cells than there are heads, and it may be read in more than one way.
    """
    width = len(table.rows[0]) if table.rows else 0
    long = [row for row in range(1, len(table.rows)) if table.length(row) > width]
    if not long:
        return table
    columns, rows, ends = columns_of(table), list(table.rows), list(table.ends)
    whole = sorted(set(range(1, len(table.rows))) - set(long))
    seen = [{value for row in whole if (value := table.value(row, column))} for column in range(width)]
    for row in long:
        places = _places_of_a_split(table, row, columns, seen) if table.length(row) == width + 1 else []
        if len(places) != 1:
            name = one_line(
                table.value(row, columns.of("name")[0]) if columns.of("name") else table.value(row, 0), PRINTED
            )
            msg = f"{path}, row {table.first + row} (“{name}”) has {table.length(row)} cells, but there are {width} "
            msg += (
                'headings; put quotes around a cell that has a comma in it, such as "Lovelace, Ada", or give last and '
            )
            msg += "first name a column each"
            raise GradingError(msg)
        at = places[0]
        joined = (rows[row][at] + ends[row][at] + rows[row][at + 1]).strip().replace('"', "")
        rows[row] = [*rows[row][:at], f'"{joined}"', *rows[row][at + 2 :]]
        ends[row] = [*ends[row][:at], *ends[row][at + 1 :]]
    return replace(table, rows=rows, ends=ends)


def _places_of_a_split(table: CsvText, row: int, columns: Columns, seen: Sequence[set[str]]) -> list[int]:
    """Return which cells of a row may be halves of one that was cut at a comma."""
    cells = [table.value(row, column) for column in range(table.length(row))]
    named = {place for kind in ("name", "first", "last") for place in columns.of(kind)}
    fitting = []
    for at in range(len(cells) - 1):
        joined = [*cells[:at], f"{cells[at]}, {cells[at + 1]}", *cells[at + 2 :]]
        is_cut = bool(cells[at] and cells[at + 1]) and not table.rows[row][at].startswith('"')
        is_cut = is_cut and (at in named or not CODE.fullmatch(cells[at]))
        if is_cut and all(_fits(value, place, columns, seen[place]) for place, value in enumerate(joined)):
            fitting.append(at)
    spaces = [place for place, cell in enumerate(table.rows[row]) if cell.startswith(" ")]
    if len(spaces) == 1 and spaces[0] - 1 in fitting:
        return [spaces[0] - 1]
    is_doubtful = any(at in named and len(words(cells[at])) > 1 for at in fitting)
    return [] if is_doubtful else fitting


def _fits(value: str, place: int, columns: Columns, seen: set[str]) -> bool:
    """Return whether a cell may stand in a column."""
    if not value:
        return True
    if place in columns.of("email"):
        return ADDRESS.fullmatch(value) is not None
    if place in columns.of("id") or place in columns.of("canvas"):
        has_digits = any(char.isdecimal() for char in value)
        return "," not in value and (has_digits or not all(any(map(str.isdecimal, each)) for each in seen or {"1"}))
    if any(place in columns.of(kind) for kind in ("name", "first", "last")):
        return not any(char.isdecimal() or char == "@" for char in value)
    return value in seen or not seen or place not in columns.used


def aside(table: CsvText, row: int, columns: Columns, codes: Collection[int]) -> Aside | None:
    """Return what a row says that is no learner: the heads once more, a line between classes, a total.

    ``codes`` are the columns whose cells have digits and no spaces.
    """
    cells = [table.value(row, column) for column in range(len(table.rows[row]))]
    telling = [(column, value) for column in columns.telling if (value := table.value(row, column))]
    if not any(cells):
        return None
    text = one_line(" ".join(filter(None, cells)), PRINTED)
    if cells == [table.value(0, column) for column in range(len(table.rows[row]))]:
        return Aside(table.first + row, text)
    return Aside(table.first + row, text) if _is_aside(columns, telling, codes) else None


def _is_aside(columns: Columns, telling: list[tuple[int, str]], codes: Collection[int]) -> bool:
    if not telling:
        return True
    (column, value), *more = telling
    said = words(value)
    named = {place for kind in ("name", "first", "last") for place in columns.of(kind)}
    names = [each for place, each in telling if place in named]
    has_digit = any(char.isdecimal() for name in names for char in name)
    begins = said[:1] != [] and said[0] in ASIDES
    if len(columns.telling) == 1:
        return begins and has_digit
    if more:
        is_named = any(map(LETTER.search, names)) and not ASIDES.issuperset(words(" ".join(names)))
        return begins and (has_digit or not is_named)
    is_odd_id = column in codes and not CODE.fullmatch(value)
    return is_odd_id or has_digit or (begins and ASIDES.issuperset(said))


def code_columns(table: CsvText, columns: Columns) -> list[int]:
    """Return the columns of ids of which most have digits and no spaces."""
    found = []
    for column in columns.of("id"):
        values = table.column(column)
        if 2 * sum(bool(CODE.fullmatch(value)) for value in values) > len(values):
            found.append(column)
    return found
