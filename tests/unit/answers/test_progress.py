"""How far a task is: the same three states, counts and words in Python and in the browser, and no key on the way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from copydesk.answers.file import Answer
from copydesk.answers.progress import outline, progress_rows, progress_text, row_progress, task_progress
from copydesk.answers.store import AnswerStore, submit, to_data
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.desk.receipt import receipt_text, zone_text
from copydesk.kinds import scoring
from copydesk.kinds.choice.model import ChoiceResponse
from copydesk.kinds.spans.model import SpansResponse
from copydesk.kinds.value.model import ValueResponse
from copydesk.kinds.written.model import WrittenResponse
from copydesk.text import browser_texts, languages, shared_text
from copydesk.views.content import required_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.course.bank import Bank, Entry

ROOT = find_root()
COURSE = Course(ROOT).facts.id
TESTS = Path(__file__).parents[2]
BANKS = [*Course(ROOT).quizzes.values(), *Course(ROOT).solutions.values()]
AT = "2026-11-22T10:00:00Z"
NAMES = {"kind", "passages", "items", "qualifications", "fields", "id", "type", "rows", "least", "min_words"}
ZONES = ("UTC", "Europe/Kyiv", "America/St_Johns", "Asia/Kolkata")


def entry(task_id: str) -> Entry:
    """Return a graded task of lesson 02."""
    return Course(ROOT).exercises["02-attribution"][task_id]


def names_in(data: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield every name in plain data, however deep."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield name
            yield from names_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from names_in(value)


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: f"{bank.purpose} {bank.lesson}")
def test_an_outline_names_parts_and_nothing_else(bank: Bank) -> None:
    """What travels to count a task is the names of its parts: no question, no option, no weight, no reason."""
    for bank_entry in bank.tasks:
        task = bank_entry.task
        short = outline(task)
        assert set(names_in(short)) <= NAMES
        assert task.prompt not in json.dumps(short)
        assert shared_text(f"parts.{task.kind}", done=1, of=2, count=2).startswith("1 of 2 ")


def test_one_word_of_nine_passages_is_begun() -> None:
    """A task with one passage done of nine is started, never complete; all passages said to be clean are complete."""
    task = entry("T1").task
    passages = [passage.id for passage in task.passages]  # type: ignore[union-attr]  # T1 marks words
    begun = task_progress(task, SpansResponse(spans=(), clean=(passages[0],)))
    assert (begun.state, progress_text(begun)) == ("begun", "Started: 1 of 9 passages")
    assert task_progress(task, SpansResponse(spans=(), clean=tuple(passages))).state == "complete"
    assert task_progress(task, SpansResponse(spans=(), clean=("gone", passages[0]))).done == 1
    assert progress_text(task_progress(task, None)) == "Not started"
    assert task_progress(task, ChoiceResponse(chosen=("a",))).state == "empty"


def test_a_text_counts_its_words() -> None:
    """A text that is too short is started, and says how many of the least number of words it has."""
    task = entry("W1").task
    assert progress_text(task_progress(task, WrittenResponse(text="Seven words are not quite a text."))) == (
        "Started: 7 of 120 words"
    )
    assert task_progress(task, WrittenResponse(text="word " * 120)).state == "complete"


def test_a_zone_is_said_as_people_say_it() -> None:
    """A time on a receipt says how far its clock is from UTC."""
    from datetime import datetime, timedelta, timezone  # noqa: PLC0415  (only here)

    def zone(minutes: int) -> str:
        return zone_text(datetime(2026, 11, 22, tzinfo=timezone(timedelta(minutes=minutes))))

    assert [zone(minutes) for minutes in (0, 120, -210, 345)] == ["UTC", "UTC+2", "UTC-3:30", "UTC+5:45"]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("lesson", ["00-start", "02-attribution"])
def test_the_page_and_the_notebook_give_one_receipt(
    lesson: str, zone: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For one submission the browser's receipt has the words of Python's, in each language and on each clock."""
    if hasattr(time, "tzset"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
    monkeypatch.setenv("COPYDESK_LANGUAGE", language)
    bank, keyed = Course(ROOT).exercises[lesson], Course(ROOT).solutions[lesson]
    tasks = [bank_entry.task for bank_entry in bank.tasks]
    store = AnswerStore(tmp_path / "answers", course=COURSE, lesson=lesson, bank=bank.fingerprint())
    store.save(_some_answers(keyed))
    path, content = submit(store, {task.id for task in tasks}, alias="Robin")
    receipt = receipt_text(bank, content, path)
    page_input = {
        "rows": required_rows(tasks),
        "file": to_data(content),
        "name": f"{path.parent.name}/{path.name}",
        "language": language,
        "texts": browser_texts(language) or None,
    }
    node = shutil.which("node")
    assert node, "the browser side is tested with Node: install it, or run python start.py test unit"
    command = [node, "--import", (TESTS / "js" / "styles.mjs").as_uri(), str(TESTS / "js" / "receipt.mjs")]
    environment = {**os.environ, "TZ": zone} if hasattr(time, "tzset") else dict(os.environ)
    process = subprocess.run(
        command, input=json.dumps(page_input), capture_output=True, encoding="utf-8", check=True, env=environment
    )
    assert process.stdout == receipt
    states = {row_progress(row, content.answers).state for row in progress_rows(tasks)}
    assert states == ({"begun", "complete"} if keyed.lesson == "00-start" else {"empty", "begun", "complete"})
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def _some_answers(keyed: Bank) -> dict[str, Answer]:
    """Return answers that leave a task in each of the three states."""
    if keyed.lesson == "00-start":
        accepted = Answer(response=ChoiceResponse(chosen=("supported",)), at=AT)  # type: ignore[arg-type]
        guess = Answer(response=ValueResponse(values={"guess": 7}), at=AT)  # type: ignore[arg-type]
        return {"A-01": accepted, "A-02": accepted, "G1": guess}
    whole = keyed["T5"]
    assert whole.key is not None
    responses: dict[str, Any] = {
        "T5": scoring.reference_response(whole.task, whole.key),
        "T1": SpansResponse(spans=(), clean=("S18",)),
        "W1": WrittenResponse(text="Too short."),
    }
    return {name: Answer.model_validate({"response": value, "at": AT}) for name, value in responses.items()}
