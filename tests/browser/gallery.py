"""Takes ``docs/gallery.md``: a picture of each kind, begun and checked, light and dark, wide and narrow."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from browsing import ROOT, running_browser
from samplepage import sample_bank, show, write_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = ROOT / "docs" / "gallery"
WIDTHS = {"wide": 760, "narrow": 340}


def main() -> None:
    """Photograph every task and write the page that shows them."""
    FOLDER.mkdir(exist_ok=True)
    lines = [
        "# Gallery",
        "",
        "Each kind of task on a page without a kernel.",
        "Taken by `python tests/browser/gallery.py`.",
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
    (ROOT / "docs" / "gallery.md").write_text("\n".join(lines), encoding="utf-8")


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
