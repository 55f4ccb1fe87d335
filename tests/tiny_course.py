"""A course of one lesson about an invented quay, which tests may change; it has nothing that can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from copydesk.release.notebooks import NB, tidy, write_notebook

if TYPE_CHECKING:
    from pathlib import Path

LESSON = "01-quay"
QUIZ, TASKS = f"lessons/quizzes/{LESSON}.yml", f"solutions/tasks/{LESSON}.yml"
NOTEBOOK = f"lessons/{LESSON}.ipynb"
SENTENCES = ("The quay is shut.", "A spokesman blamed the wind.", "Nobody else was asked.")
FACTS = """\
id: quay
title: The quay
authors: [Ann Lee]
as_of: 2031-10-08
rights:
  statement: We wrote this text ourselves.
  publish: whole
"""
CHOICE = """\
  - id: {id}
    kind: choice
    group: {group}
    title: {title}
    prompt: {prompt}
    options:
      - id: a
        text: The spokesman.
      - id: b
        text: The wind.
    key:
      options:
        a:
          weight: 1
          why: He is the one who speaks.
        b:
          weight: 0
          why: The wind says nothing.
"""


def make_course(root: Path) -> Path:
    """Write the course into a folder, and return that folder."""
    for folder in ("seeds", "lessons/quizzes", "solutions/tasks"):
        (root / folder).mkdir(parents=True)
    write(root / "seeds/course.yml", FACTS)
    article = "\n\n".join(SENTENCES)
    write(root / "seeds/article.txt", article)
    sentences = []
    for number, text in enumerate(SENTENCES):
        start = article.index(text)
        kind = "body" if number else "title"
        about = {"id": f"S{number:02}", "start": start, "end": start + len(text), "text": text}
        sentences.append({**about, "paragraph": number, "kind": kind})
    write(root / "seeds/sentences.yml", yaml.safe_dump(sentences, sort_keys=False))
    practice = [("Q1", "warm-up", "Who speaks?"), ("Q2", "practice", "Who is blamed?"), ("Q3", "practice", "Who else?")]
    write(root / QUIZ, bank("practice", practice))
    write(root / TASKS, bank("graded", [("T1", "exercise", "Who says so?")]))
    lesson = ["# 01 · The quay\n\nWhose words are these?", "## Warm-up", "desk.quiz('warm-up')"]
    lesson += ["## Practice", "desk.quiz('practice')", "desk.progress()"]
    exercise = ["# 01 · The quay · Exercise\n\nNow alone.", "desk.tasks()", "desk.submit()"]
    write_cells(root / NOTEBOOK, lesson)
    write_cells(root / f"solutions/{LESSON}.ipynb", exercise)
    return root


def bank(purpose: str, tasks: list[tuple[str, str, str]]) -> str:
    """Return a file of choice tasks: the id, group and title of each."""
    head = {"schema": "copydesk/bank/1", "course": "quay", "lesson": LESSON, "title": "The quay"}
    head |= {"purpose": purpose, "keyed_by": "one reading"}
    lines = [yaml.safe_dump(head, sort_keys=False), "tasks:\n"]
    for task_id, group, title in tasks:
        lines.append(CHOICE.format(id=task_id, group=group, title=title, prompt=f"Read it again. {title}"))
    return "".join(lines)


def write_cells(path: Path, sources: list[str]) -> None:
    """Write a notebook that opens the lesson; what begins with "desk" is code."""
    cells = [NB.v4.new_code_cell(f'import copydesk\n\ndesk = copydesk.open("{LESSON}")')]
    for source in sources:
        make = NB.v4.new_code_cell if source.startswith("desk") else NB.v4.new_markdown_cell
        cells.append(make(source))
    cells.insert(0, cells.pop(1))  # the heading comes first
    path.write_bytes(write_notebook(tidy(NB.v4.new_notebook(cells=cells), path.stem)))


def write(path: Path, text: str) -> None:
    """Write a file as a text editor would on any system."""
    path.write_text(text, encoding="utf-8", newline="\n")


def replace(path: Path, old: str, new: str) -> None:
    """Change a text in a file, as an author does who saves it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    write(path, text.replace(old, new, 1))
