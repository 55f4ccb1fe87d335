"""The version of Copy Desk, and what tells two states of one version apart."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

__version__ = "0.1.0"

CODE = frozenset({".py", ".j2", ".json", ".css"})


@cache
def code_digest() -> bytes:
    """Return the hash of all code, templates and texts of this package: between releases, they change as well."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in CODE:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()
