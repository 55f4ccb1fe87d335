"""Everything that is in the second course can be written on the authoring page: tasks of all kinds, cards, facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from copydesk.authoring.authoring import Authoring
from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.documents import read_text
from copydesk.scaffold.course_folder import make_course
from copydesk.scaffold.intake import source_from_text
from copydesk.scaffold.lessons import add_lesson

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[3] / "courses" / "skelmouth"
CARDS = "seeds/cards.yml"


def asker(root: Path) -> Callable[..., dict[str, Any]]:
    """Return what sends a request as a browser does, and returns a reply that isn't a refusal."""
    authoring = Authoring(root)

    def ask(action: str, **fields: object) -> dict[str, Any]:
        request = json.loads(json.dumps({"id": 1, "do": action, **fields}, default=str))
        reply: dict[str, Any] = json.loads(json.dumps(authoring.answer(request)))
        assert reply["ok"], reply
        return reply

    return ask


def raw_entries(name: str) -> list[dict[str, Any]]:
    """Return the entries of a file of the second course."""
    data = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    return list(data["tasks"] if isinstance(data, dict) else data)


def rewrite(ask: Callable[..., dict[str, Any]], name: str) -> None:
    """Put the entries of a file of the second course in place of those that a new course has."""
    (file,) = [file for file in ask("course")["files"] if file["file"] == name]
    old = [task["id"] for task in file["tasks"]]
    first, *others = raw_entries(name)
    for other in old[1:]:  # a file keeps at least one
        ask("remove", file=name, task=other)
    ask("edit", file=name, task=old[0], entry=first)
    for entry in others:
        added = ask("add", file=name, kind=entry.get("kind", ""), after=None)["task"]
        ask("edit", file=name, task=added, entry=entry)


def test_the_second_course_can_be_written_on_the_page(tmp_path: Path) -> None:
    """From what ``new`` and ``new-lesson`` make, the page's requests alone lead to its tasks, keys, cards and facts."""
    source = source_from_text(read_text(ROOT / "seeds" / "article.txt"))
    root, second = tmp_path / "skelmouth", Course(ROOT)
    make_course(root, source, language="en", lesson="01-messenger")
    add_lesson(Course(root), "overnight")
    ask = asker(root)
    facts = second.facts.model_dump(mode="json", include={"title", "authors", "as_of", "licence", "rights"})
    ask("course-edit", fields={**facts, "sentences_read": True})
    rewrite(ask, CARDS)
    for folder, banks in ((QUIZZES, second.quizzes), (SOLUTIONS, second.solutions)):
        for lesson, bank in banks.items():
            name = f"{folder}/{lesson}.yml"
            rewrite(ask, name)
            ask("file-edit", file=name, fields={"title": bank.title, "keyed_by": bank.keyed_by})
    assert ask("changes")["files"]
    ask("save")
    made = Course(root)
    assert made.facts.model_dump(mode="json", include=set(facts)) == facts
    assert made.seeds.part("cards") == second.seeds.part("cards")
    assert made.seeds.part("sentences") == second.seeds.part("sentences")
    assert made.quizzes == second.quizzes
    assert made.solutions == second.solutions
    assert made.exercises == second.exercises
