"""Writes a learner's page on all lessons: their marks, the mark of the course and how it is worked out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.feedback.remarks import Remarks, duration, sentences
from copydesk.grading.files.pages import environment
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.scores.course_mark import products, total_of
from copydesk.text import language, t
from copydesk.text.lists import name_list
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Template

    from copydesk.grading.class_file.deadlines import Deadlines
    from copydesk.grading.scores.comments import Comment
    from copydesk.grading.scores.course_mark import CourseLesson, CourseMark, LateCost

GENERATOR = "Copy Desk course page"
"""Marks a page as one of ours, so that a later run may replace or remove it."""


class CourseFrame(NamedTuple):
    """What is the same on the pages of all learners.

    That is the name of the class, the titles of the lessons, when they are due and what lateness costs, and how many
    of the lowest are dropped.
    """

    name: str
    titles: Mapping[str, str]
    deadlines: Deadlines
    drop_lowest: int


class LessonView(NamedTuple):
    """A lesson on the page: its line in the table, and what is said of it below."""

    place: int
    lesson: str
    title: str
    weight: str
    mark: str
    state: str
    sentences: tuple[str, ...]
    comments: tuple[Comment, ...]


def course_page(mark: CourseMark, learner: str, frame: CourseFrame, comments: Mapping[str, Sequence[Comment]]) -> str:
    """Return the page, as complete HTML, for the learner called ``learner``; ``comments`` are for them, by lesson."""
    views = []
    for place, entry in enumerate(mark.lessons, start=1):
        views.append(_view(place, entry, mark, frame, comments.get(entry.lesson, ())))
    return _template().render(
        generator=GENERATOR,
        language=language(),
        course=frame.name,
        learner=one_line(learner, 80),
        percent=None if mark.percent is None else number(mark.percent),
        points="" if mark.points is None else number(mark.points),
        out_of=number(mark.out_of),
        result="course_page.result.complete" if mark.is_complete else "course_page.result",
        status=_status(mark),
        is_complete=mark.is_complete,
        lessons=views,
        details=[view for view in views if view.sentences or view.comments],
        steps=tuple(_steps(mark)),
        rules=tuple(_rules(mark, frame)),
    )


@cache
def _template() -> Template:
    return environment().get_template("feedback/course.html.j2")


def _view(
    place: int, entry: CourseLesson, mark: CourseMark, frame: CourseFrame, comments: Sequence[Comment]
) -> LessonView:
    percent = (
        t("course_page.no_mark") if entry.percent is None else t("course_page.percent", value=number(entry.percent))
    )
    return LessonView(
        place=place,
        lesson=entry.lesson,
        title=frame.titles[entry.lesson],
        weight=number(entry.weight),
        mark=percent,
        state=t(f"course_page.state.{_state_key(entry, mark)}"),
        sentences=tuple(_sentences(entry, mark, frame)),
        comments=tuple(comments),
    )


def _state_key(entry: CourseLesson, mark: CourseMark) -> str:
    """Return, as the end of a key, what a lesson is to the mark."""
    if entry.lesson in mark.dropped:
        return "dropped"
    if entry.weight == 0 and entry.state not in {"excused", "no points"}:
        return "no_weight"
    return entry.state.replace(" ", "_")


def _status(mark: CourseMark) -> str:
    """Return whether the mark is complete, and which lessons don't count yet."""
    if mark.open:
        lessons = name_list([entry.lesson for entry in mark.open])
        return t("course_page.open", count=len(mark.open), lessons=lessons)
    return t("course_page.complete" if mark.is_complete else "course_page.nothing_counts")


def _sentences(entry: CourseLesson, mark: CourseMark, frame: CourseFrame) -> Iterator[str]:
    """Yield what there is to say of a lesson: where its mark comes from, what was taken off, and what is missing."""
    manual = entry.mark.manual
    if manual and manual.decision == "nil":
        yield t("course_page.nil", maximum=number(entry.mark.maximum), reason=manual.reason)
    elif manual:
        yield from sentences(Remarks(entry.mark))
    elif entry.state == "marked":
        yield from _mark_sentences(entry, frame)
    if entry.state == "awaiting" and entry.mark.marks:
        yield t("course_page.awaiting", tasks=name_list(entry.mark.marks.awaiting))
        if entry.late_seconds:
            yield t("remarks.late", time=duration(entry.late_seconds))
    if entry.state in {"missing", "not due", "unclear", "hidden", "unreadable"}:
        yield t(f"course_page.{entry.state.replace(' ', '_')}")
    if entry.lesson in mark.dropped:
        yield t("course_page.dropped")


def _mark_sentences(entry: CourseLesson, frame: CourseFrame) -> Iterator[str]:
    """Yield how the mark of a lesson comes about: from its points or its parts, and less what lateness takes off."""
    percent = number(entry.percent or 0)
    share = frame.deadlines.share_off(entry.late_seconds)
    if not entry.parts:
        points, maximum = number(entry.mark.mark or 0), number(entry.mark.maximum)
        yield from sentences(Remarks(entry.mark, late_seconds=entry.late_seconds, share_off=share))
        yield t("course_page.points", points=points, maximum=maximum, percent=percent)
        return
    parts = []
    for part in entry.parts:
        name = t(f"course_page.part.{part.name}")
        parts.append(t("course_page.part", name=name, percent=number(part.percent), weight=number(part.weight)))
    before = entry.late.before if entry.late else entry.percent or 0
    yield t("course_page.parts", parts=name_list(parts), percent=number(before))
    if entry.late:
        yield from _late_sentences(entry, entry.late, share)


def _late_sentences(entry: CourseLesson, late: LateCost, share: float) -> Iterator[str]:
    """Yield how late the work came, and what that takes off the whole."""
    yield t("remarks.late", time=duration(entry.late_seconds))
    if share:
        key = "course_page.late" if late.off >= share else "course_page.late.floor"
        values = {"before": number(late.before), "off": number(late.off), "percent": number(entry.percent or 0)}
        yield t(key, share=number(share), **values)


def _steps(mark: CourseMark) -> Iterator[str]:
    """Yield the calculation: a line for each lesson in the mark, the sums, and the mark."""
    if mark.percent is None or mark.points is None:
        return
    counted = mark.counted
    values = products(counted)
    for entry, product in zip(counted, values, strict=True):
        figures = {"mark": number(entry.percent or 0), "weight": number(entry.weight), "product": number(product)}
        yield t("course_page.step", lesson=entry.lesson, **figures)
    total = number(total_of(values))
    weights = number(total_of(entry.weight for entry in counted))
    yield t("course_page.step.mean", total=total, weights=weights, percent=number(mark.percent))
    points, out_of = number(mark.points), number(mark.out_of)
    yield t("course_page.step.points", percent=number(mark.percent), out_of=out_of, points=points)


def _rules(mark: CourseMark, frame: CourseFrame) -> Iterator[str]:
    """Yield the rules of the class that the calculation follows."""
    yield t("course_page.rule.mean")
    if any(entry.parts for entry in mark.lessons):
        yield t("course_page.rule.parts")
    if frame.drop_lowest:
        yield t("course_page.rule.drop", count=frame.drop_lowest)
