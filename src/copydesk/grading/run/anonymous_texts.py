"""Takes the written answers that count out of submissions, leaving behind who wrote them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from copydesk.grading.files.inputs import file_names, find_files
from copydesk.grading.files.places import require_places
from copydesk.grading.files.problems import GradingError, WrongPlaceError
from copydesk.grading.marking.folder import text_id
from copydesk.grading.marking.session import written_entries
from copydesk.grading.run.joining import read_again
from copydesk.grading.run.options import Options
from copydesk.grading.run.run import read_rules
from copydesk.grading.run.selecting import select_submissions
from copydesk.grading.scores.assessment import assess
from copydesk.kinds.written.model import WrittenResponse
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.run.rules import Rules
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.grading.submissions.roster import Roster
    from copydesk.grading.submissions.submission import Submission


def written_texts(
    paths: Sequence[Path],
    bank: Bank,
    *,
    kept: Sequence[Bank] = (),
    options: Options | None = None,
    report: Callable[[SubmissionProblem], None] = lambda _: None,
    note: Callable[[str, GradedSubmission, Roster | None], None] = lambda *_: None,
) -> dict[str, list[str]]:
    """Return the texts for each written task of a lesson, from exactly the submissions that count when graded.

    ``options`` are those of ``grade``: with the same ones, the same submissions count. ``report`` is called with each
    line of the instructor's matches that does not apply, ``note`` with the id of each text and the submission it is
    from, so that its marker can be chosen.

    Raises:
        GradingError: the lesson has no written task, or no submission for it was found.
    """
    options = replace(options or Options(), pages=False, marks=None, appeals=None, manual_marks=None, comments=None)
    require_places([*paths, *options.places])
    rules, _ = read_rules({bank.lesson: bank}, kept, None, options)
    tasks = [task.id for task, _ in written_entries(rules.versions.now[bank.lesson])]
    if not tasks:
        raise GradingError(t("anonymous_texts.no_written_task", lesson=bank.lesson))
    files, _ = find_files(paths, leave_out=options.files)
    selection, rules = select_submissions(files, rules)
    if not selection.counted:
        raise WrongPlaceError(t("anonymous_texts.no_submission", lesson=bank.lesson))
    if rules.matches:
        for problem in rules.matches.problems_with_files(file_names(files)):
            report(problem)
    texts: dict[str, list[str]] = {task: [] for task in tasks}
    for graded, submission in read_again(files, selection.rows_with_counted_answers, rules.versions.now):
        for task, text in _texts(submission, rules):
            if task in texts and selection.is_from(graded, task):
                texts[task].append(text)
                note(text_id(bank.lesson, task, text), graded, rules.roster)
    return texts


def _texts(submission: Submission, rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield the usable texts of a submission, with their tasks."""
    for result in assess(submission, rules.versions).results:
        response = result.answer.response if result.answer else None
        if isinstance(response, WrittenResponse) and response.text.strip():
            yield result.task.id, response.text.strip()
