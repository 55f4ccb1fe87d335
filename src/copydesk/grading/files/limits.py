"""Says which files may be submissions, by their names and their first bytes, and how large they may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.problems import SubmissionProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

MEGABYTE = 1_000_000
ANSWER_FILE_BYTES = 5 * MEGABYTE
NOTEBOOK_BYTES = 50 * MEGABYTE
ZIP_BYTES = 500 * MEGABYTE

LIMITS = {".json": ANSWER_FILE_BYTES, ".ipynb": NOTEBOOK_BYTES, ".zip": ZIP_BYTES}
"""What may be a submission, by the end of its name, and how large it may be."""

LITTER = frozenset(
    {
        *(".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", ".localized", "icon\r"),
        *(".spotlight-v100", ".trashes", ".fseventsd", "$recycle.bin", "system volume information"),
        *(".ipynb_checkpoints", ".git"),
    }
)
LITTER_BEGINNINGS = ("._", ".~lock.", "~$")

HEAD_BYTES = 4096
"""How much of a file with a strange name is looked at to see what it is."""

ASK = "ask for the .json file that the submission button made, or for the notebook"
UNPACK = "Unpack it and give the folder, or ask for a zip file"
NOTHING_MEANT = f"Nothing to do, unless somebody meant it to be graded: then {ASK}"
STRANGE = "neither an answer file, a notebook nor a zip file"
CLOUD = ".icloud"


class _Sort(NamedTuple):
    """Files of one sort that people send: what they are, how their names end, and how they begin."""

    what: str
    endings: tuple[str, ...]
    remedy: str = NOTHING_MEANT
    magic: bytes = b"\0"


SORTS = (
    _Sort("a RAR archive", (".rar",), UNPACK, b"Rar!\x1a\x07"),
    _Sort("a 7-Zip archive", (".7z",), UNPACK, b"7z\xbc\xaf\x27\x1c"),
    _Sort("a packed archive (tar or gzip)", (".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"), UNPACK, b"\x1f\x8b"),
    _Sort("a PDF", (".pdf",), magic=b"%PDF-"),
    _Sort("a text document", (".docx", ".doc", ".odt", ".rtf", ".pages"), magic=b"{\\rtf"),
    _Sort("a table", (".xlsx", ".xls", ".ods", ".numbers", ".csv")),
    _Sort("a set of slides", (".pptx", ".ppt", ".odp", ".key")),
    _Sort("a picture", (".png", ".jpg", ".jpeg", ".heic", ".gif", ".webp", ".bmp"), magic=b"\x89PNG"),
    _Sort("a web page, which holds no answers even where it shows some", (".html", ".htm", ".mhtml", ".webarchive")),
    _Sort("an e-mail", (".eml", ".msg"), "Save the file that is attached to it, and grade that"),
    _Sort("a link to a file, not the file", (".url", ".webloc", ".lnk", ".gdoc", ".gsheet"), f"If it matters, {ASK}"),
)
"""What people send beside submissions. By its beginning a file is known that has lost its name."""

BY_ENDING = {ending: sort for sort in SORTS for ending in sort.endings}
ZIP_MAGIC = b"PK\x03\x04"
ADDED = frozenset({".txt", ".download", ".crdownload", ".part"})
"""What browsers and mail programs put behind the name of a file."""

COPY_NUMBER = re.compile(r"[ _-]*\([0-9]+\)$")
LESSON = re.compile(r"^[0-9]{2}(-[a-z0-9]+)+?-(?=[^-])")


class Document(NamedTuple):
    """A file that may hold a submission: the name it is called by, and its bytes."""

    name: str
    data: bytes


def is_litter(name: str) -> bool:
    """Return whether a file or folder is one that systems leave behind, which nobody submitted."""
    folded = name.casefold()
    return folded in LITTER or folded.startswith(LITTER_BEGINNINGS)


def is_strange(name: str) -> bool:
    """Return whether a name says neither that a file may be a submission nor that it is none: then its bytes say it."""
    end = suffix_of(name)
    return end not in LIMITS and end not in BY_ENDING and end != CLOUD


def kind_in(head: bytes) -> str:
    """Return what a file is by its first bytes, as its name should end; empty where it can be no submission."""
    if head.startswith(ZIP_MAGIC):
        return ".zip"
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # UTF-16 has every other byte empty
    if not text.startswith(b"{") or text.startswith(b"{\\rtf"):
        return ""
    return ".ipynb" if b'"cells"' in text or b'"nbformat"' in text else ".json"


def judge(name: str, size: int, *, regular: bool = True, head: bytes = b"") -> SubmissionProblem | None:
    """Return why a file need not even be read: it is none of ours, or too large.

    ``head`` are its first bytes, where its name is strange.
    """
    end = suffix_of(name)
    if end == CLOUD:
        remedy = "Open its folder in the Finder, click on the cloud beside it so that it is loaded, and grade again"
        return SubmissionProblem(name, "it is still in the cloud: on this computer is only a place-holder", remedy)
    limit = LIMITS.get(end) or (LIMITS.get(kind_in(head)) if is_strange(name) else None)
    if limit is None or not regular:
        sort = BY_ENDING.get(end) or sort_of(head)
        what = f"it is {sort.what}" if sort and regular else STRANGE
        return SubmissionProblem(name, f"not a submission: {what}", sort.remedy if sort else NOTHING_MEANT)
    if size > limit:
        reason = f"it is too large: {_megabytes(size)}, where {_megabytes(limit)} is the limit"
        return SubmissionProblem(name, reason, "Ask for the answer file alone, which is small")
    return None


def sort_of(head: bytes) -> _Sort | None:
    """Return what sort of file begins like this, if it is one that people send."""
    return next((sort for sort in SORTS if head.startswith(sort.magic) and sort.magic != b"\0"), None)


def suffix_of(name: str) -> str:
    """Return the end of a file name from its last full stop, in small letters."""
    stem, _, end = name.rstrip("/").rpartition("/")[2].rpartition(".")
    return f".{end.lower()}" if stem and end else ""


def shown_name(name: str) -> str:
    """Return the name of the file that a place-holder of a cloud stands for; any other name as it is."""
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}{last[1 : -len(CLOUD)]}" if last.startswith(".") and suffix_of(last) == CLOUD else name


def names_in(name: str) -> Iterator[str]:
    """Yield what in the name of a file may be the name of a learner: of its folders, and of itself without the rest."""
    *folders, last = shown_name(name).split("/")
    while (end := suffix_of(last)) in LIMITS or end in ADDED:
        last = last[: -len(end)]
    stem = COPY_NUMBER.sub("", last)
    yield LESSON.sub("", stem)
    yield stem
    yield from reversed(folders)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB".replace(".0 MB", " MB")
