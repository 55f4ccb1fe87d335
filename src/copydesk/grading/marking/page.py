"""Writes the moderation page: how far two markers agree, and where they differ, side by side with the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.pages import environment
from copydesk.grading.marking.kappa import GOOD, Agreement, agreement
from copydesk.grading.marking.moderation import TABLE, moderations, write_table
from copydesk.text import language, t

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.folder import Mark, MarkedText, MarkingFolder
    from copydesk.grading.marking.moderation import Moderation, Waiver
    from copydesk.kinds.written.model import Criterion, Level, WrittenTask

PAGE = "moderation.html"


class AgreementView(NamedTuple):
    """The agreement on some criteria, its numbers as people read them."""

    same: str
    kappa: str
    interval: str
    is_good: bool


class MarkView(NamedTuple):
    """A marker's level with its text and comments."""

    level: Level
    text: str
    comments: tuple[str, ...]


class DisagreementView(NamedTuple):
    """A criterion on which the markers differ, both marks, and the level that was agreed on."""

    criterion: str
    first: MarkView
    second: MarkView
    agreed: Level | None


class TextView(NamedTuple):
    """A text on which the markers differ, and where."""

    text: MarkedText | None
    id: str
    rows: list[DisagreementView]


class TaskView(NamedTuple):
    """What the page shows of a task; ``overall`` is missing where nothing was marked twice."""

    task: WrittenTask
    first: str
    second: str
    whole: int
    twice: int
    needed: int
    unsettled: int
    waiver: Waiver | None
    agreements: list[tuple[str, AgreementView]]
    overall: AgreementView | None
    texts: list[TextView]


def moderate(folder: MarkingFolder, bank: Bank, marks: Path) -> list[str]:
    """Write the page and the table of disagreements, and return lines for a terminal.

    Raises:
        GradingError: a file is damaged, or scikit-learn is missing.
    """
    found = moderations(folder, bank)
    table = write_table(folder, found)
    bodies = {text.id: text for texts in folder.texts().tasks.values() for text in texts}
    tasks = [_task(each, bodies) for each in found]
    template = environment().get_template("marking/moderation.html.j2")
    page = folder.write(PAGE, template.render(language=language(), bank=bank, tasks=tasks, table=TABLE))
    lines = [f"{page} and {table} are written."]
    for each, shown in zip(found, tasks, strict=True):
        if shown.overall:
            advice = "" if shown.overall.is_good else f". Below {GOOD}: talk about the levels again"
            lines.append(f"{each.task.id}: quadratic kappa {shown.overall.kappa}{advice}.")
        lines.append(f"{each.reason_to_wait(marks) or each.task.id + ': the marks count now'}.")
        left = each.left_open(each.first, each.numbers) if each.first else ""
        if left and left not in lines[-1]:
            lines.append(f"{each.task.id}: {left}; without them a text has no points.")
    return lines


def _task(found: Moderation, bodies: Mapping[str, MarkedText]) -> TaskView:
    """Return what the page shows of a task."""
    rubric = {criterion.id: criterion for criterion in found.task.rubric}
    rows = [(criterion.text, _agreement(found, [criterion])) for criterion in found.task.rubric] if found.twice else []
    texts: dict[str, TextView] = {}
    for pair in found.disagreements:
        name = pair.first.text
        shown = texts.setdefault(name, TextView(text=bodies.get(name), id=name, rows=[]))
        criterion = rubric[pair.first.criterion]
        difference = DisagreementView(
            criterion=criterion.text,
            first=_mark(criterion, pair.first),
            second=_mark(criterion, pair.second),
            agreed=found.agreed.get((name, pair.first.criterion)),
        )
        shown.rows.append(difference)
    return TaskView(
        task=found.task,
        first=found.first.head.marker if found.first else "",
        second=found.second.head.marker if found.second else "",
        whole=len(found.whole),
        twice=len(found.twice),
        needed=found.needed,
        unsettled=len(found.unsettled),
        waiver=found.waiver,
        agreements=rows,
        overall=_agreement(found, list(found.task.rubric)) if found.twice else None,
        texts=list(texts.values()),
    )


def _mark(criterion: Criterion, mark: Mark) -> MarkView:
    return MarkView(mark.level, criterion.levels[mark.level], mark.comments)


def _agreement(found: Moderation, criteria: list[Criterion]) -> AgreementView:
    """Return the agreement on some criteria."""
    ours = found.first.marks if found.first else {}
    theirs = found.second.marks if found.second else {}
    first, second = (
        [[marks[text, criterion.id].level for criterion in criteria] for text in found.twice]
        for marks in (ours, theirs)
    )
    result = agreement(first, second)
    return AgreementView(
        same=t("moderation.percent", share=round(100 * result.same)),
        kappa=_number(result.kappa),
        interval=_interval(result),
        is_good=result.is_good,
    )


def _number(value: float) -> str:
    return t("moderation.undefined") if math.isnan(value) else f"{value:.2f}"


def _interval(result: Agreement) -> str:
    if math.isnan(result.kappa):
        return t("moderation.undefined")
    return t("moderation.interval", low=_number(result.low), high=_number(result.high))
