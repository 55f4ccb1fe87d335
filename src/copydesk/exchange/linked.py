"""Turns an answer file into linked data: marked words as W3C Web Annotations, verdicts as schema.org ClaimReviews."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.answers.annotations import text_name, web_annotations
from copydesk.answers.file import version_in
from copydesk.answers.store import read_answer_file
from copydesk.course.bank_files import EXERCISES, QUIZZES
from copydesk.kinds.spans.model import SpansResponse, SpansTask
from copydesk.kinds.verdict.model import VerdictResponse, VerdictTask
from copydesk.text import language, t

if TYPE_CHECKING:
    from copydesk.answers.file import Answer, AnswerFile
    from copydesk.course.course import Course
    from copydesk.course.seeds import Seeds
    from copydesk.kinds.spans.model import MarkedSpan
    from copydesk.kinds.union import Task
    from copydesk.kinds.verdict.model import Support

CLAIM_CONTEXT = "https://schema.org"
RATINGS: dict[Support, int] = {"supported": 5, "qualified": 4, "not-established": 3, "contradicted": 1}
"""The rating of each verdict from 1 to 5, as in js/kinds/verdict/support.js; what cannot be checked has none."""

LINKED = frozenset({"spans", "verdict"})
"""The kinds whose answers become linked data; the others are counted in the notes."""


class LinkedData(NamedTuple):
    """JSON-LD documents, and notes on the answers that are not in them."""

    documents: list[dict[str, Any]]
    notes: list[str]

    def text(self) -> str:
        """Return the documents as one file: a JSON-LD document may be a list, and each part names its context."""
        return json.dumps(self.documents, ensure_ascii=False, indent=2) + "\n"


def linked_answers(course: Course, raw: bytes) -> LinkedData:
    """Return the marked words and the verdicts of an answer file or submission.

    Raises:
        AnswersError: the bytes are not an answer file of this course.
        ContentError: a quiz or task file is wrong.
    """
    saved = read_answer_file(raw, course=course.facts.id, lesson=_lesson_in(raw))
    linked = LinkedData([], [])
    tasks = _tasks(course, saved)
    others: Counter[str] = Counter()
    for name, answer in saved.answers.items():
        if answer.is_only_drawn:
            continue
        if answer.response.kind in LINKED:
            _add_answer(linked, name, tasks.get(name), saved, course.seeds)
        else:
            others[answer.response.kind] += 1
    for kind, count in others.items():
        linked.notes.append(t("linked.other_kind", count=count, kind=kind))
    return linked


def _lesson_in(raw: bytes) -> str:
    """Return the lesson named in the bytes; empty if they are not JSON, which the reader then reports."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return ""
    return str(data.get("lesson", "")) if isinstance(data, dict) else ""


def _tasks(course: Course, saved: AnswerFile) -> dict[str, Task]:
    """Return the tasks of a lesson by their ids, each in the version that was shown to the learner who answered."""
    tasks = {}
    for folder in (QUIZZES, EXERCISES):
        if course.has_bank(folder, saved.lesson):
            for entry in course.bank(folder, saved.lesson).tasks:
                name = entry.task.id
                tasks[name] = entry.version(version_in(saved.answers.get(name))).task
    return tasks


def _add_answer(linked: LinkedData, name: str, task: Task | None, saved: AnswerFile, seeds: Seeds) -> None:
    """Add the document of one answer, or a note that there is none."""
    answer = saved.answers[name]
    response = answer.response
    if isinstance(task, SpansTask) and isinstance(response, SpansResponse):
        _add_marks(linked, task, response, answer, saved)
    elif isinstance(task, VerdictTask) and isinstance(response, VerdictResponse):
        if response.support is None:
            linked.notes.append(t("linked.no_verdict", task=name))
        else:
            linked.documents.append(claim_review(task, response, answer, saved, seeds))
    else:
        linked.notes.append(t("linked.no_such_task", task=name))


def _add_marks(linked: LinkedData, task: SpansTask, response: SpansResponse, answer: Answer, saved: AnswerFile) -> None:
    """Add the marks of a task; those whose words are no longer in place are only counted."""
    texts = {passage.id: passage.text for passage in task.passages}
    marks = [mark for mark in response.spans if _is_in_place(mark, texts)]
    lost = len(response.spans) - len(marks)
    if lost:
        linked.notes.append(t("linked.lost_marks", task=task.id, lost=lost, total=len(response.spans)))
    present = response.model_copy(update={"spans": tuple(marks)})
    linked.documents.append(web_annotations(task, present, created=answer.at, alias=saved.learner.alias))


def _is_in_place(mark: MarkedSpan, texts: dict[str, str]) -> bool:
    """Return whether the words of a mark are still where they were marked."""
    place, quote = mark["selector"]
    text = texts.get(mark["passage"], "")
    return text[place["start"] : place["end"]] == quote["exact"]


def claim_review(
    task: VerdictTask, response: VerdictResponse, answer: Answer, saved: AnswerFile, seeds: Seeds
) -> dict[str, Any]:
    """Return a learner's verdict as a ClaimReview; the cards cited are named by title, date and publishers.

    Raises:
        ValueError: no verdict is given.
    """
    if response.support is None:
        msg = f"no verdict is given in task {task.id}"
        raise ValueError(msg)
    origin = {"@type": "CreativeWork", "identifier": text_name(task.claim), "name": f"{saved.lesson}, {task.title}"}
    review: dict[str, Any] = {
        "@context": CLAIM_CONTEXT,
        "@type": "ClaimReview",
        "claimReviewed": task.claim,
        "itemReviewed": {"@type": "Claim", "text": task.claim, "appearance": origin},
        "reviewRating": _rating(response.support, answer.reason),
        "author": {"@type": "Person", "name": saved.learner.alias or t("exchange.anonymous")},
        "datePublished": answer.at.date().isoformat(),
        "inLanguage": language(),
    }
    for qualification in task.qualifications:
        if qualification.id == response.qualification:
            review["reviewBody"] = qualification.text
    citations = [_citation(seeds, name) for name in response.cards if name in task.cards]
    if citations:
        review["citation"] = citations
    return review


def _rating(support: Support, reason: str) -> dict[str, Any]:
    """Return a verdict as a Rating: its number, if it has one, its name and the learner's reason."""
    rating: dict[str, Any] = {"@type": "Rating"}
    if support in RATINGS:
        rating |= {"ratingValue": RATINGS[support], "bestRating": 5, "worstRating": 1}
    rating["alternateName"] = t(f"support.{support}")
    if reason.strip():
        rating["ratingExplanation"] = reason
    return rating


def _citation(seeds: Seeds, name: str) -> str:
    card = seeds.card(name)
    return f"{card.title} ({card.publisher})"
