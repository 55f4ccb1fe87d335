"""Measures how much of the article a finished site and its PDF have, and refuses more than a public site may have."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from copydesk.publish.article_words import LONGEST, Article
from copydesk.publish.built_texts import texts_of
from copydesk.release.kept_results import KeptResults
from copydesk.release.leaks import TEXT_FILES
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HALF = 0.5


@dataclass
class Share:
    """How many of the article's words are in runs of at least ``LEAST``, and the longest run, with its file."""

    article: Article
    longest: int = 0
    file: str = ""
    words: set[int] = field(default_factory=set)

    @property
    def share(self) -> float:
        """The share of the article's words that are in a run anywhere: what is there twice counts once."""
        return len(self.words) / len(self.article.words)

    def add(self, runs: Iterable[tuple[int, int]], file: str) -> None:
        """Add runs of a file: each has the number of its first word in the article, and how many words it has."""
        for first, length in runs:
            self.words.update(range(first, first + length))
            if length > self.longest:
                self.longest, self.file = length, file

    def add_text(self, text: str, file: str) -> None:
        """Add the runs in a text of a file."""
        self.add(((run.first, len(run.words)) for run in self.article.runs([text])), file)

    def faults(self) -> list[str]:
        """Return what is wrong with this for a public site."""
        faults: list[str] = []
        if self.longest > LONGEST:
            faults.append(t("quotations.too_long", file=self.file, count=self.longest, most=LONGEST))
        if self.share > HALF:
            faults.append(t("quotations.too_much", share=f"{self.share:.0%}"))
        return faults


def article_share(article: Article, folder: Path, results: KeptResults | None = None) -> Share:
    """Return how much of an article can be read in the files of a folder.

    A word of the article counts if it is anywhere in a run, in or out of quotation marks, in pages, alternative texts,
    data for the browser, SVG pictures, scripts and downloads: what someone could take together from all files.
    """
    results = results or KeptResults()
    share = Share(article)
    for path in sorted(folder.rglob("*")):
        if path.suffix in TEXT_FILES and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            runs = results.answer(article.question(f"runs {path.suffix}"), text, partial(_runs, article, path.suffix))
            share.add(map(tuple, runs), path.relative_to(folder).as_posix())
    return share


def _runs(article: Article, suffix: str, raw: str) -> list[list[int]]:
    """Return the runs that a file shares with the article: for each, its first word there and its number of words."""
    runs = {(run.first, len(run.words)) for text in texts_of(raw, suffix) for run in article.runs(text)}
    return [list(run) for run in sorted(runs)]
