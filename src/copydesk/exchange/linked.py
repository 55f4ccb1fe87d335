"""Makes linked data of an answer file: marked words as W3C Web Annotations, verdicts as schema.org ClaimReviews."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from copydesk.answers.annotations import text_name, web_annotations
from copydesk.answers.store import read_answer_file
from copydesk.course.bank_files import EXERCISES, QUIZZES
from copydesk.kinds.spans.model import SpansResponse, SpansTask
from copydesk.kinds.verdict.model import VerdictResponse, VerdictTask
from copydesk.text import language, t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.answers.file import Answer, AnswerFile
    from copydesk.course.course import Course
    from copydesk.course.seeds import Seeds
    from copydesk.kinds.spans.model import MarkedSpan
    from copydesk.kinds.union import Task
    from copydesk.kinds.verdict.model import Support

CLAIM_CONTEXT = "https://schema.org"
RATINGS: dict[Support, int] = {"supported": 5, "qualified": 4, "not-established": 3, "contradicted": 1}
"""Where each verdict stands between 1 and 5, as in js/kinds/verdict/support.js; what cannot be checked has no place."""

LINKED = frozenset({"spans", "verdict"})
"""The kinds whose answers become linked data; the others are counted in the notes."""


class Linked(NamedTuple):
    """JSON-LD documents, and in words what of the answers is not in them."""

    documents: list[dict[str, Any]]
    notes: list[str]

    def text(self) -> str:
        """Return the documents as one file: a JSON-LD document may be a list, and each part names its context."""
        return json.dumps(self.documents, ensure_ascii=False, indent=2) + "\n"


def linked_answers(course: Course, raw: bytes) -> Linked:
    """Return the words marked and the verdicts given in an answer file or submission.

    Raises:
        AnswersError: the bytes are no answer file of this course.
        ContentError: a quiz or task file is wrong.
    """
    saved = read_answer_file(raw, course=course.facts.id, lesson=_lesson_of(raw))
    found = Linked([], [])
    tasks = {task.id: task for task in _tasks(course, saved.lesson)}
    others: Counter[str] = Counter()
    for name, answer in saved.answers.items():
        task, response = tasks.get(name), answer.response
        if isinstance(task, SpansTask) and isinstance(response, SpansResponse):
            _add_marks(found, task, response, answer, saved)
        elif isinstance(task, VerdictTask) and isinstance(response, VerdictResponse):
            if response.support is None:
                found.notes.append(f"{name}: no verdict is given.")
            else:
                found.documents.append(claim_review(task, response, answer, saved, course.seeds))
        elif response.kind in LINKED:
            found.notes.append(f"{name}: the course has no such task of this kind; it was answered in another release.")
        else:
            others[response.kind] += 1
    for kind, count in others.items():
        found.notes.append(f"Left out: {count} of the kind “{kind}”; only marked words and verdicts are linked data.")
    return found


def _lesson_of(raw: bytes) -> str:
    """Return the lesson that some bytes name; nothing where they are not JSON, which the reader then says."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return ""
    return str(data.get("lesson", "")) if isinstance(data, dict) else ""


def _tasks(course: Course, lesson: str) -> Iterator[Task]:
    for folder in (QUIZZES, EXERCISES):
        if course.has_bank(folder, lesson):
            yield from (entry.task for entry in course.bank(folder, lesson).tasks)


def _add_marks(found: Linked, task: SpansTask, response: SpansResponse, answer: Answer, saved: AnswerFile) -> None:
    """Add the marks of a task; those whose words no longer stand at their place are only counted."""
    texts = {passage.id: passage.text for passage in task.passages}

    def stands(mark: MarkedSpan) -> bool:
        place, quote = mark["selector"]
        return texts.get(mark["passage"], "")[place["start"] : place["end"]] == quote["exact"]

    marks = tuple(filter(stands, response.spans))
    if lost := len(response.spans) - len(marks):
        found.notes.append(
            f"{task.id}: {lost} of {len(response.spans)} marks are of words that the task has no longer."
        )
    kept = response.model_copy(update={"spans": marks})
    found.documents.append(web_annotations(task, kept, created=answer.at, alias=saved.learner.alias))


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
    rating = RATINGS.get(response.support)
    limits = {each.id: each.text for each in task.qualifications}
    cited = [_cited(seeds, name) for name in response.cards if name in task.cards]
    origin = {"@type": "CreativeWork", "identifier": text_name(task.claim), "name": f"{saved.lesson}, {task.title}"}
    return {
        "@context": CLAIM_CONTEXT,
        "@type": "ClaimReview",
        "claimReviewed": task.claim,
        "itemReviewed": {"@type": "Claim", "text": task.claim, "appearance": origin},
        "reviewRating": {
            "@type": "Rating",
            **({} if rating is None else {"ratingValue": rating, "bestRating": 5, "worstRating": 1}),
            "alternateName": t(f"support.{response.support}"),
            **({"ratingExplanation": answer.reason} if answer.reason.strip() else {}),
        },
        "author": {"@type": "Person", "name": saved.learner.alias or t("exchange.anonymous")},
        "datePublished": answer.at.date().isoformat(),
        "inLanguage": language(),
        **({"reviewBody": limits[response.qualification]} if response.qualification in limits else {}),
        **({"citation": cited} if cited else {}),
    }


def _cited(seeds: Seeds, name: str) -> str:
    card = seeds.card(name)
    publishers = "; ".join(seeds.sources_by_key[key].publisher for key in card.sources)
    return f"{card.title}, {card.date} ({publishers})"
