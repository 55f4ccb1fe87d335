"""A set of small numbers as one integer, with a bit for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def bits(numbers: Iterable[int]) -> int:
    """Return numbers as one integer."""
    bit_set = 0
    for number in numbers:
        bit_set |= 1 << number
    return bit_set


def bit_run(numbers: range) -> int:
    """Return a run of consecutive numbers as one integer."""
    return (1 << len(numbers)) - 1 << numbers.start


def numbers(bit_set: int) -> Iterator[int]:
    """Yield the numbers in such an integer, lowest first."""
    while bit_set:
        lowest = bit_set & -bit_set
        yield lowest.bit_length() - 1
        bit_set ^= lowest
