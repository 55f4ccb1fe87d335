"""Writes the class report: one HTML page that runs nothing and names nobody, and its numbers as CSV files."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from markupsafe import Markup

from copydesk.grading.files.csv_files import cell, csv_text
from copydesk.grading.files.pages import environment
from copydesk.grading.files.result_names import REPORT, TABLES
from copydesk.grading.submissions.record import Identity
from copydesk.measures import LEAST_IN_BAND, LEAST_IN_CLASS, suspicion
from copydesk.text import language, t
from copydesk.text.numbers import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas as pd
    from jinja2 import Template
    from matplotlib.figure import Figure

    from copydesk.grading.report.counts import Layout
    from copydesk.grading.report.discernment import Comparison
    from copydesk.grading.report.tables import Class, Line

GENERATOR = "Copy Desk class report"
TOO_FEW = "too few"
"""What stands in a CSV file in place of a number below ten submissions; the page says it in its language."""

ADVICE = ("explain", "discuss", "move-on")
Row = dict[str, Any]
"""A row of a table, by the names of its columns."""
Kept = Mapping[Identity, bytes]
"""What is kept of each submission that counts, by who submitted what."""


class AdvisedItems(TypedDict):
    """The items with one piece of advice."""

    name: str
    items: list[Row]


class ChoiceGroup(TypedDict):
    """An item of a task, how many answered it, and what was chosen how often."""

    text: str
    rows: list[Row]
    answered: object


class ChoicesView(TypedDict):
    """A task with its items."""

    task: str
    title: str
    groups: list[ChoiceGroup]


class StripView(TypedDict):
    """A label in a passage, word by word and in words."""

    passage: object
    label: object
    words: list[Row]
    summary: object


class StripsView(TypedDict):
    """A marking task with the strips worth showing."""

    task: object
    title: str
    strips: list[StripView]


class LessonView(TypedDict):
    """What the page shows of one lesson; of too few learners only how many they are."""

    slug: str
    title: str
    count: int
    older: int
    keyed_by: str
    enough: bool
    advice: NotRequired[list[AdvisedItems]]
    tasks: NotRequired[list[Row]]
    points: NotRequired[Markup | None]
    items: NotRequired[list[Row]]
    dots: NotRequired[Markup | None]
    choices: NotRequired[list[ChoicesView]]
    strips: NotRequired[list[StripsView]]
    reliability: NotRequired[Markup | None]
    judgements: NotRequired[list[Row]]
    evidence: NotRequired[list[Row]]


class BeforeAfterView(TypedDict):
    """Discernment before and after; of too few learners only how many they are."""

    learners: int
    enough: bool
    rows: list[Row]
    picture: NotRequired[Markup | None]
    warnings: NotRequired[Sequence[str]]
    before: NotRequired[Row]
    after: NotRequired[Row]


def report(kept: Kept, layouts: Mapping[str, Layout]) -> dict[str, str]:
    """Return the files of a class report by name, below the output folder.

    Their bytes depend on what was submitted alone, not on its order.
    """
    from copydesk.grading.report.discernment import compare, has_form  # noqa: PLC0415  (loads pandas)
    from copydesk.grading.report.tables import HEADS, Class, tables  # noqa: PLC0415  (loads pandas)

    lessons = sorted({lesson for _, _, lesson in kept})
    classes = [Class(layouts[name], (data for who, data in kept.items() if who[2] == name)) for name in lessons]
    formed = [name for name in lessons if has_form(layouts[name].bank)]
    acceptance = {}
    for name in formed:
        if (first := layouts[name].bank.baseline) in formed:
            acceptance = compare(layouts[first], layouts[name], _pairs(kept, first, name))
    found = tables(classes, acceptance)
    files = {f"{TABLES}/{name}.csv": _csv(HEADS[name], found[name]) for name in HEADS}
    frames = {name: _frame(HEADS[name], found[name]) for name in HEADS}
    return {REPORT: page(classes, frames, acceptance), **files}


def file_names() -> list[str]:
    """Return the names of all files of a class report, below the output folder."""
    from copydesk.grading.report.tables import HEADS  # noqa: PLC0415  (loads pandas)

    return [REPORT, *(f"{TABLES}/{name}.csv" for name in HEADS)]


def _pairs(kept: Kept, first: str, last: str) -> list[tuple[bytes, bytes]]:
    """Return what the same learner submitted for two lessons; the name of a file says nothing about that."""
    learners = [who[:2] for who in kept if who[0] != "file" and who[2] == last]
    return [(kept[*who, first], kept[*who, last]) for who in learners if (*who, first) in kept]


def page(classes: Sequence[Class], frames: Mapping[str, pd.DataFrame], acceptance: Comparison) -> str:
    """Return the page: complete HTML, with the numbers of the tables beside it."""
    return _template().render(
        generator=GENERATOR,
        language=language(),
        least=LEAST_IN_CLASS,
        submissions=sum(len(each) for each in classes),
        lessons=[_lesson(each, frames) for each in classes],
        before_after=_before_after(frames["discernment"], acceptance),
    )


@cache
def _template() -> Template:
    found = environment().overlay()
    found.filters = {**found.filters, "percent": _percent, "decimals": _decimals}
    return found.get_template("report/report.html.j2")


def _frame(heads: Sequence[str], lines: Iterable[Line]) -> pd.DataFrame:
    """Return a table of the report with the values that its CSV file has, so that page and file say the same."""
    import pandas as pd  # noqa: PLC0415  (loads only where there is a report)

    return pd.DataFrame([[_value(line[head]) for head in heads] for line in lines], columns=list(heads))


def _value(value: object) -> str | float:
    """Return what a cell says; missing (NaN) where it is empty or says "too few"."""
    if value is None or value == "":
        return math.nan
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, bool):
        return value
    found = float(number(float(str(value))))
    return int(found) if found.is_integer() else found


def _csv(heads: Sequence[str], lines: Iterable[Line]) -> str:
    return csv_text([heads, *([_cell(line[head]) for head in heads] for line in lines)])


def _cell(value: object) -> str:
    if value is None:
        return TOO_FEW
    return (
        cell(value) if isinstance(value, str) else str(value) if isinstance(value, bool) else number(float(str(value)))
    )


def _is_number(value: object) -> bool:
    return isinstance(value, float | int) and value == value  # noqa: PLR0124  (a missing number is not itself)


def _percent(value: object) -> str:
    """Return a share in per cent, or that there are too few."""
    return f"{value:.0%}" if _is_number(value) else t("report.too_few")


def _decimals(value: object, signed: bool = False) -> str:
    """Return a number with two decimals and a real minus sign, or a dash where there is none."""
    if not _is_number(value):
        return "\N{EN DASH}"
    return format(value, "+.2f" if signed else ".2f").replace("-", "\N{MINUS SIGN}")


def _lesson(each: Class, frames: Mapping[str, pd.DataFrame]) -> LessonView:
    """Return what the page shows of one lesson."""
    own = {name: frame[frame["lesson"] == each.bank.lesson] for name, frame in frames.items() if "lesson" in frame}
    view: LessonView = {
        "slug": each.bank.lesson,
        "title": each.bank.name,
        "count": len(each),
        "older": each.older,
        "keyed_by": each.bank.keyed_by,
        "enough": each.is_large_enough,
    }
    if not each.is_large_enough:
        return view
    from copydesk import figures  # noqa: PLC0415  (loads matplotlib)

    titles = {entry.task.id: entry.task.title for entry in each.bank.tasks}
    points, items, sure = own["tasks"], own["items"], own["confidence"]
    ordered = items.sort_values("right", kind="stable")
    bands = sure[sure["band"] != "all"]
    return {
        **view,
        "advice": [{"name": name, "items": _rows(ordered[ordered["advice"] == name])} for name in ADVICE],
        "tasks": _rows(points),
        "points": _picture(figures.class_points, figures.describe_class_points, points.dropna(subset=["mean_points"])),
        "items": _rows(items),
        "dots": _picture(figures.class_items, figures.describe_class_items, items.dropna(subset=["right"])),
        "choices": _choices(each, own["choices"], titles),
        "strips": _strips(own["words"], titles),
        "reliability": _reliability(bands),
        "judgements": _rows(sure[sure["band"] == "all"]),
        "evidence": _rows(own["evidence"]),
    }


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _picture(
    draw: Callable[[pd.DataFrame], Figure], describe: Callable[[pd.DataFrame], str], frame: pd.DataFrame
) -> Markup | None:
    """Return a figure as an image with its alternative text; nothing where there is nothing to draw."""
    from copydesk.figures import show  # noqa: PLC0415  (loads matplotlib)

    if frame.empty:
        return None
    return Markup(show(draw(frame), alt=describe(frame)).to_html())  # noqa: S704  (a picture escapes its own text)


def _reliability(bands: pd.DataFrame) -> Markup | None:
    from copydesk import figures  # noqa: PLC0415  (loads matplotlib)

    def draw(frame: pd.DataFrame) -> Figure:
        figure = figures.reliability(frame)
        figure.axes[0].set(xlabel=t("report.confidence.x"))
        return figure

    known = bands.dropna(subset=["count"])
    frame = known.assign(band=known["band"].astype(int), enough=known["count"] >= LEAST_IN_BAND).set_index("band")
    return _picture(draw, figures.describe_reliability, frame)


def _choices(each: Class, frame: pd.DataFrame, titles: Mapping[str, str]) -> list[ChoicesView]:
    """Return for each task its items, and for each of these what was chosen and how often."""
    asked = {
        (entry.task.id, item.id): item.text for entry in each.bank.tasks for item in getattr(entry.task, "items", ())
    }
    views: list[ChoicesView] = []
    for task, lines in groupby(_rows(frame), key=lambda row: str(row["task"])):
        groups: list[ChoiceGroup] = []
        for item, rows in groupby(lines, key=lambda row: str(row["item"])):
            given = list(rows)
            known = t(f"report.part.{item}") if item in {"support", "qualification", "cards"} else ""
            shown = [row for row in given if row["weight"] or row["count"] != 0]
            text = asked.get((task, item), known)
            groups.append({"text": text, "rows": shown, "answered": given[0]["answered"]})
        views.append({"task": task, "title": titles[task], "groups": groups})
    return views


def _strips(frame: pd.DataFrame, titles: Mapping[str, str]) -> list[StripsView]:
    """Return for each marking task the strips worth showing, word by word, and each in words."""
    from copydesk.figures import strips_of, summary_of  # noqa: PLC0415  (loads matplotlib)

    views: list[StripsView] = []
    for task, rows in frame.groupby("task", sort=False):
        strips: list[StripView] = [
            {"passage": passage, "label": label, "words": _rows(words), "summary": summary_of(words)}
            for (passage, label), words in strips_of(rows)
        ]
        if strips:
            views.append({"task": task, "title": titles[str(task)], "strips": strips})
    return views


def _before_after(frame: pd.DataFrame, acceptance: Comparison) -> BeforeAfterView | None:
    """Return discernment before and after, with plain warnings; nothing where one of the two forms is missing."""
    if not acceptance:
        return None
    learners = acceptance["before"][0]
    view: BeforeAfterView = {"learners": learners, "enough": learners >= LEAST_IN_CLASS, "rows": _rows(frame)}
    if view["enough"]:
        from copydesk import figures  # noqa: PLC0415  (loads matplotlib)

        view["picture"] = _picture(figures.class_discernment, figures.describe_class_discernment, frame)
        view["warnings"] = suspicion(acceptance["before"][1], acceptance["after"][1])
        view["before"], view["after"] = view["rows"]
    return view
