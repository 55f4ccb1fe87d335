"""Makes pages without a kernel, of one task of each kind or of ready-made views, in the colours of the book."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from browsing import expect

import copydesk
from copydesk.course.bank import Bank
from copydesk.course.documents import read_document, validate_document
from copydesk.course.seeds import Seeds
from copydesk.course.settings import find_root
from copydesk.views.content import bank_content, submission_content
from copydesk.views.html import view_html

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPTS = Path(copydesk.__file__).parent / "static"
COLOURS = {
    "light": "--pst-color-text-base:#222832;--pst-color-background:#fffdf8;--pst-color-primary:#0b5a8a",
    "dark": "--pst-color-text-base:#e6e4df;--pst-color-background:#16181c;--pst-color-primary:#8ec5ff;"
    "color-scheme:dark",
}
PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}" data-theme="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Views</title>
<style>
html {{ {colours} }}
body {{ margin: 0; background: var(--pst-color-background); color: var(--pst-color-text-base) }}
body {{ font-family: system-ui, sans-serif }}
main {{ max-width: 46rem; margin: auto; padding: 1rem }}
</style>
<script src="copydesk.js"></script>
</head>
<body>
<main>
<h1>Views</h1>
<h2>One below the other</h2>
{views}
</main>
</body>
</html>
"""


def sample_bank() -> Bank:
    """Return one task of each kind."""
    bank: Bank = validate_document(read_document(Path(__file__).with_name("samples.yml")), Bank)
    return bank


def whole(content: dict[str, Any], language: str = "en") -> dict[str, Any]:
    """Return the content of a view with what a desk adds to it."""
    bank = sample_bank()
    return {"release": copydesk.__version__, "language": language, "bank": bank.fingerprint(), **content}


def sample_content(task_id: str) -> dict[str, Any]:
    """Return the content of a view that shows one task of the samples."""
    bank, seeds = sample_bank(), Seeds(find_root())
    entry = bank[task_id]
    cards = {name: seeds.card(name) for name in entry.task.cards}
    return bank_content(bank, [entry], cards, title=entry.task.title)


def view(content: dict[str, Any], language: str = "en") -> str:
    """Return a view as the book has it."""
    return view_html(whole(content, language))


def write_page(
    folder: Path,
    *,
    theme: str = "light",
    language: str = "en",
    direction: str = "ltr",
    graded: bool = False,
    only: str = "",
) -> Path:
    """Write the page of all tasks, or of only one, into a folder and return its path."""
    bank = sample_bank()
    seeds = Seeds(find_root())
    if graded:
        bank = bank.without_keys().model_copy(update={"purpose": "graded"})
    views = []
    for entry in bank.tasks:
        if only in {"", entry.task.id}:
            cards = {name: seeds.card(name) for name in entry.task.cards}
            views.append(view(bank_content(bank, [entry], cards, title=entry.task.title), language))
    if not only:
        views.append(view(submission_content(bank, title="Submit"), language))
    name = f"{theme}-{language}-{direction}{'-graded' if graded else ''}{only}.html"
    return write_views(folder / name, views, theme=theme, language=language, direction=direction)


def write_views(
    page: Path, views: list[str], *, theme: str = "light", language: str = "en", direction: str = "ltr"
) -> Path:
    """Write a page of ready-made views, and the scripts beside it, and return the page's path."""
    html = PAGE.format(
        language=language, direction=direction, theme=theme, colours=COLOURS[theme], views="\n".join(views)
    )
    page.parent.mkdir(parents=True, exist_ok=True)
    for script in SCRIPTS.glob("*.js"):
        (page.parent / script.name).write_bytes(script.read_bytes())
    page.write_text(html, encoding="utf-8")
    return page


def show(page: Page, path: Path) -> None:
    """Open a page and wait until each of its views is alive."""
    page.goto(path.as_uri())
    wait_until_alive(page)


def wait_until_alive(page: Page) -> None:
    """Wait until no view of a page is still the document that needs no script."""
    expect(page.locator("[data-copydesk]:visible").first).to_be_visible()
    expect(page.locator("[data-copydesk] > .copydesk-static")).to_have_count(0)
