"""The one screen of ``copydesk class status``: a line a lesson, who still has to mark what, and what to do next."""

from __future__ import annotations

from collections import defaultdict
from shlex import quote
from typing import TYPE_CHECKING

from rich.table import Table

from copydesk.text import t
from copydesk.text.lists import first_names, name_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from copydesk.grading.class_file.reading import ClassSettings
    from copydesk.grading.run.class_status import Filled, LessonStatus

COLUMNS = ("lesson", "due", "in_time", "late", "missing", "by_hand", "to_mark")
MOST_ACTIONS = 3


def status_table(settings: ClassSettings, statuses: Sequence[LessonStatus]) -> Table:
    """Return a table with a row for each lesson; times are on the clock of the class."""
    table = Table(title=settings.file.name, title_justify="left", box=None, pad_edge=False)
    for name in COLUMNS:
        is_number = name not in {"lesson", "due"}
        table.add_column(t(f"class_screen.{name}"), justify="right" if is_number else "left", no_wrap=True)
    for status in statuses:
        due = f"{status.due.astimezone(settings.zone):%Y-%m-%d %H:%M}" if status.due else ""
        counts = [str(len(names)) for names in status.learners.values()]
        to_mark = t("class_screen.of", count=status.unmarked, texts=status.texts) if status.texts else ""
        table.add_row(status.lesson, due, *counts, to_mark)
    return table


def status_lines(settings: ClassSettings, statuses: Sequence[LessonStatus]) -> Iterator[str]:
    """Yield who has how many texts left, what the platform has, and what to do next."""
    for status in statuses:
        for row in status.markers:
            if row.left:
                yield t("class_screen.marker", lesson=status.lesson, marker=row.marker, left=row.left, texts=row.texts)
    by_export: defaultdict[str, list[Filled]] = defaultdict(list)
    for status in statuses:
        for filled in status.filled:
            by_export[filled.export].append(filled)
    for export, rows in by_export.items():
        yield _filled_line(export, rows)
    actions = list(_actions(settings, statuses))
    for action in actions[:MOST_ACTIONS]:
        yield t("class_screen.next", action=action)
    if not actions:
        yield t("class_screen.nothing")


def name_lines(status: LessonStatus) -> Iterator[str]:
    """Yield the names of the learners of one lesson, by state, with their numbers."""
    total = 0
    for state, names in status.learners.items():
        total += len(names)
        key = state.replace(" ", "_")
        yield t("class_screen.names", state=t(f"class_screen.{key}"), count=len(names), names=name_list(names) or "-")
    yield t("class_screen.total", lesson=status.lesson, count=total)


def _filled_line(export: str, rows: Sequence[Filled]) -> str:
    """Return how many marks a platform's file has, of all lessons together."""
    there = sum(row.there for row in rows)
    if any(row.results is None for row in rows):
        return t("class_screen.not_filled", export=export, there=f"{there:,}")
    results = sum(row.results or 0 for row in rows)
    return t("class_screen.filled", export=export, there=f"{there:,}", results=f"{results:,}")


def _actions(settings: ClassSettings, statuses: Sequence[LessonStatus]) -> Iterator[str]:
    """Yield what to do next, the most pressing first."""
    from copydesk.grading.files.result_names import GRADEBOOK  # noqa: PLC0415  (loads all of grading)

    if not (settings.results / GRADEBOOK).is_file():
        yield t("class_screen.grade_first")
    for status in statuses:
        waiting = [row for row in status.markers if row.left]
        if waiting:
            marker = waiting[0].marker
            yield t("class_screen.mark", lesson=status.lesson, marker=quote(marker), left=waiting[0].left)
        elif status.unmarked and not status.markers:
            yield t("class_screen.begin_marking", lesson=status.lesson, count=status.unmarked)
        elif status.unmarked:
            yield t("class_screen.moderate", lesson=status.lesson, count=status.unmarked)
    behind = [status.lesson for status in statuses if any(_is_behind(filled) for filled in status.filled)]
    if behind:
        yield t("class_screen.upload", lessons=name_list(first_names(behind, MOST_ACTIONS)))


def _is_behind(filled: Filled) -> bool:
    return filled.results is not None and filled.results > filled.there
