"""What a notebook shows and prints, without a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pandas as pd
import pytest
from matplotlib.figure import Figure
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

import copydesk
from copydesk import figures
from copydesk.answers.store import MIME_TYPE, current_time
from copydesk.course.settings import find_root
from copydesk.desk.desk import unanswered_text
from copydesk.desk.receipt import Receipt
from copydesk.kinds import scoring
from copydesk.views.content import submission_content
from copydesk.views.widget import DeskWidget, StaticView

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.desk.desk import Desk

LESSON = "02-attribution"
COUNTS = {"government": 4, "state news agency": 2, "court (document)": 1, "leader": 1}
TEXTS = {
    "title": "Who is quoted, by type of source",
    "x_label": "Type of source",
    "y_label": "Attributions",
    "alt": "A bar chart: government has 4 attributions, the state news agency 2, court and leader 1 each",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a learner's desk with nothing answered."""
    return copydesk.open(LESSON, answers=tmp_path / "answers")


@pytest.fixture
def keyed() -> Desk:
    """Return an instructor's desk."""
    return copydesk.open(LESSON, solution=True)


def entry(response: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an answer as the browser sends it."""
    return {"response": response, "at": current_time().isoformat(), "attempts": 1, "checked": False, **more}


def test_an_untouched_task_is_not_answered(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Every check of an untouched exercise says that the task is not answered yet, and asks what to do."""
    assert desk.task_bank is not None
    for each in desk.task_bank.tasks:
        desk.check(each.task.id)
        printed = capsys.readouterr().out.strip()
        assert printed == unanswered_text(each.task.id)
        assert "not answered yet" in printed
        assert printed.endswith("?")


def test_a_learner_has_no_keys(desk: Desk) -> None:
    """A learner's desk holds no key of a graded task and cannot be asked for one."""
    assert desk.task_bank is not None
    assert all(each.key is None for each in desk.task_bank.tasks)
    with pytest.raises(ValueError, match="key of task T1 is not here"):
        desk.solve("T1")
    with pytest.raises(ValueError, match="graded"):
        desk.worked("T1")
    assert "key" not in desk.task("T1").content["tasks"][0]


def test_every_check_passes_on_the_solution(keyed: Desk) -> None:
    """With the reference answer every check gives full points, or waits for a person."""
    assert keyed.task_bank is not None
    for each in keyed.task_bank.tasks:
        keyed.solve(each.task.id)
        said = keyed.check_text(each.task.id)
        points = f"{each.task.points:g}"
        assert said == f"{each.task.id}: {points} of {points} points." or each.task.kind == "written"


def test_an_exercise_may_be_shown_and_solved_as_a_whole(desk: Desk, keyed: Desk) -> None:
    """A course of one's own names no task in its notebooks, so that adding one changes no notebook."""
    assert keyed.task_bank is not None
    assert keyed.task_bank.baseline_entries == []
    assert [task["id"] for task in desk.tasks().content["tasks"]] == keyed.task_bank.task_ids
    keyed.solve()
    alone = {name: keyed.check_text(name) for name in keyed.task_bank.task_ids}
    for name in keyed.task_bank.task_ids:
        keyed.solve(name)
    assert alone == {name: keyed.check_text(name) for name in keyed.task_bank.task_ids}
    assert unanswered_text("T1") not in alone.values()
    with pytest.raises(ValueError, match="key of task T1 is not here"):
        desk.solve()


def test_every_check_fails_on_a_wrong_answer(keyed: Desk) -> None:
    """With a careless answer every automatic check gives less than the points and asks where it differs."""
    assert keyed.task_bank is not None
    for each in keyed.task_bank.tasks:
        for _, response in scoring.guessing_strategies(each.task):
            keyed.answer(each.task.id, response)
            said = keyed.check_text(each.task.id)
            assert f"of {each.task.points:g} points. Where does your reading differ" in said


def test_what_the_browser_sends_is_saved_and_acknowledged(desk: Desk) -> None:
    """The view is told that an answer is saved only after the file holds it."""
    view = desk.quiz()
    assert isinstance(view, DeskWidget)
    view.answers = {"revision": 1, "entries": {"Q1": entry({"kind": "choice", "chosen": ["d"]})}}
    assert view.saved["revision"] == 1
    assert view.saved["problem"] is None
    stored = json.loads(desk._store.path.read_text(encoding="utf-8"))
    assert stored["answers"]["Q1"]["response"] == {"kind": "choice", "chosen": ["d"]}


def test_a_wrong_message_is_refused_and_loses_nothing(desk: Desk) -> None:
    """An answer that is not one is refused with a reason, and what was saved stays."""
    view = desk.quiz()
    assert isinstance(view, DeskWidget)
    view.answers = {"revision": 1, "entries": {"Q1": entry({"kind": "choice", "chosen": ["d"]})}}
    view.answers = {"revision": 2, "entries": {"Q1": {"response": {"kind": "choice", "chosen": 7}}}}
    assert view.saved["problem"]
    assert desk._store.load().answers["Q1"].response.chosen == ("d",)


def test_several_tasks_of_one_file_are_one_view(desk: Desk) -> None:
    """Tasks of one file stand together under a title; of two files, practice and graded, they do not."""
    content = desk.task("Q1", "Q4", title="Two of them").content
    assert ([task["id"] for task in content["tasks"]], content["title"]) == (["Q1", "Q4"], "Two of them")
    with pytest.raises(ValueError, match="two files"):
        desk.task("Q1", "T1")


def test_two_views_of_a_task_agree(desk: Desk) -> None:
    """An answer given in one view appears in every other open view of the same task."""
    quiz, alone = desk.quiz(), desk.task("Q1")
    assert isinstance(quiz, DeskWidget)
    assert isinstance(alone, DeskWidget)
    quiz.answers = {"revision": 1, "entries": {"Q1": entry({"kind": "choice", "chosen": ["b"]})}}
    assert alone.answers["entries"]["Q1"]["response"]["chosen"] == ["b"]


@pytest.mark.parametrize(
    "counts",
    [
        COUNTS,
        pd.Series(COUNTS),
        pd.Series(COUNTS).to_frame("n"),
        pd.DataFrame({"type": list(COUNTS), "n": list(COUNTS.values())}),
    ],
    ids=["dictionary", "series", "one column", "two columns"],
)
def test_the_code_lane_earns_the_same_points(keyed: Desk, counts: object) -> None:
    """A table recorded from code, in any of its shapes, earns what clicking earns."""
    keyed.record("T4", counts=counts, **TEXTS)
    assert keyed.check_text("T4") == "T4: 3 of 3 points."


def test_a_figure_gives_its_texts(keyed: Desk) -> None:
    """Title and axis labels are taken from a matplotlib figure."""
    figure = Figure()
    axes = figure.subplots()
    axes.set(title=TEXTS["title"], xlabel=TEXTS["x_label"], ylabel=TEXTS["y_label"])
    keyed.record("T4", counts=COUNTS, figure=figure, alt=TEXTS["alt"])
    assert keyed.check_text("T4") == "T4: 3 of 3 points."


def test_a_figure_of_the_course_gives_its_texts(keyed: Desk) -> None:
    """The title is found where the course's own figures have it, at the left."""
    figure = figures.bars(COUNTS, title=TEXTS["title"], x_label=TEXTS["x_label"], y_label=TEXTS["y_label"])
    keyed.record("T4", counts=COUNTS, figure=figure, alt=TEXTS["alt"])
    assert keyed.check_text("T4") == "T4: 3 of 3 points."


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"counts": ...}, "not answered yet"),
        ({"counts": None, "figure": ...}, "not answered yet"),
        ({"counts": {"government": 4}}, "needs one number for each of these rows"),
        ({"counts": 4}, "needs a number for each row"),
        ({"counts": dict.fromkeys(COUNTS, "many")}, "needs one number for each"),
        ({"title": 4}, "needs text in quotation marks"),
        ({"colour": "red"}, "has no field 'colour'"),
    ],
)
def test_a_wrong_value_gets_a_question(desk: Desk, capsys: pytest.CaptureFixture[str], given: Any, said: str) -> None:  # noqa: ANN401
    """A value that does not fit is explained with a question, and nothing is saved."""
    desk.record("T4", **given)
    printed = capsys.readouterr().out.strip()
    assert said in printed
    assert printed.endswith("?")
    assert not desk._store.path.exists()


def test_recording_in_two_steps_keeps_both(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """A second record adds to the first; an answer that is only begun is said to be so."""
    desk.record("T4", counts=COUNTS)
    desk.check("T4")
    assert "1 of 5 fields so far" in capsys.readouterr().out
    desk.record("T4", **TEXTS)
    desk.check("T4")
    assert "complete and saved" in capsys.readouterr().out


def test_the_submission_view_follows_what_is_answered(desk: Desk) -> None:
    """The submission view knows which of the graded tasks are answered, from the start and as answers come."""
    desk.answer("T5", {"kind": "choice", "chosen": ["S09"]})
    desk.answer("Q1", {"kind": "choice", "chosen": ["a"]})
    bank = desk.task_bank
    assert bank is not None
    view = desk._show(submission_content(bank, title="Submit"))
    assert isinstance(view, DeskWidget)
    assert set(view.answers["entries"]) == {"T5"}
    desk.answer("W1", {"kind": "written", "text": "Words."})
    assert set(view.answers["entries"]) == {"T5", "W1"}


def test_no_submission_lies_beside_the_one_with_a_name(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An exercise that runs after its lesson makes no file until a name is given, and then that file only."""
    folder = tmp_path / "submissions"
    desk.answer("Q1", {"kind": "choice", "chosen": ["a"]})
    with patch("copydesk.desk.receipt.Receipt", wraps=Receipt) as receipt:
        desk.submit()
        desk.answer("T5", {"kind": "choice", "chosen": ["S09"]})
        desk.submit()
        (nothing, none), (_, given) = (call.args for call in receipt.call_args_list)
    assert nothing.startswith("You haven’t answered anything yet")
    assert none is None
    assert set(given.answers) == {"T5"}
    assert not folder.exists()
    for alias in ("Robin", None):
        desk.submit(alias)
        assert [path.name for path in folder.iterdir()] == [f"{LESSON}-robin.json"]
    capsys.readouterr()


def test_no_code_hands_in_gaps_unasked(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Running the cell again submits nothing that is not complete; giving a name in code does, and says the gaps."""
    file = tmp_path / "submissions" / f"{LESSON}-robin.json"
    desk.answer("T1", {"kind": "spans", "spans": [], "clean": ["S18"]})
    desk.submit("Robin")
    said = capsys.readouterr().out
    assert "7 tasks aren’t complete." in said
    assert "- T1 · Mark who says what – Started: 1 of 9 passages" in said
    assert f"submissions/{file.name}" in said
    before = file.read_bytes()
    again = copydesk.open(LESSON, answers=tmp_path / "answers")
    again.answer("T5", {"kind": "choice", "chosen": ["S09"]})
    again.submit()
    said = capsys.readouterr().out
    assert f"submissions/{file.name}" in said
    assert "You’ve changed answers since you made this file." in said
    assert "T5 · Fifteen sentences without a source – Not started" in said
    assert file.read_bytes() == before
    file.unlink()
    again.submit()
    assert not file.exists()
    said = capsys.readouterr().out
    assert said.startswith("You haven’t submitted anything yet.")
    assert "W1 · Rewrite S08 and S09 – Not started" in said


def test_what_was_shown_follows_the_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a running kernel the output of a check above, and of the submission, changes as soon as an answer is saved."""
    monkeypatch.setenv("COPYDESK_ANSWERS", str(tmp_path / "answers"))
    monkeypatch.setenv("COPYDESK_COURSE", str(find_root()))
    marks = {"kind": "spans", "spans": [], "clean": ["S18"]}
    cells = [
        f"import copydesk; desk = copydesk.open({LESSON!r})",
        'desk.check("T1")',
        "desk.submit()",
        f'desk.answer("T1", {marks})',
    ]
    notebook = new_notebook(cells=[new_code_cell(source) for source in cells])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    texts = [[output.data["text/plain"] for output in cell.outputs] for cell in notebook.cells]
    assert texts[1] == ["T1: 1 of 9 passages so far. Which part of the task above is still open?"]
    assert texts[2][0].startswith("You haven’t submitted anything yet.")
    assert "T1 · Mark who says what – Started: 1 of 9 passages" in texts[2][0]
    (carried,) = (output.data[MIME_TYPE] for output in notebook.cells[2].outputs if MIME_TYPE in output.data)
    assert set(carried["answers"]) == {"T1"}


def test_a_page_without_a_kernel_gets_html_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With COPYDESK_RENDER=static a view is HTML: readable, escaped, with the task as data."""
    monkeypatch.setenv("COPYDESK_RENDER", "static")
    view = desk.quiz()
    assert isinstance(view, StaticView)
    html = view._repr_html_()
    assert 'data-copydesk="tasks"' in html
    assert "<details>" in html
    assert "</script><" not in html.split('<script type="application/json">')[1].split("</script>")[0]
    graded = desk.task("T5")._repr_html_()
    assert '"weight"' not in graded
    assert "Show the explanation" not in graded


def test_every_task_can_be_read_without_a_script(desk: Desk) -> None:
    """The static markup of every task holds its title, and the view of every kind has one."""
    assert desk.quiz_bank is not None
    assert desk.task_bank is not None
    for each in (*desk.quiz_bank.tasks, *desk.task_bank.tasks):
        data, _ = desk.task(each.task.id)._repr_mimebundle_()
        shown = data["text/html"].split("</script>")[1]
        assert f"<h3>{each.task.title}</h3>" in shown.replace("&#39;", "'")
        assert data["text/plain"] == f"<Copy Desk 02-attribution: {each.task.id}>"


def test_the_view_says_what_it_is(desk: Desk) -> None:
    """The representation of a view is the same in each run."""
    assert repr(desk.task("T1")) == "<Copy Desk 02-attribution: T1>"
    assert repr(desk) == "<Copy Desk 02-attribution>"


def test_unknown_names_are_explained(desk: Desk) -> None:
    """A task, sentence, card or lesson that does not exist is answered with those that do."""
    for call in (
        lambda: desk.task("T9"),
        lambda: desk.passage("S77"),
        lambda: desk.cards("K-NOBODY"),
        lambda: desk.table("nothing"),
        lambda: desk.quiz("nothing"),
    ):
        with pytest.raises(KeyError, match=r"there (is|are) no|has no"):
            call()
    with pytest.raises(ValueError, match="99-nothing"):
        copydesk.open("99-nothing")


def test_a_passage_and_a_worked_example_can_be_read(desk: Desk) -> None:
    """Passages, cards and worked examples are HTML, with the same as plain text."""
    assert "S02" in desk.passage("S02")._repr_html_()
    assert repr(desk.passage("S02")).startswith("S02 Mr Putin flew by helicopter")
    worked = desk.worked("P1")._repr_html_()
    assert "according to" in worked
    assert "one careful reading" in worked
