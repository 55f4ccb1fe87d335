"""Order: put items into an order, with ties where the order of a pair is open."""

from __future__ import annotations

from itertools import chain
from typing import Literal, Self

from pydantic import Field, model_validator

from copydesk.model.base import Frozen, Identifier, Text
from copydesk.model.task import KeyBase, TaskBase, ids_of, require_same_ids, require_unique_ids

Ranks = tuple[tuple[Identifier, ...], ...]
"""Items from first to last; those in one group share a place."""


class Step(Frozen):
    """One thing to be put into its place."""

    id: Identifier
    text: Text


class OrderTask(TaskBase):
    """Items to be put in order; ``first`` and ``last`` name the two ends; ``ties`` allows equal places."""

    kind: Literal["order"] = "order"
    items: tuple[Step, ...] = Field(min_length=2, max_length=20)
    first: Text
    last: Text
    ties: bool = False

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> Self:
        require_unique_ids("item", ids_of(self.items))
        return self


class OrderKey(KeyBase):
    """The reference order (items in one group are an open pair), and why each item is where it is."""

    kind: Literal["order"] = "order"
    ranks: Ranks
    why: dict[Identifier, Text]

    def fits(self, task: OrderTask) -> None:
        """Raise ``ValueError`` when an item is missing, appears twice, or has no reason."""
        items = ids_of(task.items)
        placed = list(chain.from_iterable(self.ranks))
        require_unique_ids("item", placed)
        require_same_ids("item", items, placed)
        require_same_ids("item", items, self.why)
        if len(self.ranks) < 2:  # noqa: PLR2004  (two places make one pair)
            msg = "the key fixes no pair; put the items into at least two places"
            raise ValueError(msg)


class OrderResponse(Frozen):
    """The learner's order."""

    kind: Literal["order"] = "order"
    ranks: Ranks = Field(max_length=20)
