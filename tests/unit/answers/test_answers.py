"""Answers are kept: whole, merged, never lost, never another lesson's."""

from __future__ import annotations

import json
import os
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import jsonschema
import pytest

from copydesk import __version__
from copydesk.answers.file import Answer, AnswerFile
from copydesk.answers.store import (
    AnswersError,
    AnswerStore,
    current_time,
    file_name_part,
    last_submission,
    submit,
    to_json,
)
from copydesk.atomic_write import replace_file
from copydesk.course.settings import find_root
from copydesk.grading.files.writing import write
from copydesk.kinds.choice.model import ChoiceResponse

if TYPE_CHECKING:
    from pathlib import Path

BANK = "sha256:" + "0" * 64
LESSON = "02-attribution"


def store_in(folder: Path) -> AnswerStore:
    """Return the store of a lesson in a folder."""
    return AnswerStore(folder / "answers", course="mariupol", lesson=LESSON, bank=BANK)


def answer(option: str, *, later: float = 0) -> Answer:
    """Return an answer that is so many seconds later."""
    return Answer(response=ChoiceResponse(chosen=(option,)), at=current_time() + timedelta(seconds=later))


def test_what_is_saved_is_there(tmp_path: Path) -> None:
    """An answer that was saved is read back by a new store, and the file fits the published schema."""
    store_in(tmp_path).save({"Q1": answer("a")})
    read = store_in(tmp_path).load()
    assert read.answers["Q1"].response == ChoiceResponse(chosen=("a",))
    schema = json.loads((find_root() / "schemas" / "answers-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads((tmp_path / "answers" / f"{LESSON}.json").read_text(encoding="utf-8")), schema)


def test_two_stores_merge_by_task(tmp_path: Path) -> None:
    """Two open notebooks keep each other's answers, and of two answers to one task the later stays."""
    first, second = store_in(tmp_path), store_in(tmp_path)
    first.save({"Q1": answer("a"), "Q2": answer("b", later=5)})
    second.save({"Q2": answer("c"), "Q3": answer("d")})
    answers = first.load().answers
    choices = {name: entry.response.chosen[0] for name, entry in answers.items()}
    assert choices == {"Q1": "a", "Q2": "b", "Q3": "d"}


def test_saves_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    """Eight threads that save different tasks at once leave all of them in the file."""
    names = [f"Q{number}" for number in range(8)]
    threads = []
    for name in names:
        thread = threading.Thread(target=store_in(tmp_path).save, args=({name: answer("a")},))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    assert set(store_in(tmp_path).load().answers) == set(names)


@pytest.mark.parametrize("damage", [b"", b'{"schema": "copydesk/ans', b"\x00\x01", b"[" * 100_000, b"[]", b'"x"'])
def test_a_damaged_file_is_set_aside(tmp_path: Path, damage: bytes) -> None:
    """A damaged file is kept under another name, the learner is told, and work goes on."""
    store = store_in(tmp_path)
    store.path.parent.mkdir()
    store.path.write_bytes(damage)
    assert store.load().answers == {}
    assert "nothing was deleted" in store.notice
    assert (store.path.parent / f"{LESSON}.damaged-1.json").read_bytes() == damage
    store.path.write_bytes(damage)
    store.save({"Q1": answer("a")})
    assert (store.path.parent / f"{LESSON}.damaged-2.json").read_bytes() == damage


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("schema", "copydesk/answers/2", "another version"),
        ("lesson", "03-sources", "03-sources"),
        ("course", "x", "x/"),
    ],
)
def test_a_foreign_file_is_refused_and_untouched(tmp_path: Path, field: str, value: str, message: str) -> None:
    """A file of another lesson, course or schema is refused in plain words and stays as it is."""
    store = store_in(tmp_path)
    store.save({"Q1": answer("a")})
    data = json.loads(store.path.read_text(encoding="utf-8")) | {field: value}
    store.path.write_text(json.dumps(data), encoding="utf-8")
    before = store.path.read_bytes()
    with pytest.raises(AnswersError, match=message):
        store.save({"Q1": answer("b")})
    assert store.path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where answers cannot be kept, the message says which folder, and asks about the disk."""
    (tmp_path / "answers").write_text("in the way", encoding="utf-8")
    with pytest.raises(AnswersError, match="could not be made"):
        store_in(tmp_path).save({"Q1": answer("a")})


@pytest.mark.parametrize("is_durable", [True, False])
def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_durable: bool
) -> None:
    """When the last step fails, the old file is as it was and nothing else lies beside it."""
    path = tmp_path / "page.html"
    replace_file(path, "old\n", is_durable=is_durable)
    assert path.read_bytes() == b"old\n"

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(type(path), "replace", refuse)
    with pytest.raises(PermissionError):
        replace_file(path, "new\n", is_durable=is_durable)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old\n"]


def test_answers_are_private_and_results_are_not(tmp_path: Path) -> None:
    """An answer file is the learner's own; a result may be read by whoever may read the folder."""
    store_in(tmp_path).save({"Q1": answer("a")})
    result = tmp_path / "gradebook.csv"
    write(result, "task\n")
    umask = os.umask(0)
    os.umask(umask)
    modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "answers" / f"{LESSON}.json", result)]
    assert modes == ([0o600, 0o666 & ~umask] if os.name == "posix" else [0o666, 0o666])


def test_a_submission_holds_the_graded_answers(tmp_path: Path) -> None:
    """The submission holds alias, time, release and the graded answers, and no practice."""
    store = store_in(tmp_path)
    store.save({"Q1": answer("a"), "T1": answer("b")})
    path, content = submit(store, {"T1", "T2"}, alias=" Robin ")
    assert path.name == f"{LESSON}-robin.json"
    assert AnswerFile.model_validate_json(path.read_text(encoding="utf-8")) == content
    assert set(content.answers) == {"T1"}
    assert content.learner.alias == "Robin"
    assert content.release == __version__
    assert content.handed_in is not None
    assert to_json(content).endswith("\n")


@pytest.mark.parametrize(
    ("alias", "part"),
    [("../../etc", "etc"), ("CON", "con-1"), ("", "anonymous"), ("Ольга П.", "ольга-п"), ("a" * 99, "a" * 40)],
)
def test_a_file_name_is_harmless(alias: str, part: str) -> None:
    """An alias becomes a file name that every system takes and that leads nowhere else."""
    assert file_name_part(alias) == part


def test_a_submission_of_the_first_edition_is_read(tmp_path: Path) -> None:
    """A learner's old working folder has its submission in ``hand-in``; the receipt is made from it all the same."""
    store = store_in(tmp_path)
    store.save({"T1": answer("b")}, alias="Robin")
    path, content = submit(store, {"T1"}, alias="Robin")
    old = path.parent.parent / "hand-in" / path.name
    old.parent.mkdir()
    path.rename(old)
    assert last_submission(store) == (old, content)
