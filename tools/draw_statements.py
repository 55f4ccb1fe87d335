"""Draws statements about the real event at random from all text of the course, to be held against their sources.

    python tools/draw_statements.py --seed 14 --count 60

A statement is a whole sentence of six words or more in a text that is pinned to entries of the seeds. Questions,
accepted repairs and text that is pinned as invented, or as about the course itself, are left out. Each comes with its
place and its pins.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.checks.course import read_course
from copydesk.checks.readability import sentences
from copydesk.course.course import Course

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.checks.text_units import TextUnit

ROOT = Path(__file__).resolve().parents[1]
LEAST_WORDS = 6
STATEMENT_ENDS = (".", "!", "”", ")")
NOT_ABOUT_THE_EVENT = frozenset({"course", "invented"})


def main() -> None:
    """Print the statements that a seed draws."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--root", type=Path, default=ROOT)
    options = parser.parse_args()
    every = sorted(set(statements(Course(options.root))))
    generator = random.Random(options.seed)  # noqa: S311  (a draw, no secret)
    drawn = generator.sample(every, min(options.count, len(every)))
    sys.stdout.write(f"{len(drawn)} of {len(every)} statements, seed {options.seed}\n\n")
    for number, (place, pins, text) in enumerate(drawn, start=1):
        sys.stdout.write(f"{number}. {text}\n   {place} [{pins}]\n")


def statements(course: Course) -> Iterator[tuple[str, str, str]]:
    """Yield place, pins and words of each statement."""
    for unit in read_course(course).units:
        if not set(unit.pins) - NOT_ABOUT_THE_EVENT or "invented" in unit.pins:
            continue
        for text in unit.texts:
            for sentence in sentences(text):
                if len(sentence.split()) >= LEAST_WORDS and sentence.endswith(STATEMENT_ENDS):
                    yield _place(unit), " ".join(unit.pins), sentence


def _place(unit: TextUnit) -> str:
    parts = [unit.file, f"line {unit.line}" if unit.line else "", unit.place]
    return ", ".join(filter(None, parts))


if __name__ == "__main__":
    main()
