"""The mark of the course: which lessons count, with what, what is dropped, and that a reader can work it out."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

import make
import pytest
import simulate
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_grading_feedback import ALLOWED, ALLOWED_ATTRIBUTES, Reader

from copydesk.commands.class_settings import complete
from copydesk.grading import GradingReport, Options, grade
from copydesk.grading.class_file.model import ClassFile
from copydesk.grading.class_file.reading import ClassSettings
from copydesk.grading.scores.course_mark import CourseLesson, course_mark, lowest
from copydesk.grading.scores.lesson_mark import LessonMark
from copydesk.grading.scores.manual_marks import ManualMark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from copydesk.grading.scores.manual_marks import Decision

BANKS, PRACTICE = simulate.banks(), simulate.practice()
SOURCES, CLAIMS, LAST = "02-attribution", "06-verification", "07-transfer"
ROSTER = "id,name,group\n7,Ada Lovelace,\n8,Alan Turing,\n9,Grace Hopper,Reds\n10,Joan Clarke,Reds\n"
LESSONS = {
    SOURCES: {"due": "2026-11-20 12:00", "weight": 2},
    CLAIMS: {"due": "2026-11-24 12:00", "weight": 1},
    LAST: {"due": "2026-12-01 12:00", "weight": 0.5},
}
IN_TIME = "2026-11-19T09:00:00Z"


def put(folder: Path, alias: str, lesson: str, *, right: Sequence[str] = (), at: str = IN_TIME, **more: object) -> None:
    """Write a submission in which the named tasks are all right, and no other is answered; ``more`` are answers."""
    responses = {task: make.reference(BANKS[lesson])[task] for task in right}
    data = make.submission(
        alias, responses | more, lesson=lesson, bank=BANKS[lesson].fingerprint(), saved=at, handed_in=at
    )
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / f"{alias}-{lesson}.json").write_bytes(make.to_bytes(data))


def claims(folder: Path, alias: str, count: int, *, at: str = IN_TIME) -> None:
    """Write a submission for the lesson of five claims, of which so many are right, at 20 per cent each."""
    put(folder, alias, CLAIMS, right=[f"V{number}" for number in range(1, count + 1)], at=at)


def graded(
    folder: Path, tables: dict[str, str] | None = None, *, workers: int = 1, **class_file: object
) -> GradingReport:
    """Grade ``in`` into ``out`` with a class file and the instructor's tables by name."""
    tables = {"roster": ROSTER, **(tables or {})}
    data: dict[str, Any] = {
        "schema": "copydesk/class/1",
        "name": "Autumn",
        "time_zone": "UTC",
        "lessons": LESSONS,
        **class_file,
    }
    pages = data.pop("pages", True)
    for name, text in tables.items():
        if text:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
            data[name] = f"{name}.csv"
    course = ClassSettings(ClassFile.model_validate(data), folder)
    options = complete(Options(workers=workers, pages=pages), course)
    return grade([folder / "in"], folder / "out", banks=BANKS, practice=PRACTICE, options=options)


def table(folder: Path, name: str = "course-gradebook.csv") -> dict[str, dict[str, str]]:
    """Return the rows of the gradebook of the course by the learner's id, or by the first column."""
    text = (folder / "out" / name).read_text(encoding="utf-8-sig")
    return {next(iter(row.values())): row for row in csv.DictReader(io.StringIO(text, newline=""))}


def lesson_cell(row: dict[str, str], lesson: str) -> str:
    """Return the mark of a lesson in a row."""
    return next(value for head, value in row.items() if head.startswith(f"{lesson} ("))


def page(folder: Path, name: str) -> str:
    """Return a learner's page on all lessons, without its head."""
    (path,) = (folder / "out" / "course-pages").glob(f"{name}-*.html")
    return path.read_text(encoding="utf-8").split("</style>", maxsplit=1)[1]


def by_calculator(row: dict[str, str]) -> tuple[Decimal, Decimal]:
    """Return the mark of a row in per cent and in points, from its printed figures and the weights in the heads."""
    total = weights = Decimal()
    for head, cell in row.items():
        lesson = re.fullmatch(r"(?P<name>\S+) \(weight (?P<weight>[0-9.]+)\)", head)
        if lesson and lesson["name"] in row["counted"].split():
            total += Decimal(cell) * Decimal(lesson["weight"])
            weights += Decimal(lesson["weight"])
    percent = (total / weights).quantize(Decimal("0.01"), ROUND_HALF_UP)
    out_of = Decimal(next(head.removeprefix("out of ") for head in row if head.startswith("out of ")))
    return percent, (percent * out_of / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def some_class(folder: Path) -> None:
    """Write submissions of four learners, late and in time, for all lessons or some of them."""
    sources = ["T2", "T3", "T4"]
    for number, alias in enumerate(("7", "8", "9", "10")):
        claims(folder, alias, number + 1, at="2026-11-25T13:00:00Z" if number % 2 else IN_TIME)
        if number:
            put(folder, alias, SOURCES, right=sources[:number], at="2026-11-22T09:00:00Z")
    put(folder, "7", LAST, right=["T1"])


@pytest.mark.parametrize("weights", [None, {"automatic": 3, "taking_part": 1}])
@pytest.mark.parametrize("drop_lowest", [0, 1])
def test_a_calculator_gets_the_same(tmp_path: Path, weights: dict[str, float] | None, drop_lowest: int) -> None:
    """The printed marks of the lessons that count, with the weights in the heads, give the printed mark."""
    some_class(tmp_path)
    graded(
        tmp_path,
        weights=weights,
        drop_lowest=drop_lowest,
        as_of="2026-11-30 12:00",
        total={"out_of": 12},
        late={"per_day": 7},
    )
    rows = table(tmp_path)
    assert list(rows) == ["7", "8", "9", "10"]
    for row in rows.values():
        assert (Decimal(row["mark so far in %"]), Decimal(row["out of 12"])) == by_calculator(row)


def test_a_mark_without_parts_is_points_by_maximum(tmp_path: Path) -> None:
    """Without weights of parts, a lesson's mark is its points, after lateness, by its maximum; weights join them."""
    claims(tmp_path, "7", 4)
    put(tmp_path, "7", SOURCES, right=["T2", "T3"], at="2026-11-21T11:00:00Z")
    graded(tmp_path, late={"per_day": 10})
    row = table(tmp_path)["7"]
    assert lesson_cell(row, CLAIMS) == "80"
    assert lesson_cell(row, SOURCES) == "8.75"  # 6 of 32 points, less 3.2
    assert row["mark so far in %"] == "32.5"  # (2 * 8.75 + 80) / 3
    assert row["counted"] == f"{SOURCES} {CLAIMS}"


def test_parts_have_their_own_weights_and_lateness_takes_its_share_off_the_whole(tmp_path: Path) -> None:
    """A lesson's mark is the weighted mean of the parts that it has; the late rule takes off per cent of all of it."""
    drawer = {"kind": "drawer", "opened": [{"card": "K-TWO", "at": make.MORNING}]}
    put(tmp_path, "7", CLAIMS, right=["V1", "V2", "V3"], at="2026-11-25T11:00:00Z", P1=drawer)
    put(tmp_path, "8", CLAIMS, right=["V1", "V2", "V3"])
    graded(tmp_path, weights={"automatic": 3, "written": 5, "taking_part": 1}, late={"per_day": 10})
    rows = table(tmp_path)
    assert lesson_cell(rows["7"], CLAIMS) == "60"  # (3 * 60 + 1 * 100) / 4 - 10
    assert lesson_cell(rows["8"], CLAIMS) == "45"  # (3 * 60 + 1 * 0) / 4
    text = page(tmp_path, "ada-lovelace")
    assert "tasks scored by rule 60% (weight 3) and taking part in the practice 100% (weight 1)" in text
    assert "takes off 10 percentage points: 70 − 10 = 60%" in text


@pytest.mark.parametrize(
    ("decision", "cell", "reason"),
    [
        ("paper,7", "70", ""),
        ("mark,2.5", "25", ""),
        ("nil,", "0", ""),
        ("excused,", "", "excused: as we agreed"),
        ("not in group,", "0", "not in the group, and nothing else submitted, counts as 0: as we agreed"),
    ],
)
def test_a_decision_by_hand_replaces_all_of_a_lesson(tmp_path: Path, decision: str, cell: str, reason: str) -> None:
    """A mark by hand counts in place of points, parts and lateness; an excused lesson leaves the sum altogether."""
    claims(tmp_path, "7", 5, at="2026-11-30T11:00:00Z")
    put(tmp_path, "7", SOURCES, right=["T2", "T3"])
    lines = f"learner,lesson,decision,points,reason,note\n7,{CLAIMS},{decision},as we agreed,SECRET\n"
    weights = {"automatic": 3, "taking_part": 1}
    graded(tmp_path, {"manual_marks": lines}, late={"per_day": 10}, weights=weights, as_of="2026-11-24 12:00")
    row = table(tmp_path)["7"]
    assert lesson_cell(row, CLAIMS) == cell
    assert (CLAIMS in row["counted"].split()) == bool(cell)
    assert reason in row["missing"]
    text = page(tmp_path, "ada-lovelace")
    assert "as we agreed" in text
    assert "SECRET" not in text


def test_missing_work_is_0_once_it_was_due_for_the_learner(tmp_path: Path) -> None:
    """Nothing submitted counts as 0 if the lesson was due for the learner by ``as_of``, later with an extension."""
    claims(tmp_path, "7", 5)
    lines = f"learner,lesson,due,note\n8,{CLAIMS},+3 days,\n"
    graded(tmp_path, {"extensions": lines})
    assert [lesson_cell(row, CLAIMS) for row in table(tmp_path).values()] == ["100", "", "", ""]
    graded(tmp_path, {"extensions": lines}, as_of="2026-11-24 12:00")
    assert [lesson_cell(row, CLAIMS) for row in table(tmp_path).values()] == ["100", "", "0", "0"]
    row = table(tmp_path)["8"]
    assert f"{CLAIMS}: nothing submitted, not counted yet" in row["missing"]
    assert row["complete"] == "no"
    graded(tmp_path, {"extensions": lines}, as_of="2026-11-27 12:00")
    assert [lesson_cell(row, CLAIMS) for row in table(tmp_path).values()] == ["100", "0", "0", "0"]


def test_a_group_with_more_time_is_not_missing(tmp_path: Path) -> None:
    """If a member of a group has more time, no member has a 0 before that is over."""
    claims(tmp_path, "7", 5)
    lines = f"learner,lesson,due,note\n9,{CLAIMS},+3 days,\n"
    graded(tmp_path, {"extensions": lines}, as_of="2026-11-25 12:00")
    assert [lesson_cell(row, CLAIMS) for row in table(tmp_path).values()] == ["100", "0", "", ""]


def test_a_lesson_that_is_never_due_is_never_missing(tmp_path: Path) -> None:
    """A lesson without a due time counts for those who submitted it, and is 0 for no one."""
    claims(tmp_path, "7", 5)
    graded(tmp_path, lessons={CLAIMS: {}}, as_of="2030-01-01 00:00")
    assert [lesson_cell(row, CLAIMS) for row in table(tmp_path).values()] == ["100", "", "", ""]


def test_a_lesson_with_nothing_to_earn_counts_for_no_one(tmp_path: Path) -> None:
    """A lesson without points, such as a form of statements, says so in its head and keeps no mark from completion."""
    claims(tmp_path, "7", 5)
    graded(tmp_path, lessons={"00-start": {"due": "2026-11-01 12:00"}, CLAIMS: {}}, as_of="2026-11-24 12:00")
    row = table(tmp_path)["7"]
    assert row["00-start (no points)"] == ""
    assert (row["counted"], row["complete"], row["missing"]) == (CLAIMS, "yes", "")


def test_a_mark_waits_for_written_work_only_if_that_counts(tmp_path: Path) -> None:
    """A text that awaits marking keeps its lesson out of the sum, unless written work has no weight."""
    claims(tmp_path, "7", 5)
    put(tmp_path, "7", SOURCES, right=["T2"], W1={"kind": "written", "text": "Some words about it. " * 20})
    lessons = {SOURCES: {}, CLAIMS: {}}
    report = graded(tmp_path, lessons=lessons)
    row = table(tmp_path)["7"]
    assert (lesson_cell(row, SOURCES), row["mark so far in %"], row["complete"]) == ("", "100", "no")
    assert row["missing"] == f"{SOURCES}: awaiting marking: W1"
    assert " not complete: 1 waits for written work to be marked; " in report.summary()
    assert "W1 is waiting to be marked" in page(tmp_path, "ada-lovelace")
    graded(tmp_path, lessons=lessons, weights={"automatic": 1})
    assert table(tmp_path)["7"]["complete"] == "yes"


def test_a_lesson_may_say_itself_how_its_parts_count(tmp_path: Path) -> None:
    """Where a lesson has weights of its own, they count in place of those of the class, and only there."""
    claims(tmp_path, "7", 5)
    put(tmp_path, "7", SOURCES, right=["T2", "T3", "T4"], W1={"kind": "written", "text": "Some words about it. " * 20})
    by_rule = {"weights": {"automatic": 1}}
    graded(tmp_path, lessons={SOURCES: by_rule, CLAIMS: {}})
    rows = table(tmp_path)
    assert (lesson_cell(rows["7"], SOURCES), rows["7"]["complete"]) == ("45", "yes")  # 9 of 20 points by rule
    graded(tmp_path, lessons={SOURCES: {}, CLAIMS: by_rule}, weights={"automatic": 1, "written": 1})
    assert table(tmp_path)["7"]["missing"] == f"{SOURCES}: awaiting marking: W1"


def test_a_guess_is_neither_counted_nor_a_0_nor_shown(tmp_path: Path) -> None:
    """A submission that is a learner's by a guess alone keeps the lesson open, and its mark is on no page."""
    claims(tmp_path, "Turing", 4)
    claims(tmp_path, "7", 5)
    graded(tmp_path, lessons={CLAIMS: {"due": "2026-11-20 12:00"}}, as_of="2026-11-30 12:00")
    row = table(tmp_path)["8"]
    assert (lesson_cell(row, CLAIMS), row["mark so far in %"], row["complete"]) == ("", "", "no")
    assert "may be theirs" in row["missing"]
    assert "80" not in page(tmp_path, "alan-turing")


def test_where_names_are_hidden_no_one_has_a_0(tmp_path: Path) -> None:
    """If a platform hides whose submissions for a lesson are, it isn't known who is missing: no one has a 0."""
    claims(tmp_path, "someone", 5)
    (tmp_path / "in" / f"someone-{CLAIMS}.json").rename(tmp_path / "in" / "anon_zB3x9_208491_work.json")
    report = graded(tmp_path, lessons={CLAIMS: {"due": "2026-11-20 12:00"}}, as_of="2026-11-30 12:00")
    rows = table(tmp_path)
    assert list(rows) == ["7", "8", "9", "10"]
    assert [(lesson_cell(row, CLAIMS), row["complete"]) for row in rows.values()] == [("", "no")] * 4
    assert rows["7"]["missing"] == f"{CLAIMS}: not counted yet, because names are hidden"
    assert "4 wait for a lesson in which names are hidden" in report.summary()
    assert "It counts once names are shown." in page(tmp_path, "ada-lovelace")


def test_a_file_that_cant_be_read_is_no_missing_work(tmp_path: Path) -> None:
    """A learner whose file can't be read doesn't get a 0 for it: the lesson stays open until that is settled."""
    claims(tmp_path, "7", 5)
    (tmp_path / "in" / "Alan Turing.json").write_text("{", encoding="utf-8")
    graded(tmp_path, lessons={CLAIMS: {"due": "2026-11-20 12:00"}}, as_of="2026-11-30 12:00")
    row = table(tmp_path)["8"]
    assert (lesson_cell(row, CLAIMS), row["complete"]) == ("", "no")
    assert "unreadable" in row["missing"]


def lesson(name: str, percent: float, weight: float, decision: Decision | None = None) -> CourseLesson:
    """Return a lesson with a mark."""
    manual = ManualMark(decision, percent, "why") if decision else None
    mark = LessonMark(None, 100, manual=manual)
    return CourseLesson(lesson=name, weight=weight, state="marked", mark=mark, percent=percent)


def best_mean(lessons: Sequence[CourseLesson], most: int) -> Fraction:
    """Return the best weighted mean of all ways to leave out at most so many lessons, of which one stays."""
    means = [mean(lessons)]
    candidates = [entry for entry in lessons if entry.may_be_dropped]
    for count in range(1, min(most, len(lessons) - 1) + 1):
        for dropped in combinations(candidates, count):
            rest = [entry for entry in lessons if entry not in dropped]
            means += [mean(rest)] if rest else []
    return max(means)


def mean(lessons: Sequence[CourseLesson]) -> Fraction:
    """Return the weighted mean of some lessons."""
    values = [Fraction(str(entry.percent)) * Fraction(str(entry.weight)) for entry in lessons]
    return sum(values, Fraction()) / sum((Fraction(str(entry.weight)) for entry in lessons), Fraction())


MARKS = st.integers(0, 10_000).map(lambda number: number / 100)
WEIGHTS = st.sampled_from([0.1, 0.5, 1, 1.5, 2, 3, 7, 10])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(MARKS, WEIGHTS, st.booleans()), min_size=1, max_size=7), st.integers(0, 4))
@example([(0, 1, False), (10, 10, False), (100, 1, False)], 1)
@example([(80, 1, False), (80, 2, False)], 1)
def test_what_is_dropped_is_best_for_the_learner(drawn: list[tuple[float, float, bool]], most: int) -> None:
    """No other choice of lessons to drop gives a better mean; as many are dropped as may be, unless a nil stays."""
    lessons = [lesson(f"{place:02}", mark, weight) for place, (mark, weight, _) in enumerate(drawn)]
    nils = {entry.lesson for entry, (_, _, is_nil) in zip(lessons, drawn, strict=True) if is_nil}
    mixed = [lesson(entry.lesson, 0, entry.weight, "nil") if entry.lesson in nils else entry for entry in lessons]
    for entries in (lessons, mixed):
        dropped = lowest(entries, most)
        assert mean([entry for entry in entries if entry.lesson not in dropped]) == best_mean(entries, most)
        assert len(dropped) <= most
    assert len(lowest(lessons, most)) == min(most, len(lessons) - 1)
    assert not lowest(mixed, most) & nils
    assert lowest(lessons[::-1], most) == lowest(lessons, most)


def test_a_nil_stays_and_an_excused_lesson_uses_up_no_drop(tmp_path: Path) -> None:
    """The lowest lesson is dropped, but never a nil, and an excused lesson isn't the one that is dropped."""
    for alias in ("7", "8"):
        claims(tmp_path, alias, 1)
        put(tmp_path, alias, SOURCES, right=["T2"])
        put(tmp_path, alias, LAST, right=["T1"])
    heads = "learner,lesson,decision,points,reason,note\n"
    lines = f"7,{SOURCES},nil,,copied,\n8,{SOURCES},excused,,ill,\n"
    lessons = {SOURCES: {"weight": 0.1}, CLAIMS: {}, LAST: {}}
    graded(tmp_path, {"manual_marks": heads + lines}, lessons=lessons, drop_lowest=1)
    rows = table(tmp_path)
    assert (rows["7"]["dropped"], rows["7"]["counted"]) == (CLAIMS, f"{SOURCES} {LAST}")
    assert (rows["8"]["dropped"], rows["8"]["counted"]) == (CLAIMS, LAST)
    assert "A lesson set to 0 is never left out" in page(tmp_path, "ada-lovelace")


def test_one_lesson_always_stays() -> None:
    """However many are dropped, one lesson is left to make the mark."""
    mark = course_mark([lesson("01", 40, 1), lesson("02", 60, 1)], drop_lowest=5, out_of=10)
    assert (mark.dropped, mark.percent, mark.points) == ({"01"}, 60, 6)


def test_everyone_on_the_roster_has_a_row_and_a_page(tmp_path: Path) -> None:
    """Those who submitted nothing are there too, and a group's mark is that of each member."""
    claims(tmp_path, "Reds", 3)
    report = graded(tmp_path, as_of="2026-11-24 12:00")
    rows = table(tmp_path)
    assert [lesson_cell(row, CLAIMS) for row in rows.values()] == ["0", "0", "60", "60"]
    assert len(list((tmp_path / "out" / "course-pages").iterdir())) == 4
    with zipfile.ZipFile(tmp_path / "out" / "course-pages.zip") as archive:
        assert len(archive.namelist()) == 4
    assert "complete for 0 of 4 learners" in report.summary()
    assert "4 marks of the course not complete: 4 submitted nothing" in report.summary()


def test_without_a_roster_each_who_submitted_has_a_row(tmp_path: Path) -> None:
    """Without a roster the alias brings a learner's lessons together."""
    claims(tmp_path, "Ada", 4)
    put(tmp_path, "Ada", LAST, right=["T1"])
    claims(tmp_path, "Bo", 1)
    graded(tmp_path, {"roster": ""})
    rows = table(tmp_path)
    assert list(rows) == ["Ada", "Bo"]
    assert (lesson_cell(rows["Ada"], CLAIMS), lesson_cell(rows["Ada"], LAST)) == ("80", "100")
    assert "80%" in page(tmp_path, "ada")


def test_the_summary_adds_up(tmp_path: Path) -> None:
    """Complete marks and those that wait are all learners, each counted once."""
    claims(tmp_path, "7", 5)
    claims(tmp_path, "Turing", 4)
    put(tmp_path, "9", CLAIMS, right=["V1"])
    summary = graded(tmp_path, lessons={CLAIMS: {"due": "2026-11-24 12:00"}}).summary()
    complete, count = map(int, re.findall(r"complete for ([0-9]+) of ([0-9]+) learners", summary)[0])
    (reasons,) = re.findall(r"not complete: (.*)", summary)
    waiting = map(int, re.findall(r"(?:^|; )([0-9]+) ", reasons))
    assert (complete, count) == (2, 4)
    assert complete + sum(waiting) == count


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Claims (5),Mark (6)\n"
    "    Points Possible,,,,,10,{points}\n"
    '"Lovelace, Ada",340,7,ada,A,,\n"Turing, Alan",341,8,alan,A,,\n"Hopper, Grace",342,9,grace,A,,EX\n'
)
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade)\n"
    "Participant 901,Ada Lovelace,,,,{points},Yes,-\nParticipant 902,Alan Turing,,,,{points},Yes,-\n"
)
TOTAL = {"out_of": 50, "column": "Mark (6)", "moodle": "worksheet.csv"}


@pytest.mark.parametrize("points", ["50", "60"])
def test_complete_marks_go_to_the_platform_out_of_its_points(tmp_path: Path, points: str) -> None:
    """A complete mark goes into Canvas's column and Moodle's worksheet, unless that is worth other points."""
    for alias in ("7", "9"):
        claims(tmp_path, alias, 4)
        put(tmp_path, alias, LAST, right=["T1"])
    claims(tmp_path, "8", 3)
    (tmp_path / "worksheet.csv").write_text(WORKSHEET.format(points=points), encoding="utf-8")
    lessons = {CLAIMS: {}, LAST: {}}
    report = graded(tmp_path, {"canvas": CANVAS.format(points=points)}, lessons=lessons, total=TOTAL)
    assert table(tmp_path)["8"]["mark so far in %"] == "60"
    mark = "45" if points == "50" else ""
    canvas = (tmp_path / "out" / "import-canvas.csv").read_text(encoding="utf-8")
    moodle = (tmp_path / "out" / "import-moodle-course.csv").read_text(encoding="utf-8")
    assert f'"Lovelace, Ada",340,7,ada,A,,{mark}\n"Turing, Alan",341,8,alan,A,,\n' in canvas
    assert '"Hopper, Grace",342,9,grace,A,,EX' in canvas
    assert f"Participant 901,Ada Lovelace,,,{mark},{points}" in moodle
    assert f"Participant 902,Alan Turing,,,,{points}" in moodle
    problems = (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8-sig")
    assert ("out of 50 points, and in canvas.csv the assignment is worth 60" in problems) == (points == "60")
    assert "The mark of the course in" in report.summary()
    assert "not complete yet" in report.summary()


def test_no_column_is_missed_for_a_lesson_with_a_worksheet_or_without_points(tmp_path: Path) -> None:
    """Canvas's export needs no column for a lesson that is in Moodle, or that has nothing to earn; others do."""
    for lesson in ("00-start", CLAIMS, LAST):
        put(tmp_path, "7", lesson)
    (tmp_path / "worksheet.csv").write_text(WORKSHEET.format(points=10), encoding="utf-8")
    lessons = {"00-start": {}, CLAIMS: {"moodle": "worksheet.csv"}, LAST: {}}
    graded(tmp_path, {"canvas": CANVAS.format(points=50)}, lessons=lessons)
    problems = (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8-sig")
    assert re.findall(r"no column in it is for the lesson ([0-9a-z-]+)", problems) == [LAST]
    lessons[CLAIMS]["column"] = "Claims (9)"
    graded(tmp_path, {"canvas": CANVAS.format(points=50)}, lessons=lessons)
    problems = (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8-sig")
    assert "Claims (9)" in problems


def test_a_heading_that_isnt_there_is_named_with_those_like_it(tmp_path: Path) -> None:
    """If Canvas's export lacks the column, a row says which headings there are, and nothing is filled in."""
    claims(tmp_path, "7", 4)
    graded(tmp_path, {"canvas": CANVAS.format(points=50)}, lessons={CLAIMS: {}}, total={"column": "Marks (7)"})
    problems = (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8-sig")
    assert "names the column 'Marks (7)'" in problems
    assert "'Mark (6)'" in problems


def test_a_page_is_safe_and_has_only_its_learner(tmp_path: Path) -> None:
    """A page runs nothing, links nowhere, shows what people wrote as text, and names no other learner."""
    claims(tmp_path, "7", 4)
    claims(tmp_path, "8", 2)
    comments = f"learner,lesson,task,comment\n7,{CLAIMS},V2,{make.SCRIPT}\n8,{CLAIMS},,Only for Alan.\n"
    roster = ROSTER.replace("Ada Lovelace", "Ada <i>Lovelace")
    lines = f"learner,lesson,decision,points,reason,note\n7,{LAST},excused,,{make.SCRIPT},SECRET\n"
    graded(tmp_path, {"roster": roster, "comments": comments, "manual_marks": lines}, name="<b>Autumn")
    text = page(tmp_path, "ada-i-lovelace")
    reader = Reader()
    (path,) = (tmp_path / "out" / "course-pages").glob("ada-*.html")
    reader.feed(path.read_text(encoding="utf-8"))
    assert {tag for tag, _ in reader.tags} <= ALLOWED - {"a", "mark"}
    assert {name for _, attributes in reader.tags for name in attributes} <= ALLOWED_ATTRIBUTES - {"href"}
    assert not reader.open
    assert text.count("&lt;script&gt;") == 2
    assert "Ada &lt;i&gt;Lovelace" in text
    for word in ("Turing", "Alan", "SECRET", "Hopper", "rank"):
        assert word not in text


def test_a_members_comment_is_on_their_own_page(tmp_path: Path) -> None:
    """What is written for one member of a group, or for the group, is on the member's page on all lessons."""
    claims(tmp_path, "Reds", 3)
    comments = f"learner,lesson,task,comment\n9,{CLAIMS},,For Grace alone.\nReds,{CLAIMS},,For all Reds.\n"
    graded(tmp_path, {"comments": comments})
    assert "For Grace alone." in page(tmp_path, "grace-hopper")
    assert "For all Reds." in page(tmp_path, "grace-hopper")
    assert "For all Reds." in page(tmp_path, "joan-clarke")
    assert "For Grace alone." not in page(tmp_path, "joan-clarke")
    (shared,) = (tmp_path / "out" / "feedback").iterdir()
    assert "For Grace alone." not in shared.read_text(encoding="utf-8")


def test_the_page_has_the_calculation(tmp_path: Path) -> None:
    """A learner reads each product, the sums and the mark, and why a lesson is left out."""
    claims(tmp_path, "7", 4)
    put(tmp_path, "7", SOURCES, right=["T2", "T3"])
    put(tmp_path, "7", LAST, right=["T1"])
    graded(tmp_path, drop_lowest=1, total={"out_of": 20})
    text = page(tmp_path, "ada-lovelace")
    for line in (f"{CLAIMS}: 80 × 1 = 80", f"{LAST}: 100 × 0.5 = 50", "130 ÷ 1.5 = 86.67%", "of 20 points = 17.33"):
        assert line in text
    assert f"{SOURCES}: " not in text
    assert "left out, to your advantage" in text


def test_pages_go_when_no_run_makes_them(tmp_path: Path) -> None:
    """Without pages, or for a learner who left the roster, an earlier page is removed; a file that isn't ours stays."""
    claims(tmp_path, "7", 4)
    graded(tmp_path)
    other = tmp_path / "out" / "course-pages" / "notes-0123456789.html"
    other.write_text("mine", encoding="utf-8")
    graded(tmp_path, {"roster": ROSTER.replace("8,Alan Turing,\n", "")})
    assert not list((tmp_path / "out" / "course-pages").glob("alan-*"))
    graded(tmp_path, pages=False)
    assert list((tmp_path / "out" / "course-pages").iterdir()) == [other]
    assert not (tmp_path / "out" / "course-pages.zip").exists()
    assert (tmp_path / "out" / "course-gradebook.csv").exists()


def test_results_among_submissions_are_not_submissions(tmp_path: Path) -> None:
    """A results folder inside the submissions is passed over, its pages and its zip file too."""
    claims(tmp_path, "7", 4)
    graded(tmp_path)
    shutil.copytree(tmp_path / "out", tmp_path / "in" / "graded")
    report = graded(tmp_path)
    assert (report.graded, report.not_graded) == (1, 0)


def test_the_same_files_give_the_same_course(tmp_path: Path) -> None:
    """Order of the files and number of workers change no byte of the gradebook of the course or of a page."""
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        some_class(folder)
    for path in sorted((second / "in").iterdir()):
        path.rename(path.with_name(f"{999 - ord(path.name[0])}-{path.name}"))
    class_file: dict[str, Any] = {"drop_lowest": 1, "as_of": "2026-11-24 12:00", "late": {"per_day": 10}}
    graded(first, **class_file)
    graded(second, workers=2, **class_file)
    assert files(first) == files(second)


def files(folder: Path) -> dict[str, bytes]:
    """Return what a run says of the course, by name."""
    out = folder / "out"
    paths = [out / "course-gradebook.csv", out / "course-pages.zip", *(out / "course-pages").iterdir()]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}
