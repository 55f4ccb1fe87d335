"""The editions of the book: with and without the pages for instructors, with the article and with quotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.publish import build as book
from copydesk.publish.edition import Edition, listed_files

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
LEARNER, QUOTES = Edition(learner=True), Edition(article="quotes")


def staged(folder: Path, edition: Edition) -> dict[str, str]:
    """Stage the course's own book; return its pages."""
    book.stage(Course(ROOT), folder / "source", edition)
    return {
        path.relative_to(folder / "source").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((folder / "source").rglob("*.*"))
        if path.suffix in {".md", ".yml", ".js"}
    }


def test_learners_get_no_page_for_instructors(tmp_path: Path) -> None:
    """Neither a page, nor a line of the contents, nor a link is left; everything else is."""
    complete, learners = staged(tmp_path / "a", Edition()), staged(tmp_path / "b", LEARNER)
    gone = {name for name in complete if name.startswith("instructors/")}
    assert len(gone) > 5
    assert set(learners) == set(complete) - gone
    assert not any("](instructors/" in text for text in learners.values())
    pages = [set(listed_files(yaml.safe_load(pages["_toc.yml"]))) for pages in (complete, learners)]
    assert {f"{name}.md" for name in pages[0] - pages[1]} <= gone
    assert "For instructors" not in learners["_toc.yml"]


@pytest.mark.parametrize("edition", [Edition(), LEARNER, QUOTES, Edition(learner=True, article="quotes")])
def test_no_mark_of_an_edition_is_left(tmp_path: Path, edition: Edition) -> None:
    """What belongs to one edition only stands between comments, and these are gone from the staged pages."""
    pages = staged(tmp_path, edition)
    assert not any("<!-- only:" in text or "<!-- end" in text for text in pages.values())
    assert all(re.search("^# ", text, re.MULTILINE) for name, text in pages.items() if name.endswith(".md"))


def test_the_page_of_the_article_is_the_article_or_a_way_to_it(tmp_path: Path) -> None:
    """The reading pane stands on it with the whole text, or none of it but the way to get at it."""
    full, quotes = staged(tmp_path / "a", Edition())["article.md"], staged(tmp_path / "b", QUOTES)["article.md"]
    last = "fields are marked *"
    assert last in full
    assert 'data-copydesk="reading"' in full
    assert last not in quotes
    assert "How to read it in full" in quotes


def test_a_public_book_with_more_than_quotations_is_refused(tmp_path: Path) -> None:
    """The check runs in the command itself, on every file that was built."""
    text = (ROOT / "seeds" / "article.txt").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(f"<p>{text[100:300]}</p>", encoding="utf-8")
    book.require_fit(Course(ROOT), tmp_path, Edition())
    with pytest.raises(book.BookError, match=r"index\.html has \d+ words of the article in a row"):
        book.require_fit(Course(ROOT), tmp_path, QUOTES)


@pytest.mark.parametrize(
    ("options", "edition", "fresh"),
    [
        ([], Edition(article="quotes"), False),
        (["--article", "full"], Edition(article="full"), False),
        (["--learner", "--article", "quotes", "--fresh"], Edition(learner=True, article="quotes"), True),
        (["--code"], Edition(code=True, article="quotes"), False),
    ],
)
def test_the_command_passes_its_options_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], edition: Edition, *, fresh: bool
) -> None:
    """Each option of ``copydesk book`` says which book is built."""
    asked = []

    def build(_: Path, out: Path, **given: object) -> Path:
        asked.append((out, given["edition"], given["fresh"]))
        return out

    monkeypatch.setattr(book, "build", build)
    result = CliRunner().invoke(app, ["book", "--out", str(tmp_path), *options])
    assert result.exit_code == 0, result.output
    assert asked == [(tmp_path, edition, fresh)]


def test_an_unknown_edition_is_refused(tmp_path: Path) -> None:
    """A slip in the option does not publish the whole article."""
    result = CliRunner().invoke(app, ["book", "--out", str(tmp_path), "--article", "quote"])
    assert result.exit_code != 0
    assert not any(tmp_path.iterdir())
