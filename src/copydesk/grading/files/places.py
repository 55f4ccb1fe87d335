"""Makes sure that what a command is given exists, before anything is written."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from copydesk.grading.files.inputs import RemoteFolder
from copydesk.grading.files.problems import WrongPlaceError
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def require_places(places: Iterable[Path | RemoteFolder], out: Path | None = None) -> None:
    """Raise ``WrongPlaceError`` if a given file or folder does not exist, or ``out`` is a file."""
    for place in places:
        if not isinstance(place, RemoteFolder) and not place.is_symlink() and not _exists(place):
            sentences = (t("places.missing", path=place), _hint(place), t("places.unchanged"))
            msg = " ".join(sentence for sentence in sentences if sentence)
            raise WrongPlaceError(msg)
    if out:
        require_folder(out)


def require_folder(out: Path) -> None:
    """Raise ``WrongPlaceError`` if results cannot be written because there is a file of that name."""
    if out.exists() and not out.is_dir():
        raise WrongPlaceError(t("places.file", path=out))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # the folder above cannot be opened: later code says so for each file
        return True


def _hint(path: Path) -> str:
    """Return which name beside a path may be meant; if the folder above does not exist either, that comes first.

    Empty if there is nothing to say.
    """
    above = path.parent
    if not above.is_dir():
        return _hint(above) if above != above.parent else ""
    try:
        names = [entry.name for entry in above.iterdir() if not entry.name.startswith(".")]
    except OSError:
        return ""
    close = get_close_matches(path.name, names, n=1, cutoff=0.5)
    return t("places.similar", path=above / close[0]) if close else t("places.check")
