"""A real browser, a real JupyterLab, and a course folder that tests may change."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from browsing import ROOT, running_browser, served
from filelock import FileLock
from playwright.sync_api import expect

from copydesk.lab.jupyterlab import Lab, running_lab
from copydesk.lab.working_copy import copy_course

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

expect.set_options(timeout=20_000)  # a machine that does much at once is slow, not wrong


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    with running_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a fresh profile; an error on it fails the test."""
    context = browser.new_context(viewport={"width": 900, "height": 1000}, accept_downloads=True)
    context.set_default_timeout(10_000)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start JupyterLab as ``copydesk lab`` starts it, on a fresh working copy."""
    work = tmp_path_factory.mktemp("lab")
    copy_course(ROOT, work)
    with (work / "server.log").open("w") as log, running_lab(ROOT, work, driven=True, log=log) as running:
        yield running


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the book in a folder of a folder: it is served under a sub-path."""
    return built(tmp_path_factory, worker_id, "www/school/media")


@pytest.fixture(scope="session")
def public_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the edition for a public site: for learners, with quotations from the article."""
    return built(tmp_path_factory, worker_id, "public", "--learner", "--article", "quotes")


def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str, name: str, *options: str) -> Path:
    """Build a book by its command, once for all processes, and return its folder."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    out = shared / name
    with FileLock(shared / "book.lock"):
        if not out.is_dir():
            command = [sys.executable, "-m", "copydesk", "book", "--article", "full", "--out", str(out), *options]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Serve the folder above the book on this machine; yield the address of the book."""
    with served(site.parents[1]) as address:
        yield f"{address}school/media/"
