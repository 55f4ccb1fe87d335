"""Joins several lists of learners into one: finds out which of their entries are the same learner."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from copydesk.grading.submissions.damaged_ids import may_be_same_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from copydesk.grading.submissions.learners import Learner, LearnerList

SHORT = 3
"""An id with this few digits on one list may be anyone's on another."""


def join_lists(lists: Sequence[LearnerList]) -> dict[str, Learner]:
    """Return the learners of several lists, each once; those that only a later list has are not expected to submit.

    Participants whose names are hidden are never anyone on another list, so all of them are expected.
    """
    learners = {learner.key: learner for learner in lists[0].learners}
    for later in lists[1:]:
        partners = _partners(learners, later.learners)
        for learner in later.learners:
            partner = partners.get(learner.key)
            if partner:
                learners[partner] = learners[partner].merge(learner)
                continue
            key = learner.key if learner.key not in learners else f"{later.numbering} {learner.key}"
            learners[key] = replace(learner, key=key, is_expected=learner.is_hidden)
    return learners


def _partners(learners: dict[str, Learner], later: Sequence[Learner]) -> dict[str, str]:
    """Return which learners of a later list are which of the earlier ones: by id or e-mail, or else by name."""
    partners = _partners_by_id(learners, later)
    others = [learner for learner in later if learner.key not in partners]
    return {**partners, **_partners_by_name(learners, others, set(partners.values()))}


def _partners_by_id(learners: dict[str, Learner], later: Iterable[Learner]) -> dict[str, str]:
    """Return the partners that an id, an e-mail or the number on a platform gives to one learner alone."""
    by_id: defaultdict[str, set[str]] = defaultdict(set)
    by_number: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for learner in learners.values():
        for id_ in learner.ids | learner.emails:
            by_id[id_].add(learner.key)
        for number in learner.numbers.items():
            by_number[number].add(learner.key)
    partners = {}
    for learner in later:
        keys = _keys_by_id(by_id, learners, learner) or _keys_by_any_number(by_id, learners, learner)
        if not keys:
            for number in learner.numbers.items():
                keys |= by_number[number]
        if len(keys) == 1:
            partners[learner.key] = min(keys)
    return partners


def _keys_by_id(by_id: Mapping[str, set[str]], learners: dict[str, Learner], learner: Learner) -> set[str]:
    """Return the learners with an id or e-mail of another list's learner; with a short id, the name must fit too."""
    keys = set()
    for id_ in learner.ids | learner.emails:
        for key in by_id.get(id_, ()):
            is_enough = not _is_short(id_)
            if is_enough or learners[key].may_be(learner):
                keys.add(key)
    return keys


def _keys_by_any_number(by_id: Mapping[str, set[str]], learners: dict[str, Learner], learner: Learner) -> set[str]:
    """Return the learners whose id is the platform number of another list's learner, if the name fits.

    A participant with no name fits everyone, and Moodle's number is no one's id.
    """
    keys = set()
    for number in () if learner.is_hidden else learner.numbers.values():
        for key in by_id.get(number, ()):
            may_be_one = learners[key].may_be(learner)
            if may_be_one:
                keys.add(key)
    return keys


def _partners_by_name(learners: dict[str, Learner], later: Sequence[Learner], taken: set[str]) -> dict[str, str]:
    """Return the partners that a name gives to one learner alone; ``taken`` are those who have one by an id."""
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for learner in learners.values():
        for name in learner.names:
            by_name[name].add(learner.key)
    bearers: Counter[str] = Counter()
    for learner in later:
        bearers.update(learner.names)
    partners = {}
    for learner in later:
        keys: set[str] = set()
        for name in learner.names:
            keys |= by_name[name] - taken
        with_same_id = [key for key in keys if _may_share_id(learners[key], learner)]
        is_alone = all(bearers[name] == 1 for name in learner.names)
        if len(with_same_id) == 1:
            partners[learner.key] = with_same_id[0]
        elif len(keys) == 1 and is_alone and not (taken and _differ(learners[min(keys)], learner)):
            partners[learner.key] = min(keys)
    return partners


def _is_short(id_: str) -> bool:
    """Return whether an id may merely count the learners of a list."""
    return id_.isdecimal() and len(id_) <= SHORT


def _may_share_id(one: Learner, other: Learner) -> bool:
    """Return whether a spreadsheet may have turned an id of one learner into one of the other's."""
    pairs = product(one.written_ids, other.written_ids)
    return any(may_be_same_id(id_, other_id) for id_, other_id in pairs)


def _differ(one: Learner, other: Learner) -> bool:
    """Return whether two learners have ids of one kind: numbers with the same number of digits."""
    return not _lengths_of_numbers(one).isdisjoint(_lengths_of_numbers(other))


def _lengths_of_numbers(learner: Learner) -> set[int]:
    return {len(id_) for id_ in learner.ids if id_.isdecimal()}
