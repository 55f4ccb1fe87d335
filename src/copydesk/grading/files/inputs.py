"""Finds the files that were given for grading and reads them, one at a time, within stated limits."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.limits import (
    HEAD_BYTES,
    LIMITS,
    Document,
    is_litter,
    is_strange,
    judge,
    kind_in,
    shown_name,
    suffix_of,
)
from copydesk.grading.files.older_results import older_results
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.zips import Expect, member_names, read_zip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Found(NamedTuple):
    """A file on disk, and the name it is called by: never an absolute path."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """The files of a place that is not on this machine's disk, as they were copied from there."""

    location: str
    files: tuple[Found, ...]


def find(
    paths: Sequence[Path | Fetched], leave_out: Iterable[Path] = ()
) -> tuple[list[Found], list[SubmissionProblem]]:
    """Return all files below some paths, each once, by name, and a problem for each that cannot be one.

    Folders are searched to the bottom; links in them are not followed. ``leave_out`` names files and
    folders to pass over; results of an earlier run are passed over where a list lies with them.
    """
    skipped = {os.path.realpath(path) for path in leave_out}
    fetched = [path for path in paths if isinstance(path, Fetched)]
    on_disk = [path for path in paths if isinstance(path, Path)]
    given = sorted({Path(os.path.abspath(path)) for path in on_disk})  # noqa: PTH100  (a link given by name is meant)
    names = _short_names(given)
    is_one = len(given) + len(fetched) == 1
    found = [
        each if is_one else Found(f"{place.location}/{each.name}", each.path)
        for place in fetched
        for each in place.files
    ]
    problems: list[SubmissionProblem] = []
    for path in given:
        if os.path.isdir(path):  # noqa: PTH112  (pathlib raises where the folder above is closed)
            _search(path, "" if is_one else f"{names[path]}/", skipped, found, problems)
        elif os.path.exists(path):  # noqa: PTH110  (as above)
            found.append(Found(names[path], str(path)))
        else:
            problems.append(SubmissionProblem(names[path], "there is no such file or folder", "Check the name"))
    once = {entry.path: entry for entry in sorted(found, key=lambda entry: entry.name, reverse=True)}
    return sorted(once.values(), key=lambda entry: entry.name), problems


def _short_names(paths: Sequence[Path]) -> dict[Path, str]:
    """Return for each path its last part, with as many parts before it as tell the paths apart."""
    count = 1
    while len({path.parts[-count:] for path in paths}) < len(paths):
        count += 1
    return {path: "/".join(part for part in path.parts[-count:] if part != path.anchor) for path in paths}


def _search(top: Path, prefix: str, skipped: set[str], found: list[Found], problems: list[SubmissionProblem]) -> None:
    """Add the files below a folder, and a problem for each link and each folder that cannot be opened."""
    folders = [(os.fspath(top), os.path.realpath(top), prefix)]
    while folders:
        folder, real, before = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            problems.append(_closed(before, error))
            continue
        skipped.update(
            f"{real}{os.sep}{each.replace('/', os.sep)}"
            for each in older_results(folder, {entry.name for entry in entries})
        )
        for entry in entries:
            name, place = before + entry.name, f"{real}{os.sep}{entry.name}"  # no link is followed, so it is real too
            if is_litter(entry.name) or place in skipped:
                continue
            if entry.is_symlink():
                problems.append(
                    SubmissionProblem(name, "it is a link, and links are not followed", "Give the file itself")
                )
            elif entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, place, name + "/"))
            else:
                found.append(Found(name, entry.path))


def _closed(name: str, error: OSError) -> SubmissionProblem:
    """Return the row for a folder that cannot be opened."""
    if error.errno == errno.ENAMETOOLONG:
        reason = "the folder cannot be opened: its path is longer than this system takes"
        return SubmissionProblem(name, reason, "Move what is in it further up, and grade again")
    return SubmissionProblem(name, "the folder cannot be opened", "Check who may read it")


def read(found: Found, expect: Expect) -> Iterator[Document | SubmissionProblem]:
    """Yield what a file holds: itself, or the members of a zip file; a problem where it cannot be used."""
    try:
        status = os.stat(found.path)  # noqa: PTH116  (quicker, and this is done for each submission)
        regular = stat.S_ISREG(status.st_mode)
        kind, head = suffix_of(found.name), b""
        if kind not in LIMITS and regular and is_strange(found.name):
            head = _head(found.path)
            kind = kind_in(head)
        problem = judge(found.name, status.st_size, regular=regular, head=head)
        if problem:
            yield problem
        elif kind == ".zip":
            with open(found.path, "rb") as file:  # noqa: PTH123  (as above)
                yield from read_zip(found.name, file, expect)
        else:
            with open(found.path, "rb") as file:  # noqa: PTH123  (as above)
                yield Document(found.name, file.read(min(status.st_size + 1, LIMITS[kind])))
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror or type(error).__name__})"
        yield SubmissionProblem(found.name, reason, "Check that it is there and who may read it")


def names(found: Iterable[Found]) -> Iterator[str]:
    """Yield what all files are called, the members of zip files too, without reading what is in them."""
    for each in found:
        yield shown_name(each.name)
        with contextlib.suppress(OSError):
            if suffix_of(each.name) != ".zip" and not (is_strange(each.name) and kind_in(_head(each.path)) == ".zip"):
                continue
            with open(each.path, "rb") as file:  # noqa: PTH123  (as above)
                yield from member_names(each.name, file)


def _head(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123  (a path as find gives it)
        return file.read(HEAD_BYTES)
