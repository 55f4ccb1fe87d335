"""What is exported: nothing that is not written yet, and no file over another one."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.exchange.nbgrader import export_course
from copydesk.exchange.quizzes import export_quizzes, report_name
from copydesk.exchange.writing import ExchangeError, write_files
from copydesk.model.task import TO_BE_WRITTEN

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

ROOT = find_root()
LOGIC = [
    {
        "question": "Which of these follows from “all swans are white”?",
        "type": "multiple_choice",
        "answers": [
            {"answer": "This swan is white.", "correct": True, "feedback": "It is one of all swans."},
            {"answer": "This white bird is a swan.", "correct": False},
        ],
    },
    {
        "question": "How many sides does a square have?",
        "type": "numeric",
        "answers": [{"value": 4, "correct": True, "feedback": "Count them."}],
    },
]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course with one quiz that was taken over from JupyterQuiz, one explanation of which is missing."""
    root = tmp_path / "course"
    for part in ("seeds", QUIZZES, SOLUTIONS, "exercises"):
        shutil.copytree(ROOT / part, root / part)
    monkeypatch.setenv("COPYDESK_COURSE", str(root))
    for quiz in (root / QUIZZES).glob("10-*.yml"):
        quiz.unlink()
    (tmp_path / "logic.json").write_text(json.dumps(LOGIC), encoding="utf-8")
    assert (
        run("import-quiz", str(tmp_path / "logic.json"), "--out", str(root / QUIZZES / "10-logic.yml")).exit_code == 0
    )
    return root


def run(*command: str) -> Result:
    """Run a command of copydesk."""
    return CliRunner().invoke(app, command)


def texts(folder: Path) -> dict[str, str]:
    """Return the files of a folder that are not hidden, with their text."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name[0] != "."}


def test_what_is_still_to_be_written_reaches_no_learner(course: Path, tmp_path: Path) -> None:
    """A task with a place-holder is in no file; the report names it, each export has its own, the command fails."""
    assert course.is_dir()
    out = tmp_path / "platform"
    for form in ("moodle", "gift"):
        result = run("export", "quizzes", form, "--lesson", "10-logic", "--out", str(out))
        assert result.exit_code == 1
        assert "1 task was left out because something in it hasn't been written yet" in " ".join(result.stderr.split())
    files = texts(out)
    moodle, gift = "report-moodle-10-logic.md", "report-gift-10-logic.md"
    assert files.keys() == {"10-logic.moodle.xml", "10-logic.gift.txt", moodle, gift}
    assert not [name for name, text in files.items() if TO_BE_WRITTEN in text]
    assert "How many sides does a square have" in files["10-logic.moodle.xml"]
    assert "swans" not in files["10-logic.moodle.xml"]
    line = "- Q1: Which of these follows from “all swans …. Left out: 1 of its texts hasn’t been written yet."
    assert line in files[moodle].splitlines()
    assert files[moodle].startswith("# Quizzes as Moodle XML")
    assert files[gift].startswith("# Quizzes as GIFT")


@pytest.mark.parametrize("place", ["title", "why", "dots", "card", "wrapped"])
def test_the_mark_is_found_wherever_it_is(course: Path, tmp_path: Path, place: str) -> None:
    """It may be in the title of the quiz, in a key, in a card; and dots in place of an explanation are none."""
    path = course / QUIZZES / "10-logic.yml"
    quiz = yaml.safe_load(path.read_text(encoding="utf-8"))
    quiz["tasks"][0]["key"]["options"]["o2"]["why"] = "Other birds are white too."
    field = quiz["tasks"][1]["key"]["fields"]["number"]
    if place == "title":
        quiz["title"] = TO_BE_WRITTEN
    elif place == "card":
        quiz["tasks"][1]["cards"] = ["K-ICC"]
        cards = course / "seeds" / "cards.yml"
        written = yaml.safe_load(cards.read_text(encoding="utf-8"))
        next(card for card in written if card["id"] == "K-ICC")["says"] = f"{TO_BE_WRITTEN}: what the court said."
        cards.write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")
    else:
        field["why"] = {"why": f"See below. {TO_BE_WRITTEN}", "dots": "…", "wrapped": "TO BE\nWRITTEN"}[place]
    path.write_text(yaml.safe_dump(quiz, allow_unicode=True), encoding="utf-8")
    report = export_quizzes(Course(course), tmp_path / "out", "gift", lesson="10-logic")
    assert report.count_unwritten() == (2 if place == "title" else 1)
    assert not any(TO_BE_WRITTEN in " ".join(text.split()) for text in texts(tmp_path / "out").values())


def test_no_text_of_the_course_is_taken_for_a_place_holder() -> None:
    """Everything in the course is written."""
    banks = [*Course(ROOT).quizzes.values(), *Course(ROOT).solutions.values()]
    for bank in banks:
        for entry in bank.tasks:
            assert not entry.count_unwritten(), (bank.lesson, entry.task.id)


def test_nbgrader_gets_no_assignment_that_is_not_written(course: Path, tmp_path: Path) -> None:
    """The task is named, and nothing is written."""
    path = course / SOLUTIONS / "02-attribution.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    title: ", f"    title: {TO_BE_WRITTEN} ", 1), encoding="utf-8")
    with pytest.raises(ExchangeError, match=r"02-attribution, .*been written yet"):
        export_course(Course(course), tmp_path / "nbgrader")
    assert not (tmp_path / "nbgrader").exists()


def test_an_export_overwrites_only_what_an_export_wrote(tmp_path: Path) -> None:
    """Exporting again renews the files; a file of somebody else stops everything before the first is written."""
    write_files(tmp_path / "out", {"a.txt": b"1", "sub/b.txt": b"1"})
    write_files(tmp_path / "out", {"a.txt": b"2"})
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"2"
    (tmp_path / "out" / "notes.txt").write_bytes(b"mine")
    with pytest.raises(ExchangeError, match=r"no export wrote: notes\.txt"):
        write_files(tmp_path / "out", {"a.txt": b"3", "notes.txt": b"3", "sub/b.txt": b"3"})
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"2"
    assert (tmp_path / "out" / "sub" / "b.txt").read_bytes() == b"1"
    assert (tmp_path / "out" / "notes.txt").read_bytes() == b"mine"


def test_every_command_that_exports_spares_other_files(tmp_path: Path) -> None:
    """Quizzes, the course for nbgrader, annotations and an imported quiz leave alone what lies there already."""
    answers = tmp_path / "answers.json"
    file = {
        "schema": "copydesk/answers/1",
        "course": "mariupol",
        "lesson": "02-attribution",
        "bank": "sha256:" + "0" * 64,
        "learner": {"alias": "Robin"},
        "saved": "2026-11-22T10:00:00Z",
        "answers": {},
    }
    answers.write_text(json.dumps(file), encoding="utf-8")
    (tmp_path / "logic.json").write_text(json.dumps(LOGIC), encoding="utf-8")
    mine = tmp_path / "mine"
    mine.mkdir()
    names = ("02-attribution.moodle.xml", report_name("gift"), "nbgrader_config.py", "marks.json", "10-logic.yml")
    for name in names:
        (mine / name).write_text("mine", encoding="utf-8")
    commands = (
        ["export", "quizzes", "moodle", "--out", str(mine)],
        ["export", "quizzes", "gift", "--out", str(mine)],
        ["export", "nbgrader", str(mine)],
        ["export", "annotations", str(answers), "--out", str(mine / "marks.json")],
        ["import-quiz", str(tmp_path / "logic.json"), "--out", str(mine / "10-logic.yml")],
    )
    for command in commands:
        result = run(*command)
        assert result.exit_code == 1, command
        assert "name another f" in result.stderr.lower(), result.stderr
    assert texts(mine) == dict.fromkeys(names, "mine")
