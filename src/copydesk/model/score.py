"""A score: points, the maximum, and the feedback on each part of the response."""

from __future__ import annotations

from typing import Literal, NamedTuple

Status = Literal["scored", "unanswered", "awaiting marking"]


class Feedback(NamedTuple):
    """Feedback on one part (an option, item, label, field): its credit (0 to 1) and the reason."""

    part: str
    credit: float | None = None
    text: str = ""


class Score(NamedTuple):
    """The result of one task. ``share`` (0 to 1) is None while a person has not marked it."""

    task: str
    status: Status
    share: float | None
    maximum: float
    feedback: tuple[Feedback, ...] = ()

    @property
    def points(self) -> float | None:
        """Points earned, ``share * maximum``, rounded to two decimals; None while awaiting marking."""
        return None if self.share is None else round(self.share * self.maximum, 2)
