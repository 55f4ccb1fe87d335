"""Counts what a class answered: the tables behind the class report, with no number on fewer than ten hand-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from copydesk.grading.report import discernment as discerned
from copydesk.grading.report.counts import AWAITING, NOT_ASKED, NOT_JUDGED, OPEN, UNUSABLE, WHOLE, Layout, nodes
from copydesk.kinds.arrows.model import UNKNOWN, ArrowsKey, ArrowsTask
from copydesk.kinds.choice.model import ChoiceKey, ChoiceTask
from copydesk.kinds.order.model import OrderKey, OrderTask
from copydesk.kinds.order.scoring import places
from copydesk.kinds.sort.model import SortKey, SortTask
from copydesk.kinds.spans.model import SpansKey, SpansTask
from copydesk.kinds.spans.scoring import sheet_of, words_of
from copydesk.kinds.value.model import ValueTask
from copydesk.kinds.verdict.model import SUPPORTS, VerdictKey, VerdictTask
from copydesk.measures import (
    LEAST_IN_CLASS,
    advice,
    brier,
    item_statistics,
    mean,
    reliability,
)
from copydesk.model.tokens import tokenize
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from copydesk.kinds.union import Key, Task

Line = dict[str, Any]
"""A row of a table; None stands for "too few"."""

HEADS: dict[str, tuple[str, ...]] = {
    "tasks": (
        *("lesson", "task", "title", "kind", "maximum", "hand_ins", "answered", "unanswered", "unusable", "awaiting"),
        *("mean_points", "none", "to_quarter", "to_half", "to_three_quarters", "below_full", "full"),
    ),
    "items": (
        *("lesson", "item", "task", "text", "by_degree", "answered", "unanswered"),
        *("difficulty", "right", "discrimination", "advice"),
    ),
    "choices": ("lesson", "task", "item", "choice", "text", "weight", "answered", "count", "share"),
    "words": ("lesson", "task", "passage", "label", "label_text", "place", "text", "answered", "share", "weight"),
    "confidence": ("lesson", "band", "count", "right", "confidence", "brier"),
    "evidence": ("lesson", "verdict", "claim", "cards", "judged", "none_opened", "some_opened", "all_opened"),
    "discernment": discerned.HEADS,
}
"""The tables, each with its columns; every table is a CSV file."""

STEPS = (0, 0.25, 0.5, 0.75, 1)
MOST_LINKS = 20
ROWS_AT_ONCE = 5_000


class Class:
    """All hand-ins of one lesson that count, as numbers."""

    def __init__(self, layout: Layout, kept: Iterable[bytes]) -> None:
        """Put kept hand-ins under each other, in an order that does not depend on how they came."""
        self.bank, self.layout = layout.bank, layout
        self.rows = np.frombuffer(b"".join(sorted(kept)), dtype=np.dtype(layout.fields()))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_large_enough(self) -> bool:
        """Return whether numbers may be shown at all."""
        return len(self) >= LEAST_IN_CLASS

    def share(self, task: str) -> np.ndarray:
        """Return what each learner earned for a task, 0 to 1; missing where it is not answered or not marked."""
        kept = self.rows[f"{task}.share"]
        return np.where(kept == UNUSABLE, 0, np.where(kept <= WHOLE, kept / WHOLE, np.nan))

    def marks(self, task: str) -> np.ndarray:
        """Return how many learners set each of a task's marks."""
        count = self.layout.shapes[task].marks
        total = np.zeros(count, dtype=np.int64)
        for start in range(0, len(self), ROWS_AT_ONCE):
            part = np.ascontiguousarray(self.rows[f"{task}.marks"][start : start + ROWS_AT_ONCE])
            total += np.unpackbits(part, axis=1, count=count, bitorder="little").sum(axis=0, dtype=np.int64)
        return total

    def asked(self, task: str) -> np.ndarray:
        """Return which learners were asked a task as it reads now, and not an older version of it."""
        found: np.ndarray = self.rows[f"{task}.share"] != NOT_ASKED
        return found

    @property
    def older(self) -> int:
        """Return how many hand-ins were made with an older version of some task."""
        asked = [self.asked(task) for task in self.layout.shapes]
        return len(self) - int(np.logical_and.reduce(asked).sum())

    def answered(self, task: str) -> int:
        """Return how many learners answered a task in a form that can be used."""
        kept = self.rows[f"{task}.share"]
        return int((self.asked(task) & (kept != OPEN) & (kept != UNUSABLE)).sum())

    def rest(self, task: str) -> pd.Series:
        """Return each learner's points in the other tasks that are scored by rule; missing where one was not asked."""
        others = [e.task for e in self.bank.tasks if e.task.id != task and e.task.kind != "written"]
        total = np.zeros(len(self))
        for each in others:
            total += np.nan_to_num(self.share(each.id)) * each.points
        for each in others:
            total[~self.asked(each.id)] = np.nan
        return pd.Series(np.round(total, 6))


def tables(classes: Sequence[Class], acceptance: discerned.Comparison) -> dict[str, list[Line]]:
    """Return all tables, by name; a lesson with fewer than ten hand-ins has rows in ``tasks`` alone, without numbers.

    ``acceptance`` is what ``discerned.compare`` returns.
    """
    enough = [each for each in classes if each.is_large_enough]
    return {
        "tasks": [line for each in classes for line in _tasks(each)],
        "items": [line for each in enough for line in _items(each)],
        "choices": [
            line for each in enough for entry in _graded(each) for line in _choices(each, entry.task, entry.key)
        ],
        "words": [line for each in enough for entry in _graded(each) for line in _words(each, entry.task, entry.key)],
        "confidence": [line for each in enough for line in _confidence(each)],
        "evidence": [line for each in enough for line in _evidence(each)],
        "discernment": [discerned.line_of(part, *found) for part, found in acceptance.items()],
    }


def _graded(each: Class) -> list[Any]:
    """Return the entries of a lesson without those of a baseline, which is never a mark."""
    return [entry for entry in each.bank.tasks if entry.task.group != "baseline"]


def _tasks(each: Class) -> Iterator[Line]:
    """Yield for each task how its points are spread."""
    for entry in _graded(each):
        task = entry.task
        line: Line = dict.fromkeys(HEADS["tasks"])
        line |= {"lesson": each.bank.lesson, "task": task.id, "title": task.title, "kind": task.kind}
        line |= {"maximum": task.points, "hand_ins": int(each.asked(task.id).sum())}
        if each.is_large_enough:
            kept = each.rows[f"{task.id}.share"]
            line |= {"answered": each.answered(task.id), "unanswered": int((kept == OPEN).sum())}
            line |= {"unusable": int((kept == UNUSABLE).sum()), "awaiting": int((kept == AWAITING).sum())}
            share = each.share(task.id)[kept <= WHOLE]
            if line["awaiting"]:
                line |= dict.fromkeys(HEADS["tasks"][-7:], "")
            elif len(share) >= LEAST_IN_CLASS:
                line["mean_points"] = round(mean(share) * task.points, 2)
                bins = np.searchsorted(STEPS, share)  # 0 for nothing, then up to a quarter ... below full
                bins = np.where(share == 1, len(STEPS), bins)
                line |= dict(zip(HEADS["tasks"][-6:], map(int, np.bincount(bins, minlength=6)), strict=True))
        yield line


class Item(NamedTuple):
    """The smallest thing with a credit of its own; ``by_degree`` where the credit is more than right or wrong."""

    name: str
    text: str
    credit: np.ndarray
    by_degree: bool


def _items(each: Class) -> Iterator[Line]:
    """Yield how each item worked, and what to do about it."""
    for entry in _graded(each):
        if entry.task.kind in {"written", "drawer"}:
            continue
        rest = each.rest(entry.task.id)
        for item in _parts(each, entry.task, entry.key):
            found = item_statistics(pd.Series(item.credit), rest)
            line: Line = dict.fromkeys(HEADS["items"])
            line |= {"lesson": each.bank.lesson, "item": item.name, "task": entry.task.id, "text": item.text}
            line |= {"by_degree": item.by_degree, "answered": found.answered}
            line |= {"unanswered": int(each.asked(entry.task.id).sum()) - found.answered}
            if found.answered >= LEAST_IN_CLASS:
                given = item.credit[~np.isnan(item.credit)]
                right = mean(given if item.by_degree else given == 1)
                line |= {"difficulty": round(found.difficulty, 4), "right": round(right, 4), "advice": advice(right)}
                line["discrimination"] = "" if np.isnan(found.discrimination) else round(found.discrimination, 4)
            yield line


def _parts(each: Class, task: Task, key: Key) -> Iterator[Item]:
    """Yield the items of a task: its parts where these have a credit of their own, else the task."""
    picks = each.rows[f"{task.id}.picks"]
    if isinstance(task, SortTask) and isinstance(key, SortKey):
        for place, item in enumerate(task.items):
            weights = [key.items[item.id].weights.get(entry.id, 0.0) for entry in task.classes]
            yield Item(f"{task.id}.{item.id}", item.text, _weighed(picks[:, place], weights), by_degree=False)
    elif isinstance(task, ChoiceTask) and isinstance(key, ChoiceKey) and not task.multiple:
        weights = [key.options[option.id].weight for option in task.options]
        yield Item(task.id, task.title, _weighed(picks[:, 0], weights), by_degree=False)
    elif isinstance(task, VerdictTask) and isinstance(key, VerdictKey):
        weights = [key.support[name].weight for name in SUPPORTS]
        yield Item(task.id, task.claim, _weighed(picks[:, 0], weights), by_degree=False)
    elif isinstance(task, SpansTask | ValueTask):
        parts = [(label.id, label.text) for label in task.labels] if isinstance(task, SpansTask) else []
        parts += [(field.id, field.label) for field in task.fields] if isinstance(task, ValueTask) else []
        credits_ = each.rows[f"{task.id}.credits"]
        for place, (name, text) in enumerate(parts):
            credit = np.where(credits_[:, place] <= WHOLE, credits_[:, place] / WHOLE, np.nan)
            exact = isinstance(task, ValueTask) and task.fields[place].type != "table"
            yield Item(f"{task.id}.{name}", text, credit, by_degree=not exact)
    else:
        yield Item(task.id, task.title, each.share(task.id), by_degree=True)


def _weighed(picks: np.ndarray, weights: Sequence[float]) -> np.ndarray:
    """Return the weight of each pick, missing where nothing was picked."""
    return np.take([np.nan, *weights], picks)


def _choices(each: Class, task: Task, key: Key) -> Iterator[Line]:
    """Yield how often each option, class, place, support or link was chosen."""
    for item, names, weights, counts in _offered(each, task, key):
        answered = each.answered(task.id)
        for (name, text), weight, count in zip(names, weights, counts, strict=True):
            line: Line = {"lesson": each.bank.lesson, "task": task.id, "item": item, "choice": name, "text": text}
            line |= {"weight": weight, "answered": answered, "count": None, "share": None}
            if answered >= LEAST_IN_CLASS:
                line |= {"count": int(count), "share": round(int(count) / answered, 4)}
            yield line


Offer = tuple[str, list[tuple[str, str]], list[float], "np.ndarray | list[int]"]
"""What was asked (an item, or the task itself), what could be chosen, the weights, and how often it was."""


def _offered(each: Class, task: Task, key: Key) -> Iterator[Offer]:
    picks = each.rows[f"{task.id}.picks"]
    if isinstance(task, ChoiceTask) and isinstance(key, ChoiceKey):
        names = [(option.id, option.text) for option in task.options]
        counts = each.marks(task.id) if task.multiple else _counted(picks[:, 0], len(names))
        yield task.id, names, [key.options[name].weight for name, _ in names], counts
    elif isinstance(task, SortTask) and isinstance(key, SortKey):
        names = [(entry.id, entry.text) for entry in task.classes]
        for place, item in enumerate(task.items):
            weights = [key.items[item.id].weights.get(name, 0.0) for name, _ in names]
            yield item.id, names, weights, _counted(picks[:, place], len(names))
    elif isinstance(task, VerdictTask) and isinstance(key, VerdictKey):
        names = [(name, t(f"support.{name}")) for name in SUPPORTS]
        yield "support", names, [key.support[name].weight for name in SUPPORTS], _counted(picks[:, 0], len(names))
        if task.qualifications:
            names = [(limit.id, limit.text) for limit in task.qualifications]
            weights = [key.qualifications[name].weight for name, _ in names]
            yield "qualification", names, weights, _counted(picks[:, 1], len(names))
        weights = [float(card in key.decisive) for card in task.cards]
        yield "cards", [(card, card) for card in task.cards], weights, each.marks(task.id)
    elif isinstance(task, OrderTask) and isinstance(key, OrderKey):
        right = places(key.ranks)
        names = [(str(place), str(place)) for place in range(1, len(task.items) + 1)]
        for place, step in enumerate(task.items):
            weights = [float(number == right[step.id]) for number in range(len(names))]
            yield step.id, names, weights, _counted(picks[:, place], len(names))
    elif isinstance(task, ArrowsTask) and isinstance(key, ArrowsKey):
        yield _links(each, task, key)


def _links(each: Class, task: ArrowsTask, key: ArrowsKey) -> Offer:
    """Return the links of the reference, then the commonest others."""
    ids, texts = nodes(task), {UNKNOWN: t("view.unknown")} | {node.id: node.text for node in task.nodes}
    counts = dict(zip([(one, other) for one in ids for other in ids], map(int, each.marks(task.id)), strict=True))
    weights = {(edge.source, edge.target): edge.weight for edge in key.edges}
    others = sorted((link for link in counts if counts[link] and link not in weights), key=lambda link: -counts[link])
    links = [*weights, *others[:MOST_LINKS]]
    names = [(f"{one} to {other}", f"{texts[one]} → {texts[other]}") for one, other in links]
    return task.id, names, [weights.get(link, 0.0) for link in links], [counts[link] for link in links]


def _counted(picks: np.ndarray, options: int) -> np.ndarray:
    """Return how often each option was picked."""
    return np.bincount(picks, minlength=options + 1)[1:]


def _words(each: Class, task: Task, key: Key) -> Iterator[Line]:
    """Yield for each word of a marking task which share of the class marked it, label by label."""
    answered = each.answered(task.id)
    if not isinstance(task, SpansTask) or not isinstance(key, SpansKey):
        return
    words, marks = words_of(task), each.marks(task.id)
    weighed = sheet_of(words, key).weights
    for passage in task.passages:
        for order, label in enumerate(task.labels):
            for place, text in enumerate(_pieces(passage.text)):
                number = words.first[passage.id] + place
                count = int(marks[order * words.count + number])
                line: Line = {"lesson": each.bank.lesson, "task": task.id, "passage": passage.id, "label": label.id}
                line |= {"label_text": label.text, "place": place + 1, "text": text, "answered": answered}
                line |= {"share": round(count / answered, 4) if answered >= LEAST_IN_CLASS else None}
                yield line | {"weight": round(weighed[label.id][number], 4)}


def _pieces(text: str) -> Iterator[str]:
    """Yield each word of a text with what follows it; the first also with what comes before."""
    starts = [start for start, _ in tokenize(text)]
    for place, start in enumerate(starts):
        yield text[start if place else 0 : starts[place + 1] if place + 1 < len(starts) else len(text)]


def _confidence(each: Class) -> Iterator[Line]:
    """Yield for each band of confidence how often the class was right, and in the last row for all together."""
    sure, right = [np.zeros(0)], [np.zeros(0)]
    learners = np.zeros(len(each), dtype=bool)
    for entry in each.bank.tasks:
        kept, stated = each.rows[f"{entry.task.id}.share"], each.rows[f"{entry.task.id}.sure"]
        judged = (kept <= WHOLE) & (stated > 0)
        learners |= judged
        sure.append(stated[judged] / 100)
        right.append(kept[judged] == WHOLE)
    judgements = pd.DataFrame({"confidence": np.concatenate(sure), "right": np.concatenate(right).astype(bool)})
    if judgements.empty:
        return
    few = int(learners.sum()) < LEAST_IN_CLASS
    for band, row in reliability(judgements).iterrows():
        line: Line = {
            "lesson": each.bank.lesson,
            "band": band,
            "count": None if few else int(row["count"]),
            "brier": "",
        }
        shares = {name: _rounded(row[name]) for name in ("right", "confidence")}
        yield line | (dict.fromkeys(shares) if few else shares)
    whole = {name: mean(judgements[name]) for name in ("right", "confidence")}
    whole |= {"brier": brier(judgements)}
    rounded = {name: None if few else _rounded(value) for name, value in whole.items()}
    yield {"lesson": each.bank.lesson, "band": "all", "count": None if few else len(judgements)} | rounded


def _rounded(value: float) -> float | str:
    return "" if np.isnan(value) else round(float(value), 4)


def _evidence(each: Class) -> Iterator[Line]:
    """Yield for each verdict how many learners had opened none, some or all of its cards when they gave it."""
    for place, (task, cards) in enumerate(each.layout.evidence):
        opened = each.rows["evidence"][:, place]
        opened = opened[opened != NOT_JUDGED]
        line: Line = {"lesson": each.bank.lesson, "verdict": task.id, "claim": getattr(task, "claim", task.title)}
        line |= {"cards": len(cards), "judged": len(opened)}
        some = (opened > 0) & (opened < len(cards))
        counts = [np.count_nonzero(opened == 0), np.count_nonzero(some), np.count_nonzero(opened == len(cards))]
        names = ("none_opened", "some_opened", "all_opened")
        few = len(opened) < LEAST_IN_CLASS
        yield line | {name: None if few else int(count) for name, count in zip(names, counts, strict=True)}
