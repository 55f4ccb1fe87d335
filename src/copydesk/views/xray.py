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
"""The word in the seeds for another copy with the same words as ours."""

GAP = "…"
"""The sign in the seeds for words of the other copy that are left out."""

WORD = re.compile(r"[^\W_]+(?:[\u2019'.-][^\W_]+)*\.?|[^\w\s]")
REMARK = re.compile(r"\s*\(([^()]*)\)$")

State = Literal["same", "changed", "apart"]


@dataclass(frozen=True)
class Word:
    """A word with the space before it, and whether it is the same in the other copy.

    ``apart`` is a word that was not compared because the wording of the other copy does not reach that far.
    """

    text: str
    space: str
    state: State = "same"


class Run(NamedTuple):
    """Neighbouring words of the same state as one piece of text, with the space before it."""

    state: State
    space: str
    text: str


@dataclass(frozen=True)
class WordingPair:
    """A trace in two wordings, word by word: our words, those of the other copy, and a remark on the other copy's.

    ``stretch`` is the part of our words to which the other copy corresponds; empty if it corresponds to all.
    """

    trace: Trace
    stretch: str
    our_words: tuple[Word, ...]
    other_words: tuple[Word, ...]
    remark: str

    @property
    def our_runs(self) -> list[Run]:
        """Our words, cut into runs."""
        return _runs(self.our_words)

    @property
    def other_runs(self) -> list[Run]:
        """The words of the other copy, cut into runs."""
        return _runs(self.other_words)

    @property
    def sentence(self) -> str:
        """Both wordings in one sentence, without words at the ends that were not compared."""
        our_text = self.stretch or text_of(self.our_words)
        other_text = text_of(self.other_words)
        if our_text == other_text:
            return t("xray.same", ours=our_text)
        return t("xray.sentence", ours=our_text.strip("“”"), other=other_text.strip("“”"))

    @property
    def differences(self) -> str:
        """The words that differ, as one sentence; empty if none do."""
        our_text, other_text = _changes_text(self.our_runs), _changes_text(self.other_runs)
        if not our_text and not other_text:
            return ""
        nothing = t("xray.nothing")
        return t("xray.differs", ours=our_text or nothing, other=other_text or nothing)


def wording_pairs(
    traces: Iterable[Trace], trace_ids: Sequence[str] = (), *, stretches: Mapping[str, str]
) -> list[WordingPair]:
    """Return the traces with these ids beside the other copy's wording; without ids, all that have one.

    ``stretches`` gives for a trace the part of our words to which the other copy corresponds, if it is only a part.

    Raises:
        KeyError: there is no trace with that id.
        ValueError: the seeds have no wording of another copy for it.
    """
    by_id = {trace.id: trace for trace in traces}
    for name in trace_ids:
        if name not in by_id:
            raise KeyError(t("xray.no_trace", trace=name, traces=", ".join(by_id)))
        if not has_pair(by_id[name]):
            raise ValueError(t("xray.no_wording", trace=name))
    chosen = [by_id[name] for name in trace_ids or by_id]
    return [wording_pair(trace, stretches.get(trace.id, "")) for trace in chosen if has_pair(trace)]


def has_pair(trace: Trace) -> bool:
    """Return whether another copy's wording of a trace, and the copy it is in, are known."""
    return bool(trace.other_copy_wording and trace.other_copy_source)


def wording_pair(trace: Trace, stretch: str = "") -> WordingPair:
    """Return a trace beside the other copy's wording, word by word, as ``difflib`` aligns them.

    Words are aligned ignoring case; a word that differs only in case counts as changed.
    """
    wording = REMARK.sub("", trace.other_copy_wording)
    our_words = words_of(trace.quote)
    other_words = words_of(trace.quote if wording == SAME else wording)
    first, last = _stretch_place(stretch, our_words)
    states, other_states = _states(our_words[first:last], other_words)
    our_states: list[State] = ["apart"] * len(our_words)
    our_states[first:last] = states
    remark = REMARK.search(trace.other_copy_wording)
    return WordingPair(
        trace=trace,
        stretch=stretch,
        our_words=_with_states(our_words, our_states),
        other_words=_with_states(other_words, other_states),
        remark=remark[1] if remark else "",
    )


def _states(our_words: list[Word], other_words: list[Word]) -> tuple[list[State], list[State]]:
    """Return the states of our words and of the words of the other copy."""
    our_states: list[State] = ["same"] * len(our_words)
    other_states: list[State] = ["same"] * len(other_words)
    for tag, start, end, other_start, other_end in _opcodes(our_words, other_words):
        if tag == "equal":
            for place, other_place in zip(range(start, end), range(other_start, other_end), strict=True):
                if our_words[place].text != other_words[other_place].text:
                    our_states[place] = other_states[other_place] = "changed"
        else:
            state: State = "apart" if _is_gap(other_words[other_start:other_end]) else "changed"
            our_states[start:end] = [state] * (end - start)
            other_states[other_start:other_end] = [state] * (other_end - other_start)
    return our_states, other_states


def _is_gap(words: Sequence[Word]) -> bool:
    """Return whether words are just the sign for words left out."""
    return len(words) == 1 and words[0].text == GAP


def words_of(text: str) -> list[Word]:
    """Return the words and punctuation marks of a text."""
    words = []
    end_of_last = 0
    for match in WORD.finditer(text):
        words.append(Word(match[0], text[end_of_last : match.start()]))
        end_of_last = match.end()
    return words


def text_of(words: Iterable[Word]) -> str:
    """Return words as text, without the space before the first."""
    return "".join(word.space + word.text for word in words).strip()


def xray_html(pairs: Iterable[WordingPair], sources: Mapping[str, Source]) -> str:
    """Return pairs as HTML: both wordings, the change in words, what it means for a reader, and the copy it is from."""
    return environment().get_template("xray.html.j2").render(pairs=list(pairs), sources=sources)


def _stretch_place(stretch: str, our_words: list[Word]) -> tuple[int, int]:
    """Return the first and last (exclusive) of our words to which the other wording corresponds."""
    if not stretch:
        return 0, len(our_words)
    stretch_texts, texts = _texts(words_of(stretch)), _texts(our_words)
    length = len(stretch_texts)
    first = next(place for place in range(len(texts)) if texts[place : place + length] == stretch_texts)
    return first, first + length


def _texts(words: Iterable[Word]) -> list[str]:
    return [word.text for word in words]


def _opcodes(our_words: list[Word], other_words: list[Word]) -> list[tuple[str, int, int, int, int]]:
    """Return how ``difflib`` turns our words into the other copy's, ignoring case."""
    matcher = SequenceMatcher(None, _folded_texts(our_words), _folded_texts(other_words), autojunk=False)
    return list(matcher.get_opcodes())


def _folded_texts(words: Iterable[Word]) -> list[str]:
    """Return the texts of words with case folded."""
    return [word.text.casefold() for word in words]


def _with_states(words: Iterable[Word], states: Iterable[State]) -> tuple[Word, ...]:
    """Return words, each with its state."""
    return tuple(Word(word.text, word.space, state) for word, state in zip(words, states, strict=True))


def _runs(words: Iterable[Word]) -> list[Run]:
    """Return words as runs, each of neighbours in the same state."""
    runs = []
    for state, group in groupby(words, key=lambda word: word.state):
        neighbours = list(group)
        runs.append(Run(state, neighbours[0].space, text_of(neighbours)))
    return runs


def _changes_text(runs: Iterable[Run]) -> str:
    """Return the runs of changed words, quoted and separated by commas."""
    return ", ".join(f"“{run.text}”" for run in runs if run.state == "changed")


__all__ = ["WordingPair", "has_pair", "wording_pair", "wording_pairs", "xray_html"]
