"""Looks at the files of a packed course, without running or building anything: each is small, plain and whole."""

from __future__ import annotations

import hashlib
import warnings
from typing import TYPE_CHECKING, Any

from copydesk.grading.files.limits import MEGABYTE
from copydesk.grading.files.safe_text import one_line
from copydesk.grading.files.untrusted_json import UnreadableError, read_json
from copydesk.release.notebooks import NB, tidy, write_notebook
from copydesk.sharing.course_files import belongs, folded, is_text
from copydesk.sharing.problems import fault
from copydesk.sharing.untrusted_yaml import UnboundedError, require_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.course.documents import Problem

MAX_FILES = 2_000
TEXT_BYTES = 2 * MEGABYTE
NOTEBOOK_BYTES = 5 * MEGABYTE
PICTURE_BYTES = 10 * MEGABYTE
YAML = (".yml", ".cff")
FORMAT = (4, 5)
"""The version of the notebook format in which the files of a course are kept."""

OUTPUTS = frozenset(
    {"text/plain", "text/html", "text/markdown", "text/latex", "image/png", "image/jpeg", "image/svg+xml"}
)
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def most_bytes(name: str) -> int:
    """Return how large a file of a course may be."""
    if name.endswith(".ipynb"):
        return NOTEBOOK_BYTES
    return TEXT_BYTES if is_text(name) else PICTURE_BYTES


def name_problems(names: list[str]) -> Iterator[Problem]:
    """Yield files that belong to no course, that are there twice, or that some system takes for the same."""
    seen: set[str] = set()
    for name in names:
        if not belongs(name):
            yield fault(name, "pack.strange_file")
        if folded(name) in seen:
            yield fault(name, "pack.twice")
        seen.add(folded(name))
    for name in names:
        for end, char in enumerate(name):
            if char == "/" and folded(name[:end]) in seen:
                yield fault(name, "pack.twice")


def file_problems(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield files that can't be read as a course's texts and notebooks, or that would cost too much to read."""
    for name, content in files.items():
        size = most_bytes(name)
        if len(content) > size:
            yield fault(name, "pack.large_file", most=size // MEGABYTE)
        elif name.endswith(".ipynb"):
            yield from _notebook_problems(name, content)
        elif is_text(name):
            yield from _text_problems(name, content)


def _text_problems(name: str, content: bytes) -> Iterator[Problem]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield fault(name, "pack.no_text")
        return
    if "\0" in text:
        yield fault(name, "pack.no_text")
    elif name.endswith(YAML):
        try:
            require_plain(text)
        except UnboundedError as error:
            yield fault(name, f"pack.yaml.{error.fault}")


def _notebook_problems(name: str, content: bytes) -> Iterator[Problem]:
    try:
        data = read_json(content)
    except UnreadableError as error:
        yield fault(name, "pack.no_notebook", why=one_line(error.reason))
        return
    if not isinstance(data, dict) or (data.get("nbformat"), data.get("nbformat_minor")) != FORMAT:
        yield fault(name, "pack.other_format")
    elif not _is_tidy(name, content) or not _is_plain(data):
        yield fault(name, "pack.odd_notebook")


def _is_tidy(name: str, content: bytes) -> bool:
    """Return whether a notebook is byte for byte as ``copydesk tidy`` writes it.

    So it has no metadata that would trust, run or configure anything, and no outputs but those that are compared.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notebook = NB.reads(content.decode(), as_version=NB.NO_CONVERT)
            return write_notebook(tidy(notebook, _stem(name))) == content
    except Exception:  # noqa: BLE001  (whatever a stranger's file makes the library stumble over)
        return False


def _is_plain(notebook: dict[str, Any]) -> bool:
    """Return whether outputs are texts and pictures, and attachments pictures."""
    kinds: set[str] = set()
    attached: set[str] = set()
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            kinds.update(output.get("data", ()))
        for attachment in cell.get("attachments", {}).values():
            attached.update(attachment)
    return kinds <= OUTPUTS and attached <= PICTURES


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".ipynb")
