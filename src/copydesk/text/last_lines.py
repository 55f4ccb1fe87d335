"""Puts a command's last lines together: what was done, what was not, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LINES = 10
"""A person reads what fits below the command without scrolling."""

MOST_DONE, MOST_NEXT = 4, 3
INDENT = "  "


def last_lines(done: Sequence[str], left: Sequence[str], steps: Sequence[str]) -> list[str]:
    """Return at most ten lines in three parts, each of which begins with its name.

    What doesn't fit in a part is in its last line, so that nothing is lost. Of the ``steps``, most important first,
    three are shown: the next run of the command has the others.
    """
    shown_steps = list(steps[:MOST_NEXT]) or [t("last_lines.no_step")]
    shown_done = _packed(done, MOST_DONE) or [t("last_lines.nothing")]
    shown_left = _packed(left, MOST_LINES - len(shown_done) - len(shown_steps)) or [t("last_lines.nothing")]
    return [
        *_part("last_lines.done", shown_done),
        *_part("last_lines.left", shown_left),
        *_part("last_lines.next", shown_steps),
    ]


def _packed(lines: Sequence[str], most: int) -> list[str]:
    """Return at most ``most`` lines; the last one has all that are left."""
    if len(lines) <= most:
        return list(lines)
    rest = [line.rstrip(".") for line in lines[most - 1 :]]
    return [*lines[: most - 1], ". ".join(rest)]


def _part(key: str, lines: Sequence[str]) -> list[str]:
    """Return the lines of a part; the first has its name."""
    first, *others = lines
    return [t(key, line=first), *(f"{INDENT}{line}" for line in others)]
