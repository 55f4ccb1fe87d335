"""The shared vectors hold in Python, and whatever hypothesis draws is scored alike in Python and in JavaScript."""

from __future__ import annotations

import json
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from copydesk.answers.progress import outline
from copydesk.kinds import scoring
from copydesk.kinds.table import KINDS
from copydesk.kinds.union import Key, Response, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

from drawn import STRATEGIES

FOLDER = Path(__file__).parent
MAKE = runpy.run_path(str(FOLDER / "make_scores.py"))
LARGEST_DIFFERENCE = 1e-9
CASES = [
    pytest.param(case, id=f"{kind}: {case['name']}")
    for kind in KINDS
    for case in json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_each_vector_has_its_share(case: dict[str, Any]) -> None:
    """The score of each vector is the stored one, to the last bit unless worked out by hand, and so is what is done."""
    task = TypeAdapter(Task).validate_python(case["task"])
    key = TypeAdapter(Key).validate_python(case["key"])
    response = None if case["response"] is None else TypeAdapter(Response).validate_python(case["response"])
    score = scoring.score(task, key, response)
    assert score.status == case["status"]
    if case["share"] is None or case["name"].startswith("drawn"):
        assert score.share == case["share"]
    else:
        assert score.share == pytest.approx(case["share"], abs=LARGEST_DIFFERENCE)
    assert list(scoring.completeness(task, response)) == case["state"]


@pytest.mark.parametrize("kind", KINDS)
def test_vectors_are_as_they_are_made(kind: str) -> None:
    """Making the vectors again changes no byte, and at least 30 of each kind are drawn."""
    stored = (FOLDER / f"{kind}.json").read_text(encoding="utf-8")
    assert stored == MAKE["vectors"](kind)
    assert sum(case["name"].startswith("drawn") for case in json.loads(stored)["cases"]) >= 30


@pytest.fixture(scope="module")
def browser_score() -> Iterator[Callable[[dict[str, Any]], dict[str, Any]]]:
    """Return a function that asks the browser side for the score of a case; one process answers all."""
    node = shutil.which("node")
    assert node, "the browser side is tested with Node: install it, or run python start.py test unit"
    styles = (FOLDER.parent / "js" / "styles.mjs").as_uri()
    command = [node, "--import", styles, str(FOLDER / "score.mjs")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, encoding="utf-8") as process:

        def ask(case: dict[str, Any]) -> dict[str, Any]:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(case) + "\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            return answer

        yield ask
        process.communicate(timeout=10)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_python_and_the_browser_agree(
    kind: str, browser_score: Callable[[dict[str, Any]], dict[str, Any]], data: st.DataObject
) -> None:
    """Whatever task, key and response are drawn, both sides earn the same to the last bit and call the same done.

    A list that has only the outline of a task counts as the task itself does.
    """
    task, response = data.draw(STRATEGIES[kind])
    case = MAKE["vector"]("", task, response, known=False)
    shown = {**case["task"], "tokens": case.get("tokens", {})}
    short = outline(TypeAdapter(Task).validate_python(case["task"]))
    found = browser_score({"task": shown, "outline": short, "key": case["key"], "response": response})
    assert (found["status"], found["state"], found["outlined"]) == (case["status"], case["state"], case["state"])
    assert found["share"] == case["share"]
