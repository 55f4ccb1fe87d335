"""Tells which files came from a platform's bulk download, and who sent each: from all names together, not from one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from copydesk.grading.submissions.list_columns import PARTICIPANTS
from copydesk.grading.submissions.platforms import OFTEN_LONGER, NameReading, Sender, readings_of_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from copydesk.grading.submissions.roster import Roster

AGAIN = re.compile(r"(?:-[0-9]+| \([0-9]+\))+$")
"""What Canvas appends to the name of a file uploaded again, and browsers to that of a second copy."""

Readings = dict[str, list[NameReading]]
"""All ways to read each name in one folder, by path."""

Choice = dict[str, NameReading]
"""How each name in one folder is read, by path."""

Senders = dict[str, Sender]
"""The sender that each name gives, by path."""


@dataclass(frozen=True, slots=True)
class Download:
    """Who sent the files of a run, by the parts of their paths that a platform named.

    ``doubtful`` are names that Canvas may have given, in a folder that does not tell: who sent such a file is open, but
    two of them are not one learner's merely because they say so.
    """

    senders: Mapping[str, Sender] = field(default_factory=dict)
    doubtful: Mapping[str, Sender] = field(default_factory=dict)

    @classmethod
    def from_files(cls, files: Iterable[str], roster: Roster | None = None) -> Download:
        """Return the senders that all file names together give; the lists of learners support a reading."""
        folders = _readings_by_folder(files)
        senders: Senders = {}
        doubtful: Senders = {}
        for folder in sorted(folders):  # a folder comes before what is in it
            outermost = _drop_inner_names(folders[folder], senders)
            sure, unsure = _folder_senders(outermost, roster)
            senders |= sure
            doubtful |= unsure
        return cls(_mark_rivals(senders, roster), doubtful)

    @property
    def has_anonymous_ids(self) -> bool:
        """Return whether Canvas hides who sent a file."""
        return any(sender.anonymous_id for sender in self.senders.values())

    def sender(self, file: str) -> Sender | None:
        """Return the sender of a file, by the outermost folder, zip file or name that a platform gave."""
        return _outermost_sender(file, self.senders)

    def possible_sender(self, file: str) -> Sender | None:
        """Return the possible sender of a file, by a name that may or may not be Canvas's."""
        return None if self.sender(file) else _outermost_sender(file, self.doubtful)


def _readings_by_folder(files: Iterable[str]) -> dict[str, Readings]:
    """Return the readings of all names in the paths of files, each name once, by the folder that the name is in."""
    folders: defaultdict[str, Readings] = defaultdict(dict)
    seen: set[str] = set()
    for file in files:
        for start, end in _name_places(file):
            path = file[:end]
            if path in seen:
                continue
            seen.add(path)
            readings = readings_of_name(file[start:end])
            if readings:
                folders[file[:start]][path] = readings
    return folders


def _drop_inner_names(readings: Readings, senders: Senders) -> Readings:
    """Return the readings without those of names inside a folder whose sender is known."""
    outermost = {}
    for path, ways in readings.items():
        sender = _outermost_sender(path, senders)
        if sender is None:
            outermost[path] = ways
    return outermost


def _outermost_sender(file: str, senders: Mapping[str, Sender]) -> Sender | None:
    if not senders:
        return None
    for _, end in _name_places(file):
        sender = senders.get(file[:end])
        if sender:
            return sender
    return None


def _name_places(file: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each part of a path that a platform may have named, outermost first."""
    start = 0
    while start <= len(file):
        end = file.find("/", start)
        end = len(file) if end < 0 else end
        if file.find("_", start, end) >= 0:
            yield start, end
        start = end + 1


def _folder_senders(readings: Readings, roster: Roster | None) -> tuple[Senders, Senders]:
    """Return the senders of the files in one folder, and the possible ones."""
    canvas: Readings = {}
    moodle: Senders = {}
    for path, ways in readings.items():
        if ways[0].sender.platform == "canvas":
            canvas[path] = ways
        else:
            moodle[path] = ways[0].sender
    sure, unsure = _canvas_senders(canvas, roster)
    return sure | _moodle_senders(moodle, roster), unsure


def _moodle_senders(senders: Senders, roster: Roster | None) -> Senders:
    """Return Moodle's senders, who are always plain: only what name and number are worth has to be found out."""
    hidden = _hidden_names(senders, roster)
    is_numbered = roster is None or _are_numbers_listed(senders, hidden, roster)
    marked = {}
    for path, sender in senders.items():
        marked[path] = replace(sender, is_numbered=is_numbered, is_hidden=sender.name_letters in hidden)
    return marked


def _hidden_names(senders: Senders, roster: Roster | None) -> set[str]:
    """Return the names that are one word for everyone: known ones, and the one that all share, with several numbers."""
    numbers = defaultdict(set)
    for sender in senders.values():
        numbers[sender.name_letters].add(sender.id)
    hidden = set(numbers) & PARTICIPANTS
    if roster:
        hidden |= set(numbers) & roster.participant_words
    if len(numbers) != 1:
        return hidden
    first = next(iter(senders.values()))
    has_several_numbers = len(numbers[first.name_letters]) > 1
    if has_several_numbers and not (roster and roster.has_learner_or_group(first)):
        hidden.add(first.name_letters)
    return hidden


def _are_numbers_listed(senders: Senders, hidden: set[str], roster: Roster) -> bool:
    """Return whether the numbers of senders are those of Moodle's list, as far as the names tell."""
    if not roster.has_names:
        return True
    return any(sender.name_letters in hidden or roster.confirms(sender) for sender in senders.values())


def _canvas_senders(readings: Readings, roster: Roster | None) -> tuple[Senders, Senders]:
    """Return Canvas's senders, from all names in a folder that can be Canvas's, and the possible ones.

    The export is consulted first: a number on it is that number, however long it is and whatever became of the name.
    How names look decides only what the export does not know.
    """
    listed = _listed_names(readings, roster) if roster else {}
    choice = {**_consistent_names(_select_readings(readings, _is_regular)), **listed}
    known_paths = _known_paths(roster, choice) if roster else set()
    if known_paths:
        choice = {**_garbled_names(readings), **choice}
    likely: Choice = {}
    for path, reading in choice.items():
        is_known = path in known_paths or path in listed
        if is_known or reading.is_likely:
            likely[path] = reading
    likely = _drop_shared_uploads(likely, known_paths)
    sure: Senders = {}
    unsure: Senders = {}
    for path, reading in likely.items():
        group = sure if path in listed else unsure
        group[path] = reading.sender
    if known_paths.isdisjoint(likely) and not _looks_like_a_download(likely):
        return sure, {}
    if known_paths or _has_long_uploads(likely) or _is_one_number(likely):
        return {path: reading.sender for path, reading in likely.items()}, {}
    return sure, unsure


def _select_readings(readings: Readings, is_wanted: Callable[[NameReading], bool]) -> Readings:
    """Return the names that can be read in a wanted way, each with all readings of that sort."""
    wanted = {}
    for path, ways in readings.items():
        fitting = list(filter(is_wanted, ways))
        if fitting:
            wanted[path] = fitting
    return wanted


def _is_regular(reading: NameReading) -> bool:
    return reading.is_regular


def _is_garbled(reading: NameReading) -> bool:
    return reading.is_garbled


def _is_one_number(choice: Choice) -> bool:
    return len({reading.sender.id for reading in choice.values()}) == 1


def _has_long_uploads(choice: Choice) -> bool:
    return all(len(reading.upload) >= OFTEN_LONGER for reading in choice.values())


def _listed_names(readings: Readings, roster: Roster) -> Choice:
    """Return the names with a number that is on the list; if two are, the one with its learner's name."""

    def has_number(reading: NameReading) -> bool:
        return roster.has_number(reading.sender)

    def is_of_another(reading: NameReading) -> bool:
        return not roster.confirms(reading.sender)

    return _choose_readings(is_of_another, _select_readings(readings, has_number))


def _choose_readings(order: Callable[[NameReading], bool | tuple[bool, bool]], readings: Readings) -> Choice:
    """Return, for each name, the reading that comes first in an order."""
    return {path: min(ways, key=order) for path, ways in readings.items()}


def _garbled_names(readings: Readings) -> Choice:
    """Return the names whose letters some other program changed; in Canvas's download, they are still Canvas's."""
    return {path: ways[0] for path, ways in _select_readings(readings, _is_garbled).items()}


def _known_paths(roster: Roster, choice: Choice) -> set[str]:
    """Return the paths whose names a list of learners knows by number or name, or that are Canvas's anonymous ones."""
    paths = set()
    for path, reading in choice.items():
        sender = reading.sender
        if sender.anonymous_id or roster.confirms(sender) or roster.has_learner_or_group(sender):
            paths.add(path)
    return paths


def _consistent_names(readings: Readings) -> Choice:
    """Return a reading of each name such that no number is two people's, and uploads have about as many digits."""
    lengths: Counter[int] = Counter()
    people: defaultdict[str, set[str]] = defaultdict(set)
    for ways in readings.values():
        sender, upload, _ = ways[0]
        if len(ways) == 1:
            lengths[len(upload)] += 1
            people[sender.id].add(sender.name_letters)
    usual = lengths.most_common(1)[0][0] if lengths else 0

    def oddity(reading: NameReading) -> tuple[bool, bool]:
        others = people.get(reading.sender.id, set()) - {reading.sender.name_letters}
        return bool(others), bool(usual) and len(reading.upload) != usual

    return _choose_readings(oddity, readings)


def _drop_shared_uploads(choice: Choice, known_paths: Collection[str]) -> Choice:
    """Return the readings without those that share an upload number: Canvas gives each file its own.

    If the list knows the number or name, a shared number is a copy, or short by chance.
    """
    owners: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for reading in choice.values():
        owners[reading.upload].add((reading.sender.id, _strip_copy_mark(reading.own_name)))
    own = {}
    for path, reading in choice.items():
        is_shared = len(owners[reading.upload]) > 1
        if not is_shared or path in known_paths:
            own[path] = reading
    return own


def _strip_copy_mark(own_name: str) -> str:
    """Return a file's own name without what browsers append to a second copy: ``work (1).json``."""
    stem, dot, end = own_name.rpartition(".")
    if not stem:
        stem, end = own_name, ""
    name, mark, _ = stem.rpartition(" (")
    return (name if mark else stem) + dot + end


def _looks_like_a_download(choice: Choice) -> bool:
    """Return whether names with no other evidence for them look like those Canvas gives to the work of a class."""
    people: defaultdict[str, set[str]] = defaultdict(set)
    for reading in choice.values():
        people[reading.sender.id].add(reading.sender.name)
    if any(reading.sender.anonymous_id for reading in choice.values()):
        return True
    if max(map(len, people.values()), default=0) > 1:
        return False
    names: set[str] = set().union(*people.values())
    if len(people) == 1:
        return "_" not in min(names) and _are_files_of_one(choice)
    return len(names) > 1


def _are_files_of_one(choice: Choice) -> bool:
    """Return whether files may all be from one learner: copies of one file, or each of another sort."""
    endings: Counter[str] = Counter()
    names: set[str] = set()
    for reading in choice.values():
        path = PurePosixPath(reading.own_name)
        endings[path.suffix] += 1
        names.add(AGAIN.sub("", path.stem))
    return len(names) == 1 or max(endings.values()) == 1


def _mark_rivals(senders: Senders, roster: Roster | None) -> Senders:
    """Return the senders, marked if two numbers of one download have a name that fits the same learner.

    Moodle renumbers people in each assignment, so there only one folder is one download.
    """
    claims: dict[str, tuple[str, ...]] = {}
    numbers: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for path, sender in senders.items():
        claims[path] = _claim(path, sender, roster)
        numbers[claims[path]].add(sender.id)
    marked = {}
    for path, sender in senders.items():
        is_rival = len(numbers[claims[path]]) > 1 and not sender.is_hidden
        marked[path] = replace(sender, is_rival=True) if is_rival else sender
    return marked


def _claim(path: str, sender: Sender, roster: Roster | None) -> tuple[str, ...]:
    """Return the learners who have a sender's name, or the name itself if no list knows it, and the download."""
    download = path.rpartition("/")[0] if sender.platform == "moodle" else ""
    keys = roster.by_name.get(sender.name_letters, frozenset()) if roster else frozenset()
    return sender.platform, download, *(sorted(keys) or [sender.name_letters or sender.id])
