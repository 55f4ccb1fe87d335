"""What a run knows it hands over in memory: no table that it wrote is read again, and both say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import killed
import make
import pytest
from test_regrade import BANK, BECAUSE, KEY, LESSON, OTHER_KEY, bank_of, chosen, put, results

from copydesk.grading import Options, grade
from copydesk.grading.files import writing
from copydesk.grading.files.csv_files import read_csv
from copydesk.grading.results.score_changes import read_gradebook
from copydesk.grading.run.regrade import regrade

if TYPE_CHECKING:
    from pathlib import Path

SPOILED = b"learner,lesson\nSomebody else,99-other\n"
NAMES = ("Ada", "=1+1", " Bo ", 'O\'Neil; "Cy"', "Dee\nDee", "007")
WRITTEN = {"W1": {"kind": "written", "text": "The court found grounds; Tass reported the visit."}}
OTHER_POINTS = "points: 12", "points: 8"


def listed(folder: Path, *names: str) -> Options:
    """Return options with a list of learners of these names."""
    lines = [f"s{number},{name},s{number}@example.org" for number, name in enumerate(names)]
    (folder / "class.csv").write_text("\n".join(["id,name,e-mail", *lines]), encoding="utf-8")
    return Options(roster=folder / "class.csv")


def spoil_tables(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Spoil every table as soon as it is written, as somebody may who has it open; return what was written."""
    written: dict[str, bytes] = {}
    plain = writing.replace_file

    def spoil(path: Path, content: bytes, *, is_durable: bool) -> None:
        if path.suffix == ".csv":
            written[path.name] = content
        plain(path, SPOILED if path.suffix == ".csv" else content, is_durable=is_durable)

    monkeypatch.setattr(writing, "replace_file", spoil)
    return written


def test_nothing_is_taken_from_a_table_that_the_run_wrote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes tables while a class is graded again changes neither the report nor whose score moved."""
    (tmp_path / "in").mkdir()
    killed.write_submissions(tmp_path / "in", 12)
    options = listed(tmp_path, *(f"Simulated {number:05}" for number in range(14)))
    corrected = {LESSON: bank_of(tmp_path / "corrected", KEY, OTHER_KEY)}
    for name in ("quiet", "spoiled"):
        grade([tmp_path / "in"], tmp_path / name, banks={LESSON: BANK}, options=options)
    found = []
    for name in ("quiet", "spoiled"):
        written = spoil_tables(monkeypatch) if name == "spoiled" else {}
        made = regrade([tmp_path / "in"], tmp_path / name, reason=BECAUSE, banks=corrected, options=options)
        found.append(made.summary().replace(str(tmp_path / name), ""))
    quiet, spoiled = results(tmp_path / "quiet"), results(tmp_path / "spoiled")
    assert {"gradebook.csv", "tasks.csv", "001.csv"} <= set(written)
    assert spoiled["gradebook.csv"] == SPOILED
    assert found[0] == found[1]
    assert spoiled["report.html"] == quiet["report.html"]
    assert written["001.csv"] == quiet["rekeyed/001.csv"]
    assert written["tasks.csv"] == quiet["report/tasks.csv"]


@pytest.mark.parametrize("is_listed", [False, True])
def test_a_run_hands_over_what_its_gradebook_says(tmp_path: Path, *, is_listed: bool) -> None:
    """The scores that a run hands over are those that anybody reads in its gradebook: odd names, older tasks."""
    older, now = bank_of(tmp_path / "older", OTHER_POINTS), make.bank()
    answers = make.reference(now) | WRITTEN
    for number, name in enumerate(NAMES):
        put(tmp_path / "in", f"{number}", answers, learner={"alias": name}, bank=(now, older)[number % 2].fingerprint())
    put(tmp_path / "in", "last", chosen("T5", "neutral"))
    options = listed(tmp_path, *NAMES[:3]) if is_listed else Options()
    report = grade([tmp_path / "in"], tmp_path / "out", banks={LESSON: now}, kept=[older], options=options)
    read = read_gradebook(read_csv(report.gradebook))
    assert len(read) == len(NAMES) + 1
    assert list(report.scores.rows()) == read
