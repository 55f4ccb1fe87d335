"""Knows how Canvas and Moodle name the files of a bulk download, and how they want feedback files named."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from copydesk.grading.submissions.names import is_letter, letters_and_digits

CANVAS_NUMBERS = re.compile(
    r"_(?P<late>LATE_)?(?P<user>[1-9][0-9]{0,19})(?=_(?P<upload>[1-9][0-9]{0,19})_.)", re.DOTALL
)
"""``_LATE_340_208490_`` in ``lovelaceada_LATE_340_208490_work.json``: learner number, upload number."""

CANVAS_ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<user>anon_[1-9A-HJ-NP-Za-km-z]{5})_(?P<upload>[1-9][0-9]{2,19})_(?P<own>.+)", re.DOTALL
)
"""``anon_aB3x9_208490_work.json``: the submission's anonymous id, in base 58, and the upload number."""

MOODLE = re.compile(
    r"(?P<known>(?P<name>.+?)(?:_(?P<user>[0-9]+))?_assignsubmission_(?:file|onlinetext))(?:_.*)?", re.DOTALL
)
"""``Ada Lovelace_340_assignsubmission_file``, a folder, or the beginning of a file name in a flat download.

A team's folder ends in the number of the group; that of all who are in no group has no number."""

MOODLE_FILES = "assignsubmission_file"
ANONYMOUS = "anon_"

UNFIT = re.compile('[\x00-\x1f\\\\:*?"<>|\ud800-\udfff]')
"""What file names cannot contain on some system."""

USUAL_DIGITS = 3
"""A number of an upload with fewer digits is an own, new Canvas', or no such number."""

OFTEN_LONGER = 5
"""A number of an upload with as many digits is no year, no week and no count of files."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a learning platform says submitted a file: no one else's word, and not the learner's.

    ``name`` is as the platform writes it (Canvas: last name first, in small letters, without spaces); ``part`` is
    what the platform knows the submission by when feedback comes back. ``is_numbered`` says whether the number can be
    compared with the platform's list: Moodle numbers the learners of each assignment again. ``is_hidden`` says that
    the name is a word for everyone, because names are hidden while marking. ``is_rival`` says that another number
    claims the same learner's name.
    """

    platform: str
    id: str
    name: str
    part: str
    is_late: bool = False
    is_numbered: bool = True
    is_hidden: bool = False
    is_rival: bool = False

    @property
    def is_anonymous(self) -> bool:
        """Return whether the platform hides who the learner is."""
        return self.is_hidden or self.anonymous_id != ""

    @property
    def anonymous_id(self) -> str:
        """Return the id by which Canvas knows a submission whose learner it hides; empty for any other."""
        return self.id.removeprefix(ANONYMOUS) if self.id.startswith(ANONYMOUS) else ""

    @property
    def name_letters(self) -> str:
        """Return the letters of the name, for comparison with others."""
        return letters_and_digits(self.name)

    def feedback_name(self, page: str, number: str = "") -> str:
        """Return the name of a page in a zip file that the platform accepts.

        Moodle looks only at the number after the first low line; ``number`` is that of the learner if the sender's own
        is a team's.
        """
        if self.platform != "moodle":
            return f"{UNFIT.sub('_', self.part)}_{page}"
        name = UNFIT.sub(" ", self.name).replace("_", " ")
        parts = filter(None, (name, number or self.id, MOODLE_FILES))
        return f"{'_'.join(parts)}/{page}"


class NameReading(NamedTuple):
    """One way to read the name of a file or folder as a platform's: the sender and, for Canvas, the upload.

    ``upload`` is the number of the upload, ``own_name`` what the learner called the file.
    """

    sender: Sender
    upload: str = ""
    own_name: str = ""

    @property
    def is_regular(self) -> bool:
        """Return whether the name is written as the platform writes it, unchanged by any other program."""
        if self.sender.platform != "canvas" or self.sender.anonymous_id:
            return True
        return len(self.upload) >= USUAL_DIGITS and _is_canvas_name(self.sender.name)

    @property
    def is_garbled(self) -> bool:
        """Return whether letters of the name were turned into signs by some other program, as in ``m?ller``."""
        is_usual = self.sender.platform == "canvas" and len(self.upload) >= USUAL_DIGITS and self.is_likely
        return is_usual and any(not is_letter(char) and char not in "_ -." for char in self.sender.name)

    @property
    def is_likely(self) -> bool:
        """Return whether there is a name, and numbers such as Canvas gives: not a date, year or week number."""
        if self.sender.platform != "canvas" or self.sender.anonymous_id:
            return True
        if not self.sender.name:
            return False
        is_dated = _is_date(self.sender.id) and _is_time(self.upload)
        return not (is_dated or _is_date(self.upload) or _is_year(self.upload))


def numbering(platform: str, lesson: str = "") -> str:
    """Return what a platform's numbers belong to: Moodle numbers the learners of each assignment again."""
    return f"{platform} {lesson}" if lesson and platform == "moodle" else platform


def group_name(letters: str, lesson: str = "") -> str:
    """Return the name of a group by its letters; the teams in a worksheet are told apart by its lesson."""
    return f"{lesson} {letters}" if lesson else letters


def readings_of_name(name: str) -> list[NameReading]:
    """Return all ways to read a file or folder name as a platform's, the likeliest first; most have none."""
    name = unicodedata.normalize("NFC", name)
    moodle = MOODLE.fullmatch(name)
    if moodle:
        return [NameReading(Sender("moodle", moodle["user"] or "", moodle["name"], moodle["known"]))]
    anonymous = CANVAS_ANONYMOUS.fullmatch(name)
    if anonymous:
        part, is_late = name[: anonymous.end("upload")], bool(anonymous["late"])
        sender = Sender("canvas", anonymous["user"], "", part, is_late=is_late)
        return [NameReading(sender, anonymous["upload"], anonymous["own"])]
    readings = []
    for numbers in CANVAS_NUMBERS.finditer(name):
        learner, end = name[: numbers.start()], numbers.end("upload")
        sender = Sender("canvas", numbers["user"], learner, name[:end], is_late=bool(numbers["late"]))
        readings.append(NameReading(sender, numbers["upload"], name[end + 1 :]))
    return sorted(readings, key=lambda reading: not reading.is_regular)


def _is_canvas_name(name: str) -> bool:
    """Return whether a name is as Canvas leaves it: letters, marks, digits and underscores, none a capital.

    Nothing is left of a name made of pictures.
    """
    is_kept = all(is_letter(char) or unicodedata.category(char) == "Pc" for char in name)
    return is_kept and name == unicodedata.normalize("NFC", name.lower())


def _is_date(digits: str) -> bool:
    try:
        return len(digits) == len("20261122") and date.fromisoformat(digits).year >= 1900  # noqa: PLR2004
    except ValueError:
        return False


def _is_time(digits: str) -> bool:
    if len(digits) not in {4, 6}:
        return False
    pairs = re.findall("..", digits)
    return all(int(pair) < limit for pair, limit in zip(pairs, (24, 60, 60), strict=False))


def _is_year(digits: str) -> bool:
    return len(digits) == len("2026") and digits[:2] in {"19", "20"}
