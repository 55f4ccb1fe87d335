"""Takes the written answers that count out of submissions, and leaves behind who wrote them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from copydesk.grading.files.inputs import find, names, read
from copydesk.grading.files.limits import Document
from copydesk.grading.files.places import require_places
from copydesk.grading.files.problems import GradingError, SubmissionProblem, WrongPlaceError
from copydesk.grading.marking.session import written_entries
from copydesk.grading.run.joining import complete, read_again
from copydesk.grading.run.one_file import settle
from copydesk.grading.run.options import Options
from copydesk.grading.run.rules import with_clear_matches, with_senders
from copydesk.grading.run.run import rules_of
from copydesk.grading.scores.assessment import assess
from copydesk.grading.submissions.selection import Selection
from copydesk.kinds.written.model import WrittenResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.files.inputs import Found
    from copydesk.grading.run.rules import Rules
    from copydesk.grading.submissions.submission import Submission


def written_texts(
    paths: Sequence[Path],
    bank: Bank,
    *,
    older: Sequence[Bank] = (),
    options: Options | None = None,
    report: Callable[[SubmissionProblem], None] = lambda _: None,
) -> dict[str, list[str]]:
    """Return the texts for each written task of a lesson, from the very submissions that count when they are graded.

    ``options`` are those of ``grade``: with the same ones the same submissions count. ``report`` is called with each
    line of the instructor's matches that does not apply.

    Raises:
        GradingError: the lesson has no written task, or no submission of it was found.
    """
    tasks = [task.id for task, _ in written_entries(bank)]
    if not tasks:
        msg = f"{bank.lesson} has no written task; there is nothing for a person to mark"
        raise GradingError(msg)
    options = replace(options or Options(), pages=False, marks=None, appeals=None)
    require_places([*paths, *options.places])
    rules, _ = rules_of({bank.lesson: bank}, older, None, options)
    found, _ = find(paths, leave_out=options.files)
    rules = with_senders(rules, found)
    selection = _selected(found, rules)
    if clear := with_clear_matches(rules, selection.rows):
        rules = clear
        selection = _selected(found, rules)
    if not selection.counted:
        msg = f"no submission for {bank.lesson} was found there; `copydesk grade` says what is wrong with every file"
        raise WrongPlaceError(msg)
    for problem in rules.matches.problems_with_files(names(found)) if rules.matches else ():
        report(problem)
    texts: dict[str, list[str]] = {task: [] for task in tasks}
    for row, submission in read_again(found, selection.sources, rules.versions.now):
        for task, text in _texts(submission, rules):
            if task in texts and selection.is_from(row, task):
                texts[task].append(text)
    return texts


def _selected(found: Sequence[Found], rules: Rules) -> Selection:
    """Return which submissions count, by the same steps as ``grade``."""
    selection = Selection()
    for file in found:
        for document in read(file, lambda _count: None):
            for each in settle(document, rules) if isinstance(document, Document) else ():
                if not isinstance(each, SubmissionProblem):
                    selection.enter(each.row)
    list(complete(selection, found, rules))
    return selection


def _texts(submission: Submission, rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield the texts of a submission that can be used, by their tasks."""
    for result in assess(submission, rules.versions).results:
        response = result.answer.response if result.answer else None
        if isinstance(response, WrittenResponse) and response.text.strip():
            yield result.task.id, response.text.strip()
