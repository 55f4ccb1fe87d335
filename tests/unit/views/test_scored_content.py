"""What of a key goes to the views that count: everything that a score needs, whatever its parts are called."""

from __future__ import annotations

import pytest

from copydesk.course.bank import Entry
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.kinds.choice.model import ChoiceKey, ChoiceTask
from copydesk.views.content import reliability_content

COURSE = Course(find_root())
BANK = COURSE.quizzes["02-attribution"]


@pytest.mark.parametrize("name", ["why", "replies", "key"])
def test_an_option_may_be_called_as_a_field(name: str) -> None:
    """An option with the id ``why`` keeps its weight, and loses its reason as all others do."""
    options = [{"id": name, "text": "The reason"}, {"id": "b", "text": "The result"}]
    task = ChoiceTask.model_validate({"id": "P1", "title": "One", "prompt": "Which?", "options": options})
    weights = {name: {"weight": 1, "why": "It's first."}, "b": {"weight": 0, "why": "It's last."}}
    entry = Entry(task=task, key=ChoiceKey.model_validate({"options": weights}))
    content = reliability_content(BANK, [entry], title="Sure", is_live=False)
    assert content["tasks"][0]["key"]["options"] == {name: {"weight": 1.0}, "b": {"weight": 0.0}}


@pytest.mark.parametrize("bank", COURSE.quizzes.values(), ids=lambda bank: bank.lesson)
def test_no_option_of_the_course_is_lost(bank: object) -> None:
    """Of each choice in the course the content has the weights of all options."""
    entries = [entry for entry in bank.tasks if isinstance(entry.key, ChoiceKey)]  # type: ignore[attr-defined]
    content = reliability_content(BANK, entries, title="Sure", is_live=False)
    for entry, task in zip(entries, content["tasks"], strict=True):
        assert task["key"]["options"].keys() == entry.key.options.keys()
