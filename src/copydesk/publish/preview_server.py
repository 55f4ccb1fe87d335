"""Serves the pages of a preview to the browser on this computer, and tells it when there are new ones."""

from __future__ import annotations

import html
import json
import mimetypes
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from copydesk.model.task import TO_BE_WRITTEN
from copydesk.publish.preview_pages import amounts
from copydesk.text import language, t

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN = "/-/"
"""Where the preview's own files are; no page of a book has such an address."""

OWN_FILES = Path(__file__).with_name("preview_page")
SCRIPT, SHEET = "page.js", "page.css"
EVENTS = f"{OWN}events"
HEARTBEAT_SECONDS = 10
"""How often a page that waits for news is told that the preview is still there."""

SHELL = """<!DOCTYPE html>
<html lang="{language}" class="preview-shell">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
</head>
<body><main><article class="bd-article"><h1>{title}</h1></article></main></body>
</html>
"""
"""The page where there is none of the book yet."""


class PreviewServer(ThreadingHTTPServer):
    """A server for one preview, on this computer alone."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, lessons: Sequence[str]) -> None:
        """Listen on a port; ``lessons`` are the slugs of those that the preview has."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.lessons = tuple(lessons)
        self.site: Path | None = None
        self._news = threading.Condition()
        self._number = 0
        self.build_name = ""
        self._status = "building"
        self._message = t("preview.building")
        self._problems: list[dict[str, Any]] = []
        self._is_open = True

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  (socketserver's)
        """Pass over that a page was left before it had all its files."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        """The address of the lesson's page, or of the start page if there are several or none."""
        page = f"lessons/{self.lessons[0]}.html" if self.lessons else "index.html"
        return f"http://127.0.0.1:{self.server_port}/{page}"

    def tell(self, status: str, message: str, problems: list[dict[str, Any]] | None = None) -> None:
        """Tell every open page how the build is going: *building*, *ready* or *failed*, and what is wrong."""
        with self._news:
            self._number += 1
            self._status, self._message = status, message
            if problems is not None:
                self._problems = problems
            self._news.notify_all()

    def show(self, site: Path, build: str) -> None:
        """Serve new pages from now on."""
        with self._news:
            self.site, self.build_name = site, build

    def pages(self) -> list[str]:
        """Return the names of all pages, without their suffix."""
        if self.site is None:
            return []
        return [path.relative_to(self.site).with_suffix("").as_posix() for path in self.site.rglob("*.html")]

    def news(self, seen: int, page: str) -> tuple[int, dict[str, Any]] | None:
        """Wait for news later than those ``seen``, and return them for a page; None if there are none for a while."""
        with self._news:
            self._news.wait_for(lambda: self._number > seen or not self._is_open, timeout=HEARTBEAT_SECONDS)
            if not self._is_open:
                raise ConnectionAbortedError
            return (self._number, self._state(page)) if self._number > seen else None

    def close(self) -> None:
        """Stop serving; pages that wait for news are let go."""
        with self._news:
            self._is_open = False
            self._news.notify_all()
        self.shutdown()
        self.server_close()

    def _state(self, page: str) -> dict[str, Any]:
        here = [problem for problem in self._problems if problem["page"] == page]
        elsewhere = [problem for problem in self._problems if problem["page"] != page]
        return {
            "build": self.build_name,
            "status": self._status,
            "message": self._message,
            "here": here,
            "elsewhere": elsewhere,
            "here_title": t("preview.here", what=amounts(here)) if here else t("preview.none_here"),
            "elsewhere_title": t("preview.elsewhere", what=amounts(elsewhere)),
        }

    def links(self, page: str) -> list[dict[str, str]]:
        """Return links from a page to the lesson and the exercise that belong together."""
        folder, _, slug = page.partition("/")
        if slug not in self.lessons or folder not in {"lessons", "exercises"}:
            return []
        names = {"lessons": t("preview.lesson"), "exercises": t("preview.exercise")}
        pages = self.pages()
        return [
            {"address": f"/{top}/{slug}.html", "text": text, "here": "yes" if top == folder else ""}
            for top, text in names.items()
            if f"{top}/{slug}" in pages
        ]


def _page_texts() -> dict[str, str]:
    """Return the texts of the page's script; in two of them it puts a link, or looks for words on the page."""
    return {
        "bar": t("preview.page.bar"),
        "beside": t("preview.page.beside"),
        "open": t("preview.page.open"),
        "file_of_all": t("preview.page.file_of_all"),
        "gone": t("preview.page.gone"),
        "instead": t("preview.page.instead"),
        "task_elsewhere": t("preview.page.task_elsewhere", link="{link}"),
        "unwritten": TO_BE_WRITTEN,
    }


class _Handler(BaseHTTPRequestHandler):
    """Answers the browser: pages with the preview's script in them, other files as they are, and news."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def do_HEAD(self) -> None:
        """Answer a question about a file as if it were asked for."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer one request."""
        if self.headers.get("Host", "") not in self._hosts():
            self._send(HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"Not this host.")
            return
        address = urlsplit(self.path)
        path = unquote(address.path)
        if path == EVENTS:
            self._send_news(parse_qs(address.query).get("page", [""])[0])
        elif path.startswith(OWN):
            self._send_own(path.removeprefix(OWN))
        else:
            self._send_file(path)

    def _hosts(self) -> tuple[str, str]:
        """Return by which names a page of this server calls it: a page of another host cannot pass for one."""
        return f"127.0.0.1:{self.server.server_port}", f"localhost:{self.server.server_port}"

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self._send_headers(kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_headers(self, kind: str) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "SAMEORIGIN")

    def _send_own(self, name: str) -> None:
        if name not in {SCRIPT, SHEET}:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"")
            return
        kind = "text/javascript" if name == SCRIPT else "text/css"
        self._send(HTTPStatus.OK, f"{kind}; charset=utf-8", (OWN_FILES / name).read_bytes())

    def _send_file(self, path: str) -> None:
        site = self.server.site
        name = path.lstrip("/")
        if not name or name.endswith("/"):
            name += "index.html"
        file = None if site is None else (site / name).resolve()
        if site is not None and file is not None and file.is_relative_to(site.resolve()) and file.is_file():
            content = file.read_bytes()
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            if kind == "text/html":
                content = self._with_script(content.decode(), name)
            self._send(HTTPStatus.OK, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, content)
        elif name.endswith(".html"):
            status = HTTPStatus.OK if site is None else HTTPStatus.NOT_FOUND
            title = t("preview.first") if site is None else t("preview.no_page")
            shell = SHELL.format(language=language(), title=html.escape(title))
            self._send(status, "text/html; charset=utf-8", self._with_script(shell, name))
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"")

    def _with_script(self, page: str, name: str) -> bytes:
        """Return a page with the preview's script and style sheet in its head."""
        about = {
            "build": self.server.build_name,
            "page": name.removesuffix(".html"),
            "links": self.server.links(name.removesuffix(".html")),
            "texts": _page_texts(),
        }
        data = html.escape(json.dumps(about, ensure_ascii=False))
        lines = f'<link rel="stylesheet" href="{OWN}{SHEET}">\n<script src="{OWN}{SCRIPT}" data-about="{data}" defer>'
        return page.replace("</head>", f"{lines}</script>\n</head>", 1).encode()

    def _send_news(self, page: str) -> None:
        """Send the state of the preview, and every change of it, until the page is left."""
        self.send_response(HTTPStatus.OK)
        self._send_headers("text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        seen = -1
        try:
            while self.command == "GET":
                news = self.server.news(seen, page)
                if news is None:
                    self.wfile.write(b": still here\n\n")
                    continue
                seen, state = news
                self.wfile.write(f"data: {json.dumps(state)}\n\n".encode())
        except OSError:
            return  # the page was left, or the preview has ended
