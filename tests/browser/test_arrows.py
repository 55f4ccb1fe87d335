"""The source map: drawn by touch, mouse and keyboard, and laid beside the reference map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from accessibility import clipped_texts, violations
from kindsteps import by_keyboard, item, press, wait_until_stored
from labsteps import tab_to
from playwright.sync_api import expect
from samplepage import show, write_page
from viewsteps import draw_two_copies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
LEAST = 44
SIZES = """(task) => [...task.querySelectorAll(".cd-map-frame .cd-map-node > rect, .cd-map-bar button")]
  .map((one) => one.getBoundingClientRect()).filter(({width}) => width > 0)
  .map(({width, height}) => Math.min(width, height))"""
BESIDE_ARROW = """(path, off) => {
  const middle = path.getPointAtLength(path.getTotalLength() / 2);
  const at = new DOMPoint(middle.x, middle.y).matrixTransform(path.getScreenCTM());
  return [at.x + off, at.y];
}"""
PLACES = """(map) => [...map.querySelectorAll("[data-node]")]
  .map((node) => [node.dataset.node, node.getAttribute("transform")])"""
TOLD = "From Ferry office to …?"


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def device(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Return a page of a phone that is touched, or of a desk with a mouse; an error on it fails the test."""
    context = browser.new_context(**request.param)
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def tap(page: Page, node: str) -> None:
    """Tap a node of the map that is drawn, with a finger where there is one, else with the mouse."""
    box = item(page, "G1").locator(f".cd-map-frame [data-node='{node}']")
    box.evaluate("(box) => box.scrollIntoView({block: 'center'})")
    if page.evaluate("() => matchMedia('(pointer: coarse)').matches"):
        box.tap()
    else:
        box.click()


def links_of(page: Page) -> list[tuple[str, str, str | None]]:
    """Return the links that the page keeps, each with its relation."""
    edges = wait_until_stored(page, "G1")["response"]["edges"]
    return [(edge["source"], edge["target"], edge["relation"]) for edge in edges]


def opened(page: Page, folder: Path) -> Locator:
    """Show the task and return it."""
    show(page, write_page(folder, only="G1"))
    return item(page, "G1")


def test_two_taps_draw_an_arrow_and_its_relation_is_asked(device: Page, tmp_path: Path) -> None:
    """Two taps draw an arrow that the list has, too; between them the map says what comes next; then it asks how."""
    task = opened(device, tmp_path)
    tap(device, "office")
    expect(task.locator(".cd-map-state")).to_contain_text(TOLD)
    expect(task.locator("[data-from]")).to_have_attribute("data-node", "office")
    tap(device, "radio")
    expect(task.locator("[data-from]")).to_have_count(0)
    expect(task.locator(".cd-map-frame .cd-map-link")).to_have_count(1)
    expect(task.locator(".cd-link-row")).to_contain_text("Ferry office→ to Radio Northport")
    assert links_of(device) == [("office", "radio", None)]
    task.locator(".cd-map-bar").get_by_role("button", name="is reported by").click()
    assert links_of(device) == [("office", "radio", "reports")]
    expect(task.locator(".cd-link-row select")).to_have_value("reports")


def test_a_begun_link_is_left(device: Page, tmp_path: Path) -> None:
    """Escape, a second tap on the same node, and a button each leave a link that was begun, and nothing is drawn."""
    task = opened(device, tmp_path)
    for leave in (
        lambda: device.keyboard.press("Escape"),
        lambda: tap(device, "office"),
        lambda: task.get_by_role("button", name="Cancel").click(),
    ):
        tap(device, "office")
        expect(task.locator("[data-from]")).to_have_count(1)
        leave()
        expect(task.locator("[data-from]")).to_have_count(0)
    expect(task.locator(".cd-link-row")).to_have_count(0)


def test_a_tapped_arrow_goes_and_comes_back(device: Page, tmp_path: Path) -> None:
    """A tap up to 20 px beside an arrow takes it away, and Undo brings it back, with its relation."""
    task = opened(device, tmp_path)
    tap(device, "office")
    tap(device, "radio")
    task.locator(".cd-map-bar").get_by_role("button", name="is reworded by").click()
    device.wait_for_timeout(400)
    arrow = task.locator(".cd-map-frame .cd-map-link")
    arrow.evaluate("(arrow) => arrow.scrollIntoView({block: 'center'})")
    x, y = arrow.evaluate(BESIDE_ARROW, 20)
    if device.evaluate("() => matchMedia('(pointer: coarse)').matches"):
        device.touchscreen.tap(x, y)
    else:
        device.mouse.click(x, y)
    expect(arrow).to_have_count(0)
    assert links_of(device) == []
    task.get_by_role("button", name="Undo").click()
    expect(arrow).to_have_count(1)
    assert links_of(device) == [("office", "radio", "reworded")]


def test_targets_are_large_and_the_map_fits(device: Page, tmp_path: Path) -> None:
    """Nodes and buttons of the map are at least 44 px, begun and drawn, and nothing is wider than the window."""
    task = opened(device, tmp_path)
    assert min(task.evaluate(SIZES)) >= LEAST
    for source, target in (("office", "radio"), ("radio", "paper"), ("copy", "paper"), ("unknown", "paper")):
        tap(device, source)
        assert min(task.evaluate(SIZES)) >= LEAST
        tap(device, target)
    device.wait_for_timeout(400)
    assert min(task.evaluate(SIZES)) >= LEAST
    box = task.locator(".cd-map-frame .cd-map-box")
    assert box.evaluate("(box) => box.scrollWidth <= box.clientWidth")
    assert device.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_lists_and_taps_are_one_answer(page: Page, tmp_path: Path) -> None:
    """A link from the lists is drawn on the map and can be undone there; a relation is changed in the list by key."""
    task = opened(page, tmp_path)
    by_keyboard(page, "G1")
    expect(task.locator(".cd-map-frame .cd-map-link")).to_have_count(1)
    relation = task.locator(".cd-link-row select")
    tab_to(page, relation, limit=20)
    press(page, "ArrowUp")
    expect(relation).to_be_focused()
    assert links_of(page)[0][2] == "reports"
    for _ in range(2):
        task.get_by_role("button", name="Undo").click()
    expect(task.locator(".cd-link-row")).to_have_count(0)
    assert links_of(page) == []


def test_the_reference_map_stands_beside_ones_own(device: Page, tmp_path: Path) -> None:
    """After a check both maps stand in one layout, side by side at a desk and stacked on a phone, without a cross."""
    task = opened(device, tmp_path)
    draw_two_copies(task)
    expect(task.locator(".cd-result-said")).to_contain_text("1 of the 3 links")
    mine, theirs = (task.locator(".cd-map-pair .cd-map").nth(place) for place in range(2))
    assert mine.evaluate(PLACES) == theirs.evaluate(PLACES)
    first, second = mine.bounding_box(), theirs.bounding_box()
    assert first
    assert second
    is_phone = device.viewport_size == PHONE["viewport"]
    assert (second["y"] > first["y"] + first["height"]) if is_phone else (second["y"] == first["y"])
    for drawn, words in (
        (mine, "A copying site to The Northport Paper"),
        (theirs, "unknown link to The Northport Paper"),
    ):
        expect(drawn).to_have_attribute("aria-label", re.compile(words))
    expect(task.locator(".cd-arrows-report .cd-wrong")).to_have_count(0)
    patterns = [
        task.locator(f".cd-map-pair .cd-map-link[data-look={look}]").first.evaluate(
            "(l) => getComputedStyle(l).strokeDasharray"
        )
        for look in ("both", "mine", "theirs")
    ]
    assert len(set(patterns)) == len(patterns)


def test_what_needs_no_word_is_folded(page: Page, tmp_path: Path) -> None:
    """Link by link what differs is told in the open, and what is right waits in a fold."""
    task = opened(page, tmp_path)
    draw_two_copies(task)
    open_rows = task.locator(".cd-link-told > .cd-remark-list > li")
    expect(open_rows).to_have_count(3)
    expect(open_rows.first).to_contain_text("Only on your map")
    fold = task.locator(".cd-remark-fold", has_text="on both maps")
    expect(fold.locator("li")).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.locator("li")).to_contain_text("The paper quotes the radio.")


def test_sources_are_counted_on_both_maps(page: Page, tmp_path: Path) -> None:
    """Independent sources are counted on one's own map and on the reference map, and the count says on which."""
    task = opened(page, tmp_path)
    draw_two_copies(task)
    count = task.locator(".cd-merge")
    expect(count).to_contain_text("on your map: 2")
    expect(count).to_contain_text("on the reference map: 2")
    count.get_by_role("button").click()
    expect(count).to_contain_text("on your map: 1")
    expect(count).to_contain_text("on the reference map: 1")


def test_the_check_stays_under_the_finger(device: Page, tmp_path: Path) -> None:
    """When the map above gives way to the result, the button stays where it was, as far as the page can scroll."""
    task = opened(device, tmp_path)
    draw_two_copies(task)
    again = task.get_by_role("button", name="Try again")
    box = again.bounding_box()
    assert box
    assert 0 <= box["y"] < device.evaluate("() => innerHeight")
    expect(task.locator(".cd-result-said")).to_be_in_viewport()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_narrow_and_large_text_cut_nothing(page: Page, tmp_path: Path, direction: str) -> None:
    """At 320 px, and with text of 200 %, nothing is cut and the page does not scroll sideways, before and after."""
    page.set_viewport_size({"width": 320, "height": 800})
    show(page, write_page(tmp_path, only="G1", direction=direction))
    task = item(page, "G1")
    for size in ("100%", "200%"):
        page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
        for step in (lambda: None, lambda: draw_two_copies(task)):
            step()
            page.wait_for_timeout(200)
            assert clipped_texts(page) == []
            assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
        task.get_by_role("button", name="Try again").click()
        for _ in range(2):
            task.get_by_role("button", name="Remove").first.click()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_between_the_taps(page: Page, tmp_path: Path, theme: str) -> None:
    """Axe finds no fault while a link is begun, once it is drawn, and beside the reference map."""
    show(page, write_page(tmp_path, only="G1", theme=theme))
    tap(page, "office")
    assert violations(page) == []
    tap(page, "radio")
    assert violations(page) == []
    item(page, "G1").get_by_role("button", name="Check", exact=True).click()
    assert violations(page) == []


def test_print_shows_the_map_and_no_button(page: Page, tmp_path: Path) -> None:
    """On paper the maps, their words and the reasons in the fold stand there, and no control of the map."""
    task = opened(page, tmp_path)
    page.emulate_media(media="print")
    for control in (".cd-map-bar", ".cd-link-form", ".cd-map-how"):
        expect(task.locator(control)).to_be_hidden()
    expect(task.locator(".cd-map").first).to_be_visible()
    page.emulate_media(media="screen")
    draw_two_copies(task)
    page.emulate_media(media="print")
    expect(task.locator(".cd-merge").get_by_role("button")).to_be_hidden()
    expect(task.get_by_text("The paper quotes the radio.")).to_be_visible()
