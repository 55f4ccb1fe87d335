"""Gives libraries a temporary folder for what they keep, where the user's own home cannot be written."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACES = {
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "MPLCONFIGDIR": ".config/matplotlib",
    "IPYTHONDIR": ".ipython",
    "JUPYTER_CONFIG_DIR": ".jupyter",
    "JUPYTER_DATA_DIR": ".local/share/jupyter",
    "HOME": "",
}
"""The variables that Matplotlib, Jupyter, IPython and others ask, and where they write below the home without them."""


def use_writable_home() -> None:
    """Set in this process, and for all that it starts, the variables of what cannot be written; leave the others."""
    if os.name == "posix":  # on Windows a user without a profile cannot log in
        os.environ.update(redirected(os.environ))


def redirected(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that must change for libraries to write, with folders that are removed at the end.

    Without them Matplotlib warns on the error stream, Jupyter finds no place for the files of a kernel, and the book
    takes both for a fault of an exercise.
    """
    home = _home(environment)
    blocked = [name for name, place in PLACES.items() if not _is_writable(environment.get(name), home, place)]
    if not blocked:
        return {}
    folder = Path(tempfile.mkdtemp(prefix="copydesk-home-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return {name: str(folder / PLACES[name]) for name in blocked}


def _home(environment: Mapping[str, str]) -> Path | None:
    """Return the home of an environment, or the one that the system knows; a user of a container may have neither."""
    try:
        return Path(environment.get("HOME") or Path.home())
    except RuntimeError:
        return None


def _is_writable(named: str | None, home: Path | None, place: str) -> bool:
    """Return whether a folder can be written, or made: the one that is named, or the place below the home."""
    if not named and home is None:
        return False
    folder = Path(named) if named else Path(home or "") / place
    standing = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    try:
        with tempfile.TemporaryFile(dir=standing):
            return True
    except OSError:
        return False
