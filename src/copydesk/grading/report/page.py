"""Writes the class report: one HTML page that runs nothing and names no one, and its numbers as CSV files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from markupsafe import Markup

from copydesk.grading.files.pages import environment
from copydesk.grading.files.result_names import REPORT, TABLES
from copydesk.grading.files.safe_text import visible_text
from copydesk.grading.report.drawings import picture
from copydesk.grading.report.people import large_sections, section_page
from copydesk.grading.report.people_view import StatementsView, groups_view, sections_view, statements_view
from copydesk.grading.report.table_files import table_frame, table_text
from copydesk.grading.submissions.record import Identity
from copydesk.kinds.table import kind_of
from copydesk.measures import LEAST_IN_BAND, LEAST_IN_CLASS
from copydesk.text import language, t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd
    from jinja2 import Template
    from matplotlib.figure import Figure

    from copydesk.course.bank import Bank
    from copydesk.grading.report.counts import Layout
    from copydesk.grading.report.discernment import FormComparison
    from copydesk.grading.report.people import People
    from copydesk.grading.report.tables import Class

GENERATOR = "Copy Desk class report"
ADVICE = ("explain", "discuss", "move-on")
PARTS = frozenset({"support", "qualification", "cards"})
"""The parts of a verdict, which are not items of a task."""

Row = dict[str, Any]
"""A row of a table, by column name."""

PackedCounts = Mapping[Identity, bytes]
"""The packed counts of each submission that counts, by who submitted what."""


class AdvisedItems(TypedDict):
    """The items with one piece of advice."""

    name: str
    items: list[Row]


class ChoiceGroup(TypedDict):
    """An item of a task, how many answered it, and how often each choice was made."""

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
    """What the page shows of one lesson; for too few learners, only how many there are."""

    slug: str
    title: str
    count: int
    older: int
    has_twins: bool
    keyed_by: str
    enough: bool
    advice: NotRequired[list[AdvisedItems]]
    tasks: NotRequired[list[Row]]
    points: NotRequired[Markup | None]
    items: NotRequired[list[Row]]
    dots: NotRequired[Markup | None]
    choices: NotRequired[list[ChoicesView]]
    strips: NotRequired[list[StripsView]]
    wordings: NotRequired[list[Row]]
    reliability: NotRequired[Markup | None]
    judgements: NotRequired[list[Row]]
    evidence: NotRequired[list[Row]]
    twins: NotRequired[list[Row]]


class ChangeView(TypedDict):
    """What changed between two forms, among those who answered both, with plain warnings."""

    first: Row
    last: Row
    enough: bool
    warnings: Sequence[str]


class FormsView(TypedDict):
    """Discernment on each form of the baseline; for too few learners, only how many there are."""

    rows: list[Row]
    timed: list[Row]
    statements: StatementsView | None
    older: int
    enough: bool
    picture: Markup | None
    changes: list[ChangeView]


def report_files(
    packed: PackedCounts, layouts: Mapping[str, Layout], people: People | None = None, *, section: str = ""
) -> dict[str, str]:
    """Return the files of a class report by name, below the output folder.

    Their bytes depend only on what was submitted, not on its order. ``people`` are the learners on a list, if there is
    one. With ``section``, ``packed`` has the submissions of that section alone, and its page is the only file.
    """
    from copydesk.grading.report.discernment import compare_forms  # noqa: PLC0415  (loads pandas)
    from copydesk.grading.report.tables import HEADS, Class, tables  # noqa: PLC0415

    by_lesson: defaultdict[str, list[bytes]] = defaultdict(list)
    for (_, _, lesson), counts in packed.items():
        by_lesson[lesson].append(counts)
    lessons = sorted(by_lesson)
    classes = [Class(layouts[lesson], by_lesson[lesson]) for lesson in lessons]
    comparison = compare_forms({lesson: layouts[lesson] for lesson in lessons}, packed)
    lines = tables(classes, comparison, people)
    files: dict[str, str] = {}
    frames: dict[str, pd.DataFrame] = {}
    for name, heads in HEADS.items():
        frames[name] = table_frame(heads, lines[name])
        if not section:
            files[f"{TABLES}/{name}.csv"] = table_text(heads, lines[name])
    text = page(classes, frames, comparison, people=people, section=section)
    return {section_page(section) if section else REPORT: text, **files}


def section_reports(packed: PackedCounts, layouts: Mapping[str, Layout], people: People) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of the page of each section with at least ten learners: the report on them alone."""
    for section in large_sections(people.sections):
        yield from report_files(people.packed_of(section, packed), layouts, section=section).items()


def file_names() -> list[str]:
    """Return the names of all files of a class report, below the output folder."""
    from copydesk.grading.report.tables import HEADS  # noqa: PLC0415  (loads pandas)

    return [REPORT, *(f"{TABLES}/{name}.csv" for name in HEADS)]


def page(
    classes: Sequence[Class],
    frames: Mapping[str, pd.DataFrame],
    comparison: FormComparison,
    *,
    people: People | None = None,
    section: str = "",
) -> str:
    """Return the page: complete HTML, with the numbers of the tables beside it; a ``section`` is named on it."""
    titles = {learners.bank.lesson: learners.bank.name for learners in classes}
    lessons = [_lesson(learners, frames) for learners in classes]
    return _template().render(
        generator=GENERATOR,
        language=language(),
        least=LEAST_IN_CLASS,
        submissions=sum(len(learners) for learners in classes),
        lessons=lessons,
        forms_view=_forms(frames, comparison),
        sections_view=sections_view(frames["sections"], people, titles),
        groups_view=groups_view(frames["groups"], titles),
        section=section,
        section_name=Markup('<bdi translate="no">{}</bdi>').format(visible_text(section)),
        whole_report=f"../{REPORT}",
    )


@cache
def _template() -> Template:
    templates = environment().overlay()
    templates.filters = {**templates.filters, "percent": _percent, "decimals": _decimals, "points": _points}
    return templates.get_template("report/report.html.j2")


def _is_number(value: object) -> bool:
    return isinstance(value, float | int) and value == value  # noqa: PLR0124  (a missing number is not itself)


def _percent(value: object) -> str:
    """Return a share as a percentage, or that there are too few."""
    return f"{value:.0%}" if _is_number(value) else t("report.too_few")


def _points(value: float) -> str:
    """Return a difference of two shares in percentage points, with its sign."""
    return f"{round(100 * value):+d}".replace("-", "\N{MINUS SIGN}")


def _decimals(value: object, signed: bool = False) -> str:
    """Return a number to two decimals with a real minus sign, or a dash if there is none."""
    if not _is_number(value):
        return "\N{EN DASH}"
    return format(value, "+.2f" if signed else ".2f").replace("-", "\N{MINUS SIGN}")


def _lesson(learners: Class, frames: Mapping[str, pd.DataFrame]) -> LessonView:
    """Return the view of one lesson."""
    bank = learners.bank
    view: LessonView = {
        "slug": bank.lesson,
        "title": bank.name,
        "count": len(learners),
        "older": learners.older,
        "has_twins": learners.layout.has_twins,
        "keyed_by": bank.keyed_by,
        "enough": learners.is_large_enough,
    }
    if not learners.is_large_enough:
        return view
    from copydesk import figures  # noqa: PLC0415  (loads matplotlib)

    own = _frames_of(bank.lesson, frames)
    titles = {entry.task.id: entry.task.title for entry in bank.tasks}
    points, items, confidence = own["tasks"], own["items"], own["confidence"]
    is_all = confidence["band"] == "all"
    return {
        **view,
        "advice": _advice(items),
        "tasks": _rows(points),
        "points": _picture(figures.class_points, figures.describe_class_points, points.dropna(subset=["mean_points"])),
        "items": _rows(items),
        "dots": _picture(figures.class_items, figures.describe_class_items, items.dropna(subset=["right"])),
        "choices": _choices(bank, own["choices"], titles),
        "strips": _strips(own["words"], titles),
        "wordings": _rows(own["wordings"]),
        "reliability": _reliability(confidence[~is_all]),
        "judgements": _rows(confidence[is_all]),
        "evidence": _rows(own["evidence"]),
        "twins": _rows(own["twins"]),
    }


def _frames_of(lesson: str, frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the tables that have rows for each lesson, with the rows of this one."""
    own = {}
    for name, frame in frames.items():
        if "lesson" in frame:
            own[name] = frame[frame["lesson"] == lesson]
    return own


def _advice(items: pd.DataFrame) -> list[AdvisedItems]:
    """Return the questions for each piece of advice, the hardest first."""
    ordered = items.sort_values("right", kind="stable")
    return [{"name": name, "items": _rows(ordered[ordered["advice"] == name])} for name in ADVICE]


def _rows(frame: pd.DataFrame) -> list[Row]:
    rows = []
    for record in frame.to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        rows.append(row)
    return rows


def _picture(
    draw: Callable[[pd.DataFrame], Figure], describe: Callable[[pd.DataFrame], str], frame: pd.DataFrame
) -> Markup | None:
    """Return a figure as an image with its alternative text; None if there is nothing to draw."""
    if frame.empty:
        return None
    return Markup(picture(draw, describe, frame).to_html())  # noqa: S704  (a picture escapes its own text)


def _reliability(bands: pd.DataFrame) -> Markup | None:
    from copydesk import figures  # noqa: PLC0415  (loads matplotlib)

    counted = bands.dropna(subset=["count"])
    frame = counted.assign(band=counted["band"].astype(int), enough=counted["count"] >= LEAST_IN_BAND).set_index("band")
    return _picture(_draw_reliability, figures.describe_reliability, frame)


def _draw_reliability(frame: pd.DataFrame) -> Figure:
    from copydesk import figures  # noqa: PLC0415  (loads matplotlib)

    return figures.reliability(frame, x_label=t("report.confidence.x"))


def _choices(bank: Bank, frame: pd.DataFrame, titles: Mapping[str, str]) -> list[ChoicesView]:
    """Return each task's items, with what was chosen and how often."""
    texts = _item_texts(bank)
    views: list[ChoicesView] = []
    for task, lines in groupby(_rows(frame), key=lambda row: str(row["task"])):
        groups: list[ChoiceGroup] = []
        for item, item_lines in groupby(lines, key=lambda row: str(row["item"])):
            rows = list(item_lines)
            text = texts.get((task, item), "")
            if not text and item in PARTS:
                text = t(f"report.part.{item}")
            worth_showing = [row for row in rows if row["weight"] or row["count"] != 0]
            groups.append({"text": text, "rows": worth_showing, "answered": rows[0]["answered"]})
        views.append({"task": task, "title": titles[task], "groups": groups})
    return views


def _item_texts(bank: Bank) -> dict[tuple[str, str], str]:
    """Return the texts of the parts that were asked about, by task and part."""
    texts = {}
    for entry in bank.tasks:
        for part, text in kind_of(entry.task.kind).counts.part_texts(entry.task, entry.key):
            texts[entry.task.id, part] = text
    return texts


def _strips(frame: pd.DataFrame, titles: Mapping[str, str]) -> list[StripsView]:
    """Return, for each marking task, the strips worth showing, word by word and in words."""
    from copydesk.figures import strips_of, summary_of  # noqa: PLC0415  (loads matplotlib)

    views: list[StripsView] = []
    for task, rows in frame.groupby("task", sort=False):
        strips: list[StripView] = []
        for (passage, label), words in strips_of(rows):
            strip: StripView = {"passage": passage, "label": label, "words": _rows(words), "summary": summary_of(words)}
            strips.append(strip)
        if strips:
            views.append({"task": task, "title": titles[str(task)], "strips": strips})
    return views


def _forms(frames: Mapping[str, pd.DataFrame], comparison: FormComparison) -> FormsView | None:
    """Return discernment on each form and between any two, with plain warnings; None if no form was submitted."""
    if not comparison.forms:
        return None
    from copydesk import figures  # noqa: PLC0415  (loads matplotlib)
    from copydesk.grading.report.discernment import signs  # noqa: PLC0415

    frame, count = frames["discernment"], len(comparison.forms)
    rows = _rows(frame)
    changes: list[ChangeView] = []
    for place, pair in enumerate(comparison.pairs):
        first, last = rows[count + 2 * place : count + 2 * place + 2]
        changes.append({"first": first, "last": last, "enough": pair[0].is_enough, "warnings": signs(pair)})
    large_enough = frame.iloc[:count].dropna(subset=["d_prime"])
    return {
        "rows": rows[:count],
        "timed": _rows(frames["forms"]),
        "statements": statements_view(frames["statements"]),
        "older": comparison.older,
        "enough": not large_enough.empty,
        "picture": _picture(figures.class_discernment, figures.describe_class_discernment, large_enough),
        "changes": changes,
    }
