"""From a text to a course with which everything works, by the commands that an author types."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from itertools import count
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient

from copydesk.course.course import Course
from copydesk.lab.working_copy import copy_course

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = """\
Night ferry to Skelmouth ran aground, harbour office says

A passenger ferry ran aground off Skelmouth on Tuesday night, the harbour office said. No one was hurt. “We heard a
bang, then the lights went out,” said a passenger, who did not give her name.

The ship, the Maid of Orrin, had left Port Ennis at 9.40 p.m. with 112 people on board. According to the harbour
office, fog had come down within minutes. The company that runs the ferry has not commented. “Why did no one stop the
ship?” asks a leaflet that was handed out on Wednesday.

Experts have long warned that the channel is too shallow. The council says it was dredged in spring, but a report from
two years ago gives another figure. <b>Bold</b> claims about a drunken helmsman went round on Wednesday. The ferry was
towed back in the morning, and a diver found a dent of 3.5 metres in its side.

Services start again on Friday, the harbour office hopes.
"""
GERMAN = """\
Nachtfähre nach Schöllmünde lief auf Grund, sagt das Hafenamt

Eine Fähre mit 112 Menschen an Bord ist am 3. Oktober vor Schöllmünde auf Grund gelaufen, teilte das Hafenamt mit.
Niemand wurde verletzt. „Es gab einen Knall, dann ging das Licht aus“, sagte eine Frau, die ihren Namen nicht nannte.

Das Schiff war laut Hafenamt um 21.40 Uhr in Ennisbüll abgefahren, Nebel kam innerhalb weniger Minuten auf. Die Reederei
hat sich noch nicht geäußert. „Warum hat niemand das Schiff aufgehalten?“, fragt ein Flugblatt, das am Mittwoch verteilt
wurde. Fachleute warnen seit Langem, die Rinne sei zu flach.

Die Stadt sagt, sie sei im Frühjahr ausgebaggert worden, doch ein Bericht nennt eine andere Zahl. Am Morgen wurde die
Fähre zurückgeschleppt; ein Taucher fand an der Seite eine Delle von 3,5 Metern. Ab Freitag soll wieder gefahren werden,
hofft das Hafenamt.
"""
FOLDERS = {"en": "Night ferry, class 9b", "de": "Nachtfähre 9b"}
LESSONS = {"en": "01-night-ferry-to-skelmouth", "de": "01-nachtfahre-nach-schollmunde"}
LEARNER = "Ida Marl"


def copydesk(*words: str, cwd: Path, code: int = 0, pasted: str | None = None) -> str:
    """Run a command as an author does, and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    if words[0] != "new":  # a new course is written in its own language; messages are compared in English
        environment["COPYDESK_LANGUAGE"] = "en"
    process = subprocess.run(
        [sys.executable, "-m", "copydesk", *words],
        cwd=cwd,
        env=environment | {"PYTHONUTF8": "1"},
        input=pasted,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert process.returncode == code, process.stdout + process.stderr
    return process.stdout + process.stderr


def run_notebook(source: str, folder: Path) -> str:
    """Run a cell in a kernel of its own, in a folder, and return what it prints."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    texts = [output.get("text", "") for output in notebook.cells[0].outputs]
    return "".join(texts)


def submission(lesson: str, folder: Path) -> Path:
    """Answer a task and submit, as a learner does in a working copy; return the file that was made."""
    run_notebook(
        f"import copydesk\ndesk = copydesk.open({lesson!r})\n"
        "desk.answer('T2', {'kind': 'choice', 'chosen': ['c']})\n"
        f"desk.answer('W1', {{'kind': 'written', 'text': 'The harbour office said so.'}})\ndesk.submit({LEARNER!r})",
        folder,
    )
    (path,) = (folder.parent / "submissions").glob("*")
    return path


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return two courses beside each other, made of an English file and of a German text that was pasted."""
    folder = tmp_path_factory.mktemp("courses")
    (folder / "article.txt").write_text(ENGLISH, encoding="utf-8")
    copydesk("new", FOLDERS["en"], "article.txt", cwd=folder)
    copydesk("new", FOLDERS["de"], "-", "--language", "de", cwd=folder, pasted=GERMAN)
    return {language: folder / name for language, name in FOLDERS.items()}


@pytest.fixture(scope="module")
def submissions(courses: dict[str, Path]) -> dict[str, Path]:
    """Return a submission for each course, from the working copy that JupyterLab opens."""
    files = {}
    for language, root in courses.items():
        copy_course(root, root / "my-work")
        files[language] = submission(LESSONS[language], root / "my-work" / "exercises")
    return files


languages = pytest.mark.parametrize("language", ["en", "de"])


@languages
def test_the_article_is_cut_into_its_sentences(courses: dict[str, Path], language: str) -> None:
    """Wrapped lines are joined, and quotations, times, ordinals and decimals cut no sentence."""
    texts = [sentence.text for sentence in Course(courses[language]).seeds.part("sentences")]
    assert len(texts) == {"en": 13, "de": 11}[language]
    assert {"en": "a dent of 3.5 metres", "de": "am 3. Oktober vor"}[language] in " ".join(texts)
    assert all(text[0].isupper() or text[0] in "“„<" for text in texts)


@languages
def test_learners_read_their_own_language(courses: dict[str, Path], language: str) -> None:
    """Headings and sentences of the notebooks are in the language of the course."""
    path = courses[language] / "lessons" / f"{LESSONS[language]}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert {"en": "# 01 · Who says what here?", "de": "# 01 · Wer sagt hier was?"}[language] in text
    assert {"en": "What we can safely say", "de": "Was wir sicher sagen können"}[language] in text


@languages
def test_check_says_what_is_open_in_order(courses: dict[str, Path], language: str) -> None:
    """A new course has no faults, only open steps: rights first, each once, with its place and its command."""
    text = copydesk("check", cwd=courses[language], code=1)
    steps = re.findall(r"^  (\d+)\. (.+)$", text, re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))
    places = [step.partition(":")[0] for _, step in steps]
    lesson = LESSONS[language]
    assert places[0].startswith("seeds/course.yml, ")
    assert places[2].startswith("seeds/sentences.yml, ")
    assert f"lessons/quizzes/{lesson}.yml" in text
    assert places.index(f"lessons/{lesson}.ipynb") < places.index(f"solutions/{lesson}.ipynb")
    assert text.count("Task R1") == text.count("Task W1") == 1
    assert "TO BE WRITTEN" not in text
    assert f"The course is in order, but {len(steps)} things are still open." in " ".join(text.split())
    assert "Keys:" not in text


@languages
def test_what_is_derived_is_up_to_date(courses: dict[str, Path], language: str) -> None:
    """Nothing needs to be released or tidied in a new course, and doing both changes nothing."""
    root = courses[language]
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for command in ("release", "tidy"):
        copydesk(command, "--check", cwd=root)
        copydesk(command, cwd=root)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@languages
def test_the_lesson_and_the_solution_run(courses: dict[str, Path], language: str) -> None:
    """Every cell of lesson, solution and exercise runs in a fresh kernel."""
    for folder in ("lessons", "solutions", "exercises"):
        path = courses[language] / folder / f"{LESSONS[language]}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        resources = {"metadata": {"path": str(path.parent)}}
        NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()


@languages
def test_a_submission_is_graded(
    courses: dict[str, Path], submissions: dict[str, Path], language: str, tmp_path: Path
) -> None:
    """A learner's submission gets its points by the key, and its feedback page has the teacher's words, escaped."""
    copydesk("grade", str(submissions[language]), "--out", str(tmp_path / "results"), cwd=courses[language])
    (row,) = csv.DictReader((tmp_path / "results/gradebook.csv").read_text(encoding="utf-8-sig").splitlines())
    (points,) = [value for name, value in row.items() if name.startswith("T2")]
    assert float(points) == 4
    (page,) = (tmp_path / "results/feedback").glob("*.html")
    assert "<b>Bold</b>" not in page.read_text(encoding="utf-8")


@languages
def test_submissions_of_another_course_are_refused(
    courses: dict[str, Path], submissions: dict[str, Path], language: str, tmp_path: Path
) -> None:
    """Grading says of a submission for the course beside it whose it is, and gives it no row."""
    other = submissions["de" if language == "en" else "en"]
    copydesk("grade", str(other), "--out", str(tmp_path / "results"), cwd=courses[language])
    assert len((tmp_path / "results/gradebook.csv").read_text(encoding="utf-8").splitlines()) == 1
    text = (tmp_path / "results/problems.csv").read_text(encoding="utf-8")
    theirs, ours = (json.loads(submissions[name].read_text(encoding="utf-8"))["course"] for name in ("de", "en"))
    assert theirs != ours
    assert theirs in text
    assert ours in text


def test_two_courses_in_one_session_keep_their_answers_apart(courses: dict[str, Path]) -> None:
    """Notebooks of two courses, run by one Jupyter server or even in one kernel, answer into their own folders."""
    first, second = courses["en"], courses["de"]
    run_notebook(
        "import copydesk, os\n"
        f"one = copydesk.open({LESSONS['en']!r})\nos.chdir({str(second / 'exercises')!r})\n"
        f"other = copydesk.open({LESSONS['de']!r})\n"
        "one.answer('T2', {'kind': 'choice', 'chosen': ['b']})\n"
        "other.answer('T2', {'kind': 'choice', 'chosen': ['c']})",
        first / "exercises",
    )
    chosen = {}
    for language, root in courses.items():
        (path,) = (root / "answers").glob("*.json")
        file = json.loads(path.read_text(encoding="utf-8"))
        chosen[file["course"]] = file["answers"]["T2"]["response"]["chosen"]
        assert file["lesson"] == LESSONS[language]
    assert list(chosen.values()) == [["b"], ["c"]]
    assert len(chosen) == len(courses)


def test_quizzes_are_exported_with_a_warning(courses: dict[str, Path], tmp_path: Path) -> None:
    """An export of a course with unwritten texts is written, and says how much is still to be written."""
    text = copydesk("export", "quizzes", "moodle", "--out", str(tmp_path), cwd=courses["en"], code=1)
    assert re.search(r"\d+ (?:texts|of)", text)


@languages
def test_the_book_is_built(courses: dict[str, Path], language: str, tmp_path: Path) -> None:
    """The book of a new course has its lesson and exercise; markup in the article stays text."""
    copydesk("book", "--out", str(tmp_path / "site"), cwd=courses[language])
    pages = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.html")}
    lesson = LESSONS[language]
    assert {"index.html", f"lessons/{lesson}.html", f"exercises/{lesson}.html"} <= pages
    for path in (tmp_path / "site").rglob("*.html"):
        assert "<b>Bold</b>" not in path.read_text(encoding="utf-8")


def write_texts(root: Path) -> None:
    """Write something in place of each instruction, as an author would, and take away the note on the sentences."""
    numbers = count(1)
    names = ("Ada", "Bo", "Cleo", "Dov", "Eli", "Fay", "Gus", "Hal", "Ines", "Jo", "Kim")
    verbs = ("hear", "paint", "forget", "sell", "open", "carry", "miss", "clean", "borrow", "count", "hide")
    things = (
        "a lamp",
        "two oars",
        "the gate",
        "my bread",
        "our maps",
        "red paint",
        "no stamp",
        "wet ropes",
        "one bell",
    )

    def words(_match: re.Match[str]) -> str:
        number = next(numbers)
        who, what, which = names[number % 11], verbs[number * 3 % 11], things[number * 7 % 9]
        return f"Did {who} {what} {which} in {names[number // 11 % 11]}’s shed?"

    sentences = root / "seeds" / "sentences.yml"
    sentences.write_text(re.sub("(?m)^#.*\n", "", sentences.read_text(encoding="utf-8")), encoding="utf-8")
    for path in [*root.glob("seeds/*.yml"), *root.glob("lessons/quizzes/*.yml"), *root.glob("solutions/tasks/*.yml")]:
        text = path.read_text(encoding="utf-8")
        text = text.replace("TO BE WRITTEN: publisher, day month year", "The Orrin Post, 4 May 2026")
        text = text.replace("TO BE WRITTEN: when it was published", "4 May 2026")
        path.write_text(re.sub("(?m)TO BE WRITTEN: .*$", words, text), encoding="utf-8")
    for path in [*root.glob("lessons/*.ipynb"), *root.glob("solutions/*.ipynb")]:
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.source = re.sub("(?m)TO BE WRITTEN: .*$", words, cell.source)
        nbformat.write(notebook, path)


def test_a_finished_course_is_in_order(tmp_path: Path) -> None:
    """Once every text is written, only the release is open; after it, the course is in order and nothing is open."""
    (tmp_path / "article.txt").write_text(ENGLISH, encoding="utf-8")
    copydesk("new", "course", "article.txt", cwd=tmp_path)
    root = tmp_path / "course"
    write_texts(root)
    text = copydesk("check", cwd=root, code=1)
    assert re.findall(r"^  (\d+)\. .*Run: (.+)$", text, re.MULTILINE) == [("1", "copydesk release")]
    copydesk("tidy", cwd=root)
    copydesk("release", cwd=root)
    assert "The course is in order." in copydesk("check", cwd=root)


def test_a_mistake_is_answered_with_its_remedy(tmp_path: Path) -> None:
    """A missing file, a taken folder and a language that is none are refused in words, and nothing is made."""
    (tmp_path / "article.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine", encoding="utf-8")
    assert "There’s no file" in copydesk("new", "course", "articel.txt", cwd=tmp_path, code=1)
    assert "already something in" in copydesk("new", "taken", "article.txt", cwd=tmp_path, code=1)
    assert "two letters" in copydesk("new", "course", "article.txt", "--language", "Deutsch!", cwd=tmp_path, code=1)
    assert "no text" in copydesk("new", "course", "-", cwd=tmp_path, code=1, pasted="")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt", "taken"]


def test_printed_commands_work_as_printed(tmp_path: Path) -> None:
    """The next steps that are printed can be typed as they are, with spaces in the folder's name."""
    (tmp_path / "article.txt").write_text(ENGLISH, encoding="utf-8")
    text = copydesk("new", "my course", "article.txt", "--lesson", "ferry", cwd=tmp_path)
    commands = [line.strip().split("    ")[0] for line in text.splitlines() if line.startswith("  ")]
    assert commands[0] in {"cd 'my course'", 'cd "my course"'}
    known = copydesk("--help", cwd=tmp_path)
    for command in commands[1:]:
        assert command.split()[0] == "copydesk"
        assert f" {command.split()[1]} " in known
    assert (tmp_path / "my course" / "lessons" / "01-ferry.ipynb").is_file()
