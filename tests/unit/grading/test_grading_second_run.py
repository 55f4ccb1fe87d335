"""A second run into a folder: it grades what is new or changed, and ends with the bytes of a first run."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import killed
import make
import pandas as pd
import pytest
import simulate
from hypothesis import given
from hypothesis import strategies as st

from copydesk.figures import class_points, describe_class_points
from copydesk.grading import Options, grade
from copydesk.grading.files.digest_lines import digest_line, undamaged_data
from copydesk.grading.files.problems import GradingError
from copydesk.grading.files.result_names import DRAWINGS, FINISHED, JOURNAL
from copydesk.grading.report import drawings
from copydesk.grading.run import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from matplotlib.figure import Figure

    from copydesk.course.bank import Bank

BANK = make.bank()
LATER = "2026-11-23T08:00:00Z"
FILES = ["ada-later.json", "ada.json", "bo.json", "cy.ipynb", "dee.zip/dee.json", "dee.zip/x.json", "eve-1.json"]
FILES += ["eve-2.json", "none.json"]
DRAWN_LESSONS = ("02-attribution", "06-verification")


class BrokenOffError(Exception):
    """Ends a run."""


class Runs:
    """One folder of submissions, graded again and again; what the last run graded and drew itself."""

    def __init__(self, top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Watch what is graded and drawn."""
        self.folder, self.out, self._other = top / "in", top / "out", top / "other"
        self.banks: Mapping[str, Bank] = {BANK.lesson: BANK}
        self.graded: list[str] = []
        self.drawn = 0
        plain_grade_file, plain_add = workers.grade_file, drawings.Drawings.add

        def grade_file(document: workers.SubmittedFile, rules: workers.Rules) -> list[workers.Outcome]:
            self.graded.append(document.name)
            return plain_grade_file(document, rules)

        def add(kept: drawings.Drawings, key: bytes, wide: str, upright: str) -> None:
            self.drawn += 1
            plain_add(kept, key, wide, upright)

        monkeypatch.setattr(workers, "grade_file", grade_file)
        monkeypatch.setattr(drawings.Drawings, "add", add)

    def run(self, **options: object) -> tuple[list[str], int]:
        """Grade, require the results of a run into an empty folder, and return the files and figures that were new."""
        self.graded, self.drawn = [], 0
        grade([self.folder], self.out, banks=self.banks, options=Options(**options))
        new = list(self.graded), self.drawn
        shutil.rmtree(self._other, ignore_errors=True)
        grade([self.folder], self._other, banks=self.banks, options=Options(**options))
        assert killed.results(self.out) == killed.results(self._other)
        return new


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Return a folder that was graded once: one learner submitted twice, and one in two parts that are joined."""
    own = Runs(tmp_path, monkeypatch)
    make.honest(own.folder)
    later = make.submission("ada", make.half_right(), saved=LATER, handed_in=LATER)
    put(own.folder / "ada-later.json", later)
    members = {"dee.json": make.to_bytes(make.submission("Dee", {})), "x.json": b"{}"}
    (own.folder / "dee.zip").write_bytes(make.zipped(members))
    halves = list(make.half_right().items())
    put(own.folder / "eve-1.json", make.submission("Eve", dict(halves[:2])))
    put(own.folder / "eve-2.json", make.submission("Eve", dict(halves[2:]), saved=LATER, handed_in=LATER))
    (own.folder / "none.json").write_bytes(b"")
    assert own.run() == (FILES, 0)
    return own


def put(path: Path, data: object) -> None:
    """Write a submission."""
    path.write_bytes(make.to_bytes(data))


def page(runs: Runs, name: str) -> Path:
    """Return a learner's page."""
    return next((runs.out / "feedback").glob(f"{name}-*"))


def test_what_is_known_is_not_graded_again(runs: Runs) -> None:
    """Only a new file is graded; without one, none, and not a learner's whose work was joined from two files."""
    assert runs.run() == ([], 0)
    put(runs.folder / "new.json", make.submission("New", make.half_right()))
    assert runs.run() == (["new.json"], 0)
    assert runs.run() == ([], 0)


def test_without_pages_it_is_the_same(runs: Runs) -> None:
    """Without feedback pages, too, only new files are graded."""
    assert runs.run(pages=False)[0] == FILES
    put(runs.folder / "new.json", make.submission("New", make.half_right()))
    assert runs.run(pages=False)[0] == ["new.json"]
    assert runs.run()[0] == sorted([*FILES, "new.json"])


@pytest.mark.parametrize(
    ("change", "graded"),
    [
        (lambda runs: put(runs.folder / "bo.json", make.submission("Bo", {})), ["bo.json"]),
        (lambda runs: (runs.folder / "bo.json").unlink(), []),
        (lambda runs: (runs.folder / "ada-later.json").unlink(), ["ada.json"]),
        (lambda runs: (runs.folder / "bo.json").rename(runs.folder / "ben.json"), ["ben.json"]),
        (lambda runs: (runs.folder / "dee.zip").rename(runs.folder / "d.zip"), ["d.zip/dee.json", "d.zip/x.json"]),
        (lambda runs: page(runs, "bo").unlink(), ["bo.json"]),
        (lambda runs: page(runs, "bo").write_bytes(page(runs, "bo").read_bytes() + b"mine"), ["bo.json"]),
        (lambda runs: page(runs, "eve").unlink(), []),
        (lambda runs: shutil.rmtree(runs.out / "feedback"), [*FILES[:1], *FILES[2:5]]),
        (lambda runs: (runs.out / "feedback.zip").write_bytes(b""), []),
        (lambda runs: (runs.out / "gradebook.csv").unlink(), []),
        (lambda runs: (runs.out / FINISHED).unlink(), FILES),
        (lambda runs: (runs.out / FINISHED).write_bytes(b"\0" * 9_000_000), FILES),
    ],
)
def test_what_has_changed_is_graded_again(runs: Runs, change: Callable[[Runs], object], graded: list[str]) -> None:
    """A file or page that was changed, renamed, removed or lost costs no more than itself, and leaves no trace."""
    change(runs)
    assert runs.run()[0] == graded
    assert runs.run()[0] == []


def test_other_rules_grade_everything_again(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """With another key, list, due time or language, nothing of the earlier run is used."""
    key = BANK["T5"].key
    assert key is not None
    tasks = [entry.model_copy(update={"key": key}) if entry.task.id == "T5" else entry for entry in BANK.tasks]
    roster = runs.folder.parent / "class.csv"
    roster.write_text("id,name\n1,Ada\n", encoding="utf-8")
    assert runs.run(roster=roster)[0] == FILES
    roster.write_text("id,name\n1,Ada\n2,Bo\n", encoding="utf-8")
    assert runs.run(roster=roster)[0] == FILES
    runs.banks = {BANK.lesson: BANK.model_copy(update={"keyed_by": "someone else", "tasks": tuple(tasks)})}
    assert runs.run(roster=roster)[0] == FILES
    monkeypatch.setenv("COPYDESK_LANGUAGE", "uk")
    assert runs.run(roster=roster)[0] == FILES
    assert runs.run(roster=roster)[0] == []


def test_other_code_grades_everything_again(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an update of Copy Desk, even one without a new number, nothing of the earlier run is used."""
    monkeypatch.setattr("copydesk.grading.run.journal.code_digest", lambda: b"another")
    assert runs.run()[0] == FILES


def test_a_name_that_reads_differently_is_graded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another file shows that a name is the platform's, the file of that name is graded again, and no other."""
    runs = Runs(tmp_path, monkeypatch)
    runs.folder.mkdir()
    put(runs.folder / "lovelace_ada_340_208490_x.json", make.submission("Ada", {}))
    put(runs.folder / "own.json", make.submission("Own", {}))
    runs.run()
    put(runs.folder / "bo_341_208491_x.json", make.submission("Bo", {}))
    assert runs.run()[0] == ["bo_341_208491_x.json", "lovelace_ada_340_208490_x.json"]


def test_a_second_run_that_breaks_off_is_resumed(runs: Runs) -> None:
    """Broken off after any number of files, a second run still knows what the first one did."""
    put(runs.folder / "new.json", make.submission("New", {}))
    for after in range(len(FILES) + 2):

        def stop(done: int, _: int, after: int = after) -> None:
            if done == after:
                raise BrokenOffError

        with pytest.raises(BrokenOffError):
            grade([runs.folder], runs.out, banks=runs.banks, on_progress=stop)
        assert (runs.out / JOURNAL).exists()
    assert runs.run()[0] == []


def test_a_wrong_folder_forgets_nothing(runs: Runs, tmp_path: Path) -> None:
    """A run that finds nothing to grade leaves the results alone, and what the next run needs."""
    before = killed.results(runs.out)
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "x.json").write_bytes(b"{}")
    with pytest.raises(GradingError):
        grade([tmp_path / "wrong"], runs.out, banks=runs.banks)
    assert runs.run()[0] == []
    assert killed.results(runs.out) == before


@pytest.mark.parametrize("step", range(7))
def test_a_damaged_journal_costs_only_time(runs: Runs, step: int) -> None:
    """With any byte changed, or cut off anywhere, the results are the same."""
    path = runs.out / FINISHED
    whole = path.read_bytes()
    place = step * len(whole) // 7 + step
    for damaged in (whole[:place], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
        path.write_bytes(damaged)
        assert runs.run()[0] != FILES or step == 0
        assert path.read_bytes() == whole


def test_a_line_of_somebody_else_is_not_believed(runs: Runs) -> None:
    """Better marks in a line, with its key but without its digest, are not believed."""
    path = runs.out / FINISHED
    lines = path.read_bytes().splitlines(keepends=True)
    forged = [line.replace(b'"unanswered"', b'"answered"').replace(b"0.0", b"9.0") for line in lines]
    assert forged != lines
    path.write_bytes(b"".join(forged))
    graded, _ = runs.run()
    assert graded


@given(st.binary(max_size=80).map(lambda data: data.replace(b"\n", b"")), st.data())
def test_a_line_says_whether_it_is_as_it_was(data: bytes, draw: st.DataObject) -> None:
    """A line gives back its data, and nothing once any byte of it has changed."""
    key = b"a" * 64
    line = digest_line(key, data)
    assert undamaged_data(line) == data
    place = draw.draw(st.integers(0, len(line) - 1))
    changed = draw.draw(st.integers(0, 255).filter(lambda value: value != line[place]))
    assert undamaged_data(line[:place] + bytes([changed]) + line[place + 1 :]) == b""


@pytest.fixture
def drawn_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Return a simulated class that is large enough for figures, in two lessons, graded once."""
    own = Runs(tmp_path, monkeypatch)
    own.banks = {lesson: bank for lesson, bank in simulate.banks().items() if lesson in DRAWN_LESSONS}
    own.folder.mkdir()
    for name, data in simulate.class_of(own.banks, {}, 12):
        put(own.folder / name, data)
    _, drawn = own.run()
    assert drawn == 6
    return own


def test_only_what_looks_different_is_drawn_again(drawn_runs: Runs) -> None:
    """One more submission has the figures of its own lesson drawn again; without one, none are."""
    assert drawn_runs.run() == ([], 0)
    more = list(simulate.class_of(drawn_runs.banks, {}, 13))[-1]
    put(drawn_runs.folder / more[0], more[1])
    graded, drawn = drawn_runs.run()
    assert graded == [more[0]]
    assert 1 <= drawn <= 3


def test_damaged_drawings_are_drawn_again(drawn_runs: Runs) -> None:
    """A drawing that was changed or cut off is drawn again, and so is the one of a link, which is not followed."""
    path = drawn_runs.out / DRAWINGS
    whole = path.read_bytes()
    for damaged in (whole[:-9], whole.replace(b"<svg", b"<img")):
        path.write_bytes(damaged)
        assert drawn_runs.run()[1] > 0
        assert path.read_bytes() == whole
    secret = path.with_name("..").resolve() / "secret"
    secret.write_bytes(whole)
    path.unlink()
    path.symlink_to(secret)
    assert drawn_runs.run()[1] == 6
    assert secret.read_bytes() == whole


def test_a_figure_with_more_than_its_numbers_is_drawn_each_time(tmp_path: Path) -> None:
    """A function that has values from around it may draw something else of the same numbers, so none is kept."""
    portions = dict.fromkeys(("none", "to_quarter", "to_half", "to_three_quarters", "below_full", "full"), 2)
    line = {"task": "T1", "title": "x", "maximum": 2, "submissions": 12, "answered": 12, "mean_points": 1.0}
    frame = pd.DataFrame([line | portions])
    title = "y"

    def draw(table: pd.DataFrame) -> Figure:
        return class_points(table.assign(title=title))

    path = tmp_path / DRAWINGS
    with drawings.kept_drawings(path):
        drawings.picture(draw, describe_class_points, frame)
    assert not path.exists()
    with drawings.kept_drawings(path):
        drawings.picture(class_points, describe_class_points, frame)
    assert path.exists()
