"""Names that are numbers come back from a browser as they are in the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from copydesk.authoring.json_names import with_names_of
from copydesk.authoring.yaml_merge import merge, read

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted([*ROOT.glob("solutions/tasks/*.yml"), *ROOT.glob("lessons/quizzes/*.yml")])


def by_browser(data: Any) -> Any:  # noqa: ANN401  (plain data)
    """Return data as a browser hands it back: names are texts, and whole numbers among them come first."""
    if isinstance(data, dict):
        names = sorted((name for name in data if str(name).isdecimal()), key=int)
        names += [name for name in data if not str(name).isdecimal()]
        return {str(name): by_browser(data[name]) for name in names}
    return [by_browser(part) for part in data] if isinstance(data, list) else data


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_what_comes_back_unchanged_changes_nothing(file: Path) -> None:
    """An entry that a browser hands back as it got it is the same as before, down to the order of its names."""
    tasks = read(file.read_text(encoding="utf-8"))["tasks"]
    assert json.dumps(with_names_of(tasks, by_browser(tasks))) == json.dumps(tasks)


def test_a_level_is_reworded_in_its_place() -> None:
    """A changed level of a rubric changes its line alone, and a new criterion has its levels."""
    text = "rubric:\n  - id: a\n    levels:\n      4: good # best\n      1: poor\n"
    changed = by_browser(read(text))
    changed["rubric"][0]["levels"]["4"] = "very good"
    changed["rubric"].append({"id": "b", "levels": {"1": "x"}})
    merged = merge(text, with_names_of(read(text), changed))
    assert merged.startswith("rubric:\n  - id: a\n    levels:\n      4: very good # best\n      1: poor\n  - id: b\n")
