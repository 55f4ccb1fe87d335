"""Verdict: how well a claim is supported, with a qualification, and the evidence cards that decide it."""

from __future__ import annotations

from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from copydesk.model.base import Frozen, Identifier, Text, Weight
from copydesk.model.task import KeyBase, TaskBase, ids_of, require_reference, require_same_ids, require_unique_ids

Support = Literal["supported", "qualified", "not-established", "contradicted", "not-checkable"]
SUPPORTS: tuple[Support, ...] = get_args(Support)


class Qualification(Frozen):
    """A limit on a verdict, in a few words."""

    id: Identifier
    text: Text


class VerdictTask(TaskBase):
    """A claim to be judged as of a date, with the cards of ``cards``; at most ``most_cards`` are cited."""

    kind: Literal["verdict"] = "verdict"
    claim: Text
    as_of: Text
    qualifications: tuple[Qualification, ...] = Field(default=(), max_length=8)
    most_cards: int = Field(default=3, ge=1, le=10)

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> Self:
        require_unique_ids("qualification", ids_of(self.qualifications))
        if not self.cards:
            msg = "a verdict needs evidence; name at least one card"
            raise ValueError(msg)
        return self


class Judged(Frozen):
    """The weight of one choice, and why; ``missed`` and ``stance`` are as in the key of a choice."""

    weight: Weight
    why: Text
    missed: str = Field(default="", exclude=True)
    stance: Literal["", "doubt", "fine"] = Field(default="", exclude=True)


class VerdictKey(KeyBase):
    """The weight of every support, of every qualification, and the cards without which nothing is earned."""

    kind: Literal["verdict"] = "verdict"
    support: dict[Support, Judged]
    qualifications: dict[Identifier, Judged] = Field(default_factory=dict)
    decisive: dict[Identifier, Text] = Field(min_length=1)

    @property
    def support_weights(self) -> list[float]:
        """Return the weights of the supports, in the order of the scale."""
        return [self.support[name].weight for name in SUPPORTS]

    @property
    def reference_support(self) -> Support:
        """Return the support of weight 1."""
        return SUPPORTS[self.support_weights.index(1)]

    def fits(self, task: VerdictTask) -> None:
        """Raise ``ValueError`` when a support, a qualification or a card of key and task differ."""
        require_same_ids("support", SUPPORTS, self.support)
        require_same_ids("qualification", ids_of(task.qualifications), self.qualifications)
        require_reference("support", self.support.values())
        for card in self.decisive:
            if card not in task.cards:
                msg = f"the decisive card {card!r} is not among the cards of the task; add it there"
                raise ValueError(msg)


class VerdictResponse(Frozen):
    """The learner's verdict: support, qualification if one is chosen, and the cards cited."""

    kind: Literal["verdict"] = "verdict"
    support: Support | None = None
    qualification: Identifier | None = None
    cards: tuple[Identifier, ...] = Field(default=(), max_length=10)
