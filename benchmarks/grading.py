"""Measures grading: submissions per second, peak memory, and ratios to parsing alone, to nbgrader and to otter-grader.

    pip install 'copydesk[benchmarks]'
    python benchmarks/grading.py
    python benchmarks/grading.py --sizes 25 1000 --pages-up-to 1000 --no-peers
    python benchmarks/grading.py --sizes --no-peers    # a whole course alone

The submissions are simulated and say nothing about any class. Each measurement has a process of its own. Ratios are of
the processor's time, so that other programs on the machine tell less. Not for Windows, which counts in another way.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import runpy
import subprocess
import sys
import tempfile
import time
import zipfile
from importlib.metadata import version
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat
from measuring import ROOT, table, write

from copydesk.course.course import Course

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SIZES = (25, 1_000, 10_000, 100_000)
DIFFERENT = 1_000
"""So many simulated learners answer differently; in larger classes they come again under other names."""

QUICK, SLOW = ("parse", "scores", "rows"), ("tables", "pages")
TURNS = {25: 9, 1_000: 9}
"""The quick ones are measured in turns, more of them where all is over in a blink; the median of each counts."""

FEW_TURNS = 3

COURSE_TURNS = 3
LESSON = "02-attribution"
PEERS = 25
QUESTIONS = ("T1", "T2", "T3", "T4", "T5")
PROGRAMS = str(Path(sys.executable).parent)
MEGABYTE = 1024 if sys.platform == "linux" else 1024 * 1024
"""What the system counts peak memory in, to the megabyte."""

NBGRADER = """
from pathlib import Path
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config

api = NbGraderAPI(config=Config(CourseDirectory={"course_id": "peers", "root": str(Path.cwd())}))
assert api.generate_assignment("hw", create=True)["success"]
"""
OTTER = """
from pathlib import Path
from otter.run import main

for path in sorted(Path("otter").glob("*.ipynb")):
    main(str(path), autograder="autograder.zip", output_dir=None, no_logo=True)
"""


class Run(NamedTuple):
    """What one run of grading took: seconds by the clock and of the processor, and peak memory in MB."""

    clock: float
    processor: float
    memory: float


def main() -> None:
    """Measure all sizes and the peers, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--pages-up-to", type=int, default=max(SIZES), help="no feedback pages for larger classes")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True, help="measure them, too")
    parser.add_argument("--course", action=argparse.BooleanOptionalAction, default=True, help="measure one, too")
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        sys.stdout.write(json.dumps(ONE[options.one[0]](Path(options.one[1]))))
        return
    found: dict[tuple[int, str], Run] = {}
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="copydesk-benchmark-") as name:
            write_class(Path(name), size)
            for group in QUICK, SLOW if size <= options.pages_up_to else SLOW[:1]:
                count = TURNS.get(size, FEW_TURNS) if group == QUICK else 1
                turns = [[alone(what, name) for what in group] for _ in range(count)]
                for what, runs in zip(group, zip(*turns, strict=True), strict=True):
                    found[size, what] = sorted(runs, key=lambda run: run.processor)[len(runs) // 2]
                    sys.stdout.write(f"{size:,} {what}: {found[size, what]}\n")
    if found:
        write("Grading", report(found))
    if options.course:
        write("Grading a whole course", whole_course())
    if found and options.peers:
        with tempfile.TemporaryDirectory(prefix="copydesk-benchmark-") as name:
            peers = {"nbgrader": nbgrader(Path(name)), "otter-grader": otter(Path(name))}
        write("Grading beside nbgrader and otter-grader", beside(found, peers))


def whole_course() -> str:
    """Grade a whole course twice, in turns, and return a table of what that took."""
    turns: dict[str, list[Run]] = {"unpacking and parsing alone": [], "first run": [], "second run": []}
    with tempfile.TemporaryDirectory(prefix="copydesk-benchmark-") as name:
        folder = Path(name)
        for turn in range(COURSE_TURNS):
            write_course(folder)
            turns["unpacking and parsing alone"].append(alone("unzip", name))
            turns["first run"].append(command(folder, f"out-{turn}"))
            write_course(folder, "latecomers")
            turns["second run"].append(command(folder, f"out-{turn}"))
    rows = []
    medians: dict[str, Run] = {}
    for what, runs in turns.items():
        run = sorted(runs, key=lambda run: run.processor)[len(runs) // 2]
        medians[what] = run
        to_parsing = run.processor / medians["unpacking and parsing alone"].processor
        to_first = f"{run.processor / medians['first run'].processor:.2f}" if "first run" in medians else ""
        numbers = [f"{run.clock:.1f}", f"{run.processor:.1f}", f"{to_parsing:,.1f}", to_first, f"{run.memory:,.0f}"]
        rows.append((what, *numbers))
        sys.stdout.write(f"{what}: {runs}\n")
    heads = ["what", "seconds", "processor seconds", "times parsing alone", "to the first run", "peak memory, MB"]
    first_line = f"""Copy Desk {version("copydesk")}, one process.
300 simulated learners, 8 lessons, 2,400 submissions: a zip file for each lesson, as
Canvas gives it, and a roster. The command `copydesk grade` from its start to its end, with all feedback pages and their
zip file, gradebook, and class report with its figures; then again, after 5 more learners have submitted the last
lesson. {COURSE_TURNS} turns; the median by the processor's time counts. Goals: the first run under 60 seconds, the
second under 5, both under 300 MB. {busy()}"""
    return f"{first_line}\n\n{table(heads, rows)}"


def write_course(folder: Path, *words: str) -> None:
    """Write the submissions of a whole course, or those of the ``latecomers``, too."""
    script = ROOT / "tests" / "simulated" / "course.py"
    subprocess.run([sys.executable, str(script), str(folder), *words], check=True)


def command(folder: Path, out: str) -> Run:
    """Run ``copydesk grade`` on a course, and return what its process took."""
    places = [str(folder / "submissions"), "--roster", str(folder / "class.csv"), "--out", str(folder / out)]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "copydesk", "grade", *places],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},  # as installed
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, took = os.wait4(process.pid, 0)
    if status:
        msg = f"copydesk grade ended with {os.waitstatus_to_exitcode(status)}"
        raise RuntimeError(msg)
    return Run(time.perf_counter() - start, took.ru_utime + took.ru_stime, took.ru_maxrss / MEGABYTE)


def unzip(folder: Path) -> Run:
    """Read and parse all files in the zip files of a course, and do nothing else."""

    def work() -> None:
        for path in (folder / "submissions").iterdir():
            with zipfile.ZipFile(path) as download:
                for name in download.namelist():
                    json.loads(download.read(name))

    return timed(work)


def write_class(folder: Path, size: int) -> None:
    """Write the simulated submissions of lesson 02."""
    simulated = runpy.run_path(str(ROOT / "tests" / "simulated" / "simulate.py"))
    made = [data for _, data in simulated["class_of"](banks(), {}, min(size, DIFFERENT))]
    for number, data in zip(range(size), cycle(made), strict=False):
        named = data | {"learner": {"alias": f"Simulated {number:06}"}}
        (folder / f"simulated-{number:06}-{LESSON}.json").write_text(json.dumps(named), encoding="utf-8")


def banks() -> dict[str, Any]:
    """Return the graded bank of lesson 02."""
    return {LESSON: Course(ROOT).solutions[LESSON]}


def alone(what: str, folder: str) -> Run:
    """Measure something in a process of its own."""
    command = [sys.executable, __file__, "--one", what, folder]
    return Run(*json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def parse(folder: Path) -> Run:
    """Read and parse all files, and do nothing else."""

    def work(paths: Iterable[Path]) -> None:
        for path in paths:
            json.loads(path.read_bytes())

    work([next(folder.iterdir())])
    return timed(lambda: work(folder.iterdir()))


def scores(folder: Path) -> Run:
    """Find, read, check and score all files by the functions that do it everywhere, and keep nothing."""
    from copydesk.grading.files.inputs import find_files, read_file  # noqa: PLC0415  (as above)
    from copydesk.grading.scores.assessment import assess  # noqa: PLC0415  (parsing alone does not have it in memory)
    from copydesk.grading.scores.versions import collect_versions  # noqa: PLC0415  (as above)
    from copydesk.grading.submissions.submission import read_submissions  # noqa: PLC0415  (as above)

    known = collect_versions(banks(), ())

    def work(path: Path) -> None:
        for found in find_files([path])[0]:
            for file in read_file(found, lambda _: None):
                for submission in read_submissions(file, known.now):
                    assess(submission, known)

    work(next(folder.iterdir()))  # the first submission has the keys put into numbers
    return timed(lambda: work(folder))


def rows(folder: Path) -> Run:
    """Do the same, and make of each submission the row of the gradebook and what the class report counts."""
    from copydesk.grading.files.inputs import find_files, read_file  # noqa: PLC0415  (as above)
    from copydesk.grading.report.counts import Layout  # noqa: PLC0415  (as above)
    from copydesk.grading.run.one_file import GradedFile  # noqa: PLC0415  (as above)
    from copydesk.grading.run.rules import Rules  # noqa: PLC0415  (as above)
    from copydesk.grading.run.workers import map_submissions  # noqa: PLC0415  (as above)
    from copydesk.grading.scores.versions import collect_versions  # noqa: PLC0415  (as above)

    own = banks()
    rules = Rules(collect_versions(own, ()), {lesson: Layout(bank) for lesson, bank in own.items()}, pages=False)

    def work(path: Path) -> None:
        files = (each for found in find_files([path])[0] for each in read_file(found, lambda _: None))
        for _, outcomes in map_submissions(files, rules):
            if not all(isinstance(each, GradedFile) for each in outcomes):
                msg = f"not graded: {outcomes}"
                raise RuntimeError(msg)

    work(next(folder.iterdir()))
    return timed(lambda: work(folder))


def tables(folder: Path) -> Run:
    """Grade without feedback pages."""
    return graded(folder, pages=False)


def pages(folder: Path) -> Run:
    """Grade with feedback pages."""
    return graded(folder, pages=True)


def graded(folder: Path, *, pages: bool) -> Run:
    """Grade a folder as the command does, from the files to gradebook, class report and list of problems."""
    from copydesk.grading import Options, grade  # noqa: PLC0415  (parsing alone does not have it in memory)

    own, practice = banks(), {LESSON: Course(ROOT).quizzes[LESSON]}
    with tempfile.TemporaryDirectory(prefix="copydesk-benchmark-") as out:
        return timed(lambda: grade([folder], Path(out), banks=own, practice=practice, options=Options(pages=pages)))


def timed(work: Callable[[], object]) -> Run:
    """Return what some work took."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    return Run(clock, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE)


ONE = {"unzip": unzip, "parse": parse, "scores": scores, "rows": rows, "tables": tables, "pages": pages}
NAMES = {
    "scores": "scores alone",
    "rows": "with rows and counts",
    "tables": "with gradebook and class report",
    "pages": "with feedback pages, too",
}


def nbgrader(folder: Path) -> Run:
    """Grade notebooks with nbgrader's autograde."""
    source = folder / "source" / "hw" / "hw.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(for_nbgrader(), source)
    in_folder(folder, "-c", NBGRADER)
    released = (folder / "release" / "hw" / "hw.ipynb").read_text(encoding="utf-8")
    for number in range(PEERS):
        path = folder / "submitted" / f"simulated{number:02}" / "hw" / "hw.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(released, encoding="utf-8")
    took = in_folder(folder, "-m", "nbgrader", "autograde", "hw", "--CourseDirectory.course_id=peers")
    if len(list((folder / "autograded").glob("*/hw/hw.ipynb"))) != PEERS:
        msg = "nbgrader did not grade all notebooks"
        raise RuntimeError(msg)
    return took


def otter(folder: Path) -> Run:
    """Grade notebooks with otter-grader's local run."""
    with zipfile.ZipFile(folder / "autograder.zip", "w") as archive:
        for name in QUESTIONS:
            case = {"code": f">>> assert {name} == 1\n", "hidden": False, "locked": False}
            suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
            test = {"name": name, "points": 4, "suites": [suite]}
            archive.writestr(f"tests/{name}.py", f"OK_FORMAT = True\ntest = {test!r}\n")
        archive.writestr("otter_config.json", "{}")
    (folder / "otter").mkdir()
    for number in range(PEERS):
        nbformat.write(notebook(), folder / "otter" / f"simulated{number:02}.ipynb")
    return in_folder(folder, "-c", OTTER)


def notebook() -> Any:  # noqa: ANN401  (nbformat has no types)
    """Return a notebook with an answer to each of five questions, and no import."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"{name} = 1") for name in QUESTIONS])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return made


def for_nbgrader() -> Any:  # noqa: ANN401  (as above)
    """Return that notebook with a test below each answer."""
    made = notebook()
    answers, made.cells = made.cells, []
    for name, answer in zip(QUESTIONS, answers, strict=True):
        test = nbformat.v4.new_code_cell(f"assert {name} == 1")
        known = {"schema_version": 3, "task": False}
        answer.metadata["nbgrader"] = known | {"grade_id": name, "grade": False, "solution": True, "locked": False}
        test.metadata["nbgrader"] = known | {"grade_id": f"{name}-test", "solution": False, "locked": True}
        test.metadata["nbgrader"] |= {"grade": True, "points": 4}
        made.cells += [answer, test]
    return made


def in_folder(folder: Path, *arguments: str) -> Run:
    """Run Python in a folder, and return what it and the kernels that it started took."""
    path = os.pathsep.join([PROGRAMS, os.environ.get("PATH", "")])  # nbgrader calls another program
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(time.perf_counter() - start, processor, after.ru_maxrss / MEGABYTE)


def report(found: dict[tuple[int, str], Run]) -> str:
    """Return a table of what was measured, and ratios."""
    heads = ["submissions", "what", "a second", "a processor's second", "times parsing alone", "peak memory, MB"]
    rows = []
    for (size, what), run in found.items():
        if what != "parse":
            ratio = run.processor / found[size, "parse"].processor
            rates = [f"{size / run.clock:,.0f}", f"{size / run.processor:,.0f}", f"{ratio:,.1f}"]
            rows.append((f"{size:,}", NAMES[what], *rates, f"{run.memory:,.0f}"))
    first = f"""Copy Desk {version("copydesk")}, one process.
Submissions of lesson 02 by {DIFFERENT:,} simulated learners, in larger classes repeated under other names.
Parsing, scores and rows were measured in turns, {FEW_TURNS} times or more, and medians count.
Scores alone: each file is found, read, checked and scored, after a first one for which the keys are put into numbers
(some 2 milliseconds, whatever the size). With rows and counts: also made into what gradebook and report are written
from. With gradebook and class report: everything that the command does but feedback pages; loading what draws and
drawing take about two seconds, whatever the size. {busy()}"""
    return f"{first}\n\n{table(heads, rows)}"


def beside(found: dict[tuple[int, str], Run], peers: dict[str, Run]) -> str:
    """Return a table of the peers, and ratios to all that Copy Desk does but feedback pages, in the largest class."""
    size = max(size for size, _ in found)
    ours = found[size, "tables"].processor / size
    first = f"""{PEERS} notebooks with five questions and no import, in the same run as the above.
Copy Desk, with gradebook and class report, took the processor {1e6 * ours:,.0f} microseconds for each of {size:,}
submissions. {busy()}"""
    heads = ["grader", "notebooks a second", "processor seconds for each", "Copy Desk is faster, times"]
    rows = []
    for name, run in peers.items():
        each = run.processor / PEERS
        rows.append((f"{name} {version(name)}", f"{PEERS / run.clock:.2f}", f"{each:.2f}", f"{each / ours:,.0f}"))
    return f"{first}\n\n{table(heads, rows)}"


def busy() -> str:
    """Say how busy the machine is."""
    return f"The machine has {os.cpu_count()} processors, and {os.getloadavg()[0]:.0f} programs wanted them at the end."


if __name__ == "__main__":
    main()
