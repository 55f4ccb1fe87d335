"""Knows the banks that learners are shown and were shown before: a submission is graded by the one it was made with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from copydesk.course.bank_files import kept_bank_name
from copydesk.text import t
from copydesk.text.lists import first_names, name_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from copydesk.answers.file import Header
    from copydesk.course.bank import Bank, Entry
    from copydesk.grading.submissions.record import GradedSubmission

UNKNOWN_VERSION = "made with an unknown version of the tasks and graded by the key of now"
"""The notice on a submission whose tasks nobody kept."""

MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Version:
    """A bank as its submissions are graded.

    ``changed`` are the tasks that read differently now, are no longer asked, or were not asked then: none where the
    bank is the one of now. ``own_keys`` are those of them that were asked; ``file`` is the file with their keys.
    """

    bank: Bank
    changed: tuple[str, ...] = ()
    own_keys: tuple[str, ...] = ()
    file: str = ""

    @property
    def notice(self) -> str:
        """Return the gradebook's notice on a submission; empty where the bank is the one of now."""
        if not self.changed:
            return ""
        names = first_names(self.changed, MOST_NAMES)
        is_cut = len(self.changed) > MOST_NAMES
        return t("versions.older", tasks=name_list(names) if is_cut else ", ".join(names))


@dataclass(frozen=True, slots=True)
class Versions:
    """The banks of a course with their keys: ``now`` by lesson, and all ever shown by lesson and fingerprint."""

    now: Mapping[str, Bank]
    by_fingerprint: Mapping[tuple[str, str], Version]

    def find(self, header: Header) -> Version | None:
        """Return the version that a submission was made with; None where nobody kept it."""
        return self.by_fingerprint.get((header.lesson, header.bank))

    def bank_of(self, row: GradedSubmission) -> Bank:
        """Return the bank by which a submission was graded."""
        return self.by_fingerprint[row.lesson, row.version].bank if row.version else self.now[row.lesson]

    def notice_of(self, row: GradedSubmission) -> str:
        """Return the notice on a submission; nothing where it was made with the bank of now."""
        return self.by_fingerprint[row.lesson, row.version].notice if row.version else ""

    def used_versions(self, rows: Iterable[GradedSubmission]) -> list[tuple[Version, int]]:
        """Return the older versions by which submissions were graded, and how many; in the order of their files."""
        counts: dict[tuple[str, str], int] = {}
        for row in rows:
            if row.version:
                counts[row.lesson, row.version] = counts.get((row.lesson, row.version), 0) + 1
        versions = [(self.by_fingerprint[place], count) for place, count in counts.items()]
        return sorted(versions, key=lambda version: version[0].file)


def collect_versions(now: Mapping[str, Bank], older: Iterable[Bank] = ()) -> Versions:
    """Return the banks of a course; ``older`` are those that learners were shown before, of whatever lesson."""
    by_fingerprint = {}
    for bank in older:
        if bank.lesson in now and bank.course == now[bank.lesson].course:
            by_fingerprint[bank.lesson, bank.fingerprint()] = _version(bank, now[bank.lesson])
    for lesson, bank in now.items():
        by_fingerprint[lesson, bank.fingerprint()] = Version(bank)
    return Versions(now, by_fingerprint)


def _version(bank: Bank, now: Bank) -> Version:
    """Return an older bank with the keys that its submissions are graded by.

    A task that reads the same now has the key of now, so a correction counts for everyone; any other keeps its own. One
    that has a twin since reads the same.
    """
    entries_now = {entry.task.id: entry for entry in now.tasks}
    entries, own = [], []
    for entry in bank.tasks:
        entry_now = entries_now.pop(entry.task.id, None)
        if entry_now is not None and _reads_the_same(entry, entry_now):
            entries.append(entry_now)
        else:
            entries.append(entry)
            own.append(entry.task.id)
    changed = (*own, *entries_now)  # those left were not asked then
    if not changed:
        return Version(now)
    return Version(bank.model_copy(update={"tasks": tuple(entries)}), changed, tuple(own), kept_bank_name(bank))


def _reads_the_same(entry: Entry, now: Entry) -> bool:
    """Return whether each version that a learner may have been shown of a task is the one of the same number now."""
    tasks, tasks_now = [version.task for version in entry.versions], [version.task for version in now.versions]
    return tasks == tasks_now[: len(tasks)]
