"""Makes the content of the corrected copy: the article, and the tasks that mend its words or judge its claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from copydesk.course.bank import FIRST, SECOND
from copydesk.kinds.edit.model import EditTask
from copydesk.kinds.verdict.model import VerdictTask
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from copydesk.course.article import Card
    from copydesk.course.bank import Bank, Entry
    from copydesk.course.course import Course
    from copydesk.course.seeds import Seeds
    from copydesk.kinds.spans.model import Passage
    from copydesk.views.article_shapes import CopySource, JudgedTask, MendedPassage, MendedTask, SentenceContent
    from copydesk.views.shapes import CopyContent, CopyLesson, CopyPart


def copy_content(course: Course, *, lesson: str) -> CopyContent:
    """Return the content of the learner's corrected copy, over all lessons; ``lesson`` is where it is shown."""
    lessons = list(_lessons(course))
    return {
        "view": "copy",
        "course": course.facts.id,
        "lesson": lesson,
        "purpose": "practice",
        "title": t("copy.title"),
        "keyed_by": "",
        "tasks": [],
        "copy": {"sentences": _sentences(course.seeds), "lessons": lessons},
    }


def lesson_copy(bank: Bank, seeds: Seeds) -> CopyPart:
    """Return the sentences of the article that the tasks of one bank mend, with these tasks."""
    row = copy_lesson(seeds, bank.lesson, [bank])
    mended = {passage["start"] for task in row["edits"] for passage in _all_passages(task)}
    sentences = [sentence for sentence in _sentences(seeds) if _has_any(sentence, mended)]
    return {"sentences": sentences, "lessons": [row]}


def _has_any(sentence: SentenceContent, places: Iterable[int]) -> bool:
    """Return whether a sentence contains any of some places in the article."""
    return any(sentence["start"] <= place < sentence["end"] for place in places)


def copy_lesson(seeds: Seeds, lesson: str, banks: Iterable[Bank]) -> CopyLesson:
    """Return the tasks of a lesson's banks that mend words of the article or judge one of its claims."""
    edits: list[MendedTask] = []
    notes: list[JudgedTask] = []
    for bank in banks:
        for entry in bank.tasks:
            if isinstance(entry.task, EditTask):
                edits += _mended(entry, seeds)
            elif isinstance(entry.task, VerdictTask):
                notes += _judged(entry, seeds)
    return {"lesson": lesson, "edits": edits, "notes": notes}


def _lessons(course: Course) -> Iterator[CopyLesson]:
    """Yield each lesson that mends or judges something, in order of number."""
    for lesson in sorted(course.quizzes.keys() | course.exercises.keys()):
        banks = [files[lesson] for files in (course.quizzes, course.exercises) if lesson in files]
        row = copy_lesson(course.seeds, lesson, banks)
        if row["edits"] or row["notes"]:
            yield row


def _mended(entry: Entry, seeds: Seeds) -> Iterator[MendedTask]:
    """Yield the task of an entry with those of its passages that are in the article; nothing if no version has any."""
    content = _mended_version(cast("EditTask", entry.task), seeds)
    if entry.twin is not None:
        twin = _mended_version(cast("EditTask", entry.twin.task), seeds)
        content |= {"version": FIRST, "twin": twin | {"version": SECOND}}
    if any(True for _ in _all_passages(content)):
        yield content


def _mended_version(task: EditTask, seeds: Seeds) -> MendedTask:
    passages = [_passage(passage) for passage in task.passages if _is_of_article(passage, seeds.article)]
    return {"id": task.id, "title": task.title, "passages": passages, "cards": _sources(task, seeds)}


def _passage(passage: Passage) -> MendedPassage:
    return {"id": passage.id, "text": passage.text, "start": passage.start or 0}


def _is_of_article(passage: Passage, article: str) -> bool:
    """Return whether a passage is in the article at the place it names."""
    if passage.start is None:
        return False
    return article[passage.start : passage.start + len(passage.text)] == passage.text


def _all_passages(task: MendedTask) -> Iterator[MendedPassage]:
    """Yield the passages of both versions of a task."""
    yield from task["passages"]
    if "twin" in task:
        yield from task["twin"]["passages"]


def _judged(entry: Entry, seeds: Seeds) -> Iterator[JudgedTask]:
    """Yield the task of an entry if the claim in any version begins with the id of a sentence of the article."""
    content = _judged_version(cast("VerdictTask", entry.task), seeds)
    is_noted = bool(content["sentence"])
    if entry.twin is not None:
        twin = _judged_version(cast("VerdictTask", entry.twin.task), seeds)
        content |= {"version": FIRST, "twin": twin | {"version": SECOND}}
        is_noted = is_noted or bool(twin["sentence"])
    if is_noted:
        yield content


def _judged_version(task: VerdictTask, seeds: Seeds) -> JudgedTask:
    qualifications = {qualification.id: qualification.text for qualification in task.qualifications}
    return {
        "id": task.id,
        "sentence": _sentence_of(task.claim, seeds.sentences_by_id),
        "claim": task.claim,
        "as_of": task.as_of,
        "qualifications": qualifications,
        "cards": _sources(task, seeds),
    }


def _sentence_of(claim: str, sentences: Iterable[str]) -> str:
    """Return the sentence id with which a claim begins, as in ``X2: ...`` or ``X2's words``, if any."""
    for name in sentences:
        if claim.startswith(name) and not claim[len(name) :][:1].isalnum():
            return name
    return ""


def _sources(task: EditTask | VerdictTask, seeds: Seeds) -> list[CopySource]:
    """Return the evidence cards of a task as named in a list of sources."""
    return [_source(seeds.card(name)) for name in task.cards]


def _source(card: Card) -> CopySource:
    return {"id": card.id, "title": card.title, "publisher": card.publisher, "date": card.date}


def _sentences(seeds: Seeds) -> list[SentenceContent]:
    return [sentence.model_dump(mode="json") for sentence in seeds.part("sentences")]
