"""Looks at YAML that no one vouches for before anything is built from it: its size, depth, aliases, tags and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from copydesk.course.documents import Loader

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 40
MAX_NODES = 200_000
"""How many values a file may have once each alias is replaced by what it stands for."""


class UnboundedError(ValueError):
    """A file is not the plain YAML of a course; ``fault`` is the end of a key in the catalogue."""

    def __init__(self, *, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def require_plain(text: str) -> None:
    """Read YAML event by event, and build it only if it is small once unfolded.

    Raises:
        UnboundedError: it is deeper or larger than any course's file, has a tag, or is not YAML.
    """
    try:
        _require_bounded(yaml.parse(text, Loader=Loader))
        yaml.load(text, Loader=Loader)  # noqa: S506  (a safe loader: of plain values only)
    except UnboundedError:
        raise
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError, AttributeError):
        raise UnboundedError(fault="not_yaml") from None


def _require_bounded(events: Iterator[yaml.Event]) -> None:
    """Count the values of a file, each alias as much as what it stands for.

    Raises:
        UnboundedError: there are too many, they are too deep, an alias stands for itself, or a value has a tag.
    """
    count = _Count()
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            count.add_alias(event.anchor)
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            count.add(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            count.close()
        if len(count.open) > MAX_DEPTH:
            raise UnboundedError(fault="too_deep")
        if count.total > MAX_NODES:
            raise UnboundedError(fault="too_many")


class _Count:
    """How many values a file has unfolded, which collections are open, and what each anchor stands for."""

    def __init__(self) -> None:
        self.total = 0
        self.open: list[tuple[str | None, int]] = []
        self._sizes: dict[str, int] = {}

    def add(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Count a value, and open it if it has parts."""
        if event.tag is not None:
            raise UnboundedError(fault="tag")
        if isinstance(event, yaml.CollectionStartEvent):
            self.open.append((event.anchor, self.total))
        elif event.anchor:
            self._sizes[event.anchor] = 1
        self.total += 1

    def add_alias(self, anchor: str | None) -> None:
        """Count what an alias stands for, which must be complete."""
        if anchor is None or anchor not in self._sizes:
            raise UnboundedError(fault="alias")
        self.total += self._sizes[anchor]

    def close(self) -> None:
        """Close the innermost collection, and keep its size if it has an anchor."""
        anchor, before = self.open.pop()
        if anchor:
            self._sizes[anchor] = self.total - before
