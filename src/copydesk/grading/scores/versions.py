"""Knows the banks that learners are and were shown: a submission is graded by the one it was made with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from copydesk.course.bank import FIRST
from copydesk.course.bank_files import kept_bank_name
from copydesk.kinds.scoring import is_marked_by_person
from copydesk.text import t
from copydesk.text.lists import first_names, name_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from copydesk.answers.file import Header
    from copydesk.course.bank import Bank, Entry
    from copydesk.grading.submissions.record import GradedSubmission
    from copydesk.kinds.union import Key

UNKNOWN_VERSION = "made with an unknown version of the tasks and graded by the key of now"
"""The notice on a submission whose version of the tasks no one kept."""

MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Version:
    """A bank as its submissions are graded.

    ``changed`` are the tasks that read differently now, are no longer asked, or were not asked then: none if the
    bank is today's. ``own_keys`` are those of them that were asked; ``file`` is the file with their keys.
    ``earlier_keys`` are the keys of tasks whose key has since been corrected, one for each version: if such a
    key gives more, that counts.
    """

    bank: Bank
    changed: tuple[str, ...] = ()
    own_keys: tuple[str, ...] = ()
    file: str = ""
    earlier_keys: Mapping[str, list[Key | None]] = field(default_factory=dict)

    @property
    def notice(self) -> str:
        """Return the gradebook's notice on a submission; empty if the bank is today's."""
        if not self.changed:
            return ""
        names = first_names(self.changed, MOST_NAMES)
        is_cut = len(self.changed) > MOST_NAMES
        return t("versions.older", tasks=name_list(names) if is_cut else ", ".join(names))

    def earlier_key(self, task: str, version: int) -> Key | None:
        """Return the key that a version of a task had before it was corrected; None if it was not."""
        place, keys = max(version, FIRST) - FIRST, self.earlier_keys.get(task, [])
        return keys[place] if place < len(keys) else None


@dataclass(frozen=True, slots=True)
class Versions:
    """The banks of a course with their keys: ``now`` by lesson, and all ever shown by lesson and fingerprint."""

    now: Mapping[str, Bank]
    by_fingerprint: Mapping[tuple[str, str], Version]

    def find(self, header: Header) -> Version | None:
        """Return the version that a submission was made with; None if no one kept it."""
        return self.by_fingerprint.get((header.lesson, header.bank))

    def bank_of(self, row: GradedSubmission) -> Bank:
        """Return the bank by which a submission was graded."""
        return self.by_fingerprint[row.lesson, row.version].bank if row.version else self.now[row.lesson]

    def notice_of(self, row: GradedSubmission) -> str:
        """Return the notice on a submission; empty if it was made with today's bank."""
        return self.by_fingerprint[row.lesson, row.version].notice if row.version else ""

    def used_versions(self, rows: Iterable[GradedSubmission]) -> list[tuple[Version, int]]:
        """Return the older versions by which submissions were graded, and how many each, in order of their files."""
        counts: dict[tuple[str, str], int] = {}
        for row in rows:
            if row.version:
                counts[row.lesson, row.version] = counts.get((row.lesson, row.version), 0) + 1
        versions = [(self.by_fingerprint[place], count) for place, count in counts.items()]
        return sorted(versions, key=lambda version: version[0].file)


def collect_versions(now: Mapping[str, Bank], kept: Iterable[Bank] = (), *, strict: bool = False) -> Versions:
    """Return the banks of a course.

    ``kept`` are those that learners were shown, of any lesson, with the keys of their time. A key that has since
    been corrected lowers no one's score, unless ``strict``.
    """
    by_fingerprint = {(lesson, bank.fingerprint()): Version(bank) for lesson, bank in now.items()}
    for bank in kept:
        if bank.lesson in now and bank.course == now[bank.lesson].course:
            version = _version(bank, now[bank.lesson])
            by_fingerprint[bank.lesson, bank.fingerprint()] = replace(version, earlier_keys={}) if strict else version
    return Versions(now, by_fingerprint)


def without_written_tasks(versions: Versions, lessons: Collection[str]) -> Versions:
    """Return the banks of a course in which some lessons are set without the tasks that a person marks."""
    now = {lesson: _without_written_tasks(bank, lessons) for lesson, bank in versions.now.items()}
    by_fingerprint = {}
    for place, version in versions.by_fingerprint.items():
        bank = _without_written_tasks(version.bank, lessons)
        left_out = set(version.bank.task_ids).difference(bank.task_ids)
        changed = tuple(task for task in version.changed if task not in left_out)
        own_keys = tuple(task for task in version.own_keys if task not in left_out)
        by_fingerprint[place] = replace(version, bank=bank, changed=changed, own_keys=own_keys)
    return Versions(now, by_fingerprint)


def _without_written_tasks(bank: Bank, lessons: Collection[str]) -> Bank:
    if bank.lesson not in lessons:
        return bank
    entries = tuple(entry for entry in bank.tasks if not is_marked_by_person(entry.task))
    return bank.model_copy(update={"tasks": entries})


def _version(bank: Bank, now: Bank) -> Version:
    """Return a kept bank with the keys that its submissions are graded by.

    A task that reads the same now has today's key, so a correction counts for everyone; any other keeps its own.
    One that has since gained a twin reads the same.
    """
    entries_now = {entry.task.id: entry for entry in now.tasks}
    entries, own, earlier = [], [], {}
    for entry in bank.tasks:
        entry_now = entries_now.pop(entry.task.id, None)
        if entry_now is None or not _reads_the_same(entry, entry_now):
            entries.append(entry)
            own.append(entry.task.id)
            continue
        entries.append(entry_now)
        keys, keys_now = [version.key for version in entry.versions], [version.key for version in entry_now.versions]
        if entry.task.points and _plain(keys) != _plain(keys_now[: len(keys)]):
            earlier[entry.task.id] = keys
    changed = (*own, *entries_now)  # the others were not asked then
    if not changed:
        return Version(now, earlier_keys=earlier)
    own_bank = bank.model_copy(update={"tasks": tuple(entries)})
    return Version(own_bank, changed, tuple(own), kept_bank_name(bank), earlier)


def _plain(keys: Iterable[Key | None]) -> list[dict[str, Any] | None]:
    """Return keys as plain data, without what they hold only for the checks of a course."""
    return [key.model_dump() if key else None for key in keys]


def _reads_the_same(entry: Entry, now: Entry) -> bool:
    """Return whether each version of a task that a learner may have been shown equals today's of the same number."""
    tasks, tasks_now = [version.task for version in entry.versions], [version.task for version in now.versions]
    return tasks == tasks_now[: len(tasks)]
