"""What both benchmarks share: the items, a browser, medians, and the file of results."""

from __future__ import annotations

import platform
import re
import shutil
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("RESULTS.md")
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
TITLE = "# Results\n\nWritten by the scripts in this folder; ratios are of medians in one run on one machine.\n"


def chromium() -> str | None:
    """Return the system's Chromium."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def items(count: int) -> list[dict[str, Any]]:
    """Return choice items about nothing: a question, four options, one right, each with its reason."""
    return [
        {
            "question": f"Item {number}: which of these four statements names its source in full?",
            "options": [
                {"text": f"Option {letter} of item {number}", "right": place == number % 4, "why": f"Reason {letter}."}
                for place, letter in enumerate("ABCD")
            ],
        }
        for number in range(1, count + 1)
    ]


def as_bank(count: int) -> dict[str, Any]:
    """Return the items as a quiz file of Copy Desk."""
    return {
        "schema": "copydesk/bank/1",
        "course": "mariupol",
        "lesson": "00-items",
        "title": "Items",
        "purpose": "practice",
        "keyed_by": "nobody; made for measuring",
        "tasks": [
            {
                "id": f"Q{number}",
                "kind": "choice",
                "group": "quiz",
                "title": f"Item {number}",
                "prompt": item["question"],
                "options": [{"id": "abcd"[n], "text": option["text"]} for n, option in enumerate(item["options"])],
                "key": {
                    "options": {
                        "abcd"[n]: {"weight": int(option["right"]), "why": option["why"]}
                        for n, option in enumerate(item["options"])
                    }
                },
            }
            for number, item in enumerate(items(count), start=1)
        ],
    }


def as_jupyterquiz(count: int) -> list[dict[str, Any]]:
    """Return the items as jupyterquiz takes them."""
    return [
        {
            "question": item["question"],
            "type": "multiple_choice",
            "answers": [
                {"answer": option["text"], "correct": option["right"], "feedback": option["why"]}
                for option in item["options"]
            ],
        }
        for item in items(count)
    ]


def spread(values: Iterable[float], digits: int = 0) -> str:
    """Return median, and least and greatest, of some values."""
    known = sorted(values)
    return f"{statistics.median(known):,.{digits}f} ({known[0]:,.{digits}f}–{known[-1]:,.{digits}f})"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def write(section: str, text: str) -> None:
    """Put a section into the file of results, in place of the one of that name."""
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else TITLE
    kept = re.sub(rf"\n## {re.escape(section)}\n.*?(?=\n## |\Z)", "", old, flags=re.DOTALL).rstrip()
    machine = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    RESULTS.write_text(f"{kept}\n\n## {section}\n\nOn: {machine}.\n\n{text.strip()}\n", encoding="utf-8")
