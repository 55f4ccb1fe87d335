"""What a program can find out about access: axe-core's faults, controls that are too small, what moves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """async ([selector, only]) => {
  const found = await axe.run(selector ?? document, {preload: false, ...(only ? {runOnly: only} : {})});
  return found.violations.map(({id, nodes}) => [id, nodes[0].html.slice(0, 200), nodes[0].any[0]?.message ?? ""]);
}"""
SMALL = """(least) => [...document.querySelectorAll(
  ".copydesk :is(button, select, textarea, summary, [role=button], [role=option], input:not([hidden]))"
)].filter((control) => {
  const box = (control.closest("label") ?? control).getBoundingClientRect();
  const inText = control.matches("[role=option], .cd-reading-mark"); // a word is as wide as it is
  return box.width > 0 && ((!inText && box.width < least - 0.01) || box.height < least - 0.01);
}).map((control) => control.outerHTML.slice(0, 160))"""
MOVING = """(most) => [
  ...document.getAnimations().map((animation) => `${animation.constructor.name} runs`),
  ...[...document.querySelectorAll(".copydesk, .copydesk *")].flatMap((element) => {
    const {transitionDuration, animationDuration} = getComputedStyle(element);
    const long = [transitionDuration, animationDuration].join().split(",").some((each) => parseFloat(each) > most);
    return long ? [`${element.className}: ${transitionDuration} ${animationDuration}`] : [];
  }),
]"""

CLIPPED = """() => [...document.querySelectorAll(".copydesk *")].filter((element) => {
  const style = getComputedStyle(element);
  if (!element.textContent.trim() || element.closest(".cd-sr, svg, select") || element.clientWidth === 0) return false;
  const cut = (overflow, need, has) => ["hidden", "clip"].includes(overflow) && need > has + 1;
  return cut(style.overflowX, element.scrollWidth, element.clientWidth)
    || cut(style.overflowY, element.scrollHeight, element.clientHeight);
}).map((element) => element.outerHTML.slice(0, 160))"""
UNMARKED = """() => [...document.querySelectorAll(
  ".copydesk :is(a[href], button, select, textarea, summary, input:not([type=file]), [tabindex='0'])"
)].filter((control) => control.checkVisibility({visibilityProperty: true}) && !control.disabled).filter((control) => {
  control.focus();
  if (document.activeElement !== control) return true;
  return ![control, control.closest("label"), ...control.querySelectorAll("*")].some((part) => {
    if (!part) return false;
    const {outlineStyle, outlineWidth} = getComputedStyle(part);
    return outlineStyle !== "none" && (outlineStyle === "auto" || parseFloat(outlineWidth) >= 2);
  });
}).map((control) => control.outerHTML.slice(0, 160))"""


def violations(
    page: Page, selector: str | None = None, tags: list[str] | None = None, *, rules: list[str] | None = None
) -> list[Any]:
    """Return what axe-core finds on a page or in the elements of a selector: by all its rules, by tags, or by some."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
    found: list[Any] = page.evaluate(RUN_AXE, [selector, rules or tags])
    return found


def small_controls(page: Page, least: float = 24) -> list[str]:
    """Return the controls that are smaller than a target may be (WCAG 2.5.8), with the label around them counted."""
    found: list[str] = page.evaluate(SMALL, least)
    return found


def moving_parts(page: Page, most_seconds: float = 0.01) -> list[str]:
    """Return what moves, or would move for longer than some seconds."""
    found: list[str] = page.evaluate(MOVING, most_seconds)
    return found


def clipped_texts(page: Page) -> list[str]:
    """Return the elements that hide a part of their text."""
    found: list[str] = page.evaluate(CLIPPED)
    return found


def unmarked_focus(page: Page) -> list[str]:
    """Return the controls that cannot have the focus, or that have no outline of at least 2 px when they have it."""
    found: list[str] = page.evaluate(UNMARKED)
    return found
