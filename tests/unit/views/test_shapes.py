"""What Python sends a view is what the schema says, of which the browser's types are made."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import jsonschema
import pytest

from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.desk.desk import Desk
from copydesk.kinds import scoring
from copydesk.kinds.table import KINDS
from copydesk.publish.article_page import pane_html
from copydesk.publish.copy_page import copy_html
from copydesk.publish.course_page import course_html
from copydesk.release.schemas import schemas
from copydesk.views.content import reliability_content, submission_content
from copydesk.views.widget import DeskWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from copydesk.views.widget import StaticView

ROOT = find_root()
LESSONS = sorted(path.stem for path in (ROOT / "lessons").glob("*.ipynb"))
NAME = "views-1.schema.json"
SCHEMA = json.loads((ROOT / "schemas" / NAME).read_text(encoding="utf-8"))


def shapes() -> dict[str, str]:
    """Return for each view the name of its shape."""
    names = [reference["$ref"].rsplit("/", 1)[1] for reference in SCHEMA["anyOf"]]
    return {SCHEMA["$defs"][name]["properties"]["view"]["const"]: name for name in names}


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """Return what looks at one of the schema's shapes."""
    return jsonschema.Draft202012Validator({"$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{name}"})


def require_shape(data: object, name: str) -> None:
    """Fail unless data has one of the schema's shapes."""
    validator(name).validate(json.loads(json.dumps(data)))


def answer_practice(desk: Desk) -> None:
    """Answer some practice tasks, so that a lesson has answers to send."""
    for entry in desk.quiz_bank.tasks[:3] if desk.quiz_bank else ():
        if entry.key:
            desk.answer(entry.task.id, scoring.reference_response(entry.task, entry.key))


def views_of(desk: Desk) -> Iterator[DeskWidget | StaticView]:
    """Yield the views of a lesson: one of all tasks of each file, and the others that it has."""
    names: list[str] = []
    for bank in (desk.quiz_bank, desk.task_bank):
        tasks = [entry.task.id for entry in bank.tasks] if bank else []
        names += tasks
        if tasks:
            yield desk.task(*tasks)
    yield from (desk.progress(), desk.calendar(), desk.own_article(), desk.corrected_copy())
    if desk.quiz_bank:
        yield desk.reliability(course=True)
    if desk.lesson == LESSONS[1]:
        yield desk.read(after={"claims": names[:2]})
        yield desk.finish()
    if desk.task_bank:
        yield desk._show(submission_content(desk.task_bank, title="Submit"))
        yield desk.first_guess()
    if desk.task_bank and "G1" in names:
        yield desk.form()


@pytest.mark.parametrize("render", ["static", "live"])
def test_every_view_has_the_shape_that_the_schema_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, render: str
) -> None:
    """Every view of every lesson, in a notebook and in a page, has the fields of its shape and no other."""
    monkeypatch.setenv("COPYDESK_RENDER", render)
    monkeypatch.setenv("COPYDESK_LANGUAGE", "uk")
    names = shapes()
    views = set()
    for lesson in LESSONS:
        desk = Desk(lesson, answers=tmp_path)
        answer_practice(desk)
        for view in views_of(desk):
            assert isinstance(view, DeskWidget) is (render == "live")
            require_shape(view.content, names[view.content["view"]])
            views.add(view.content["view"])
    assert views == names.keys() - {"course"}


@pytest.mark.parametrize(("view", "html"), [("course", course_html), ("reading", pane_html), ("copy", copy_html)])
def test_the_pages_of_a_book_have_the_shape_that_the_schema_says(view: str, html: Callable[[Course], str]) -> None:
    """The page of all lessons and that of the article have the fields of their shapes and no other."""
    content = html(Course(ROOT)).split('<script type="application/json">')[1].split("</script>")[0]
    require_shape(json.loads(content), shapes()[view])


def test_what_a_score_needs_has_the_shape_that_the_schema_says() -> None:
    """A task of any kind, with the fields and the key that its score needs, has the shape of its kind."""
    course = Course(ROOT)
    kinds = set()
    for bank in (*course.quizzes.values(), *course.solutions.values()):
        entries = [entry for entry in bank.entries_without_baseline if entry.key is not None]
        content = reliability_content(bank, entries, title="Sure", is_live=False)
        require_shape(content, "ReliabilityContent")
        kinds |= {task["kind"] for task in content["tasks"]}
    assert kinds == KINDS.keys()


def test_a_widget_says_what_it_saved_in_the_shape_that_the_schema_says(tmp_path: Path) -> None:
    """What a widget says of saving, and what it replies, has the fields of its shape and no other."""
    desk = Desk("02-attribution", answers=tmp_path)
    view = desk._show(submission_content(desk.task_bank, title="Submit"))
    assert isinstance(view, DeskWidget)
    require_shape(view.saved, "SaveState")
    view.answers = {"revision": 1, "entries": {}}
    require_shape(view.saved, "SaveState")
    for number, alias in enumerate(("", "owl"), start=1):
        view.request = {"id": number, "action": "submit", "alias": alias}
        require_shape(view.reply, "WidgetReply")


def test_a_shape_has_no_field_that_nobody_named() -> None:
    """Content with a field that its shape does not have, or without one that it has, does not fit the schema."""
    content = {"course": "c", "lesson": "l", "purpose": "practice", "title": "t", "keyed_by": "", "tasks": []}
    require_shape(content | {"view": "calendar"}, "CalendarContent")
    with pytest.raises(jsonschema.ValidationError, match="unexpected"):
        require_shape(content | {"view": "calendar", "more": 1}, "CalendarContent")
    with pytest.raises(jsonschema.ValidationError, match="required"):
        require_shape(content, "CalendarContent")


def test_the_schema_of_the_views_is_made_from_their_shapes() -> None:
    """The published schema is the one that the shapes and the models of the kinds make today."""
    assert schemas()[NAME] == SCHEMA
