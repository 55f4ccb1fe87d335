"""Due times with grace, extensions, and what lateness costs, from the instructor's tables to page and gradebook."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.course.documents import ContentError
from copydesk.grading import GradingReport, Options, grade
from copydesk.grading.class_file.deadlines import Deadlines
from copydesk.grading.class_file.model import LateRule, LateStep
from copydesk.grading.submissions.person_tables import Person, PersonLine, PersonTable

if TYPE_CHECKING:
    from pathlib import Path

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
LESSON = BANK.lesson
DUE = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)
ROSTER = "id,name,group\n7,Ada Lovelace,Reds\n8,Alan Turing,Reds\n9,Grace Hopper,\n"


def put(folder: Path, alias: str, late: timedelta) -> None:
    """Write a submission with right answers by rule, so long after it was due."""
    right = make.reference(BANK)
    moment = (DUE + late).isoformat()
    answers = {task: make.answer(right[task], at=moment) for task in ("T1", "T2", "T3", "T4", "T5")}
    data = make.submission(alias, {}, saved=moment, handed_in=moment) | {"answers": answers}
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / f"{alias}.json").write_bytes(make.to_bytes(data))


def graded(folder: Path, **options: Any) -> GradingReport:  # noqa: ANN401  (whatever grade takes)
    """Grade ``in`` into ``out``."""
    return grade([folder / "in"], folder / "out", banks=BANKS, options=Options(**options))


def rows(folder: Path) -> dict[str, dict[str, str]]:
    """Return the rows of the gradebook by learner."""
    text = (folder / "out" / "gradebook.csv").read_text(encoding="utf-8-sig")
    return {row["learner"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def page(folder: Path, alias: str) -> str:
    """Return a learner's feedback page."""
    (path,) = (folder / "out" / "feedback").glob(f"{alias.lower()}-*.html")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("late", "is_late"),
    [(timedelta(seconds=30), False), (timedelta(minutes=1), False), (timedelta(seconds=61), True)],
)
def test_a_minute_of_grace(tmp_path: Path, late: timedelta, *, is_late: bool) -> None:
    """Due at 23:59, a submission at 23:59:30 is in time, one after 00:00 is late."""
    put(tmp_path, "Ada", late)
    graded(tmp_path, due=DUE)
    assert ("late" in rows(tmp_path)["Ada"]["notes"]) == is_late


def test_each_lesson_has_its_own_time(tmp_path: Path) -> None:
    """A due time of another lesson makes no one late."""
    put(tmp_path, "Ada", timedelta(days=3))
    graded(tmp_path, due_by_lesson={"03-sources": DUE})
    assert rows(tmp_path)["Ada"]["notes"] == ""
    graded(tmp_path, due_by_lesson={LESSON: DUE})
    assert "late" in rows(tmp_path)["Ada"]["notes"]


@pytest.mark.parametrize(
    "line",
    [
        f"Ada Lovelace,{LESSON},+2 days,ill",
        f"7,{LESSON},2026-11-24 23:59,ill",
        "7,,+48 hours,ill",
        f"7,{LESSON},2026-11-25T00:59+01:00,ill",
    ],
)
def test_an_extension_is_one_learners(tmp_path: Path, line: str) -> None:
    """More time, by name or id, for a lesson or all of them, until a time or by so much, is for that learner alone."""
    for alias in ("7", "9"):
        put(tmp_path, alias, timedelta(days=1, hours=20))
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "extensions.csv").write_text(f"learner,lesson,due,note\n{line}\n", encoding="utf-8")
    graded(tmp_path, due=DUE, roster=tmp_path / "roster.csv", extensions=tmp_path / "extensions.csv", zone=UTC)
    found = rows(tmp_path)
    assert found["7"]["notes"] == "extension to 2026-11-24 23:59 UTC"
    assert "late" in found["9"]["notes"]
    text = page(tmp_path, "7")
    assert "You had more time for this lesson" in text
    assert "ill" not in text.split("<main>", maxsplit=1)[0].split("</style>", maxsplit=1)[1], "the note is private"


def test_a_member_with_more_time_gives_it_to_the_group(tmp_path: Path) -> None:
    """A group submits one file: it has the latest time of its members."""
    put(tmp_path, "Reds", timedelta(days=1))
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "extensions.csv").write_text("learner,lesson,due,note\n8,,+2 days,\n", encoding="utf-8")
    graded(tmp_path, due=DUE, roster=tmp_path / "roster.csv", extensions=tmp_path / "extensions.csv", zone=UTC)
    assert "late" not in rows(tmp_path)["Reds"]["notes"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("7,02-attribution,soon,", "neither a time nor a length of time"),
        ("7,02-attribution,2026-11-20 23:59,", "earlier than 02-attribution is due"),
        ("7,02-atribution,+1 day,", "no lesson '02-atribution'"),
        ("Sam,,+1 day,", "fits several learners"),
    ],
)
def test_a_faulty_extension_stops_with_its_line(tmp_path: Path, line: str, why: str) -> None:
    """A line that cannot be meant stops the run before anything is written, with its number and a remedy."""
    put(tmp_path, "7", timedelta())
    (tmp_path / "roster.csv").write_text(ROSTER + "10,Sam\n11,Sam\n", encoding="utf-8")
    (tmp_path / "extensions.csv").write_text(f"learner,lesson,due,note\n{line}\n", encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        graded(tmp_path, due=DUE, roster=tmp_path / "roster.csv", extensions=tmp_path / "extensions.csv", zone=UTC)
    (problem,) = raised.value.problems
    assert why in problem.problem
    assert problem.line == 2
    assert problem.remedy
    assert not (tmp_path / "out").exists()


def test_an_extension_for_nobody_has_a_row(tmp_path: Path) -> None:
    """A name that is on no list and submitted nothing is named in problems.csv."""
    put(tmp_path, "7", timedelta())
    (tmp_path / "extensions.csv").write_text("learner,lesson,due,note\nEdgar,,+1 day,\n", encoding="utf-8")
    graded(tmp_path, due=DUE, extensions=tmp_path / "extensions.csv", zone=UTC)
    text = (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8")
    assert "line 2: Edgar is on no list of learners" in text


PER_DAY = LateRule(per_day=10, floor=50)
STEPS = LateRule(steps=(LateStep(after_hours=0, take_off=5), LateStep(after_hours=24, take_off=25)))


@pytest.mark.parametrize(
    ("rule", "late", "off"),
    [
        (PER_DAY, timedelta(hours=1), 10),
        (PER_DAY, timedelta(days=1, seconds=1), 20),
        (PER_DAY, timedelta(days=30), 100),
        (STEPS, timedelta(hours=24), 5),
        (STEPS, timedelta(hours=25), 25),
        (LateRule(), timedelta(days=9), 0),
    ],
)
def test_what_a_rule_takes_off(rule: LateRule, late: timedelta, off: float) -> None:
    """A rule by day counts each day begun; one by steps takes what the last step reached says."""
    assert Deadlines(rule=rule).share_off(int(late.total_seconds())) == off


@given(
    earned=st.floats(0, 32),
    per_day=st.floats(0, 100),
    floor=st.floats(0, 100),
    late=st.integers(0, 10_000_000),
)
def test_no_mark_is_raised_or_falls_below_the_floor(earned: float, per_day: float, floor: float, late: int) -> None:
    """What is taken off is never negative, never more than was earned, and leaves the floor to those who had it."""
    off = Deadlines(rule=LateRule(per_day=per_day, floor=floor)).deduction(late, earned, 32)
    assert 0 <= off <= round(earned, 2) + 0.01
    assert earned - off >= min(earned, 32 * floor / 100) - 0.01


def test_what_was_taken_off_is_shown(tmp_path: Path) -> None:
    """The gradebook has raw, deduction and mark, which add up, and the page says which rule took what."""
    put(tmp_path, "Ada", timedelta(days=1, hours=3))
    put(tmp_path, "Alan", timedelta(0))
    bank = BANK.model_copy(update={"tasks": tuple(entry for entry in BANK.tasks if entry.task.kind != "written")})
    grade([tmp_path / "in"], tmp_path / "out", banks={LESSON: bank}, options=Options(due=DUE, late=PER_DAY))
    ada, alan = rows(tmp_path)["Ada"], rows(tmp_path)["Alan"]
    assert [ada[head] for head in ("raw", "deduction", "mark", "out of")] == ["20", "4", "16", "20"]
    assert [alan[head] for head in ("raw", "deduction", "mark", "out of")] == ["20", "0", "20", "20"]
    text = page(tmp_path, "Ada")
    assert "This was submitted 1 day 3 hours late." in text
    assert "takes off 20% of the 20 points to be had: 4 points. Your mark is 16 instead of 20." in text
    assert "late" not in page(tmp_path, "Alan").split("</style>")[1].split("<main>")[0]


def test_a_mark_that_waits_is_not_reduced_yet(tmp_path: Path) -> None:
    """While written work awaits marking there is no mark, and the page says what the rule will take off."""
    put(tmp_path, "Ada", timedelta(hours=2))
    data = make.submission("Ada", {"W1": {"kind": "written", "text": "The court says so."}})
    moment = (DUE + timedelta(hours=2)).isoformat()
    (tmp_path / "in" / "Ada.json").write_bytes(make.to_bytes(data | {"saved": moment, "handed_in": moment}))
    graded(tmp_path, due=DUE, late=PER_DAY)
    assert [rows(tmp_path)["Ada"][head] for head in ("raw", "deduction", "mark")] == ["", "", ""]
    assert "Your mark follows when your writing is marked." in page(tmp_path, "Ada")


def test_a_day_more_ends_at_the_same_time_of_the_day() -> None:
    """An extension by days keeps the time of the day when clocks change in between."""
    zone = ZoneInfo("Europe/Berlin")
    due = datetime(2026, 10, 24, 23, 59, tzinfo=zone)
    table = PersonTable("extensions.csv", (PersonLine(2, "Ada", "", "", {"due": "+1 day"}),))
    deadlines = Deadlines(due={LESSON: due}, extensions=table, zone=zone)
    deadline = deadlines.deadline(Person.called(["Ada"]), LESSON)
    assert deadline is not None
    assert deadline.due.astimezone(UTC) == datetime(2026, 10, 25, 22, 59, tzinfo=UTC)
