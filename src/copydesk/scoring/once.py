"""Works out once what only depends on frozen models, however many hand-ins it is asked for."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

REMEMBERED = 4096
"""How many results a function keeps; a course has a few hundred tasks."""

Given = ParamSpec("Given")
Made = TypeVar("Made")


class _Same:
    """A thing that is equal to itself alone: models with mappings in them cannot be hashed, and hashing texts is slow.

    It keeps the thing alive, so that no other gets its identity.
    """

    __slots__ = ("thing",)

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.thing is other.thing


def once(work: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return a function that remembers its results by the identity of its arguments, which must never change.

    Nor may whoever gets a result change it.
    """

    @lru_cache(maxsize=REMEMBERED)
    def remembered(*given: _Same) -> Made:
        return work(*(each.thing for each in given))  # type: ignore[arg-type, call-arg]

    @wraps(work)
    def known(*given: Given.args, **_: Given.kwargs) -> Made:
        return remembered(*map(_Same, given))

    return known
