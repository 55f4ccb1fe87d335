"""Fills in where the passages of a task are in the article, so that no author counts characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from copydesk.course.article import Sentence

FIELD = "passages"


def with_places(
    entry: Mapping[str, Any], before: Mapping[str, Any], article: str, sentences: Sequence[Sentence]
) -> dict[str, Any]:
    """Return a raw entry in which each new or changed passage that is a part of the article has its place.

    ``before`` is the entry as it was: passages that did not change are left as they are, whatever they say.
    """
    result = dict(entry)
    if isinstance(entry.get(FIELD), list):
        known = before.get(FIELD)
        old = known if isinstance(known, list) else []
        result[FIELD] = [part if part in old else _placed(part, article, sentences) for part in entry[FIELD]]
    twin, old_twin = entry.get("twin"), before.get("twin")
    if isinstance(twin, dict):
        result["twin"] = with_places(twin, old_twin if isinstance(old_twin, dict) else {}, article, sentences)
    return result


def _placed(passage: Any, article: str, sentences: Sequence[Sentence]) -> Any:  # noqa: ANN401
    """Return a passage with its place, or without one if it is no part of the article or is in it more than once."""
    text = passage.get("text") if isinstance(passage, dict) else None
    if not isinstance(text, str) or not text or passage.get("source"):
        return passage
    start = _place(passage, text, article, sentences)
    fields = {name: value for name, value in passage.items() if name != "start"}
    if start is None:
        return fields
    result: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "text":
            result["start"] = start
        result[name] = value
    return result


def _place(passage: Mapping[str, Any], text: str, article: str, sentences: Sequence[Sentence]) -> int | None:
    start = passage.get("start")
    if isinstance(start, int) and article[start : start + len(text)] == text:
        return start
    matches = [sentence for sentence in sentences if sentence.text == text]
    for sentence in matches:
        if sentence.id == passage.get("id"):
            return sentence.start
    if len(matches) == 1:
        return matches[0].start
    return article.index(text) if article.count(text) == 1 else None
