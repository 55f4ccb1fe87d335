"""Shows a text on a feedback page, with its marks by the rubric."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.parts import join_parts
from copydesk.model.tokens import count_words

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.written.model import Criterion, WrittenResponse, WrittenTask
    from copydesk.model.score import Feedback, Score


class MarkedCriterion(NamedTuple):
    """A criterion of a rubric, its levels from the best, and the one that was reached; 0 if none was."""

    text: str
    levels: tuple[str, ...]
    mine: int


class WrittenText(NamedTuple):
    """A text with its number of words, and the fewest and most that were asked for."""

    text: str
    words: int
    min_words: int
    max_words: int


def feedback_view(task: WrittenTask, _: object, response: WrittenResponse | None, score: Score, parts: Parts) -> Markup:
    """Return the learner's text and its marks."""
    marks = {part.part: part for part in score.feedback}
    rubric = [_criterion(task, criterion, marks.get(criterion.id), parts) for criterion in task.rubric]
    return parts.render_around("written.view", None, _text(task, response, parts), join_parts(rubric))


def _text(task: WrittenTask, response: WrittenResponse | None, parts: Parts) -> Markup:
    """Return the learner's text, or that there is none."""
    if response is None or not response.text.strip():
        return parts.render("written.no_text")
    length = count_words(response.text)
    return parts.render_uncached("written.text", WrittenText(response.text, length, task.min_words, task.max_words))


def _criterion(task: WrittenTask, criterion: Criterion, mark: Feedback | None, parts: Parts) -> Markup:
    """Return a criterion with the level that was reached, and the marker's comments."""
    levels = tuple(criterion.levels[level] for level in (4, 3, 2, 1))
    if mark is None or mark.credit is None:
        return parts.render_around("written.criterion", MarkedCriterion(criterion.text, levels, 0), join_parts([]))
    reached = task.level(mark.credit)
    comments = [parts.render_uncached("written.comment", line) for line in mark.text.splitlines()]
    return parts.render_around(
        "written.criterion", MarkedCriterion(criterion.text, levels, reached), join_parts(comments)
    )
