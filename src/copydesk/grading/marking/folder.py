"""The folder of a lesson's marks: the texts without names, each marker's marks, and the comment bank, as files."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import yaml
from filelock import FileLock
from pydantic import Field, ValidationError

from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.result_names import COMMENTS, LOCK, MARKS_ENDING, TEXTS
from copydesk.grading.files.safe_text import file_part, visible
from copydesk.grading.files.writing import make_folder, not_written, write, write_own
from copydesk.grading.marking.sampling import shuffled
from copydesk.kinds.written.model import Level
from copydesk.model.base import Frozen
from copydesk.owned_files import OwnedFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

TEXTS_SCHEMA: Literal["copydesk/texts/1"] = "copydesk/texts/1"
MARKS_SCHEMA: Literal["copydesk/marks/1"] = "copydesk/marks/1"
Role = Literal["first", "second"]
T = TypeVar("T")
Place = tuple[str, str]
"""The id of a text, and a criterion."""


class MarkedText(Frozen):
    """A learner's text without the learner. ``is_open`` is false once another submission took its place."""

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
        """Return the ids of the texts that are to be marked."""
        return [text.id for text in self.tasks.get(task, ()) if text.is_open]


class Mark(Frozen):
    """One level, given by one marker to one text for one criterion, with comments for the learner."""

    text: str
    criterion: str
    level: Level
    comments: tuple[str, ...] = ()
    at: datetime


class MarksHead(Frozen):
    """The first line of a file of marks: whose marks they are, and of what."""

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
    """Return the name of a text in all files of marks: it follows from the text, and says nothing about its writer."""
    content = f"{lesson}\0{task}\0{text.strip()}"
    return "t" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class MarkingFolder:
    """The files of one lesson below the folder of all marks. Each is there whole or not at all."""

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
            msg = (
                f"{path} is not there. Run `copydesk mark` once with the submissions: it takes the texts out of them "
                "and leaves the names behind"
            )
            raise GradingError(msg)
        return _checked(path, lambda: TextsFile.model_validate_json(path.read_bytes()))

    def put_texts(self, texts: Mapping[str, Iterable[str]], seed: int) -> TextsFile:
        """Add texts by task and return all of them; numbers and the seed of an earlier time stay."""
        make_folder(self.path)
        with self._lock():
            known = self.texts() if (self.path / TEXTS).is_file() else None
            seed = known.seed if known else seed
            tasks = {
                task: tuple(_numbered(known.tasks.get(task, ()) if known else (), self._by_id(task, given), seed, task))
                for task, given in texts.items()
            }
            file = TextsFile.model_validate(
                {"schema": TEXTS_SCHEMA, "lesson": self.lesson, "seed": seed, "tasks": tasks}
            )
            text = _json(file.model_dump(mode="json", by_alias=True), indent=1)
            if known is None:
                OwnedFiles(self.path).claim([TEXTS])  # from now on there is a list
            write(self.path / TEXTS, text + "\n", is_durable=True)
        return file

    def marks_files(self) -> list[MarksFile]:
        """Return the marks of all markers, by task and marker."""
        return [_read_marks(path) for path in sorted(self.path.glob(f"*{MARKS_ENDING}"))]

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
        """Put marks in place or take some away, and return all of them once they are on the disk."""
        make_folder(self.path)
        with self._lock():
            file = self.marks(task, marker, role)
            kept = {place: mark for place, mark in file.marks.items() if place not in set(remove)}
            kept |= {(mark.text, mark.criterion): mark for mark in put}
            file = MarksFile(head=file.head, marks=dict(sorted(kept.items())))
            rows = (file.head, *file.marks.values())
            lines = (_json(row.model_dump(mode="json", by_alias=True)) for row in rows)
            write(self._marks_path(task, marker), "\n".join(lines) + "\n", is_durable=True)
        return file

    def require_role(self, marker: str, role: Role) -> None:
        """Raise ``GradingError`` where somebody else has the role already, or the marker has the other one."""
        for file in self.marks_files():
            is_same = file_part(file.head.marker) == file_part(marker)
            if is_same and file.head.role != role:
                msg = f"{marker} is the {file.head.role} marker of {self.lesson} already; a text needs two people"
                raise GradingError(msg)
            if not is_same and file.head.role == role:
                other = f"--marker {file.head.marker!r}" + (" --second" if role == "second" else "")
                msg = f"{file.head.marker} is the {role} marker of {self.lesson} already. To go on as that one: {other}"
                msg += "; to mark the sample as a second one, add --second" if role == "first" else ""
                raise GradingError(msg)

    def write(self, name: str, text: str, *, is_durable: bool = False) -> Path:
        """Write a page or a table, and return where; a file of that name that is not ours is left alone.

        Raises:
            WrongPlaceError: there is such a file.
        """
        write_own(self.path / name, text, known=self._is_first_editions, is_durable=is_durable)
        return self.path / name

    def _is_first_editions(self, _name: str) -> bool:
        """Return whether the folder is one that the first edition filled, which kept no list."""
        return (self.path / TEXTS).is_file()

    def comments(self, task: str, criterion: str) -> list[str]:
        """Return the comment bank of a criterion."""
        return self._all_comments().get(task, {}).get(criterion, [])

    def add_comment(self, task: str, criterion: str, comment: str) -> None:
        """Keep a comment for use with other texts."""
        with self._lock():
            bank = self._all_comments()
            comments = bank.setdefault(task, {}).setdefault(criterion, [])
            if comment not in comments:
                comments.append(comment)
                text = yaml.safe_dump(bank, allow_unicode=True, sort_keys=True, width=10_000)
                write(self.path / COMMENTS, text)

    def _all_comments(self) -> dict[str, dict[str, list[str]]]:
        path = self.path / COMMENTS
        if not path.is_file():
            return {}
        data = _checked(path, lambda: yaml.safe_load(path.read_text(encoding="utf-8")))
        try:
            return {
                str(task): {str(name): [visible(str(each)) for each in comments] for name, comments in rows.items()}
                for task, rows in (data or {}).items()
            }
        except (AttributeError, TypeError):
            msg = f"{path} is not task, criterion, list of comments; put it right, or remove it to begin a new one"
            raise GradingError(msg) from None

    def _by_id(self, task: str, texts: Iterable[str]) -> dict[str, str]:
        return {text_id(self.lesson, task, text): visible(text.strip()) for text in texts}

    def _marks_path(self, task: str, marker: str) -> Path:
        return self.path / f"{task}-{file_part(marker)}{MARKS_ENDING}"

    @contextmanager
    def _lock(self) -> Iterator[None]:
        lock = FileLock(self.path / LOCK)
        try:
            lock.acquire()
        except OSError as error:
            raise not_written(self.path / LOCK, error) from error
        try:
            yield
        finally:
            lock.release()


def _numbered(known: Iterable[MarkedText], given: Mapping[str, str], seed: int, task: str) -> list[MarkedText]:
    """Return the known texts with their numbers, then the new ones in shuffled order."""
    kept = [text.model_copy(update={"is_open": text.id in given}) for text in known]
    new = shuffled(given.keys() - {text.id for text in kept}, seed, "number", task)
    return kept + [
        MarkedText(number=number, id=name, is_open=True, text=given[name])
        for number, name in enumerate(new, len(kept) + 1)
    ]


def _read_marks(path: Path) -> MarksFile:
    def read() -> MarksFile:
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        marks = [Mark.model_validate_json(row) for row in rows]
        placed = {(mark.text, mark.criterion): mark for mark in marks}
        return MarksFile(head=MarksHead.model_validate_json(head), marks=placed)

    return _checked(path, read)


def _checked(path: Path, read: Callable[[], T]) -> T:
    """Return what is read from a file, or say that it is damaged and what to do."""
    try:
        return read()
    except (ValidationError, ValueError, yaml.YAMLError, OSError) as error:
        first = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error).split("\n")[0]
        msg = f"{path} cannot be read ({first}). Put it right by hand, or take it from a copy; nothing was changed"
        raise GradingError(msg) from error


def _json(data: Any, indent: int | None = None) -> str:  # noqa: ANN401  (any JSON value)
    return json.dumps(data, ensure_ascii=False, indent=indent)
