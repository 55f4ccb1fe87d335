"""Packs a course as one file, with or without the keys of graded tasks: the same course makes the same bytes."""

from __future__ import annotations

import io
import json
import stat
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk._version import __version__
from copydesk.atomic_write import replace_file
from copydesk.course.documents import ContentError, Problem
from copydesk.course.manifest import MANIFEST_FILE, CourseManifest
from copydesk.model.task import is_unwritten
from copydesk.publish.edition import learners_version
from copydesk.release.exercises import release
from copydesk.release.leaks import find_leaks_in_copy
from copydesk.release.notebooks import read_notebook, tidy, write_notebook
from copydesk.sharing.contents import digest, file_problems, name_problems
from copydesk.sharing.course_files import SOLUTIONS, is_text, list_files
from copydesk.sharing.problems import SharingError
from copydesk.sharing.reading import is_pack
from copydesk.text import t
from copydesk.zip_entry import zip_entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from copydesk.course.course import Course

PLAIN_FILE = stat.S_IFREG | 0o644
BOOK = "book/"
SEEDS = "seeds/"


@dataclass(frozen=True)
class PackedCourse:
    """A course as one file: its description, its bytes, and what its folder has that isn't in the pack."""

    manifest: CourseManifest
    content: bytes
    left_out: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """What the file is called if no one says otherwise: a pack with keys says so in its name."""
        return f"{self.manifest.id}-with-keys.zip" if self.manifest.keys else f"{self.manifest.id}.zip"


def pack_course(course: Course, *, keys: bool) -> PackedCourse:
    """Return a course as one file; ``keys`` says whether the solutions and the pages for instructors go along.

    Raises:
        SharingError: the rights aren't stated, exercises are out of date, or there are no keys to go along.
        ContentError: a file can't be packed, or would give away part of a key.
    """
    names, others = list_files(course.root)
    has_keys = any(name.startswith(f"{SOLUTIONS}/") for name in names)
    _require_ready(course, keys=keys, has_keys=has_keys)
    files: dict[str, bytes] = {}
    for name in names:
        content = _content(course.root, name, keys=keys)
        if content is not None:
            files[name] = content
    problems = [*name_problems(list(files)), *file_problems(files)]
    if problems:
        raise ContentError(problems)
    if not keys:
        _require_no_leak(course, files)
    facts = course.facts
    manifest = CourseManifest(
        id=facts.id,
        title=facts.title,
        language=facts.language,
        authors=tuple(course.citation.author_names),
        version=course.citation.version,
        licence=facts.licence,
        rights=facts.rights,
        made_with=__version__,
        keys=keys,
        files={name: digest(content) for name, content in sorted(files.items())},
    )
    return PackedCourse(manifest, _zipped(manifest, files), tuple(others))


def write_pack(packed: PackedCourse, path: Path) -> None:
    """Write a pack; a file that is no pack of a course stays as it is.

    Raises:
        SharingError: such a file is there, or the system refuses to write.
    """
    if path.exists() and not is_pack(path):
        raise SharingError(t("pack.file_exists", file=path))
    try:
        replace_file(path, packed.content)
    except OSError as error:
        raise SharingError(t("pack.not_written", file=path, why=error.strerror or error)) from None


def _require_ready(course: Course, *, keys: bool, has_keys: bool) -> None:
    """Refuse a course whose text may not be given to others as far as we know, or which isn't finished."""
    if is_unwritten(course.facts.rights.statement):
        raise SharingError(t("pack.no_rights"))
    if keys and not has_keys:
        raise SharingError(t("pack.no_keys"))
    changed = release(course, check=True) if has_keys else []
    if changed:
        names = [path.relative_to(course.root).as_posix() for path in changed]
        raise SharingError(t("pack.out_of_date", files=", ".join(names)))


def _content(root: Path, name: str, *, keys: bool) -> bytes | None:
    """Return a file as it goes into the pack: notebooks tidied, lines ended in one way; None if it stays here."""
    if not keys and name.startswith(f"{SOLUTIONS}/"):
        return None
    if name.endswith(".ipynb"):
        return write_notebook(tidy(read_notebook(root / name, name), Path(name).stem))
    content = (root / name).read_bytes()
    if not is_text(name):
        return content
    content = content.replace(b"\r\n", b"\n")
    if keys or not name.startswith(BOOK):
        return content
    text = learners_version(name.removeprefix(BOOK), content.decode("utf-8", errors="surrogateescape"))
    return None if text is None else text.encode("utf-8", errors="surrogateescape")


def _require_no_leak(course: Course, files: Mapping[str, bytes]) -> None:
    """Refuse files that give away part of a graded key.

    The seeds aren't searched: they are what the lessons show of the article, and a key may quote them.
    """
    with tempfile.TemporaryDirectory(prefix="copydesk-pack-") as place:
        for name, content in files.items():
            if not name.startswith(SEEDS):
                path = Path(place) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        leaks = find_leaks_in_copy(course, Path(place))
    problems = []
    for leak in leaks:
        fault = t("pack.leak", text=leak.text, source=leak.source)
        problems.append(Problem(leak.file, 0, "", fault, t("pack.leak.remedy")))
    if problems:
        raise ContentError(problems)


def _zipped(manifest: CourseManifest, files: Mapping[str, bytes]) -> bytes:
    """Return the bytes of the pack: the description first, then the files by name."""
    data = json.loads(manifest.model_dump_json(by_alias=True))
    description = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zip_entry(MANIFEST_FILE, mode=PLAIN_FILE), description)
        for name, content in sorted(files.items()):
            archive.writestr(zip_entry(name, mode=PLAIN_FILE), content)
    return file.getvalue()
