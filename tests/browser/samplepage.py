"""Makes a page without a kernel that shows one task of each kind, in the colours of the book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from copydesk import __version__
from copydesk.course import find_root
from copydesk.documents import read_document, validate_document
from copydesk.model.bank import Bank
from copydesk.seeds import Seeds
from copydesk.widgets.content import bank_content, hand_in_content
from copydesk.widgets.markup import view_html

BUNDLE = Path(find_root()) / "src" / "copydesk" / "static" / "copydesk.js"
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
<title>One task of each kind</title>
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
<h1>One task of each kind</h1>
<h2>Tasks</h2>
{views}
</main>
</body>
</html>
"""


def sample_bank() -> Bank:
    """Return one task of each kind."""
    bank: Bank = validate_document(read_document(Path(__file__).with_name("samples.yml")), Bank)
    return bank


def view(content: dict[str, Any], language: str = "en") -> str:
    """Return a view as the book has it."""
    bank = sample_bank()
    return view_html({"release": __version__, "language": language, "bank": bank.fingerprint(), **content})


def write_page(
    folder: Path,
    *,
    theme: str = "light",
    language: str = "en",
    direction: str = "ltr",
    graded: bool = False,
    only: str = "",
) -> Path:
    """Write the page and the bundle into a folder and return the page's path."""
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
        views.append(view(hand_in_content(bank, title="Hand in"), language))
    html = PAGE.format(
        language=language, direction=direction, theme=theme, colours=COLOURS[theme], views="\n".join(views)
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "copydesk.js").write_bytes(BUNDLE.read_bytes())
    page = folder / f"{theme}-{language}-{direction}{'-graded' if graded else ''}{only}.html"
    page.write_text(html, encoding="utf-8")
    return page


def write_views(folder: Path, views: list[str], *, theme: str) -> Path:
    """Write a page of ready-made views and the bundle into a folder and return the page's path."""
    html = PAGE.format(language="en", direction="ltr", theme=theme, colours=COLOURS[theme], views="\n".join(views))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "copydesk.js").write_bytes(BUNDLE.read_bytes())
    page = folder / "views.html"
    page.write_text(html, encoding="utf-8")
    return page
