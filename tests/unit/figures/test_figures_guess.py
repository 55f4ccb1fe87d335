"""A figure that asks for a guess before it shows."""

from __future__ import annotations

import ipywidgets
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

from copydesk import figures
from copydesk.figures import Guess


def page(guess: Guess) -> BeautifulSoup:
    """Return what a cell shows for a figure with a guess."""
    figure = Figure(figsize=(3, 3))
    return BeautifulSoup(
        figures.show(figure, alt="Six bars.", guess=guess)._repr_mimebundle_()["text/html"], "html.parser"
    )


def test_the_figure_is_folded_away_below_its_question() -> None:
    """Without a script there is the question, and the figure with its words in a fold that is closed."""
    shown = page(Guess("How many of the 21 <have> a source?", 6, total=21))
    label = shown.select_one("label")
    assert label is not None
    assert label.get_text().startswith("How many of the 21 <have> a source?")
    assert "of 21" in label.get_text()
    fold = shown.select_one("details")
    assert fold is not None
    assert "open" not in fold.attrs
    assert fold.summary is not None
    assert fold.summary.get_text() == "Show the figure"
    assert [image["alt"] for image in fold.select("figure img")] == ["Six bars."]


def test_sentences_compare_guess_and_figure() -> None:
    """A number of so many is compared in one sentence, the same number in another, no number in a third."""
    (question,) = page(Guess("How many?", 6, total=21)).select(".copydesk-guess")
    assert question["data-answer"] == "6"
    assert question["data-said"] == "You said {guess} of 21; it is 6."
    assert question["data-same"] == "You said 6 of 21, and that’s right."
    assert question["data-none"] == "It is 6 of 21."


def test_a_guess_can_be_one_of_some_options() -> None:
    """Options are radio buttons of one group, and are quoted in the sentence."""
    shown = page(Guess("Which page is a second source?", "page three", options=("page one", "page three")))
    options = shown.select("fieldset input[type=radio]")
    assert [option["value"] for option in options] == ["page one", "page three"]
    assert len({option["name"] for option in options}) == 1
    (question,) = shown.select(".copydesk-guess")
    assert question["data-said"] == "You said “{guess}”; it is “page three”."


def test_a_question_without_an_answer_is_refused() -> None:
    """An author who forgets the question, or whose answer is no option, is told so."""
    with pytest.raises(ValueError, match="needs a question"):
        Guess(" ", 6)
    with pytest.raises(ValueError, match="'page four' is not one of the options"):
        Guess("Which?", "page four", options=("page one",))


def test_a_figure_to_explore_asks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a kernel it asks until one chooses from the list; a page without one has the question above all figures."""

    def draw(kind: str) -> Figure:
        return figures.bars({kind: 1}, title=kind, x_label="x", y_label="y")

    def explore() -> object:
        guess = Guess("How many?", 1)
        return figures.explore(draw, alt=lambda kind: f"One bar: {kind}.", guess=guess, kind=("Kind", ["old", "new"]))

    panel = explore()
    assert isinstance(panel, ipywidgets.VBox)
    dropdown, view = panel.children
    assert "<details>" in view.value
    dropdown.value = "new"
    assert "<details>" not in view.value
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    html = explore()._repr_mimebundle_()["text/html"]  # type: ignore[attr-defined]  # what a notebook asks for
    assert html.count("<details>") == 1
    assert html.index("<details>") < html.index("<figure")
