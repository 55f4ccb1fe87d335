"""Makes what an instructor has on an evening: a download of Canvas, its gradebook export, a roster. All is simulated.

``python tests/simulated/evening.py FOLDER`` writes them; ``tests/browser/walkthrough.py`` works through them.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from simulate import ROOT, START, class_of

from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course

if TYPE_CHECKING:
    from collections.abc import Iterable

LESSON, LEARNERS, BROKEN, LATE = "02-attribution", 200, 6, 17
COLUMN = f"{LESSON} (4711)"
DUE = "2026-11-16T18:00Z"
TEXTS = (
    (
        "According to the court, there are reasonable grounds to believe that he is responsible for the deportation of "
        "children. I wrote “according to”, because it stays neutral. The copy has “claims”, and that makes the reader "
        "doubt before a reason is given."
    ),
    (
        "The judges said what they suspect. Nobody has decided it yet. “Said” is plain. “Claims” sounds as if I do not "
        "believe it."
    ),
    (
        "The court issued a warrant. It names the deportation of children. I left the number of children out, because "
        "the sentence has none."
    ),
    (
        "A British ministry reported that the front line has barely moved. I found no source for the losses, so I "
        "wrote that no source is given. “Reported” tells the reader that somebody looked."
    ),
    (
        "The warrant alleges individual responsibility. “Alleges” is the word for something that a court has still to "
        "decide. In the other sentence I could not find who says it."
    ),
    "He did it, the court says.",
)
"""Written for this walk-through by nobody in a class; the first six learners hand them in, the others no text."""


def write_evening(folder: Path) -> None:
    """Write ``submissions.zip``, ``canvas-export.csv``, ``class.csv``, and ``six/``, the submissions with a text."""
    folder.mkdir(parents=True, exist_ok=True)
    graded = {LESSON: Course(ROOT).bank(SOLUTIONS, LESSON)}
    practice = {LESSON: Course(ROOT).bank(QUIZZES, LESSON)}
    (folder / "six").mkdir(exist_ok=True)
    people = []
    with zipfile.ZipFile(folder / "submissions.zip", "w", zipfile.ZIP_DEFLATED) as download:
        for number, (name, data) in enumerate(class_of(graded, practice, LEARNERS)):
            user, upload = 1000 + number, 90_000 + number
            people.append((f"Simulated {number:03}", user))
            data["learner"]["alias"] = f"Simulated {number:03}"
            if number == LATE:
                data["handed_in"] = START.replace(hour=20).isoformat()
            data["answers"].pop("W1", None)
            if number < len(TEXTS):
                data["answers"]["W1"] = {"response": {"kind": "written", "text": TEXTS[number]}, "at": data["saved"]}
            late = "LATE_" if number == LATE else ""
            content = broken(number, json.dumps(data))
            member = f"simulated{number:03}_{late}{user}_{upload}_{name}"
            download.writestr(zipfile.ZipInfo(member, (2026, 11, 16, 20, 0, 0)), content)
            if number < len(TEXTS):
                (folder / "six" / member).write_bytes(content)
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", COLUMN]
    points = sum(entry.task.points or 0 for entry in graded[LESSON].tasks)
    rows = [[name, user, "", "", "Simulated class", ""] for name, user in people]
    write_csv(folder / "canvas-export.csv", [head, ["    Points Possible", "", "", "", "", points], *rows])
    write_csv(folder / "class.csv", [["id", "name"], *[[user, name] for name, user in people]])


def broken(number: int, text: str) -> bytes:
    """Return a submission, or, for the last six learners, what it is when something went wrong."""
    faults = (
        b"",
        text[: len(text) // 2].encode(),
        b"PK\x03\x04 a document of a word processor",
        text.replace("copydesk/answers/1", "copydesk/answers/9").encode(),
        text.replace('"lesson": "02-attribution"', '"lesson": "99-unknown"').encode(),
        b"I am sorry, I could not find the file.",
    )
    place = number - (LEARNERS - BROKEN)
    return faults[place] if place >= 0 else text.encode()


def write_csv(path: Path, rows: Iterable[Iterable[object]]) -> None:
    """Write a table as a spreadsheet would."""
    table = io.StringIO()
    csv.writer(table, lineterminator="\r\n").writerows(rows)
    path.write_bytes(table.getvalue().encode())


if __name__ == "__main__":
    write_evening(Path(sys.argv[1]))
