"""Finds turns of phrase that sound translated, from the list in ``phrases.txt``."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from copydesk.checks.extraction import remove_quotations
from copydesk.course.documents import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.checking import Fault


class Phrase(NamedTuple):
    """A turn of phrase, and what people say instead."""

    pattern: re.Pattern[str]
    instead: str


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return the list, in its order."""
    text = resources.files("copydesk.checks").joinpath("phrases.txt").read_text(encoding="utf-8")
    found = []
    for line in lines_of(text):
        pattern, _, instead = line.partition(" => ")
        found.append(Phrase(re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE), instead))
    return tuple(found)


def phrase_faults(text: str) -> Iterator[Fault]:
    """Yield each listed turn of phrase that a text uses outside its quotations."""
    bare = remove_quotations(text)
    for phrase in phrases():
        for found in phrase.pattern.finditer(bare):
            yield f"“{' '.join(found[0].split())}” sounds translated", f"Say it as people say it: {phrase.instead}"
