"""Compares the baseline forms: wording learned from one form must not be a guide to another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations, permutations
from typing import TYPE_CHECKING, NamedTuple

from copydesk.answers.baseline import STATEMENT, is_statement
from copydesk.kinds.checking import fold
from copydesk.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from copydesk.course.bank import Entry
    from copydesk.kinds.checking import Fault

FORMS = 3
"""How many forms are balanced against one another; the course has fewer if a lesson with a form was removed."""

MOST_KEPT = 5
"""The most templates that may be supported in every form, or in none."""

LEAST_AGREEING, MOST_AGREEING = 9, 11
"""How many of 20 templates may be of the same class in any two forms."""

MOST_BY_WORDING = 13
"""The most of 20 statements that a rule about wording, fitted to another form, may get right."""

LEAST_IN_TONE, MOST_IN_TONE = 0.4, 0.6
"""The limits for the share of supported statements in one tone: half, as nearly as their number allows."""

TONES = {
    "hedged": frozenset({"could", "may", "might", "perhaps", "possibly", "probably", "some"}),
    "causal": frozenset({"because", "caused", "led", "made", "thanks"}),
    "absolute": frozenset({"all", "always", "every", "never", "no", "nobody", "none"}),
}
"""The words that show a statement's tone."""

Signal = tuple[int, ...]
"""The statements in which something is found: a number for each form, a bit for each template."""


class Statement(NamedTuple):
    """A statement without its evidence, and whether its evidence supports it."""

    text: str
    is_supported: bool

    @property
    def words(self) -> frozenset[str]:
        """Return its words, in lower case and without punctuation."""
        return frozenset(fold(self.text).split())

    @property
    def length(self) -> int:
        """Return how many words it has."""
        return len(self.text.split())


@dataclass(frozen=True)
class CrossedForms:
    """The forms of the baseline, template by template."""

    forms: dict[str, dict[str, Statement]]

    @classmethod
    def from_entries(cls, entries: Iterable[Entry]) -> CrossedForms:
        """Collect the statements among some entries; those without a key are skipped."""
        forms: dict[str, dict[str, Statement]] = {}
        for entry in entries:
            match = STATEMENT.fullmatch(entry.task.id)
            if match and is_statement(entry.task) and entry.key is not None:
                ratings = list(kind_of(entry.task.kind).checks.ratings(entry.task, entry.key))
                text = entry.task.prompt.partition("\n\n")[0]
                forms.setdefault(match[1], {})[match[2]] = Statement(text, ratings == ["supported"])
        return cls(forms)

    @cached_property
    def templates(self) -> list[str]:
        """The templates, in order."""
        return sorted(set().union(*self.forms.values()))

    def is_whole(self) -> bool:
        """Return whether there are forms to compare and each has every template."""
        return len(self.forms) > 1 and all(len(form) == len(self.templates) for form in self.forms.values())

    def kept_templates(self) -> list[str]:
        """Return the templates that are of the same class in all forms."""
        kept = []
        for template in self.templates:
            classes = {form[template].is_supported for form in self.forms.values()}
            if len(classes) == 1:
                kept.append(template)
        return kept

    def agreements(self) -> dict[tuple[str, str], int]:
        """Return, for any two forms, how many templates are of the same class in both."""
        supported = self._supported()
        pairs = combinations(zip(self.forms, supported, strict=True), 2)
        return {(one, other): self._equal(first, second) for (one, first), (other, second) in pairs}

    def tone_counts(self) -> dict[str, tuple[int, int]]:
        """Return, for each tone, how many statements in all forms are supported, and out of how many."""
        counts = {}
        for tone, marks in TONES.items():
            rated = [
                statement.is_supported
                for form in self.forms.values()
                for statement in form.values()
                if not marks.isdisjoint(statement.words)
            ]
            counts[tone] = sum(rated), len(rated)
        return counts

    def wording_scores(self) -> dict[str, int]:
        """Return, for each family of rules, the most that the best rule on one form gets right on another."""
        words = self._word_signals()
        pairs = set()
        for first, second in combinations(sorted(words), 2):
            both = tuple(one & other for one, other in zip(first, second, strict=True))
            either = tuple(one | other for one, other in zip(first, second, strict=True))
            pairs |= {both, either}
        families = {"a word": words, "two words": pairs, "length": self._length_signals()}
        return {family: self._best_elsewhere(signals) for family, signals in families.items()}

    def _best_elsewhere(self, signals: Iterable[Signal]) -> int:
        """Return the most that the best rules on one form get right on another.

        A rule accepts where a signal is present, or where it is absent. Of equally good rules, the luckiest counts.
        """
        everything = (1 << len(self.templates)) - 1
        rules = set()
        for signal in signals:
            rules |= {signal, tuple(mask ^ everything for mask in signal)}
        supported = self._supported()
        most = 0
        for fitted, other in permutations(range(len(self.forms)), 2):
            best = (0, 0)
            for rule in rules:
                score = self._equal(rule[fitted], supported[fitted])
                best = max(best, (score, self._equal(rule[other], supported[other])))
            most = max(most, best[1])
        return most

    def _supported(self) -> Signal:
        """Return which statements are supported."""
        return self._signal(lambda statement: statement.is_supported)

    def _word_signals(self) -> set[Signal]:
        """Return, for each word, the statements that contain it."""
        found: set[str] = set()
        for form in self.forms.values():
            found = found.union(*(statement.words for statement in form.values()))
        return {self._signal(partial(_has_word, word)) for word in found}

    def _length_signals(self) -> set[Signal]:
        """Return which statements have at least n words, for every n up to the length of the longest."""
        longest = 0
        for form in self.forms.values():
            longest = max(longest, *(statement.length for statement in form.values()))
        return {self._signal(partial(_has_length, least)) for least in range(1, longest + 1)}

    def _signal(self, is_found: Callable[[Statement], bool]) -> Signal:
        """Return, for each form, a number with a bit for each template."""
        masks = []
        for form in self.forms.values():
            mask = 0
            for place, template in enumerate(self.templates):
                mask |= is_found(form[template]) << place
            masks.append(mask)
        return tuple(masks)

    def _equal(self, first: int, second: int) -> int:
        """Return how many templates two masks agree on."""
        return len(self.templates) - (first ^ second).bit_count()


def _has_word(word: str, statement: Statement) -> bool:
    return word in statement.words


def _has_length(least: int, statement: Statement) -> bool:
    return statement.length >= least


def crossing_faults(crossed: CrossedForms) -> Iterator[Fault]:
    """Yield what lets someone pass from one form to another without reading the evidence."""
    if len(crossed.forms) < 2:  # noqa: PLR2004  (nothing to compare)
        return
    if not crossed.is_whole():
        sizes = ", ".join(f"{form} {len(statements)}" for form, statements in sorted(crossed.forms.items()))
        yield f"the forms of the baseline have not the same templates ({sizes})", "Number them alike in every form."
        return
    is_balanced = len(crossed.forms) >= FORMS
    if is_balanced:
        yield from _class_faults(crossed)
    yield from _agreement_faults(crossed)
    if is_balanced:
        yield from _tone_faults(crossed.tone_counts())
    for family, most in crossed.wording_scores().items():
        if most > MOST_BY_WORDING:
            yield (
                f"a rule about {family}, fitted to one form of the baseline, gets {most} right on another",
                f"Change classes or wordings until it gets {MOST_BY_WORDING} at most.",
            )


def _class_faults(crossed: CrossedForms) -> Iterator[Fault]:
    """Yield an excess of templates that keep their class in every form."""
    kept = crossed.kept_templates()
    if len(kept) > MOST_KEPT:
        yield (
            f"{len(kept)} templates of the baseline keep their class in every form ({', '.join(kept)})",
            f"Let {MOST_KEPT} keep it at most.",
        )


def _agreement_faults(crossed: CrossedForms) -> Iterator[Fault]:
    """Yield any two forms that agree too much or too little."""
    for (one, other), agreeing in crossed.agreements().items():
        if not LEAST_AGREEING <= agreeing <= MOST_AGREEING:
            yield (
                f"forms {one} and {other} of the baseline agree on {agreeing} templates",
                f"Make it {LEAST_AGREEING} to {MOST_AGREEING}.",
            )


def _tone_faults(counts: Mapping[str, tuple[int, int]]) -> Iterator[Fault]:
    """Yield any tone that gives away whether a statement is supported."""
    for tone, (supported, total) in counts.items():
        if total and not LEAST_IN_TONE <= supported / total <= MOST_IN_TONE:
            yield (
                f"of {total} {tone} statements in the baseline {supported} are supported",
                "Make it about half.",
            )


def crossing_summary(crossed: CrossedForms) -> list[str]:
    """Return the numbers from the comparison, one line per rule; nothing if there are no forms to compare."""
    if not crossed.is_whole():
        return []
    agreements = [f"{one} and {other} {count}" for (one, other), count in crossed.agreements().items()]
    tones = [f"{tone} {supported} of {total}" for tone, (supported, total) in crossed.tone_counts().items()]
    rules = [f"{family} {most}" for family, most in crossed.wording_scores().items()]
    kept, templates = len(crossed.kept_templates()), len(crossed.templates)
    return [
        f"Baseline: {kept} of {templates} templates keep their class; same class in {', '.join(agreements)}.",
        f"Baseline, supported by tone: {', '.join(tones)}.",
        f"Baseline, right on another form by a rule about wording: {', '.join(rules)} of {templates}.",
    ]
