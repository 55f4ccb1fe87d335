"""Reads a packed course in memory, strictly: one thing that `copydesk pack` wouldn't write, and nothing is unpacked."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import yaml
from pydantic import ValidationError

from copydesk.course.citation import CITATION_FILE, Citation, citation_from_facts
from copydesk.course.course_file import COURSE_FILE, CourseFacts
from copydesk.course.documents import ContentError, Loader, Problem
from copydesk.course.manifest import MANIFEST_FILE, CourseManifest
from copydesk.grading.files.limits import MEGABYTE
from copydesk.grading.files.untrusted_json import UnreadableError, read_json
from copydesk.grading.files.zips import METHODS, ZIP_ERRORS, count_records, entry_refusal, is_too_tight, word_of
from copydesk.sharing.contents import MAX_FILES, TEXT_BYTES, digest, file_problems, most_bytes, name_problems
from copydesk.sharing.course_files import SOLUTIONS, is_plain
from copydesk.sharing.problems import fault
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PACK_BYTES = 200 * MEGABYTE
TOTAL_BYTES = 300 * MEGABYTE
"""The most that a packed course may have, packed and unpacked."""

MOST_PROBLEMS = 20
"""How many problems of a pack are named; after these, no one needs more."""

SHARED_FACTS = ("id", "title", "language", "licence", "rights")


@dataclass(frozen=True)
class CoursePack:
    """A packed course that was read and found whole: its description, also as bytes, and its files by path."""

    manifest: CourseManifest
    description: bytes
    files: Mapping[str, bytes]


def is_pack(path: Path) -> bool:
    """Return whether a file looks like a packed course."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()[0].filename == MANIFEST_FILE
    except (OSError, *ZIP_ERRORS):
        return False


def read_pack(path: Path) -> CoursePack:
    """Read a packed course into memory; nothing is written, built or run.

    Raises:
        ContentError: it is no pack, is damaged, or has anything in it that a pack does not have.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            return _read(name, file)
    except ContentError:  # which is a ValueError, too
        raise
    except OSError as error:
        raise ContentError([fault(name, "pack.unreadable", why=error.strerror or error)]) from None
    except ZIP_ERRORS as error:
        raise ContentError([fault(name, "pack.unreadable", why=word_of(error))]) from None


def _read(name: str, file: BinaryIO) -> CoursePack:
    if file.seek(0, 2) > PACK_BYTES:
        raise ContentError([fault(name, "pack.large", most=PACK_BYTES // MEGABYTE)])
    file.seek(0)
    if count_records(file) > 2 * MAX_FILES:  # those bytes may also be in a file's content
        raise ContentError([fault(name, "pack.too_many_files", most=f"{MAX_FILES:,}")])
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        _require_none(_entry_problems(name, entries))
        files: dict[str, bytes] = {}
        for entry in entries:
            with archive.open(entry) as member:
                files[entry.filename] = member.read(entry.file_size)
    description = files.pop(MANIFEST_FILE)
    manifest = _manifest(description)
    _require_none(_differences(manifest, files))
    _require_none(file_problems(files))
    _require_none(_lies(manifest, files))
    return CoursePack(manifest, description, files)


def _require_none(problems: Iterator[Problem]) -> None:
    """Raise an error with the first problems, if there are any."""
    first = list(islice(problems, MOST_PROBLEMS))
    if first:
        raise ContentError(first)


def _entry_problems(pack: str, entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    """Yield what rules out reading: by names, kinds and sizes alone."""
    names = [entry.filename for entry in entries]
    if MANIFEST_FILE not in names:
        yield fault(pack, "pack.no_manifest", name=MANIFEST_FILE)
        return
    if len(entries) > MAX_FILES:
        yield fault(pack, "pack.too_many_files", most=f"{MAX_FILES:,}")
        return
    for entry in entries:
        refusal = entry_refusal(entry.filename, entry)
        if refusal:
            yield fault(entry.filename, "pack.refused", why=refusal.reason)
        elif entry.filename != entry.orig_filename or entry.compress_type not in METHODS:
            yield fault(entry.filename, "pack.strange_file")
        most = TEXT_BYTES if entry.filename == MANIFEST_FILE else most_bytes(entry.filename)
        if entry.file_size > most or is_too_tight(entry):
            yield fault(entry.filename, "pack.large_file", most=most // MEGABYTE)
    if sum(entry.file_size for entry in entries) > TOTAL_BYTES:
        yield fault(pack, "pack.large", most=TOTAL_BYTES // MEGABYTE)
    if names.count(MANIFEST_FILE) > 1:
        yield fault(MANIFEST_FILE, "pack.twice")
    yield from name_problems([name for name in names if name != MANIFEST_FILE])


def _manifest(description: bytes) -> CourseManifest:
    """Return the description of a pack.

    Raises:
        ContentError: it isn't one.
    """
    try:
        return CourseManifest.model_validate_json(json.dumps(read_json(description)))
    except UnreadableError as error:
        raise ContentError([fault(MANIFEST_FILE, "pack.bad_manifest", why=error.reason)]) from None
    except ValidationError as error:
        first = error.errors()[0]
        why = t("pack.field", field="/".join(map(str, first["loc"])), why=first["msg"])
        raise ContentError([fault(MANIFEST_FILE, "pack.bad_manifest", why=why)]) from None


def _differences(manifest: CourseManifest, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield files that are missing, that the description doesn't name, or that aren't those it names."""
    for name in sorted(manifest.files.keys() - files.keys()):
        yield fault(name, "pack.missing_file")
    for name, content in files.items():
        if name not in manifest.files:
            yield fault(name, "pack.unnamed_file")
        elif digest(content) != manifest.files[name]:
            yield fault(name, "pack.other_content")


def _lies(manifest: CourseManifest, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what the description says that the course itself doesn't."""
    if COURSE_FILE not in files:
        yield fault(COURSE_FILE, "pack.missing_file")
        return
    try:
        facts = CourseFacts.model_validate(_data(files[COURSE_FILE]))
        citation = citation_from_facts(facts)
        if CITATION_FILE in files:
            citation = Citation.model_validate(_data(files[CITATION_FILE]))
    except ValidationError:
        yield fault(COURSE_FILE, "pack.bad_facts")
        return
    truth: dict[str, object] = {field: getattr(facts, field) for field in SHARED_FACTS}
    truth["authors"] = tuple(citation.author_names)
    truth["version"] = citation.version
    truth["keys"] = any(name.startswith(f"{SOLUTIONS}/") for name in files)
    for field, value in truth.items():
        if getattr(manifest, field) != value:
            yield fault(MANIFEST_FILE, "pack.lie", field=field)
    if not is_plain(manifest.id):
        yield fault(MANIFEST_FILE, "pack.lie", field="id")


def _data(content: bytes) -> Any:  # noqa: ANN401  (the caller validates it)
    """Return the data of a YAML file that was found to be plain."""
    return yaml.load(content.decode("utf-8-sig"), Loader=Loader)  # noqa: S506  (a safe loader)
