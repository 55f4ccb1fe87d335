"""What a feedback page says beside the points: lateness, a decision by hand, and the instructor's comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.text import t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from markupsafe import Markup

    from copydesk.grading.class_file.deadlines import Deadline
    from copydesk.grading.scores.comments import Comment
    from copydesk.grading.scores.lesson_mark import LessonMark
    from copydesk.kinds.parts import Parts

MINUTE, HOUR, DAY = 60, 3600, 86_400


class Remarks(NamedTuple):
    """The mark of a lesson, when it was due and how late it came, and comments for the learner.

    ``share_off`` is what lateness takes off, in per cent of the maximum; ``zone`` is the time zone of the class.
    """

    mark: LessonMark
    deadline: Deadline | None = None
    late_seconds: int = 0
    share_off: float = 0
    comments: tuple[Comment, ...] = ()
    zone: tzinfo | None = None

    def comments_on(self, task: str) -> list[str]:
        """Return the comments on a task, or on the whole lesson if ``task`` is empty."""
        return [comment.text for comment in self.comments if comment.task == task]


def remark_parts(parts: Parts, remarks: Remarks) -> Iterator[Markup]:
    """Yield what the top of a page says: on lateness, on a decision by hand, and on the whole lesson."""
    for sentence in sentences(remarks):
        yield parts.render_uncached("page.remark", sentence)
    for comment in remarks.comments_on(""):
        yield parts.render_uncached("page.comment", comment)


def sentences(remarks: Remarks) -> Iterator[str]:
    """Yield what there is to say of a decision by hand, or else of lateness."""
    mark = remarks.mark
    if mark.manual:
        points = number(mark.manual.points or 0)
        key = f"remarks.{mark.manual.decision.replace(' ', '_')}"
        yield t(key, points=points, maximum=number(mark.maximum), reason=mark.manual.reason)
        return
    if remarks.late_seconds:
        yield " ".join(_late_sentences(remarks))
    elif remarks.deadline and remarks.deadline.is_extended:
        yield t("remarks.extended")


def _late_sentences(remarks: Remarks) -> Iterator[str]:
    """Yield how late the work came, what that costs and by which rule, and the mark that is left."""
    mark = remarks.mark
    yield t("remarks.late", time=duration(remarks.late_seconds))
    if not remarks.share_off:
        return
    values = {"share": number(remarks.share_off), "maximum": number(mark.maximum)}
    if mark.mark is None:
        yield t("remarks.late.awaiting", **values)
        return
    values |= {"points": number(mark.deduction), "raw": number(mark.raw or 0), "mark": number(mark.mark)}
    is_whole = round(mark.maximum * remarks.share_off / 100, 2) == mark.deduction
    yield t("remarks.late.off" if is_whole else "remarks.late.floor", **values)


def duration(seconds: int) -> str:
    """Return how long something took, in the two largest units: days and hours, or hours and minutes."""
    if seconds < HOUR:
        return t("remarks.minutes", count=max(1, seconds // MINUTE))
    if seconds < DAY:
        hours, rest = divmod(seconds, HOUR)
        units = [t("remarks.hours", count=hours), *_unit("remarks.minutes", rest // MINUTE)]
        return " ".join(units)
    days, rest = divmod(seconds, DAY)
    return " ".join([t("remarks.days", count=days), *_unit("remarks.hours", rest // HOUR)])


def _unit(key: str, count: int) -> list[str]:
    return [t(key, count=count)] if count else []
