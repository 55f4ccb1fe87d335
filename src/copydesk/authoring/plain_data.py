"""Turns the data of a file into JSON for the page, and what comes back into the data of the file again."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

DEEPEST = 30
"""How deep the data of an entry may be nested; a key needs seven levels."""


def is_plain(value: Any, depth: int = 0) -> bool:  # noqa: ANN401
    """Return whether a value is plain JSON: texts, numbers that exist, lists, and mappings with texts as names."""
    if depth > DEEPEST:
        return False
    if isinstance(value, dict):
        return all(
            isinstance(name, str) and is_plain(name) and is_plain(part, depth + 1) for name, part in value.items()
        )
    if isinstance(value, list):
        return all(is_plain(part, depth + 1) for part in value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, str):
        return value.encode(errors="replace").decode() == value  # half of a character cannot be saved
    return value is None or isinstance(value, int)


def as_json(value: Any) -> Any:  # noqa: ANN401
    """Return the data of a file as JSON: names and days as texts."""
    if isinstance(value, dict):
        return {str(name): as_json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def as_in_file(old: Any, new: Any) -> Any:  # noqa: ANN401
    """Return data from the page as the file would have it: numbers as names, a day as a day, ``1.0`` as ``1.0``.

    Names stay in their order, which JavaScript changes if they are numbers.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        names = {str(name): name for name in old}
        result = {}
        for name in _in_order(list(names), list(new)):
            own_name = names.get(name, name)
            result[own_name] = as_in_file(old.get(own_name), new[name])
        return result
    if isinstance(old, list) and isinstance(new, list):
        by_id = {_id(part): part for part in old if _id(part)}
        parts = []
        for place, part in enumerate(new):
            same_place = old[place] if place < len(old) else None
            parts.append(as_in_file(by_id.get(_id(part), same_place), part))
        return parts
    if isinstance(old, date) and new == old.isoformat():
        return old
    is_number = isinstance(old, int | float) and not isinstance(old, bool)
    is_same = is_number and isinstance(new, int | float) and not isinstance(new, bool) and old == new
    return old if is_same else new


def _in_order(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the new names, in the order of the old ones as far as they were there."""
    order = [name for name in old if name in new]
    for place, name in enumerate(new):
        if name not in order:
            places = [order.index(other) + 1 for other in new[:place] if other in order]
            order.insert(max(places, default=0), name)
    return order


def _id(value: Any) -> str:  # noqa: ANN401
    name = value.get("id", "") if isinstance(value, dict) else ""
    return name if isinstance(name, str) else ""
