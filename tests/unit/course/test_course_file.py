"""``seeds/course.yml`` says what belongs to one course, and a fault in it is named with its line and remedy."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from copydesk.checks.course import read_course
from copydesk.course import documents
from copydesk.course.bank_files import EXERCISES, QUIZZES, SOLUTIONS
from copydesk.course.citation import CITATION_FILE
from copydesk.course.course import Course
from copydesk.course.course_file import COURSE_FILE
from copydesk.course.documents import ContentError, read_text
from copydesk.course.settings import find_root
from copydesk.release.exercises import released_files

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a copy of the course's data that a test may damage."""
    for folder in ("seeds", QUIZZES, EXERCISES, SOLUTIONS):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def change(root: Path, old: str, new: str) -> int:
    """Replace words of the file, and return the line on which they stood."""
    path = root / COURSE_FILE
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_facts_are_those_of_the_file(root: Path) -> None:
    """Another course says another name and day, and the program takes both from its file."""
    change(root, "id: mariupol", "id: harbour")
    change(root, "as_of: 2023-03-19", "as_of: 2031-10-08")
    facts = Course(root).facts
    assert (facts.id, facts.as_of) == ("harbour", date(2031, 10, 8))


def test_a_course_without_a_citation_is_cited_by_its_facts(root: Path) -> None:
    """A course of one's own needs no second file to be cited; one that has the file is cited by it."""
    change(root, "title: Copy Desk\n", "title: Two ferries\nauthors: [Ann Lee, Bo Ek]\n")
    citation = Course(root).citation
    assert (citation.title, citation.author_names) == ("Two ferries", ["Ann Lee", "Bo Ek"])
    assert (citation.version, citation.released) == ("1", date(2023, 3, 19))
    shutil.copyfile(ROOT / CITATION_FILE, root / CITATION_FILE)
    assert Course(root).citation.author_names == ["The Copy Desk authors"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("as_of: 2023-03-19", "as_of: soon", "'as_of': Input should be a valid date"),
        ("own_article: 07", "own_articel: 07", "the field 'own_articel' is not known"),
        ("  wordings:\n", "  framings:\n", "'framings'"),
        ("Kyiv: 2", "Kyiv: two", "'Kyiv': Input should be a valid number"),
        ("id: mariupol", "id: two words", "'id': String should match"),
    ],
)
def test_a_wrong_fact_is_named_with_its_line(root: Path, old: str, new: str, message: str) -> None:
    """Who writes the file of another course is told where it is wrong, and what to do."""
    line = change(root, old, new)
    with pytest.raises(ContentError, match=message) as caught:
        _ = Course(root).facts
    assert [(problem.file, problem.line) for problem in caught.value.problems if message in str(problem)] == [
        (COURSE_FILE, line)
    ]
    assert all(problem.remedy for problem in caught.value.problems)


def test_a_course_without_the_file_says_where_to_put_it(root: Path) -> None:
    """A missing file is named, with its place."""
    (root / COURSE_FILE).unlink()
    with pytest.raises(ContentError, match=r"seeds/course\.yml: the file is missing\. Put it at seeds/course\.yml"):
        _ = Course(root).facts


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[C34, C35]", "[C34, C99]", "there is no claim 'C99'"),
        ("AR06: Mr Putin", "AR99: Mr Putin", "there is no trace 'AR99'"),
        ("AR06: Mr Putin", "AR06: Mister Putin", "'Mister Putin' is not in"),
        ("    04-framing: [P5, T1]", "    04-framing: [P5, T99]", "04-framing has no task 'T99'"),
        ("own_article: 07-own-article", "own_article: 04-framing", "'04-framing' is a lesson"),
    ],
)
def test_what_a_fact_names_is_there(root: Path, old: str, new: str, message: str) -> None:
    """``copydesk check`` names the line of a claim, trace, task or name that is not there."""
    line = change(root, old, new)
    (problem,) = [problem for problem in read_course(Course(root)).problems if problem.file == COURSE_FILE]
    assert (message in problem.problem, problem.line) == (True, line)
    assert problem.remedy


def test_a_reading_for_nobody_left_is_missed(root: Path) -> None:
    """Somebody who is said to act in a wording, and has no reading in the figure, is named."""
    change(root, "  - legend: Putin or the Kremlin defies\n", "")
    problems = [problem.problem for problem in read_course(Course(root)).problems]
    assert "no reading is for 'Putin'" in problems


def test_a_bank_is_read_once(root: Path) -> None:
    """A course is handed down: whoever asks for the same tasks again is handed the same ones."""
    course = Course(root)
    assert course.quizzes["04-framing"] is course.bank(QUIZZES, "04-framing")
    assert course.seeds is course.seeds


def test_no_file_is_read_twice(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks, releases and whoever else is handed one course have each of its files read a single time."""
    (root / "book").mkdir()
    times: Counter[str] = Counter()

    def count(path: Path) -> str:
        times[path.relative_to(root).as_posix()] += 1
        return read_text(path)

    monkeypatch.setattr(documents, "read_text", count)
    course = Course(root)
    assert list(read_course(course).units) != []
    made = released_files(course)
    assert [*course.quizzes, *course.exercises, *course.solutions] != []
    assert {f"{QUIZZES}/00-start.yml", f"{SOLUTIONS}/00-start.yml", COURSE_FILE, "seeds/cards.yml"} <= set(times)
    assert {name for name, number in times.items() if number > 1} == set()
    assert f"{EXERCISES}/00-start.yml" in made
