"""The content checks behind ``copydesk check``: everything that a program can tell about the course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk import scoring
from copydesk.bank import EXERCISES, QUIZZES, SOLUTIONS, read_bank
from copydesk.documents import ContentError, Problem
from copydesk.model.spans import SpansTask
from copydesk.seeds import Seeds, check_seeds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.model.bank import Bank, Entry

CARELESS_LIMIT = 0.40
AUTOMATIC_POINTS, RUBRIC_POINTS = 20, 12


def check_course(root: Path) -> list[Problem]:
    """Return everything that is wrong with a course, sorted by file and line; an empty list is good."""
    problems = list(check_seeds(root))
    seeds = Seeds(root) if not problems else None
    for folder in (QUIZZES, SOLUTIONS, EXERCISES):
        for path in sorted((root / folder).glob("*.yml")):
            name = f"{folder}/{path.name}"
            try:
                bank = read_bank(path, name)
            except ContentError as error:
                problems += error.problems
                continue
            problems += _bank_faults(name, bank, seeds)
    return sorted(problems)


def _bank_faults(name: str, bank: Bank, seeds: Seeds | None) -> Iterator[Problem]:
    for entry in bank.tasks:
        if seeds is not None:
            for what, remedy in _reference_faults(entry, seeds):
                yield Problem(name, 0, entry.task.id, what, remedy)
        for what, remedy in _key_faults(entry, graded=bank.purpose == "graded"):
            yield Problem(name, 0, entry.task.id, what, remedy)
    if bank.purpose == "graded":
        automatic = sum(entry.task.points for entry in bank.tasks if entry.task.kind != "written")
        rubric = sum(entry.task.points for entry in bank.tasks if entry.task.kind == "written")
        if (automatic, rubric) != (AUTOMATIC_POINTS, RUBRIC_POINTS):
            yield Problem(
                name,
                0,
                "",
                f"the points are {automatic:g} automatic and {rubric:g} by rubric",
                f"Make them {AUTOMATIC_POINTS} and {RUBRIC_POINTS}.",
            )


def _reference_faults(entry: Entry, seeds: Seeds) -> Iterator[tuple[str, str]]:
    """Compare cards, passages and sources of a task with the seeds."""
    cards = {card.id for card in seeds.part("cards")}
    for card in entry.task.cards:
        if card not in cards:
            yield f"the card {card!r} is not in seeds/cards.yml", "Add it there, or correct the id."
    if isinstance(entry.task, SpansTask):
        for passage in entry.task.passages:
            if passage.source is not None and passage.source not in seeds.source_keys:
                yield f"the source {passage.source!r} is not in seeds/sources.yml", "Add it there, or correct the key."
            if passage.start is not None:
                found = seeds.article[passage.start : passage.start + len(passage.text)]
                if found != passage.text:
                    yield (
                        f"passage {passage.id} does not stand at {passage.start} of the article",
                        f"There stands {found!r}.",
                    )


def _key_faults(entry: Entry, *, graded: bool) -> Iterator[tuple[str, str]]:
    """Hold a key against the rules: the reference earns everything, an empty or careless answer does not."""
    task, key = entry.task, entry.key
    if key is None:
        return
    reference = scoring.score(task, key, scoring.best(task, key))
    if reference.share is not None and reference.share < 1:
        yield f"the reference answer earns {reference.share:.2f}, not everything", "Correct the weights."
    if scoring.score(task, key, None).share != 0:
        yield "an empty answer earns something", "This is a fault of the scoring; report it."
    for name, response in scoring.careless(task) if graded else ():
        share = scoring.score(task, key, response).share or 0
        if share > CARELESS_LIMIT:
            yield (
                f"the careless answer {name!r} earns {share:.2f}",
                f"No careless answer may earn more than {CARELESS_LIMIT}.",
            )
