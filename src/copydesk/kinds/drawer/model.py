"""Drawer: evidence cards to search and open; the answer is what was opened, and when. Never graded."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from copydesk.model.base import Frozen, Identifier, Moment, Text
from copydesk.model.task import KeyBase, TaskBase


class DrawerTask(TaskBase):
    """The cards of ``cards``, closed; ``one_by_one`` releases the next when one is opened.

    The task is complete once ``least`` cards are open.
    """

    kind: Literal["drawer"] = "drawer"
    one_by_one: bool = False
    least: int = Field(default=1, ge=1, le=30)

    @model_validator(mode="after")
    def _has_enough_cards(self) -> Self:
        if len(self.cards) < self.least:
            msg = f"the drawer has {len(self.cards)} cards and asks for {self.least}; name more cards"
            raise ValueError(msg)
        if self.points:
            msg = "opening cards is not graded; give the drawer 0 points"
            raise ValueError(msg)
        return self


class DrawerKey(KeyBase):
    """Why it is worth opening the cards before judging."""

    kind: Literal["drawer"] = "drawer"
    why: Text

    def fits(self, task: DrawerTask) -> None:
        """Raise nothing: any drawer fits."""


class OpenedCard(Frozen):
    """A card that was opened, and when it first was."""

    card: Identifier
    at: Moment


class DrawerResponse(Frozen):
    """The cards opened, in the order of opening."""

    kind: Literal["drawer"] = "drawer"
    opened: tuple[OpenedCard, ...] = Field(max_length=100)
