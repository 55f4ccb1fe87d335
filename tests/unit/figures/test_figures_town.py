"""The invented town: plan and views come from the same data, and each view from one place and direction only."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import hypot

import pytest

from copydesk import figures
from copydesk.figures.town import (
    HALF_STREET,
    HALF_VIEW,
    LANDMARKS,
    SEEN_FROM,
    STREETS,
    VIEWS,
    View,
    clearance,
    clues,
    is_water,
    landmarks_from_left,
    sun_side,
    turn,
)
from copydesk.figures.town_view import Camera, describe
from copydesk.text import t

STEP = 4


def candidates() -> list[View]:
    """Return where one could stand: every few metres of each street and of the bridge, in four directions."""
    views = []
    for street in STREETS:
        start, end = (0, 300) if street.runs == "north" else (0, 440)
        if street.name == "Bridge Street":
            start = -92
        for place in range(start, end + 1, STEP):
            x, y = (street.at, place) if street.runs == "north" else (place, street.at)
            views += [View(x, y, heading) for heading in (0, 90, 180, 270)]
    return views


@cache
def alike(name: str) -> list[View]:
    """Return the places and directions with the clues of a view."""
    view = VIEWS[name]
    likely = [other for other in candidates() if landmarks_from_left(other) == landmarks_from_left(view)]
    found = [other for other in likely if clues(other) == clues(view)]
    assert found, "the view's own street is among the places"
    return found


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("A", ("chimney", "tower")),
        ("B", ("bridge", "chimney")),
        ("C", ("water_tower", "tower")),
        ("D", ("station", "tower")),
    ],
)
def test_landmarks_stand_in_the_order_of_the_plan(name: str, order: tuple[str, ...]) -> None:
    """From left to right a view has the landmarks that the plan has on its way, in words and in the drawing."""
    view = VIEWS[name]
    assert landmarks_from_left(view) == order
    places = {landmark.name: (landmark.x, landmark.y) for landmark in LANDMARKS}
    for left, right in pairwise(order):
        (x1, y1), (x2, y2) = places[left], places[right]
        # Seen from a place, one thing is left of another where the turn from it to the other goes clockwise.
        assert (x1 - view.x) * (y2 - view.y) - (y1 - view.y) * (x2 - view.x) < 0
        camera = Camera(view)
        (across, _, ahead), (further, _, beyond) = camera.seen((x1, y1, 0)), camera.seen((x2, y2, 0))
        assert across / ahead < further / beyond
    named = [t(f"town.seen.{landmark}") for landmark in order]
    assert t("town.view.order", landmarks=", ".join(named)) in figures.town_view(name).alt


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_of_one_street_and_one_direction(name: str) -> None:
    """Wherever else one stands in the town, and wherever one looks, one sees something else."""
    view = VIEWS[name]
    runs_north = view.heading in {0, 180}
    at = view.x if runs_north else view.y
    assert at in {street.at for street in STREETS if street.runs == ("north" if runs_north else "east")}
    for other in alike(name):
        assert other.heading == view.heading
        assert abs((other.x if runs_north else other.y) - at) <= HALF_STREET, f"also at {other}"


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_from_one_place(name: str) -> None:
    """Where the landmarks are as far left and right as in the drawing, one is within 40 metres of its place."""
    view = VIEWS[name]
    seen = [landmark for landmark in LANDMARKS if landmark.name in landmarks_from_left(view)]
    for other in alike(name):
        apart = max(abs(turn(other, place.x, place.y) - turn(view, place.x, place.y)) for place in seen)
        assert apart > 1 or hypot(other.x - view.x, other.y - view.y) <= 40, f"also from {other}"


@pytest.mark.parametrize("name", VIEWS)
def test_a_landmark_is_seen_or_hidden_and_not_in_between(name: str) -> None:
    """No landmark peeps over a roof by so little that drawing and words could differ."""
    view = VIEWS[name]
    for landmark in LANDMARKS:
        if abs(turn(view, landmark.x, landmark.y)) < HALF_VIEW and (landmark.x, landmark.y) != (view.x, view.y):
            shown = clearance(view, landmark)
            assert shown > 1.4 * SEEN_FROM or shown < -SEEN_FROM, landmark.name


def test_the_four_views_differ() -> None:
    """Each view has clues of its own."""
    assert len({str(clues(view)) for view in VIEWS.values()}) == len(VIEWS)


@pytest.mark.parametrize("name", VIEWS)
def test_the_words_of_a_view_give_no_answer_away(name: str) -> None:
    """The alternative text has the clues; it names no street and no direction."""
    text = figures.town_view(name).alt
    assert text == describe(name, clues(VIEWS[name]))
    assert not [street.name for street in STREETS if street.name in text]
    assert not re.search(r"\b(north|south|east|west)", text)
    assert len(text.split()) > 30


def test_the_sun_and_the_river_are_where_the_plan_has_them() -> None:
    """Looking west the sun is in the picture, on the left as in the south-west; the river is south of the quay."""
    assert sun_side(View(0, 0, 270)) == "ahead_left"
    assert sun_side(View(0, 0, 0)) == "behind_left"
    assert is_water(200, -60)
    assert not is_water(200, 0)


def test_the_plan_has_every_street_and_landmark_by_name() -> None:
    """What a learner looks for is on the plan, and in its words."""
    plan = figures.town_plan()
    for street in STREETS:
        assert f">{street.name}</text>" in plan.inside
        assert street.name in plan.alt
    for landmark in LANDMARKS:
        assert f">{t(f'town.name.{landmark.name}')}</text>" in plan.inside
