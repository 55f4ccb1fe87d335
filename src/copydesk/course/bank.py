"""A quiz or task file: tasks, and in the instructor's form their keys."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from copydesk.kinds.union import Key, Task
from copydesk.model.base import Frozen, Identifier, Slug, Text
from copydesk.model.task import is_unwritten, require_unique_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME, EXERCISE = " · ", "Exercise"
"""What is between the parts of a lesson's name, and what its exercise adds to it."""

SAYING = frozenset({"example", "prompt", "title", "why"})
"""Fields whose text has to say something; dots, dashes or question marks alone are a place-holder there."""

PLACE_HOLDER = re.compile(r"[\s.…_?–—-]*")  # noqa: RUF001  (dashes)

BESIDE = ("pins", "free")
"""What stands beside task and key in a file, for authors only."""


class Entry(Frozen):
    """One task as it stands in a file: the task itself and, where the file may hold it, its key.

    ``pins`` are the ids of the seeds on which its statements about the real event stand; ``free`` are the figures and
    quoted words in it that state nothing about the event. Both are for authors and never leave the file.
    """

    task: Annotated[Task, Field()]
    key: Annotated[Key, Field()] | None = None
    pins: tuple[Text, ...] = ()
    free: tuple[Text, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _split_key_from_task(cls, data: Any) -> Any:  # noqa: ANN401  (raw file content)
        if isinstance(data, dict) and "task" not in data:
            beside = {name: data[name] for name in BESIDE if name in data}
            task = {name: value for name, value in data.items() if name not in {"key", *beside}}
            key = data.get("key")
            if isinstance(key, dict):
                key = {"kind": task.get("kind"), **key}
            return {"task": task, "key": key, **beside}
        return data

    @model_validator(mode="after")
    def _key_fits_task(self) -> Self:
        if self.key is not None:
            if self.key.kind != self.task.kind:
                msg = f"task {self.task.id!r} is of kind {self.task.kind!r}, its key of kind {self.key.kind!r}"
                raise ValueError(msg)
            self.key.fits(self.task)  # type: ignore[arg-type]  # the kinds were compared above
        return self

    def unwritten(self) -> int:
        """Return how many texts of the task and its key an author has still to write."""
        return sum(
            is_unwritten(text) or (name in SAYING and PLACE_HOLDER.fullmatch(text) is not None)
            for name, text in _texts(self.model_dump(mode="json"))
        )


class Bank(Frozen):
    """All tasks of one file, in order.

    ``purpose`` is *practice* (keys are shown after each check) or *graded* (keys never leave ``solutions/``).
    ``keyed_by`` says whose reading the keys are. ``baseline`` names the lesson whose baseline tasks are asked again
    in this one: they stand in that lesson's file alone and are read from there (``bank_files.read_bank``).
    ``title`` is the question of the lesson, the same in its quiz and in its exercise; ``formerly`` are titles that an
    earlier edition had, by which columns of a gradebook may still be called.
    """

    schema_: Literal["copydesk/bank/1"] = Field(alias="schema")
    course: Identifier
    lesson: Slug
    title: Text
    formerly: tuple[Text, ...] = ()
    purpose: Literal["practice", "graded"]
    keyed_by: Text
    baseline: Slug | None = None
    tasks: tuple[Entry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_distinct(self) -> Self:
        require_unique_ids("task", [entry.task.id for entry in self.tasks])
        return self

    def __getitem__(self, task_id: str) -> Entry:
        """Return the entry of a task.

        Raises:
            KeyError: the file has no such task.
        """
        for entry in self.tasks:
            if entry.task.id == task_id:
                return entry
        msg = f"there is no task {task_id!r} in {self.lesson}; it has {', '.join(e.task.id for e in self.tasks)}"
        raise KeyError(msg)

    @property
    def name(self) -> str:
        """What the lesson, or its exercise, is called everywhere: ``02 · Who says so? · Exercise``."""
        parts = [self.lesson.partition("-")[0], self.title]
        return NAME.join([*parts, EXERCISE] if self.purpose == "graded" else parts)

    def names(self) -> frozenset[str]:
        """Return all that people call the lesson, as a column of a gradebook may be called."""
        number = self.lesson.partition("-")[0]
        titles = [form for title in (self.title, *self.formerly) for form in (title, f"{title} {EXERCISE}")]
        return frozenset([self.lesson, self.name, *titles, *(f"{number} {title}" for title in titles)])

    def without_keys(self) -> Bank:
        """Return the same bank with no key in it."""
        return self.model_copy(update={"tasks": tuple(Entry(task=entry.task) for entry in self.tasks)})

    def fingerprint(self) -> str:
        """Return ``sha256:`` and the hash of the tasks without keys: what the learner was asked.

        Fields that say nothing are left out, so an optional field that a later Copy Desk adds changes no fingerprint.
        """
        public = [_stated(entry.task.model_dump(mode="json")) for entry in self.tasks]
        text = json.dumps([self.course, self.lesson, public], ensure_ascii=False, sort_keys=True)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _stated(value: Any) -> Any:  # noqa: ANN401  (any JSON value)
    """Return a value without those fields, at any depth, that are empty, zero or not set."""
    if isinstance(value, dict):
        return {name: _stated(part) for name, part in value.items() if part not in (None, "", [], {}, 0)}
    return [_stated(part) for part in value] if isinstance(value, list) else value


def _texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401  (any JSON value)
    """Yield every text in a value, at any depth, after the name of the field that it is in."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for field, part in value.items():
            yield from _texts(part, field)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, name)


__all__ = ["Bank", "Entry", "ValidationError"]
