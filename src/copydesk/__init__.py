"""Copy Desk: take one news article apart, claim by claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk._version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.desk.desk import Desk

__all__ = ["__version__", "open"]


def open(lesson: str, *, solution: bool = False, answers: str | Path | None = None) -> Desk:  # noqa: A001  (reads well in a notebook)
    """Open a lesson by its name: ``desk = copydesk.open("02-NAME")``.

    ``answers`` names another folder for the answer file. ``solution`` reads the keys too (instructors only).

    Raises:
        FileNotFoundError: there is no course here.
        ValueError: the lesson is unknown, or one of its files is wrong.
    """
    from copydesk.desk.desk import Desk  # noqa: PLC0415  (importing copydesk stays quick)

    return Desk(lesson, solution=solution, answers=answers)


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Load submodules when they are first used, so that importing copydesk stays quick."""
    import importlib  # noqa: PLC0415

    if name in {"answers", "course", "desk", "figures", "grading", "kinds", "measures", "publish"}:
        return importlib.import_module(f"copydesk.{name}")
    msg = f"module 'copydesk' has no attribute {name!r}"
    raise AttributeError(msg)
