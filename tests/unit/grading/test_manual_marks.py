"""Decisions by hand and comments: where they show, what they outrank, and that no run writes to the tables."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import make
import pytest

from copydesk.course.documents import ContentError
from copydesk.grading import GradingReport, Options, grade
from copydesk.grading.class_file.model import LateRule

if TYPE_CHECKING:
    from pathlib import Path

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
LESSON = BANK.lesson
HEADS = "learner,lesson,decision,points,reason,note\n"
ROSTER = "id,name,group\n7,Ada Lovelace,\n8,Alan Turing,\n9,Grace Hopper,Reds\n10,Joan Clarke,Reds\n"


def put(folder: Path, *aliases: str) -> None:
    """Write a submission with all right answers for each alias."""
    (folder / "in").mkdir(exist_ok=True)
    for alias in aliases:
        data = make.submission(alias, make.reference(BANK))
        (folder / "in" / f"{alias}.json").write_bytes(make.to_bytes(data))


def graded(folder: Path, lines: str = "", *, roster: bool = True, comments: str = "") -> GradingReport:
    """Grade ``in`` into ``out`` with decisions and comments."""
    options: dict[str, Any] = {}
    if roster:
        (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
        options["roster"] = folder / "roster.csv"
    if lines:
        (folder / "manual-marks.csv").write_text(HEADS + lines, encoding="utf-8")
        options["manual_marks"] = folder / "manual-marks.csv"
    if comments:
        (folder / "comments.csv").write_text("learner,lesson,task,comment\n" + comments, encoding="utf-8")
        options["comments"] = folder / "comments.csv"
    return grade([folder / "in"], folder / "out", banks=BANKS, options=Options(**options))


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a result table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def marks(folder: Path, by: str = "id") -> dict[str, tuple[str, str]]:
    """Return the mark and what was by hand, by learner."""
    return {row[by]: (row["mark"], row["by hand"]) for row in table(folder / "out" / "gradebook.csv")}


def page(folder: Path, name: str) -> str:
    """Return a learner's feedback page, without its head."""
    (path,) = (folder / "out" / "feedback").glob(f"{name}-*.html")
    return path.read_text(encoding="utf-8").split("</style>", maxsplit=1)[1]


@pytest.mark.parametrize(
    ("line", "mark", "on_page"),
    [
        (f"7,{LESSON},nil,,copied from a friend,talked on 3 May", "0", "counts with 0 of 32"),
        (f"Ada Lovelace,{LESSON},Mark,12.5,agreed orally,", "12.5", "set by hand: 12.5 of 32"),
        (f"7,{LESSON},excused,,ill,", "", "You are excused"),
        (f'7,{LESSON},paper,"17,5",in class,', "17.5", "marked on paper: 17.5 of 32"),
    ],
)
def test_a_decision_counts_whatever_was_submitted(tmp_path: Path, line: str, mark: str, on_page: str) -> None:
    """The gradebook has the decision with its reason, the page tells the learner, and no one else is touched."""
    put(tmp_path, "7", "8")
    graded(tmp_path)
    before = marks(tmp_path)["8"]
    graded(tmp_path, line)
    decision, reason = line.split(",")[2].lower(), "copied" if "copied" in line else ""
    found = marks(tmp_path)
    assert found["7"][0] == mark
    assert found["7"][1].startswith(f"{decision}: {reason}")
    assert found["8"] == before
    assert on_page in page(tmp_path, "7")
    assert "3 May" not in page(tmp_path, "7"), "the note is the instructor's"
    assert on_page not in page(tmp_path, "8")


def test_deleting_the_line_undoes_it_and_no_run_writes_to_the_table(tmp_path: Path) -> None:
    """The table stays as the instructor wrote it; without the line all is as before."""
    put(tmp_path, "7")
    graded(tmp_path)
    before = (tmp_path / "out" / "gradebook.csv").read_bytes()
    line = f"7,{LESSON},nil,,copied,\n"
    graded(tmp_path, line)
    assert (tmp_path / "out" / "gradebook.csv").read_bytes() != before
    assert (tmp_path / "manual-marks.csv").read_text(encoding="utf-8") == HEADS + line
    graded(tmp_path, "\n")
    assert (tmp_path / "out" / "gradebook.csv").read_bytes() == before


def test_who_is_excused_or_wrote_on_paper_is_not_missing(tmp_path: Path) -> None:
    """A learner without a file has the mark on paper, and the summary counts only the others as missing."""
    put(tmp_path, "7")
    report = graded(tmp_path, f"8,{LESSON},paper,20,exam room,\n9,{LESSON},excused,,ill,\n")
    found = marks(tmp_path)
    assert found["8"] == ("20", "paper: exam room")
    assert found["9"] == ("", "excused: ill")
    assert report.missing == 1
    assert "1 submission missing from a learner on the roster" in report.summary()


def test_paper_beside_a_file_has_a_row(tmp_path: Path) -> None:
    """A file beside work on paper doesn't count, and problems.csv says what to do if it should."""
    put(tmp_path, "7")
    graded(tmp_path, f"7,{LESSON},paper,20,exam room,\n")
    (row,) = table(tmp_path / "out" / "problems.csv")
    assert "the paper counts" in row["reason"]
    assert "delete the line" in row["remedy"]


def test_a_members_decision_is_theirs_alone(tmp_path: Path) -> None:
    """In a group, one member's nil changes no other mark and isn't on the page that all of them read."""
    put(tmp_path, "Reds")
    graded(tmp_path)
    before = marks(tmp_path)["10"]
    graded(tmp_path, f"9,{LESSON},not in group,,did not take part,\n")
    found = marks(tmp_path)
    assert found["9"] == ("", "not in group: did not take part")
    assert found["10"] == before
    assert "take part" not in page(tmp_path, "*")


def test_without_a_roster_the_name_of_the_gradebook_is_enough(tmp_path: Path) -> None:
    """A decision finds the learner by the name that the gradebook has."""
    put(tmp_path, "Zoë", "Alan")
    graded(tmp_path, f"zoe\N{COMBINING DIAERESIS},{LESSON},nil,,copied,\n", roster=False)
    assert marks(tmp_path, by="learner")["Zoë"] == ("0", "nil: copied")
    assert marks(tmp_path, by="learner")["Alan"][1] == ""


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"7,{LESSON},zero,,why,", "no decision 'zero'"),
        (f"7,{LESSON},mark,33,why,", "not a number from 0 to 32"),
        (f"7,{LESSON},mark,nan,why,", "not a number from 0 to 32"),
        (f"7,{LESSON},mark,,why,", "not a number from 0 to 32"),
        (f"7,{LESSON},nil,3,why,", "no points of its own"),
        (f"7,{LESSON},nil,,,", "gives no reason"),
        ("7,,nil,,why,", "names no lesson"),
        (f"7,{LESSON},nil,,why,\nAda Lovelace,{LESSON},excused,,why,", "several decisions"),
    ],
)
def test_a_faulty_decision_stops_with_its_line(tmp_path: Path, line: str, why: str) -> None:
    """A line that cannot be meant stops the run, with its number, the fault and a remedy; nothing is written."""
    put(tmp_path, "7")
    with pytest.raises(ContentError) as raised:
        graded(tmp_path, line + "\n")
    problem = raised.value.problems[0]
    assert why in problem.problem
    assert problem.line == 2
    assert problem.remedy.endswith(".")
    assert not (tmp_path / "out").exists()


def test_a_comment_is_on_the_learners_page(tmp_path: Path) -> None:
    """A comment on a task is in its section, one on the lesson at the top, escaped, and on no other page."""
    put(tmp_path, "7", "8")
    graded(tmp_path, comments=f"7,{LESSON},T2,Look <b>again</b>\nAda Lovelace,{LESSON},,Well done\n")
    head, _, tasks = page(tmp_path, "7").partition("<main>")
    assert "Well done" in head
    assert "Look &lt;b&gt;again&lt;/b&gt;" in tasks.split('id="task-2"')[1].split('id="task-3"')[0]
    assert "Well done" not in page(tmp_path, "8")


@pytest.mark.parametrize(
    ("line", "why"),
    [(f"7,{LESSON},T99,Hm", "no task 'T99'"), (f"7,{LESSON},T1,", "no comment"), ("7,,T1,Hm", "lesson")],
)
def test_a_faulty_comment_stops_with_its_line(tmp_path: Path, line: str, why: str) -> None:
    """A comment on nothing stops the run with its line."""
    put(tmp_path, "7")
    with pytest.raises(ContentError, match=why):
        graded(tmp_path, comments=line + "\n")


def test_a_table_with_other_columns_is_refused(tmp_path: Path) -> None:
    """A table without the columns needed says which first row it should have."""
    put(tmp_path, "7")
    (tmp_path / "m.csv").write_text("name,points\nAda,3\n", encoding="utf-8")
    with pytest.raises(ContentError, match="learner, lesson, decision, points, reason, note"):
        grade([tmp_path / "in"], tmp_path / "out", banks=BANKS, options=Options(manual_marks=tmp_path / "m.csv"))


def test_decisions_and_deductions_go_to_the_platform(tmp_path: Path) -> None:
    """Canvas's file has what is left of a late mark, EX for who is excused, the mark on paper, and 0 for a breach."""
    put(tmp_path, "7", "8")
    points = "    Points Possible,,,,,20\n"
    rows = "".join(f'"{name}",{number},{number},,A,\n' for number, name in ((7, "Lovelace, Ada"), (8, "Turing, Alan")))
    rows += "".join(
        f'"{name}",{number},{number},,A,\n' for number, name in ((9, "Hopper, Grace"), (10, "Clarke, Joan"))
    )
    head = f"Student,ID,SIS User ID,SIS Login ID,Section,{LESSON} (4711)\n"
    (tmp_path / "canvas.csv").write_text(head + points + rows, encoding="utf-8")
    lines = f"8,{LESSON},nil,,copied,\n9,{LESSON},excused,,ill,\n10,{LESSON},paper,0,in class,\n"
    (tmp_path / "manual-marks.csv").write_text(HEADS + lines, encoding="utf-8")
    options = Options(
        canvas=tmp_path / "canvas.csv",
        manual_marks=tmp_path / "manual-marks.csv",
        due=datetime(2020, 1, 1, tzinfo=UTC),
        late=LateRule(per_day=10, floor=50),
    )
    report = grade([tmp_path / "in"], tmp_path / "out", banks=BANKS, options=options)
    filled = table(tmp_path / "out" / "import-canvas.csv")[1:]
    assert [row[f"{LESSON} (4711)"] for row in filled] == ["10", "0", "EX", "0"]
    assert "4 marks filled in" in report.summary()


def test_a_lesson_set_without_its_written_task_is_worth_its_points_by_rule(tmp_path: Path) -> None:
    """Then nothing waits for a marker: gradebook, page and lateness go by the points by rule, 20 of 20."""
    put(tmp_path, "7")
    options = Options(
        without_written=frozenset({LESSON}), due=datetime(2020, 1, 1, tzinfo=UTC), late=LateRule(per_day=10, floor=50)
    )
    report = grade([tmp_path / "in"], tmp_path / "out", banks=BANKS, options=options)
    (row,) = table(tmp_path / "out" / "gradebook.csv")
    assert [row[head] for head in ("raw", "deduction", "mark", "out of", "not answered")] == [
        "20",
        "10",
        "10",
        "20",
        "",
    ]
    assert not any(head.startswith("W1") for head in row)
    assert "W1" not in page(tmp_path, "*")
    assert report.awaiting_marking == 0
