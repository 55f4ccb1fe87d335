"""Makes what the class report's page shows of sections, of groups, and of the forms statement by statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import quote

from copydesk.grading.files.csv_files import safe_cell
from copydesk.grading.report.people import large_sections, section_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from copydesk.grading.report.people import People

MOST_GROUPS = 50
"""How many groups of a lesson the page shows; the table in the folder has all."""

Row = dict[str, Any]


class SectionPage(TypedDict):
    """A section with a report of its own, and the address of that."""

    name: str
    address: str


class LessonRows(TypedDict):
    """The rows of a lesson's table."""

    title: str
    rows: list[Row]


class SectionsView(TypedDict):
    """The sections in each lesson, and the pages of the large ones."""

    lessons: list[LessonRows]
    pages: list[SectionPage]


class LessonGroups(TypedDict):
    """The groups in a lesson: how many with one submission, several or none, and those worth a look."""

    title: str
    groups: int
    one: int
    several: int
    none: int
    rows: list[Row]
    more: int


class StatementRow(TypedDict):
    """A template of a statement, with the statement of each form, if it was answered."""

    template: str
    cells: list[Row | None]


class StatementsView(TypedDict):
    """The statements of the forms side by side."""

    forms: list[str]
    rows: list[StatementRow]


def sections_view(frame: pd.DataFrame, people: People | None, titles: Mapping[str, str]) -> SectionsView | None:
    """Return the sections of each lesson, in the order of their names; None if no list has sections."""
    if frame.empty or people is None:
        return None
    pages = [_section_page(section) for section in large_sections(people.sections)]
    lessons: list[LessonRows] = []
    for lesson, rows in _by_lesson(frame):
        lessons.append({"title": titles[lesson], "rows": rows})
    return {"lessons": lessons, "pages": pages}


def _section_page(section: str) -> SectionPage:
    return {"name": safe_cell(section), "address": quote(section_page(section))}


def groups_view(frame: pd.DataFrame, titles: Mapping[str, str]) -> list[LessonGroups]:
    """Return the groups of each lesson for which groups submitted."""
    views: list[LessonGroups] = []
    for lesson, rows in _by_lesson(frame):
        worth_a_look = [row for row in rows if not _is_as_planned(row)]
        submissions = [row["submissions"] for row in rows]
        views.append(
            {
                "title": titles[lesson],
                "groups": len(rows),
                "one": submissions.count(1),
                "none": submissions.count(0),
                "several": len(rows) - submissions.count(1) - submissions.count(0),
                "rows": worth_a_look[:MOST_GROUPS],
                "more": max(len(worth_a_look) - MOST_GROUPS, 0),
            }
        )
    return views


def _is_as_planned(row: Row) -> bool:
    """Return whether a group has one submission, and all members have its mark."""
    return bool(row["submissions"] == 1 and row["submitted"] == row["members"] and row["alone"] == 0)


def statements_view(frame: pd.DataFrame) -> StatementsView | None:
    """Return the statements template by template, a column for each form; None if only one form was answered."""
    rows = _rows(frame.dropna(subset=["share"]))
    forms = sorted({row["form"] for row in rows})
    if len(forms) == 1 or not forms:
        return None
    cells = {(row["template"], row["form"]): row for row in rows}
    view: StatementsView = {"forms": forms, "rows": []}
    for template in sorted({row["template"] for row in rows}):
        view["rows"].append({"template": template, "cells": [cells.get((template, form)) for form in forms]})
    return view


def _by_lesson(frame: pd.DataFrame) -> Iterable[tuple[str, list[Row]]]:
    """Yield each lesson with its rows."""
    for lesson, rows in frame.groupby("lesson", sort=False):
        yield str(lesson), _rows(rows)


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a table, by column name."""
    names = list(map(str, frame.columns))
    return [dict(zip(names, values, strict=True)) for values in frame.itertuples(index=False, name=None)]
