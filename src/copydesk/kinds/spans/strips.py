"""Puts a learner's marks beside the reference, word by word: the numbers from which strips are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from copydesk.kinds.spans.scoring import key_weights_of, words_of
from copydesk.model.base import Frozen, Identifier, Offset, Weight
from copydesk.model.tokens import tokenize

if TYPE_CHECKING:
    from copydesk.kinds.spans.model import SpansKey, SpansResponse, SpansTask

MarkOutcome = Literal["hit", "missed", "extra", "nothing"]

OUTCOMES: dict[tuple[bool, bool], MarkOutcome] = {
    (True, True): "hit",
    (False, True): "missed",
    (True, False): "extra",
    (False, False): "nothing",
}
"""A word's result by whether it was marked, and whether it is in the reference."""


class StripWord(Frozen):
    """One word: ``mine`` is the learner's mark, ``weight`` the reference's (0 for none, below 1 for defensible).

    ``found`` says both at once: marked and in the reference, only there, only marked, or neither.
    """

    start: Offset
    end: Offset
    mine: bool
    weight: Weight
    found: MarkOutcome


class Strip(Frozen):
    """The words of one passage under one label."""

    passage: Identifier
    label: Identifier
    words: tuple[StripWord, ...]


def strips(task: SpansTask, key: SpansKey, response: SpansResponse | None) -> list[Strip]:
    """Return a strip for each passage and label, in the task's order; marks and weights are those of the score.

    So articles at the edges of a mark are left out, and if the key has a panel, a weight is the share of its readers
    who marked the word.
    """
    words = words_of(task)
    weights = key_weights_of(words, key).weights
    marks = words.read(response).marks if response else dict.fromkeys(words.labels, 0)
    passage_strips = []
    for passage in task.passages:
        places = list(enumerate(tokenize(passage.text), start=words.first_word[passage.id]))
        for label, label_weights in weights.items():
            row = []
            for number, (start, end) in places:
                is_marked, weight = bool(marks[label] >> number & 1), label_weights[number]
                outcome = OUTCOMES[is_marked, weight > 0]
                row.append(StripWord(start=start, end=end, mine=is_marked, weight=weight, found=outcome))
            passage_strips.append(Strip(passage=passage.id, label=label, words=tuple(row)))
    return passage_strips
