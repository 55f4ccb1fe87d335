"""Makes the shared vectors of the panel view: strips written by hand, and strips of cases drawn by hypothesis.

Run ``python tests/vectors/make_panel.py``. In a strip written by hand a word is ``h`` (hit), ``m`` (missed),
``x`` (extra) or ``.``; a weight other than 0 or 1 follows its letter.
"""

from __future__ import annotations

import json
import re
from itertools import product, starmap
from pathlib import Path
from typing import Any

from by_hand import Case, key_span, mark, marked, spans_task
from drawn import examples
from pydantic import TypeAdapter

from copydesk.course.bank import Entry
from copydesk.kinds.spans.strips import strips
from copydesk.kinds.union import Response
from copydesk.model.tokens import tokenize

FILE = Path(__file__).with_name("panel") / "panel.json"
DRAWN = 30
FOUND = {"h": "hit", "m": "missed", "x": "extra", ".": "nothing"}
RESPONSE: TypeAdapter[Any] = TypeAdapter(Response)


def written() -> list[tuple[str, Case, Case | None, list[str]]]:
    """Return name, task with key, response and the expected strips, one for each passage and label."""
    text = "He met the mayor of the town, officials said."
    plain = spans_task([text], {"source": [key_span("p0", "officials")], "cue": [key_span("p0", "said")]})
    article = spans_task([text], {"s": [key_span("p0", "the mayor of the town")]})
    weighed = [key_span("p0", "mayor"), key_span("p0", "the town", 0.5), key_span("p0", "He", 0)]
    soft = spans_task([text], {"s": weighed})
    two = spans_task([text, "🙂 Маріуполь fell."], {"s": [key_span("p1", "Маріуполь")]})
    again = spans_task(["said, he said"], {"s": [key_span("p0", "said", occurrence=2)]})
    readers = [[key_span("p0", "He met")], [key_span("p0", "He")], [key_span("p0", "He")], []]
    shared = spans_task([text], {"s": []}, {"s": readers})
    return [
        ("no response", plain, None, [".......m.", "........m"]),
        ("said to be clean", plain, marked(clean=("p0",)), [".......m.", "........m"]),
        (
            "the labels exchanged",
            plain,
            marked(mark(text, "cue", "officials"), mark(text, "source", "said")),
            [".......mx", ".......xm"],
        ),
        (
            "hit, and one word too many",
            plain,
            marked(mark(text, "source", "town, officials")),
            ["......xh.", "........m"],
        ),
        ("articles at the edges fall off", article, marked(mark(text, "s", "the mayor of the")), ["...hhmm.."]),
        (
            "a reading you can defend, and a tempting one",
            soft,
            marked(mark(text, "s", "He met the mayor")),
            ["xxxh..m0.5.."],
        ),
        ("two passages", two, marked(mark(text, "s", "met")), [".x.......", "m."]),
        ("the second of two", again, marked(mark("said, he said", "s", "said")), ["x.m"]),
        ("a panel of four", shared, marked(mark(text, "s", "He")), ["h0.75m0.25......."]),
    ]


def expected(task: Case, rows: list[str]) -> list[Case]:
    """Return strips that were written by hand in the form in which they are stored."""
    places = product(task["passages"], task["labels"])
    strips_ = []
    for (passage, label), row in zip(places, rows, strict=True):
        words = []
        letters = re.findall(r"([hmx.])(0\.\d+)?", row)
        for (start, end), (letter, weight) in zip(tokenize(passage["text"]), letters, strict=True):
            whole = float(weight or letter in "hm")
            words.append({"start": start, "end": end, "mine": letter in "hx", "weight": whole, "found": FOUND[letter]})
        strips_.append({"passage": passage["id"], "label": label["id"], "words": words})
    return strips_


def case(name: str, task: Case, response: Case | None, rows: list[str] | None = None) -> Case:
    """Return a case in the form in which it is stored; strips that are not written by hand are what Python says."""
    entry: Any = Entry.model_validate(task)
    if rows is None:
        made = strips(entry.task, entry.key, RESPONSE.validate_python(response))
        case_strips = [strip.model_dump(mode="json") for strip in made]
    else:
        case_strips = expected(task, rows)
    return {
        "name": name,
        "task": entry.task.model_dump(mode="json"),
        "tokens": {passage.id: tokenize(passage.text) for passage in entry.task.passages},
        "key": entry.key.model_dump(mode="json"),
        "response": response,
        "strips": case_strips,
    }


def vectors() -> str:
    """Return the vectors as the text of their file."""
    cases = list(starmap(case, written()))
    for number, (task, response) in enumerate(examples("spans", 3 * DRAWN)[-DRAWN:]):
        cases.append(case(f"drawn {number}", task, response))
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in cases)
    return f'{{"cases": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    FILE.write_text(vectors(), encoding="utf-8")
