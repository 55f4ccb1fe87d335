"""Reads the members of a zip file in memory; nothing is ever extracted, and every size is bounded."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from copydesk.grading.files.limits import (
    HEAD_BYTES,
    LIMITS,
    MEGABYTE,
    SubmittedFile,
    content_suffix,
    is_litter,
    is_strange,
    refusal,
    suffix_of,
)
from copydesk.grading.files.problems import SubmissionProblem, problem
from copydesk.grading.files.safe_text import one_line

MAX_MEMBERS = 20_000
NESTED_ZIP_BYTES = 100 * MEGABYTE
TOTAL_BYTES = 2_000 * MEGABYTE
"""The most that all members of one zip file may add up to, unpacked."""

MAX_RATIO = 150
RATIO_FREE_BYTES = 1 * MEGABYTE
"""A member larger than this may not be compressed more than ``MAX_RATIO`` to one; answer files reach about 15."""

CHUNK = 4 * MEGABYTE
RECORD = b"PK\x01\x02"
DRIVE = re.compile(r"^[A-Za-z]:")
ENCRYPTED = 0x1
SAYS_UTF8 = 0x800
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    ValueError,
    IndexError,
)
"""What the standard library raises on damaged zip files."""

CountFiles = Callable[[int], None]
"""Called with the number of further files found inside a file."""


@dataclass(slots=True)
class _Budget:
    """How many more bytes the members of one zip file may unpack to."""

    left: int = TOTAL_BYTES


def read_zip(name: str, file: BinaryIO, count_files: CountFiles) -> Iterator[SubmittedFile | SubmissionProblem]:
    """Yield the members of a zip file, and of zip files in it, and a problem for each that cannot be used."""
    yield from _members(name, file, count_files, _Budget(), nested=False)


def member_names(name: str, file: BinaryIO, *, nested: bool = False) -> Iterator[str]:
    """Yield the names of the members of a zip file, and of zip files in it; nothing where it is damaged."""
    try:
        if count_records(file) > MAX_MEMBERS:
            return
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                path = f"{name}/{member_name(info)}"
                yield path
                is_zip = suffix_of(path) == ".zip" and not nested
                if is_zip and not _size_refusal(path, info, ".zip", b"", _Budget()):
                    yield from member_names(path, io.BytesIO(archive.read(info)), nested=True)
    except ZIP_ERRORS:
        return


def _members(
    name: str, file: BinaryIO, count_files: CountFiles, budget: _Budget, *, nested: bool
) -> Iterator[SubmittedFile | SubmissionProblem]:
    try:
        if count_records(file) > MAX_MEMBERS:
            yield problem(name, "zips.too_many", most=f"{MAX_MEMBERS:,}")
            return
        archive = zipfile.ZipFile(file)
    except ZIP_ERRORS as error:
        yield problem(name, "zips.unreadable", why=word_of(error))
        return
    with archive:
        members = _wanted_members(archive)
        count_files(len(members))
        if not members:
            yield problem(name, "zips.empty")
        for path, info in members:
            yield from _member(f"{name}/{path}", archive, info, count_files, budget, nested=nested)


def word_of(error: Exception) -> str:
    """Return the standard library's message about damage."""
    return one_line(str(error), 120)


def _wanted_members(archive: zipfile.ZipFile) -> list[tuple[str, zipfile.ZipInfo]]:
    """Return, by name, the members that are neither folders nor left behind by operating systems."""
    members = []
    for info in sorted(archive.infolist(), key=lambda info: (member_name(info), info.header_offset)):
        name = member_name(info)
        if not name.endswith("/") and not _is_litter_path(name):
            members.append((name, info))
    return members


def count_records(file: BinaryIO) -> int:
    """Return an upper bound on the number of members, without building a table of them."""
    count, tail = 0, b""
    while chunk := file.read(CHUNK):
        window = tail + chunk
        count += window.count(RECORD)
        tail = window[-len(RECORD) + 1 :]
    file.seek(0)
    return count


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member with ``/`` between its parts on every system, in the letters it was written in.

    Some programs on Windows put a backslash there. Some on Macs write UTF-8 without saying so, which is then read
    as an old code page.
    """
    name = info.filename
    if not info.flag_bits & SAYS_UTF8 and not name.isascii():
        try:
            name = name.encode("cp437").decode()
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def _is_litter_path(name: str) -> bool:
    return any(is_litter(part) for part in name.split("/"))


def _member(
    name: str,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    count_files: CountFiles,
    budget: _Budget,
    *,
    nested: bool,
) -> Iterator[SubmittedFile | SubmissionProblem]:
    refusal = entry_refusal(name, info)
    if refusal:
        yield refusal
        return
    try:
        head = _head(archive, info) if is_strange(name) else b""
        kind = content_suffix(head) or suffix_of(name)
        refusal = _kind_refusal(name, info, kind, nested=nested) or _size_refusal(name, info, kind, head, budget)
        if refusal:
            yield refusal
            return
        with archive.open(info) as member:
            data = member.read(info.file_size)
    except ZIP_ERRORS as error:
        yield problem(name, "zips.damaged", why=word_of(error))
        return
    budget.left -= len(data)
    if kind == ".zip":
        yield from _members(name, io.BytesIO(data), count_files, budget, nested=True)
    else:
        yield SubmittedFile(name, data)


def _head(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the first bytes of a member, if they are cheap to get."""
    if info.compress_type not in METHODS:
        return b""
    with archive.open(info) as member:
        return member.read(HEAD_BYTES)


def entry_refusal(name: str, info: zipfile.ZipInfo) -> SubmissionProblem | None:
    """Return a row if the entry itself rules out reading it."""
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or DRIVE.match(info.filename):
        return problem(name, "zips.outside")
    if stat.S_ISLNK(info.external_attr >> 16):
        return problem(name, "zips.link")
    if info.flag_bits & ENCRYPTED:
        return problem(name, "zips.locked")
    return None


def is_too_tight(info: zipfile.ZipInfo) -> bool:
    """Return whether a member is packed like a file that was made to fill a disk."""
    return info.file_size > RATIO_FREE_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1)


def _kind_refusal(name: str, info: zipfile.ZipInfo, kind: str, *, nested: bool) -> SubmissionProblem | None:
    """Return a row if the type of file rules out reading it."""
    if kind in LIMITS and info.compress_type not in METHODS:
        return problem(name, "zips.rare_method")
    if nested and kind == ".zip":
        return problem(name, "zips.nested")
    return None


def _size_refusal(
    name: str, info: zipfile.ZipInfo, kind: str, head: bytes, budget: _Budget
) -> SubmissionProblem | None:
    """Return a row if the size rules out reading it."""
    row = refusal(name, info.file_size, head=head)
    if row:
        return row
    if kind == ".zip" and info.file_size > NESTED_ZIP_BYTES:
        return problem(name, "zips.large_zip", most=NESTED_ZIP_BYTES // MEGABYTE)
    if is_too_tight(info):
        return problem(name, "zips.too_tight", ratio=MAX_RATIO)
    if info.file_size > budget.left:
        return problem(name, "zips.total", most=f"{TOTAL_BYTES // MEGABYTE:,}")
    return None
