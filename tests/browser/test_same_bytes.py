"""The same course makes the same files, whenever and wherever it is built, and whoever else is building."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from copydesk.publish.course_part import course_part

ROOT = Path(__file__).resolve().parents[2]
LESSON = "02"
SOUTH = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "86400"}
WEST = {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "86400"}
UMASK = 0o077 if os.name == "posix" else -1


class Builds:
    """Builds of one lesson, each with the home of somebody."""

    def __init__(self, folder: Path) -> None:
        """Take a folder for homes and books."""
        self.folder = folder

    def begin(self, home: str, out: str, settings: dict[str, str], *options: str) -> subprocess.Popen[str]:
        """Begin to build."""
        place = self.folder / home
        place.mkdir(exist_ok=True)
        environment = os.environ | settings | {"HOME": str(place), "XDG_CACHE_HOME": str(place / "cache")}
        command = [sys.executable, "-m", "copydesk", "book", "--article", "full", "--out", str(self.folder / out)]
        return subprocess.Popen(
            [*command, *(options or ("--lessons", LESSON))],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            umask=UMASK,
        )

    def end(self, process: subprocess.Popen[str]) -> str:
        """Wait for a build, which must go well; return what it said."""
        said, _ = process.communicate()
        assert process.returncode == 0, said
        return said

    def files(self, out: str) -> dict[str, tuple[bytes, int]]:
        """Return every file of a book, with its permissions."""
        site = self.folder / out
        paths = [path for path in site.rglob("*") if path.is_file()]
        return {path.relative_to(site).as_posix(): (path.read_bytes(), path.stat().st_mode) for path in paths}


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Return builds of which there is a first one, from nothing."""
    builds = Builds(tmp_path_factory.mktemp("builds"))
    assert "Running 2 of 2 notebooks" in builds.end(builds.begin("south", "first", SOUTH))
    return builds


def test_two_builds_are_equal_in_every_byte(builds: Builds) -> None:
    """In another time zone, for somebody else, with other settings: from nothing, and from what was kept."""
    west = builds.folder / "west" / ".config" / "matplotlib"
    west.mkdir(parents=True)
    (west / "matplotlibrc").write_text("font.size: 20\n", encoding="utf-8")
    first = builds.files("first")
    assert len(first) > 25
    assert "Running 2 of 2 notebooks" in builds.end(builds.begin("west", "second", WEST))
    assert builds.files("second") == first
    assert "Running" not in builds.end(builds.begin("west", "third", SOUTH | {"PYTHONHASHSEED": "2"}))
    assert builds.files("third") == first
    shutil.rmtree(builds.folder / "third")


def test_a_course_whose_other_lessons_were_removed_is_the_same_book(builds: Builds) -> None:
    """Whoever deletes the files of all lessons but one gets what ``--lessons`` makes of that one."""
    course = course_part(ROOT, builds.folder / "course", ["02-attribution"])
    builds.end(builds.begin("south", "removed", SOUTH | {"COPYDESK_COURSE": str(course)}, "--article", "full"))
    assert builds.files("removed") == builds.files("first")


def test_builds_at_once_do_not_disturb_each_other(builds: Builds) -> None:
    """Two into one folder and one into another, of one course, with what is kept shared: all are whole."""
    first = builds.files("first")
    running = [builds.begin("south", out, SOUTH) for out in ("shared", "shared", "alone")]
    for process in running:
        builds.end(process)
    assert builds.files("shared") == builds.files("alone") == first


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_server_can_read_every_file(builds: Builds) -> None:
    """The builds ran with a umask that lets nobody else read; the site's files and folders are for everybody."""
    site = builds.folder / "first"
    paths = [path for path in (site, *site.rglob("*")) if path.name != ".copydesk-book.json"]
    assert {oct(path.stat().st_mode & 0o777) for path in paths if path.is_dir()} == {"0o755"}
    assert {oct(path.stat().st_mode & 0o777) for path in paths if path.is_file()} == {"0o644"}
