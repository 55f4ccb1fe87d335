"""Hostile submissions: nothing raises, nothing runs, nothing is lost, and nobody else's grade changes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import make
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.grading import GradingReport, grade
from copydesk.grading.feedback.page import page
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.zips import read_zip
from copydesk.grading.scores.assessment import assess
from copydesk.grading.scores.versions import collect_versions
from copydesk.grading.submissions.submission import Submission, read_submissions

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
GOOD = make.to_bytes(make.submission("Ada", make.reference(BANK)))
ZIP = make.zipped({"a.json": GOOD, "in.zip": make.zipped({"b.json": b"{}"}), "link.json->": b"x"})
FUZZ = settings(max_examples=150, deadline=None, derandomize=True, database=None)

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    SCALARS | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KINDS = st.sampled_from(["choice", "sort", "spans", "value", "written"])
NAMES = st.sampled_from(["chosen", "placed", "spans", "clean", "values", "text", "kind", "x"])
RESPONSES = st.builds(lambda kind, rest: {"kind": kind, **rest}, KINDS, st.dictionaries(NAMES, VALUES, max_size=4))


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a result table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def outcome_types(name: str, data: bytes) -> list[str]:
    """Take a file through intake, scores and page, and return the types of its outcomes."""
    found = read_submissions(SubmittedFile(name, data), BANKS)
    for entry in found:
        if isinstance(entry, Submission):
            assessment = assess(entry, collect_versions({BANK.lesson: BANK}))
            assert all(0 <= (result.score.share or 0) <= 1 for result in assessment.results)
            assert page(assessment, entry.header.learner.alias).startswith("<!doctype html>")
    return [type(entry).__name__ for entry in found]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> GradingReport:
    """Grade the hostile corpus together with three honest submissions."""
    folder, out = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("out")
    make.hostile(folder)
    make.honest(folder / "honest")
    return grade([folder], out, banks=BANKS)


def test_every_hostile_file_is_a_grade_or_a_row(graded: GradingReport) -> None:
    """Each file of the corpus ends where the corpus says: in the gradebook or as one row with a reason."""
    in_book = {row["file"].lstrip("'") for row in table(graded.gradebook)}
    refused = [row for row in table(graded.problems) if row["outcome"] == "not graded"]
    for name in make.GRADED:
        assert any(file == name or file.startswith(name + "/") for file in in_book), name
    for name in make.NOT_GRADED:
        rows = [row for row in refused if row["file"] == name or row["file"].startswith(name + "/")]
        assert len(rows) == 1, name
        assert all(row["reason"] and row["remedy"] for row in rows), name
    assert not [row for row in refused if "itself failed" in row["reason"]]


def test_honest_learners_are_untouched(graded: GradingReport, tmp_path: Path) -> None:
    """Hostile files change no byte of another learner's row or page."""
    make.honest(tmp_path / "in" / "honest")
    alone = grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    rows = {row["learner"]: row for row in table(graded.gradebook)}
    assert [rows[row["learner"]] for row in table(alone.gradebook)] == table(alone.gradebook)
    for path in alone.feedback.iterdir():
        assert (graded.feedback / path.name).read_bytes() == path.read_bytes()


def test_no_hostile_cell_runs(graded: GradingReport) -> None:
    """No cell of any table begins, behind blanks, with what a spreadsheet runs; every row is one line."""
    for path in (graded.gradebook, graded.problems):
        cells = [value for row in table(path) for value in row.values()]
        assert not [value for value in cells if value.lstrip()[:1] in set("=+-@\uff1d\uff0b\uff0d\uff20")]
        assert not [value for value in cells if set(value) & set("\0\t\r\n\u202e")]


def test_hostile_names_and_links(graded: GradingReport) -> None:
    """Odd file names are graded like any other; a link is a row, and what it leads to is not read."""
    can_be_made = os.name == "posix"
    in_book = {row["learner"] for row in table(graded.gradebook)}
    assert ({"in a file of two lines", "in a device", "in a broken name"} <= in_book) == can_be_made
    links = [row["file"] for row in table(graded.problems) if row["reason"].startswith("it is a link, and")]
    assert links == (["link.json", "round"] if can_be_made else [])


def test_nobody_submits_for_another(tmp_path: Path) -> None:
    """In a download of Canvas neither an alias nor a file name makes a submission somebody else's."""
    make.claims(tmp_path / "in")
    report = grade([tmp_path / "in"], tmp_path / "out", banks=BANKS)
    rows = {row["learner"]: row for row in table(report.gradebook)}
    assert {name: row["automatic points"] for name, row in rows.items()} == {"lovelaceada": "4.6", "malloryeve": "0"}
    assert (rows["lovelaceada"]["submissions"], rows["malloryeve"]["submissions"]) == ("1", "2")
    assert "the file itself says 'Ada'" in rows["malloryeve"]["notes"]


def test_costly_files_stay_within_bounds(tmp_path: Path) -> None:
    """A million answers, 200 MB of spaces, bombs: all is settled in bounded time and memory; nothing is run or sent."""
    make.large(tmp_path / "in")
    make.hostile(tmp_path / "in" / "more")
    make.honest(tmp_path / "in" / "honest")
    command = [
        sys.executable,
        str(Path(make.__file__).with_name("bounded.py")),
        str(tmp_path / "in"),
        str(tmp_path / "out"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["tried"] == []
    rows = {row["learner"]: row["automatic points"] for row in table(tmp_path / "out" / "gradebook.csv")}
    assert (rows["Ada"], rows["Bo"], rows["Cy"]) == ("20", "4.6", "0")
    refused = {row["file"].split("/")[0] for row in table(tmp_path / "out" / "problems.csv")}
    assert {*make.LARGE, "spaces.json"} <= refused


def test_hostile_pages_have_safe_names(graded: GradingReport) -> None:
    """Pages lie in one folder under names that every system takes, and differ when learners do."""
    names = [path.name for path in graded.feedback.iterdir()]
    assert len(names) == len({name.casefold() for name in names}) == graded.graded
    assert all(len(name.encode()) < 200 and not set(name) & set('<>:"/\\|?*\n\0') for name in names)
    assert not [name for name in names if name.split(".")[0].casefold() in {"con", "prn", "aux", "nul"}]


def test_nothing_submitted_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code of a notebook is never executed, and no file appears beside the results."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ipynb").write_bytes(make.GRADED["code-and-answers.ipynb"]())
    (tmp_path / "in" / "m.zip").write_bytes(make.GRADED["mixed.zip"]())
    assert grade([tmp_path / "in"], tmp_path / "out", banks=BANKS).graded == 3
    assert {path.name for path in tmp_path.iterdir()} == {"in", "out"}
    assert {path.name for path in (tmp_path / "in").iterdir()} == {"a.ipynb", "m.zip"}


def test_the_corpus_is_the_same_each_time(tmp_path: Path) -> None:
    """The script makes the same bytes twice."""
    for name in ("one", "two"):
        make.hostile(tmp_path / name)
    for path in filter(Path.is_file, (tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


@FUZZ
@given(st.binary(max_size=200), st.sampled_from(["x.json", "x.ipynb"]))
def test_any_bytes_are_one_row(data: bytes, name: str) -> None:
    """Bytes that are no submission come to exactly one row and never an exception."""
    assert outcome_types(name, data) == ["SubmissionProblem"]


@FUZZ
@given(VALUES, st.sampled_from(["x.json", "x.ipynb"]))
def test_any_json_is_one_row(value: object, name: str) -> None:
    """JSON that is no submission comes to exactly one row and never an exception."""
    assert outcome_types(name, json.dumps(value).encode()) == ["SubmissionProblem"]


@FUZZ
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 40), st.binary(max_size=12))
def test_a_damaged_submission_is_a_grade_or_a_row(start: int, length: int, new: bytes) -> None:
    """A submission with some bytes changed comes to one grade or one row and never an exception."""
    assert len(outcome_types("x.json", GOOD[:start] + new + GOOD[start + length :])) == 1


@FUZZ
@given(st.dictionaries(st.sampled_from(sorted(make.submission("", {}))), VALUES, min_size=1, max_size=3))
def test_a_header_of_anything(changes: dict[str, Any]) -> None:
    """A submission with anything in its header comes to one grade or one row and never an exception."""
    data = {**make.submission("Ada", make.half_right()), **changes}
    assert len(outcome_types("x.json", json.dumps(data).encode())) == 1


@FUZZ
@given(st.dictionaries(st.sampled_from(["T1", "T2", "T3", "T4", "T5", "W1"]), RESPONSES | VALUES, max_size=6))
def test_answers_of_anything(responses: dict[str, Any]) -> None:
    """A submission with anything for answers is graded, whatever they are."""
    assert outcome_types("x.json", json.dumps(make.submission("Ada", responses)).encode()) == ["Submission"]


@FUZZ
@given(st.integers(0, len(ZIP) - 1), st.integers(0, 8), st.binary(max_size=8))
def test_a_damaged_zip_is_read_or_rows(start: int, length: int, new: bytes) -> None:
    """A zip file with some bytes changed comes to documents and rows, at least one, and never an exception."""
    data = ZIP[:start] + new + ZIP[start + length :]
    found = list(read_zip("z.zip", io.BytesIO(data), lambda _: None))
    assert found
    assert all(isinstance(entry, SubmittedFile | SubmissionProblem) for entry in found)
