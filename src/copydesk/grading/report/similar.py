"""Finds work by several learners that is similar beyond chance: for a person to look at, never a verdict."""

from __future__ import annotations

import hashlib
import math
import struct
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from copydesk.grading.files.problems import SubmissionProblem
from copydesk.grading.files.safe_text import one_line
from copydesk.kinds.counting import WHOLE
from copydesk.kinds.written.model import WrittenResponse
from copydesk.model.tokens import WORD
from copydesk.text import t
from copydesk.text.lists import first_names, name_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from copydesk.answers.file import Answer
    from copydesk.grading.report.counts import Layout
    from copydesk.grading.scores.assessment import Assessment
    from copydesk.grading.submissions.record import GradedSubmission

LEAST_WORDS = 20
"""A shorter text may well be the same by chance."""

LEAST_MOMENTS = 3
"""How many answers must share the same millisecond; within a file each moment counts once."""

LEAST_WRONG = 3
SPARE_BITS = 10
"""How much rarer the answers two learners share must be than a pair that a whole class would produce by chance."""

MOST_NAMES = 6
Finding = tuple[tuple["Work", ...], str]
"""Submissions by different people, and what they have in common."""


@dataclass(frozen=True, eq=False, slots=True)
class Work:
    """A submission and whose it is."""

    person: tuple[str, ...]
    submission: GradedSubmission


def answer_times(assessment: Assessment) -> bytes:
    """Return when each answer was last changed, in milliseconds; 0 if there is none."""
    times = [_milliseconds(result.answer) for result in assessment.results]
    return struct.pack(f"<{len(times)}q", *times)


def _milliseconds(answer: Answer | None) -> int:
    return round(answer.at.timestamp() * 1000) if answer and not answer.is_only_drawn else 0


def text_hashes(assessment: Assessment) -> tuple[str, ...]:
    """Return a hash of each written text that is long enough, from its words alone, without punctuation and case."""
    hashes = []
    for result in assessment.results:
        response = result.answer.response if result.answer else None
        if not isinstance(response, WrittenResponse):
            continue
        words = WORD.findall(response.text.casefold())
        if len(words) >= LEAST_WORDS:
            digest = hashlib.sha256(" ".join(words).encode()).hexdigest()
            hashes.append(f"{result.task.id} {digest[:16]}")
    return tuple(hashes)


def similar_work(submissions: Iterable[GradedSubmission], layouts: Mapping[str, Layout]) -> list[SubmissionProblem]:
    """Return a row for each group of learners with similar work, with everything they have in common.

    Matches are found by hash, so that a class of thousands takes no longer per learner.
    """
    works = [Work(_person(submission), submission) for submission in submissions]
    works.sort(key=lambda work: (work.submission.lesson, *_order(work)))
    reasons: defaultdict[tuple[Work, ...], list[str]] = defaultdict(list)
    for group, reason in chain(_same_texts(works), _same_moments(works, layouts), _same_answers(works, layouts)):
        reasons[group].append(reason)
    problems = []
    for group, own_reasons in reasons.items():
        if _is_all_the_same(group):
            own_reasons.append(t("similar.all_the_same"))
        problems.append(_problem(group, own_reasons))
    return problems


def _person(submission: GradedSubmission) -> tuple[str, ...]:
    """Return the key of the person who submitted: the learner on the roster, or else the name in the submission."""
    match = submission.match
    return (match.key,) if match and match.key else submission.identity[:2]


def _order(work: Work) -> tuple[tuple[str, ...], str]:
    return work.person, work.submission.file


def _is_all_the_same(group: Iterable[Work]) -> bool:
    """Return whether all answers of a group are the same, and were changed at the same times."""
    contents = {(work.submission.encoded_answers, work.submission.points, work.submission.times) for work in group}
    return len(contents) == 1


def _problem(group: Sequence[Work], reasons: Sequence[str]) -> SubmissionProblem:
    first = group[0].submission
    names = []
    for work in group:
        name, file = one_line(work.submission.label, 60), one_line(work.submission.file, 80)
        names.append(f"{name!r} ({file})")
    reason = t(
        "similar.reason",
        learners=name_list(first_names(names, MOST_NAMES)),
        lesson=first.lesson,
        reasons="; ".join(reasons),
    )
    return SubmissionProblem(first.file, reason, t("similar.reason.remedy"), "to look at")


def _same_texts(works: Iterable[Work]) -> Iterator[Finding]:
    """Yield the groups with the same text, and the reason, which names its task."""
    by_text: defaultdict[tuple[str, str], list[Work]] = defaultdict(list)
    for work in works:
        for text in work.submission.texts:
            by_text[work.submission.lesson, text].append(work)
    for (_, text), works_with_it in by_text.items():
        group = _different_people(works_with_it)
        if len(group) > 1:
            task, _, _ = text.partition(" ")
            yield group, t("similar.text", task=task)


def _different_people(works: Sequence[Work]) -> tuple[Work, ...]:
    """Return one submission per person; a file from several people, such as a team's, counts once."""
    if len(works) == 1:
        return (works[0],)
    by_person: dict[tuple[str, ...], Work] = {}
    for work in works:
        by_person.setdefault(work.person, work)
    by_file: dict[str, Work] = {}
    for work in by_person.values():
        by_file.setdefault(work.submission.file, work)
    return tuple(by_file.values())


def _same_moments(works: Iterable[Work], layouts: Mapping[str, Layout]) -> Iterator[Finding]:
    """Yield the groups that changed several answers in the same milliseconds, and the reason, which names the tasks."""
    for group, places in _connected(_strong_links(works)):
        first = group[0].submission
        if first.version or not places:
            yield group, t("similar.moments", count=len(places))
            continue
        tasks = layouts[first.lesson].bank.tasks
        names = [tasks[place].task.id for place in places]
        yield group, t("similar.moments_of", tasks=name_list(names))


def _strong_links(works: Iterable[Work]) -> dict[tuple[Work, Work], set[int]]:
    """Return the pairs of works with enough moments in common, and the places of the tasks that share them."""
    places: defaultdict[tuple[Work, Work], set[int]] = defaultdict(set)
    moments: defaultdict[tuple[Work, Work], set[int]] = defaultdict(set)
    for (_, _, place, moment), works_at_it in _works_by_moment(works).items():
        for pair in pairwise(_different_people(works_at_it)):
            places[pair].add(place)
            moments[pair].add(moment)
    return {pair: places[pair] for pair, shared in moments.items() if len(shared) >= LEAST_MOMENTS}


def _works_by_moment(works: Iterable[Work]) -> dict[tuple[str, str, int, int], list[Work]]:
    """Return the works with an answer at some moment, by lesson, version, place of the task, and moment."""
    by_moment: defaultdict[tuple[str, str, int, int], list[Work]] = defaultdict(list)
    for work in works:
        lesson, version, times = work.submission.lesson, work.submission.version, work.submission.times
        for place, moment in enumerate(struct.unpack(f"<{len(times) // 8}q", times)):
            if moment:
                by_moment[lesson, version, place, moment].append(work)
    return by_moment


def _connected(links: Mapping[tuple[Work, Work], set[int]]) -> Iterator[tuple[tuple[Work, ...], list[int]]]:
    """Yield each group linked by pairs, and the places of the tasks that all its pairs share, or else any share."""
    heads: dict[Work, Work] = {}

    def head(work: Work) -> Work:
        while (above := heads.setdefault(work, work)) is not work:
            heads[work] = heads[above]
            work = above
        return work

    for first, second in links:
        heads[head(second)] = head(first)
    groups: defaultdict[Work, set[Work]] = defaultdict(set)
    shared: defaultdict[Work, list[set[int]]] = defaultdict(list)
    for pair, places in links.items():
        groups[head(pair[0])].update(pair)
        shared[head(pair[0])].append(places)
    for top, members in groups.items():
        places = set.intersection(*shared[top]) or set.union(*shared[top])
        yield tuple(sorted(members, key=_order)), sorted(places)


def _same_answers(works: Iterable[Work], layouts: Mapping[str, Layout]) -> Iterator[Finding]:
    """Yield the groups with the same answers throughout, so many of them rare and wrong that chance is unlikely.

    Answers to two versions of a task are never the same: each version has its own place in the counts.
    """
    by_lesson: defaultdict[str, list[Work]] = defaultdict(list)
    for work in works:
        if not work.submission.version and work.submission.encoded_answers:
            by_lesson[work.submission.lesson].append(work)
    for lesson, lesson_works in by_lesson.items():
        yield from _same_answers_in_lesson(lesson_works, layouts[lesson])


def _same_answers_in_lesson(works: Sequence[Work], layout: Layout) -> Iterator[Finding]:
    fields = _fields(layout)
    by_answers: defaultdict[tuple[bytes, ...], list[Work]] = defaultdict(list)
    for work in works:
        by_answers[tuple(work.submission.encoded_answers[begin:end] for _, begin, end in fields)].append(work)
    counts = _answer_counts(by_answers)
    needed_bits = 2 * math.log2(len(works)) + SPARE_BITS
    for answers, works_with_them in by_answers.items():
        group = _different_people(works_with_them)
        if len(group) == 1:
            continue
        wrong_bits = []
        for place, answer in enumerate(answers):
            share_at, _, _ = fields[place]
            if _is_wrong(group[0].submission.encoded_answers, share_at):
                wrong_bits.append(math.log2(len(works) / counts[place, answer]))
        if len(wrong_bits) >= LEAST_WRONG and math.fsum(wrong_bits) >= needed_bits:
            yield group, t("similar.answers", wrong=len(wrong_bits))


def _answer_counts(by_answers: Mapping[tuple[bytes, ...], Sequence[Work]]) -> Counter[tuple[int, bytes]]:
    """Return how often each answer to each task was given, with tasks by place."""
    counts: Counter[tuple[int, bytes]] = Counter()
    for answers, works in by_answers.items():
        for place, answer in enumerate(answers):
            counts[place, answer] += len(works)
    return counts


def _fields(layout: Layout) -> list[tuple[int, int, int]]:
    """Return, for each task, where its share is in the packed counts, and where its answer begins and ends."""
    fields, place = [], 0
    for shape in layout.shapes.values():
        begin = place + 3  # after the share, and how sure the learner was
        end = begin + shape.picks + 2 * shape.credits + shape.mark_bytes
        fields.append((place, begin, end))
        place = end
    return fields


def _is_wrong(packed: bytes, place: int) -> bool:
    """Return whether an answer was scored and not right; one that is open or waiting says nothing."""
    return int.from_bytes(packed[place : place + 2], "little") < WHOLE
