"""Items are told apart: what reading leads to, and what a guess would."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.checks.items import KeyedChoice, balance_faults, find_keyed_choices, item_faults
from copydesk.checks.keys import careless_course_faults, careless_faults, key_faults, point_faults
from copydesk.checks.rated_statements import RatedStatement, find_rated_statements, form_faults, share_faults
from copydesk.checks.reused_items import find_reused_items
from copydesk.course.bank import Bank, Entry
from copydesk.kinds.verdict.model import SUPPORTS

TEXTS = ("The harbour office inspected it", "Most people trust the ferry", "The paint on it is new", "It runs on time")
WHY = "A reason of its own, long enough"


def choice(texts: tuple[str, ...] = TEXTS, **fields: Any) -> Entry:  # noqa: ANN401
    """Return a choice whose first option is the key."""
    options = [{"id": name, "text": text} for name, text in zip("abcdef", texts, strict=False)]
    weights = fields.pop("weights", [1] + [0] * (len(texts) - 1))
    key = {
        option["id"]: {"weight": weight, "why": f"{WHY} ({option['id']})"}
        for option, weight in zip(options, weights, strict=True)
    }
    data = {"id": "Q1", "kind": "choice", "title": "Ferry", "prompt": "What would you ask first?", "options": options}
    return Entry.model_validate({**data, **fields, "key": {"options": key}})


def sort(weights: dict[str, dict[str, float]], *, classes: tuple[str, ...] = SUPPORTS, **fields: Any) -> Entry:  # noqa: ANN401
    """Return a sort of items into verdicts."""
    return Entry.model_validate(
        {
            "id": "P1",
            "kind": "sort",
            "title": "Rate",
            "prompt": "How far does the evidence carry each?",
            "items": [{"id": name, "text": f"The statement called {name} about the ferry"} for name in weights],
            "classes": [{"id": name, "text": name} for name in classes],
            **fields,
            "key": {"items": {name: {"weights": each, "why": f"{WHY} {name}"} for name, each in weights.items()}},
        }
    )


def verdict(support: str, **fields: Any) -> Entry:  # noqa: ANN401
    """Return a verdict of one card with that key."""
    judged = {name: {"weight": float(name == support), "why": f"{WHY} {name}"} for name in SUPPORTS}
    data = {"id": "T1", "kind": "verdict", "title": "Judge", "prompt": "Judge it.", "claim": "The ferry is safe."}
    key = {"support": judged, "decisive": {"K-ONE": "It decides."}}
    return Entry.model_validate({**data, "as_of": "today", "points": 1, "cards": ["K-ONE"], **fields, "key": key})


def faults(entry: Entry) -> list[str]:
    """Return what is wrong with an item."""
    return [what for what, _ in item_faults(entry)]


def test_a_good_item_passes() -> None:
    """Four different options under a question are no fault."""
    assert faults(choice()) == []
    assert faults(choice(prompt="He asked: “Is it *safe*?”")) == []


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (choice(prompt="Is it safe? Pick one."), "the stem does not end in a question"),
        (choice((*TEXTS[:3], "None of the above")), "the option “None of the above” speaks of other options"),
        (choice((*TEXTS[:3], "All of these.")), "the option “All of these.” speaks of other options"),
        (choice((*TEXTS[:3], "Both a and c")), "the option “Both a and c” speaks of other options"),
        (choice((*TEXTS[:3], "the paint, on it, is new!")), f"“{TEXTS[2]}” repeats “the paint, on it, is new!”"),
        (choice((*TEXTS[:3], "The paint on it is now")), f"“{TEXTS[2]}” is nearly “The paint on it is now”"),
    ],
)
def test_a_bad_item_is_named(entry: Entry, what: str) -> None:
    """A stem without a question, an option about options, and a repeated option are faults."""
    assert faults(entry) == [what]


def test_options_that_differ_in_a_figure_are_different() -> None:
    """“12 of 20 harbours” and “15 of 20 harbours” are two answers."""
    assert faults(choice(("12 of 20 harbours have one", "15 of 20 harbours have one"))) == []


@pytest.mark.parametrize("cut", ["options", "why"])
def test_every_option_needs_an_explanation(cut: str) -> None:
    """An option without an entry in the key, or an entry without a reason, is not accepted."""
    data = choice().model_dump()
    if cut == "options":
        del data["key"]["options"]["d"]
    else:
        data["key"]["options"]["d"]["why"] = ""
    with pytest.raises(ValueError, match=r"no entry for option|at least 1 character"):
        Entry.model_validate({**data["task"], "key": data["key"]})


def test_only_choices_of_one_with_one_key_are_balanced() -> None:
    """Several keys, several picks and scales tell nothing of places; a longest key must be longer than all others."""
    scale = choice(("Supported", "Not supported")).model_dump()
    for part, name in zip(scale["task"]["options"], ("supported", "not-supported"), strict=True):
        part["id"] = name
    scale["key"]["options"] = {"supported": {"weight": 1, "why": WHY}, "not-supported": {"weight": 0, "why": WHY}}
    entries = [
        choice(),
        choice(("same size", "some size")),
        choice(weights=[1, 1, 0, 0]),
        choice(multiple=True),
        Entry.model_validate({**scale["task"], "key": scale["key"]}),
    ]
    assert list(find_keyed_choices("02", entries)) == [
        KeyedChoice("02", 0, 4, is_longest=True),
        KeyedChoice("02", 0, 2, is_longest=False),
    ]


@settings(deadline=None)  # the first example loads scipy
@given(st.integers(1, 60), st.integers(2, 6))
def test_keys_spread_evenly_pass(rounds: int, options: int) -> None:
    """Where every place holds the key equally often, and the longest as often as chance has it, nothing is found."""
    items = [
        KeyedChoice("02", place, options, is_longest=place == 0) for _ in range(rounds) for place in range(options)
    ]
    assert list(balance_faults(items)) == []


@settings(deadline=None)  # the first example loads scipy
@given(st.integers(0, 3), st.integers(1, 3))
def test_few_items_prove_nothing(place: int, count: int) -> None:
    """With two or three items even the same place each time is no proof of a habit, with one no proof at all."""
    found = list(balance_faults([KeyedChoice("02", place, 4, is_longest=False)] * count))
    assert bool(found) == (count == 3)


def test_a_habit_is_found() -> None:
    """A place that holds most keys, one that holds none, and keys that are mostly the longest are named."""
    items = [KeyedChoice("02", number % 3, 4, is_longest=number % 2 == 0) for number in range(30)]
    found = [what for what, _ in balance_faults(items)]
    assert found == [
        "place d holds the key in 0 of 30 items with 4 options",
        "the key is the longest option in 15 of 30 items",
    ]


def test_statements_are_counted_wherever_they_are_rated() -> None:
    """Verdicts, sorts into verdicts and choices between verdicts count; other sorts do not."""
    entries = [
        verdict("qualified"),
        sort({"one": {"supported": 1}, "two": {"contradicted": 1, "supported": 0.5}}),
        sort({"one": {"x": 1}, "two": {"y": 1}}, classes=("x", "y")),
    ]
    assert [each.is_supported for each in find_rated_statements("06", entries)] == [True, True, False]


@pytest.mark.parametrize(
    ("supported", "total", "is_good"),
    [(24, 40, True), (30, 40, True), (23, 40, False), (31, 40, False), (3, 3, True), (0, 3, True), (0, 4, False)],
)
def test_most_rated_statements_are_supported(supported: int, total: int, *, is_good: bool) -> None:
    """From 40 statements on, 60 to 75% must be supported; of fewer, as many as chance allows."""
    statements = [RatedStatement("06", "T1", number < supported) for number in range(total)]
    assert (not list(share_faults(statements))) == is_good


def test_a_baseline_form_is_twelve_and_eight() -> None:
    """Each form of a file has exactly 12 supported statements and 8 others."""
    good = [RatedStatement("00", f"A{number:02}", number <= 12) for number in range(1, 21)]
    bad = [RatedStatement("00", f"B{number:02}", number <= 13) for number in range(1, 21)]
    assert [what for _, (what, _) in form_faults([*good, *bad])] == ["form B has 13 supported statements and 7 others"]


def test_a_half_weight_says_why() -> None:
    """A weight between 0 and 1 has a reason of five words or more that no other entry has."""
    assert list(key_faults(sort({"one": {"supported": 1, "qualified": 0.5}, "two": {"contradicted": 1}}))) == []
    short = choice(weights=[1, 0.5, 0, 0]).model_dump()
    short["key"]["options"]["b"]["why"] = "One can."
    found = list(key_faults(Entry.model_validate({**short["task"], "key": short["key"]})))
    assert [what for what, _ in found] == ["the weight 0.5 has only “One can.” as its reason"]
    short["key"]["options"]["b"]["why"] = short["key"]["options"]["c"]["why"].upper()
    found = list(key_faults(Entry.model_validate({**short["task"], "key": short["key"]})))
    assert len(found) == 1
    assert "shares its reason" in found[0][0]


def test_a_label_that_asks_for_every_word_is_named() -> None:
    """Where the best answer is to mark every word, nobody is graded for the label, and the key is called wrong."""
    text = "the ferry is safe"
    every = Entry.model_validate(
        {
            "id": "P1",
            "kind": "spans",
            "title": "Mark",
            "prompt": "Mark it.",
            "passages": [{"id": "p", "text": text}],
            "labels": [{"id": name, "text": name, "key": name} for name in "st"],
            "key": {"labels": {"s": [{"passage": "p", "quote": text, "why": WHY}], "t": []}},
        }
    )
    assert [what for what, _ in key_faults(every)] == ["the label 's' earns nothing for anyone"]


def test_a_careless_answer_earns_little() -> None:
    """In a task of several judgements no answer without thought may earn more than 0.40."""
    fair = {"one": {"supported": 1.0}, "two": {"contradicted": 1.0}, "three": {"qualified": 1.0}}
    assert list(careless_faults(sort(fair))) == []
    lopsided = {name: {"supported": 1.0} for name in ("one", "two", "three")}
    assert [what for what, _ in careless_faults(sort(lopsided))] == [
        "the careless answer 'everything in supported' earns 1.00"
    ]


def test_one_pick_for_all_verdicts_earns_little() -> None:
    """The same verdict on every claim of the course may not earn more than 0.40 of them together."""
    mixed = [verdict(support) for support in SUPPORTS]
    assert list(careless_course_faults(mixed)) == []
    assert list(careless_course_faults([verdict("supported")] * 4)) == []
    assert list(careless_course_faults([verdict("supported", points=0)] * 5)) == []
    found = [what for what, _ in careless_course_faults([*mixed, *[verdict("supported")] * 3])]
    assert found == ["the careless answer 'always supported in all 8 tasks of kind verdict' earns 0.50"]


def test_points_are_20_and_12() -> None:
    """The points of a graded bank are 20 by rule and 12 by rubric."""
    data = {"course": "c", "lesson": "02-x", "title": "T", "purpose": "graded", "keyed_by": "one reading"}
    bank = Bank.model_validate({"schema": "copydesk/bank/1", **data, "tasks": [choice(points=19)]})
    assert [what for what, _ in point_faults(bank)] == ["the points are 19 automatic and 0 by rubric"]


def test_what_is_practised_is_not_graded() -> None:
    """The same sentence under the same question is practised or graded, never both; a new question is a new item."""
    mine, other = ("quiz.yml", "Q1"), ("tasks.yml", "T1")
    assert (
        list(find_reused_items({mine: choice()}, {other: choice(("Somebody else looked at it", "x", "y", "z"))})) == []
    )
    assert [
        words for *_, words in find_reused_items({mine: choice()}, {other: choice(prompt="What else would you ask?")})
    ] == [
        TEXTS[0],
        TEXTS[1],
        TEXTS[2],
    ]
    fair = {"one": {"supported": 1.0}, "two": {"contradicted": 1.0}}
    elsewhere = {"one": {"x": 1.0}, "two": {"y": 1.0}}
    assert list(find_reused_items({mine: sort(fair)}, {other: sort(elsewhere, classes=("x", "y"))})) == []
    assert len(list(find_reused_items({mine: sort(fair)}, {other: sort(fair)}))) == 2
    assert len(list(find_reused_items({mine: verdict("supported")}, {other: verdict("contradicted")}))) == 1
