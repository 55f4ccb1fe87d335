"""Keeps the answer file: opens it, saves without loss, merges and submits."""

from __future__ import annotations

import contextlib
import json
import random
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from filelock import FileLock
from pydantic import ValidationError

from copydesk._version import __version__
from copydesk.answers.file import Answer, AnswerFile, Learner, merge_answers
from copydesk.atomic_write import make_folder, replace_file, translate_system_errors
from copydesk.opening import is_opening
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

SCHEMA = "copydesk/answers/1"
MIME_TYPE = "application/vnd.copydesk.answers+json"
SUBMISSIONS_FOLDER, FIRST_EDITIONS_FOLDER = "submissions", "hand-in"
"""Where submissions go, beside the answers folder, and where the first edition put them."""

FILE_NAME_CHARACTERS = 40
"""How many characters of an alias go into a file name."""

WINDOWS_DEVICE = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", flags=re.IGNORECASE)


class AnswersError(ValueError):
    """An answer file cannot be used; the message says why in plain words."""


class AnswerStore:
    """The answer file of one lesson on disk.

    Every save rereads the file and merges by task, the newest answer winning, so that two open
    notebooks lose none of each other's answers.
    """

    def __init__(self, folder: Path, *, course: str, lesson: str, bank: str) -> None:
        """Name the file ``folder/lesson.json``; nothing is written yet."""
        self.path = folder / f"{lesson}.json"
        self.course, self.lesson, self.bank = course, lesson, bank
        self.notice = ""

    def load(self) -> AnswerFile:
        """Return the answers on disk; a damaged file is set aside, and ``notice`` says so.

        Raises:
            AnswersError: the file belongs to another course or lesson, or to a newer Copy Desk; it is untouched.
        """
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return self._empty()
        try:
            return read_answer_file(raw, course=self.course, lesson=self.lesson)
        except DamagedAnswersError as error:
            aside = self._set_aside()
            self.notice = t("store.set_aside", reason=error, file=aside.name)
            return self._empty()

    def save(self, answers: Mapping[str, Answer], *, alias: str | None = None) -> AnswerFile:
        """Merge answers into the file and return it once it is safely on disk.

        Raises:
            AnswersError: the folder cannot be written to, or the file is not this lesson's.
        """

        def changes(old: AnswerFile) -> dict[str, object]:
            return {
                "bank": self.bank,
                "release": __version__,
                "learner": old.learner if alias is None else Learner(alias=alias),
                "answers": merge_answers(old.answers, dict(answers)),
            }

        return self._change(changes)

    def order(self, name: str, ids: Sequence[str]) -> tuple[str, ...]:
        """Return the order in which the learner meets some tasks: drawn at random when first asked for, then kept.

        Tasks added since it was drawn come last.

        Raises:
            AnswersError: the folder cannot be written to, or the file is not this lesson's.
        """
        kept = (self.load().orders or {}).get(name)
        if kept is None:
            drawn = tuple(random.SystemRandom().sample(ids, len(ids)))
            # Another notebook may have drawn in the meantime: the first order in the file stays.
            new = self._change(lambda old: {"orders": {name: drawn} | (old.orders or {})})
            kept = (new.orders or {})[name]
        known = [task for task in kept if task in ids]
        return (*known, *(task for task in ids if task not in known))

    def _change(self, changes: Callable[[AnswerFile], dict[str, object]]) -> AnswerFile:
        """Read the file, change it, and return it once it is safely on disk."""
        make_folder(self.path.parent, folder_error)
        lock = FileLock(self.path.with_name(f".{self.path.name}.lock"))
        with translate_system_errors(self.path, write_error), lock:
            old = self.load()
            new = old.model_copy(update={"saved": current_time(), **changes(old)})
            write_atomically(self.path, to_json(new))
        return new

    def _empty(self) -> AnswerFile:
        return AnswerFile(schema=SCHEMA, course=self.course, lesson=self.lesson, bank=self.bank, saved=current_time())

    def _set_aside(self) -> Path:
        """Rename a damaged file to a free name beside it."""
        number = 1
        while (aside := self.path.with_name(f"{self.path.stem}.damaged-{number}.json")).exists():
            number += 1
        self.path.rename(aside)
        return aside


class DamagedAnswersError(AnswersError):
    """The bytes are not an answer file."""


def read_answer_file(raw: bytes, *, course: str, lesson: str) -> AnswerFile:
    """Parse an answer file from bytes.

    Raises:
        DamagedAnswersError: the bytes are not JSON or do not fit the schema.
        AnswersError: the file belongs to another lesson or course, or has a newer schema.
    """
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise DamagedAnswersError(t("store.not_json")) from error
    schema = data.get("schema") if isinstance(data, dict) else None
    if isinstance(schema, str) and schema != SCHEMA:
        raise AnswersError(t("store.other_schema", schema=schema, ours=SCHEMA))
    try:
        answers = AnswerFile.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        msg = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise DamagedAnswersError(msg) from error
    if (answers.course, answers.lesson) != (course, lesson):
        file_lesson, own_lesson = f"{answers.course}/{answers.lesson}", f"{course}/{lesson}"
        raise AnswersError(t("store.other_lesson", theirs=file_lesson, ours=own_lesson))
    return answers


def to_json(model: AnswerFile) -> str:
    """Return an answer file as JSON text: indented by two spaces, in the model's order, with a final line feed."""
    return json.dumps(to_data(model), ensure_ascii=False, indent=2) + "\n"


def to_data(model: AnswerFile) -> dict[str, Any]:
    """Return an answer file as plain data, as in its JSON."""
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


def write_atomically(path: Path, text: str) -> None:
    """Write a file that no one else may read, and return once it would survive a power cut.

    Raises:
        AnswersError: the folder cannot be made or written to.
    """
    make_folder(path.parent, folder_error)
    with translate_system_errors(path, write_error):
        replace_file(path, text, mode=0o600)


def folder_error(folder: Path, error: OSError) -> AnswersError:
    """Return the error for a folder that could not be made."""
    return AnswersError(t("store.no_folder", folder=folder, reason=error.strerror or error))


def write_error(path: Path, error: OSError) -> AnswersError:
    """Return the error for a file that could not be written."""
    return AnswersError(t("store.no_file", file=path, reason=error.strerror or error))


class SubmissionReply(NamedTuple):
    """A submission that was written: its receipt, and the path and content of its file."""

    receipt: str
    path: Path
    content: str


def submit(store: AnswerStore, tasks: Collection[str], *, alias: str) -> tuple[Path, AnswerFile]:
    """Write the submission, one file with the answers to ``tasks``, and return its path and content.

    It is in ``submissions/`` beside the answers folder and is named after lesson and alias. If the notebook is only
    being opened, an existing one stays as it was submitted.

    Raises:
        AnswersError: it cannot be written.
    """
    path = _submission_path(store, alias)
    if is_opening() and path.is_file():
        with contextlib.suppress(AnswersError):
            return path, read_answer_file(path.read_bytes(), course=store.course, lesson=store.lesson)
    content = make_submission(store.save({}, alias=alias), tasks)
    write_atomically(path, to_json(content))
    return path, content


def last_submission(store: AnswerStore) -> tuple[Path, AnswerFile] | None:
    """Return the path and content of the last submission under the learner's name; None if there is none.

    In a working folder from the first edition, it is where that edition put it.
    """
    path = _submission_path(store, store.load().learner.alias)
    for place in (path, path.parent.parent / FIRST_EDITIONS_FOLDER / path.name):
        try:
            return place, read_answer_file(place.read_bytes(), course=store.course, lesson=store.lesson)
        except (AnswersError, OSError):
            continue
    return None


def _submission_path(store: AnswerStore, alias: str) -> Path:
    return store.path.parent.parent / SUBMISSIONS_FOLDER / f"{store.lesson}-{file_name_part(alias)}.json"


def make_submission(saved: AnswerFile, tasks: Collection[str]) -> AnswerFile:
    """Return the submission made from an answer file now: the answers to ``tasks``."""
    answers = {name: answer for name, answer in saved.answers.items() if name in tasks}
    return saved.model_copy(update={"answers": answers, "handed_in": current_time()})


def file_name_part(text: str) -> str:
    """Return a text as part of a file name that every system accepts: letters, digits and hyphens."""
    part = "-".join(re.findall(r"[^\W_]+", text))[:FILE_NAME_CHARACTERS].strip("-").lower()
    if WINDOWS_DEVICE.match(part):
        return f"{part}-1"
    return part or "anonymous"


def current_time() -> datetime:
    """Return the current time in UTC, to the millisecond."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
