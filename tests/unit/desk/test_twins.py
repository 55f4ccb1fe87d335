"""A notebook with twins: what it shows, draws, keeps, checks and compares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import twins

import copydesk
from copydesk.answers.file import Answer
from copydesk.answers.store import current_time
from copydesk.checks import check_course
from copydesk.checks.items import find_keyed_choices
from copydesk.checks.reused_items import asked_items
from copydesk.checks.text_units import bank_units
from copydesk.course.course import Course
from copydesk.exchange.linked import linked_answers
from copydesk.exchange.quizzes import export_quizzes
from copydesk.views.content import required_rows
from copydesk.views.widget import StaticView

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.desk.desk import Desk


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the small course, which notebooks find."""
    twins.write_course(tmp_path / "course")
    monkeypatch.setenv("COPYDESK_COURSE", str(tmp_path / "course"))
    return tmp_path / "course"


@pytest.fixture
def desk(root: Path) -> Desk:
    """Return a learner's desk."""
    return copydesk.open(twins.LESSON, answers=root / "answers")


def marks(quote: str, start: int) -> dict[str, Any]:
    """Return marked words."""
    place = {"type": "TextPositionSelector", "start": start, "end": start + len(quote)}
    words = {"type": "TextQuoteSelector", "exact": quote}
    return {"kind": "spans", "spans": [{"passage": "A", "label": "who", "selector": [place, words]}]}


def drawn(desk: Desk, task: str, number: int, response: dict[str, Any], **more: Any) -> None:  # noqa: ANN401
    """Keep an answer to a version, as the browser sends it."""
    answer = {"response": response, "at": current_time(), "version": number, **more}
    desk._save({task: Answer.model_validate(answer)})


def test_a_view_brings_both_versions_and_keys_only_in_practice(desk: Desk) -> None:
    """Practice has the key of each version; graded tasks have neither."""
    (task,) = desk.quiz().content["tasks"]
    assert (task["version"], task["twin"]["version"], task["twin"]["id"]) == (1, 2, "Q1")
    assert (task["context"], task["twin"]["context"]) == (twins.HARBOUR, twins.MAYOR)
    assert [each["key"]["options"]["mayor"]["weight"] for each in (task, task["twin"])] == [0, 1]
    (graded,) = desk.task("T2").content["tasks"]
    assert "twin" in graded
    assert "weight" not in json.dumps(graded)
    assert twins.WHY_MAYOR not in json.dumps(graded)
    (alone,) = desk.task("T1").content["tasks"]
    assert not {"twin", "version"} & alone.keys()


def test_without_a_script_the_first_version_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The static document beside a widget and in a page shows one passage, that of the first version."""
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    for view in (desk.quiz(), desk.task("T2")):
        assert isinstance(view, StaticView)
        _, document = view._repr_html_().split("</script>", 1)
        assert twins.HARBOUR in document
        assert twins.MAYOR not in document


def test_a_check_goes_by_the_version(root: Path) -> None:
    """With keys the points are those of the version that the answer was given to."""
    keyed = copydesk.open(twins.LESSON, solution=True, answers=root / "answers")
    for number, said in ((1, "0 of 2"), (2, "2 of 2")):
        drawn(keyed, "T2", number, {"kind": "choice", "chosen": ["mayor"]})
        assert said in keyed.check_text("T2")
    assert "not answered" in keyed.check_text("T3")


def test_code_that_records_draws_once_and_keeps(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A value recorded from code has a version from the first time on, also where no view was ever shown."""
    desk.record("T3", cars=7)
    first = desk._store.load().answers["T3"].version
    assert first in {1, 2}
    for number in range(12):
        desk.record("T3", cars=number)
        desk.answer("T3", {"kind": "value", "values": {"cars": number}})
        assert desk._store.load().answers["T3"].version == first
    desk.answer("T1", {"kind": "choice", "chosen": ["office"]})
    assert desk._store.load().answers["T1"].version is None
    capsys.readouterr()


def test_code_draws_both(root: Path) -> None:
    """By chance each version comes: twenty learners all with the same would be one case in a million."""
    seen = set()
    for number in range(20):
        desk = copydesk.open(twins.LESSON, answers=root / f"answers-{number}")
        desk.answer("T2", {"kind": "choice", "chosen": ["office"]})
        seen.add(desk._store.load().answers["T2"].version)
    assert seen == {1, 2}


@pytest.mark.usefixtures("root")
def test_with_keys_it_is_always_the_first() -> None:
    """A solution shows and solves the first version, so that it comes out the same each time."""
    for _ in range(5):
        keyed = copydesk.open(twins.LESSON, solution=True)
        assert "twin" not in keyed.task("T2").content["tasks"][0]
        keyed.solve("T2")
        assert keyed._store.load().answers["T2"].version == 1
        assert "2 of 2" in keyed.check_text("T2")


def test_judgements_and_the_mirror_go_by_the_version(desk: Desk) -> None:
    """How sure and how right: by the key of the version, and the browser gets what it needs for either."""
    pick = {"kind": "choice", "chosen": ["mayor"]}
    for number, right in ((1, False), (2, True)):
        drawn(desk, "Q1", number, pick, confidence=0.8, checked=True)
        assert desk.judgements()["right"].tolist() == [right]
    (task,) = desk.reliability().content["tasks"]
    assert [each["key"]["options"]["mayor"]["weight"] for each in (task, task["twin"])] == [0, 1]
    assert twins.WHY_MAYOR not in json.dumps(task)


def test_marks_are_compared_in_the_same_version(desk: Desk, root: Path) -> None:
    """The reference is that of the version; a partner who was shown the other one is not compared."""
    mayor = marks("mayor", 4)
    drawn(desk, "P1", 2, mayor)
    assert "100%" in repr(desk.agreement("reference", "P1"))
    assert desk.panel("P1") is not None
    assert desk.annotations("P1")["first"]["items"][0]["target"]["selector"][1]["exact"] == "mayor"
    partner = copydesk.open(twins.LESSON, answers=root / "partner")
    path = root / "partner" / f"{twins.LESSON}.json"
    drawn(partner, "P1", 1, marks("harbour office", 4))
    assert "the other version of P1" in repr(desk.agreement(path, "P1"))
    drawn(partner, "P1", 2, mayor)
    assert "100%" in repr(desk.agreement(path, "P1"))


def test_what_is_only_drawn_is_no_change_and_no_answer(desk: Desk, root: Path) -> None:
    """To look at a task neither answers it nor changes what was submitted."""
    empty = {"response": {"kind": "choice", "chosen": []}, "at": twins.DRAWN, "version": 2}
    desk._save({"T2": Answer.model_validate(empty)})
    assert "not answered" in desk.check_text("T2")
    desk.answer("T1", {"kind": "choice", "chosen": ["office"]})
    desk._submit("Ada")
    (path,) = (root / "submissions").glob("*.json")
    assert json.loads(path.read_text(encoding="utf-8"))["answers"]["T2"]["version"] == 2
    value = {"response": {"kind": "value", "values": {}}, "at": twins.DRAWN, "version": 1}
    desk._save({"T3": Answer.model_validate(value)})
    assert desk._store.load().answers["T3"].version == 1
    linked = linked_answers(Course(root), path.read_bytes())
    assert linked.documents == []


def test_progress_counts_the_same_for_both() -> None:
    """A list of tasks has one row a task: task and twin have the same parts."""
    tasks = [entry.task for entry in twins.bank().tasks]
    twin_tasks = [entry.versions[-1].task for entry in twins.bank().tasks]
    first, second = required_rows(tasks), required_rows(twin_tasks)
    assert [row["outline"] for row in first] == [row["outline"] for row in second]


def test_the_checks_read_both_versions(root: Path) -> None:
    """Keys, items and texts of a twin are looked at like those of any task."""
    bank = twins.bank("practice")
    assert len(list(find_keyed_choices(twins.LESSON, bank.versions()))) == 3
    assert len(asked_items(bank["T2"])) == len(asked_items(bank["T1"])) + 1
    assert sum(twins.MAYOR in unit.text for unit in bank_units(bank, "x.yml", {})) == 1
    wrong = twins.choice("T2", twin={"context": "The mayyor cuonted.", "key": twins.choice_key("mayor")})
    data = twins.source(tasks=[wrong])
    (root / "solutions" / "tasks" / f"{twins.LESSON}.yml").write_text(json.dumps(data), encoding="utf-8")
    found = [problem.problem for problem in check_course(Course(root)).problems]
    assert "“mayyor” is in no dictionary" in found
    assert sum("mayyor" in each for each in found) == 1


@pytest.mark.parametrize("form", ["moodle", "gift", "qti"])
def test_a_platform_gets_both_versions_by_name(root: Path, tmp_path: Path, form: str) -> None:
    """Each version is a question of its own, and the report says that a learner is meant to meet one."""
    report = export_quizzes(Course(root), tmp_path / form, form, graded=True)
    titles = [question.title for file in report.files for question in file.questions]
    assert titles == [
        *("Q1: Who counted? (version 1)", "Q1: Who counted? (version 2)", "T1: Who counted?"),
        *("T2: Who counted? (version 1)", "T2: Who counted? (version 2)"),
        *("T3: How many? (version 1)", "T3: How many? (version 2)"),
    ]
    questions = [question for file in report.files for question in file.questions]
    assert len({question.id for question in questions}) == len(questions)
    assert "4 of 5 tasks" in report.summary()
    assert report.text().count("it has two versions") == 3
