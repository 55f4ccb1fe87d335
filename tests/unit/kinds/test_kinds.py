"""Every kind stands in every table, and every drawn task of every kind can be scored, shown and fed back."""

from __future__ import annotations

import csv
import json
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import pytest
from by_hand import by_hand
from drawn import STRATEGIES
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from copydesk.course.article import Card
from copydesk.course.bank import Bank, Entry
from copydesk.grading import grade
from copydesk.kinds import scoring
from copydesk.kinds.table import KINDS, kind_of
from copydesk.kinds.union import Key, Response, Task
from copydesk.views.content import bank_content
from copydesk.views.html import view_html

UNGRADED = {"written", "drawer"}


def card(name: str) -> Card:
    """Return an evidence card."""
    return Card(id=name, title=f"Card {name}", quote="", says="It says so.", sources=(), date="1 May", read="excerpt")


CARDS = {name: card(name) for name in ("K1", "K2", "K3", "K4")}


def kinds_in(union: object) -> set[str]:
    """Return the kinds of the models in a union."""
    kinds = set()
    for model in get_args(get_args(union)[0]):
        kinds.update(get_args(model.model_fields["kind"].annotation))
    return kinds


def bank_of(tasks: list[dict[str, Any]], purpose: str) -> Bank:
    """Return a bank with these tasks."""
    head = {"schema": "copydesk/bank/1", "course": "mariupol", "lesson": "02-attribution", "title": "A bank"}
    return Bank.model_validate({**head, "purpose": purpose, "keyed_by": "one careful reading", "tasks": tasks})


def test_every_kind_stands_in_every_table() -> None:
    """A kind has a task, a key, a response, its line in the table and a page."""
    kinds = kinds_in(Task)
    assert kinds_in(Key) == kinds
    assert kinds_in(Response) == kinds
    assert set(KINDS) == kinds
    folders = Path(scoring.__file__).parent
    assert {path.parent.name for path in folders.glob("*/page.html.j2")} == kinds


def test_an_unknown_kind_is_an_error() -> None:
    """A kind that has no line in the table is refused by name, where it is met."""
    with pytest.raises(LookupError, match=r"no kind of task 'riddle'; give it a line in .*table\.py"):
        kind_of("riddle")


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - UNGRADED))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_score_is_a_share_and_the_reference_is_the_best(kind: str, data: st.DataObject) -> None:
    """Any answer that fits earns between 0 and 1, and none more than the reference, which earns 1."""
    task, response = data.draw(STRATEGIES[kind])
    entry = Entry.model_validate(task)
    assert entry.key is not None
    answer = TypeAdapter(Response).validate_python(response)
    assert scoring.validation_errors(entry.task, answer) == []
    share = scoring.score(entry.task, entry.key, answer).share
    assert share is not None
    assert 0 <= share <= 1
    best = scoring.score(entry.task, entry.key, scoring.reference_response(entry.task, entry.key)).share
    if kind == "edit":  # `copydesk check` refuses a key whose repairs alone do not earn everything
        assume(best == pytest.approx(1))
    assert best == pytest.approx(1) or not is_graded(entry.key) or share <= best + 1e-9


def is_graded(key: Any) -> bool:  # noqa: ANN401
    """Return whether some label of a key is graded for everybody; of another kind a key always is."""
    if key.kind != "spans":
        return True
    spans = chain.from_iterable(key.labels.values())
    return not key.panel and any(span.weight for span in spans)


@pytest.mark.parametrize("kind", KINDS)
def test_every_hand_made_task_can_be_read_without_a_script(kind: str) -> None:
    """The static markup of each hand-made task holds prompt and reasons, escaped."""
    for name, task, _, _ in by_hand(kind):
        bank = bank_of([task | {"title": "A <task>"}], "practice")
        content = bank_content(bank, bank.tasks, CARDS, title="A view") | {"language": "en"}
        html = view_html(content)
        assert "A &lt;task&gt;" in html, name
        assert "A <task>" not in html
        assert "Because." in html or kind == "written"


@pytest.mark.parametrize("kind", KINDS)
def test_every_hand_made_answer_gets_feedback(kind: str, tmp_path: Path) -> None:
    """Each hand-made answer of each kind is graded to its share and laid beside the reference with its reasons."""
    cases = by_hand(kind)
    points = 0 if kind == "drawer" else 4
    tasks, answers = [], {}
    for number, (_, task, response, _) in enumerate(cases):
        name = f"T{number}"
        tasks.append(task | {"id": name, "points": points})
        if response is not None:
            answers[name] = {"response": response, "at": "2026-11-22T10:00:00Z"}
    bank = bank_of(tasks, "graded")
    submission = {
        "schema": "copydesk/answers/1",
        "course": "mariupol",
        "lesson": "02-attribution",
        "bank": bank.without_keys().fingerprint(),
        "learner": {"alias": "Robin"},
        "saved": "2026-11-22T10:00:00Z",
        "handed_in": "2026-11-22T10:00:00Z",
        "answers": answers,
    }
    (tmp_path / "robin.json").write_text(json.dumps(submission), encoding="utf-8")
    report = grade([tmp_path / "robin.json"], tmp_path / "out", banks={"02-attribution": bank}, on_progress=None)
    assert (report.graded, report.problem_rows) == (1, 0)
    with (tmp_path / "out" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    points_of = {head.split(" ")[0]: value for head, value in row.items()}
    for number, (name, _, _, share) in enumerate(cases):
        if share is not None:
            assert float(points_of[f"T{number}"] or 0) == pytest.approx(points * float(share), abs=0.006), name
    (page,) = (tmp_path / "out" / "feedback").glob("*.html")
    assert ("Because." in page.read_text(encoding="utf-8")) or kind == "written"
