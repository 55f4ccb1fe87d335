"""The class report in a browser: readable wide and on a phone, in light and dark, by a screen reader and on paper."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import simulate
from accessibility import violations

from copydesk.grading import grade

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script>"
OPEN_ALL = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"
TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.width > 0 && box.right > document.documentElement.clientWidth + 1;
}).map((each) => each.outerHTML.slice(0, 160))"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the report on a simulated class in which everybody's alias and text are hostile."""
    folder, out = tmp_path_factory.mktemp("submissions"), tmp_path_factory.mktemp("out")
    simulate.write_class(folder, 12)
    for path in folder.iterdir():
        data = json.loads(path.read_text(encoding="utf-8"))
        data["learner"]["alias"] += HOSTILE[: 80 - len(data["learner"]["alias"])]
        for answer in data["answers"].values():
            answer["reason"] = HOSTILE
        path.write_text(json.dumps(data), encoding="utf-8")
    grade([folder], out, banks=simulate.banks(), practice=simulate.practice())
    return (out / "report.html").as_uri()


def opened(page: Page, report: str) -> None:
    """Open the report with everything unfolded."""
    page.goto(report)
    page.evaluate(OPEN_ALL)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 360])
def test_the_report_is_accessible(page: Page, report: str, width: int, scheme: str) -> None:
    """No fault is found by axe, and nothing is wider than the window, with every part unfolded."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page, report)
    assert violations(page) == []
    assert page.evaluate(TOO_WIDE) == []


def test_nothing_in_the_report_runs_or_loads(page: Page, report: str) -> None:
    """No dialog opens, nothing is requested but the page itself, and no hostile text is there."""
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    opened(page, report)
    assert [url for url in requested if not url.startswith("data:")] == [report]
    assert "onerror" not in page.content()
    assert page.locator("script").count() == 0


def test_bars_stand_over_the_words(page: Page, report: str) -> None:
    """Each word of a strip has a bar above it, as high as the share of the class that marked it."""
    opened(page, report)
    heights = page.locator(".strip > span").evaluate_all(
        "(words) => words.map((word) => [getComputedStyle(word).getPropertyValue('--share'),"
        " parseFloat(getComputedStyle(word, '::before').height)])"
    )
    assert len(heights) > 30
    assert any(height > 10 for _, height in heights)
    assert all(height == pytest.approx(20 * float(share), abs=0.5) for share, height in heights)


def test_the_report_prints_whole(page: Page, report: str) -> None:
    """On paper the folded parts are there too."""
    page.goto(report)
    page.emulate_media(media="print")
    assert page.locator("details[open]").count() == 0
    assert page.locator(".strip").first.evaluate("(strip) => strip.getBoundingClientRect().height") > 20
