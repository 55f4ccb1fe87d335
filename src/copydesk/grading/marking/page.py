"""Writes the moderation page: how far two markers agree, and where they differ, side by side with the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.pages import environment
from copydesk.grading.marking.kappa import GOOD, Agreement, agreement
from copydesk.grading.marking.moderation import TABLE, Pair, moderations, write_table
from copydesk.grading.marking.sampling import SAMPLE_LEAST
from copydesk.text import language, t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.grading.marking.folder import Mark, MarkedText, MarkingFolder
    from copydesk.grading.marking.moderation import Moderation, Wait, Waiver
    from copydesk.grading.marking.readers import MarkerProgress
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
    """A text on which the markers differ, who they are, and where."""

    text: MarkedText | None
    id: str
    first: str
    second: str
    rows: list[DisagreementView]


class PairView(NamedTuple):
    """Two markers who read some of the same texts, and how far they agree; without an agreement they are too few."""

    names: str
    texts: int
    agreement: AgreementView | None


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
    progress: tuple[MarkerProgress, ...]
    pairs: list[PairView]


class ModeratedLesson(NamedTuple):
    """A lesson whose markers were compared: page and table, what a terminal shows, and which tasks count or wait.

    ``details`` are lines on the agreement and on what is left to mark.
    """

    lesson: str
    page: Path
    table: Path
    details: list[str]
    counting: list[str]
    waits: list[Wait]


def moderate(folder: MarkingFolder, bank: Bank, marks: Path, *, is_default: bool = False) -> ModeratedLesson:
    """Write the page and the table of disagreements, and return what was found.

    ``is_default`` says that commands find the folder of all ``marks`` by themselves.

    Raises:
        GradingError: a file is damaged, or scikit-learn is missing.
    """
    task_moderations = moderations(folder, bank)
    table = write_table(folder, task_moderations)
    texts = folder.texts().by_id()
    tasks = [_task_view(moderation, texts) for moderation in task_moderations]
    template = environment().get_template("marking/moderation.html.j2")
    page = folder.write(PAGE, template.render(language=language(), bank=bank, tasks=tasks, table=TABLE))
    lesson = ModeratedLesson(bank.lesson, page, table, [], [], [])
    for moderation, view in zip(task_moderations, tasks, strict=True):
        wait = moderation.wait(marks, is_default=is_default)
        lesson.details.extend(_detail_lines(moderation, view, wait.why if wait else ""))
        if wait:
            lesson.waits.append(wait)
        else:
            lesson.counting.append(moderation.task.id)
    return lesson


def _detail_lines(moderation: Moderation, view: TaskView, why: str) -> Iterator[str]:
    """Yield the lines on a task for a terminal."""
    task, overall = moderation.task.id, view.overall
    if overall:
        key = "page.kappa" if overall.is_good else "page.low_kappa"
        yield t(key, task=task, kappa=overall.kappa, good=GOOD)
    if view.pairs:
        yield t("page.pairs", task=task, pairs="; ".join(map(_pair_words, view.pairs)))
    if moderation.shared:
        yield _progress_line(moderation)
    left = ""
    if moderation.first and not moderation.shared:
        left = moderation.left_open(moderation.first, moderation.numbers)
    if left and left not in why:
        yield t("page.left", task=task, left=left)


def _pair_words(pair: PairView) -> str:
    """Return the agreement of two markers as part of a line."""
    if pair.agreement is None:
        return t("page.pair.few", names=pair.names, count=pair.texts)
    kappa, interval = pair.agreement.kappa, pair.agreement.interval
    return t("page.pair", names=pair.names, count=pair.texts, kappa=kappa, interval=interval)


def _progress_line(moderation: Moderation) -> str:
    """Return how many texts each marker has left to mark, and all of them together."""
    rows = [t("page.progress.marker", marker=row.marker, left=row.left, of=row.texts) for row in moderation.progress]
    left = int(sum(row.left for row in moderation.progress))
    total = int(sum(row.texts for row in moderation.progress))
    return t("page.progress", task=moderation.task.id, count=left, of=total, markers="; ".join(rows))


def _task_view(moderation: Moderation, texts: Mapping[str, MarkedText]) -> TaskView:
    """Return the view of a task."""
    task = moderation.task
    overall = _agreement(moderation.pairs(), task.rubric) if moderation.twice else None
    return TaskView(
        task=task,
        first=moderation.marker("first"),
        second=moderation.marker("second"),
        whole=len(moderation.whole),
        twice=len(moderation.twice),
        needed=moderation.needed,
        unsettled=len(moderation.unsettled),
        waiver=moderation.waiver,
        agreements=_agreement_rows(moderation),
        overall=overall,
        texts=_text_views(moderation, texts),
        progress=moderation.progress,
        pairs=_pair_views(moderation),
    )


def _agreement_rows(moderation: Moderation) -> list[tuple[str, AgreementView]]:
    """Return each criterion with its agreement; none while no text is marked twice."""
    if not moderation.twice:
        return []
    pairs = moderation.pairs()
    return [(criterion.text, _agreement(pairs, [criterion])) for criterion in moderation.task.rubric]


def _pair_views(moderation: Moderation) -> list[PairView]:
    """Return each pair of markers who marked some of the same texts; none if the texts are not shared out."""
    if moderation.shared is None:
        return []
    pairs: dict[tuple[str, ...], list[Pair]] = {}
    for pair in moderation.pairs():
        readers = moderation.readers(pair.first.text)
        is_in_order = readers == tuple(sorted(readers))
        in_order = pair if is_in_order else Pair(pair.second, pair.first)
        pairs.setdefault(tuple(sorted(readers)), []).append(in_order)
    views = []
    for names, levels in sorted(pairs.items()):
        count = len(levels) // len(moderation.task.rubric)
        is_enough = count >= SAMPLE_LEAST
        agreed = _agreement(levels, moderation.task.rubric) if is_enough else None
        views.append(PairView(name_list(names), count, agreed))
    return views


def _text_views(moderation: Moderation, texts: Mapping[str, MarkedText]) -> list[TextView]:
    """Return the texts on which the markers differ, each with its rows."""
    rubric = {criterion.id: criterion for criterion in moderation.task.rubric}
    views: dict[str, TextView] = {}
    for pair in moderation.disagreements:
        name = pair.first.text
        first, second = moderation.readers(name)
        view = views.setdefault(name, TextView(text=texts.get(name), id=name, first=first, second=second, rows=[]))
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


def _agreement(pairs: Sequence[Pair], criteria: Sequence[Criterion]) -> AgreementView:
    """Return the agreement on some criteria, from the pairs of marks of whole texts."""
    first = _levels((pair.first for pair in pairs), criteria)
    second = _levels((pair.second for pair in pairs), criteria)
    result = agreement(first, second)
    return AgreementView(
        same=t("moderation.percent", share=round(100 * result.same)),
        kappa=_number(result.kappa),
        interval=_interval(result),
        is_good=result.is_good,
    )


def _levels(marks: Iterable[Mark], criteria: Sequence[Criterion]) -> list[list[Level]]:
    """Return, for each text, its levels for some criteria, in the order of the marks."""
    ids = {criterion.id for criterion in criteria}
    levels: dict[str, list[Level]] = {}
    for mark in marks:
        if mark.criterion in ids:
            levels.setdefault(mark.text, []).append(mark.level)
    return list(levels.values())


def _number(value: float) -> str:
    return t("moderation.undefined") if math.isnan(value) else f"{value:.2f}"


def _interval(result: Agreement) -> str:
    if math.isnan(result.kappa):
        return t("moderation.undefined")
    return t("moderation.interval", low=_number(result.low), high=_number(result.high))
