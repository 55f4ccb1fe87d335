"""A page that is loaded again shows what was not saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.authoring import author
from copydesk.scaffold.course_folder import make_course
from copydesk.scaffold.intake import source_from_text

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_same_notebook_run_again_has_the_same_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both widgets of one kernel speak of the same unsaved course; another course has its own."""
    text = "The ferry will stop on Monday. The mayor called that sensible. Fishermen doubt it, the harbour office said."
    titles = []
    for name in ("one", "two"):
        folder = tmp_path / name
        make_course(folder, source_from_text(text), language="en", lesson="01-ferry")
        monkeypatch.chdir(folder)
        if name == "one":
            author()._authoring.answer({"id": 1, "do": "course-edit", "fields": {"title": "Not saved yet"}})
        titles.append(author()._authoring.answer({"id": 2, "do": "course"})["course"]["title"])
    assert titles[0] == "Not saved yet"
    assert titles[1] != "Not saved yet"
