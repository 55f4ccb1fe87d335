"""An index of learners by what they are called, where a name may belong to one learner or several."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

Name = TypeVar("Name", str, tuple[str, str])


class NameIndex(Generic[Name]):
    """The keys of all learners who have a name, by name; an empty name is no one's."""

    def __init__(self) -> None:
        self._keys: defaultdict[Name, set[str]] = defaultdict(set)

    def add(self, names: Iterable[Name], key: str) -> None:
        """Add a learner under some names."""
        for name in names:
            if name:
                self._keys[name].add(key)

    def keys(self) -> dict[Name, frozenset[str]]:
        """Return the keys of all learners by each name."""
        return {name: frozenset(keys) for name, keys in self._keys.items()}

    def single_keys(self) -> dict[Name, str]:
        """Return, for each name that only one learner has, that learner's key."""
        return {name: min(keys) for name, keys in self._keys.items() if len(keys) == 1}
