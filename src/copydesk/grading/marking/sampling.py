"""Puts texts in an order decided by a seed, and draws the second marker's sample from it."""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SAMPLE_SHARE, SAMPLE_LEAST = 0.2, 6
"""A second marker reads one text in five, but at least six if there are that many."""

ROUNDING_DIGITS = 6
"""A tenth of 30 texts is 3 of them, and not 4 because 30 * 0.1 is a little more than 3."""


def shuffle(ids: Iterable[str], seed: int, *purpose: str) -> list[str]:
    """Return ids in the order of their hashes with the seed and a purpose, such as a task and a criterion.

    The order is the same on every machine and in every version of Python, and a text that comes later is inserted
    without changing the order of the others.
    """
    salt = "\0".join((str(seed), *purpose))
    return sorted(set(ids), key=lambda name: hashlib.sha256(f"{salt}\0{name}".encode()).digest())


def sample_size(count: int, share: float = SAMPLE_SHARE) -> int:
    """Return how many of ``count`` texts are marked twice: a share of them, rounded up, at least six, at most all."""
    rounded = math.ceil(round(count * share, ROUNDING_DIGITS))
    return min(count, max(SAMPLE_LEAST, rounded))


def sample(ids: Iterable[str], seed: int, task: str) -> list[str]:
    """Return the ids that a second marker reads."""
    ordered = shuffle(ids, seed, "second", task)
    return ordered[: sample_size(len(ordered))]
