"""The module in pages of somebody else: MyST's own renderer and widget class draw it, without a kernel."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from accessibility import violations
from browsing import served, without_complaints
from kindsteps import TASKS, by_keyboard, by_pointer, check, item, mark_source_and_cue, press, stored, wait_until_stored
from labsteps import tab_to
from mystpage import WHOLE_MODULE, contents, nodes_of, write_myst_page
from playwright.sync_api import expect
from samplepage import COLOURS, sample_bank, sample_content, show, whole, write_page

from copydesk.answers.file import AnswerFile
from copydesk.course.settings import find_root
from copydesk.views.content import submission_content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, Route

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "where-it-runs.md"
LOOK = """(button) => {
  const {backgroundColor, color, borderRadius, fontSize, fontWeight, padding, height} = getComputedStyle(button);
  return [backgroundColor, color, borderRadius, fontSize, fontWeight, padding, height];
}"""
MOUNT_LATE = """async (content) => {
  const {default: widget} = await import("./copydesk.mjs");
  const el = document.createElement("div");
  widget.render({model: {get: (name) => ({content})[name], set() {}, on() {}}, el});
  await new Promise((resolve) => setTimeout(resolve, 50));
  const host = document.querySelector("h2");
  host.attachShadow({mode: "open"}).append(el);
}"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve a folder for a site of somebody else; yield its address."""
    with served(tmp_path) as address:
        yield address


@pytest.fixture
def site(page: Page) -> Iterator[Page]:
    """Return a page whose browser must have nothing to complain about."""
    with without_complaints(page):
        yield page


def real_tasks() -> list[dict[str, Any]]:
    """Return the progress of lesson 02, a choice, spans and a sort of it, and a verdict of lesson 06."""
    tasks = [contents("02-attribution", lambda desk, name=name: desk.task(name)) for name in ("R1", "P2", "P4")]
    verdict = contents("06-verification", lambda desk: desk.task("P1"))
    return [*contents("02-attribution", lambda desk: desk.progress()), *chain(*tasks), *verdict]


def answer_real_tasks(page: Page) -> None:
    """Answer the choice, the spans, the sort and the verdict with a pointer, and check each."""
    choice, spans, sort, verdict = (section(page, title) for title in TITLES)
    choice.get_by_role("radio", name="Look for the same story").check()
    choice.get_by_role("button", name="Check").click()
    mark_source_and_cue(spans)
    for row in sort.get_by_role("radiogroup").all():
        row.get_by_role("radio").first.check()
    sort.get_by_role("button", name="Check").click()
    verdict.get_by_role("checkbox").first.check()
    verdict.get_by_role("radio", name="Supported").first.check()
    verdict.get_by_role("button", name="Check").click()


def progress(done: int) -> str:
    """Return what the progress of lesson 02 says when so many of its tasks are done."""
    (shown,) = contents("02-attribution", lambda desk: desk.progress())
    return f"{done} of {len(shown['required'])} complete"


TITLES = ("The first move", "One half is done for you", "Swap the verb", "The warrant")


def section(page: Page, title: str) -> Locator:
    """Return the section of a task by its title."""
    return page.locator(".cd-item", has=page.get_by_role("heading", name=title))


def expect_answered(page: Page) -> None:
    """Fail unless the four tasks are checked and explained, and the progress counts the three of lesson 02."""
    for title in TITLES:
        expect(section(page, title).get_by_role("button", name="Try again")).to_be_visible()
        expect(section(page, title)).to_contain_text("one careful reading")
    expect(section(page, TITLES[0])).to_contain_text("is lateral reading")
    expect(page.locator(".cd-progress-view")).to_contain_text(progress(3))


def test_real_tasks_are_answered_checked_and_kept(site: Page, address: str, tmp_path: Path) -> None:
    """Tasks of four kinds are answered, checked and explained in MyST's widgets, counted, and there after a reload."""
    write_myst_page(tmp_path, nodes_of(real_tasks(), WHOLE_MODULE))
    site.goto(address)
    answer_real_tasks(site)
    expect_answered(site)
    site.reload()
    expect_answered(site)


def test_going_to_another_page_of_the_site_and_back(site: Page, address: str, tmp_path: Path) -> None:
    """A site that draws its next page without loading it takes the widgets away, and draws them again as they were."""
    nodes = nodes_of(real_tasks(), WHOLE_MODULE)
    write_myst_page(tmp_path, nodes)
    site.goto(address)
    answer_real_tasks(site)
    site.evaluate("showWidgets([])")
    expect(site.locator(".copydesk")).to_have_count(0)
    site.evaluate("(nodes) => showWidgets(nodes)", nodes)
    expect_answered(site)
    expect(site.get_by_role("button", name="Download answers")).to_have_count(2)  # one for each lesson


def test_each_lesson_has_one_bar_and_it_stays(site: Page, address: str, tmp_path: Path) -> None:
    """The bar stands at the first view of a lesson, and at the next one when a page takes the first away."""
    nodes = nodes_of(real_tasks()[:3], WHOLE_MODULE)
    write_myst_page(tmp_path, nodes)
    site.goto(address)
    bar = site.locator(".cd-bar")
    for first in range(3):
        expect(bar).to_have_count(1)
        expect(site.locator(".copydesk").first.locator(".cd-bar")).to_be_visible()
        site.evaluate("(nodes) => showWidgets(nodes)", nodes[first + 1 :])


def test_a_site_that_draws_twice_before_the_module_is_there(site: Page, address: str, tmp_path: Path) -> None:
    """Where a page is drawn again while our module loads, MyST draws each view twice: one is seen, and one bar."""
    nodes = nodes_of(real_tasks()[:3], WHOLE_MODULE)
    write_myst_page(tmp_path, [])
    site.goto(address)
    held: list[Route] = []
    site.route("**/copydesk.mjs", lambda route: held.append(route))  # noqa: PLW0108  (Playwright wants a function)
    for _ in range(2):
        site.evaluate("(nodes) => showWidgets(nodes)", nodes)
        site.wait_for_timeout(100)
    for route in held:
        route.continue_()
    answer = site.get_by_role("radio", name="Look for the same story")
    answer.check()
    expect(site.locator(".cd-progress-view")).to_contain_text(progress(1))
    expect(site.locator(".copydesk")).to_have_count(3)
    expect(site.locator(".copydesk").first.locator(".cd-bar")).to_be_visible()
    expect(site.locator(".cd-bar")).to_have_count(1)


def test_every_other_view_is_drawn(site: Page, address: str, tmp_path: Path) -> None:
    """The reading pane, the form, one's own article, the calendar and the picture of judgements are drawn too."""
    views = [
        *contents("00-start", lambda desk: desk.form("opening")),
        *contents("02-attribution", lambda desk: desk.read(), lambda desk: desk.reliability()),
        *contents("07-transfer", lambda desk: desk.own_article(), lambda desk: desk.calendar()),
    ]
    write_myst_page(tmp_path, nodes_of(views, WHOLE_MODULE))
    site.goto(address)
    for name in (".cd-form", ".cd-reading", ".cd-reliability", ".cd-own", ".cd-calendar"):
        expect(site.locator(name).first).to_be_visible()
    assert violations(site) == []


@pytest.mark.parametrize("task_id", TASKS)
def test_every_kind_by_keyboard_in_a_shadow_root(site: Page, address: str, tmp_path: Path, task_id: str) -> None:
    """Each kind is answered and saved with the keyboard alone where MyST draws it, and is there after a reload."""
    write_myst_page(tmp_path, nodes_of([whole(sample_content(task_id))]))
    site.goto(address)
    task = item(site, task_id)
    by_keyboard(site, task_id)
    button = task.get_by_role("button", name="Check")
    if button.count():
        tab_to(site, button, limit=60)
        press(site, "Enter")
        expect(task.get_by_role("button", name="Try again")).to_be_focused()
    before = wait_until_stored(site, task_id)
    site.reload()
    if button.count():
        expect(task.get_by_role("button", name="Try again")).to_be_visible()
    assert stored(site)[task_id]["response"] == before["response"]


@pytest.mark.parametrize("theme", COLOURS)
def test_the_look_is_ours_and_the_colours_are_the_sites(page: Page, address: str, tmp_path: Path, theme: str) -> None:
    """A button has the same form as in the book, on the paper of MyST's theme, light and dark; axe finds nothing."""
    show(page, write_page(tmp_path / "book", theme=theme, only="A1"))
    book = item(page, "A1").get_by_role("button", name="Check").evaluate(LOOK)
    write_myst_page(tmp_path, nodes_of([whole(sample_content(task_id)) for task_id in TASKS]), theme=theme)
    page.goto(address)
    button = item(page, "A1").get_by_role("button", name="Check")
    expect(button).to_be_visible()
    assert button.evaluate(LOOK)[2:] == book[2:]
    paper = "(element) => getComputedStyle(element).backgroundColor"
    assert page.locator(".copydesk").first.evaluate(paper) == page.locator("body").evaluate(paper)
    assert page.evaluate("document.adoptedStyleSheets.length") == 0, "our style is not in a page of somebody else"
    assert violations(page) == []
    for task_id in TASKS:
        by_pointer(page, task_id)
        check(page, task_id)
    assert violations(page) == []


def test_a_host_that_shows_its_element_later(page: Page, address: str, tmp_path: Path) -> None:
    """A view that is drawn before its host puts it into a shadow root has its style there."""
    write_myst_page(tmp_path, [])
    page.goto(address)
    page.evaluate(MOUNT_LATE, whole(sample_content("A1")))
    assert page.locator(".cd-sr").first.evaluate("(element) => getComputedStyle(element).position") == "absolute"


def test_answers_go_out_as_a_file_and_in_elsewhere(site: Page, browser: Browser, address: str, tmp_path: Path) -> None:
    """The submission of a page is the answer file that grading reads, and another browser takes it in by the bar."""
    submission = submission_content(sample_bank(), title="Submit")
    write_myst_page(tmp_path, nodes_of([whole(sample_content("A1")), whole(submission)], WHOLE_MODULE))
    site.goto(address)
    item(site, "A1").get_by_role("radio").first.check()
    form = site.locator(".cd-submission-form")
    form.get_by_role("textbox").fill("Ada Example")
    form.get_by_role("button").click()
    question = site.get_by_role("alertdialog")
    with site.expect_download() as download:
        question.get_by_role("button", name="Submit anyway").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    handed_in = AnswerFile.model_validate(json.loads(file.read_text(encoding="utf-8")))
    assert (handed_in.learner.alias, set(handed_in.answers)) == ("Ada Example", {"A1"})
    with new_page(browser) as elsewhere:
        elsewhere.goto(address)
        expect(item(elsewhere, "A1").locator("input:checked")).to_have_count(0)
        elsewhere.locator(".cd-bar input[type=file]").set_input_files(file)
        expect(item(elsewhere, "A1").locator("input:checked")).to_have_count(1)


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """Return a page of another browser, which has no answers yet."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_an_author_who_forgot_the_content_is_told(page: Page, address: str, tmp_path: Path) -> None:
    """A directive without content shows, where MyST shows errors, what is missing and where it says how."""
    write_myst_page(tmp_path, [{"type": "anywidget", "key": "0", "esm": "./copydesk.mjs", "model": {}}])
    page.goto(address)
    page.get_by_text("Failed to load").click()
    expect(page.get_by_text("docs/where-it-runs.md").first).to_be_visible()


def test_an_author_who_took_the_wrong_module_is_told(page: Page, address: str, tmp_path: Path) -> None:
    """The module for tasks shows no other view, and says so where MyST shows errors; the tasks beside it work."""
    shown = contents("02-attribution", lambda desk: desk.progress(), lambda desk: desk.task("R1"))
    write_myst_page(tmp_path, nodes_of(shown))
    page.goto(address)
    page.get_by_text("Failed to load").click()
    expect(page.get_by_text("shows tasks only").first).to_be_visible()
    page.get_by_role("radio", name="Look for the same story").check()


def test_the_guide_makes_a_page(
    site: Page, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the code in the guide writes and prints is a module and a directive that MyST's widget shows as a task."""
    part = GUIDE.read_text(encoding="utf-8").partition("## On MyST pages")[2]
    code = part.split("```python\n")[1].split("\n```\n")[0]
    monkeypatch.setenv("COPYDESK_RENDER", "")  # and put back what the code sets
    monkeypatch.setenv("COPYDESK_COURSE", str(find_root()))
    monkeypatch.chdir(tmp_path)
    exec(code, {})  # noqa: S102  (our own guide)
    opening, model, closing = capsys.readouterr().out.splitlines()
    assert (opening, closing) == ("```{anywidget} copydesk.mjs", "```")
    written = (tmp_path / "copydesk.mjs").read_bytes()
    write_myst_page(tmp_path, [{"type": "anywidget", "key": "0", "esm": "./copydesk.mjs", "model": json.loads(model)}])
    (tmp_path / "copydesk.mjs").write_bytes(written)
    site.goto(address)
    site.get_by_role("radio", name="Look for the same story").check()
    site.get_by_role("button", name="Check").click()
    expect(site.get_by_text("is lateral reading")).to_be_visible()
