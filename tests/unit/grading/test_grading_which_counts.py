"""Which of a learner's submissions counts, in the gradebook and on the marking desk."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import make
import pytest

from copydesk.grading import GradingReport, Options, grade
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.run.anonymous_texts import written_texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
DUE = datetime(2026, 11, 22, 12, tzinfo=UTC)
ALL = ("T1", "T2", "T3", "T4", "T5")
CANVAS = "lovelaceada_340_{upload}_02.json"


def put(folder: Path, name: str, *tasks: str, at: str = "10:00", **changes: object) -> Path:
    """Write a submission of Ada's with right answers to some tasks, answered and submitted at a time of the day."""
    right, moment = make.reference(BANK), f"2026-11-22T{at}:00Z"
    answers = {task: make.answer(right[task], at=moment) for task in tasks}
    data = make.submission("Ada", {}, saved=moment, handed_in=moment) | {"answers": answers} | changes
    path = folder / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(make.to_bytes({name: value for name, value in data.items() if value is not None}))
    return path


def written(text: str, at: str) -> dict[str, Any]:
    """Return the answers of a submission that has a text."""
    return {"W1": make.answer({"kind": "written", "text": text}, at=f"2026-11-22T{at}:00Z")}


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a result table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def graded(folder: Path, **options: Any) -> GradingReport:  # noqa: ANN401  (whatever grade takes)
    """Grade ``in`` into ``out``."""
    return grade([folder / "in"], folder / "out", banks=BANKS, options=Options(**options))


def total(folder: Path) -> str:
    """Return the points by rule of the only learner."""
    (row,) = table(folder / "out" / "gradebook.csv")
    return row["automatic points"]


def counting(folder: Path) -> dict[str, tuple[str, str]]:
    """Return for each submission whether it counts, and whether it was submitted."""
    return {row["file"]: (row["counts"], row["state"]) for row in table(folder / "out" / "submissions.csv")}


@pytest.mark.parametrize("saved", ["09:00", "10:30"])
def test_what_was_handed_in_counts(tmp_path: Path, saved: str) -> None:
    """A file that was only saved does not replace a submission, and a row says that it was never submitted."""
    put(tmp_path, "submissions/02-attribution-ada.json", *ALL)
    put(tmp_path, "answers/02-attribution.json", "T1", at=saved, handed_in=None)
    graded(tmp_path)
    assert total(tmp_path) == "20"
    (row,) = table(tmp_path / "out" / "problems.csv")
    assert row["file"] == "answers/02-attribution.json"
    assert "never submitted" in row["reason"]
    assert ("saved later" in row["reason"]) == (saved > "10:00")
    assert counting(tmp_path) == {
        "submissions/02-attribution-ada.json": ("yes", "submitted"),
        "answers/02-attribution.json": ("no", "saved, never submitted"),
    }


def test_a_late_submission_counts_over_what_was_only_saved(tmp_path: Path) -> None:
    """Submitted late is submitted all the same; saved in time is not."""
    put(tmp_path, "draft.json", "T1", at="11:00", handed_in=None)
    put(tmp_path, "late.json", *ALL, at="13:00")
    graded(tmp_path, due=DUE)
    assert total(tmp_path) == "20"


def test_among_drafts_the_newest_counts(tmp_path: Path) -> None:
    """Who submitted nothing is graded by what was saved last, and the gradebook says so."""
    put(tmp_path, "old.json", "T1", at="09:00", handed_in=None)
    put(tmp_path, "new.json", *ALL, at="10:00", handed_in=None)
    graded(tmp_path)
    (row,) = table(tmp_path / "out" / "gradebook.csv")
    assert (row["automatic points"], row["notes"]) == ("20", "saved but not submitted")


def test_submissions_that_complete_each_other_count_together(tmp_path: Path) -> None:
    """What was answered in two browsers counts task by task, and both files are named."""
    put(tmp_path, "ada.json", "T1", "T2", "T3", at="10:00")
    put(tmp_path, "ada (1).json", "T4", "T5", at="10:05")
    report = graded(tmp_path)
    (row,) = table(tmp_path / "out" / "gradebook.csv")
    assert (row["file"], row["automatic points"], row["submissions"]) == ("ada (1).json", "20", "2")
    assert row["notes"] == "T1, T2 and T3 from ada.json"
    assert counting(tmp_path) == {"ada (1).json": ("yes", "submitted"), "ada.json": ("for T1 T2 T3", "submitted")}
    (problem,) = table(tmp_path / "out" / "problems.csv")
    assert (problem["file"], problem["outcome"]) == ("ada.json", "graded")
    assert "T1, T2 and T3 from this one" in problem["reason"]
    assert (report.joined, report.superseded) == (1, 0)
    assert "2 submissions and files (02-attribution): 1 graded, 1 joined" in report.summary()
    (page,) = (tmp_path / "out" / "feedback").iterdir()
    assert "20" in page.read_text(encoding="utf-8")


def test_joining_changes_no_byte_the_second_time(tmp_path: Path) -> None:
    """Results with submissions that count together are the same each time, also with several workers and from a zip."""
    put(tmp_path, "ada.json", "T1", "T2", at="10:00")
    put(tmp_path, "b/ada.json", "T3", "T4", at="10:05")
    put(tmp_path, "c/ada.json", "T5", at="10:07")
    graded(tmp_path)
    first = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    graded(tmp_path, workers=2)
    assert first == {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert total(tmp_path) == "20"
    files = {path.name: path.read_bytes() for path in (tmp_path / "in").glob("*.json")}
    files |= {f"{path.parent.name}.json": path.read_bytes() for path in (tmp_path / "in").glob("*/*.json")}
    (tmp_path / "all.zip").write_bytes(make.zipped(files))
    grade([tmp_path / "all.zip"], tmp_path / "out", banks=BANKS)
    assert total(tmp_path) == "20"


def test_of_one_task_the_newest_answer_counts(tmp_path: Path) -> None:
    """Where the platform says whose both are, they may overlap: the newer answer counts, as in the learner's store."""
    wrong = {"kind": "choice", "chosen": ["proof"]}
    first = put(tmp_path, CANVAS.format(upload=1001), "T1", "T5", at="10:02")
    put(tmp_path, CANVAS.format(upload=1002), "T2", "T3", "T4", at="10:05")
    second = json.loads((tmp_path / "in" / CANVAS.format(upload=1002)).read_text(encoding="utf-8"))
    second["answers"]["T5"] = make.answer(wrong, at="2026-11-22T09:00:00Z")
    (tmp_path / "in" / CANVAS.format(upload=1002)).write_bytes(make.to_bytes(second))
    graded(tmp_path)
    assert total(tmp_path) == "20"
    assert counting(tmp_path)[first.name] == ("for T1 T5", "submitted")


def test_an_alias_alone_joins_nothing_that_overlaps(tmp_path: Path) -> None:
    """Two files of one alias that answer the same task may be two people's: the later counts, a row names the gap."""
    put(tmp_path, "one.json", "T1", "T2", at="10:00")
    put(tmp_path, "two.json", "T2", "T3", at="10:05")
    graded(tmp_path)
    (row,) = table(tmp_path / "out" / "gradebook.csv")
    assert (row["T1 (of 8)"], row["T2 (of 4)"], row["T3 (of 2)"]) == ("0", "4", "2")
    (problem,) = table(tmp_path / "out" / "problems.csv")
    assert "this one answers T1, which the other leaves open" in problem["reason"]
    assert "take the other file out" in problem["remedy"]
    (tmp_path / "in" / "two.json").unlink()  # the remedy
    graded(tmp_path)
    assert table(tmp_path / "out" / "gradebook.csv")[0]["T1 (of 8)"] == "8"


@pytest.mark.parametrize(("line", "points"), [("17,Ada,", "14"), ("17,Cora Ada,Ada", "6")])
def test_what_the_roster_says_of_an_alias(tmp_path: Path, line: str, points: str) -> None:
    """Files that overlap count together where the alias is the whole name or the id, not where it is a nickname."""
    put(tmp_path, "one.json", "T1", "T2", at="10:00")
    put(tmp_path, "two.json", "T2", "T3", at="10:05")
    roster = tmp_path / "class.csv"
    roster.write_text(f"id,name,alias\n{line}\n", encoding="utf-8")
    for path in (tmp_path / "in").iterdir():
        path.write_bytes(path.read_bytes().replace(b'"Ada"', b'"17"' if points == "14" else b'"Ada"'))
    graded(tmp_path, roster=roster)
    assert total(tmp_path) == points


def test_a_resubmission_on_a_platform_replaces_what_it_answers(tmp_path: Path) -> None:
    """Of two uploads of one learner the newer answer to each task counts, and the row says how to count only one."""
    put(tmp_path, CANVAS.format(upload=1001), *ALL, at="10:00")
    later = put(tmp_path, CANVAS.format(upload=1002), "T3", at="10:05")
    graded(tmp_path)
    assert total(tmp_path) == "20"
    (problem,) = table(tmp_path / "out" / "problems.csv")
    assert problem["remedy"] == (
        "Nothing to do; if only one of the two should count, take the other file out and grade again"
    )
    (tmp_path / "in" / CANVAS.format(upload=1001)).unlink()  # the remedy
    graded(tmp_path)
    assert (total(tmp_path), list(counting(tmp_path))) == ("2", [later.name])


def test_a_late_one_completes_nothing(tmp_path: Path) -> None:
    """What was submitted in time counts alone, and a row says what the late one would add."""
    put(tmp_path, CANVAS.format(upload=1001), "T1", at="10:00")
    put(tmp_path, CANVAS.format(upload=1002), "T2", at="13:00")
    graded(tmp_path, due=DUE)
    assert total(tmp_path) == "8"
    (problem,) = table(tmp_path / "out" / "problems.csv")
    assert "the file that was on time counts" in problem["reason"]
    assert "answers T2" in problem["reason"]


def test_a_later_whole_submission_is_no_joining(tmp_path: Path) -> None:
    """Who submits again with everything is graded by that alone."""
    put(tmp_path, "one.json", "T1", at="10:00")
    put(tmp_path, "two.json", *ALL, at="10:05")
    report = graded(tmp_path)
    assert (report.joined, report.superseded, total(tmp_path)) == (0, 1, "20")


def early_and_late(folder: Path) -> None:
    """Write a submission in time and one after it."""
    put(folder, CANVAS.format(upload=1001), answers=written("EARLY", "10:00"))
    put(folder, "lovelaceada_LATE_340_1002_02.json", at="13:00", answers=written("LATE", "13:00"))


def draft_after_submission(folder: Path) -> None:
    """Write a submission and a file that was saved later."""
    put(folder, "one.json", answers=written("SUBMITTED", "10:00"))
    put(folder, "two.json", at="10:30", answers=written("ONLY SAVED", "10:30"), handed_in=None)


def two_browsers(folder: Path) -> None:
    """Write two submissions that complete each other."""
    put(folder, "one.json", answers=written("FROM THE FIRST", "10:00"))
    put(folder, "two.json", "T1", at="10:30")


@pytest.mark.parametrize(
    ("arrange", "options", "expected"),
    [
        (early_and_late, {"due": DUE}, ["EARLY"]),
        (early_and_late, {}, ["LATE"]),
        (draft_after_submission, {}, ["SUBMITTED"]),
        (two_browsers, {}, ["FROM THE FIRST"]),
    ],
)
def test_the_desk_shows_the_text_that_counts(
    tmp_path: Path, arrange: Callable[[Path], None], options: dict[str, Any], expected: list[str]
) -> None:
    """With the same options as for grading, the text to be marked is the one of the submission that counts."""
    arrange(tmp_path)
    assert written_texts([tmp_path / "in"], BANK, options=Options(**options)) == {"W1": expected}


def test_a_text_that_nobody_can_mark_is_said(tmp_path: Path) -> None:
    """If a text counts that the desk does not have, the run says so and what to do; once done, it says nothing."""
    early_and_late(tmp_path)
    folder = MarkingFolder(tmp_path / "marks", BANK.lesson)
    folder.put_texts(written_texts([tmp_path / "in"], BANK), 1)
    report = graded(tmp_path, due=DUE, marks=tmp_path / "marks")
    assert "1 written answer awaiting marking by a person; 1 of them not on the marking desk" in report.summary()
    assert "Next: mark 1 written answer of 02-attribution: `copydesk mark " in report.summary()
    assert "W1 is not on the marking desk" in table(report.gradebook)[0]["notes"]
    folder.put_texts(written_texts([tmp_path / "in"], BANK, options=Options(due=DUE)), 1)
    assert "not on the marking desk" not in graded(tmp_path, due=DUE, marks=tmp_path / "marks").summary()


def test_the_desk_knows_a_learner_by_the_roster(tmp_path: Path) -> None:
    """Two names of one learner on the roster are one learner on the desk, too."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,alias\n17,Ada Lovelace,Countess\n", encoding="utf-8")
    put(tmp_path, "one.json", answers=written("FIRST", "10:00"), learner={"alias": "Ada Lovelace"})
    put(tmp_path, "two.json", at="11:00", answers=written("SECOND", "11:00"), learner={"alias": "Countess"})
    assert written_texts([tmp_path / "in"], BANK, options=Options(roster=roster)) == {"W1": ["SECOND"]}
    assert sorted(written_texts([tmp_path / "in"], BANK)["W1"]) == ["FIRST", "SECOND"]


@pytest.mark.parametrize(
    "name", ["lovelaceada_340_208490_02.json", "Ada Lovelace.json", "02-attribution-ada@example.org (1).json"]
)
def test_a_broken_file_is_not_nothing(tmp_path: Path, name: str) -> None:
    """Who is on the roster and sent a file that cannot be read is called unreadable, not "not submitted"."""
    roster = tmp_path / "roster.csv"
    roster.write_text(
        'Student,ID,Section,e-mail\n"Lovelace, Ada",340,A,ada@example.org\n"Dallow, Bo",341,A,\n"Tallow, Cy",342,A,\n',
        encoding="utf-8",
    )
    put(tmp_path, name).write_bytes(b'{"schema": "copydesk/answers/1", "les')
    put(tmp_path, "dallowbo_341_208491_02.json", *ALL)
    report = graded(tmp_path, roster=roster)
    notes = {row["name"]: row["notes"] for row in table(report.gradebook)}
    assert notes["Lovelace, Ada"] == f"unreadable: {name}, see problems.csv"
    assert notes["Tallow, Cy"] == "not submitted"
    certainty = {row["name"]: row["certainty"] for row in table(tmp_path / "out" / "roster-report.csv")}
    assert certainty == {"Lovelace, Ada": "unreadable", "Dallow, Bo": "sure", "Tallow, Cy": "nothing submitted"}
    assert [row["file"] for row in table(report.problems) if row["outcome"] == "not graded"] == [name]


@pytest.mark.parametrize(("lesson", "is_sent_again"), [(BANK.lesson, True), ("03-sources", False)])
def test_a_broken_file_that_was_sent_again(tmp_path: Path, lesson: str, *, is_sent_again: bool) -> None:
    """Once another file of the learner counts for the lesson, no one is asked for it again; the numbers add up."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,e-mail\n340,Ada Lovelace,ada@example.org\n", encoding="utf-8")
    put(tmp_path, f"{BANK.lesson}-ada@example.org.json").write_bytes(b'{"schema": "copydesk/answers/1", "les')
    broken = f"{lesson}-ada@example.org (1).json"
    (tmp_path / "in" / f"{BANK.lesson}-ada@example.org.json").rename(tmp_path / "in" / broken)
    put(tmp_path, "mailed.json", *ALL, learner={"alias": "Ada Lovelace"})
    report = graded(tmp_path, roster=roster)
    outcomes = {row["file"]: row["outcome"] for row in table(report.problems)}
    assert outcomes[broken] == ("superseded" if is_sent_again else "not graded")
    assert (report.sent_again, report.not_graded) == ((1, 0) if is_sent_again else (0, 1))
    assert report.files == 2
    assert f"1 graded, 1 not {'readable, but sent again' if is_sent_again else 'graded'}" in report.summary()
