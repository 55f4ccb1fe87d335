"""Counts sections and groups of a class: who submitted, and how far the points of a section are apart."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from statistics import fmean, stdev
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.files.result_names import SECTIONS
from copydesk.grading.files.safe_text import file_part
from copydesk.kinds.scoring import is_marked_by_person
from copydesk.measures import LEAST_IN_CLASS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from copydesk.course.bank import Bank
    from copydesk.grading.report.table_files import Line
    from copydesk.grading.submissions.record import Identity

SECTION_HEADS = (
    "lesson",
    "section",
    "learners",
    "submitted",
    "late",
    "missing",
    "rule_count",
    "rule_mean",
    "rule_sd",
    "rule_maximum",
    "written_count",
    "written_mean",
    "written_sd",
    "written_maximum",
)
"""The columns of the table of sections; its rows for learners in no section have an empty name."""

GROUP_HEADS = ("lesson", "group", "members", "submitted", "submissions", "alone")
"""The columns of the table of groups."""

NO_SECTION = ""
NUMBER = re.compile("[0-9]+")
LONGEST_NUMBER = 9


class Credit(NamedTuple):
    """A submission that counts: for whom, and its points.

    ``learners`` are those who get the mark, by their key on the list; ``members`` all of the group that it came from,
    none if it is one learner's; ``submissions`` is how many different ones came from it, of which this one counts.
    ``written`` is None while a text awaits marking.
    """

    learners: tuple[str, ...]
    members: tuple[str, ...]
    submissions: int
    is_late: bool
    automatic: float
    automatic_maximum: float
    written: float | None
    written_maximum: float


@dataclass(frozen=True, slots=True)
class People:
    """Who is on the lists of a class, and whose each submission is.

    ``sections`` has the sections of each learner, by the learner's key, ``groups`` the members of each group, by its
    name on the list. ``credits`` has the submissions that count, except those that belong to no one on the list;
    ``missing`` the learners without a submission, by lesson.
    """

    sections: Mapping[str, Collection[str]] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    credits: Mapping[Identity, Credit] = field(default_factory=dict)
    missing: Mapping[str, Collection[str]] = field(default_factory=dict)

    @property
    def has_sections(self) -> bool:
        """Return whether a list says in which section anyone is."""
        return any(self.sections.values())

    def sections_of(self, learner: str) -> Collection[str]:
        """Return the sections of a learner; ``NO_SECTION`` if there is none."""
        return self.sections.get(learner) or (NO_SECTION,)

    def learners_in(self, section: str) -> set[str]:
        """Return the learners of a section."""
        return {learner for learner, sections in self.sections.items() if section in sections}

    def packed_of(self, section: str, packed: Mapping[Identity, bytes]) -> dict[Identity, bytes]:
        """Return the packed counts of the submissions that count for someone in a section."""
        learners = self.learners_in(section)
        own = {}
        for identity, counts in packed.items():
            credit = self.credits.get(identity)
            if credit and not learners.isdisjoint(credit.learners):
                own[identity] = counts
        return own

    def lessons(self) -> list[str]:
        """Return the lessons for which something was submitted."""
        return sorted(self.missing)

    def credits_of(self, lesson: str) -> Iterator[Credit]:
        """Yield the submissions for a lesson that count for someone on the list."""
        for identity, credit in self.credits.items():
            if identity[2] == lesson:
                yield credit


def large_sections(sections: Mapping[str, Collection[str]]) -> list[str]:
    """Return the sections with at least ten learners, by name; each has a report of its own."""
    sizes = Counter[str]()
    for names in sections.values():
        sizes.update(names)
    return sorted((name for name, size in sizes.items() if size >= LEAST_IN_CLASS), key=_in_order)


def section_page(section: str) -> str:
    """Return the file name of a section's report: readable, safe on any system, and different for each section."""
    short = hashlib.sha256(section.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{SECTIONS}/{file_part(section, otherwise='section')}-{short}.html"


@dataclass(slots=True)
class _Section:
    """What is counted of a section in a lesson."""

    submitted: int = 0
    late: int = 0
    missing: int = 0
    automatic: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)


def section_lines(people: People, banks: Mapping[str, Bank]) -> Iterator[Line]:
    """Yield, for each lesson and section, how many submitted, and the mean and spread of their points.

    A learner in several sections counts in each; a group's submission counts for each member who gets its mark.
    Points out of another maximum than today's, from an older version of the tasks, are left out of mean and spread.
    """
    if not people.has_sections:
        return
    for lesson in people.lessons():
        maxima = _maxima(banks[lesson])
        counts = _counts_by_section(people, lesson, maxima)
        for section in sorted(counts, key=_in_order):
            yield {"lesson": lesson, "section": section, **_section_numbers(counts[section], maxima)}


def _counts_by_section(people: People, lesson: str, maxima: tuple[float, float]) -> dict[str, _Section]:
    counts: defaultdict[str, _Section] = defaultdict(_Section)
    for credit in people.credits_of(lesson):
        for learner in credit.learners:
            for section in people.sections_of(learner):
                _count(counts[section], credit, maxima)
    for learner in people.missing[lesson]:
        for section in people.sections_of(learner):
            counts[section].missing += 1
    return counts


def _count(section: _Section, credit: Credit, maxima: tuple[float, float]) -> None:
    """Count a submission in a section."""
    section.submitted += 1
    section.late += credit.is_late
    if credit.automatic_maximum == maxima[0]:
        section.automatic.append(credit.automatic)
    if credit.written is not None and credit.written_maximum == maxima[1]:
        section.written.append(credit.written)


def _maxima(bank: Bank) -> tuple[float, float]:
    """Return how many points a lesson is worth by rule and in written work."""
    automatic = written = 0.0
    for entry in bank.tasks:
        if is_marked_by_person(entry.task):
            written += entry.task.points
        else:
            automatic += entry.task.points
    return automatic, written


def _section_numbers(section: _Section, maxima: tuple[float, float]) -> Line:
    line: Line = {
        "learners": section.submitted + section.missing,
        "submitted": section.submitted,
        "late": section.late,
        "missing": section.missing,
    }
    for name, points, maximum in zip(("rule", "written"), (section.automatic, section.written), maxima, strict=True):
        line |= {f"{name}_count": len(points), f"{name}_maximum": maximum}
        line |= _mean_and_spread(name, points) if maximum else {f"{name}_mean": "", f"{name}_sd": ""}
    return line


def _mean_and_spread(name: str, points: list[float]) -> Line:
    """Return the mean and the standard deviation of points; None for both if there are too few."""
    if len(points) < LEAST_IN_CLASS:
        return {f"{name}_mean": None, f"{name}_sd": None}
    return {f"{name}_mean": round(fmean(points), 2), f"{name}_sd": round(stdev(points), 2)}


def group_lines(people: People) -> Iterator[Line]:
    """Yield, for each group in a lesson for which groups submitted, how many members have a mark, and from what."""
    groups_of: defaultdict[str, set[str]] = defaultdict(set)
    for name, members in people.groups.items():
        for learner in members:
            groups_of[learner].add(name)
    for lesson in people.lessons():
        submissions, submitted, alone = Counter[str](), Counter[str](), Counter[str]()
        for credit in people.credits_of(lesson):
            for name in _groups_from(credit, groups_of, people.groups):
                submissions[name] += credit.submissions
            for learner in credit.learners:
                submitted.update(groups_of[learner])
                if not credit.members:
                    alone.update(groups_of[learner])
        if not submissions:
            continue
        for name in sorted(people.groups, key=_in_order):
            line: Line = {"lesson": lesson, "group": name, "members": len(people.groups[name])}
            yield line | {"submitted": submitted[name], "submissions": submissions[name], "alone": alone[name]}


def _in_order(name: str) -> tuple[bool, str, str]:
    """Return the sort key of a name: by its numbers as numbers, in any capitals; no name comes last."""
    return not name, NUMBER.sub(lambda digits: digits[0].zfill(LONGEST_NUMBER), name.casefold()), name


def _groups_from(
    credit: Credit, groups_of: Mapping[str, set[str]], groups: Mapping[str, frozenset[str]]
) -> Iterable[str]:
    """Return the group that a submission came from: the one with these members, or else all that they are in."""
    if not credit.members:
        return ()
    shared = set.intersection(*(set(groups_of[learner]) for learner in credit.members))
    return [name for name in shared if groups[name] == frozenset(credit.members)] or shared
