"""The commands, run as a person runs them, on the course itself."""

from __future__ import annotations

import csv
import json
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from inspect import signature
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from copydesk.answers.file import Answer, AnswerFile, Learner
from copydesk.answers.store import current_time, to_json
from copydesk.commands.grading import grade, rekey
from copydesk.commands.grading_options import GradingOptions
from copydesk.commands.main import app
from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.kinds import scoring
from copydesk.kinds.written.model import WrittenResponse
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.kinds.union import Response

ROOT = find_root()
BANK = Course(ROOT).bank(SOLUTIONS, "02-attribution")
BIG_BYTES = 200_000_000


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command and return what it printed."""
    command = [sys.executable, "-m", "copydesk", *map(str, arguments)]
    environment = {**os.environ, "CI": "1", "COPYDESK_COURSE": str(cwd)}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environment)


def submission(alias: str, responses: dict[str, Response]) -> str:
    """Return a submission as the course writes it."""
    answers = {name: Answer(response=response, at=current_time()) for name, response in responses.items()}
    content = AnswerFile(
        schema="copydesk/answers/1",
        course="mariupol",
        lesson="02-attribution",
        bank=BANK.without_keys().fingerprint(),
        learner=Learner(alias=alias),
        saved=current_time(),
        handed_in=current_time(),
        answers=answers,
    )
    return to_json(content)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of submissions: full, half-right, a script, and four that cannot be graded."""
    made = tmp_path_factory.mktemp("submissions")
    best = {
        entry.task.id: scoring.reference_response(entry.task, entry.key)
        for entry in BANK.tasks
        if entry.key is not None
    }
    full = submission("Solution", best)
    (made / "solution.json").write_text(full, encoding="utf-8")
    (made / "half.json").write_text(
        submission("Half", {name: best[name] for name in ("T2", "T3", "T5")}), encoding="utf-8"
    )
    text = "<script>alert(1)</script>\n=cmd|' /C calc'!A0"
    script = submission("=cmd|' /C calc'!A0", {"W1": WrittenResponse(text=text)})
    (made / "script.json").write_text(script, encoding="utf-8")
    (made / "empty.json").touch()
    (made / "truncated.json").write_text(full[: len(full) // 2], encoding="utf-8")
    with (made / "big.json").open("wb") as big:
        big.truncate(BIG_BYTES)
    with zipfile.ZipFile(made / "bad.zip", "w") as archive:
        archive.writestr("../../x", full)
    return made


def test_a_folder_becomes_gradebook_feedback_and_problems(folder: Path, tmp_path: Path) -> None:
    """Three learners get full, part and zero points, four files get a reason, and nothing in the results can run."""
    done = run("grade", folder, "--out", tmp_path / "graded")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "graded" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    points = {row["learner"]: row for row in rows}
    assert len(points) == 3
    automatic = {name: float(row["automatic points"]) for name, row in points.items()}
    assert automatic == {"Solution": 20, "Half": 3 + 4 + 2, "'=cmd|' /C calc'!A0": 0}
    with (tmp_path / "graded" / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        problems = {row["file"]: row for row in csv.DictReader(file)}
    assert {name.split("/")[-1].split(":")[0].split(" ")[0] for name in problems} >= {
        "empty.json",
        "truncated.json",
        "big.json",
    }
    assert len(problems) == 4
    assert all(row["reason"] and row["remedy"] for row in problems.values())
    for path in (tmp_path / "graded").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for cell in chain.from_iterable(csv.reader(file)):
                assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    pages = list((tmp_path / "graded" / "feedback").glob("*.html"))
    assert len(pages) == 3
    assert not any("<script" in page.read_text(encoding="utf-8") for page in pages)
    assert not (folder.parent.parent / "x").exists()


def test_the_order_of_files_does_not_matter(folder: Path, tmp_path: Path) -> None:
    """The same files in another order give the same bytes."""
    files = sorted(folder.iterdir())
    for name, order in (("a", files), ("b", files[::-1])):
        assert run("grade", *order, "--out", tmp_path / name).returncode == 0
    for path in sorted((tmp_path / "a").rglob("*.*")):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_the_course_is_in_order() -> None:
    """``copydesk check`` finds nothing, and derived files are in step."""
    for command in (["check"], ["release", "--check"], ["tidy", "--check"]):
        done = run(*command)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_wrong_seed_is_named_under_its_file(tmp_path: Path) -> None:
    """``copydesk check`` exits 1 with file, line, entry and remedy of what is wrong."""
    for name in ("lessons", "solutions", "exercises"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    wrong = tmp_path / "seeds" / "attributions.yml"
    wrong.write_bytes(wrong.read_bytes().replace(b"start: 419", b"start: 420"))
    done = run("check", cwd=tmp_path)
    assert done.returncode == 1
    assert "AT01" in done.stdout
    assert "attributions" in done.stdout


def test_check_shows_some_files_and_how_each_lesson_stands() -> None:
    """``copydesk check about --table`` names only what is wrong in such files, and counts every lesson."""
    done = run("check", "about", "--table")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "02-attribution" in done.stdout
    assert "Nothing is wrong in files with 'about' in their name." in done.stdout


def test_check_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the libraries of the checks their name and the extra are said, in place of a traceback."""
    monkeypatch.setitem(sys.modules, "textstat", None)
    done = CliRunner().invoke(app, ["check"])
    assert done.exit_code == 1
    assert "The checks need textstat" in done.output
    assert "copydesk[check]" in done.output


def test_lab_says_what_is_wrong(tmp_path: Path) -> None:
    """A taken port and an unknown lesson are answered in plain words."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("lab", "02", "--port", port, "--folder", tmp_path)
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert "There's no lesson “99”" in run("lab", "99", "--folder", tmp_path).stderr


def test_lab_keeps_what_the_learner_changed(tmp_path: Path) -> None:
    """A notebook that was changed in the working copy is never overwritten."""
    from copydesk.lab.working_copy import copy_course  # noqa: PLC0415

    assert copy_course(ROOT, tmp_path) == []
    assert (tmp_path / "book" / "glossary.md").read_text(encoding="utf-8").startswith("# Glossary")
    path = tmp_path / "lessons" / "02-attribution.ipynb"
    changed = json.loads(path.read_text(encoding="utf-8"))
    changed["cells"][0]["source"] = "# Mine"
    path.write_text(json.dumps(changed), encoding="utf-8")
    before = path.read_bytes()
    assert copy_course(ROOT, tmp_path) == []
    assert path.read_bytes() == before


def test_grading_again_takes_every_option_of_grading() -> None:
    """An option for grading that is added in one place is there in both commands, in the same order."""
    options = list(signature(GradingOptions).parameters)
    for command in (grade, rekey):
        names = [name for name in signature(command).parameters if name in options]
        assert names == options


def test_help_is_in_the_language_that_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands and options are explained in English, or in another language of the catalogue."""
    monkeypatch.setenv("COLUMNS", "200")
    for chosen, key in (("en", "command.grade"), ("uk", "command.grade"), ("uk", "command.grade.watch")):
        monkeypatch.setenv("COPYDESK_LANGUAGE", chosen)
        assert t(key) in run("grade", "--help").stdout
