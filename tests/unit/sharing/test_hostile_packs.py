"""A course from elsewhere is looked at before anything of it is written, and nothing of it ever runs while looking."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import packs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import steps

from copydesk.course.documents import ContentError
from copydesk.sharing.about import about_lines
from copydesk.sharing.inspection import inspect_files
from copydesk.sharing.reading import read_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_STEPS = 3_000_000


@pytest.mark.parametrize("name", packs.REFUSED)
def test_what_no_pack_has_is_refused(tmp_path: Path, name: str) -> None:
    """A bent pack is refused with a reason and a remedy that are safe to print, and leaves nothing behind."""
    path = tmp_path / f"{name}.zip"
    path.write_bytes(packs.REFUSED[name]())
    with pytest.raises(ContentError) as refusal:
        read_pack(path)
    for problem in refusal.value.problems:
        assert ("this isn't a packed course that can be read" in problem.problem) is (name in packs.NO_PACK)
        assert "copydesk pack" in problem.remedy
        assert problem.file.isprintable(), problem.file
        assert problem.problem.isprintable(), problem.problem
    assert list(tmp_path.iterdir()) == [path]


def test_the_honest_pack_is_read(tmp_path: Path) -> None:
    """What makes the others refused is what was bent: the pack itself is read, with and without keys."""
    for keys in (False, True):
        path = tmp_path / f"{keys}.zip"
        path.write_bytes(packs.honest(keys=keys))
        assert read_pack(path).manifest.keys is keys


@pytest.mark.parametrize("name", ["billion-laughs", "deep-yaml", "huge", "many-files", "deep-notebook"])
def test_a_bomb_costs_little(tmp_path: Path, name: str) -> None:
    """A file that would fill memory or time is refused after few steps."""
    path = tmp_path / "bomb.zip"
    path.write_bytes(packs.REFUSED[name]())

    def read() -> None:
        with pytest.raises(ContentError):
            read_pack(path)

    assert steps(read) < MOST_STEPS


@pytest.mark.parametrize("name", packs.SEEN)
def test_code_that_is_more_than_calls_of_ours_is_named(tmp_path: Path, name: str) -> None:
    """Each cell that does more than call Copy Desk is named, with its file and number."""
    path = tmp_path / "seen.zip"
    path.write_bytes(packs.SEEN[name]())
    seen = inspect_files(read_pack(path).files)
    (finding, *_) = seen.findings[packs.NOTEBOOK]
    assert finding.startswith("cell 3: ")
    assert seen.ordinary == seen.notebooks - 1


def test_ordinary_lessons_are_called_ordinary(tmp_path: Path) -> None:
    """A lesson and an exercise that only call Copy Desk raise no alarm."""
    path = tmp_path / "honest.zip"
    path.write_bytes(packs.honest())
    seen = inspect_files(read_pack(path).files)
    assert (dict(seen.findings), seen.notebooks, seen.ordinary) == ({}, 2, 2)


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("<script>alert(1)</script>", True),
        ("<img src=x onerror=alert(1)>", True),
        ("<IFRAME src='//example.org'>", True),
        ("[x](javascript:alert(1))", True),
        ("<details><summary>More</summary></details>", False),
        ("2 < 3, and form follows", False),
    ],
)
def test_html_that_can_do_something_is_named(text: str, *, is_named: bool) -> None:
    """Scripts, frames and handlers in a page are named; folds and ordinary words aren't."""
    assert bool(inspect_files({"README.md": text.encode()}).findings) is is_named


def test_hosts_of_links_are_named() -> None:
    """Anyone who looks first sees where links lead."""
    seen = inspect_files({"README.md": b"See https://example.org/a and [b](//Sub.Example.com/x)."})
    assert seen.hosts == ("example.org", "sub.example.com")


def test_what_a_course_says_of_itself_cannot_rule_the_terminal(tmp_path: Path) -> None:
    """Escape sequences and marks that turn text round are shown as signs."""
    path = tmp_path / "escapes.zip"
    path.write_bytes(packs.escapes())
    lines = list(about_lines(read_pack(path).manifest))
    assert all(line.isprintable() for line in lines), lines
    assert "A [U+202E]yrref" in lines[0]


def test_looking_starts_nothing(tmp_path: Path) -> None:
    """While every pack of the collection is read, no program starts, no connection opens and no file is written."""
    for name, make in {**packs.REFUSED, **packs.SEEN}.items():
        (tmp_path / f"{name}.zip").write_bytes(make())
    tried: list[str] = []
    is_watching = True

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if is_watching and _is_forbidden(event, arguments):
            tried.append(f"{event} {arguments!r:.200}")

    read_all(tmp_path)  # whatever is imported late is imported now
    sys.addaudithook(watch)
    read_all(tmp_path)
    is_watching = False
    assert tried == []


def read_all(folder: Path) -> None:
    """Read and look through all packs of a folder."""
    for path in sorted(folder.iterdir()):
        try:
            inspect_files(read_pack(path).files)
        except ContentError:
            continue


def _is_forbidden(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event.startswith(("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect"))


def test_the_collection_is_what_it_says(tmp_path: Path) -> None:
    """A link in a bent pack is a link, and the laughing YAML unfolds to a thousand million values."""
    makers: dict[str, Callable[[], bytes]] = packs.REFUSED
    assert len(makers) > 70
    assert packs.billion_laughs().count(b"*a") == 90
    assert list(tmp_path.iterdir()) == []


@given(changes=st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_damage_anywhere_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    """A pack with any bytes changed is refused with a problem, or is still the same files."""
    content = bytearray(packs.honest())
    for place, byte in changes:
        content[place % len(content)] = byte
    path = tmp_path_factory.mktemp("damaged") / "x.zip"
    honest_files = packs.files_of(packs.honest())
    path.write_bytes(content)
    with suppress(ContentError):
        files = dict(read_pack(path).files)
        del honest_files[packs.MANIFEST]
        assert files == honest_files
