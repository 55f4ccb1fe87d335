"""Records what each file came to, so that a run that was cut off, and the next one, need not grade it again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from pydantic import BaseModel

from copydesk._version import code_digest
from copydesk.atomic_write import file_beside
from copydesk.grading.files.digest_lines import KEY_LENGTH, MOST_LINE_BYTES, digest_line, undamaged_data
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.result_names import FINISHED, JOURNAL
from copydesk.grading.files.writing import remove_leftovers, translate_write_errors, write_error
from copydesk.grading.report.counts import Layout
from copydesk.grading.run.one_file import OWN_FAULT, GradedFile
from copydesk.grading.submissions.download import Download
from copydesk.grading.submissions.platforms import Sender
from copydesk.grading.submissions.record import GradedSubmission, shared
from copydesk.grading.submissions.roster import Match
from copydesk.text import language_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from copydesk.grading.files.limits import SubmittedFile
    from copydesk.grading.run.one_file import Outcome
    from copydesk.grading.run.rules import Rules


@dataclass(frozen=True, slots=True)
class RecalledFile:
    """A submission graded by an earlier run, and the digest of the page it wrote, empty if it wrote none."""

    submission: GradedSubmission
    page: str


RECORD_TYPES = (SubmissionProblem, Match, RecalledFile, GradedSubmission, Sender)
RECORDS: dict[str, type] = {record.__name__: record for record in RECORD_TYPES}
"""What a line of the journal may hold besides plain JSON, moments and bytes."""


class Journal:
    """One line for each file that is graded, written after its pages, and kept for the next run.

    A line is found by its key, the hash of the file, its name, whose it is by its name, and all the rules: if any byte
    of them differs, the file is graded again. It holds no page; ``RecalledFile.page`` says which one must be in the
    feedback folder. A line that was cut off or changed is skipped: it has a digest of its own. It is JSON, because a
    folder of results may hold what someone submitted.
    """

    def __init__(self, out: Path, rules: Rules, folders: Iterable[Path]) -> None:
        """Name the folder of the results, and the ``folders`` where a killed run may have left half-written files."""
        self._path, self._finished, self._folders = out / JOURNAL, out / FINISHED, folders
        self.follow(rules)
        self._old: dict[bytes, int] = {}
        self._used: dict[bytes, int] = {}
        self._line_count = 0
        self._stale: set[str] = set()
        self._reader: BinaryIO
        self._writer: BinaryIO

    def __enter__(self) -> Self:
        """Read what an earlier run finished, whether it was interrupted or not.

        Raises:
            GradingError: the folder cannot be written.
        """
        with translate_write_errors(self._path):
            for path in (self._path, self._finished):
                if path.is_symlink():
                    path.unlink()
            if self._path.exists():
                for folder in self._folders:
                    remove_leftovers(folder)
            elif self._finished.exists():
                self._finished.replace(self._path)
            self._writer = self._path.open("ab", buffering=0)
            self._reader = self._path.open("rb")
            self._read()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file and keep it: the next run continues from it."""
        self._writer.close()
        self._reader.close()

    def follow(self, rules: Rules) -> None:
        """Look for files as graded by these rules, and record them so."""
        self._rules, self._download = rules_digest(rules), rules.download

    def _read(self) -> None:
        """Note the place of each line."""
        place, line = 0, b"\n"
        while part := self._reader.readline(MOST_LINE_BYTES):
            line = part
            self._old[line[:KEY_LENGTH]] = place
            place += len(line)
            self._line_count += 1
        if not line.endswith(b"\n"):
            self._writer.write(b"\n")

    def recall(self, document: SubmittedFile) -> list[RecalledFile | SubmissionProblem] | None:
        """Return the outcomes of a file in an earlier run; None if there was none, or it did not finish."""
        if document.name in self._stale or not (self._old or self._used):
            return None
        key = self._key(document)
        place = self._used.get(key)
        if place is None:
            place = self._old.pop(key, None)
        if place is None:
            return None
        self._reader.seek(place)
        records = undamaged_data(self._reader.readline(MOST_LINE_BYTES))
        if not records:
            return None
        self._used[key] = place
        outcomes: list[RecalledFile | SubmissionProblem] = json.loads(records, object_hook=_record)
        return outcomes

    def add(self, document: SubmittedFile, outcomes: Sequence[Outcome]) -> None:
        """Record what a file came to, once its pages are written; a file that this program failed on is tried again.

        Raises:
            GradingError: the disk is full; what was recorded before is kept.
        """
        records: list[RecalledFile | SubmissionProblem] = []
        for outcome in outcomes:
            if isinstance(outcome, GradedFile):
                page = page_digest(outcome.page) if outcome.page else ""
                records.append(RecalledFile(outcome.submission, page))
            elif outcome.reason.startswith(OWN_FAULT):
                return
            else:
                records.append(outcome)
        key = self._key(document)
        line = digest_line(key, json.dumps(records, default=_plain, separators=(",", ":")).encode())
        end = self._writer.seek(0, os.SEEK_END)
        try:
            written = self._writer.write(line)
            if written < len(line):
                self._writer.write(line[written:])  # the system says here what is wrong
        except OSError as error:
            with contextlib.suppress(OSError):
                self._writer.truncate(end)
            raise write_error(self._path, error) from error
        self._used[key] = end
        self._line_count += 1

    def forget(self, names: Iterable[str]) -> None:
        """Let some files be graded again, whatever was recorded for them."""
        self._stale.update(names)

    def finish(self) -> None:
        """Keep the lines of this run for the next one, in the order of its files, once all results are written."""
        with contextlib.suppress(OSError):  # where there is no room, it is kept with the lines of files that are gone
            self._drop_unused_lines()
        self.put_back()

    def put_back(self) -> None:
        """Keep all lines for the next run."""
        self.__exit__()
        with contextlib.suppress(OSError):  # an extra line does no harm
            self._path.replace(self._finished)

    def _drop_unused_lines(self) -> None:
        """Copy the lines of the files that this run saw.

        Raises:
            OSError: the copy cannot be written.
        """
        places = list(self._used.values())
        if len(places) == self._line_count and places == sorted(places):
            return
        with file_beside(self._path) as copy:
            with self._path.open("rb") as lines, copy.open("xb") as file:
                for place in places:
                    lines.seek(place)
                    file.write(lines.readline())
            self.__exit__()
            copy.replace(self._path)

    def _key(self, document: SubmittedFile) -> bytes:
        digest = hashlib.sha256(self._rules)
        name = document.name
        for part in (name, repr(self._download.sender(name)), repr(self._download.possible_sender(name))):
            digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
        digest.update(document.data)
        return digest.hexdigest().encode()


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
    """Return the hash of everything that decides what a submission comes to, besides the submission itself.

    Who sent other files is no part of it: otherwise, nothing could be recalled once another file has arrived.
    """
    own = replace(rules, download=Download())
    text = json.dumps([code_digest().hex(), language_mark(), _as_json(own)], sort_keys=True)
    return hashlib.sha256(text.encode()).digest()


def _as_json(value: Any) -> Any:  # noqa: ANN401  (whatever rules are made of)
    """Return rules as plain JSON in a stable order."""
    if value is None or isinstance(value, str | int | float | datetime | tzinfo):
        return repr(value)
    if isinstance(value, BaseModel):
        return value.model_dump_json(by_alias=True)
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
    if isinstance(value, list):
        return tuple(map(_tuple, value))
    return shared(value) if isinstance(value, float) else value
