"""The baseline: two parallel forms, asked twice, never marked, and explained only after the second."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

import copydesk
from copydesk.answers.baseline import FORMS, form_state, statements
from copydesk.answers.file import Answer
from copydesk.answers.store import AnswerStore, current_time, submit
from copydesk.checks.keys import point_faults
from copydesk.course.bank_files import CLOSING, EXERCISES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.desk.baseline_form import form_content, guess_content
from copydesk.desk.desk import unanswered_text
from copydesk.desk.receipt import receipt_text
from copydesk.grading import grade
from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask
from copydesk.kinds.value.model import ValueResponse
from copydesk.release.leaks import find_leaks
from copydesk.views.content import required_rows
from copydesk.views.html import view_html

if TYPE_CHECKING:
    from copydesk.course.bank import Bank

ROOT = find_root(Path(__file__))
COURSE = Course(ROOT).facts.id
LAST = (ROOT / "tests" / "closing" / "07-transfer.yml").read_text(encoding="utf-8")
LAST_KEYS = """\
    key:
      options:
        a: {weight: 1, why: It is the end of this course and of its file.}
        b: {weight: 0, why: Nothing comes after it.}
"""


@pytest.fixture(scope="module")
def start() -> Bank:
    """Return lesson 00 with its keys."""
    return Course(ROOT).bank(SOLUTIONS, "00-start")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a course whose lesson 07 asks the baseline of lesson 00 again."""
    for folder in (SOLUTIONS, EXERCISES, CLOSING):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "00-start.yml").write_bytes((ROOT / folder / "00-start.yml").read_bytes())
    (tmp_path / SOLUTIONS / "07-transfer.yml").write_text(LAST + LAST_KEYS, encoding="utf-8")
    (tmp_path / EXERCISES / "07-transfer.yml").write_text(LAST, encoding="utf-8")
    return tmp_path


def picks(form: str, count: int) -> dict[str, Answer]:
    """Return answers that accept the first statements of a form."""
    accepted = Answer(response=ChoiceResponse(chosen=("supported",)), confidence=0.7, at=current_time())
    return {f"{form}{number:02d}": accepted for number in range(1, count + 1)}


def test_the_forms_are_parallel(start: Bank) -> None:
    """Each form has 12 supported statements and 8 others, at the same places and of about the same length."""
    forms = statements(entry.task for entry in start.tasks)
    assert [len(ids) for ids in forms.values()] == [20, 20]
    sizes = {}
    for form, ids in forms.items():
        keys = [start[name].key for name in ids]
        weights = [key.options["supported"].weight for key in keys if isinstance(key, ChoiceKey)]
        assert (weights.count(1), weights.count(0)) == (12, 8)
        words = [len(f"{start[name].task.prompt} {start[name].task.context}".split()) for name in ids]
        sizes[form] = list(zip(weights, words, strict=True))
    for (one_weight, one), (other_weight, other) in zip(sizes["A"], sizes["B"], strict=True):
        assert one_weight == other_weight
        assert abs(one - other) <= 0.25 * max(one, other)
    for pairs in sizes.values():
        means = [sum(n for w, n in pairs if w == weight) / sum(w == weight for w, _ in pairs) for weight in (0, 1)]
        assert abs(means[0] - means[1]) <= 3


def test_everybody_gets_each_form_once() -> None:
    """Whoever answers the question about the birthday twice alike gets one form first and the other at the end."""
    for birthday in ("odd", "even"):
        assert {FORMS["opening"][birthday], FORMS["closing"][birthday]} == {"A", "B"}


def test_a_baseline_task_has_no_points() -> None:
    """Points on a baseline task are refused where they are written."""
    options = [{"id": "a", "text": "Yes"}, {"id": "b", "text": "No"}]
    with pytest.raises(ValidationError, match="never a mark"):
        ChoiceTask.model_validate(
            {"id": "A01", "group": "baseline", "title": "x", "prompt": "x?", "points": 1, "options": options}
        )


def test_a_baseline_is_asked_again(course: Path) -> None:
    """A lesson that names another's baseline has its tasks too, with keys in solutions and without in exercises."""
    keyed, public = (Course(course).bank(folder, "07-transfer") for folder in (SOLUTIONS, EXERCISES))
    assert [entry.task.id for entry in keyed.tasks][:4] == ["T1", "F1", "G1", "A01"]
    assert all(entry.key for entry in keyed.tasks)
    assert not any(entry.key for entry in public.tasks)
    assert keyed.fingerprint() == public.fingerprint()


def test_only_a_baseline_may_do_without_points(start: Bank) -> None:
    """A task file that only asks the baseline need not have 20 and 12 points; any other must."""
    assert list(point_faults(start)) == []
    entry = start["F1"].model_copy(update={"task": start["F1"].task.model_copy(update={"group": "exercise"})})
    assert list(point_faults(start.model_copy(update={"tasks": (entry,)})))


def test_no_key_of_the_baseline_is_given_away_before_the_closing_form(course: Path) -> None:
    """The keys stand in the file for the closing form and nowhere else; anywhere else they are a leak."""
    (course / "lessons").mkdir()
    assert find_leaks(Course(course)) == []
    why = Course(course).bank(CLOSING, "00-start")["A07"].key
    assert isinstance(why, ChoiceKey)
    site = course / "site"
    for name in ("exercises/00-start.html", "lessons/07-transfer.html"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(f"<p>{why.options['supported'].why}</p>", encoding="utf-8")
    assert [leak.file for leak in find_leaks(Course(course), site)] == ["book/exercises/00-start.html"]


def test_only_the_closing_form_has_keys(course: Path, tmp_path: Path) -> None:
    """The opening form goes out without keys, the closing one with them and with the answers of the opening."""
    start, last = (Course(course).bank(EXERCISES, slug) for slug in ("00-start", "07-transfer"))
    answers = tmp_path / "answers"
    AnswerStore(answers, course=COURSE, lesson="00-start", bank=start.fingerprint()).save(picks("A", 2))
    first = form_content(Course(course), start, "opening", answers=answers)
    assert not any("key" in task for task in first["tasks"])
    assert (first["lesson"], first["forms"]["odd"][0], "opening" in first) == ("00-start", "A01", False)
    closing = form_content(Course(course), last, "closing", answers=answers)
    assert all("key" in task for task in closing["tasks"])
    assert (closing["lesson"], closing["forms"]["odd"][0]) == ("07-transfer", "B01")
    assert set(closing["opening"]["entries"]) == {"A01", "A02"}
    readable = view_html({**closing, "language": "en"}).partition("copydesk-static")[2]
    assert "captain" not in readable


@pytest.mark.parametrize("content", [None, b"{", b'{"schema": "copydesk/answers/9"}'])
def test_a_missing_opening_does_no_harm(course: Path, tmp_path: Path, content: bytes | None) -> None:
    """Where the answers of lesson 00 are missing or cannot be used, the closing form comes without them."""
    if content is not None:
        (tmp_path / "00-start.json").write_bytes(content)
    last = Course(course).bank(EXERCISES, "07-transfer")
    assert guess_content(last, answers=tmp_path)["opening"] == {"lesson": "00-start", "entries": {}}


def test_a_lesson_without_a_baseline_says_what_is_missing(tmp_path: Path) -> None:
    """Asking for a form where there is none names the line that would bring it."""
    bank = Course(ROOT).bank(EXERCISES, "02-attribution")
    with pytest.raises(ValueError, match="nor a line 'baseline:'"):
        form_content(Course(ROOT), bank, "closing", answers=tmp_path)


def test_the_statements_are_one_line_in_lists(start: Bank) -> None:
    """Progress, submission and receipt have one line for all statements, and one form is enough for it."""
    rows = required_rows(entry.task for entry in start.tasks)
    assert [row["id"] for row in rows] == ["F1", "G1", "A/B"]
    assert rows[-1]["forms"][1][0] == "B01"
    state = form_state((entry.task for entry in start.tasks), {**picks("A", 3), **picks("B", 20)})
    assert state == ("B", 20, 20)
    assert form_state((), {}) is None


def test_the_gradebook_counts_and_does_not_mark(start: Bank, course: Path, tmp_path: Path) -> None:
    """A submission of lesson 00 or 07 is graded with a count of statements, and no columns, points or keys for them."""
    last = Course(course).bank(SOLUTIONS, "07-transfer")
    guess = Answer(response=ValueResponse(values={"guess": 7}), at=current_time())
    answers: dict[str, dict[str, Answer]] = {
        "00-start": {**picks("A", 18), "G1": guess},
        "07-transfer": {**picks("B", 20), "T1": Answer(response=ChoiceResponse(chosen=("a",)), at=current_time())},
    }
    receipts = []
    for bank in (start, last):
        store = AnswerStore(tmp_path / "answers", course=COURSE, lesson=bank.lesson, bank=bank.fingerprint())
        store.save(answers[bank.lesson])
        path, content = submit(store, {entry.task.id for entry in bank.tasks}, alias="Ada")
        receipts.append(receipt_text(bank, content, path))
    assert "form B – Started: 18 of 20 statements" in receipts[0]
    assert "B20" not in receipts[1]
    report = grade([tmp_path / "submissions"], tmp_path / "out", banks={bank.lesson: bank for bank in (start, last)})
    text = report.gradebook.read_text(encoding="utf-8-sig")
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [
        (row["lesson"], row["statements answered"], row["automatic points"], row["not answered"]) for row in rows
    ] == [
        ("00-start", "18 of 20 (A)", "0", "F1"),
        ("07-transfer", "20 of 20 (B)", "20", "F1 G1"),
    ]
    assert "A01" not in text
    first, second = (next(report.feedback.glob(f"*{slug}*")).read_text(encoding="utf-8") for slug in answers)
    assert "18</span> of 20 statements answered" in first
    assert "Press notice" not in first
    assert "ferry" not in second
    assert "One task" in second
    assert json.loads(path.read_text(encoding="utf-8"))["answers"]["B07"]["confidence"] == 0.7


def test_solutions_fill_in_the_baseline() -> None:
    """With keys a form can be filled in, and the checks of its tasks speak of no points."""
    desk = copydesk.open("00-start", solution=True)
    for task in ("F1", "G1", "A07"):
        assert desk.check_text(task) == unanswered_text(task)
        desk.solve(task)
        assert desk.check_text(task) == f"{task}: complete and saved. It will be in your submission."
