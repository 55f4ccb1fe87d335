"""Knows results of earlier runs that lie among the submissions, by the lists that lie with them."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.owned_files import LIST, OwnedFiles

if TYPE_CHECKING:
    from collections.abc import Collection

PAGE_NAME = re.compile(r".+-[0-9]{2}-[a-z0-9-]+-[0-9a-f]{10}\.html")
RESULT_ENDINGS = frozenset({".csv", ".html"})
PACKED = frozenset({"feedback.zip", "texts.json", "waiver.json"})
"""Results that are called as a submission may be: what else a list says is no reason to pass over somebody's work."""

DESK = re.compile(r"mark-[^/]+\.ipynb")
"""The notebook of a marker."""

BESIDE_TEXTS = re.compile(r"[^/]+\.jsonl|comments\.yml|\.lock")
"""What markers write beside the list of a folder of marks."""


def older_results(folder: str, names: Collection[str]) -> set[str]:
    """Return the paths, from a folder, of the files below it that its list says Copy Desk wrote, and of feedback pages.

    ``names`` are what lies in the folder. Without a list nothing there is known to be ours.
    """
    if LIST not in names:
        return set()
    owned = OwnedFiles(Path(folder)).names
    found = {LIST, *filter(_is_result, owned)}
    if "gradebook.csv" in owned and "feedback" in names:
        found |= {f"feedback/{name}" for name in _listed(os.path.join(folder, "feedback")) if PAGE_NAME.fullmatch(name)}  # noqa: PTH118
    if "texts.json" in owned:
        found |= {name for name in names if BESIDE_TEXTS.fullmatch(name)}
    return found


def _is_result(name: str) -> bool:
    return os.path.splitext(name)[1] in RESULT_ENDINGS or name in PACKED or DESK.fullmatch(name) is not None  # noqa: PTH122


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  (names are all that is needed)
    except OSError:
        return []
