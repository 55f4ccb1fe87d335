"""What does not fit a task is said to the learner in the language of the interface."""

from __future__ import annotations

from typing import Any

import pytest
from by_hand import (
    Case,
    arrows_task,
    choice_task,
    chosen,
    drawer_task,
    edge,
    edit_task,
    fault,
    judged,
    linked,
    mark,
    marked,
    mended,
    opened,
    order_task,
    ordered,
    placed,
    sort_task,
    spans_task,
    value_task,
    values,
    verdict_task,
)
from pydantic import TypeAdapter

from copydesk.course.bank import Entry
from copydesk.kinds import scoring
from copydesk.kinds.table import KINDS, kind_of
from copydesk.kinds.union import Response
from copydesk.kinds.value.model import ValueResponse

ARROWS = arrows_task([edge("n0", "n1")], relations=("r",))
CHOICE = choice_task([1, 0], multiple=False)
EDIT = edit_task(["one two"], [fault("f", "p0", "one", "1")])
ORDER = order_task([["a"], ["b"]])
SORT = sort_task([{"a": 1}, {"b": 1}], ["a", "b"])
SPANS = spans_task(["one two"], {"s": []})
FIELDS: list[Case] = [
    {"type": "number", "id": "n", "label": "Hours"},
    {"type": "date", "id": "d", "label": "Day"},
    {"type": "text", "id": "t", "label": "Title"},
    {"type": "table", "id": "g", "label": "Counts", "row_label": "Row", "value_label": "n", "rows": ["a"]},
]
FIELD_KEYS: dict[str, Case] = {
    "n": {"type": "number", "value": 1, "why": "Because."},
    "d": {"type": "date", "value": "2023-03-19", "why": "Because."},
    "t": {"type": "text", "example": "words", "why": "Because."},
    "g": {"type": "table", "values": {"a": 1}, "why": "Because."},
}
VALUE = value_task(FIELDS, FIELD_KEYS)
VERDICT = verdict_task({"supported": 1}, {"q": 1}, ("K1",))
UNFIT: list[tuple[Case, Case, str]] = [
    (ARROWS, linked(edge("n9", "n1")), "The node 'n9' does not belong to task X."),
    (ARROWS, linked(edge("n0", "n1", relation="s")), "The relation 's' does not belong to task X."),
    (ARROWS, linked(edge("n0", "n0")), "A link of task X goes from 'n0' to itself."),
    (CHOICE, chosen("o9"), "The option 'o9' does not belong to task X."),
    (choice_task([1, 0], multiple=True), chosen("o0", "o0"), "An option of task X was chosen twice."),
    (CHOICE, chosen("o0", "o1"), "Task X takes one option; 2 were chosen."),
    (drawer_task(1), opened("K9"), "The card 'K9' does not belong to task X."),
    (EDIT, mended(None, "two"), "The passage 'p1' does not belong to task X."),
    (EDIT, mended("one " * 57), "The text of p0 in task X has 57 words; at most 56 are read."),
    (ORDER, ordered("a", "c"), "The item 'c' does not belong to task X."),
    (ORDER, ordered("a", "a"), "An item of task X was placed twice."),
    (ORDER, ordered("ab"), "Task X doesn't allow ties."),
    (SORT, placed(i9="a"), "The item 'i9' does not belong to task X."),
    (SORT, placed(i0="c"), "The class 'c' does not belong to task X."),
    (SPANS, marked(clean=("p9",)), "The passage 'p9' does not belong to task X."),
    (SPANS, marked(mark("one two", "s", "two", "p9")), "The passage 'p9' does not belong to task X."),
    (SPANS, marked(mark("one two", "t", "two")), "The label 't' does not belong to task X."),
    (SPANS, marked(mark("two one", "s", "two")), "The words marked at 0 to 3 are not in p0."),
    (VALUE, values(x=1.0), "The field 'x' does not belong to task X."),
    (VALUE, values(n="one"), "The field 'Hours' of task X takes a number."),
    (VALUE, values(t=1.0), "The field 'Title' of task X takes text."),
    (VALUE, values(g=1.0), "The field 'Counts' of task X takes a number for each row."),
    (VALUE, values(d="2023"), "The field 'Day' of task X takes a date such as 2024-01-31."),
    (VALUE, values(d=2023.0), "The field 'Day' of task X takes text."),
    (VERDICT, judged("supported", "K1", qualification="r"), "The qualification 'r' does not belong to task X."),
    (VERDICT, judged("supported", "K9"), "The card 'K9' does not belong to task X."),
    (VERDICT, judged("supported", "K1", "K2", "K3"), "Task X takes at most 2 cards; 3 were cited."),
    (ORDER, chosen("o0"), "The answer is of kind 'choice', the task of kind 'order'."),
]
"""A task, a response that does not fit it, and the sentence on it in English."""


def errors(task: Case, response: Case) -> list[str]:
    """Return the validation errors of a response."""
    answer: Any = TypeAdapter(Response).validate_python(response)
    return scoring.validation_errors(Entry.model_validate(task).task, answer)


@pytest.mark.parametrize(("task", "response", "sentence"), UNFIT)
def test_each_error_has_its_sentence(task: Case, response: Case, sentence: str) -> None:
    """A response that does not fit is refused with one sentence that names the part and the task."""
    assert errors(task, response) == [sentence]


def test_every_kind_that_refuses_something_is_tried() -> None:
    """Only of written work any response fits; the responses above are of all other kinds."""
    assert {task["kind"] for task, _, _ in UNFIT} == KINDS.keys() - {"written"}


@pytest.mark.parametrize(("task", "response", "sentence"), UNFIT)
def test_each_error_is_in_the_language_of_the_interface(
    task: Case, response: Case, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A learner whose interface is Ukrainian reads the sentence in Ukrainian, with the same names in it."""
    monkeypatch.setenv("COPYDESK_LANGUAGE", "uk")
    (translated,) = errors(task, response)
    assert translated != sentence
    for word in sentence.replace(".", "").split():
        if word.startswith("'") or word == "X":
            assert word.strip(",") in translated


def test_a_table_that_is_far_too_long_is_refused() -> None:
    """A table of more than a hundred rows is refused as a whole, whatever its task."""
    rows = {f"row {number}": 1.0 for number in range(101)}
    table = ValueResponse(values={"g": rows})
    assert kind_of("value").size_error(table) == "A table has far too many rows."
    rows.pop("row 0")
    assert kind_of("value").size_error(ValueResponse(values={"g": rows})) == ""


def test_a_score_needs_one_kind() -> None:
    """Task and response of two kinds are refused before anything is scored."""
    order = Entry.model_validate(ORDER)
    assert order.key is not None
    response: Any = TypeAdapter(Response).validate_python(chosen("o0"))
    with pytest.raises(ValueError, match="task 'X' is of kind 'order'; key and response must be too"):
        scoring.score(order.task, order.key, response)
