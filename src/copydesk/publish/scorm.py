"""Makes SCORM 1.2 packages for learning platforms: a lesson and its exercise, as they are in the static book."""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
import zipfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from copydesk._version import __version__
from copydesk.course.course import Course
from copydesk.course.lesson_names import named_lessons
from copydesk.course.settings import lesson_slugs
from copydesk.publish.build import build, require_fit
from copydesk.publish.course_page import heading
from copydesk.publish.edition import Edition
from copydesk.publish.links import used_files
from copydesk.text import language, t
from copydesk.text.plurals import direction
from copydesk.views.html import script_json
from copydesk.zip_entry import zip_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    from bs4 import BeautifulSoup, Tag

START = "index.html"
SCRIPT = Path(__file__).parents[1] / "static" / "copydesk-scorm.js"
PACKAGE = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
OTHER_LESSONS = frozenset({START, "search.html", "article.html", "my-course.html", "my-copy.html"})
"""Pages at the top of a book that are about all lessons, or lead to them: a package has one lesson."""

NAVIGATION = (
    "#pst-primary-sidebar",
    "#pst-primary-sidebar-modal",
    "[data-book=menu]",
    ".prev-next-area",
    "form.book-search",
    "a.book-button[download]",
    "link[rel=index], link[rel=search], link[rel=next], link[rel=prev]",
)
"""What leads to other lessons, or downloads a notebook."""

STATES = ("alone", "opened", "sent", "sent_with_score", "refused")
"""What the frame may have to say of the platform."""

LEADING = ("next", "copy_page")
"""The fields of a view that lead to another page."""


def make_packages(
    root: Path,
    lesson: str = "",
    *,
    article: Literal["full", "quotes"] = "quotes",
    say: Callable[[str], object] = lambda _: None,
) -> dict[str, bytes]:
    """Return the packages of the course at ``root`` by file name: of one lesson, or of all.

    Raises:
        LessonNameError: there is no such lesson.
        BookError: the book cannot be built, or a package does not fit its edition.
    """
    every, course = lesson_slugs(root), Course(root.resolve())
    lessons = named_lessons([lesson], every) if lesson else every
    edition = Edition(learner=True, article=article)
    with tempfile.TemporaryDirectory(prefix="copydesk-scorm-") as name:
        work = Path(name).resolve()
        site = build(root, work / "site", edition=edition, say=say)
        return {f"{slug}.scorm.zip": _package(course, site, slug, work / slug, edition) for slug in lessons}


def _package(course: Course, site: Path, lesson: str, folder: Path, edition: Edition) -> bytes:
    """Return the package of a lesson, put together in an empty folder."""
    pages = _lesson_pages(site, lesson)
    texts = {name: _read(site / name) for name in pages}
    references: dict[str, BeautifulSoup] = {}
    for name in pages:
        for reference in _reference_links(texts[name], name):
            if reference not in references and (site / reference).is_file():
                references[reference] = _read(site / reference)
    texts |= references
    for name, page in texts.items():
        _keep_within(page, name, set(texts))
        _write(folder / name, str(page))
    for path in used_files(site, {site / name for name in texts}):
        if path.is_file():  # a script may name what looks like a neighbour and is none
            target = folder / path.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    shutil.copyfile(SCRIPT, folder / "_static" / SCRIPT.name)
    title = heading(course.root / "lessons" / f"{lesson}.ipynb")
    _write(folder / START, _frame(title, pages))
    require_fit(course, folder, edition)
    return _zip(folder, course.facts.id, lesson, title)


def _lesson_pages(site: Path, lesson: str) -> dict[str, str]:
    """Return the page of a lesson, and of its exercise if it has one, with what each is called."""
    pages = {f"lessons/{lesson}.html": t("scorm.lesson"), f"exercises/{lesson}.html": t("scorm.exercise")}
    return {name: title for name, title in pages.items() if (site / name).is_file()}


def _read(path: Path) -> BeautifulSoup:
    from bs4 import BeautifulSoup  # noqa: PLC0415  (comes with the extra "book")

    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for selector in NAVIGATION:
        for element in page.select(selector):
            element.decompose()
    return page


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _target(address: str, page: str) -> str:
    """Return the page that an address on a page leads to, from the top of the book; empty for one of another host."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    if not parts.path:
        return page
    return os.path.normpath(os.path.join(os.path.dirname(page), unquote(parts.path))).replace(os.sep, "/")  # noqa: PTH118, PTH120


def _reference_links(page: BeautifulSoup, name: str) -> Iterator[str]:
    """Yield the pages at the top of the book that a page links to and that belong to no lesson."""
    for link in page.select("a[href]"):
        target = _target(str(link["href"]), name)
        if target.endswith(".html") and "/" not in target and target not in OTHER_LESSONS:
            yield target


def _keep_within(page: BeautifulSoup, name: str, names: set[str]) -> None:
    """Turn links to pages that the package lacks into plain text, and lead views to none of them."""
    for link in page.select("a[href]"):
        target = _target(str(link["href"]), name)
        if target and target not in names:
            link.name = "span"
            del link["href"]
        elif not target:  # another site may refuse to be shown in a frame
            link["target"], link["rel"] = "_blank", "noopener"
    for data in page.select('script[type="application/json"]'):
        _lead_within(data, name, names)


def _lead_within(data: Tag, name: str, names: set[str]) -> None:
    content: Any = json.loads(data.string or "null")
    if not isinstance(content, dict):
        return
    away = [field for field in LEADING if content.get(field) and _target(content[field], name) not in names]
    if away:
        data.string = script_json(content | dict.fromkeys(away, ""))


def _frame(title: str, pages: dict[str, str]) -> str:
    """Return the page that the platform opens: a line about the platform, and a frame for the pages."""
    links = "".join(f'<li><a href="{escape(name)}">{escape(text)}</a></li>' for name, text in pages.items())
    blanks = {name: f"{{{name}}}" for name in ("done", "of", "score", "why")}  # the script fills them in
    words = json.dumps({state: t(f"scorm.{state}", **blanks) for state in STATES}, ensure_ascii=False)
    about = "".join(f"<p>{escape(t(f'scorm.{part}'))}</p>" for part in ("gets", "stays", "submit"))
    return f"""<!DOCTYPE html>
<html lang="{language()}" dir="{direction(language())}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<script defer src="_static/{SCRIPT.name}"></script>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
<nav aria-label="{escape(t("scorm.pages"))}"><ul>{links}</ul></nav>
<p role="status" data-words="{escape(words)}"></p>
<details><summary>{escape(t("scorm.about"))}</summary>{about}</details>
<noscript><p>{escape(t("scorm.no_script"))}</p></noscript>
</header>
<main></main>
</body>
</html>
"""


def _zip(folder: Path, course: str, lesson: str, title: str) -> bytes:
    """Return the files of a folder as a package, with their list."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        list_of_files = ET.tostring(_manifest(names, f"{course}-{lesson}", title), encoding="unicode")
        archive.writestr(zip_entry("imsmanifest.xml"), f'<?xml version="1.0" encoding="UTF-8"?>\n{list_of_files}\n')
        for name in names:
            archive.writestr(zip_entry(name), (folder / name).read_bytes())
    return buffer.getvalue()


def _manifest(names: list[str], prefix: str, title: str) -> ET.Element:
    """Return the list of the files in a package: one thing to open, which reports to the platform."""
    attributes = {"identifier": f"copydesk-{prefix}", "version": __version__, "xmlns": PACKAGE, "xmlns:adlcp": ADL}
    root = ET.Element("manifest", attributes)
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "ADL SCORM"
    ET.SubElement(metadata, "schemaversion").text = "1.2"
    organizations = ET.SubElement(root, "organizations", default="organization")
    organization = ET.SubElement(organizations, "organization", identifier="organization")
    ET.SubElement(organization, "title").text = title
    item = ET.SubElement(organization, "item", identifier="item", identifierref="resource")
    ET.SubElement(item, "title").text = title
    resources = ET.SubElement(root, "resources")
    about = {"identifier": "resource", "type": "webcontent", "adlcp:scormtype": "sco", "href": START}
    resource = ET.SubElement(resources, "resource", about)
    for name in names:
        ET.SubElement(resource, "file", href=name)
    return root
