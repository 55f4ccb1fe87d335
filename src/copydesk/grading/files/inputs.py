"""Finds the files given for grading and reads them, one at a time, within stated limits."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.limits import (
    HEAD_BYTES,
    LIMITS,
    SubmittedFile,
    content_suffix,
    display_name,
    is_litter,
    is_strange,
    refusal,
    suffix_of,
)
from copydesk.grading.files.older_results import older_results
from copydesk.grading.files.problems import SubmissionProblem, problem, system_reason
from copydesk.grading.files.zips import CountFiles, member_names, read_zip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class InputFile(NamedTuple):
    """A file on disk, and the name it is called by: never an absolute path."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class RemoteFolder:
    """The files of a remote location, as copied to this machine."""

    location: str
    files: tuple[InputFile, ...]


def find_files(
    paths: Sequence[Path | RemoteFolder], leave_out: Iterable[Path] = ()
) -> tuple[list[InputFile], list[SubmissionProblem]]:
    """Return all files below some paths, each once, by name, and a problem for each that cannot be used.

    Folders are searched recursively; links in them are not followed. ``leave_out`` names files and folders
    to skip; results of an earlier run are skipped if a list is with them.
    """
    search = _Search({os.path.realpath(path) for path in leave_out})
    remote = [path for path in paths if isinstance(path, RemoteFolder)]
    local = sorted({Path(os.path.abspath(path)) for path in paths if isinstance(path, Path)})  # noqa: PTH100  (a link given by name is meant)
    names = _short_names(local)
    is_one = len(local) + len(remote) == 1
    for folder in remote:
        search.add_remote(folder, "" if is_one else f"{folder.location}/")
    for path in local:
        if os.path.isdir(path):  # noqa: PTH112  (pathlib raises where the folder above is closed)
            search.add_folder(path, "" if is_one else f"{names[path]}/")
        elif os.path.exists(path):  # noqa: PTH110  (as above)
            search.files.append(InputFile(names[path], str(path)))
        else:
            search.problems.append(problem(names[path], "inputs.no_such_file"))
    return _each_once(search.files), search.problems


def _short_names(paths: Sequence[Path]) -> dict[Path, str]:
    """Return the last part of each path, with as many parts before it as are needed to tell the paths apart."""
    count = 1
    while len({path.parts[-count:] for path in paths}) < len(paths):
        count += 1
    names = {}
    for path in paths:
        parts = path.parts[-count:]
        names[path] = "/".join(part for part in parts if part != path.anchor)
    return names


def _each_once(files: Iterable[InputFile]) -> list[InputFile]:
    """Return files by name; one with several names gets the first of them."""
    by_path: dict[str, InputFile] = {}
    for file in sorted(files, key=attrgetter("name")):
        by_path.setdefault(file.path, file)
    return list(by_path.values())


@dataclass(frozen=True, slots=True)
class _Search:
    """What a search has found so far; ``skipped`` are the real paths of files and folders to skip."""

    skipped: set[str]
    files: list[InputFile] = field(default_factory=list)
    problems: list[SubmissionProblem] = field(default_factory=list)

    def add_remote(self, folder: RemoteFolder, prefix: str) -> None:
        """Add the files of a folder that were copied here."""
        for file in folder.files:
            self.files.append(InputFile(prefix + file.name, file.path))

    def add_folder(self, top: Path, prefix: str) -> None:
        """Add the files below a folder, and a problem for each link and each folder that cannot be opened."""
        folders = [(os.fspath(top), os.path.realpath(top), prefix)]
        while folders:
            folder, real, before = folders.pop()
            for entry in self._entries(folder, real, before):
                name = before + entry.name
                place = f"{real}{os.sep}{entry.name}"  # no link is followed, so it is real too
                if is_litter(entry.name) or place in self.skipped:
                    continue
                if entry.is_symlink():
                    self.problems.append(problem(name, "inputs.link"))
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, place, name + "/"))
                else:
                    self.files.append(InputFile(name, entry.path))

    def _entries(self, folder: str, real: str, name: str) -> list[os.DirEntry[str]]:
        """Return the entries of a folder, and mark the results of an earlier run in it as files to skip."""
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            self.problems.append(_closed_folder(name, error))
            return []
        for path in older_results(folder, {entry.name for entry in entries}):
            self.skipped.add(f"{real}{os.sep}{path.replace('/', os.sep)}")
        return entries


def _closed_folder(name: str, error: OSError) -> SubmissionProblem:
    """Return the row for a folder that cannot be opened."""
    is_too_long = error.errno == errno.ENAMETOOLONG
    return problem(name, "inputs.long_path" if is_too_long else "inputs.closed_folder")


def read_file(file: InputFile, count_files: CountFiles) -> Iterator[SubmittedFile | SubmissionProblem]:
    """Yield the content of a file: the file itself, or the members of a zip file; a problem where it cannot be used."""
    try:
        status = os.stat(file.path)  # noqa: PTH116  (quicker, and this is done for each submission)
        is_regular = stat.S_ISREG(status.st_mode)
        kind, head = suffix_of(file.name), b""
        if is_regular and is_strange(file.name):
            head = _head(file.path)
            kind = content_suffix(head)
        row = refusal(file.name, status.st_size, regular=is_regular, head=head)
        if row:
            yield row
            return
        with open(file.path, "rb") as stream:  # noqa: PTH123  (as above)
            if kind == ".zip":
                yield from read_zip(file.name, stream, count_files)
            else:
                yield SubmittedFile(file.name, stream.read(min(status.st_size + 1, LIMITS[kind])))
    except OSError as error:
        yield problem(file.name, "inputs.unreadable", why=system_reason(error))


def file_names(files: Iterable[InputFile]) -> Iterator[str]:
    """Yield the names of all files and of the members of zip files, without reading their contents."""
    for file in files:
        yield display_name(file.name)
        with contextlib.suppress(OSError):
            if _is_zip(file):
                with open(file.path, "rb") as stream:  # noqa: PTH123  (as above)
                    yield from member_names(file.name, stream)


def _is_zip(file: InputFile) -> bool:
    """Return whether a file is a zip file, by its name or, if that is strange, by its first bytes."""
    if is_strange(file.name):
        return content_suffix(_head(file.path)) == ".zip"
    return suffix_of(file.name) == ".zip"


def _head(path: str) -> bytes:
    with open(path, "rb") as stream:  # noqa: PTH123  (a path as find gives it)
        return stream.read(HEAD_BYTES)
