"""Recognises results of earlier runs among the submissions, by the lists that come with them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.grading.files.result_names import (
    COMMENTS,
    COURSE_ZIP,
    FEEDBACK_ZIP,
    FOR_NEXT_RUN,
    GRADEBOOK,
    LOCK,
    MARKING_NOTEBOOK,
    MARKS_ENDING,
    PAGE_FOLDERS,
    SHARES,
    TEXTS,
    WAIVER,
)
from copydesk.owned_files import LIST, OwnedFiles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

RESULT_ENDINGS = frozenset({".csv", ".html"})
PACKED = frozenset({FEEDBACK_ZIP, COURSE_ZIP, TEXTS, SHARES, WAIVER})
"""Results with names that a submission may have: otherwise, a list is no reason to skip someone's work."""


def older_results(folder: str, names: Collection[str]) -> set[str]:
    """Return the relative paths of the files below a folder that its list says Copy Desk wrote, and of feedback pages.

    ``names`` are the contents of the folder. Without a list, nothing there is known to be ours.
    """
    if LIST not in names:
        return set()
    owned = OwnedFiles(Path(folder)).names
    results = {LIST, *FOR_NEXT_RUN}
    for name in owned:
        if _is_result(name):
            results.add(name)
    if GRADEBOOK in owned:
        for pages in PAGE_FOLDERS.keys() & set(names):
            results.update(_learner_pages(folder, pages))
    if TEXTS in owned:
        for name in names:
            if _is_of_marking(name):
                results.add(name)
    return results


def _is_result(name: str) -> bool:
    is_notebook = MARKING_NOTEBOOK.fullmatch(name) is not None
    return os.path.splitext(name)[1] in RESULT_ENDINGS or name in PACKED or is_notebook  # noqa: PTH122


def _is_of_marking(name: str) -> bool:
    """Return whether a file is one of those in a folder of marks that are on no list."""
    return name in {COMMENTS, LOCK} or name.endswith(MARKS_ENDING)


def _learner_pages(folder: str, pages: str) -> Iterator[str]:
    """Yield the relative paths of the learners' pages in a folder of results; none if their folder cannot be opened."""
    try:
        names = os.listdir(os.path.join(folder, pages))  # noqa: PTH118, PTH208  (names are all that is needed)
    except OSError:
        return
    for name in names:
        if PAGE_FOLDERS[pages].fullmatch(name):
            yield f"{pages}/{name}"
