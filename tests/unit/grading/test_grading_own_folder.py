"""A run changes in its folder what an earlier run wrote, and nothing else; a slip of the keyboard costs no results."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import make
import pytest
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.grading import GradingError, Options, grade
from copydesk.grading.files import inputs as sources
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.page import moderate
from copydesk.grading.marking.paper import write_paper
from copydesk.grading.run.regrade import Reason, regrade
from copydesk.owned_files import LIST

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
CANVAS = 'Student,ID,Section,02-attribution (4711)\n"    Points Possible",,,20\n"Lovelace, Ada",340,A,\n'


def put(folder: Path, name: str, alias: str) -> Path:
    """Write a submission and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(make.to_bytes(make.submission(alias, make.reference(BANK))))
    return path


def command(folder: Path, *words: str) -> Result:
    """Run a command of Copy Desk on a course that has the tasks of these tests, in a folder."""
    course = folder / "course"
    for name in ("lessons/quizzes", "solutions/tasks"):
        (course / name).mkdir(parents=True, exist_ok=True)
    (course / "seeds").mkdir(exist_ok=True)
    (course / "seeds" / "article.txt").write_text("x", encoding="utf-8")
    (course / "solutions" / "tasks" / f"{BANK.lesson}.yml").write_bytes(
        (Path(make.__file__).parent / f"{BANK.lesson}.yml").read_bytes()
    )
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(app, words, env={"COPYDESK_COURSE": str(course)})
    finally:
        os.chdir(before)


def content(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a result table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    """Grade a submission, and return the folder that holds ``in`` and ``out``."""
    put(tmp_path / "in", "ada.json", "Ada")
    grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("grade", "inn", "--out", "out"), "inn"),
        (("grade", "in", "inn", "--out", "out"), "inn"),
        (("grade", "in", "--out", "out", "--roster", "rooster.csv"), "rooster.csv"),
        (("grade", "in", "--out", "out", "--marks", "markz"), "markz"),
        (("grade", "in", "--out", "out", "--appeals", "a.yml"), "a.yml"),
        (("grade", "in", "--out", "out", "--canvas", "c.csv"), "c.csv"),
        (("rekey", "inn", "--out", "out", "--because", "x"), "inn"),
        (("mark", "inn", "--lesson", BANK.lesson, "--marker", "A", "--out", "marks", "--paper"), "inn"),
        (("mark", "--lesson", BANK.lesson, "--marker", "A", "--out", "marks", "--import", "x.csv"), "x.csv"),
        (("moderate", "markz"), "markz"),
        (("grade", "in", "--out", "in/ada.json"), "in/ada.json"),
        (("mark", "in", "--lesson", BANK.lesson, "--marker", "A", "--out", "in/ada.json", "--paper"), "in/ada.json"),
    ],
)
def test_a_name_that_is_not_there_changes_nothing(graded: Path, words: tuple[str, ...], wrong: str) -> None:
    """A place that does not exist, or cannot hold results, ends any command with exit code 2 and touches nothing."""
    command(graded)
    before = content(graded)
    result = command(graded, *words)
    assert result.exit_code == 2
    assert wrong in result.output
    assert content(graded) == before


def test_the_name_that_was_meant_is_offered(graded: Path) -> None:
    """Where a name beside the wrong one is nearly the same, the message asks whether that was meant."""
    assert "Did you mean in?" in command(graded, "grade", "inn", "--out", "out").output


@pytest.mark.parametrize("litter", [[], [".DS_Store"], ["holiday.jpg", "notes.pdf"]])
def test_a_folder_without_submissions_leaves_results_alone(graded: Path, litter: list[str]) -> None:
    """The wrong folder, in which there is nothing to grade, does not wipe what is there."""
    (graded / "empty").mkdir()
    for name in litter:
        (graded / "empty" / name).write_bytes(b"\xff\xd8")
    before = content(graded / "out")
    result = command(graded, "grade", "empty", "--out", "out")
    assert result.exit_code == 2
    assert "stay as they are" in result.output
    assert content(graded / "out") == before
    assert command(graded, "grade", "empty", "--out", "fresh").exit_code == 0


@pytest.mark.parametrize("name", ["gradebook.csv", "problems.csv", "report.html", "report/tasks.csv", "feedback.zip"])
def test_a_file_of_somebody_else_stops_the_run(tmp_path: Path, name: str) -> None:
    """Where a file that we did not write has the name of a result, nothing is written, and the message names it."""
    put(tmp_path / "in", "ada.json", "Ada")
    foreign = tmp_path / "out" / name
    foreign.parent.mkdir(parents=True)
    foreign.write_text(CANVAS, encoding="utf-8")
    before = content(tmp_path)
    with pytest.raises(GradingError, match="did not write") as caught:
        grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    assert str(foreign) in str(caught.value)
    assert "--out" in str(caught.value)
    assert content(tmp_path) == before


def test_the_export_itself_is_not_overwritten(tmp_path: Path) -> None:
    """Canvas' export that lies in the folder of results under the name of one stays as it was downloaded."""
    put(tmp_path / "in", "lovelaceada_340_208490_02.json", "Ada")
    export = tmp_path / "out" / "import-canvas.csv"
    export.parent.mkdir()
    export.write_text(CANVAS, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(GradingError, match="import-canvas"):
            grade([tmp_path / "in"], tmp_path / "out", banks=BANKS, options=Options(canvas=export))
        grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)  # and now there are results beside it
    assert export.read_text(encoding="utf-8") == CANVAS


def test_an_earlier_result_is_no_input(tmp_path: Path) -> None:
    """A file that this very run would write cannot be what it reads marks' places from."""
    put(tmp_path / "in", "lovelaceada_340_208490_02.json", "Ada")
    export = tmp_path / "canvas.csv"
    export.write_text(CANVAS, encoding="utf-8")
    grade([tmp_path / "in"], tmp_path / "out", banks=BANKS, options=Options(canvas=export))
    before = content(tmp_path)
    own = Options(canvas=tmp_path / "out" / "import-canvas.csv")
    with pytest.raises(GradingError, match="import-canvas"):
        grade([tmp_path / "in"], tmp_path / "out", banks=BANKS, options=own)
    assert content(tmp_path) == before


def test_files_beside_the_results_stay(graded: Path) -> None:
    """Whatever else lies in the folder is there unchanged after further runs, with other options too."""
    mine = {"notes.txt": b"x", "feedback/my.html": b"<p>", "report/own.csv": b"1", "CNAME": b"example.org"}
    for name, data in mine.items():
        (graded / "out" / name).write_bytes(data)
    put(graded / "in", "bo.json", "Bo")
    for pages in (True, False, True):
        grade([graded / "in"], graded / "out", banks=BANKS, options=Options(pages=pages))
    assert mine.items() <= content(graded / "out").items()


@pytest.mark.parametrize("name", ["roster-report.csv", "feedback.zip"])
def test_what_this_run_does_not_have_is_removed_only_if_ours(tmp_path: Path, name: str) -> None:
    """A file of the instructor's under the name of a result that this run does not make is not cleared away."""
    put(tmp_path / "in", "ada.json", "Ada")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_bytes(b"mine")
    grade([tmp_path / "in"], tmp_path / "out", banks=BANKS, options=Options(pages=False))
    assert (tmp_path / "out" / name).read_bytes() == b"mine"


@pytest.mark.parametrize("folder", ["feedback", "report", "rekeyed", "deep/feedback"])
def test_submissions_in_the_folder_of_results_are_graded(tmp_path: Path, folder: str) -> None:
    """With results among the submissions, each submission is graded and no result is taken for one."""
    put(tmp_path, "a.json", "Ada")
    put(tmp_path, f"{folder}/b.json", "Bo")
    for _ in range(2):
        report = grade([tmp_path], tmp_path, banks=BANKS)
        assert [row["learner"] for row in table(report.gradebook)] == ["Ada", "Bo"]
        assert table(report.problems) == []


def test_the_folder_of_the_first_edition_is_taken_over(graded: Path) -> None:
    """Results that were written before there was a list are ours, and nobody's second run is refused."""
    roster = graded / "roster.csv"
    roster.write_text(CANVAS, encoding="utf-8")
    options = Options(canvas=roster)
    put(graded / "in", "lovelaceada_340_208490_02.json", "Ada")
    grade([graded / "in"], graded / "out", banks=BANKS, options=options)
    regrade([graded / "in"], graded / "out", reason=Reason("x"), banks=BANKS, options=options)
    before = content(graded / "out")
    (graded / "out" / LIST).unlink()
    gradebook = graded / "out" / "gradebook.csv"
    gradebook.write_text(gradebook.read_text(encoding="utf-8").replace("submitted (UTC)", "handed in (UTC)"), "utf-8")
    (graded / "out" / "submissions.csv").rename(graded / "out" / "hand-ins.csv")
    regrade([graded / "in"], graded / "out", reason=Reason("x"), banks=BANKS, options=options)
    assert not (graded / "out" / "hand-ins.csv").exists()
    after = content(graded / "out")
    assert all(after[name] == data for name, data in before.items() if name != LIST)


def test_a_page_that_is_no_page_of_ours_stays(graded: Path) -> None:
    """A file under the very name of a feedback page is not overwritten unless it is one."""
    (page,) = (graded / "out" / "feedback").iterdir()
    page.write_text("mine", encoding="utf-8")
    with pytest.raises(GradingError, match="did not write"):
        grade([graded / "in"], graded / "out", banks=BANKS)
    assert page.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["moderation.html", "moderation.csv", "paper-W1-anna.html"])
def test_marking_overwrites_nothing_else(tmp_path: Path, name: str) -> None:
    """A file of the marker's in the folder of marks that has the name of a page or table of ours stops the command."""
    folder = MarkingFolder(tmp_path, BANK.lesson)
    folder.path.mkdir()
    (folder.path / name).write_text("mine", encoding="utf-8")
    folder.put_texts({"W1": ["A text of somebody's."]}, 1)

    def write() -> object:
        if name.startswith("paper"):
            return write_paper(folder, BANK, marker="Anna", role="first")
        return moderate(folder, BANK, tmp_path)

    with pytest.raises(GradingError, match="did not write"):
        write()
    assert (folder.path / name).read_text(encoding="utf-8") == "mine"


def test_marks_of_the_first_edition_are_taken_over(tmp_path: Path) -> None:
    """A folder of marks that was filled before there was a list goes on as it was."""
    folder = MarkingFolder(tmp_path, BANK.lesson)
    folder.put_texts({"W1": ["A text of somebody's."]}, 1)
    made = write_paper(folder, BANK, marker="Anna", role="first")
    (folder.path / LIST).unlink()
    for _ in range(2):
        assert write_paper(folder, BANK, marker="Anna", role="first") == made
        moderate(folder, BANK, tmp_path)


def test_deep_folders_are_found_in_linear_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system is asked for the real path of what was given, never again for each folder below it."""
    folder, asked = tmp_path / "in", []
    put(folder / Path(*["d"] * 300), "ada.json", "Ada")
    real: Callable[[Any], str] = os.path.realpath
    monkeypatch.setattr(sources.os.path, "realpath", lambda path: asked.append(path) or real(path))
    monkeypatch.setattr(Path, "resolve", lambda path: asked.append(path) or Path(real(path)))
    found, problems = sources.find_files([folder])
    assert (len(found), problems) == (1, [])
    assert len(asked) == 1
