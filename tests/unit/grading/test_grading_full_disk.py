"""A disk that is full: the error is clear, every file is there whole or not at all, and with room it goes on.

The room is a limit that the system sets on the size of a file: what is beyond it is cut off in the middle and refused.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import killed
import make
import pytest

from copydesk.grading import GradingError, grade
from copydesk.grading.files.result_names import FINISHED, JOURNAL
from copydesk.grading.marking.folder import Mark, MarkingFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
FULL = r"cannot be written \(File too large\).*is the disk full"
MANY = 60


@contextmanager
def room(size: int) -> Iterator[None]:
    """Let no file grow beyond a size."""
    import resource  # noqa: PLC0415  (Windows has none)

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def write_class(folder: Path) -> None:
    """Write the submissions of eight learners."""
    make.honest(folder)
    for name in ("dee", "eli", "fay", "gus", "hal"):
        (folder / f"{name}.json").write_bytes(make.to_bytes(make.submission(name.title(), make.half_right())))


def test_whatever_does_not_fit_nothing_is_half_written(tmp_path: Path) -> None:
    """With room for ever more of the results, those there are whole each time, and the next run completes them."""
    write_class(tmp_path / "in")
    grade([tmp_path / "in"], tmp_path / "reference", banks=BANKS)
    reference = killed.results(tmp_path / "reference")
    failed = set()
    for number, size in enumerate(sorted({len(data) for data in reference.values() if data})):
        out = tmp_path / str(number)
        with room(size - 1), pytest.raises(GradingError, match=FULL) as caught:
            grade([tmp_path / "in"], out, banks=BANKS)
        failed.add(Path(str(caught.value).split(" cannot be")[0]).name)
        left = killed.results(out)
        assert left.pop(JOURNAL)[-1:] in {b"", b"\n"}
        assert left.items() <= reference.items()
        grade([tmp_path / "in"], out, banks=BANKS)
        assert killed.results(out) == reference
    assert "feedback.zip" in failed
    assert any(name.startswith("ada-") for name in failed)


def test_results_of_before_stay_whole(tmp_path: Path) -> None:
    """Where there are results already, each file is afterwards the old one or the new one."""
    write_class(tmp_path / "in")
    out = tmp_path / "out"
    grade([tmp_path / "in"], out, banks=BANKS)
    old = killed.results(out)
    (tmp_path / "in" / "ada.json").write_bytes(make.to_bytes(make.submission("Ada", make.half_right())))
    grade([tmp_path / "in"], tmp_path / "reference", banks=BANKS)
    new = killed.results(tmp_path / "reference")
    with room(len(new["feedback.zip"]) - 1), pytest.raises(GradingError, match=FULL):
        grade([tmp_path / "in"], out, banks=BANKS)
    left = killed.results(out)
    assert left.pop(JOURNAL).startswith(old.pop(FINISHED))
    assert left.keys() == old.keys()
    assert all(data in {old[name], new[name]} for name, data in left.items())
    assert left["gradebook.csv"] == new["gradebook.csv"] != old["gradebook.csv"]


def test_no_room_for_the_journal(tmp_path: Path) -> None:
    """Where the journal itself does not fit, it keeps its whole lines, and the next run goes on from them."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number:02}.json").write_bytes(make.to_bytes(make.submission(f"Learner {number % 9}", {})))
    grade([folder], tmp_path / "reference", banks=BANKS)
    reference = killed.results(tmp_path / "reference")
    largest = max(len(data) for name, data in reference.items() if name.startswith("feedback/"))
    with room(largest), pytest.raises(GradingError, match=JOURNAL):
        grade([folder], out, banks=BANKS)
    lines = (out / JOURNAL).read_bytes().splitlines(keepends=True)
    assert 3 < len(lines) < MANY
    assert {line[-2:] for line in lines} == {b"]\n"}
    grade([folder], out, banks=BANKS)
    assert killed.results(out) == reference


def add_mark(folder: MarkingFolder, text: str) -> None:
    """Give a text one more mark."""
    mark = Mark(text=text, criterion="claims", level=3, comments=("Good.",), at=datetime(2026, 11, 24, tzinfo=UTC))
    folder.change_marks("W1", "Kim", "first", put=[mark])


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("W1-kim.jsonl", lambda folder: add_mark(folder, "t2")),
        ("comments.yml", lambda folder: folder.add_comment("W1", "claims", "Say who says so.")),
        ("texts.json", lambda folder: folder.put_texts({"W1": ["One text.", "Another text."]}, 7)),
    ],
)
def test_marks_of_before_stay(tmp_path: Path, name: str, change: Callable[[MarkingFolder], object]) -> None:
    """A mark, comment or text that does not fit is an error; all that was saved before is there, byte by byte."""
    folder = MarkingFolder(tmp_path, BANK.lesson)
    folder.put_texts({"W1": ["One text."]}, 7)
    add_mark(folder, "t1")
    folder.add_comment("W1", "claims", "Good.")
    before = killed.results(tmp_path)
    with room(len(before[f"{BANK.lesson}/{name}"])), pytest.raises(GradingError, match=FULL):
        change(folder)
    assert killed.results(tmp_path) == before
    change(folder)
    changed = killed.results(tmp_path)
    assert {file for file in changed if changed[file] != before[file]} == {f"{BANK.lesson}/{name}"}


def test_no_room_for_a_lock(tmp_path: Path) -> None:
    """Where not even the lock can be made, the marker is told, and the desk lives on."""
    folder = MarkingFolder(tmp_path, BANK.lesson)
    (tmp_path / BANK.lesson / ".lock").mkdir(parents=True)
    with pytest.raises(GradingError, match="is the disk full"):
        add_mark(folder, "t1")
