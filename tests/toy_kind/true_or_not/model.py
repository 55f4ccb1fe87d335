"""True or not: a statement, and whether it is true."""

from __future__ import annotations

from typing import Literal

from copydesk.model.base import Frozen, Text
from copydesk.model.task import KeyBase, TaskBase


class TrueOrNotTask(TaskBase):
    """A statement that is true or not."""

    kind: Literal["true_or_not"] = "true_or_not"
    statement: Text


class TrueOrNotKey(KeyBase):
    """Whether the statement is true, and why."""

    kind: Literal["true_or_not"] = "true_or_not"
    is_true: bool
    why: Text

    def fits(self, task: TrueOrNotTask) -> None:
        """Raise nothing: any statement fits."""


class TrueOrNotResponse(Frozen):
    """What the learner says."""

    kind: Literal["true_or_not"] = "true_or_not"
    answer: bool | None = None
