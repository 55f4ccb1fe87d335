"""A course works as Git for Windows, or Notepad, writes its files: two characters for the end of a line, and a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import copydesk
from copydesk.checks import check_course
from copydesk.course.bank_files import read_kept_banks
from copydesk.course.course import Course
from copydesk.course.documents import read_csv
from copydesk.course.seeds import TABLES, Seeds
from copydesk.course.settings import find_root
from copydesk.grading import grade
from copydesk.kinds import scoring
from copydesk.lab.jupyterlab import copy_course
from copydesk.publish.build import stage
from copydesk.release.exercises import release
from copydesk.release.tidying import tidy_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROOT = find_root()
LESSON = "02-attribution"
FOLDERS = ("book", "exercises", "lessons", "seeds", "solutions")
PICTURES = {".png", ".jpg", ".svg"}


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the course in which every line of every text file ends as on Windows."""
    copy = tmp_path_factory.mktemp("course")
    for path in course_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes()
        target.write_bytes(content if path.suffix in PICTURES else content.replace(b"\n", b"\r\n"))
    assert b"\r\n" in (copy / "seeds" / "article.txt").read_bytes()
    return copy


def course_files() -> Iterator[Path]:
    """Yield every file of the course."""
    yield ROOT / "CITATION.cff"
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                yield path


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def texts(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes, lines ended by line feeds alone."""
    return {name: content.replace(b"\r\n", b"\n") for name, content in files(folder).items()}


def test_a_course_with_windows_line_ends_is_checked_as_any_other(windows: Path) -> None:
    """Every quotation stands at its offsets, and no rule finds more than in a course with line feeds."""
    result = check_course(Course(windows))
    assert result.problems == []
    assert result == check_course(Course(ROOT))


def test_what_was_read_out_of_the_article_is_the_same(windows: Path) -> None:
    """The article, every table of the seeds and every card are the same, to the letter."""
    copied, original = Seeds(windows), Seeds(ROOT)
    assert copied.article == original.article
    for table in TABLES:
        assert copied.part(table) == original.part(table), table
    assert copied.layer("transfer") == original.layer("transfer")


@pytest.mark.parametrize("banks", ["quizzes", "exercises", "solutions"])
def test_tasks_have_the_same_fingerprints(windows: Path, banks: str) -> None:
    """Answers name the version of their tasks by a fingerprint, which no line end changes."""
    copied, original = getattr(Course(windows), banks), getattr(Course(ROOT), banks)
    assert copied == original
    for name, bank in original.items():
        assert copied[name].fingerprint() == bank.fingerprint(), name
    assert read_kept_banks(windows) == read_kept_banks(ROOT)


def test_derived_files_are_in_step(windows: Path) -> None:
    """What is made from the solutions counts as the same text, whichever line ends a clone gave it."""
    assert release(Course(windows), check=True) == []
    assert tidy_all(windows, check=True) == []


def stage_course(root: Path, out: Path) -> None:
    """Write the sources of the book of a course."""
    stage(Course(root), out)


@pytest.mark.parametrize("copy", [copy_course, stage_course])
def test_learners_and_readers_get_the_same_files(
    windows: Path, tmp_path: Path, copy: Callable[[Path, Path], object]
) -> None:
    """The working copy that JupyterLab opens and the sources of the book are the same texts."""
    copy(windows, tmp_path / "copied")
    copy(ROOT, tmp_path / "original")
    assert texts(tmp_path / "copied") == texts(tmp_path / "original")


def test_a_working_copy_is_not_taken_for_changed(windows: Path, tmp_path: Path) -> None:
    """A working copy made from a clone with other line ends is brought up to date, and none of it counts as changed."""
    copy_course(ROOT, tmp_path)
    for path in tmp_path.rglob("*.ipynb"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert copy_course(windows, tmp_path) == []


def test_a_learner_sees_the_passage(windows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first passages of a lesson are shown as from any other clone."""
    pages = []
    for root in (windows, ROOT):
        monkeypatch.setenv("COPYDESK_COURSE", str(root))
        pages.append(copydesk.open(LESSON).passage("S02", "S04")._repr_html_())
    assert pages[0] == pages[1]
    assert "Mariupol" in pages[0]


def test_a_submission_earns_the_same(windows: Path, tmp_path: Path) -> None:
    """Gradebook, feedback and reports are the same bytes, whichever line ends the instructor's clone has."""
    banks = {root: Course(root).solutions for root in (windows, ROOT)}
    desk = copydesk.open(LESSON, answers=tmp_path / "answers")
    for entry in banks[ROOT][LESSON].tasks[::2]:
        assert entry.key
        desk.answer(entry.task.id, scoring.reference_response(entry.task, entry.key))
    for root, out in ((windows, tmp_path / "copied"), (ROOT, tmp_path / "original")):
        assert grade([tmp_path / "answers"], out, banks=banks[root]).graded == 1
    assert files(tmp_path / "copied") == files(tmp_path / "original")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_cell_of_a_table_has_line_feeds(tmp_path: Path, mark: bytes) -> None:
    """A cell of several lines reads the same, and a byte order mark is no part of the first column's name."""
    (tmp_path / "a.csv").write_bytes(mark + b'id,note\r\n1,"two\r\nlines"\r\n')
    assert read_csv(tmp_path / "a.csv", "a.csv").data == [{"id": "1", "note": "two\nlines"}]


def test_git_gives_every_clone_line_feeds() -> None:
    """Whatever Git is told, a clone has line feeds, and pictures as they are."""
    rules = (ROOT / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "* text=auto eol=lf" in rules
    assert "*.png binary" in rules
