"""Checks tasks against the rules that make sure only someone who reads their text can answer them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.checking import fold
from copydesk.kinds.table import kind_of
from copydesk.kinds.verdict.model import VerdictTask
from copydesk.model.task import UNASKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from copydesk.checks.reused_items import Place
    from copydesk.course.article import Card
    from copydesk.course.bank import Entry
    from copydesk.kinds.checking import Fault

EXEMPT = UNASKED | {"baseline"}
"""Groups of tasks that need not be answered or have rules of their own."""

MOST_PRACTICE = 12
"""The most practice tasks that a lesson may have."""

MOST_WITHOUT_MATTER = 0.1
"""The largest share of questions about a concept alone."""

LEAST_RIGHT = 0.25
"""The smallest share of the items offering an option that doubts, or finds nothing wrong, in which it is right."""

LEAST_COMMON, LIKENESS = 5, 0.7
"""Options in two lessons are near twins if they share this many words, and this share of all their words."""

LIGHT = 3
"""Words of this many letters or fewer do not count."""

STANCES = {"doubt": "An option that doubts", "fine": "An option that finds nothing wrong"}


class NearTwin(NamedTuple):
    """An option that hardly differs from one in another lesson: the places of both, and the words of both."""

    place: Place
    other: Place
    words: str
    other_words: str


def reading_faults(entry: Entry, cards: Mapping[str, Card]) -> Iterator[Fault]:
    """Yield the faults that let one task, or its twin, be answered without what it shows."""
    if entry.task.group in EXEMPT or entry.concept_only:
        return
    for version in entry.versions:
        if version.key is not None:
            checks = kind_of(version.task.kind).checks
            yield from checks.reading_faults(version.task, version.key, matter(version, cards))


def matter(entry: Entry, cards: Mapping[str, Card]) -> str:
    """Return the words that a task shows with its question: its passage and its cards."""
    shown = [entry.task.context]
    for name in entry.task.cards:
        if name in cards:
            shown += [cards[name].quote, cards[name].says, cards[name].date]
    return " ".join(filter(None, shown))


def practice_faults(entries: Iterable[Entry]) -> Iterator[Fault]:
    """Yield a fault if a lesson has too many practice tasks."""
    count = len([entry for entry in entries if entry.task.group not in {"baseline", "note"}])
    if count > MOST_PRACTICE:
        yield f"there are {count} practice tasks; at most {MOST_PRACTICE} may stand", "Keep the best; cut the rest."


def course_faults(entries: Iterable[Entry]) -> Iterator[Fault]:
    """Yield the faults of all tasks together: concepts alone, stances, and the prompts of verdicts."""
    asked = [entry for entry in entries if entry.task.group not in EXEMPT and entry.key is not None]
    yield from _concept_faults(asked)
    yield from _stance_faults(asked)
    yield from _prompt_faults(asked)


def _concept_faults(entries: list[Entry]) -> Iterator[Fault]:
    choices = [entry for entry in entries if entry.task.kind == "choice"]
    count = len([entry for entry in choices if entry.concept_only])
    if count > MOST_WITHOUT_MATTER * len(choices):
        yield (
            f"{count} of {len(choices)} choices show nothing; at most a tenth may",
            "Give some of them a passage or a card.",
        )


def stance_counts(entries: Iterable[Entry]) -> dict[str, tuple[int, int]]:
    """Return, for each stance, in how many items it is right and in how many it is offered; each version counts."""
    offered: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for entry in entries:
        for version in entry.versions:
            stances = set(kind_of(version.task.kind).checks.stances(version.key))
            offered.update({stance.name for stance in stances})
            right.update({stance.name for stance in stances if stance.is_right})
    return {name: (right[name], offered[name]) for name in STANCES}


def _stance_faults(entries: list[Entry]) -> Iterator[Fault]:
    for name, (right, offered) in stance_counts(entries).items():
        if right < LEAST_RIGHT * offered:
            yield (
                f"{STANCES[name]} is right in {right} of {offered} items that offer one; a quarter or more should be",
                "Write items in which it is right.",
            )


def _prompt_faults(entries: list[Entry]) -> Iterator[Fault]:
    prompts: Counter[str] = Counter()
    for entry in entries:
        for version in entry.versions:
            if isinstance(version.task, VerdictTask):
                prompts[version.task.prompt] += 1
    for prompt, _ in prompts.most_common()[1:]:
        yield (
            f"a verdict asks “{prompt}”, others “{prompts.most_common(1)[0][0]}”",
            "Ask all verdicts with the same words; a word more gives away that a limit is needed.",
        )


def find_near_twins(entries: Mapping[Place, Entry]) -> Iterator[NearTwin]:
    """Yield each option that hardly differs from an option in another file."""
    options = list(_weighty_options(entries))
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for number, (place, text, words) in enumerate(options):
        common: Counter[int] = Counter()
        for word in words:
            common.update(by_word[word])
            by_word[word].append(number)
        for other, count in common.items():
            other_place, other_text, other_words = options[other]
            is_like = count >= LEAST_COMMON and count >= LIKENESS * len(words | other_words)
            if is_like and other_place[0] != place[0]:
                yield NearTwin(place, other_place, text, other_text)


def _weighty_options(entries: Mapping[Place, Entry]) -> Iterator[tuple[Place, str, frozenset[str]]]:
    """Yield the place, text and words that count of each option that quotes nothing.

    Those of a baseline are also left out: they are meant to be alike.
    """
    for place, entry in entries.items():
        if entry.task.group == "baseline":
            continue
        texts: set[str] = set()
        for version in entry.versions:
            texts.update(kind_of(version.task.kind).checks.texts(version.task))
        for text in sorted(texts):
            if "“" not in text:
                yield place, text, frozenset(word for word in fold(text).split() if len(word) > LIGHT)
