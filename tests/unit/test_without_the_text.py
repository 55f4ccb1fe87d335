"""The paper without the text: what it prints, and what answers to it earn."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "without_the_text.py"
BANK = """
schema: copydesk/bank/1
course: toy
lesson: 02-ferry
title: How many?
purpose: practice
keyed_by: one careful reading
tasks:
  - id: Q1
    kind: choice
    title: The ferry
    prompt: What does the notice allow you to say?
    context: The office says that two ferries were seen.
    options: [{id: a, text: Two ferries ran.}, {id: b, text: The office reports two.}, {id: c, text: Three ran.}]
    key: {options: {a: {weight: 0, why: x}, b: {weight: 1, why: x}, c: {weight: 0, why: x}}}
  - id: P1
    kind: sort
    title: Said or seen
    prompt: Sort the sentences.
    context: One of them stands in the notice.
    items: [{id: i, text: the first}, {id: j, text: the second}]
    classes: [{id: s, text: Said}, {id: t, text: Seen}]
    key: {items: {i: {weights: {s: 1}, why: x}, j: {weights: {t: 1}, why: x}}}
  - id: P2
    kind: order
    title: The way of a notice
    prompt: Put the steps in order.
    items: [{id: i, text: printed}, {id: j, text: read}, {id: k, text: forgotten}]
    first: first
    last: last
    key: {ranks: [[i], [j], [k]], why: {i: x, j: x, k: x}}
  - id: V1
    kind: verdict
    title: The quay
    prompt: Which verdict?
    claim: Two ferries lay at the quay.
    as_of: 9 October
    cards: [K-X-LOG]
    qualifications: [{id: one, text: one of them small}]
    key:
      support:
        supported: {weight: 1, why: x}
        qualified: {weight: 0, why: x}
        not-established: {weight: 0, why: x}
        contradicted: {weight: 0, why: x}
        not-checkable: {weight: 0, why: x}
      qualifications: {one: {weight: 0, why: x}}
      decisive: {K-X-LOG: x}
  - id: P3
    kind: spans
    title: Marks
    prompt: Mark the source.
    passages: [{id: A, text: The office says so.}]
    labels: [{id: source, text: Source, key: s}]
    key: {labels: {source: [{passage: A, quote: The office, why: x}]}}
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a course with one lesson of practice."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    (tmp_path / "lessons" / "quizzes").mkdir(parents=True)
    (tmp_path / "lessons" / "quizzes" / "02-ferry.yml").write_text(BANK, encoding="utf-8")
    return tmp_path


def run(course: Path, *options: str) -> str:
    """Run the tool on a course, and return what it prints."""
    command = [sys.executable, str(TOOL), *options, "--seed", "3", "--root", str(course)]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def printed(course: Path, *options: str) -> str:
    """Return a paper."""
    run(course, "paper", "--out", str(course / "paper.md"), *options)
    return (course / "paper.md").read_text(encoding="utf-8")


def test_the_paper_has_every_question_and_no_text(course: Path) -> None:
    """Four of the five tasks have options; passages stand in it only where they are asked for."""
    paper = printed(course)
    assert paper.count("\n## ") == 4
    assert "The office reports two." in paper
    assert "were seen" not in paper
    assert "were seen" in printed(course, "--with-text")


def answers(course: Path) -> dict[str, str]:
    """Return the right answers, by the title of the question, read off the paper by a person's rules."""
    right = {"The ferry": ["The office reports two."], "The way of a notice": ["printed", "read", "forgotten"]}
    found = {}
    for part in printed(course).split("\n## ")[1:]:
        number, _, title = part.splitlines()[0].partition(". ")
        letters = {line[5:]: line[2] for line in part.splitlines() if line.startswith("- ")}
        items = [line.partition(". ")[2] for line in part.splitlines()[1:] if line[:1].isdigit()]
        sorted_letters = "".join("a" if item == "the first" else "b" for item in items)
        chosen = "".join(letters[text] for text in right.get(title, []))
        found[number] = "a/-/a" if title == "The quay" else chosen or sorted_letters
    return found


def test_right_answers_earn_all_and_none_earn_nothing(course: Path) -> None:
    """The table says so by lesson, with the credit that lots would earn."""
    sheet = course / "answers.txt"
    sheet.write_text("\n".join(f"{number}: {answer}" for number, answer in answers(course).items()), encoding="utf-8")
    assert "| 02-ferry, practice | 4 | 1.00 |" in run(course, "score", str(sheet))
    sheet.write_text("no answer\n", encoding="utf-8")
    assert "| 02-ferry, practice | 4 | 0.00 |" in run(course, "score", str(sheet))
