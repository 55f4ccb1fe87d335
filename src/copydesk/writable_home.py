"""Gives libraries a temporary folder for their files if the user's home cannot be written to."""

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
"""The variables that Matplotlib, Jupyter, IPython and others read, each with its default place below the home."""


def use_writable_home() -> None:
    """Set the variables of places that cannot be written to, for this process and all that it starts."""
    if os.name == "posix":  # on Windows a user without a profile cannot log in
        os.environ.update(replaced_variables(os.environ))


def replaced_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that must change for libraries to write, with folders that are removed at exit.

    Without them, Matplotlib warns on stderr, Jupyter has nowhere to put a kernel's files, and the book
    takes both for a fault in an exercise.
    """
    home = _home(environment)
    blocked = [name for name, place in PLACES.items() if not _is_writable(environment.get(name), home, place)]
    if not blocked:
        return {}
    folder = Path(tempfile.mkdtemp(prefix="copydesk-home-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return {name: str(folder / PLACES[name]) for name in blocked}


def _home(environment: Mapping[str, str]) -> Path | None:
    """Return the home of an environment, or the one that the system knows; a user in a container may have neither."""
    try:
        return Path(environment.get("HOME") or Path.home())
    except RuntimeError:
        return None


def _is_writable(setting: str | None, home: Path | None, place: str) -> bool:
    """Return whether a folder can be written to or made: the one that a variable names, or the place below the home."""
    if setting:
        folder = Path(setting)
    elif home is not None:
        folder = home / place
    else:
        return False
    try:
        with tempfile.TemporaryFile(dir=_nearest_existing(folder)):
            return True
    except OSError:
        return False


def _nearest_existing(folder: Path) -> Path:
    """Return a folder, or its nearest parent that exists."""
    for path in (folder, *folder.parents):
        if path.exists():
            return path
    return folder
