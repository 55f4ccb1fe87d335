"""Writes numbers as people do."""

from __future__ import annotations


def number(value: float) -> str:
    """Return a number as a person writes it: no needless zeros, at most ten digits."""
    return format(value, ".10g")


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 submission``, ``1,200 submissions``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
