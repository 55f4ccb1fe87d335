"""Several markers: texts shared out, handed on, marked in copies of the folder, and merged."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.grading import GradingError, Options, grade
from copydesk.grading.files import writing
from copydesk.grading.marking.desk import MarkingDesk
from copydesk.grading.marking.final_marks import read_final_marks
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.handing_on import hand_on
from copydesk.grading.marking.merging import MergedMarks, merge_marks
from copydesk.grading.marking.moderation import HEADS, TABLE, moderations, waive
from copydesk.grading.marking.page import PAGE, moderate
from copydesk.grading.marking.paper import write_paper
from copydesk.grading.marking.readers import SharedMarks
from copydesk.grading.marking.sampling import sample_size
from copydesk.grading.marking.session import Session
from copydesk.grading.marking.sharing import Allotment, SharingRule, share_out
from copydesk.grading.run.anonymous_texts import written_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from click.testing import Result

    from copydesk.grading.marking.shares import Share
    from copydesk.kinds.written.model import Level

BANK = make.bank()
LESSON, TASK = BANK.lesson, "W1"
BANKS = {LESSON: BANK}
NAMES = ("Anna", "Ben", "Chris")
CRITERIA = ("accuracy", "cue")


def filled(top: Path, count: int = 12, *, names: tuple[str, ...] = NAMES, sample: float = 0.2) -> MarkingFolder:
    """Return a marking folder with simulated texts, shared out among markers."""
    folder = MarkingFolder(top, LESSON)
    folder.put_texts({TASK: [f"The essay number {number}." for number in range(count)]}, 7)
    share_out(folder, SharingRule(names, sample))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> MarkingFolder:
    """Return a folder with twelve texts for three markers, six of which two of them read."""
    return filled(tmp_path / "marks")


def shares(folder: MarkingFolder) -> dict[str, Share]:
    """Return the shares of a folder by text."""
    file = folder.shares()
    assert file is not None
    return {share.text: share for share in file.tasks[TASK]}


def texts_of(folder: MarkingFolder, marker: str) -> set[str]:
    """Return the texts that a marker has to read."""
    shared = SharedMarks.from_folder(folder, BANK[TASK].task, folder.texts().open_ids(TASK))
    assert shared is not None
    return set(shared.texts_of(marker))


def work(folder: MarkingFolder, marker: str, marks: int = 1000, level: Level = 3) -> int:
    """Give a marker's next texts marks, and return how many."""
    session, given = Session(folder, BANK, marker=marker, role="shared"), 0
    while given < marks and (progress := session.progress()).phase != "end":
        if progress.text is None:
            session.begin()
        else:
            session.mark(level, [f"A comment of {marker}."])
            given += 1
    return given


def copy(folder: MarkingFolder, name: str) -> MarkingFolder:
    """Return a copy of the folder of all marks, as a marker takes it home."""
    top = folder.path.parent
    shutil.copytree(top, top.with_name(name))
    return MarkingFolder(top.with_name(name), LESSON)


def merge(folder: MarkingFolder, other: MarkingFolder) -> MergedMarks:
    """Merge another folder of marks into one, and return what was taken over."""
    (merged,) = merge_marks(folder.path.parent, other.path.parent, BANKS)
    return merged


def content(folder: MarkingFolder) -> dict[str, bytes]:
    """Return all files of a folder but the lock."""
    return {path.name: path.read_bytes() for path in folder.path.iterdir() if path.name != ".lock"}


class Allotted(NamedTuple):
    """The shares of a task after its texts came in at once or bit by bit."""

    shares: dict[str, Share]
    before: dict[str, Share]


@st.composite
def allotments(draw: st.DrawFn) -> tuple[Allotted, list[str], frozenset[str], float]:
    """Return shares of drawn texts among drawn markers, those texts that are open, and the share of the sample."""
    markers = [f"M{number}" for number in range(draw(st.integers(2, 5)))]
    early, late = draw(st.integers(0, 40)), draw(st.integers(0, 20))
    sample, seed = draw(st.sampled_from([0.0, 0.1, 0.2, 0.5, 1.0])), draw(st.integers(0, 99))
    first_ids = frozenset(f"t{number}" for number in range(early))
    closed = frozenset(draw(st.sets(st.sampled_from(sorted(first_ids)), max_size=3))) if first_ids else frozenset()
    ids = first_ids - closed | {f"t{number}" for number in range(early, early + late)}
    before = allot(markers, (), first_ids, sample=sample, seed=seed)
    after = allot(markers, before.values(), ids, sample=sample, seed=seed)
    return Allotted(after, before), markers, ids, sample


def allot(
    markers: list[str],
    earlier: Iterable[Share],
    ids: frozenset[str],
    *,
    sample: float = 0.2,
    seed: int = 7,
    preferred: Mapping[str, str] | None = None,
) -> dict[str, Share]:
    """Return the shares of some texts by text."""
    allotment = Allotment(TASK, seed, markers, earlier, ids)
    allotment.add_first_readers(preferred or {}, Counter())
    allotment.add_second_readers(sample)
    return {share.text: share for share in allotment.shares()}


@given(allotments())
def test_every_text_has_one_first_reader(drawn: tuple[Allotted, list[str], frozenset[str], float]) -> None:
    """Every open text has one first reader; as many have a second one as the sample says, and never the same person."""
    (after, before), markers, ids, sample = drawn
    assert after.keys() == before.keys() | ids
    assert all(len(share.first) == 1 and share.first[0] in markers for share in after.values())
    assert all(share.first[0] not in share.second for share in after.values())
    twice = sum(bool(after[text].second) for text in ids)
    twice_before = sum(bool(share.second) for text, share in before.items() if text in ids)
    assert twice == max(sample_size(len(ids), sample), twice_before)


@given(allotments())
def test_late_texts_move_no_others(drawn: tuple[Allotted, list[str], frozenset[str], float]) -> None:
    """A text that comes later, or is replaced, changes neither the first nor the second reader of an earlier one."""
    (after, before), *_ = drawn
    for text, share in before.items():
        assert after[text].first == share.first
        assert after[text].second[: len(share.second)] == share.second


@given(st.integers(2, 6), st.integers(0, 60), st.integers(0, 99))
def test_balanced_shares_differ_by_one(markers: int, count: int, seed: int) -> None:
    """The numbers of first readings differ by one at most, and so do the meetings of each pair of markers."""
    names = [f"M{number}" for number in range(markers)]
    ids = frozenset(f"t{number}" for number in range(count))
    found = allot(names, (), ids, seed=seed)
    first = Counter(dict.fromkeys(names, 0)) + Counter(share.first[0] for share in found.values())
    counts = [first[name] for name in names]
    assert max(counts) - min(counts) <= 1
    pairs = Counter(frozenset((*share.first, *share.second)) for share in found.values() if share.second)
    meetings = [pairs[frozenset(pair)] for pair in combinations(names, 2)]
    assert max(meetings) - min(meetings) <= 1
    assert allot(names, (), ids, seed=seed) == found


def test_another_seed_shares_out_differently() -> None:
    """The seed decides who marks which text."""
    ids = frozenset(f"t{number}" for number in range(40))
    assert allot(list(NAMES), (), ids, seed=7) != allot(list(NAMES), (), ids, seed=8)


def test_preferred_markers_come_first() -> None:
    """Texts with a marker of their own go to that one, however many there are; the others even the numbers out."""
    ids = frozenset(f"t{number}" for number in range(12))
    preferred = {f"t{number}": "Anna" for number in range(6)} | {"t11": "Zed"}
    found = allot(list(NAMES), (), ids, preferred=preferred)
    assert {text for text, share in found.items() if share.first == ("Anna",)} == {f"t{number}" for number in range(6)}
    assert Counter(share.first[0] for share in found.values()) == {"Anna": 6, "Ben": 3, "Chris": 3}


def test_a_folder_without_shares_is_as_before(tmp_path: Path) -> None:
    """Without the file of shares a lesson has one first and one second marker, as ever."""
    folder = MarkingFolder(tmp_path, LESSON)
    folder.put_texts({TASK: ["One.", "Two."]}, 7)
    assert folder.role(is_second=False) == "first"
    assert folder.role(is_second=True) == "second"
    assert Session(folder, BANK, marker="Anna", role="first").progress().total == 2


def test_each_marker_sees_their_own_texts_mixed(folder: MarkingFolder) -> None:
    """A session has the marker's first and second readings and no others, in an order that doesn't tell them apart."""
    all_shares, seen = shares(folder), {}
    for name in NAMES:
        session = Session(folder, BANK, marker=name, role="shared")
        order = list(session.order(session.steps[0]))
        seen[name] = set(order)
        assert seen[name] == {text for text, share in all_shares.items() if share.is_read_by(name)}
        is_first = [all_shares[text].first == (name,) for text in order]
        assert is_first not in (sorted(is_first), sorted(is_first, reverse=True))
        (paper, *_) = write_paper(folder, BANK, marker=name, role="shared")
        table = paper.table.read_text(encoding="utf-8-sig")
        assert {row["text"] for row in csv.DictReader(io.StringIO(table, newline=""))} == seen[name]
    assert sum(map(len, seen.values())) == 12 + 6


def test_shares_say_nothing_about_learners(tmp_path: Path) -> None:
    """The file of shares has ids of texts and names of markers, and neither a learner nor a section."""
    paths = class_folder(tmp_path, share="section", sections={"10a": "Anna", "10b": "Ben"})
    run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Anna", "--paper")
    text = (paths.top / "marks" / COURSE_LESSON / "shares.json").read_text(encoding="utf-8")
    assert "Anna" in text
    for word in ("10a", "10b", "Simulated", "Learner", "s01"):
        assert word not in text


def test_only_markers_of_the_lesson_mark(folder: MarkingFolder) -> None:
    """A name that has no share is refused with a list, and so is the old way to be a second marker."""
    with pytest.raises(GradingError, match=r"Zed is not a marker of 02-attribution\. The markers are Anna, Ben, Chris"):
        Session(folder, BANK, marker="Zed", role="shared")
    with pytest.raises(GradingError, match="shared out among Anna, Ben, Chris"):
        Session(folder, BANK, marker="Anna", role="first")
    with pytest.raises(GradingError, match="Leave out --second"):
        folder.role(is_second=True)
    assert Session(folder, BANK, marker="anna", role="shared").progress().total == len(texts_of(folder, "Anna"))


def test_texts_are_shared_out_before_anyone_marks(tmp_path: Path) -> None:
    """Where one first marker has begun, nothing is shared out, and the message names them."""
    folder = MarkingFolder(tmp_path, LESSON)
    folder.put_texts({TASK: ["One.", "Two."]}, 7)
    Session(folder, BANK, marker="Dora", role="first").mark(3)
    with pytest.raises(GradingError, match="already has marks from Dora"):
        share_out(folder, SharingRule(NAMES, 0.2))
    assert folder.shares() is None


def test_names_that_would_share_a_file_are_refused(tmp_path: Path) -> None:
    """Two markers whose names differ only in capitals would write into one file, so they are refused."""
    with pytest.raises(GradingError, match="differ only in capitals"):
        filled(tmp_path, names=("Anna", "ANNA"))


def test_a_damaged_file_of_shares_is_named(folder: MarkingFolder) -> None:
    """A file of shares that somebody broke is named, and no one marks by chance as the only marker."""
    (folder.path / "shares.json").write_text("{", encoding="utf-8")
    with pytest.raises(GradingError, match=r"shares\.json cannot be read"):
        Session(folder, BANK, marker="Anna", role="shared")


def test_a_lost_file_of_shares_is_missed(folder: MarkingFolder) -> None:
    """Where marks are there but no file says who reads which text, that is said, and no mark is taken for none."""
    work(folder, "Anna", 1)
    (folder.path / "shares.json").unlink()
    with pytest.raises(GradingError, match=r"shares\.json is missing.*Restore it from a copy"):
        moderations(folder, BANK)


def test_marks_of_all_readers_are_moderated(folder: MarkingFolder) -> None:
    """Marks count when all of the sample is read by two and agreed on; the first reader's levels and comments count."""
    marks = folder.path.parent
    work(folder, "Anna", level=2)
    work(folder, "Ben")
    (moderation,) = moderations(folder, BANK)
    assert moderation.needed == 6
    assert len(moderation.twice) < 6
    (wait,) = read_final_marks(marks, BANKS).waiting
    assert f"`copydesk mark --lesson {LESSON} --marker Chris --out {marks}`" in wait.remedy
    work(folder, "Chris")
    lines = moderate(folder, BANK, marks).details
    assert any("0 of 18 texts are left" in line for line in lines)
    rows = list(csv.DictReader(io.StringIO((folder.path / TABLE).read_text(encoding="utf-8-sig"), newline="")))
    assert {row["text"] for row in rows} == {
        text for text, share in shares(folder).items() if share.second and share.is_read_by("Anna")
    }
    for row in rows:
        row["agreed"] = "4"
    write_rows(folder.path / TABLE, rows)
    assert moderate(folder, BANK, marks).counting == ["W1"]
    final = read_final_marks(marks, BANKS).texts
    assert len(final) == 12
    for text, share in shares(folder).items():
        level = 4 if share.second and share.is_read_by("Anna") else 2 if share.first == ("Anna",) else 3
        assert {mark.level for mark in final[text].values()} == {level}
        assert {mark.comments for mark in final[text].values()} == {(f"A comment of {share.first[0]}.",)}


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a table as a spreadsheet would."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(HEADS))
        writer.writeheader()
        writer.writerows(rows)


def test_pairs_of_markers_have_their_own_kappa(tmp_path: Path) -> None:
    """Page and lines show the kappa of a pair that read six texts or more, and call fewer texts too few."""
    folder = filled(tmp_path / "marks", 30, sample=0.5)
    for name in NAMES:
        work(folder, name, 7 if name == "Chris" else 1000)
    for number, text in enumerate(sorted(texts_of(folder, "Anna"))):
        level = number % 4 + 1
        raise_level(folder, text, level)
    pair = Counter(frozenset((*share.first, *share.second)) for share in shares(folder).values() if share.second)
    assert set(pair.values()) == {5}
    lines = moderate(folder, BANK, folder.path.parent).details
    (line,) = [line for line in lines if "by pair" in line]
    assert "Anna and Ben too few texts (5)" in line
    html = (folder.path / PAGE).read_text(encoding="utf-8")
    assert "Too few texts to say" in html

    folder = filled(tmp_path / "more", 12, names=("Anna", "Ben"))
    for name in ("Anna", "Ben"):
        work(folder, name)
    for number, text in enumerate(sorted(texts_of(folder, "Anna") & texts_of(folder, "Ben"))):
        raise_level(folder, text, number % 4 + 1)
    (line,) = [line for line in moderate(folder, BANK, folder.path.parent).details if "by pair" in line]
    assert "Anna and Ben 1.00 (1.00 to 1.00, 6 texts)" in line
    assert "Anna and Ben</bdi>" in (folder.path / PAGE).read_text(encoding="utf-8")


def raise_level(folder: MarkingFolder, text: str, level: int) -> None:
    """Give all marks of a text one level."""
    for file in folder.marks_files():
        marks = [mark.model_copy(update={"level": level}) for mark in file.marks.values() if mark.text == text]
        folder.change_marks(TASK, file.head.marker, "shared", put=marks)


def test_the_page_says_who_has_texts_left(folder: MarkingFolder) -> None:
    """Page and lines say of each marker how many texts are left, and the numbers add up."""
    work(folder, "Ben")
    count = {name: len(texts_of(folder, name)) for name in NAMES}
    assert sum(count.values()) == 18
    (line,) = [line for line in moderate(folder, BANK, folder.path.parent).details if "left to mark" in line]
    assert f"{18 - count['Ben']} of 18 texts" in line
    assert f"Ben 0 of {count['Ben']}" in line
    assert f"Anna {count['Anna']} of {count['Anna']}" in line
    assert "Who marks how many texts" in (folder.path / PAGE).read_text(encoding="utf-8")


def test_the_desk_of_a_shared_lesson_ends(folder: MarkingFolder) -> None:
    """At the end of their share a marker learns what comes next, and not which texts another one reads too."""
    work(folder, "Anna")
    view = MarkingDesk(Session(folder, BANK, marker="Anna", role="shared")).view
    assert view["phase"] == "end"
    assert any("compared with the marks of a second reader" in note for note in view["notes"])


def test_unmarked_texts_are_handed_on(folder: MarkingFolder) -> None:
    """Texts marked whole stay with the marker who falls ill; all others go to the rest, no one reading one twice."""
    before = shares(folder)
    mine = texts_of(folder, "Anna")
    work(folder, "Anna", len(mine) + 2)
    handed = hand_on(folder, BANK, marker="Anna")
    assert (handed.texts, handed.whole, handed.begun) == (len(mine), 2, len(mine) - 2)
    assert handed.taken.total() == len(mine) - 2
    assert handed.taken.keys() <= {"Ben", "Chris"}
    assert len(texts_of(folder, "Anna")) == 2
    for text, share in shares(folder).items():
        assert len({*share.first, *share.second}) == len(share.first) + len(share.second)
        if text not in mine or text in texts_of(folder, "Anna"):
            assert share == before[text]
    for name in ("Ben", "Chris"):
        work(folder, name)
    (moderation,) = moderations(folder, BANK)
    assert (len(moderation.whole), len(moderation.twice)) == (12, 6)
    assert not any(row.left for row in moderation.progress)


def test_the_others_have_about_as_many_left(tmp_path: Path) -> None:
    """Without a name, the texts go to those who have fewest left, so that all have about as many in the end."""
    folder = filled(tmp_path, 40, names=("Anna", "Ben", "Chris", "Dora"))
    work(folder, "Ben")
    hand_on(folder, BANK, marker="Anna")
    (moderation,) = moderations(folder, BANK)
    left = {row.marker: row.left for row in moderation.progress}
    assert left["Anna"] == 0
    assert max(left["Chris"], left["Dora"]) - left["Ben"] <= 2


def test_begun_marks_are_kept_and_do_not_count(folder: MarkingFolder) -> None:
    """Marks for some criteria stay in their file, and the text has the marks of its new reader alone."""
    work(folder, "Anna", 3, level=1)
    before = (folder.path / "W1-anna.jsonl").read_bytes()
    hand_on(folder, BANK, marker="Anna", to="Ben")
    assert (folder.path / "W1-anna.jsonl").read_bytes() == before
    for name in ("Ben", "Chris"):
        work(folder, name)
    waive(folder, "A trial.")
    levels = {
        mark.level for marks in read_final_marks(folder.path.parent, BANKS).texts.values() for mark in marks.values()
    }
    assert levels == {3}


def test_second_readings_go_to_nobodys_own_text(folder: MarkingFolder) -> None:
    """A text whose second reader takes over gets another second reader; its first reader never reads it twice."""
    mine, before = texts_of(folder, "Anna"), shares(folder)
    handed = hand_on(folder, BANK, marker="Anna", to="Ben")
    assert handed.texts == len(mine) == handed.taken.total()
    assert handed.not_to("Ben") == sum(before[text].first == ("Ben",) for text in mine) == handed.taken["Chris"]
    after = shares(folder)
    for share in after.values():
        assert share.first[-1:] != share.second[-1:]
        assert not share.is_read_by("Anna")
    assert sum(bool(share.second) for share in after.values()) == 6
    assert handed.moved.keys() <= {"Chris"}


def test_two_markers_of_whom_one_falls_ill(tmp_path: Path) -> None:
    """The one who is left becomes the first reader of all texts; second readings wait until there is someone else."""
    folder = filled(tmp_path, 12, names=("Anna", "Ben"))
    handed = hand_on(folder, BANK, marker="Anna")
    assert handed.texts == handed.taken.total() + handed.unplaced
    assert handed.unplaced + handed.single == 6
    assert {share.first[-1] for share in shares(folder).values()} == {"Ben"}
    work(folder, "Ben")
    (wait,) = read_final_marks(folder.path.parent, BANKS).waiting
    assert "0 of 6 texts have been marked by two people" in wait.why
    assert f"{handed.unplaced} texts are left with Anna, who gets no more texts" in wait.remedy
    assert "`copydesk class hand-on Anna --to NAME`" in wait.remedy
    assert "--marker Anna" not in wait.remedy
    again = hand_on(folder, BANK, marker="Anna", to="Dora", names=("Ben", "Dora"))
    assert again.taken == {"Dora": handed.unplaced}
    (wait,) = read_final_marks(folder.path.parent, BANKS).waiting
    work(folder, "Dora")
    (wait,) = read_final_marks(folder.path.parent, BANKS).waiting
    assert "add a marker to class.yml" in wait.remedy
    share_out(folder, SharingRule(("Ben", "Dora"), 0.2))
    assert len(texts_of(folder, "Dora")) == 6
    work(folder, "Dora")
    assert not read_final_marks(folder.path.parent, BANKS).waiting


def test_who_handed_a_text_on_does_not_read_it_second(tmp_path: Path) -> None:
    """When the sample is filled again, a text's earlier first reader is passed over like its present one."""
    folder = filled(tmp_path, 12, names=("Anna", "Ben"))
    hand_on(folder, BANK, marker="Anna")
    share_out(folder, SharingRule(("Anna", "Ben"), 1))
    for share in shares(folder).values():
        assert not set(share.first) & set(share.second)


def test_handing_on_again_changes_nothing(folder: MarkingFolder) -> None:
    """A marker with no text left has nothing to hand on."""
    hand_on(folder, BANK, marker="Anna")
    before = content(folder)
    assert hand_on(folder, BANK, marker="Anna").texts == 0
    assert content(folder) == before


@pytest.mark.parametrize(
    ("marker", "to", "message"),
    [
        ("Zed", "", "Zed is not a marker of 02-attribution; nothing was changed. The markers are Anna, Ben, Chris"),
        ("Anna", "Zed", "Zed is not a marker"),
        ("Anna", "anna", "to the same person"),
    ],
)
def test_wrong_names_hand_nothing_on(folder: MarkingFolder, marker: str, to: str, message: str) -> None:
    """A name that is no marker's, or the same one twice, is refused, and nothing changes."""
    before = content(folder)
    with pytest.raises(GradingError, match=message):
        hand_on(folder, BANK, marker=marker, to=to)
    assert content(folder) == before


def test_copies_are_merged(folder: MarkingFolder) -> None:
    """Markers who worked in copies send them back: all marks and comments are there, in whichever order they come."""
    at_home = {name: copy(folder, name) for name in NAMES}
    for name, other in at_home.items():
        work(other, name)
        other.add_comment(TASK, "cue", f"Written by {name}.")
    backwards = copy(folder, "backwards")
    for name in NAMES:
        assert merge(folder, at_home[name]).new == {name: 2 * len(texts_of(folder, name))}
    for name in reversed(NAMES):
        merge(backwards, at_home[name])
    assert folder.marks_files() == backwards.marks_files()
    assert set(folder.comments(TASK, "cue")) == {f"Written by {name}." for name in NAMES}
    assert len(moderations(folder, BANK)[0].twice) == 6
    before = content(folder)
    again = merge(folder, at_home["Anna"])
    assert (again.new.total(), again.newer, again.comments, again.same) == (0, 0, 0, again.total)
    assert content(folder) == before


def test_the_newest_mark_wins(folder: MarkingFolder) -> None:
    """Of two marks of one marker for the same place the later one is kept, whichever folder has it."""
    work(folder, "Anna", 2, level=1)
    other = copy(folder, "copy")
    session = Session(other, BANK, marker="Anna", role="shared")
    session.undo()
    session.mark(4)
    (newest,) = other.marks_files()
    older = copy(folder, "older")
    merged = merge(folder, other)
    assert (merged.total, merged.newer, merged.same) == (2, 1, 1)
    assert folder.marks_files() == [newest]
    merge(other, older)
    assert other.marks_files() == [newest]


def test_handed_on_texts_and_merged_marks(folder: MarkingFolder) -> None:
    """Marks of the marker before count only where they are whole and the new reader has none; all are kept."""
    other = copy(folder, "copy")
    mine, bens = texts_of(folder, "Anna"), texts_of(folder, "Ben")
    hand_on(folder, BANK, marker="Anna", to="Ben")
    work(folder, "Ben", 8)
    begun = {mark.text for file in folder.marks_files() for mark in file.marks.values()} & mine - bens
    assert begun
    work(other, "Anna", len(mine) + 4)
    whole = {text for text in mine if sum(mark.text == text for mark in other.marks_files()[0].marks.values()) == 2}
    merged = merge(folder, other)
    assert merged.new == {"Anna": len(mine) + 4}
    assert merged.back == Counter({"Anna": len(whole - begun)})
    assert merged.kept == Counter({"Anna": len(mine - (whole - begun))})
    assert texts_of(folder, "Anna") == whole - begun
    assert texts_of(folder, "Ben").isdisjoint(whole - begun - bens)
    before = content(folder)
    merge(folder, other)
    assert content(folder) == before
    early = copy(other, "early")
    merge(early, folder)
    assert {file.head.marker for file in early.marks_files()} == {"Anna", "Ben"}


def test_agreed_levels_and_waiver_are_taken_where_there_are_none(folder: MarkingFolder) -> None:
    """An agreed level of the other folder fills a gap and replaces none; a waiver too."""
    for name in NAMES:
        work(folder, name, level=2 if name == "Anna" else 3)
    moderate(folder, BANK, folder.path.parent)
    rows = list(csv.DictReader(io.StringIO((folder.path / TABLE).read_text(encoding="utf-8-sig"), newline="")))
    other = copy(folder, "copy")
    write_rows(other.path / TABLE, [{**row, "agreed": "4"} for row in rows])
    rows[0]["agreed"] = "1"
    write_rows(folder.path / TABLE, rows)
    waive(other, "There is no time.")
    merged = merge(folder, other)
    assert (merged.agreed, merged.is_waived) == (len(rows) - 1, True)
    (moderation,) = moderations(folder, BANK)
    assert sorted(moderation.agreed.values()) == [1] + [4] * (len(rows) - 1)
    assert moderation.waiver is not None
    again = merge(folder, other)
    assert (again.agreed, again.is_waived) == (0, False)


def damage_marks(other: MarkingFolder) -> None:
    """Cut a file of marks short."""
    path = other.path / "W1-ben.jsonl"
    path.write_bytes(path.read_bytes()[:-9])


def damage_texts(other: MarkingFolder) -> None:
    """Empty the file of texts."""
    (other.path / "texts.json").write_text("", encoding="utf-8")


def damage_comments(other: MarkingFolder) -> None:
    """Make the comments something else."""
    (other.path / "comments.yml").write_text("- a list", encoding="utf-8")


def damage_table(other: MarkingFolder) -> None:
    """Type something else for an agreed level."""
    write_rows(other.path / TABLE, [dict.fromkeys(HEADS, "x")])


def change_seed(other: MarkingFolder) -> None:
    """Make the folder one that was filled on its own."""
    data = json.loads((other.path / "texts.json").read_text(encoding="utf-8"))
    (other.path / "texts.json").write_text(json.dumps({**data, "seed": 8}), encoding="utf-8")


def add_text(other: MarkingFolder) -> None:
    """Add a text that only this folder has."""
    ids = [f"The essay number {number}." for number in range(13)]
    other.put_texts({TASK: ids}, 7)


def take_shares(other: MarkingFolder) -> None:
    """Remove the shares."""
    (other.path / "shares.json").unlink()


def change_task(other: MarkingFolder) -> None:
    """Make a file of marks one that leads out of the folder."""
    path = other.path / "W1-ben.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"W1"', '"../../W1"', 1), encoding="utf-8")


def rename_lesson(other: MarkingFolder) -> None:
    """Make the folder one of a lesson that the course does not have."""
    other.path.rename(other.path.with_name("09-unknown"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (damage_marks, r"W1-ben\.jsonl cannot be read"),
        (damage_texts, r"texts\.json cannot be read"),
        (damage_comments, r"comments\.yml does not have the form"),
        (damage_table, "the agreed level"),
        (change_seed, "is not a copy of"),
        (add_text, "has 1 text that"),
        (take_shares, "but not in"),
        (change_task, "belong to another lesson, task"),
        (rename_lesson, "marks for 09-unknown"),
    ],
)
def test_a_folder_that_does_not_belong_is_refused(
    folder: MarkingFolder, change: Callable[[MarkingFolder], None], message: str
) -> None:
    """A folder of other texts, or with a damaged file, is refused in words, and nothing is changed."""
    other = copy(folder, "copy")
    work(other, "Anna")
    work(other, "Ben", 2)
    other.add_comment(TASK, "cue", "Why?")
    change(other)
    before = content(folder)
    with pytest.raises(GradingError, match=message):
        merge(folder, other)
    assert content(folder) == before


def test_a_folder_is_not_merged_with_itself(folder: MarkingFolder, tmp_path: Path) -> None:
    """The same folder, and one without marks, are named for what they are."""
    with pytest.raises(GradingError, match="with itself"):
        merge(folder, folder)
    with pytest.raises(GradingError, match="there are no marks"):
        merge_marks(folder.path.parent, tmp_path, BANKS)


def test_without_shares_each_role_has_one_marker(tmp_path: Path) -> None:
    """Folders of one first and one second marker are merged as well, unless two people have the same role."""
    folder = MarkingFolder(tmp_path / "marks", LESSON)
    folder.put_texts({TASK: ["One.", "Two."]}, 7)
    other, wrong = copy(folder, "second"), copy(folder, "wrong")
    Session(folder, BANK, marker="Anna", role="first").mark(3)
    Session(other, BANK, marker="Ben", role="second").mark(3)
    Session(wrong, BANK, marker="Chris", role="first").mark(3)
    assert merge(folder, other).new == {"Ben": 1}
    with pytest.raises(GradingError, match="Anna has marks here, Chris in the other folder"):
        merge(folder, wrong)
    assert [file.head.marker for file in folder.marks_files()] == ["Anna", "Ben"]


@pytest.mark.parametrize("writes", range(5))
def test_an_interrupted_merge_loses_nothing(
    folder: MarkingFolder, writes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge that breaks off at any file leaves whole files, and the next one completes it."""
    other = copy(folder, "copy")
    for name in NAMES:
        work(other, name)
        other.add_comment(TASK, "cue", f"Written by {name}.")
    waive(other, "A trial.")
    whole = copy(folder, "whole")
    merge(whole, other)
    write_file, left = writing.replace_file, [writes]

    def break_off(*arguments: object, **options: object) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        write_file(*arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(writing, "replace_file", break_off)
        with pytest.raises(KeyboardInterrupt):
            merge(folder, other)
    merge(folder, other)
    assert folder.marks_files() == whole.marks_files()
    assert folder.all_comments() == whole.all_comments()
    assert (folder.path / "waiver.json").read_bytes() == (whole.path / "waiver.json").read_bytes()


COURSE_LESSON = "02-attribution"
COURSE_BANK = Course(find_root()).bank(SOLUTIONS, COURSE_LESSON)


class ClassFolder(NamedTuple):
    """The folder of a class, and its submissions."""

    top: Path
    submissions: Path


def class_folder(top: Path, count: int = 9, **markers: object) -> ClassFolder:
    """Write a class file with three markers, a roster with sections, and simulated submissions."""
    submissions = top / "submissions"
    submissions.mkdir(parents=True, exist_ok=True)
    roster = ["id,name,section"]
    for number in range(count):
        put(submissions, number)
        roster.append(f"s{number:02},Simulated {number:02},{('10a', '10b', '')[number % 3]}")
    (top / "class.csv").write_text("\n".join(roster) + "\n", encoding="utf-8")
    data = {
        "schema": "copydesk/class/1",
        "name": "A simulated class",
        "time_zone": "Europe/Kyiv",
        "roster": "class.csv",
        "lessons": {COURSE_LESSON: {}},
        "markers": {"names": list(NAMES), **markers},
    }
    (top / "class.yml").write_text(json.dumps(data), encoding="utf-8")
    return ClassFolder(top, submissions)


def put(submissions: Path, number: int) -> None:
    """Write a simulated submission."""
    data = make.submission(f"Simulated {number:02}", {"W1": {"kind": "written", "text": f"Simulated text {number}."}})
    data["bank"] = COURSE_BANK.without_keys().fingerprint()
    (submissions / f"{number:02}.json").write_bytes(make.to_bytes(data))


def run(top: Path, *words: object) -> Result:
    """Run a command in a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(top)
        return CliRunner().invoke(app, list(map(str, words)))


def first_readers(top: Path) -> dict[str, str]:
    """Return the first reader of each text by the number of its submission."""
    folder = MarkingFolder(top / "marks", COURSE_LESSON)
    texts = folder.texts().by_id()
    file = folder.shares()
    assert file is not None
    return {texts[share.text].text.split()[-1]: share.first[-1] for share in file.tasks["W1"]}


def test_the_class_file_is_enough_for_a_marker(tmp_path: Path) -> None:
    """With a class file, lesson and marker are enough; texts are shared out, and late ones added."""
    paths = class_folder(tmp_path)
    done = run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Anna", "--paper")
    assert done.exit_code == 0, done.output
    assert "9 texts newly shared out: Anna 3; Ben 3; Chris 3" in done.output
    assert "Not done: Anna has" in done.output
    before = first_readers(paths.top)
    put(paths.submissions, 9)
    done = run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Ben", "--paper")
    assert "1 text newly shared out" in done.output
    after = first_readers(paths.top)
    assert before.items() <= after.items()
    assert len(after) == 10


def test_the_command_line_wins(tmp_path: Path) -> None:
    """A folder for the marks that is given goes before the one in the class file."""
    paths = class_folder(tmp_path)
    done = run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Anna", "--paper", "--out", "elsewhere")
    assert done.exit_code == 0, done.output
    assert (paths.top / "elsewhere" / COURSE_LESSON / "shares.json").is_file()
    assert not (paths.top / "marks").exists()


def test_a_name_that_is_no_markers_is_answered_with_the_list(tmp_path: Path) -> None:
    """A name that the class file does not have ends the command with the names that it has, and nothing is written."""
    paths = class_folder(tmp_path)
    done = run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Zed", "--paper")
    assert done.exit_code == 1
    assert "Write one of Anna, Ben, Chris" in done.output
    assert not (paths.top / "marks").exists()
    (paths.top / "class.yml").unlink()
    done = run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Anna", "--paper")
    assert "Name the folder for the marks (--out)" in done.output


def test_each_section_has_its_marker(tmp_path: Path) -> None:
    """By section, each section's texts go to its marker; texts of learners in no such section are balanced."""
    paths = class_folder(tmp_path, share="section", sections={"10A": "Ben", "10b": "Anna"})
    done = run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Anna", "--paper")
    assert done.exit_code == 0, done.output
    readers = first_readers(paths.top)
    assert {readers[f"{number}."] for number in (0, 3, 6)} == {"Ben"}
    assert {readers[f"{number}."] for number in (1, 4, 7)} == {"Anna"}
    assert {readers[f"{number}."] for number in (2, 5, 8)} == {"Chris"}


def test_sections_that_no_one_is_in_are_named(tmp_path: Path) -> None:
    """Where no learner is in a section of the class file, the command says so and what to check."""
    paths = class_folder(tmp_path, share="section", sections={"11c": "Ben"})
    done = run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Anna", "--paper")
    assert "no learner with a text is in a section that has a marker" in done.output
    assert "Anna 3; Ben 3; Chris 3" in done.output


def test_a_list_names_the_marker_of_each_learner(tmp_path: Path) -> None:
    """By list, the learners' texts go to the marker beside them, others are balanced, and wrong lines are named."""
    paths = class_folder(tmp_path, share="list", list_file="markers.csv")
    rows = ["learner;marker", "s00;chris", "Simulated 01;Chris", "Simulated 02;Anna", "Nobody Here;Ben"]
    (paths.top / "markers.csv").write_text("\n".join(rows), encoding="utf-8")
    done = run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Anna", "--paper")
    assert done.exit_code == 0, done.output
    assert "line 5: 'Nobody Here' is not on the roster" in done.output
    readers = first_readers(paths.top)
    assert [readers[f"{number}."] for number in range(3)] == ["Chris", "Chris", "Anna"]
    assert Counter(readers.values()) == {"Anna": 3, "Ben": 3, "Chris": 3}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("learner,who\ns00,Anna\n", "needs the columns learner and marker"),
        ("learner,marker\ns00,Zed\n", "line 2: 'Zed' is not a marker. Write one of Anna, Ben, Chris"),
        ("learner,marker\ns00,Anna\nS00,Ben\n", "line 3: 'S00' is already in line 2"),
    ],
)
def test_a_faulty_list_shares_nothing_out(tmp_path: Path, rows: str, message: str) -> None:
    """A list with a fault is refused with the line, and nothing is written."""
    paths = class_folder(tmp_path, share="list", list_file="markers.csv")
    (paths.top / "markers.csv").write_text(rows, encoding="utf-8")
    done = run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Anna", "--paper")
    assert done.exit_code == 1
    assert message in done.output
    assert not (paths.top / "marks").exists()


def test_hand_on_and_merge_as_commands(tmp_path: Path) -> None:
    """Both commands say in numbers that add up what was done, and what to do next, which works."""
    paths = class_folder(tmp_path)
    run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Anna", "--paper", "--seed", 7)
    shutil.copytree(paths.top / "marks", paths.top / "from Ben")
    folder = MarkingFolder(paths.top / "from Ben", COURSE_LESSON)
    session, given_marks = Session(folder, COURSE_BANK, marker="Ben", role="shared"), 0
    while session.progress().phase != "end":
        if session.progress().text is None:
            session.begin()
        else:
            session.mark(3)
            given_marks += 1
    done = run(paths.top, "class", "merge-marks", "from Ben")
    assert done.exit_code == 0, done.output
    assert f"{given_marks} marks in from Ben: {given_marks} taken over, 0 not needed." in done.output
    assert "`copydesk moderate`" in done.output
    assert "--out marks" in run(paths.top, "moderate", "marks").output
    found = run(paths.top, "moderate").output
    assert "left to mark" in found
    assert f"`copydesk mark --lesson {COURSE_LESSON} --marker Anna`" in found
    assert '`copydesk moderate --waive "why"`' in found
    done = run(paths.top, "class", "hand-on", "Anna", "--to", "Chris")
    assert done.exit_code == 0, done.output
    (line,) = [line for line in done.output.splitlines() if "are handed on: " in line]
    total, *parts = map(int, re.findall("[0-9]+", line))
    assert total == sum(parts)
    assert f"Anna had {total} texts to mark" in done.output
    assert re.search(rf"`copydesk mark --lesson {COURSE_LESSON} --marker (Ben|Chris)`", done.output)
    assert run(paths.top, "mark", "--lesson", COURSE_LESSON, "--marker", "Chris", "--paper").exit_code == 0
    assert len(done.output.splitlines()) <= 10
    for words in (("hand-on", "Zed"), ("merge-marks", "nowhere"), ("merge-marks", "marks")):
        before = {path: path.read_bytes() for path in (paths.top / "marks").rglob("*.json*")}
        assert run(paths.top, "class", *words).exit_code in {1, 2}
        assert before == {path: path.read_bytes() for path in (paths.top / "marks").rglob("*.json*")}


def test_shared_marks_reach_the_gradebook(tmp_path: Path) -> None:
    """With the marks of several markers, each learner gets the points of the first reader's levels."""
    submissions = tmp_path / "in"
    submissions.mkdir()
    for number in range(9):
        data = make.submission(f"L{number}", {TASK: {"kind": "written", "text": f"The essay number {number}."}})
        (submissions / f"{number}.json").write_bytes(make.to_bytes(data))
    folder = MarkingFolder(tmp_path / "marks", LESSON)
    folder.put_texts(written_texts([submissions], BANK), 7)
    share_out(folder, SharingRule(NAMES, 0.2))
    levels: dict[str, Level] = {"Anna": 2, "Ben": 3, "Chris": 4}
    for name, level in levels.items():
        work(folder, name, level=level)
    waive(folder, "A trial.")
    report = grade([submissions], tmp_path / "out", banks=BANKS, options=Options(marks=folder.path.parent))
    text = report.gradebook.read_text(encoding="utf-8-sig")
    points = Counter(row["W1 (of 12)"] for row in csv.DictReader(io.StringIO(text, newline="")))
    assert points == {"6": 3, "9": 3, "12": 3}
