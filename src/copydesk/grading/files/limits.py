"""Says which files may be submissions, by their names and first bytes, and how large they may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.problems import SubmissionProblem, problem
from copydesk.text import t

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
        ".ds_store",
        "thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "__macosx",
        ".localized",
        "icon\r",
        ".spotlight-v100",
        ".trashes",
        ".fseventsd",
        "$recycle.bin",
        "system volume information",
        ".ipynb_checkpoints",
        ".git",
    }
)
LITTER_BEGINNINGS = ("._", ".~lock.", "~$")

HEAD_BYTES = 4096
"""How much of a file with a strange name is read to see what it is."""

CLOUD = ".icloud"


class _ForeignType(NamedTuple):
    """A type of file that people send along with submissions: how names of such files end, and how the files begin.

    ``name`` and ``advice`` are the ends of keys in the catalogue.
    """

    name: str
    endings: tuple[str, ...]
    advice: str = "ignore"
    magic: bytes = b"\0"

    @property
    def description(self) -> str:
        """Return a description of such a file, such as "a RAR archive"."""
        return t(f"limits.type.{self.name}")

    @property
    def remedy(self) -> str:
        """Return what to do next about such a file."""
        return t(f"limits.advice.{self.advice}")


FOREIGN_TYPES = (
    _ForeignType("rar", (".rar",), "unpack", b"Rar!\x1a\x07"),
    _ForeignType("7z", (".7z",), "unpack", b"7z\xbc\xaf\x27\x1c"),
    _ForeignType("tar", (".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"), "unpack", b"\x1f\x8b"),
    _ForeignType("pdf", (".pdf",), magic=b"%PDF-"),
    _ForeignType("document", (".docx", ".doc", ".odt", ".rtf", ".pages"), magic=b"{\\rtf"),
    _ForeignType("table", (".xlsx", ".xls", ".ods", ".numbers", ".csv")),
    _ForeignType("slides", (".pptx", ".ppt", ".odp", ".key")),
    _ForeignType("picture", (".png", ".jpg", ".jpeg", ".heic", ".gif", ".webp", ".bmp"), magic=b"\x89PNG"),
    _ForeignType("web_page", (".html", ".htm", ".mhtml", ".webarchive")),
    _ForeignType("mail", (".eml", ".msg"), "attachment"),
    _ForeignType("link", (".url", ".webloc", ".lnk", ".gdoc", ".gsheet"), "ask"),
)
"""What people send along with submissions. A file that has lost its name is recognised by how it begins."""

BY_ENDING = {ending: foreign for foreign in FOREIGN_TYPES for ending in foreign.endings}
ZIP_MAGIC = b"PK\x03\x04"
ADDED = frozenset({".txt", ".download", ".crdownload", ".part"})
"""What browsers and mail programs append to the name of a file."""

COPY_NUMBER = re.compile(r"[ _-]*\([0-9]+\)$")
LESSON = re.compile(r"^[0-9]{2}(-[a-z0-9]+)+?-(?=[^-])")


class SubmittedFile(NamedTuple):
    """A file that may hold a submission: the name it is called by, and its bytes."""

    name: str
    data: bytes


def is_litter(name: str) -> bool:
    """Return whether a file or folder is one that operating systems leave behind and no one submitted."""
    folded = name.casefold()
    return folded in LITTER or folded.startswith(LITTER_BEGINNINGS)


def is_strange(name: str) -> bool:
    """Return whether a name says neither that a file may be a submission nor that it is not: then its bytes decide."""
    end = suffix_of(name)
    return end not in LIMITS and end not in BY_ENDING and end != CLOUD


def content_suffix(head: bytes) -> str:
    """Return the ending that a file's name should have, by its first bytes; empty if it cannot be a submission."""
    if head.startswith(ZIP_MAGIC):
        return ".zip"
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # UTF-16 has every other byte empty
    if not text.startswith(b"{") or text.startswith(b"{\\rtf"):
        return ""
    return ".ipynb" if b'"cells"' in text or b'"nbformat"' in text else ".json"


def refusal(name: str, size: int, *, regular: bool = True, head: bytes = b"") -> SubmissionProblem | None:
    """Return the row for a file that need not even be read, because it is not a submission or is too large; else None.

    ``head`` is its first bytes, if its name is strange.
    """
    end = suffix_of(name)
    if end == CLOUD:
        return problem(name, "limits.in_cloud")
    limit = LIMITS.get(content_suffix(head) if is_strange(name) else end)
    if limit is None or not regular:
        return _foreign(name, BY_ENDING.get(end) or foreign_type(head), regular=regular)
    if size > limit:
        return problem(name, "limits.too_large", size=_megabytes(size), limit=_megabytes(limit))
    return None


def _foreign(name: str, foreign: _ForeignType | None, *, regular: bool) -> SubmissionProblem:
    """Return the row for a file that is not a submission, whether or not its type is known."""
    reason = t("limits.foreign", what=foreign.description) if foreign and regular else t("limits.strange")
    return SubmissionProblem(name, reason, foreign.remedy if foreign else t("limits.advice.ignore"))


def foreign_type(head: bytes) -> _ForeignType | None:
    """Return the type of file that begins like this, if it is one that people send."""
    for foreign in FOREIGN_TYPES:
        if head.startswith(foreign.magic) and foreign.magic != b"\0":
            return foreign
    return None


def suffix_of(name: str) -> str:
    """Return the end of a file name from its last full stop, in lower case."""
    stem, _, end = name.rstrip("/").rpartition("/")[2].rpartition(".")
    return f".{end.lower()}" if stem and end else ""


def display_name(name: str) -> str:
    """Return the name of the file that a cloud placeholder stands for; any other name unchanged."""
    folder, slash, last = name.rpartition("/")
    is_place_holder = last.startswith(".") and suffix_of(last) == CLOUD
    return f"{folder}{slash}{last[1 : -len(CLOUD)]}" if is_place_holder else name


def possible_learner_names(name: str) -> Iterator[str]:
    """Yield the possible names of a learner: the file's name without number and endings, then those of its folders."""
    *folders, last = display_name(name).split("/")
    while (end := suffix_of(last)) in LIMITS or end in ADDED:
        last = last[: -len(end)]
    stem = COPY_NUMBER.sub("", last)
    yield LESSON.sub("", stem)
    yield stem
    yield from reversed(folders)


def _megabytes(size: int) -> str:
    return t("limits.megabytes", size=f"{size / MEGABYTE:,.1f}".removesuffix(".0"))
