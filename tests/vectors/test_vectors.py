"""The shared vectors hold in Python."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from copydesk import scoring
from copydesk.model.kinds import Key, Response, Task

FOLDER = Path(__file__).parent
CASES = [
    pytest.param(case, id=f"{kind}: {case['name']}")
    for kind in scoring.KINDS
    for case in json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_each_vector_has_its_share(case: dict[str, Any]) -> None:
    """The score of each vector is the stored one, to a billionth."""
    task = TypeAdapter(Task).validate_python(case["task"])
    key = TypeAdapter(Key).validate_python(case["key"])
    response = None if case["response"] is None else TypeAdapter(Response).validate_python(case["response"])
    score = scoring.score(task, key, response)
    assert score.status == case["status"]
    assert score.share == (None if case["share"] is None else pytest.approx(case["share"], abs=1e-9))


def test_vectors_are_as_they_are_made() -> None:
    """Making the vectors again changes no byte."""
    spec = importlib.util.spec_from_file_location("make_vectors", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    for kind in scoring.KINDS:
        assert (FOLDER / f"{kind}.json").read_text(encoding="utf-8") == make.vectors(kind)
