"""Measures the pages of a built book on a phone and on paper: screens, steps, words before the first task, sheets.

    copydesk book --learner --out site
    python tools/measure_pages.py site

A screen is 390 by 844 pixels. Words before the first task are those that show above it, without what is folded. Sheets
are those of A4 that a browser prints.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

from copydesk.publish.chromium import find_browser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

WIDTH, HEIGHT = 390, 844
FOLDERS = ("lessons", "exercises")
HEAD = """| page | screens in one piece | steps, with screens of each | words before the first task | sheets |
| --- | --- | --- | --- | --- |
"""
SHEET = re.compile(rb"/Type\s*/Page\b")
ALIVE = "() => !document.querySelector('[data-copydesk]:not([data-live=true])')"
WHOLE = "() => localStorage.setItem('copydesk/whole-page', 'yes')"
TALL = "() => document.documentElement.scrollHeight"
ABOVE = """() => {
  const first = document.querySelector("[data-copydesk=tasks], [data-copydesk=form]");
  if (!first) return null;
  const range = document.createRange();
  range.setStart(document.querySelector("article"), 0);
  range.setEndBefore(first);
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!range.intersectsNode(node)) continue;
    if (node.parentElement.checkVisibility() && !node.parentElement.closest(".headerlink")) text += ` ${node.data}`;
  }
  return text.match(/[\\p{L}\\p{N}][\\p{L}\\p{N}'\\u2019-]*/gu)?.length ?? 0;
}"""


class Measures(NamedTuple):
    """What was measured of a page: screens in one piece, screens of each step, words before a task, sheets."""

    name: str
    whole: float
    steps: Sequence[float]
    words: int | None
    sheets: int


def pages(site: Path) -> Iterator[Path]:
    """Yield the pages of lessons and exercises."""
    for folder in FOLDERS:
        yield from sorted((site / folder).glob("*.html"))


def measure(browser: Browser, site: Path, path: Path) -> Measures:
    """Return the measures of one page."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, has_touch=True, is_mobile=True)
    page = context.new_page()
    opened(page, path)
    steps = list(step_heights(page))
    page.evaluate(WHOLE)
    opened(page, path)
    whole = page.evaluate(TALL) / HEIGHT
    words = page.evaluate(ABOVE)
    context.close()
    page = browser.new_page()
    opened(page, path)
    sheets = len(SHEET.findall(page.pdf(prefer_css_page_size=True)))
    page.close()
    return Measures(path.relative_to(site).with_suffix("").as_posix(), whole, steps, words, sheets)


def opened(page: Page, path: Path) -> None:
    """Open a page, and wait until its views are alive."""
    page.goto(path.as_uri())
    page.wait_for_function(ALIVE)
    page.wait_for_timeout(300)


def step_heights(page: Page) -> Iterator[float]:
    """Yield how many screens each step takes; nothing where a page is not shown in steps."""
    go_on = page.get_by_role("button", name=re.compile("^Continue"))
    while True:
        if not page.locator(".cd-way").count():
            return
        yield page.evaluate(TALL) / HEIGHT
        buttons = [button for button in go_on.all() if button.is_visible()]
        if not buttons:
            return
        buttons[-1].click()
        page.wait_for_timeout(100)


def row(found: Measures) -> str:
    """Return the measures of a page as a row of a Markdown table."""
    steps = "none"
    if found.steps:
        middle = statistics.median(found.steps)
        steps = f"{len(found.steps)}: {min(found.steps):.1f} to {max(found.steps):.1f}, middle {middle:.1f}"
    words = "none" if found.words is None else found.words
    return f"| {found.name} | {found.whole:.0f} | {steps} | {words} | {found.sheets} |"


def main() -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="the folder of a built book")
    site = parser.parse_args().site.resolve()
    sys.stdout.write(HEAD)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        for path in pages(site):
            sys.stdout.write(f"{row(measure(browser, site, path))}\n")
            sys.stdout.flush()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
