"""Knows the hosts that no reader should be sent to: staging and test copies, proxies, translations, look-alikes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from copydesk.course.documents import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.checks.course import CourseFiles

ADDRESS = re.compile(r"https?://[^\s\"'<>)\]\\`]+")
FOLDERS = ("book", "lessons", "solutions")
REMEDY = "Give the publisher's own address or none; say in read and via how it was read."


class HostKind(NamedTuple):
    """A kind of host, recognised by its name; ``pattern`` is searched for in host and path."""

    name: str
    pattern: re.Pattern[str]


def _kind(name: str, pattern: str) -> HostKind:
    return HostKind(name, re.compile(pattern))


HOST_KINDS = (
    _kind(
        "a staging or test copy",
        r"^(?:[\w-]+\.)*(?:[\w-]+-)?(?:test|tests|testing|qa|\w*qa\d+|staging|stage|stg|dev|uat|preprod|preview|sandbox"
        r"|release|product)(?:-[\w-]+)?\.[\w-]+\.[\w.-]+",
    ),
    _kind("a host of trial pages", r"\.(?:pages\.dev|workers\.dev|netlify\.app|vercel\.app|herokuapp\.com)(?:[:/]|$)"),
    _kind("a host of a delivery network", r"\.(?:cloudfront\.net|amazonaws\.com|akamaized\.net)(?:[:/]|$)"),
    _kind("a technical host of a publisher", r"^(?:cloudflare|feeds|cdn|origin)\."),
    _kind("a library's proxy", r"ezproxy|libproxy|\.idm\.oclc\.org|^(?:[\w-]+\.)*proxy\."),
    _kind("a translation service", r"^translate\.|\.translate\.goog(?:[:/]|$)"),
    _kind("a copy in an archive or a cache", r"web\.archive\.org/|archive\.(?:ph|is|today)/|webcache\."),
    _kind("an ending that look-alikes use", r"^[\w.-]+\.(?:cf|ga|gq|ml|tk)(?:[:/]|$)|(?:^|\.)xn--"),
    _kind("a forum or message board", r"^(?:[\w-]+\.)*(?:forums?|boards?)\.|/boards?/"),
    _kind("a server without a name of its own", r"^\d+(?:\.\d+){3}|^[\w.-]+:\d+"),
)
"""The kinds of host that are not a publisher's own."""


def host_kind(address: str) -> str | None:
    """Return an address's kind of host, if readers should not be sent there."""
    parts = urlsplit(address)
    place = parts.netloc.casefold() + parts.path.casefold()
    for kind in HOST_KINDS:
        if kind.pattern.search(place):
            return kind.name
    return None


def address_problems(course: CourseFiles) -> Iterator[Problem]:
    """Yield the addresses of sources, references, pages and notebooks that do not lead to a publisher's own page."""
    if course.seeds is None:
        return
    for layer in ("sources", "references"):
        document = course.seeds.document(layer)
        for index, entry in enumerate(document.data):
            name = entry.get("key") or entry["id"]
            yield from _problems(document.name, document.line_of((index,)), name, entry.get("url", ""))
    for folder in FOLDERS:
        for path in sorted((course.root / folder).rglob("*")):
            if path.suffix not in {".md", ".ipynb", ".yml"}:
                continue
            place = path.relative_to(course.root).as_posix()
            for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                yield from _problems(place, line, "", text)


def _problems(file: str, line: int, name: str, text: str) -> Iterator[Problem]:
    for address in ADDRESS.findall(text):
        kind = host_kind(address)
        if kind:
            yield Problem(file, line, name, f"{urlsplit(address).netloc} is {kind}", REMEDY)
