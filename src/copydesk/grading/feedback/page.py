"""Writes the feedback page of one submission: a self-contained HTML file that runs nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from copydesk.grading.feedback.parts import parts_in
from copydesk.grading.feedback.remarks import remark_parts
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.scores.versions import UNKNOWN_VERSION
from copydesk.kinds.parts import join_parts
from copydesk.kinds.scoring import is_marked_by_person
from copydesk.kinds.table import kind_of
from copydesk.text import language, t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from copydesk.answers.baseline import FormState
    from copydesk.grading.feedback.remarks import Remarks
    from copydesk.grading.scores.assessment import Assessment, TaskResult
    from copydesk.kinds.parts import CardTitles, Parts
    from copydesk.model.score import Score

GENERATOR = "Copy Desk feedback"
"""Marks a page as one of ours, so that a later run may replace or remove it."""


class Points(NamedTuple):
    """Points as people read them, None while they await marking, and the maximum."""

    earned: str | None
    maximum: str


class Frame(NamedTuple):
    """What is the same on all pages of a lesson; ``version`` is *older* or *version* where other tasks were asked."""

    language: str
    generator: str
    lesson: str
    name: str
    keyed_by: str
    version: str
    has_tasks: bool


class Heading(NamedTuple):
    """Whose page it is, for which lesson, and when the work was submitted."""

    name: str
    learner: str
    moment: str


class Summary(NamedTuple):
    """What surrounds the points of all tasks: those for writing may be ``awaiting`` marks for some tasks."""

    has_tasks: bool
    written_maximum: str
    awaiting: tuple[str, ...]
    is_marked: bool
    form: FormState | None


class Asked(NamedTuple):
    """What was asked; ``place`` is the number of the task on the page."""

    place: int
    id: str
    title: str
    prompt: str
    context: str


class Row(NamedTuple):
    """A line of the table of all tasks; ``state`` is *open* or *unusable* if there is no answer, else empty."""

    place: int
    id: str
    title: str
    points: Points
    state: str


def page(assessment: Assessment, learner: str, card_titles: CardTitles = (), remarks: Remarks | None = None) -> str:
    """Return the feedback page, as complete HTML, for the learner called ``learner``.

    An evidence card is named by its title, or by its id where ``card_titles`` has none. ``remarks`` are what
    there is to say beside the points.
    """
    page_language, bank = language(), assessment.bank
    parts = parts_in(page_language, card_titles)
    results = [result for result in assessment.results if result.task.group != "baseline"]
    rows, sections = [], []
    for place, result in enumerate(results, start=1):
        row = _row(place, result)
        rows.append(row)
        comments = remarks.comments_on(result.task.id) if remarks else []
        sections.append(_section(parts, row, result, comments))
    version = _version_of(assessment)
    frame = Frame(page_language, GENERATOR, bank.lesson, bank.name, bank.keyed_by, version, bool(results))
    zone = remarks.zone if remarks else None
    heading = Heading(bank.name, one_line(learner, 80), moment(assessment.submission.moment, zone))
    return parts.render_around(
        "page.page",
        frame,
        parts.render_uncached("page.title", heading),
        parts.render_uncached("page.byline", heading),
        _summary(parts, results, assessment.form),
        join_parts(remark_parts(parts, remarks)) if remarks else Markup(),
        parts.render_each("page.row", rows),
        join_parts(sections),
    )


def _version_of(assessment: Assessment) -> str:
    """Return which version of the tasks the page follows, in the terms of ``Frame``."""
    if UNKNOWN_VERSION in assessment.notices:
        return "version"
    return "older" if assessment.version.changed else ""


def _summary(parts: Parts, results: Sequence[TaskResult], form: FormState | None) -> Markup:
    """Return the points of all tasks together."""
    automatic: list[Score] = []
    written: list[Score] = []
    awaiting: list[str] = []
    for result in results:
        if not is_marked_by_person(result.task):
            automatic.append(result.score)
            continue
        written.append(result.score)
        if result.score.points is None:
            awaiting.append(result.task.id)
    marks = _total(written)
    summary = Summary(
        has_tasks=bool(results),
        written_maximum=marks.maximum if written else "",
        awaiting=tuple(awaiting),
        is_marked=any(score.status == "scored" for score in written),
        form=form,
    )
    totals = parts.render("page.total", _total(automatic)), parts.render("page.total", marks)
    return parts.render_around("page.summary", summary, *totals)


def _total(scores: Sequence[Score]) -> Points:
    """Return the sum of some points; those awaited count as none."""
    earned = fsum(score.points or 0 for score in scores)
    maximum = fsum(score.maximum for score in scores)
    return Points(number(round(earned, 2)), number(round(maximum, 2)))


def _row(place: int, result: TaskResult) -> Row:
    """Return the line in the table of all tasks for the task at ``place``."""
    earned = result.score.points
    points = Points(None if earned is None else number(earned), number(result.score.maximum))
    return Row(place, result.task.id, result.task.title, points, _state(result))


def _state(result: TaskResult) -> str:
    """Return why there is no answer, in the terms of ``Row``."""
    if result.score.status != "unanswered":
        return ""
    return "unusable" if result.fault else "open"


def _section(parts: Parts, row: Row, result: TaskResult, comments: Sequence[str]) -> Markup:
    """Return the section on one task: the parts that every kind has, around the kind's own part."""
    asked = Asked(row.place, row.id, row.title, result.task.prompt, result.task.context)
    points = parts.render("page.points", row.points)
    notices, rest = [], []
    if result.fault:
        notices.append(parts.render_uncached("page.fault", result.fault))
    elif result.score.status == "unanswered":
        notices.append(parts.render("page.unanswered"))
    if result.by_key_of_now is not None:
        notices.append(parts.render("page.earlier_key"))
    if result.version:
        notices.append(parts.render("page.twin"))
    if result.appeal:
        notices.append(parts.render_uncached("page.appeal", result.appeal))
    answer = result.answer
    if answer and answer.reason:
        rest.append(parts.render_uncached("page.reason", answer.reason))
    if answer and answer.confidence is not None:
        rest.append(parts.render("page.confidence", number(round(100 * answer.confidence))))
    for comment in comments:
        rest.append(parts.render_uncached("page.comment", comment))  # noqa: PERF401  (as the lines above)
    return parts.render_around(
        "page.section", asked, points, join_parts(notices), _view(parts, result), join_parts(rest)
    )


def _view(parts: Parts, result: TaskResult) -> Markup:
    """Return the kind's own part of the section on a task."""
    response = result.answer.response if result.answer else None
    return kind_of(result.task.kind).feedback_view(result.task, result.key, response, result.score, parts)


def moment(value: datetime, zone: tzinfo | None = None) -> str:
    """Return a time as people read it: ``22 November 2026, 09:58 UTC``, or in the zone of a class, which is named."""
    local = value.astimezone(zone or UTC)
    month = t(f"feedback.month.{local.month}")  # month names in strftime depend on the machine
    values = {"day": local.day, "month": month, "year": local.year, "time": f"{local:%H:%M}"}
    return t("feedback.moment_in", zone=zone, **values) if zone else t("feedback.moment", **values)
