"""Takes the written answers that count out of submissions, leaving behind who wrote them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from copydesk.grading.files.inputs import file_names, find_files, read_file
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.files.places import require_places
from copydesk.grading.files.problems import GradingError, WrongPlaceError
from copydesk.grading.marking.folder import text_id
from copydesk.grading.marking.session import written_entries
from copydesk.grading.run.joining import join_partial, read_again
from copydesk.grading.run.one_file import GradedFile, grade_file
from copydesk.grading.run.options import Options
from copydesk.grading.run.rules import add_senders, drop_unclear_matches
from copydesk.grading.run.run import read_rules
from copydesk.grading.scores.assessment import assess
from copydesk.grading.submissions.selection import Selection
from copydesk.kinds.written.model import WrittenResponse
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.files.inputs import InputFile
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
    tasks = [task.id for task, _ in written_entries(bank)]
    if not tasks:
        raise GradingError(t("anonymous_texts.no_written_task", lesson=bank.lesson))
    options = replace(options or Options(), pages=False, marks=None, appeals=None, manual_marks=None, comments=None)
    require_places([*paths, *options.places])
    rules, _ = read_rules({bank.lesson: bank}, kept, None, options)
    files, _ = find_files(paths, leave_out=options.files)
    rules = add_senders(rules, files)
    selection = _selection(files, rules)
    clear = drop_unclear_matches(rules, selection.rows)
    if clear:
        rules = clear
        selection = _selection(files, rules)
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


def _selection(files: Sequence[InputFile], rules: Rules) -> Selection:
    """Return which submissions count, by the same steps as ``grade``."""
    selection = Selection()
    for document in _documents(files):
        for outcome in grade_file(document, rules):
            if isinstance(outcome, GradedFile):
                selection.enter(outcome.submission)
    for _ in join_partial(selection, files, rules):
        pass  # the selection takes what is joined; no page is written
    return selection


def _documents(files: Iterable[InputFile]) -> Iterator[SubmittedFile]:
    """Yield the readable documents in some files, the members of zip files one by one."""
    for file in files:
        for document in read_file(file, lambda _count: None):
            if isinstance(document, SubmittedFile):
                yield document


def _texts(submission: Submission, rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield the usable texts of a submission, with their tasks."""
    for result in assess(submission, rules.versions).results:
        response = result.answer.response if result.answer else None
        if isinstance(response, WrittenResponse) and response.text.strip():
            yield result.task.id, response.text.strip()
