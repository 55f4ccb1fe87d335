"""The three engines: each reader has a browser of their own, with a profile that knows nothing."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import expectations  # noqa: F401  (teaches `expect` the elements of these engines)
import pytest
from browsing import served
from drivers import ENGINES, running_engine
from page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Return the name of an engine."""
    return str(request.param)


@pytest.fixture
def reader(engine: str, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that starts the engine for somebody who was never here, and returns their page."""
    with ExitStack() as stack:

        def make(*, dark: bool = False) -> Page:
            folder = tmp_path / f"reader-{len(list(tmp_path.glob('reader-*')))}"
            return Page(stack.enter_context(running_engine(engine, folder, dark=dark)), folder / "downloads")

        yield make


@pytest.fixture(params=["http", "file"])
def way(request: pytest.FixtureRequest) -> str:
    """Return how a page is opened: from a web server, or from a folder."""
    return str(request.param)


@pytest.fixture
def address_of(way: str, tmp_path: Path) -> Iterator[Callable[[Path], str]]:
    """Return a function that returns the address of a page that a test wrote."""
    with served(tmp_path) as root:
        yield lambda path: root + path.relative_to(tmp_path).as_posix() if way == "http" else path.as_uri()


@pytest.fixture
def book(way: str, request: pytest.FixtureRequest, site: Path) -> str:
    """Return the address of the built book, which ends with a slash."""
    return str(request.getfixturevalue("server")) if way == "http" else f"{site.as_uri()}/"
