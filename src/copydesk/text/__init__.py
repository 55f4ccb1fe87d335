"""The catalogue of interface texts, one JSON file per language, shared with the browser side."""

from __future__ import annotations

import json
import os
from functools import cache
from importlib.resources import files


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return the texts that Python shows, by key.

    Raises:
        FileNotFoundError: there is no catalogue in that language.
    """
    text = files(__package__).joinpath(f"{language}.json").read_text(encoding="utf-8")
    texts: dict[str, str] = json.loads(text)["python"]
    return texts


def language() -> str:
    """Return the language that was chosen by ``COPYDESK_LANGUAGE``, English if none was."""
    return os.environ.get("COPYDESK_LANGUAGE", "en")


def t(key: str, **values: object) -> str:
    """Return a text of the catalogue with its ``{placeholders}`` filled in."""
    return catalogue(language())[key].format(**values)
