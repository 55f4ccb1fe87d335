"""Names that are numbers: JSON has them as texts, and a browser puts them first, from the smallest up."""

from __future__ import annotations

from typing import Any


def with_names_of(old: Any, new: Any) -> Any:  # noqa: ANN401  (plain data of any depth)
    """Return data from a browser with the numbers that are names in the old data as they are and stand there."""
    if isinstance(old, dict) and isinstance(new, dict):
        return _with_names_of_mapping(old, new)
    if isinstance(old, list) and isinstance(new, list):
        by_id = {part["id"]: part for part in old if isinstance(part, dict) and "id" in part}
        return [_part(part, by_id) for part in new]
    return new


def _part(part: Any, by_id: dict[Any, Any]) -> Any:  # noqa: ANN401
    """Return a part of a list with the names of the old part that has its id."""
    return with_names_of(by_id.get(part.get("id")), part) if isinstance(part, dict) else part


def _with_names_of_mapping(old: dict[Any, Any], new: dict[Any, Any]) -> dict[Any, Any]:
    numbers = {str(name): name for name in old if isinstance(name, int)}
    if not numbers:
        return {name: with_names_of(old.get(name), value) for name, value in new.items()}
    names = [text for text in numbers if text in new] + [name for name in new if name not in numbers]
    return {numbers.get(name, name): new[name] for name in names}
