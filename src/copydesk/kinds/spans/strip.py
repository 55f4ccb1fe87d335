"""Strips: for each word of a passage whether it was marked with a label, and how much the reference marks it."""

from __future__ import annotations

from typing import Literal

from copydesk.model.base import Frozen, Identifier, Offset, Weight

MarkOutcome = Literal["hit", "missed", "extra", "nothing"]


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
    """The words of one passage, as one label has them."""

    passage: Identifier
    label: Identifier
    words: tuple[StripWord, ...]
