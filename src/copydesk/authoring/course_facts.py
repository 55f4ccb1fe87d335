"""The facts of a course as the page's form has them, and back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from copydesk.authoring.plain_data import as_in_file, as_json
from copydesk.authoring.task_view import model_faults
from copydesk.course.course_file import CourseFacts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from copydesk.authoring.task_view import TaskFault

SHOWN = ("id", "title", "language", "authors", "rights", "as_of", "licence")
OPTIONAL = frozenset({"authors", "licence"})
"""Facts without which a course can be; the file leaves them out then."""


def shown_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that the page shows; those that are not in the file are as they hold without it."""
    shown: dict[str, Any] = {"id": "", "title": "", "language": "en", "authors": [], "rights": {}, "as_of": ""}
    shown["licence"] = ""
    for name in SHOWN:
        if facts.get(name) is not None:
            shown[name] = as_json(facts[name])
    if isinstance(shown["rights"], dict):
        shown["rights"] = {"statement": "", "publish": "quotes", **shown["rights"]}
    return shown


def with_facts(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with what the form has; what says the same as before is as it was."""
    shown, result = shown_facts(facts), dict(facts)
    for name, value in fields.items():
        if isinstance(value, dict) and isinstance(shown[name], dict):
            before = facts.get(name)
            parts = {part: new for part, new in value.items() if shown[name].get(part) != new}
            if parts:
                result[name] = {**(before if isinstance(before, dict) else {}), **parts}
        elif value in (None, "", []) and name in OPTIONAL:
            result.pop(name, None)
        elif value != shown[name]:
            result[name] = _day(value) if name == "as_of" else as_in_file(facts.get(name), value)
    return result


def _day(value: Any) -> Any:  # noqa: ANN401
    """Return a text that is a day as one: YAML writes it without quotation marks."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def fact_faults(facts: Mapping[str, Any]) -> list[TaskFault]:
    """Return what is wrong with the facts, each fault with the way to its field."""
    return list(model_faults(facts, CourseFacts))
