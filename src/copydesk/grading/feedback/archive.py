"""Packs the feedback pages into one zip file, under the names a platform expects when they are uploaded."""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from copydesk.atomic_write import file_beside
from copydesk.grading.files.digest_lines import digest_line
from copydesk.grading.files.result_names import PACKED
from copydesk.grading.files.writing import translate_write_errors, write
from copydesk.zip_entry import zip_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PLAIN_FILE = 0o100644

FAST_COMPRESSION = 1
"""The compression level; level 6 takes nearly three times as long and saves a seventh."""

HEADER = struct.Struct("<26xHH")
"""The beginning of an entry, which ends in the lengths of its name and of what comes between that and its data."""


def pack_pages(path: Path, pages: Mapping[str, Path]) -> None:
    """Write a zip file of pages under the names given; the same pages give the same bytes.

    What the zip file of an earlier run has compressed is copied: that takes a quarter of the time.

    Raises:
        GradingError: it cannot be written.
    """
    with translate_write_errors(path), file_beside(path) as temporary:
        with _earlier_entries(path) as earlier, zipfile.ZipFile(temporary, "x") as archive:
            for name, page in sorted(pages.items()):
                data = page.read_bytes()
                entry = zip_entry(name, mode=PLAIN_FILE)
                compressed = earlier.compressed(name, data)
                if compressed:
                    _add_compressed(archive, entry, data, compressed)
                else:
                    archive.writestr(entry, data, compresslevel=FAST_COMPRESSION)
        is_same = path.is_file() and filecmp.cmp(temporary, path, shallow=False)
        if not is_same:
            temporary.replace(path)
    write(path.with_name(PACKED[path.name]), _mark(path))


class _Entries:
    """The entries of the zip file that an earlier run wrote, by name; none if there is no such file."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        self._file = file
        self._entries: dict[str, zipfile.ZipInfo] = {}
        if file:
            with zipfile.ZipFile(file) as archive:
                self._entries = dict(archive.NameToInfo)

    def compressed(self, name: str, data: bytes) -> bytes:
        """Return a page as it was compressed; empty if it has changed."""
        entry = self._entries.get(name)
        if self._file is None or entry is None:
            return b""
        if (entry.file_size, entry.CRC) != (len(data), zlib.crc32(data)):
            return b""
        self._file.seek(entry.header_offset)
        name_length, extra_length = HEADER.unpack(self._file.read(HEADER.size))
        self._file.seek(name_length + extra_length, 1)
        return self._file.read(entry.compress_size)


@contextlib.contextmanager
def _earlier_entries(path: Path) -> Iterator[_Entries]:
    """Open the zip file of an earlier run, if it is still as it was written."""
    with contextlib.ExitStack() as stack:
        file = None
        with contextlib.suppress(OSError):
            if path.with_name(PACKED[path.name]).read_bytes() == _mark(path):
                file = stack.enter_context(path.open("rb"))
        yield _Entries(file)


def _mark(path: Path) -> bytes:
    """Return the line that says what a zip file is like: its digest, and the version of what compressed it."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return digest_line(digest.hexdigest().encode(), zlib.ZLIB_RUNTIME_VERSION.encode())


def _add_compressed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, data: bytes, compressed: bytes) -> None:
    """Add an entry that is compressed already, as ``ZipFile.writestr`` adds any other."""
    if archive.fp is None:
        msg = "the archive is closed"
        raise ValueError(msg)
    entry.CRC, entry.file_size, entry.compress_size = zlib.crc32(data), len(data), len(compressed)
    entry.header_offset = archive.fp.tell()
    archive.fp.write(entry.FileHeader(zip64=False) + compressed)
    archive.start_dir = archive.fp.tell()
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
