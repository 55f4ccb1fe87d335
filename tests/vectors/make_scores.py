"""Makes the shared score vectors: cases whose score was worked out by hand, and cases drawn by hypothesis.

Run ``python tests/vectors/make_scores.py`` to write ``tests/vectors/*.json``; the tests run each case in Python and in
JavaScript. A case worked out by hand states its share; for a drawn case the share is what Python says, and
JavaScript has to agree. Another version of hypothesis may draw other cases: make the files again with the version
of ``tested-versions.txt``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from by_hand import Case, by_hand
from drawn import examples
from pydantic import TypeAdapter

from copydesk.course.bank import Entry
from copydesk.kinds import scoring
from copydesk.kinds.table import KINDS
from copydesk.kinds.union import Response
from copydesk.model.tokens import tokenize

FOLDER = Path(__file__).parent
POOL, DRAWN = 150, 30
"""How many examples are drawn, and how many of them are kept."""

RESPONSE: TypeAdapter[Any] = TypeAdapter(Response)


def vector(name: str, task: Case, response: Case | None, share: float | None = None, *, known: bool) -> Case:
    """Return a case in the form in which it is stored; an unknown share is what Python says."""
    entry = Entry.model_validate(task)
    assert entry.key is not None
    answer = None if response is None else RESPONSE.validate_python(response)
    result = scoring.score(entry.task, entry.key, answer)
    done, parts = scoring.completeness(entry.task, answer)
    stored_share = result.share
    if known:
        stored_share = None if share is None else float(share)
    stored = {
        "name": name,
        "task": entry.task.model_dump(mode="json"),
        "key": entry.key.model_dump(mode="json"),
        "response": response,
        "share": stored_share,
        "status": result.status,
        "state": [done, parts],
    }
    if entry.task.kind == "spans":
        stored["tokens"] = {passage.id: tokenize(passage.text) for passage in entry.task.passages}
    return stored


def varied(cases: list[Case]) -> list[Case]:
    """Return the cases to keep, numbered: one for each share that was earned, then those that were drawn first."""
    firsts, others, shares = [], [], set()
    for number, case in enumerate(cases):
        if case["share"] in shares:
            others.append(number)
        else:
            firsts.append(number)
            shares.add(case["share"])
    numbers = sorted([*firsts, *others][:DRAWN])
    return [{**cases[number], "name": f"drawn {place}"} for place, number in enumerate(numbers)]


def vectors(kind: str) -> str:
    """Return the file of a kind."""
    cases = [vector(name, task, response, share, known=True) for name, task, response, share in by_hand(kind)]
    pool = [vector("", task, response, known=False) for task, response in examples(kind, POOL)]
    cases += varied(pool)
    lines = ",\n".join("  " + json.dumps(case, ensure_ascii=False, sort_keys=True) for case in cases)
    return f'{{"kind": "{kind}", "cases": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    for name in KINDS:
        (FOLDER / f"{name}.json").write_text(vectors(name), encoding="utf-8", newline="\n")
