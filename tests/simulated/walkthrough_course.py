"""Works through a whole course of 300, and puts what came of it into ``book/instructors/course-of-300.md``.

``python tests/simulated/walkthrough_course.py`` does what the page says, from top to bottom, with a simulated class in
a folder of its own: it writes the files that the page shows, runs its commands, and puts their output below them.
Comments in the page that begin with ``walk:`` say what is done in between:

``walk: file NAME``         the next block is the file NAME; of ``class.yml`` it has the entries that change
``walk: in FOLDER``         the next command is typed in FOLDER, on another computer
``walk: copy FROM TO``      a folder is sent to another computer, or comes back
``walk: levels MARKER N%``  MARKER types levels into so much of the own table; a folder may follow
``walk: agree``             the markers type in the levels that they agree on
``walk: again``             the files that couldn't be read come again
``walk: if COMMAND``        the next command is skipped as long as Copy Desk has no such command
``walk: rows FILE ID …``    the heads of a table and some learners' rows are put below
"""

from __future__ import annotations

import csv
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING

from course_of_300 import ROOT, WRITTEN, send_again, write_course

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PAGE = ROOT / "book" / "instructors" / "course-of-300.md"
STEP = re.compile(
    r"(?P<comment><!-- walk: (?P<action>.*?) -->\n)(?:\n```text\n.*?\n```\n)?"
    r"|(?P<command>```\n(?P<typed>copydesk .*?)\n```\n)(?:\n```text\n.*?\n```\n)?"
    r"|```\w*\n(?P<file>.*?)\n```\n",
    re.DOTALL,
)
MOST_LINES = 14
LEVELS, WEIGHTS = (1, 2, 3, 4), (1, 3, 4, 2)
"""The levels of the rubric, and how often they are given."""

OTHER_LEVEL = 0.2
"""How likely it is that a marker gives a level one higher or lower than the text has."""


def main() -> None:
    """Bring the page up to date."""
    PAGE.write_text(worked_through(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def worked_through(text: str) -> str:
    """Return the text of the page with the output of its commands, as they print it now."""
    with tempfile.TemporaryDirectory(prefix="course-of-300-") as name:
        course = Walk(Path(name))
        return STEP.sub(course.step, text)


class Walk:
    """The folder of a class, and those of other computers beside it."""

    def __init__(self, top: Path) -> None:
        """Write the lists and the downloads of the simulated class, the latter where they are graded from."""
        self.top, self.folder = top, top / "class"
        write_course(self.folder)
        (self.folder / "downloads").rename(self.folder / "submissions")
        self.file, self.place, self.is_skipped = "", self.folder, False
        self.actions: dict[str, Callable[..., str | None]] = {
            "file": self.name_file,
            "in": self.go_to,
            "copy": self.copy,
            "levels": self.type_levels,
            "agree": self.agree,
            "again": lambda: send_again(self.folder),
            "if": self.skip_unless,
            "rows": self.rows,
        }

    def step(self, block: re.Match[str]) -> str:
        """Do what a block or a comment of the page says, and return it as it should be."""
        if block["action"]:
            name, *values = shlex.split(block["action"])
            return block["comment"] + (self.actions[name](*values) or "")
        if block["typed"]:
            return block["command"] + self.run(block["typed"].replace("\\\n", " "))
        if self.file:
            self.write_file(block["file"])
        return block[0]

    def run(self, command: str) -> str:
        """Run a command of the page; return its output as a block of the page, or nothing if it is skipped."""
        place, is_skipped = self.place, self.is_skipped
        self.place, self.is_skipped = self.folder, False
        if is_skipped:
            return ""
        done = self.call(shlex.split(command)[1:], place)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return text_block(clipped(done.stdout.replace(str(self.top) + os.sep, "")))

    def call(self, words: Sequence[str], place: Path) -> subprocess.CompletedProcess[str]:
        """Run Copy Desk with the words of a command in a folder."""
        environment = {**os.environ, "COPYDESK_COURSE": str(ROOT), "COLUMNS": "100", "COPYDESK_LANGUAGE": "en"}
        program = [sys.executable, "-m", "copydesk", *words]
        return subprocess.run(program, cwd=place, env=environment, capture_output=True, text=True, check=False)

    def skip_unless(self, *command: str) -> None:
        """Skip the next command of the page if Copy Desk has no such command yet."""
        self.is_skipped = self.call([*command, "--help"], self.folder).returncode != 0

    def name_file(self, name: str) -> None:
        """Take the next block of the page as this file."""
        self.file = name

    def write_file(self, text: str) -> None:
        """Write the file that the page shows; of the class file, change the entries that it shows."""
        path, self.file = self.folder / self.file, ""
        if path.name == "class.yml":
            text = changed(path.read_text(encoding="utf-8"), text)
        path.write_text(text.rstrip() + "\n", encoding="utf-8")

    def go_to(self, place: str) -> None:
        """Type the next command in another folder."""
        self.place = self.top / place

    def copy(self, source: str, target: str) -> None:
        """Copy a folder to another computer or back."""
        shutil.copytree(self.top / source, self.top / target)

    def type_levels(self, marker: str, share: str, place: str = "class") -> None:
        """Type simulated levels into the first rows of a marker's table that have none."""
        path = self.top / place / "marks" / WRITTEN / f"paper-W1-{marker.lower()}.csv"
        rows = read_table(path)
        count = round(len(rows) * int(share.rstrip("%")) / 100)
        for row in rows[:count]:
            for criterion in [head for head in row if f"{head} comment" in row]:
                row[criterion] = row[criterion] or str(level(marker, row["text"], criterion))
        write_table(path, rows)

    def rows(self, path: str, *keys: str) -> str:
        """Return the first line of a table and those with some learners' numbers, as a block of the page."""
        heads, *lines = (self.folder / path).read_text(encoding="utf-8-sig").splitlines()
        shown = [line for line in lines if any(f",{key}," in line for key in keys)]
        return text_block("\n".join([heads, *shown]))

    def agree(self) -> None:
        """Type the levels that two markers agree on into the table: those of the first."""
        path = self.folder / "marks" / WRITTEN / "moderation.csv"
        rows = read_table(path)
        for row in rows:
            row["agreed"] = row["agreed"] or row["first"]
        write_table(path, rows)


def level(marker: str, text: str, criterion: str) -> int:
    """Return the level that a simulated marker gives: mostly the one that the text has."""
    true_level = random.Random(f"{text} {criterion}").choices(LEVELS, WEIGHTS)[0]
    chance = random.Random(f"{marker} {text} {criterion}")
    if chance.random() < OTHER_LEVEL:
        true_level += chance.choice([-1, 1])
    return min(max(true_level, LEVELS[0]), LEVELS[-1])


def changed(file: str, entries: str) -> str:
    """Return a class file with the entries that the page shows in place of those of the same name, in use or not.

    An entry in the first column takes the place of all lines of the other one; an indented line that of one line.
    """
    for block in re.split(r"\n(?=\w)", entries.rstrip()):
        name = block.partition(":")[0]
        lines = file.splitlines()
        first = next(place for place, line in enumerate(lines) if line.removeprefix("# ").startswith(f"{name}:"))
        rest = lines[first + 1 :]
        if name.isidentifier():
            rest = list(dropwhile(is_below_entry, rest))
        file = "\n".join([*lines[:first], block, *rest, ""])
    return file


def is_below_entry(line: str) -> bool:
    """Return whether a line is indented, in use or not, so that it belongs to the entry above."""
    return line.removeprefix("#").startswith("  ")


def text_block(text: str) -> str:
    """Return a text as a block of the page, below what it belongs to."""
    return f"\n```text\n{text}\n```\n"


def clipped(output: str) -> str:
    """Return what a command printed; of many lines the first, and how many more there were."""
    lines = output.strip().splitlines()
    return "\n".join(lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], f"({len(lines) - MOST_LINES} more)"])


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    """Write the rows of a table, as a spreadsheet does."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
