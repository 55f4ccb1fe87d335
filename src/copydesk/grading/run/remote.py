"""Fetches submissions from any location that fsspec knows, and puts results there: a bucket, a server, a web folder."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from copydesk.grading.files.inputs import Fetched, Found
from copydesk.grading.files.limits import ANSWER_FILE_BYTES, is_litter, is_strange, judge
from copydesk.grading.files.problems import GradingError, WrongPlaceError
from copydesk.grading.files.result_names import FEEDBACK, FEEDBACK_PAGE, GRADEBOOK
from copydesk.grading.run.own_results import RESULTS
from copydesk.owned_files import LIST

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

ODD_PARTS = frozenset({"", ".", ".."})


def is_location(place: str) -> bool:
    """Return whether a place is not on this machine's disk, by its name: ``s3://bucket/week-2``."""
    return "://" in place


@contextmanager
def at_hand(submissions: Sequence[str], out: str) -> Iterator[tuple[list[Path | Fetched], Path]]:
    """Yield submissions and a folder for results on this machine; what lies elsewhere is fetched, and results are put.

    Results are put when all are made, the gradebook last; of an earlier run's those that changed, and those that are
    no more are removed. Without that, nothing has changed there.

    Raises:
        GradingError: fsspec or a library that it needs is not installed, or the location cannot be read or written.
    """
    if not any(map(is_location, [*submissions, out])):
        yield [Path(each) for each in submissions], Path(out)
        return
    with TemporaryDirectory(prefix="copydesk-grade-") as name:
        places = [
            _fetch(each, Path(name) / str(number), out) if is_location(each) else Path(each)
            for number, each in enumerate(submissions)
        ]
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


def _open(location: str) -> tuple[Any, str]:
    """Return the file system of a location, and the path in it."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  (an optional extra)
    except ModuleNotFoundError as error:
        msg = f"{location} needs {error.name}. It comes with the extra: pip install 'copydesk[cluster]'"
        raise GradingError(msg) from error
    try:
        system, root = url_to_fs(location)
    except (ImportError, ValueError, OSError) as error:
        raise _out_of_reach(location, error) from error
    return system, root.rstrip("/")


def _is_local(system: Any) -> bool:  # noqa: ANN401  (fsspec is untyped)
    return "file" in ((system.protocol,) if isinstance(system.protocol, str) else system.protocol)


def _out_of_reach(location: str, error: Exception) -> GradingError:
    if isinstance(error, FileNotFoundError):
        return WrongPlaceError(f"There is nothing at {location}. Check the name. Nothing was changed.")
    return GradingError(f"{location} cannot be used ({error or type(error).__name__}); is the name right, and the key?")


def _fetch(location: str, folder: Path, out: str) -> Path | Fetched:
    """Return the files below a location, copied into a folder under numbers: their names are anybody's."""
    system, root = _open(location)
    if _is_local(system):
        return Path(root)
    is_own = _own_results(out)
    folder.mkdir()
    found, wanted = [], {}
    try:
        if not system.exists(root):
            raise FileNotFoundError(root)  # noqa: TRY301  (said just below)
        for number, (path, info) in enumerate(sorted(system.find(root, detail=True).items())):
            name = path.removeprefix(root).strip("/") or PurePosixPath(path).name
            whole = f"{location.rstrip('/')}/{name}"
            if any(map(is_litter, name.split("/"))) or is_own(whole):
                continue
            copy = folder / str(number)
            found.append(Found(name, str(copy)))
            size = info.get("size") or 0
            if not _may_be_submission_reply(name, size, is_file=info.get("type") == "file"):
                _stand_in(copy, size)
            else:
                wanted[path] = str(copy)
        system.get(list(wanted), list(wanted.values()))
    except Exception as error:  # every file system has errors of its own
        raise _out_of_reach(location, error) from error
    return Fetched(location, tuple(found))


def _may_be_submission_reply(name: str, size: int, *, is_file: bool) -> bool:
    """Return whether a file is worth fetching; one with a strange name is if it is no larger than an answer file."""
    return is_file and (size <= ANSWER_FILE_BYTES if is_strange(name) else judge(name, size) is None)


def _own_results(out: str) -> Callable[[str], bool]:
    """Return what says of a location whether an earlier run put that result there.

    The list in ``out`` names them. The first edition kept none: then what lies under the names of results is ours, if
    there is a gradebook.
    """
    if not is_location(out):
        return lambda _: False
    system, root = _open(out)
    start = f"{out.rstrip('/')}/"
    try:
        names = json.loads(system.cat_file(f"{root}/{LIST}"))
        known = {LIST, *map(str, names)} if isinstance(names, list) else set()
    except Exception:  # noqa: BLE001  (every file system has errors of its own; most of all, there is no list)
        known = set()
    if known:
        return lambda place: place.startswith(start) and _is_listed(place.removeprefix(start), known)
    is_first_edition = system.exists(f"{root}/{GRADEBOOK}")
    return lambda place: (
        is_first_edition and place.startswith(start) and place.removeprefix(start).split("/")[0] in RESULTS
    )


def _is_listed(name: str, known: Collection[str]) -> bool:
    """Return whether a file is on the list of results, or called as a feedback page is, which are not on it."""
    folder, _, last = name.rpartition("/")
    return name in known or (folder == FEEDBACK and FEEDBACK_PAGE.fullmatch(last) is not None)


def _stand_in(copy: Path, size: int) -> None:
    """Make a file that has a size and takes no room: the one that it stands for will not be read."""
    with copy.open("wb") as file:
        file.truncate(size)


def _fetch_results(system: Any, root: str, folder: Path, out: str) -> dict[str, str]:  # noqa: ANN401  (fsspec is untyped)
    """Fetch what an earlier run put, and return the hash of each file by its name."""
    folder.mkdir()
    try:
        names = [path.removeprefix(root).strip("/") for path in system.find(root)] if system.exists(root) else []
        ours = [name for name in names if _is_ours(name)]
        for name in ours:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        system.get([f"{root}/{name}" for name in ours], [str(folder / name) for name in ours])
    except Exception as error:  # as above
        raise _out_of_reach(out, error) from error
    return _hashes(folder)


def _is_ours(name: str) -> bool:
    """Return whether a file is one that a run writes, by its name, which leads nowhere else on any system."""
    first, *rest = name.split("/")
    return first in RESULTS and not any(part in ODD_PARTS or "\\" in part or ":" in part for part in rest)


def _put(system: Any, root: str, folder: Path, before: Mapping[str, str], out: str) -> None:  # noqa: ANN401  (as above)
    """Put what changed, and remove what is no more."""
    now = _hashes(folder)
    changed = sorted(name for name in now if now[name] != before.get(name))
    gone = sorted(set(before) - set(now))
    try:
        for is_last in (False, True):
            names = [name for name in changed if (name == GRADEBOOK) == is_last]
            for place in sorted({f"{root}/{name}".rpartition("/")[0] for name in names}):
                system.makedirs(place, exist_ok=True)
            system.put([str(folder / name) for name in names], [f"{root}/{name}" for name in names])
        if gone:
            system.rm([f"{root}/{name}" for name in gone])
    except Exception as error:  # as above
        raise _out_of_reach(out, error) from error


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
