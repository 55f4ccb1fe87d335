"""What was found out about a text is found out again only where the text, the question or the software is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from copydesk.release.kept_results import KeptResults

if TYPE_CHECKING:
    from pathlib import Path


class Reader:
    """Counts the words of a text, and notes which texts it was given."""

    def __init__(self) -> None:
        """Begin with none."""
        self.given: list[str] = []

    def __call__(self, text: str) -> int:
        """Return the number of words."""
        self.given.append(text)
        return len(text.split())


def test_a_text_that_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    """The next build knows the answer for it, and reads the one that has changed."""
    file, reader = tmp_path / "results.json", Reader()
    first = KeptResults(file, "one")
    assert [first.answer("words", text, reader) for text in ("a b", "a b", "c")] == [2, 2, 1]
    first.save()
    again = KeptResults(file, "one")
    assert [again.answer("words", text, reader) for text in ("a b", "c d e")] == [2, 3]
    assert reader.given == ["a b", "c", "c d e"]


def test_another_question_or_other_software_reads_again(tmp_path: Path) -> None:
    """An answer to one question is none to another, and a newer Copy Desk may see more."""
    file, reader = tmp_path / "results.json", Reader()
    first = KeptResults(file, "one")
    first.answer("words", "a b", reader)
    first.answer("words of key 2", "a b", reader)
    first.save()
    KeptResults(file, "two").answer("words", "a b", reader)
    assert reader.given == ["a b"] * 3


@pytest.mark.parametrize("damage", ["", "[]", '{"state": "one"}', '{"state": "one", "results": 3}'])
def test_a_damaged_file_costs_time_only(tmp_path: Path, damage: str) -> None:
    """It is as if nothing had been kept."""
    file, reader = tmp_path / "results.json", Reader()
    file.write_text(damage, encoding="utf-8")
    assert KeptResults(file, "one").answer("words", "a b", reader) == 2
    assert reader.given == ["a b"]
