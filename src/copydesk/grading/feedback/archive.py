"""Packs the feedback pages into one zip file, under the names by which a platform takes them back."""

from __future__ import annotations

import contextlib
import filecmp
import secrets
import zipfile
from typing import TYPE_CHECKING

from copydesk.grading.files.writing import not_written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file knows; with the time of the run in it, no two files would be the same."""

UNIX, PLAIN_FILE = 3, 0o100644

QUICKLY = 1
"""The level of compression: level 6 takes nearly three times as long and saves a seventh."""


def pack(path: Path, pages: Mapping[str, Path]) -> None:
    """Write a zip file of pages by the names they have in it; the same pages make the same bytes.

    Raises:
        GradingError: it cannot be written.
    """
    passing = path.with_name(f".{path.stem}-{secrets.token_hex(8)}.tmp")
    try:
        with zipfile.ZipFile(passing, "x") as archive:
            for name, page in sorted(pages.items()):
                info = zipfile.ZipInfo(name, FIRST_MOMENT)
                info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, UNIX
                info.external_attr = PLAIN_FILE << 16
                archive.writestr(info, page.read_bytes(), compresslevel=QUICKLY)
        if path.is_file() and filecmp.cmp(passing, path, shallow=False):
            passing.unlink()
        else:
            passing.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            passing.unlink()
        raise not_written(path, error) from error
