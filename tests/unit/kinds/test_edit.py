"""Words that are mended: what a key may be, what it promises, and what learners, instructors and pages get to see."""

from __future__ import annotations

import csv
import html
import json
import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from by_hand import Case, edit_task, fault, mended
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from copydesk.course.bank import Bank, Entry
from copydesk.grading import grade
from copydesk.kinds.edit.alignment import STRUCK, align, changes
from copydesk.kinds.edit.checks import reading_faults
from copydesk.kinds.edit.comparison import compare
from copydesk.kinds.edit.model import EditResponse
from copydesk.kinds.edit.scoring import score

if TYPE_CHECKING:
    from pathlib import Path

LESSON = "02-attribution"
TEXT = "The ferry was build in 1990, so the office says, and it is “safe as houses”."
FAULTS = [fault("built", "p0", "was build", "was built"), fault("so", "p0", "so the office says,", "the office says,")]
TASK = edit_task([TEXT], FAULTS, [("p0", "“safe as houses”")])
GOOD = "The ferry was built in 1990, the office says, and it is “safe as houses”."
MOMENT = "2026-11-22T10:00:00Z"
SCRIPT = "<script>alert(1)</script>"


def entry(task: Case) -> Entry:
    """Return a task with its key."""
    return Entry.model_validate(task)


def share(task: Case, text: str) -> float:
    """Return what a text of the first passage earns."""
    read = entry(task)
    earned, _ = score(read.task, read.key, EditResponse(texts={"p0": text}))
    return earned


BROKEN: list[tuple[list[str], list[Case], list[tuple[str, str]], str]] = [
    (["a b"], [fault("f", "p0", "c", "x")], [], "must be found once in passage 'p0'"),
    (["a b a"], [fault("f", "p0", "a", "x")], [], "must be found once in passage 'p0'"),
    (["a b"], [fault("f", "p1", "a", "x")], [], "names the passage 'p1', which the task does not have"),
    (["a b"], [fault("f", "p0", "a", "x", spot="b")], [], "must be found once in the quote of fault 'f'"),
    (["a b"], [fault("f", "p0", "a", "“A”", "A")], [], "a repair of fault 'f' is its quote again"),
    (["a b c."], [fault("f", "p0", "c", "x", "")], [], "ends within a word; quote whole words"),
    (["a b c"], [fault("f", "p0", "a b", "x"), fault("g", "p0", "b c", "y")], [], "share a word in passage 'p0'"),
    (["a b c"], [fault("f", "p0", "a", "x")], [("p0", "a b")], "share a word in passage 'p0'"),
    (["a b c"], [fault("f", "p0", "a", "x"), fault("f", "p0", "c", "y")], [], "the fault id 'f' stands 2 times"),
    (["a b"], [fault("f", "p0", "a b", "x")], [], "leave no word of the passages outside them"),
    (["a b"], [fault("f", "p0", "a", "x")], [("p0", "c")], "must be found once in passage 'p0'"),
    (["a b"], [fault("f", "p0", "a", "x")], [("p9", "b")], "names the passage 'p9'"),
    (["a b"], [fault("f", "p0", "a", "x", weight=0)], [], "greater than 0"),
    (["a b"], [fault("f", "p0", "a")], [], "at least 1 item"),
    (["a b"], [], [], "at least 1 item"),
]
"""Passages, faults and stretches to be kept that are no key, and what is said of it."""


@pytest.mark.parametrize(("texts", "faults", "keep", "said"), BROKEN)
def test_a_key_that_cannot_be_is_refused(
    texts: list[str], faults: list[Case], keep: list[tuple[str, str]], said: str
) -> None:
    """What is quoted is there once, stretches are apart, and something is right: else the key is refused in words."""
    with pytest.raises(ValidationError) as caught:
        entry(edit_task(texts, faults, keep))
    assert said in str(caught.value)


def test_a_key_keeps_three_promises() -> None:
    """Untouched earns 0, everything rewritten at most 0.40, all accepted repairs 1: the checks find nothing."""
    read = entry(TASK)
    assert list(reading_faults(read.task, read.key, "")) == []


def test_a_repair_that_is_not_told_from_its_neighbours_is_reported() -> None:
    """Where a repair ends with the word that follows it, the check says which repair, and to quote more."""
    read = entry(edit_task(["the cat saw the dog run"], [fault("f", "p0", "saw", "saw the")]))
    ((said, remedy),) = reading_faults(read.task, read.key, "")
    assert "“saw the” of fault 'f'" in said
    assert remedy.startswith("Quote more around the fault")


WORDS = st.lists(st.sampled_from("abcdef"), max_size=14)


@given(original=WORDS, own=WORDS)
def test_partners_are_a_longest_common_subsequence(original: list[str], own: list[str]) -> None:
    """Partners are equal words in order, as many as any common subsequence has; the changes hold all the rest."""
    partners = align(original, own)
    pairs = [(place, partner) for place, partner in enumerate(partners) if partner != STRUCK]
    assert all(original[place] == own[partner] for place, partner in pairs)
    assert [partner for _, partner in pairs] == sorted({partner for _, partner in pairs})
    lengths = [[0] * (len(own) + 1) for _ in range(len(original) + 1)]
    for row, word in enumerate(original):
        for column, other in enumerate(own):
            best = max(lengths[row][column + 1], lengths[row + 1][column])
            lengths[row + 1][column + 1] = lengths[row][column] + 1 if word == other else best
    assert len(pairs) == lengths[-1][-1]
    found = changes(partners, len(own))
    assert sum(len(change.struck) for change in found) == len(original) - len(pairs)
    assert sum(len(change.inserted) for change in found) == len(own) - len(pairs)


def test_typing_everything_anew_is_the_same_as_changing_a_word() -> None:
    """What is earned follows from the texts: it does not matter how somebody came from one to the other."""
    assert share(TASK, GOOD) == share(TASK, "\n".join(GOOD.split())) == 1


def test_a_long_text_is_compared_in_a_moment() -> None:
    """Three hundred words against nine hundred and fifty others take no time that somebody would notice."""
    original, own = [f"w{n % 17}" for n in range(300)], [f"w{7 * n % 23}" for n in range(950)]
    begin = time.perf_counter()
    align(original, own)
    assert time.perf_counter() - begin < 0.5


def test_a_wording_is_what_somebody_made_of_the_quote() -> None:
    """A wording is without the words and the full stop beside its quote, and none where those were changed, too."""
    read = entry(edit_task(["it happened, I think, last year."], [fault("f", "p0", "last year", "in 2022")]))

    def wording(text: str) -> str | None:
        (passage,) = compare(read.task, read.key, EditResponse(texts={"p0": text}))
        return passage.faults[0].wording

    assert wording("it happened, I think, in spring.") == "in spring"
    assert wording("it happened, I think,") == ""
    assert wording("it happened, we think, in spring.") == "in spring"
    assert wording("it happened, I know: in spring.") is None
    assert wording("it happened, I think, in 2022.") is None


def submission(number: int, bank: Bank, response: object) -> dict[str, Any]:
    """Return a submission of one answer."""
    return {
        "schema": "copydesk/answers/1",
        "course": "mariupol",
        "lesson": LESSON,
        "bank": bank.without_keys().fingerprint(),
        "learner": {"alias": f"Learner {number}"},
        "saved": MOMENT,
        "handed_in": MOMENT,
        "answers": {"T1": {"response": response, "at": MOMENT}},
    }


def graded(folder: Path, responses: list[Any]) -> Path:
    """Grade a class that gave these responses, and return the folder of the results."""
    head = {"schema": "copydesk/bank/1", "course": "mariupol", "lesson": LESSON, "title": "A bank"}
    tasks = [TASK | {"id": "T1", "points": 4}]
    head |= {"purpose": "graded", "keyed_by": "one careful reading"}
    bank = Bank.model_validate({**head, "tasks": tasks})
    (folder / "in").mkdir()
    for number, response in enumerate(responses):
        data = json.dumps(submission(number, bank, response))
        (folder / "in" / f"{number:02}.json").write_text(data, encoding="utf-8")
    grade([folder / "in"], folder / "out", banks={LESSON: bank}, on_progress=None)
    return folder / "out"


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


OTHER = TEXT.replace("was build", "dates <from>")
ONCE = TEXT.replace("was build", "came up")
TOLD = "dates &lt;from&gt;"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results of a class: four mended all, three worded a slip in one way, one in another, four left all."""
    answers = [mended(GOOD)] * 4 + [mended(OTHER), mended(OTHER.upper()), mended(OTHER), mended(ONCE)]
    answers += [mended(TEXT.replace("ferry", "boat"))] * 4
    return graded(tmp_path_factory.mktemp("class"), answers)


def test_the_report_counts_slip_by_slip(out: Path) -> None:
    """A class report says of each slip how many mended it, found it and left it."""
    found = [(row["item"], row["choice"], row["count"]) for row in rows(out / "report" / "choices.csv")]
    assert found[:3] == [("built", "repaired", "4"), ("built", "found", "4"), ("built", "left", "4")]
    assert found[3:] == [("so", "repaired", "4"), ("so", "found", "0"), ("so", "left", "8")]
    assert "“was build”" in (out / "report.html").read_text(encoding="utf-8")


def test_the_report_counts_word_by_word(out: Path) -> None:
    """A class report says of each word which share of the class changed it, and whether it was part of a slip."""
    by_word = {row["text"].strip(): row for row in rows(out / "report" / "words.csv")}
    assert [by_word[word]["share"] for word in ("The", "ferry", "build", "so")] == ["0", "0.3333", "0.6667", "0.3333"]
    assert [by_word[word]["weight"] for word in ("ferry", "was", "build", "so")] == ["0", "1", "1", "1"]


def test_the_report_lists_wordings_that_several_gave(out: Path) -> None:
    """A wording that two learners gave is listed with its count, escaped, in one spelling; a single one is nobody's."""
    (row,) = rows(out / "report" / "wordings.csv")
    assert (row["task"], row["part"], row["about"]) == ("T1", "built", "was build")
    assert (row["wording"], row["count"]) == ("dates <from>", "3")
    page = (out / "report.html").read_text(encoding="utf-8")
    assert TOLD in page
    assert "dates <from>" not in page
    assert "came up" not in page
    assert "add it to the repairs of that slip" in page


def test_accepting_a_wording_is_a_change_of_key() -> None:
    """Once a wording is added to the repairs of its slip, it earns the whole weight."""
    more = [{**FAULTS[0], "repairs": ["was built", "dates <from>"]}, FAULTS[1]]
    assert share(TASK, OTHER) == 0.25
    assert share(edit_task([TEXT], more), OTHER) == 0.5


def test_feedback_shows_before_and_after(out: Path) -> None:
    """A page has the learner's marks and those of the reference, each slip with its reason, and needless changes."""
    pages = [path.read_text(encoding="utf-8") for path in sorted((out / "feedback").glob("*.html"))]
    (other, *_) = [page for page in pages if TOLD in page]
    assert f"<del>was build</del> <ins>{TOLD}</ins>" in other
    assert "<del>was build</del> <ins>was built</ins>" in other
    assert "you found it, but worded it differently" in other
    (boat, *_) = [page for page in pages if "<ins>boat</ins>" in page]
    assert "Changed, but it was right" in boat
    assert "you rightly left it" in boat


HOSTILE: list[Any] = [
    mended(SCRIPT),
    mended("\u202etxet \u2066and\u200f \0 \x1b[31m"),
    mended("=cmd|' /C calc'!A0"),
    mended("{{ 7 * 7 }}{% raw %}"),
    mended("\ud83d half"),
    mended("word " * 5_000),
    mended("x" * 50_000),
    mended(*["x"] * 60),
    {"kind": "edit", "texts": {"../p0": "x"}},
    {"kind": "edit", "texts": ["x"]},
    {"kind": "edit", "texts": {"p0": 7}},
    {"kind": "edit", "texts": {"p0": "x"}, "marks": []},
    {"kind": "edit"},
    mended(TEXT.replace("was build", SCRIPT)),
    mended(TEXT.replace("was build", SCRIPT)),
]
"""Answers that nobody gives by hand."""


def test_hostile_answers_are_graded_and_shown_as_text(tmp_path: Path) -> None:
    """Whatever stands in an answer costs at most its own points: every learner has a row, and nothing is markup."""
    begin = time.perf_counter()
    out = graded(tmp_path, HOSTILE)
    assert time.perf_counter() - begin < 60
    assert len(rows(out / "gradebook.csv")) == len(HOSTILE)
    pages = [out / "report.html", *(out / "feedback").glob("*.html")]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert not re.search("[\0\x1b\u202e\u2066\u200f]", text)
    assert html.escape(SCRIPT) in (out / "report.html").read_text(encoding="utf-8")
    told = (out / "problems.csv").read_text(encoding="utf-8-sig")
    assert "has 5000 words; at most 98 are read" in told
