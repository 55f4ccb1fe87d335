"""Puts into a staged book what a publisher lays down: logo, colours, imprint, and facts for the templates."""

from __future__ import annotations

import html
import re
import shutil
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import yaml

from copydesk.publish.citation import edition_date
from copydesk.publish.rights import rights_html
from copydesk.publish.sources_page import readable_date
from copydesk.site_file.model import TITLE
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.course import Course
    from copydesk.publish.edition import Edition
    from copydesk.site_file.reading import SiteSettings

IMPRINT, NEIGHBOUR = "imprint", "about"
"""The page with the publisher's own texts, and the page after which the contents name it."""

SHEET = "publisher.css"
LOGOS = ("logo", "logo-dark")
SELECTORS = {"light": 'html[data-theme="light"], html:not([data-theme="dark"])', "dark": 'html[data-theme="dark"]'}
LINK = re.compile(r"(?P<web>https?://[^\s<>\"]+[^\s<>\".,;:!?)])|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
PAGE = """---
myst:
  html_meta:
    description: "{description}"
---

# {title}
{sections}"""
SECTION = """
({anchor})=
## {title}

```{{raw}} html
{text}
```
"""


def put_site(course: Course, source: Path, edition: Edition, site: SiteSettings) -> None:
    """Put logo, colours and imprint into a staged book, and tell its templates what they show on every page."""
    _put_imprint(source, site)
    _put_colours(source / "_static", site)
    logos = []
    for name, path in zip(LOGOS, site.logos(), strict=False):
        logo = f"{name}{path.suffix.lower()}"
        shutil.copyfile(path, source / "_static" / logo)
        logos.append(logo)
    day = edition_date(course.citation).isoformat()
    facts = {
        "date": day,
        "day": readable_date(day),
        "edition": edition.name,
        "rights": rights_html(course),
        "publisher": site.file.publisher,
        "logos": logos,
        "imprint": site.file.imprint is not None,
        "privacy": site.file.privacy is not None,
        "report": report_address(site.file.report),
    }
    _tell_templates(source / "_config.yml", facts)


def report_address(place: str | None) -> str | None:
    """Return the address that begins a report; ``{title}`` in it stands for the title."""
    if place is None or "@" not in place or TITLE in place:
        return place
    return f"mailto:{quote(place, safe='@+')}?subject={TITLE}"


def _tell_templates(file: Path, facts: dict[str, Any]) -> None:
    """Add facts to the settings of a staged book, where Sphinx's templates find them as ``site``."""
    config: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    own = config.setdefault("sphinx", {}).setdefault("config", {})
    own["html_context"] = {**own.get("html_context", {}), "site": facts}
    file.write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), encoding="utf-8", newline="\n")


def _put_colours(static: Path, site: SiteSettings) -> None:
    """Write the publisher's colours as a style sheet after that of the book; paper stays black on white."""
    rules = []
    for mode, selector in SELECTORS.items():
        colour = getattr(site.file.colours, mode)
        if colour:
            rules.append(f"  {selector} {{ --book-pencil: {colour}; }}\n")
    if rules:
        text = f"@media screen {{\n{''.join(rules)}}}\n"
        (static / SHEET).write_text(text, encoding="utf-8", newline="\n")


def _put_imprint(source: Path, site: SiteSettings) -> None:
    """Write the page with imprint and privacy, if the publisher has written either, and name it in the contents."""
    sections = ""
    for name in ("imprint", "privacy"):
        text = getattr(site.file, name)
        if text:
            sections += SECTION.format(anchor=name, title=t(f"site.{name}"), text=paragraphs(text))
    if sections:
        page = PAGE.format(description=t("site.about.description"), title=t("site.about"), sections=sections)
        (source / f"{IMPRINT}.md").write_text(page, encoding="utf-8", newline="\n")
        toc = source / "_toc.yml"
        contents = yaml.safe_load(toc.read_text(encoding="utf-8"))
        if not _add_behind(contents, NEIGHBOUR, IMPRINT):
            chapters = {"chapters": [{"file": IMPRINT}]}
            contents.setdefault("parts", []).append(chapters)
        toc.write_text(yaml.safe_dump(contents, sort_keys=False, allow_unicode=True), encoding="utf-8", newline="\n")


def paragraphs(text: str) -> str:
    """Return a publisher's text as HTML: paragraphs, lines as they were broken, and addresses as links."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [_with_links(line.strip()) for line in paragraph.splitlines()]
        parts.append(f"<p>{'<br>'.join(lines)}</p>")
    return "\n".join(parts)


def _with_links(line: str) -> str:
    """Return a line as HTML, with its web and mail addresses as links."""
    markup, position = "", 0
    for match in LINK.finditer(line):
        target = match[0] if match["web"] else f"mailto:{match[0]}"
        markup += _escape(line[position : match.start()])
        markup += f'<a href="{_escape(target)}">{_escape(match[0])}</a>'
        position = match.end()
    return markup + _escape(line[position:])


def _escape(text: str) -> str:
    """Return a text as HTML; a grave accent could end the block of the page that holds it."""
    return html.escape(text).replace("`", "&#96;")


def _add_behind(entry: Any, neighbour: str, page: str) -> bool:  # noqa: ANN401  (raw YAML)
    """Name a page in a table of contents behind another one; return whether that was found."""
    if isinstance(entry, dict):
        return any(_add_behind(part, neighbour, page) for part in entry.values())
    if not isinstance(entry, list):
        return False
    for at, part in enumerate(entry):
        if isinstance(part, dict) and part.get("file") == neighbour:
            entry.insert(at + 1, {"file": page})
            return True
    return any(_add_behind(part, neighbour, page) for part in entry)
