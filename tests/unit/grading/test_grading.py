"""Grading from end to end: what lies in the output folder after files were submitted."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import make
import pytest

from copydesk.grading import GradingError, GradingReport, grade
from copydesk.grading.files.result_names import FEEDBACK_ZIP, FINISHED, PACKED
from copydesk.grading.scores.versions import UNKNOWN_VERSION
from copydesk.owned_files import LIST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.course.bank import Bank

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
RESULTS = {
    *(
        "gradebook.csv",
        "submissions.csv",
        "problems.csv",
        "similar.csv",
        "feedback",
        "feedback.zip",
        "report",
        "report.html",
    ),
    FINISHED,
    PACKED[FEEDBACK_ZIP],
    LIST,
}
TASKS = ["T1 (of 8)", "T2 (of 4)", "T3 (of 2)", "T4 (of 3)", "T5 (of 3)", "W1 (of 12)"]


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a result table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def put(folder: Path, name: str, data: object) -> Path:
    """Write a JSON file and return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else make.to_bytes(data))
    return path


def results(out: Path) -> dict[str, bytes]:
    """Return every result file below a folder with its bytes."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def promised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[GradingReport, Path]]:
    """Grade the folder of the issue: whole, empty, half-right, truncated, 200 MB, escaping zip, script."""
    folder, out = tmp_path_factory.mktemp("submissions"), tmp_path_factory.mktemp("out")
    make.holds_when(folder)
    yield grade([folder], out, banks=BANKS), out
    (folder / "big.json").unlink()


def test_scores_of_the_promised_folder(promised: tuple[GradingReport, Path]) -> None:
    """The solution earns all points, no answers none, half-right answers the computed part."""
    report, _ = promised
    rows = {row["file"]: row for row in table(report.gradebook)}
    assert {name: row["automatic points"] for name, row in rows.items()} == {
        "solution.json": "20",
        "half.json": "4.6",
        "no-answers.json": "0",
        "script.json": "0",
    }
    assert [rows["half.json"][head] for head in TASKS] == ["0", "0.8", "2", "1.8", "0", "0"]
    assert [rows["solution.json"][head] for head in TASKS] == ["8", "4", "2", "3", "3", ""]
    assert (report.files, report.graded, report.not_graded, report.awaiting_marking) == (9, 4, 5, 2)


def test_reasons_of_the_promised_folder(promised: tuple[GradingReport, Path]) -> None:
    """Every file that was not graded is one row with a reason and a remedy."""
    rows = {row["file"]: row for row in table(promised[0].problems)}
    assert sorted(rows) == ["big.json", "empty.json", "escape.zip/../../x", "escape.zip/../../x.json", "truncated.json"]
    assert all(row["reason"] and row["remedy"] and row["outcome"] == "not graded" for row in rows.values())
    assert "200 MB" in rows["big.json"]["reason"]
    assert "not complete JSON" in rows["truncated.json"]["reason"]


def test_nothing_leaves_the_output_folder(promised: tuple[GradingReport, Path]) -> None:
    """A zip member called ../../x is written nowhere."""
    _, out = promised
    assert {path.name for path in out.iterdir()} == RESULTS
    assert not [path for folder in (out.parent, out.parent.parent) for path in folder.glob("x*")]


def test_no_cell_runs_in_a_spreadsheet(promised: tuple[GradingReport, Path]) -> None:
    """An alias that is a formula is text in the gradebook: an apostrophe stands before it."""
    report, _ = promised
    assert "'" + make.FORMULA in {row["learner"] for row in table(report.gradebook)}
    for path in (report.gradebook, report.problems):
        assert not [value for row in table(path) for value in row.values() if value[:1] in set("=+-@\t\r")]


def test_written_answers_await_marking(promised: tuple[GradingReport, Path]) -> None:
    """A written answer has an empty cell and is named as awaiting marking; no text at all has 0."""
    rows = {row["file"]: row for row in table(promised[0].gradebook)}
    assert (rows["script.json"]["W1 (of 12)"], rows["script.json"]["awaiting marking"]) == ("", "W1")
    assert (rows["half.json"]["W1 (of 12)"], rows["half.json"]["awaiting marking"]) == ("0", "")
    assert rows["half.json"]["not answered"] == "T1 W1"
    assert (rows["half.json"]["automatic maximum"], rows["half.json"]["written maximum"]) == ("20", "12")


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the limit is refused by its size alone."""
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(make.BIG_BYTES)
    plain = Path.open

    def guarded(self: Path, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  (stands in for Path.open)
        assert self.name != "large.json"
        return plain(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", guarded)
    assert grade([path], tmp_path / "out", banks=BANKS).not_graded == 1


def test_order_does_not_matter(tmp_path: Path) -> None:
    """The results are the same bytes for any order of the arguments and of the files in a folder."""
    paths = [
        put(tmp_path / "in", "ada.json", make.submission("Ada", make.half_right())),
        put(tmp_path / "in", "ada-again.json", make.submission(" ada ", {}, handed_in="2026-11-23T08:00:00Z")),
        put(tmp_path / "in", "ada-third.json", make.submission("ADA", make.half_right(), saved="2026-11-24T08:00:00Z")),
        put(tmp_path / "in", "bo.json", make.submission("Bo", make.reference(BANK))),
    ]
    grade(paths, tmp_path / "one", banks=BANKS)
    grade(paths[::-1], tmp_path / "two", banks=BANKS)
    for path in paths[::-1]:
        put(tmp_path / "copy", path.name, path.read_bytes())
    grade([tmp_path / "copy"], tmp_path / "three", banks=BANKS)
    assert results(tmp_path / "one") == results(tmp_path / "two") == results(tmp_path / "three")


def test_a_second_run_changes_no_byte(tmp_path: Path) -> None:
    """Results depend on the submissions alone: no clock, no absolute path, no place of the folder."""
    make.honest(tmp_path / "in")
    make.honest(tmp_path / "elsewhere" / "in")
    grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    first = results(tmp_path / "out")
    grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    grade([tmp_path / "elsewhere" / "in"], tmp_path / "out2", banks=BANKS)
    assert results(tmp_path / "out") == first == results(tmp_path / "out2")
    assert not [name for name, data in first.items() if str(tmp_path).encode() in data]


def test_results_among_the_submissions_are_passed_over(tmp_path: Path) -> None:
    """With --out inside the graded folder, a second run does not take its own results for submissions."""
    make.honest(tmp_path)
    for _ in range(2):
        report = grade([tmp_path], tmp_path, banks=BANKS)
        assert (report.files, report.problem_rows) == (3, 0)


def test_the_latest_submission_counts(tmp_path: Path) -> None:
    """Of one learner's submissions the latest counts, whatever the spelling of the alias; the others are listed."""
    put(tmp_path / "in", "a.json", make.submission("Zoë  K", make.reference(BANK)))
    put(
        tmp_path / "in",
        "b.json",
        make.submission("ZOE\u0308 k", make.half_right(), handed_in="2026-11-22T12:00:00+01:00"),
    )
    report = grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    (row,) = table(report.gradebook)
    assert (row["file"], row["automatic points"]) == ("b.json", "4.6")
    (problem,) = table(report.problems)
    assert (problem["file"], problem["outcome"]) == ("a.json", "superseded")
    assert "b.json" in problem["reason"]
    assert "two people" in problem["remedy"]
    assert len(list(report.feedback.iterdir())) == report.graded == 1


def test_one_submission_twice_is_counted_once(tmp_path: Path) -> None:
    """A notebook and the answer file beside it are one submission, and nobody is alarmed."""
    data = make.submission("Ada", make.reference(BANK))
    put(tmp_path / "in", "ada.json", data)
    put(tmp_path / "in", "ada.ipynb", make.notebook(data))
    report = grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    assert (report.graded, report.superseded) == (1, 1)
    assert "the same submission" in table(report.problems)[0]["reason"]


@pytest.mark.parametrize("folder", ["answers", "submissions", "hand-in"])
def test_a_working_folder_that_is_sent_whole_alarms_nobody(tmp_path: Path, folder: str) -> None:
    """A notebook without answers is no problem where the working folder has the learner's answer file."""
    put(tmp_path / "in" / "ada" / folder, f"{BANK.lesson}-ada.json", make.submission("Ada", make.reference(BANK)))
    put(tmp_path / "in" / "ada", f"{BANK.lesson}.ipynb", make.notebook())
    report = grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    (problem,) = table(report.problems)
    assert (report.graded, problem["outcome"]) == (1, "superseded")


def test_without_alias_the_file_is_the_learner(tmp_path: Path) -> None:
    """Two submissions without alias in files of one name, in two folders, are two learners."""
    put(tmp_path / "in" / "one", "02-attribution.json", make.submission("", make.reference(BANK)))
    put(tmp_path / "in" / "two", "02-attribution.json", make.submission(" ", {}))
    rows = table(grade([tmp_path / "in"], tmp_path / "out", banks=BANKS).gradebook)
    assert [(row["learner"], row["file"]) for row in rows] == [
        ("02-attribution", "one/02-attribution.json"),
        ("02-attribution", "two/02-attribution.json"),
    ]
    assert "no alias" in rows[0]["notes"]


def test_arguments_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """Files of one name given one by one are called by as much of their path as tells them apart."""
    one = put(tmp_path / "one", "x.json", make.submission("", {}))
    two = put(tmp_path / "two", "x.json", make.submission("", {}))
    rows = table(grade([one, two, one], tmp_path / "out", banks=BANKS).gradebook)
    assert [row["file"] for row in rows] == ["one/x.json", "two/x.json"]


def test_other_tasks_are_graded_and_said(tmp_path: Path) -> None:
    """A submission made with another version of the tasks is graded, and both instructor and learner are told."""
    data = make.submission("Ada", {**make.half_right(), "T77": {}}, bank="sha256:" + "1" * 64)
    report = grade([put(tmp_path, "ada.json", data)], tmp_path / "out", banks=BANKS)
    (row,), (problem,) = table(report.gradebook), table(report.problems)
    assert (row["automatic points"], row["notes"]) == ("4.6", UNKNOWN_VERSION)
    assert "1 of its answers" in problem["reason"]
    assert problem["outcome"] == "graded"
    assert "different version of these tasks" in next(report.feedback.iterdir()).read_text(encoding="utf-8")


def test_what_was_not_graded_comes_first(tmp_path: Path) -> None:
    """A broken file stands above the many rows about submissions that were graded, whatever it is called."""
    put(tmp_path / "in", "a.json", make.submission("Ada", make.half_right()))
    put(tmp_path / "in", "b.json", make.submission("Ada", make.half_right(), handed_in="2026-11-22T12:00:00+01:00"))
    put(tmp_path / "in", "z.json", b"{")
    report = grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    rows = [(row["file"], row["outcome"]) for row in table(report.problems)]
    assert rows == [("z.json", "not graded"), ("a.json", "superseded")]


def test_practice_answers_are_passed_over(tmp_path: Path) -> None:
    """An answer file also holds practice answers; they are no problem and earn nothing."""
    responses = {**make.half_right(), "L2-Q1": {"kind": "choice", "chosen": ["B"]}}
    report = grade([put(tmp_path, "a.json", make.submission("Ada", responses))], tmp_path / "out", banks=BANKS)
    assert (report.problem_rows, table(report.gradebook)[0]["automatic points"]) == (0, "4.6")


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        ({"kind": "choice", "chosen": ["nope"]}, "'nope'"),
        ({"kind": "choice", "chosen": ["casualties", "casualties"]}, "twice"),
        ({"kind": "written", "text": "x"}, "kind"),
        ({"kind": "choice", "chosen": 5}, "form of an answer"),
        ("text", "form of an answer"),
    ],
)
def test_a_bad_answer_costs_only_itself(tmp_path: Path, response: object, reason: str) -> None:
    """An answer that does not fit its task earns 0 with a row and a note; all others are scored."""
    responses = {**make.reference(BANK), "T3": response}
    report = grade([put(tmp_path, "a.json", make.submission("Ada", responses))], tmp_path / "out", banks=BANKS)
    (row,), (problem,) = table(report.gradebook), table(report.problems)
    assert (row["T3 (of 2)"], row["automatic points"], row["not answered"]) == ("0", "18", "")
    assert "T3" in problem["reason"]
    assert reason in problem["reason"]
    assert "could not be used" in next(report.feedback.iterdir()).read_text(encoding="utf-8")


def test_two_lessons_have_columns_of_their_own(tmp_path: Path) -> None:
    """A gradebook of several lessons names the lesson in the head of each task."""
    other = BANK.model_copy(update={"lesson": "03-sources", "tasks": BANK.tasks[2:3]})
    put(tmp_path / "in", "a.json", make.submission("Ada", make.reference(BANK)))
    put(tmp_path / "in", "b.json", make.submission("Ada", {}, lesson="03-sources", bank=other.fingerprint()))
    rows = table(grade([tmp_path / "in"], tmp_path / "out", banks={**BANKS, "03-sources": other}).gradebook)
    assert [row["lesson"] for row in rows] == ["02-attribution", "03-sources"]
    assert [row["02-attribution T3 (of 2)"] for row in rows] == ["2", ""]
    assert [row["03-sources T3 (of 2)"] for row in rows] == ["", "0"]


def test_old_pages_go_and_other_files_stay(tmp_path: Path) -> None:
    """A page of an earlier run for a learner who is gone is removed; a file that is not ours is not."""
    make.honest(tmp_path / "in")
    report = grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    foreign = report.feedback / "notes-02-attribution-0123456789.html"
    foreign.write_text("<p>my own notes</p>", encoding="utf-8")
    (tmp_path / "in" / "ada.json").unlink()
    grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    names = sorted(path.name[:3] for path in report.feedback.iterdir())
    assert names == ["bo-", "cy-", "not"]


def test_progress_reaches_its_end(tmp_path: Path) -> None:
    """Progress never runs back or beyond its total, counts members of zip files, and ends complete."""
    make.honest(tmp_path / "in")
    inner = make.zipped({"c.json": b"{}", "d.json": b"{}"})
    put(tmp_path / "in", "class.zip", make.zipped({"a.json": b"{}", "b.json": b"{}", "in.zip": inner}))
    seen: list[tuple[int, int]] = []
    grade([tmp_path / "in"], tmp_path / "out", banks=BANKS, on_progress=lambda done, total: seen.append((done, total)))
    assert all(done <= total for done, total in seen)
    assert [done for done, _ in seen] == list(range(8))
    assert seen[-1] == (7, 7)


def test_nothing_given_is_no_error(tmp_path: Path) -> None:
    """A name that does not exist is a row, and the tables are written all the same."""
    report = grade([tmp_path / "nowhere"], tmp_path / "out", banks=BANKS)
    assert table(report.gradebook) == []
    assert table(report.problems)[0]["reason"] == "there is no such file or folder"


def test_a_file_in_place_of_the_output_folder(tmp_path: Path) -> None:
    """An output folder that cannot be made is an error that names the remedy."""
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(GradingError, match="--out"):
        grade([], tmp_path / "out", banks=BANKS)


def test_a_bank_without_keys_cannot_grade(tmp_path: Path) -> None:
    """Grading with the learners' bank is refused at once, not scored as 0."""
    public: dict[str, Bank] = {BANK.lesson: BANK.without_keys()}
    with pytest.raises(GradingError, match="has no key"):
        grade([], tmp_path / "out", banks=public)


def test_one_fault_of_ours_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should this program fail on one submission, that one is a row and the others are graded."""
    make.honest(tmp_path / "in")
    from copydesk.grading.run import one_file  # noqa: PLC0415  (to be patched)

    plain = one_file.assess

    def failing(submission: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  (stands in for assess)
        if submission.file == "bo.json":
            raise KeyError
        return plain(submission, *args, **kwargs)

    monkeypatch.setattr(one_file, "assess", failing)
    report = grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    assert (report.graded, report.not_graded) == (2, 1)


def test_the_summary_names_what_is_left_to_do(promised: tuple[GradingReport, Path]) -> None:
    """The summary counts what was graded, what awaits a person, and where the reasons for the rest are."""
    report, _ = promised
    lines = report.summary().splitlines()
    assert lines[0].startswith("Done: 9 submissions and files (02-attribution): 4 graded, 5 not graded. ")
    assert lines[1].startswith("Not done: 5 files not graded")
    assert lines[2] == "  2 written answers awaiting marking by a person"
    assert lines[3].startswith("Next: open ")
