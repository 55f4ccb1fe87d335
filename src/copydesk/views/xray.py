"""The copy X-ray: our words beside the wording of a cleaner copy, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from copydesk.text import t
from copydesk.views.html import environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from copydesk.course.article import Source, Trace

SAME = "same"
"""What the seeds write where the other copy has our words."""

GAP = "…"
"""What the seeds write for words of the other copy that they leave out."""

WORD = re.compile(r"[^\W_]+(?:[\u2019'.-][^\W_]+)*\.?|[^\w\s]")
REMARK = re.compile(r"\s*\(([^()]*)\)$")

State = Literal["same", "changed", "apart"]


@dataclass(frozen=True)
class Word:
    """A word with the space that stands before it, and whether it is the same in the other copy.

    ``apart`` is a word that was not compared, because the wording of the other copy does not reach so far.
    """

    text: str
    space: str
    state: State = "same"


@dataclass(frozen=True)
class Comparison:
    """A trace, word by word: our words, those of the other copy, and a remark on the latter.

    ``stretch`` is the part of our words that the other copy answers to; it is empty where it answers to all.
    """

    trace: Trace
    stretch: str
    ours: tuple[Word, ...]
    other: tuple[Word, ...]
    remark: str

    @property
    def sentence(self) -> str:
        """The comparison as one sentence, without the words that were not compared at its ends."""
        ours = self.stretch or text_of(self.ours)
        other = text_of(self.other)
        if ours == other:
            return t("xray.same", ours=ours)
        return t("xray.sentence", ours=ours.strip("“”"), other=other.strip("“”"))

    @property
    def differences(self) -> str:
        """The words that differ as one sentence; empty where none do."""
        ours, other = (_listed(words) for words in (self.ours, self.other))
        if not ours and not other:
            return ""
        nothing = t("xray.nothing")
        return t("xray.differs", ours=ours or nothing, other=other or nothing)


class Run(NamedTuple):
    """Neighbouring words of one state as one piece of text, with the space that stands before it."""

    state: State
    space: str
    text: str


class ComparisonRow(NamedTuple):
    """A comparison with both wordings cut into runs."""

    pair: Comparison
    ours: list[Run]
    other: list[Run]


def comparisons(
    traces: Iterable[Trace], trace_ids: Sequence[str] = (), *, stretches: Mapping[str, str]
) -> list[Comparison]:
    """Return the traces of these ids beside the other copy's wording; without ids all that have one.

    ``stretches`` gives for a trace the part of our words that the other copy answers to, where it is a part only.

    Raises:
        KeyError: there is no trace of that id.
        ValueError: the seeds have no other copy's wording for it.
    """
    known = {trace.id: trace for trace in traces}
    for name in trace_ids:
        if name not in known:
            msg = f"there is no trace {name!r}; there are {', '.join(known)}"
            raise KeyError(msg)
        if not has_pair(known[name]):
            msg = f"no other copy's wording was read for {name}; choose a trace that has one"
            raise ValueError(msg)
    names = trace_ids or [name for name, trace in known.items() if has_pair(trace)]
    return [compare(known[name], stretches.get(name, "")) for name in names]


def has_pair(trace: Trace) -> bool:
    """Return whether another copy's wording of a trace, and the copy that it stands in, are known."""
    return bool(trace.other_copy_wording and trace.other_copy_source)


def compare(trace: Trace, stretch: str = "") -> Comparison:
    """Compare a trace with the other copy's wording, word by word, as ``difflib`` aligns them.

    Words are aligned without regard to case; a word that differs only in case counts as changed.
    """
    remark = REMARK.search(trace.other_copy_wording)
    wording = REMARK.sub("", trace.other_copy_wording)
    ours, other = words_of(trace.quote), words_of(trace.quote if wording == SAME else wording)
    first, last = _place_of(stretch, ours)
    states_ours: list[State] = ["same" if first <= place < last else "apart" for place in range(len(ours))]
    states_other: list[State] = ["same"] * len(other)
    for tag, begin, end, start, stop in _opcodes(ours[first:last], other):
        mine, theirs = slice(first + begin, first + end), slice(start, stop)
        if tag == "equal":
            for place in range(end - begin):
                if ours[first + begin + place].text != other[start + place].text:
                    states_ours[first + begin + place] = states_other[start + place] = "changed"
            continue
        state: State = "apart" if [word.text for word in other[theirs]] == [GAP] else "changed"
        states_ours[mine] = [state] * (end - begin)
        states_other[theirs] = [state] * (stop - start)
    remarked = remark[1] if remark else ""
    return Comparison(trace, stretch, _marked(ours, states_ours), _marked(other, states_other), remarked)


def words_of(text: str) -> list[Word]:
    """Return the words and marks of a text."""
    found, here = [], 0
    for match in WORD.finditer(text):
        found.append(Word(match[0], text[here : match.start()]))
        here = match.end()
    return found


def text_of(words: Iterable[Word]) -> str:
    """Return words as text, without the space before the first."""
    return "".join(word.space + word.text for word in words).strip()


def xray_html(pairs: Iterable[Comparison], sources: Mapping[str, Source]) -> str:
    """Return comparisons as HTML: both wordings, the change in words, what it tells, and which copy it is."""
    rows = [ComparisonRow(pair, _runs(pair.ours), _runs(pair.other)) for pair in pairs]
    return environment().get_template("xray.html.j2").render(rows=rows, sources=sources)


def _place_of(stretch: str, ours: list[Word]) -> tuple[int, int]:
    """Return the first and last (exclusive) of our words that the other wording answers to."""
    if not stretch:
        return 0, len(ours)
    wanted = [word.text for word in words_of(stretch)]
    texts = [word.text for word in ours]
    first = next(place for place in range(len(texts)) if texts[place : place + len(wanted)] == wanted)
    return first, first + len(wanted)


def _opcodes(ours: list[Word], other: list[Word]) -> list[tuple[str, int, int, int, int]]:
    """Return how ``difflib`` turns our words into the other's, without regard to case."""
    first, second = ([word.text.casefold() for word in words] for words in (ours, other))
    return list(SequenceMatcher(None, first, second, autojunk=False).get_opcodes())


def _marked(words: list[Word], states: list[State]) -> tuple[Word, ...]:
    return tuple(Word(word.text, word.space, state) for word, state in zip(words, states, strict=True))


def _runs(words: Iterable[Word]) -> list[Run]:
    """Return words, those of one state that stand side by side together."""
    runs = []
    for state, run in groupby(words, key=lambda word: word.state):
        members = list(run)
        runs.append(Run(state, members[0].space, text_of(members)))
    return runs


def _listed(words: Iterable[Word]) -> str:
    """Return the runs of changed words, quoted, one after the other."""
    return ", ".join(f"“{run.text}”" for run in _runs(words) if run.state == "changed")


__all__ = ["Comparison", "compare", "comparisons", "has_pair", "xray_html"]
