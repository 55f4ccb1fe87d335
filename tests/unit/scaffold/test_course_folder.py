"""A new course: which files it has, that they are valid at once, and that it is written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from copydesk.course.bank_files import EXERCISES, QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.seeds import check_seeds
from copydesk.kinds.table import KINDS
from copydesk.release.exercises import release
from copydesk.release.notebooks import read_notebook
from copydesk.release.tidying import tidy_all
from copydesk.scaffold import course_folder
from copydesk.scaffold.course_folder import FolderError, make_course
from copydesk.scaffold.intake import SourceText
from copydesk.scaffold.names import NameRefusedError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = SourceText(
    "The ferry is late",
    (
        "The ferry to Orrin was late on Tuesday, the harbour office said. No one was hurt.",
        "“We waited for hours,” said a passenger. The company has not commented. It will run on Friday.",
    ),
)
LESSON = "01-ferry"


def made(folder: Path, source: SourceText = TEXT, language: str = "en") -> Course:
    """Return a new course."""
    make_course(folder, source, language=language, lesson=LESSON)
    return Course(folder)


def test_a_course_has_all_its_files(tmp_path: Path) -> None:
    """Seeds, lesson, quiz, solution, tasks, exercise and a page for its author are there, and nothing else."""
    course = made(tmp_path / "My course, 9ä")
    files = {path.relative_to(course.root).as_posix() for path in course.root.rglob("*") if path.is_file()}
    kept = {name for name in files if name.startswith("solutions/banks/")}
    assert len(kept) == 1
    assert files - kept == {
        "README.md",
        "seeds/article.txt",
        "seeds/cards.yml",
        "seeds/course.yml",
        "seeds/sentences.yml",
        "seeds/sources.yml",
        f"lessons/{LESSON}.ipynb",
        f"lessons/quizzes/{LESSON}.yml",
        f"solutions/{LESSON}.ipynb",
        f"solutions/tasks/{LESSON}.yml",
        f"exercises/{LESSON}.ipynb",
        f"exercises/tasks/{LESSON}.yml",
    }
    assert [path.name for path in tmp_path.iterdir()] == [course.root.name]


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_course_is_valid_at_once(tmp_path: Path, language: str) -> None:
    """Its seeds verify, its banks are read, its exercise is that of its solution, and tidying changes nothing."""
    course = made(tmp_path / "course", language=language)
    assert check_seeds(course.seeds) == []
    assert course.facts.language == language
    assert course.facts.rights.publish == "quotes"
    assert release(course, check=True) == []
    assert tidy_all(course.root, check=True) == []


def test_practice_has_a_stub_of_each_kind(tmp_path: Path) -> None:
    """The lesson has a warm-up and one task of each kind, the exercise a few kinds, one of them written."""
    course = made(tmp_path / "course")
    practice = course.bank(QUIZZES, LESSON)
    assert [entry.task.group for entry in practice.tasks][:1] == ["warm-up"]
    assert {entry.task.kind for entry in practice.tasks} == set(KINDS)
    assert all(entry.count_unwritten() for entry in practice.tasks)
    graded = course.bank(SOLUTIONS, LESSON)
    assert [entry.task.kind for entry in graded.tasks] == ["spans", "choice", "sort", "written"]
    assert course.bank(EXERCISES, LESSON) == graded.without_keys()
    shown = {passage.id for passage in practice["P2"].task.passages}
    assert shown.isdisjoint(passage.id for passage in graded["T1"].task.passages)


def test_an_instruction_can_be_replaced_by_anything(tmp_path: Path) -> None:
    """An author may type quotation marks, colons and apostrophes in place of an instruction: it stays one text."""
    course = made(tmp_path / "course")
    path = course.root / QUIZZES / f"{LESSON}.yml"
    text = path.read_text(encoding="utf-8")
    typed = "It's \"odd\": who says so? # 'we' do"
    changed = text.replace("TO BE WRITTEN: a short title, two to five words", typed, 1)
    path.write_text(changed, encoding="utf-8")
    assert Course(course.root).bank(QUIZZES, LESSON).tasks[0].task.title == typed


def test_a_title_cannot_become_markup(tmp_path: Path) -> None:
    """A title becomes headings and links: characters of Markdown and HTML are left out there, never in the article."""
    source = SourceText("<script>alert(1)</script>", TEXT.paragraphs)
    make_course(tmp_path / "course", source, language="en", lesson=LESSON, title="<i>Who</i> [says](x) *so*?")
    course = Course(tmp_path / "course")
    assert course.bank(QUIZZES, LESSON).title == course.facts.title == "i Who /i says (x) so ?"
    assert course.seeds.sentence("S00").text == source.title
    for folder in ("lessons", "solutions", "exercises"):
        notebook = read_notebook(course.root / folder / f"{LESSON}.ipynb")
        assert not any("<script" in cell.source or "<i>" in cell.source for cell in notebook.cells)


def test_a_course_is_called_as_its_folder(tmp_path: Path) -> None:
    """Without a title, the folder's name is that of the course, and the lesson asks a question that fits any text."""
    course = made(tmp_path / "night-ferry")
    assert (course.facts.id, course.facts.title) == ("night-ferry", "Night ferry")
    assert course.bank(QUIZZES, LESSON).name == "01 · Who says what here?"


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    """A folder that is not empty, or a file, is refused and untouched; an empty folder is used."""
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FolderError, match="nothing there was changed"):
        made(tmp_path)
    with pytest.raises(FolderError, match="is a file"):
        made(tmp_path / "note.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
    (tmp_path / "empty").mkdir()
    assert made(tmp_path / "empty").facts.id == "empty"
    with pytest.raises(NameRefusedError):
        made(tmp_path / "what?")


def test_a_course_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If writing fails half way, for example on a full disk, nothing is left behind."""

    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(course_folder, "release", full)
    with pytest.raises(FolderError, match="No space left on device"):
        made(tmp_path / "course")
    assert list(tmp_path.iterdir()) == []


def test_a_short_text_is_enough(tmp_path: Path) -> None:
    """A text of one sentence makes a course, too."""
    course = made(tmp_path / "course", SourceText("Late", ("It is late.",)))
    assert [entry.task.kind for entry in course.bank(SOLUTIONS, LESSON).tasks][-1] == "written"
