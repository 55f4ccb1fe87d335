"""What the checks look at in a choice: nothing but reading may lead to its key."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

from copydesk.kinds.checking import (
    RATINGS,
    AskedItem,
    Checks,
    KeyPosition,
    Stance,
    fold,
    is_long,
    missed_faults,
    prompt_item,
)
from copydesk.kinds.choice.scoring import right_options
from copydesk.model.task import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.kinds.checking import Fault
    from copydesk.kinds.choice.model import ChoiceKey, ChoiceTask

TOO_LIKE = 0.9
OF_THE_ABOVE = re.compile(
    r"\bof the (?:above|below)\b"
    r"|^(?:all|none|any|both|neither) of (?:these|those|them|the (?:others?|options|answers))\b"
    r"|^(?:both )?\(?[a-f]\)? (?:and|or) \(?[a-f]\)?$",
    flags=re.IGNORECASE,
)
CLOSING = " \n”’\"')*_"  # noqa: RUF001  (a closing mark)


def texts(task: ChoiceTask) -> list[str]:
    """Return the options."""
    return [option.text for option in task.options]


def faults(task: ChoiceTask) -> Iterator[Fault]:
    """Yield a stem that asks nothing, and options that speak of others or are nearly the same."""
    if not task.prompt.rstrip(CLOSING).endswith("?"):
        yield "the stem does not end in a question", "Ask a question in the last sentence of the prompt."
    for option in task.options:
        if OF_THE_ABOVE.search(option.text.strip(" .")):
            yield f"the option “{option.text}” speaks of other options", "Write an option that stands for itself."
    for first, second in combinations(texts(task), 2):
        if _is_nearly(first, second):
            yield f"“{first}” is nearly “{second}”", "Make them differ in more than a word."


def _is_nearly(first: str, second: str) -> bool:
    """Return whether two options are almost the same; if they differ in a number they are not."""
    first, second = fold(first), fold(second)
    if first == second or re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return False
    matcher = SequenceMatcher(None, first, second)
    return matcher.quick_ratio() > TOO_LIKE and matcher.ratio() > TOO_LIKE


def is_scale(task: ChoiceTask) -> bool:
    """Return whether the options are the steps of a scale."""
    return RATINGS.issuperset(ids_of(task.options))


def asked_items(task: ChoiceTask) -> Iterator[AskedItem]:
    """Yield each long option, with the question if it quotes; then the question with its passage or options."""
    question = fold(f"{task.prompt} {task.context}")
    for option in task.options:
        if is_long(option.text) and not is_scale(task):
            quoted_question = question if "“" in option.text else ""
            yield AskedItem(quoted_question, fold(option.text), option.text)
    yield prompt_item(task, texts(task))


def ratings(task: ChoiceTask, key: ChoiceKey) -> Iterator[str]:
    """Yield the verdict of the key, if one verdict on a scale is picked."""
    if is_one_pick(task) and is_scale(task):
        right = [name for name, option in key.options.items() if option.weight == 1]
        yield right[0]


def key_position(task: ChoiceTask, key: ChoiceKey) -> KeyPosition | None:
    """Return the position of the key, if one option is picked, one is the key, and the options are not a scale."""
    right = right_options(task, key)
    if task.multiple or len(right) > 1 or is_scale(task):
        return None
    place = ids_of(task.options).index(right[0])
    lengths = list(map(len, texts(task)))
    longest = max(lengths)
    is_longest = lengths[place] == longest and lengths.count(longest) == 1
    return KeyPosition(place, len(lengths), is_longest=is_longest)


def reading_faults(task: ChoiceTask, key: ChoiceKey, matter: str) -> Iterator[Fault]:
    """Yield a question without its passage, and a key without the option of a reader who missed one word."""
    if not matter:
        yield (
            "it shows nothing that it asks about",
            "Put the passage into context, name cards, or say with concept_only why it needs none.",
        )
        return
    if is_scale(task):
        return
    missed = [option.missed for option in key.options.values() if option.missed and option.weight < 1]
    if not missed:
        yield (
            "no wrong option is that of a reader who missed one word",
            "Write one, and name the word in its key with missed.",
        )
    yield from missed_faults(missed, matter)


def stances(key: ChoiceKey) -> Iterator[Stance]:
    """Yield the options that doubt, and those that find nothing wrong."""
    for option in key.options.values():
        if option.stance:
            yield Stance(option.stance, option.weight == 1)


def is_one_pick(task: ChoiceTask) -> bool:
    """Return whether one option is picked."""
    return not task.multiple


CHECKS: Checks[ChoiceTask, ChoiceKey] = Checks(
    texts=texts,
    faults=faults,
    asked_items=asked_items,
    ratings=ratings,
    key_position=key_position,
    reading_faults=reading_faults,
    stances=stances,
    is_one_pick=is_one_pick,
)
