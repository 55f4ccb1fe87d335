"""The wrong answers of a class in numbers: who gave which, how often each was given, and pairs worth comparing."""

from __future__ import annotations

import math
from functools import cached_property
from itertools import combinations, groupby
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from copydesk.course.bank import FIRST
from copydesk.kinds.table import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from copydesk.grading.report.counts import Layout
    from copydesk.grading.scores.assessment import Assessment
    from copydesk.grading.similarity.works import Work

ANSWER = np.dtype([("task", "<u2"), ("answer", "<u2")])
"""The number of a version of a task in its lesson, and the hash of a wrong answer, or ``ANSWERED``."""

ANSWERED = 0
"""What there is once for each task with an answer, right or wrong."""

HASHES = 65_535
UNIT = 1024
"""Bits are added up in these parts, as whole numbers: the sum is the same on every machine."""

SPARE_BITS = 1
MOST_PAIRED = 12
"""Learners are paired by wrong answers that no more than this number of them have in common."""

BLOCK = 4096
"""So many people or works are looked at together, so that large classes need little memory."""

MOST_ANSWERS = 3000
PEOPLE_AT_ONCE = 1024
"""Two of so many answers are counted in one table, some people at a time, which takes 50 MB at most."""

ROUNDS = 40
LARGEST_SHIFT = 2.0
"""The odds of a wrong answer are at most about seven times as high for one learner as for the class, or as low."""


def wrong_answers(assessment: Assessment, layout: Layout) -> bytes:
    """Return the wrong answers of a submission, and which tasks it answers, of those that read the same now."""
    rows = []
    for result in assessment.results:
        task, answer = result.task, result.answer
        place = layout.numbers.get((task.id, result.version or FIRST))
        if answer is None or place is None or result.score.status == "unanswered":
            continue
        if task.id in assessment.version.changed:
            continue
        rows.append((place, ANSWERED))
        wrong = kind_of(task.kind).counts.wrong_answers(task, result.key, answer.response, result.score)
        rows += [(place, 1 + crc32(text.encode("utf-8", "surrogatepass")) % HASHES) for text in wrong]
    return np.array(rows, ANSWER).tobytes()


class ClassAnswers:
    """The wrong answers of all people in all lessons of a run.

    People and wrong answers are numbered, the answers over all lessons. ``counts`` says how many people gave each
    answer, ``asked`` how many answered its task, in the same version; ``lesson_of`` and ``task_of`` say what it is in.
    ``odds`` are those of each answer among the others, if one person gave it. ``facts`` has the lesson and the task of
    each answer as plain numbers.
    """

    def __init__(self, works: Sequence[Work]) -> None:
        """Number the people and the answers; the works come in the order of their people."""
        self.people = [person for person, _ in groupby(work.person for work in works)]
        self.lessons = sorted({work.submission.lesson for work in works})
        keys = _Keys(works, self.lessons)
        values = keys.values()
        numbers, owners = keys.numbers(values)
        is_wrong = (values & 0xFFFF) != ANSWERED
        tasks = values >> 16 << 16
        self.counts = np.bincount(numbers, minlength=len(values))
        self.asked = self.counts[np.searchsorted(values, tasks)]
        self.task_of, self.lesson_of = tasks, values >> 32
        others = np.maximum(self.counts - 1, 0.5)
        self.odds = others / np.maximum(self.asked - others, 0.5)
        self._is_wrong = is_wrong
        self._bits = np.rint(UNIT * np.log2(self.asked / np.maximum(self.counts, 1))).astype("<i8")
        wrong = is_wrong[numbers]
        self._answered, self._answered_starts = numbers[~wrong], self._starts(owners[~wrong])
        self._own_starts = self._starts(owners[wrong])
        self._own = self._commonest_first(numbers[wrong], owners[wrong])
        columns = self.lesson_of, self.task_of
        self.facts = list(zip(*(column.tolist() for column in columns), strict=True))
        self._givers: dict[int, int] = {}
        self._shifts: dict[tuple[int, int], float] = {}

    def _starts(self, owners: np.ndarray) -> np.ndarray:
        """Return where the rows of each person begin, and where the last ends."""
        starts: np.ndarray = np.r_[0, np.cumsum(np.bincount(owners, minlength=len(self.people)))]
        return starts

    def _commonest_first(self, numbers: np.ndarray, owners: np.ndarray) -> np.ndarray:
        """Return the wrong answers of all people, those of each by lesson, the commonest first."""
        order = np.lexsort((-self.counts, self.lesson_of)).astype("<i4")
        ranks = np.empty_like(order)
        ranks[order] = np.arange(len(order), dtype="<i4")
        rows = owners.astype("<u8") << 32
        rows |= ranks[numbers].astype("<u8")
        rows.sort()
        rows &= 0xFFFFFFFF
        sorted_numbers: np.ndarray = order[rows]
        return sorted_numbers

    def answers_of(self, person: int) -> list[int]:
        """Return the wrong answers of a person, by lesson, the commonest first."""
        own: list[int] = self._own[self._own_starts[person] : self._own_starts[person + 1]].tolist()
        return own

    def tasks_of(self, person: int) -> set[int]:
        """Return the tasks that a person answered, as they are in ``task_of``."""
        answered = self._answered[self._answered_starts[person] : self._answered_starts[person + 1]]
        return set(self.task_of[answered].tolist())

    def together(self, answers: Sequence[int]) -> np.ndarray:
        """Return how many people gave each two of some wrong answers; on the diagonal, how many gave one."""
        if self._together is not None:
            counts: np.ndarray = self._together[np.ix_(self._place[answers], self._place[answers])]
            return counts.astype("<i8")
        givers = [self._givers_of(answer) for answer in answers]
        rows = [[(one & other).bit_count() for other in givers] for one in givers]
        return np.array(rows, "<i8").reshape(len(answers), len(answers))

    def _givers_of(self, answer: int) -> int:
        """Return the people who gave a wrong answer, as an integer with a bit for each."""
        if answer not in self._givers:
            places = np.flatnonzero(self._own == answer)
            flags = np.zeros(len(self.people), bool)
            flags[np.searchsorted(self._own_starts, places, side="right") - 1] = True
            self._givers[answer] = int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")
        return self._givers[answer]

    @cached_property
    def _together(self) -> np.ndarray | None:
        """Return how many people gave each two of the wrong answers that several gave; None if there are too many."""
        if not 0 < self._place.max(initial=-1) < MOST_ANSWERS:
            return None
        size = int(self._place.max()) + 1
        counts = np.zeros((size, size), "<f4")  # whole numbers below 2**24 are exact
        for first in range(0, len(self.people), PEOPLE_AT_ONCE):
            starts = self._own_starts[first : first + PEOPLE_AT_ONCE + 1]
            own = self._place[self._own[starts[0] : starts[-1]]]
            owners = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
            flags = np.zeros((len(starts) - 1, size), "<f4")
            flags[owners[own >= 0], own[own >= 0]] = 1
            counts += flags.T @ flags
        return counts

    @cached_property
    def _place(self) -> np.ndarray:
        """Return the place of each wrong answer among those that several people gave; -1 for any other."""
        is_shared = self._is_wrong & (self.counts > 1)
        return np.where(is_shared, np.cumsum(is_shared) - 1, -1)

    def shift(self, lesson: int, wrong: int) -> float:
        """Return how much a learner with so many wrong answers in a lesson is likelier than others to give each.

        It is the logarithm of the factor of the odds with which the expected number of wrong answers is the learner's.
        """
        place = lesson, wrong
        if place not in self._shifts:
            own = self._is_wrong & (self.lesson_of == lesson)
            shares, times = np.unique(self.counts[own] / self.asked[own], return_counts=True)
            odds = shares / np.maximum(1 - shares, 1e-9)
            low, high = -LARGEST_SHIFT, LARGEST_SHIFT
            for _ in range(ROUNDS):
                middle = (low + high) / 2
                raised = odds * np.exp(middle)
                if math.fsum((times * raised / (1 + raised)).tolist()) < wrong:
                    low = middle
                else:
                    high = middle
            self._shifts[place] = (low + high) / 2
        return self._shifts[place]

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs with a run of wrong answers in common that is rarer than one person of the class.

        A run is of answers next to each other in a person's list, as many as it takes. A run that many have is no
        mark of a pair. So the number of pairs grows with that of the people, not with its square.
        """
        runs, people = self._runs()
        order = np.argsort(runs, kind="stable")
        runs, people = runs[order], people[order]
        del order
        cuts = np.flatnonzero(np.r_[True, runs[1:] != runs[:-1], True]) if len(runs) else np.array([], int)
        sizes = np.diff(cuts)
        is_pairing = (sizes > 1) & (sizes <= MOST_PAIRED)
        pairs: set[tuple[int, int]] = set()
        for cut, size in zip(cuts[:-1][is_pairing].tolist(), sizes[is_pairing].tolist(), strict=True):
            pairs.update(combinations(sorted(set(people[cut : cut + size].tolist())), 2))
        yield from sorted(pairs)

    def _runs(self) -> tuple[np.ndarray, np.ndarray]:
        """Return a hash of each run of wrong answers that is rare enough, and whose it is."""
        needed = UNIT * (len(self.people).bit_length() + SPARE_BITS)
        mixed = _mixed(np.arange(len(self.counts), dtype="<u8"))
        runs, people = [np.array([], "<u8")], [np.array([], "<i4")]
        for first in range(0, len(self.people), BLOCK):
            starts = self._own_starts[first : first + BLOCK + 1]
            own = self._own[starts[0] : starts[-1]]
            owners = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
            total = np.r_[0, np.cumsum(self._bits[own])]
            marks = np.r_[np.uint64(0), np.cumsum(mixed[own], dtype="<u8")]
            ends = np.searchsorted(total, total[:-1] + needed)
            begins = np.flatnonzero(ends <= (starts - starts[0])[owners + 1])
            runs.append(marks[ends[begins]] - marks[begins])
            people.append((owners[begins] + first).astype("<i4"))
        return np.concatenate(runs), np.concatenate(people)


class _Keys:
    """The rows of all works as numbers that are the same for the same answer: lesson, task and hash, 16 bits each."""

    def __init__(self, works: Sequence[Work], lessons: Sequence[str]) -> None:
        self._works = works
        self._lessons = {lesson: place for place, lesson in enumerate(lessons)}

    def _blocks(self) -> Iterator[np.ndarray]:
        """Yield the keys of the works, some of them at a time."""
        for first in range(0, len(self._works), BLOCK):
            works = self._works[first : first + BLOCK]
            rows = [np.frombuffer(work.submission.wrong_answers, ANSWER) for work in works]
            lessons = np.array([self._lessons[work.submission.lesson] for work in works], "<i8")
            keys = np.repeat(lessons << 32, [len(own) for own in rows])
            answers = np.concatenate(rows)
            yield keys | answers["task"].astype("<i8") << 16 | answers["answer"]

    def values(self) -> np.ndarray:
        """Return each key once, in order."""
        values = np.array([], "<i8")
        for keys in self._blocks():
            values = np.union1d(values, keys)
        return values

    def numbers(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the place of each key among all, and the number of the person whose it is."""
        numbers = [np.searchsorted(values, keys).astype("<i4") for keys in self._blocks()]
        people: list[int] = []
        for person, (_, works) in enumerate(groupby(self._works, key=lambda work: work.person)):
            people += [person] * len(list(works))
        sizes = [len(work.submission.wrong_answers) // ANSWER.itemsize for work in self._works]
        owners = np.repeat(np.array(people, "<i4"), np.array(sizes, "<i8"))
        return np.concatenate([np.array([], "<i4"), *numbers]), owners


def _mixed(values: np.ndarray) -> np.ndarray:
    """Return numbers spread over 64 bits, so that sums of different numbers hardly ever agree.

    Source: G. L. Steele, D. Lea, C. H. Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
    """
    mixed = (values + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
