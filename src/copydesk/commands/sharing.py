"""The commands with which a course is given to others, and one from elsewhere is checked and opened."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.commands.console import course_root, say, stop, take_language
from copydesk.course.documents import ContentError
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.sharing.reading import CoursePack

MOST_NAMES = 12
MEGABYTE = 1_000_000
ENGLISH_YES = "yes"


def pack(
    course: Annotated[Path | None, typer.Argument(help=t("command.pack.course"))] = None,
    *,
    out: Annotated[Path | None, typer.Option(help=t("command.pack.out"))] = None,
    keys: Annotated[bool, typer.Option("--keys/--no-keys", help=t("command.pack.keys"))] = False,
) -> None:
    """Make one file of a course, to give to others."""
    from copydesk.course.course import Course
    from copydesk.sharing.packing import pack_course, write_pack
    from copydesk.sharing.problems import SharingError

    root = _course_at(course)
    try:
        packed = pack_course(Course(root), keys=keys)
        file = out or Path(packed.file_name)
        write_pack(packed, file)
    except SharingError as error:
        stop(str(error))
    say(t("command.pack.ready", file=file, size=_size(len(packed.content)), count=len(packed.manifest.files)))
    say(t("command.pack.with_keys") if keys else t("command.pack.without_keys"))
    if packed.manifest.rights.publish == "quotes":
        say(t("command.pack.quotes"))
    if packed.left_out:
        say(t("command.pack.left_out", names=_first_names(packed.left_out)))
    say(t("command.pack.next", file=_typed(file)))


def is_packed(name: str) -> bool:
    """Return whether an argument names a packed course."""
    return name.lower().endswith(".zip")


def opened_course(file: Path, *, yes: bool, folder: Path | None) -> Path:
    """Say what a packed course is, ask, and unpack it; return its root. Without agreement the command ends."""
    from copydesk.sharing.about import about_lines
    from copydesk.sharing.problems import SharingError
    from copydesk.sharing.unpacking import place_for, unpack

    course = _read(file)
    parent = (folder or file.parent).resolve()
    try:
        place = place_for(course, parent)
        for line in about_lines(course.manifest):
            say(line)
        if place.is_there:
            say(t("pack.known", folder=place.folder))
        if place.changed:
            say(t("pack.changed", names=_first_names(place.changed)))
        say(t("pack.runs", file=_typed(file)))
        _require_yes(file, yes=yes)
        if not place.is_there:
            unpack(course, place.folder)
            say(t("pack.unpacked", folder=place.folder))
    except SharingError as error:
        stop(str(error))
    take_language(place.folder)
    return place.folder


@contextmanager
def checked_course(file: Path) -> Iterator[Path]:
    """Say what a packed course is and what it would run; yield its root, in a folder that passes, for the checks."""
    from copydesk.sharing.about import about_lines, inspection_lines
    from copydesk.sharing.inspection import inspect_files
    from copydesk.sharing.unpacking import write_files

    course = _read(file)
    for line in (*about_lines(course.manifest), "", *inspection_lines(inspect_files(course.files)), ""):
        say(line)
    with tempfile.TemporaryDirectory(prefix="copydesk-check-") as place:
        root = Path(place).resolve() / "course"
        root.mkdir()
        write_files(course, root)
        say(t("pack.checks"))
        try:
            yield root
        except (typer.Exit, ContentError, KeyboardInterrupt):
            raise
        except Exception as error:  # noqa: BLE001  (whatever a stranger's course makes the checks stumble over)
            stop(t("pack.check_ended", kind=type(error).__name__))


def _course_at(folder: Path | None) -> Path:
    """Return the root of the course in a folder, or of the nearest one."""
    if folder is None:
        return course_root()
    if not folder.is_dir():
        stop(t("command.pack.no_folder", folder=folder))
    if not ((folder / "seeds" / "article.txt").is_file() and (folder / "lessons").is_dir()):
        stop(t("command.pack.no_course", folder=folder))
    return folder.resolve()


def _read(file: Path) -> CoursePack:
    from copydesk.sharing.reading import read_pack

    if not file.is_file():
        stop(t("pack.no_file", file=file))
    return read_pack(file)


def _require_yes(file: Path, *, yes: bool) -> None:
    """Ask whether to open a course; end the command without a clear yes."""
    if yes:
        return
    if not sys.stdin.isatty():
        stop(t("pack.no_terminal", file=_typed(file)))
    words = {ENGLISH_YES, t("pack.yes")}
    say(t("pack.question", word=t("pack.yes")))
    try:
        answer = input("> ")
    except EOFError:
        answer = ""
    if answer.strip().casefold() not in words:
        stop(t("pack.not_opened"))


def _first_names(names: tuple[str, ...]) -> str:
    """Return some names as one text; how many more there are, if they are many."""
    from copydesk.grading.files.safe_text import one_line

    shown = ", ".join(one_line(name, 120) for name in names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return t("pack.and_more", names=shown, count=more) if more > 0 else shown


def _typed(file: Path) -> str:
    """Return a file name as it is typed in a terminal of this system."""
    return subprocess.list2cmdline([str(file)]) if os.name == "nt" else shlex.quote(str(file))


def _size(count: int) -> str:
    """Return a number of bytes as people write it."""
    if count < MEGABYTE:
        return t("pack.small_size", size=-(-count // 1000))
    return t("pack.size", size=f"{count / MEGABYTE:.1f}")
