"""Written: a text of the learner's own, marked by a person against a rubric."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from copydesk.model.base import Frozen, Identifier, Text, Weight
from copydesk.model.task import KeyBase, TaskBase, ids_of, require_same_ids, require_unique_ids

Level = Annotated[
    Literal[1, 2, 3, 4], BeforeValidator(lambda level: int(level) if level in {"1", "2", "3", "4"} else level)
]
"""A level of a rubric; as a JSON field name it is text."""


class Criterion(Frozen):
    """One thing to be judged, with a sentence for each of four levels (4 is the best)."""

    id: Identifier
    text: Text
    levels: dict[Level, Text]

    @model_validator(mode="after")
    def _has_four_levels(self) -> Self:
        if set(self.levels) != {1, 2, 3, 4}:
            msg = f"criterion {self.id!r} describes the levels {sorted(self.levels)}; describe 1, 2, 3 and 4"
            raise ValueError(msg)
        return self


QUARTERS = (0.25, 0.5, 0.75, 1.0)


class WrittenTask(TaskBase):
    """A writing task with its rubric, which the learner sees before writing; a note of the learner's own has none.

    ``credits`` are the shares of a criterion's points that levels 1 to 4 earn; without them each level is a quarter.
    """

    kind: Literal["written"] = "written"
    min_words: int = Field(ge=0)
    max_words: int = Field(gt=0, le=2000)
    rubric: tuple[Criterion, ...] = Field(default=(), max_length=6)
    credits: tuple[Weight, ...] = ()

    @model_validator(mode="after")
    def _credits_rise(self) -> Self:
        if self.credits and (sorted(set(self.credits)) != list(self.credits) or len(self.credits) != len(QUARTERS)):
            msg = f"the credits of the levels are {list(self.credits)}; write four that rise, such as [0, 0.5, 0.75, 1]"
            raise ValueError(msg)
        return self

    def credit(self, level: Level) -> float:
        """Return the share of a criterion's points that a level earns."""
        return (self.credits or QUARTERS)[level - 1]

    def level(self, credit: float) -> int:
        """Return the level that earns a share."""
        return (self.credits or QUARTERS).index(credit) + 1

    @model_validator(mode="after")
    def _only_notes_have_no_rubric(self) -> Self:
        if bool(self.rubric) == (self.group == "note"):
            msg = f"the task {self.id!r} needs a rubric; a task of the group note, which no one marks, has none"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> Self:
        require_unique_ids("criterion", ids_of(self.rubric))
        return self


class Exemplar(Frozen):
    """A text written for this course to show a level, with the mark of each criterion and why."""

    id: Identifier
    level: Level
    text: Text
    marks: dict[Identifier, Level]
    why: Text


class Fact(Frozen):
    """Something that a marker ticks in a text: a fact that must be there, or with ``is_fault``, one that must not."""

    id: Identifier
    text: Text
    is_fault: bool = False


class WrittenKey(KeyBase):
    """Exemplars, and the facts that a marker ticks before giving a level. The best exemplar is the reference."""

    kind: Literal["written"] = "written"
    exemplars: tuple[Exemplar, ...] = Field(min_length=1)
    facts: tuple[Fact, ...] = Field(default=(), max_length=12)

    def fits(self, task: WrittenTask) -> None:
        """Raise ``ValueError`` when the criteria of task and exemplars differ."""
        require_unique_ids("fact", ids_of(self.facts))
        require_unique_ids("exemplar", ids_of(self.exemplars))
        for exemplar in self.exemplars:
            require_same_ids(f"criterion of exemplar {exemplar.id!r}", ids_of(task.rubric), exemplar.marks)


class WrittenResponse(Frozen):
    """The learner's text."""

    kind: Literal["written"] = "written"
    text: str = Field(max_length=40_000)
