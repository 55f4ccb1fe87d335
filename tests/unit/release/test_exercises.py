"""Exercises are cut from solutions, and hold nothing of a key."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from copydesk.course.bank_files import BANKS, EXERCISES, SOLUTIONS, kept_bank_name, read_kept_banks
from copydesk.course.course import Course
from copydesk.course.documents import ContentError
from copydesk.desk.desk import unanswered_text
from copydesk.release.exercises import release
from copydesk.release.leaks import find_leaks
from copydesk.release.notebooks import read_notebook, tidy, write_notebook

if TYPE_CHECKING:
    from pathlib import Path

WHY = "Tass is the one who says so; “according to” marks it."
EXEMPLAR = "The court found reasonable grounds to believe that he is responsible."
TASKS = f"""\
# a note to ourselves
schema: copydesk/bank/1
course: mariupol
lesson: 02-attribution
title: Who says so?
purpose: graded
keyed_by: one careful reading
tasks:
  - id: T1
    kind: choice
    title: The source
    prompt: |
      Who says so?

      Look at the end of the sentence.
    points: 8
    options:
      - {{id: A, text: state media Tass}}
      - {{id: B, text: Mr Putin}}
    key:
      options:
        A: {{weight: 1, why: {WHY}}}
        B: {{weight: 0, why: He is the one the sentence is about and not its source.}}
  - id: W1
    kind: written
    title: Rewrite
    prompt: Rewrite S08.
    points: 12
    min_words: 5
    max_words: 200
    rubric:
      - id: accuracy
        text: Accuracy
        levels: {{1: invented, 2: two wrong, 3: one lost, 4: all right}}
    key:
      exemplars:
""" + "".join(
    f"        - {{id: E{level}{letter}, level: {level}, text: '{EXEMPLAR} ({level}{letter})', "
    f"marks: {{accuracy: {level}}}, why: It is of level {level} because of its sources.}}\n"
    for level in (1, 2, 3, 4)
    for letter in "ab"
)


def solution_notebook() -> bytes:
    """Return a small solution notebook with every convention in it."""
    compared = {"tags": ["nbval-check-output"]}
    cells = [
        new_markdown_cell("# Exercise 2"),
        new_code_cell(
            'import copydesk\n### BEGIN SOLUTION\ndesk = copydesk.open("02-attribution", solution=True)\n'
            '### BLANK\n# desk = copydesk.open("02-attribution")\n### END SOLUTION'
        ),
        new_markdown_cell("For the instructor: discuss the second option first.", metadata={"tags": ["instructor"]}),
        new_code_cell('desk.solve("T1")', metadata={"tags": ["solution"]}),
        new_code_cell(
            'desk.check("T1")',
            metadata=compared,
            execution_count=1,
            outputs=[new_output("stream", name="stdout", text="T1: 8 of 8 points.\n")],
        ),
        new_code_cell(
            'print("S02")',
            metadata=compared,
            execution_count=1,
            outputs=[new_output("stream", name="stdout", text="S02\n")],
        ),
    ]
    return write_notebook(tidy(new_notebook(cells=cells), "02-attribution"))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return the root of a course with one solution."""
    (tmp_path / "solutions" / "tasks").mkdir(parents=True)
    (tmp_path / "solutions" / "02-attribution.ipynb").write_bytes(solution_notebook())
    (tmp_path / "solutions" / "tasks" / "02-attribution.yml").write_text(TASKS, encoding="utf-8")
    return tmp_path


def test_release_writes_what_is_missing_and_then_nothing(course: Path) -> None:
    """Releasing again changes no byte, and the check says so."""
    bank = Course(course).bank(SOLUTIONS, "02-attribution")
    names = ["exercises/02-attribution.ipynb", "exercises/tasks/02-attribution.yml", kept_bank_name(bank)]
    files = [course / name for name in names]
    assert release(Course(course), check=True) == files
    assert not (course / "exercises").exists()
    assert release(Course(course), check=False) == files
    before = [path.read_bytes() for path in files]
    assert release(Course(course), check=False) == []
    assert release(Course(course), check=True) == []
    assert [path.read_bytes() for path in files] == before


def test_a_byte_that_differs_is_found(course: Path) -> None:
    """An exercise that somebody edited, and one without a solution, fail the check; neither is deleted."""
    release(Course(course), check=False)
    edited = course / "exercises" / "tasks" / "02-attribution.yml"
    edited.write_bytes(edited.read_bytes() + b"\n")
    orphan = course / "exercises" / "09-old.ipynb"
    orphan.write_text("{}", encoding="utf-8")
    assert release(Course(course), check=True) == sorted([edited, orphan])
    release(Course(course), check=False)
    assert orphan.exists()


def test_the_notebook_is_cut(course: Path) -> None:
    """Solution and instructor cells are gone, blanks stand in place of blocks, checks say: not answered yet."""
    release(Course(course), check=False)
    cells = read_notebook(course / "exercises" / "02-attribution.ipynb").cells
    assert [cell.source for cell in cells] == [
        "# Exercise 2",
        'import copydesk\ndesk = copydesk.open("02-attribution")',
        'desk.check("T1")',
        'print("S02")',
    ]
    assert [output.data for output in cells[2].outputs] == [{"text/plain": unanswered_text("T1")}]
    assert cells[2].execution_count == 2
    assert cells[3].outputs[0].text == "S02\n"


def test_the_task_file_has_the_same_tasks_and_no_key(course: Path) -> None:
    """Order and wording stay, the fingerprint stays, every key goes, and a header names the source."""
    release(Course(course), check=False)
    path = course / "exercises" / "tasks" / "02-attribution.yml"
    text = path.read_text(encoding="utf-8")
    solution = Course(course).bank(SOLUTIONS, "02-attribution")
    exercise = Course(course).bank(EXERCISES, "02-attribution")
    assert text.startswith("# Made from solutions/tasks/02-attribution.yml by `copydesk release`.")
    assert exercise == solution.without_keys()
    assert exercise.fingerprint() == solution.fingerprint()
    assert "      Look at the end of the sentence.\n" in text


def test_what_learners_were_shown_is_kept(course: Path) -> None:
    """A new key leaves the kept bank as it is, unless nobody was graded yet; another wording makes another bank."""
    path = course / "solutions" / "tasks" / "02-attribution.yml"
    release(Course(course), check=False)
    first = Course(course).bank(SOLUTIONS, "02-attribution")
    text = TASKS.replace("B: {weight: 0,", "B: {weight: 0.5,")
    path.write_text(text, encoding="utf-8")
    keyed = Course(course).bank(SOLUTIONS, "02-attribution")
    assert keyed.fingerprint() == first.fingerprint()
    assert release(Course(course), check=True) == []
    assert read_kept_banks(course)[0].tasks == first.tasks
    assert release(Course(course), check=False, new_keys=True) == [course / kept_bank_name(first)]
    path.write_text(text.replace("Mr Putin}", "Mr Putin himself}"), encoding="utf-8")
    now = Course(course).bank(SOLUTIONS, "02-attribution")
    assert course / kept_bank_name(now) in release(Course(course), check=False)
    kept = {bank.fingerprint(): bank.tasks for bank in read_kept_banks(course)}
    assert kept == {first.fingerprint(): keyed.tasks, now.fingerprint(): now.tasks}
    assert release(Course(course), check=True) == []


def test_only_the_keys_of_a_kept_bank_may_be_changed(course: Path) -> None:
    """A corrected key of an older version is read; a task that is not the one learners saw stops all, by name."""
    path = course / "solutions" / "tasks" / "02-attribution.yml"
    release(Course(course), check=False)
    kept = course / kept_bank_name(Course(course).bank(SOLUTIONS, "02-attribution"))
    path.write_text(TASKS.replace("Who says so?\n\n", "Who says this?\n\n"), encoding="utf-8")
    now = Course(course).bank(SOLUTIONS, "02-attribution")
    assert now.fingerprint() != Course(course).bank(EXERCISES, "02-attribution").fingerprint()
    kept.write_text(kept.read_text(encoding="utf-8").replace("weight: 0.0", "weight: 0.5"), encoding="utf-8")
    assert read_kept_banks(course)[0]["T1"].key.options["B"].weight == 0.5
    kept.write_text(kept.read_text(encoding="utf-8").replace("state media Tass", "Tass"), encoding="utf-8")
    with pytest.raises(ContentError, match=rf"{BANKS}/02-attribution/.* only its keys may be changed"):
        release(Course(course), check=False)


def test_a_kept_bank_in_the_book_is_a_leak(course: Path, tmp_path: Path) -> None:
    """Kept banks hold keys: one that got into the book is found."""
    release(Course(course), check=False)
    shutil.copytree(course / BANKS, tmp_path / "site" / "banks")
    assert find_leaks(Course(course)) == []
    assert {leak.file.rpartition("/")[0] for leak in find_leaks(Course(course), tmp_path / "site")} == {
        "book/banks/02-attribution"
    }


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        (new_code_cell('copydesk.open("02-attribution", solution = True)'), "solution = True"),
        (new_code_cell('desk.solve("T1")'), "solve"),
        (new_markdown_cell("### BEGIN SOLUTION\nsecret\n### END SOLUTION"), "which only code can have"),
    ],
)
def test_what_needs_a_key_is_never_handed_out(course: Path, cell, what: str) -> None:  # noqa: ANN001
    """A forgotten tag stops the release, and nothing is written."""
    path = course / "solutions" / "02-attribution.ipynb"
    notebook = read_notebook(path)
    notebook.cells.append(cell)
    path.write_bytes(write_notebook(notebook))
    with pytest.raises(ContentError, match=rf"solutions/02-attribution.ipynb: cell 7 .*{what}"):
        release(Course(course), check=False)
    assert not (course / "exercises").exists()


def test_practice_is_not_released(course: Path) -> None:
    """A file whose keys are meant to be seen does not belong among the solutions."""
    path = course / "solutions" / "tasks" / "02-attribution.yml"
    path.write_text(TASKS.replace("graded", "practice"), encoding="utf-8")
    with pytest.raises(ContentError, match="purpose is 'practice'"):
        release(Course(course), check=False)


def test_a_released_course_has_no_leak(course: Path) -> None:
    """What the release writes holds nothing of a key."""
    release(Course(course), check=False)
    assert find_leaks(Course(course)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("index.html", f"<p>{WHY.replace('“', '&ldquo;').replace('”', '&rdquo;')}</p>"),
        ("index.html", "<p>Tass is the one\n who <b>says</b> so; &quot;according to&quot; marks it.</p>"),
        ("searchindex.js", '{"t":"TASS IS the one who says so; \\"according to\\" marks it."}'),
        ("_sources/a.ipynb", '{"source": "Tass is the one who says so; \\u201caccording to\\u201d marks it."}'),
        ("a.json", f'["{EXEMPLAR} (3a)"]'),
        ("a.html", "For the instructor: discuss the second option first."),
        ("a.html", '<script type="application/json">{"purpose": "graded", "tasks": [{"key": {}}]}</script>'),
    ],
)
def test_a_leak_into_the_book_is_found(course: Path, tmp_path: Path, name: str, text: str) -> None:
    """Markup, escapes, case and kinds of quotation marks hide nothing."""
    release(Course(course), check=False)
    page = tmp_path / "site" / name
    page.parent.mkdir(parents=True)
    page.write_text(text, encoding="utf-8")
    leaks = find_leaks(Course(course), tmp_path / "site")
    assert [leak.file for leak in leaks] == [f"book/{name}"]


def test_a_key_that_was_left_in_a_task_file_is_found(course: Path) -> None:
    """The keyboard letter of a label is called key as well and is no leak; the key of a task is one."""
    release(Course(course), check=False)
    path = course / "exercises" / "tasks" / "02-attribution.yml"
    path.write_text(path.read_text(encoding="utf-8") + "    key: {exemplars: []}\n", encoding="utf-8")
    assert [(leak.file, leak.text) for leak in find_leaks(Course(course))] == [
        ("exercises/tasks/02-attribution.yml", "key:")
    ]
