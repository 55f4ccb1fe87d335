"""Tells which files came in a bulk download of a platform, and who sent each: from all names together, not from one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from copydesk.grading.submissions.list_columns import PARTICIPANTS
from copydesk.grading.submissions.platforms import OFTEN_LONGER, Reading, Sender, readings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from copydesk.grading.submissions.roster import Roster

AGAIN = re.compile(r"(?:-[0-9]+| \([0-9]+\))+$")
"""What Canvas puts behind the name of a file that is uploaded once more, and browsers behind that of a second copy."""

Choice = dict[str, Reading]
"""How each name in one folder is read."""


@dataclass(frozen=True, slots=True)
class Download:
    """Who sent the files of a run, by the parts of their paths that a platform named.

    ``doubtful`` are names that Canvas may have given, in a folder that does not tell: who sent such a file is open, but
    two of them are not one learner's only because they say so.
    """

    senders: Mapping[str, Sender] = field(default_factory=dict)
    doubtful: Mapping[str, Sender] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[str], roster: Roster | None = None) -> Download:
        """Return what the names of all files say together; what is on the lists of learners speaks for a reading."""
        folders: defaultdict[str, dict[str, list[Reading]]] = defaultdict(dict)
        seen: set[str] = set()
        for file in files:
            for start, end in _parts(file):
                if (place := file[:end]) in seen:
                    continue
                seen.add(place)
                if ways := readings(file[start:end]):
                    folders[file[:start]][place] = ways
        found: dict[str, Sender] = {}
        doubtful: dict[str, Sender] = {}
        for _, named in sorted(folders.items()):  # a folder comes before what is in it
            inner = {place for place in named if any(place[:end] in found for _, end in _parts(place))}
            sure, open_ = _senders({place: ways for place, ways in named.items() if place not in inner}, roster)
            found |= sure
            doubtful |= open_
        return cls(_with_rivals(found, roster), doubtful)

    def sender(self, file: str) -> Sender | None:
        """Return who submitted a file, by the outermost folder, zip file or name that a platform gave."""
        return _outermost(file, self.senders)

    def doubt(self, file: str) -> Sender | None:
        """Return who may have submitted a file, by a name that may be Canvas' or not."""
        return None if self.sender(file) else _outermost(file, self.doubtful)


def _outermost(file: str, senders: Mapping[str, Sender]) -> Sender | None:
    for _, end in _parts(file) if senders else ():
        if sender := senders.get(file[:end]):
            return sender
    return None


def _parts(file: str) -> Iterator[tuple[int, int]]:
    """Yield where each part of a path begins and ends that a platform may have named, the outermost first."""
    start = 0
    while start <= len(file):
        end = file.find("/", start)
        end = len(file) if end < 0 else end
        if file.find("_", start, end) >= 0:
            yield start, end
        start = end + 1


def _senders(named: Mapping[str, list[Reading]], roster: Roster | None) -> tuple[dict[str, Sender], dict[str, Sender]]:
    """Return the senders of the files in one folder, and those who may be."""
    canvas = {part: ways for part, ways in named.items() if ways[0].sender.platform == "canvas"}
    moodle = {part: ways[0].sender for part, ways in named.items() if ways[0].sender.platform == "moodle"}
    sure, doubtful = _of_canvas(canvas, roster)
    return (sure | _of_moodle(moodle, roster) if moodle else sure), doubtful


def _of_moodle(senders: dict[str, Sender], roster: Roster | None) -> dict[str, Sender]:
    """Return Moodle's senders, whose word is always plain: only what name and number are worth has to be found out."""
    numbers = defaultdict(set)
    for sender in senders.values():
        numbers[sender.letters].add(sender.id)
    is_one_name = len(numbers) == 1 and len(next(iter(numbers.values()))) > 1
    known = PARTICIPANTS | (roster.words if roster else frozenset())
    is_one_name = is_one_name and not (roster and roster.knows(next(iter(senders.values()))))
    hidden = {name for name in numbers if name in known or is_one_name}
    is_of_the_list = roster is None or any(
        sender.letters in hidden or roster.fits(sender) or not roster.has_names for sender in senders.values()
    )
    return {
        part: replace(sender, is_numbered=is_of_the_list, is_hidden=sender.letters in hidden)
        for part, sender in senders.items()
    }


def _of_canvas(
    named: Mapping[str, list[Reading]], roster: Roster | None
) -> tuple[dict[str, Sender], dict[str, Sender]]:
    """Return Canvas' senders, from all names in a folder that can be Canvas', and those who may be.

    The export is asked first: a number on it is that number, however long it is and whatever became of the name. How
    names look decides only what the export does not know.
    """
    listed = _on_the_list(named, roster) if roster else {}
    regular = {part: [way for way in ways if way.is_regular] for part, ways in named.items()}
    choice = {**_consistent({part: ways for part, ways in regular.items() if ways}), **listed}
    spoken_for = {part for part, way in choice.items() if roster and _is_known(roster, way)}
    if spoken_for:
        choice = {**_garbled(named), **choice}
    likely = {part: way for part, way in choice.items() if part in spoken_for or part in listed or way.is_likely}
    likely = _with_uploads_of_their_own(likely, spoken_for)
    senders = {part: way.sender for part, way in likely.items()}
    sure = {part: sender for part, sender in senders.items() if part in listed}
    if not (spoken_for & set(likely) or _looks_like_a_download(likely)):
        return sure, {}
    has_long_uploads = all(len(way.upload) >= OFTEN_LONGER for way in likely.values())
    if spoken_for or has_long_uploads or len({sender.id for sender in senders.values()}) == 1:
        return senders, {}
    return sure, {part: sender for part, sender in senders.items() if part not in sure}


def _on_the_list(named: Mapping[str, list[Reading]], roster: Roster) -> Choice:
    """Return the names with a number that is on the list; where two are, the one with its learner's name."""
    numbered = {part: [way for way in ways if roster.has_number(way.sender)] for part, ways in named.items()}
    return {part: min(ways, key=lambda way: not roster.fits(way.sender)) for part, ways in numbered.items() if ways}


def _garbled(named: Mapping[str, list[Reading]]) -> Choice:
    """Return the names whose letters some other program changed; in Canvas' download, they are Canvas' all the same."""
    usual = {part: [way for way in ways if way.is_garbled] for part, ways in named.items()}
    return {part: ways[0] for part, ways in usual.items() if ways}


def _is_known(roster: Roster, way: Reading) -> bool:
    return way.sender.id.startswith("anon_") or roster.fits(way.sender) or roster.knows(way.sender)


def _consistent(named: Mapping[str, list[Reading]]) -> Choice:
    """Return a reading of each name by which no number is two people's, and uploads have about as many digits."""
    lengths = Counter(len(ways[0].upload) for ways in named.values() if len(ways) == 1)
    usual = lengths.most_common(1)[0][0] if lengths else 0
    plain = {part: ways[0] for part, ways in named.items() if len(ways) == 1}
    people = defaultdict(set)
    for way in plain.values():
        people[way.sender.id].add(way.sender.letters)

    def order(way: Reading) -> tuple[bool, bool]:
        others = people.get(way.sender.id, set()) - {way.sender.letters}
        return bool(others), bool(usual) and len(way.upload) != usual

    return {part: min(ways, key=order) for part, ways in named.items()}


def _with_uploads_of_their_own(choice: Choice, spoken_for: Collection[str]) -> Choice:
    """Return the readings without those that share the number of an upload: Canvas gives each file its own.

    Where the list knows number or name, a shared number is a copy, or short by chance.
    """
    owners: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for way in choice.values():
        owners[way.upload].add((way.sender.id, _without_copy_mark(way.own)))
    return {part: way for part, way in choice.items() if len(owners[way.upload]) == 1 or part in spoken_for}


def _without_copy_mark(own: str) -> str:
    """Return a file's own name without what browsers add to a second copy: ``work (1).json``."""
    stem, dot, end = own.rpartition(".")
    head, mark, _ = (stem or own).rpartition(" (")
    return (head if mark else stem or own) + dot + (end if stem else "")


def _looks_like_a_download(choice: Choice) -> bool:
    """Return whether names that nothing else speaks for are such as Canvas gives to the work of a class."""
    if any(way.sender.id.startswith("anon_") for way in choice.values()):
        return True
    people: defaultdict[str, set[str]] = defaultdict(set)
    for way in choice.values():
        people[way.sender.id].add(way.sender.name)
    names = {name for each in people.values() for name in each}
    if any(len(each) > 1 for each in people.values()):
        return False
    if len(people) == 1:
        ends = Counter(PurePosixPath(way.own).suffix for way in choice.values())
        has_one_name = len({AGAIN.sub("", PurePosixPath(way.own).stem) for way in choice.values()}) == 1
        return "_" not in min(names) and (has_one_name or max(ends.values()) == 1)
    return len(names) > 1


def _with_rivals(senders: dict[str, Sender], roster: Roster | None) -> dict[str, Sender]:
    """Return the senders, marked where two numbers of one download have a name that fits the same learner.

    Moodle numbers people anew in each assignment, so there only one folder is one download.
    """
    claims: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    places = {place: _claim(place, sender, roster) for place, sender in senders.items()}
    for place, sender in senders.items():
        claims[places[place]].add(sender.id)
    return {
        place: replace(sender, is_rival=True) if len(claims[places[place]]) > 1 and not sender.is_hidden else sender
        for place, sender in senders.items()
    }


def _claim(place: str, sender: Sender, roster: Roster | None) -> tuple[str, ...]:
    """Return whose name a sender has, as far as the lists know, and in which download."""
    download = place.rpartition("/")[0] if sender.platform == "moodle" else ""
    keys = roster.by_name.get(sender.letters, frozenset()) if roster else frozenset()
    return sender.platform, download, *(sorted(keys) or [sender.letters or sender.id])
