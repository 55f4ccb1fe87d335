"""The panel view: own marks beside the reference, from the same numbers in Python and in the browser."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

import copydesk
from copydesk import figures
from copydesk.figures.panel import PANEL_WIDTH
from copydesk.kinds import scoring
from copydesk.kinds.spans.strips import Strip, strips
from copydesk.kinds.union import Key, Response, Task

if TYPE_CHECKING:
    from copydesk.desk.desk import Desk

FOLDER = Path(__file__).parents[2] / "vectors" / "panel"
CASES = json.loads((FOLDER / "panel.json").read_text(encoding="utf-8"))["cases"]


def read(case: dict[str, Any]) -> tuple[Any, list[Strip]]:
    """Return task and strips of a stored case."""
    return TypeAdapter(Task).validate_python(case["task"]), [Strip.model_validate(strip) for strip in case["strips"]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return the desk of a learner, with an answer file of its own."""
    return copydesk.open("02-attribution", answers=tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_vector_has_its_strips(case: dict[str, Any]) -> None:
    """Marks, weights and findings of each shared vector are the stored ones, weights to a billionth."""
    task, stored_strips = read(case)
    key = TypeAdapter(Key).validate_python(case["key"])
    response = None if case["response"] is None else TypeAdapter(Response).validate_python(case["response"])
    for strip, stored_strip in zip(strips(task, key, response), stored_strips, strict=True):
        assert (strip.passage, strip.label) == (stored_strip.passage, stored_strip.label)
        for word, stored_word in zip(strip.words, stored_strip.words, strict=True):
            assert word.weight == pytest.approx(stored_word.weight, abs=1e-9)
            assert word.model_copy(update={"weight": stored_word.weight}) == stored_word


def test_vectors_are_as_they_are_made() -> None:
    """Making the vectors again changes no byte, and there are at least 30."""
    make = runpy.run_path(str(FOLDER.parent / "make_panel.py"))
    assert (FOLDER / "panel.json").read_text(encoding="utf-8") == make["vectors"]()
    assert len(CASES) >= 30


@pytest.mark.filterwarnings("ignore:Glyph")  # the font has no emoji, and draws a box
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_picture_holds_every_word_and_every_mark(case: dict[str, Any]) -> None:
    """Each marked word has its strip above, each word of the reference one below, within the width of the picture."""
    task, strips = read(case)
    axes = figures.panel(task, strips).axes[0]
    words = [word for strip in strips for word in strip.words]
    gids = [patch.get_gid() for patch in axes.patches]
    assert gids.count("mine") == sum(word.mine for word in words)
    assert gids.count("reference") == sum(word.weight > 0 for word in words)
    assert all(patch.get_x() + patch.get_width() <= PANEL_WIDTH + 12 for patch in axes.patches)
    written = "".join(text.get_text() for text in axes.texts)
    texts = {passage.id: passage.text for passage in task.passages}
    for strip in strips:
        assert texts[strip.passage] in written or all(word.found == "nothing" for word in strip.words)


def test_a_weaker_reference_is_lower_and_hatched() -> None:
    """A reading you can defend looks different from the reference without its colour."""
    task, strips = read(next(case for case in CASES if case["name"].startswith("a reading you can defend")))
    below = [patch for patch in figures.panel(task, strips).axes[0].patches if patch.get_gid() == "reference"]
    assert [(patch.get_height(), patch.get_hatch()) for patch in below] == [(8, None), (4, "////")]


def test_the_picture_has_its_words() -> None:
    """The alternative text quotes what is in both, only in the reference, and only the learner's."""
    task, strips = read(next(case for case in CASES if case["name"].startswith("a reading you can defend")))
    description = figures.describe_panel(task, strips)
    assert "p0, s. In both: “mayor”." in description
    assert "Only in the reference: “town” (weight 50%, can be defended)." in description
    assert "Only yours: “He met the”." in description
    empty = [strip.model_copy(update={"words": ()}) for strip in strips]
    assert figures.describe_panel(task, empty).endswith("you marked nothing.")


def test_the_same_marks_make_the_same_picture(desk: Desk) -> None:
    """The picture of an answer is the same bytes each time, and its alternative text comes with it."""
    entry = desk._tasks.entry("P1")
    assert entry.key is not None
    desk.answer("P1", scoring.reference_response(entry.task, entry.key))
    first, second = desk.panel("P1"), desk.panel("P1")
    assert isinstance(first, figures.Picture)
    assert first == second
    assert "In both: “state media Tass”" in first.alt


def test_the_key_shows_only_after_an_answer(desk: Desk) -> None:
    """Before the learner has marked anything there is a question and no picture; a graded task never has one."""
    assert repr(desk.panel("P1")).startswith("P1: not answered yet.")
    for name in ("T1", "Q1"):
        with pytest.raises(ValueError, match="only practice tasks"):
            desk.panel(name)
