"""Makes zip entries that depend on name and content alone: the same files make the same bytes."""

from __future__ import annotations

import zipfile

FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""

UNIX = 3


def zip_entry(name: str, *, mode: int = 0o600) -> zipfile.ZipInfo:
    """Return the entry for a compressed file; ``mode`` is its type and permissions once unpacked."""
    entry = zipfile.ZipInfo(name, FIRST_MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = UNIX
    entry.external_attr = mode << 16
    return entry
