"""``copydesk class status``: one screen whose numbers add up, from what is in the folders now."""

from __future__ import annotations

from pathlib import Path

import make
import pytest
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.course.course import Course

ROOT = Path(__file__).parents[3]
BANK = Course(ROOT).solutions["02-attribution"]
CLASS = """\
schema: copydesk/class/1
name: Autumn
time_zone: Europe/Berlin
roster: roster.csv
canvas: canvas.csv
manual_marks: manual-marks.csv
lessons:
  02-attribution: {due: 2026-11-16 23:59, column: "Week 2 (4711)"}
  03-sources: {due: 2026-11-23 23:59}
"""
PEOPLE = {7: "Lovelace, Ada", 8: "Turing, Alan", 9: "Hopper, Grace", 10: "Clarke, Joan"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a class of four: one in time, one late, one excused, one who submitted nothing."""
    (tmp_path / "class.yml").write_text(CLASS, encoding="utf-8")
    rows = "".join(f'{number},"{name}"\n' for number, name in PEOPLE.items())
    (tmp_path / "roster.csv").write_text("id,name\n" + rows, encoding="utf-8")
    rows = "".join(f'"{name}",{number},{number},,A,\n' for number, name in PEOPLE.items())
    head = "Student,ID,SIS User ID,SIS Login ID,Section,Week 2 (4711)\n    Points Possible,,,,,20\n"
    (tmp_path / "canvas.csv").write_text(head + rows, encoding="utf-8")
    lines = f"learner,lesson,decision,points,reason\n9,{BANK.lesson},excused,,ill\n"
    (tmp_path / "manual-marks.csv").write_text(lines, encoding="utf-8")
    (tmp_path / "submissions").mkdir()
    for alias, day in ((7, 16), (8, 18)):
        moment = f"2026-11-{day}T20:00:00Z"
        data = make.submission(str(alias), make.reference(BANK), saved=moment, handed_in=moment)
        data |= {"lesson": BANK.lesson, "course": BANK.course, "bank": BANK.fingerprint()}
        (tmp_path / "submissions" / f"{alias}.json").write_bytes(make.to_bytes(data))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(*arguments: str) -> list[str]:
    """Return the lines of the command."""
    done = CliRunner(env={"COLUMNS": "100"}).invoke(app, ["class", "status", *arguments])
    assert done.exit_code == 0, done.output
    return [line.rstrip() for line in done.output.splitlines()]


def numbers(lines: list[str], lesson: str) -> list[int]:
    """Return how many learners a lesson has in time, late, missing and decided by hand."""
    (line,) = [line for line in lines if line.startswith(f"{lesson} ")]
    return list(map(int, line.split()[3:7]))


def test_each_learner_is_in_one_state(folder: Path) -> None:
    """The four numbers of a lesson are the class: nobody is counted twice, and who is excused isn't missing."""
    lines = shown()
    assert numbers(lines, "02-attribution") == [1, 1, 1, 1]
    assert numbers(lines, "03-sources") == [0, 0, 4, 0]
    assert "2026-11-16 23:59" in "\n".join(lines), "times are on the clock of the class"
    assert len(lines) <= 24, "it is one screen"
    assert not (folder / "graded").exists(), "nothing is written"


def test_the_names_of_a_lesson(folder: Path) -> None:
    """With a lesson the names are there, by state."""
    lines = shown("02-attribution")
    assert lines == [
        "in time (1): Lovelace, Ada",
        "late (1): Turing, Alan",
        "missing (1): Clarke, Joan",
        "by hand (1): Hopper, Grace",
        "02-attribution: 4 learners in all",
    ]
    assert folder.is_dir()


def test_what_the_platform_has(folder: Path) -> None:
    """It says how many marks are to be uploaded, until a new export has them."""
    assert "canvas.csv has 0 marks; there is no file to upload yet" in shown()
    assert any("no results yet" in line for line in shown())
    assert CliRunner().invoke(app, ["grade"]).exit_code == 0
    assert "canvas.csv has 0 marks, the file to upload 3" in shown()
    assert any(line.startswith("Next: upload the files") for line in shown())
    (folder / "canvas.csv").write_bytes((folder / "graded" / "import-canvas.csv").read_bytes())
    lines = shown()
    assert "canvas.csv has 3 marks, the file to upload 3" in lines
    assert not any("upload the files" in line for line in lines)


def test_who_still_has_to_mark(folder: Path) -> None:
    """Before anyone marks it says which command begins; then whose texts are left."""
    assert any("--lesson 02-attribution --marker NAME" in line for line in shown())
    text = (folder / "class.yml").read_text(encoding="utf-8") + "markers: {names: [Anna, Ben]}\n"
    (folder / "class.yml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["mark", "--lesson", BANK.lesson, "--marker", "Anna", "--paper", "--seed", "1"])
    assert done.exit_code == 0, done.output
    lines = shown()
    left = [line for line in lines if "texts left to mark" in line]
    assert len(left) == 2
    assert any("copydesk mark --lesson 02-attribution --marker" in line for line in lines)


def test_without_a_class_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere it says what to do."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["class", "status"])
    assert done.exit_code == 2
    assert "copydesk class new" in done.output
