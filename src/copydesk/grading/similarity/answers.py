"""Finds pairs with the same wrong answers beyond chance, from how often the class itself gives each of them.

Like Wollack's omega, the test asks how many of one learner's answers another would give as well without having seen
them. Like Holland's K-index, it looks at wrong answers alone, and knows how many of them a learner has. The decision is
by likelihood ratio: the most powerful test, as Romero, Riascos and Jara show, where the probabilities are known.

Sources: J. A. Wollack, A Nominal Response Model Approach for Detecting Answer Copying, Applied Psychological
Measurement 21 (1997). P. W. Holland, Assessing Unusual Agreement Between the Incorrect Answers of Two Examinees Using
the K-Index, Educational Testing Service (1996). M. Romero, A. Riascos, D. Jara, On the Optimality of Answer-Copying
Indices, Journal of Educational and Behavioral Statistics 40 (2015).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from copydesk.grading.similarity.class_answers import ClassAnswers
from copydesk.grading.similarity.works import Finding, Person, Work
from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COPIED = 0.8
"""With which probability a wrong answer is the same, in the hypothesis that the work on a lesson was shared."""

LEAST_SAME = 3
"""Two or fewer wrong answers that are the same are never shown, however rare."""

CHANCE = 0.01
"""How many pairs are expected to be shown, in a class of any size in which all work alone."""

LEAST_SHOWN_CHANCE = 0.0001
LEAST_OTHERS, WEIGHT = 5, 2
"""How many others must have given an answer for it to say what goes with it, and what the chance alone weighs then."""

HIGHEST_CHANCE = 0.98
MOST_EXPECTATIONS = 1024
SPARE = 0.1
"""What a quick figure may be wrong by, in bits, many times over."""
NAMED_BITS = 2
"""A lesson is named if its answers are at least four times as likely where they were shared."""


class Comparison(NamedTuple):
    """What one learner shares with another.

    ``bits`` is the logarithm of the likelihood ratio in each lesson, to the base 2. ``compared`` are the other's wrong
    answers in tasks that both answered; ``same`` of them are shared, where ``expected`` are expected to be.
    """

    bits: dict[int, float]
    compared: int
    same: int
    expected: float

    @property
    def total(self) -> float:
        """Return the bits of all lessons: the work on each may have been shared or not, with even odds."""
        return math.fsum(_log_mean([0.0, bits]) for bits in self.bits.values())


def _log_mean(bits: Sequence[float]) -> float:
    """Return the mean of numbers of which these are the logarithms to the base 2, as a logarithm again."""
    top = max(bits)
    return top + math.log2(math.fsum(2 ** (value - top) for value in bits) / len(bits))


class Expectation:
    """How likely a learner is to give each wrong answer: the likelier, the more of them the learner has in a lesson."""

    def __init__(self, answers: ClassAnswers, person: int) -> None:
        """Count the learner's wrong answers."""
        self.answers = answers
        self.tasks = answers.tasks_of(person)
        self.wrong = answers.answers_of(person)
        self.own = frozenset(self.wrong)
        self._wrong = Counter(answers.facts[answer][0] for answer in self.own)
        self._chances: dict[int, float] = {}
        self._own_array = np.array(self.wrong, "<i8")
        self._is_own = np.zeros(len(answers.facts), bool)
        self._is_own[self._own_array] = True
        self._is_compared = np.isin(answers.task_of, sorted(self.tasks))

    @cached_property
    def _factors(self) -> np.ndarray:
        """Return by which factor the odds of a wrong answer are higher for this learner, in each lesson."""
        shifts = [self.answers.shift(lesson, self._wrong[lesson]) for lesson in range(len(self.answers.lessons))]
        factors: np.ndarray = np.exp(shifts)
        return factors

    def quick_bits(self, source: Expectation, companions: Companions | None = None) -> float:
        """Return the bits of what this learner shares with another, to a few digits.

        Most pairs are far below what is needed, and this takes a tenth of the time.
        """
        answers, wrong = self.answers, source._own_array
        wrong = wrong[self._is_compared[wrong]]
        lessons = answers.lesson_of[wrong]
        odds = answers.odds[wrong] * self._factors[lessons]
        chances, is_same = odds / (1 + odds), self._is_own[wrong]
        if companions:
            chances[is_same] = companions.raise_chances(chances[is_same])
        ratio = np.where(is_same, 1 - COPIED + COPIED / chances, 1 - COPIED)
        bits = np.bincount(lessons, np.log2(ratio), len(answers.lessons))
        return math.fsum(np.logaddexp2(0, bits).tolist()) - len(answers.lessons)

    def chance(self, answer: int) -> float:
        """Return the chance of a wrong answer that one other person gave, as a probability."""
        chance = self._chances.get(answer)
        if chance is None:
            chance = self._chances[answer] = self._new_chance(answer)
        return chance

    def _new_chance(self, answer: int) -> float:
        lesson = self.answers.facts[answer][0]
        odds = float(self.answers.odds[answer]) * math.exp(self.answers.shift(lesson, self._wrong[lesson]))
        return float(odds / (1 + odds))


class Companions:
    """What goes with what in a class: of those who gave an answer, how many gave another as well.

    A misconception that many share makes several wrong answers come together, without anyone's sharing any work.
    """

    def __init__(self, answers: ClassAnswers, same: Sequence[int]) -> None:
        """Take the answers that a pair share; the two say nothing about what goes with what in the others' work."""
        self._together = answers.together(same) - 2  # both of the pair gave all of them
        self._counts = self._together.diagonal()
        self._is_earlier = np.tri(len(same), k=-1, dtype=bool) & (self._counts >= LEAST_OTHERS)

    def raise_chances(self, chances: Sequence[float] | np.ndarray) -> list[float]:
        """Return the chance of each shared answer, given the one of all those before it that goes with it most."""
        own = np.asarray(chances)
        given = (self._together + WEIGHT * own[:, None]) / (self._counts + WEIGHT)
        raised = np.where(self._is_earlier, given, 0).max(axis=1)
        highest: list[float] = np.minimum(np.maximum(own, raised), HIGHEST_CHANCE).tolist()
        return highest


def same_answers(works: Sequence[Work]) -> Iterator[Finding]:
    """Yield each pair with so many of the same wrong answers that chance hardly does it.

    The expected value of a likelihood ratio is 1 where nothing was shared, so it exceeds ``x`` with a probability of at
    most ``1 / x``. It must exceed the number of all pairs in the class, divided by ``CHANCE``.
    """
    answers = ClassAnswers(works)
    count = len(answers.people)
    pairs = count * (count - 1) / 2
    needed = math.log2(max(pairs, 1) / CHANCE)
    by_person: defaultdict[Person, list[Work]] = defaultdict(list)
    for work in works:
        by_person[work.person].append(work)
    expectation = lru_cache(maxsize=MOST_EXPECTATIONS)(partial(Expectation, answers))
    for pair in answers.candidates():
        first, second = map(expectation, pair)
        same = [answer for answer in answers.answers_of(pair[0]) if answer in second.own]
        # What goes with what takes long to count, and can only lower the evidence.
        if len(same) < LEAST_SAME or _quick_evidence(first, second) < needed - SPARE:
            continue
        companions = Companions(answers, same)
        if _quick_evidence(first, second, companions) < needed - SPARE:
            continue
        comparisons = _both_ways(first, second, companions)
        evidence = _evidence(comparisons)
        if evidence >= needed:
            best = max(comparisons, key=lambda comparison: comparison.total)
            lessons = {answers.lessons[lesson] for lesson, bits in best.bits.items() if bits >= NAMED_BITS}
            both = [work for person in pair for work in by_person[answers.people[person]]]
            named = [work for work in both if work.submission.lesson in lessons]
            yield _finding(named, best, pairs * 2**-evidence)


def _evidence(comparisons: Sequence[Comparison]) -> float:
    """Return the bits of evidence, where either of two may have had the answers first."""
    return _log_mean([comparison.total for comparison in comparisons])


def _quick_evidence(first: Expectation, second: Expectation, companions: Companions | None = None) -> float:
    """Return the most that the evidence of a pair may be, to a few digits."""
    return max(first.quick_bits(second, companions), second.quick_bits(first, companions))


def _both_ways(first: Expectation, second: Expectation, companions: Companions) -> list[Comparison]:
    """Compare each of two people with the other."""
    return [_compare(first, second.wrong, companions), _compare(second, first.wrong, companions)]


def _compare(expectation: Expectation, source: Sequence[int], companions: Companions) -> Comparison:
    """Compare one learner's wrong answers with what is expected of another."""
    facts = expectation.answers.facts
    compared = [answer for answer in source if facts[answer][1] in expectation.tasks]
    chances = {answer: expectation.chance(answer) for answer in compared}
    same = [answer for answer in compared if answer in expectation.own]
    raised = companions.raise_chances([chances[answer] for answer in same])
    chances.update(zip(same, raised, strict=True))
    bits: defaultdict[int, list[float]] = defaultdict(list)
    for answer, chance in chances.items():
        ratio = 1 - COPIED
        if answer in expectation.own:
            ratio += COPIED / chance
        bits[facts[answer][0]].append(math.log2(ratio))
    by_lesson = {lesson: math.fsum(values) for lesson, values in bits.items()}
    return Comparison(by_lesson, len(chances), len(same), math.fsum(chances.values()))


def _finding(works: Sequence[Work], comparison: Comparison, chance: float) -> Finding:
    """Return the finding on a pair, whose works are those of the lessons that speak for it."""
    same, compared, expected = comparison.same, comparison.compared, f"{comparison.expected:.1f}"
    least = number(LEAST_SHOWN_CHANCE)
    return Finding(
        tuple(works),
        t("similar.answers", same=same, compared=compared, expected=expected),
        t("similar.wrong_answers"),
        t("similar.wrong_of", same=same, compared=compared),
        t("similar.by_answers"),
        expected,
        number(chance) if chance >= LEAST_SHOWN_CHANCE else t("similar.below", number=least),
    )
