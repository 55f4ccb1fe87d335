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
from typing import TYPE_CHECKING, NamedTuple

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
        self.own = frozenset(answers.answers_of(person))
        self._wrong = Counter(answers.lesson_of[list(self.own)].tolist())

    def chance(self, answer: int) -> float:
        """Return the chance of a wrong answer that one other person gave, as a probability."""
        lesson = int(self.answers.lesson_of[answer])
        count = max(float(self.answers.counts[answer]) - 1, 0.5)
        odds = count / max(float(self.answers.asked[answer]) - count, 0.5)
        odds *= math.exp(self.answers.shift(lesson, self._wrong[lesson]))
        return odds / (1 + odds)


class Companions:
    """What goes with what in a class: of those who gave an answer, how many gave another as well.

    A misconception that many share makes several wrong answers come together, without anyone's sharing any work.
    """

    def __init__(self, answers: ClassAnswers, pair: tuple[int, int]) -> None:
        """Take the pair, who say nothing about what goes with what in the rest of the class."""
        self._answers, self._others = answers, ~(1 << pair[0] | 1 << pair[1])
        self._givers: list[tuple[int, int]] = []

    def raise_chance(self, answer: int, chance: float) -> float:
        """Return the chance of an answer, given the one of all those asked about before that goes with it most."""
        givers = self._answers.givers(answer) & self._others
        raised = chance
        for others, count in self._givers:
            together = (givers & others).bit_count()
            raised = max(raised, (together + WEIGHT * chance) / (count + WEIGHT))
        count = givers.bit_count()
        if count >= LEAST_OTHERS:
            self._givers.append((givers, count))
        return min(raised, HIGHEST_CHANCE)


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
    for pair in answers.candidates():
        # What goes with what takes long to count, and can only lower the evidence.
        if answers.same(pair) < LEAST_SAME or _evidence(_both_ways(answers, pair)) < needed:
            continue
        comparisons = _both_ways(answers, pair, with_companions=True)
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


def _both_ways(answers: ClassAnswers, pair: tuple[int, int], *, with_companions: bool = False) -> list[Comparison]:
    """Compare each of two people with the other."""
    comparisons = []
    for copier, source in (pair, pair[::-1]):
        companions = Companions(answers, pair) if with_companions else None
        comparisons.append(_compare(Expectation(answers, copier), answers.answers_of(source), companions))
    return comparisons


def _compare(expectation: Expectation, source: Sequence[int], companions: Companions | None) -> Comparison:
    """Compare one learner's wrong answers with what is expected of another."""
    bits: defaultdict[int, list[float]] = defaultdict(list)
    chances = []
    same = 0
    for answer in source:
        if int(expectation.answers.task_of[answer]) not in expectation.tasks:
            continue
        chance = expectation.chance(answer)
        ratio = 1 - COPIED
        if answer in expectation.own:
            same += 1
            if companions:
                chance = companions.raise_chance(answer, chance)
            ratio += COPIED / chance
        chances.append(chance)
        bits[int(expectation.answers.lesson_of[answer])].append(math.log2(ratio))
    by_lesson = {lesson: math.fsum(values) for lesson, values in bits.items()}
    return Comparison(by_lesson, len(chances), same, math.fsum(chances))


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
