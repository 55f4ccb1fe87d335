"""Finds work of two learners that is alike beyond chance: something for a person to look at, never a verdict."""

from __future__ import annotations

import hashlib
import math
import struct
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import listed, one_line
from copydesk.kinds.written.model import WrittenResponse
from copydesk.model.tokens import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from copydesk.grading.report.counts import Layout
    from copydesk.grading.scores.assessment import Assessment
    from copydesk.grading.submissions.record import Row

LEAST_WORDS = 20
"""A shorter text may well be the same by chance."""

LEAST_MOMENTS = 3
"""So many answers have to be of one and the same millisecond; within a file each moment counts once."""

LEAST_WRONG = 3
SPARE_BITS = 10
"""By how much the answers two learners share must be rarer than a pair that a whole class would bring by chance."""

MOST_NAMES = 6
WHOLE_SHARE = 10_000
REMEDY = (
    "Look at both: it may be copied, or one person under two names, or work done together. "
    "It changes no score and proves nothing by itself"
)


@dataclass(frozen=True, eq=False, slots=True)
class Work:
    """A submission and whose it is."""

    person: tuple[str, ...]
    row: Row


def times(assessment: Assessment) -> bytes:
    """Return when each answer was changed last, in milliseconds; 0 where there is none."""
    found = (round(each.answer.at.timestamp() * 1000) if each.answer else 0 for each in assessment.results)
    return struct.pack(f"<{len(assessment.results)}q", *found)


def texts(assessment: Assessment) -> tuple[str, ...]:
    """Return a hash of each written text that is long enough: by its words alone, not by marks and capitals."""
    return tuple(
        f"{result.task.id} {found}"
        for result in assessment.results
        if result.answer
        and isinstance(result.answer.response, WrittenResponse)
        and (found := _hash_of(result.answer.response.text))
    )


def _hash_of(text: str) -> str:
    words = WORD.findall(text.casefold())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16] if len(words) >= LEAST_WORDS else ""


def alike(rows: Iterable[Row], layouts: Mapping[str, Layout]) -> list[SubmissionProblem]:
    """Return a row for each group of learners whose work is alike, with all that is alike in it.

    What is compared is found by its hash, so that a class of thousands takes no longer for each learner.
    """
    works = [Work((row.match.key,) if row.match and row.match.key else row.who[:2], row) for row in rows]
    works.sort(key=lambda work: (work.row.lesson, work.person, work.row.file))
    reasons: defaultdict[tuple[Work, ...], list[str]] = defaultdict(list)
    for group, reason in (*_same_texts(works), *_same_moments(works, layouts), *_same_answers(works, layouts)):
        reasons[group].append(reason)
    for group, found in reasons.items():
        if len({(work.row.kept, work.row.points, work.row.times) for work in group}) == 1:
            found.append("all answers the same, and changed last at the same times")
    return [_problem(group, found) for group, found in reasons.items()]


def _problem(group: Sequence[Work], reasons: Sequence[str]) -> SubmissionProblem:
    names = [f"{one_line(work.row.called, 60)!r} ({one_line(work.row.file, 80)})" for work in group[:MOST_NAMES]]
    names += [f"{len(group) - MOST_NAMES} more"] if len(group) > MOST_NAMES else []
    reason = f"{listed(names)} have in {group[0].row.lesson} {'; '.join(reasons)}"
    return SubmissionProblem(group[0].row.file, reason, REMEDY, "to look at")


def _same_texts(works: Iterable[Work]) -> Iterator[tuple[tuple[Work, ...], str]]:
    """Yield who wrote the same text, and in which task."""
    found: defaultdict[tuple[str, str], list[Work]] = defaultdict(list)
    for work in works:
        for text in work.row.texts:
            found[work.row.lesson, text].append(work)
    for (_, text), group in found.items():
        apart = _apart(group) if len(group) > 1 else ()
        if len(apart) > 1:
            yield apart, f"the same text in {text.partition(' ')[0]}"


def _apart(works: Iterable[Work]) -> tuple[Work, ...]:
    """Return one submission of each person; a file that is of several people, such as a team's, counts once."""
    by_person: dict[tuple[str, ...], Work] = {}
    for work in works:
        by_person.setdefault(work.person, work)
    by_file: dict[str, Work] = {}
    for work in by_person.values():
        by_file.setdefault(work.row.file, work)
    return tuple(by_file.values())


def _same_moments(works: Iterable[Work], layouts: Mapping[str, Layout]) -> Iterator[tuple[tuple[Work, ...], str]]:
    """Yield who changed several answers in the same milliseconds, and in which tasks."""
    found: defaultdict[tuple[str, str, int, int], list[Work]] = defaultdict(list)
    for work in works:
        lesson, version, moments = work.row.lesson, work.row.version, work.row.times
        for place, moment in enumerate(struct.unpack(f"<{len(moments) // 8}q", moments)):
            if moment:
                found[lesson, version, place, moment].append(work)
    links: defaultdict[tuple[Work, Work], list[tuple[int, int]]] = defaultdict(list)
    for (_, _, place, moment), group in found.items():
        for pair in pairwise(_apart(group)) if len(group) > 1 else ():
            links[pair].append((place, moment))
    strong = {pair: shared for pair, shared in links.items() if len({each for _, each in shared}) >= LEAST_MOMENTS}
    for linked, places in _linked(strong):
        row = linked[0].row
        tasks = [entry.task.id for entry in layouts[row.lesson].bank.tasks] if not row.version else []
        names = [tasks[place] for place in places] if tasks else []
        what = f"the answers to {listed(names)}" if names else f"{len(places)} answers"
        yield linked, f"{what} of the same millisecond"


def _linked(
    pairs: Mapping[tuple[Work, Work], Sequence[tuple[int, int]]],
) -> Iterator[tuple[tuple[Work, ...], list[int]]]:
    """Yield who hangs together by pairs, and the tasks that all of these pairs share, or else any of them does."""
    heads: dict[Work, Work] = {}

    def head(work: Work) -> Work:
        while (above := heads.setdefault(work, work)) is not work:
            heads[work] = heads[above]
            work = above
        return work

    for first, second in pairs:
        heads[head(second)] = head(first)
    groups: defaultdict[Work, set[Work]] = defaultdict(set)
    shared: defaultdict[Work, list[set[int]]] = defaultdict(list)
    for pair, places in pairs.items():
        groups[head(pair[0])].update(pair)
        shared[head(pair[0])].append({place for place, _ in places})
    for top, members in groups.items():
        group = tuple(sorted(members, key=lambda work: (work.person, work.row.file)))
        yield group, sorted(set.intersection(*shared[top]) or set.union(*shared[top]))


def _same_answers(works: Iterable[Work], layouts: Mapping[str, Layout]) -> Iterator[tuple[tuple[Work, ...], str]]:
    """Yield who gave the same answers throughout, with so many rare wrong ones that chance does not do it."""
    by_lesson: defaultdict[str, list[Work]] = defaultdict(list)
    for work in works:
        if not work.row.version and work.row.kept:
            by_lesson[work.row.lesson].append(work)
    for lesson, found in by_lesson.items():
        yield from _same_in_lesson(found, layouts[lesson])


def _same_in_lesson(works: Sequence[Work], layout: Layout) -> Iterator[tuple[tuple[Work, ...], str]]:
    cuts = _cuts(layout)
    everybody: defaultdict[tuple[bytes, ...], list[Work]] = defaultdict(list)
    for work in works:
        everybody[tuple(work.row.kept[begin:end] for _, begin, end in cuts)].append(work)
    counts: list[Counter[bytes]] = [Counter() for _ in cuts]
    for answers, group in everybody.items():
        for count, answer in zip(counts, answers, strict=True):
            count[answer] += len(group)
    needed = 2 * math.log2(len(works)) + SPARE_BITS
    for answers, group in everybody.items():
        apart = _apart(group)
        if len(apart) < 2:  # noqa: PLR2004  (nobody else gave them)
            continue
        wrong = [place for place, (at, _, _) in enumerate(cuts) if _is_wrong(apart[0].row.kept, at)]
        bits = math.fsum(math.log2(len(works) / counts[place][answers[place]]) for place in wrong)
        if len(wrong) >= LEAST_WRONG and bits >= needed:
            yield apart, f"the same answers throughout, {len(wrong)} of them wrong in the same way"


def _cuts(layout: Layout) -> list[tuple[int, int, int]]:
    """Return for each task where its share stands in what is kept, and where its answer begins and ends."""
    cuts, place = [], 0
    for shape in layout.shapes.values():
        begin = place + 3  # behind the share, and how sure the learner was
        end = begin + shape.picks + 2 * shape.credits + shape.mark_bytes
        cuts.append((place, begin, end))
        place = end
    return cuts


def _is_wrong(kept: bytes, place: int) -> bool:
    """Return whether an answer was scored, and not as right; what is open or waits says nothing."""
    return int.from_bytes(kept[place : place + 2], "little") < WHOLE_SHARE
