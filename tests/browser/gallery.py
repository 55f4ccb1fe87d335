"""Takes ``docs/gallery.md``: each kind, begun and checked, figures and drawings; light and dark, wide and narrow."""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import ROOT, running_browser
from samplepage import sample_bank, show, write_page

import copydesk
from copydesk import figures

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = ROOT / "docs" / "gallery"
WIDTHS = {"wide": 760, "narrow": 340}


def main() -> None:
    """Photograph every task and write the page that shows them."""
    FOLDER.mkdir(exist_ok=True)
    lines = [
        "# Gallery",
        "",
        "Every kind of task, on a page without a kernel.",
        "`python tests/browser/gallery.py` takes these pictures.",
        "",
    ]
    with tempfile.TemporaryDirectory() as name, running_browser() as browser:
        for entry in sample_bank().tasks:
            lines += [f"## {entry.task.title} (`{entry.task.kind}`)", ""]
            for theme in ("light", "dark"):
                for width, pixels in WIDTHS.items():
                    path = write_page(Path(name), theme=theme, only=entry.task.id)
                    page = browser.new_page(viewport={"width": pixels, "height": 700})
                    show(page, path)
                    begin(page)
                    target = FOLDER / f"{entry.task.id}-{theme}-{width}.png"
                    page.locator(".cd-item").screenshot(path=target)
                    page.close()
                    alt = f"{entry.task.title}: {theme} and {width}"
                    lines.append(f"![{alt}](gallery/{target.name})")
            lines.append("")
        lines += _pictures(browser, Path(name))
    (ROOT / "docs" / "gallery.md").write_text("\n".join(lines), encoding="utf-8")


def _pictures(browser: Browser, folder: Path) -> list[str]:
    """Photograph figures and drawings as pages of the book show them, and return their part of the page."""
    desk = copydesk.open("05-claims", answers=folder)
    estimates, frames = desk.table("estimates"), desk.table("frames")
    people = estimates[estimates["unit"] == "people"]
    guess = figures.Guess(f"How many of these {len(people)} estimates could be right at the same time?", len(people))
    drawn = {
        "figure-estimates": figures.show(
            figures.estimates(people), alt=figures.describe_estimates(people), guess=guess
        )._repr_mimebundle_()["text/html"],
        "figure-commitment": figures.show(
            figures.commitment(frames), alt=figures.describe_commitment(frames)
        ).to_html(),
        "drawing-marks": figures.galley_marks().to_html(),
        "drawing-page": figures.found_page(desk.table("sentences")).to_html(),
        "drawing-plan": figures.town_plan().to_html(),
        **{f"drawing-view-{name}": figures.town_view(name).to_html() for name in "ABCD"},
    }
    titles = {
        "figure-estimates": "A figure that asks for a guess first",
        "figure-commitment": "A figure in two shapes",
        "drawing-marks": "Key of the editor's marks",
        "drawing-page": "The page as found",
        "drawing-plan": "Where was this filmed? The plan",
        **{f"drawing-view-{name}": f"Where was this filmed? View {name}" for name in "ABCD"},
    }
    lines = []
    for name, html in drawn.items():
        lines += [f"## {titles[name]}", ""]
        for theme in ("light", "dark"):
            # A drawing has one shape: it is shown as on a phone.
            for width in ("narrow",) if name.startswith("drawing") else WIDTHS:
                _photograph(browser, folder, html, theme=theme, width=width, name=name)
                alt = f"{titles[name]}: {theme} and {width}"
                lines.append(f"![{alt}](gallery/{name}-{theme}-{width}.png)")
        lines.append("")
    return lines


def _photograph(browser: Browser, folder: Path, html: str, *, theme: str, width: str, name: str) -> None:
    """Take a picture of what a cell of the book shows."""
    style = escape((ROOT / "src" / "copydesk" / "publish" / "book" / "_static" / "book.css").as_uri())
    path = folder / "picture.html"
    path.write_text(
        f'<!DOCTYPE html><html lang="en" data-theme="{theme}"><meta charset="utf-8"><title>{name}</title>'
        f'<link rel="stylesheet" href="{style}"><body style="margin:0"><main class="bd-content">'
        f'<div class="bd-article" style="padding:12px"><div class="cell_output">{html}</div></div></main>',
        encoding="utf-8",
    )
    page = browser.new_page(viewport={"width": WIDTHS[width] + 24, "height": 700})
    page.goto(path.as_uri())
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true; }")
    page.locator(".bd-article").screenshot(path=FOLDER / f"{name}-{theme}-{width}.png")
    page.close()


def begin(page: Page) -> None:
    """Give the most obvious first answer, so that the picture shows more than an empty form."""
    for selector in ("input[type=radio]", "input[type=checkbox]", ".cd-word", ".cd-drawer-card button"):
        control = page.locator(f".cd-item {selector}").first
        if control.count():
            control.evaluate("control => control.click()")
            break
    strike = page.get_by_role("button", name="Strike")
    if strike.count():
        strike.evaluate("control => control.click()")
    check = page.locator(".cd-item .cd-primary").first
    if check.count():
        check.evaluate("control => control.click()")
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main()
