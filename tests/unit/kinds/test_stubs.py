"""The stubs with which an author begins a task of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from copydesk.course.bank import Bank, Entry
from copydesk.kinds import scoring
from copydesk.kinds.stubs import StubMaterial
from copydesk.kinds.table import KINDS, kind_of
from copydesk.model.task import is_unwritten


@dataclass(frozen=True)
class Sentence:
    """A sentence of some article."""

    id: str
    text: str
    start: int


FERRY = (
    Sentence("S01", "The ferry, said the harbour office, was late because of the fog.", 20),
    Sentence("S02", "„Wir warten noch“, sagte der Kapitän.", 90),
    Sentence("S03", "Пором запізнився на 40 хвилин.", 130),
    Sentence("S04", "No one was hurt.", 170),
)
ODD = (Sentence("S01", "…", 0), Sentence("S02", "船が遅れた。", 2), Sentence("S03", "no no no", 9))
LONG = (Sentence("S01", "word " * 900, 0),)
TEXTS = {"ferry": FERRY, "odd": ODD, "long": LONG, "none": ()}

practice = pytest.mark.parametrize("points", [0, 4], ids=["practice", "graded"])


def stub_of(kind: str, points: float = 0, sentences: tuple[Sentence, ...] = FERRY) -> dict[str, Any]:
    """Return a stub as it is read back from a file."""
    material = StubMaterial(sentences=sentences, cards=("K1", "K2"), task_id="T7", points=points)
    raw: dict[str, Any] = yaml.safe_load(yaml.safe_dump(kind_of(kind).stub(material), allow_unicode=True))
    return raw


def bank_of(raw: dict[str, Any], purpose: str) -> Bank:
    """Return a bank with one task."""
    head = {"schema": "copydesk/bank/1", "course": "ferry", "lesson": "01-ferry", "title": "The ferry"}
    return Bank.model_validate({**head, "purpose": purpose, "keyed_by": "no one yet", "tasks": [raw]})


@practice
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_is_a_valid_task(kind: str, text: str, points: float) -> None:
    """The stub of every kind is valid at once, in practice and graded, with any text, and counts as unwritten."""
    raw = stub_of(kind, points, TEXTS[text])
    entry = bank_of(raw, "graded" if points else "practice").tasks[0]
    assert (entry.task.id, entry.task.kind) == ("T7", kind)
    assert is_unwritten(entry.task.title)
    assert entry.count_unwritten() >= 2


@practice
@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_can_be_tried(kind: str, points: float) -> None:
    """The reference answer of a stub earns everything, and an empty one nothing, so its preview works at once."""
    entry = Entry.model_validate(stub_of(kind, points))
    if entry.key is None:
        assert entry.task.group == "note"
        return
    reference = scoring.score(entry.task, entry.key, scoring.reference_response(entry.task, entry.key))
    assert reference.share in {1, None}
    assert scoring.score(entry.task, entry.key, None).share == 0


def test_a_stub_marks_a_word_that_counts() -> None:
    """An answer that marks nothing earns nothing in a spans stub, though its sentence begins with an article."""
    entry = Entry.model_validate(stub_of("spans", 4))
    for _, response in scoring.guessing_strategies(entry.task):
        if not response.spans:
            assert scoring.score(entry.task, entry.key, response).share == 0
    assert entry.key.labels["mark"][0].quote == "ferry"


@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_has_points_where_it_can(kind: str) -> None:
    """A stub for an exercise has its points and no group, except for a drawer, which never has any."""
    task = Entry.model_validate(stub_of(kind, 4)).task
    assert (task.points, task.group) == ((0, "practice") if kind == "drawer" else (4, "exercise"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_speaks_the_language_of_the_interface(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instructions are in the language of the interface, after the mark that every language has."""
    monkeypatch.setenv("COPYDESK_LANGUAGE", "uk")
    raw = stub_of(kind, 4)
    assert raw["title"] == "TO BE WRITTEN: коротка назва, від двох до п’яти слів"
    assert set(raw["prompt"].removeprefix("TO BE WRITTEN: ")).isdisjoint("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize("kind", ["choice", "edit", "spans", "value"])
def test_a_stub_shows_the_article(kind: str) -> None:
    """Where a kind works on text, its stub shows a sentence of the article, and passages have their place."""
    raw = stub_of(kind)
    if "passages" not in raw:
        assert raw["context"] == FERRY[0].text
        return
    shown = [(passage["id"], passage["text"], passage["start"]) for passage in raw["passages"]]
    assert shown == [(one.id, one.text, one.start) for one in FERRY[: len(shown)]]
