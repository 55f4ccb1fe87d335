"""Scores and reports add in one way: since Python 3.12 ``sum`` of floats rounds otherwise than before."""

from __future__ import annotations

import ast
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.kinds import scoring
from copydesk.kinds.value.model import NumberKey, TableKey, ValueKey, is_within
from copydesk.measures import item_statistics, mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.course.bank import Entry

PACKAGE = Path(copydesk.__file__).parent
HELD = sorted(
    path
    for name in ("kinds", "grading", "model", "measures.py")
    for path in [*(PACKAGE / name).rglob("*.py"), PACKAGE / name]
    if path.suffix == ".py"
)
ON_ARRAYS = {"sum", "mean", "var", "std", "corr", "cov", "dot"}
WHOLE_NUMBERS = {
    "grading/report/discernment.py": "items that learners accepted, and the share of a form that is filled in",
    "grading/marking/kappa.py": "levels from 1 to 4",
    "grading/run/workers.py": "threads of computers",
}
"""Where arrays, or what another library gives, hold whole numbers only: any way of adding gives the same."""


def is_count(node: ast.expr) -> bool:
    """Return whether an expression is plainly a whole number: a comparison, a length, a name that asks yes or no."""
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return is_count(node.elt)
    if isinstance(node, ast.BoolOp):
        return all(map(is_count, node.values))
    if isinstance(node, ast.Call | ast.Attribute):
        name = ast.unparse(node.func if isinstance(node, ast.Call) else node).rpartition(".")[2].lstrip("_")
        return name in {"bool", "len", "count"} or name.startswith("is_")
    operator = getattr(node, "op", None)
    return isinstance(node, ast.Compare) or isinstance(operator, ast.Not | ast.BitAnd)


def additions(path: Path) -> Iterator[str]:
    """Yield each place of a file where something is added by ``sum``, or by an array, that may be no whole number."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    counted = {
        id(call.args[0])
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and call.args and ast.unparse(call.func) == "int"
    }
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or id(call) in counted:
            continue
        of_array = isinstance(call.func, ast.Attribute) and call.func.attr in ON_ARRAYS
        of_whole_numbers = any(each.arg == "dtype" and "int" in ast.unparse(each.value) for each in call.keywords)
        is_bare = ast.unparse(call.func) == "sum" and not is_count(call.args[0])
        if is_bare or (of_array and not of_whole_numbers):
            yield f"line {call.lineno}: {ast.unparse(call)}"


@pytest.mark.parametrize("path", HELD, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_floats_are_added_by_fsum(path: Path) -> None:
    """What earns points or is reported is added by ``math.fsum``; ``sum`` is for counting."""
    if path.relative_to(PACKAGE).as_posix() in WHOLE_NUMBERS:
        return
    assert list(additions(path)) == []


@pytest.mark.parametrize(
    "line", ["sum(weights)", "sum(x or 0 for x in points)", "sum(w * h for w, h in pairs)", "table['share'].mean()"]
)
def test_the_rule_finds_floats(line: str, tmp_path: Path) -> None:
    """A bare sum of weights, and the mean of a column, are found."""
    (tmp_path / "module.py").write_text(line, encoding="utf-8")
    assert len(list(additions(tmp_path / "module.py"))) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_a_mean_is_the_exact_sum_rounded_once(values: list[float]) -> None:
    """A mean in a report is the exact sum, rounded, over the count, in whatever order the learners come."""
    exact = float(sum(map(Fraction, values))) / len(values)
    assert mean(np.array(values)) == mean(np.array(values[::-1])) == exact


def test_a_correlation_does_not_depend_on_the_order_of_learners() -> None:
    """How an item goes with the rest is the same to the last bit in whatever order the learners come."""
    credit = pd.Series([0, 1, 0.5, 1, 0, 1 / 3, 1, 0.1, 1, 0.7, 1])
    rest = pd.Series([3.1, 9.7, 5.3, 8.8, 2.2, 6.1, 9.9, 0.3, 7.7, 5.5, 9.1])
    found = item_statistics(credit, rest)
    assert item_statistics(credit[::-1], rest[::-1]) == found
    assert found.discrimination == pytest.approx(float(np.corrcoef(credit, rest)[0, 1]), abs=1e-12)


READABLE = st.one_of(
    st.builds(lambda digits, power: float(f"{digits}e{power}"), st.integers(-99999, 99999), st.integers(-8, 2)),
    st.floats(allow_nan=False, allow_infinity=False),
)


@given(READABLE, READABLE.map(abs), st.integers(-3, 3), READABLE)
def test_a_tolerance_counts_as_it_reads(value: float, tolerance: float, steps: int, other: float) -> None:
    """A number counts where its digits are within the digits of the tolerance, however floats round."""
    near = value + (steps / 2) * tolerance
    for given_ in (near, round(near, 4), other):
        if abs(given_) < float("inf"):
            apart = abs(Fraction(repr(given_)) - Fraction(repr(value)))
            assert is_within(given_, value, tolerance) == (apart <= Fraction(repr(tolerance)))


@pytest.mark.parametrize("given_", [float("inf"), float("nan")])
def test_what_is_no_number_is_within_nothing(given_: float) -> None:
    """An answer that is infinite, or no number, earns nothing."""
    assert not is_within(given_, 26.2, 1e300)


def numbers_of_the_course() -> Iterator[tuple[Entry, str, NumberKey | TableKey]]:
    """Yield every number and table that a task of the course asks for, with its task and its name."""
    root = find_root()
    for bank in (*Course(root).solutions.values(), *Course(root).quizzes.values()):
        for entry in bank.tasks:
            for name, key in entry.key.fields.items() if isinstance(entry.key, ValueKey) else ():
                if isinstance(key, NumberKey | TableKey):
                    yield entry, name, key


@pytest.mark.parametrize("end", [1, -1])
def test_every_number_counts_to_the_end_of_its_tolerance(end: int) -> None:
    """What the page names as still right earns the points: 36.4 hours for "36.3 hours (up to 0.1 more or less)"."""
    asked = list(numbers_of_the_course())
    assert {36.3, 0.38} <= {key.value for _, _, key in asked if isinstance(key, NumberKey)}
    for entry, name, key in asked:
        values = key.values if isinstance(key, TableKey) else {"": key.value}  # noqa: PD011  (a field of ours)
        most = {row: float(Decimal(repr(value)) + end * Decimal(repr(key.tolerance))) for row, value in values.items()}
        given_ = most if isinstance(key, TableKey) else most[""]
        best = scoring.reference_response(entry.task, entry.key)
        response = best.model_copy(update={"values": {**best.values, name: given_}})  # noqa: PD011
        assert scoring.score(entry.task, entry.key, response).share == 1, (entry.task.id, name, given_)
