"""The baseline: three crossed forms, never marked, half of each explained at once and the rest after the last."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

import copydesk
from copydesk.answers.baseline import explained_at_once, form_lessons, form_state, statements
from copydesk.answers.file import Answer
from copydesk.answers.store import AnswerStore, current_time, submit
from copydesk.checks.keys import point_faults
from copydesk.course.bank_files import CLOSING, EXERCISES, SOLUTIONS, read_bank_file
from copydesk.course.course import Course
from copydesk.course.documents import ContentError
from copydesk.course.settings import find_root
from copydesk.desk.baseline_form import form_content, guess_content
from copydesk.desk.desk import unanswered_text
from copydesk.desk.receipt import receipt_text
from copydesk.grading import grade
from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask
from copydesk.kinds.value.model import ValueResponse
from copydesk.release.leaks import find_leaks
from copydesk.views.content import required_rows, tasks_of
from copydesk.views.html import view_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.course.bank import Bank
    from copydesk.views.shapes import BaselineContent

ROOT = find_root(Path(__file__))
COURSE = Course(ROOT).facts.id
LAST = (ROOT / "tests" / "closing" / "07-transfer.yml").read_text(encoding="utf-8")
FORMS = {"A": "00-start", "B": "07-transfer", "C": "09-booster-day-28"}


@pytest.fixture(scope="module")
def start() -> Bank:
    """Return lesson 00 with its keys."""
    return Course(ROOT).bank(SOLUTIONS, "00-start")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Return a course with the three forms: everything of this one that the forms need."""
    for folder in (SOLUTIONS, EXERCISES, CLOSING):
        (tmp_path / folder).mkdir(parents=True)
        for lesson in FORMS.values():
            (tmp_path / folder / f"{lesson}.yml").write_bytes((ROOT / folder / f"{lesson}.yml").read_bytes())
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "course.yml").write_bytes((ROOT / "seeds" / "course.yml").read_bytes())
    (tmp_path / "lessons").mkdir()
    return Course(tmp_path)


def picks(form: str, count: int) -> dict[str, Answer]:
    """Return answers that accept the first statements of a form, ``A-`` or in the first edition ``A``."""
    accepted = Answer(response=ChoiceResponse(chosen=("supported",)), confidence=0.7, at=current_time())
    return {f"{form}{number:02d}": accepted for number in range(1, count + 1)}


def store_of(folder: Path, lesson: str) -> AnswerStore:
    """Return the answer file of a lesson in a folder."""
    return AnswerStore(folder, course=COURSE, lesson=lesson, bank=f"sha256:{'0' * 64}")


def form_of(course: Course, lesson: str, folder: Path) -> BaselineContent:
    """Return the form of a lesson for the learner whose answers are in a folder."""
    return form_content(course, course.bank(EXERCISES, lesson), store=store_of(folder, lesson))


def reasons(tasks: Iterable[Any]) -> list[str]:
    """Return the ids of the statements among some tasks that come with their reasons."""
    return [task["id"] for task in tasks if task["kind"] == "choice" and "key" in task]


def test_the_three_forms_stand_in_three_lessons() -> None:
    """Form A is asked in lesson 00, B in 07, C beside the booster of day 28; each has 20 statements."""
    banks = Course(ROOT).solutions
    assert form_lessons({lesson: tasks_of(bank) for lesson, bank in banks.items()}) == FORMS
    for form, lesson in FORMS.items():
        ids = statements(entry.task for entry in banks[lesson].tasks)
        assert ids == {form: [f"{form}-{number:02d}" for number in range(1, 21)]}


def test_a_baseline_task_has_no_points() -> None:
    """Points on a baseline task are refused where they are written."""
    options = [{"id": "a", "text": "Yes"}, {"id": "b", "text": "No"}]
    with pytest.raises(ValidationError, match="never a mark"):
        ChoiceTask.model_validate(
            {"id": "A-01", "group": "baseline", "title": "x", "prompt": "x?", "points": 1, "options": options}
        )


def test_a_line_of_the_first_edition_says_what_to_do(tmp_path: Path) -> None:
    """A task file that asks another lesson's baseline again, as the first edition did, is told how it is done now."""
    path = tmp_path / "07-transfer.yml"
    path.write_text(LAST.replace("tasks:", "baseline: 00-start\ntasks:", 1), encoding="utf-8")
    with pytest.raises(ContentError, match="B-01"):
        read_bank_file(path)


def test_only_a_baseline_may_do_without_points(start: Bank) -> None:
    """A task file that only asks the baseline need not have 20 and 12 points; any other must."""
    assert list(point_faults(start)) == []
    entry = start["G1"].model_copy(update={"task": start["G1"].task.model_copy(update={"group": "exercise"})})
    assert list(point_faults(start.model_copy(update={"tasks": (entry,)})))


def test_no_key_of_the_baseline_is_given_away_elsewhere(course: Course) -> None:
    """The reasons stand in the files for after a form and in the pages of the forms; anywhere else they are a leak."""
    assert find_leaks(course) == []
    key = course.bank(CLOSING, "00-start")["A-07"].key
    assert isinstance(key, ChoiceKey)
    site = course.root / "site"
    for name in ("exercises/00-start.html", "exercises/02-attribution.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"<p>{key.options['supported'].why}</p>", encoding="utf-8")
    assert [leak.file for leak in find_leaks(course, site)] == ["book/exercises/02-attribution.html"]


def test_half_is_explained_at_once_and_the_rest_after_the_last_form(course: Course, tmp_path: Path) -> None:
    """Forms A and B come with the reasons of every second statement, form C with those of all three forms."""
    for form, lesson in (("A", "00-start"), ("B", "07-transfer")):
        content = form_of(course, lesson, tmp_path)
        assert content["explained"] == [f"{form}-{number:02d}" for number in range(1, 21, 2)]
        assert reasons(content["tasks"]) == content["explained"]
        assert not any("tasks" in earlier for earlier in content["earlier"])
    last = form_of(course, FORMS["C"], tmp_path)
    assert len(last["explained"]) == len(reasons(last["tasks"])) == 20
    assert [len(reasons(earlier["tasks"])) for earlier in last["earlier"]] == [20, 20]


@pytest.mark.parametrize("form", ["A", "B"])
def test_what_is_explained_gives_no_hint_at_the_next_form(form: str) -> None:
    """Of the ten templates that are explained about half have another answer in the next form."""
    banks = Course(ROOT).solutions
    weights = {}
    for name, lesson in FORMS.items():
        keys = [entry.key for entry in banks[lesson].tasks if entry.task.id.startswith(f"{name}-")]
        weights[name] = [key.options["supported"].weight for key in keys if isinstance(key, ChoiceKey)]
    pairs = list(zip(weights[form], weights[chr(ord(form) + 1)], strict=True))
    assert sum(one == other for one, other in explained_at_once(pairs)) in (4, 5, 6)


def test_a_form_is_compared_with_those_before_it(course: Course, tmp_path: Path) -> None:
    """A form knows which statements of earlier forms are supported, and in a notebook the answers to them."""
    store_of(tmp_path, "00-start").save(picks("A-", 2))
    assert form_of(course, "00-start", tmp_path)["earlier"] == []
    (earlier,) = form_of(course, "07-transfer", tmp_path)["earlier"]
    assert (earlier["form"], earlier["lesson"]) == ("A", "00-start")
    assert sum(earlier["supported"].values()) == 12
    assert set(earlier["entries"]) == {"A-01", "A-02"}
    readable = view_html({**form_of(course, "07-transfer", tmp_path), "language": "en"}).partition("copydesk-static")[2]
    assert "Minutes of the council" in readable
    assert "Four members are missing" not in readable


def test_the_order_is_drawn_once_and_kept(tmp_path: Path) -> None:
    """Two learners have two orders; a learner has one, in the answer file and in what is submitted, whoever asks."""
    ids = [f"A-{number:02d}" for number in range(1, 21)]
    stores = [store_of(tmp_path / name, "00-start") for name in ("one", "two")]
    first, second = (store.order("A", ids) for store in stores)
    assert sorted(first) == sorted(second) == ids
    assert len({first, second, tuple(ids)}) == 3
    stores[0].save(picks("A-", 3), alias="Ada")
    again = store_of(tmp_path / "one", "00-start")
    assert again.order("A", ids) == first
    assert again.order("A", [*ids, "A-21"]) == (*first, "A-21")
    _, content = submit(again, {"A-01"}, alias="Ada")
    assert content.orders == {"A": first}


def test_drawing_an_order_changes_no_answer(tmp_path: Path) -> None:
    """A file of an earlier edition that is only opened still names the tasks that were asked then."""
    old = AnswerStore(tmp_path, course=COURSE, lesson="00-start", bank=f"sha256:{'1' * 64}")
    old.save(picks("A", 20))
    store_of(tmp_path, "00-start").order("A", ["A-01", "A-02"])
    assert old.load().bank == old.bank
    assert set(old.load().answers) == set(picks("A", 20))


@pytest.mark.parametrize("content", [None, b"{", b'{"schema": "copydesk/answers/9"}'])
def test_a_missing_opening_does_no_harm(course: Course, tmp_path: Path, content: bytes | None) -> None:
    """Where the answers of lesson 00 are missing or cannot be used, the later forms come without them."""
    folder = tmp_path / "answers"
    folder.mkdir()
    if content is not None:
        (folder / "00-start.json").write_bytes(content)
    bank = course.bank(EXERCISES, "07-transfer")
    assert guess_content(course, bank, answers=folder)["opening"] == {"lesson": "00-start", "entries": {}}
    assert form_of(course, "07-transfer", folder)["earlier"][0]["entries"] == {}


def test_a_lesson_without_a_baseline_says_what_is_missing(tmp_path: Path) -> None:
    """Asking for a form where there is none names what would bring it."""
    with pytest.raises(ValueError, match="no statements such as A-01"):
        form_of(Course(ROOT), "02-attribution", tmp_path)


def test_the_statements_are_one_line_in_lists(start: Bank) -> None:
    """Progress, submission and receipt have one line for all statements of a form."""
    rows = required_rows(entry.task for entry in start.tasks)
    assert [row["id"] for row in rows] == ["G1", "A"]
    assert rows[-1]["forms"][0][0] == "A-01"
    assert form_state((entry.task for entry in start.tasks), picks("A-", 3)) == ("A", 3, 20)
    assert form_state((), {}) is None


def test_answers_to_the_first_edition_are_graded_by_its_own_forms(tmp_path: Path) -> None:
    """A submission of the first edition is counted by the form it was made with, and never as one of today's."""
    course = Course(ROOT)
    (old,) = [bank for bank in course.kept_solutions if bank.lesson == "00-start" and "A01" in str(bank.tasks)]
    store = AnswerStore(tmp_path / "answers", course=COURSE, lesson="00-start", bank=old.fingerprint())
    store.save(picks("B", 19))
    submit(store, {entry.task.id for entry in old.tasks}, alias="Ada")
    submissions, out = [tmp_path / "submissions"], tmp_path / "out"
    report = grade(submissions, out, banks=course.solutions, kept=course.kept_solutions)
    (row,) = csv.DictReader(io.StringIO(report.gradebook.read_text(encoding="utf-8-sig"), newline=""))
    assert row["statements answered"] == "19 of 20 (B)"
    assert "first edition’s forms: 1" in (out / "report.html").read_text(encoding="utf-8")


def test_the_gradebook_counts_and_does_not_mark(start: Bank, tmp_path: Path) -> None:
    """A submission with a form is graded with a count of statements, and no columns, points or keys for them."""
    last = Course(ROOT).bank(SOLUTIONS, FORMS["C"])
    guess = Answer(response=ValueResponse(values={"guess": 7}), at=current_time())
    answers: dict[str, dict[str, Answer]] = {"00-start": {**picks("A-", 18), "G1": guess}, FORMS["C"]: picks("C-", 20)}
    receipts = []
    for bank in (start, last):
        store = AnswerStore(tmp_path / "answers", course=COURSE, lesson=bank.lesson, bank=bank.fingerprint())
        store.save(answers[bank.lesson])
        path, content = submit(store, {entry.task.id for entry in bank.tasks}, alias="Ada")
        receipts.append(receipt_text(bank, content, path))
    assert "form A – Started: 18 of 20 statements" in receipts[0]
    assert "C-20" not in receipts[1]
    report = grade([tmp_path / "submissions"], tmp_path / "out", banks={bank.lesson: bank for bank in (start, last)})
    text = report.gradebook.read_text(encoding="utf-8-sig")
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [
        (row["lesson"], row["statements answered"], row["automatic points"], row["not answered"]) for row in rows
    ] == [("00-start", "18 of 20 (A)", "0", ""), (FORMS["C"], "20 of 20 (C)", "0", "")]
    assert "A-01" not in text
    first, second = (next(report.feedback.glob(f"*{slug}*")).read_text(encoding="utf-8") for slug in answers)
    assert "18</span> of 20 statements answered" in first
    assert "Minutes of the council" not in first + second
    assert json.loads(path.read_text(encoding="utf-8"))["answers"]["C-07"]["confidence"] == 0.7


def test_solutions_fill_in_the_baseline() -> None:
    """With keys a form can be filled in, and the checks of its tasks speak of no points."""
    desk = copydesk.open("00-start", solution=True)
    for task in ("G1", "A-07"):
        assert desk.check_text(task) == unanswered_text(task)
        desk.solve(task)
        assert desk.check_text(task) == f"{task}: complete and saved. It will be in your submission."
