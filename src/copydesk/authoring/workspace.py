"""The files of a course while its author works on them: what was read, what has changed, undoing, and saving.

Nothing is written before it is saved, and nothing that someone else has saved meanwhile is written over.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypedDict

from copydesk.atomic_write import replace_file
from copydesk.authoring.entry_files import EntryFile
from copydesk.course.documents import read_text
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

CONTEXT_LINES = 2
LISTS = {"seeds/cards.yml": "id", "seeds/sources.yml": "key"}
"""Files that are a list themselves, each with the field by which its entries are known; others have ``tasks``."""


class AuthoringError(ValueError):
    """A request cannot be answered; the message says what is in the way and what to do."""


class Row(TypedDict):
    """A line of a changed file: ``+`` is new, ``-`` was there, and a space stands for a line that is the same."""

    sign: Literal[" ", "+", "-"]
    line: int
    text: str


class FileChanges(TypedDict):
    """What has changed in a file."""

    file: str
    rows: list[Row]


@dataclass
class Workspace:
    """The files of the course at ``root`` as their author has them now; ``read`` is what they were on the disk."""

    root: Path
    texts: dict[str, str] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    _steps: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a file as it is now.

        Raises:
            AuthoringError: it is not there, or is not a text.
        """
        if name not in self.texts:
            content = self._on_disk(name)
            if content is None:
                raise AuthoringError(t("authoring.no_file", file=name))
            self.texts[name] = self.read[name] = content
        return self.texts[name]

    def entries(self, name: str) -> EntryFile:
        """Return a file of entries as it is now."""
        if name in LISTS:
            return EntryFile.read(self.text(name), name, under="", id_field=LISTS[name])
        return EntryFile.read(self.text(name), name)

    def change(self, what: str, changes: Mapping[str, str], *, merge_key: str = "") -> None:
        """Put in new texts as one step; a step with the key of the last one belongs to it.

        ``what`` says what was done, for undoing.
        """
        before = {name: self.text(name) for name in changes}
        if not merge_key or not self._steps or self._steps[-1][1] != merge_key:
            self._steps.append((what, merge_key, before))
        self.texts.update(changes)

    def undo(self) -> str:
        """Take back the last step, and return what it was.

        Raises:
            AuthoringError: there is none.
        """
        if not self._steps:
            raise AuthoringError(t("authoring.nothing_to_undo"))
        what, _, before = self._steps.pop()
        self.texts.update(before)
        return what

    @property
    def changed(self) -> list[str]:
        """The names of the files that aren't saved as they are now."""
        return sorted(name for name, text in self.texts.items() if text != self.read[name])

    def changes(self) -> list[FileChanges]:
        """Return the lines of each changed file that differ, with a few around them."""
        return [{"file": name, "rows": _rows(self.read[name], self.texts[name])} for name in self.changed]

    def save(self) -> list[str]:
        """Write the changed files, and return their names.

        Raises:
            AuthoringError: someone else has changed one of them on the disk; nothing is written then.
        """
        names = self.changed
        strange = self._changed_elsewhere(names)
        if strange:
            raise AuthoringError(t("authoring.changed_elsewhere", files=", ".join(strange)))
        for name in names:
            replace_file(self.root / name, self.texts[name])
            self.read[name] = self.texts[name]
        self._steps.clear()
        return names

    def reload(self, *, keep: bool) -> None:
        """Read all files again; with ``keep``, the author's own entries and fields are put into what is there now."""
        own = {name: (self.read[name], self.texts[name]) for name in self.changed}
        self.texts.clear()
        self.read.clear()
        self._steps.clear()
        for name, (before, after) in own.items() if keep else ():
            try:
                self.texts[name] = _reapplied(name, before, after, self.text(name))
            except (KeyError, ValueError):
                self.texts[name] = after

    def _changed_elsewhere(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if self._on_disk(name) != self.read[name]]

    def _on_disk(self, name: str) -> str | None:
        path = self.root / name
        if not path.is_file():
            return None
        try:
            return read_text(path)
        except UnicodeDecodeError:
            raise AuthoringError(t("authoring.not_text", file=name)) from None


def _reapplied(name: str, before: str, after: str, present: str) -> str:
    """Return the file as it is now with the entries that its author has changed, added or taken out."""
    options = {"under": "", "id_field": LISTS[name]} if name in LISTS else {}
    if name not in LISTS and "\ntasks:" not in f"\n{before}":
        return after
    old, own, file = (EntryFile.read(text, name, **options) for text in (before, after, present))
    for entry_id in own.ids:
        data = own.data(entry_id)
        if entry_id not in old.ids and entry_id not in file.ids:
            file = file.add(data, own.blocks[own.place(entry_id)].text, after=None)
        elif entry_id in file.ids and (entry_id not in old.ids or data != old.data(entry_id)):
            file = file.put(entry_id, data)
    for entry_id in old.ids:
        if entry_id not in own.ids and entry_id in file.ids:
            file = file.remove(entry_id)
    return file.text


def _rows(before: str, after: str) -> list[Row]:
    """Return the lines that differ between two texts, with a few around them, numbered as in the new one."""
    old, new = before.splitlines(), after.splitlines()
    rows: list[Row] = []
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT_LINES):
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                rows += [_row(" ", new_start + step + 1, new[new_start + step]) for step in range(new_end - new_start)]
                continue
            rows += [_row("-", start + step + 1, old[start + step]) for step in range(end - start)]
            rows += [_row("+", new_start + step + 1, new[new_start + step]) for step in range(new_end - new_start)]
    return rows


def _row(sign: Literal[" ", "+", "-"], line: int, text: str) -> Row:
    return {"sign": sign, "line": line, "text": text}


__all__ = ["AuthoringError", "FileChanges", "Row", "Workspace"]
