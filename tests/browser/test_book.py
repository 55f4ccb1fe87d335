"""The built book in a real browser: over http under a sub-path and from file://, with no way out."""

from __future__ import annotations

import gzip
import html
import itertools
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from accessibility import violations
from playwright.sync_api import expect

from copydesk.answers.file import AnswerFile
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.release.leaks import find_leaks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

ROOT = Path(__file__).resolve().parents[2]
LESSON = "lessons/02-attribution.html"
QUIZ = Course(ROOT).bank(QUIZZES, "02-attribution")
ITEM = next(entry for entry in QUIZ.tasks if entry.task.group == "quiz" and entry.task.kind == "choice")
HTTP_ONLY = pytest.mark.parametrize("address", ["http"], indirect=True)
"""For what cannot depend on where the pages are."""
ALIVE = "() => !document.querySelector('[data-copydesk]:not([data-live=true])')"


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, site: Path) -> str:
    """Return where the book is: on a web server, and on a memory stick."""
    return str(request.getfixturevalue("server")) if request.param == "http" else f"{site.as_uri()}/"


@dataclass
class Reader:
    """Somebody with a browser of their own: their pages, and everything that went wrong."""

    context: BrowserContext
    address: str
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, page: str = LESSON) -> Page:
        """Open a page of the book."""
        tab = self.context.new_page()
        tab.goto(self.address + page)
        return tab


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Callable[..., Reader]]:
    """Return a function that makes readers; at the end none of them has asked another host or met a fault."""
    readers = []

    def make(**options: object) -> Reader:
        reader = Reader(browser.new_context(accept_downloads=True, **options), address)

        def route(route: Route) -> None:
            url = route.request.url
            if url.startswith((address, "data:", "blob:")):
                route.continue_()
            else:
                reader.outside.append(url)
                route.abort()

        def watch(page: Page) -> None:
            page.on(
                "console", lambda said: reader.faults.append(said.text) if said.type in {"error", "warning"} else None
            )
            page.on("pageerror", lambda error: reader.faults.append(str(error)))
            page.on("response", lambda answer: reader.faults.append(answer.url) if answer.status >= 400 else None)

        reader.context.route("**/*", route)
        reader.context.on("page", watch)
        readers.append(reader)
        return reader

    yield make
    for reader in readers:
        reader.context.close()
    assert [url for reader in readers for url in reader.outside] == []
    assert [fault for reader in readers for fault in reader.faults] == []


def pages(site: Path) -> list[str]:
    """Return every page of the book, as it is addressed."""
    return [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]


def item(page: Page, title: str = ITEM.task.title) -> Locator:
    """Return a question of the quiz, brought to life."""
    return page.get_by_role("group", name=re.compile(re.escape(title))).first


def option(question: Locator, option_id: str) -> Locator:
    """Return the control of an option."""
    return question.locator(f'input[value="{option_id}"]')


def explanations() -> list[str]:
    """Return the beginnings of the explanations of the question."""
    assert ITEM.key is not None
    return [entry.why.split("“")[0].split("*")[0][:40].strip() for entry in ITEM.key.options.values()]


def check_all_explained(question: Locator) -> None:
    """Every option has its explanation, the ones that were not picked too."""
    for why in explanations():
        expect(question).to_contain_text(why)
    expect(question).to_contain_text(QUIZ.keyed_by)


def faults_of(page: Page, name: str) -> Iterator[object]:
    """Yield what is wrong with an open page: its language, its name, its title, its description, its pictures."""
    if page.locator("html").get_attribute("lang") != "en":
        yield "language"
    if not page.title().endswith("Copy Desk"):
        yield "name"
    if page.locator("main h1").count() != 1:
        yield "title"
    if page.locator("img:not([alt]), img[alt='']").count():
        yield "a picture without alternative text"
    if page.evaluate("[...document.images].some((figure) => !figure.naturalWidth)"):
        yield "a picture that does not come"
    if page.locator("script[src$='copydesk-more.js']:not([async])").count():
        yield "a second script that the page did not ask for at once, see `rest` in publish/book/_templates/layout.html"
    description = page.locator("meta[name=description]").get_attribute("content") if name != "search.html" else "x" * 41
    if not 40 < len(description or "") < 170 or "<" in (description or ""):
        yield "description"
    if page.locator("link[rel=stylesheet]").count() != 1:
        yield "a second style sheet"


def faults_of_its_looks(page: Page) -> Iterator[object]:
    """Yield what axe-core finds, in light and in dark, and whether the page, 320 pixels wide, scrolls sideways."""
    yield from violations(page)
    page.emulate_media(color_scheme="dark")
    yield from violations(page, rules=["color-contrast"])  # nothing else depends on the colours
    for width in (1280, 320):  # 320 pixels are 1280 at 400% zoom
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield f"runs out of the page, {width} px wide"


def test_every_page(reader: Callable[..., Reader], site: Path, address: str) -> None:
    """Every page comes to life, asks no other host, has what a page needs, and each of its links within arrives."""
    somebody = reader(color_scheme="light", reduced_motion="reduce")
    found: dict[str, list[object]] = {}
    links: set[str] = set()
    for name in pages(site):
        page = somebody.open(name)
        page.wait_for_function(ALIVE)
        page.evaluate("new Promise((done) => requestIdleCallback(() => done(true)))")  # what waits for a quiet moment
        page.wait_for_function("[...document.images].every((figure) => figure.complete)")
        found[name] = list(faults_of(page, name))
        links |= set(page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"))
        if address.startswith("http"):  # looks do not depend on where the pages are
            found[name] += faults_of_its_looks(page)
        page.close()
    assert {name: faults for name, faults in found.items() if faults} == {}
    check_links(sorted(link for link in links if link.startswith(address)), site, address)


def check_links(inside: list[str], site: Path, address: str) -> None:
    """Each link to a page, a place on it, or a download of the book arrives."""
    assert len(inside) > 10
    for link in inside:
        path, _, name = link.removeprefix(address).partition("#")
        target = site / path.partition("?")[0]
        assert target.is_file(), link
        if name:
            assert f'id="{name}"' in target.read_text(encoding="utf-8"), link
    notebooks = {
        path.relative_to(ROOT) for folder in ("lessons", "exercises") for path in (ROOT / folder).glob("*.ipynb")
    }
    downloads = {link.partition("_sources/")[2] for link in inside if "_sources" in link}
    assert downloads == {path.as_posix() for path in notebooks}
    assert all((site / "_sources" / path).read_bytes() == (ROOT / path).read_bytes() for path in notebooks)


def test_a_question_is_answered_by_mouse(reader: Callable[..., Reader]) -> None:
    """Picking and checking explains every option at once, and a reload finds the answer."""
    page = reader().open()
    question, first = item(page), ITEM.task.options[0]
    question.get_by_text(first.text, exact=True).click()
    question.get_by_role("button", name="Check").click()
    check_all_explained(question)
    page.reload()
    expect(option(item(page), first.id)).to_be_checked()
    check_all_explained(item(page))
    item(page).get_by_role("button", name="Try again").click()
    expect(option(item(page), ITEM.task.options[1].id)).to_be_enabled()


def test_a_question_is_answered_by_keyboard(reader: Callable[..., Reader]) -> None:
    """Tab, an arrow key and Space are enough."""
    page = reader().open()
    question = item(page)
    question.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Check":
            break
    page.keyboard.press("Enter")
    check_all_explained(question)
    expect(question.locator("input").nth(1)).to_be_checked()


def test_answers_move_to_another_browser(reader: Callable[..., Reader], tmp_path: Path) -> None:
    """What is downloaded is an answer file, and importing it elsewhere restores the answer."""
    page = reader().open()
    chosen = ITEM.task.options[2]
    option(item(page), chosen.id).check()
    item(page).get_by_role("button", name="Check").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download answers").first.click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    answers = AnswerFile.model_validate_json(path.read_bytes())
    assert (answers.course, answers.lesson) == ("mariupol", "02-attribution")
    assert answers.bank == Course(ROOT).bank(SOLUTIONS, "02-attribution").fingerprint()
    assert [name for name, answer in answers.answers.items() if not answer.is_only_drawn] == [ITEM.task.id]
    assert answers.answers[ITEM.task.id].response.chosen == (chosen.id,)

    other = reader().open()
    expect(option(item(other), chosen.id)).not_to_be_checked()
    with other.expect_file_chooser() as chooser:
        other.get_by_role("button", name="Import answers").first.click()
    chooser.value.set_files(path)
    expect(option(item(other), chosen.id)).to_be_checked()
    check_all_explained(item(other))
    other.reload()
    expect(option(item(other), chosen.id)).to_be_checked()


def test_the_whole_course_on_one_page(reader: Callable[..., Reader], tmp_path: Path) -> None:
    """The page of all lessons counts the answers, gives them as one file, takes it in elsewhere, and removes them."""
    page = reader().open()
    option(item(page), ITEM.task.options[1].id).check()
    page.goto(page.url.replace(LESSON, "my-course.html"))
    mine = page.locator(".cd-course > li", has_text="Who says so?")
    expect(mine.get_by_text("1 of").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download answers").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)

    somebody = reader()
    other = somebody.open("my-course.html")
    for text, said in (
        ('{"schema": 1}', "a Copy Desk answer file"),
        (path.read_text("utf-8"), "Imported answers to one lesson"),
    ):
        path.write_text(text, encoding="utf-8")
        with other.expect_file_chooser() as chooser:
            other.get_by_role("button", name="Import answers").click()
        chooser.value.set_files(path)
        expect(other.get_by_text(said).first).to_be_visible()
    expect(option(item(somebody.open()), ITEM.task.options[1].id)).to_be_checked()

    other.get_by_role("button", name="Remove my answers from this browser").press("Enter")
    other.get_by_role("button", name="Keep them").press("Enter")
    other.get_by_role("button", name="Remove my answers from this browser").press("Enter")
    other.get_by_role("button", name="Remove them").press("Enter")
    expect(other.locator(".cd-course > li", has_text="Nothing saved yet")).to_have_count(11)
    expect(option(item(somebody.open()), ITEM.task.options[1].id)).not_to_be_checked()


@HTTP_ONLY
def test_a_new_release_keeps_the_answers(reader: Callable[..., Reader]) -> None:
    """Answers of an earlier release are there in the new one, which says where they come from and what changed."""
    page = reader().open()
    option(item(page), ITEM.task.options[1].id).check()
    page.evaluate(
        """() => {
          const key = Object.keys(localStorage).find((each) => each.endsWith("/02-attribution"));
          localStorage.setItem(`copydesk/mariupol/0.0.9/02-attribution`, localStorage.getItem(key));
          localStorage.removeItem(key);
        }"""
    )
    page.reload()
    expect(option(item(page), ITEM.task.options[1].id)).to_be_checked()
    bar = page.locator(".cd-bar").first
    expect(bar).to_contain_text("with release 0.0.9 of this book, and they’re still here")
    expect(bar).to_contain_text("The tasks in this lesson are the same.")
    option(item(page), ITEM.task.options[2].id).check()
    page.reload()
    expect(bar).not_to_contain_text("0.0.9")
    assert page.evaluate("localStorage.getItem('copydesk/mariupol/0.0.9/02-attribution')")


def test_a_broken_file_changes_nothing(reader: Callable[..., Reader], tmp_path: Path) -> None:
    """An import that fails says so in plain words, and the answers stay."""
    page = reader().open()
    chosen = ITEM.task.options[0]
    option(item(page), chosen.id).check()
    path = tmp_path / "02-attribution.json"
    path.write_text('{"schema": "copydesk/answers/1", "lesson"', encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Import answers").first.click()
    chooser.value.set_files(path)
    expect(page.get_by_text("Nothing was changed.").first).to_be_visible()
    expect(option(item(page), chosen.id)).to_be_checked()


def test_the_exercise_is_live_and_makes_a_submission(reader: Callable[..., Reader], tmp_path: Path) -> None:
    """A graded task takes an answer without saying whether it is right, and the submission is one file."""
    page = reader().open("exercises/02-attribution.html")
    graded = Course(ROOT).bank(SOLUTIONS, "02-attribution")
    written = next(entry.task for entry in graded.tasks if entry.task.kind == "written")
    question = item(page, written.title)
    question.get_by_role("textbox").fill("The court found reasonable grounds.")
    assert page.get_by_role("button", name="Check", exact=True).count() == 0
    page.get_by_label("Your name or alias").fill("Kingfisher")
    page.get_by_role("button", name="Make my submission file").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Submit anyway").click()
    path = tmp_path / "submission.json"
    download.value.save_as(path)
    handed = AnswerFile.model_validate_json(path.read_bytes())
    assert handed.learner.alias == "Kingfisher"
    assert handed.handed_in is not None
    assert handed.answers[written.id].response.text == "The court found reasonable grounds."


def test_the_book_is_searched(reader: Callable[..., Reader]) -> None:
    """Search finds a page from the index that lies beside it, with no server to ask."""
    page = reader().open("index.html")
    page.get_by_role("searchbox").first.fill("scoring")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=scoring")
    expect(page.locator("#search-results").get_by_role("link", name="How scoring works").first).to_be_visible()


def test_light_and_dark_differ_and_the_choice_stays(reader: Callable[..., Reader]) -> None:
    """The page follows the system, the button overrules it, and the next page remembers."""
    light, dark = (reader(color_scheme=scheme).open("index.html") for scheme in ("light", "dark"))
    assert light.screenshot() != dark.screenshot()
    paper = "getComputedStyle(document.body).backgroundColor"
    bright, dim = light.evaluate(paper), dark.evaluate(paper)
    assert bright != dim
    button = light.get_by_role("button", name=re.compile("Colours"))
    button.click()
    button.click()
    assert light.evaluate(paper) == dim
    light.goto(light.url.replace("index.html", "about.html"))
    assert light.evaluate(paper) == dim
    expect(light.get_by_role("button", name="Colours: dark")).to_be_visible()


def test_the_menu_of_a_narrow_screen(reader: Callable[..., Reader]) -> None:
    """On a phone the contents open over the page, close with Escape, and lead to another page."""
    page = reader(viewport={"width": 360, "height": 740}).open("index.html")
    menu = page.get_by_role("button", name="Contents")
    menu.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    menu.click()
    page.get_by_role("dialog").get_by_role("link", name="Glossary").click()
    page.wait_for_url("**/glossary.html")


@HTTP_ONLY
def test_a_lesson_is_printed_with_its_title_and_without_the_frame(reader: Callable[..., Reader]) -> None:
    """On paper stands what a class reads: the title and the text, and no menu."""
    page = reader().open()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Pages of this book")).to_be_hidden()


def test_the_lesson_is_readable_without_javascript(reader: Callable[..., Reader]) -> None:
    """Without scripts the questions, the options, the explanations and the way to other pages are there."""
    page = reader(java_script_enabled=False, viewport={"width": 390, "height": 800}).open()
    text = html.unescape(page.locator("main").text_content() or "")
    assert all(each.text in text for each in ITEM.task.options)
    assert all(why in text for why in explanations())
    expect(page.get_by_role("link", name="Glossary").first).to_be_visible()


def test_the_page_says_when_the_browser_keeps_nothing(reader: Callable[..., Reader]) -> None:
    """Where storage is forbidden the page works, says so in plain words, and still gives the file."""
    somebody = reader()
    somebody.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page = somebody.open()
    page.goto(f"{page.url}#task-{ITEM.task.id}")  # the choice of the whole page cannot be kept, either
    page.reload()
    option(item(page), ITEM.task.options[0].id).check()
    expect(page.get_by_text("won’t let the page save").locator("visible=true").first).to_be_visible()
    page.locator(".cd-way-opener").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download answers").first.click()
    assert ITEM.task.id in AnswerFile.model_validate_json(Path(download.value.path()).read_bytes()).answers


def test_nothing_of_a_graded_key_is_in_the_book(site: Path) -> None:
    """No explanation, exemplar or solution is in a page, the search index, a script or a download."""
    assert find_leaks(Course(ROOT), site) == []
    files = [path for path in site.rglob("*") if path.is_file()]
    everything = "\n".join(html.unescape(path.read_text(encoding="utf-8", errors="replace")) for path in files)
    everything = re.sub(r"\s+", " ", everything)
    graded = Course(ROOT).bank(SOLUTIONS, "02-attribution")
    keys = [entry.key.model_dump(mode="json") for entry in graded.tasks if entry.key is not None]
    whys = [
        re.sub(r"\s+", " ", why)
        for why in re.findall(r'"why": "((?:[^"\\]|\\.)*)"', json.dumps(keys, ensure_ascii=False))
    ]
    assert len(whys) > 20
    assert [why for why in whys if len(why) > 25 and json.loads(f'"{why}"') in everything] == []
    assert not any("solution" in path.as_posix().removeprefix(site.as_posix()) for path in files)


def test_the_book_carries_little(site: Path) -> None:
    """The first page needs less than 300 kB, a further one less than 60 kB: packed, and without figures."""

    def loads(name: str) -> set[Path]:
        text = (site / name).read_text(encoding="utf-8")
        addresses = re.findall(r'<(?:script|link)[^>]+(?:src|href)="([^"#?]+\.(?:js|css))', text)
        return {(site / name).parent.joinpath(address).resolve() for address in addresses}

    def packed(content: bytes) -> int:
        return len(gzip.compress(content, 6))

    def weight(name: str) -> int:
        text = (site / name).read_text(encoding="utf-8")
        return packed(re.sub(r"data:image/[^\"')]+", "", text).encode())

    names = [name for name in pages(site) if name != "search.html"]
    shared = set(itertools.chain.from_iterable(loads(name) for name in names))
    assert sum(packed(path.read_bytes()) for path in shared) + weight("index.html") < 300_000
    assert all(weight(name) < 60_000 for name in names)
