"""Compares two readers' marks in one task: how far they agree, and on which words they differ."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from copydesk import measures
from copydesk.answers.file import version_in
from copydesk.answers.store import AnswersError, DamagedAnswersError, read_answer_file
from copydesk.course.bank import FIRST
from copydesk.course.settings import is_static
from copydesk.desk.receipt import unanswered_text
from copydesk.desk.rendered import Rendered
from copydesk.kinds import scoring
from copydesk.kinds.spans.model import SpansResponse, SpansTask
from copydesk.model.tokens import span_word_indices, tokenize
from copydesk.text import t
from copydesk.views.html import environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from copydesk.answers.file import AnswerFile
    from copydesk.answers.store import AnswerStore
    from copydesk.course.bank import Bank, Entry


REFERENCE = "reference"
"""The name that, in place of a partner's file, compares marks with the key."""


class AgreementError(ValueError):
    """Two readers cannot be compared; the message says why in plain words."""


class Difference(NamedTuple):
    """Neighbouring words of a passage to which the readers gave different labels (empty: not marked)."""

    passage: str
    words: str
    first: str
    second: str


@dataclass(frozen=True)
class ReaderComparison:
    """Two readers of one task: the number of words, the measures over them, and the differences in order."""

    words: int
    measures: measures.Agreement
    differences: tuple[Difference, ...]


class _LabelledWord(NamedTuple):
    """A word of a passage, where it is (code points), and the labels that two readers gave it."""

    passage: str
    start: int
    end: int
    first: str
    second: str

    @property
    def labels(self) -> tuple[str, str, str]:
        """The passage and both labels, which neighbouring words in one difference share."""
        return self.passage, self.first, self.second


class _Reader(NamedTuple):
    """Another reader of a task: the name to show, and the marks."""

    name: str
    marks: SpansResponse


def render_agreement(bank: Bank, entry: Entry, store: AnswerStore, other: str | Path) -> Rendered:
    """Render how far a learner and another reader agree on the words of a task.

    ``other`` is a partner's answer file, or ``"reference"`` for the key of a practice task. The words on which the two
    differ are listed in practice only: graded marks stay each reader's own. If comparison fails, the text says why.

    Raises:
        ValueError: the task is not one of marking words, or is graded and ``other`` is its key.
    """
    answers = store.load()
    entry = entry.version(version_in(answers.answers.get(entry.task.id)))
    task = entry.task
    if not isinstance(task, SpansTask) or (other == REFERENCE and bank.purpose != "practice"):
        raise ValueError(t("agreement.no_comparison", task=task.id))
    if is_static():
        return _render(t("agreement.static", task=task.id))
    own_marks = _saved_marks(task, answers)
    if own_marks is None:
        return _render(unanswered_text(task.id))
    try:
        reader = _reference_reader(entry) if other == REFERENCE else _partner(task, answers, store.path, Path(other))
    except AgreementError as error:
        return _render(str(error))
    comparison = compare_readers(task, own_marks, reader.marks)
    differences = comparison.differences if bank.purpose == "practice" else ()
    return _render(_measures_text(comparison, reader.name), reader.name, differences)


def _saved_marks(task: SpansTask, answers: AnswerFile) -> SpansResponse | None:
    """Return the marks in a task from an answer file; None if nothing is marked."""
    answer = answers.answers.get(task.id)
    if answer is None or not isinstance(answer.response, SpansResponse):
        return None
    return answer.response if scoring.is_answered(task, answer.response) else None


def _reference_reader(entry: Entry) -> _Reader:
    """Return the key of a practice task as a reader."""
    marks = scoring.reference_response(entry.task, entry.key)  # type: ignore[arg-type]  # practice has its key
    return _Reader(t("agreement.reference"), marks)  # type: ignore[arg-type]  # that of a spans task


def _partner(task: SpansTask, own: AnswerFile, own_path: Path, path: Path) -> _Reader:
    """Return a partner as a reader, from an answer file beside the notebook or among the answers.

    Raises:
        AgreementError: there is no such file, it cannot be used, the partner was shown the other version, or it has
            no marks that fit the task.
    """
    place = path if path.exists() else own_path.parent / path
    partner = read_partner(place, own, own_path)
    versions = {version_in(file.answers.get(task.id)) or FIRST for file in (own, partner)}
    if task.id in partner.answers and len(versions) > 1:
        raise AgreementError(t("agreement.other_version", task=task.id))
    return _Reader(partner.learner.alias or t("agreement.partner"), partner_marks(task, partner))


def _measures_text(comparison: ReaderComparison, name: str) -> str:
    """Return the measures in two sentences; ``name`` is the other reader's."""
    observed, chance, kappa = comparison.measures
    shares = t("agreement.said", words=comparison.words, other=name, observed=f"{observed:.0%}", chance=f"{chance:.0%}")
    last = t("agreement.undefined") if math.isnan(kappa) else t("agreement.kappa", kappa=f"{kappa:.2f}")
    return f"{shares} {last}"


def _render(summary: str, name: str = "", differences: Sequence[Difference] = ()) -> Rendered:
    """Return a summary with the differences below it; ``name`` is the other reader's."""
    template = environment().get_template("agreement.html.j2")
    html = template.render(summary=summary, other=name, rows=differences)
    lines = [_difference_text(difference) for difference in differences]
    return Rendered(html, "\n".join([summary, *lines]))


def _difference_text(difference: Difference) -> str:
    """Return a difference as a line of plain text."""
    unmarked = t("agreement.unmarked")
    labels = f"{difference.first or unmarked} / {difference.second or unmarked}"
    return f"{difference.passage} {difference.words}: {labels}"


def compare_readers(task: SpansTask, first: SpansResponse, second: SpansResponse) -> ReaderComparison:
    """Compare two readers' marks over all words of a task.

    A word's label is what the reader marked it as; two labels are joined. Articles at the edges of a mark do not
    count, as in scoring.
    """
    words = list(_labelled_words(task, first, second))
    columns = pd.DataFrame(words)
    agreement = measures.agreement(columns["first"], columns["second"])
    return ReaderComparison(len(words), agreement, tuple(_differences(task, words)))


def _labelled_words(task: SpansTask, first: SpansResponse, second: SpansResponse) -> Iterator[_LabelledWord]:
    """Yield every word of a task, in order, with the labels of both readers."""
    first_labels, second_labels = _labels_by_word(task, first), _labels_by_word(task, second)
    for passage in task.passages:
        for number, (start, end) in enumerate(tokenize(passage.text)):
            place = passage.id, number
            yield _LabelledWord(
                passage.id,
                start,
                end,
                _joined_labels(task, first_labels[place]),
                _joined_labels(task, second_labels[place]),
            )


def _passage_texts(task: SpansTask) -> dict[str, str]:
    return {passage.id: passage.text for passage in task.passages}


def _labels_by_word(task: SpansTask, response: SpansResponse) -> defaultdict[tuple[str, int], set[str]]:
    """Return the ids of the labels that a reader gave each word, by passage and number."""
    texts = _passage_texts(task)
    labels: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for span in response.spans:
        passage, position = span["passage"], span["selector"][0]
        for number in span_word_indices(texts[passage], position["start"], position["end"]):
            labels[passage, number].add(span["label"])
    return labels


def _joined_labels(task: SpansTask, label_ids: set[str]) -> str:
    """Return the texts of labels, joined in the task's order; an empty text if there are none."""
    return " + ".join(label.text for label in task.labels if label.id in label_ids)


def _differences(task: SpansTask, words: Sequence[_LabelledWord]) -> Iterator[Difference]:
    """Yield the stretches of words to which the readers gave different labels."""
    texts = _passage_texts(task)
    for (passage, first, second), group in groupby(words, key=lambda word: word.labels):
        if first != second:
            stretch = list(group)
            quote = texts[passage][stretch[0].start : stretch[-1].end]
            yield Difference(passage, quote, first, second)


def read_partner(path: Path, own: AnswerFile, own_path: Path) -> AnswerFile:
    """Return a partner's answers to the same lesson.

    Raises:
        AgreementError: the file is missing, the learner's own, damaged, or not an answer file of this lesson.
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
    """Return a partner's marks in a task.

    Raises:
        AgreementError: nothing is marked, or the marks do not fit the task.
    """
    marks = _saved_marks(task, answers)
    if marks is None:
        raise AgreementError(t("agreement.unanswered", task=task.id))
    faults = scoring.validation_errors(task, marks)
    if faults:
        raise AgreementError(t("agreement.unfit", task=task.id, fault=faults[0]))
    return marks


__all__ = [
    "AgreementError",
    "Difference",
    "ReaderComparison",
    "compare_readers",
    "partner_marks",
    "read_partner",
    "render_agreement",
]
