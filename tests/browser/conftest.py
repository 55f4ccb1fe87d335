"""A real browser, a real JupyterLab, and a course folder that tests may change."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from copydesk.laboratory import claim_port, copy_course, lab_command, lab_environment, stop, wait_until_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium_path() -> str | None:
    """Return the system's Chromium, or None for the one that Playwright installed."""
    return os.environ.get("COPYDESK_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)


@pytest.fixture(scope="session")
def browser(chromium_path: str | None) -> Iterator[Browser]:
    """Return a headless Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a fresh profile; an error on it fails the test."""
    context = browser.new_context(viewport={"width": 900, "height": 1000}, accept_downloads=True)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@dataclass
class Lab:
    """A running JupyterLab: its address, and the folder it works in."""

    address: str
    token: str
    work: Path

    def url(self, notebook: str) -> str:
        """Return the address of a notebook."""
        return f"{self.address}/lab/tree/{notebook}?token={self.token}&reset"


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start JupyterLab as ``copydesk lab`` starts it, on a fresh working copy."""
    work = tmp_path_factory.mktemp("lab")
    copy_course(ROOT, work)
    port, token = claim_port(None), "token-of-the-tests"
    environment = lab_environment(ROOT, work, token)
    for name in ("COPYDESK_ANSWERS", "COPYDESK_RENDER"):
        environment.pop(name, None)
    environment["JUPYTERLAB_SETTINGS_DIR"] = str(work / ".settings")
    environment["JUPYTERLAB_WORKSPACES_DIR"] = str(work / ".workspaces")
    with (work / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*lab_command(work, port), "--expose-app-in-browser"], env=environment, stdout=log, stderr=log
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_ready(server, port, token)
            yield Lab(address, token, work)
        finally:
            stop(server)
