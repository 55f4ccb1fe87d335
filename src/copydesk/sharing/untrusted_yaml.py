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
    """A file is not the plain YAML of a course; the argument is the end of a key in the catalogue."""


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
        raise UnboundedError("not_yaml") from None


def _require_bounded(events: Iterator[yaml.Event]) -> None:
    """Count the values of a file, each alias as much as what it stands for.

    Raises:
        UnboundedError: there are too many, they are too deep, an alias stands for itself, or a value has a tag.
    """
    total = 0
    starts: list[tuple[str | None, int]] = []
    sizes: dict[str, int] = {}
    for event in events:
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                raise UnboundedError("alias")
            total += sizes[event.anchor]
        elif isinstance(event, yaml.NodeEvent):
            if event.tag is not None:
                raise UnboundedError("tag")
            total += 1
            if isinstance(event, yaml.CollectionStartEvent):
                starts.append((event.anchor, total - 1))
            elif event.anchor:
                sizes[event.anchor] = 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = starts.pop()
            if anchor:
                sizes[anchor] = total - before
        if len(starts) > MAX_DEPTH:
            raise UnboundedError("too_deep")
        if total > MAX_NODES:
            raise UnboundedError("too_many")
