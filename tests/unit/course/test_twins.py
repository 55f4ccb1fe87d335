"""A task with a twin: which may have one, and what a file, an exercise and a kept bank hold of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import twins
import yaml
from pydantic import ValidationError

from copydesk.course.bank import Bank
from copydesk.course.bank_files import read_bank_file, read_kept_banks
from copydesk.course.course import Course
from copydesk.course.documents import ContentError
from copydesk.course.settings import find_root
from copydesk.release.exercises import closing_bank, kept_bank, public_bank
from copydesk.release.leaks import find_leaks

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "The mayor is the one who counts here."  # noqa: S105  (an explanation of the twin)


def test_a_twin_has_the_fields_that_it_does_not_name() -> None:
    """In a file a twin holds what differs; a version is found by its number, the first by any other."""
    entry = twins.bank()["T2"]
    first, second = entry.versions
    assert (first.task.prompt, first.task.options) == (second.task.prompt, second.task.options)
    assert (first.task.context, second.task.context) == (twins.HARBOUR, twins.MAYOR)
    assert [entry.version(number) for number in (2, 1, None, 3, "2")] == [second, first, first, first, first]
    assert [each.task.id for each in twins.bank().versions()] == ["T1", "T2", "T2", "T3", "T3"]
    alone = twins.bank()["T1"]
    assert alone.version(2) is alone


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (twins.choice("T1", twin={"points": 3, "context": twins.MAYOR}), "has a different 'points'"),
        (twins.choice("T1", twin={"title": "Another", "context": twins.MAYOR}), "has a different 'title'"),
        (twins.choice("T1", twin={"key": twins.choice_key("mayor")}), "is the same task"),
        (twins.choice("T1", points=0, group="baseline", twin={"context": twins.MAYOR}), "cannot have a twin"),
        (
            {"id": "P1", "kind": "drawer", "title": "D", "prompt": "Look.", "cards": ["K1", "K2"], "least": 1}
            | {"key": {"why": "Because."}, "twin": {"prompt": "Look here."}},
            "cannot have a twin",
        ),
        (
            twins.value() | {"twin": {"fields": [{"type": "number", "id": "ships", "label": "Ships"}], "key": None}},
            "has other parts",
        ),
    ],
)
def test_which_tasks_have_no_twin(task: dict[str, Any], said: str) -> None:
    """A twin is the same task with another detail, of the same length, and scored by rule."""
    with pytest.raises(ValidationError, match=said):
        twins.bank(tasks=[task])


def test_a_written_task_has_no_twin() -> None:
    """Markers compare texts, so all learners get the same question."""
    rubric = [{"id": "true", "text": "True", "levels": {1: "a", 2: "b", 3: "c", 4: "d"}}]
    task = {"id": "W1", "kind": "written", "title": "W", "prompt": "Write.", "min_words": 5, "max_words": 50}
    with pytest.raises(ValidationError, match="a task that a person marks"):
        twins.bank(tasks=[task | {"rubric": rubric, "twin": {"prompt": "Write more."}}])


def file_of(folder: Path, name: str, text: str) -> Path:
    """Write a file into a folder that may not be there yet."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def source(**changes: Any) -> str:  # noqa: ANN401  (fields of a bank)
    """Return the bank as the text of a file, with notes for authors in task and twin."""
    tasks = twins.tasks()
    tasks[1] |= {"pins": ["invented"], "twin": {**tasks[1]["twin"], "pins": ["invented"], "free": ["900"]}}
    return yaml.safe_dump(twins.source(**{"tasks": tasks, **changes}))


def test_an_exercise_has_both_versions_and_neither_key(tmp_path: Path) -> None:
    """What learners get asks the same two questions, with the same fingerprint, and no key or note of either."""
    file = read_bank_file(file_of(tmp_path, f"solutions/tasks/{twins.LESSON}.yml", source()))
    text = public_bank(file).decode()
    public = Bank.model_validate(yaml.safe_load(text))
    assert [each.task for each in public.versions()] == [each.task for each in file.bank.versions()]
    assert public.fingerprint() == file.bank.fingerprint() == twins.bank().fingerprint()
    assert not any(word in text for word in (SECRET, twins.WHY_OFFICE, "weight", "pins", "free", "900}"))
    assert closing_bank(file) is None


def test_a_kept_bank_keeps_both_keys(tmp_path: Path) -> None:
    """A submission of an older version is graded by the key of the version that its learner was shown."""
    bank = twins.bank()
    digits = bank.fingerprint().removeprefix("sha256:")[:16]
    file_of(tmp_path, f"solutions/banks/{twins.LESSON}/{digits}.yml", kept_bank(bank, "x.yml").decode())
    (kept,) = read_kept_banks(tmp_path)
    assert kept == bank


def test_a_practice_twin_needs_a_key(tmp_path: Path) -> None:
    """Whoever draws the twin gets its explanations, too."""
    tasks = [twins.choice("T1", points=0, twin={"context": twins.MAYOR, "key": None})]
    path = file_of(tmp_path, f"{twins.LESSON}.yml", source(purpose="practice", tasks=tasks))
    with pytest.raises(ContentError, match="T1"):
        read_bank_file(path)


def test_the_key_of_a_twin_is_a_secret(tmp_path: Path) -> None:
    """A key of a graded twin is found in a task file, in a page's data and in any text that learners get."""
    for name in ("seeds/course.yml", "seeds/article.yml"):
        path = find_root() / name
        if path.is_file():
            file_of(tmp_path, name, path.read_text(encoding="utf-8"))
    file_of(tmp_path, f"solutions/tasks/{twins.LESSON}.yml", source())
    file_of(tmp_path, f"exercises/tasks/{twins.LESSON}.yml", source())
    data = '{"purpose": "graded", "tasks": [{"id": "T2", "twin": {"id": "T2", "key": {}}}]}'
    file_of(tmp_path, "book/page.html", f'<script type="application/json">{data}</script>')
    file_of(tmp_path, "book/text.html", f"<p>{SECRET}</p>")
    found = {(leak.file, leak.text) for leak in find_leaks(Course(tmp_path), tmp_path / "book")}
    assert ("book/page.html", '"key"') in found
    assert ("book/text.html", SECRET.casefold()) in found
    assert (f"exercises/tasks/{twins.LESSON}.yml", SECRET.casefold()) in found


def test_texts_that_a_twin_shares_are_written_once() -> None:
    """What is still to be written counts once where task and twin share it, and for itself where the twin has it."""
    mark = "TO BE WRITTEN"
    shared, own = twins.choice("T1", title=mark, twin={"context": "x"}), twins.choice("T1", twin={"context": mark})
    assert [twins.bank(tasks=[task])["T1"].count_unwritten() for task in (shared, own)] == [1, 1]
