"""A lesson speaks the language of its course."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import copydesk
from copydesk.course.settings import find_root
from copydesk.text import language

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

ROOT = find_root()
SLUG = "05-claims"


def test_a_desk_follows_its_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lesson of a German course has German views, with texts for the browser; one of an English course, English."""
    root = tmp_path / "course"
    (root / "lessons" / "quizzes").mkdir(parents=True)
    shutil.copytree(ROOT / "seeds", root / "seeds")
    shutil.copyfile(ROOT / "lessons" / "quizzes" / f"{SLUG}.yml", root / "lessons" / "quizzes" / f"{SLUG}.yml")
    facts = root / "seeds" / "course.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("language: en", "language: de"), encoding="utf-8")
    monkeypatch.setenv("COPYDESK_COURSE", str(root))
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    html = copydesk.open(SLUG, answers=tmp_path).quiz("practice")._repr_html_()
    assert 'lang="de"' in html
    assert "Übung" in html
    assert "Lesart der Referenz" in html
    assert "Noch einmal versuchen" in html, "the browser is given the German texts"
    monkeypatch.setenv("COPYDESK_COURSE", str(ROOT))
    assert 'lang="en"' in copydesk.open(SLUG, answers=tmp_path).quiz("practice")._repr_html_()
    assert language() == "en"
