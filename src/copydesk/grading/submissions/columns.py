"""Which columns of a list of learners hold what."""

from __future__ import annotations

from dataclasses import dataclass, field

TELLING = ("id", "canvas", "name", "first", "last", "email")
"""The kinds of columns by which a learner can be known."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a list hold what, by kind: ids, whole names, first and last names, e-mails and so on."""

    places: dict[str, list[int]] = field(default_factory=dict)

    def of(self, kind: str) -> list[int]:
        """Return the columns of a kind."""
        return self.places.get(kind, [])

    @property
    def used(self) -> set[int]:
        """Return all columns that are used."""
        return {place for columns in self.places.values() for place in columns}

    @property
    def telling(self) -> list[int]:
        """Return the columns by which a learner can be known, in their order."""
        return sorted({place for kind in TELLING for place in self.of(kind)})

    @property
    def tell_learners_apart(self) -> bool:
        """Return whether there is any column by which a learner can be known."""
        return bool(self.telling)
