"""A set of small numbers as one integer, with a bit for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def bits(numbers: Iterable[int]) -> int:
    """Return numbers as one integer."""
    made = 0
    for number in numbers:
        made |= 1 << number
    return made


def numbers(made: int) -> Iterator[int]:
    """Yield the numbers in such an integer, the lowest first."""
    while made:
        lowest = made & -made
        yield lowest.bit_length() - 1
        made ^= lowest
