"""Says which software makes a book, so that nothing is used that other software has left."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
SETTINGS = ("COPYDESK_", "LANG", "LC_", "MPL", "MATPLOTLIB", "PYTHON", "TZ")


def surroundings() -> dict[str, Any]:
    """Return what any notebook may depend on beside its files: Python, packages, settings."""
    return {
        "python": sys.version,
        "packages": sorted(f"{each.name} {each.version}" for each in distributions()),
        "settings": sorted(pair for pair in os.environ.items() if pair[0].startswith(SETTINGS)),
    }


def state() -> str:
    """Return a fingerprint of the surroundings and of every file of Copy Desk itself."""
    found = hashlib.sha256(json.dumps(surroundings()).encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(f"{path.relative_to(PACKAGE).as_posix()} ".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
