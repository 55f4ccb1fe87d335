"""Names the columns of a list of learners by what they hold."""

from __future__ import annotations

from dataclasses import dataclass, field

IDENTIFYING_KINDS = ("id", "canvas", "name", "first", "last", "email")
"""The kinds of columns by which a learner can be known."""

NAME_KINDS = ("name", "first", "last")


@dataclass(frozen=True, slots=True)
class Columns:
    """The numbers of the columns of a list, by kind: ids, whole names, first and last names, e-mails and so on."""

    by_kind: dict[str, list[int]] = field(default_factory=dict)

    def numbers(self, kind: str) -> list[int]:
        """Return the numbers of the columns of a kind, counted from 0."""
        return self.by_kind.get(kind, [])

    @property
    def all_numbers(self) -> set[int]:
        """Return the numbers of all columns of any kind."""
        return set().union(*self.by_kind.values())

    @property
    def identifying(self) -> list[int]:
        """Return the numbers of the columns by which a learner can be known, in their order."""
        return sorted(self._numbers_of_kinds(IDENTIFYING_KINDS))

    @property
    def names(self) -> set[int]:
        """Return the numbers of the columns of whole names, first names and last names."""
        return self._numbers_of_kinds(NAME_KINDS)

    def _numbers_of_kinds(self, kinds: tuple[str, ...]) -> set[int]:
        return set().union(*map(self.numbers, kinds))
