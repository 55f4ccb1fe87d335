"""A file with a list of entries, such as tasks or cards, in which one entry can change and all others stay as they are.

An entry is kept as the lines in which it was written; only those of a changed entry are written anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import yaml

from copydesk.authoring.yaml_merge import merge, read
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Mapping

ENTRY = re.compile(r"^(?P<indent> *)- ", re.MULTILINE)
BLANK_OR_COMMENT = re.compile(r"\s*(#.*)?")


class EntryFileError(ValueError):
    """The file cannot be changed entry by entry; the message says why and what to do."""


@dataclass(frozen=True)
class Block:
    """An entry as it is written: the lines before it that belong to it, and its own."""

    lead: str
    text: str
    data: Mapping[str, Any]

    @classmethod
    def of(cls, lead: str, text: str) -> Block:
        """Return an entry with the data in its lines."""
        return cls(lead, text, read(text)[0])

    def with_data(self, data: Mapping[str, Any]) -> Block:
        """Return the entry with other data; lines on which nothing changes stay."""
        return replace(self, text=merge(self.text, [dict(data)]), data=dict(data))


@dataclass(frozen=True)
class EntryFile:
    """The text of a file, cut into its head, its entries and what is after them.

    ``under`` names the field with the list; it is empty if the file is a list. ``id_field`` is the field by which an
    entry is known.
    """

    head: str
    blocks: tuple[Block, ...]
    tail: str
    under: str = "tasks"
    id_field: str = "id"

    @classmethod
    def read(cls, text: str, name: str, *, under: str = "tasks", id_field: str = "id") -> EntryFile:
        """Cut the text of a file into its entries.

        Raises:
            EntryFileError: it is no such file, or one entry is written by pointing at another.
        """
        head, body = _split_head(text, under)
        try:
            blocks, tail = _split_entries(body)
            whole = read(text)
        except (yaml.YAMLError, IndexError, TypeError):
            raise EntryFileError(t("entry_files.not_separate", file=name)) from None
        expected = whole.get(under) if under and isinstance(whole, dict) else whole
        if [dict(block.data) for block in blocks] != (expected or []):
            raise EntryFileError(t("entry_files.not_separate", file=name))
        return cls(head, blocks, tail, under, id_field)

    @property
    def text(self) -> str:
        """The whole file."""
        return self.head + "".join(block.lead + block.text for block in self.blocks) + self.tail

    @property
    def ids(self) -> list[str]:
        """The ids of all entries, in order."""
        return [str(block.data.get(self.id_field, "")) for block in self.blocks]

    def place(self, entry_id: str) -> int:
        """Return the place of an entry, from 0.

        Raises:
            KeyError: there is none of this id.
        """
        if entry_id not in self.ids:
            raise KeyError(t("entry_files.no_entry", entry=entry_id, entries=", ".join(self.ids)))
        return self.ids.index(entry_id)

    def data(self, entry_id: str) -> dict[str, Any]:
        """Return the data of an entry."""
        return dict(self.blocks[self.place(entry_id)].data)

    def line(self, entry_id: str) -> int:
        """Return the line on which an entry begins, from 1."""
        before = self.head
        for block in self.blocks[: self.place(entry_id)]:
            before += block.lead + block.text
        return (before + self.blocks[self.place(entry_id)].lead).count("\n") + 1

    def put(self, entry_id: str, data: Mapping[str, Any]) -> EntryFile:
        """Return the file with other data in an entry."""
        place = self.place(entry_id)
        return self._with_blocks([*self.blocks[:place], self.blocks[place].with_data(data), *self.blocks[place + 1 :]])

    def add(self, data: Mapping[str, Any], text: str, *, after: str | None) -> EntryFile:
        """Return the file with one more entry, written as ``text``, after another one or at the end."""
        place = len(self.blocks) if after is None else self.place(after) + 1
        text = merge(text, [dict(data)])
        block = Block("\n", text, dict(data))
        return self._with_blocks([*self.blocks[:place], block, *self.blocks[place:]])

    def remove(self, entry_id: str) -> EntryFile:
        """Return the file without an entry and the comment above it."""
        place = self.place(entry_id)
        return self._with_blocks([*self.blocks[:place], *self.blocks[place + 1 :]])

    def move(self, entry_id: str, by: int) -> EntryFile:
        """Return the file with an entry moved by some places, down if ``by`` is positive."""
        place = self.place(entry_id)
        blocks = list(self.blocks)
        block = blocks.pop(place)
        blocks.insert(min(max(place + by, 0), len(blocks)), block)
        return self._with_blocks(blocks)

    def put_head(self, fields: Mapping[str, Any]) -> EntryFile:
        """Return the file with other values for fields above the list."""
        lines = self.head.splitlines(keepends=True)
        list_line = lines.pop() if self.under else ""
        rest = ""
        while lines and BLANK_OR_COMMENT.fullmatch(lines[-1].rstrip("\n")):
            rest = lines.pop() + rest
        text = "".join(lines)
        return replace(self, head=merge(text, read(text) | dict(fields)) + rest + list_line)

    def _with_blocks(self, blocks: list[Block]) -> EntryFile:
        return replace(self, blocks=tuple(blocks))


def _split_head(text: str, under: str) -> tuple[str, str]:
    """Return what is above the entries, and the rest."""
    if under:
        match = re.search(rf"^{under}:[^\S\n]*(#.*)?\n", text, re.MULTILINE)
        return (text[: match.end()], text[match.end() :]) if match else (text, "")
    match = ENTRY.search(text)
    start = match.start() if match else len(text)
    lead = _lead_length(text[:start])
    return text[: start - lead], text[start - lead :]


def _split_entries(body: str) -> tuple[tuple[Block, ...], str]:
    """Return the entries of a list, each with the comment above it, and what is below the last one."""
    first = ENTRY.search(body)
    if first is None:
        return (), body
    starts = [match.start() for match in ENTRY.finditer(body) if match["indent"] == first["indent"]]
    ends = [*starts[1:], len(body)]
    blocks = []
    lead = body[: starts[0]]
    for start, end in zip(starts, ends, strict=True):
        own, after = _trimmed(body[start:end])
        if end == len(body):
            blocks.append(Block.of(lead, own))
            return tuple(blocks), after
        blocks.append(Block.of(lead, own))
        lead = after
    return tuple(blocks), ""


def _trimmed(text: str) -> tuple[str, str]:
    """Return the lines of an entry, and the empty lines and comments after it, which belong to the next one."""
    length = _lead_length(text)
    return text[: len(text) - length], text[len(text) - length :]


def _lead_length(text: str) -> int:
    """Return how many characters at the end of a text are in empty lines and comments."""
    length = 0
    for line in reversed(text.splitlines(keepends=True)):
        if not BLANK_OR_COMMENT.fullmatch(line.rstrip("\n")):
            break
        length += len(line)
    return length
