"""Scores follow the rules of the course."""

from __future__ import annotations

import random
from itertools import chain, product
from typing import TYPE_CHECKING

import pytest

from copydesk.answers.baseline import is_statement
from copydesk.checks.keys import careless_faults
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.kinds import scoring
from copydesk.kinds.bits import bits
from copydesk.kinds.choice.model import ChoiceKey, ChoiceResponse, ChoiceTask, Option, OptionKey
from copydesk.kinds.spans.model import KeySpan, Label, Passage, SpansKey, SpansResponse, SpansTask
from copydesk.kinds.spans.soft_f1 import Weights, best_marking, label_share, panel_ceiling, panel_weights, soft_f1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.mark import ParameterSet

    from copydesk.course.bank import Entry

LABELS = (Label(id="s", text="s", key="s"), Label(id="c", text="c", key="c"))
READERS = list(map(bits, ({3, 4, 5, 12, 13}, {2, 3, 4, 5, 12, 13}, {3, 4, 5}, {4, 5, 12, 13, 14}, {3, 4, 5, 12, 13})))


def entries_in(folder: str) -> Iterator[tuple[str, Entry]]:
    """Yield the tasks of a folder of the course, each with its lesson."""
    course = Course(find_root())
    for lesson in course.lessons(folder):
        for entry in course.bank(folder, lesson).tasks:
            yield lesson, entry


def entries_with_reference() -> Iterator[ParameterSet]:
    """Yield the tasks of all quizzes and solutions that have a reference answer; a birthday has none."""
    for lesson, entry in chain(entries_in(QUIZZES), entries_in(SOLUTIONS)):
        if entry.key is not None and (entry.task.group != "baseline" or is_statement(entry.task)):
            yield pytest.param(entry, id=f"{lesson} {entry.task.id}")


def graded_entries() -> Iterator[ParameterSet]:
    """Yield the graded tasks."""
    for lesson, entry in entries_in(SOLUTIONS):
        yield pytest.param(entry, id=f"{lesson} {entry.task.id}")


@pytest.mark.parametrize(
    ("marks", "f", "share"),
    [
        ({3, 4, 5, 12, 13}, 0.90, 1.00),
        ({3, 4, 5}, 0.72, 0.88),
        ({1, 2, 3, 4, 5, 6, 11, 12, 13, 14}, 0.65, 0.70),
        (set(range(20)), 0.39, 0.00),
        ({15, 16, 17}, 0.00, 0.00),
    ],
)
def test_check_values_of_the_rules(marks: set[int], f: float, share: float) -> None:
    """The five markings that the rules print have the F and the score that the rules print."""
    weights, ceiling = panel_weights(READERS, 20), panel_ceiling(READERS, 20)
    assert round(soft_f1(bits(marks), weights), 2) == f
    assert round(label_share(bits(marks), weights, ceiling) or 0, 2) == share


def test_the_ceiling_without_a_panel_is_the_best_marking() -> None:
    """Without a panel the ceiling is the best F over all markings, tried one by one."""
    weights = Weights([1.0, 0.5, 0.0, 1.0, 0.25, 0.0])
    best = soft_f1(best_marking(0b111111, weights), weights)
    assert best == pytest.approx(max(soft_f1(marks, weights) for marks in range(0b1000000)))


@pytest.mark.parametrize("place", range(40))
def test_a_word_takes_one_label_and_that_can_earn_everything(place: int) -> None:
    """Whatever weights two labels give to the same words, the reference gives each word one label and earns all."""
    draw = random.Random(place)
    words = ["one", "two", "three", "four", "five"]
    passage = Passage(id="p", text=" ".join([*words, "six", "seven", "eight", "nine"]))
    task = SpansTask(id="X", title="X", prompt="Mark.", passages=(passage,), labels=LABELS)
    spans: dict[str, tuple[KeySpan, ...]] = {}
    for label, word in product(LABELS, words):
        span = KeySpan(passage="p", quote=word, weight=draw.choice([0, 0.25, 0.5, 1]), why="Drawn.")
        spans[label.id] = (*spans.get(label.id, ()), span)
    key = SpansKey(labels=spans)
    best = scoring.reference_response(task, key)
    assert isinstance(best, SpansResponse)
    marked_words: list[str] = []
    for span in best.spans:
        marked_words += span["selector"][1]["exact"].split()
    assert len(marked_words) == len(set(marked_words))
    assert scoring.score(task, key, best).share == 1


def test_a_label_that_asks_for_everything_takes_no_word_from_another() -> None:
    """A label over all words is graded for nobody; the reference gives a word that two labels ask for to the other."""
    passage = Passage(id="p", text="Mayor the the the end.")
    task = SpansTask(id="X", title="X", prompt="Mark.", passages=(passage,), labels=LABELS)
    every, first = (KeySpan(passage="p", quote=quote, weight=1, why="Drawn.") for quote in (passage.text, "Mayor"))
    key = SpansKey(labels={"s": (every,), "c": (first,)})
    assert scoring.score(task, key, scoring.reference_response(task, key)).share == 1


def test_a_clean_sentence_left_clean_is_a_hit() -> None:
    """Where nothing is to be marked, marking nothing earns all and marking anything earns nothing."""
    assert label_share(0, Weights([0.0] * 5), 0.0) == 1
    assert label_share(bits({2}), Weights([0.0] * 5), 0.0) == 0


@pytest.mark.parametrize("entry", list(entries_with_reference()))
def test_the_reference_earns_everything_and_nothing_earns_nothing(entry: Entry) -> None:
    """The reference answer of every task earns full points, no answer earns none, and neither is an error."""
    task, key = entry.task, entry.key
    best = scoring.score(task, key, scoring.reference_response(task, key))
    assert best.share == (None if task.kind == "written" else pytest.approx(1))
    assert scoring.score(task, key, None).share == 0
    assert scoring.validation_errors(task, scoring.reference_response(task, key)) == []


@pytest.mark.parametrize("entry", list(graded_entries()))
def test_no_careless_answer_earns_much(entry: Entry) -> None:
    """No answer that needs no reading earns more than 0.40 of a graded task."""
    assert list(careless_faults(entry)) == []


@pytest.mark.parametrize("entry", list(graded_entries()))
def test_what_is_remembered_of_a_task_holds_for_its_equal(entry: Entry) -> None:
    """A task and a key that are made again are found again: equal ones have one hash, with mappings in them, too."""
    task, key = entry.task.model_copy(deep=True), entry.key.model_copy(deep=True)
    assert (task is not entry.task, key is not entry.key) == (True, True)
    assert {(entry.task, entry.key): "remembered"}[task, key] == "remembered"


def test_another_key_of_a_task_is_another_thing() -> None:
    """A task whose key was corrected is scored by the new key, though the two share a hash."""
    task = ChoiceTask(id="T1", title="t", prompt="p", options=(Option(id="a", text="a"), Option(id="b", text="b")))
    for right, wrong in ("ab", "ba"):
        key = ChoiceKey(options={right: OptionKey(weight=1, why="w"), wrong: OptionKey(weight=0, why="w")})
        assert scoring.score(task, key, ChoiceResponse(chosen=("a",))).share == (right == "a")
