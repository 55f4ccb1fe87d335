"""What only some systems have: a question at a terminal before a course is opened, and links in its folder."""

from __future__ import annotations

import os
import pty
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import packs
import pytest

from copydesk.course.course import Course
from copydesk.sharing.packing import pack_course

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("typed", ["\n", "y\n", "no\n", "yes please\n", "\x04"])
def test_anything_but_a_yes_leaves_it_closed(tmp_path: Path, typed: str) -> None:
    """Enter alone, or a slip, unpacks nothing."""
    output, code = ask(tmp_path, typed)
    assert "Not opened" in output
    assert code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


@pytest.mark.parametrize("typed", ["yes\n", " YES \n"])
def test_a_yes_unpacks_it(tmp_path: Path, typed: str) -> None:
    """After a yes the course is unpacked; here JupyterLab isn't reached, because its port is taken."""
    output, code = ask(tmp_path, typed)
    assert "Unpacked into" in output
    assert code == 1
    assert (tmp_path / "ferry" / "my-work" / packs.NOTEBOOK).is_file()


def test_links_stay(tmp_path: Path) -> None:
    """A link in the folder of a course never brings in what it leads to."""
    root = packs.write_course(tmp_path / "author")
    (tmp_path / "private.txt").write_text("private", encoding="utf-8")
    (root / "seeds" / "link.txt").symlink_to(tmp_path / "private.txt")
    (root / "book").symlink_to(tmp_path, target_is_directory=True)
    packed = pack_course(Course(root), keys=False)
    assert {"seeds/link.txt", "book/"} <= set(packed.left_out)
    assert not any("private" in name or "link" in name for name in packs.files_of(packed.content))


def ask(folder: Path, typed: str) -> tuple[str, int]:
    """Open a pack at a terminal, type something, and return what was printed, with the exit code."""
    (folder / "x.zip").write_bytes(packs.honest())
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "copydesk", "lab", "x.zip", "--no-browser", "--port", port]
        ended = subprocess.run(
            command, cwd=folder, env=kept, stdin=theirs, capture_output=True, text=True, check=False, timeout=60
        )
    os.close(theirs)
    os.close(ours)
    return ended.stdout + ended.stderr, ended.returncode
