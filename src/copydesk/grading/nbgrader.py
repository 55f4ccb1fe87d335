"""Says in a cell that nbgrader runs what an answer earned, by the answer file that lies beside the notebook."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.course.bank_files import SOLUTIONS, read_bank, read_kept_banks
from copydesk.grading.files.inputs import find, read
from copydesk.grading.files.limits import Document
from copydesk.grading.files.safe_text import visible
from copydesk.grading.scores.assessment import Assessment, assess
from copydesk.grading.scores.versions import versions
from copydesk.grading.submissions.submission import Submission, read_submissions

if TYPE_CHECKING:
    from copydesk.grading.scores.assessment import TaskResult

KEYS = "COPYDESK_KEYS"
"""The variable that names a folder with ``solutions/`` in it; ``nbgrader_config.py`` sets it where work is graded."""


def points(lesson: str, task: str) -> float | None:
    """Return the points of a task, which nbgrader takes as the cell's score; None where there are no keys.

    Where nothing was submitted, or the answer cannot be used, it prints why and the points are 0.
    """
    if not os.environ.get(KEYS):
        print(f"{task}: scored once it is graded.")  # noqa: T201  (the cell's reader)
        return None
    result = _result(lesson, task)
    if result is None:
        print(f"{task}: no answer file for {lesson} lies beside the notebook.")  # noqa: T201  (as above)
        return 0.0
    if result.fault:
        print(f"{task}: {visible(result.fault)}")  # noqa: T201  (as above)
    return result.score.points or 0.0


def text(lesson: str, task: str) -> None:
    """Print what was written in a task, for the person who marks it in the cell above."""
    answer = (result.answer if (result := _result(lesson, task)) else None) if os.environ.get(KEYS) else None
    written = answer.response.text if answer and answer.response.kind == "written" else ""
    print(visible(written) or f"{task}: nothing was written.")  # noqa: T201  (as above)


def _result(lesson: str, task: str) -> TaskResult | None:
    assessment = _assessed(lesson, Path(os.environ[KEYS]), Path.cwd())
    return next((each for each in assessment.results if each.task.id == task), None) if assessment else None


@cache
def _assessed(lesson: str, keys: Path, folder: Path) -> Assessment | None:
    """Return what the latest submission in a folder comes to, as ``copydesk grade`` has it; None without one."""
    banks = {lesson: read_bank(keys / SOLUTIONS / f"{lesson}.yml")}
    found: list[Submission] = []
    for file in find([folder])[0]:
        for document in read(file, lambda _: None):
            if isinstance(document, Document):
                found += [each for each in read_submissions(document, banks) if isinstance(each, Submission)]
    if not found:
        return None
    latest = max(found, key=lambda each: (*each.order, each.file))
    return assess(latest, versions(banks, read_kept_banks(keys, banks.values())))
