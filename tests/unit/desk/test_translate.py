"""Pages without a script: what a translator in the browser may not change."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

import copydesk

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.desk.desk import Desk

KEPT = re.compile(r'<(\w+) translate="no">(.*?)</\1>', re.DOTALL)


def kept_words(shown: Callable[[Desk], Any]) -> str:
    """Return the words of a view that are kept from translators."""
    with patch.dict(os.environ, COPYDESK_RENDER="static"):
        html = shown(copydesk.open("02-attribution"))._repr_html_()
    return " ".join(words for _, words in KEPT.findall(html))


@pytest.mark.parametrize(
    "show",
    [lambda desk: desk.task("P3"), lambda desk: desk.passage("S04"), lambda desk: desk.worked("P1")],
    ids=["task", "passage", "worked example"],
)
def test_the_articles_words_stay(show: Callable[[Desk], Any]) -> None:
    """A passage, a task about one and a worked example keep the article's words from translators."""
    assert len(kept_words(show).split()) > 5
