"""Makes what an instructor has at the end of a course of 300: a download for each lesson, and lists. All is simulated.

``python tests/simulated/course_of_300.py FOLDER`` writes them; ``tests/simulated/walkthrough_course.py`` works through
them. Seven lessons are downloads of Canvas. One is a download of Moodle, which hides names. The written task was asked
for in one lesson only.
"""

from __future__ import annotations

import json
import random
import sys
import unicodedata
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from course import FIRST_UPLOAD, FIRST_USER, LEARNERS, graded
from evening import write_csv
from simulate import DAYS, ROOT, SEED, class_of

from copydesk.course.course import Course
from copydesk.kinds.scoring import is_marked_by_person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulate import Data

    from copydesk.course.bank import Bank

WRITTEN = "04-framing"
"""The lesson whose written task the class does."""

MOODLE = "05-claims"
"""The lesson that is set in Moodle."""

TEAMWORK = "07-transfer"
"""The lesson for which a group submits one file."""

TEAM_NAME, TEAM = "Team Harbour", (20, 21, 22)
NAMES = {7: ("李", "小龍"), 11: ("Nguyễn", "Thị Ánh"), 13: ("O'Neill", "Máire")}
"""The family names and given names of three simulated learners; all others have numbers."""

SECTIONS = ("10a", "10b", "10c")
FIRST_PARTICIPANT, FIRST_COLUMN, FIRST_STUDENT = 5000, 4701, 260_001
MISSING, LATE = 0.03, 0.02
"""How likely it is that a learner submits nothing for a lesson, or too late."""

BROKEN = {("02-attribution", 43): "empty", ("06-verification", 42): "cut off"}
"""Two files that can't be read."""

COPIED, SOURCE = 61, 60
"""A learner whose text is another's, and whose it is."""

OPENINGS = ("I marked", "I replaced", "I kept", "I asked about", "I left out", "I looked up", "I doubted", "I compared")
THINGS = (
    "the verb",
    "the headline",
    "the adjective",
    "the passive voice",
    "the number",
    "the name of the ministry",
    "the quotation",
    "the order of the two facts",
    "the word for the fighting",
)
REASONS = (
    "because it judges before it tells",
    "although the source said no such thing",
    "because nothing in the copy supports it",
    "since a reader can't check it",
    "because it is the newspaper's own word",
    "although it makes the sentence longer",
    "because another outlet has it, too",
    "since it hides who acted",
)
PLACES = ("in the first sentence", "in the caption", "near the end", "in the second paragraph", "in the headline")
"""A sentence of a simulated text has one of each, in this order: written by nobody in a class."""


class Learner(NamedTuple):
    """A simulated learner: number in the class, name, and the numbers that the lists have."""

    number: int
    family: str
    given: str

    @property
    def name(self) -> str:
        """Return the name as the roster has it."""
        order = (self.family, self.given) if self.number in {7, 11} else (self.given, self.family)
        return " ".join(order)

    @property
    def student(self) -> int:
        """Return the number in the school's roster."""
        return FIRST_STUDENT + self.number

    @property
    def user(self) -> int:
        """Return the number in Canvas."""
        return FIRST_USER + self.number

    @property
    def participant(self) -> int:
        """Return the number in Moodle's assignment, in an order of its own."""
        return FIRST_PARTICIPANT + (self.number * 77) % LEARNERS

    @property
    def email(self) -> str:
        """Return an e-mail address that can't exist."""
        return f"s{self.student}@example.org"

    @property
    def file_name(self) -> str:
        """Return the name as Canvas puts it before a file: family name first, letters only, no capitals."""
        letters = filter(str.isalnum, self.family + self.given)
        return unicodedata.normalize("NFC", "".join(letters).lower())


def learners() -> list[Learner]:
    """Return the class."""
    people = []
    for number in range(LEARNERS):
        family, given = NAMES.get(number, (f"{number:03}", "Simulated"))
        people.append(Learner(number, family, given))
    return people


def write_course(folder: Path) -> None:
    """Write ``roster.csv``, ``canvas-export.csv``, worksheets of Moodle, and ``downloads`` with a zip for each lesson.

    ``worksheet-05-claims.csv`` hides names; ``worksheet-05-with-names.csv`` is the same once Moodle shows them.
    """
    downloads = folder / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    people, banks = learners(), graded(Course(ROOT))
    _write_lists(folder, people, banks)
    for lesson, bank in banks.items():
        with zipfile.ZipFile(downloads / f"{lesson}.zip", "w", zipfile.ZIP_DEFLATED) as download:
            for name, content in _work(bank, people):
                entry = zipfile.ZipInfo(name, (2026, 11, 17, 8, 0, 0))
                download.writestr(entry, content, compress_type=zipfile.ZIP_DEFLATED)


def column(number: int, lesson: str) -> str:
    """Return the column of a lesson in Canvas's export."""
    return f"Week {number + 1} {lesson} ({FIRST_COLUMN + number})"


def points_of(bank: Bank) -> int:
    """Return what an assignment is worth: all points where the written task was asked for, else those by rule."""
    points = 0
    for entry in bank.entries_without_baseline:
        if bank.lesson == WRITTEN or not is_marked_by_person(entry.task):
            points += round(entry.task.points)
    return points


def _write_lists(folder: Path, people: Sequence[Learner], banks: dict[str, Bank]) -> None:
    """Write the school's roster, Canvas's gradebook export, and Moodle's worksheet without and with names."""
    roster: list[list[object]] = [["id", "name", "e-mail", "section", "group"]]
    for person in people:
        section, team = SECTIONS[person.number % 3], TEAM_NAME if person.number in TEAM else ""
        roster.append([person.student, person.name, person.email, section, team])
    write_csv(folder / "roster.csv", roster)

    assignments = [(column(number, lesson), points_of(bank)) for number, (lesson, bank) in enumerate(banks.items())]
    wanted = [pair for pair in assignments if pair[1] and MOODLE not in pair[0]]
    heads = [*(head for head, _ in wanted), "Course mark (4712)"]
    export: list[list[object]] = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *heads]]
    export.append(["    Points Possible", "", "", "", "", *(points for _, points in wanted), 100])
    for person in people:
        name, section = f"{person.family}, {person.given}", SECTIONS[person.number % 3]
        export.append([name, person.user, person.student, person.email, section, *[""] * len(heads)])
    write_csv(folder / "canvas-export.csv", export)

    ends = ["Status", "Grade", "Maximum Grade", "Grade can be changed", "Last modified (grade)", "Feedback comments"]
    hidden: list[list[object]] = [["Identifier", *ends]]
    shown: list[list[object]] = [["Identifier", "Full name", "Email address", *ends]]
    maximum = f"{points_of(banks[MOODLE])}.00"
    for person in sorted(people, key=lambda learner: learner.participant):
        rest = ["Submitted for grading", "", maximum, "Yes", "-", ""]
        hidden.append([f"Participant {person.participant}", *rest])
        shown.append([f"Participant {person.participant}", person.name, person.email, *rest])
    write_csv(folder / "worksheet-05-claims.csv", hidden)
    write_csv(folder / "worksheet-05-with-names.csv", shown)


def send_again(folder: Path) -> None:
    """Write the files that couldn't be read, as their learners sent them again by mail."""
    people, banks = learners(), graded(Course(ROOT))
    mail = folder / "submissions" / "sent-again"
    mail.mkdir()
    for lesson, number in BROKEN:
        for person, _, data in _submissions(banks[lesson], people):
            if person.number == number:
                (mail / f"{lesson}-{number}.json").write_text(json.dumps(data), encoding="utf-8")


def _work(bank: Bank, people: Sequence[Learner]) -> Iterator[tuple[str, bytes]]:
    """Yield the files in the download for one lesson, under the names that the platform gives."""
    for person, name, data in _submissions(bank, people):
        yield name, _content(json.dumps(data), BROKEN.get((bank.lesson, person.number)))


def _submissions(bank: Bank, people: Sequence[Learner]) -> Iterator[tuple[Learner, str, Data]]:
    """Yield the submissions for one lesson: the learner, the file's name in the download, and what is in it."""
    lesson, week = bank.lesson, int(bank.lesson[:2])
    quizzes = {lesson: Course(ROOT).quizzes[lesson]}
    shift = timedelta(days=7 * (week - 7) - DAYS.get(lesson, 0))
    work = class_of({lesson: bank}, quizzes, len(people), seed=SEED)
    for person, (_, data) in zip(people, work, strict=True):
        chance = random.Random(f"{SEED} {lesson} {person.number}")
        is_missing, lateness = chance.random() < MISSING, 0
        if chance.random() < LATE:
            lateness = chance.randrange(9 * 60, 70 * 60)
        in_team = lesson == TEAMWORK and person.number in TEAM
        is_sent_by_other = in_team and person.number != TEAM[0]
        if is_sent_by_other or (is_missing and not in_team):
            continue
        _adapt(data, bank, chance, person, shift)
        data["handed_in"] = _later(data["handed_in"], timedelta(minutes=lateness))
        upload = FIRST_UPLOAD + 1000 * week + person.number
        late = "LATE_" if lateness else ""
        owner = "teamharbour" if in_team else person.file_name
        name = f"{owner}_{late}{person.user}_{upload}_{lesson}.json"
        if lesson == MOODLE:
            name = f"Participant_{person.participant}_assignsubmission_file/{lesson}.json"
        yield person, name, data


def _content(text: str, fault: str | None) -> bytes:
    if fault is None:
        return text.encode()
    return b"" if fault == "empty" else text[: len(text) // 2].encode()


def _adapt(data: Data, bank: Bank, chance: random.Random, person: Learner, shift: timedelta) -> None:
    """Move a submission to its week; keep its text only where the written task was asked for."""
    data["learner"]["alias"] = person.name
    for name in ("saved", "handed_in"):
        data[name] = _later(data[name], shift)
    for entry in bank.tasks:
        answer = data["answers"].get(entry.task.id)
        if answer is None or not is_marked_by_person(entry.task):
            continue
        answer["response"]["text"] = _text(person.number)
        if bank.lesson != WRITTEN:
            del data["answers"][entry.task.id]
    for answer in data["answers"].values():
        answer["at"] = _later(answer["at"], shift + timedelta(milliseconds=chance.randrange(60_000)))


def _text(number: int) -> str:
    """Return the simulated text of a learner."""
    chance = random.Random(f"{SEED} text {SOURCE if number == COPIED else number}")
    sentences = []
    for _ in range(chance.randint(4, 9)):
        parts = [chance.choice(words) for words in (OPENINGS, THINGS, PLACES, REASONS)]
        sentences.append(" ".join(parts) + ".")
    return " ".join(sentences)


def _later(moment: str, shift: timedelta) -> str:
    later = datetime.fromisoformat(moment) + shift
    return later.isoformat(timespec="milliseconds").replace("+00:00", "Z")


if __name__ == "__main__":
    write_course(Path(sys.argv[1]))
