"""Shows on a feedback page a text, and its marks by the rubric."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.kinds.parts import joined
from copydesk.model.tokens import count_words

if TYPE_CHECKING:
    from markupsafe import Markup

    from copydesk.kinds.parts import Parts
    from copydesk.kinds.written.model import WrittenResponse, WrittenTask
    from copydesk.model.score import Score


class Criterion(NamedTuple):
    """A criterion of a rubric, its levels from the best, and the one that was reached; 0 where none was."""

    text: str
    levels: tuple[str, ...]
    mine: int


class WrittenText(NamedTuple):
    """A text, and how long it is and was to be."""

    text: str
    words: int
    min_words: int
    max_words: int


def feedback_view(task: WrittenTask, _: object, response: WrittenResponse | None, score: Score, parts: Parts) -> Markup:
    """Return the learner's text and its marks."""
    text = response.text if response else ""
    marks = {part.part: part for part in score.feedback}
    rubric = []
    for criterion in task.rubric:
        mark = marks.get(criterion.id)
        levels = tuple(criterion.levels[level] for level in (4, 3, 2, 1))
        reached = round(4 * (mark.credit or 0)) if mark else 0
        comments = [parts.afresh("written.comment", line) for line in mark.text.splitlines()] if mark else []
        frame = Criterion(criterion.text, levels, reached)
        rubric.append(parts.around("written.criterion", frame, joined(comments)))
    if text.strip():
        written = WrittenText(text, count_words(text), task.min_words, task.max_words)
        shown = parts.afresh("written.text", written)
    else:
        shown = parts.one("written.no_text")
    return parts.around("written.view", None, shown, joined(rubric))
