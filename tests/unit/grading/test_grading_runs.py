"""A run into a folder that was graded before: what is stale goes, and what is not given any more is said."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import make
import pytest
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.grading import GradingError, Options, grade
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.moderation import waive
from copydesk.grading.marking.paper import write_paper
from copydesk.grading.marking.session import Session
from copydesk.grading.run.anonymous_texts import written_texts
from copydesk.grading.run.regrade import Reason, regrade
from copydesk.owned_files import LIST

if TYPE_CHECKING:
    from typer.testing import Result

    from copydesk.grading import GradingReport

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
DUE = datetime(2027, 1, 1, tzinfo=UTC)
CANVAS = 'Student,ID,Section,02-attribution (4711)\n"    Points Possible",,,20\n"Tallow, Tilda",340,A,\n'
MOODLE = "Identifier,Full name,Email address,Grade,Maximum grade\nParticipant 340,Tilda Tallow,t@example.org,,20\n"
ROSTER = "id,name\n17,Tilda Tallow\n"
APPEAL = "schema: copydesk/appeals/1\naccepted:\n- {learner: Tilda Tallow, lesson: 02-attribution, task: T4, "


def put(folder: Path, name: str, alias: str, *, half: bool = False) -> Path:
    """Write a submission and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    written = {"W1": {"kind": "written", "text": f"The essay of {alias}."}}
    responses = {} if half else make.reference(BANK) | written
    path.write_bytes(make.to_bytes(make.submission(alias, responses)))
    return path


def text_file(folder: Path, name: str, text: str) -> Path:
    """Write a file that an instructor gives, and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(folder: Path, **options: object) -> GradingReport:
    """Grade what lies in ``in`` into ``out``."""
    return grade([folder / "in"], folder / "out", banks=BANKS, options=Options(**options))  # type: ignore[arg-type]


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a result table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def command(folder: Path, *words: str) -> Result:
    """Run a command of Copy Desk on a course that has the tasks of these tests, in a folder."""
    course = folder / "course"
    for name in ("lessons/quizzes", "solutions/tasks", "seeds"):
        (course / name).mkdir(parents=True, exist_ok=True)
    (course / "seeds" / "article.txt").write_text("x", encoding="utf-8")
    tasks = Path(make.__file__).parent / f"{BANK.lesson}.yml"
    (course / "solutions" / "tasks" / tasks.name).write_bytes(tasks.read_bytes())
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(app, words, env={"COPYDESK_COURSE": str(course)})
    finally:
        os.chdir(before)


@pytest.fixture
def given(tmp_path: Path) -> dict[str, object]:
    """Return all that may be given with the submission of one learner, whose text is marked."""
    put(tmp_path / "in", "tilda.json", "Tilda Tallow")
    marks = MarkingFolder(tmp_path / "marks", BANK.lesson)
    marks.put_texts(written_texts([tmp_path / "in"], BANK), 7)
    session = Session(marks, BANK, marker="Anna", role="first")
    while (standing := session.progress()).phase != "end":
        if standing.text is None:
            session.begin()
        else:
            session.mark(3)
    waive(marks, "A trial.")
    put(tmp_path / "in", "half.json", "Dora Dallow", half=True)
    return {
        "due": DUE,
        "roster": text_file(tmp_path, "class.csv", ROSTER),
        "canvas": text_file(tmp_path, "canvas.csv", CANVAS),
        "moodle": text_file(tmp_path, "moodle.csv", MOODLE),
        "marks": tmp_path / "marks",
        "appeals": text_file(
            tmp_path, "appeals.yml", APPEAL.replace("Tilda Tallow", "Dora Dallow") + "points: 1, why: Said in class.}\n"
        ),
        "matches": text_file(tmp_path, "matches.csv", "submission,learner\ntilda.json,Tilda Tallow\n"),
    }


# What lies stale


def test_old_marks_do_not_lie_beside_new_ones(tmp_path: Path, given: dict[str, object]) -> None:
    """What a run with fewer options does not make is gone, each with a line that says how to get it again."""
    run(tmp_path, **given)
    old = ["import-canvas.csv", "import-moodle.csv", "roster-report.csv", "feedback.zip"]
    assert all((tmp_path / "out" / name).is_file() for name in old)
    said = run(tmp_path, pages=False).left()
    assert not any((tmp_path / "out" / name).exists() for name in old)
    out = tmp_path / "out"
    assert (
        f"{out / 'import-canvas.csv'} was removed: it contained the marks of the run before. "
        "To get it again, give --canvas" in said
    )
    assert any("import-moodle.csv was removed" in line and line.endswith("give --moodle") for line in said)
    assert any("feedback.zip was removed" in line and line.endswith("leave out --no-feedback") for line in said)
    assert any("roster-report.csv was removed" in line and "--roster" in line for line in said)
    assert "removed" not in run(tmp_path, pages=False).summary()


def test_a_table_of_an_older_edition_goes(tmp_path: Path, given: dict[str, object]) -> None:
    """A table of the class report that is not made any more does not stay beside the new ones; rekeyed/ stays."""
    run(tmp_path, **given)
    regrade([tmp_path / "in"], tmp_path / "out", reason=Reason("x"), banks=BANKS, options=Options(**given))  # type: ignore[arg-type]
    listing = tmp_path / "out" / LIST
    listing.write_text(listing.read_text(encoding="utf-8").replace("[", '["report/odd.csv",', 1), encoding="utf-8")
    (tmp_path / "out" / "report" / "odd.csv").write_text("x", encoding="utf-8")
    assert "odd.csv was removed" in run(tmp_path).summary()
    assert not (tmp_path / "out" / "report" / "odd.csv").exists()
    assert (tmp_path / "out" / "report" / "tasks.csv").is_file()
    assert (tmp_path / "out" / "rekeyed" / "001.csv").is_file()


@pytest.mark.parametrize("name", ["import-canvas.csv", "roster-report.csv"])
def test_what_took_the_place_of_a_result_stays(tmp_path: Path, given: dict[str, object], name: str) -> None:
    """A file that the instructor put where a result was removed is the instructor's, and no later run touches it."""
    run(tmp_path, **given)
    run(tmp_path)
    mine = text_file(tmp_path / "out", name, "mine")
    for _ in range(2):
        assert "removed" not in run(tmp_path).summary()
    assert mine.read_text(encoding="utf-8") == "mine"


def test_an_earlier_result_that_is_given_stays(tmp_path: Path, given: dict[str, object]) -> None:
    """A file that this run reads is not removed, though an earlier run wrote it."""
    run(tmp_path, **given)
    own = tmp_path / "out" / "import-canvas.csv"
    before = own.read_bytes()
    assert "import-canvas.csv was removed" not in run(tmp_path, roster=own).summary()
    assert own.read_bytes() == before


def test_an_export_in_a_folder_without_a_list_stays(tmp_path: Path, given: dict[str, object]) -> None:
    """Where no list says whose it is, a file that is only called like an import file is not removed."""
    run(tmp_path, **given)
    (tmp_path / "out" / LIST).unlink()
    run(tmp_path)
    assert (tmp_path / "out" / "import-canvas.csv").is_file()


# What is not given any more


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (["due"], "--due was given; this run had none, so no submission counts as late. If"),
        (["marks"], "--marks was given; this run had none, so written work has no marks."),
        (["appeals"], "--appeals was given; this run had none, so no appeal counts."),
        (["matches"], "--matches was given; this run had none, so nothing was matched by your own table."),
        (["due", "marks"], "--due and --marks were given; this run had neither, so no submission counts as late and"),
        (
            ["roster", "canvas", "moodle"],
            "--canvas and --moodle were given; this run had neither, so no submission was",
        ),
        (["due", "marks", "appeals"], "--due, --marks and --appeals were given; this run had none of them, so"),
    ],
)
def test_what_the_run_before_had_is_said(tmp_path: Path, given: dict[str, object], gone: list[str], said: str) -> None:
    """A run with fewer options says which ones the run before had, and what follows; the next one says nothing."""
    run(tmp_path, **given)
    assert "Last time" not in run(tmp_path, **given).summary()
    fewer = {name: each for name, each in given.items() if name not in gone}
    assert f"Last time, {said}" in run(tmp_path, **fewer).summary()
    assert "Last time" not in run(tmp_path, **fewer).summary()


def test_a_list_of_learners_is_missed(tmp_path: Path, given: dict[str, object]) -> None:
    """Where there was a roster and now is no list at all, that is said; an export in its place is a list, too."""
    run(tmp_path, roster=given["roster"])
    assert "Last time" not in run(tmp_path, canvas=given["canvas"]).summary()
    run(tmp_path, roster=given["roster"])
    assert "Last time, a list of learners (--roster, --canvas or --moodle) was given" in run(tmp_path).summary()


def test_grade_goes_on_and_rekey_stops(tmp_path: Path, given: dict[str, object]) -> None:
    """Both look for the same options: rekey stops without them, grade says so on the terminal and goes on."""
    run(tmp_path, **given)
    with pytest.raises(GradingError, match="--due, --marks, --appeals and --matches: give the same again"):
        regrade(
            [tmp_path / "in"],
            tmp_path / "out",
            reason=Reason("x"),
            banks=BANKS,
            options=Options(**{name: given[name] for name in ("roster", "canvas", "moodle")}),  # type: ignore[arg-type]
        )
    result = command(tmp_path, "grade", "in", "--out", "out")
    assert result.exit_code == 0
    assert "--due, --marks, --appeals and --matches were given; this run had none of them" in " ".join(
        result.output.split()
    )


def test_a_gradebook_that_somebody_changed_stops_nobody(tmp_path: Path, given: dict[str, object]) -> None:
    """Whoever begins anew over tables that cannot be read any more gets new ones, without a word on the old."""
    run(tmp_path, **given)
    text_file(tmp_path / "out", "gradebook.csv", "a,b\n1,2\n")
    assert "Last time" not in run(tmp_path).summary()


def test_all_files_in_the_way_are_named_at_once(tmp_path: Path) -> None:
    """Several files that are not ours are named together, five and how many more there are."""
    put(tmp_path / "in", "tilda.json", "Tilda Tallow")
    (tmp_path / "out").mkdir()
    names = ["feedback.zip", "gradebook.csv", "problems.csv", "report.html", "roster-report.csv"]
    for name in names[:2]:
        text_file(tmp_path / "out", name, "mine")
    with pytest.raises(GradingError) as caught:
        run(tmp_path)
    assert all(str(tmp_path / "out" / name) in str(caught.value) for name in names[:2])
    assert "give those files other names" in str(caught.value)
    for name in [*names, "submissions.csv"]:
        text_file(tmp_path / "out", name, "mine")
    with pytest.raises(GradingError, match="and 1 more are files") as caught:
        run(tmp_path, roster=text_file(tmp_path, "class.csv", ROSTER))
    assert all(str(tmp_path / "out" / name) in str(caught.value) for name in names)


# The column of a lesson

WEEKS = "Student,ID,Section,Week 1 (4710),Week 2 (4711),Week 2 (4712),Quiz 2 (4713)\n"
WEEKS += '"    Points Possible",,,20,20,20,20\n"Tallow, Tilda",340,A,,,,\n'


@pytest.mark.parametrize(
    ("column", "reason", "remedy"),
    [
        (
            "02-attribution=Week 2",
            "--column says “Week 2” for the lesson 02-attribution, which fits more than one heading in it",
            '--column "02-attribution=Week 2 (4711)" or --column "02-attribution=Week 2 (4712)"',
        ),
        (
            "02-attribution=Qui",
            "--column says “Qui” for the lesson 02-attribution, which is only part of a heading in it",
            'Write the whole heading: --column "02-attribution=Quiz 2 (4713)"',
        ),
        (
            "02-attribution=Wek 1",
            "--column says “Wek 1” for the lesson 02-attribution, which is not a heading in it",
            'the first row of canvas.csv: --column "02-attribution=Week 1 (4710)"',
        ),
        (
            "02-attribution=Essays",
            "--column says “Essays” for the lesson 02-attribution, which is not a heading in it",
            '--column "02-attribution=...", with what is in its first row',
        ),
        (
            "Essays",
            "--column says “Essays” for the lesson 02-attribution, which is not a heading in it",
            "Write a heading",
        ),
        ("", "no column in it is for the lesson 02-attribution", 'Name the column: --column "02-attribution=..."'),
    ],
)
def test_a_wrong_column_is_told_from_none(tmp_path: Path, column: str, reason: str, remedy: str) -> None:
    """The row says what is wrong with the column that was named, and offers the headings that come near."""
    put(tmp_path / "in", "tallowtilda_340_208490_02.json", "Tilda")
    export = text_file(tmp_path, "canvas.csv", WEEKS)
    report = run(tmp_path, canvas=export, columns=(column,) if column else ())
    (row,) = [row for row in table(report.problems) if row["file"] == "canvas.csv"]
    assert row["reason"].removeprefix("'") == reason
    assert remedy in row["remedy"]
    assert reason in report.summary()


def test_a_column_for_no_lesson_is_told(tmp_path: Path) -> None:
    """With several lessons, a heading alone says for which lesson it is not; the remedy has the whole option."""
    put(tmp_path / "in", "tallowtilda_340_208490_02.json", "Tilda")
    other = make.submission("Tilda", {}, lesson="03-sources")
    (tmp_path / "in" / "tallowtilda_340_208491_03.json").write_bytes(make.to_bytes(other))
    banks = {**BANKS, "03-sources": BANK.model_copy(update={"lesson": "03-sources", "title": "Who else says so?"})}
    options = Options(canvas=text_file(tmp_path, "canvas.csv", WEEKS), columns=("Week 1",))
    report = grade([tmp_path / "in"], tmp_path / "out", banks=banks, options=options)
    rows = {row["remedy"]: row["reason"] for row in table(report.problems) if row["file"] == "canvas.csv"}
    remedy = 'Write the lesson and = before it: --column "02-attribution=Week 1 (4710)"'
    assert (
        "--column “Week 1” does not say which lesson it is for, and 02-attribution has no column"
        in rows[next(each for each in rows if each.startswith(remedy))]
    )


def test_the_column_of_a_lesson_without_submissions_is_no_other_lessons(tmp_path: Path) -> None:
    """An option for another lesson does not hide the column that is found by the lesson's own name."""
    put(tmp_path / "in", "tallowtilda_340_208490_02.json", "Tilda")
    banks = {**BANKS, "03-sources": BANK.model_copy(update={"lesson": "03-sources", "title": "Who else says so?"})}
    options = Options(canvas=text_file(tmp_path, "canvas.csv", CANVAS), columns=("03-sources=Week 3",))
    report = grade([tmp_path / "in"], tmp_path / "out", banks=banks, options=options)
    assert "1 mark filled in" in report.summary()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--canvas", "canvas.csv", "--column", "02-atribution=Week 2 (4711)"), "Did you mean 02-attribution?"),
        (("--canvas", "canvas.csv", "--column", "9=Week 2 (4711)"), "There are: 02-attribution."),
        (("--column", "02-attribution=Week 2 (4711)"), "with --canvas or --moodle"),
    ],
)
def test_a_column_of_no_lesson_is_a_wrong_use(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """A lesson that there is not, and a column without an export, end the command before anything is graded."""
    put(tmp_path / "in", "tilda.json", "Tilda Tallow")
    text_file(tmp_path, "canvas.csv", WEEKS)
    result = command(tmp_path, "grade", "in", "--out", "out", *words)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()


# Appeals


def test_an_appeal_that_gives_less_has_a_row(tmp_path: Path) -> None:
    """An appeal below what the key gives is not applied, and problems.csv says so; one of the same points is none."""
    put(tmp_path / "in", "tilda.json", "Tilda Tallow")
    appeals = text_file(tmp_path, "appeals.yml", APPEAL + "points: 1, why: Said in class.}\n")
    report = run(tmp_path, appeals=appeals)
    (row,) = table(report.problems)
    assert (row["file"], row["outcome"]) == ("appeals.yml", "not applied")
    whole = next(entry.task.points for entry in BANK.tasks if entry.task.id == "T4")
    assert row["reason"] == (
        "the appeal of 'Tilda Tallow' for 02-attribution T4 was not applied: the key already gives "
        f"{whole:g} of {whole:g}, the appeal 1; an appeal never lowers a score"
    )
    text_file(tmp_path, "appeals.yml", APPEAL + f"points: {whole:g}, why: Said in class.}}\n")
    assert table(run(tmp_path, appeals=appeals).problems) == []


@pytest.mark.parametrize("option", ["roster", "canvas", "moodle", "matches"])
def test_a_spreadsheet_is_called_one(tmp_path: Path, option: str) -> None:
    """A list that was saved as a spreadsheet is named as such, with the menu items that make it CSV."""
    put(tmp_path / "in", "tilda.json", "Tilda Tallow")
    (tmp_path / "list.ods").write_bytes(b"PK\x03\x04\x14\x00mimetype")
    with pytest.raises(GradingError, match=r"list.ods is a spreadsheet, not a CSV file.*Text CSV"):
        run(tmp_path, **{option: tmp_path / "list.ods"})
    assert not (tmp_path / "out").exists()


# What lies among the submissions


def test_older_results_are_no_submissions(tmp_path: Path, given: dict[str, object]) -> None:
    """Results and marks of ours below the folder of submissions have no row, whichever run wrote them."""
    run(tmp_path, **given)
    regrade([tmp_path / "in"], tmp_path / "out", reason=Reason("x"), banks=BANKS, options=Options(**given))  # type: ignore[arg-type]
    write_paper(MarkingFolder(tmp_path / "marks", BANK.lesson), BANK, marker="Anna", role="first")
    (tmp_path / "out").rename(tmp_path / "in" / "old")
    (tmp_path / "marks").rename(tmp_path / "in" / "marks")
    text_file(tmp_path / "in" / "old", "notes.txt", "mine")
    report = run(tmp_path)
    assert report.graded == 2
    assert [(row["file"], row["outcome"]) for row in table(report.problems)] == [("old/notes.txt", "not graded")]
    for _ in range(2):
        report = grade([tmp_path / "in"], tmp_path / "in", banks=BANKS)
        assert [row["file"] for row in table(report.problems)] == ["old/notes.txt"]


def test_a_list_hides_no_submission(tmp_path: Path) -> None:
    """A list that says of somebody's answer files, notebooks or zip files that they are ours is not believed."""
    names = ["gradebook.csv", "a.json", "b.ipynb", "c.zip", "d"]
    put(tmp_path / "in", "tilda/a.json", "Tilda Tallow")
    put(tmp_path / "in", "tilda/d", "Dora Dallow")
    text_file(tmp_path / "in" / "tilda", LIST, json.dumps(names))
    text_file(tmp_path / "in" / "tilda", "b.ipynb", "{}")
    report = run(tmp_path)
    assert report.graded == 2
    assert [row["file"] for row in table(report.problems)] == ["tilda/b.ipynb"]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("From: Tilda\nSee below.\n\n", "", "there is other text before the answers, which begin in line 4"),
        ("<<<", "", "there is other text before the answers, which begin in line 1"),
        ("[1] Tilda ", "", "there is other text before the answers, which begin in line 1"),
        ("", "\n-- \nTilda", "there is other text after the answers, from line"),
        ("", "{}", "there is other text after the answers, from line"),
    ],
)
def test_text_around_the_answers_is_called_that(tmp_path: Path, before: str, after: str, reason: str) -> None:
    """A mail's line before or after the answers is no file that broke off; the row says where it stands."""
    data = json.dumps(make.submission("Tilda Tallow", {}))
    (tmp_path / "in").mkdir()
    text_file(tmp_path / "in", "tilda.json", before + data + after)
    (row,) = table(run(tmp_path).problems)
    assert row["reason"].startswith(reason)
    assert "or remove what comes" in row["remedy"]
    assert "broke off" not in row["remedy"]


def test_what_broke_off_is_called_that(tmp_path: Path) -> None:
    """A file that ends in the middle is still said to have broken off."""
    data = json.dumps(make.submission("Tilda Tallow", {}))
    (tmp_path / "in").mkdir()
    text_file(tmp_path / "in", "tilda.json", data[:-20])
    (row,) = table(run(tmp_path).problems)
    assert "cut off" in row["remedy"]


def test_a_folder_is_walked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run asks the system once what lies in a folder of submissions, the first time and the second."""
    put(tmp_path / "in", "week/tilda.json", "Tilda Tallow")
    asked: list[str] = []
    real = os.scandir
    monkeypatch.setattr("copydesk.grading.files.inputs.os.scandir", lambda path: asked.append(str(path)) or real(path))
    for _ in range(2):
        asked.clear()
        run(tmp_path)
        assert [path for path in asked if path.endswith("week")] == [str(tmp_path / "in" / "week")]
