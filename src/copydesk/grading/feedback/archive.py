"""Packs the feedback pages into one zip file, under the names a platform expects when they are uploaded."""

from __future__ import annotations

import filecmp
import zipfile
from typing import TYPE_CHECKING

from copydesk.atomic_write import file_beside
from copydesk.grading.files.writing import translate_write_errors
from copydesk.zip_entry import zip_entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PLAIN_FILE = 0o100644

FAST_COMPRESSION = 1
"""The compression level; level 6 takes nearly three times as long and saves a seventh."""


def pack_pages(path: Path, pages: Mapping[str, Path]) -> None:
    """Write a zip file of pages under the names given; the same pages give the same bytes.

    Raises:
        GradingError: it cannot be written.
    """
    with translate_write_errors(path), file_beside(path) as temporary:
        with zipfile.ZipFile(temporary, "x") as archive:
            for name, page in sorted(pages.items()):
                archive.writestr(zip_entry(name, mode=PLAIN_FILE), page.read_bytes(), compresslevel=FAST_COMPRESSION)
        is_same = path.is_file() and filecmp.cmp(temporary, path, shallow=False)
        if not is_same:
            temporary.replace(path)
