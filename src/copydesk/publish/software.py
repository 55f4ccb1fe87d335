"""Identifies the software that makes a book, so that nothing left by a different version is used."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from copydesk.text import language_mark

PACKAGE = Path(__file__).parents[1]
SETTINGS = ("COPYDESK_", "LANG", "LC_", "MPL", "MATPLOTLIB", "PYTHON")


def surroundings() -> dict[str, Any]:
    """Return what any notebook may depend on besides files: Python, packages, settings, the language."""
    settings = sorted(pair for pair in os.environ.items() if pair[0].startswith(SETTINGS))
    about = {"python": sys.version, "packages": installed_packages(), "settings": settings}
    return about | {"language": language_mark()}


@cache
def installed_packages() -> list[str]:
    """Return the installed packages with their versions; their long metadata is read only once."""
    about_each = [package.metadata for package in distributions()]
    return sorted(f"{about['Name']} {about['Version']}" for about in about_each)


def software_fingerprint() -> str:
    """Return a fingerprint of these surroundings and of every file of Copy Desk itself."""
    fingerprint = hashlib.sha256(json.dumps(surroundings()).encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            fingerprint.update(f"{path.relative_to(PACKAGE).as_posix()} ".encode())
            fingerprint.update(hashlib.sha256(path.read_bytes()).digest())
    return fingerprint.hexdigest()
