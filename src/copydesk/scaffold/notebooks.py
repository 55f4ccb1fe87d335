"""The notebooks of a new course: a lesson, and the solution from which its exercise is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.kinds.stubs import unwritten
from copydesk.release.notebooks import BEGIN, BLANK, END, FOR_LAB, NB, OPENS, tidy, write_notebook
from copydesk.scaffold.banks import NOTE
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nbformat import NotebookNode

FOLDED, KEYED = "hide-input", "solution"
SHOWN_SENTENCES = 3


def lesson_notebook(slug: str, name: str, exercise: str, sentences: Sequence[str]) -> bytes:
    """Return the notebook of a lesson; ``sentences`` are the ids of all sentences, ``exercise`` is the exercise's name.

    It shows groups of tasks, so that a task is added in the task file alone.
    """
    shown = ", ".join(f'"{sentence}"' for sentence in sentences[:SHOWN_SENTENCES])
    cells = [
        _markdown(f"# {name}", unwritten(t("scaffold.lesson.aim")), t("scaffold.lesson.unmarked")),
        _markdown(t("scaffold.lesson.lab"), tag=FOR_LAB),
        _code(f'import copydesk\n\ndesk = {OPENS}"{slug}")'),
        _section(t("scaffold.lesson.warm_up"), unwritten(t("scaffold.lesson.warm_up.text"))),
        _code('desk.quiz("warm-up")'),
        _code("desk.progress()"),
        _section(t("scaffold.lesson.first_look"), unwritten(t("scaffold.lesson.first_look.text"))),
        _code(f"desk.passage({shown})"),
        _markdown(t("scaffold.lesson.whole")),
        _code("desk.read()"),
        _section(t("scaffold.lesson.practice"), unwritten(t("scaffold.lesson.practice.text"))),
        _code('desk.quiz("practice")'),
        _section(t("scaffold.lesson.notes"), t("scaffold.lesson.notes.text")),
        _code(f'desk.task("{NOTE}")'),
        _section(t("scaffold.lesson.safe"), unwritten(t("scaffold.lesson.safe.text"))),
        _section(t("scaffold.next")),
        _code("desk.finish()"),
        _markdown(t("scaffold.lesson.to_exercise", link=f"[{exercise}](../exercises/{slug}.ipynb)")),
    ]
    return _notebook(cells, slug)


def solution_notebook(slug: str, name: str, exercise: str) -> bytes:
    """Return the notebook of an exercise with its solution; ``name`` is the lesson's name, ``exercise`` its own."""
    opening = [
        "import copydesk",
        "",
        BEGIN,
        f'desk = {OPENS}"{slug}", solution=True)',
        BLANK,
        f'# desk = {OPENS}"{slug}")',
        END,
    ]
    lesson = f"[{name}](../lessons/{slug}.ipynb)"
    cells = [
        _markdown(f"# {exercise}", unwritten(t("scaffold.exercise.aim")), t("scaffold.exercise.lesson", link=lesson)),
        _markdown(t("scaffold.lesson.lab"), tag=FOR_LAB),
        NB.v4.new_code_cell("\n".join(opening)),
        _code("desk.progress()"),
        _section(t("scaffold.exercise.tasks"), t("scaffold.exercise.graded")),
        _code("desk.tasks()"),
        NB.v4.new_code_cell("desk.solve()", metadata={"tags": [KEYED]}),
        _section(t("scaffold.exercise.submit"), t("scaffold.exercise.submit.text")),
        _code("desk.submit()"),
        _section(t("scaffold.next"), t("scaffold.exercise.to_lesson", link=lesson)),
    ]
    return _notebook(cells, slug)


def _notebook(cells: list[NotebookNode], slug: str) -> bytes:
    return write_notebook(tidy(NB.v4.new_notebook(cells=cells), slug))


def _markdown(*parts: str, tag: str = "") -> NotebookNode:
    """Return a cell of paragraphs."""
    cell: NotebookNode = NB.v4.new_markdown_cell("\n\n".join(parts), metadata={"tags": [tag]} if tag else {})
    return cell


def _section(title: str, *parts: str) -> NotebookNode:
    """Return a cell with a heading, and paragraphs below it."""
    return _markdown(f"## {title}", *parts)


def _code(source: str, *tags: str) -> NotebookNode:
    """Return a cell that only shows something, so that its code is folded."""
    cell: NotebookNode = NB.v4.new_code_cell(source, metadata={"tags": [FOLDED, *tags]})
    return cell
