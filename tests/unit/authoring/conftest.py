"""Courses to write in: a copy of the first course, and a small new one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from copydesk.course.settings import find_root
from copydesk.scaffold.course_folder import make_course
from copydesk.scaffold.intake import source_from_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDERS = ("seeds", "lessons", "exercises", "solutions")
ARTICLE = """\
Night ferry ran aground, harbour office says

A passenger ferry ran aground off Skelmouth on Tuesday night, the harbour office said. No one was hurt.

“We heard a bang,” said a passenger, who did not give her name. The ship had left Port Ennis at 9.40 p.m.

Experts have long warned that the channel is too shallow. The council says it was dredged in spring.
"""


@pytest.fixture
def first_course(tmp_path: Path) -> Path:
    """Return a copy of the first course."""
    for folder in FOLDERS:
        shutil.copytree(find_root() / folder, tmp_path / "first" / folder, ignore=shutil.ignore_patterns(".*"))
    return tmp_path / "first"


@pytest.fixture
def new_course(tmp_path: Path) -> Path:
    """Return a new course of an invented report, as `copydesk new` makes it."""
    source = source_from_text(ARTICLE)
    make_course(tmp_path / "ferry", source, language="en", lesson="01-ferry")
    return tmp_path / "ferry"


@pytest.fixture(scope="module", autouse=True)
def _no_chosen_course() -> Iterator[None]:
    """Let the course be the one of the folder, whatever the environment of the tests names."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("COPYDESK_COURSE", "COPYDESK_ANSWERS"):
            patch.delenv(name, raising=False)
        yield
