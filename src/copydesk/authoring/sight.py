"""What there is to see of a course while it is written: its seeds with unsaved cards, faults, and what is still open.

Looking at all tasks of a large course takes seconds, so what has not changed is not looked at again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from copydesk.authoring import task_view
from copydesk.authoring.course_files import MODELS, purpose_of
from copydesk.authoring.plain_data import as_json
from copydesk.course.course import Course
from copydesk.scaffold.open_steps import CARDS, SOURCES, open_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.authoring.task_view import TaskView
    from copydesk.authoring.workspace import Workspace
    from copydesk.course.article import Card

FOLDERS = ("lessons", "lessons/quizzes", "solutions", "solutions/tasks", "exercises", "exercises/tasks")
"""Folders in which something can be open."""

Stamp = tuple[tuple[str, int, int], ...]


class Sight:
    """The course of a workspace as it is now, seen once for each state of its files."""

    def __init__(self, work: Workspace) -> None:
        """Take the workspace."""
        self._work = work
        self._seeds_state: object = None
        self._course = Course(work.root)
        self._looked: dict[str, TaskView] = {}
        self._open_state: Stamp | None = None
        self._open: list[dict[str, str]] = []

    @property
    def course(self) -> Course:
        """The course with the cards and sources as they are now, saved or not."""
        unsaved = {name: self._work.text(name) for name in (CARDS, SOURCES)}
        state = (self._stamp("seeds"), unsaved)
        if state != self._seeds_state:
            self._course, self._seeds_state = Course(self._work.root, unsaved), state
            self._looked = {}
        return self._course

    @property
    def cards(self) -> dict[str, Card]:
        """The evidence cards by their ids; none if they cannot be read."""
        return task_view.cards_of(self.course)

    def look_at(self, name: str, raw: Mapping[str, Any]) -> TaskView:
        """Return what there is to say about an entry of a file."""
        if name.endswith(".ipynb"):
            return task_view.TaskView(None, ())
        if name in MODELS:
            return task_view.TaskView(None, tuple(task_view.model_faults(raw, MODELS[name])))
        course = self.course
        key = json.dumps([purpose_of(name), as_json(dict(raw))])
        if key not in self._looked:
            self._looked[key] = task_view.look_at(raw, course, is_graded=purpose_of(name) == "graded")
        return self._looked[key]

    @property
    def open_steps(self) -> list[dict[str, str]]:
        """What is still open in the files as they were saved last, in order: in words, and where it can be done."""
        state = self._stamp("seeds", *FOLDERS)
        if state != self._open_state:
            steps = open_steps(Course(self._work.root))
            self._open = [{"text": step.what, "file": step.file, "task": step.entry} for step in steps]
            self._open_state = state
        return self._open

    def _stamp(self, *folders: str) -> Stamp:
        """Return name, time and size of the files in some folders, which change when the files do."""
        return tuple(self._stamps(folders))

    def _stamps(self, folders: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
        for folder in folders:
            for path in sorted((self._work.root / folder).glob("*.*")):
                status = path.stat()
                yield f"{folder}/{path.name}", status.st_mtime_ns, status.st_size
