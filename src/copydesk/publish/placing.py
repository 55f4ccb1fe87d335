"""Puts a site that was made elsewhere into its folder, file by file, without touching what is not part of it."""

from __future__ import annotations

import filecmp
import os
import shutil
import stat
import tempfile
import unicodedata
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from copydesk.owned_files import OwnedFiles
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

PASSING = ".copydesk-passing"
"""The folder within the site where new files wait until they are complete; each is then renamed into place."""
LOCK = ".copydesk.lock"
"""The file that a build holds locked while it writes into a folder; nothing of it is left afterwards."""
READABLE_FILE, READABLE_FOLDER = 0o644, 0o755
"""What a web server, which is another user, needs in order to read a site; a strict umask takes it away."""
SHOWN = 5
NO_LIST = (
    "An earlier Copy Desk made this folder and kept no list of its files, so pages that are not made any more are "
    "still there. Remove them by hand, or build into an empty folder."
)


class PlacingError(RuntimeError):
    """A site cannot be put into a folder, or not completely; the message says what is in the way and what to do."""


@dataclass(frozen=True)
class Placement:
    """The outcome of a build for a folder: how many files were written and removed, and which others are there."""

    written: int
    removed: int
    others: tuple[str, ...]
    had_no_list: bool

    def text(self) -> str:
        """Return the outcome as a few sentences for a terminal."""
        sentences = [f"{self.written} files are new or changed, {self.removed} were removed."]
        if self.others:
            more = f" and {len(self.others) - SHOWN} more" if len(self.others) > SHOWN else ""
            sentences.append(f"Left alone, because Copy Desk did not write it: {', '.join(self.others[:SHOWN])}{more}.")
        if self.others and self.had_no_list:
            sentences.append(NO_LIST)
        return " ".join(sentences)


class SiteFolder:
    """The folder of a site, with the list of the files there that the last build of this ``kind`` wrote.

    ``marker`` is the file with which the first edition, which kept no list, marked a folder as its own.
    """

    def __init__(self, out: Path, *, kind: str, marker: str) -> None:
        """Read the list; nothing is written."""
        self.out, self._kind, self._marker = out, kind, marker
        self._owned = OwnedFiles(out, kind)

    def require_writable(self) -> None:
        """Refuse a place where nothing can be written, by trying it.

        Raises:
            PlacingError: the system does not accept a file in the folder, or in one that the last build made there.
        """
        _require_folder(self.out)
        folders = [self.out / name for name in sorted(_folders_above(self._owned.names))]
        for folder in (self.out, *filter(Path.is_dir, folders)):
            require_writable(folder, option="--out")

    def require_free(self, names: Iterable[str], made: Path | None = None) -> None:
        """Refuse to write over anything that no build of this site wrote.

        A file with exactly the bytes of the one in ``made`` is not in the way: nothing has to be written there.

        Raises:
            PlacingError: something is in the way; the message names it.
        """
        _require_folder(self.out)
        names = list(names)
        obstacles = self._blocked_folders(names) + self._blocked_files(names, made)
        if obstacles:
            lines = [f"In {self.out} something is in the way that Copy Desk did not write:"]
            lines += [f"  {self.out / name}: {reason}" for name, reason in obstacles[:SHOWN]]
            if len(obstacles) > SHOWN:
                lines.append(f"  and {len(obstacles) - SHOWN} more")
            lines.append("Move it away, or name another folder with --out. Nothing was written.")
            raise PlacingError("\n".join(lines))

    def put(self, made: Path, say: Callable[[str], object] = lambda _: None) -> Placement:
        """Bring the folder to the state of ``made``; no page is missing at any moment, and equal files are untouched.

        Files that the last build wrote and this one did not make are removed at the very end. While another build is
        writing there, this one says so and waits.

        Raises:
            PlacingError: something is in the way and nothing was written, or the system did not accept a file.
        """
        names = sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
        _require_folder(self.out)
        try:
            _make_folder(self.out)
            with _sole_writer(self.out, say):
                self._owned = OwnedFiles(self.out, self._kind)  # another build may have written since
                self.require_free(names, made)
                return self._put(made, names)
        except OSError as error:
            cause = f"{error.filename or self.out}: {error.strerror or error}"
            message = f"The site could not be written wholly ({cause}). What was there is kept; run the command again."
            raise PlacingError(message) from error

    def _put(self, made: Path, names: list[str]) -> Placement:
        had_no_list = self._is_first_edition()
        own_names = set(names)
        if not had_no_list:
            own_names.difference_update(self._foreign(names))
        changed = [name for name in sorted(own_names) if not _is_same(made / name, self.out / name)]
        self._owned.claim(own_names.union(f"{PASSING}/{name}" for name in changed))
        for name in changed:
            _make_way(self.out / PASSING / name, self.out)
            shutil.copyfile(made / name, self.out / PASSING / name)
            make_readable(self.out / PASSING / name, READABLE_FILE)
        for name in sorted(changed, key=_turn):
            _make_way(self.out / name, self.out)
            (self.out / PASSING / name).replace(self.out / name)
        for name in own_names:
            make_readable(self.out / name, READABLE_FILE)  # also one that an earlier build left as it is
        for name in _folders_above(own_names):
            make_readable(self.out / name, READABLE_FOLDER)
        gone = self._remove((self._owned.names | {self._marker}) - own_names, own_names)
        self._owned.keep(own_names)
        removed = len(gone)
        for name in gone:
            if name == self._marker or name.startswith(f"{PASSING}/"):
                removed -= 1  # not a file of the site
        return Placement(len(changed), removed, tuple(self._others(own_names)), had_no_list)

    def _is_first_edition(self) -> bool:
        return not self._owned.names and (self.out / self._marker).is_file()

    def _foreign(self, names: Iterable[str]) -> list[str]:
        """Return the names of files that no build wrote; two spellings of one file count as one."""
        spellings = {_folded(name): name for name in self._owned.names}
        foreign = []
        for name in self._owned.foreign_names(names):
            path, spelling = self.out / name, spellings.get(_folded(name))
            is_folder = path.is_dir() and not path.is_symlink()
            if not is_folder and (spelling is None or not _is_one(path, self.out / spelling)):
                foreign.append(name)
        return foreign

    def _blocked_files(self, names: list[str], made: Path | None) -> list[tuple[str, str]]:
        """Return the names of files in the way of a site, each with the reason."""
        reasons: dict[str, str] = {}
        for name in names:
            path = self.out / name
            if path.is_symlink():
                if not self._is_ours(name):
                    reasons[name] = "a link"
            elif path.is_dir():
                others = self._others_below(name)
                if others:
                    reasons[name] = f"a folder with {others} files, where a file should be"
        if not self._is_first_edition():
            for name in self._foreign(names):
                is_same = made is not None and _is_same(made / name, self.out / name)
                if not is_same:
                    reasons.setdefault(name, "a file of another origin")
        return list(reasons.items())

    def _blocked_folders(self, names: list[str]) -> list[tuple[str, str]]:
        """Return the names in the way of folders, each with the reason: a link, which leads elsewhere, or a file."""
        blocked = []
        for name in sorted(_folders_above(names) | {PASSING}):
            path = self.out / name
            if path.is_symlink():
                blocked.append((name, "a link, where a folder should be"))
            elif path.exists() and not path.is_dir() and not self._is_ours(name):
                blocked.append((name, "a file, where a folder should be"))
        return blocked

    def _is_ours(self, name: str) -> bool:
        return name in self._owned.names

    def _others_below(self, folder: str) -> int:
        """Return how many files below a folder were not written by a build."""
        count = 0
        for path in _files_below(self.out / folder):
            if not self._is_ours(path.relative_to(self.out).as_posix()):
                count += 1
        return count

    def _remove(self, stale: AbstractSet[str], own_names: Iterable[str]) -> list[str]:
        """Remove files that were ours and are no longer made, and the folders that this leaves empty."""
        spellings = {_folded(name): name for name in own_names}
        gone = []
        for name in sorted(stale):
            path, twin = self.out / name, spellings.get(_folded(name))
            is_elsewhere = any((self.out / folder).is_symlink() for folder in _folders(name))
            if is_elsewhere or not (path.is_symlink() or path.is_file()):
                continue
            if twin is not None and _is_one(path, self.out / twin):
                continue
            path.unlink()
            gone.append(name)
        _remove_empty(self.out, _folders_above(stale))
        return gone

    def _others(self, own_names: set[str]) -> Iterator[str]:
        """Yield the names beside the site in its folder; for a folder with nothing of the site, only its own name."""
        tops = {name.partition("/")[0] for name in own_names}
        for path in sorted(self.out.iterdir()):
            if path.is_dir() and not path.is_symlink() and path.name in tops:
                names = {file.relative_to(self.out).as_posix() for file in _files_below(path)}
                yield from sorted(names - own_names)
            elif path.name not in own_names and path.name != LOCK and not self._owned.is_list(path.name):
                yield path.name


def _require_folder(out: Path) -> None:
    """Refuse an ``out`` that is a file or below one."""
    for path in (out, *out.parents):
        if path.exists() or path.is_symlink():
            if not path.is_dir():
                message = f"{path} is a file, and a folder is needed there. Name another folder with --out."
                raise PlacingError(message)
            return


def require_writable(folder: Path, *, option: str) -> None:
    """Refuse a folder, which need not exist yet, where the system does not let anything be written.

    Raises:
        PlacingError: the message says what to do; ``option`` names another place.
    """
    place = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        Path(tempfile.mkdtemp(prefix=".copydesk-", dir=place)).rmdir()
    except OSError as error:
        reason = error.strerror or str(error)
        raise PlacingError(t("placing.not_writable", folder=place, reason=reason, option=option)) from error


@contextmanager
def _sole_writer(out: Path, say: Callable[[str], object]) -> Iterator[None]:
    """Let no other build write into a folder; if one is just doing so, say it and wait."""
    lock = FileLock(out / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(t("placing.waiting", folder=out))
        lock.acquire()
    try:
        yield
    finally:
        with suppress(OSError):
            (out / LOCK).unlink()  # before it is released: a build that waits for it then makes another
        lock.release()


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, readable for everyone; one that is there stays as its owner wants it."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        make_readable(folder, READABLE_FOLDER)


def make_readable(path: Path, mode: int) -> None:
    """Add permissions to a file or folder that the system's umask took away, where that can be done."""
    found = stat.S_IMODE(path.lstat().st_mode)
    if found | mode != found and not path.is_symlink() and os.name == "posix":
        with suppress(OSError):
            path.chmod(found | mode)


def _files_below(folder: Path) -> Iterator[Path]:
    """Yield everything below a folder except folders; a link is never one, wherever it leads."""
    return (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _folders(name: str) -> list[str]:
    """Return the folders above a name, the outermost first: ``a`` and ``a/b`` for ``a/b/c``."""
    steps = name.split("/")[:-1]
    return list(accumulate(steps, "{}/{}".format))


def _folders_above(names: Iterable[str]) -> set[str]:
    """Return every folder above some names."""
    folders: set[str] = set()
    for name in names:
        folders.update(_folders(name))
    return folders


def _turn(name: str) -> tuple[bool, bool, str]:
    """Return a file's sort key: files that pages need come before the pages, and the home page last."""
    return name.endswith(".html"), name == "index.html", name


def _folded(name: str) -> str:
    """Return a name as compared by file systems that ignore case and different encodings of a letter."""
    return unicodedata.normalize("NFC", name).casefold()


def _is_one(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _is_same(new: Path, old: Path) -> bool:
    """Return whether a plain file with the same bytes is already there."""
    return old.is_file() and not old.is_symlink() and filecmp.cmp(new, old, shallow=False)


def _make_way(path: Path, out: Path) -> None:
    """Make the folders above a path; anything in the way was checked before, and is ours or empty."""
    for folder in reversed(path.relative_to(out).parents):
        above = out / folder
        if above.is_file():
            above.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)


def _remove_empty(out: Path, folders: set[str]) -> None:
    for name in sorted(folders, reverse=True):
        folder = out / name
        if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()
