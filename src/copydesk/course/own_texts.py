"""Compares a course's own catalogues of interface texts, ``texts/*.json``, with the English texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from copydesk.course.documents import Problem
from copydesk.text import COURSE_TEXTS, DEFAULT, PARTS, t, texts_of
from copydesk.text.fitting import misfits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def own_text_problems(root: Path) -> Iterator[Problem]:
    """Yield the texts of a course's own catalogues that aren't used, because they don't fit."""
    for path in sorted((root / COURSE_TEXTS).glob("*.json")):
        name = f"{COURSE_TEXTS}/{path.name}"
        try:
            catalogue = json.loads(path.read_text(encoding="utf-8"))
            parts = {part: catalogue.get(part, {}).items() for part in PARTS}
        except (OSError, ValueError, AttributeError):
            yield Problem(name, 0, "", t("own_texts.not_json"), t("own_texts.not_json.remedy"))
            continue
        for part, texts in parts.items():
            for key, text in texts:
                for reason, values in _reasons(part, key, text, path.stem):
                    problem = t(f"text_table.{reason}", **values)
                    yield Problem(name, 0, f"{part}: {key}", problem, t(f"text_table.{reason}.remedy", **values))


def _reasons(part: str, key: str, text: object, language: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield why a text isn't used, with the values for its message."""
    english = texts_of(DEFAULT)[part].get(key)
    if english is None:
        yield "unknown_key", {}
        return
    for misfit in misfits(english, text, language):
        yield misfit.reason, misfit.values


__all__ = ["own_text_problems"]
