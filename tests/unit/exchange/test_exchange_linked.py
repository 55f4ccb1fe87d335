"""A learner's answers go out as linked data that a JSON-LD processor and our schemas understand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from linkeddata import objects, unknown_terms, validate
from typer.testing import CliRunner

from copydesk.answers.file import Answer, AnswerFile, Learner
from copydesk.answers.store import AnswersError, to_json
from copydesk.commands.main import app
from copydesk.course.bank_files import EXERCISES, QUIZZES
from copydesk.course.course import Course
from copydesk.course.seeds import Seeds
from copydesk.course.settings import find_root
from copydesk.exchange.linked import RATINGS, linked_answers
from copydesk.kinds.choice.model import ChoiceResponse
from copydesk.kinds.spans.model import SpansResponse
from copydesk.kinds.verdict.model import SUPPORTS, VerdictResponse
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.kinds.union import Response, Task

ROOT = find_root()
WHEN = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
OA, SCHEMA = "http://www.w3.org/ns/oa#", "http://schema.org/"


def task(lesson: str, name: str) -> Task:
    """Return a task as learners get it."""
    folder = QUIZZES if name.startswith("P") else EXERCISES
    return Course(ROOT).bank(folder, lesson)[name].task


def file(lesson: str, responses: dict[str, Response], *, alias: str = "Ada", reason: str = "") -> bytes:
    """Return an answer file with some responses."""
    content = AnswerFile(
        schema="copydesk/answers/1",
        course="mariupol",
        lesson=lesson,
        bank=f"sha256:{'0' * 64}",
        learner=Learner(alias=alias),
        saved=WHEN,
        answers={name: Answer(response=response, reason=reason, at=WHEN) for name, response in responses.items()},
    )
    return to_json(content).encode()


def marks(*places: tuple[Task, str, str, str]) -> SpansResponse:
    """Return a response: the task, passage, label and words of each mark."""
    spans = []
    for asked, passage, label, words in places:
        texts = {part.id: part.text for part in asked.passages}
        text = texts[passage]
        position = {"type": "TextPositionSelector", "start": text.index(words), "end": text.index(words) + len(words)}
        quote = {"type": "TextQuoteSelector", "exact": words}
        spans.append({"passage": passage, "label": label, "selector": [position, quote]})
    return SpansResponse.model_validate({"spans": spans})


def test_marks_of_a_quiz_and_of_an_exercise_become_annotations() -> None:
    """Both are in one file, each with its quotation, its place, its label and the learner's alias."""
    quiz, exercise = task("02-attribution", "P3"), task("02-attribution", "T1")
    responses = {}
    for asked in (quiz, exercise):
        passage, label = asked.passages[0], asked.labels[0]
        responses[asked.id] = marks((asked, passage.id, label.id, passage.text.split()[0]))
    linked = linked_answers(Course(ROOT), file("02-attribution", responses))
    assert linked.notes == []
    assert len(linked.documents) == 2
    for asked, document in zip((quiz, exercise), linked.documents, strict=True):
        validate(document, "web-annotations")
        assert unknown_terms(document) == set()
        assert objects(document, f"{OA}exact") == [asked.passages[0].text.split()[0]]
        assert objects(document, f"{OA}start") == ["0"]
        assert objects(document, "http://xmlns.com/foaf/0.1/nick") == ["Ada"]
        assert objects(document, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value") == [asked.labels[0].text]


@pytest.mark.parametrize("support", SUPPORTS)
def test_a_verdict_becomes_a_claim_review(support: str) -> None:
    """Claim, verdict in words and number, reason, qualification and the cards cited are in it; the date is its day."""
    asked = task("06-verification", "T1a")
    response = VerdictResponse(support=support, qualification=asked.qualifications[0].id, cards=asked.cards[:1])
    (document,) = linked_answers(
        Course(ROOT), file("06-verification", {"T1a": response}, reason="It has both dates.")
    ).documents
    validate(document, "claim-review")
    card = Seeds(ROOT).card(asked.cards[0])
    assert objects(document, f"{SCHEMA}claimReviewed") == [asked.claim]
    assert objects(document, f"{SCHEMA}alternateName") == [t(f"support.{support}")]
    assert objects(document, f"{SCHEMA}ratingValue") == [str(RATINGS[name]) for name in RATINGS if name == support]
    assert objects(document, f"{SCHEMA}ratingExplanation") == ["It has both dates."]
    assert objects(document, f"{SCHEMA}reviewBody") == [asked.qualifications[0].text]
    assert [card.title in cited for cited in objects(document, f"{SCHEMA}citation")] == [True]
    assert objects(document, f"{SCHEMA}datePublished") == ["2026-11-22"]


def test_what_is_not_in_the_file_is_said() -> None:
    """Marks whose words have changed, verdicts not given and tasks that are gone are named, and other kinds."""
    asked = task("02-attribution", "T1")
    passage, label = asked.passages[0], asked.labels[0]
    first, second, *_ = passage.text.split()
    good = marks((asked, passage.id, label.id, first), (asked, passage.id, label.id, second))
    place, quote = good.spans[1]["selector"]
    changed = good.spans[1] | {"selector": (place, quote | {"exact": "other words"})}
    response = good.model_copy(update={"spans": (good.spans[0], changed)})
    linked = linked_answers(
        Course(ROOT),
        file("02-attribution", {"T1": response, "T99": good, "Q1": ChoiceResponse(chosen=("a",))}, alias=""),
    )
    assert linked.documents[0]["total"] == 1
    assert linked.notes == [
        "T1: 1 of 2 marks are on words that the task no longer has.",
        "T99: the course has no such task of this kind; it was answered in another release.",
        "Left out: 1 of the kind “choice”; only marked words and verdicts are linked data.",
    ]
    empty = linked_answers(Course(ROOT), file("06-verification", {"T1a": VerdictResponse()}))
    assert empty.documents == []
    assert empty.notes == ["T1a: no verdict was given."]


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"[" * 100_000, b'{"lesson": "../x"}'])
def test_a_file_that_is_no_answer_file_is_refused(raw: bytes) -> None:
    """Broken bytes, and data that is something else, are refused."""
    with pytest.raises(AnswersError):
        linked_answers(Course(ROOT), raw)


def test_the_command_writes_one_file(tmp_path: Path) -> None:
    """``copydesk export annotations`` writes a list of documents, each with its own context."""
    answers, out = tmp_path / "answers.json", tmp_path / "out.jsonld"
    response = VerdictResponse(support="supported", cards=())
    answers.write_bytes(file("06-verification", {"T1a": response, "T1b": response}, alias=""))
    result = CliRunner().invoke(app, ["export", "annotations", str(answers), "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    documents: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
    assert [document["@context"] for document in documents] == ["https://schema.org"] * 2
    assert documents[0]["author"]["name"] == t("exchange.anonymous")
    assert "2 of the answers are in" in result.stdout
    answers.write_text("[")
    broken = CliRunner().invoke(app, ["export", "annotations", str(answers), "--out", str(out)])
    assert broken.exit_code == 1
    assert "not complete JSON" in broken.stderr
