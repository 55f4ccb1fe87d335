"""The browser that tests, pictures and the gallery drive, the system's or Playwright's, and a server for its pages."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect as expect_of_playwright
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
"""Where macOS and Windows keep browsers, which are on no search path there."""
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


FIRST_VERSIONS = "{ const { random } = Math; Math.random = () => random() / 2; }"
"""A script by which a page draws the first version of each task that has a twin."""
WHOLE_PAGES = """{
  const { getItem } = Storage.prototype;
  Storage.prototype.getItem = Object.assign(
    function (key) {
      return ["copydesk/whole-page", "copydesk/lab/whole"].includes(key) ? "yes" : getItem.call(this, key);
    },
    { getItem },
  );
}"""
"""A script that makes the reader one who has chosen to see lessons in one piece. It stores nothing: a storage that is
touched while a page is still being left may be read as it was before.
"""
STEPS = "Storage.prototype.getItem = Storage.prototype.getItem.getItem ?? Storage.prototype.getItem;"
"""A script that makes the reader one who sees a step at a time, as everybody does at first."""


def find_chromium() -> str | None:
    """Return the program of a Chromium, or None where there is only Playwright's own."""
    named = os.environ.get("COPYDESK_CHROMIUM")
    return named or next(filter(None, map(shutil.which, (*PROGRAMS, *INSTALLED))), None)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start a headless Chromium, and close it in the end.

    Its pages draw first versions, so that one knows them, and show lessons in one piece.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for name in ("new_context", "new_page"):
            setattr(browser, name, _with_scripts(getattr(browser, name)))
        yield browser
        browser.close()


def _with_scripts(make: Callable[..., BrowserContext | Page]) -> Callable[..., BrowserContext | Page]:
    """Return what makes a context or a page with the scripts of a reader whom tests know."""

    @functools.wraps(make)
    def made(**options: Any) -> BrowserContext | Page:  # noqa: ANN401  (Playwright's own)
        opened = make(**options)
        opened.add_init_script(FIRST_VERSIONS)
        opened.add_init_script(WHOLE_PAGES)
        return opened

    return made


@functools.singledispatch
def expect(found: Any) -> Any:  # noqa: ANN401  (an assertion of Playwright's, or of engines/expectations.py)
    """Return what can be expected of elements or of a page, whatever drives the browser."""
    return expect_of_playwright(found)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A static file server that prints nothing; with a ``policy``, it sends that with every file."""

    policy = ""

    def end_headers(self) -> None:
        """Send the policy as the last header."""
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def without_complaints(page: Page) -> Iterator[None]:
    """Hold that the browser has nothing to complain about while a page is used."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    yield
    assert complaints == []


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet, *, policy: str = "") -> Iterator[str]:
    """Serve a folder on this machine, with a policy if one is given, and yield its address, which ends with a slash."""
    kind = type("Server", (handler,), {"policy": policy})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(kind, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
