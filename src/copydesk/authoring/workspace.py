"""The files of a course while its author works on them: what was read, what has changed, undoing, and saving.

Nothing is written before it is saved, and nothing that someone else has saved meanwhile is written over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypedDict

from copydesk.atomic_write import replace_file
from copydesk.authoring import pages
from copydesk.authoring.entry_files import EntryFile
from copydesk.authoring.source_text import SourceText, rows
from copydesk.authoring.three_way import merged_entries, merged_fields
from copydesk.course.course_file import COURSE_FILE
from copydesk.scaffold.open_steps import CARDS, SOURCES
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from copydesk.authoring.source_text import Row

MOST_FILES = 500
"""How many files are kept as entries; a course has far fewer."""

LISTS = {CARDS: "id", SOURCES: "key"}
"""Files that are a list themselves, each with the field by which its entries are known; others have ``tasks``."""


class AuthoringError(ValueError):
    """A request cannot be answered; the message says what is in the way and what to do."""


class ChangedElsewhereError(AuthoringError):
    """A file was changed on the disk after it was read; reading it again helps."""


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
    _sources: dict[str, SourceText] = field(default_factory=dict)
    _steps: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a file as it is now.

        Raises:
            AuthoringError: it is not there, or is not a text.
        """
        if name not in self.texts:
            source = self._on_disk(name)
            if source.content is None and name not in LISTS:
                raise AuthoringError(t("authoring.no_file", file=name))
            self.texts[name] = self.read[name] = _text_of(source, name)
            self._sources[name] = source
        return self.texts[name]

    def entries(self, name: str) -> EntryFile:
        """Return a file of entries as it is now."""
        return _entries(name, self.text(name))

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
        return [{"file": name, "rows": rows(self.read[name], self.texts[name])} for name in self.changed]

    def save(self) -> list[str]:
        """Write the changed files, and return their names.

        Raises:
            ChangedElsewhereError: someone else has changed one of them on the disk; nothing is written then.
            AuthoringError: the system refuses a file; the message says which were written before it.
        """
        names = self.changed
        strange = self._changed_elsewhere(names)
        if strange:
            raise ChangedElsewhereError(t("authoring.changed_elsewhere", files=name_list(strange)))
        for place, name in enumerate(names):
            source = self._sources[name].with_text(self.texts[name])
            path = (self.root / name).resolve()
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, source.content or b"")
            except OSError as error:
                raise AuthoringError(_refusal(name, error.strerror or str(error), names[:place])) from error
            self._sources[name], self.read[name] = source, self.texts[name]
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
            except (KeyError, TypeError, ValueError, AttributeError):  # it cannot be read as it is now
                self._sources[name] = self._on_disk(name)
                self.read[name] = self._sources[name].lenient_text
                self.texts[name] = after

    def _changed_elsewhere(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if self._on_disk(name) != self._sources[name]]

    def _on_disk(self, name: str) -> SourceText:
        path = self.root / name
        return SourceText(path.read_bytes() if path.is_file() else None)


def _text_of(source: SourceText, name: str) -> str:
    try:
        return source.text
    except UnicodeDecodeError:
        raise AuthoringError(t("authoring.not_text", file=name)) from None


def _refusal(name: str, reason: str, saved: list[str]) -> str:
    """Return why a file was not saved, and which were."""
    sentences = [t("authoring.not_written", file=name, reason=reason)]
    if saved:
        sentences.append(t("authoring.written_before", files=name_list(saved)))
    return " ".join(sentences)


def _reapplied(name: str, before: str, after: str, present: str) -> str:
    """Return the file as it is now with what its author has changed, added or taken out."""
    if name.endswith(".ipynb"):
        return pages.merged(before, after, present, name.rpartition("/")[2].removesuffix(".ipynb"))
    if name == COURSE_FILE:
        return merged_fields(before, after, present)
    return merged_entries(*(_entries(name, text) for text in (before, after, present))).text


@lru_cache(maxsize=MOST_FILES)
def _entries(name: str, text: str) -> EntryFile:
    """Return a file of entries; most of them are asked for again and again while one changes."""
    if name in LISTS:
        return EntryFile.read(text, name, under="", id_field=LISTS[name])
    return EntryFile.read(text, name)


__all__ = ["AuthoringError", "ChangedElsewhereError", "FileChanges", "Workspace"]
