"""Writes the feedback page of one hand-in: one HTML file that needs nothing else and runs nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from math import fsum
from typing import TYPE_CHECKING, Any

from copydesk.grading.files.pages import environment
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.scores.versions import UNKNOWN
from copydesk.kinds.feedback import read
from copydesk.text import language, t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from copydesk.grading.scores.assessment import Assessment, TaskResult

GENERATOR = "Copy Desk feedback"
"""Marks a page as one of ours, so that a later run may replace or remove it."""


def page(assessment: Assessment, learner: str) -> str:
    """Return the feedback page for a learner, who is called ``learner``: complete HTML."""
    tasks = [_task(result) for result in assessment.results if result.task.group != "baseline"]
    automatic = [task for task in tasks if task["kind"] != "written"]
    written = [task for task in tasks if task["kind"] == "written"]
    return (
        environment()
        .get_template("feedback/feedback.html.j2")
        .render(
            generator=GENERATOR,
            learner=one_line(learner, 80),
            bank=assessment.bank,
            is_other_version=UNKNOWN in assessment.notices,
            is_older=bool(assessment.version.changed),
            language=language(),
            handed_in=moment(assessment.hand_in.moment),
            tasks=tasks,
            form=assessment.form,
            automatic={"points": _sum(automatic, "points"), "maximum": _sum(automatic, "maximum")},
            written=written,
            written_points=_sum(written, "points"),
            written_maximum=_sum(written, "maximum"),
            is_written=any(task["status"] == "scored" for task in written),
            awaiting=[task["id"] for task in written if task["points"] is None],
        )
    )


def _task(result: TaskResult) -> dict[str, Any]:
    """Return what every kind of task shows, and its kind's own part as ``view``."""
    task, score, answer = result.task, result.score, result.answer
    return {
        "id": task.id,
        "kind": task.kind,
        "title": task.title,
        "prompt": task.prompt,
        "context": task.context,
        "status": score.status,
        "points": score.points,
        "maximum": score.maximum,
        "fault": result.fault,
        "appeal": result.appeal,
        "reason": answer.reason if answer else "",
        "confidence": answer.confidence if answer else None,
        "view": read(result),
    }


def _sum(tasks: list[dict[str, Any]], name: str) -> str:
    return number(round(fsum(task[name] or 0 for task in tasks), 2))


def moment(value: datetime) -> str:
    """Return a time as people read it: ``22 November 2026, 09:58 UTC``."""
    utc = value.astimezone(UTC)
    month = t(f"feedback.month.{utc.month}")  # the names of months in strftime depend on the machine
    return t("feedback.moment", day=utc.day, month=month, year=utc.year, time=f"{utc:%H:%M}")
