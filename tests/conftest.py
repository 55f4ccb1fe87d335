"""Leaves out, on Windows, what only other systems have; gives drawn examples time, and started programs the helpers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from copydesk.text import DEFAULT, follow

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDS_POSIX = [
    "unit/grading/test_grading_full_disk.py",
    "unit/grading/test_grading_killed.py",
    "unit/lab/test_lab_ends.py",
    "unit/sharing/test_terminal_and_links.py",
]
"""They limit the size of a file for one process, fork one to kill it, ask one to end, or need a terminal or links."""

collect_ignore = NEEDS_POSIX if os.name == "nt" else []

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def _course_language() -> Iterator[None]:
    """Forget the language of a course that a test opened."""
    yield
    follow(DEFAULT)


@pytest.fixture
def helper_environment(pytestconfig: pytest.Config) -> dict[str, str]:
    """Return the variables for a program that a test starts, which finds the helpers where the test itself does."""
    folders = pytestconfig.getini("pythonpath")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}
