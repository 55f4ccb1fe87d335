"""Grading that is broken off: started again it goes on where it was, and ends with the bytes of an undisturbed run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import killed
import make
import psutil
import pytest

from copydesk.grading import GradingReport, Options, grade
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.result_names import FINISHED, JOURNAL
from copydesk.grading.report.counts import Layout
from copydesk.grading.run.journal import Journal, RecalledFile, page_digest
from copydesk.grading.run.one_file import OWN_FAULT, GradedFile
from copydesk.grading.run.rules import Rules
from copydesk.grading.run.workers import grade_file
from copydesk.grading.scores.versions import collect_versions
from copydesk.grading.submissions.learners import read_learners
from copydesk.grading.submissions.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Callable

    from copydesk.grading.run.one_file import Outcome

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
LATER = "2026-11-23T08:00:00Z"


class BrokenOffError(Exception):
    """Stands for whatever ends a run."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of six submissions of four learners, one of them in a zip file, and a file that is none."""
    made = tmp_path / "in"
    make.honest(made)
    later = make.submission("ada", make.half_right(), saved=LATER, handed_in=LATER)
    (made / "ada-later.json").write_bytes(make.to_bytes(later))
    (made / "dee.zip").write_bytes(
        make.zipped({"dee.json": make.to_bytes(make.submission("Dee", {})), "x.json": b"{}"})
    )
    (made / "empty.json").write_bytes(b"")
    return made


def break_off(folder: Path, out: Path, after: int, **options: object) -> None:
    """Grade so many files and no further."""

    def stop(done: int, _: int) -> None:
        if done == after:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        grade([folder], out, banks=BANKS, on_progress=stop, options=Options(**options))


def graded_again(
    folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch, **options: object
) -> tuple[GradingReport, list[str]]:
    """Grade to the end; return also the files that were settled in this run."""
    seen: list[str] = []

    def watched(document: SubmittedFile, rules: Rules) -> list[Outcome]:
        seen.append(document.name)
        return grade_file(document, rules)

    with monkeypatch.context() as patched:
        patched.setattr("copydesk.grading.run.workers.grade_file", watched)
        return grade([folder], out, banks=BANKS, options=Options(**options)), seen


def undisturbed(folder: Path, out: Path, **options: object) -> dict[str, bytes]:
    """Return the results of a run that nothing breaks off."""
    grade([folder], out, banks=BANKS, options=Options(**options))
    return killed.results(out)


def test_killed_at_random_points_it_ends_as_if_nothing_had_been() -> None:
    """Killed twelve times, it ends with the same bytes, leaves nothing behind, and repeats at most the file in hand."""
    command = [sys.executable, killed.__file__, "9", "12"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout)
    assert (seen["killed"], seen["same_bytes"], seen["left_over"]) == (12, True, [])
    assert seen["graded"] == seen["completed"] * seen["submissions"] + seen["repeated"]
    assert seen["repeated"] <= seen["killed"]


@pytest.mark.parametrize("after", range(8))
def test_what_is_finished_is_not_done_again(
    folder: Path, tmp_path: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off after any number of files, only the others are graded, and the journal is gone in the end."""
    names = ["ada-later.json", "ada.json", "bo.json", "cy.ipynb", "dee.zip/dee.json", "dee.zip/x.json", "empty.json"]
    reference = undisturbed(folder, tmp_path / "reference")
    break_off(folder, tmp_path / "out", after)
    assert (tmp_path / "out" / JOURNAL).exists()
    _, seen = graded_again(folder, tmp_path / "out", monkeypatch)
    assert seen == names[after:]
    assert killed.results(tmp_path / "out") == reference


def test_a_submission_that_goes_gives_way_to_the_one_before(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the submission that counted is taken away in between, the learner's other one gets its page after all."""
    break_off(folder, tmp_path / "out", 6)
    (folder / "ada-later.json").unlink()
    _, seen = graded_again(folder, tmp_path / "out", monkeypatch)
    assert seen == ["empty.json", "ada.json"]
    assert killed.results(tmp_path / "out") == undisturbed(folder, tmp_path / "reference")


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("<p>mine</p>")])
def test_a_page_that_is_gone_is_made_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], object]
) -> None:
    """A page that somebody removed or changed in between is made again; no other submission is graded for it."""
    reference = undisturbed(folder, tmp_path / "reference")
    break_off(folder, tmp_path / "out", 7)
    spoil(next((tmp_path / "out" / "feedback").glob("bo-*")))
    _, seen = graded_again(folder, tmp_path / "out", monkeypatch)
    assert seen == ["bo.json"]
    assert killed.results(tmp_path / "out") == reference


def test_other_rules_grade_everything_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With another key, roster or due date nothing of the broken-off run is used."""
    break_off(folder, tmp_path / "out", 7)
    roster = tmp_path / "class.csv"
    roster.write_text("id,name\n1,Ada\n", encoding="utf-8")
    _, seen = graded_again(folder, tmp_path / "out", monkeypatch, roster=roster)
    assert len(seen) == 7
    reference = undisturbed(folder, tmp_path / "reference", roster=roster)
    assert killed.results(tmp_path / "out") == reference


def test_a_changed_submission_is_graded_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the same name with other bytes is another file."""
    break_off(folder, tmp_path / "out", 7)
    (folder / "bo.json").write_bytes(make.to_bytes(make.submission("Bo", {})))
    _, seen = graded_again(folder, tmp_path / "out", monkeypatch)
    assert seen == ["bo.json"]
    assert killed.results(tmp_path / "out") == undisturbed(folder, tmp_path / "reference")


def rules(tmp_path: Path) -> Rules:
    """Return rules with a roster, as a run has them."""
    roster = tmp_path / "class.csv"
    roster.write_text("id,name,e-mail\n7,Ada,ada@example.org\n", encoding="utf-8")
    return Rules(collect_versions(BANKS), {BANK.lesson: Layout(BANK)}, Roster.from_lists([read_learners(roster)]))


def test_a_line_of_the_journal_says_all(tmp_path: Path) -> None:
    """What is read from the journal equals what was written, with odd names, problems, senders and matches."""
    made = rules(tmp_path)
    odd = f"odd \udcff {make.SCRIPT}_7_208490_x.json"
    responses = {**make.half_right(), "T1": {"kind": "choice", "chosen": ["x"]}}
    document = SubmittedFile(odd, make.to_bytes(make.submission("Ada", responses)))
    files = [
        document,
        SubmittedFile("empty.json", b""),
        SubmittedFile("ada.json", make.to_bytes(make.submission("Ada", {}))),
    ]
    with Journal(tmp_path, made, ()) as journal:
        for file in files:
            journal.add(file, grade_file(file, made))
    with Journal(tmp_path, rules(tmp_path), ()) as journal:
        for file in files:
            (graded,) = grade_file(file, made)
            (recalled,) = journal.recall(file) or [None]
            if isinstance(graded, GradedFile):
                assert recalled == RecalledFile(graded.submission, page_digest(graded.page))
            else:
                assert recalled == graded
        assert journal.recall(SubmittedFile("other.json", b"")) is None


def test_a_line_that_broke_off_is_passed_over(tmp_path: Path) -> None:
    """Cut at any byte, the journal gives what it gave or nothing, and further lines are whole."""
    made = rules(tmp_path)
    first, second = (SubmittedFile(name, make.to_bytes(make.submission(name, {}))) for name in ("a.json", "b.json"))
    with Journal(tmp_path, made, ()) as journal:
        journal.add(first, grade_file(first, made))
        journal.add(second, grade_file(second, made))
    data = (tmp_path / JOURNAL).read_bytes()
    length = data.index(b"\n", 1)
    for end in range(0, len(data) - 1, 7):
        (tmp_path / JOURNAL).write_bytes(data[:end])
        with Journal(tmp_path, made, ()) as journal:
            assert (journal.recall(first) is not None) == (end >= length)
            assert journal.recall(second) is None
            journal.add(second, grade_file(second, made))
        with Journal(tmp_path, made, ()) as journal:
            assert journal.recall(second) is not None


def test_a_journal_from_somebody_else_does_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --out among the submissions the journal may be a learner's file: it is neither believed nor followed."""
    secret = folder.parent / "secret"
    secret.write_text("mine", encoding="utf-8")
    for hostile in (b"\x80\x04c__builtin__\neval\n(", b'{"Row": []}\n' * 9, b"\0" * 1000, b"0" * 64 + b" []\n"):
        (folder / JOURNAL).write_bytes(hostile)
        _, seen = graded_again(folder, folder, monkeypatch)
        assert len(seen) == 7
    (folder / FINISHED).unlink()
    (folder / JOURNAL).symlink_to(secret)
    _, seen = graded_again(folder, folder, monkeypatch)
    assert len(seen) == 7
    assert secret.read_text(encoding="utf-8") == "mine"
    assert not (folder / JOURNAL).exists()


def test_a_file_that_we_failed_on_is_tried_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this program itself failed on, for want of memory perhaps, is not taken for finished."""

    def failing(document: SubmittedFile, rules: Rules) -> list[Outcome]:
        if document.name == "bo.json":
            return [SubmissionProblem(document.name, f"{OWN_FAULT} (MemoryError)", "x")]
        return grade_file(document, rules)

    with monkeypatch.context() as patched:
        patched.setattr("copydesk.grading.run.workers.grade_file", failing)
        break_off(folder, tmp_path / "out", 7)
    _, seen = graded_again(folder, tmp_path / "out", monkeypatch)
    assert seen == ["bo.json"]


WORKERS = """
from pathlib import Path
import make
from copydesk.grading import Options, grade

def main():
    bank = make.bank()
    grade([Path({folder!r})], Path({out!r}), banks={{bank.lesson: bank}}, options=Options(workers=2),
          on_progress=lambda done, _: print(done, flush=True))

if __name__ == "__main__":
    main()
"""


def test_workers_end_with_the_run_that_is_killed(tmp_path: Path, helper_environment: dict[str, str]) -> None:
    """When a run with several processes is killed its workers end too, and the next run ends with the same bytes."""
    folder = tmp_path / "in"
    folder.mkdir()
    killed.write_submissions(folder, 9)
    script = tmp_path / "run.py"
    script.write_text(WORKERS.format(folder=str(folder), out=str(tmp_path / "out")), encoding="utf-8")
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, env=helper_environment, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert any(line.strip() == "1" for line in run.stdout)
        workers = psutil.Process(run.pid).children(recursive=True)
        run.kill()
    assert len(workers) >= 2
    assert psutil.wait_procs(workers, timeout=20)[1] == []
    grade([folder], tmp_path / "out", banks=BANKS)
    assert killed.results(tmp_path / "out") == undisturbed(folder, tmp_path / "reference")
