"""The last lines of each command, as text: what was done, what was not, what to do next."""

from __future__ import annotations

import atexit
import csv
import json
import re
import shlex
import shutil
import socket
from typing import TYPE_CHECKING, NamedTuple

import make
import pytest
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.grading.marking.folder import MarkingFolder
from copydesk.grading.marking.moderation import HEADS
from copydesk.grading.marking.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from copydesk.grading.marking.folder import Role
    from copydesk.kinds.written.model import Level

FIRST, SECOND, THIRD = "02-attribution", "03-sources", "04-framing"
COURSE = Course(find_root())
LEARNERS = 12
MARKERS = ("Anna", "Ben", "Chris")
MOST = 10
NAMES_OF_FIELDS = {"Canvas", "Moodle", "UTC", "as_of", "agreed", "marks", "markers", "submissions"}
"""What stays as it is in every language: platforms, and the words to look for in a file."""

TAKEN = socket.create_server(("127.0.0.1", 0))
atexit.register(TAKEN.close)
"""A port that is in use: the marking desk can't open there."""

LINES = {
    "en": ("Done: ", "Not done: ", "Next: "),
    "uk": ("Зроблено: ", "Не зроблено: ", "Далі: "),
}


class Ended(NamedTuple):
    """What a command printed in a folder, and its exit code."""

    folder: Path
    lines: list[str]
    code: int

    @property
    def text(self) -> str:
        """Return all lines as one text."""
        return "\n".join(self.lines)


def run(folder: Path, command: str, language: str = "en") -> Ended:
    """Type a command in a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COPYDESK_LANGUAGE", language)
        done = CliRunner().invoke(app, shlex.split(command))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return Ended(folder, done.stdout.splitlines(), done.exit_code)


# Simulated classes


def put(folder: Path, number: int, lesson: str = FIRST, *, text: str = "", name: str = "", hour: int = 12) -> None:
    """Write a simulated submission, with a written answer if there is a text."""
    bank = COURSE.bank(SOLUTIONS, lesson)
    responses = make.reference(bank)
    responses.pop("W1")
    if text:
        responses["W1"] = {"kind": "written", "text": text}
    moment = f"2026-11-16T{hour:02}:00:00Z"
    alias = f"Simulated {number:02}"
    data = make.submission(alias, responses, lesson=lesson, saved=moment, handed_in=moment)
    data |= {"course": bank.course, "bank": bank.without_keys().fingerprint()}
    path = folder / "in" / (name or f"{number:02}-{lesson}.json")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(make.to_bytes(data))


def class_list(folder: Path, count: int = LEARNERS) -> None:
    """Write a roster of simulated learners, and exports of Canvas and Moodle with all of them."""
    rows = [f"s{number:02},Simulated {number:02}" for number in range(count)]
    (folder / "class.csv").write_text("\n".join(["id,name", *rows]) + "\n", encoding="utf-8")
    heads = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{FIRST} (71)", f"{SECOND} (72)"]
    lines = [heads, ["    Points Possible", "", "", "", "", "32", "32"]]
    for number in range(count):
        learner = [f"Simulated {number:02}", str(100 + number), f"s{number:02}", f"l{number:02}", "A"]
        lines.append([*learner, "", ""])
    write(folder / "canvas.csv", lines)
    for lesson in (FIRST, SECOND, THIRD):
        lines = [["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"]]
        for number in range(count):
            lines.append([f"Participant {number + 500}", f"Simulated {number:02}", "", "", "", "32"])
        write(folder / f"{lesson}.csv", lines)


def write(path: Path, lines: list[list[str]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)


def class_file(folder: Path, *, markers: tuple[str, ...] = MARKERS, **fields: object) -> None:
    """Write a class file for two lessons."""
    data = {
        "schema": "copydesk/class/1",
        "name": "A simulated class",
        "time_zone": "UTC",
        "submissions": ["in"],
        "roster": "class.csv",
        "lessons": {FIRST: {"due": "2026-11-16 18:00"}, SECOND: {"due": "2026-11-16 18:00"}},
        "markers": {"names": list(markers)},
        **fields,
    }
    (folder / "class.yml").write_text(json.dumps(data), encoding="utf-8")


def mark_all(
    folder: Path, marker: str, level: Callable[[int], Level] = lambda _: 3, *, lesson: str = FIRST, role: Role = "first"
) -> None:
    """Give all texts of a marker a level for each criterion, by the number of the text."""
    session = Session(MarkingFolder(folder / "marks", lesson), COURSE.bank(SOLUTIONS, lesson), marker=marker, role=role)
    while session.progress().phase != "end":
        text = session.progress().text
        if text is None:
            session.begin()
        else:
            session.mark(level(text.number))


def all_fine(folder: Path) -> str:
    """Everyone submitted, and there is nothing to mark."""
    class_list(folder)
    for number in range(LEARNERS):
        put(folder, number)
    return "grade in --out graded --roster class.csv --canvas canvas.csv"


def without_a_list(folder: Path) -> str:
    """There is no list of learners, and so no import."""
    for number in range(3):
        put(folder, number)
    return "grade in --out results"


def unreadable(folder: Path) -> str:
    """Some files can't be graded, and some learners submitted nothing."""
    command = all_fine(folder)
    for number in (3, 4):
        (folder / "in" / f"{number:02}-{FIRST}.json").write_text("{", encoding="utf-8")
    (folder / "in" / "essay.docx").write_bytes(b"PK\x03\x04 no zip")
    (folder / "in" / f"05-{FIRST}.json").unlink()
    return command


def late_and_twice(folder: Path) -> str:
    """Some submissions are late, some were replaced, and some are joined."""
    command = all_fine(folder)
    put(folder, 0, name="again.json", hour=13)
    put(folder, 1, name="late.json", hour=20)
    partial = json.loads((folder / "in" / f"02-{FIRST}.json").read_text(encoding="utf-8"))
    response = partial["answers"].pop("T2")
    path = folder / "in" / f"02-{FIRST}.json"
    path.write_text(json.dumps(partial), encoding="utf-8")
    earlier = {**partial, "answers": {"T2": response}, "saved": "2026-11-16T08:00:00Z"}
    earlier["handed_in"] = "2026-11-16T08:00:00Z"
    (folder / "in" / "part.json").write_text(json.dumps(earlier), encoding="utf-8")
    return command + " --due 2026-11-16T18:00Z"


def to_mark(folder: Path) -> str:
    """Written answers wait for a marker, and some marks can't go into the export for another reason."""
    class_list(folder)
    for number in range(LEARNERS):
        put(folder, number, text=f"Simulated text {number}." if number < 8 else "")
    canvas = (folder / "canvas.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    canvas[-1] = canvas[-1].replace(",A,,", ",A,EX,")
    (folder / "canvas.csv").write_text("".join(canvas[:-2] + canvas[-1:]), encoding="utf-8")
    return "grade in --out graded --roster class.csv --canvas canvas.csv --due 2026-11-16T18:00Z"


def with_moderation(folder: Path) -> str:
    """Two have marked, and don't agree on everything."""
    command = to_mark(folder)
    mark = f"mark in --lesson {FIRST} --marker Anna --out marks --seed 7 --paper --due 2026-11-16T18:00Z"
    assert run(folder, mark).code == 0
    mark_all(folder, "Anna")
    mark_all(folder, "Ben", lambda number: 2 if number == 1 else 3, role="second")
    assert run(folder, "moderate marks").code == 0
    return command + " --marks marks"


def half_marked(folder: Path) -> str:
    """Anna has begun, the marks are waived, and a text came in late."""
    command = to_mark(folder)
    mark = f"mark in --lesson {FIRST} --marker Anna --out marks --seed 7 --paper --due 2026-11-16T18:00Z"
    assert run(folder, mark).code == 0
    mark_all(folder, "Anna")
    assert run(folder, 'moderate marks --waive "A trial."').code == 0
    put(folder, 9, text="A simulated text that came in late.")
    return command + " --marks marks"


def worksheets(folder: Path) -> str:
    """Three lessons, each with a worksheet of Moodle's, texts to mark in two of them."""
    class_list(folder)
    for lesson in (FIRST, SECOND, THIRD):
        for number in range(6):
            text = f"Simulated text {number}." if lesson != THIRD and number < 2 else ""
            put(folder, number, lesson, text=text)
    options = " ".join(f"--moodle {lesson}={lesson}.csv" for lesson in (FIRST, SECOND, THIRD))
    return f"grade in --out graded --roster class.csv {options}"


def whole_class(folder: Path) -> str:
    """A class file with decisions by hand, texts to mark, guesses, and the mark of the course for Canvas."""
    class_list(folder)
    for number in range(8):
        put(folder, number, text=f"Simulated text {number}." if number < 3 else "")
        put(folder, number, SECOND)
    alias = folder / "in" / f"07-{FIRST}.json"
    alias.write_text(alias.read_text(encoding="utf-8").replace("Simulated 07", "Someone else"), encoding="utf-8")
    rows = [
        ["learner", "lesson", "decision", "points", "reason", "note"],
        ["s08", FIRST, "excused", "", "Illness", ""],
        ["s09", SECOND, "paper", "20", "Written on paper", ""],
    ]
    write(folder / "manual-marks.csv", rows)
    class_file(folder, canvas="canvas.csv", manual_marks="manual-marks.csv", as_of="2026-11-17 12:00")
    return "grade"


def fewer_options(folder: Path) -> str:
    """A second run without the lists of the first one."""
    assert run(folder, unreadable(folder)).code == 0
    return "grade in --out graded --no-feedback"


def second_run(folder: Path) -> str:
    """The same command again."""
    command = worksheets(folder)
    assert run(folder, command).code == 0
    return command


def nothing(folder: Path) -> str:
    """An empty folder."""
    (folder / "in").mkdir()
    return "grade in --out graded"


def corrected(folder: Path) -> str:
    """All is graded again after one submission was replaced."""
    command = late_and_twice(folder)
    assert run(folder, command).code == 0
    data = json.loads((folder / "in" / f"05-{FIRST}.json").read_text(encoding="utf-8"))
    del data["answers"]["T2"]
    (folder / "in" / f"05-{FIRST}.json").write_text(json.dumps(data), encoding="utf-8")
    return command.replace("grade", "rekey", 1) + ' --because "T2"'


def on_paper(folder: Path) -> str:
    """A page and a table for Anna."""
    to_mark(folder)
    return f"mark in --lesson {FIRST} --marker Anna --out marks --paper"


def on_paper_in_a_class(folder: Path) -> str:
    """Three markers share the texts of a class."""
    whole_class(folder)
    return f"mark --lesson {FIRST} --marker Ben --paper"


def typed_in(folder: Path) -> str:
    """Anna has typed the levels of some texts."""
    assert run(folder, on_paper(folder)).code == 0
    table = folder / "marks" / FIRST / "paper-W1-anna.csv"
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    levels = [[*row[:2], *(["3", ""] * ((len(row) - 2) // 2))] for row in rows[1:6]]
    write(table, [rows[0], *levels])
    return f"mark --lesson {FIRST} --marker Anna --out marks --import {table.relative_to(folder)}"


def at_the_desk(folder: Path) -> str:
    """The desk can't open, but the texts are there."""
    to_mark(folder)
    return f"mark in --lesson {FIRST} --marker Anna --out marks --no-browser --port {TAKEN.getsockname()[1]}"


def to_moderate(folder: Path) -> str:
    """Two markers differ."""
    with_moderation(folder)
    return "moderate marks"


def moderated(folder: Path) -> str:
    """They have agreed."""
    with_moderation(folder)
    table = folder / "marks" / FIRST / "moderation.csv"
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    write(table, [list(HEADS), *([*row[:-1], "3"] for row in rows[1:])])
    return "moderate marks"


def moderated_class(folder: Path) -> str:
    """Two lessons, three markers, none of them done."""
    whole_class(folder)
    put(folder, 0, SECOND, text="A simulated text.")
    for lesson in (FIRST, SECOND):
        assert run(folder, f"mark --lesson {lesson} --marker Ben --paper").code == 0
    mark_all(folder, "Anna", role="shared")
    return "moderate"


def handed_on(folder: Path) -> str:
    """Anna can't go on."""
    moderated_class(folder)
    return "class hand-on Ben"


def merged(folder: Path) -> str:
    """Anna has worked in a copy."""
    whole_class(folder)
    assert run(folder, f"mark --lesson {FIRST} --marker Ben --paper").code == 0
    shutil.copytree(folder / "marks", folder / "from-anna")
    other = folder / "home"
    other.mkdir()
    (folder / "from-anna").rename(other / "marks")
    mark_all(other, "Anna", role="shared")
    return "class merge-marks home/marks"


def new_class(_: Path) -> str:
    """A folder for a class."""
    return 'class new autumn --name "Autumn" --time-zone UTC'


GRADING = [all_fine, without_a_list, unreadable, late_and_twice, to_mark, with_moderation, half_marked, worksheets]
GRADING += [whole_class, fewer_options, second_run, nothing, corrected]
OTHERS = [on_paper, on_paper_in_a_class, typed_in, at_the_desk, to_moderate, moderated, moderated_class]
OTHERS += [handed_on, merged, new_class]
STATES = {state.__name__: state for state in [*GRADING, *OTHERS]}


@pytest.fixture(scope="module", params=STATES)
def ended(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """Return what a command printed in a state of a class."""
    folder = tmp_path_factory.mktemp(request.param)
    command = STATES[request.param](folder)
    shutil.copytree(folder, folder.with_name(folder.name + "-before"))
    (folder.with_name(folder.name + "-before") / "command").write_text(command, encoding="utf-8")
    return run(folder, command)


def last_lines(lines: list[str], language: str = "en") -> list[list[str]]:
    """Return the three parts in the last lines of a command."""
    start = max(number for number, line in enumerate(lines) if line.startswith(LINES[language][0]))
    parts: list[list[str]] = []
    for line in lines[start:]:
        names = [name for name in LINES[language] if line.startswith(name)]
        if names:
            parts.append([line.removeprefix(names[0])])
        else:
            assert line.startswith("  "), line
            parts[-1].append(line.strip())
    return parts


def all_lines(ended: Ended) -> list[str]:
    """Return the lines of all three parts."""
    lines = []
    for part in last_lines(ended.lines):
        lines += part
    return lines


def test_the_last_ten_lines_have_three_parts(ended: Ended) -> None:
    """Each command ends with what was done, what was not, and one to three steps, in at most ten lines."""
    parts = last_lines(ended.lines)
    assert len(parts) == 3
    assert sum(map(len, parts)) <= MOST
    assert 1 <= len(parts[2]) <= 3
    assert all(line for part in parts for line in part)


def numbers(text: str) -> list[int]:
    """Return the numbers that stand alone in a text."""
    return [int(number.replace(",", "")) for number in re.findall(r"(?<![\w.-])[0-9][0-9,]*(?![\w-])", text)]


def first_numbers(text: str, separator: str) -> int:
    """Return the sum of the first numbers of the parts of a text."""
    return sum(numbers(part)[0] for part in text.split(separator))


def test_the_numbers_add_up(ended: Ended) -> None:
    """A number and those of its parts in the same line are the same."""
    for line in all_lines(ended):
        if match := re.match(r"([0-9,]+) submissions? (?:and|or) files? \(.*?\): (.*?)\. ", line):
            assert numbers(match[1])[0] == first_numbers(match[2], ", ")
        if match := re.search(r", ([0-9,]+) not \(([0-9].*?)\); see", line):
            assert numbers(match[1])[0] == first_numbers(match[2], ", ")
        if match := re.search(r"([0-9,]+) texts? to mark: ([0-9,]+) done for all criteria, ([0-9,]+) left", line):
            assert numbers(match[1])[0] == numbers(match[2])[0] + numbers(match[3])[0]
        if match := re.search(r"([0-9,]+) tasks: the marks of ([0-9,]+) count, those of ([0-9,]+) wait", line):
            assert numbers(match[1])[0] == numbers(match[2])[0] + numbers(match[3])[0]
        if match := re.search(r"([0-9,]+) marks of the course not complete: (.*)", line):
            assert numbers(match[1])[0] == first_numbers(match[2], "; ")
            (counts,) = re.findall(r"complete for ([0-9]+) of ([0-9]+) learners", ended.text)
            assert int(counts[1]) - int(counts[0]) == numbers(match[1])[0]
        if match := re.search(r"([0-9,]+) marks? in \S+: ([0-9,]+) taken over, ([0-9,]+) not needed", line):
            assert numbers(match[1])[0] == numbers(match[2])[0] + numbers(match[3])[0]
        if match := re.search(r"([0-9,]+) (?:is|are) handed on: (.*)\.", line):
            assert numbers(match[1])[0] == first_numbers(match[2], "; ")
        if match := re.search(
            r"([0-9,]+) scores? of ([0-9,]+) learners? changed, ([0-9,]+) up and ([0-9,]+) down", line
        ):
            assert numbers(match[1])[0] == numbers(match[3])[0] + numbers(match[4])[0]


PATH = re.compile(r"(?:[\w*.-]+/)*[\w*.-]+\.(?:csv|html|yml|ipynb|zip)\b|graded/feedback\b")


def test_each_file_that_is_named_is_there(ended: Ended) -> None:
    """Someone who types or opens a path from the folder of the command finds the file."""
    for line in all_lines(ended):
        outside = re.sub(r"`[^`]*`|\S+ was removed", "", line)
        for path in PATH.findall(outside):
            is_there = any(ended.folder.glob(path)) or any(ended.folder.rglob(path))
            assert is_there, f"{path} in {line}"


def test_each_command_that_is_named_works(ended: Ended) -> None:
    """A command that is copied from the last lines runs in the same folder; the marking desk is tried on paper."""
    for number, command in enumerate(re.findall(r"`copydesk ([^`]*)`", "\n".join(all_lines(ended)))):
        folder = ended.folder.with_name(f"{ended.folder.name}-{number}")
        shutil.copytree(ended.folder, folder)
        words = command.replace("--marker NAME", "--marker Dora")
        if words.startswith("mark ") and "--import" not in words:
            words += " --paper"
        place = folder / "autumn" if (folder / "autumn").is_dir() else folder
        done = run(place, words)
        assert done.code == 0, f"{words}: {done.text}"


def test_the_last_lines_are_in_ukrainian(ended: Ended) -> None:
    """In Ukrainian there are as many lines, and no English word is left."""
    folder = ended.folder.with_name(ended.folder.name + "-before")
    done = run(folder, (folder / "command").read_text(encoding="utf-8"), "uk")
    assert done.code == ended.code
    parts, english = last_lines(done.lines, "uk"), last_lines(ended.lines)
    assert [len(part) for part in parts] == [len(part) for part in english]
    for line in (line for part in parts for line in part):
        outside = re.sub(r"`[^`]*`|\([A-Z][a-z ]+(?:, Import)?\)", "", line)
        outside = re.sub(r"\S*[./0-9-]\S*", "", outside)
        words = set(re.findall(r"[A-Za-z_]{2,}", outside)) - {*MARKERS, *NAMES_OF_FIELDS}
        assert not words, f"{words} in {line}"
