"""Changing data in YAML that people wrote: it reads as told, and all other lines stay."""

from __future__ import annotations

import copy
import difflib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from copydesk.authoring.entry_files import EntryFile, EntryFileError
from copydesk.authoring.plain_data import as_in_file, as_json
from copydesk.authoring.yaml_merge import merge, read

ROOT = Path(__file__).parents[3]
TASK_FILES = sorted([*ROOT.glob("lessons/quizzes/*.yml"), *ROOT.glob("solutions/tasks/*.yml")])
LISTS = {"seeds/cards.yml": "id", "seeds/sources.yml": "key"}
NEW_WORDS = "Read the whole passage again: who is the first to say so, and how would they know?"

TYPED = st.one_of(
    st.text(min_size=1, max_size=200),
    st.sampled_from(
        [
            "yes", "null", "~", "1e3", "0x1F", "2023-03-19", "12:30", "- item", "# not a comment", "a: b", "a #b", "'",
            '"', "“quoted” and 'more'", "&anchor", "*alias", "!!python/object:os.system", "{a: b}", "[a]", "%TAG",
            "|", ">", "  leading", "trailing  ", "\ttab", "two\nlines", "end\n", "\n\nstart", "a\n\n\nb", "a\n  b\n c",
            "🧭 emoji", "שלום עולם", "\u200fمرحبا", "a" * 300, "word " * 60 + "end", "…", "=", "a:", "\\n", "\x85",
            "@at", "`x`", "\u2028x", "one, two]", "a}",
        ]
    ),
)  # fmt: skip
"""What someone may type into a field; YAML reads much of it as something else."""

PIECE = """\
  # Above.
  - id: P1
    kind: choice  # of three
    title: 'A title'
    prompt: >-
      A long question that is folded over
      two lines, as people write them.

    context: |
      First line.
      Second line.
    cards: [K1, "K2"]
    options:
      - {id: a, text: "One"}
      # The second.
      - {id: b, text: Two}
    key:
      options:
        a: {weight: 1.0, why: Because.}
        b:
          weight: 0.5   # defensible
          why: Not quite.
"""


def changed_lines(before: str, after: str) -> list[str]:
    """Return the lines that differ, with their signs."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))
    return [line for line in lines[2:] if not line.startswith("@@")]


@pytest.mark.parametrize("path", TASK_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_file_that_is_read_and_not_changed_is_the_same(path: Path) -> None:
    """Cutting a task file of the course into entries and putting it together gives it back byte for byte."""
    text = path.read_text(encoding="utf-8")
    file = EntryFile.read(text, path.name)
    assert file.text == text
    for name in file.ids:
        assert file.put(name, as_in_file(file.data(name), as_json(file.data(name)))).text == text


@pytest.mark.parametrize("name", LISTS)
def test_cards_and_sources_are_the_same(name: str) -> None:
    """The files of cards and sources come back byte for byte, too."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert EntryFile.read(text, name, under="", id_field=LISTS[name]).text == text


@pytest.mark.parametrize("path", TASK_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_one_text_changes_only_its_lines(path: Path) -> None:
    """Another question in a task changes no line but those of the old question."""
    text = path.read_text(encoding="utf-8")
    file = EntryFile.read(text, path.name)
    for name in (file.ids[0], file.ids[-1]):
        old = file.data(name)
        result = file.put(name, {**old, "prompt": NEW_WORDS})
        assert read(result.text)["tasks"][file.place(name)]["prompt"] == NEW_WORDS
        removed = " ".join(line[1:].strip() for line in changed_lines(text, result.text) if line.startswith("-"))
        words = removed.removeprefix("prompt:").strip().removeprefix(">-").removeprefix("|").split()
        assert " ".join(words).strip("'\"") == " ".join(old["prompt"].split())


def test_comments_order_quotation_marks_and_blocks_stay() -> None:
    """A number deep in a key changes one line, and keeps the comment on it."""
    data = read(PIECE)
    changed = copy.deepcopy(data)
    changed[0]["key"]["options"]["b"]["weight"] = 0
    result = merge(PIECE, changed)
    assert changed_lines(PIECE, result) == [
        "-          weight: 0.5   # defensible",
        "+          weight: 0     # defensible",
    ]


def test_a_new_option_leaves_the_others_as_they_are() -> None:
    """An option that is put between two others adds lines, and changes none."""
    changed = read(PIECE)
    changed[0]["options"].insert(1, {"id": "c", "text": "Between"})
    changed[0]["key"]["options"] |= {"c": {"weight": 0, "why": "No."}}
    result = merge(PIECE, changed)
    assert read(result) == changed
    assert [line for line in changed_lines(PIECE, result) if line.startswith("-")] == []
    assert "# The second.\n" in result


def test_a_long_text_takes_the_style_of_the_one_it_replaces() -> None:
    """A folded question stays folded, with lines that fit."""
    changed = read(PIECE)
    changed[0]["prompt"] = "word " * 50 + "end"
    result = merge(PIECE, changed)
    assert "    prompt: >-\n" in result
    assert max(map(len, result.splitlines())) <= 120


@example(typed="\x1f\n", field="title")
@given(typed=TYPED, field=st.sampled_from(["title", "prompt", "context"]))
def test_what_is_typed_comes_back(typed: str, field: str) -> None:
    """Whatever someone types into a field is read again exactly so, and as a text."""
    changed = read(PIECE)
    changed[0][field] = typed
    changed[0]["options"][1]["text"] = typed
    changed[0]["key"]["options"]["a"]["why"] = typed
    changed[0]["hints"] = [typed, "More."]
    result = merge(PIECE, changed)
    assert read(result) == changed
    assert "!!python" not in result.replace(typed, "")
    assert "# Above." in result


@settings(max_examples=40)
@given(typed=TYPED)
def test_what_is_typed_into_a_file_leaves_all_other_tasks(typed: str) -> None:
    """In a task file of the course, the lines of all other tasks stay, whatever is typed into one."""
    path = ROOT / "lessons/quizzes/taster.yml"
    file = EntryFile.read(path.read_text(encoding="utf-8"), path.name)
    name = file.ids[1]
    result = file.put(name, {**file.data(name), "title": typed})
    again = EntryFile.read(result.text, path.name)
    assert again.data(name)["title"] == typed
    assert [block.text for block in again.blocks if block.data["id"] != name] == [
        block.text for block in file.blocks if block.data["id"] != name
    ]


def test_data_from_a_browser_is_the_data_of_the_file() -> None:
    """JSON has no numbers as names, no days, and one kind of number; names that are numbers lose their order."""
    old: dict[str, Any] = {"as_of": date(2023, 3, 19), "levels": {2: "b", 1: "a"}, "w": 1.0, "n": 3, "flag": True}
    new = {"as_of": "2023-03-19", "levels": {"1": "a", "2": "b"}, "w": 1, "n": 3, "flag": True}
    result = as_in_file(old, new)
    assert result == old
    assert list(result["levels"]) == [2, 1]
    assert isinstance(result["w"], float)


@pytest.mark.parametrize(
    "text",
    ["tasks:\n  - &a {id: P1, kind: choice}\n  - {<<: *a, id: P2}\n", "tasks: [{id: P1}]\n", "tasks:\n  - id: [\n"],
)
def test_what_cannot_be_changed_entry_by_entry_is_refused(text: str) -> None:
    """A file in which an entry points at another, or that is no list of lines, is refused with its name."""
    with pytest.raises(EntryFileError, match=r"quiz\.yml"):
        EntryFile.read(text, "quiz.yml")
