"""Tells the software that makes a book apart from any other, so that nothing is used that another has left."""

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
    """Return the things beside its files that any notebook may depend on: Python, packages, settings."""
    packages = sorted(f"{package.name} {package.version}" for package in distributions())
    settings = sorted(pair for pair in os.environ.items() if pair[0].startswith(SETTINGS))
    return {"python": sys.version, "packages": packages, "settings": settings}


def software_fingerprint() -> str:
    """Return a fingerprint of the surroundings and of every file of Copy Desk itself."""
    fingerprint = hashlib.sha256(json.dumps(surroundings()).encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            fingerprint.update(f"{path.relative_to(PACKAGE).as_posix()} ".encode())
            fingerprint.update(hashlib.sha256(path.read_bytes()).digest())
    return fingerprint.hexdigest()
