"""Seals the places in the article that the data of views have: numbers by which a script could put pieces together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk.publish.article_words import Article

SEALED = "sealed"
"""The field with a sealed place; the numbers that it stands for are in ``start`` and ``end``."""
ROOM = 10_000
"""How far the sentences of a corrected copy are apart in the numbers that stand for their places."""


def seal_places(article: Article, data: Any, *, sign: str) -> Any:  # noqa: ANN401  (plain JSON)
    """Return the data of a view without places in the article; with the article, ``_static/article.js`` opens them.

    ``sign`` begins a cut. A corrected copy needs to know which sentence a passage is in, so its numbers still say that.
    """
    sentences = data["copy"]["sentences"] if isinstance(data, dict) and "copy" in data else []
    return _sealed(article, data, sentences, sign)


def _sealed(article: Article, data: Any, sentences: list[Any], sign: str) -> Any:  # noqa: ANN401  (plain JSON)
    if isinstance(data, list):
        return [_sealed(article, part, sentences, sign) for part in data]
    if not isinstance(data, dict):
        return data
    sealed = {name: _sealed(article, part, sentences, sign) for name, part in data.items()}
    start = data.get("start")
    if type(start) is int:
        end = data.get("end", start)
        sealed[SEALED] = article.sealed_place(start, end)
        sealed["start"] = _stand_in(start, sentences)
        if "end" in data:
            text = data.get("text", "")
            is_whole = len(text) == end - start and sign not in text
            sealed["end"] = sealed["start"] + (len(text) if is_whole else ROOM - 1)
    return sealed


def _stand_in(start: int, sentences: list[Any]) -> int:
    """Return a number that says which sentence a place is in, and no more."""
    for number, sentence in enumerate(sentences):
        if sentence["start"] <= start < sentence["end"]:
            return number * ROOM + int(start > sentence["start"])
    return 0
