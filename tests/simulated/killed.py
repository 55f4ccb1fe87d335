"""Kills grading at random points, starts it again each time, and says what became of it; the class is simulated.

``python tests/simulated/killed.py 500 50`` grades 500 learners and kills the run 50 times; a third number says over how
many runs the 50 are spread, 1 if not given. A point is a change to the results: a file that is about to be opened,
renamed or removed, or a line of the journal before or after it is written. Each run is a process of its own, forked,
and ended by SIGKILL. A run that gets to its end before it is killed is compared with an undisturbed one, and the next
begins with an empty folder.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import simulate

from copydesk.grading import grade
from copydesk.grading.run import run, workers

if TYPE_CHECKING:
    from multiprocessing.sharedctypes import Synchronized

    from copydesk.grading.run.one_file import Outcome

LESSON = "02-attribution"
AGAIN = 10
"""Each tenth learner submits a second time."""

CHANGES = {"os.rename", "os.remove"}
WRITING = os.O_WRONLY | os.O_RDWR


@dataclass
class Outcomes:
    """What was seen: ``repeated`` counts the files that were graded more than once for one folder of results."""

    learners: int
    submissions: int
    points: int = 0
    killed: int = 0
    completed: int = 0
    graded: int = 0
    repeated: int = 0
    most_repeated: int = 0
    same_bytes: bool = True
    left_over: list[str] = field(default_factory=list)
    seconds: float = 0


def write_submissions(folder: Path, learners: int) -> int:
    """Write the submissions of a simulated class, some of them a second, later one, and return how many."""
    banks = {LESSON: simulate.banks()[LESSON]}
    count = 0
    for number, (name, data) in enumerate(simulate.class_of(banks, {}, learners)):
        (folder / name).write_text(json.dumps(data), encoding="utf-8")
        count += 1
        if number % AGAIN == 0:
            data["answers"].popitem()
            later = json.dumps(data | {"handed_in": "2026-11-17T09:00:00Z"})
            (folder / f"again-{name}").write_text(later, encoding="utf-8")
            count += 1
    return count


def grade_until(kill_at: int, folder: Path, out: Path, log: Path, ticks: Synchronized[int]) -> None:
    """Grade, note each file that is graded, and end this process at the change of that number."""

    def tick() -> None:
        ticks.value += 1
        if ticks.value == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        is_writing = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if (is_writing or event in CHANGES) and str(arguments[0]).startswith(str(out)):
            tick()

    plain_grade_file, plain_add = workers.grade_file, run.Journal.add

    def grade_file(document: workers.SubmittedFile, rules: run.Rules) -> list[Outcome]:
        with log.open("a", encoding="utf-8") as file:
            file.write(document.name + "\n")
        return plain_grade_file(document, rules)

    def add(*arguments: object) -> None:
        tick()
        plain_add(*arguments)
        tick()

    workers.grade_file, run.Journal.add = grade_file, add
    sys.addaudithook(watch)
    grade([folder], out, banks={LESSON: simulate.banks()[LESSON]})


def results(out: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


class Trial:
    """One class, killed and started again until it is enough."""

    def __init__(self, top: Path, learners: int) -> None:
        """Write the submissions, and grade them undisturbed: here, which loads all libraries, and as they will be."""
        self.submissions, self.out, self.log = top / "submissions", top / "out", top / "log"
        self.submissions.mkdir()
        self.seen = Outcomes(learners, write_submissions(self.submissions, learners))
        grade([self.submissions], self.out, banks={LESSON: simulate.banks()[LESSON]})
        self.reference = results(self.out)
        self.begin()
        _, self.seen.points = self.grade(0)
        self.check()
        self.seen.completed = self.seen.graded = 0
        self.begin()

    def grade(self, kill_at: int) -> tuple[int, int]:
        """Grade in a process of its own; return how it ended, and how many changes it came to."""
        context = get_context("fork")  # all is loaded already, so a process costs next to nothing
        ticks = context.Value("q", 0)
        process = context.Process(target=grade_until, args=(kill_at, self.submissions, self.out, self.log, ticks))
        process.start()
        process.join()
        return process.exitcode or 0, ticks.value

    def begin(self) -> None:
        """Begin with an empty folder of results."""
        shutil.rmtree(self.out)
        self.log.unlink(missing_ok=True)

    def check(self) -> None:
        """Compare what is there with the undisturbed run, and count what was graded more than once."""
        found = results(self.out)
        self.seen.same_bytes &= found == self.reference
        self.seen.left_over += sorted(set(found) - set(self.reference))
        times = Counter(self.log.read_text(encoding="utf-8").splitlines()) if self.log.exists() else Counter()
        self.seen.completed += 1
        self.seen.graded += times.total()
        self.seen.repeated += times.total() - len(times)
        self.seen.most_repeated = max(self.seen.most_repeated, *(count - 1 for count in times.values()))

    def kill(self, kills: int, runs: int) -> None:
        """Kill so often, each time at a random point of what is left to do."""
        chance = random.Random(simulate.SEED)
        span = max(3, 2 * runs * self.seen.points // kills)
        while self.seen.killed < kills:
            code, _ = self.grade(chance.randint(1, span))
            if code == -signal.SIGKILL:
                self.seen.killed += 1
            else:
                assert code == 0, code
                self.check()
                self.begin()
        code, _ = self.grade(0)
        assert code == 0, code
        self.check()


def trial(learners: int, kills: int, runs: int = 1) -> Outcomes:
    """Return what became of a class that was killed so often."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="copydesk-killed-") as name:
        found = Trial(Path(name), learners)
        found.kill(kills, runs)
    found.seen.seconds = round(time.monotonic() - started, 1)
    return found.seen


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(trial(*map(int, sys.argv[1:])))) + "\n")
