"""Simulated classes in which some share their work: nearly all of these pairs are found, and hardly any other."""

from __future__ import annotations

import csv
import io
import json
from random import Random
from typing import TYPE_CHECKING

import pytest
from copying import Simulation, course_banks, graded, judge, result_of, rules, simulate

from copydesk.grading import Options, grade
from copydesk.grading.similarity.findings import similar_table, similar_work

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("learners", "seed"), [(300, 1), (300, 2), (1000, 1)])
def test_shared_work_is_found(learners: int, seed: int) -> None:
    """At least nine in ten pairs who share their work are found, and at most one other in a thousand learners."""
    result = result_of(simulate(learners, seed))
    assert set(result.found) == {"text", "answers", "file"}
    assert result.share >= 0.9
    assert len(result.false) <= 1


def test_a_class_that_learnt_the_same_wrong_thing_is_no_finding() -> None:
    """A class of which everyone works alone has no row, though many share a misconception, quotes and the hour."""
    assert result_of(simulate(300, 4, share_work=False)).false == []


def test_a_pair_is_one_row_for_all_its_lessons(tmp_path: Path) -> None:
    """Evidence of several lessons is added up: one row names the pair and the lessons, and the table its numbers."""
    simulation = simulate(40, 1)
    for name, data in simulation.files.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data), encoding="utf-8")
    report = grade([tmp_path / "in"], tmp_path / "out", banks=course_banks(), options=Options(pages=False))
    text = report.problems.read_text(encoding="utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text, newline="")) if row["outcome"] == "to look at"]
    plants = {plant.kind: plant for plant in simulation.plants}
    names = [f"'Simulated {number:05}'" for number in sorted(plants["file"][1:])]
    (row,) = [row for row in rows if all(name in row["reason"] for name in names)]
    assert "01-provenance, 02-attribution" in row["reason"]
    assert "wrong answers the same, where about" in row["reason"]
    assert "look at both" in row["remedy"]
    text = (tmp_path / "out" / "similar.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    (line,) = [each for each in lines if each["expected"] and each["learners"] == "; ".join(names).replace("'", "")]
    assert int(line["observed"].split()[0]) > 2 * float(line["expected"])
    assert "01-provenance; 02-attribution" in line["lessons"]
    assert line["pairs_by_chance"] == "below 0.0001"


def test_the_order_of_submissions_changes_nothing() -> None:
    """What is found and every number in the table depend on what was submitted, not on the order in which it came."""
    simulation = simulate(40, 2)
    names = list(simulation.files)
    Random(1).shuffle(names)
    shuffled = Simulation({name: simulation.files[name] for name in names}, simulation.plants)
    tables = []
    for each in (simulation, shuffled):
        groups = similar_work([file.submission for file in graded(each)], rules().layouts)
        assert judge(each, groups).found
        tables.append(similar_table(groups))
    assert tables[0] == tables[1]
