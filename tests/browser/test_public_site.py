"""A public site as a publisher makes it, with a site file: what its readers, search engines and other sites get."""

from __future__ import annotations

import http.server
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest
from accessibility import violations
from browsing import ROOT, Quiet, served
from linkeddata import objects
from playwright.sync_api import expect

from copydesk import __version__
from copydesk.publish.page_head import NOINDEX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="40"><rect width="160" height="40" fill="{}"/></svg>'
FILE = """schema: copydesk/site/1
publisher: Example School
report: desk@school.example
imprint: |
  Example School
  1 Harbour Road
privacy: We count no one.
logo: light.svg
logo_dark: dark.svg
colours:
  light: "#8a1c1c"
  dark: "#f2b8b5"
"""
LESSON = "lessons/02-attribution.html"
TITLED = f"Copy Desk {__version__}, quotes, learner"


@dataclass(frozen=True)
class Public:
    """A built site, the address that it was built for, and that of a server which has it there."""

    folder: Path
    address: str

    def pages(self) -> dict[str, str]:
        """Return the text of each page by name."""
        paths = sorted(self.folder.rglob("*.html"))
        return {path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


class WithMissingPage(Quiet):
    """A server that answers as nginx and GitHub Pages do: the page for what is missing, at the address asked for."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page for what is missing."""
        if code != http.HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        with open(f"{self.directory}/media/desk/404.html", "rb") as page:  # noqa: PTH123  (the handler's own folder)
            body = page.read()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    """Build the site by its command for the address at which it is then served, two folders below the top."""
    work = tmp_path_factory.mktemp("publisher")
    for name, colour in (("light", "#8a1c1c"), ("dark", "#f2b8b5")):
        (work / f"{name}.svg").write_text(LOGO.format(colour), encoding="utf-8")
    (work / "site.yml").write_text(FILE, encoding="utf-8")
    folder = work / "www" / "media" / "desk"
    (work / "www").mkdir()
    with served(work / "www", WithMissingPage) as top:
        address = f"{top}media/desk/"
        command = [sys.executable, "-m", "copydesk", "book", "--learner", "--article", "quotes", "--out", str(folder)]
        command += ["--site", str(work / "site.yml"), "--address", address]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "site.yml" in done.stdout
        yield Public(folder, address)


def content(page: str, name: str) -> list[str]:
    """Return the values of a page's meta elements of a name."""
    pattern = rf'<meta (?:property|name)="{name}" content="([^"]*)">'
    return [unescape(value) for value in re.findall(pattern, page)]


def test_every_page_has_an_address_a_card_and_facts(public: Public) -> None:
    """Each page names itself once, has words for a card, and says as data what it is and what may be done with it."""
    schema = "http://schema.org/"
    titles = []
    for name, page in public.pages().items():
        if name == "404.html":
            continue
        own = public.address + name.removesuffix("index.html" if name == "index.html" else "/")
        assert re.findall(r'<link rel="canonical" href="([^"]*)">', page) == [own], name
        assert content(page, "og:url") == [own], name
        assert content(page, "og:image") == [f"{public.address}social-card.png"], name
        titles += content(page, "og:title")
        (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        facts = json.loads(data)
        assert objects(facts, f"{schema}license") == ["https://creativecommons.org/licenses/by/4.0/"], name
        assert objects(facts, f"{schema}datePublished"), name
        assert objects(facts, f"{schema}description"), name
    assert len(titles) == len(set(titles)) > 20
    assert (public.folder / "social-card.png").is_file()


def test_the_map_names_pages_that_are_there(public: Public) -> None:
    """Every page but search and the one for what is missing is in the sitemap, and these two ask not to be found."""
    root = ET.parse(public.folder / "sitemap.xml").getroot()  # noqa: S314  (our own file)
    places = {str(entry[0].text).removeprefix(public.address) or "index.html" for entry in root}
    hidden = {name for name, page in public.pages().items() if NOINDEX in page}
    assert hidden == {"404.html", "search.html"}
    assert places == set(public.pages()) - hidden


def test_nothing_with_the_whole_article_is_found(site: Path) -> None:
    """The full edition asks search engines, on every page, to leave it out, and has no map of itself."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 40
    assert [path.name for path in pages if NOINDEX not in path.read_text(encoding="utf-8")] == []
    assert not (site / "sitemap.xml").exists()


@pytest.mark.parametrize("missing", ["nothing.html", "lessons/no/such/page.html"])
def test_an_address_that_does_not_exist_leads_back(page: Page, public: Public, missing: str) -> None:
    """At any depth the page for what is missing has its styles and scripts, and leads to the start and to search."""
    failed: list[str] = []
    page.set_viewport_size({"width": 1300, "height": 900})
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    answer = page.goto(public.address + missing)
    assert answer
    assert answer.status == 404
    assert failed == [public.address + missing]
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).borderBottomStyle") == "double"
    assert violations(page) == []
    page.get_by_label("Search this book").fill("attribution")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{public.address}search.html?q=attribution")
    page.goto(public.address + missing)
    page.get_by_role("link", name="Go to the start page").click()
    page.wait_for_url(f"{public.address}index.html")


def test_a_task_and_a_page_can_be_reported(page: Page, public: Public) -> None:
    """The message is begun with lesson, task, version and edition in its title; reading a page sends nothing."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(public.address + LESSON)
    reports = page.get_by_role("link", name="Report this task")
    expect(reports.first).to_be_attached()
    subjects = set()
    for link in reports.all():
        address = urlsplit(link.get_attribute("href") or "")
        assert (address.scheme, address.path) == ("mailto", "desk@school.example")
        (subject,) = parse_qs(address.query)["subject"]
        assert re.fullmatch(rf"02-attribution \w+ · {re.escape(TITLED)}", subject)
        subjects.add(subject)
    assert len(subjects) == reports.count() > 5
    correction = page.get_by_role("link", name="Suggest a correction").get_attribute("href") or ""
    assert parse_qs(urlsplit(correction).query)["subject"] == [f"02 · Who says so? · {TITLED}"]
    assert all(url.startswith(public.address) for url in asked)


def test_the_foot_of_a_page_says_who_and_when(page: Page, public: Public) -> None:
    """Publisher, date, imprint, privacy and how to cite are one click away, and the texts are the publisher's own."""
    page.goto(public.address + LESSON)
    foot = page.locator(".bd-footer-content")
    expect(foot).to_contain_text(f"Copy Desk {__version__}, 22 November 2026.")
    expect(foot).to_contain_text("Published by Example School.")
    foot.get_by_role("link", name="How to cite").click()
    expect(page.locator("#how-to-cite blockquote")).to_contain_text(f"version {__version__}. {public.address}")
    page.locator(".bd-footer-content").get_by_role("link", name="Imprint").click()
    expect(page.locator("#imprint p")).to_have_text("Example School1 Harbour Road")
    expect(page.locator("#privacy")).to_contain_text("We count no one.")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("theme", "colour"), [("light", "rgb(138, 28, 28)"), ("dark", "rgb(242, 184, 181)")], ids=["light", "dark"]
)
def test_logo_and_colours_are_those_of_the_publisher(page: Page, public: Public, theme: str, colour: str) -> None:
    """Links have the colour for the paper they are on, one logo is shown, and axe finds every text readable."""
    page.set_viewport_size({"width": 1300, "height": 900})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto(f"{public.address}about.html")
    link = page.locator("article a.reference.external").first
    assert link.evaluate("element => getComputedStyle(element).color") == colour
    shown = page.get_by_role("img", name="Example School")
    expect(shown).to_have_count(1)
    assert theme == ("dark" if "logo-dark" in (shown.get_attribute("src") or "") else "light")
    assert violations(page) == []
    page.goto(public.address + LESSON)
    expect(page.get_by_role("link", name="Report this task").first).to_be_attached()
    assert violations(page) == []
