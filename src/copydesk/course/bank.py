"""A quiz or task file: tasks, and in the instructor's form their keys."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from copydesk.kinds.scoring import is_marked_by_person
from copydesk.kinds.table import kind_of
from copydesk.kinds.union import Key, Task
from copydesk.model.base import Frozen, Identifier, Slug, Text, short_name
from copydesk.model.task import is_unwritten, require_unique_ids
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME, EXERCISE = " · ", "Exercise"
"""The mark between the parts of a lesson's name, and the word at the end of its exercise's name.

Gradebook columns go by these names, so they do not depend on the language.
"""

TEXT_FIELDS = frozenset({"example", "prompt", "title", "why"})
"""Fields whose text has to say something; dots, dashes or question marks alone are a placeholder there."""

PLACE_HOLDER = re.compile(r"[\s.…_?–—-]*")  # noqa: RUF001  (dashes)

AUTHOR_FIELDS = ("pins", "free", "concept_only")
"""Fields besides task and key in a file, for authors only."""

TWIN_FIELDS = ("id", "kind", "group", "points", "title")
"""Fields that a task and its twin share."""

FIRST, SECOND = 1, 2
"""The version numbers of a task with a twin, as in answer files."""


class Entry(Frozen):
    """One task as it is in a file: the task itself and, if the file may have it, its key.

    ``pins`` are the ids of the seeds on which its statements about the real event are based; ``free`` are the figures
    and quoted words in it that state nothing about the event. ``concept_only`` says why a task shows no passage, card
    or table. All three are for authors and never leave the file.
    ``twin`` is the other version of the task: the same question with a changed detail that changes the key. In a file
    it has the fields that differ. A learner meets one of the two. Tasks that a person marks, drawers and baseline
    statements have no twin. The parts of a task and its twin have the same ids, so both are equally long.
    """

    task: Annotated[Task, Field()]
    key: Annotated[Key, Field()] | None = None
    pins: tuple[Text, ...] = ()
    free: tuple[Text, ...] = ()
    concept_only: str = ""
    twin: Entry | None = None

    @model_validator(mode="before")
    @classmethod
    def _split_key_from_task(cls, data: Any) -> Any:  # noqa: ANN401  (raw file content)
        if isinstance(data, dict) and "task" not in data:
            return _split_entry(data)
        return data

    @model_validator(mode="after")
    def _key_fits_task(self) -> Self:
        if self.key is not None:
            if self.key.kind != self.task.kind:
                msg = t("bank.other_kind", task=self.task.id, kind=self.task.kind, key_kind=self.key.kind)
                raise ValueError(msg)
            self.key.fits(self.task)  # type: ignore[arg-type]  # the kinds were compared above
        return self

    @model_validator(mode="after")
    def _each_reason_has_its_reply(self) -> Self:
        if self.key is not None and self.key.replies and len(self.key.replies) != len(self.task.reasons):
            msg = t("bank.replies", task=self.task.id, count=len(self.key.replies), reasons=len(self.task.reasons))
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _twin_is_the_same_task(self) -> Self:
        if self.twin is None:
            return self
        for field in TWIN_FIELDS:
            if getattr(self.twin.task, field) != getattr(self.task, field):
                msg = t("bank.other_twin", task=self.task.id, field=field)
                raise ValueError(msg)
        if self.twin.task == self.task or self.twin.twin is not None:
            msg = t("bank.same_twin", task=self.task.id)
            raise ValueError(msg)
        if not _may_have_twin(self.task):
            msg = t("bank.no_twin", task=self.task.id)
            raise ValueError(msg)
        if _parts_of(self.twin.task) != _parts_of(self.task):
            msg = t("bank.other_parts", task=self.task.id)
            raise ValueError(msg)
        return self

    @property
    def versions(self) -> tuple[Entry, ...]:
        """The entry and its twin, if it has one."""
        return (self,) if self.twin is None else (self, self.twin)

    def version(self, number: object) -> Entry:
        """Return a version by its number, 1 or 2; the first for any other, or if there is only one."""
        return self.twin if self.twin and number == SECOND else self

    def without_key(self) -> Entry:
        """Return what a learner may see before answering: the task, and its twin."""
        return Entry(task=self.task, twin=self.twin.without_key() if self.twin else None)

    def count_unwritten(self) -> int:
        """Return how many texts of the task and its key, and how many more of its twin, are still to be written."""
        texts = _text_counts(self)
        if self.twin is not None:
            texts += _text_counts(self.twin) - texts
        return sum(1 for field, text in texts.elements() if is_unwritten(text) or _is_place_holder(field, text))


class Bank(Frozen):
    """All tasks of one file, in order.

    ``purpose`` is *practice* (keys are shown after each check) or *graded* (keys never leave ``solutions/``).
    ``keyed_by`` says whose reading the keys are. ``baseline`` is only in kept banks of the first edition, in which a
    lesson could ask another one's statements again.
    ``title`` is the question of the lesson, the same in its quiz and its exercise; ``formerly`` are titles from
    earlier editions, which gradebook columns may still have.
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
        require_unique_ids("task", self.task_ids)
        return self

    def __getitem__(self, task_id: str) -> Entry:
        """Return the entry of a task.

        Raises:
            KeyError: the file has no such task.
        """
        for entry in self.tasks:
            if entry.task.id == task_id:
                return entry
        ids = ", ".join(self.task_ids)
        raise KeyError(t("bank.no_task", task=task_id, lesson=self.lesson, tasks=ids))

    @property
    def task_ids(self) -> list[str]:
        """The ids of all tasks, in order."""
        return [entry.task.id for entry in self.tasks]

    @property
    def baseline_entries(self) -> list[Entry]:
        """The entries of the baseline, which is never a mark."""
        return [entry for entry in self.tasks if entry.task.group == "baseline"]

    @property
    def entries_without_baseline(self) -> list[Entry]:
        """The entries of all tasks except those of the baseline."""
        return [entry for entry in self.tasks if entry.task.group != "baseline"]

    @property
    def name(self) -> str:
        """The name of the lesson, or of its exercise, everywhere: ``02 · Who says so? · Exercise``."""
        parts = [short_name(self.lesson), self.title]
        if self.purpose == "graded":
            parts.append(EXERCISE)
        return NAME.join(parts)

    def names(self) -> frozenset[str]:
        """Return all names that people use for the lesson, as they may appear in a gradebook column."""
        names, short = {self.lesson, self.name}, short_name(self.lesson)
        for title in (self.title, *self.formerly):
            names |= {title, f"{title} {EXERCISE}", f"{short} {title}", f"{short} {title} {EXERCISE}"}
        return frozenset(names)

    def versions(self) -> Iterator[Entry]:
        """Yield the versions of all tasks: each task, followed by its twin."""
        for entry in self.tasks:
            yield from entry.versions

    def without_keys(self) -> Bank:
        """Return the same bank without any keys."""
        return self.model_copy(update={"tasks": tuple(entry.without_key() for entry in self.tasks)})

    def fingerprint(self) -> str:
        """Return ``sha256:`` and the hash of the tasks without keys, the questions that a learner was asked.

        Empty fields are left out, so an optional field that a later Copy Desk adds changes no fingerprint.
        """
        public = [_filled_fields(entry.task.model_dump(mode="json")) for entry in self.versions()]
        text = json.dumps([self.course, self.lesson, public], ensure_ascii=False, sort_keys=True)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _twin_fields(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the twin's own fields, with the replies to reasons, which both share."""
    own: dict[str, Any] = dict(data["twin"])
    key, other = own.get("key"), data.get("key")
    if isinstance(key, dict) and isinstance(other, dict) and "replies" in other:
        own["key"] = {"replies": other["replies"]} | key
    return own


def _split_entry(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the task, key and authors' notes of an entry as in a file, where the task's fields are at the top."""
    entry: dict[str, Any] = {"task": {}, "key": None}
    common = {name: value for name, value in data.items() if name != "twin"}
    if isinstance(data.get("twin"), dict):
        entry["twin"] = common | _twin_fields(data)
    for name, value in common.items():
        if name == "key" or name in AUTHOR_FIELDS:
            entry[name] = value
        else:
            entry["task"][name] = value
    if isinstance(entry["key"], dict):
        entry["key"] = {"kind": entry["task"].get("kind"), **entry["key"]}
    return entry


def _may_have_twin(task: Task) -> bool:
    """Return whether a detail can change the answer: not in a drawer, nor in texts and forms, which are compared."""
    is_drawer = kind_of(task.kind).counts.opened_cards is not None
    return not (is_drawer or is_marked_by_person(task) or task.group == "baseline")


def _parts_of(task: Task) -> dict[str, Any]:
    """Return what a task's progress is counted by: the ids of its parts."""
    return task.model_dump(mode="json", include={"kind": True, **kind_of(task.kind).outline})


def _text_counts(version: Entry) -> Counter[tuple[str, str]]:
    """Count the texts of one version of a task and its key, each with its field."""
    return Counter(_texts(version.model_dump(mode="json", exclude={"twin"})))


def _is_place_holder(field: str, text: str) -> bool:
    return field in TEXT_FIELDS and PLACE_HOLDER.fullmatch(text) is not None


def _filled_fields(value: Any) -> Any:  # noqa: ANN401  (any JSON value)
    """Return a value without the fields, at any depth, that are empty, zero or not set."""
    if isinstance(value, list):
        return [_filled_fields(part) for part in value]
    if not isinstance(value, dict):
        return value
    fields = {}
    for name, part in value.items():
        if part not in (None, "", [], {}, 0):
            fields[name] = _filled_fields(part)
    return fields


def _texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401  (any JSON value)
    """Yield every text in a value, at any depth, each with the name of its field."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, field)


__all__ = ["Bank", "Entry", "ValidationError"]
