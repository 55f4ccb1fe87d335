"""A real browser, a real JupyterLab, and a course folder that tests may change."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

from copydesk.laboratory import claim_port, copy_course, lab_command, lab_environment, stop

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
            wait_for(f"{address}/api/status?token={token}", server)
            yield Lab(address, token, work)
        finally:
            stop(server)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, "JupyterLab ended before it was ready"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("JupyterLab did not answer within 60 seconds")
