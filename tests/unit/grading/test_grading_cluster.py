"""Grading on several machines and from elsewhere: Dask workers, one of which is lost, and locations of fsspec."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import killed
import make
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from copydesk.grading import GradingError, Options, grade
from copydesk.grading.files.limits import ANSWER_FILE_BYTES
from copydesk.grading.run.remote import local_copies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
SUBMISSIONS = 110
DASK = [sys.executable, "-m", "dask"]
ADDRESS = re.compile(r"Scheduler at: *(tcp://\S+)")


@contextmanager
def running(*command: str, stderr: int) -> Iterator[subprocess.Popen[str]]:
    """Run a part of Dask, and end it in the end."""
    with subprocess.Popen([*DASK, *command], stderr=stderr, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Start a scheduler and two workers, each a process of its own that nothing starts again."""
    with ExitStack() as stack:
        here = ("--host", "127.0.0.1", "--no-dashboard")
        scheduler = stack.enter_context(running("scheduler", "--port", "0", *here, stderr=subprocess.PIPE))
        assert scheduler.stderr is not None
        address = next(found[1] for line in scheduler.stderr if (found := ADDRESS.search(line)))
        alone = (address, "--no-nanny", "--nthreads", "1", *here)
        workers = [stack.enter_context(running("worker", *alone, stderr=subprocess.DEVNULL)) for _ in range(2)]
        yield address, workers


def test_a_worker_is_lost_and_the_bytes_are_the_same(
    cluster: tuple[str, list[subprocess.Popen[str]]], tmp_path: Path
) -> None:
    """Two workers grade, the one that holds the rules is killed, and all results are as one process makes them."""
    from distributed import Client  # noqa: PLC0415  (takes a second to load)

    address, workers = cluster
    folder = tmp_path / "in"
    make.honest(folder)
    for number in range(SUBMISSIONS):
        data = make.submission(
            f"Learner {number % 6}", make.half_right(), handed_in=f"2026-11-22T09:{number % 60:02}:00Z"
        )
        (folder / f"{number:03}.json").write_bytes(make.to_bytes(data))
    (folder / "spaces.ipynb").write_bytes(b" " * 11_000_000)
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)
        places = {pid: place for place, pid in client.run(os.getpid).items()}

        def lose_one(done: int, _: int) -> None:
            if done == 8:
                held = {worker: client.has_what()[places[worker.pid]] for worker in workers}
                (victim,) = [worker for worker in workers if any("_unchanged" in key for key in held[worker])][:1]
                victim.kill()
                victim.wait()

        options = Options(scheduler=address)
        report = grade([folder], tmp_path / "out", banks=BANKS, options=options, on_progress=lose_one)
        assert len(client.nthreads()) == 1
    assert (report.graded, report.superseded) == (9, SUBMISSIONS - 6)
    grade([folder], tmp_path / "alone", banks=BANKS)
    assert killed.results(tmp_path / "out") == killed.results(tmp_path / "alone")


def test_no_scheduler_is_said_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address at which nothing answers is an error that names it and the command to start one."""
    monkeypatch.setattr("copydesk.grading.run.workers.CONNECT_SECONDS", 0.5)
    with pytest.raises(GradingError, match=r"tcp://127\.0\.0\.1:9; .*dask scheduler"):
        grade([], tmp_path, banks=BANKS, options=Options(scheduler="tcp://127.0.0.1:9"))


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    """Return the file system ``memory://``, which is empty again afterwards."""
    yield MemoryFileSystem()
    MemoryFileSystem.store.clear()


def put(memory: MemoryFileSystem, location: str, folder: Path) -> None:
    """Copy a folder to a location."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            memory.pipe_file(f"{location}/{path.relative_to(folder).as_posix()}", path.read_bytes())


def found(memory: MemoryFileSystem, location: str) -> dict[str, bytes]:
    """Return what lies at a location, by name."""
    return {path.removeprefix(f"/{location}/"): memory.cat_file(path) for path in sorted(memory.find(f"/{location}"))}


def graded(submissions: list[str], out: str) -> None:
    """Grade as the command does."""
    with local_copies(submissions, out) as (places, folder):
        grade(places, folder, banks=BANKS)


def test_a_location_is_graded_like_a_folder(memory: MemoryFileSystem, tmp_path: Path) -> None:
    """From a location and to one, the results have the bytes that they have on a disk; what goes there goes here."""
    make.honest(tmp_path / "in")
    (tmp_path / "in" / "class.zip").write_bytes(make.GRADED["mixed.zip"]())
    (tmp_path / "in" / "big.json").write_bytes(b" " * (ANSWER_FILE_BYTES + 1))
    (tmp_path / "in" / "notes.txt").write_bytes(b"notes")
    (tmp_path / "in" / ".DS_Store").write_bytes(b"litter")
    put(memory, "week", tmp_path / "in")
    for gone in ("", "ada.json"):
        if gone:
            (tmp_path / "in" / gone).unlink()
            memory.rm(f"/week/{gone}")
        grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
        graded(["memory://week"], "memory://results")
        assert found(memory, "results") == killed.results(tmp_path / "out")


def test_results_among_the_submissions_of_a_location(memory: MemoryFileSystem, tmp_path: Path) -> None:
    """Results in the location of the submissions are not graded; what is not ours stays there, and is a row."""
    make.honest(tmp_path / "in")
    put(memory, "week", tmp_path / "in")
    memory.pipe_file("/week/feedback/mine.txt", b"mine")
    for _ in range(2):
        graded(["memory://week"], "memory://week")
        problems = memory.cat_file("/week/problems.csv").decode().splitlines()
        assert [line.split(",")[0] for line in problems[1:]] == ['"feedback/mine.txt"']
    assert memory.cat_file("/week/feedback/mine.txt") == b"mine"


def test_several_locations_are_told_apart(memory: MemoryFileSystem, tmp_path: Path) -> None:
    """Files of one name at two locations and in a folder are called by where they lie."""
    make.honest(tmp_path / "in")
    for name in ("one", "two"):
        memory.pipe_file(f"/{name}/x.json", make.to_bytes(make.submission("", {})))
    graded(["memory://one", "memory://two/x.json", str(tmp_path / "in")], str(tmp_path / "out"))
    book = (tmp_path / "out" / "gradebook.csv").read_text(encoding="utf-8")
    assert all(f'"{name}"' in book for name in ("memory://one/x.json", "memory://two/x.json/x.json", "in/ada.json"))


def test_names_at_a_location_lead_nowhere(memory: MemoryFileSystem, tmp_path: Path) -> None:
    """A key that climbs out of its folder is a label, never a path on this machine."""
    memory.pipe_file("/week/ada.json", make.to_bytes(make.submission("Ada", {})))
    data = memory.store.pop("/week/ada.json")
    memory.store["/week/../../up.json"] = data
    memory.store["/results/feedback/../../up.html"] = memory.store["/results/feedback/..\\..\\up.html"] = data
    graded(["memory://week"], "memory://results")
    assert b"../../up.json" in found(memory, "results")["gradebook.csv"]
    assert not list(tmp_path.parent.rglob("up.*"))


def test_local_files_by_address(tmp_path: Path) -> None:
    """``file://`` is the disk of this machine: nothing is copied, and links are not followed there either."""
    make.honest(tmp_path / "in")
    with local_copies([f"file://{tmp_path / 'in'}"], f"file://{tmp_path / 'out'}") as (places, folder):
        assert (places, folder) == ([tmp_path / "in"], tmp_path / "out")


@pytest.mark.parametrize("location", ["memory://nowhere", "nosuch://x", "s3:// bad"])
def test_a_location_out_of_reach_is_said(memory: MemoryFileSystem, location: str, tmp_path: Path) -> None:
    """A location that is not there, or of a kind for which a library is missing, is an error that names it."""
    assert memory.store == {}
    with pytest.raises(GradingError, match=re.escape(location)):
        graded([location], str(tmp_path / "out"))


def test_a_location_that_takes_nothing(
    memory: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When results cannot be put, that is an error, and the gradebook of before is still there."""
    make.honest(tmp_path / "in")
    graded([str(tmp_path / "in")], "memory://results")
    before = found(memory, "results")["gradebook.csv"]
    (tmp_path / "in" / "ada.json").unlink()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(MemoryFileSystem, "put", full)
    with pytest.raises(GradingError, match="No space left"):
        graded([str(tmp_path / "in")], "memory://results")
    assert found(memory, "results")["gradebook.csv"] == before
