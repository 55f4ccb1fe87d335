"""Takes apart the sections that Canvas joins into one cell, as a sentence does: ``A and B``, ``A, B, and C``."""

# ruff: noqa: RUF001  (words in Cyrillic, some letters of which look like others)

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LAST_JOINT = re.compile(r"(?P<before>\S(?:.*[^\s,])?),? (?:and|und|et|y|e|i|og|och|ja|en|та|і|и) (?P<last>\S.*)")
"""What is before the last of several names, in some of the languages that a Canvas may speak."""


def sections_in_cells(cells: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the sections that each different cell of a column of Canvas's names.

    A cell is taken apart only if one of its parts is also in another cell: a section may be called ``Drama and Film``.
    """
    parts = {cell: _parts(cell) for cell in cells}
    times = Counter[str]()
    for names in parts.values():
        times.update(names)
    sections = {}
    for cell, names in parts.items():
        is_joined = any(times[name] > 1 for name in names)
        sections[cell] = names if is_joined else frozenset({cell})
    return sections


def _parts(cell: str) -> frozenset[str]:
    """Return the names that a cell has if several are joined in it; a single name is itself."""
    joined = LAST_JOINT.fullmatch(cell)
    if joined is None:
        return frozenset({cell})
    return frozenset([*joined["before"].split(", "), joined["last"]])
