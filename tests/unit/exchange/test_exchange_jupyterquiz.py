"""JupyterQuiz questions become a quiz file of the course; what is missing is marked, what is broken is named."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from copydesk.checks.items import item_faults
from copydesk.commands.main import app
from copydesk.course.bank_files import read_bank_file
from copydesk.exchange.jupyterquiz import LARGEST, import_quiz
from copydesk.exchange.quizzes import ExchangeError
from copydesk.kinds.scoring import score
from copydesk.kinds.value.model import ValueResponse
from copydesk.model.task import TO_BE_WRITTEN

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.exchange.jupyterquiz import ImportedQuiz

ONE = {
    "question": "Which of these is a *planet*?",
    "type": "multiple_choice",
    "answers": [
        {"answer": "Mars", "correct": True, "feedback": "It goes round the Sun."},
        {"answer": "The Moon", "correct": False, "feedback": "It goes round the Earth."},
        {"code": "print('Pluto')", "correct": False},
    ],
}
MANY = {**ONE, "question": "Which two of these are planets?", "type": "many_choice", "code": "planets[:2]"}
NUMBER = {
    "question": "What is pi to three digits?",
    "type": "numeric",
    "precision": 3,
    "answers": [
        {"type": "value", "value": 3.14159, "correct": True, "feedback": "Yes."},
        {"type": "range", "range": [-100, 3], "correct": False, "feedback": "More than that."},
        {"type": "default", "feedback": "Think of a circle."},
    ],
}
RANGE = {
    "question": "How tall is she, in metres?",
    "type": "numeric",
    "answers": [{"type": "range", "range": [1.5, 1.7], "correct": True, "feedback": "About 1.6."}],
}
WORDS = {
    "question": "Who was it?",
    "type": "string",
    "answers": [
        {"answer": "John F. Kennedy", "correct": True, "feedback": "He was.", "fuzzy_threshold": 0.8},
        {"answer": "JFK", "correct": True, "feedback": "He was."},
        {"answer": "Kennedy", "correct": False, "feedback": "Which one?"},
    ],
}


def imported(*questions: Any, lesson: str = "10-sky") -> ImportedQuiz:  # noqa: ANN401  (what a file may hold)
    """Return the quiz that is made of some questions."""
    return import_quiz(json.dumps(questions).encode(), course="mariupol", lesson=lesson)


def bank_of(quiz: ImportedQuiz, folder: Path) -> Bank:
    """Return the quiz as the course reads it from the file."""
    path = folder / "10-sky.yml"
    path.write_text(quiz.text(), encoding="utf-8")
    return read_bank_file(path).bank


def test_all_four_kinds_become_tasks_that_the_course_reads(tmp_path: Path) -> None:
    """Options, what is right, feedback, tolerance and accepted texts are those of the file."""
    bank = bank_of(imported(ONE, MANY, NUMBER, RANGE, WORDS), tmp_path)
    one, many, number, width, words = bank.tasks
    assert one.task.prompt == "Which of these is a *planet*?"
    assert [option.text for option in one.task.options] == ["Mars", "The Moon", "`print('Pluto')`"]
    assert [(key.weight, key.why) for key in one.key.options.values()][:2] == [
        (1, "It goes round the Sun."),
        (0, "It goes round the Earth."),
    ]
    assert (one.task.multiple, many.task.multiple) == (False, True)
    assert many.task.prompt == "Which two of these are planets?\n\n`planets[:2]`"
    assert number.key.fields["number"].value == 3.14
    assert width.key.fields["number"].value == pytest.approx(1.6)
    assert words.key.fields["text"].mentions == (("John F. Kennedy", "JFK"),)
    assert {entry.task.group for entry in bank.tasks} == {"quiz"}


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (NUMBER, (3.14, 3.136), (3.13, 3.2)),
        (RANGE, (1.5, 1.7), (1.49, 1.71)),
        ({**RANGE, "answers": [{**RANGE["answers"][0], "range": [26.1, 26.4]}]}, (26.1, 26.4), (26.09, 26.41)),
    ],
)
def test_numbers_count_as_they_did(
    tmp_path: Path, question: dict[str, Any], right: tuple[float, ...], wrong: tuple[float, ...]
) -> None:
    """What JupyterQuiz takes for right by digits or by range, the course takes too, and nothing beyond."""
    (entry,) = bank_of(imported(question), tmp_path).tasks

    def share(value: float) -> float | None:
        return score(entry.task, entry.key, ValueResponse(values={"number": value})).share

    assert [share(value) for value in right] == [1] * len(right)
    assert [share(value) for value in wrong] == [0] * len(wrong)


def test_a_missing_explanation_is_marked_and_the_checks_name_it(tmp_path: Path) -> None:
    """The file is read, but copydesk check reports each task in which something is still to be written."""
    quiz = imported(ONE, RANGE)
    assert "Question 1: explanations still have to be written." in quiz.notes
    first, second = bank_of(quiz, tmp_path).tasks
    assert [f"1 of its texts are still “{TO_BE_WRITTEN}”"] == [what for what, _ in item_faults(first)]
    assert not list(item_faults(second))


def test_what_cannot_be_taken_is_said(tmp_path: Path) -> None:
    """A question that is broken is left out with its reason; the others are taken under their own numbers."""
    quiz = imported(
        ONE,
        7,
        {"type": "essay"},
        {**ONE, "answers": []},
        {**ONE, "answers": [{**ONE["answers"][0], "correct": "true"}, ONE["answers"][1]]},
        {**ONE, "answers": ONE["answers"][1:]},
        {**ONE, "question": " "},
        {**ONE, "code": "a = 1\nb = 2"},
        {**RANGE, "answers": [{"range": [1], "correct": True}]},
        WORDS,
        {**ONE, "question": "Is <b>x</b> = $y$?"},
    )
    assert [entry.task.id for entry in bank_of(quiz, tmp_path).tasks] == ["Q1", "Q10", "Q11"]
    text = "\n".join(quiz.notes)
    for note in (
        "Question 2 was left out: it is not an object with the fields question, type and answers.",
        (
            'Question 3 was left out: its type is "essay"; '
            "only these can be imported: multiple_choice, many_choice, numeric, string."
        ),
        "Question 4 was left out: it has no list of answers.",
        'Question 5 was left out: an answer has "true" for correct; it must be true or false.',
        "Question 6 was left out: none of its answers is correct.",
        "Question 7 was left out: there is no text in the field 'question'.",
        "Question 8 was left out: it shows code with several lines or with backticks; put that into a notebook cell",
        "Question 9 was left out: its number or range is not valid.",
        "feedback on wrong texts is left out",
        "HTML and formulas are shown as they are written",
    ):
        assert note in text


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "not JSON"),
        (b"[{", "not JSON: .* in line 1"),
        (b"\xff\xfe[", "not text in UTF-8"),
        (b"[NaN]", "an impossible number"),
        (b"[" + b"9" * 5000 + b"]", "an impossible number"),
        (b"[" * 200_000, "lists nested too deeply"),
        (b"{}", "no list in this file"),
        (b"null", "no list in this file"),
        (b"[]", "No question could be imported"),
        (b'[{"type": 1e400}]', "No question could be imported"),
        (b"[" + b" " * LARGEST + b"]", "at most"),
        (base64.b64encode(json.dumps([ONE]).encode()), "base64 must be decoded first"),
    ],
    ids=range(12),
)
def test_a_broken_file_is_refused_in_plain_words(raw: bytes, message: str) -> None:
    """Whatever a file holds, one sentence says what is wrong with it."""
    with pytest.raises(ExchangeError, match=message):
        import_quiz(raw, course="mariupol", lesson="10-sky")


def test_a_name_that_is_no_lesson_is_refused() -> None:
    """The course finds a quiz by the name of its file."""
    with pytest.raises(ExchangeError, match=r"for example 10-logic\.yml"):
        imported(ONE, lesson="The sky")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ANSWER = st.fixed_dictionaries(
    {"correct": st.booleans() | JSON},
    optional={
        "answer": st.text() | JSON,
        "feedback": st.text() | JSON,
        "value": JSON,
        "range": st.lists(JSON),
        "code": JSON,
    },
)
QUESTION = st.fixed_dictionaries(
    {"type": st.sampled_from(["multiple_choice", "many_choice", "numeric", "string"]), "answers": st.lists(ANSWER)},
    optional={"question": st.text() | JSON, "precision": st.integers() | JSON, "code": JSON},
)


@settings(max_examples=60, deadline=None)
@given(questions=st.lists(QUESTION | JSON, max_size=4))
def test_whatever_is_drawn_is_taken_or_refused(questions: list[Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    """No JSON makes anything but a quiz that the course reads, or a plain refusal."""
    try:
        quiz = imported(ONE, *questions)
    except ExchangeError:
        return
    bank = bank_of(quiz, tmp_path_factory.getbasetemp())
    assert len(bank.tasks) == quiz.count
    assert quiz.count + sum("was left out" in note for note in quiz.notes) == 1 + len(questions)


def test_the_command_takes_a_file_and_never_writes_over_one(tmp_path: Path) -> None:
    """``copydesk import-quiz`` writes the quiz and the notes once; a second time it says that the file is there."""
    source, out = tmp_path / "sky.json", tmp_path / "10-sky.yml"
    source.write_text(json.dumps([ONE, {"type": "x"}]), encoding="utf-8")
    command = ["import-quiz", str(source), "--out", str(out)]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 0, first.stderr
    assert "1 questions are in" in first.stdout
    assert "Question 2 was left out" in first.stdout
    assert len(read_bank_file(out).bank.tasks) == 1
    second = CliRunner().invoke(app, command)
    assert second.exit_code == 1
    assert "already exists" in second.stderr
