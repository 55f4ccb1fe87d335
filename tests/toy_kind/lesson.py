"""A lesson with a task of the new kind, as its notebook works with it: the page, then answers of a small class."""

from __future__ import annotations

import os
from pathlib import Path

import copydesk

LESSON, CLASS = "02-attribution", 12


def main() -> None:
    """Write the pages that are read without a kernel, and one answer file for each learner."""
    assert Path(copydesk.__file__).is_relative_to(Path.cwd())
    os.environ["COPYDESK_RENDER"] = "static"
    desk = copydesk.open(LESSON)
    Path("quiz.html").write_text(desk.quiz()._repr_html_(), encoding="utf-8")
    Path("task.html").write_text(desk.task("T1")._repr_html_(), encoding="utf-8")
    for number in range(CLASS):
        learner = copydesk.open(LESSON, answers=Path("answers") / str(number))
        learner.answer("T1", {"kind": "true_or_not", "answer": number % 3 > 0})
        learner.check("T1")
        learner.submit(f"Learner {number:02}")


if __name__ == "__main__":
    main()
