"""Writes numbers as people do."""

from __future__ import annotations


def number(value: float) -> str:
    """Return a number as a person would write it: no needless zeros, at most ten digits."""
    return format(value, ".10g")
