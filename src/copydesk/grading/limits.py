"""Says which files may be hand-ins, and how large they may be."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.grading.problems import HandInProblem

MEGABYTE = 1_000_000
ANSWER_FILE_BYTES = 5 * MEGABYTE
NOTEBOOK_BYTES = 50 * MEGABYTE
ZIP_BYTES = 500 * MEGABYTE

LIMITS = {".json": ANSWER_FILE_BYTES, ".ipynb": NOTEBOOK_BYTES, ".zip": ZIP_BYTES}
"""What may be a hand-in, by the end of its name, and how large it may be."""

LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini", "__macosx", ".ipynb_checkpoints", ".git"})
LITTER_BEGINNINGS = ("._", ".~lock.", "~$")


class Document(NamedTuple):
    """A file that may hold a hand-in: the name it is called by, and its bytes."""

    name: str
    data: bytes


def is_litter(name: str) -> bool:
    """Return whether a file or folder is one that systems leave behind, which nobody handed in."""
    folded = name.casefold()
    return folded in LITTER or folded.startswith(LITTER_BEGINNINGS)


def judge(name: str, size: int, *, regular: bool = True) -> HandInProblem | None:
    """Return why a file need not even be read: it is none of ours, or too large."""
    limit = LIMITS.get(suffix_of(name))
    if limit is None or not regular:
        remedy = "Nothing to do, unless somebody meant it to be graded: then ask for the .json or .ipynb file"
        return HandInProblem(name, "not a hand-in: neither an answer file, a notebook nor a zip file", remedy)
    if size > limit:
        reason = f"it is too large: {_megabytes(size)}, where {_megabytes(limit)} is the limit"
        return HandInProblem(name, reason, "Ask for the answer file alone, which is small")
    return None


def suffix_of(name: str) -> str:
    """Return the end of a file name from its last full stop, in small letters."""
    stem, _, end = name.rstrip("/").rpartition("/")[2].rpartition(".")
    return f".{end.lower()}" if stem and end else ""


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB".replace(".0 MB", " MB")
