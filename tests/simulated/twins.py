"""A small course with twins, invented: in two tasks a detail of the passage turns the answer."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from copydesk.answers.store import SCHEMA
from copydesk.course.bank import Bank

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]

Data = dict[str, Any]
LESSON = "02-attribution"
DRAWN = "1970-01-01T00:00:00.000Z"
HARBOUR = "The harbour office counted 1,200 cars."
MAYOR = "The mayor counted 1,200 cars."
WHY_OFFICE, WHY_MAYOR = "The office is the one who counts here.", "The mayor is the one who counts here."


def choice(name: str, **more: Any) -> Data:  # noqa: ANN401  (fields of a task)
    """Return a choice between the office and the mayor; the office is right."""
    options = [{"id": "office", "text": "The harbour office"}, {"id": "mayor", "text": "The mayor"}]
    task = {"id": name, "kind": "choice", "title": "Who counted?", "prompt": "Who counted the cars?", "points": 2}
    return task | {"context": HARBOUR, "options": options, "key": choice_key("office")} | more


def choice_key(right: str) -> Data:
    """Return the key of such a choice; its reasons name the version."""
    why = WHY_OFFICE if right == "office" else WHY_MAYOR
    return {"options": {name: {"weight": int(name == right), "why": why} for name in ("office", "mayor")}}


def value() -> Data:
    """Return a number to be read in a passage, with a twin in which it is another."""
    task = {"id": "T3", "kind": "value", "title": "How many?", "prompt": "How many cars?", "points": 4}
    task |= {"context": HARBOUR, "fields": [{"type": "number", "id": "cars", "label": "Cars"}]}
    key = {"type": "number", "value": 1200, "tolerance": 0, "why": "The passage says 1,200."}
    twin = {"context": HARBOUR.replace("1,200", "900"), "key": {"fields": {"cars": {**key, "value": 900}}}}
    return task | {"key": {"fields": {"cars": key}}, "twin": twin}


def tasks() -> list[Data]:
    """Return the tasks as they stand in a file: one without a twin, and two with one."""
    twin = {"context": MAYOR, "key": choice_key("mayor")}
    return [choice("T1"), choice("T2", twin=twin), value()]


def practice() -> list[Data]:
    """Return practice: a choice that asks for confidence, and words to mark; both have a twin."""
    twin = {"context": MAYOR, "key": choice_key("mayor")}
    pick_one = choice("Q1", points=0, group="quiz", confidence=True, twin=twin)
    words = {"id": "P1", "kind": "spans", "group": "practice", "title": "Mark", "prompt": "Mark who says it."}
    words |= {"passages": [{"id": "A", "text": HARBOUR}], "labels": [{"id": "who", "text": "Who", "key": "w"}]}
    words["key"] = {"labels": {"who": [{"passage": "A", "quote": "harbour office", "why": "It counts here."}]}}
    twin = {"passages": [{"id": "A", "text": MAYOR}]}
    twin["key"] = {"labels": {"who": [{"passage": "A", "quote": "mayor", "why": "He counts here."}]}}
    return [pick_one, words | {"twin": twin}]


def write_course(root: Path) -> None:
    """Write the course into a folder, with the real seeds: practice, and graded tasks with and without keys."""
    shutil.copytree(ROOT / "seeds", root / "seeds")
    keyed, quiz = source(), source("practice", tasks=practice())
    open_tasks = {**keyed, "tasks": [_without_key(task) for task in keyed["tasks"]]}
    files = {"lessons/quizzes": quiz, "solutions/tasks": keyed, "exercises/tasks": open_tasks}
    for folder, data in files.items():
        path = root / folder / f"{LESSON}.yml"
        path.parent.mkdir(parents=True)
        path.write_text(yaml.safe_dump(data), encoding="utf-8")


def _without_key(task: Data) -> Data:
    bare = {name: value for name, value in task.items() if name != "key"}
    return bare | {"twin": _without_key(bare["twin"])} if "twin" in bare else bare


def source(purpose: str = "graded", **changes: Any) -> Data:  # noqa: ANN401  (fields of a bank)
    """Return the bank as it stands in a file."""
    data = {"schema": "copydesk/bank/1", "course": "mariupol", "lesson": LESSON, "title": "Who counted?"}
    return {**data, "purpose": purpose, "keyed_by": "invented", "tasks": tasks(), **changes}


def bank(purpose: str = "graded", **changes: Any) -> Bank:  # noqa: ANN401  (fields of a bank)
    """Return the bank."""
    return Bank.model_validate(source(purpose, **changes))


def pick(option: str, version: object = None, **more: Any) -> Data:  # noqa: ANN401  (fields of an answer)
    """Return an answer to a choice; without a version it says nothing about one, as old files do."""
    answer = {"response": {"kind": "choice", "chosen": [option] if option else []}, "at": "2026-11-22T10:00:00Z"}
    return answer | ({} if version is None else {"version": version}) | more


def cars(number: float, version: object = None, **more: Any) -> Data:  # noqa: ANN401  (fields of an answer)
    """Return an answer to the question for a number."""
    return pick("", version) | {"response": {"kind": "value", "values": {"cars": number}}} | more


def submission(alias: str, answers: Mapping[str, Data], asked: Bank | None = None, **changes: str) -> Data:
    """Return a submission."""
    data = {"schema": SCHEMA, "course": "mariupol", "lesson": LESSON, "bank": (asked or bank()).fingerprint()}
    data |= {"learner": {"alias": alias}, "saved": "2026-11-22T10:30:00Z", "handed_in": "2026-11-22T10:30:00Z"}
    return {**data, "answers": dict(answers), **changes}
