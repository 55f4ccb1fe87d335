"""The editions of the book: with or without pages for instructors and code, with the article or quotations from it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BLOCK = re.compile(r"^<!-- only: (instructors|full|quotes) -->\n(.*?)^<!-- end -->\n", re.MULTILINE | re.DOTALL)
INSTRUCTORS = "instructors"
CONTENTS = "_toc.yml"


@dataclass(frozen=True)
class Edition:
    """Which book to make. ``learner`` leaves out the pages for instructors, ``code`` keeps the notebooks' code.

    ``lessons`` are the slugs of those to be in it; empty for all.
    """

    learner: bool = False
    article: Literal["full", "quotes"] = "full"
    code: bool = False
    lessons: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the edition, in the words of the command: ``quotes, learner``."""
        names: list[str] = [self.article]
        names += [name for name in ("learner", "code") if getattr(self, name)]
        return ", ".join(names)

    def apply(self, source: Path) -> None:
        """Remove from a staged book the blocks, pages and lines of the contents that this edition does not have.

        A block of a page is between ``<!-- only: instructors -->``, ``full`` or ``quotes``, and ``<!-- end -->``.
        """
        for page in source.rglob("*.md"):
            text = page.read_text(encoding="utf-8")
            remaining = BLOCK.sub(lambda match: match[2] if self._has(match[1]) else "", text)
            if remaining != text:
                page.write_text(remaining, encoding="utf-8", newline="\n")
        if self.learner:
            shutil.rmtree(source / INSTRUCTORS, ignore_errors=True)
            toc = source / CONTENTS
            toc.write_text(learners_contents(toc.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")

    def _has(self, part: str) -> bool:
        return not self.learner if part == INSTRUCTORS else part == self.article


def learners_version(name: str, text: str) -> str | None:
    """Return a file of a book without the blocks and lines for instructors; None for a page that is theirs alone."""
    if name.startswith(f"{INSTRUCTORS}/"):
        return None
    if name == CONTENTS:
        return learners_contents(text)
    if not name.endswith(".md"):
        return text
    return BLOCK.sub(lambda match: "" if match[1] == INSTRUCTORS else match[0], text)


def learners_contents(text: str) -> str:
    """Return a table of contents without the pages for instructors; one without such pages stays as it is."""
    contents = yaml.safe_load(text)
    kept = keep_entries(contents, lambda name: not name.startswith(f"{INSTRUCTORS}/"))
    return text if kept == contents else yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)


def listed_files(entry: Any) -> Iterator[str]:  # noqa: ANN401  (raw YAML)
    """Yield every file that a table of contents names, without its suffix."""
    if isinstance(entry, dict):
        for name, value in entry.items():
            if name in {"file", "root"}:
                yield str(value).removesuffix(".ipynb").removesuffix(".md")
            else:
                yield from listed_files(value)
    elif isinstance(entry, list):
        for part in entry:
            yield from listed_files(part)


def keep_entries(entry: Any, is_kept: Callable[[str], bool]) -> Any:  # noqa: ANN401  (raw YAML)
    """Return a table of contents with the pages to keep alone, and without parts that had nothing else."""
    if isinstance(entry, dict):
        return {name: keep_entries(value, is_kept) for name, value in entry.items()}
    if isinstance(entry, list):
        return [keep_entries(part, is_kept) for part in entry if not _is_dropped(part, is_kept)]
    return entry


def _is_dropped(part: Any, is_kept: Callable[[str], bool]) -> bool:  # noqa: ANN401  (raw YAML)
    """Return whether a part of a table of contents is a page to drop, or names files, all of them to drop."""
    if isinstance(part, dict) and "file" in part:
        return not is_kept(next(listed_files({"file": part["file"]})))
    files = list(listed_files(part))
    return bool(files) and not any(map(is_kept, files))
