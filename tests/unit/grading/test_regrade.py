"""Older versions of tasks, accepted appeals, and grading again: whose score moves, from what to what, and why."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import make
import pytest
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.course.bank_files import read_bank_file
from copydesk.course.course import Course
from copydesk.course.documents import ContentError
from copydesk.grading import GradingError, GradingReport, Options, grade
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.moderation import waive
from copydesk.grading.marking.session import Session
from copydesk.grading.report.counts import Layout
from copydesk.grading.report.discernment import FormComparison
from copydesk.grading.report.tables import Class, tables
from copydesk.grading.run import regrade as rekeying
from copydesk.grading.run.anonymous_texts import written_texts
from copydesk.grading.run.regrade import Reason, RegradeReport, regrade
from copydesk.grading.scores.appeals import read_appeals
from copydesk.grading.scores.assessment import assess
from copydesk.grading.scores.versions import collect_versions
from copydesk.grading.submissions.submission import read_submissions
from copydesk.release.exercises import release

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.kinds.written.model import Level

BANK = make.bank()
LESSON = BANK.lesson
TEXT = (make.HERE / f"{LESSON}.yml").read_text(encoding="utf-8")
KEY = "doubt: {weight: 1,", "doubt: {weight: 0,"
OTHER_KEY = "neutral: {weight: 0, why: Reporters", "neutral: {weight: 1, why: Reporters"
WORDING = "What does the verb do here?", "What does the verb CLAIMS do here?"
BECAUSE = Reason("T5: the neutral reading is the one that holds", "2026-12-01")


def bank_of(folder: Path, *changes: tuple[str, str]) -> Bank:
    """Return the bank of the tests with some changes of its text."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{LESSON}.yml").write_text(text, encoding="utf-8")
    return read_bank_file(folder / f"{LESSON}.yml").bank


def put(folder: Path, name: str, responses: dict[str, Any], **changes: object) -> None:
    """Write the submission of a learner."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_bytes(make.to_bytes(make.submission(name, responses, **changes)))


def chosen(task: str, *options: str) -> dict[str, Any]:
    """Return a response to a choice task, by its task."""
    return {task: {"kind": "choice", "chosen": list(options)}}


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def results(out: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def moved(found: RegradeReport) -> list[tuple[str, ...]]:
    """Return who moved, in which task, from what to what and why, as the file has it."""
    return [tuple(row[name] for name in ("learner", "task", "from", "to", "why")) for row in table(found.path)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three submissions: Ada took the reference reading of T5, Bo the neutral one, Cy none."""
    made = tmp_path / "in"
    put(made, "Ada", chosen("T5", "doubt") | chosen("T3", "casualties"))
    put(made, "Bo", chosen("T5", "neutral"))
    put(made, "Cy", {"W1": {"kind": "written", "text": "The court found grounds; Tass reported the visit."}})
    return made


@pytest.fixture
def out(folder: Path, tmp_path: Path) -> Path:
    """Return the folder with what grading them came to."""
    grade([folder], tmp_path / "out", banks={LESSON: BANK})
    return tmp_path / "out"


@pytest.fixture
def corrected(tmp_path: Path) -> dict[str, Bank]:
    """Return the banks after the key of T5 was changed."""
    return {LESSON: bank_of(tmp_path / "corrected", KEY, OTHER_KEY)}


# What a submission was made with


def older_and_now(tmp_path: Path) -> tuple[Bank, Bank]:
    """Return a bank and the one that took its place: T5 reworded and keyed anew, T3 of other points, T2 keyed anew."""
    changes = (
        WORDING,
        KEY,
        OTHER_KEY,
        ("points: 2", "points: 1"),
        ("hinted: {weights: {guarded: 1}", "hinted: {weights: {neutral: 1}"),
    )
    return bank_of(tmp_path / "older"), bank_of(tmp_path / "now", *changes)


def test_a_submission_is_graded_by_what_it_was_shown(tmp_path: Path) -> None:
    """Reworded tasks have the key and the points of their time, all others the key of now, and every table says so."""
    older, now = older_and_now(tmp_path)
    sorted_ = {
        "T2": {
            "kind": "sort",
            "placed": {"said": "neutral", "claims": "doubting", "hinted": "guarded", "argued": "neutral"},
        }
    }
    answers = chosen("T5", "doubt") | chosen("T3", "casualties") | sorted_
    put(tmp_path / "in", "Ada", answers, bank=older.fingerprint())
    put(tmp_path / "in", "Bo", answers, bank=now.fingerprint())
    report = grade([tmp_path / "in"], tmp_path / "out", banks={LESSON: now}, kept=[older])
    ada, bo = table(report.gradebook)
    tasks = ["T5 (of 3)", "T3 (of 2)", "T3 (of 1)", "T2 (of 4)"]
    assert [ada[task] for task in tasks[:3]] == ["3", "2", ""]
    assert [bo[task] for task in tasks[:3]] == ["0", "", "1"]
    assert (ada["T2 (of 4)"], bo["T2 (of 4)"]) == ("4", "2.4")
    assert (ada["automatic maximum"], bo["automatic maximum"]) == ("20", "19")
    says = "made with an older version of the tasks and graded with it; changed since: T3, T5"
    raised = "T2: 4 with an earlier key, 2.4 with the corrected one; the higher counts"
    assert (ada["notes"], bo["notes"]) == (f"{says}; {raised}", "")
    assert [row["version of the tasks"] for row in table(tmp_path / "out" / "submissions.csv")] == [
        says,
        "the one of now",
    ]
    assert f"solutions/banks/{LESSON}/{older.fingerprint()[7:23]}.yml" in report.summary()
    assert table(report.problems) == []
    assert "Made with an older version of the tasks: 1." in report.class_report.read_text(encoding="utf-8")
    pages = {path.name[:2]: path.read_text(encoding="utf-8") for path in report.feedback.iterdir()}
    assert "graded on the tasks as you saw them" in pages["ad"]
    assert "What does the verb do here?" in pages["ad"]
    assert "graded on the tasks as you saw them" not in pages["bo"]


def test_tasks_in_another_order_are_the_same_version(tmp_path: Path) -> None:
    """A version in which nothing reads differently is not called older."""
    other = BANK.model_copy(update={"tasks": BANK.tasks[::-1]})
    assert other.fingerprint() != BANK.fingerprint()
    put(tmp_path / "in", "Ada", chosen("T5", "doubt"), bank=other.fingerprint())
    (row,) = table(grade([tmp_path / "in"], tmp_path / "out", banks={LESSON: BANK}, kept=[other]).gradebook)
    assert (row["T5 (of 3)"], row["notes"]) == ("3", "")


def test_nobody_is_graded_by_another_lessons_version(tmp_path: Path) -> None:
    """A submission that names the fingerprint of another lesson's bank is of an unknown version, and has a row."""
    other = BANK.model_copy(update={"lesson": "03-sources"})
    put(tmp_path / "in", "Ada", chosen("T5", "doubt"), bank=other.fingerprint())
    report = grade([tmp_path / "in"], tmp_path / "out", banks={LESSON: BANK, "03-sources": other})
    (row,) = table(report.problems)
    assert (row["outcome"], row["reason"]) == (
        "graded",
        f"it was made with a version of the tasks that is not in solutions/banks/{LESSON}",
    )
    assert "copy of the course" in row["remedy"]


def test_the_class_report_counts_only_what_reads_the_same(tmp_path: Path) -> None:
    """Twelve submissions, two of an older version: these count in the tasks that did not change, and in no other."""
    older, now = older_and_now(tmp_path)
    known, layout = collect_versions({LESSON: now}, [older]), Layout(now)
    kept = []
    for number in range(12):
        bank = older if number < 2 else now
        data = make.submission(
            f"L{number}", chosen("T5", "doubt") | {"T2": make.half_right()["T2"]}, bank=bank.fingerprint()
        )
        (found,) = read_submissions(SubmittedFile("a.json", make.to_bytes(data)), known.now)
        kept.append(layout.pack(assess(found, known)))
    group = Class(layout, kept)
    rows = {row["task"]: row for row in tables([group], FormComparison([], [], 0))["tasks"]}
    assert group.older == 2
    assert [(rows[task]["submissions"], rows[task]["answered"]) for task in ("T2", "T5", "T3")] == [
        (12, 12),
        (10, 10),
        (10, 0),
    ]
    assert rows["T5"]["mean_points"] == 0


# Grading again


def test_one_goes_up_and_one_down(folder: Path, out: Path, corrected: dict[str, Bank]) -> None:
    """A changed key moves one learner up and one down; both are named with the reason, and the third is not."""
    found = regrade([folder], out, reason=BECAUSE, banks=corrected)
    assert moved(found) == [("Ada", "T5", "3", "0", BECAUSE.because), ("Bo", "T5", "0", "3", BECAUSE.because)]
    assert {row["date"] for row in table(found.path)} == {"2026-12-01"}
    lines = found.summary().splitlines()
    assert f"Done: 2 scores of 2 learners changed, 1 up and 1 down: {out / 'rekeyed' / '001.csv'}" in lines
    assert lines[0] == f"  Ada, {LESSON} T5: 3 → 0 (of 3). {BECAUSE.because}"
    assert [row["T5 (of 3)"] for row in table(out / "gradebook.csv")] == ["0", "3", "0"]


def test_a_corrected_key_lowers_nobody(folder: Path, tmp_path: Path, corrected: dict[str, Bank]) -> None:
    """With the key by which they were graded at hand one goes up and none goes down; the rest is said."""
    out = tmp_path / "out"
    grade([folder], out, banks={LESSON: BANK}, kept=[BANK])
    found = regrade([folder], out, reason=BECAUSE, banks=corrected, kept=[BANK])
    assert moved(found) == [("Bo", "T5", "0", "3", BECAUSE.because)]
    ada, bo, _ = table(out / "gradebook.csv")
    assert "T5: 3 with an earlier key, 0 with the corrected one; the higher counts" in ada["notes"]
    assert "earlier key" not in bo["notes"]
    page = next((out / "feedback").glob("ada*")).read_text(encoding="utf-8")
    assert (
        "The key to this task was corrected after you answered. The earlier key gives you more points, so it counts."
        in page
    )


def test_a_strict_run_counts_by_the_corrected_key_alone(
    folder: Path, tmp_path: Path, corrected: dict[str, Bank]
) -> None:
    """Who asks for it gets one up and one down, and nothing more is said."""
    out = tmp_path / "out"
    grade([folder], out, banks={LESSON: BANK}, kept=[BANK])
    found = regrade([folder], out, reason=BECAUSE, banks=corrected, kept=[BANK], options=Options(strict=True))
    assert [row[:4] for row in moved(found)] == [("Ada", "T5", "3", "0"), ("Bo", "T5", "0", "3")]
    assert "earlier key" not in (out / "gradebook.csv").read_text(encoding="utf-8-sig")


def test_every_time_is_kept(folder: Path, out: Path, corrected: dict[str, Bank]) -> None:
    """Each time has its own number; one in which nothing moved is written down, too."""
    regrade([folder], out, reason=BECAUSE, banks=corrected)
    again = regrade([folder], out, reason=Reason("To be sure"), banks=corrected)
    assert again.path.name == "002.csv"
    (row,) = table(again.path)
    assert (row["because"], row["why"]) == ("To be sure", "no score changed")
    assert "No score changed" in again.summary()
    names = ["001-before.csv", "001.csv", "002-before.csv", "002.csv"]
    assert sorted(path.name for path in (out / "rekeyed").iterdir()) == names
    assert regrade([folder, out], out, reason=BECAUSE, banks=corrected).grading.files == 3


def test_order_does_not_matter(folder: Path, tmp_path: Path, corrected: dict[str, Bank]) -> None:
    """The same files in another order come to the same bytes, moves and all."""
    files = sorted(folder.iterdir())
    for name, order in (("one", files), ("two", files[::-1])):
        grade(order, tmp_path / name, banks={LESSON: BANK})
        regrade(order, tmp_path / name, reason=BECAUSE, banks=corrected)
    assert results(tmp_path / "one") == results(tmp_path / "two")


def test_a_run_that_was_killed_is_taken_up(
    folder: Path, out: Path, tmp_path: Path, corrected: dict[str, Bank], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed once the new gradebook was written, started again: the moves are those since the gradebook from before."""
    grade([folder], tmp_path / "quiet", banks={LESSON: BANK})
    regrade([folder], tmp_path / "quiet", reason=BECAUSE, banks=corrected)
    plain = rekeying.grade

    def killed(*arguments: Any, **options: Any) -> GradingReport:  # noqa: ANN401  (stands in for grade)
        plain(*arguments, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(rekeying, "grade", killed)
    with pytest.raises(KeyboardInterrupt):
        regrade([folder], out, reason=BECAUSE, banks=corrected)
    monkeypatch.undo()
    regrade([folder], out, reason=BECAUSE, banks=corrected)
    assert results(out) == results(tmp_path / "quiet")


def test_another_submission_is_another_reason(folder: Path, out: Path) -> None:
    """A later submission, one that is gone and a new learner are told apart from a changed key."""
    put(folder, "Bo-2", chosen("T5", "doubt"), learner={"alias": "Bo"}, handed_in="2026-11-23T08:00:00Z")
    put(folder, "Di", chosen("T5", "doubt"))
    (folder / "Ada.json").unlink()
    found = regrade([folder], out, reason=BECAUSE, banks={LESSON: BANK})
    rows = {row[:2]: row[2:] for row in moved(found)}
    assert rows["Bo", "T5"] == ("0", "3", "another submission counts now: Bo-2.json")
    assert rows["Ada", "T5"] == ("3", "no submission", "the submission was not found again")
    assert "Di" not in {learner for learner, _ in rows}
    assert "1 submission graded for the first time" in found.summary()


def test_a_gradebook_that_a_spreadsheet_saved_is_read(folder: Path, out: Path) -> None:
    """Semicolons and decimal commas are no move; a word in place of a score stops before anything is graded."""
    path = out / "gradebook.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    place = rows[0].index("T2 (of 4)")
    for row in rows[1:]:
        row[place] = "0,0"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    assert regrade([folder], out, reason=BECAUSE, banks={LESSON: BANK}).changes == ()
    path.write_text(path.read_text(encoding="utf-8").replace('"3"', '"good"'), encoding="utf-8")
    with pytest.raises(GradingError, match="row 2: 'good' is not a score"):
        regrade([folder], out, reason=BECAUSE, banks={LESSON: BANK})
    assert not (out / "rekeyed" / "002-before.csv").exists()


def test_a_roster_that_came_in_moves_nobody(folder: Path, out: Path, tmp_path: Path) -> None:
    """Learners who are found on a roster for the first time are compared with themselves."""
    (tmp_path / "roster.csv").write_text("id,name\n1,Ada\n2,Bo\n", encoding="utf-8")
    found = regrade(
        [folder], out, reason=BECAUSE, banks={LESSON: BANK}, options=Options(roster=tmp_path / "roster.csv")
    )
    assert (found.changes, found.new) == ((), 0)


def test_there_must_be_something_to_compare_with(folder: Path, tmp_path: Path) -> None:
    """Without a gradebook nothing is graded, and the remedy is named."""
    with pytest.raises(GradingError, match="grade into it first"):
        regrade([folder], tmp_path / "empty", reason=BECAUSE, banks={LESSON: BANK})
    assert not (tmp_path / "empty").exists()


def mark_all(submissions: Path, folder: Path, level: Level) -> None:
    """Give every text the same level for every criterion, and let the marks count."""
    marks = MarkingFolder(folder, LESSON)
    marks.put_texts(written_texts([submissions], BANK), 7)
    at_work = Session(marks, BANK, marker="Anna", role="first")
    while (standing := at_work.progress()).phase != "end":
        at_work.begin() if standing.text is None else at_work.mark(level)
    waive(marks, "A trial.")


def test_what_was_given_must_be_given_again(folder: Path, tmp_path: Path) -> None:
    """Marks of written work, due time, roster and appeals cannot be lost by forgetting them."""
    mark_all(folder, tmp_path / "marks", 4)
    (tmp_path / "roster.csv").write_text("id,name\n1,Ada\n2,Bo\n3,Cy\n", encoding="utf-8")
    (tmp_path / "appeals.yml").write_text(appeal("Bo", points=1), encoding="utf-8")
    options = Options(
        due=datetime(2026, 11, 29, tzinfo=UTC),
        roster=tmp_path / "roster.csv",
        marks=tmp_path / "marks",
        appeals=tmp_path / "appeals.yml",
    )
    out = tmp_path / "out"
    grade([folder], out, banks={LESSON: BANK}, options=options)
    before = results(out)
    assert table(out / "gradebook.csv")[2]["W1 (of 12)"] == "12"
    with pytest.raises(GradingError, match=r"\(--roster, --canvas or --moodle\), --due, --marks and --appeals"):
        regrade([folder], out, reason=BECAUSE, banks={LESSON: BANK})
    assert results(out) == before
    found = regrade([folder], out, reason=BECAUSE, banks={LESSON: BANK}, options=options)
    assert (found.changes, table(out / "gradebook.csv")[2]["W1 (of 12)"]) == ((), "12")


def test_marks_that_came_in_are_a_reason(folder: Path, out: Path, tmp_path: Path) -> None:
    """Written work that was marked since is told from a changed key."""
    mark_all(folder, tmp_path / "marks", 3)
    found = regrade([folder], out, reason=BECAUSE, banks={LESSON: BANK}, options=Options(marks=tmp_path / "marks"))
    assert moved(found) == [("Cy", "W1", "awaiting marking", "9", "marks of the written work")]


# Appeals


def appeal(learner: str, **changes: object) -> str:
    """Return a file with one accepted appeal."""
    fields = {"learner": learner, "lesson": LESSON, "task": "T5", "points": 2, "why": "A fair reading.", **changes}
    lines = "".join(f"    {name}: {value}\n" for name, value in fields.items())
    return f"schema: copydesk/appeals/1\naccepted:\n  -{lines[3:]}"


def test_an_accepted_appeal_raises_one_learner(folder: Path, out: Path, tmp_path: Path) -> None:
    """Points given to one learner for one task stand in gradebook, feedback and moves with their reason."""
    (tmp_path / "appeals.yml").write_text(appeal(" bo "), encoding="utf-8")
    options = Options(appeals=tmp_path / "appeals.yml")
    found = regrade([folder], out, reason=BECAUSE, banks={LESSON: BANK}, options=options)
    assert moved(found) == [("Bo", "T5", "0", "2", "appeal accepted: A fair reading.")]
    row = table(out / "gradebook.csv")[1]
    assert (row["T5 (of 3)"], row["automatic points"], row["notes"]) == (
        "2",
        "2",
        "T5: 2 points after an appeal, 0 by the key",
    )
    pages = {path.name[:2]: path.read_text(encoding="utf-8") for path in (out / "feedback").iterdir()}
    assert "These points were given after an appeal: A fair reading." in pages["bo"]
    assert "A fair reading." not in pages["ad"]


def test_an_appeal_lowers_nobody(folder: Path, out: Path, tmp_path: Path, corrected: dict[str, Bank]) -> None:
    """Where a corrected key gives more than the appeal did, the key counts, and is the reason."""
    (tmp_path / "appeals.yml").write_text(appeal("Bo"), encoding="utf-8")
    options = Options(appeals=tmp_path / "appeals.yml")
    grade([folder], out, banks={LESSON: BANK}, options=options)
    found = regrade([folder], out, reason=BECAUSE, banks=corrected, options=options)
    assert moved(found)[1] == ("Bo", "T5", "2", "3", BECAUSE.because)
    (row,) = table(found.grading.problems)
    assert "the key already gives 3 of 3, the appeal 2; an appeal never lowers a score" in row["reason"]


def test_an_appeal_of_nobody_is_a_row(folder: Path, out: Path, tmp_path: Path) -> None:
    """An appeal that fits no submission has a reason and a remedy, and changes nothing."""
    (tmp_path / "appeals.yml").write_text(appeal("Bob"), encoding="utf-8")
    report = grade([folder], out, banks={LESSON: BANK}, options=Options(appeals=tmp_path / "appeals.yml"))
    (row,) = table(report.problems)
    assert (row["file"], row["outcome"]) == ("appeals.yml", "not applied")
    assert "'Bob'" in row["reason"]


def test_an_appeal_of_two_learners_stops(tmp_path: Path) -> None:
    """A name that two learners have is no name; with the file it is one learner's."""
    for place in ("one", "two"):
        put(tmp_path / "in" / place, "Bo", chosen("T5", "neutral"), learner={"alias": ""})
    (tmp_path / "appeals.yml").write_text(appeal("Bo"), encoding="utf-8")
    options = Options(appeals=tmp_path / "appeals.yml")
    with pytest.raises(GradingError, match=r"'file: one/Bo\.json'"):
        grade([tmp_path / "in"], tmp_path / "out", banks={LESSON: BANK}, options=options)
    (tmp_path / "appeals.yml").write_text(appeal("Bo", file="two/Bo.json"), encoding="utf-8")
    rows = table(grade([tmp_path / "in"], tmp_path / "out", banks={LESSON: BANK}, options=options).gradebook)
    assert [row["T5 (of 3)"] for row in rows] == ["0", "2"]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"points": 4}, "4 points for T5, which has 3"),
        ({"task": "T9"}, "has no task 'T9'"),
        ({"points": 0}, "greater than 0"),
        ({"reason": "x"}, "'reason' is not known"),
    ],
)
def test_a_wrong_appeal_is_named_with_its_line(tmp_path: Path, changes: dict[str, Any], what: str) -> None:
    """Points beyond the task, an unknown task and an unknown field stop the run before anything is graded."""
    path = tmp_path / "appeals.yml"
    path.write_text(appeal("Bo", **changes), encoding="utf-8")
    with pytest.raises(ContentError, match=rf"appeals.yml, line \d+.*{what}"):
        read_appeals(path, collect_versions({LESSON: BANK}))


# The command, on a course of files


def test_the_commands_on_a_course(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A corrected key takes points from old submissions in a strict run only, that of a reworded task never."""
    course, out = tmp_path / "course", tmp_path / "out"
    (course / "seeds").mkdir(parents=True)
    (course / "lessons").mkdir()
    (course / "seeds" / "article.txt").write_text("x", encoding="utf-8")
    bank_of(course / "solutions" / "tasks")
    monkeypatch.setenv("COPYDESK_COURSE", str(course))
    release(Course(course), check=False)
    assert run("grade", folder, "--out", out) == 0
    bank_of(
        course / "solutions" / "tasks", WORDING, KEY, OTHER_KEY, ("annexation: {weight: 0.5", "annexation: {weight: 1")
    )
    release(Course(course), check=False)
    assert run("rekey", folder, "--out", out, "--because", "T3: both need a source") == 0
    (nobody,) = table(out / "rekeyed" / "001.csv")
    assert nobody["why"] == "no score changed"
    assert run("rekey", folder, "--out", out, "--because", "T3: both need a source", "--strict") == 0
    (row,) = table(out / "rekeyed" / "002.csv")
    assert (row["learner"], row["task"], row["why"]) == ("Ada", "T3", "T3: both need a source")
    assert "changed since: T5" in table(out / "gradebook.csv")[0]["notes"]
    assert run("rekey", folder, "--out", out, "--because", " ") == 1


def run(*arguments: object) -> int:
    """Run a command and return its exit code."""
    return CliRunner().invoke(app, list(map(str, arguments))).exit_code
