"""Fetches submissions from any location that fsspec knows, and puts results there: a bucket, a server, a web folder."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from copydesk.grading.files.inputs import InputFile, RemoteFolder
from copydesk.grading.files.limits import ANSWER_FILE_BYTES, is_litter, is_strange, refusal
from copydesk.grading.files.problems import GradingError, WrongPlaceError
from copydesk.grading.files.result_names import FOR_NEXT_RUN, GRADEBOOK, PAGE_FOLDERS
from copydesk.grading.run.own_results import RESULTS
from copydesk.owned_files import LIST
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

ODD_PARTS = frozenset({"", ".", ".."})


def is_location(place: str) -> bool:
    """Return whether a place is not on this machine's disk, by its name: ``s3://bucket/week-2``."""
    return "://" in place


@contextmanager
def local_copies(submissions: Sequence[str], out: str) -> Iterator[tuple[list[Path | RemoteFolder], Path]]:
    """Yield submissions and a results folder on this machine; what is remote is fetched, and results are uploaded.

    Results are uploaded once all are made, the gradebook last: only those that changed; those no longer made are
    removed. Until then, nothing has changed there.

    Raises:
        GradingError: fsspec or a library that it needs is not installed, or the location cannot be read or written.
    """
    if not any(map(is_location, [*submissions, out])):
        yield list(map(Path, submissions)), Path(out)
        return
    with TemporaryDirectory(prefix="copydesk-grade-") as name:
        places = list(_local_places(submissions, Path(name), out))
        if not is_location(out):
            yield places, Path(out)
            return
        system, root = _open(out)
        if _is_local(system):
            yield places, Path(root)
            return
        folder = Path(name) / "out"
        before = _fetch_results(system, root, folder, out)
        yield places, folder
        _put(system, root, folder, before, out)


def _local_places(submissions: Iterable[str], folder: Path, out: str) -> Iterator[Path | RemoteFolder]:
    """Yield the places of submissions on this machine; remote ones are fetched into a folder."""
    for number, place in enumerate(submissions):
        yield _fetch(place, folder / str(number), out) if is_location(place) else Path(place)


def _open(location: str) -> tuple[Any, str]:
    """Return the file system of a location, and the path in it."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  (an optional extra)
    except ModuleNotFoundError as error:
        raise GradingError(t("remote.no_library", location=location, library=error.name)) from error
    try:
        system, root = url_to_fs(location)
    except (ImportError, ValueError, OSError) as error:
        raise _out_of_reach(location, error) from error
    return system, root.rstrip("/")


def _is_local(system: Any) -> bool:  # noqa: ANN401  (fsspec is untyped)
    protocols = system.protocol
    return protocols == "file" if isinstance(protocols, str) else "file" in protocols


def _out_of_reach(location: str, error: Exception) -> GradingError:
    if isinstance(error, FileNotFoundError):
        return WrongPlaceError(t("remote.nothing", location=location))
    return GradingError(t("remote.out_of_reach", location=location, error=error or type(error).__name__))


def _fetch(location: str, folder: Path, out: str) -> Path | RemoteFolder:
    """Return the files below a location, copied into a folder under numbers, as their names cannot be trusted."""
    system, root = _open(location)
    if _is_local(system):
        return Path(root)
    is_own = _own_results(out)
    folder.mkdir()
    files: list[InputFile] = []
    copies: dict[str, str] = {}
    try:
        if not system.exists(root):
            raise FileNotFoundError(root)  # noqa: TRY301  (said just below)
        for number, (path, info) in enumerate(sorted(system.find(root, detail=True).items())):
            name = path.removeprefix(root).strip("/") or PurePosixPath(path).name
            if any(map(is_litter, name.split("/"))) or is_own(f"{location.rstrip('/')}/{name}"):
                continue
            copy = folder / str(number)
            files.append(InputFile(name, str(copy)))
            size = info.get("size") or 0
            if _is_worth_fetching(name, size, is_file=info.get("type") == "file"):
                copies[path] = str(copy)
            else:
                _make_placeholder(copy, size)
        system.get(list(copies), list(copies.values()))
    except Exception as error:  # every file system has its own errors
        raise _out_of_reach(location, error) from error
    return RemoteFolder(location, tuple(files))


def _is_worth_fetching(name: str, size: int, *, is_file: bool) -> bool:
    """Return whether a file may be a submission; one with a strange name may, if it is as small as an answer file."""
    if not is_file:
        return False
    if is_strange(name):
        return size <= ANSWER_FILE_BYTES
    return refusal(name, size) is None


def _own_results(out: str) -> Callable[[str], bool]:
    """Return a function that says whether an earlier run put a result at a location.

    The list in ``out`` names them. The first edition kept none: then anything with the name of a result is ours, if
    there is a gradebook.
    """
    if not is_location(out):
        return lambda _: False
    system, root = _open(out)
    start = f"{out.rstrip('/')}/"
    own_names = _listed_names(system, root)
    is_first_edition = not own_names and system.exists(f"{root}/{GRADEBOOK}")

    def is_own(place: str) -> bool:
        if not place.startswith(start):
            return False
        name = place.removeprefix(start)
        if own_names:
            return _is_listed(name, own_names)
        return is_first_edition and name.split("/")[0] in RESULTS

    return is_own


def _listed_names(system: Any, root: str) -> set[str]:  # noqa: ANN401  (fsspec is untyped)
    """Return the results on the list in a folder; none if there is no list."""
    try:
        names = json.loads(system.cat_file(f"{root}/{LIST}"))
    except Exception:  # noqa: BLE001  (every file system has errors of its own; most of all, there is no list)
        return set()
    return {LIST, *FOR_NEXT_RUN, *map(str, names)} if isinstance(names, list) else set()


def _is_listed(name: str, own_names: Collection[str]) -> bool:
    """Return whether a file is on the list of results, or is named like a learner's page, which is not on it."""
    folder, _, last = name.rpartition("/")
    is_page = folder in PAGE_FOLDERS and PAGE_FOLDERS[folder].fullmatch(last) is not None
    return name in own_names or is_page


def _make_placeholder(copy: Path, size: int) -> None:
    """Make a file that has a size but takes no space: the one it stands for will not be read."""
    with copy.open("wb") as file:
        file.truncate(size)


def _fetch_results(system: Any, root: str, folder: Path, out: str) -> dict[str, str]:  # noqa: ANN401  (fsspec is untyped)
    """Fetch what an earlier run uploaded, and return the hash of each file by its name."""
    folder.mkdir()
    try:
        copies: dict[str, str] = {}
        for path in system.find(root) if system.exists(root) else ():
            name = path.removeprefix(root).strip("/")
            if _is_result(name):
                copy = folder / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                copies[f"{root}/{name}"] = str(copy)
        system.get(list(copies), list(copies.values()))
    except Exception as error:  # as above
        raise _out_of_reach(out, error) from error
    return _hashes(folder)


def _is_result(name: str) -> bool:
    """Return whether a file's name is one that a run writes, and leads nowhere else on any system."""
    first, *rest = name.split("/")
    return first in RESULTS and not any(map(_is_odd, rest))


def _is_odd(part: str) -> bool:
    """Return whether a part of a path may lead elsewhere on some system."""
    return part in ODD_PARTS or "\\" in part or ":" in part


def _put(system: Any, root: str, folder: Path, before: Mapping[str, str], out: str) -> None:  # noqa: ANN401  (as above)
    """Upload what changed, and remove what no longer exists."""
    now = _hashes(folder)
    changed = {name for name, digest in now.items() if digest != before.get(name)}
    removed = sorted(before.keys() - now.keys())
    try:
        _put_files(system, root, folder, sorted(changed - {GRADEBOOK}))
        _put_files(system, root, folder, sorted(changed & {GRADEBOOK}))
        if removed:
            system.rm([f"{root}/{name}" for name in removed])
    except Exception as error:  # as above
        raise _out_of_reach(out, error) from error


def _put_files(system: Any, root: str, folder: Path, names: Sequence[str]) -> None:  # noqa: ANN401  (as above)
    """Upload some files, and make the folders they are in."""
    copies = {str(folder / name): f"{root}/{name}" for name in names}
    for place in sorted({path.rpartition("/")[0] for path in copies.values()}):
        system.makedirs(place, exist_ok=True)
    system.put(list(copies), list(copies.values()))


def _hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file below a folder, by its name."""
    hashes = {}
    for path in folder.rglob("*"):
        if path.is_file():
            hashes[path.relative_to(folder).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return hashes
