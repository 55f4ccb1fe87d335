"""The course that nbgrader gets: nbgrader itself generates it, grades it and gives feedback, with the same scores."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from copydesk.course.course import Course
from copydesk.exchange.nbgrader import export_course
from copydesk.grading import grade
from copydesk.grading import nbgrader as cells

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
LESSON = "02-attribution"
RUN_NBGRADER = """
import json, sys
from pathlib import Path
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import PyFileConfigLoader

lesson, answers = sys.argv[1:]
api = NbGraderAPI(config=PyFileConfigLoader("nbgrader_config.py", path=".").load_config())
steps = [api.generate_assignment(lesson)]
folder = Path("submitted/simulated") / lesson
folder.parent.mkdir(parents=True)
Path("release", lesson).rename(folder)
(folder / "answers").mkdir()
Path(answers).rename(folder / "answers" / f"{lesson}.json")
steps += [api.autograde(lesson, "simulated"), api.generate_feedback(lesson, "simulated")]
for step in steps:
    if not step["success"]:
        sys.exit(step["log"])
with api.gradebook as gradebook:
    grades = gradebook.find_submission(lesson, "simulated").notebooks[0].grades
    print(json.dumps({grade.name: [grade.auto_score, grade.max_score] for grade in grades}))
"""


@pytest.fixture
def submission() -> dict[str, Any]:
    """Return a simulated submission of lesson 02 that is right in parts."""
    path = ROOT / "tests" / "simulated" / "simulate.py"
    spec = importlib.util.spec_from_file_location("simulate", path)
    assert spec
    assert spec.loader
    simulate: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(simulate)
    bank = Course(ROOT).solutions[LESSON]
    everyone = (data for _, data in simulate.class_of({LESSON: bank}, {}, learners=20))
    made: dict[str, Any] = next(data for data in everyone if "W1" in data["answers"])
    return made


def test_nbgrader_finds_the_same_scores(tmp_path: Path, submission: dict[str, Any]) -> None:
    """What nbgrader's own autograde scores for each task is what ``copydesk grade`` scores; it changes no answer."""
    course = tmp_path / "course"
    export_course(Course(ROOT), course)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(submission), encoding="utf-8")
    (tmp_path / "in").mkdir()
    shutil.copy(answers, tmp_path / "in")
    report = grade([tmp_path / "in"], tmp_path / "out", banks=Course(ROOT).solutions)
    (row,) = csv.DictReader(io.StringIO(report.gradebook.read_text(encoding="utf-8-sig")))
    ours = {head.split()[0]: float(cell) for head, cell in row.items() if "(of" in head and cell}

    command = [sys.executable, "-c", RUN_NBGRADER, LESSON, str(answers)]
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # it calls alembic
    environment = {**os.environ, "COPYDESK_COURSE": str(ROOT), "PATH": programs}
    environment.pop("COPYDESK_ANSWERS", None)
    ran = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    theirs = json.loads(ran.stdout.splitlines()[-1])

    assert {name: score for name, (score, _) in theirs.items() if name != "W1"} == ours
    assert theirs["W1"] == [None, 12]
    assert 0 < sum(ours.values()) < 20
    autograded = course / "autograded" / "simulated" / LESSON
    assert not (autograded / "submissions").exists()
    assert (autograded / "answers" / f"{LESSON}.json").read_bytes() == (tmp_path / "in" / answers.name).read_bytes()
    assert submission["answers"]["W1"]["response"]["text"][:30] in (autograded / f"{LESSON}.ipynb").read_text("utf-8")
    assert list((course / "feedback" / "simulated" / LESSON).glob("*.html"))


def test_release_holds_no_key(tmp_path: Path) -> None:
    """A notebook that learners get names no key, and its cells for nbgrader have names of their own."""
    for path in (written for written in export_course(Course(ROOT), tmp_path) if written.suffix == ".ipynb"):
        made = json.loads(path.read_text(encoding="utf-8"))
        known = [cell["metadata"]["nbgrader"] for cell in made["cells"] if "nbgrader" in cell["metadata"]]
        assert len({each["grade_id"] for each in known}) == len(known)
        assert sum(each.get("points", 0) for each in known) > 0
        assert "solution=True" not in path.read_text(encoding="utf-8")


def test_without_keys_a_cell_says_when_it_is_scored(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A learner who runs the cells for nbgrader gets a plain sentence."""
    monkeypatch.delenv(cells.KEYS, raising=False)
    assert cells.points(LESSON, "T1") is None
    assert capsys.readouterr().out == "T1: scored once it is graded.\n"


def test_without_an_answer_file_the_points_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A notebook that was submitted alone earns 0, and the cell says what is missing."""
    monkeypatch.setenv(cells.KEYS, str(ROOT))
    monkeypatch.chdir(tmp_path)
    assert cells.points(LESSON, "T1") == 0
    assert "no answer file for 02-attribution" in capsys.readouterr().out
