"""Grading for a class: platforms' downloads, a roster, a due time, marks for import, any number of workers."""

from __future__ import annotations

import contextlib
import csv
import io
import random
import signal
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.grading import GradingError, GradingReport, Options, grade
from copydesk.grading.files import watch
from copydesk.grading.files.csv_files import read_csv
from copydesk.grading.files.result_names import FEEDBACK_ZIP, FINISHED, PACKED
from copydesk.grading.submissions.download import Download
from copydesk.grading.submissions.learners import read_learners
from copydesk.grading.submissions.platforms import Sender
from copydesk.owned_files import LIST

if TYPE_CHECKING:
    from pathlib import Path

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
FUZZ = settings(max_examples=150, deadline=None, derandomize=True, database=None)
DUE = datetime(2026, 11, 22, 12, tzinfo=UTC)

ROSTER = "id,name,e-mail\n17,Ada Lovelace,ada@example.org\n18,Bo Dallow,bo@example.org\n19,Cy Tallow,\n"
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,02-attribution (4711),Final Score\r\n"
    '"    Points Possible",,,,,20.00,(read only)\r\n'
    '"Lovelace, Ada",340,00017,ada,"Group ""A""",,91.5\r\n'
    '"Dallow, Bo",341,00018,bo,Group B,7,\r\n'
    '"Student, Test",399,,x,Group B,,\r\n'
)
MOODLE = (
    '\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
    'Participant 340,"Ada Lovelace",ada@example.org,"Submitted for grading",,20.00,Yes,'
    '"Sunday, 22 November 2026, 9:58 AM",-,\n'
    'Participant 341,"Bo Dallow",bo@example.org,"No submission",,20.00,Yes,-,-,\n'
)


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a result table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def put(folder: Path, name: str, alias: str, *, half: bool = False, hour: int = 10) -> Path:
    """Write a submission of all reference answers, or of half of them, and return its path."""
    responses = make.half_right() if half else make.reference(BANK)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(make.to_bytes(make.submission(alias, responses, handed_in=f"2026-11-22T{hour:02}:00:00Z")))
    return path


def listed(folder: Path, text: str, name: str = "roster.csv") -> Path:
    """Write a list of learners as it stands, and return its path."""
    path = folder / name
    path.write_bytes(text.encode())
    return path


def run(folder: Path, **options: object) -> GradingReport:
    """Grade ``in`` of a folder into ``out``."""
    return grade([folder / "in"], folder / "out", banks=BANKS, options=Options(**options))  # type: ignore[arg-type]


def results(out: Path) -> dict[str, bytes]:
    """Return every result file below a folder with its bytes."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("lovelaceada_340_208490_submission.json", ("canvas", "340", "lovelaceada", "lovelaceada_340_208490", False)),
        (
            "x.zip/lovelaceada_LATE_340_208490_a_b-1.json",
            ("canvas", "340", "lovelaceada", "lovelaceada_LATE_340_208490", True),
        ),
        (
            "o_brienflann_340_208490_x.zip/inner.json",
            ("canvas", "340", "o_brienflann", "o_brienflann_340_208490", False),
        ),
        ("anon_aB3x9_208490_x.json", ("canvas", "anon_aB3x9", "", "anon_aB3x9_208490", False)),
        ("LATE_anon_aB3x9_208490_x.json", ("canvas", "anon_aB3x9", "", "LATE_anon_aB3x9_208490", True)),
        (
            "Ada Lovelace_340_assignsubmission_file/deep/x.json",
            ("moodle", "340", "Ada Lovelace", "Ada Lovelace_340_assignsubmission_file", False),
        ),
        (
            "all.zip/Ada Lovelace_340_assignsubmission_file_/x.json",
            ("moodle", "340", "Ada Lovelace", "Ada Lovelace_340_assignsubmission_file", False),
        ),
        (
            "Ada Lovelace_340_assignsubmission_file_submission.json",
            ("moodle", "340", "Ada Lovelace", "Ada Lovelace_340_assignsubmission_file", False),
        ),
        ("02-attribution-ada.json", None),
        ("week_1_2_ada.json", None),
        ("submissions/ada.json", None),
    ],
)
def test_names_of_platforms(file: str, found: tuple[str, str, str, str, bool] | None) -> None:
    """In a download, files are known by the platform's names, wherever in a zip file or folder they lie."""
    beside = ["tallowcy_342_208492_x.json", "x.zip/tallowcy_342_208493_x.json"]
    assert Download.from_files([file, *beside]).sender(file) == (Sender(*found) if found else None)


def test_the_latest_in_time_counts(tmp_path: Path) -> None:
    """A late submission never replaces one in time; of late ones the earliest counts; all are listed."""
    put(tmp_path / "in", "a1.json", "Ada", half=True, hour=9)
    put(tmp_path / "in", "a2.json", "Ada", hour=12)
    put(tmp_path / "in", "a3.json", "Ada", half=True, hour=13)
    put(tmp_path / "in", "b1.json", "Bo", hour=14)
    put(tmp_path / "in", "b2.json", "Bo", half=True, hour=15)
    report = run(tmp_path, due=DUE)
    rows = table(report.gradebook)
    assert [(row["file"], row["submissions"], row["notes"]) for row in rows] == [
        ("a2.json", "3", ""),
        ("b1.json", "2", "late"),
    ]
    all_of_them = table(tmp_path / "out" / "submissions.csv")
    assert [(row["file"], row["in time"], row["counts"]) for row in all_of_them] == [
        ("a1.json", "yes", "no"),
        ("a2.json", "yes", "yes"),
        ("a3.json", "late", "no"),
        ("b1.json", "late", "yes"),
        ("b2.json", "late", "no"),
    ]


def test_what_canvas_calls_late_is_a_note(tmp_path: Path) -> None:
    """Whether a submission is late is its own word; that Canvas says otherwise is noted."""
    put(tmp_path / "in", "lovelaceada_LATE_340_208490_x.json", "Ada")
    (row,) = table(run(tmp_path, due=DUE).gradebook)
    assert row["notes"] == "Canvas marks it as late; the file itself says 'Ada'"


def test_a_notebook_with_its_answer_file_beside_it(tmp_path: Path) -> None:
    """A notebook without answers is nothing to worry about when the answer file came with it."""
    empty = make.to_bytes(make.notebook())
    put(tmp_path / "in", "one/02-attribution-ada.json", "Ada")
    put(tmp_path / "in", "two/answers/02-attribution.json", "Bo")
    put(tmp_path / "in", "tallowcy_7_1001_work.json", "Cy")
    for name in (
        "one/02-attribution.ipynb",
        "two/02-attribution.ipynb",
        "tallowcy_7_1002_lesson.ipynb",
        "alone.ipynb",
    ):
        (tmp_path / "in" / name).write_bytes(empty)
    report = run(tmp_path)
    outcomes = {row["file"]: row["outcome"] for row in table(report.problems)}
    assert outcomes == {
        "alone.ipynb": "not graded",
        "one/02-attribution.ipynb": "superseded",
        "two/02-attribution.ipynb": "superseded",
        "tallowcy_7_1002_lesson.ipynb": "superseded",
    }


def test_a_roster_finds_learners(tmp_path: Path) -> None:
    """Learners are found by id, e-mail and name, and each way is reported; who is missing has a row."""
    text = ROSTER + "20,Dee Dee Bellwether,\n21,Élie Faumar,\n22,No Body,\n"
    put(tmp_path / "in", "1.json", "17")
    put(tmp_path / "in", "2.json", "BO@example.org")
    put(tmp_path / "in", "3.json", "tallow,  CY")
    put(tmp_path / "in", "4.json", "dee b.")
    put(tmp_path / "in", "5.json", "elie faumar")
    put(tmp_path / "in", "6.json", "Zed")
    report = run(tmp_path, roster=listed(tmp_path, text))
    found = {
        row["id"]: (row["called"], row["matched by"], row["certainty"])
        for row in table(tmp_path / "out" / "roster-report.csv")
    }
    assert found == {
        "17": ("17", "id", "sure"),
        "18": ("BO@example.org", "e-mail", "sure"),
        "19": ("tallow, CY", "name", "sure"),
        "20": ("dee b.", "part of the name", "guess"),
        "21": ("elie faumar", "part of the name", "guess"),
        "22": ("", "", "nothing submitted"),
        "": ("Zed", "", "not on the roster"),
    }
    rows = table(report.gradebook)
    assert [row["automatic points"] for row in rows if row["learner"] == "Zed"] == ["20"]
    assert [(row["id"], row["lesson"], row["automatic points"]) for row in rows if row["notes"] == "not submitted"] == [
        ("22", "02-attribution", "")
    ]
    problems = {row["file"]: row for row in table(report.problems)}
    assert sorted(problems) == ["4.json", "5.json", "6.json"]
    assert all(row["outcome"] == "graded" and "alias" in row["remedy"] for row in problems.values())
    assert report.missing == 1


def test_nobody_is_guessed_twice(tmp_path: Path) -> None:
    """A guess falls where its learner has submitted already, or another guess fits as well."""
    put(tmp_path / "in", "1.json", "Ada Lovelace")
    put(tmp_path / "in", "2.json", "Ada L.")
    put(tmp_path / "in", "3.json", "Bo")
    put(tmp_path / "in", "4.json", "Dallow")
    report = run(tmp_path, roster=listed(tmp_path, ROSTER))
    assert {row["learner"]: row["id"] for row in table(report.gradebook) if row["learner"]} == {
        "Ada Lovelace": "17",
        "Ada L.": "",
        "Bo": "",
        "Dallow": "",
    }
    assert [row["file"] for row in table(report.problems)] == ["2.json", "3.json", "4.json"]


def test_an_alias_column_settles_a_guess(tmp_path: Path) -> None:
    """What the instructor writes into a column of aliases is sure; another order and separator make no difference."""
    put(tmp_path / "in", "1.json", "Moth")
    run(tmp_path, roster=listed(tmp_path, "Alias;E-Mail-Address;Last name;First name\nmoth;;Lovelace;Ada\n"))
    (row,) = table(tmp_path / "out" / "roster-report.csv")
    assert (row["name"], row["matched by"], row["certainty"]) == ("Ada Lovelace", "alias", "sure")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"colour,size\nred,1\n", "column that tells learners apart"),
        (b"id,name\n1,Ada\n1,Bo\n", "twice, in rows 2 and 3"),
        (b'id,name\n1,"Ada\n', "don't close"),
        (b"id,name\n1,Zo\xeb\n", r"Excel: File, Save As, CSV UTF-8.*LibreOffice: File, Save As, Text CSV"),
        (b"", "column that tells learners apart"),
        (b"PK\x03\x04\x14\x00", r"is a spreadsheet or another packed file, not a CSV file.*CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is a spreadsheet"),
    ],
)
def test_rosters_that_are_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    """A list that cannot be used is an error with its remedy, before anything is graded."""
    (tmp_path / "roster.csv").write_bytes(data)
    with pytest.raises(GradingError, match=reason):
        run(tmp_path, roster=tmp_path / "roster.csv")
    assert not (tmp_path / "out").exists()


def test_a_number_of_another_list_is_not_trusted(tmp_path: Path) -> None:
    """Canvas' number of a learner is no university's number: without the name it is nobody's."""
    put(tmp_path / "in", "someoneelse_17_208490_x.json", "x")
    put(tmp_path / "in", "dallowbo_555_208491_x.json", "x")
    run(tmp_path, roster=listed(tmp_path, ROSTER))
    found = {row["id"]: (row["matched by"], row["certainty"]) for row in table(tmp_path / "out" / "roster-report.csv")}
    assert found["17"] == ("", "nothing submitted")
    assert found["18"] == ("name", "sure")


def test_canvas_gets_its_export_back(tmp_path: Path) -> None:
    """The same file comes out as Canvas exported, but for the mark cells."""
    put(tmp_path / "in", "lovelaceada_340_208490_x.json", "")
    run(tmp_path, canvas=listed(tmp_path, CANVAS, "export.csv"))
    expected = CANVAS.replace('"Group ""A""",,', '"Group ""A""",20,')
    assert (tmp_path / "out" / "import-canvas.csv").read_bytes() == expected.encode()


def test_moodle_gets_its_worksheet_back(tmp_path: Path) -> None:
    """The same worksheet comes out, but for the marks; the participant's number is the one in the folder's name."""
    put(tmp_path / "in", "Bo Dallow_341_assignsubmission_file/x.json", "", half=True)
    run(tmp_path, moodle=listed(tmp_path, MOODLE, "grades.csv"))
    expected = MOODLE.replace('"No submission",,', '"No submission",4.6,')
    assert (tmp_path / "out" / "import-moodle.csv").read_bytes() == expected.encode()


def test_marks_go_only_where_they_are_sure_and_fit(tmp_path: Path) -> None:
    """No mark for a guess, for a column of other worth, or for a lesson without a column; each has its row."""
    put(tmp_path / "in", "1.json", "Ada L.")
    put(tmp_path / "in", "2.json", "bo")
    changed = CANVAS.replace("20.00", "100")
    report = run(tmp_path, canvas=listed(tmp_path, changed, "export.csv"))
    assert (tmp_path / "out" / "import-canvas.csv").read_bytes() == changed.encode()
    reasons = {row["file"]: row["reason"] for row in table(report.problems)}
    assert "a guess" in reasons["1.json"]
    assert "worth 100 points" in reasons["2.json"]
    report = run(tmp_path, canvas=listed(tmp_path, CANVAS.replace("02-attribution", "Week 2"), "export.csv"))
    assert "no column in it is for the lesson" in table(report.problems)[-1]["reason"]
    named = ("02-attribution=Week 2 (4711)",)
    report = run(tmp_path, canvas=tmp_path / "export.csv", columns=named)
    assert b"Group B,20,\r\n" in (tmp_path / "out" / "import-canvas.csv").read_bytes()


def test_written_work_waits_for_its_marks(tmp_path: Path) -> None:
    """Where the assignment is worth rule and rubric together, no mark goes in before the text is marked."""
    put(tmp_path / "in", "1.json", "ada")
    report = run(tmp_path, canvas=listed(tmp_path, CANVAS.replace("20.00", "32"), "export.csv"))
    (problem,) = table(report.problems)
    assert "W1 still has to be marked" in problem["reason"]


def test_a_roster_and_an_export_together(tmp_path: Path) -> None:
    """With a roster beside the export, marks find their row by what the two lists share."""
    put(tmp_path / "in", "1.json", "ada@example.org")
    run(tmp_path, roster=listed(tmp_path, ROSTER), canvas=listed(tmp_path, CANVAS, "export.csv"))
    assert b'"Group ""A""",20,' in (tmp_path / "out" / "import-canvas.csv").read_bytes()


@pytest.mark.parametrize(
    "text", ["a,b\r\n1,2\r\n", "a;b\n;\n", "sep=;\r\na,b;c\r\n", "a\tb\r1\t2", '\ufeffa,"b,\nc"\n\n"",x', "a", ""]
)
def test_csv_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    """A CSV file is written back byte for byte, with its quotes, separators and line ends."""
    assert read_csv(listed(tmp_path, text)).text() == text


@FUZZ
@given(st.binary(max_size=120) | st.text(',;"\r\n=\ta1', max_size=60).map(str.encode))
def test_any_list_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Any bytes for a roster are a roster or an error in plain words; what is read is written back as it was."""
    path = tmp_path_factory.mktemp("list") / "roster.csv"
    path.write_bytes(data)
    with contextlib.suppress(GradingError):
        found = read_csv(path)
        lines = zip(found.rows, found.ends, strict=True)
        whole = "".join(cell + end for row in lines for cell, end in zip(*row, strict=True))
        assert b"\0" in data or data[:2] in {b"\xff\xfe", b"\xfe\xff"} or (found.before + whole).encode() == data
    with contextlib.suppress(GradingError):
        assert all(each.key for each in read_learners(path).learners)


@FUZZ
@given(st.text(max_size=30), st.text(max_size=10), st.text(max_size=10))
def test_any_name_can_be_looked_up_and_sent_back(name: str, user: str, rest: str) -> None:
    """Whatever a file is called, its name in the feedback zip stays inside the zip and can be stored."""
    for file in (
        name,
        f"{name}_{user}_assignsubmission_file_{rest}",
        f"{name}_1_100_{rest}",
        f"{name}_1_assignsubmission_file",
    ):
        if found := Download.from_files([file]).sender(file):
            back = found.feedback_name("page.html")
            assert back.encode()
            assert not set(back) & set('\\:*?"<>|\n\0')
            assert ".." not in back.split("/")


def test_platforms_exports_are_rosters(tmp_path: Path) -> None:
    """Both exports are read as they are; rows that are no learner are passed over."""
    canvas = read_learners(listed(tmp_path, CANVAS))
    assert [(each.id, each.name) for each in canvas.learners] == [
        ("340", "Lovelace, Ada"),
        ("341", "Dallow, Bo"),
    ]
    moodle = read_learners(listed(tmp_path, MOODLE))
    assert [(each.numbers["moodle"], each.email) for each in moodle.learners] == [
        ("340", "ada@example.org"),
        ("341", "bo@example.org"),
    ]


def test_feedback_goes_back_in_one_zip(tmp_path: Path) -> None:
    """The zip file holds every page, under the name by which its platform knows the learner, and is always the same."""
    put(tmp_path / "in", "lovelaceada_340_208490_x.json", "")
    put(tmp_path / "in", "Bo Dallow_341_assignsubmission_file/x.json", "")
    put(tmp_path / "in", "c.json", "Cy")
    report = run(tmp_path)
    first = (tmp_path / "out" / "feedback.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        names = archive.namelist()
        pages = {archive.read(name) for name in names}
    assert names[:1] == ["Bo Dallow_341_assignsubmission_file/feedback-02-attribution.html"]
    assert names[1].startswith("cy-02-attribution-")
    assert names[2:] == ["lovelaceada_340_208490_feedback-02-attribution.html"]
    assert pages == {path.read_bytes() for path in report.feedback.iterdir()}
    (tmp_path / "out" / "feedback.zip").unlink()
    run(tmp_path)
    assert (tmp_path / "out" / "feedback.zip").read_bytes() == first


def test_workers_and_order_change_nothing(tmp_path: Path) -> None:
    """One process or three, files in this order or another, in folders or in one zip: the same bytes."""
    folder = tmp_path / "in"
    make.honest(folder / "honest")
    make.claims(folder)
    for name in ("nan.json", "wrong-answers.json", "mixed.zip", "bidi.json", "code.ipynb"):
        (folder / name).write_bytes({**make.GRADED, **make.NOT_GRADED}[name]())
    for number in range(30):
        put(folder, f"{number}.json", f"learner {number % 20}", half=number % 3 == 0, hour=number % 24)
    roster = listed(tmp_path, ROSTER)
    paths = [path for path in folder.rglob("*") if path.is_file()]
    made = []
    for workers in (1, 3):
        random.Random(workers).shuffle(paths)
        copy = tmp_path / f"copy{workers}"
        for path in paths:
            target = copy / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        out = tmp_path / f"out{workers}"
        grade([copy], out, banks=BANKS, options=Options(due=DUE, roster=roster, workers=workers))
        made.append(results(out))
    assert made[0] == made[1]


def test_scores_alone_are_the_same_scores(tmp_path: Path) -> None:
    """Without feedback pages all tables and the class report are the same, and no page of an earlier run is left."""
    put(tmp_path / "in", "a.json", "Ada")
    put(tmp_path / "in", "b.json", "Bo", half=True)
    whole = run(tmp_path)
    before = results(tmp_path / "out")
    alone = run(tmp_path, pages=False)
    gone = ("feedback/", "feedback.zip", LIST, FINISHED, PACKED[FEEDBACK_ZIP])
    found = {name: data for name, data in results(tmp_path / "out").items() if name not in gone}
    assert found == {name: data for name, data in before.items() if not name.startswith(gone)}
    assert f"{whole.feedback}," in whole.summary()
    assert f"{whole.feedback}," not in alone.summary()
    run(tmp_path)
    assert results(tmp_path / "out") == before


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    """A result that would be the same is left alone; one more submission writes its own page and the tables."""
    put(tmp_path / "in", "a.json", "Ada")
    before = {path: path.stat().st_mtime_ns for path in run(tmp_path).feedback.parent.rglob("*") if path.is_file()}
    time.sleep(0.02)
    run(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    put(tmp_path / "in", "b.json", "Bo")
    page = next(run(tmp_path).feedback.glob("ada-*"))
    assert page.stat().st_mtime_ns == before[page]


def test_folders_are_looked_through_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without watchfiles a change is found by looking, once the file stays as it is; results do not count."""
    monkeypatch.setattr(watch, "POLL_SECONDS", 0.01)
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    steps = iter([lambda: put(tmp_path / "out", "page.json", ""), lambda: put(tmp_path, "a.json", "Ada")])
    monkeypatch.setattr(watch.time, "sleep", lambda _: next(steps, lambda: None)())
    found = watch.changes([tmp_path], [tmp_path / "out"])
    next(found)
    next(found)
    assert next(steps, None) is None


def test_nothing_that_comes_during_grading_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that comes before the system was asked to tell, or between two questions, is seen at the next one."""
    monkeypatch.setattr(watch, "POLL_SECONDS", 0.1)
    found = watch.changes([tmp_path], [tmp_path / "out"])
    for name in ("a.json", "b.json", "c.json"):
        next(found)
        put(tmp_path / "out", name, "")
        put(tmp_path, name, "Ada")
    next(found)


def test_a_watched_folder_is_graded_as_files_arrive(tmp_path: Path) -> None:
    """``--watch`` grades what arrives while it runs, and ends cleanly on Ctrl-C."""
    (tmp_path / "in").mkdir()
    # Where the tests run in the background, Ctrl-C may be off, and what they start inherits that.
    program = """
import runpy, signal

signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("copydesk", run_name="__main__")
"""
    arguments = ["grade", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--watch"]
    command = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            until(process, "Waiting")
            put(tmp_path / "in", "a.json", "Ada")
            until(process, "1 submission graded")
        finally:
            process.send_signal(signal.SIGINT)
        try:
            rest, errors = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert "Stopped." in rest
    assert "Traceback" not in errors
    assert process.returncode == 0
    assert [row["learner"] for row in table(tmp_path / "out" / "gradebook.csv")] == ["Ada"]


def until(process: subprocess.Popen[str], text: str) -> None:
    """Read what a process says until a line holds some text."""
    assert process.stdout is not None
    for line in process.stdout:
        if text in line:
            return
    pytest.fail(f"it never said {text!r}: {process.stderr.read() if process.stderr else ''}")
