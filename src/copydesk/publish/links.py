"""Checks what built pages load and where they link, and removes files that nothing needs."""

from __future__ import annotations

import os.path
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from copydesk.publish.built_pages import css_addresses, read_pages
from copydesk.publish.styles import join_styles, linked_file
from copydesk.release.kept_results import KeptResults

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from copydesk.publish.built_pages import Page

EMPTY_HEADER = re.compile(r"<th((?:\s[^>]*)?)>(?:\s|<p>\s*</p>)*</th>")
SCRIPT_NAME = re.compile(r"""["'`]([\w-]+\.js)["'`]""")
OUTSIDE_SCHEMES = frozenset({"http", "https", "ws", "wss", "ftp"})


def outside_requests(html: Path, results: KeptResults | None = None) -> list[str]:
    """Return a sentence for everything that a page or style sheet would load from another host."""
    loads = {path: page.loads for path, page in read_pages(html, results or KeptResults()).items()}
    for path in sorted(html.rglob("*.css")):
        loads[path] = css_addresses(path.read_text(encoding="utf-8"))
    sentences: list[str] = []
    for path, addresses in loads.items():
        sentences += _outside_loads(path.relative_to(html).as_posix(), addresses)
    return sentences


def _outside_loads(name: str, addresses: list[str]) -> Iterator[str]:
    """Yield a sentence for each address in a file that leads to another host."""
    for address in addresses:
        if urlsplit(address).scheme in OUTSIDE_SCHEMES or address.startswith("//"):
            yield f"{name} would load {address} from another host; keep a copy in book/_static"


def broken_links(html: Path, results: KeptResults | None = None) -> list[str]:
    """Return a sentence for every link or file within the book that leads nowhere."""
    html = html.resolve()
    pages = read_pages(html, results or KeptResults())
    files = {path for path in html.rglob("*") if path.is_file()}
    faults = []
    for path, page in pages.items():
        name = path.relative_to(html).as_posix()
        for address in dict.fromkeys(page.links + page.loads):
            fault = _link_fault(html, path, address, pages, files)
            if fault:
                faults.append(f"{name} leads to {address}, {fault}")
    return faults


def _link_fault(html: Path, page: Path, address: str, pages: dict[Path, Page], files: set[Path]) -> str:
    """Return what is wrong with an address on a page of the book; empty if nothing is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    target = Path(os.path.normpath(page.parent / unquote(parts.path))) if parts.path else page
    if address.startswith("/") or not target.is_relative_to(html):
        return "which is outside of the book; the book may be in any folder"
    if target not in files:
        return "which does not exist"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
        return "where nothing has that name"
    return ""


def mend_tables(html: Path) -> None:
    """Turn headers without words, such as pandas leaves in the corner of a table, into plain cells."""
    for path in sorted(html.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        path.write_text(EMPTY_HEADER.sub(r"<td\1></td>", text), encoding="utf-8", newline="\n")


def trim(html: Path, results: KeptResults | None = None) -> None:
    """Remove what no page uses: files that nothing loads, styles that match nothing, and then the files of these."""
    results = results or KeptResults()
    _remove_unused(html, results)  # first, because the styles that a script needs are kept
    join_styles(html, results)
    _remove_unused(html, results)
    for name in ("objects.inv", ".buildinfo"):
        (html / name).unlink(missing_ok=True)


def _remove_unused(html: Path, results: KeptResults) -> None:
    used = used_files(html.resolve(), results=results)
    for path in list((html / "_static").rglob("*")):
        if path.is_file() and path.resolve() not in used:
            path.unlink()
    for folder in sorted((html / "_static").rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def used_files(html: Path, pages: Collection[Path] | None = None, *, results: KeptResults | None = None) -> set[Path]:
    """Return every file that pages load, what their style sheets load, and the neighbours that their scripts name.

    Without ``pages``, these are all pages of the book.
    """
    used: set[Path] = set()
    for path, page in read_pages(html, results or KeptResults()).items():
        if pages is None or path in pages:
            used.update(_targets(path, page.loads))
    for file in list(used):
        if file.suffix == ".css" and file.is_file():
            used.update(_targets(file, css_addresses(file.read_text(encoding="utf-8"))))
        elif file.suffix == ".js" and file.is_file():
            used.update(map(file.with_name, SCRIPT_NAME.findall(file.read_text(encoding="utf-8"))))
    return used


def _targets(path: Path, addresses: list[str]) -> Iterator[Path]:
    """Yield the files that addresses in a file lead to."""
    for address in addresses:
        yield linked_file(path, address)
