"""Turns one file into scores and feedback pages: the same function in this process and in any number of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from copydesk.answers.baseline import is_statement
from copydesk.answers.file import Answer
from copydesk.grading.feedback.page import page
from copydesk.grading.feedback.remarks import Remarks
from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.scores.assessment import Assessment, assess
from copydesk.grading.scores.lesson_mark import lesson_mark
from copydesk.grading.similarity.class_answers import wrong_answers
from copydesk.grading.similarity.texts import text_fingerprints
from copydesk.grading.similarity.times import answer_times
from copydesk.grading.submissions.matches import NOTICE
from copydesk.grading.submissions.record import BY_HAND, GradedSubmission, shared
from copydesk.grading.submissions.submission import Submission, read_submissions
from copydesk.grading.submissions.submitter import Submitter, submitter_of
from copydesk.kinds.written.model import WrittenResponse
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.grading.class_file.deadlines import Deadline
    from copydesk.grading.files.limits import SubmittedFile
    from copydesk.grading.marking.final_marks import FinalMarks
    from copydesk.grading.run.rules import Rules

NOT_ON_DESK = "is not on the marking desk"
"""What the notes of a submission with a text that no one can mark contain; the run looks for it there."""

OWN_FAULT = "Copy Desk itself failed on this file"
"""How the reason of such a problem begins; the journal looks for it."""


@dataclass(frozen=True, slots=True)
class GradedFile:
    """A graded submission and its feedback page, which is empty if none are made."""

    submission: GradedSubmission
    page: bytes


Outcome = GradedFile | SubmissionProblem


def grade_file(document: SubmittedFile, rules: Rules) -> list[Outcome]:
    """Grade one file; whatever goes wrong with it becomes a row and never ends the run."""
    try:
        return list(_outcomes(document, rules))
    except GradingError:
        raise
    except Exception as error:  # noqa: BLE001  (a fault in this program on one file must not cost the others)
        reason = f"{OWN_FAULT} ({type(error).__name__})"
        return [SubmissionProblem(document.name, reason, t("one_file.own_fault.remedy"))]


def _outcomes(document: SubmittedFile, rules: Rules) -> Iterator[Outcome]:
    """Yield the outcome of each submission in a file."""
    for entry in read_submissions(document, rules.versions.now):
        if isinstance(entry, SubmissionProblem):
            yield entry
        else:
            yield grade_submission(entry, rules)


def grade_submission(submission: Submission, rules: Rules) -> GradedFile:
    """Grade one submission."""
    submitter = submitter_of(submission, download=rules.download, roster=rules.roster, matches=rules.matches)
    assessment = assess(submission, rules.versions, rules.final_marks)
    if rules.appeals:
        assessment = rules.appeals.apply(assessment, submitter.names)
    person, lesson = submitter.person, submission.header.lesson
    deadline = rules.deadlines.deadline(person, lesson)
    graded = _graded_submission(assessment, submitter, rules, deadline)
    if not rules.pages:
        return GradedFile(graded, b"")
    private = person._replace(keys=()) if submitter.is_shared else person  # a page for several shows no one's decision
    manual = rules.manual_marks.find(private, lesson) if rules.manual_marks else None
    remarks = Remarks(
        mark=lesson_mark(graded, assessment.bank, rules.deadlines, manual),
        deadline=deadline,
        late_seconds=graded.late_seconds,
        share_off=rules.deadlines.share_off(graded.late_seconds),
        comments=tuple(rules.comments.find(private, lesson)) if rules.comments else (),
        zone=rules.deadlines.zone,
    )
    text = page(assessment, submitter.display_name, rules.card_titles, remarks)
    return GradedFile(graded, text.encode())


def _graded_submission(
    assessment: Assessment, submitter: Submitter, rules: Rules, deadline: Deadline | None
) -> GradedSubmission:
    """Return the graded submission of an assessment."""
    submission, form = assessment.submission, assessment.form
    late_seconds = rules.deadlines.late_seconds(submission.moment, deadline)
    late = late_seconds > 0
    layout = rules.layouts[submission.header.lesson]
    notices = [*_submitter_notices(submitter, late=late), *assessment.notices]
    if deadline and deadline.is_extended:
        notices.append(t("one_file.extended", due=f"{deadline.due.astimezone(UTC):%Y-%m-%d %H:%M}"))
    notices += _missing_texts(assessment, rules.final_marks)
    name_in_submission = submitter.learner if submitter.learners_by_hand else ""
    statements = f"{form.done} of {form.total} ({form.name})" if form else ""
    older_version = submission.header.bank if assessment.version.changed else ""
    return GradedSubmission(
        identity=submitter.identity(submission),
        learner=", ".join(submitter.learners_by_hand) or submitter.learner,
        name_in_submission=name_in_submission,
        lesson=submission.header.lesson,
        file=submission.file,
        moment=submission.moment,
        digest=submission.digest,
        points=tuple(shared(result.score.points) for result in assessment.results),
        unanswered=tuple(_unanswered(assessment)),
        notices=tuple(notices),
        problems=(*assessment.problems, *submitter.problems(submission.file)),
        statements=statements,
        encoded_answers=layout.pack(assessment),
        sender=submitter.sender,
        match=submitter.match,
        is_late=late,
        late_seconds=late_seconds,
        taking_part=shared(_taking_part(assessment, rules)),
        version=older_version,
        appeals=assessment.appeals,
        is_submitted=submission.is_submitted,
        times=answer_times(assessment),
        texts=text_fingerprints(assessment),
        wrong_answers=wrong_answers(assessment, layout),
    )


def _taking_part(assessment: Assessment, rules: Rules) -> tuple[int, int]:
    """Return how many of the lesson's practice tasks are answered, and of how many; a form counts as one of them."""
    submission, form = assessment.submission, assessment.form
    practice = rules.practice.get(submission.header.lesson, frozenset())
    done = 0
    for task in practice:
        answer = submission.answers.get(task)
        done += isinstance(answer, Answer) and not answer.is_only_drawn
    if form is None:
        return done, len(practice)
    return done + (form.done == form.total), len(practice) + 1


def _unanswered(assessment: Assessment) -> Iterator[str]:
    """Yield the unanswered tasks, without the statements of the baseline."""
    for result in assessment.results:
        is_open = result.score.status == "unanswered" and not result.fault
        if is_open and not is_statement(result.task):
            yield result.task.id


def _submitter_notices(submitter: Submitter, *, late: bool) -> Iterator[str]:
    """Yield the gradebook's notices on how and when a submission came."""
    sender, match = submitter.sender, submitter.match
    if late:
        yield t("one_file.late")
    if sender and sender.is_late:
        yield t("one_file.late_in_canvas")
    has_alias = sender and submitter.alias and not sender.is_anonymous  # it may be the name that the platform hides
    if has_alias and not submitter.has_own_name:
        yield t("one_file.other_alias", alias=repr(submitter.alias))
    if submitter.learners_by_hand or (match and match.is_sure and match.how == BY_HAND):
        yield NOTICE


def _missing_texts(assessment: Assessment, final_marks: FinalMarks | None) -> Iterator[str]:
    """Yield a notice for each text that no one can mark, if marks are given."""
    if final_marks is None:
        return
    lesson = assessment.submission.header.lesson
    for result in assessment.results:
        response = result.answer.response if result.answer else None
        if not isinstance(response, WrittenResponse) or result.score.points is not None:
            continue
        if final_marks.is_missing(lesson, result.task.id, response.text):
            yield f"{result.task.id} {NOT_ON_DESK}"
