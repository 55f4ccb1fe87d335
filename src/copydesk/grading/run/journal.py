"""Records what a run has finished, so that one that is cut off can be resumed; deleted once all is done."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from pydantic import BaseModel

from copydesk._version import __version__
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.writing import remove_leftovers, translate_write_errors, write_error
from copydesk.grading.report.counts import Layout
from copydesk.grading.run.one_file import OWN_FAULT, GradedFile
from copydesk.grading.submissions.platforms import Sender
from copydesk.grading.submissions.record import GradedSubmission
from copydesk.grading.submissions.roster import Match
from copydesk.text import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from copydesk.grading.files.limits import SubmittedFile
    from copydesk.grading.run.one_file import Outcome
    from copydesk.grading.run.rules import Rules

JOURNAL = ".unfinished.jsonl"
KEY_BYTES = 64


@dataclass(frozen=True, slots=True)
class RecalledFile:
    """A submission graded by an earlier run, and the digest of the page it wrote."""

    submission: GradedSubmission
    page: str


RECORD_TYPES = (SubmissionProblem, Match, RecalledFile, GradedSubmission, Sender)
RECORDS: dict[str, type] = {record.__name__: record for record in RECORD_TYPES}
"""What a line of the journal may hold besides plain JSON, moments and bytes."""


class Journal:
    """One line for each file that is graded, written after its pages.

    A line is found by its key, the hash of the file, its name and all the rules: if any byte of them differs,
    the file is graded again. It holds no page; ``RecalledFile.page`` says which one must be in the feedback
    folder. A line that was cut off is skipped. It is JSON, because a folder of results may hold what someone
    submitted.
    """

    def __init__(self, path: Path, rules: Rules, folders: Iterable[Path]) -> None:
        """Name the file, and the ``folders`` in which a killed run may have left half-written files."""
        self._path, self._folders = path, folders
        self._rules = rules_digest(rules)
        self._places: dict[str, int] = {}
        self._stale: set[str] = set()
        self._reader: BinaryIO
        self._writer: BinaryIO

    def __enter__(self) -> Self:
        """Read what an earlier run finished, if one was interrupted.

        Raises:
            GradingError: the folder cannot be written.
        """
        with translate_write_errors(self._path):
            if self._path.is_symlink():
                self._path.unlink()
            if self._path.exists():
                for folder in self._folders:
                    remove_leftovers(folder)
            self._writer = self._path.open("ab", buffering=0)
            self._reader = self._path.open("rb")
            self._read()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file and keep it: the next run continues from it."""
        self._writer.close()
        self._reader.close()

    def _read(self) -> None:
        place, line = 0, b"\n"
        self._reader.seek(0)
        for line in self._reader:
            self._places[line[:KEY_BYTES].decode("ascii", "replace")] = place
            place += len(line)
        if not line.endswith(b"\n"):
            self._writer.write(b"\n")

    def recall(self, document: SubmittedFile) -> list[RecalledFile | SubmissionProblem] | None:
        """Return the outcomes of a file in an earlier run; None if there was none, or it did not finish."""
        if not self._places or document.name in self._stale:
            return None
        place = self._places.get(self._key(document))
        if place is None:
            return None
        self._reader.seek(place)
        try:
            line = self._reader.readline()[KEY_BYTES:]
            outcomes: list[RecalledFile | SubmissionProblem] = json.loads(line, object_hook=_record)
        except (ValueError, TypeError, LookupError):
            return None
        return outcomes

    def add(self, document: SubmittedFile, outcomes: Sequence[Outcome]) -> None:
        """Record what a file came to, once its pages are written; a file that this program failed on is tried again.

        Raises:
            GradingError: the disk is full; what was recorded before is kept.
        """
        records: list[RecalledFile | SubmissionProblem] = []
        for outcome in outcomes:
            if isinstance(outcome, GradedFile):
                records.append(RecalledFile(outcome.submission, page_digest(outcome.page)))
            elif outcome.reason.startswith(OWN_FAULT):
                return
            else:
                records.append(outcome)
        line = f"{self._key(document)} {json.dumps(records, default=_plain, separators=(',', ':'))}\n".encode()
        end = self._writer.seek(0, os.SEEK_END)
        try:
            written = self._writer.write(line)
            if written < len(line):
                self._writer.write(line[written:])  # the system says here what is wrong
        except OSError as error:
            with contextlib.suppress(OSError):
                self._writer.truncate(end)
            raise write_error(self._path, error) from error

    def forget(self, names: Iterable[str]) -> None:
        """Let some files be graded again, whatever was recorded for them; everything added since counts."""
        self._stale.update(names)
        self._read()

    def finish(self) -> None:
        """Remove the file, once all results are written."""
        self.__exit__()
        with contextlib.suppress(OSError):  # an extra line does no harm
            self._path.unlink()

    def _key(self, document: SubmittedFile) -> str:
        digest = hashlib.sha256(self._rules)
        digest.update(document.name.encode("utf-8", "surrogatepass") + b"\0")
        digest.update(document.data)
        return digest.hexdigest()


def page_digest(page: bytes) -> str:
    """Return the hash that identifies a feedback page."""
    return hashlib.sha256(page).hexdigest()


def has_digest(path: Path, digest: str) -> bool:
    """Return whether a page exists and has this digest."""
    try:
        return not path.is_symlink() and page_digest(path.read_bytes()) == digest
    except OSError:
        return False


def rules_digest(rules: Rules) -> bytes:
    """Return the hash of everything that decides what a submission comes to, besides the submission itself."""
    text = json.dumps([__version__, language(), _as_json(rules)], sort_keys=True)
    return hashlib.sha256(text.encode()).digest()


def _as_json(value: Any) -> Any:  # noqa: ANN401  (whatever rules are made of)
    """Return rules as plain JSON in a stable order."""
    if value is None or isinstance(value, str | int | float | datetime | tzinfo):
        return repr(value)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, Layout):
        value = [value.format, value.drawers, [[counted.name, cards] for counted, cards in value.evidence]]
    elif is_dataclass(value):
        value = [[field.name, getattr(value, field.name)] for field in fields(value) if field.compare]
    elif isinstance(value, dict):
        value = list(zip(map(repr, value), value.values(), strict=True))
    elif isinstance(value, frozenset | set):
        value = sorted(map(repr, value))
    if isinstance(value, list | tuple):
        return list(map(_as_json, value))
    msg = f"rules of grading hold a {type(value).__name__}, which has no plain form here"
    raise TypeError(msg)


def _plain(value: Any) -> dict[str, Any]:  # noqa: ANN401  (what JSON itself does not know)
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    return {type(value).__name__: [getattr(value, field.name) for field in fields(value)]}


def _record(data: dict[str, Any]) -> Any:  # noqa: ANN401  (one of the records)
    ((name, value),) = data.items()
    if name == "moment":
        return datetime.fromisoformat(value)
    if name == "bytes":
        return b64decode(value)
    return RECORDS[name](*map(_tuple, value))


def _tuple(value: Any) -> Any:  # noqa: ANN401  (a field of a record)
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
