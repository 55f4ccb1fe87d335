"""Measures of judgement and the picture drawn from them."""

from __future__ import annotations

import json
import math
import runpy
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import figures, measures

FOLDER = Path(__file__).parents[1] / "vectors" / "reliability"
CASES = json.loads((FOLDER / "reliability.json").read_text(encoding="utf-8"))["cases"]
JUDGEMENTS = st.lists(st.tuples(st.floats(0.5, 1.0), st.booleans()), max_size=40)


def judged(pairs: list[tuple[float, bool]]) -> pd.DataFrame:
    """Return judgements as a table."""
    return pd.DataFrame(pairs, columns=["confidence", "right"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_each_vector_has_its_bands(case: dict[str, Any]) -> None:
    """Bands and Brier score of each shared vector are the stored ones, to a billionth."""
    table = pd.DataFrame(case["judgements"], columns=["confidence", "right"])
    bands = measures.reliability(table)
    assert bands.index.tolist() == [band["band"] for band in case["bands"]]
    for band in case["bands"]:
        row = bands.loc[band["band"]]
        assert (row["count"], row["enough"]) == (band["count"], band["enough"])
        for name in ("right", "confidence"):
            assert_close(row[name], band[name])
    assert_close(measures.brier(table), case["brier"])


def assert_close(number: float, expected: float | None) -> None:
    """Hold a number to an expected one, to a billionth; where nothing is expected it is missing."""
    assert number == pytest.approx(math.nan if expected is None else expected, abs=1e-9, nan_ok=True)


def test_vectors_are_as_they_are_made() -> None:
    """Making the vectors again changes no byte."""
    make = runpy.run_path(str(FOLDER.parent / "make_reliability.py"))
    assert (FOLDER / "reliability.json").read_text(encoding="utf-8") == make["vectors"]()


@given(JUDGEMENTS)
def test_no_judgement_is_lost(pairs: list[tuple[float, bool]]) -> None:
    """Every judgement counts in one band, and shares stay between 0 and 1."""
    table = measures.reliability(judged(pairs))
    assert table["count"].sum() == len(pairs)
    assert table["right"].dropna().between(0, 1).all()
    if pairs:
        assert 0 <= measures.brier(judged(pairs)) <= 1


@pytest.mark.parametrize("confidence", [0.49, 1.01, math.nan, -1])
def test_a_confidence_out_of_range_is_refused(confidence: float) -> None:
    """A confidence below a guess, above certainty or missing is an error that names it."""
    with pytest.raises(ValueError, match="a share from"):
        measures.reliability(judged([(0.7, True), (confidence, False)]))


@pytest.mark.parametrize(
    ("hits", "alarms", "d_prime", "c"), [(9, 3, 0.90, -0.17), (5, 0, 1.40, 0.89), (12, 6, 1.18, -1.18)]
)
def test_discernment_has_its_check_values(hits: int, alarms: int, d_prime: float, c: float) -> None:
    """The balanced, the cynic and the credulous reader have the published two numbers."""
    numbers = measures.discernment(hits, 12, alarms, 8)
    assert numbers == (pytest.approx(d_prime, abs=0.005), pytest.approx(c, abs=0.005))


@given(st.integers(1, 50), st.integers(1, 50), st.data())
def test_discernment_is_symmetric(supported: int, unsupported: int, data: st.DataObject) -> None:
    """Refusing everything that was accepted, and the other way round, keeps d' from turning and turns both signs."""
    hits, alarms = data.draw(st.integers(0, supported)), data.draw(st.integers(0, unsupported))
    d_prime, c = measures.discernment(hits, supported, alarms, unsupported)
    turned, reluctant = measures.discernment(supported - hits, supported, unsupported - alarms, unsupported)
    assert turned == pytest.approx(-d_prime)
    assert reluctant == pytest.approx(-c)


@pytest.mark.parametrize("numbers", [(3, 2, 0, 1), (-1, 2, 0, 1), (0, 0, 0, 1), (0, 1, 0, 0)])
def test_impossible_numbers_are_refused(numbers: tuple[int, int, int, int]) -> None:
    """More accepted than there were, or no item at all, is an error and no number."""
    with pytest.raises(ValueError, match="at least one item"):
        measures.discernment(*numbers)


def texts_of(figure: Any) -> list[str]:  # noqa: ANN401
    """Return every text in the first axes of a figure."""
    return [text.get_text() for text in figure.axes[0].texts]


def dots_of(figure: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the dots of a figure by their bands."""
    dots = {}
    for line in figure.axes[0].lines:
        name = str(line.get_gid())
        if name.startswith("band-"):
            dots[name] = line
    return dots


def test_the_picture_says_how_many_and_greys_what_is_too_few() -> None:
    """A dot carries its number of judgements; a band under five is hollow and grey; the diagonal is there."""
    table = measures.reliability(judged([(0.6, True)] * 5 + [(0.9, False)] * 2))
    figure = figures.reliability(table)
    axes = figure.axes[0]
    dots = dots_of(figure)
    assert set(dots) == {"band-60", "band-90"}
    assert dots["band-60"].get_markerfacecolor() == figures.BLUE
    assert dots["band-90"].get_markeredgecolor() == figures.GREY
    assert {"5", "2"} <= set(texts_of(figure))
    assert "diagonal" in [line.get_gid() for line in axes.lines]
    assert axes.get_xlabel()
    assert axes.get_ylabel()


def test_the_picture_has_its_words() -> None:
    """The alternative text gives every band that holds something, and says which are too few."""
    alt = figures.describe_reliability(measures.reliability(judged([(0.6, True)] * 5 + [(0.9, False)] * 2)))
    assert "60%" in alt
    assert "90%" in alt
    assert "70%" not in alt
    assert "too few" in alt


def test_below_five_judgements_there_is_no_picture_to_read() -> None:
    """With four judgements in all, picture and words say that they are too few yet."""
    table = measures.reliability(judged([(0.6, True)] * 4))
    assert "Not enough judgements yet" in figures.describe_reliability(table)
    assert any("Not enough judgements yet" in text for text in texts_of(figures.reliability(table)))
    assert not dots_of(figures.reliability(table))
