"""Reads the entry of a learner in a row of a list: names, ids and e-mails, as people put them into cells."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.submissions.damaged_ids import is_rounded, strip_marks
from copydesk.grading.submissions.list_columns import ADDRESS
from copydesk.grading.submissions.names import letters_and_digits, normalize, split_words, word_orders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PARTS = ("first", "middle", "last", "second")
"""The columns that make up a name, in order."""

MAIL_IN_NAME = re.compile(rf"(?P<name>.*?)\s*[<(]\s*(?P<mail>{ADDRESS.pattern}?)\s*[>)]")
SEPARATOR = re.compile(r"[;|\n]")
SECTION_SEPARATOR = re.compile(r"[;\n]")


class Entry(NamedTuple):
    """The name, the ids and the e-mails in a row, as they are written."""

    name: str
    ids: list[str]
    emails: list[str]


def first_exact_text(texts: Iterable[str]) -> str:
    """Return the first text that is not empty or a rounded number; empty if there is none."""
    for text in texts:
        if text and not is_rounded(text):
            return text
    return ""


def read_entry(values: dict[str, list[str]], numbered: str, id_in_name: re.Pattern[str] | None) -> Entry:
    """Return the name, ids and e-mails in a row, even if two of them are in one cell.

    ``values`` are the row's values by kind of column; ``numbered`` is a platform's number, which is not an id.
    """
    ids = []
    for value in values["id"]:
        id_ = strip_marks(value)
        if id_ and id_ != numbered:
            ids.append(id_)
    emails = list(map(strip_marks, values["email"]))
    name = _name(values)
    with_id = id_in_name.fullmatch(name) if id_in_name else None
    if with_id:
        name = with_id["name"].strip()
        ids.append(with_id["id"])
    with_email = None if emails else MAIL_IN_NAME.fullmatch(name)
    if with_email:
        name = with_email["name"]
        emails = [with_email["mail"]]
    return Entry(name, ids, emails)


def _name(values: dict[str, list[str]]) -> str:
    """Return the name in a row: the whole one, or the one made from its parts if that has more words."""
    whole = values["name"][:1]
    parts: list[str] = []
    for kind in PARTS:
        parts += values[kind][:1]
    has_both = bool(values["first"] and values["last"])
    if has_both and len(split_words(" ".join(whole))) < len(parts):
        return " ".join(parts)
    return " ".join(whole or parts)


def all_name_letters(name: str, values: dict[str, list[str]]) -> frozenset[str]:
    """Return the letters of everything that a learner may be called, in any order."""
    names = [*values["name"][:1], *_other_names(values)]
    return word_orders(name).union(*map(word_orders, names))


def _other_names(values: dict[str, list[str]]) -> Iterator[str]:
    """Yield other names of a learner: without the middle name, and by first and last name if both are there."""
    last, middle, second = values["last"][:1], values["middle"][:1], values["second"][:1]
    if not last:
        return
    for first in values["first"][:2]:
        yield " ".join([first, *last])
        yield " ".join([first, *middle, *last])
        yield " ".join([first, *last, *second])


def split_cells(values: Iterable[str]) -> Iterator[str]:
    """Yield the entries in cells, in one spelling: each cell as a whole, and each part between semicolons."""
    for value in values:
        yield normalize(value)
        for part in map(normalize, SEPARATOR.split(value)):
            if part:
                yield part


def group_letters(values: Iterable[str]) -> frozenset[str]:
    """Return the letters of the groups in cells, by which a group is found."""
    return frozenset(map(letters_and_digits, split_cells(values))) - {""}


def group_names(values: Iterable[str]) -> frozenset[str]:
    """Return the names of the groups in cells as they are written."""
    return _names_in_cells(values, SEPARATOR)


def section_names(values: Iterable[str]) -> frozenset[str]:
    """Return the names of the sections in cells as they are written, those between semicolons one by one."""
    return _names_in_cells(values, SECTION_SEPARATOR)


def _names_in_cells(values: Iterable[str], separator: re.Pattern[str]) -> frozenset[str]:
    names = set()
    for value in values:
        for part in separator.split(unicodedata.normalize("NFC", value)):
            names.add(" ".join(part.split()))
    return frozenset(names - {""})
