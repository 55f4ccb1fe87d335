"""Measures the preview of one lesson: until its pages are first there, and after a task is saved, against the book.

    python benchmarks/preview.py
    python benchmarks/preview.py --runs 1   (for a first look)

In turn, `copydesk book` and `copydesk preview` make the pages of the same course of one lesson: from clean, and after
the title of a practice task was changed. For the preview, the time ends when the open page is told that there is a new
one. Each of the two keeps what it keeps in a folder of its own.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from measuring import ROOT, spread, table, write

from copydesk.publish.course_part import course_part

if TYPE_CHECKING:
    from collections.abc import Iterator

LESSON = "02-attribution"
QUIZ = Path("lessons", "quizzes", f"{LESSON}.yml")
CHANGES = 3
"""How often a task is saved in each run."""

GOALS = {"from clean": 8, "after a save": 3}
"""Seconds that the preview may take on a machine that does nothing else."""

PAUSE_SECONDS = 10
"""Between two saves an author reads; meanwhile the preview checks the course and gets ready."""


def main() -> None:
    """Build and save, and write the results."""
    parser = argparse.ArgumentParser(description="Measure the preview of one lesson against the book.")
    parser.add_argument("--runs", type=int, default=3, help="how often each starts from clean")
    given = parser.parse_args()
    found: dict[str, list[float]] = {}
    for _ in range(given.runs):
        with tempfile.TemporaryDirectory(prefix="copydesk-benchmark-") as name:
            folder = Path(name)
            course = course_part(ROOT, folder / "course", [LESSON])
            for maker in (book_seconds, preview_seconds):
                for when, seconds in maker(course, folder):
                    found.setdefault(when, []).append(seconds)
    write("Preview of one lesson", report(found))


def book_seconds(course: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """Yield what each book cost."""
    out = folder / "site"
    command = [sys.executable, "-m", "copydesk", "book", "--learner", "--article", "full", "--out", str(out)]
    for number in range(CHANGES + 1):
        if number:
            save(course, f"Book {number}")
        started = time.perf_counter()
        subprocess.run(command, check=True, cwd=course, env=environment(course, folder / "book"), capture_output=True)
        yield f"book, {'after a save' if number else 'from clean'}", time.perf_counter() - started


def preview_seconds(course: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """Yield what each build of one preview cost."""
    command = [sys.executable, "-m", "copydesk", "preview", str(course), "--no-browser"]
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=environment(course, folder / "preview"), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            output = process.stdout or []
            address = next(filter(None, (re.search(r"http://\S+", line) for line in output)))[0]
            with builds(address) as new:
                next(new)
                yield "preview, from clean", time.perf_counter() - started
                for number in range(CHANGES):
                    time.sleep(PAUSE_SECONDS)
                    started = time.perf_counter()
                    save(course, f"Preview {number}")
                    next(new)
                    yield "preview, after a save", time.perf_counter() - started
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


@contextmanager
def builds(address: str) -> Iterator[Iterator[str]]:
    """Yield what yields the name of each build that an open page is told of."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
    connection.request("GET", f"/-/events?page={parts.path[1:].removesuffix('.html')}")
    yield new_builds(connection.getresponse())
    connection.close()


def new_builds(stream: http.client.HTTPResponse) -> Iterator[str]:
    """Yield the name of each new build."""
    last = ""
    for line in stream:
        if not line.startswith(b"data: "):
            continue
        build = json.loads(line.removeprefix(b"data: "))["build"]
        if build != last:
            last = build
            yield build


def environment(course: Path, cache: Path) -> dict[str, str]:
    """Return the variables of a command that keeps in a folder what it keeps."""
    return os.environ | {"COPYDESK_COURSE": str(course), "XDG_CACHE_HOME": str(cache)}


def save(course: Path, title: str) -> None:
    """Give the first task of the quiz another title."""
    path = course / QUIZ
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^    title: .*", f"    title: {title}", text, count=1), encoding="utf-8")


def report(found: dict[str, list[float]]) -> str:
    """Return a table of the builds, and how they stand to the goals."""
    middles = {name: sorted(times)[len(times) // 2] for name, times in found.items()}
    lines = []
    for when, goal in GOALS.items():
        ratio = middles[f"preview, {when}"] / middles[f"book, {when}"]
        lines.append(
            f"The preview {when}: {ratio:.2f} of the book's time, {middles[f'preview, {when}']:.1f} s (goal: {goal})."
        )
    head = f"One lesson with its exercise, {os.cpu_count()} processors: median (least to greatest)."
    rows = [(name, spread(times, 1)) for name, times in found.items()]
    return "\n\n".join([head, table(["build", "seconds"], rows), *lines])


if __name__ == "__main__":
    main()
