"""What the checks look at in a writing task: a rubric that two markers can apply alike."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from copydesk.kinds.checking import Checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.checking import Fault
    from copydesk.kinds.written.model import WrittenKey, WrittenTask

LEAST_FACTS = 4
LEVELS = (1, 2, 3, 4)
EXEMPLARS_A_LEVEL = 2


def faults(task: WrittenTask) -> Iterator[Fault]:
    """Yield a lowest level that earns anything."""
    if task.rubric and task.credit(1) > 0:
        yield "the lowest level of its rubric earns points", "Give it none: credits: [0, 0.5, 0.75, 1]."


def reading_faults(_task: WrittenTask, key: WrittenKey, _matter: str) -> Iterator[Fault]:
    """Yield levels without two exemplars, a key with too few facts to tick, or without one that must not be there."""
    counts = Counter(int(exemplar.level) for exemplar in key.exemplars)
    for level in LEVELS:
        if counts[level] != EXEMPLARS_A_LEVEL:
            yield f"level {level} has {counts[level]} exemplars", "Write two: markers compare with both."
    if len(key.facts) < LEAST_FACTS:
        yield f"its key has {len(key.facts)} facts to tick", f"List {LEAST_FACTS} or more under facts."
    elif not any(fact.is_fault for fact in key.facts):
        yield "its key lists nothing that must not be in a text", "Add a fact with is_fault: true."


CHECKS: Checks[WrittenTask, WrittenKey] = Checks(faults=faults, reading_faults=reading_faults)
