"""Says for an author what an answer without thought would be: with the words of the task, not its ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.kinds.union import Response, Task

NAMES = {
    "all options": "all_options",
    "the first half": "first_half",
    "a chain in the given order": "chain",
    "all from the first node": "first_node",
    "every link": "every_link",
    "untouched": "untouched",
    "every word struck": "struck",
    "every word replaced": "replaced",
    "the given order": "order",
    "the given order reversed": "reversed",
    "all at one place": "one_place",
    "the classes in turn": "in_turn",
    "all words, every label": "every_label",
    "nothing to mark anywhere": "nothing",
    "only cards": "only_cards",
}
"""What scoring calls the guesses that need no words of the task, each with the end of its text's key."""


def guess_name(task: Task, name: str, response: Response) -> str:
    """Return what a guess is in words; ``name`` is what scoring calls it."""
    if name in NAMES:
        return t(f"guess_names.{NAMES[name]}")
    if response.kind == "choice":
        return t("guess_names.option", option=_text_of(response.chosen[0], task.options))  # type: ignore[union-attr]
    if response.kind == "sort":
        first = next(iter(response.placed.values()))
        return t("guess_names.class", name=_text_of(first, task.classes))  # type: ignore[union-attr]
    if response.kind == "spans":
        label = _text_of(response.spans[0]["label"], task.labels)  # type: ignore[union-attr]
        return t("guess_names.all_words" if name.startswith("all words") else "guess_names.first_words", label=label)
    if response.kind == "verdict":
        return t("guess_names.verdict", support=t(f"support.{response.support}"))
    return name


def _text_of(name: str, parts: Iterable[Any]) -> str:
    """Return the text of an option, class or label by its id."""
    return next((str(part.text) for part in parts if part.id == name), name)
