"""An empty environment, the wheel, and the package index: all that somebody elsewhere has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from installing import ROOT, build, install_whole, learn_and_grade

from copydesk import __version__

if TYPE_CHECKING:
    from pathlib import Path


def test_a_wheel_does_everything_elsewhere(tmp_path: Path) -> None:
    """In an empty environment a wheel brings all it needs: the course is opened, done, graded, and made into a book."""
    (wheel,) = build(ROOT, tmp_path / "dist", "--wheel")
    installed = install_whole(wheel, tmp_path / "installed", "book")
    assert installed.copydesk("--version") == f"Copy Desk {__version__}\n"
    learn_and_grade(installed)
    installed.copydesk("book", "--out", installed.place / "site")
    pages = sorted((installed.place / "site").rglob("*.html"))
    unsaid = [page.name for page in pages if f"Copy Desk {__version__}," not in page.read_text(encoding="utf-8")]
    assert len(pages) > 30
    assert unsaid == []
