"""Decides once, for a whole public book, which words of the article it quotes; everything else of it is cut."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from copydesk.publish.article_words import LONGEST, Article
from copydesk.publish.built_texts import readings_of_data, strings, texts_of_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.release.kept_results import KeptResults

SHARE_SPENT = 0.45
"""Which share of the article's words may be quoted in longer runs; the promise is half, so a little room is left."""
HEAD = 3
"""How many words are left of a run without quoted words: too few to be joined with another beginning."""


DATA_OF_VIEW = re.compile(r'<div class="copydesk" data-copydesk="[^"]*"[^>]*>\s*<script[^>]*>(.*?)</script>', re.DOTALL)


@dataclass(frozen=True, order=True)
class Need:
    """The words of the article, by number, without which a task, or a sentence of a page, cannot be read."""

    words: tuple[int, ...]
    name: str


def choose_excerpts(article: Article, pages: Iterable[str], results: KeptResults) -> frozenset[int]:
    """Return the numbers of the words of the article that a public book quotes.

    They are in runs of at most ``LONGEST`` words with words between them that are not quoted, so what is quoted in
    different places cannot be put together. Tasks come first, those with the fewest words before others; then runs in
    other texts, the most frequent before others.
    """
    tasks: dict[str, set[int]] = {}
    runs: Counter[tuple[int, ...]] = Counter()
    for page in pages:
        found = results.answer(article.question("needs"), page, lambda text: _needs(article, text))
        for name, numbers in found["tasks"]:
            tasks.setdefault(name, set()).update(numbers)
        runs.update(tuple(numbers) for numbers in found["runs"])
    limit = int(len(article.words) * SHARE_SPENT)
    chosen: set[int] = set()
    needs = sorted(Need(tuple(sorted(words)), name) for name, words in tasks.items())
    needs.sort(key=lambda need: len(need.words))
    needs += [Need(words, "") for words, _ in sorted(runs.items(), key=lambda entry: (-entry[1], entry[0]))]
    for need in needs:
        together = chosen | set(need.words)
        if len(together) <= limit and _longest(together) <= LONGEST:
            chosen = together
    return frozenset(chosen)


def _longest(numbers: set[int]) -> int:
    """Return the length of the longest run of numbers that follow one another."""
    longest = length = 0
    last = -1
    for number in sorted(numbers):
        length = length + 1 if number == last + 1 else 1
        longest, last = max(longest, length), number
    return longest


def _needs(article: Article, page: str) -> dict[str, list[Any]]:
    """Return what a page needs: for each task its words by name, and the runs in all its texts that could be quoted."""
    tasks: list[tuple[str, list[int]]] = []
    for data in datasets(page):
        if data.get("view") != "tasks":
            continue
        for task in data["tasks"]:
            numbers = needed_words(article, task)
            if numbers:
                tasks.append((f"{data['lesson']} {data['purpose']} {task['id']}", sorted(numbers)))
    runs = [list(run.numbers) for text in texts_of_markup(page) for run in article.runs(text)]
    return {"tasks": tasks, "runs": [numbers for numbers in runs if len(numbers) <= LONGEST]}


def datasets(page: str) -> Iterator[dict[str, Any]]:
    """Yield the data of each view of a page."""
    for match in DATA_OF_VIEW.finditer(page):
        yield json.loads(match[1])


def needed_words(article: Article, task: dict[str, Any]) -> set[int]:
    """Return the numbers of the article's words in what a learner has to read of a task."""
    shown = {name: part for name, part in task.items() if name != "key"}
    named = list(strings(shown))
    numbers: set[int] = set()
    for reading in readings_of_data(named):
        texts = [text.text if number in reading and text.is_read else "" for number, text in enumerate(named)]
        for run in article.runs(texts):
            numbers.update(run.numbers)
    return numbers
