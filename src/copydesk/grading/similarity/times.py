"""Finds answers of several people that were last changed in the same milliseconds."""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from copydesk.grading.similarity.works import Finding, Groups, Work, different_people
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from copydesk.answers.file import Answer
    from copydesk.grading.report.counts import Layout
    from copydesk.grading.scores.assessment import Assessment

LEAST_MOMENTS = 3
"""How many answers must share the same millisecond; within a file each moment counts once."""


def answer_times(assessment: Assessment) -> bytes:
    """Return when each answer was last changed, in milliseconds; 0 if there is none."""
    times = [_milliseconds(result.answer) for result in assessment.results]
    return struct.pack(f"<{len(times)}q", *times)


def _milliseconds(answer: Answer | None) -> int:
    return round(answer.at.timestamp() * 1000) if answer and not answer.is_only_drawn else 0


def same_times(works: Iterable[Work], layouts: Mapping[str, Layout]) -> Iterator[Finding]:
    """Yield the groups that changed several answers of a lesson in the same milliseconds."""
    links = _strong_links(works)
    groups: Groups[Work] = Groups()
    for first, second in links:
        groups.link(first, second)
    shared: defaultdict[Work, list[set[int]]] = defaultdict(list)
    for (first, _), places in links.items():
        shared[groups.head(first)].append(places)
    for members in groups.members():
        places_of_pairs = shared[groups.head(members[0])]
        places = set.intersection(*places_of_pairs) or set.union(*places_of_pairs)
        group = tuple(sorted(members, key=lambda work: work.rank))
        reason = _reason(group[0], sorted(places), layouts)
        yield Finding(group, reason, reason, observed=str(len(places)), expected="0", measure=t("similar.by_times"))


def _reason(work: Work, places: list[int], layouts: Mapping[str, Layout]) -> str:
    """Return what was saved at the same time: the tasks, unless they are those of an older version."""
    submission = work.submission
    if submission.version:
        return t("similar.moments", count=len(places))
    tasks = layouts[submission.lesson].bank.tasks
    return t("similar.moments_of", tasks=name_list([tasks[place].task.id for place in places]))


def _strong_links(works: Iterable[Work]) -> dict[tuple[Work, Work], set[int]]:
    """Return the pairs of works with enough moments in common, and the places of the tasks that share them."""
    by_tasks: defaultdict[tuple[str, str, int], list[Work]] = defaultdict(list)
    for work in works:
        submission = work.submission
        by_tasks[submission.lesson, submission.version, len(submission.times)].append(work)
    places: defaultdict[tuple[Work, Work], set[int]] = defaultdict(set)
    moments: defaultdict[tuple[Work, Work], set[int]] = defaultdict(set)
    for alike in by_tasks.values():
        frequent = _frequent_pairs(alike)
        for place, moment, pair in _pairs(alike) if frequent else ():
            if pair in frequent:
                places[pair].add(place)
                moments[pair].add(moment)
    return {pair: places[pair] for pair, shared in moments.items() if len(shared) >= LEAST_MOMENTS}


def _frequent_pairs(works: Sequence[Work]) -> frozenset[tuple[Work, Work]]:
    """Return the pairs of works with enough places in common; most have one or two, and are kept as numbers only."""
    numbers = {work: number for number, work in enumerate(works)}
    codes = array("q")
    for _, _, (first, second) in _pairs(works):
        codes.append(numbers[first] * len(works) + numbers[second])
    values, counts = np.unique(np.frombuffer(codes, "<i8"), return_counts=True)
    frequent = [divmod(code, len(works)) for code in values[counts >= LEAST_MOMENTS].tolist()]
    return frozenset((works[first], works[second]) for first, second in frequent)


def _pairs(works: Sequence[Work]) -> Iterator[tuple[int, int, tuple[Work, Work]]]:
    """Yield each place of a task with a moment at which two works of different people have an answer there."""
    for place, moment, works_at_it in _shared_moments(works):
        for pair in pairwise(different_people(works_at_it)):
            yield place, moment, pair


def _shared_moments(works: Sequence[Work]) -> Iterator[tuple[int, int, list[Work]]]:
    """Yield each place of a task with a moment at which several works, all on the same tasks, have an answer there."""
    times = np.frombuffer(b"".join(work.submission.times for work in works), "<i8")
    columns = times.reshape(len(works), len(works[0].submission.times) // times.itemsize).T
    for place, column in enumerate(columns):
        order = np.argsort(column, kind="stable")
        moments, firsts, counts = np.unique(column[order], return_index=True, return_counts=True)
        is_shared = (moments != 0) & (counts > 1)
        rows = zip(moments[is_shared].tolist(), firsts[is_shared].tolist(), counts[is_shared].tolist(), strict=True)
        for moment, first, count in rows:
            yield place, moment, [works[number] for number in order[first : first + count].tolist()]
