"""A kernel that is killed while it saves loses nothing that it called saved."""

from __future__ import annotations

import json
import queue
import random
import time
from typing import TYPE_CHECKING

from jupyter_client.manager import start_new_kernel

from copydesk.answers.file import AnswerFile
from copydesk.course.settings import find_root

if TYPE_CHECKING:
    from pathlib import Path

SAVES = 200
LESSON = "02-attribution"
SAVER = """
import copydesk
from copydesk.answers.store import current_time
desk = copydesk.open({lesson!r}, answers={folder!r})
views = [desk.task(name) for name in ("W1", "Q1", "T5")]
responses = [
    lambda n: {{"kind": "written", "text": f"{{n}} " * 400}},
    lambda n: {{"kind": "choice", "chosen": ["abcd"[n % 4]]}},
    lambda n: {{"kind": "choice", "chosen": ["S09", "S19"][: 1 + n % 2]}},
]
for n in range({first}, {first} + 1000):
    view, task = views[n % 3], ("W1", "Q1", "T5")[n % 3]
    answer = {{"response": responses[n % 3](n), "at": current_time().isoformat(), "attempts": n}}
    view.answers = {{"revision": n, "entries": {{task: answer}}}}
    assert view.saved["revision"] == n and view.saved["problem"] is None, view.saved
    print(task, n, flush=True)
"""


def test_a_killed_kernel_loses_nothing_that_it_called_saved(tmp_path: Path) -> None:
    """Over 200 saves with SIGKILL at random moments the file always parses and holds every answer called saved."""
    source = random.Random(2023)
    reported: dict[str, int] = {}
    first, kills = 1, 0
    while first <= SAVES:
        reported |= run_and_kill(
            tmp_path / "answers", first, saves=source.randint(5, 40), pause=source.uniform(0, 0.01)
        )
        kills += 1
        raw = (tmp_path / "answers" / f"{LESSON}.json").read_text(encoding="utf-8")
        kept = AnswerFile.model_validate(json.loads(raw)).answers
        for task, number in reported.items():
            assert kept[task].attempts >= number
        written = kept["W1"].response.text.split()
        assert written == [str(kept["W1"].attempts)] * 400
        first = max(reported.values()) + 1
    assert kills >= 5
    assert not list((tmp_path / "answers").glob("*.damaged-*"))


def run_and_kill(folder: Path, first: int, *, saves: int, pause: float) -> dict[str, int]:
    """Run a kernel until it reported so many saves, kill it a moment later, and return what it reported."""
    manager, client = start_new_kernel(cwd=str(find_root() / "lessons"))
    reported: dict[str, int] = {}
    try:
        client.execute(SAVER.format(lesson=LESSON, folder=str(folder), first=first))
        while sum(1 for _ in reported) == 0 or max(reported.values()) < first + saves:
            take(client.get_iopub_msg(timeout=30), reported)
        time.sleep(pause)
        manager.provisioner.process.kill()
        while True:
            try:
                take(client.get_iopub_msg(timeout=0.2), reported)
            except queue.Empty:
                return reported
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def take(message: dict[str, object], reported: dict[str, int]) -> None:
    """Note what a message of the kernel reports as saved."""
    content: dict[str, str] = message["content"]  # type: ignore[assignment]
    assert message["msg_type"] != "error", content
    if message["msg_type"] == "stream":
        for line in content["text"].splitlines():
            task, _, number = line.partition(" ")
            if task and number.isdigit():  # a message may begin or end within a line
                reported[task] = max(reported.get(task, 0), int(number))
