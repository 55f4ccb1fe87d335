"""The copy X-ray shows both wordings as the seeds have them, and marks what differs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import copydesk
from copydesk.views.xray import WordingPair, has_pair, text_of, wording_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from copydesk.desk.desk import Desk
    from copydesk.views.xray import Word


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a learner's desk."""
    return copydesk.open("02-attribution", answers=tmp_path / "answers")


def changed(pair: WordingPair) -> tuple[list[str], list[str]]:
    """Return the words that are marked as changed, of ours and of the other copy."""
    return changed_texts(pair.our_words), changed_texts(pair.other_words)


def changed_texts(words: Iterable[Word]) -> list[str]:
    """Return the texts of the words that are marked as changed."""
    return [word.text for word in words if word.state == "changed"]


def only(desk: Desk, trace_id: str) -> WordingPair:
    """Return one comparison."""
    return wording_pairs(desk.seeds.part("traces"), [trace_id], stretches=desk.course.facts.stretches)[0]


def test_all_traces_with_another_wording_are_shown(desk: Desk) -> None:
    """Without ids every trace is shown for which the seeds have another copy's wording, and no other."""
    shown = [pair.trace.id for pair in wording_pairs(desk.seeds.part("traces"), stretches=desk.course.facts.stretches)]
    expected = [trace.id for trace in desk.seeds.part("traces") if trace.other_copy_wording]
    assert shown == expected
    assert len(shown) == 18


def test_both_wordings_stand_as_in_the_seeds(desk: Desk) -> None:
    """Neither wording gains or loses a word; a remark in brackets is kept apart from the words."""
    for pair in wording_pairs(desk.seeds.part("traces"), stretches=desk.course.facts.stretches):
        wording = pair.trace.other_copy_wording
        assert text_of(pair.our_words) == pair.trace.quote
        remark = f" ({pair.remark})" if pair.remark else ""
        assert text_of(pair.other_words) + remark == (pair.trace.quote if wording == "same" else wording)


@pytest.mark.parametrize(
    ("trace", "ours", "other"),
    [
        ("AR15", ["the", "of", "Russia"], ["Russia’s"]),
        ("AR17", ["out"], ["short"]),
        ("AR13", [], ["timed"]),
        ("AR03", ["Mariupolhis"], ["Mariupol", ",", "his"]),
        ("AR06", ["Mr"], ["Mr."]),
        ("AR09", ["work"], ["a", "working"]),
        ("AR02", [], []),
    ],
)
def test_what_differs_is_marked(desk: Desk, trace: str, ours: list[str], other: list[str]) -> None:
    """Word by word, only what differs is marked on either side."""
    assert changed(only(desk, trace)) == (ours, other)


def test_words_that_were_not_compared_are_not_called_changed(desk: Desk) -> None:
    """Where the seeds give a part of the cleaner wording, or leave words out, the rest of ours carries no mark."""
    for name, stretch in desk.course.facts.stretches.items():
        pair = only(desk, name)
        assert stretch in pair.trace.quote
        apart = [word.text for word in pair.our_words if word.state == "apart"]
        assert apart
        assert len(apart) + len(stretch.split()) == len(pair.trace.quote.split())
    headline = only(desk, "AR01")
    assert [word.text for word in headline.our_words if word.state == "apart"][:2] == ["visits", "Mariupol"]
    assert "The" in changed(headline)[0]


def test_each_pair_is_said_in_a_sentence(desk: Desk) -> None:
    """The plain text and the page say each pair in one sentence, and what differs in another."""
    shown = desk.xray("AR15", "AR02")
    ours, other = "since the invasion of Russia last year", "since Russia’s invasion last year"
    assert repr(shown).splitlines() == [
        f"AR15 Our copy has “{ours}” where the cleaner copy has “{other}”.",
        "AR02 Both copies have “Vladimir V. Putin”.",
    ]
    assert only(desk, "AR15").differences == (
        "What differs: in our copy “the”, “of Russia”, in the cleaner copy “Russia’s”."
    )
    assert not only(desk, "AR02").differences
    assert "nothing" in only(desk, "AR13").differences


def test_changes_are_marked_up_and_the_copy_is_named(desk: Desk) -> None:
    """Added and lost words are elements, kind and reason are text, and the copy is named with how it was read."""
    html = desk.xray("AR17")._repr_html_()
    assert "running <ins>out</ins> of ammunition" in html
    assert "running <del>short</del> of ammunition" in html
    text = re.sub(r"<[^>]*>", "", html)
    assert "Strengthened claim" in text
    assert "A factual claim became stronger without any new evidence." in text
    source = next(source for source in desk.seeds.part("sources") if source.key == "NYT_A_COPY")
    assert source.publisher in text
    assert f"Read as: {source.read}, {source.via}." in text
    assert "http" not in html


def test_a_trace_without_another_wording_is_refused(desk: Desk) -> None:
    """A trace whose other wording was not seen, or that does not exist, is answered in plain words."""
    assert not any(has_pair(trace) for trace in desk.seeds.part("traces") if trace.id in {"AR21", "AR22", "AR23"})
    with pytest.raises(ValueError, match="no wording of another copy was read for AR22"):
        desk.xray("AR22")
    with pytest.raises(KeyError, match="no trace 'AR99'"):
        desk.xray("AR99")
