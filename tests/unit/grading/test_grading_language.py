"""Feedback is in the language of the course, in whichever process it's written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import make
import pytest

from copydesk.grading import Options, grade
from copydesk.text import follow, remark

if TYPE_CHECKING:
    from pathlib import Path

BANK = make.bank()
OWN = {"remark": "Gelesen von Frau Beispiel.", "python": {"feedback.you": "Du selbst"}}


@pytest.mark.parametrize("workers", [1, 2])
def test_feedback_is_in_the_language_of_the_course(tmp_path: Path, workers: int) -> None:
    """Other processes write the pages in the course's language and with its own texts; what it lacks is English."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "de.json").write_text(json.dumps(OWN), encoding="utf-8")
    (tmp_path / "in").mkdir()
    for name in ("Ada", "Bo"):
        submission = make.submission(name, make.half_right())
        (tmp_path / "in" / f"{name}.json").write_bytes(make.to_bytes(submission))
    follow("de", tmp_path / "texts")
    grade([tmp_path / "in"], tmp_path / "out", banks={BANK.lesson: BANK}, options=Options(workers=workers))
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.html") if "ada" in path.name]
    assert pages
    for page in pages:
        assert '<html lang="de">' in page
        assert "Deine Antwort" in page
        assert "Du selbst" in page
        assert "Zu dieser Übersetzung: Gelesen von Frau Beispiel." in page
        assert "Your answer" not in page


def test_a_page_is_turned_around_for_a_language_from_right_to_left(tmp_path: Path) -> None:
    """The page of a course in Arabic says so, and has no remark where no catalogue makes one."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Ada.json").write_bytes(make.to_bytes(make.submission("Ada", make.half_right())))
    follow("ar")
    grade([tmp_path / "in"], tmp_path / "out", banks={BANK.lesson: BANK}, options=Options())
    (page,) = [path for path in (tmp_path / "out").rglob("*.html") if "ada" in path.name]
    assert '<html lang="ar" dir="rtl">' in page.read_text(encoding="utf-8")
    assert remark("ar") == ""
    assert "About this translation" not in page.read_text(encoding="utf-8")
