"""Turns one file into scores and feedback pages: the same function in this process and in any number of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.answers.baseline import is_statement
from copydesk.grading.feedback.page import page
from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.report.similar import texts, times
from copydesk.grading.scores.assessment import Assessment, assess
from copydesk.grading.submissions.matches import NOTICE
from copydesk.grading.submissions.record import BY_HAND, Row
from copydesk.grading.submissions.selection import is_late
from copydesk.grading.submissions.submission import Submission, read_submissions
from copydesk.grading.submissions.submitter import Submitter, submitter_of
from copydesk.kinds.written.model import WrittenResponse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.grading.files.limits import Document
    from copydesk.grading.marking.final_marks import Released
    from copydesk.grading.run.rules import Rules


NOT_ON_DESK = "is not on the marking desk"
OWN_FAULT = "Copy Desk itself failed on this file"


@dataclass(frozen=True, slots=True)
class Settled:
    """A submission that is graded: what is kept of it, and its feedback page, which is empty where none are made."""

    row: Row
    page: bytes


Outcome = Settled | SubmissionProblem


def settle(document: Document, rules: Rules) -> list[Outcome]:
    """Grade one file; whatever goes wrong with it is a row, never the end."""
    try:
        return [
            found if isinstance(found, SubmissionProblem) else settled(found, rules)
            for found in read_submissions(document, rules.versions.now)
        ]
    except GradingError:
        raise
    except Exception as error:  # noqa: BLE001  (a fault in this program on one file must not cost the others)
        reason = f"{OWN_FAULT} ({type(error).__name__})"
        remedy = "Please report it with the file; all other files were graded"
        return [SubmissionProblem(document.name, reason, remedy)]


def settled(submission: Submission, rules: Rules) -> Settled:
    """Grade one submission."""
    who = submitter_of(submission, download=rules.download, roster=rules.roster, matches=rules.matches)
    assessment = assess(submission, rules.versions, rules.released)
    if rules.appeals:
        assessment = rules.appeals.apply(assessment, who.names)
    return Settled(_row(assessment, who, rules), page(assessment, who.shown).encode() if rules.pages else b"")


def _row(assessment: Assessment, who: Submitter, rules: Rules) -> Row:
    """Return what is kept of an assessment."""
    submission, results, form = assessment.submission, assessment.results, assessment.form
    late = is_late(submission.moment, rules.due)
    return Row(
        who=who.identity(submission),
        learner=", ".join(who.given) or who.learner,
        handed_in_as=who.learner if who.given else "",
        lesson=submission.header.lesson,
        file=submission.file,
        moment=submission.moment,
        digest=submission.digest,
        points=tuple(result.score.points for result in results),
        unanswered=tuple(
            result.task.id
            for result in results
            if result.score.status == "unanswered" and not result.fault and not is_statement(result.task)
        ),
        notices=(
            *_notices(who, late=late),
            *assessment.notices,
            *_missing_texts(assessment, rules.released),
        ),
        problems=(*assessment.problems, *who.problems(submission.file)),
        statements=f"{form.done} of {form.total} ({form.name})" if form else "",
        kept=rules.layouts[submission.header.lesson].keep(assessment),
        sender=who.sent,
        match=who.match,
        is_late=late,
        version=submission.header.bank if assessment.version.changed else "",
        appeals=assessment.appeals,
        is_submitted=submission.is_submitted,
        times=times(assessment),
        texts=texts(assessment),
    )


def _notices(who: Submitter, *, late: bool) -> Iterator[str]:
    if late:
        yield "late"
    if who.sent and who.sent.is_late:
        yield "Canvas marks it as late"
    if who.sent and who.alias:
        yield f"the file itself says {who.alias!r}"
    if who.given or (who.match and who.match.is_sure and who.match.how == BY_HAND):
        yield NOTICE


def _missing_texts(assessment: Assessment, released: Released | None) -> Iterator[str]:
    """Yield which texts nobody can mark, where marks are given."""
    lesson = assessment.submission.header.lesson
    for result in assessment.results if released else ():
        response = result.answer.response if result.answer else None
        if released is None or not isinstance(response, WrittenResponse) or result.score.points is not None:
            continue
        if released.is_missing(lesson, result.task.id, response.text):
            yield f"{result.task.id} {NOT_ON_DESK}"
