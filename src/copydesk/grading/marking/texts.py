"""Takes the written answers out of hand-ins, and leaves behind who wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.grading.assessment import usable_answer
from copydesk.grading.intake import HandIn, hand_ins
from copydesk.grading.limits import Document
from copydesk.grading.marking.session import written_entries
from copydesk.grading.problems import GradingError
from copydesk.grading.settle import Rules, caller, with_senders
from copydesk.grading.sources import find, read
from copydesk.grading.versions import versions
from copydesk.model.written import WrittenResponse, WrittenTask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from copydesk.grading.gradebook import Identity
    from copydesk.model.bank import Bank


def written_texts(paths: Sequence[Path], bank: Bank) -> dict[str, list[str]]:
    """Return the texts for each written task of a lesson: of every learner those of the latest hand-in.

    Raises:
        GradingError: the lesson has no written task, or no hand-in of it was found.
    """
    tasks = [task for task, _ in written_entries(bank)]
    if not tasks:
        msg = f"{bank.lesson} has no written task; there is nothing for a person to mark"
        raise GradingError(msg)
    latest: dict[Identity, tuple[tuple[Any, ...], dict[str, str]]] = {}
    rules = with_senders(Rules(versions({bank.lesson: bank}), {}), find(paths)[0])
    for found in _hand_ins(paths, bank):
        texts = {task.id: text for task in tasks if (text := _text(task, found))}
        who, rank = caller(found, rules).identity(found), (*found.order, found.file)
        if who not in latest or rank > latest[who][0]:
            latest[who] = rank, texts
    if not latest:
        msg = f"no hand-in for {bank.lesson} was found there; `copydesk grade` says of every file what is wrong with it"
        raise GradingError(msg)
    return {task.id: [texts[task.id] for _, texts in latest.values() if task.id in texts] for task in tasks}


def _hand_ins(paths: Sequence[Path], bank: Bank) -> Iterator[HandIn]:
    files, _ = find(paths)
    for file in files:
        for document in read(file, lambda _count: None):
            if isinstance(document, Document):
                banks = {bank.lesson: bank}
                yield from (found for found in hand_ins(document, banks) if isinstance(found, HandIn))


def _text(task: WrittenTask, found: HandIn) -> str:
    """Return a text, empty where there is none or where the answer cannot be used."""
    answer = usable_answer(task, found.answers.get(task.id))
    response = answer.response if answer else None
    return response.text.strip() if isinstance(response, WrittenResponse) else ""
