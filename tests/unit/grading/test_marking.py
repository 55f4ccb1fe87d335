"""Marking written work: from submissions to texts without names, marks in files, moderation, and points."""

from __future__ import annotations

import csv
import io
import json
import math
import subprocess
import sys
from typing import TYPE_CHECKING

import jsonschema
import make
import numpy as np
import pytest
from pydantic import ValidationError

from copydesk.grading import GradingError, Options, grade
from copydesk.grading.marking.desk import MarkingDesk
from copydesk.grading.marking.final_marks import read_final_marks
from copydesk.grading.marking.folder import MarkingFolder, text_id
from copydesk.grading.marking.kappa import _sample_kappas, agreement, quadratic_kappa
from copydesk.grading.marking.moderation import HEADS, TABLE, moderations, waive
from copydesk.grading.marking.page import PAGE, moderate
from copydesk.grading.marking.paper import read_paper, write_paper
from copydesk.grading.marking.sampling import sample, sample_size, shuffle
from copydesk.grading.marking.session import Session
from copydesk.grading.run.anonymous_texts import written_texts
from copydesk.kinds.written.scoring import marked_share
from copydesk.release.schemas import schemas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from copydesk.grading.marking.folder import MarkedText, Role
    from copydesk.kinds.written.model import Level

BANK = make.bank()
LESSON, TASK = BANK.lesson, "W1"
BANKS = {LESSON: BANK}
SCRIPT = "<script>alert(1)</script> & a text."
ESSAYS = {"Ada": SCRIPT, **{name: f"The essay number {number}." for number, name in enumerate("BCDEF", 2)}}


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    """Return a folder with the submissions of six learners."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    for name, text in ESSAYS.items():
        put(folder, name, text)
    return folder


@pytest.fixture
def folder(submissions: Path, tmp_path: Path) -> MarkingFolder:
    """Return a marking folder with their texts."""
    made = MarkingFolder(tmp_path / "marks", LESSON)
    made.put_texts(written_texts([submissions], BANK), 7)
    return made


def put(folder: Path, alias: str, text: str) -> None:
    """Write one learner's submission."""
    data = make.submission(alias, {TASK: {"kind": "written", "text": text}})
    (folder / f"{alias}.json").write_bytes(make.to_bytes(data))


def session(folder: MarkingFolder, marker: str = "Anna", role: Role = "first") -> Session:
    """Return a marker's session."""
    return Session(folder, BANK, marker=marker, role=role)


def mark_all(
    folder: MarkingFolder, levels: Callable[[MarkedText, str], Level], marker: str = "Anna", role: Role = "first"
) -> None:
    """Mark everything; ``levels`` is called with the text and the criterion."""
    at_work = session(folder, marker, role)
    while (standing := at_work.progress()).phase != "end":
        if standing.text is None:
            at_work.begin()
        else:
            at_work.mark(levels(standing.text, standing.step.criterion.id))


def graded(submissions: Path, out: Path, marks: Path | None = None) -> dict[str, dict[str, str]]:
    """Grade and return the gradebook by learner."""
    report = grade([submissions], out, banks=BANKS, options=Options(marks=marks))
    text = report.gradebook.read_text(encoding="utf-8-sig")
    return {row["learner"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_names_stay_behind(folder: MarkingFolder) -> None:
    """The file of texts holds every text once, shuffled, and neither an alias nor the name of a file."""
    text = (folder.path / "texts.json").read_text(encoding="utf-8")
    texts = json.loads(text)["tasks"][TASK]
    assert [each["number"] for each in texts] == [1, 2, 3, 4, 5, 6]
    assert {each["text"] for each in texts} == set(ESSAYS.values())
    assert [each["text"] for each in texts] != list(ESSAYS.values())
    assert "Ada" not in text
    assert "json" not in text


def test_the_order_follows_from_the_seed() -> None:
    """The same seed gives the same order from any order, another seed another, and a late text moves no other two."""
    names = [text_id(LESSON, TASK, str(number)) for number in range(40)]
    order = shuffle(names, 7, TASK, "cue")
    assert shuffle(reversed(names), 7, TASK, "cue") == order
    assert shuffle(names, 8, TASK, "cue") != order
    assert shuffle(names, 7, TASK, "accuracy") != order
    assert [name for name in shuffle([*names, "late"], 7, TASK, "cue") if name != "late"] == order


@pytest.mark.parametrize(("count", "size"), [(0, 0), (4, 4), (6, 6), (29, 6), (30, 6), (31, 7), (200, 40)])
def test_the_sample_is_a_fifth_and_at_least_six(count: int, size: int) -> None:
    """A second marker reads 20%, at least six, or all where there are fewer."""
    assert sample_size(count) == size
    assert len(sample([str(number) for number in range(count)], 7, TASK)) == size


def test_numbers_and_seed_stay(folder: MarkingFolder, submissions: Path) -> None:
    """A text that comes later gets the next number; a text that was replaced is not marked any more."""
    before = folder.texts()
    put(submissions, "Late", "A late essay.")
    put(submissions, "B", "Another try of B.")
    after = folder.put_texts(written_texts([submissions], BANK), 99)
    assert after.seed == before.seed == 7
    assert [text.id for text in after.tasks[TASK][:6]] == [text.id for text in before.tasks[TASK]]
    assert {text.text for text in after.tasks[TASK][6:]} == {"A late essay.", "Another try of B."}
    assert text_id(LESSON, TASK, ESSAYS["B"]) not in after.open_ids(TASK)


def test_one_criterion_at_a_time(folder: MarkingFolder) -> None:
    """All texts are marked for a criterion, each in an order of its own; then comes a break, in the end an end."""
    at_work, seen = session(folder), []
    for _ in range(2):
        while (standing := at_work.progress()).phase == "mark":
            assert standing.text is not None
            seen.append((standing.number, standing.text.number))
            at_work.mark(3)
        at_work.begin()
    assert [number for number, _ in seen] == [1] * 6 + [2] * 6
    assert sorted(text for _, text in seen[:6]) == sorted(text for _, text in seen[6:]) == [1, 2, 3, 4, 5, 6]
    assert [text for _, text in seen[:6]] != [text for _, text in seen[6:]]
    assert at_work.progress().phase == "end"


def test_marks_can_be_read_and_compared(folder: MarkingFolder) -> None:
    """A marker's file has a head and then one line a mark, sorted by text and criterion, with comments as written."""
    at_work = session(folder)
    at_work.mark(4, ["Дуже точно, “so”."])
    at_work.mark(2)
    head, *lines = (folder.path / "W1-anna.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(head) == {
        "schema": "copydesk/marks/1",
        "lesson": LESSON,
        "task": TASK,
        "marker": "Anna",
        "role": "first",
    }
    marks = [json.loads(line) for line in lines]
    assert [mark["text"] for mark in marks] == sorted(mark["text"] for mark in marks)
    assert sorted(mark["level"] for mark in marks) == [2, 4]
    assert any("Дуже точно, “so”." in line for line in lines)


def test_marking_goes_on_where_it_stopped(folder: MarkingFolder) -> None:
    """A new session shows the next text, and undo takes back what an earlier one marked."""
    first = session(folder)
    shown = first.progress().text
    first.mark(1, ["Read it again."])
    again = session(folder)
    assert again.progress().done == 1
    assert again.progress().text != shown
    undone = again.undo()
    assert (undone.text, undone.done) == (shown, 0)
    assert undone.before is not None
    assert (undone.before.level, undone.before.comments) == (1, ("Read it again.",))


def test_undo_reaches_over_a_break(folder: MarkingFolder) -> None:
    """At a break undo leads back to the last text of the criterion before."""
    at_work = session(folder)
    for _ in range(6):
        at_work.mark(2)
    assert at_work.progress().phase == "break"
    undone = at_work.undo()
    assert (undone.phase, undone.number, undone.done) == ("mark", 1, 5)


KILLED = """
import sys
from pathlib import Path
import jsonschema
import make
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.session import Session
session = Session(MarkingFolder(Path({marks!r}), {lesson!r}), make.bank(), marker="Anna", role="first")
while True:
    session.mark(3)
    print("saved", flush=True)
    if session.progress().text is None:
        session.begin() if session.progress().phase == "break" else [session.undo() for _ in range(6)]
        print("again", flush=True)
"""


@pytest.mark.parametrize("after", [1, 3, 5])
def test_a_kill_loses_no_mark(folder: MarkingFolder, after: int, helper_environment: dict[str, str]) -> None:
    """After a kill every mark that was called saved is on the disk, the file is whole, and marking goes on."""
    code = KILLED.format(marks=str(folder.path.parent), lesson=LESSON)
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, env=helper_environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(after):
            assert process.stdout.readline() == "saved\n"
        process.kill()
    (file,) = folder.marks_files()
    assert len(file.marks) >= after
    assert session(folder).progress().total == 6


def test_a_damaged_file_is_named_and_left(folder: MarkingFolder) -> None:
    """A file of marks that somebody broke is named with a remedy and not overwritten."""
    session(folder).mark(3)
    path = folder.path / "W1-anna.jsonl"
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    broken = path.read_bytes()
    with pytest.raises(GradingError, match=r"W1-anna\.jsonl cannot be read"):
        session(folder)
    assert path.read_bytes() == broken


def test_two_people_have_two_roles(folder: MarkingFolder) -> None:
    """Nobody is both markers, and nobody goes on with another one's marks by mistake."""
    session(folder).mark(3)
    with pytest.raises(GradingError, match="a text needs two people"):
        session(folder, "anna", "second")
    with pytest.raises(GradingError, match="already has a first marker, Anna"):
        session(folder, "Ben")
    assert session(folder, "Ben", "second").progress().total == 6


def test_comments_are_kept_by_criterion(folder: MarkingFolder) -> None:
    """A comment that was written once is offered for other texts of its criterion, once, and for no other."""
    folder.add_comment(TASK, "cue", "Which verb? Say why.")
    folder.add_comment(TASK, "cue", "Which verb? Say why.")
    assert MarkingFolder(folder.path.parent, LESSON).comments(TASK, "cue") == ["Which verb? Say why."]
    assert folder.comments(TASK, "accuracy") == []


def test_the_desk_shows_texts_as_text(folder: MarkingFolder) -> None:
    """The desk saves before it shows what comes next, drops acts on an older view, and never writes markup."""
    desk = MarkingDesk(session(folder))
    first = desk.view
    desk.act = {"action": "mark", "level": 3, "comments": ["Good."], "revision": first["revision"]}
    assert desk.view["done"] == 1
    assert "level 3" in desk.view["said"]
    desk.act = {"action": "mark", "level": 1, "comments": [], "revision": first["revision"]}
    assert desk.view["done"] == 1
    (file,) = folder.marks_files()
    assert [mark.comments for mark in file.marks.values()] == [("Good.",)]
    assert "innerHTML" not in desk._esm
    assert repr(desk) == "<Copy Desk marking desk: 02-attribution>"


def test_facts_that_were_ticked_stay_with_the_text(folder: MarkingFolder) -> None:
    """A fact found once is ticked when the next criterion of that text is marked; one that no key has is dropped."""
    desk = MarkingDesk(session(folder))
    assert [(fact["id"], fact["isFault"]) for fact in desk.view["facts"]] == [
        ("court", False),
        ("tass", False),
        ("proof", True),
    ]
    texts: dict[str, list[str]] = {}
    while desk.view["phase"] != "end":
        action: dict[str, object] = {"action": "begin"}
        if desk.view["phase"] == "mark":
            ticked = [fact["id"] for fact in desk.view["facts"] if fact["ticked"]]
            assert ticked == texts.setdefault(desk.view["text"], [])
            texts[desk.view["text"]] = ["tass", "proof"]
            action = {"action": "mark", "level": 3, "facts": ["tass", "proof", "nonsense"]}
        desk.act = action | {"revision": desk.view["revision"]}
    (file,) = folder.marks_files()
    assert {mark.facts for mark in file.marks.values()} == {("tass", "proof")}


def test_a_comment_that_is_kept_unticks_no_fact(folder: MarkingFolder) -> None:
    """What was ticked before a comment was added is ticked after it, and after an undo."""
    desk = MarkingDesk(session(folder))
    revision = desk.view["revision"]
    desk.act = {"action": "comment", "comment": "Good.", "facts": ["court"], "revision": revision}
    assert [fact["ticked"] for fact in desk.view["facts"]] == [True, False, False]
    desk.act = {"action": "mark", "level": 3, "facts": ["court"], "revision": desk.view["revision"]}
    assert not any(fact["ticked"] for fact in desk.view["facts"])
    desk.act = {"action": "undo", "revision": desk.view["revision"]}
    assert [fact["ticked"] for fact in desk.view["facts"]] == [True, False, False]


def test_the_desk_shows_what_the_schema_says(folder: MarkingFolder) -> None:
    """In each phase of a session the view has the fields of its shape and no other."""
    schema = schemas()["views-1.schema.json"]
    shape = jsonschema.Draft202012Validator({"$defs": schema["$defs"], "$ref": "#/$defs/MarkingView"})
    desk = MarkingDesk(session(folder))
    phases = set()
    while "end" not in phases:
        view = json.loads(json.dumps(desk.view))
        shape.validate(view)
        phases.add(view["phase"])
        action = {"action": "mark", "level": 3, "comments": []} if view["phase"] == "mark" else {"action": "begin"}
        desk.act = action | {"revision": view["revision"]}
    assert phases == {"mark", "break", "end"}


def test_kappa_of_known_levels() -> None:
    """Quadratic kappa is 1 for equal levels, 2/3 for a case worked out by hand, and not defined for one level only."""
    assert agreement([[1], [2], [3], [4]], [[1], [2], [3], [4]]).kappa == pytest.approx(1)
    found = agreement([[1], [2], [3], [4]], [[2], [2], [3], [3]])
    assert (found.texts, found.same) == (4, 0.5)
    assert found.kappa == pytest.approx(2 / 3)
    assert found.low <= found.kappa <= found.high
    assert agreement([[1], [2], [3], [4]], [[2], [2], [3], [3]]) == found
    one = agreement([[3], [3]], [[3], [3]])
    assert math.isnan(one.kappa)
    assert one.is_good


def test_the_interval_is_of_the_same_kappa() -> None:
    """The kappas of drawn samples, worked out all at once, are those of scikit-learn."""
    source = np.random.default_rng(1)
    first, second = source.integers(1, 5, (2, 20, 12))
    ours = [quadratic_kappa(*pair) for pair in zip(first, second, strict=True)]
    assert _sample_kappas(first, second) == pytest.approx(np.array(ours))


def test_marks_count_only_when_moderated(folder: MarkingFolder, submissions: Path, tmp_path: Path) -> None:
    """Marks wait for a second marker, then for the agreed levels; then they are points, the agreed ones."""
    marks = folder.path.parent
    mark_all(folder, lambda _text, _criterion: 3)
    waiting = grade([submissions], tmp_path / "out", banks=BANKS, options=Options(marks=marks))
    assert waiting.awaiting_marking == 6
    again = f"`copydesk mark --lesson {LESSON} --marker NAME --out {marks} --second`"
    waived = f'`copydesk moderate {marks} --waive "why"`'
    assert "W1: a second marker has marked 0 of 6 texts" in waiting.summary()
    assert "W1: have a second person mark: " in waiting.summary()
    assert again in waiting.summary()
    (row,) = list(csv.DictReader(io.StringIO(waiting.problems.read_text(encoding="utf-8-sig"), newline="")))
    assert (row["file"], row["outcome"]) == (f"marks/{LESSON}", "not applied")
    assert row["reason"] == "the marks of W1 do not count yet: a second marker has marked 0 of 6 texts"
    assert again in row["remedy"]
    assert waived in row["remedy"]

    mark_all(folder, lambda text, criterion: 1 if (text.number, criterion) == (2, "cue") else 3, "Ben", "second")
    (wait,) = moderate(folder, BANK, marks).waits
    assert wait.why == "the markers have not agreed on 1 level"
    assert graded(submissions, tmp_path / "out", marks)["B"]["W1 (of 12)"] == ""

    (row,) = list(csv.DictReader(io.StringIO((folder.path / TABLE).read_text(encoding="utf-8-sig"))))
    assert (row["number"], row["criterion"], row["first"], row["second"], row["agreed"]) == ("2", "cue", "3", "1", "")
    row["agreed"] = "2"
    lines = [";".join(HEADS), ";".join(row[name] for name in HEADS)]  # as a spreadsheet may save it
    (folder.path / TABLE).write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")
    assert moderate(folder, BANK, marks).counting == ["W1"]
    moderated = next(text for text in folder.texts().tasks[TASK] if text.number == 2).text
    points = {name: row["W1 (of 12)"] for name, row in graded(submissions, tmp_path / "out", marks).items()}
    assert points == {name: "7.5" if text == moderated else "9" for name, text in ESSAYS.items()}


def test_an_import_that_is_not_complete_names_the_second_marker_too(
    folder: MarkingFolder, submissions: Path, tmp_path: Path
) -> None:
    """Where the first marker is not through and nobody has marked as second, terminal and problems.csv name both."""
    marks = folder.path.parent
    session(folder).mark(3)
    report = grade([submissions], tmp_path / "out", banks=BANKS, options=Options(marks=marks))
    problems = report.problems.read_text(encoding="utf-8-sig")
    for said in (report.summary(), problems):
        assert "no text has been marked for all criteria yet, and there is no second marker" in said
        assert f"`copydesk mark --lesson {LESSON} --marker Anna --out {marks}`" in said
        assert f"`copydesk mark --lesson {LESSON} --marker NAME --out {marks} --second`" in said
    waive(folder, "A trial.")
    summary = grade([submissions], tmp_path / "out", banks=BANKS, options=Options(marks=marks)).summary()
    assert "no text has been marked for all criteria yet" in summary
    assert "W1: mark what is left: " in summary
    mark_all(folder, lambda _text, _criterion: 3)
    report = grade([submissions], tmp_path / "out", banks=BANKS, options=Options(marks=marks))
    assert report.problem_rows == 0


def test_moderation_says_whose_marks_are_open(folder: MarkingFolder) -> None:
    """Where the first marker has left a criterion open, the second one is not blamed; and the other way round."""
    marks = folder.path.parent
    mark_all(folder, lambda _text, _criterion: 3)
    mark_all(folder, lambda _text, _criterion: 3, "Ben", "second")
    texts = {text.number: text.id for text in folder.texts().tasks[TASK]}
    folder.change_marks(TASK, "Anna", "first", remove=[(texts[2], "cue")])
    line = moderate(folder, BANK, marks).waits[0].why
    assert "Anna has left one criterion of text 2 open" in line
    assert "Ben" not in line
    gone = [(texts[number], name) for number in (3, 4) for name in ("accuracy", "cue")]
    folder.change_marks(TASK, "Ben", "second", remove=gone)
    line = moderate(folder, BANK, marks).waits[0].why
    assert "Anna has left one criterion of text 2 open; Ben has left" in line
    assert "criteria of texts 3 and 4 open" in line


def test_marks_count_when_waived_with_a_reason(folder: MarkingFolder, submissions: Path, tmp_path: Path) -> None:
    """A waiver needs a reason, keeps it, and lets the marks into the gradebook."""
    marks = folder.path.parent
    mark_all(folder, lambda _text, _criterion: 4)
    with pytest.raises(GradingError, match="say why"):
        waive(folder, "  ")
    waive(folder, "I teach alone.")
    assert "I teach alone." in (folder.path / "waiver.json").read_text(encoding="utf-8")
    row = graded(submissions, tmp_path / "out", marks)["C"]
    assert (row["W1 (of 12)"], row["written points"], row["awaiting marking"]) == ("12", "12", "")
    assert graded(submissions, tmp_path / "out")["C"]["W1 (of 12)"] == ""


def test_a_half_marked_text_and_a_new_text_wait(folder: MarkingFolder, submissions: Path, tmp_path: Path) -> None:
    """A text without all criteria has no points, and neither has one that replaced a marked text."""
    at_work = session(folder)
    shown = at_work.progress().text
    for _ in range(6):
        at_work.mark(4)
    at_work.begin()
    at_work.mark(4)
    waive(folder, "A trial.")
    whole = moderations(folder, BANK)[0].whole
    assert len(whole) == 1
    assert len(read_final_marks(folder.path.parent, BANKS).texts) == 1
    assert shown is not None
    for name, text in ESSAYS.items():
        put(submissions, name, f"{text} Now longer.")
    rows = graded(submissions, tmp_path / "out", folder.path.parent)
    assert {row["awaiting marking"] for row in rows.values()} == {"W1"}


def test_learners_see_levels_and_comments(folder: MarkingFolder, submissions: Path, tmp_path: Path) -> None:
    """The feedback page names the level reached of each criterion and the comments, and runs nothing."""
    at_work = session(folder)
    while (standing := at_work.progress()).phase != "end":
        if standing.text is None:
            at_work.begin()
        else:
            at_work.mark(3 if standing.step.criterion.id == "cue" else 4, ["<b>Why</b> this verb?"])
    waive(folder, "A trial.")
    graded(submissions, tmp_path / "out", folder.path.parent)
    (page,) = (tmp_path / "out" / "feedback").glob("ada-*.html")
    html = page.read_text(encoding="utf-8")
    assert "Level 3 of 4" in html
    assert "Level 4 of 4" in html
    assert "&lt;b&gt;Why&lt;/b&gt; this verb?" in html
    assert "marked by a person" in html
    assert "<script" not in html
    assert "awaiting marking" not in html


def test_the_lowest_level_may_earn_nothing() -> None:
    """The task says what its levels earn; without that each is a quarter. Levels that do not rise are refused."""
    task = BANK[TASK].task
    lowest = dict.fromkeys((criterion.id for criterion in task.rubric), 1)
    assert marked_share(task, lowest) == 0.25
    with_credits = type(task).model_validate(task.model_dump() | {"credits": (0, 0.5, 0.75, 1)})
    assert marked_share(with_credits, lowest) == 0
    assert [with_credits.level(with_credits.credit(level)) for level in (1, 2, 3, 4)] == [1, 2, 3, 4]
    with pytest.raises(ValidationError, match="write four that rise"):
        type(task).model_validate(task.model_dump() | {"credits": (0, 0.75, 0.5, 1)})


def test_pages_for_markers_run_nothing(folder: MarkingFolder) -> None:
    """The moderation page and the page to print show a learner's markup as text and no name."""
    mark_all(folder, lambda _text, _criterion: 4)
    mark_all(folder, lambda _text, _criterion: 1, "Ben", "second")
    moderate(folder, BANK, folder.path.parent)
    ((page, *_),) = write_paper(folder, BANK, marker="Anna", role="first")
    for path in (folder.path / PAGE, page):
        html = path.read_text(encoding="utf-8")
        assert "&lt;script&gt;alert(1)" in html
        assert "<script" not in html
        assert "Ada" not in html


def test_marks_typed_into_a_table(folder: MarkingFolder) -> None:
    """Levels and comments typed from paper are taken over, empty cells are left for later, and the table is kept."""
    ((_, table, _),) = write_paper(folder, BANK, marker="Anna", role="first")
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    rows[0] |= {"accuracy": "4", "cue": "2", "cue comment": "Which\nverb?"}
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    typed = table.read_bytes()
    write_paper(folder, BANK, marker="Anna", role="first")
    assert table.read_bytes() == typed
    assert read_paper(folder, BANK, table, marker="Anna", role="first") == 2
    (file_,) = folder.marks_files()
    assert {mark.criterion: (mark.level, mark.comments) for mark in file_.marks.values()} == {
        "accuracy": (4, ()),
        "cue": (2, ("Which verb?",)),
    }


@pytest.mark.parametrize(
    ("separator", "encoding", "end", "comment"),
    [
        (",", "utf-8-sig", "\r\n", "Which\nverb? Дуже; “so”, -maybe"),
        (";", "utf-8", "\n", "=Which; verb?"),
        ("\t", "utf-16", "\r\n", "Which verb, genau für wen?"),
        (";", "cp1252", "\r\n", "Which verb, genau für wen?"),
    ],
)
def test_texts_that_come_later_get_rows(
    folder: MarkingFolder, submissions: Path, separator: str, encoding: str, end: str, comment: str
) -> None:
    """A table that a spreadsheet saved keeps every byte and gets rows at its end for new texts; all is taken over."""
    ((_, table, _),) = write_paper(folder, BANK, marker="Anna", role="first")
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    for row in rows:
        row |= {"accuracy": "4", "cue": "2", "cue comment": comment}
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    typed = text.getvalue().rstrip("\r\n").encode(encoding)  # and somebody took the last line end away
    table.write_bytes(typed)
    put(submissions, "Late", "A late essay.")
    put(submissions, "B", "Another try of B.")
    folder.put_texts(written_texts([submissions], BANK), 7)
    ((_, _, added),) = write_paper(folder, BANK, marker="Anna", role="first")
    assert added == 2
    assert table.read_bytes().startswith(typed)
    assert [paper.added for paper in write_paper(folder, BANK, marker="Anna", role="first")] == [0]
    lines = table.read_bytes().decode(encoding)[len(typed.decode(encoding)) :].strip("\r\n").splitlines()
    new = {text.id: text.number for text in folder.texts().tasks[TASK][6:]}
    assert lines == [separator.join([str(number), name, "", "", "", ""]) for name, number in new.items()]
    assert set(new.values()) == {7, 8}
    if encoding == "cp1252":  # whose letters nobody can tell from others
        with pytest.raises(GradingError, match="CSV UTF-8"):
            read_paper(folder, BANK, table, marker="Anna", role="first")
        encoding, data = "utf-8", table.read_bytes()
        table.write_bytes(data.decode("cp1252").encode())
    text_now = table.read_bytes().decode(encoding)
    typed_later = separator.join(["", "3", "", "1", ""])
    table.write_bytes(text_now.replace(separator * 4 + end, typed_later + end).encode(encoding))
    assert read_paper(folder, BANK, table, marker="Anna", role="first") == 16
    (file,) = folder.marks_files()
    assert {file.marks[name, "accuracy"].level for name in new} == {3}
    assert {mark.comments for (text_, name), mark in file.marks.items() if name == "cue" and text_ not in new} == {
        (" ".join(comment.split()),)
    }


def test_a_typed_table_whose_quotes_do_not_close(folder: MarkingFolder) -> None:
    """A quotation mark that opens and never closes swallows no marks: the message says in which row it stands."""
    ((_, table, _),) = write_paper(folder, BANK, marker="Anna", role="first")
    lines = table.read_text(encoding="utf-8").splitlines()
    lines[2] = '2,"' + lines[2].split(",")[1].strip('"') + ",4,,,"
    table.write_text("\n".join(lines[:3]), encoding="utf-8")
    with pytest.raises(GradingError, match="the quotes in row 3 don't close"):
        read_paper(folder, BANK, table, marker="Anna", role="first")


def test_a_table_without_its_ids_is_not_touched(folder: MarkingFolder, submissions: Path) -> None:
    """Where somebody took the ids of the texts away, no row is added, and the message says what to do."""
    ((_, table, _),) = write_paper(folder, BANK, marker="Anna", role="first")
    table.write_text("number,accuracy\n1,4\n", encoding="utf-8")
    put(submissions, "Late", "A late essay.")
    folder.put_texts(written_texts([submissions], BANK), 7)
    with pytest.raises(GradingError, match="give the table another name to get a new one"):
        write_paper(folder, BANK, marker="Anna", role="first")
    assert table.read_text(encoding="utf-8") == "number,accuracy\n1,4\n"


@pytest.mark.parametrize("data", [b"PK\x03\x04 and more", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_a_spreadsheet_of_marks_is_called_one(folder: MarkingFolder, data: bytes) -> None:
    """A table that was saved as a spreadsheet is named as such, with the menu item that makes it CSV."""
    table = folder.path / "paper-W1-anna.xlsx"
    table.write_bytes(data)
    with pytest.raises(GradingError, match=r"is a spreadsheet, not a CSV file.*CSV UTF-8"):
        read_paper(folder, BANK, table, marker="Anna", role="first")


def test_faulty_rows_are_named_with_a_remedy(folder: MarkingFolder) -> None:
    """A table with faults changes nothing; each fault names its line and says what to do."""
    ((_, table, _),) = write_paper(folder, BANK, marker="Anna", role="first")
    head, first, second, *_ = table.read_text(encoding="utf-8-sig").splitlines()
    names = [line.split(",")[1].strip('"') for line in (first, second)]
    rows = [head, f"1,{names[0]},5,,3,", f"2,{names[1]},,no level,4,", f"2,{names[1]},2,,2,", "9,t000000000000,4,,4,"]
    table.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(GradingError) as caught:
        read_paper(folder, BANK, table, marker="Anna", role="first")
    message = str(caught.value)
    assert "line 2: accuracy is '5'. Type 1, 2, 3 or 4" in message
    assert "line 3: accuracy has a comment and no level" in message
    assert f"line 4: the text '{names[1]}' is already in line 3" in message
    assert "line 5: there is no text 't000000000000'" in message
    assert folder.marks_files() == []
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(GradingError, match="needs the columns text and one for each criterion"):
        read_paper(folder, BANK, table, marker="Anna", role="first")


def test_a_folder_without_marks_is_refused(tmp_path: Path, submissions: Path) -> None:
    """A wrong folder of marks is an error in words, not a gradebook without points."""
    with pytest.raises(GradingError, match="no marks"):
        grade([submissions], tmp_path / "out", banks=BANKS, options=Options(marks=tmp_path))
