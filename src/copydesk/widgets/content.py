"""Makes the JSON that the browser side reads: tasks, their words and cards, and keys where they are practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.model.spans import SpansTask
from copydesk.model.tokens import tokenize
from copydesk.text import browser_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from copydesk.model.article import Card
    from copydesk.model.bank import Bank, Entry


def bank_content(bank: Bank, entries: Iterable[Entry], cards: Mapping[str, Card], *, title: str) -> dict[str, Any]:
    """Return the content of a view that shows some tasks of a bank.

    A key is in it only where the bank's purpose is *practice*.
    """
    show_keys = bank.purpose == "practice"
    return {
        "view": "tasks",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": bank.purpose,
        "title": title,
        "keyed_by": bank.keyed_by,
        "tasks": [_task_content(entry, cards, show_key=show_keys) for entry in entries],
    }


def hand_in_content(bank: Bank, *, title: str) -> dict[str, Any]:
    """Return the content of the view that makes the hand-in file."""
    return {
        "view": "hand-in",
        "course": bank.course,
        "lesson": bank.lesson,
        "purpose": "graded",
        "title": title,
        "keyed_by": bank.keyed_by,
        "tasks": [],
        "required": [{"id": entry.task.id, "title": entry.task.title} for entry in bank.tasks],
    }


def progress_content(banks: Iterable[Bank], *, title: str) -> dict[str, Any]:
    """Return the content of the view that says what of a lesson is done, with the tasks of all its banks.

    Raises:
        ValueError: there is no bank.
    """
    given = list(banks)
    if not given:
        msg = "there are no tasks to show the progress of; give at least one bank"
        raise ValueError(msg)
    tasks = [entry.task for bank in given for entry in bank.tasks]
    return {
        "view": "progress",
        "course": given[0].course,
        "lesson": given[0].lesson,
        "purpose": "practice",
        "title": title,
        "keyed_by": "",
        "tasks": [],
        "required": [{"id": task.id, "title": task.title, "group": task.group} for task in tasks],
    }


def in_language(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return content with the interface texts of its language, which the browser's script has only in English."""
    texts = browser_texts(str(content.get("language", "")))
    return {**content, "texts": texts} if texts else dict(content)


def _task_content(entry: Entry, cards: Mapping[str, Card], *, show_key: bool) -> dict[str, Any]:
    content = entry.task.model_dump(mode="json")
    content["cards"] = [cards[name].model_dump(mode="json") for name in entry.task.cards]
    if isinstance(entry.task, SpansTask):
        content["tokens"] = {passage.id: tokenize(passage.text) for passage in entry.task.passages}
    if show_key and entry.key is not None:
        content["key"] = entry.key.model_dump(mode="json")
    return content
