"""The second course: it is in order by itself, graded fairly, and gives away nothing that the first one grades."""

from __future__ import annotations

import json
import shutil
import tomllib
from itertools import chain
from math import fsum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from copydesk.checks import check_course
from copydesk.checks.course import read_course
from copydesk.checks.length import MOST_WORDS_BEFORE, length_problems, measured_lessons
from copydesk.checks.phrases import phrase_faults
from copydesk.checks.readability import long_sentences
from copydesk.checks.reading_needed import course_faults, find_near_twins, reading_faults
from copydesk.checks.reused_items import find_reused_items
from copydesk.checks.text_units import texts_in
from copydesk.checks.verbatim import word_runs
from copydesk.commands.main import app
from copydesk.course.course import Course
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.scores.assessment import assess
from copydesk.grading.scores.versions import collect_versions
from copydesk.grading.submissions.submission import Submission, read_submissions
from copydesk.kinds import scoring
from copydesk.kinds.table import KINDS
from copydesk.release.exercises import release
from copydesk.release.tidying import tidy_all
from copydesk.scaffold.course_folder import make_course
from copydesk.scaffold.intake import read_source
from copydesk.scaffold.open_steps import open_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from copydesk.checks.reused_items import Place
    from copydesk.course.bank import Bank, Entry
    from copydesk.grading.scores.assessment import Assessment
    from copydesk.kinds.union import Key, Response, Task

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "courses" / "skelmouth"
SKELMOUTH, FIRST = Course(FOLDER), Course(ROOT)
ON_THE_SAME_REPORTS = "07-transfer"
"""The lesson of the first course that grades learners on these reports."""

LESSONS = sorted(SKELMOUTH.solutions)
AUTOMATIC_POINTS = 20
MOST_BY_GUESSING = 0.40 * AUTOMATIC_POINTS


def places(banks: Mapping[str, Bank], folder: str) -> dict[Place, Entry]:
    """Return the tasks of some banks, by file and id."""
    found = {}
    for lesson, bank in banks.items():
        for entry in bank.tasks:
            found[f"{folder}/{lesson}", entry.task.id] = entry
    return found


def versions(banks: Mapping[str, Bank]) -> Iterator[Entry]:
    """Yield every task of some banks, and its twin."""
    yield from chain.from_iterable(bank.versions() for bank in banks.values())


def submitted(lesson: str, answers: Mapping[str, Any]) -> SubmittedFile:
    """Return the file that a learner submits."""
    time, bank = "2026-12-01T10:00:00Z", SKELMOUTH.solutions[lesson]
    data: dict[str, Any] = {"schema": "copydesk/answers/1", "course": bank.course, "lesson": lesson}
    data |= {"bank": bank.fingerprint(), "learner": {"alias": "Ada"}, "saved": time, "handed_in": time}
    return SubmittedFile("ada.json", json.dumps(data | {"answers": dict(answers)}).encode())


def graded(lesson: str, responses: Mapping[str, Response], version: int = 1) -> Assessment:
    """Return the assessment of a submission with these responses to a version of the tasks."""
    bank = SKELMOUTH.solutions[lesson]
    answers = {}
    for task, response in responses.items():
        answer: dict[str, Any] = {"response": response.model_dump(mode="json"), "at": "2026-12-01T10:00:00Z"}
        answers[task] = answer | ({"version": version} if bank[task].twin else {})
    (submission,) = read_submissions(submitted(lesson, answers), SKELMOUTH.solutions)
    assert isinstance(submission, Submission)
    return assess(submission, collect_versions(SKELMOUTH.solutions, SKELMOUTH.kept_solutions))


def keyed_tasks(lesson: str, version: int) -> Iterator[tuple[Task, Key]]:
    """Yield the graded tasks of a lesson in a version, each with its key."""
    for entry in SKELMOUTH.solutions[lesson].tasks:
        chosen = entry.version(version)
        assert chosen.key is not None
        yield chosen.task, chosen.key


def automatic_points(assessment: Assessment) -> float:
    """Return the points given by rule."""
    by_rule = [each.score for each in assessment.results if not scoring.is_marked_by_person(each.task)]
    return fsum(score.points or 0 for score in by_rule)


def test_the_folder_alone_is_a_course_in_order(tmp_path: Path) -> None:
    """Taken out of the repository, it checks, and its derived files and notebooks are up to date."""
    course = Course(shutil.copytree(FOLDER, tmp_path / "skelmouth"))
    assert [str(problem) for problem in check_course(course).problems] == []
    assert release(course, check=True) == []
    assert tidy_all(course.root, check=True) == []


def test_it_keeps_the_rules_that_the_first_course_keeps() -> None:
    """Its items need their text, its English is plain, its lessons begin soon and announce their time truly."""
    files = read_course(SKELMOUTH)
    lessons = measured_lessons(files)
    cards = {card.id: card for card in SKELMOUTH.seeds.part("cards")}
    entries = [entry for file in files.files for entry in file.bank.tasks]
    faults = [*course_faults(entries)]
    for entry in entries:
        faults += reading_faults(entry, cards)
    for text in chain.from_iterable(unit.texts for unit in files.units):
        faults += [*phrase_faults(text), *long_sentences(text)]
    assert faults == []
    assert [str(problem) for problem in length_problems(files, lessons)] == []
    assert all(0 < lesson.page.words_before_first_task <= MOST_WORDS_BEFORE for lesson in lessons.values())


def test_it_has_every_kind_of_task() -> None:
    """A teacher who looks for an example of a kind finds one."""
    banks = [*SKELMOUTH.quizzes.values(), *SKELMOUTH.solutions.values()]
    assert {entry.task.kind for bank in banks for entry in bank.tasks} == set(KINDS)


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_reference_earns_everything(lesson: str, version: int) -> None:
    """The reference earns all points given by rule, for either version of a task, and the text waits for its marker."""
    reference = {task.id: scoring.reference_response(task, key) for task, key in keyed_tasks(lesson, version)}
    assessment = graded(lesson, reference, version)
    assert automatic_points(assessment) == pytest.approx(AUTOMATIC_POINTS)
    assert [each.task.id for each in assessment.results if each.score.status == "awaiting marking"] == ["W1"]
    assert not assessment.problems


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_empty_submission_earns_nothing(lesson: str) -> None:
    """Nothing answered is nothing earned, and no error."""
    assessment = graded(lesson, {})
    assert automatic_points(assessment) == 0
    assert not assessment.problems


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("lesson", LESSONS)
def test_guessing_earns_little(lesson: str, version: int) -> None:
    """Even the best guess in every task, put together, stays at or below 0.40 of the points."""
    guesses = {}
    for task, key in keyed_tasks(lesson, version):
        best = 0.0
        for _, response in scoring.guessing_strategies(task):
            share = scoring.score(task, key, response).share or 0.0
            if share >= best:
                best, guesses[task.id] = share, response
    assert automatic_points(graded(lesson, guesses, version)) <= MOST_BY_GUESSING


def test_neither_course_grades_the_other() -> None:
    """A submission of one course is refused by the other, and no file of the second leads out of its folder."""
    (refused,) = read_submissions(submitted(LESSONS[0], {}), FIRST.solutions)
    assert not isinstance(refused, Submission)
    assert not any(path.is_symlink() for path in FOLDER.rglob("*"))


def test_no_graded_item_of_one_course_is_asked_in_the_other() -> None:
    """No sentence with a question, no option and no claim that one course grades is in a task of the other."""
    practice = places(FIRST.quizzes, "first/quizzes")
    first, second = places(FIRST.solutions, "first/tasks"), places(SKELMOUTH.solutions, "second/tasks")
    asked = places(SKELMOUTH.quizzes, "second/quizzes") | second
    assert list(find_reused_items(asked, first)) == []
    assert list(find_reused_items(practice | first, second)) == []
    pairs = [twin for twin in find_near_twins(asked | first | practice) if "first" in twin.place[0] + twin.other[0]]
    assert [pair for pair in pairs if pair.place[0].startswith("second") != pair.other[0].startswith("second")] == []


def test_no_sentence_that_is_marked_for_points_is_marked_here() -> None:
    """Sentences in which learners mark words for points in the first course aren't marked or mended here."""
    points = FIRST.solutions[ON_THE_SAME_REPORTS]
    in_first = {passage.text for entry in points.versions() for passage in getattr(entry.task, "passages", ())}
    banks = {f"p{name}": bank for name, bank in SKELMOUTH.quizzes.items()} | dict(SKELMOUTH.solutions)
    here = {passage.text for entry in versions(banks) for passage in getattr(entry.task, "passages", ())}
    assert len(in_first) > 10
    assert in_first & here == set()


def test_no_explanation_of_a_graded_key_is_repeated_here() -> None:
    """No eight words in a row of a key that the first course keeps secret are in this one, apart from the reports'."""
    public = [SKELMOUTH.seeds.article, *texts_of(FIRST.quizzes), *tasks_of(FIRST.solutions)]
    secret = word_runs(keys_of(FIRST.solutions)) - word_runs(public)
    here = [*texts_of(SKELMOUTH.quizzes), *texts_of(SKELMOUTH.solutions)]
    here += [f"{card.quote} {card.says}" for card in SKELMOUTH.seeds.part("cards")]
    assert len(secret) > 1000
    assert word_runs(here) & secret == frozenset()


def texts_of(banks: Mapping[str, Bank]) -> list[str]:
    """Return all texts of tasks and keys."""
    return [*tasks_of(banks), *keys_of(banks)]


def tasks_of(banks: Mapping[str, Bank]) -> list[str]:
    """Return all texts that learners see before they answer."""
    return list(chain.from_iterable(texts_in(each.task.model_dump(mode="json")) for each in versions(banks)))


def keys_of(banks: Mapping[str, Bank]) -> list[str]:
    """Return all texts of keys."""
    return list(chain.from_iterable(texts_in(each.key.model_dump(mode="json")) for each in versions(banks) if each.key))


def test_the_reports_are_those_of_the_first_course() -> None:
    """Both reports are here letter by letter, one below the other."""
    texts = [(ROOT / "seeds" / "transfer" / name).read_text(encoding="utf-8").strip() for name in ("t1.txt", "t2.txt")]
    assert SKELMOUTH.seeds.article == "\n\n".join(texts) + "\n"


def test_the_wheel_leaves_it_out() -> None:
    """What people install is one course and the program; this one is an example in the repository."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    paths = [*wheel["only-include"], *wheel["sources"], *wheel["force-include"]]
    assert not any(path.startswith("courses") for path in paths)


def test_an_export_shows_what_the_rights_allow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text that may be published whole, every practice task is exported, and the page credits its own authors."""
    monkeypatch.chdir(FOLDER)
    monkeypatch.setenv("COPYDESK_COURSE", str(FOLDER))
    done = CliRunner().invoke(app, ["export", "myst", "--out", str(tmp_path / "tasks")])
    assert done.exit_code == 0, done.output
    assert "Left out" not in done.output
    page = (tmp_path / "tasks" / f"{LESSONS[0]}.md").read_text(encoding="utf-8")
    assert "*One night in Skelmouth*, version 1, by The Copy Desk authors." in page
    assert SKELMOUTH.facts.rights.statement in page
    assert "quote the article at length" not in page


def test_copydesk_new_cuts_the_reports_as_they_are_here(tmp_path: Path) -> None:
    """The sentences are those that the command makes; the title of the second report is one, too."""
    here = SKELMOUTH.seeds.part("sentences")
    assert new_course(tmp_path).seeds.part("sentences") == here
    assert [sentence.id for sentence in here if sentence.kind == "title"] == ["S00", "S16"]


def test_the_tutorial_shows_what_the_commands_print(tmp_path: Path) -> None:
    """What *Your own article* says that new, check and release print is what they print."""
    page = (ROOT / "book" / "instructors" / "your-own-article.md").read_text(encoding="utf-8")
    course = new_course(tmp_path)
    steps = open_steps(course)
    shown = [f"{number}. {step.place}: {step.what}." for number, step in enumerate(steps[:4], 1)]
    shown += [f"31 sentences, the lesson {LESSONS[0]}, and its exercise", f"but {len(steps)} things are still open"]
    shown += [f"written: {path.relative_to(FOLDER).as_posix()}" for path in sorted(FOLDER.glob("solutions/banks/*/*"))]
    assert [line for line in shown if line not in page] == []


def new_course(folder: Path) -> Course:
    """Return the course that ``copydesk new`` makes of both reports."""
    source = read_source(SKELMOUTH.seeds.article.encode(), "skelmouth.txt")
    make_course(folder / "skelmouth", source, language="en", lesson=LESSONS[0])
    return Course(folder / "skelmouth")
