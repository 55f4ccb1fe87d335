"""The reading pane says what the seeds say, at the place in the article where they say it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import copydesk
from copydesk.views.reading_pane import LAYERS, support_of
from copydesk.views.widget import DeskWidget, StaticView

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.desk.desk import Desk

LESSON = "02-attribution"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a learner's desk with nothing answered."""
    return copydesk.open(LESSON, answers=tmp_path / "answers")


@pytest.fixture
def layers(desk: Desk) -> dict[str, dict[str, Any]]:
    """Return all layers by their ids."""
    return {layer["id"]: layer for layer in desk.read().content["layers"]}


def facts(mark: dict[str, Any]) -> dict[str, str]:
    """Return what a note says, by name."""
    return {fact["name"]: fact["text"] for fact in mark["facts"]}


def test_all_layers_stand_on_the_words_they_speak_of(desk: Desk, layers: dict[str, dict[str, Any]]) -> None:
    """Every mark covers exactly the words that its note quotes, inside the sentence that it names."""
    sentences = {sentence.id: sentence for sentence in desk.seeds.part("sentences")}
    assert tuple(layers) == LAYERS
    for layer in layers.values():
        assert [mark["start"] for mark in layer["marks"]] == sorted(mark["start"] for mark in layer["marks"])
        for mark in layer["marks"]:
            home = sentences[mark["sentence"]]
            assert desk.seeds.article[mark["start"] : mark["end"]] == mark["quote"]
            assert home.start <= mark["start"] < mark["end"] <= home.end


def test_no_entry_of_the_seeds_is_left_out(desk: Desk, layers: dict[str, dict[str, Any]]) -> None:
    """Each layer has one mark for each entry of the seeds."""
    of_layer = {"statements": "claims"}
    for name, layer in layers.items():
        entries = desk.seeds.part(of_layer.get(name, name))
        assert sorted(mark["id"] for mark in layer["marks"]) == sorted(entry.id for entry in entries)


def test_an_attribution_is_marked_at_its_cue(desk: Desk, layers: dict[str, dict[str, Any]]) -> None:
    """The mark is on the cue; source and content, which have no place in the seeds, are named in the note."""
    for entry in desk.seeds.part("attributions"):
        mark = next(mark for mark in layers["attributions"]["marks"] if mark["id"] == entry.id)
        assert (mark["start"], mark["end"], mark["quote"]) == (entry.cue_start, entry.cue_end, entry.cue)
        said = facts(mark)
        assert (said["Source"], said["Cue"], said["Content"]) == (entry.source, entry.cue, entry.content)
        assert mark["note"] == entry.note


def test_a_trace_says_how_it_is_known(desk: Desk, layers: dict[str, dict[str, Any]]) -> None:
    """The note of a trace says what is observed and what is only inferred, and names the other copy."""
    for entry in desk.seeds.part("traces"):
        mark = next(mark for mark in layers["traces"]["marks"] if mark["id"] == entry.id)
        said = facts(mark)
        assert said["How it is known"] == entry.basis
        assert (said["What happened"], said["What it tells you"]) == (entry.what, entry.tells_reader)
        assert said.get("Wording of another copy", "") == entry.other_copy_wording
        assert mark["sources"] == ([entry.other_copy_source] if entry.other_copy_source else [])


def test_a_loaded_wording_has_a_plainer_one(desk: Desk, layers: dict[str, dict[str, Any]]) -> None:
    """Each loaded wording is shown with its frame, its effect and the plainer alternative."""
    for entry in desk.seeds.part("wordings"):
        mark = next(mark for mark in layers["wordings"]["marks"] if mark["id"] == entry.id)
        assert mark["title"].casefold() == entry.frame.casefold()
        assert facts(mark) == {"What it does": entry.effect, "Plainer": entry.neutral_alternative}
        assert mark["note"] == entry.note


def test_verdicts_are_those_of_the_course(desk: Desk, layers: dict[str, dict[str, Any]]) -> None:
    """The six verdicts of the seeds become the five of the course, two of them by name, each with its day."""
    expected = {
        "supported": "Supported",
        "mostly supported": "Supported with a qualification",
        "imprecise/missing context": "Supported with a qualification",
        "contested": "Not established",
        "unsupported/false": "Contradicted",
        "not checkable": "Not checkable",
    }
    for entry in desk.seeds.part("claims"):
        mark = next(mark for mark in layers["claims"]["marks"] if mark["id"] == entry.id)
        wanted = "Not established" if entry.id in {"C34", "C35"} else expected[entry.verdict]
        assert mark["tag"] == mark["title"] == wanted
        said = facts(mark)
        assert said["As of"] == "19 March 2023"
        assert (said["What was found"], said["Who asserts it"]) == (entry.evidence, entry.asserted_by)
        assert said.get("What is missing", "") == entry.missing_context
        assert mark["sources"] == list(entry.sources)
    counted = Counter(support_of(entry, desk.course.facts) for entry in desk.seeds.part("claims"))
    assert counted == {
        "supported": 18,
        "qualified": 20,
        "not-established": 5,
        "contradicted": 1,
        "not-checkable": 1,
    }


def test_a_kind_of_statement_gives_no_verdict_away(desk: Desk, layers: dict[str, dict[str, Any]]) -> None:
    """The layer of statements names the kind of each claim and who asserts it, and nothing of what was found."""
    for entry in desk.seeds.part("claims"):
        mark = next(mark for mark in layers["statements"]["marks"] if mark["id"] == entry.id)
        assert mark["tag"].casefold() == entry.type
        assert facts(mark) == {"Who asserts it": entry.asserted_by}
        assert not mark["sources"]
        assert not mark["note"]


def test_groups_are_told_apart_without_colour(layers: dict[str, dict[str, Any]]) -> None:
    """In every layer each group has a sign and a look that no other has, and each mark is in one of them."""
    for layer in layers.values():
        for part in ("id", "sign", "look", "text"):
            values = [group[part] for group in layer["groups"]]
            assert len(set(values)) == len(values)
        assert {mark["group"] for mark in layer["marks"]} == ({group["id"] for group in layer["groups"]} or {""})


def test_every_source_says_how_it_was_read(desk: Desk) -> None:
    """Each source that a note names is there with publisher, title, date, address, and how it was read."""
    content = desk.read().content
    named = {key for layer in content["layers"] for mark in layer["marks"] for key in mark["sources"]}
    sources = {source.key: source for source in desk.seeds.part("sources")}
    assert set(content["sources"]) == named
    for key, shown in content["sources"].items():
        assert shown == sources[key].model_dump(exclude={"key"})


def test_a_layer_waits_for_the_task_it_gives_away(desk: Desk) -> None:
    """A locked layer names its tasks; the widget is given the answers to them, and no answer to any other."""
    desk.answer("P3", {"kind": "spans", "spans": [], "clean": ["S04", "S08", "S10"]})
    desk.answer("P2", {"kind": "spans", "spans": [], "clean": ["S17"]})
    view = desk.read(after={"attributions": ["P3"]})
    assert isinstance(view, DeskWidget)
    locked, free = view.content["layers"][:2]
    assert locked["after"] == ["P3"]
    assert "“On your own”" in locked["hidden_note"]
    assert (free["after"], free["hidden_note"]) == ([], "")
    outline = {"kind": "spans", "passages": [{"id": "S04"}, {"id": "S08"}, {"id": "S10"}]}
    assert view.content["required"] == [{"id": "P3", "title": "On your own", "check": True, "outline": outline}]
    assert list(view.answers["entries"]) == ["P3"]
    assert repr(view) == "<Copy Desk 02-attribution: reading>"


def test_layers_are_chosen_by_name(desk: Desk) -> None:
    """Only the layers asked for are there; a name that does not exist is answered with those that do."""
    assert [layer["id"] for layer in desk.read(layers=["claims", "traces"]).content["layers"]] == ["claims", "traces"]
    with pytest.raises(KeyError, match="no layer 'claim'; there are attributions, traces"):
        desk.read(layers=["claim"])
    with pytest.raises(KeyError, match="no task can lock a layer that is not shown: 'claims'"):
        desk.read(layers=["traces"], after={"claims": ["P3"]})
    with pytest.raises(KeyError, match="no task 'P9'"):
        desk.read(after={"claims": ["P9"]})


def test_claims_that_a_task_still_asks_for_are_left_out(desk: Desk) -> None:
    """With ``claims`` the layer has these verdicts only, so that a graded verdict is not given away."""
    (layer,) = desk.read(layers=["claims"], claims=["C20", "C44"]).content["layers"]
    assert [mark["id"] for mark in layer["marks"]] == ["C20", "C44"]


def test_a_few_sentences_can_be_enough(desk: Desk) -> None:
    """With ``sentences`` the pane has these alone, and no mark of any other."""
    content = desk.read(layers=["claims", "traces"], sentences=["S04", "S21"]).content
    assert [sentence["id"] for sentence in content["sentences"]] == ["S04", "S21"]
    for layer in content["layers"]:
        assert {mark["sentence"] for mark in layer["marks"]} <= {"S04", "S21"}
    assert content["layers"][0]["marks"]


def test_without_a_script_it_reads_as_a_document(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The static page has the whole article, then each layer folded, with every note; addresses are only links."""
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    view = desk.read(after={"attributions": ["P3"]})
    assert isinstance(view, StaticView)
    markup = view._repr_html_().split("</script>", 1)[1]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))
    places = [text.index(sentence.text) for sentence in desk.seeds.part("sentences")]
    assert places == sorted(places)
    assert markup.count("<details>") == len(LAYERS)
    assert markup.index("</article>") < markup.index("<details>")
    assert markup.count("<summary>") == len(LAYERS)
    assert "Do this first: “On your own”." in text
    links = re.findall(r"<a ([^>]*)>", markup)
    assert links
    assert all('rel="noreferrer noopener"' in link for link in links)
    assert not re.search(r"\bsrc=|<link|<img", markup)
