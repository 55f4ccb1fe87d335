"""Says which submissions count, by the same steps as a run, without writing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.grading.files.inputs import read_file
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.run.joining import join_partial
from copydesk.grading.run.one_file import GradedFile, grade_file
from copydesk.grading.run.rules import add_senders, drop_unclear_matches
from copydesk.grading.submissions.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from copydesk.grading.files.inputs import InputFile
    from copydesk.grading.run.rules import Rules


def select_submissions(files: Sequence[InputFile], rules: Rules) -> tuple[Selection, Rules]:
    """Return which submissions in some files count, and the rules without the matches that fit several of them."""
    rules = add_senders(rules, files)
    selection = _selection(files, rules)
    clear = drop_unclear_matches(rules, selection.rows)
    return (_selection(files, clear), clear) if clear else (selection, rules)


def _selection(files: Sequence[InputFile], rules: Rules) -> Selection:
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
