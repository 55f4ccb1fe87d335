"""The folder of a lesson's marks: anonymous texts, each marker's marks, and the comment bank, as files."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import yaml
from filelock import FileLock
from pydantic import Field, ValidationError

from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.result_names import COMMENTS, LOCK, MARKS_ENDING, SHARES, TEXTS
from copydesk.grading.files.safe_text import file_part, one_line, visible_text
from copydesk.grading.files.writing import make_folder, translate_write_errors, write, write_own
from copydesk.grading.marking.sampling import shuffle
from copydesk.grading.marking.shares import SharesFile
from copydesk.kinds.written.model import Level
from copydesk.model.base import Frozen
from copydesk.owned_files import OwnedFiles
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

TEXTS_SCHEMA: Literal["copydesk/texts/1"] = "copydesk/texts/1"
MARKS_SCHEMA: Literal["copydesk/marks/1"] = "copydesk/marks/1"
Role = Literal["first", "second", "shared"]
"""Whether a marker reads all texts, the sample, or the texts that were shared out to them."""

T = TypeVar("T")
Place = tuple[str, str]
"""The id of a text, and a criterion."""


class MarkedText(Frozen):
    """A learner's text without the learner. ``is_open`` is false once another submission has taken its place."""

    number: int
    id: str
    is_open: bool
    text: str


class TextsFile(Frozen):
    """All texts of a lesson by task, in the order of their numbers, and the seed that shuffled them."""

    schema_: Literal["copydesk/texts/1"] = Field(alias="schema")
    lesson: str
    seed: int
    tasks: dict[str, tuple[MarkedText, ...]]

    def open_ids(self, task: str) -> list[str]:
        """Return the ids of the texts to be marked."""
        return [text.id for text in self.tasks.get(task, ()) if text.is_open]

    def by_id(self) -> dict[str, MarkedText]:
        """Return all texts by their ids."""
        by_id = {}
        for texts in self.tasks.values():
            for text in texts:
                by_id[text.id] = text
        return by_id


class Mark(Frozen):
    """A level that one marker gave one text for one criterion, with comments for the learner.

    ``facts`` are the ids of the facts of the key that the marker found in the text.
    """

    text: str
    criterion: str
    level: Level
    comments: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    at: datetime

    def is_newer(self, other: Mark) -> bool:
        """Return whether it was given later than another mark; of two at the same time, the content decides."""
        return self._order > other._order

    @property
    def _order(self) -> tuple[datetime, str]:
        moment = self.at if self.at.tzinfo else self.at.replace(tzinfo=UTC)
        return moment, self.model_dump_json()


class MarksHead(Frozen):
    """The first line of a file of marks: whose marks they are, and for what."""

    schema_: Literal["copydesk/marks/1"] = Field(alias="schema")
    lesson: str
    task: str
    marker: str
    role: Role


class MarksFile(Frozen):
    """One marker's marks for one task."""

    head: MarksHead
    marks: dict[Place, Mark]


def text_id(lesson: str, task: str, text: str) -> str:
    """Return the id of a text in all files of marks: it is derived from the text, and says nothing about its writer."""
    content = f"{lesson}\0{task}\0{text.strip()}"
    return "t" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class MarkingFolder:
    """The files of one lesson below the folder of all marks, each written whole or not at all."""

    def __init__(self, top: Path, lesson: str) -> None:
        """Look at ``top/lesson``; nothing is read or written yet."""
        self.lesson, self.path = lesson, top / lesson

    def texts(self) -> TextsFile:
        """Return the texts.

        Raises:
            GradingError: there are none yet, or the file is damaged.
        """
        path = self.path / TEXTS
        if not path.is_file():
            raise GradingError(t("folder.no_texts", path=path))
        return _read_or_raise(path, lambda: TextsFile.model_validate_json(path.read_bytes()))

    def put_texts(self, texts: Mapping[str, Iterable[str]], seed: int) -> TextsFile:
        """Add texts by task and return all of them; earlier numbers and an earlier seed are kept."""
        make_folder(self.path)
        with self._lock():
            before = self.texts() if (self.path / TEXTS).is_file() else None
            seed = before.seed if before else seed
            tasks = {}
            for task, texts_of_task in texts.items():
                numbered = before.tasks.get(task, ()) if before else ()
                tasks[task] = _number_texts(numbered, self._by_id(task, texts_of_task), seed, task)
            file = TextsFile.model_validate(
                {"schema": TEXTS_SCHEMA, "lesson": self.lesson, "seed": seed, "tasks": tasks}
            )
            text = _json(file.model_dump(mode="json", by_alias=True), indent=1)
            if before is None:
                OwnedFiles(self.path).claim([TEXTS])  # from now on there is a list
            write(self.path / TEXTS, text + "\n", is_durable=True)
        return file

    def shares(self) -> SharesFile | None:
        """Return who marks which text; None if the texts are not shared out.

        Raises:
            GradingError: the file is damaged.
        """
        path = self.path / SHARES
        if not path.is_file():
            return None
        return _read_or_raise(path, lambda: SharesFile.model_validate_json(path.read_bytes()))

    def change_shares(self, change: Callable[[SharesFile | None], SharesFile]) -> tuple[SharesFile | None, SharesFile]:
        """Replace the shares with what ``change`` makes of them, and return those before and those after."""
        with self._lock():
            before = self.shares()
            after = change(before)
            text = _json(after.model_dump(mode="json", by_alias=True), indent=1) + "\n"
            self.write(SHARES, text, is_durable=True)
        return before, after

    def role(self, *, is_second: bool) -> Role:
        """Return the role of a marker: if texts are shared out, no one is the second marker of all.

        Raises:
            GradingError: someone wants to be, or the file of shares is damaged.
        """
        if self.shares() is None:
            return "second" if is_second else "first"
        if is_second:
            raise GradingError(t("folder.no_second", lesson=self.lesson))
        return "shared"

    def marks_files(self) -> list[MarksFile]:
        """Return the marks of all markers, by task and marker.

        Raises:
            GradingError: a file is damaged, or the marks are of shared texts and no file says who reads which.
        """
        files = [_read_marks(path) for path in sorted(self.path.glob(f"*{MARKS_ENDING}"))]
        has_shares = (self.path / SHARES).is_file()
        if not has_shares and any(file.head.role == "shared" for file in files):
            raise GradingError(t("folder.lost_shares", path=self.path / SHARES))
        return files

    def marks(self, task: str, marker: str, role: Role) -> MarksFile:
        """Return one marker's marks for a task; none if there is no file yet."""
        path = self._marks_path(task, marker)
        if path.is_file():
            return _read_marks(path)
        head = {"schema": MARKS_SCHEMA, "lesson": self.lesson, "task": task, "marker": marker, "role": role}
        return MarksFile(head=MarksHead.model_validate(head), marks={})

    def change_marks(
        self, task: str, marker: str, role: Role, *, put: Iterable[Mark] = (), remove: Iterable[Place] = ()
    ) -> MarksFile:
        """Put marks in place or remove some, and return all of them once they are on disk."""
        make_folder(self.path)
        with self._lock():
            file = self.marks(task, marker, role)
            marks = dict(file.marks)
            for place in remove:
                marks.pop(place, None)
            for mark in put:
                marks[mark.text, mark.criterion] = mark
            return self._write_marks(MarksFile(head=file.head, marks=marks))

    def merge_marks(self, other: MarksFile) -> MarksFile:
        """Put the marks of a file of another folder in place, except older ones, and return those there were before."""
        head = other.head
        with self._lock():
            before = self.marks(head.task, head.marker, head.role)
            marks = dict(before.marks)
            for place, mark in other.marks.items():
                if place not in marks or mark.is_newer(marks[place]):
                    marks[place] = mark
            if marks != before.marks:
                self._write_marks(MarksFile(head=before.head, marks=marks))
        return before

    def _write_marks(self, file: MarksFile) -> MarksFile:
        """Write one marker's marks for one task in order, and return them."""
        file = MarksFile(head=file.head, marks=dict(sorted(file.marks.items())))
        lines = []
        for row in (file.head, *file.marks.values()):
            data = row.model_dump(mode="json", by_alias=True)
            lines.append(_json(data))
        write(self._marks_path(file.head.task, file.head.marker), "\n".join(lines) + "\n", is_durable=True)
        return file

    def require_role(self, marker: str, role: Role) -> None:
        """Raise ``GradingError`` if someone else already has the role, or the marker has another one."""
        shares = self.shares()
        if shares is not None:
            self._require_share(shares, marker, role)
            return
        for file in self.marks_files():
            is_same = file_part(file.head.marker) == file_part(marker)
            if is_same and file.head.role != role:
                key = "folder.first_already" if file.head.role == "first" else "folder.second_already"
                raise GradingError(t(key, marker=marker, lesson=self.lesson))
            if not is_same and file.head.role == role:
                key = "folder.other_first" if role == "first" else "folder.other_second"
                raise GradingError(t(key, marker=file.head.marker, lesson=self.lesson))

    def _require_share(self, shares: SharesFile, marker: str, role: Role) -> None:
        """Raise ``GradingError`` if texts are shared out, but not to a marker, or not to be marked in this role."""
        names = ", ".join(map(one_line, shares.names))
        if shares.name_of(marker) is None:
            raise GradingError(t("folder.no_share", marker=one_line(marker), lesson=self.lesson, names=names))
        if role != "shared":
            raise GradingError(t("folder.is_shared", lesson=self.lesson, names=names, marker=one_line(marker)))

    def write(self, name: str, text: str, *, is_durable: bool = False) -> Path:
        """Write a page or a table, and return its path; a file of that name that is not ours is left alone.

        Raises:
            WrongPlaceError: there is such a file.
        """
        write_own(self.path / name, text, is_ours=self._is_first_editions, is_durable=is_durable)
        return self.path / name

    def _is_first_editions(self, _name: str) -> bool:
        """Return whether the folder was filled by the first edition, which kept no list."""
        return (self.path / TEXTS).is_file()

    def comments(self, task: str, criterion: str) -> list[str]:
        """Return the comment bank of a criterion."""
        return self.all_comments().get(task, {}).get(criterion, [])

    def add_comment(self, task: str, criterion: str, comment: str) -> None:
        """Keep a comment for use with other texts."""
        with self._lock():
            bank = self.all_comments()
            comments = bank.setdefault(task, {}).setdefault(criterion, [])
            if comment not in comments:
                comments.append(comment)
                text = yaml.safe_dump(bank, allow_unicode=True, sort_keys=True, width=10_000)
                write(self.path / COMMENTS, text)

    def all_comments(self) -> dict[str, dict[str, list[str]]]:
        """Return the comment bank by task and criterion.

        Raises:
            GradingError: the file is damaged.
        """
        path = self.path / COMMENTS
        if not path.is_file():
            return {}
        data = _read_or_raise(path, lambda: yaml.safe_load(path.read_text(encoding="utf-8")))
        try:
            return _read_comments(data or {})
        except (AttributeError, TypeError):
            raise GradingError(t("folder.no_comments", path=path)) from None

    def _by_id(self, task: str, texts: Iterable[str]) -> dict[str, str]:
        """Return texts by their ids."""
        return {text_id(self.lesson, task, text): visible_text(text.strip()) for text in texts}

    def _marks_path(self, task: str, marker: str) -> Path:
        return self.path / f"{task}-{file_part(marker)}{MARKS_ENDING}"

    @contextmanager
    def _lock(self) -> Iterator[None]:
        lock = FileLock(self.path / LOCK)
        with translate_write_errors(self.path / LOCK):
            lock.acquire()
        try:
            yield
        finally:
            lock.release()


def _read_comments(data: Any) -> dict[str, dict[str, list[str]]]:  # noqa: ANN401  (whatever the file holds)
    """Return the comment bank by task and criterion.

    Raises:
        AttributeError: tasks or criteria are not named.
        TypeError: comments are not a list.
    """
    bank: dict[str, dict[str, list[str]]] = {}
    for task, criteria in data.items():
        by_criterion = bank.setdefault(str(task), {})
        for criterion, comments in criteria.items():
            by_criterion[str(criterion)] = [visible_text(str(comment)) for comment in comments]
    return bank


def _number_texts(
    numbered: Iterable[MarkedText], texts: Mapping[str, str], seed: int, task: str
) -> tuple[MarkedText, ...]:
    """Return the texts that have numbers, then the new ones in ``texts`` in shuffled order.

    One that is no longer among ``texts`` is not to be marked.
    """
    all_texts, new = [], set(texts)
    for text in numbered:
        all_texts.append(text.model_copy(update={"is_open": text.id in texts}))
        new.discard(text.id)
    for name in shuffle(new, seed, "number", task):
        number = len(all_texts) + 1
        all_texts.append(MarkedText(number=number, id=name, is_open=True, text=texts[name]))
    return tuple(all_texts)


def _read_marks(path: Path) -> MarksFile:
    def read() -> MarksFile:
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        marks = {}
        for row in rows:
            mark = Mark.model_validate_json(row)
            marks[mark.text, mark.criterion] = mark
        return MarksFile(head=MarksHead.model_validate_json(head), marks=marks)

    return _read_or_raise(path, read)


def _read_or_raise(path: Path, read: Callable[[], T]) -> T:
    """Return the contents of a file, or raise ``GradingError`` with a remedy if it is damaged."""
    try:
        return read()
    except (ValidationError, ValueError, yaml.YAMLError, OSError) as error:
        why = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error).split("\n")[0]
        raise GradingError(t("folder.damaged", path=path, why=why)) from error


def _json(data: Any, indent: int | None = None) -> str:  # noqa: ANN401  (any JSON value)
    return json.dumps(data, ensure_ascii=False, indent=indent)
