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
    Document,
    is_litter,
    is_strange,
    judge,
    kind_in,
    suffix_of,
)
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line

MAX_MEMBERS = 20_000
NESTED_ZIP_BYTES = 100 * MEGABYTE
TOTAL_BYTES = 2_000 * MEGABYTE
"""How much all members of one zip file may come to, unpacked."""

MAX_RATIO = 150
RATIO_FREE_BYTES = 1 * MEGABYTE
"""A member larger than this may not be packed more tightly than ``MAX_RATIO`` to one; answer files reach about 15."""

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

Expect = Callable[[int], None]
"""Called with the number of further files that turned up inside a file."""

ZIP_AGAIN = "Zip the files again, or hand them over unzipped"
ONE_BY_ONE = "Ask for this file by itself"


@dataclass(slots=True)
class _Budget:
    """How many bytes the members of one zip file may still come to."""

    left: int = TOTAL_BYTES


def read_zip(name: str, file: BinaryIO, expect: Expect) -> Iterator[Document | SubmissionProblem]:
    """Yield the members of a zip file, and of zip files in it, and a problem for each that cannot be used."""
    yield from _members(name, file, expect, _Budget(), nested=False)


def member_names(name: str, file: BinaryIO, *, nested: bool = False) -> Iterator[str]:
    """Yield what the members of a zip file are called, and those of zip files in it; nothing where it is damaged."""
    try:
        if _count_records(file) > MAX_MEMBERS:
            return
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                path = f"{name}/{_name_in(info)}"
                yield path
                is_zip = suffix_of(path) == ".zip" and not nested
                if is_zip and not _judge_size(path, info, ".zip", b"", _Budget()):
                    yield from member_names(path, io.BytesIO(archive.read(info)), nested=True)
    except ZIP_ERRORS:
        return


def _members(
    name: str, file: BinaryIO, expect: Expect, budget: _Budget, *, nested: bool
) -> Iterator[Document | SubmissionProblem]:
    try:
        if _count_records(file) > MAX_MEMBERS:
            yield SubmissionProblem(
                name, f"it has more than {MAX_MEMBERS:,} members", "Split it into several zip files"
            )
            return
        archive = zipfile.ZipFile(file)
    except ZIP_ERRORS as error:
        yield SubmissionProblem(name, f"it is no zip file that can be read ({one_line(str(error), 120)})", ZIP_AGAIN)
        return
    with archive:
        infos = sorted(archive.infolist(), key=lambda info: (_name_in(info), info.header_offset))
        wanted = [info for info in infos if not _name_in(info).endswith("/") and not _is_litter_path(_name_in(info))]
        expect(len(wanted))
        if not wanted:
            yield SubmissionProblem(name, "the zip file is empty", "Ask for it again")
        for info in wanted:
            yield from _member(f"{name}/{_name_in(info)}", archive, info, expect, budget, nested=nested)


def _count_records(file: BinaryIO) -> int:
    """Return at least the number of members, without building a table of them."""
    count, tail = 0, b""
    while chunk := file.read(CHUNK):
        window = tail + chunk
        count += window.count(RECORD)
        tail = window[-len(RECORD) + 1 :]
    file.seek(0)
    return count


def _name_in(info: zipfile.ZipInfo) -> str:
    """Return the name of a member with ``/`` between its parts on every system, in the letters it was written in.

    Some programs on Windows put a backslash there. Some on Macs write UTF-8 without saying so, which is read as
    letters of an old code page.
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
    name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, expect: Expect, budget: _Budget, *, nested: bool
) -> Iterator[Document | SubmissionProblem]:
    problem = _judge_entry(name, info)
    if problem:
        yield problem
        return
    try:
        head = _head(archive, info) if is_strange(name) else b""
        kind = kind_in(head) or suffix_of(name)
        problem = _judge_kind(name, info, kind, nested=nested) or _judge_size(name, info, kind, head, budget)
        if problem:
            yield problem
            return
        with archive.open(info) as member:
            data = member.read(info.file_size)
    except ZIP_ERRORS as error:
        yield SubmissionProblem(name, f"it is damaged in the zip file ({one_line(str(error), 120)})", ONE_BY_ONE)
        return
    budget.left -= len(data)
    if kind == ".zip":
        yield from _members(name, io.BytesIO(data), expect, budget, nested=True)
    else:
        yield Document(name, data)


def _head(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the first bytes of a member, where they can be had cheaply."""
    if info.compress_type not in METHODS:
        return b""
    with archive.open(info) as member:
        return member.read(HEAD_BYTES)


def _judge_entry(name: str, info: zipfile.ZipInfo) -> SubmissionProblem | None:
    """Return what in the entry itself speaks against reading it."""
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or DRIVE.match(info.filename):
        reason = "its name in the zip file points outside the zip file"
        return SubmissionProblem(name, reason, "Do not unpack this zip file; ask for the answer file by itself")
    if stat.S_ISLNK(info.external_attr >> 16):
        return SubmissionProblem(name, "it is a link in the zip file, not a file", ONE_BY_ONE)
    if info.flag_bits & ENCRYPTED:
        return SubmissionProblem(name, "it is locked with a password", "Ask for it without a password")
    return None


def _judge_kind(name: str, info: zipfile.ZipInfo, kind: str, *, nested: bool) -> SubmissionProblem | None:
    """Return what in the sort of file speaks against reading it."""
    if kind in LIMITS and info.compress_type not in METHODS:
        return SubmissionProblem(name, "it is packed by a rare method that is not read here", ZIP_AGAIN)
    if nested and kind == ".zip":
        return SubmissionProblem(name, "it is a zip file in a zip file in a zip file", "Unpack the outer one first")
    return None


def _judge_size(name: str, info: zipfile.ZipInfo, kind: str, head: bytes, budget: _Budget) -> SubmissionProblem | None:
    """Return what in the size speaks against reading it."""
    if problem := judge(name, info.file_size, head=head):
        return problem
    if kind == ".zip" and info.file_size > NESTED_ZIP_BYTES:
        reason = f"the zip file in it is larger than {NESTED_ZIP_BYTES // MEGABYTE} MB"
        return SubmissionProblem(name, reason, "Unpack the outer zip file first")
    if info.file_size > RATIO_FREE_BYTES and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        reason = f"it is packed more tightly than {MAX_RATIO} to 1, as files are that fill a disk"
        return SubmissionProblem(name, reason, ONE_BY_ONE)
    if info.file_size > budget.left:
        reason = f"the zip file unpacks to more than {TOTAL_BYTES // MEGABYTE:,} MB"
        return SubmissionProblem(name, reason, "Split it into several zip files")
    return None
