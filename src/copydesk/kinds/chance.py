"""Correction for chance, shared by all kinds in which a careless strategy would earn something."""

from __future__ import annotations


def above_chance(earned: float, chance: float, ceiling: float) -> float:
    """Return (earned - chance) / (ceiling - chance), clipped to 0..1; 0 if nothing can be earned.

    Source: grading.md 2 and 3 of the course's rules, explained in ``book/how-scoring-works.md``.
    """
    if ceiling <= chance:
        return 0.0
    return min(1.0, max(0.0, (earned - chance) / (ceiling - chance)))
