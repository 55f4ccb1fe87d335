"""Prints what is still open in a course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.commands.console import say
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from copydesk.scaffold.open_steps import OpenStep


def say_open_steps(steps: Sequence[OpenStep]) -> None:
    """Print what is still open, numbered in the order in which to do it."""
    if not steps:
        return
    say(t("open.heading"))
    for number, step in enumerate(steps, 1):
        values = {"number": number, "place": step.place, "what": step.what}
        line = t("open.line_command", **values, command=step.command) if step.command else t("open.line", **values)
        say(f"  {line}")
    say(t("open.then"))
