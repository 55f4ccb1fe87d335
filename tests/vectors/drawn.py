"""What hypothesis draws for each kind: a task with its key, and a response that the task can have.

Whole numbers stay within 100 and nothing else is drawn from an open range: for larger numbers and for floats,
hypothesis mixes in constants out of whichever modules are loaded, and the vectors would not come out the same.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

from by_hand import (
    Case,
    arrows_task,
    choice_task,
    chosen,
    drawer_task,
    edge,
    edit_task,
    fault,
    judged,
    key_span,
    linked,
    marked,
    mended,
    opened,
    order_task,
    ordered,
    placed,
    sort_task,
    spans_task,
    value_task,
    values,
    verdict_task,
    written_task,
)
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from copydesk.model.tokens import tokenize

WEIGHTS = st.sampled_from([0.0, 0.0, 1.0, 1.0, 0.5, 0.25, 0.75, 0.1, 0.3, float(Fraction(1, 3))])
CARDS = ("K1", "K2", "K3", "K4")
NODES = ("n0", "n1", "n2", "n3", "n4", "unknown")
SUPPORTS = ("supported", "qualified", "not-established", "contradicted", "not-checkable")
WORDS = (
    *("the", "Mayor", "of", "a", "The", "northern", "town", "said", "on", "Monday", "that", "an", "repairs", "would"),
    *(",", "officials", "claimed", ";", "river", "'s", "Straße", "STRASSE", "ΟΔΟΣ", "οδός", "İzmir", "ﬁve", "²", "½"),
    *("Маріуполь", "МАРІУПОЛЬ", "𝔘krainian", "🙂", "state-owned", "43,500", "e\u0301tat", "_under_score_", "U.S."),
)
WHITE = (
    " ",
    "\n",
    "\t",
    "\r",
    "\u2003",
    "\u00a0",
    "\u2028",
    "\u3000",
    "\x0b",
    "\x1c",
    "\x1f",
    "\x85",
    "\ufeff",
    "\u200b",
)
Drawn = tuple[Case, Case | None]
Draw = st.DrawFn


@st.composite
def choices(draw: Draw) -> Drawn:
    """A choice of one or several, with at least one right option."""
    weights = draw(st.permutations([1.0, *draw(st.lists(WEIGHTS, min_size=1, max_size=6))]))
    multiple = draw(st.booleans())
    names = st.sampled_from([f"o{number}" for number in range(len(weights))])
    picked = draw(st.lists(names, unique=True, max_size=len(weights) if multiple else 1))
    return choice_task(weights, multiple=multiple), chosen(*picked)


@st.composite
def sorts(draw: Draw) -> Drawn:
    """A sort whose items belong to one class and can often stand in others; some are not placed."""
    classes = list("abcdef")[: draw(st.integers(2, 6))]
    weights, where = [], {}
    for number in range(draw(st.integers(2, 12))):
        others = draw(st.dictionaries(st.sampled_from(classes), WEIGHTS, max_size=2))
        weights.append(others | {draw(st.sampled_from(classes)): 1.0})
        if draw(st.integers(0, 9)):
            where[f"i{number}"] = draw(st.sampled_from([*weights[-1], *classes]))
    return sort_task(weights, classes), placed(**where)


@st.composite
def stretches(draw: Draw, texts: list[str]) -> tuple[str, int, int]:
    """Some words of a passage: its id, and where they begin and end."""
    place = draw(st.integers(0, len(texts) - 1))
    tokens = tokenize(texts[place])
    first = draw(st.integers(0, len(tokens) - 1))
    last = min(len(tokens) - 1, first + draw(st.integers(0, 4)))
    return f"p{place}", tokens[first][0], tokens[last][1]


@st.composite
def key_spans(draw: Draw, texts: list[str]) -> Case:
    """A span of a key over some words, counted where they stand more than once."""
    passage, start, end = draw(stretches(texts))
    text = texts[int(passage[1:])]
    quote = text[start:end]
    occurrence = sum(text.startswith(quote, place) for place in range(start + 1))
    return key_span(passage, quote, draw(WEIGHTS), occurrence)


@st.composite
def markings(draw: Draw) -> Drawn:
    """Passages with words that stand twice or outside the basic plane, labels with spans or a panel, and marks."""
    words = st.lists(st.sampled_from(WORDS), min_size=4, max_size=18)
    texts = [" ".join(passage) + " end." for passage in draw(st.lists(words, min_size=1, max_size=4))]
    labels: dict[str, list[Case]] = {}
    panel: dict[str, list[list[Case]]] = {}
    spans: list[Case] = []
    for label in ["s", "c", "t"][: draw(st.integers(1, 3))]:
        reader = st.lists(key_spans(texts), max_size=5)
        labels[label] = draw(reader)
        if draw(st.integers(0, 3)) == 3:
            panel[label] = draw(st.lists(reader, min_size=3, max_size=5))
        for passage, start, end in draw(st.lists(stretches(texts), max_size=5)):
            spans.append(_mark(passage, label, start, texts[int(passage[1:])][start:end]))
    passages = [f"p{number}" for number in range(len(texts))]
    clean = draw(st.lists(st.sampled_from(passages), unique=True))
    return spans_task(texts, labels, panel), marked(*spans, clean=tuple(clean))


def _mark(passage: str, label: str, start: int, quote: str) -> Case:
    selector = [
        {"type": "TextPositionSelector", "start": start, "end": start + len(quote)},
        {"type": "TextQuoteSelector", "exact": quote},
    ]
    return {"passage": passage, "label": label, "selector": selector}


@st.composite
def texts_of(draw: Draw, *, least: int = 0) -> str:
    """Words, and what separates words: white space of every kind."""
    parts = draw(st.lists(st.sampled_from(WORDS), min_size=least, max_size=12))
    return "".join(f"{part}{draw(st.sampled_from(WHITE))}" for part in parts) or draw(st.sampled_from(("", *WHITE)))


@st.composite
def decimals(draw: Draw) -> float:
    """A number as one reads it in a table, sometimes a huge or a tiny one."""
    digits = 100 * draw(st.integers(-99, 99)) + draw(st.integers(0, 99))
    power = draw(st.sampled_from([-1, -2, -4, -4, 0, 19, 290, -320]))
    return float(f"{digits}e{power}")


@st.composite
def forms(draw: Draw) -> Drawn:
    """A form with a number, a date, a text and a table, filled in wholly, partly or not at all."""
    number = draw(decimals())
    tolerance = draw(st.sampled_from([0, 0.5, 0.1, 0.01, 0.006, 1e-9, 3e300]))
    rows = [f"row {number}" for number in range(draw(st.integers(2, 8)))]
    cells = {row: float(draw(st.integers(0, 4))) for row in rows}
    fields = [
        {"type": "number", "id": "n", "label": "N"},
        {"type": "date", "id": "d", "label": "D", "precision": "month"},
        {"type": "text", "id": "t", "label": "T"},
        {"type": "table", "id": "g", "label": "G", "row_label": "Row", "value_label": "n", "rows": rows},
    ]
    shares = {name: draw(st.sampled_from([0.5, 1, 2, 3])) for name in "ndtg"}
    example = draw(texts_of(least=1)) + "river town by the sea"  # enough words for every rule
    mention = draw(st.sampled_from(["river", "Маріуполь", "straße", "οδος", "state-owned", "43,500", "u.s."]))
    keys = {
        "n": {"type": "number", "value": number, "tolerance": tolerance},
        "d": {"type": "date", "value": "2023-03"},
        "t": {
            "type": "text",
            "min_words": draw(st.integers(1, 5)),
            "mentions": [[mention, "town"]],
            "example": example,
        },
        "g": {"type": "table", "values": cells, "tolerance": 0.1},
    }
    answer = {
        "n": draw(st.sampled_from([number, number + tolerance, number - tolerance, round(number + tolerance, 4)])),
        "d": draw(st.sampled_from(["2023-03", "2022-03"])),
        "t": draw(texts_of()),
        "g": draw(tables(cells)),
    }
    for name in draw(st.lists(st.sampled_from(list(answer)), unique=True)):
        del answer[name]
    for name, entry in keys.items():
        entry |= {"share": shares[name], "why": "Because."}
    return value_task(fields, keys), values(**answer)


@st.composite
def tables(draw: Draw, cells: dict[str, float]) -> dict[str, float]:
    """The rows of a table with their numbers, some a little too large; some rows are missing."""
    table = {}
    for row, number in cells.items():
        if draw(st.integers(0, 9)):
            table[row] = number + draw(st.sampled_from([0, 0, 0, 1]))
    return table


@st.composite
def essays(draw: Draw) -> Drawn:
    """A text; some hold nothing but white space."""
    return written_task(), {"kind": "written", "text": draw(texts_of())}


@st.composite
def groups(draw: Draw, names: list[str]) -> list[str]:
    """Names in some order, cut into groups."""
    parts: list[str] = []
    for name in draw(st.permutations(names)):
        if parts and draw(st.integers(0, 2)) == 0:
            parts[-1] += name
        else:
            parts.append(name)
    return parts


@st.composite
def orders(draw: Draw) -> Drawn:
    """An order with ties, and a response that may leave items out."""
    names = list("abcdefghij")[: draw(st.integers(3, 10))]
    reference = draw(groups(names))
    placed_names = [name for name in names if draw(st.integers(0, 9))]
    ranks = list(map(list, reference if len(reference) > 1 else names))
    return order_task(ranks, ties=True), ordered(*draw(groups(placed_names)))


@st.composite
def maps(draw: Draw) -> Drawn:
    """A map with weights and relations, and links of which some are in it, some twice."""
    pairs = draw(st.permutations(list(permutations(NODES, 2))))[:12]
    relation = st.sampled_from([None, "r", "s"])
    weight = st.sampled_from([1.0, 1.0, 0.5, 0.25])
    reference = []
    for source, target in pairs[: draw(st.integers(1, 7))]:
        reference.append(edge(source, target, weight=draw(weight), relation=draw(relation)))
    links = []
    for source, target in draw(st.lists(st.sampled_from(pairs), max_size=9)):
        links.append(edge(source, target, relation=draw(relation)))
    return arrows_task(reference, relations=("r", "s")), linked(*links)


@st.composite
def verdicts(draw: Draw) -> Drawn:
    """Weights, qualifications and decisive cards, and a verdict that may lack a part."""
    weights = {name: draw(WEIGHTS) for name in SUPPORTS}
    weights[draw(st.sampled_from(SUPPORTS))] = 1.0
    qualifications = {f"q{n}": draw(WEIGHTS) for n in range(draw(st.integers(0, 4)))}
    decisive = draw(st.lists(st.sampled_from(CARDS), unique=True, min_size=1, max_size=3))
    qualification = draw(st.sampled_from([None, *qualifications]))
    least = draw(st.sampled_from([1, 1, 0]))
    cards = draw(st.lists(st.sampled_from([*decisive, *CARDS]), unique=True, min_size=least, max_size=2))
    weighed = [name for name in SUPPORTS if weights[name]]
    support = draw(st.sampled_from([*weighed, *SUPPORTS, None]))
    return verdict_task(weights, qualifications, tuple(decisive)), judged(support, *cards, qualification=qualification)


@st.composite
def drawers(draw: Draw) -> Drawn:
    """A drawer, and cards that were opened, some of them twice."""
    return drawer_task(draw(st.integers(1, 4))), opened(*draw(st.lists(st.sampled_from(CARDS), max_size=6)))


FEW_WORDS = (
    "the",
    "The",
    "a",
    "war",
    "of",
    "Russia’s",
    "Russia's",
    "“war”",
    "–",
    "—",
    "STRASSE",
    "Straße",
    "e\u0301té",
    "été",
)


@st.composite
def edits(draw: Draw) -> Drawn:
    """Passages of few words that repeat, with some that do not for the faults; texts that hold some of both."""
    texts, faults, keep, own = [], [], [], []
    word = st.sampled_from(FEW_WORDS)
    for number in range(draw(st.integers(1, 2))):
        words = draw(st.lists(word, min_size=1, max_size=7))
        given = list(words)
        for place in range(draw(st.integers(1, 3)) if number == 0 else draw(st.integers(0, 2))):
            name = f"f{number}{place}"
            at = draw(st.integers(0, len(words)))
            quote = [f"q{number}{place}", *draw(st.lists(word, max_size=1)), f"r{number}{place}"]
            repairs = draw(st.lists(st.lists(word, max_size=3).map(" ".join), min_size=1, max_size=3, unique=True))
            repairs = [f"{repair} m{place}".strip() for repair in repairs]
            spot = draw(st.sampled_from(["", quote[0]]))
            weight = draw(st.sampled_from([1, 0.5, 0.3]))
            quoted = " ".join(quote)
            faults.append(fault(name, f"p{number}", quoted, *repairs, spot=spot, weight=weight))
            words.insert(at, quoted)
            given.insert(at, draw(st.sampled_from([*repairs, quoted, quote[0], ""])))
        if draw(st.booleans()):
            words.append(f"keep{number} this{number}")
            keep.append((f"p{number}", f"keep{number} this{number}"))
            given.append(draw(st.sampled_from([words[-1], words[-1], f"keep{number}"])))
        if draw(st.integers(0, 2)) == 0:
            given.insert(draw(st.integers(0, len(given))), draw(word))
        if draw(st.integers(0, 2)) == 0:
            del given[draw(st.integers(0, len(given) - 1))]
        texts.append(" ".join(words))
        own.append(draw(st.sampled_from([draw(st.sampled_from(WHITE)).join(given), " ".join(given), None])))
    return edit_task(texts, faults, keep), mended(*own)


STRATEGIES: dict[str, st.SearchStrategy[Drawn]] = {
    "arrows": maps(),
    "choice": choices(),
    "drawer": drawers(),
    "edit": edits(),
    "order": orders(),
    "sort": sorts(),
    "spans": markings(),
    "value": forms(),
    "verdict": verdicts(),
    "written": essays(),
}
"""One line a kind."""


def examples(kind: str, count: int) -> list[Drawn]:
    """Return the different ones of ``count`` examples of a kind that hypothesis draws: the same in every run."""
    drawn_examples: dict[str, Drawn] = {}

    @seed(f"copydesk {kind}")
    @settings(
        database=None,
        deadline=None,
        max_examples=count,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(STRATEGIES[kind])
    def collect(drawn: Any) -> None:  # noqa: ANN401  (hypothesis reads the annotation while it runs)
        drawn_examples.setdefault(repr(drawn), drawn)

    collect()
    return list(drawn_examples.values())
