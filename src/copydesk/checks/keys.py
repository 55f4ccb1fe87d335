"""Checks tasks and keys against the rules of scoring and the seeds that they name."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import fsum
from operator import mul
from typing import TYPE_CHECKING, Any

from copydesk.kinds import scoring
from copydesk.kinds.checking import fold
from copydesk.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from copydesk.course.bank import Bank, Entry
    from copydesk.course.seeds import Seeds
    from copydesk.kinds.checking import Fault

CARELESS_LIMIT = 0.40
AUTOMATIC_POINTS, RUBRIC_POINTS = 20, 12
LEAST_REASON_WORDS = 5
LEAST_JUDGEMENTS = 5
"""How many tasks of one judgement each make it worth measuring a strategy that is the same for all."""


def point_faults(bank: Bank, *, is_strict: bool = True) -> Iterator[Fault]:
    """Yield wrong totals of a graded bank; one that only asks the baseline has no points at all.

    A course that is not held to every rule may give any points.
    """
    if not bank.entries_without_baseline:
        return
    automatic, rubric = _point_totals(bank)
    if not is_strict:
        if automatic + rubric == 0:
            yield "no task has points, so no submission could earn any", "Give each task its points."
        return
    if (automatic, rubric) != (AUTOMATIC_POINTS, RUBRIC_POINTS):
        yield (
            f"the points are {automatic:g} automatic and {rubric:g} by rubric",
            f"Make them {AUTOMATIC_POINTS} and {RUBRIC_POINTS}.",
        )


def _point_totals(bank: Bank) -> tuple[float, float]:
    """Return the points in a bank that are given by rule, and those that a person gives."""
    by_rule: list[float] = []
    by_person: list[float] = []
    for entry in bank.tasks:
        points = by_person if scoring.is_marked_by_person(entry.task) else by_rule
        points.append(entry.task.points)
    return fsum(by_rule), fsum(by_person)


def reference_faults(entry: Entry, seeds: Seeds) -> Iterator[Fault]:
    """Compare cards, passages and sources of a task with the seeds."""
    cards = {card.id for card in seeds.part("cards")}
    for card in entry.task.cards:
        if card not in cards:
            yield f"the card {card!r} is not in seeds/cards.yml", "Add it there, or correct the id."
    for passage in kind_of(entry.task.kind).checks.passages(entry.task):
        if passage.source is not None and passage.source not in seeds.source_keys:
            yield f"the source {passage.source!r} is not in seeds/sources.yml", "Add it there, or correct the key."
        if passage.start is not None:
            words = seeds.article[passage.start : passage.start + len(passage.text)]
            if words != passage.text:
                yield (
                    f"passage {passage.name} is not at {passage.start} of the article",
                    f"The article has {words!r} there.",
                )
            elif entry.task.kind == "edit" and not _is_of_whole_words(seeds.article, passage.start, words):
                yield (
                    f"passage {passage.name} begins or ends within a word, or before its punctuation",
                    "Take the whole word, with its comma or full stop: then it has its place in the corrected copy.",
                )


def _is_of_whole_words(article: str, start: int, words: str) -> bool:
    """Return whether a stretch of the article is bounded by a space, or the article's edge, on both sides."""
    before, after = article[:start][-1:], article[start + len(words) :][:1]
    return not (before.strip() or after.strip())


def key_faults(entry: Entry) -> Iterator[Fault]:
    """Check a key: the reference earns everything, no answer earns nothing, a partial weight has a reason."""
    task, key = entry.task, entry.key
    if key is None:
        return
    reference = scoring.score(task, key, scoring.reference_response(task, key))
    if reference.share is not None and reference.share < 1:
        yield f"the reference answer earns {reference.share:.2f}, not everything", "Correct the weights."
    yield from kind_of(task.kind).checks.key_faults(reference)
    if scoring.score(task, key, None).share != 0:
        yield "an empty answer earns something", "This is a fault of the scoring; report it."
    yield from _reason_faults(key.model_dump())


def _reason_faults(key: dict[str, Any]) -> Iterator[Fault]:
    """Yield weights between 0 and 1 whose reason is too short or is given for another entry as well."""
    reasons = list(_reasons(key))
    uses = Counter(fold(why) for _, why in reasons)
    for weights, why in reasons:
        partial = next((weight for weight in weights if 0 < weight < 1), None)
        if partial is None:
            continue
        if len(why.split()) < LEAST_REASON_WORDS:
            yield f"the weight {partial:g} has only “{why}” as its reason", "Say in a sentence why it can be defended."
        elif uses[fold(why)] > 1:
            yield (
                f"the weight {partial:g} shares its reason “{why}” with another entry",
                "Give it a reason of its own.",
            )


def _reasons(data: Any) -> Iterator[tuple[list[float], str]]:  # noqa: ANN401
    """Yield the weights of every entry in a key, at any depth, with its reason."""
    if isinstance(data, dict):
        if isinstance(data.get("why"), str):
            weights = list(data["weights"].values()) if "weights" in data else [data.get("weight", 1)]
            yield weights, data["why"]
        for value in data.values():
            yield from _reasons(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _reasons(value)


def is_one_judgement(entry: Entry) -> bool:
    """Return whether a task asks for one pick, so that a lucky pick earns everything."""
    return kind_of(entry.task.kind).checks.is_one_pick(entry.task)


def is_measured_alone(entry: Entry) -> bool:
    """Return whether careless answers are measured for this task alone; a baseline earns nothing either way."""
    return entry.task.group != "baseline" and not is_one_judgement(entry)


def careless_shares(entry: Entry) -> Iterator[tuple[str, float]]:
    """Yield the name of each answer that takes no thought, and the share of a task that it earns."""
    if entry.key is not None:
        for name, response in scoring.guessing_strategies(entry.task):
            yield name, scoring.score(entry.task, entry.key, response).share or 0.0


def best_careless_share(entry: Entry) -> float:
    """Return the largest share that an answer without thought earns in a task of several judgements."""
    best = 0.0
    if is_measured_alone(entry):
        for _, share in careless_shares(entry):
            best = max(best, share)
    return best


def careless_faults(entry: Entry) -> Iterator[Fault]:
    """Yield answers without thought that earn too much in a graded task of several judgements."""
    if not is_measured_alone(entry):
        return
    for name, share in careless_shares(entry):
        if share > CARELESS_LIMIT:
            yield _careless_fault(name, share)


def careless_course_faults(entries: Iterable[Entry]) -> Iterator[Fault]:
    """Yield strategies that earn too much over all graded tasks of one judgement each, kind by kind."""
    shares: defaultdict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for entry in entries:
        if is_one_judgement(entry) and entry.task.points:
            for name, share in careless_shares(entry):
                shares[entry.task.kind, name].append((share, entry.task.points))
    for (kind, name), weighted_shares in shares.items():
        count = len(weighted_shares)
        mean = _weighted_mean(weighted_shares)
        if count >= LEAST_JUDGEMENTS and mean > CARELESS_LIMIT:
            yield _careless_fault(f"{name} in all {count} tasks of kind {kind}", mean)


def _weighted_mean(weighted_shares: Sequence[tuple[float, float]]) -> float:
    """Return the mean of shares, each weighted by the points of its task."""
    shares, points = zip(*weighted_shares, strict=True)
    total = fsum(points)
    return fsum(map(mul, shares, points)) / total if total else 0.0


def _careless_fault(name: str, share: float) -> Fault:
    return f"the careless answer {name!r} earns {share:.2f}", f"No careless answer may earn more than {CARELESS_LIMIT}."
