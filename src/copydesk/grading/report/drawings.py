"""Keeps the drawings of a class report, so that the next run draws again only what looks different."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from contextvars import ContextVar
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from copydesk._version import code_digest
from copydesk.grading.files.digest_lines import KEY_LENGTH, MOST_LINE_BYTES, digest_line, undamaged_data
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.writing import remove, write
from copydesk.text import language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pandas as pd
    from matplotlib.figure import Figure

    from copydesk.figures import Picture

    Draw = Callable[[pd.DataFrame], Figure]
    Describe = Callable[[pd.DataFrame], str]

MOST_BYTES = 50_000_000
"""How much is read, and how much is kept: five hundred figures."""


class Drawings:
    """The drawings that an earlier run kept in a file, and those that this run needs.

    A drawing is found by its key: the hash of the code, the language, the version of the library that draws, which
    figure it is, and the numbers in it. A file of someone else can do no harm: a drawing is shown as an image.
    """

    def __init__(self, path: Path) -> None:
        """Read the file; what is damaged is left out."""
        self._path = path
        self._old = dict(_read(path))
        self._used: dict[bytes, bytes] = {}

    def find(self, key: bytes) -> tuple[str, str] | None:
        """Return a drawing, wide and upright; None if there is none."""
        if key in self._old:
            self._used[key] = self._old[key]
        if key not in self._used:
            return None
        wide, upright = json.loads(self._used[key])
        return wide, upright

    def add(self, key: bytes, wide: str, upright: str) -> None:
        """Keep a drawing."""
        self._used[key] = json.dumps([wide, upright]).encode()

    def keep(self) -> None:
        """Write the drawings of this run for the next one; without them, it only takes longer."""
        content = b""
        for key, data in sorted(self._used.items()):
            line = digest_line(key, data)
            if len(content) + len(line) <= MOST_BYTES:
                content += line
        with contextlib.suppress(GradingError):
            if content:
                write(self._path, content)
            else:
                remove(self._path)


def _read(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield the keys and drawings in a file; nothing if it cannot be read, or is not one of ours."""
    try:
        if path.is_symlink() or path.stat().st_size > MOST_BYTES:
            return
        with path.open("rb") as file:
            while line := file.readline(MOST_LINE_BYTES):
                data = undamaged_data(line)
                if data:
                    yield line[:KEY_LENGTH], data
    except OSError:
        return


@cache
def _matplotlib() -> str:
    return version("matplotlib")


def _key(draw: Draw, frame: pd.DataFrame) -> bytes | None:
    """Return the key of a drawing; None if it may depend on more than the numbers."""
    name = draw.__qualname__
    if getattr(sys.modules[draw.__module__], name, None) is not draw:  # it may have values from around it
        return None
    setting = repr((language(), _matplotlib(), draw.__module__, name))
    numbers = repr(frame.to_dict("split"))
    return hashlib.sha256(code_digest() + setting.encode() + numbers.encode()).hexdigest().encode()


_OPEN: ContextVar[Drawings | None] = ContextVar("the drawings of this run", default=None)


@contextlib.contextmanager
def kept_drawings(path: Path) -> Iterator[None]:
    """Let ``picture`` look in a file first, and keep there what was drawn or found."""
    drawings = Drawings(path)
    token = _OPEN.set(drawings)
    try:
        yield
    finally:
        _OPEN.reset(token)
    drawings.keep()


def picture(draw: Draw, describe: Describe, frame: pd.DataFrame) -> Picture:
    """Return the picture of some numbers, with their description as its alternative text."""
    from copydesk.figures import Picture, show  # noqa: PLC0415  (loads matplotlib)

    drawings = _OPEN.get()
    key = _key(draw, frame) if drawings else None
    if drawings is None or key is None:
        return show(draw(frame), alt=describe(frame))
    found = drawings.find(key)
    if found:
        wide, upright = found
        return Picture(wide.encode(), " ".join(describe(frame).split()), upright.encode())
    drawn = show(draw(frame), alt=describe(frame))
    drawings.add(key, drawn.svg.decode(), drawn.upright.decode())
    return drawn
