"""Makes sure that what a command is given is there, before anything is written."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from copydesk.grading.files.inputs import Fetched
from copydesk.grading.files.problems import WrongPlaceError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def require_places(given: Iterable[Path | Fetched], out: Path | None = None) -> None:
    """Raise ``WrongPlaceError`` where a file or folder that was given is not there, or ``out`` is a file."""
    for path in given:
        if not isinstance(path, Fetched) and not path.is_symlink() and not _exists(path):
            msg = f"There is no file or folder {path}. {_hint(path)}Nothing was changed."
            raise WrongPlaceError(msg)
    if out:
        require_folder(out)


def require_folder(out: Path) -> None:
    """Raise ``WrongPlaceError`` where results cannot lie, because there is a file of that name."""
    if out.exists() and not out.is_dir():
        msg = f"{out} is a file, and results need a folder. Name another with --out; nothing was changed."
        raise WrongPlaceError(msg)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # the folder above is closed: what follows says so for each file
        return True


def _hint(path: Path) -> str:
    """Return which name beside it may be meant; where the folder above is not there either, that comes first."""
    above = path.parent
    if not above.is_dir():
        return _hint(above) if above != above.parent else ""
    try:
        names = [each.name for each in above.iterdir() if not each.name.startswith(".")]
    except OSError:
        return ""
    close = get_close_matches(path.name, names, n=1, cutoff=0.5)
    return f"Did you mean {above / close[0]}? " if close else "Check the name. "
