"""A new kind of task is its folder, its texts, and its line in two tables; all else takes it from there."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import copydesk

PACKAGE = Path(copydesk.__file__).parent
ROOT = Path(__file__).parents[3]
TOY = ROOT / "tests" / "toy_kind"
LESSON = "02-attribution"
STATEMENT, WHY = "The ferry <has> a captain.", "The harbour office names her."
LEARNERS, RIGHT = 12, 8


def add_line(path: Path, beside: str, line: str) -> None:
    """Write something before a place of a file, which must be there once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(beside) == 1
    path.write_text(text.replace(beside, line + beside), encoding="utf-8")


def add_kind(package: Path) -> None:
    """Add the toy kind to a copy of the package: its folder, its line in both tables, its texts."""
    kinds = package / "kinds"
    shutil.copytree(TOY / "true_or_not", kinds / "true_or_not", ignore=shutil.ignore_patterns("__pycache__"))
    model = "from copydesk.kinds.true_or_not.model import TrueOrNotKey, TrueOrNotResponse, TrueOrNotTask\n"
    add_line(kinds / "union.py", "from copydesk.kinds.value.model", model)
    for name in ("Task", "Key", "Response"):
        add_line(kinds / "union.py", f"| Value{name}", f"| TrueOrNot{name} ")
    table = kinds / "table.py"
    add_line(table, "from copydesk.kinds.value.kind", "from copydesk.kinds.true_or_not.kind import TRUE_OR_NOT\n")
    add_line(table, '    "value": VALUE', '    "true_or_not": TRUE_OR_NOT,\n')
    texts = json.loads((TOY / "texts.json").read_text(encoding="utf-8"))
    for catalogue in (package / "text").glob("*.json"):
        content = json.loads(catalogue.read_text(encoding="utf-8"))
        for part, more in texts.items():
            content[part] |= more
        catalogue.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def write_bank(path: Path, task: dict[str, Any], purpose: str) -> None:
    """Write a bank of one task; what is JSON is YAML too."""
    head = {"schema": "copydesk/bank/1", "course": "mariupol", "lesson": LESSON, "title": "Who says so?"}
    bank = {**head, "purpose": purpose, "keyed_by": "one careful reading", "tasks": [task]}
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(bank), encoding="utf-8")


def write_course(root: Path) -> None:
    """Write a course whose tasks are all of the new kind, with the seeds of the real one."""
    shutil.copytree(ROOT / "seeds", root / "seeds")
    task = {"kind": "true_or_not", "title": "The ferry", "prompt": "Is this true?", "statement": STATEMENT}
    key = {"is_true": True, "why": WHY}
    write_bank(
        root / "lessons" / "quizzes" / f"{LESSON}.yml", {"id": "P1", "group": "quiz", **task, "key": key}, "practice"
    )
    write_bank(root / "exercises" / "tasks" / f"{LESSON}.yml", {"id": "T1", "points": 2, **task}, "graded")
    write_bank(root / "solutions" / "tasks" / f"{LESSON}.yml", {"id": "T1", "points": 2, **task, "key": key}, "graded")


class World:
    """A copy of Copy Desk with one more kind, and a course that uses it; programs run in it as anybody's would."""

    def __init__(self, folder: Path) -> None:
        """Make both."""
        self.folder, self.lesson, package = folder, "", folder / "package" / "copydesk"
        shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
        add_kind(package)
        write_course(folder / "course")
        paths = {"PYTHONPATH": str(package.parent), "COPYDESK_COURSE": str(folder / "course")}
        self._environment = {**os.environ, **paths}

    def run(self, *command: str) -> str:
        """Run Python, and return its output."""
        process = subprocess.run(
            [sys.executable, *command],
            cwd=self.folder,
            env=self._environment,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert process.returncode == 0, process.stdout + process.stderr
        return process.stdout

    def text(self, *names: str) -> str:
        """Return the text of a file that such a program wrote."""
        return self.folder.joinpath(*names).read_text(encoding="utf-8-sig")

    def rows(self, *names: str) -> list[dict[str, str]]:
        """Return the rows of a table."""
        return list(csv.DictReader(self.text(*names).splitlines()))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return a world in which a class has answered a lesson and handed it in, and the answers are graded."""
    world = World(tmp_path_factory.mktemp("new-kind"))
    world.lesson = world.run(str(TOY / "lesson.py"))
    world.run("-m", "copydesk", "grade", "answers", "--out", "results")
    return world


def test_the_lesson_shows_it_without_a_script(world: World) -> None:
    """A page without a kernel asks the statement; its reason is there in practice, never in graded work."""
    practice, graded = world.text("quiz.html"), world.text("task.html")
    for page in (practice, graded):
        assert "<blockquote><p>The ferry &lt;has&gt; a captain.</p></blockquote>" in page
        assert "True · Not true" in page
    assert f"<p>{WHY}</p>" in practice
    assert WHY not in graded


def test_a_lesson_says_how_far_it_is(world: World) -> None:
    """The notebook of a lesson says of an answered task that it is complete."""
    assert world.lesson.count("T1: complete and saved.") == LEARNERS


def test_its_content_reaches_the_browser(world: World) -> None:
    """The JSON that the browser reads holds the statement, the key of practice alone."""
    content = world.text("quiz.html").split('<script type="application/json">')[1].split("</script>")[0]
    (task,) = json.loads(content)["tasks"]
    assert (task["kind"], task["statement"], task["key"]["is_true"]) == ("true_or_not", STATEMENT, True)


def test_its_answers_are_graded(world: World) -> None:
    """Who says that a true statement is true has all points, and everybody else none."""
    rows = world.rows("results", "gradebook.csv")
    (head,) = [head for head in rows[0] if head.startswith("T1")]
    points = sorted(float(row[head]) for row in rows)
    assert points == [0.0] * (LEARNERS - RIGHT) + [2.0] * RIGHT


def test_its_feedback_says_both(world: World) -> None:
    """A feedback page lays the learner's answer beside the reference with its reason."""
    pages = [path.read_text(encoding="utf-8") for path in (world.folder / "results" / "feedback").glob("*.html")]
    assert len(pages) == LEARNERS
    wrong = 0
    for page in pages:
        assert f"True: {WHY}" in page
        assert "The ferry &lt;has&gt; a captain." in page
        wrong += "You say: Not true" in page
    assert wrong == LEARNERS - RIGHT


def test_the_class_report_counts_it(world: World) -> None:
    """The report of a class says how hard the statement was, and how often each answer was given."""
    (item,) = world.rows("results", "report", "items.csv")
    assert (item["item"], item["text"], float(item["difficulty"])) == ("T1", STATEMENT, pytest.approx(8 / 12, abs=1e-4))
    choices = world.rows("results", "report", "choices.csv")
    assert [(row["text"], row["count"]) for row in choices] == [("True", "8"), ("Not true", "4")]
    assert "The ferry &lt;has&gt; a captain." in world.text("results", "report.html")


def test_an_export_names_it_as_left_out(world: World) -> None:
    """A platform has no such question, and the report of each export says so, task by task."""
    for form in ("moodle", "gift", "qti"):
        report = world.run("-m", "copydesk", "export", "quizzes", form, "--out", form)
        assert "0 of 1 tasks are included" in report
        assert (
            "P1: The ferry. Left out: it’s of the kind “true_or_not”, and the platform has no such question." in report
        )


def test_its_stub_is_ready_to_be_written(world: World) -> None:
    """A new course begins with a task of the new kind, too: its stub is a valid task with four texts to write."""
    count = world.run(
        "-c",
        "from copydesk.course.bank import Entry; from copydesk.kinds.stubs import StubMaterial; "
        "from copydesk.kinds.table import kind_of; stub = kind_of('true_or_not').stub(StubMaterial(sentences=())); "
        "print(Entry.model_validate(stub).count_unwritten())",
    )
    assert count.strip() == "4"


def test_no_other_file_knows_it() -> None:
    """The project itself has never heard of the toy kind: nothing of it is needed anywhere else."""
    for path in PACKAGE.rglob("*"):
        if path.suffix in {".py", ".j2", ".json"}:
            assert "true_or_not" not in path.read_text(encoding="utf-8"), path
