"""Soft F1 of marked words against the weights of one label, and its share above chance (grading.md 2).

A set of words is an integer with a bit set for each.
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from copydesk.kinds.bits import bits, numbers
from copydesk.kinds.chance import above_chance

if TYPE_CHECKING:
    from collections.abc import Sequence


class Weights:
    """How much each word weighs for one label, 0 to 1."""

    def __init__(self, weights: Sequence[float]) -> None:
        """Add up what every score needs: the total, and the words that have each weight above 0."""
        self.weights = tuple(weights)
        self.total = fsum(weights)
        words_of_weight: dict[float, int] = {}
        for word, weight in enumerate(weights):
            if weight:
                words_of_weight[weight] = words_of_weight.get(weight, 0) | 1 << word
        self.levels = sorted(words_of_weight.items())

    def __getitem__(self, word: int) -> float:
        """Return the weight of a word."""
        return self.weights[word]


def soft_f1(marks: int, weights: Weights) -> float:
    """Return F of marked words against weights: P = sum(h w)/sum(h), R = sum(h w)/sum(w), F = 2PR/(P+R)."""
    hit = fsum([weight * (marks & words).bit_count() for weight, words in weights.levels])
    return 2 * hit / (marks.bit_count() + weights.total) if hit else 0.0


def chance_f1(count: int, weights: Weights) -> float:
    """Return F0, the F of a reader who marks this many words at random: 2 w q / (w + q)."""
    mean, share = weights.total / len(weights.weights), count / len(weights.weights)
    return 2 * mean * share / (mean + share) if mean + share else 0.0


def best_marking(words: int, weights: Weights) -> int:
    """Return those words that reach the largest F: by falling weight, up to the best cut."""
    falling = sorted(numbers(words), key=lambda word: (-weights[word], word))
    best, cut, hit, total = 0.0, 0, 0.0, weights.total
    for count, word in enumerate(falling, start=1):
        hit += weights[word]  # good enough to find the cut; ``soft_f1`` gives its exact value
        f1 = 2 * hit / (count + total) if hit else 0.0
        if f1 > best:
            best, cut = f1, count
    return bits(falling[:cut])


def panel_weights(readers: Sequence[int], count: int) -> Weights:
    """Return the share of readers who marked each word."""
    counts = [0] * count
    for reader in readers:
        for word in numbers(reader):
            counts[word] += 1
    return Weights([times / len(readers) for times in counts])


def panel_ceiling(readers: Sequence[int], count: int) -> float:
    """Return the mean F of each reader against the others."""
    scores = []
    for place, reader in enumerate(readers):
        others = [*readers[:place], *readers[place + 1 :]]
        scores.append(soft_f1(reader, panel_weights(others, count)))
    return fsum(scores) / len(scores)


def label_share(marks: int, weights: Weights, ceiling: float) -> float | None:
    """Return the share earned for one label, or None where the label cannot be graded (ceiling <= chance).

    With nothing to mark, leaving everything unmarked earns 1 and any mark 0.
    """
    if not weights.total:
        return 0.0 if marks else 1.0
    chance = chance_f1(marks.bit_count(), weights)
    return above_chance(soft_f1(marks, weights), chance, ceiling) if ceiling > chance else None
