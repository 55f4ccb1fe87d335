"""The editions of the book: with or without the pages for instructors, with the article or with quotations of it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK = re.compile(r"^<!-- only: (instructors|full|quotes) -->\n(.*?)^<!-- end -->\n", re.MULTILINE | re.DOTALL)
INSTRUCTORS = "instructors"


@dataclass(frozen=True)
class Edition:
    """Which book is made. ``learner`` leaves out the pages for instructors."""

    learner: bool = False
    article: Literal["full", "quotes"] = "full"

    def apply(self, source: Path) -> None:
        """Take out of a staged book what this edition does not have: blocks, pages, and lines of the contents.

        A block of a page stands between ``<!-- only: instructors -->``, ``full`` or ``quotes``, and ``<!-- end -->``.
        """
        for page in source.rglob("*.md"):
            text = page.read_text(encoding="utf-8")
            kept = BLOCK.sub(lambda match: match[2] if self._has(match[1]) else "", text)
            if kept != text:
                page.write_text(kept, encoding="utf-8", newline="\n")
        if self.learner:
            shutil.rmtree(source / INSTRUCTORS, ignore_errors=True)
            toc = source / "_toc.yml"
            contents = _without_instructors(yaml.safe_load(toc.read_text(encoding="utf-8")))
            toc.write_text(
                yaml.safe_dump(contents, sort_keys=False, allow_unicode=True), encoding="utf-8", newline="\n"
            )

    def _has(self, part: str) -> bool:
        return not self.learner if part == INSTRUCTORS else part == self.article


def listed(entry: Any) -> Iterator[str]:  # noqa: ANN401  (raw YAML)
    """Yield every file that a table of contents names, without its suffix."""
    if isinstance(entry, dict):
        for name, value in entry.items():
            if name in {"file", "root"}:
                yield str(value).removesuffix(".ipynb").removesuffix(".md")
            else:
                yield from listed(value)
    elif isinstance(entry, list):
        for part in entry:
            yield from listed(part)


def _without_instructors(entry: Any) -> Any:  # noqa: ANN401  (raw YAML)
    """Return a table of contents without the pages for instructors, and without parts that held nothing else."""
    if isinstance(entry, dict):
        return {name: _without_instructors(value) for name, value in entry.items()}
    if isinstance(entry, list):
        kept = [part for part in entry if not (files := list(listed(part))) or not all(map(_is_theirs, files))]
        return [_without_instructors(part) for part in kept]
    return entry


def _is_theirs(file: str) -> bool:
    return file.startswith(f"{INSTRUCTORS}/")
