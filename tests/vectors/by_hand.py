"""Builds tasks, keys and responses in few words, and holds the cases whose score was worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Case = dict[str, Any]


def numbered(letter: str, texts: Iterable[str]) -> list[Case]:
    """Return things with these texts; their ids are a letter and their numbers."""
    things = []
    for number, text in enumerate(texts):
        things.append({"id": f"{letter}{number}", "text": text})
    return things


def named(names: Iterable[str]) -> list[Case]:
    """Return things whose texts are their ids."""
    return [{"id": name, "text": name} for name in names]


def choice_task(weights: list[float], *, multiple: bool) -> Case:
    """Return a choice whose options o0, o1, ... have these weights."""
    options = numbered("o", [f"Option {number}" for number in range(len(weights))])
    entries = {}
    for option, weight in zip(options, weights, strict=True):
        entries[option["id"]] = {"weight": weight, "why": "Because."}
    return {
        "kind": "choice",
        "id": "X",
        "title": "A choice",
        "prompt": "Which?",
        "multiple": multiple,
        "options": options,
        "key": {"options": entries},
    }


def sort_task(weights: list[dict[str, float]], classes: list[str]) -> Case:
    """Return a sort whose items i0, i1, ... have these weights by class."""
    items = numbered("i", [f"Item {number}" for number in range(len(weights))])
    entries = {}
    for item, by_class in zip(items, weights, strict=True):
        entries[item["id"]] = {"weights": by_class, "why": "Because."}
    return {
        "kind": "sort",
        "id": "X",
        "title": "A sort",
        "prompt": "Where?",
        "items": items,
        "classes": [{"id": name, "text": name.upper()} for name in classes],
        "key": {"items": entries},
    }


def spans_task(texts: list[str], labels: dict[str, list[Case]], panel: dict[str, Any] | None = None) -> Case:
    """Return a spans task over passages p0, p1, ..."""
    return {
        "kind": "spans",
        "id": "X",
        "title": "Spans",
        "prompt": "Mark.",
        "passages": numbered("p", texts),
        "labels": [{"id": name, "text": name, "key": key} for name, key in zip(labels, "abcdef", strict=False)],
        "key": {"labels": labels, "panel": panel or {}},
    }


def value_task(fields: list[Case], keys: dict[str, Case]) -> Case:
    """Return a value task."""
    return {
        "kind": "value",
        "id": "X",
        "title": "Values",
        "prompt": "Fill in.",
        "fields": fields,
        "key": {"fields": keys},
    }


def key_span(passage: str, quote: str, weight: float = 1, occurrence: int = 1) -> Case:
    """Return a span of a key."""
    return {"passage": passage, "quote": quote, "weight": weight, "occurrence": occurrence, "why": "Because."}


def mark(text: str, label: str, quote: str, passage: str = "p0") -> Case:
    """Return a span of a response."""
    start = text.index(quote)
    selector = [
        {"type": "TextPositionSelector", "start": start, "end": start + len(quote)},
        {"type": "TextQuoteSelector", "exact": quote},
    ]
    return {"passage": passage, "label": label, "selector": selector}


def chosen(*names: str) -> Case:
    """Return the response to a choice."""
    return {"kind": "choice", "chosen": list(names)}


def placed(**where: str) -> Case:
    """Return the response to a sort."""
    return {"kind": "sort", "placed": where}


def marked(*spans: Case, clean: tuple[str, ...] = ()) -> Case:
    """Return the response to a spans task."""
    return {"kind": "spans", "spans": list(spans), "clean": list(clean)}


def values(**given: Any) -> Case:  # noqa: ANN401
    """Return the response to a value task."""
    return {"kind": "value", "values": given}


def by_hand(kind: str) -> list[tuple[str, Case, Case | None, Fraction | float | None]]:
    """Return the cases of a kind whose share was worked out by hand: name, task with key, response, share."""
    cases: list[Any] = {
        "arrows": hand_arrows,
        "choice": hand_choice,
        "drawer": hand_drawer,
        "edit": hand_edit,
        "order": hand_order,
        "sort": hand_sort,
        "spans": hand_spans,
        "value": hand_value,
        "verdict": hand_verdict,
        "written": hand_written,
    }[kind]()
    return cases


def hand_choice() -> list[Any]:
    """Right and wrong, a defensible option (0.5 - 3/8) / (1 - 3/8), and right minus wrong."""
    one, soft = choice_task([0, 1, 0, 0], multiple=False), choice_task([1, 0.5, 0, 0], multiple=False)
    many, all_right = choice_task([1, 1, 0, 0, 0.5], multiple=True), choice_task([1, 1], multiple=True)
    return [
        ("the reference option", one, chosen("o1"), 1),
        ("another option", one, chosen("o0"), 0),
        ("no response", one, None, 0),
        ("nothing chosen", one, chosen(), 0),
        ("a defensible option", soft, chosen("o1"), Fraction(1, 5)),
        ("all right ones", many, chosen("o0", "o1"), 1),
        ("all right ones and the neutral one", many, chosen("o0", "o1", "o4"), 1),
        ("one of two", many, chosen("o1"), Fraction(1, 2)),
        ("one right and one wrong cancel out", many, chosen("o1", "o2"), 0),
        ("two right and one wrong of two", many, chosen("o0", "o1", "o3"), Fraction(1, 2)),
        ("everything", many, chosen("o0", "o1", "o2", "o3", "o4"), 0),
        ("only wrong ones", many, chosen("o2", "o3"), 0),
        ("only the neutral one", many, chosen("o4"), 0),
        ("no option is wrong", all_right, chosen("o0"), Fraction(1, 2)),
    ]


def hand_sort() -> list[Any]:
    """Two items in four classes: chance 1/4; with a defensible class the chance is higher."""
    plain = sort_task([{"a": 1}, {"b": 1}], ["a", "b", "c", "d"])
    soft = sort_task([{"a": 1, "b": 0.5}, {"b": 1}], ["a", "b"])
    return [
        ("both right", plain, placed(i0="a", i1="b"), 1),
        ("one right", plain, placed(i0="a", i1="c"), Fraction(1, 3)),
        ("one right, one not placed", plain, placed(i0="a"), Fraction(1, 3)),
        ("both wrong", plain, placed(i0="d", i1="d"), 0),
        ("nothing placed", plain, placed(), 0),
        ("no response", plain, None, 0),
        ("a defensible class", soft, placed(i0="b", i1="b"), Fraction(1, 3)),
        ("exactly chance", sort_task([{"a": 1}, {"b": 1}], ["a", "b"]), placed(i0="a", i1="a"), 0),
    ]


def numbered_span(number: int) -> Case:
    """Return a span over a word that is a number."""
    return key_span("p0", f"w{number}")


def hand_spans() -> list[Any]:
    """Ten words, of which two are the reference: w = 1/5; marking those two earns 1, all ten nothing.

    Where two labels share a word the better of two markings earns 1, though it leaves the other label a word short.
    """
    text = "one two three four five six seven eight nine ten"
    two = spans_task([text], {"s": [key_span("p0", "three four")]})
    article = spans_task(["he met the mayor of the town today at noon"], {"s": [key_span("p0", "the mayor")]})
    empty = spans_task([text], {"s": [key_span("p0", "three four")], "t": []})
    numbers = " ".join(f"w{number}" for number in range(20))
    readers = [[3, 4, 5, 12, 13], [2, 3, 4, 5, 12, 13], [3, 4, 5], [4, 5, 12, 13, 14], [3, 4, 5, 12, 13]]
    panel = [list(map(numbered_span, reader)) for reader in readers]
    five = spans_task([numbers], {"s": []}, {"s": panel})
    weaker = spans_task(
        [text], {"s": [key_span("p0", "three four")], "t": [key_span("p0", "four", 0.5), key_span("p0", "eight")]}
    )
    equal = spans_task(
        [text], {"s": [key_span("p0", "three four")], "t": [key_span("p0", "four"), key_span("p0", "eight")]}
    )
    every = spans_task([text], {"s": [key_span("p0", text, 0.5), key_span("p0", "one")], "t": [key_span("p0", "ten")]})
    inside = spans_task([text], {"s": [key_span("p0", "three four")], "t": [key_span("p0", "four")]})
    shelter = "they went to the old theatre again today at noon"
    split = spans_task(
        [shelter], {"s": [key_span("p0", "went to the old theatre", 0.5)], "t": [key_span("p0", "old theatre")]}
    )

    def mark_numbers(*tokens: int) -> Case:
        return marked(*[mark(numbers, "s", f"w{number}") for number in tokens])

    half = Fraction(2, 3)  # F of one of two words: 2 * 1 / (1 + 2)
    chance = Fraction(2 * 2, 10 * 10) / (Fraction(2, 10) + Fraction(1, 10))
    one_of_two = (half - chance) / (1 - chance)
    return [
        ("the reference words", two, marked(mark(text, "s", "three four")), 1),
        ("one of two words", two, marked(mark(text, "s", "four")), one_of_two),
        ("everything", two, marked(mark(text, "s", text)), 0),
        ("other words", two, marked(mark(text, "s", "nine ten")), 0),
        ("nothing, said to be clean", two, marked(clean=("p0",)), 0),
        ("no response", two, None, 0),
        (
            "an article at the edge does not count",
            article,
            marked(mark("he met the mayor of the town", "s", "mayor")),
            1,
        ),
        ("half of the labels has nothing to mark", empty, marked(mark(text, "s", "three four")), 1),
        ("a mark where nothing is to be marked", empty, marked(mark(text, "t", "one")), 0),
        (
            "a word with two labels is marked as the stronger",
            weaker,
            marked(mark(text, "s", "three four"), mark(text, "t", "eight")),
            1,
        ),
        (
            "a word with two labels is marked as the weaker",
            weaker,
            marked(mark(text, "s", "three"), mark(text, "t", "four"), mark(text, "t", "eight")),
            (one_of_two + 1) / 2,
        ),
        (
            "of two labels of equal weight, the first",
            equal,
            marked(mark(text, "s", "three four"), mark(text, "t", "eight")),
            1,
        ),
        (
            "of two labels of equal weight, the second",
            equal,
            marked(mark(text, "s", "three"), mark(text, "t", "four"), mark(text, "t", "eight")),
            1,
        ),
        ("where every word is asked for, a reader of all", every, marked(mark(text, "s", text)), 0),
        (
            "where every word is asked for, a reader of some",
            every,
            marked(mark(text, "s", "one two"), mark(text, "t", "ten")),
            1,
        ),
        (
            "of two labels of equal weight, neither",
            equal,
            marked(mark(text, "s", "three"), mark(text, "t", "eight")),
            one_of_two,
        ),
        ("the only word of a label went to an equal one", inside, marked(mark(text, "s", "three four")), 1),
        (
            "an article is no edge of what another label leaves",
            split,
            marked(mark(shelter, "s", "went to the"), mark(shelter, "t", "old theatre")),
            1,
        ),
        ("panel: typical", five, mark_numbers(3, 4, 5, 12, 13), 1),
        ("panel: all 20", five, mark_numbers(*range(20)), 0),
        ("panel: elsewhere", five, mark_numbers(15, 16, 17), 0),
    ]


AS_WRITTEN = [
    (26.2, 0.1, 26.3, True),
    (26.2, 0.1, 26.1, True),
    (26.2, 0.1, 26.300000001, False),
    (36.3, 0.1, 36.4, True),
    (0.2728, 0.006, 0.2788, True),
    (0.2728, 0.006, 0.2668, True),
    (0.55, 0.015, 0.535, True),
    (0.55, 0.015, 0.5349, False),
    (-26.2, 0.1, -26.3, True),
    (-26.2, 0.1, -26.31, False),
    (0.05, 0.1, -0.05, True),
    (0.0, 0.0, -0.0, True),
    (1e22, 1e21, 1.1e22, True),
    (1e22, 1e21, 1.1000000000000002e22, False),
    (1e300, 1e-300, 1e300, True),
    (1e300, 1e-300, 0.0, False),
    (1e308, 1.0, -1e308, False),
    (3e-324, 5e-324, 0.0, True),
    (1.3e-7, 1e-8, 1.4e-7, True),
    (1.3e-7, 1e-8, 1.41e-7, False),
    (123456789.3, 0.3, 123456789.0, True),
]
"""A value, how far from it counts, an answer, and whether the answer counts, all as they are written."""


def hand_tolerance() -> list[Any]:
    """Tolerances that floats alone would get wrong, in a number and in one row of a table."""
    number = {"type": "number", "id": "n", "label": "N"}
    table = {"type": "table", "id": "t", "label": "T", "row_label": "Row", "value_label": "n", "rows": ["a", "b"]}
    cases = []
    for value, tolerance, answer, counts in AS_WRITTEN:
        name = f"{answer} for {value}, up to {tolerance} more or less"
        key = {"type": "number", "value": value, "tolerance": tolerance, "why": "Because."}
        cases.append((name, value_task([number], {"n": key}), values(n=answer), int(counts)))
        other = value / 2 + 1
        rows = {"type": "table", "values": {"a": value, "b": other}, "tolerance": tolerance, "why": "Because."}
        response = values(t={"a": answer, "b": other})
        cases.append((f"a row: {name}", value_task([table], {"t": rows}), response, int(counts)))
    return cases


def hand_value() -> list[Any]:
    """Tolerance, precision, words, and tables above their commonest value."""
    number = value_task(
        [{"type": "number", "id": "n", "label": "Hours", "unit": "h"}],
        {"n": {"type": "number", "value": 26.2, "tolerance": 0.1, "why": "Because."}},
    )
    date = value_task(
        [{"type": "date", "id": "d", "label": "Day"}], {"d": {"type": "date", "value": "2023-03-19", "why": "Because."}}
    )
    rule = {
        "type": "text",
        "min_words": 4,
        "mentions": [["four", "4"], ["government"]],
        "example": "four words of government",
        "why": "Because.",
    }
    text = value_task([{"type": "text", "id": "t", "label": "Title"}], {"t": rule})
    owned = {**rule, "min_words": 2, "mentions": [["state-owned"]], "example": "a state-owned paper"}
    hyphen = value_task([{"type": "text", "id": "t", "label": "Title"}], {"t": owned})
    rows = ["a", "b", "c", "d"]
    field = {"type": "table", "id": "t", "label": "Counts", "row_label": "Type", "value_label": "n", "rows": rows}
    table = value_task([field], {"t": {"type": "table", "values": {"a": 2, "b": 1, "c": 1, "d": 4}, "why": "Because."}})
    same = value_task([field], {"t": {"type": "table", "values": dict.fromkeys(rows, 1), "why": "Because."}})
    fields = [
        {"type": "number", "id": "n", "label": "N"},
        {"type": "date", "id": "d", "label": "D", "precision": "year"},
    ]
    keys = {
        "n": {"type": "number", "value": 3, "share": 3, "why": "Because."},
        "d": {"type": "date", "value": "2022", "share": 1, "why": "Because."},
    }
    return [
        ("the number", number, values(n=26.2), 1),
        ("inside the tolerance", number, values(n=26.25), 1),
        ("outside the tolerance", number, values(n=26.4), 0),
        ("no response", number, None, 0),
        ("nothing filled in", number, values(), 0),
        ("the day", date, values(d="2023-03-19"), 1),
        ("another day", date, values(d="2023-03-20"), 0),
        ("words and mentions", text, values(t="Four of eight: Government speakers"), 1),
        ("a number inside another is not a mention", text, values(t="government in 14 of 40 cases"), 0),
        ("too few different words", text, values(t="government four government four"), 0),
        ("a mention with a hyphen", hyphen, values(t="Six state-owned papers"), 1),
        ("nothing but white space", text, values(t=" \x1c\x85\u3000"), 0),
        ("the table", table, values(t={"a": 2, "b": 1, "c": 1, "d": 4}), 1),
        ("1 in each row", table, values(t=dict.fromkeys(rows, 1)), 0),
        ("three of four rows", table, values(t={"a": 2, "b": 1, "c": 1, "d": 3}), Fraction(1, 2)),
        ("a row too many", table, values(t={"a": 2, "b": 1, "c": 1, "d": 4, "e": 1}), Fraction(3, 5)),
        ("a table of one value, right", same, values(t=dict.fromkeys(rows, 1)), 1),
        ("a table of one value, one wrong", same, values(t={"a": 1, "b": 1, "c": 1, "d": 2}), 0),
        ("shares: three quarters", value_task(fields, keys), values(n=3, d="2021"), Fraction(3, 4)),
        ("shares: one quarter", value_task(fields, keys), values(d="2022"), Fraction(1, 4)),
        *hand_tolerance(),
    ]


def written_task() -> Case:
    """Return a written task with its exemplars."""
    levels = {str(level): f"Level {level}." for level in (1, 2, 3, 4)}
    exemplars = numbered("e", [f"Text {number}." for number in range(8)])
    for exemplar, level in zip(exemplars, (4, 4, 3, 3, 2, 2, 1, 1), strict=True):
        exemplar |= {"level": level, "marks": {"c": level}, "why": "Because."}
    return {
        "kind": "written",
        "id": "X",
        "title": "A text",
        "prompt": "Write.",
        "min_words": 2,
        "max_words": 200,
        "rubric": [{"id": "c", "text": "Accuracy", "levels": levels}],
        "key": {"exemplars": exemplars},
    }


def hand_written() -> list[Any]:
    """A text waits for a person; no text earns nothing."""
    texts = [
        "Two words.",
        "One",
        "Ein Übergriff",
        "<script>alert(1)</script>",
        "Слово о слове",
        "🙂 yes",
        "line\n\nline",
    ]
    waiting = [(f"the text {text!r} waits", written_task(), {"kind": "written", "text": text}, None) for text in texts]
    return [
        *waiting,
        ("only spaces", written_task(), {"kind": "written", "text": " \n\t "}, 0),
        ("white space that only Python trims", written_task(), {"kind": "written", "text": "\x1c\x1f\x85"}, 0),
        ("a mark that only the browser trims", written_task(), {"kind": "written", "text": "\ufeff"}, None),
        ("no text", written_task(), {"kind": "written", "text": ""}, 0),
        ("no response", written_task(), None, 0),
    ]


def order_task(ranks: list[list[str]], *, ties: bool = False) -> Case:
    """Return an order with this reference; the items are listed by their names."""
    items = sorted(chain.from_iterable(ranks))
    return {
        "kind": "order",
        "id": "X",
        "title": "An order",
        "prompt": "Which first?",
        "first": "Earliest",
        "last": "Latest",
        "ties": ties,
        "items": [{"id": name, "text": name.upper()} for name in items],
        "key": {"ranks": ranks, "why": dict.fromkeys(items, "Because.")},
    }


def ordered(*groups: str) -> Case:
    """Return the response to an order; the letters of a group stand at one place."""
    return {"kind": "order", "ranks": [list(group) for group in groups]}


def hand_order() -> list[Any]:
    """Four items have six pairs; with one open pair there are five that count."""
    plain, soft = order_task([["a"], ["b"], ["c"], ["d"]]), order_task([["a"], ["b", "c"], ["d"]], ties=True)
    return [
        ("the reference order", plain, ordered("a", "b", "c", "d"), 1),
        ("two neighbours turned round", plain, ordered("b", "a", "c", "d"), Fraction(4, 6)),
        ("first to last", plain, ordered("b", "c", "d", "a"), 0),
        ("reversed", plain, ordered("d", "c", "b", "a"), 0),
        ("nothing placed", plain, ordered(), 0),
        ("no response", plain, None, 0),
        ("one item missing: three pairs of six", plain, ordered("a", "b", "c"), Fraction(3, 6)),
        ("an open pair either way", soft, ordered("a", "c", "b", "d"), 1),
        ("an open pair tied", soft, ordered("a", "bc", "d"), 1),
        ("a fixed pair tied counts neither way", soft, ordered("ab", "c", "d"), Fraction(4, 5)),
        ("all tied", soft, ordered("abcd"), 0),
    ]


def arrows_task(edges: list[Case], *, relations: tuple[str, ...] = ()) -> Case:
    """Return a source map over the nodes n0 to n4."""
    key_edges = [{"why": "Because.", **link} for link in edges]
    return {
        "kind": "arrows",
        "id": "X",
        "title": "A map",
        "prompt": "Who told whom?",
        "nodes": numbered("n", [f"Node {number}" for number in range(5)]),
        "relations": named(relations),
        "key": {"edges": key_edges, "origins": {"n1": "n0"}},
    }


def edge(source: str, target: str, **more: Any) -> Case:  # noqa: ANN401
    """Return a link."""
    return {"source": source, "target": target, **more}


def linked(*edges: Case) -> Case:
    """Return the response to a source map."""
    return {"kind": "arrows", "edges": list(edges)}


def hand_arrows() -> list[Any]:
    """F = 2 hit / (given + reference); a wrong relation halves a link; direction counts."""
    links = [edge("n0", "n1"), edge("n1", "n2"), edge("n2", "n3")]
    plain = arrows_task(links)
    named = arrows_task([edge("n0", "n1", relation="r"), edge("unknown", "n2")], relations=("r", "s"))
    soft = arrows_task([edge("n0", "n1"), edge("n1", "n2", weight=0.5)])
    reversed_links = [edge(link["target"], link["source"]) for link in links]
    return [
        ("the reference links", plain, linked(*links), 1),
        ("two of three", plain, linked(*links[:2]), Fraction(4, 5)),
        ("turned round", plain, linked(*reversed_links), 0),
        ("three right and one more", plain, linked(*links, edge("n0", "n4")), Fraction(6, 7)),
        ("a link given twice counts once", plain, linked(*links, links[0]), 1),
        ("no links", plain, linked(), 0),
        ("no response", plain, None, 0),
        ("relation right", named, linked(edge("n0", "n1", relation="r"), edge("unknown", "n2")), 1),
        ("relation wrong", named, linked(edge("n0", "n1", relation="s"), edge("unknown", "n2")), Fraction(3, 4)),
        ("no relation given", named, linked(edge("n0", "n1"), edge("unknown", "n2")), Fraction(3, 4)),
        ("any relation where the key names none", named, linked(edge("unknown", "n2", relation="s")), Fraction(2, 3)),
        ("only the sure link: F 2/2.5, best 3/3.5", soft, linked(edge("n0", "n1")), Fraction(4, 5) / Fraction(6, 7)),
        ("both links", soft, linked(edge("n0", "n1"), edge("n1", "n2")), 1),
    ]


def verdict_task(support: dict[str, float], qualifications: dict[str, float], decisive: tuple[str, ...]) -> Case:
    """Return a verdict over the cards K1 to K4."""
    supports = {}
    for name in ("supported", "qualified", "not-established", "contradicted", "not-checkable"):
        supports[name] = {"weight": support.get(name, 0), "why": "Because."}
    limits = {}
    for name, weight in qualifications.items():
        limits[name] = {"weight": weight, "why": "Because."}
    return {
        "kind": "verdict",
        "id": "X",
        "title": "A verdict",
        "prompt": "How well is it supported?",
        "claim": "The bridge was closed.",
        "as_of": "1 May",
        "cards": ["K1", "K2", "K3", "K4"],
        "most_cards": 2,
        "qualifications": named(qualifications),
        "key": {"support": supports, "qualifications": limits, "decisive": dict.fromkeys(decisive, "Because.")},
    }


def judged(support: str | None, *cards: str, qualification: str | None = None) -> Case:
    """Return the response to a verdict."""
    return {"kind": "verdict", "support": support, "qualification": qualification, "cards": list(cards)}


def hand_verdict() -> list[Any]:
    """Five supports: a defensible one of 0.5 beside one of 1 earns (0.5 - 0.3) / (1 - 0.3)."""
    plain = verdict_task({"supported": 1}, {}, ("K1",))
    soft = verdict_task({"qualified": 1, "supported": 0.5}, {"q1": 1, "q2": 0.5, "q3": 0}, ("K1", "K2"))
    return [
        ("right with a decisive card", plain, judged("supported", "K1"), 1),
        ("right with two cards", plain, judged("supported", "K3", "K1"), 1),
        ("right without a decisive card", plain, judged("supported", "K2"), 0),
        ("right without any card", plain, judged("supported"), 0),
        ("wrong with the card", plain, judged("contradicted", "K1"), 0),
        ("only the card", plain, judged(None, "K1"), 0),
        ("nothing", plain, judged(None), 0),
        ("no response", plain, None, 0),
        ("qualified and right", soft, judged("qualified", "K2", qualification="q1"), 1),
        ("qualified, defensible", soft, judged("qualified", "K1", qualification="q2"), Fraction(7, 8)),
        ("qualified, wrong", soft, judged("qualified", "K1", qualification="q3"), Fraction(3, 4)),
        ("qualified, none chosen", soft, judged("qualified", "K1"), Fraction(3, 4)),
        ("a defensible support", soft, judged("supported", "K1"), Fraction(2, 7) * Fraction(3, 4)),
    ]


def drawer_task(least: int) -> Case:
    """Return a drawer of four cards."""
    return {
        "kind": "drawer",
        "id": "X",
        "title": "A drawer",
        "prompt": "Open what you need.",
        "group": "practice",
        "cards": ["K1", "K2", "K3", "K4"],
        "least": least,
        "key": {"why": "Because."},
    }


def opened(*cards: str) -> Case:
    """Return the response to a drawer."""
    return {"kind": "drawer", "opened": [{"card": card, "at": "2026-01-01T00:00:00.000Z"} for card in cards]}


def hand_drawer() -> list[Any]:
    """Cards opened, of the least number."""
    cases: list[Any] = []
    for least, count in product((1, 2, 3, 4), range(5)):
        response = opened(*["K1", "K2", "K3", "K4"][:count])
        cases.append((f"{count} opened, {least} asked", drawer_task(least), response, min(1, Fraction(count, least))))
    return [
        *cases,
        ("a card opened twice counts once", drawer_task(2), opened("K1", "K1"), Fraction(1, 2)),
        ("no response", drawer_task(1), None, 0),
    ]


def edit_task(texts: list[str], faults: list[Case], keep: Iterable[tuple[str, str]] = ()) -> Case:
    """Return an edit of passages p0, p1, ... with these faults; ``keep`` has a passage and a quote each."""
    return {
        "kind": "edit",
        "id": "X",
        "title": "An edit",
        "prompt": "Mend it.",
        "passages": numbered("p", texts),
        "key": {
            "faults": faults,
            "keep": [{"passage": passage, "quote": quote, "why": "Because."} for passage, quote in keep],
        },
    }


def fault(name: str, passage: str, quote: str, *repairs: str, **more: Any) -> Case:  # noqa: ANN401
    """Return a fault with its accepted repairs."""
    return {"id": name, "passage": passage, "quote": quote, "repairs": list(repairs), "why": "Because.", **more}


def mended(*texts: str | None) -> Case:
    """Return the response with these texts of p0, p1, ...; None leaves a passage out."""
    given = {f"p{number}": text for number, text in enumerate(texts) if text is not None}
    return {"kind": "edit", "texts": given}


FERRY = "The ferry was build in 1990, so the office says, and it is “safe as houses”."
FERRY_FAULTS = [fault("f", "p0", "was build", "was built"), fault("g", "p0", "so the office says,", "the office says,")]


def hand_edit() -> list[Any]:
    """Share of the weights, less 0.6 for half of the words outside the faults, less 0.1 for a stretch to be kept."""
    # 16 words, 6 of them in the quotes, so 10 are outside: one needless word costs 0.6 * 2/10.
    ferry = edit_task([FERRY], FERRY_FAULTS, [("p0", "“safe as houses”")])
    one = Fraction(6, 10) * Fraction(2, 10)
    both = "The ferry was built in 1990, the office says, and it is “safe as houses”."
    others = "An old boat was built at shore: the office says, but not if really true."
    swap = edit_task(["a b c d e f g h"], [fault("f", "p0", "c", "x y", "")])  # 7 outside
    late = edit_task(["one two three four"], [fault("f", "p0", "two three", "2 3", spot="three")])  # 2 outside
    near = edit_task(["a b c d e"], [fault("f", "p0", "b", "x"), fault("g", "p0", "c", "y z", "")])  # side by side
    weights = edit_task(["a b c d e"], [fault("f", "p0", "b", "x", weight=0.5), fault("g", "p0", "d", "y")])
    pair = edit_task(["a b c", "d e f"], [fault("f", "p0", "b", "x"), fault("g", "p1", "e", "y")])
    stop = edit_task(["it happened last year."], [fault("f", "p0", "last year", "in 2022")])
    twice = edit_task(["the cat saw the dog run"], [fault("f", "p0", "saw", "saw the")])  # a repair that repeats a word
    return [
        ("check: untouched", ferry, mended(), 0),
        ("check: untouched, with its text", ferry, mended(FERRY), 0),
        ("check: every word struck", ferry, mended(""), 0),
        ("check: every word replaced", ferry, mended(" ".join(["x"] * 16)), 0),
        ("check: everything rewritten round two repairs", ferry, mended(others), Fraction(0)),
        ("check: all accepted repairs", ferry, mended(both), 1),
        ("case, marks, dashes and space do not matter", ferry, mended(both.upper().replace(" ", "  ")), 1),
        ("straight quotation marks", ferry, mended(both.replace("“", '"').replace("”", '"')), 1),
        ("one of two repaired", ferry, mended(FERRY.replace("build", "built")), Fraction(1, 2)),
        ("found and worded in another way", ferry, mended(FERRY.replace("was build", "dates from")), Fraction(1, 4)),
        ("a word that was right", ferry, mended(both.replace("it is", "she is")), 1 - 2 * one),
        (
            "a word beside a repair, which is then only found",
            ferry,
            mended(both.replace("ferry", "boat")),
            Fraction(3, 4) - 2 * one,
        ),
        ("a word put in", ferry, mended(both.replace("The ferry", "The old ferry")), 1 - one),
        ("a word struck", ferry, mended(both.replace("it is", "is")), 1 - one),
        (
            "a quotation that was touched",
            ferry,
            mended(both.replace("safe as", "safe like")),
            Fraction(9, 10) - 2 * one,
        ),
        ("words put in at the end", ferry, mended(both + " So there."), 1 - 2 * one),
        ("half of it and more changed, all repaired", swap, mended("x y"), 0),
        ("a longer repair", swap, mended("a b x y d e f g h"), 1),
        ("struck, which is accepted", swap, mended("a b d e f g h"), 1),
        ("a repair with something put in beside it", swap, mended("a b x y z d e f g h"), Fraction(1, 2)),
        ("something put in before the fault", swap, mended("a b z c d e f g h"), 0),
        ("the spot is touched", late, mended("one two 3 four"), Fraction(1, 2)),
        ("only beside the spot", late, mended("one 2 three four"), 0),
        ("something put in beside the spot", late, mended("one two x three four"), 0),
        ("two faults side by side", near, mended("a x y z d e"), 1),
        ("the first of two side by side", near, mended("a x c d e"), Fraction(1, 2)),
        ("the second of two side by side", near, mended("a b y z d e"), Fraction(1, 2)),
        ("one repaired, one struck", near, mended("a x d e"), 1),
        ("two side by side, both worded in another way", near, mended("a q r d e"), Fraction(1, 2)),
        ("the lighter fault", weights, mended("a x c d e"), Fraction(1, 3)),
        ("the heavier fault", weights, mended("a b c y e"), Fraction(2, 3)),
        ("the lighter found, the heavier repaired", weights, mended("a q c y e"), Fraction(5, 6)),
        ("one passage of two", pair, mended("a x c"), Fraction(1, 2)),
        ("both passages", pair, mended("a x c", "d y f"), 1),
        ("the other passage rewritten", pair, mended("a x c", "u v w"), Fraction(3, 4) - Fraction(6, 10)),
        ("a full stop stays", stop, mended("it happened in 2022."), 1),
        ("a full stop that is lost", stop, mended("it happened in 2022"), Fraction(1, 2)),
        ("no answer", ferry, None, 0),
        ("a repair that ends with the next word is not told from it", twice, mended("the cat saw the the dog run"), 0),
    ]
