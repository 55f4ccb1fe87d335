"""Pages of a course are built again while it is written, whatever is wrong in it, and nothing is written into it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from tiny_course import NOTEBOOK, QUIZ, make_course, replace, write

from copydesk.course.documents import Problem
from copydesk.publish.preview import Preview
from copydesk.publish.preview_pages import described, warning_problems
from copydesk.publish.preview_run import changes, is_source
from copydesk.publish.preview_tasks import TaskFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


pytestmark = pytest.mark.filterwarnings("ignore:.*Check CHANGES for Sphinx API modifications")


@pytest.fixture
def preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    """Return a preview of a small course that keeps nothing anywhere else; its kernels end with it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "work").mkdir()
    preview = Preview(make_course(tmp_path / "course"), tmp_path / "work")
    yield preview
    preview.kernels.close()


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def page(preview: Preview, name: str) -> tuple[str, tuple[Problem, ...]]:
    """Build, and return a page and the problems."""
    assert preview.read()
    built = preview.build()
    assert built.site is not None, built.problems
    return (built.site / name).read_text(encoding="utf-8"), built.problems


def test_what_is_wrong_stands_on_the_pages(preview: Preview) -> None:
    """A wrong task and a cell that fails leave the rest of the pages, and the course, as they are."""
    lesson, problems = page(preview, "lessons/01-quay.html")
    assert problems == ()
    assert 'data-preview-tasks="Q2 Q3"' in lesson
    assert preview.read() == set(), "nothing was saved meanwhile"
    preview.kernels.start()

    replace(preview.root / QUIZ, "kind: choice", "kind: choise")
    replace(preview.root / NOTEBOOK, "desk.progress()", "desk.progress(")
    before = contents(preview.root)
    lesson, problems = page(preview, "lessons/01-quay.html")
    kind, cell = problems
    line = before[QUIZ].decode().splitlines().index("    kind: choise") + 1
    assert (kind.file, kind.line, kind.entry) == (QUIZ, line, "Q1")
    assert "no kind of task 'choise'" in kind.problem
    assert (cell.file, cell.entry) == (NOTEBOOK, "cell 7")
    assert cell.problem.startswith("SyntaxError: ")
    assert cell.problem.endswith("(line 1)")
    assert "Read it again. Who is blamed?" in lesson
    assert "no kind of task" in lesson
    assert 'id="preview-cell-7"' in lesson
    assert "Traceback" not in lesson

    write(preview.root / "seeds/course.yml", "id: [")
    assert preview.read() == {"seeds/course.yml"}
    built = preview.build()
    assert built.site is None
    assert [problem.file for problem in built.problems if "seeds" in problem.file] == ["seeds/course.yml"]
    assert contents(preview.root) == {**before, "seeds/course.yml": b"id: ["}


def test_each_problem_belongs_to_its_page_and_task() -> None:
    """The file says to which page, the line to which task, and the cell's number to which cell."""
    file = TaskFile("solutions/tasks/01-quay.yml", lines=(5, 20), ids=("T1", "T2"))
    problems = [
        Problem(file.name, 21, "a", "it is wrong", "Correct it."),
        Problem("lessons/01-quay.ipynb", 0, "cell 7", "it failed", "Correct it."),
        Problem("solutions/01-quay.ipynb", 0, "cell 7", "it is long", "Shorten it."),
        Problem("seeds/course.yml", 3, "", "it is wrong", "Correct it."),
        Problem("the whole course", 0, "", "keys", "Move keys."),
        Problem("book/about.md", 2, "", "it is wrong", "Correct it."),
    ]
    pages = {"lessons/01-quay", "exercises/01-quay", "about"}
    places = [(found["page"], found["tasks"], found["cell"]) for found in described(problems, [file], pages)]
    assert places == [
        ("exercises/01-quay", ["T2"], 0),
        ("lessons/01-quay", [], 7),
        ("exercises/01-quay", [], 0),
        ("", [], 0),
        ("", [], 0),
        ("about", [], 0),
    ]


def test_what_sphinx_warns_about_is_a_problem_with_its_place() -> None:
    """The number that stands for a cell and a line in it becomes the number of the cell, as JupyterLab counts."""
    warnings = (
        "lessons/01-quay.ipynb:20003: WARNING: 'myst' cross-reference target not found: 'x' [myst.xref_missing]\n"
        "about.md:4: WARNING: Title level inconsistent"
    )
    notebook, about = warning_problems(warnings)
    assert (notebook.file, notebook.line, notebook.entry) == ("lessons/01-quay.ipynb", 0, "cell 2")
    assert notebook.problem == "'myst' cross-reference target not found: 'x'"
    assert (about.file, about.line, about.problem) == ("about.md", 4, "Title level inconsistent")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lessons/quizzes/01-quay.yml", True),
        ("lessons/01-quay.ipynb", True),
        ("seeds/article.txt", True),
        ("book/_static/own.css", True),
        ("lessons/quizzes/.01-quay.yml.swp", False),
        ("lessons/quizzes/01-quay.yml~", False),
        ("lessons/quizzes/4913", False),
        ("lessons/quizzes/#01-quay.yml#", False),
        ("lessons/quizzes/.#01-quay.yml", False),
        ("lessons/quizzes/01-quay.yml___jb_tmp___", False),
        ("lessons/.ipynb_checkpoints/01-quay-checkpoint.ipynb", False),
        ("lessons/.~01-quay.ipynb", False),
    ],
)
def test_temporary_files_of_editors_are_passed_over(tmp_path: Path, name: str, expected: bool) -> None:
    """What Vim, Emacs, JetBrains, gedit and JupyterLab keep for a moment starts no build."""
    assert is_source(tmp_path / name, tmp_path) is expected


def test_a_saved_file_is_noticed_and_a_released_one_is_not(tmp_path: Path) -> None:
    """Watching says when it has begun; then files that people write count, not those that a release makes."""
    root = make_course(tmp_path / "course")
    (root / "exercises").mkdir()
    stopped = threading.Event()
    noticed = changes(root, stopped)
    next(noticed)
    write(root / "exercises/made.yml", "a: 1")
    timer = threading.Timer(0.5, write, (root / QUIZ, "tasks: []"))
    timer.start()
    next(noticed)
    assert (root / QUIZ).read_text(encoding="utf-8") == "tasks: []"
    stopped.set()
    assert list(noticed) == []
