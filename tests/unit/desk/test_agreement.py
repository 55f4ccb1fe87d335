"""Two readers of one task are compared word by word, and a file that does not belong here is refused in plain words."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import copydesk
from copydesk import measures
from copydesk.desk.agreement import compare_readers
from copydesk.kinds import scoring
from copydesk.kinds.spans.model import SpansResponse, SpansTask, mark_span

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.desk.desk import Desk

TASK = SpansTask.model_validate(
    {
        "id": "P1",
        "title": "A boat",
        "prompt": "Who says it?",
        "passages": [{"id": "A", "text": "The pilot said that the boat was late."}, {"id": "B", "text": "It rained."}],
        "labels": [{"id": "source", "text": "Source", "key": "s"}, {"id": "cue", "text": "Cue", "key": "c"}],
    }
)


def marks(*quotes: tuple[str, str]) -> SpansResponse:
    """Return marks in passage A: words, and their label."""
    text = TASK.passages[0].text
    spans = [mark_span("A", label, text, text.index(words), text.index(words) + len(words)) for words, label in quotes]
    return SpansResponse(spans=tuple(spans), clean=("B",))


def labels(counts: dict[tuple[str, str], int]) -> tuple[pd.Series, pd.Series]:
    """Return two readers' labels from a table of counts."""
    pairs = [pair for pair, number in counts.items() for _ in range(number)]
    return pd.Series([first for first, _ in pairs]), pd.Series([second for _, second in pairs])


@pytest.mark.parametrize(
    ("counts", "observed", "chance", "kappa"),
    [
        ({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}, 0.7, 0.5, 0.4),
        ({("yes", "yes"): 6, ("no", "no"): 4}, 1.0, 0.52, 1.0),
        ({("yes", "no"): 5, ("no", "yes"): 5}, 0.0, 0.5, -1.0),
        ({("yes", "no"): 2, ("no", "no"): 8}, 0.8, 0.8, 0.0),
        ({("a", "b"): 4}, 0.0, 0.0, 0.0),
    ],
)
def test_kappa_is_agreement_beyond_chance(
    counts: dict[tuple[str, str], int], observed: float, chance: float, kappa: float
) -> None:
    """Worked examples: kappa is 1 for the same labels, 0 at chance, below 0 for opposites."""
    assert measures.agreement(*labels(counts)) == pytest.approx((observed, chance, kappa))


def test_kappa_is_missing_where_there_is_one_label() -> None:
    """If both readers gave everything one label, chance alone explains it, and kappa says nothing."""
    assert math.isnan(measures.agreement(*labels({("no", "no"): 7})).kappa)


@pytest.mark.parametrize(("first", "second"), [([], []), (["a"], ["a", "b"])])
def test_readers_need_the_same_units(first: list[str], second: list[str]) -> None:
    """Lists of different length, or none at all, are refused with their lengths."""
    with pytest.raises(ValueError, match=f"{len(first)} labels and {len(second)}"):
        measures.agreement(pd.Series(first, dtype=str), pd.Series(second, dtype=str))


def test_differences_are_stretches_of_words() -> None:
    """Words that stand together and differ in the same way are one difference; articles at an edge are none."""
    found = compare_readers(TASK, marks(("The pilot", "source"), ("said", "cue")), marks(("pilot said that", "source")))
    assert found.words == 10
    assert found.measures.observed == pytest.approx(0.8)
    assert [tuple(each) for each in found.differences] == [("A", "said", "Cue", "Source"), ("A", "that", "", "Source")]


def test_a_word_with_two_labels_has_both() -> None:
    """A word that a reader gave two labels differs from one with a single label."""
    found = compare_readers(TASK, marks(("said", "cue"), ("said", "source")), marks(("said", "cue")))
    assert [tuple(each) for each in found.differences] == [("A", "said", "Source + Cue", "Cue")]


LESSON = "07-transfer"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a learner's desk in lesson 07, with the reference answered to the first marking task."""
    desk = copydesk.open(LESSON, answers=tmp_path / "answers")
    assert desk.quiz_bank is not None
    entry = desk.quiz_bank["P1"]
    assert entry.key is not None
    desk.answer("P1", scoring.reference_response(entry.task, entry.key))
    return desk


def partner(tmp_path: Path, **changes: Any) -> Path:  # noqa: ANN401  (any field of the file)
    """Return a partner's file: the learner's own, with some fields changed."""
    data = json.loads((tmp_path / "answers" / f"{LESSON}.json").read_text(encoding="utf-8"))
    path = tmp_path / "partner.json"
    path.write_text(json.dumps(data | changes), encoding="utf-8")
    return path


def test_a_partner_is_called_by_alias(desk: Desk, tmp_path: Path) -> None:
    """Equal marks agree in full, and the partner's alias is named."""
    said = repr(desk.agreement(partner(tmp_path, learner={"alias": "Mira"}), "P1"))
    assert "You and Mira gave the same label to 100%" in said
    assert "Kappa is 1.00." in said


def test_a_partner_who_left_words_out_is_shown(desk: Desk, tmp_path: Path) -> None:
    """In practice the words on which the two differ are listed, with both labels, and escaped in HTML."""
    answers = json.loads((tmp_path / "answers" / f"{LESSON}.json").read_text(encoding="utf-8"))["answers"]
    dropped = answers["P1"]["response"]["spans"].pop()
    path = partner(tmp_path, answers=answers, learner={"alias": "<b>Mira</b>"})
    shown = desk.agreement(path, "P1")
    assert f"{dropped['passage']} " in repr(shown)
    assert "not marked" in repr(shown)
    assert "<b>Mira" not in shown._repr_html_()


def test_the_reference_can_be_compared_in_practice_only(desk: Desk) -> None:
    """The learner's marks are compared with the key of a practice task; a graded key is not here."""
    assert "the reference gave the same label to 100%" in repr(desk.agreement("reference", "P1"))
    with pytest.raises(ValueError, match="only in practice"):
        desk.agreement("reference", "T1a")
    with pytest.raises(ValueError, match=r"can.t be compared"):
        desk.agreement("reference", "Q2")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lesson": "02-attribution"}, "answers to mariupol/02-attribution, not to mariupol/07-transfer"),
        ({"schema": "copydesk/answers/9"}, "another version of Copy Desk"),
        ({"answers": []}, "couldn’t be read"),
        ({"answers": {}}, "hasn’t marked anything in P1"),
    ],
)
def test_a_foreign_file_is_refused_in_plain_words(
    desk: Desk, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    """A file of another lesson or version, a damaged one, and one without marks end in a question, not in an error."""
    shown = repr(desk.agreement(partner(tmp_path, **changes), "P1"))
    assert said in shown
    assert shown.endswith("?")


def test_marks_that_do_not_fit_are_refused(desk: Desk, tmp_path: Path) -> None:
    """Marks in a passage that the task does not have are named."""
    answers = json.loads((tmp_path / "answers" / f"{LESSON}.json").read_text(encoding="utf-8"))["answers"]
    answers["P1"]["response"]["spans"][0]["passage"] = "Z99"
    assert "doesn’t fit P1" in repr(desk.agreement(partner(tmp_path, answers=answers), "P1"))


def test_missing_and_own_files_are_named(desk: Desk, tmp_path: Path) -> None:
    """A file that is not there is asked for, and one's own file is not taken for a partner's."""
    assert "There’s no file nobody.json here yet" in repr(desk.agreement("nobody.json", "P1"))
    assert "is your own answer file" in repr(desk.agreement(tmp_path / "answers" / f"{LESSON}.json", "P1"))


def test_a_page_without_a_kernel_says_where_to_compare(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A built page holds nobody's answers, so it says where the comparison is made and what to look at here."""
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    assert "make this comparison in JupyterLab" in repr(desk.agreement("reference", "P1"))


def test_own_marks_come_first(tmp_path: Path) -> None:
    """Whoever has marked nothing is asked to do so before anything of another reader is shown."""
    fresh = copydesk.open(LESSON, answers=tmp_path / "fresh")
    assert "P1: not answered yet" in repr(fresh.agreement("reference", "P1"))
