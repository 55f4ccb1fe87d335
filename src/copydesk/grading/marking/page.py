"""Writes the moderation page: how far two markers agree, and where they differ, side by side with the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.pages import environment
from copydesk.grading.marking.kappa import GOOD, Agreement, agreement
from copydesk.grading.marking.moderation import TABLE, moderations, write_table
from copydesk.text import language, t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.folder import Mark, MarkedText, MarkingFolder, MarksFile
    from copydesk.grading.marking.moderation import Moderation, Waiver
    from copydesk.kinds.written.model import Criterion, Level, WrittenTask

PAGE = "moderation.html"


class AgreementView(NamedTuple):
    """The agreement on some criteria, with its numbers as people read them."""

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
    """A criterion on which the markers differ, both marks, and the agreed level."""

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
    """What the page shows of a task; ``overall`` is missing if nothing was marked twice."""

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
    task_moderations = moderations(folder, bank)
    table = write_table(folder, task_moderations)
    texts = folder.texts().by_id()
    tasks = [_task_view(moderation, texts) for moderation in task_moderations]
    template = environment().get_template("marking/moderation.html.j2")
    page = folder.write(PAGE, template.render(language=language(), bank=bank, tasks=tasks, table=TABLE))
    lines = [t("page.written", page=page, table=table)]
    for moderation, view in zip(task_moderations, tasks, strict=True):
        lines += _task_lines(moderation, view.overall, marks)
    return lines


def _task_lines(moderation: Moderation, overall: AgreementView | None, marks: Path) -> Iterator[str]:
    """Yield the lines on a task for a terminal."""
    task = moderation.task.id
    if overall:
        key = "page.kappa" if overall.is_good else "page.low_kappa"
        yield t(key, task=task, kappa=overall.kappa, good=GOOD)
    wait = moderation.reason_to_wait(marks)
    yield f"{wait}." if wait else t("page.counts", task=task)
    left = moderation.left_open(moderation.first, moderation.numbers) if moderation.first else ""
    if left and left not in wait:
        yield t("page.left", task=task, left=left)


def _task_view(moderation: Moderation, texts: Mapping[str, MarkedText]) -> TaskView:
    """Return the view of a task."""
    task = moderation.task
    overall = _agreement(moderation, task.rubric) if moderation.twice else None
    return TaskView(
        task=task,
        first=_marker_name(moderation.first),
        second=_marker_name(moderation.second),
        whole=len(moderation.whole),
        twice=len(moderation.twice),
        needed=moderation.needed,
        unsettled=len(moderation.unsettled),
        waiver=moderation.waiver,
        agreements=_agreement_rows(moderation),
        overall=overall,
        texts=_text_views(moderation, texts),
    )


def _marker_name(file: MarksFile | None) -> str:
    return file.head.marker if file else ""


def _agreement_rows(moderation: Moderation) -> list[tuple[str, AgreementView]]:
    """Return each criterion with its agreement; none while no text is marked twice."""
    if not moderation.twice:
        return []
    return [(criterion.text, _agreement(moderation, [criterion])) for criterion in moderation.task.rubric]


def _text_views(moderation: Moderation, texts: Mapping[str, MarkedText]) -> list[TextView]:
    """Return the texts on which the markers differ, each with its rows."""
    rubric = {criterion.id: criterion for criterion in moderation.task.rubric}
    views: dict[str, TextView] = {}
    for pair in moderation.disagreements:
        name = pair.first.text
        view = views.setdefault(name, TextView(text=texts.get(name), id=name, rows=[]))
        criterion = rubric[pair.first.criterion]
        disagreement = DisagreementView(
            criterion=criterion.text,
            first=_mark(criterion, pair.first),
            second=_mark(criterion, pair.second),
            agreed=moderation.agreed.get((name, pair.first.criterion)),
        )
        view.rows.append(disagreement)
    return list(views.values())


def _mark(criterion: Criterion, mark: Mark) -> MarkView:
    return MarkView(mark.level, criterion.levels[mark.level], mark.comments)


def _agreement(moderation: Moderation, criteria: Sequence[Criterion]) -> AgreementView:
    """Return the agreement on some criteria."""
    first = _levels(moderation.first, moderation.twice, criteria)
    second = _levels(moderation.second, moderation.twice, criteria)
    result = agreement(list(first), list(second))
    return AgreementView(
        same=t("moderation.percent", share=round(100 * result.same)),
        kappa=_number(result.kappa),
        interval=_interval(result),
        is_good=result.is_good,
    )


def _levels(file: MarksFile | None, texts: Iterable[str], criteria: Sequence[Criterion]) -> Iterator[list[Level]]:
    """Yield, for each text, the levels that a marker gave it, in the order of some criteria."""
    marks = file.marks if file else {}
    for text in texts:
        yield [marks[text, criterion.id].level for criterion in criteria]


def _number(value: float) -> str:
    return t("moderation.undefined") if math.isnan(value) else f"{value:.2f}"


def _interval(result: Agreement) -> str:
    if math.isnan(result.kappa):
        return t("moderation.undefined")
    return t("moderation.interval", low=_number(result.low), high=_number(result.high))
