"""Makes a small course and the submissions of a simulated class, which say nothing about any real class.

Each simulated learner has one number, how able: the abler, the oftener an answer is the reference, not a careless one.
``python tests/simulated/simulate.py`` writes the tables that solutions/class-report.ipynb reads at first.
"""

from __future__ import annotations

import json
import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.answers.baseline import is_statement, statements
from copydesk.answers.store import SCHEMA
from copydesk.course.bank import FIRST, SECOND, Bank
from copydesk.course.bank_files import read_bank_file
from copydesk.grading import grade
from copydesk.kinds.scoring import guessing_strategies, reference_response
from copydesk.kinds.spans.model import MarkedSpan, SpansResponse
from copydesk.kinds.verdict.model import SUPPORTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.course.bank import Entry

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "solutions" / "class-report"
SEED, LEARNERS = 2023, 40
START = datetime(2026, 11, 16, 9, tzinfo=UTC)
CARDS = ("K-ONE", "K-TWO", "K-THREE", "K-FOUR")
LAST = "09-booster-day-28"
DAYS = {"07-transfer": 21, LAST: 49}
"""After how many days a lesson is done, if not on the first."""

UNSUPPORTED = 8
"""Of the 20 statements of a form; they are the last."""

WHY = "A simulated key."
Data = dict[str, Any]


def banks() -> dict[str, Bank]:
    """Return the graded banks of the simulated course."""
    quick = {"id": "T1", "kind": "order", "title": "Order", "prompt": "Which comes first?", "points": 2}
    quick |= {"items": [{"id": name, "text": name} for name in "abcd"], "first": "first", "last": "last"}
    quick["key"] = {"ranks": [["a"], ["b"], ["c"], ["d"]], "why": dict.fromkeys("abcd", WHY)}
    return {
        "00-start": _bank("00-start", "Before the course (simulated)", _statements("A")),
        "02-attribution": read_bank_file(ROOT / "tests" / "hostile" / "02-attribution.yml").bank,
        "06-verification": _bank("06-verification", "Verdicts (simulated)", [_verdict(n) for n in range(1, 6)]),
        "07-transfer": _bank("07-transfer", "After the course (simulated)", [quick, *_statements("B")]),
        "09-booster-day-28": _bank("09-booster-day-28", "Four weeks later (simulated)", _statements("C")),
    }


def practice() -> dict[str, Bank]:
    """Return the quiz of the simulated course: a drawer with evidence."""
    drawer = {
        "id": "P1",
        "kind": "drawer",
        "group": "practice",
        "title": "Drawer",
        "prompt": "Look.",
        "cards": CARDS[1:],
    }
    tasks = [drawer | {"least": 2, "key": {"why": WHY}}]
    return {"06-verification": _bank("06-verification", "Quiz (simulated)", tasks, purpose="practice")}


def _bank(lesson: str, title: str, tasks: list[Data], **changes: str) -> Bank:
    data = {"schema": "copydesk/bank/1", "course": "mariupol", "lesson": lesson, "title": title, "purpose": "graded"}
    return Bank.model_validate({**data, "keyed_by": "simulated", "tasks": tasks, **changes})


def _verdict(number: int) -> Data:
    """Return a claim; the reference is another support each time."""
    support = {name: {"weight": float(place == number - 1), "why": WHY} for place, name in enumerate(SUPPORTS)}
    task = {"id": f"V{number}", "kind": "verdict", "title": f"Claim {number}", "prompt": "How well is it supported?"}
    task |= {"claim": f"Simulated claim {number}.", "as_of": "2026-11-22", "cards": CARDS[:3], "points": 2}
    return task | {"key": {"support": support, "decisive": {CARDS[1]: WHY}}}


def _statements(form: str) -> list[Data]:
    """Return a form."""
    options = [{"id": "supported", "text": "Yes"}, {"id": "not-supported", "text": "No"}]
    found = []
    for number in range(1, 21):
        name, is_true = f"{form}-{number:02}", number <= 20 - UNSUPPORTED
        weights = {"supported": float(is_true), "not-supported": float(not is_true)}
        task = {"id": name, "kind": "choice", "group": "baseline", "title": name, "prompt": "Is it supported?"}
        key = {"options": {each: {"weight": weight, "why": WHY} for each, weight in weights.items()}}
        found.append(task | {"confidence": True, "shuffle": False, "options": options, "key": key})
    return found


def class_of(
    graded: Mapping[str, Bank], quizzes: Mapping[str, Bank], learners: int = LEARNERS, seed: int = SEED
) -> Iterator[tuple[str, Data]]:
    """Yield file names and submissions: one of each simulated learner for each lesson; half come to the last."""
    for number in range(learners):
        source = random.Random(f"{seed} {number}")
        alias, able, comes_back = f"Simulated {number:05}", source.betavariate(4, 3), source.choice([True, False])
        for lesson, bank in graded.items():
            if lesson == LAST and not comes_back:
                continue
            entries = [*bank.tasks, *(quizzes[lesson].tasks if lesson in quizzes else ())]
            form = next(iter(statements(entry.task for entry in bank.tasks)), "A")
            answers = {
                entry.task.id: _answer(entry, able, source, is_late=form != "A")
                for entry in entries
                if is_statement(entry.task) or source.random() > 0.04
            }
            days = DAYS.get(lesson, 0)
            for answer in answers.values():
                answer["at"] = _moment(answer["at"], days)
            data = {"schema": SCHEMA, "course": bank.course, "lesson": lesson, "bank": bank.fingerprint()}
            data |= {"learner": {"alias": alias}, "saved": _moment(300, days), "handed_in": _moment(310, days)}
            data["answers"] = answers
            yield f"simulated-{number:05}-{lesson}.json", data


def _answer(entry: Entry, able: float, source: random.Random, *, is_late: bool) -> Data:
    """Return one answer; learners get abler during the course, and more suspicious. One of two versions is drawn."""
    if entry.twin:
        number = source.choice([FIRST, SECOND])
        return _answer(entry.version(number).model_copy(update={"twin": None}), able, source, is_late=is_late) | {
            "version": number
        }
    task, key = entry.task, entry.key
    found = source.random() < (min(1, able + 0.1) if is_late else able)
    if task.group == "baseline" and task.kind == "choice" and len(task.options) == 2:
        assert key is not None
        found = found or source.random() < 0.4
        right = reference_response(task, key).model_dump(mode="json")["chosen"][0]
        wrong = "not-supported" if right == "supported" else "supported"
        chosen = "not-supported" if is_late and source.random() < 0.15 else right if found else wrong
        response: Data = {"kind": "choice", "chosen": [chosen]}
    elif task.kind == "drawer":
        opened = [card for card in task.cards if source.random() < 0.3 + able / 2]
        cards = [{"card": card, "at": _moment(source.randint(0, 250))} for card in opened]
        response = {"kind": "drawer", "opened": cards}
    elif task.kind == "written":
        response = {"kind": "written", "text": "A simulated text, written by nobody. " * 5}
    else:
        response = _mixed(entry, able, source)
    sure = round(min(1.0, max(0.5, source.gauss(0.6 + 0.3 * able, 0.12))), 1)
    asks = task.confidence or task.kind == "verdict"
    return {"response": response, "confidence": sure if asks else None, "at": source.randint(60, 280)}


def _mixed(entry: Entry, able: float, source: random.Random) -> Data:
    """Return a response that is the reference in some parts, careless in others."""
    task, key = entry.task, entry.key
    assert key is not None
    right = reference_response(task, key)
    other = source.choice(guessing_strategies(task))[1] if task.kind != "value" else right
    if isinstance(right, SpansResponse):
        marks = tuple(mark for mark in right.spans if source.random() < able + 0.1 - hard(mark["label"]) / 2)
        marks += tuple(_shifted(mark) for mark in right.spans if source.random() < 0.15 * (1 - able))
        return right.model_copy(update={"spans": marks}).model_dump(mode="json")
    data, careless_data = right.model_dump(mode="json"), other.model_dump(mode="json")
    for name in ("placed", "values"):
        if name in data:
            parts = data[name]
            data[name] = {
                part: value if source.random() < able - hard(part) else careless_data[name].get(part, value)
                for part, value in parts.items()
                if name == "placed" or source.random() < able + 0.2
            }
            return data
    return data if source.random() < able - hard(task.id) else careless_data


def hard(name: str) -> float:
    """Return how hard a part is: the same for the whole class."""
    return random.Random(name).uniform(-0.3, 0.5)


def _shifted(mark: MarkedSpan) -> MarkedSpan:
    """Return a mark that ends after its first word."""
    place, quote = mark["selector"]
    first = quote["exact"].split()[0].rstrip(",.;:")
    end = place["start"] + len(first)
    return {**mark, "selector": ({**place, "end": end}, {**quote, "exact": first})}


def _moment(minutes: int, days: int = 0) -> str:
    return (START + timedelta(days=days, minutes=minutes)).isoformat().replace("+00:00", "Z")


def write_class(folder: Path, learners: int = LEARNERS) -> None:
    """Write the submissions of the simulated class."""
    for file, data in class_of(banks(), practice(), learners):
        (folder / file).write_text(json.dumps(data), encoding="utf-8")


def grade_class(folder: Path, learners: int = LEARNERS) -> None:
    """Grade the simulated class into a folder, as ``copydesk grade`` does."""
    with tempfile.TemporaryDirectory(prefix="copydesk-simulated-") as name:
        write_class(Path(name), learners)
        grade([Path(name)], folder, banks=banks(), practice=practice())


def tables(folder: Path) -> dict[str, bytes]:
    """Return the CSV files in a folder, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def main() -> None:
    """Write the tables of the simulated class beside the notebook that reads them."""
    SAMPLE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="copydesk-report-") as name:
        grade_class(Path(name))
        for file, data in tables(Path(name) / "report").items():
            (SAMPLE / file).write_bytes(data)


if __name__ == "__main__":
    main()
