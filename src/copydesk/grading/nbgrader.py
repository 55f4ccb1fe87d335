"""Reports what an answer earned in a cell that nbgrader runs, from the answer file beside the notebook."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.course.bank_files import SOLUTIONS, read_kept_banks
from copydesk.course.course import Course
from copydesk.grading.files.inputs import find_files, read_file
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.files.safe_text import visible_text
from copydesk.grading.scores.assessment import Assessment, assess
from copydesk.grading.scores.versions import collect_versions
from copydesk.grading.submissions.submission import Submission, read_submissions
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.course.bank import Bank
    from copydesk.grading.scores.assessment import TaskResult

KEYS = "COPYDESK_KEYS"
"""The variable that names a folder containing ``solutions/``; ``nbgrader_config.py`` sets it where work is graded."""


def points(lesson: str, task: str) -> float | None:
    """Return the points for a task, which nbgrader takes as the cell's score; None if there are no keys.

    If nothing was submitted, or the answer cannot be used, print why and return 0.
    """
    if not os.environ.get(KEYS):
        print(t("nbgrader.later", task=task))  # noqa: T201  (the cell's reader)
        return None
    result = _result(lesson, task)
    if result is None:
        print(t("nbgrader.no_file", task=task, lesson=lesson))  # noqa: T201  (as above)
        return 0.0
    if result.fault:
        print(f"{task}: {visible_text(result.fault)}")  # noqa: T201  (as above)
    return result.score.points or 0.0


def text(lesson: str, task: str) -> None:
    """Print what was written for a task, for the person who marks it in the cell above."""
    result = _result(lesson, task) if os.environ.get(KEYS) else None
    answer = result.answer if result else None
    written = answer.response.text if answer and answer.response.kind == "written" else ""
    print(visible_text(written) or t("nbgrader.no_text", task=task))  # noqa: T201  (as above)


def _result(lesson: str, task: str) -> TaskResult | None:
    assessment = _assessment(lesson, Path(os.environ[KEYS]), Path.cwd())
    for result in assessment.results if assessment else ():
        if result.task.id == task:
            return result
    return None


@cache
def _assessment(lesson: str, keys: Path, folder: Path) -> Assessment | None:
    """Return the assessment of the latest submission in a folder, as ``copydesk grade`` makes it; None without one."""
    banks = {lesson: Course(keys).bank(SOLUTIONS, lesson)}
    submissions = list(_submissions(folder, banks))
    if not submissions:
        return None
    latest = max(submissions, key=lambda submission: (*submission.order, submission.file))
    return assess(latest, collect_versions(banks, read_kept_banks(keys)))


def _submissions(folder: Path, banks: Mapping[str, Bank]) -> Iterator[Submission]:
    """Yield the submissions in a folder; other files are skipped."""
    for file in find_files([folder])[0]:
        for document in read_file(file, lambda _: None):
            if not isinstance(document, SubmittedFile):
                continue
            for outcome in read_submissions(document, banks):
                if isinstance(outcome, Submission):
                    yield outcome
