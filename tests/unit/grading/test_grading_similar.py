"""Work of two learners that is alike: a row to look at where chance does not do it, and none where it may."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import make
import pytest
from copying import course_banks
from hypothesis import given
from hypothesis import strategies as st

from copydesk.grading import GradingReport, Options, grade
from copydesk.grading.report.counts import Layout
from copydesk.grading.similarity.findings import similar_work
from copydesk.grading.similarity.texts import GUARANTEE, gram_hashes, winnow
from copydesk.grading.submissions.record import GradedSubmission
from copydesk.kinds.scoring import is_marked_by_person, reference_response, score
from copydesk.kinds.table import kind_of

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
    assert "7 of 7 wrong answers the same, where about 0.1 are expected" in row["reason"]
    assert "Xenia" in row["reason"]
    for number in range(300):
        put(tmp_path, f"{number:03}.json", f"Learner {number}", number, responses=rare)
    assert graded(tmp_path, pages=False)[1] == []


def words_of(seed: int, count: int) -> str:
    """Return words of a learner's own, which no other seed has in this order."""
    chance = Random(seed)
    return " ".join("".join(chance.choices("abcdefgh", k=4)) for _ in range(count))


def table(folder: Path) -> list[dict[str, str]]:
    """Return the rows of the table of similar work."""
    text = (folder / "out" / "similar.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_passage_is_found_in_two_texts(tmp_path: Path) -> None:
    """Thirty words in a row in two longer texts are found wherever they are, and the row says how many and where."""
    passage = words_of(0, 30)
    put(tmp_path, "a.json", "Ada", 1, f"{passage} {words_of(1, 60)}")
    put(tmp_path, "b.json", "Bo", 2, f"{words_of(2, 40)} {passage.title()}! {words_of(3, 20)}")
    put(tmp_path, "c.json", "Cy", 3, words_of(4, 90))
    _, (row,) = graded(tmp_path)
    assert "'Ada' (a.json) and 'Bo' (b.json)" in row["reason"]
    (line,) = table(tmp_path)
    assert (line["learners"], line["files"]) == ("Ada; Bo", "a.json; b.json")
    assert f"the same passages in W1: {line['observed']}" in row["reason"]
    found = re.fullmatch(r"about (\d+) of 90 words, up to (\d+) in a row", line["observed"])
    assert found is not None
    assert all(30 - GUARANTEE < int(count) <= 30 for count in found.groups())


def test_a_text_with_some_words_changed_is_found(tmp_path: Path) -> None:
    """Every twelfth word of another's text replaced leaves a row."""
    words = words_of(0, 120).split()
    put(tmp_path, "a.json", "Ada", 1, " ".join(words))
    words[::12] = words_of(1, 10).split()
    put(tmp_path, "b.json", "Bo", 2, " ".join(words))
    _, (row,) = graded(tmp_path)
    assert "'Ada' (a.json) and 'Bo' (b.json)" in row["reason"]


def test_quotations_are_no_copies(tmp_path: Path) -> None:
    """What the task itself says, what is in quotation marks, and what many of a class write say nothing."""
    prompt = next(entry.task.prompt for entry in BANK.tasks if entry.task.id == "W1")
    passage = BANK.tasks[0].task.passages[0].text
    quoted, common = words_of(0, 40), words_of(1, 40)
    for number in range(12):
        shared = [prompt, passage, f'"{quoted}"'] if number < 2 else [common]
        put(tmp_path, f"{number}.json", f"Learner {number}", number, " ".join([*shared, words_of(100 + number, 40)]))
    assert graded(tmp_path)[1] == []
    assert table(tmp_path) == []


def test_only_the_instructor_reads_of_it(tmp_path: Path) -> None:
    """Neither a feedback page nor any file of the class report says that work is alike."""
    for name, alias, seed in (("a.json", "Ada", 1), ("b.json", "Bo", 2)):
        put(tmp_path, name, alias, seed, ESSAY)
    report, (row,) = graded(tmp_path)
    assert "the same text in W1" in row["reason"]
    (line,) = table(tmp_path)
    written = [*(tmp_path / "out" / "feedback").glob("*.html"), *(tmp_path / "out" / "report").glob("*.csv")]
    assert len(written) > 2
    for path in (*written, report.class_report, report.gradebook):
        text = path.read_text(encoding="utf-8")
        assert line["measure"] not in text
        assert "the same text" not in text
        assert "alike" not in text


def test_a_name_runs_nothing_in_the_table(tmp_path: Path) -> None:
    """A name that a spreadsheet would run as a formula is plain text in the table, too."""
    put(tmp_path, "a.json", "=1+1", 1, ESSAY)
    put(tmp_path, "b.json", "Bo", 2, ESSAY)
    graded(tmp_path)
    (line,) = table(tmp_path)
    assert line["learners"].startswith("'=1+1")


@given(
    before=st.lists(st.integers(0, 10_000), max_size=40),
    others=st.lists(st.integers(20_000, 30_000), max_size=40),
    shared=st.lists(st.integers(10_001, 19_999), min_size=GUARANTEE, max_size=GUARANTEE),
)
def test_shared_words_share_a_fingerprint(before: list[int], others: list[int], shared: list[int]) -> None:
    """As many words in a row as winnowing guarantees have a fingerprint in common, whatever comes before and after."""
    chosen = []
    for text in ([*before, *shared, *others], [*others, *shared]):
        hashes = gram_hashes(list(map(str, text)))
        chosen.append({hashes[place] for place in winnow(hashes)})
    assert chosen[0] & chosen[1]


@pytest.mark.parametrize("lesson", sorted(course_banks()))
def test_the_reference_has_no_wrong_answer(lesson: str) -> None:
    """Whatever the kind of task, the best answer has nothing wrong in it that two learners could share."""
    for entry in course_banks()[lesson].versions():
        if is_marked_by_person(entry.task):
            continue
        best = reference_response(entry.task, entry.key)
        counts = kind_of(entry.task.kind).counts
        assert list(counts.wrong_answers(entry.task, entry.key, best, score(entry.task, entry.key, best))) == []


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
        texts=(("W1", (number // 100).to_bytes(10, "little")),),
    )
