"""Choice: pick one option, or mark all that apply."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from copydesk.model.base import Frozen, Identifier, Text, Weight
from copydesk.model.task import KeyBase, TaskBase, ids_of, require_reference, require_same_ids, require_unique_ids


class Option(Frozen):
    """One answer that can be picked."""

    id: Identifier
    text: Text


class ChoiceTask(TaskBase):
    """A question with options, of which one or (``multiple``) several are picked."""

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...] = Field(min_length=2, max_length=40)
    multiple: bool = False
    shuffle: bool = True

    @model_validator(mode="after")
    def _options_are_distinct(self) -> Self:
        require_unique_ids("option", ids_of(self.options))
        return self


class OptionKey(Frozen):
    """How good one option is, and why.

    Two notes are for the checks of a course. ``missed`` marks the wrong option that a thoughtful reader who missed one
    word of what the task shows would choose, and quotes that word. ``stance`` marks an option that *doubts*
    (sceptical, accusing, or rejecting everything) and one that finds nothing wrong (*fine*).
    """

    weight: Weight
    why: Text
    missed: str = Field(default="", exclude=True)
    stance: Literal["", "doubt", "fine"] = Field(default="", exclude=True)


class ChoiceKey(KeyBase):
    """A weight and an explanation for every option."""

    kind: Literal["choice"] = "choice"
    options: dict[Identifier, OptionKey]

    def fits(self, task: ChoiceTask) -> None:
        """Raise ``ValueError`` when an option has no explanation or an explanation no option."""
        require_same_ids("option", ids_of(task.options), self.options)
        require_reference("option", self.options.values())


class ChoiceResponse(Frozen):
    """The options that the learner picked, by id."""

    kind: Literal["choice"] = "choice"
    chosen: tuple[Identifier, ...] = Field(max_length=40)
