"""A book that is built again after a change is, byte for byte, the book that would be built from nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from platformdirs import user_cache_path

from copydesk.publish.build import BOOK

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("book", "exercises", "lessons", "seeds", "solutions")
LESSON = Path("lessons", "02-attribution.ipynb")


class Desk:
    """A copy of the course, and the folders in which its books and what builds leave are kept."""

    def __init__(self, folder: Path) -> None:
        """Copy the course; what its notebooks showed is known, so that only pages are made."""
        self.course, self.folder = folder / "course", folder
        for part in PARTS:
            shutil.copytree(ROOT / part, self.course / part)
        shutil.copy(ROOT / "CITATION.cff", self.course)
        self.outputs = user_cache_path("copydesk") / "runs"

    def command(self, cache: str, out: str, *options: str) -> subprocess.Popen[str]:
        """Begin to build with one of the folders for what builds leave."""
        runs = self.folder / cache / "copydesk" / "runs"
        if not runs.is_dir():
            shutil.copytree(self.outputs, runs)
        environment = os.environ | {"XDG_CACHE_HOME": str(self.folder / cache), "COPYDESK_COURSE": str(self.course)}
        command = [sys.executable, "-m", "copydesk", "book", "--article", "full", "--out", str(self.folder / out)]
        return subprocess.Popen(
            [*command, *options],
            cwd=self.course,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def built(self, cache: str, out: str, *options: str) -> dict[str, bytes]:
        """Build, and return every file of the book."""
        process = self.command(cache, out, *options)
        said, _ = process.communicate()
        assert process.returncode == 0, said
        site = self.folder / out
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}

    def built_from_nothing(self, *options: str) -> dict[str, bytes]:
        """Build where nothing was left but what the notebooks showed."""
        for name in ("other/copydesk/pages", "other-site"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        return self.built("other", "other-site", *options)


@pytest.fixture
def desk(tmp_path: Path, site: Path) -> Desk:
    """Return a course of which a book was built."""
    assert site.is_dir()
    return Desk(tmp_path)


def edit_cells(notebook: Path, kind: str, change: Callable[[str], str]) -> None:
    """Change the last cell of a kind in a notebook."""
    data = json.loads(notebook.read_text(encoding="utf-8"))
    cell = [cell for cell in data["cells"] if cell["cell_type"] == kind][-1]
    cell["source"] = change("".join(cell["source"]))
    notebook.write_text(json.dumps(data), encoding="utf-8")


def replace(file: Path, old: str, new: str) -> None:
    """Change a text in a file."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def change_code(course: Path) -> None:
    """Let a cell of a lesson show something else."""
    edit_cells(course / LESSON, "code", lambda code: f"print('something new')\n{code}")


def change_sentence(course: Path) -> None:
    """Add a sentence, with a word that stands nowhere else: no other page shows it."""
    edit_cells(course / LESSON, "markdown", lambda text: f"{text}\n\nMonotremata lay eggs.")


def move_sentence(course: Path) -> None:
    """Take the sentence away, and its word out of the search, and let the headings of another page stand lower."""
    edit_cells(course / LESSON, "markdown", lambda text: text.removesuffix("\n\nMonotremata lay eggs."))
    replace(course / "book" / "about.md", "# How this was made\n", "# How this was made\n\nSome animals\nlay eggs.\n")


def change_heading(course: Path) -> None:
    """Give a lesson another title, which stands in the menu, in other pages' turns and in the list of all lessons."""
    replace(course / LESSON, "Who says so?", "Who is it that says so?")


def change_place(course: Path) -> None:
    """Add a place to one page and a link there to another, and words to find."""
    edit_cells(course / LESSON, "markdown", lambda text: f"{text}\n\n## A platypus\n\nOrnithorhynchus.")
    about = course / "book" / "about.md"
    text = about.read_text(encoding="utf-8")
    about.write_text(f"{text}\n[A platypus](../lessons/02-attribution.ipynb#a-platypus)\n", encoding="utf-8")


def change_order(course: Path) -> None:
    """Let two pages change places, and leave one out."""
    toc = course / "book" / "_toc.yml"
    replace(
        toc, "      - file: about\n      - file: accessibility\n", "      - file: accessibility\n      - file: about\n"
    )


def change_looks(course: Path) -> None:
    """Change the style sheet."""
    own = course / "book" / "_static" / "book.css"  # a course's own comes before the one of every book
    shutil.copyfile(BOOK / "_static" / "book.css", own)
    replace(own, "{", "{ outline-offset: 7px;")


CHANGES = (change_sentence, move_sentence, change_code, change_heading, change_place, change_order, change_looks)


@pytest.mark.parametrize("options", [(), ("--learner", "--article", "quotes")])
def test_a_rebuilt_book_is_the_book_built_from_nothing(desk: Desk, options: tuple[str, ...]) -> None:
    """Whatever was changed: every page, the search index, the menus and the downloads are the same."""
    before = desk.built("cache", "site", *options)
    for change in CHANGES:
        change(desk.course)
        again = desk.built("cache", "site", *options)
        fresh = desk.built_from_nothing(*options)
        assert again.keys() == fresh.keys(), change.__name__
        assert [name for name in again if again[name] != fresh[name]] == [], change.__name__
        assert again != before, change.__name__
        before = again


def test_a_build_that_was_stopped_leaves_nothing_that_is_used(desk: Desk) -> None:
    """Stopped while pages are made, with a page half read: the next book is as if that had not been."""
    desk.built("cache", "site")
    (replaced,) = (desk.folder / "cache" / "copydesk" / "pages").glob("*/written")
    pages = list(replaced.rglob("02-attribution.html"))  # now, because later the build takes folders away meanwhile
    assert pages
    change_heading(desk.course)
    process = desk.command("cache", "site")
    while "Making the pages" not in process.stdout.readline():
        assert process.poll() is None
    while any(page.is_file() for page in pages):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    replace(desk.course / LESSON, "Who is it that says so?", "Who then says so?")
    assert desk.built("cache", "site") == desk.built_from_nothing()
