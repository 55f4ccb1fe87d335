"""A folder's list of files that Copy Desk wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.owned_files import LIST, OwnedFiles

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_not_written_by_us_is_foreign(tmp_path: Path) -> None:
    """A file that is there and was never claimed is foreign, and so is a link that leads nowhere."""
    (tmp_path / "ours.html").touch()
    (tmp_path / "theirs.html").touch()
    (tmp_path / "link.html").symlink_to(tmp_path / "gone")
    OwnedFiles(tmp_path).claim(["ours.html", "sub/later.html"])
    names = ["ours.html", "theirs.html", "link.html", "new.html"]
    assert OwnedFiles(tmp_path).foreign_names(names) == ["link.html", "theirs.html"]


def test_claims_outlive_a_killed_run(tmp_path: Path) -> None:
    """Names that were claimed and never kept are still ours; keeping others forgets them."""
    OwnedFiles(tmp_path).claim(["a"])
    OwnedFiles(tmp_path).claim(["b"])
    assert OwnedFiles(tmp_path).names == {"a", "b"}
    OwnedFiles(tmp_path).keep(["b"])
    assert OwnedFiles(tmp_path).names == {"b"}


def test_a_damaged_list_owns_nothing(tmp_path: Path) -> None:
    """A list that cannot be read never lets a file be overwritten."""
    for text in ("", "{}", '["a", 1'):
        (tmp_path / LIST).write_text(text)
        assert OwnedFiles(tmp_path).names == frozenset()
