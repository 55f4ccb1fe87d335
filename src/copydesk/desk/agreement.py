"""Lays two readers' marks in one task side by side: how far they agree, and on which words they differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from copydesk import measures
from copydesk.answers.store import AnswersError, DamagedAnswersError, read_answer_file
from copydesk.course.settings import is_static
from copydesk.kinds import scoring
from copydesk.kinds.spans.model import SpansResponse, SpansTask
from copydesk.model.tokens import tokenize, tokens_in
from copydesk.text import t
from copydesk.views.html import environment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.answers.file import AnswerFile
    from copydesk.answers.store import AnswerStore
    from copydesk.course.bank import Bank, Entry


REFERENCE = "reference"
"""What stands in the place of a partner's file to compare with the key."""


class AgreementError(ValueError):
    """Two readers cannot be compared; the message says why in plain words."""


class Difference(NamedTuple):
    """Neighbouring words of a passage to which the readers gave different labels (an empty one: not marked)."""

    passage: str
    words: str
    first: str
    second: str


@dataclass(frozen=True)
class Comparison:
    """Two readers of one task: the number of words, the measures over them, and the differences in order."""

    words: int
    measures: measures.Agreement
    differences: tuple[Difference, ...]


class _Word(NamedTuple):
    passage: str
    start: int
    end: int


def between(bank: Bank, entry: Entry, store: AnswerStore, other: str | Path) -> tuple[str, str]:
    """Return, as HTML and as text, how far a learner and another reader agree on the words of a task.

    ``other`` is a partner's answer file, or ``"reference"`` for the key of a practice task. On which words the two
    differ is said in practice only: graded marks stay one's own. Why two cannot be compared is said in plain words.

    Raises:
        ValueError: the task is not one of marking words, or a graded one is to be compared with its key.
    """
    task, answers = entry.task, store.load()
    if not isinstance(task, SpansTask) or (other == REFERENCE and bank.purpose != "practice"):
        msg = f"task {task.id} cannot be compared; marked words can, with the reference only in practice"
        raise ValueError(msg)
    if is_static():
        return _as_html(t("agreement.static", task=task.id))
    mine = answers.answers.get(task.id)
    if mine is None or not isinstance(mine.response, SpansResponse) or not scoring.is_answered(task, mine.response):
        return _as_html(t("check.unanswered", task=task.id))
    try:
        if other == REFERENCE:
            name, theirs = t("agreement.reference"), scoring.reference_response(task, entry.key)  # type: ignore[arg-type]  # practice has its key
        else:
            near = Path(other)
            path = near if near.exists() else store.path.parent / near
            partner = read_partner(path, answers, store.path)
            name, theirs = partner.learner.alias or t("agreement.partner"), partner_marks(task, partner)
    except AgreementError as error:
        return _as_html(str(error))
    found = compare(task, mine.response, theirs)  # type: ignore[arg-type]  # best of a spans task is one
    return _as_html(_measured(found, name), name, found.differences if bank.purpose == "practice" else ())


def _measured(found: Comparison, other: str) -> str:
    """Return the measures in two sentences."""
    observed, chance, kappa = found.measures
    shares = {"observed": f"{observed:.0%}", "chance": f"{chance:.0%}"}
    last = t("agreement.undefined") if math.isnan(kappa) else t("agreement.kappa", kappa=f"{kappa:.2f}")
    return t("agreement.said", words=found.words, other=other, **shares) + " " + last


def _as_html(said: str, other: str = "", rows: Iterable[Difference] = ()) -> tuple[str, str]:
    """Return what is said, and the differences below it, as HTML and as text."""
    html = environment().get_template("agreement.html.j2").render(said=said, other=other, rows=rows)
    none = t("agreement.unmarked")
    lines = [f"{row.passage} {row.words}: {row.first or none} / {row.second or none}" for row in rows]
    return html, "\n".join([said, *lines])


def compare(task: SpansTask, first: SpansResponse, second: SpansResponse) -> Comparison:
    """Compare two readers' marks over all words of a task.

    A word's label is what the reader marked it as; with two labels it is both, joined. Articles at the edges of a
    mark do not count, as in scoring.
    """
    words = [_Word(each.id, *place) for each in task.passages for place in tokenize(each.text)]
    pairs = list(zip(words, _labels(task, first), _labels(task, second), strict=True))
    texts = {each.id: each.text for each in task.passages}
    differences = []
    for (passage, mine, theirs), run in groupby(pairs, key=lambda pair: (pair[0].passage, pair[1], pair[2])):
        if mine != theirs:
            places = [word for word, _, _ in run]
            differences.append(Difference(passage, texts[passage][places[0].start : places[-1].end], mine, theirs))
    columns = pd.DataFrame(pairs, columns=["word", "first", "second"])
    return Comparison(len(words), measures.agreement(columns["first"], columns["second"]), tuple(differences))


def _labels(task: SpansTask, response: SpansResponse) -> list[str]:
    """Return the label of every word of a task, in order."""
    marked: set[tuple[str, int, str]] = set()
    texts = {each.id: each.text for each in task.passages}
    for span in response.spans:
        passage, place = span["passage"], span["selector"][0]
        found = tokens_in(texts[passage], place["start"], place["end"])
        marked.update((passage, number, span["label"]) for number in found)
    return [
        " + ".join(label.text for label in task.labels if (each.id, number, label.id) in marked)
        for each in task.passages
        for number in range(len(tokenize(each.text)))
    ]


def read_partner(path: Path, own: AnswerFile, own_path: Path) -> AnswerFile:
    """Return a partner's answers to the same lesson.

    Raises:
        AgreementError: there is no such file, it is one's own, it is damaged, or it is no answer file of this lesson.
    """
    if path.exists() and own_path.exists() and path.samefile(own_path):
        raise AgreementError(t("agreement.own", file=path.name))
    try:
        return read_answer_file(path.read_bytes(), course=own.course, lesson=own.lesson)
    except OSError:
        raise AgreementError(t("agreement.missing", file=path.name)) from None
    except DamagedAnswersError as error:
        raise AgreementError(t("agreement.damaged", file=path.name, why=error)) from error
    except AnswersError as error:
        raise AgreementError(t("agreement.foreign", file=path.name, why=error)) from error


def partner_marks(task: SpansTask, answers: AnswerFile) -> SpansResponse:
    """Return what a partner marked in a task.

    Raises:
        AgreementError: nothing is marked, or the marks do not fit the task.
    """
    answer = answers.answers.get(task.id)
    response = answer.response if answer else None
    if not isinstance(response, SpansResponse) or not scoring.is_answered(task, response):
        raise AgreementError(t("agreement.unanswered", task=task.id))
    if found := scoring.validation_errors(task, response):
        raise AgreementError(t("agreement.unfit", task=task.id, fault=found[0]))
    return response


__all__ = ["AgreementError", "Comparison", "Difference", "between", "compare", "partner_marks", "read_partner"]
