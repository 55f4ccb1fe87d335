"""Work of two learners that is alike: a row to look at where chance does not do it, and none where it may."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import make

from copydesk.grading import GradingReport, Options, grade
from copydesk.grading.report.counts import Layout
from copydesk.grading.report.similar import similar_work
from copydesk.grading.submissions.record import GradedSubmission

if TYPE_CHECKING:
    from pathlib import Path

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
ESSAY = (
    "The agency says so, and nobody else does; the text names no witness, no document and no date that one could check."
)
START = datetime(2026, 11, 22, 9, tzinfo=UTC)


def put(folder: Path, name: str, alias: str, seed: int, text: str = "", responses: Any = None) -> None:  # noqa: ANN401  (what a submission is made of)
    """Write a submission whose answers were given at times that a seed decides."""
    chance, moment = Random(seed), START
    given = dict(responses or make.reference(BANK))
    given.pop("W1", None)
    if text:
        given["W1"] = {"kind": "written", "text": text}
    answers = {}
    for task, response in given.items():
        moment += timedelta(milliseconds=chance.randrange(10_000, 300_000))
        answers[task] = make.answer(response, at=f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z")
    path = folder / "in" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(make.to_bytes(make.submission(alias, {}) | {"answers": answers}))


def graded(folder: Path, **options: Any) -> tuple[GradingReport, list[dict[str, str]]]:  # noqa: ANN401  (of grade)
    """Grade ``in``, and return what was done and the rows to look at."""
    report = grade([folder / "in"], folder / "out", banks=BANKS, options=Options(**options))
    rows = csv.DictReader(io.StringIO(report.problems.read_text(encoding="utf-8-sig"), newline=""))
    return report, [row for row in rows if row["outcome"] == "to look at"]


def test_the_same_text_is_a_row(tmp_path: Path) -> None:
    """Two learners with the same words are named in one row, whatever capitals, marks and spaces were changed."""
    put(tmp_path, "a.json", "Ada", 1, ESSAY)
    put(tmp_path, "b.json", "Bo", 2, ESSAY.upper().replace(" ", "  ").replace(";", "."))
    put(tmp_path, "c.json", "Cy", 3, ESSAY.replace("agency", "ministry"))
    report, (row,) = graded(tmp_path)
    assert all(each in row["reason"] for each in ("'Ada' (a.json)", "'Bo' (b.json)", "the same text in W1"))
    assert "Cy" not in row["reason"]
    assert "proves nothing by itself" in row["remedy"]
    assert report.graded == 3
    assert "Similar work in 1 group of learners" in report.summary()


def test_a_copied_file_is_a_row(tmp_path: Path) -> None:
    """Answers of the same milliseconds are one learner's, even where one task was changed afterwards."""
    put(tmp_path, "a.json", "Ada", 1)
    put(tmp_path, "b.json", "Bo", 1, responses=make.reference(BANK) | {"T5": {"kind": "choice", "chosen": ["proof"]}})
    put(tmp_path, "c.json", "Cy", 2)
    _, (row,) = graded(tmp_path)
    assert "'Ada' (a.json) and 'Bo' (b.json)" in row["reason"]
    assert "in the same millisecond" in row["reason"]


def test_many_copies_are_one_row(tmp_path: Path) -> None:
    """A file that went round is one row with the first of its owners and how many more there are."""
    for number in range(9):
        put(tmp_path, f"{number}.json", f"Learner {number}", 1, ESSAY)
    _, (row,) = graded(tmp_path)
    assert "3 more" in row["reason"]
    assert "the same text in W1" in row["reason"]
    assert "all answers the same" in row["reason"]


def test_good_work_is_alike_by_right(tmp_path: Path) -> None:
    """All right answers, no text and short texts say nothing: many learners have these."""
    for number in range(30):
        put(tmp_path, f"{number}.json", f"Learner {number}", number, "Nobody says so." if number % 2 else "")
    assert graded(tmp_path)[1] == []


def test_the_same_learner_twice_is_no_pair(tmp_path: Path) -> None:
    """A learner who submits again, or under two names that the roster knows, copied from nobody."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,alias\n17,Ada Lovelace,Countess\n", encoding="utf-8")
    for name, alias in (("a.json", "Ada Lovelace"), ("b.json", "Ada Lovelace"), ("c.json", "Countess")):
        put(tmp_path, name, alias, 1, ESSAY)
    assert graded(tmp_path, roster=roster)[1] == []
    _, (row,) = graded(tmp_path)  # without it they may be two
    assert "'Ada Lovelace'" in row["reason"]


def test_the_same_rare_mistakes_are_a_row(tmp_path: Path) -> None:
    """The same wrong answers throughout are a row where few of the class gave any of them, and else they are not."""
    rare = make.reference(BANK) | {
        "T2": {"kind": "sort", "placed": {"said": "doubting", "claims": "neutral", "hinted": "doubting"}},
        "T3": {"kind": "choice", "chosen": ["annexation"]},
        "T5": {"kind": "choice", "chosen": ["proof"]},
        "T4": make.half_right()["T4"],
    }
    for number in range(400):
        put(tmp_path, f"{number:03}.json", f"Learner {number}", number)
    put(tmp_path, "x.json", "Xenia", 1001, responses=rare)
    put(tmp_path, "y.json", "Yann", 1002, responses=rare)
    _, (row,) = graded(tmp_path, pages=False)
    assert "wrong in the same way" in row["reason"]
    assert "Xenia" in row["reason"]
    for number in range(300):
        put(tmp_path, f"{number:03}.json", f"Learner {number}", number, responses=rare)
    assert graded(tmp_path, pages=False)[1] == []


def test_a_large_class_costs_as_much_for_each_learner(tmp_path: Path) -> None:
    """Nobody is compared with everybody: ten times the learners cost about ten times the steps, not a hundred."""
    put(tmp_path, "a.json", "Ada", 1, ESSAY)
    layouts = {BANK.lesson: Layout(BANK)}

    def steps(count: int) -> int:
        rows = [_row(number) for number in range(count)]
        return make.steps(lambda: similar_work(rows, layouts))

    assert similar_work([_row(number) for number in range(300)], layouts)
    assert steps(3000) < 20 * steps(300)


def _row(number: int) -> GradedSubmission:
    """Return a submission that shares its text with a hundred others and its moments with one."""
    moments = [1_000_000 + number // 2 * 7 + place for place in range(6)]
    return GradedSubmission(
        identity=("alias", f"learner {number}", BANK.lesson),
        learner=f"Learner {number}",
        lesson=BANK.lesson,
        file=f"{number}.json",
        moment=START,
        digest=str(number),
        points=(0.0,) * 6,
        unanswered=(),
        notices=(),
        problems=(),
        times=b"".join(each.to_bytes(8, "little") for each in moments),
        texts=(f"W1 {number // 100}",),
    )
