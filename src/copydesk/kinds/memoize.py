"""Works out one time only what depends on nothing but frozen models, however many submissions it is asked for."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

REMEMBERED = 4096
"""How many results a function keeps; a course has a few hundred tasks."""

Given = ParamSpec("Given")
Made = TypeVar("Made")


def memoize_by_identity(work: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return a function that remembers its results by the identity of its arguments, which must never change.

    Nor may whoever gets a result change it. Models with mappings in them cannot be hashed, and hashing texts is slow.
    """
    # The arguments are kept with the result, so that nothing else gets the identity of one of them.
    memory: dict[int | tuple[int, ...], tuple[Made, tuple[Any, ...]]] = {}

    @wraps(work)
    def known(*given: Given.args, **_: Given.kwargs) -> Made:
        names = id(given[0]) if len(given) == 1 else tuple(map(id, given))
        found = memory.get(names)
        if found is None:
            if len(memory) >= REMEMBERED:
                memory.pop(next(iter(memory)))
            found = memory[names] = work(*given), given  # type: ignore[call-arg]
        return found[0]

    return known
