"""Grading of tasks with twins: by the version that the file says, never drawn again, and counted apart."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
import simulate
import twins
from twins import DRAWN, bank, cars, pick, submission

from copydesk.answers.file import Answer, AnswerFile, merge_answers
from copydesk.answers.store import AnswerStore, DamagedAnswersError, read_answer_file, to_data
from copydesk.grading import GradingReport, Options, grade, nbgrader
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.run.regrade import Reason, regrade
from copydesk.grading.scores.assessment import Assessment, assess
from copydesk.grading.scores.versions import collect_versions
from copydesk.grading.submissions.submission import Submission, read_submissions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from copydesk.course.bank import Bank

BANKS = {twins.LESSON: bank()}


def assessed(answers: Mapping[str, Any], asked: Bank | None = None, older: tuple[Bank, ...] = ()) -> Assessment:
    """Return the assessment of a submission."""
    data = json.dumps(submission("Ada", answers, asked)).encode()
    (found,) = read_submissions(SubmittedFile("a.json", data), BANKS)
    assert isinstance(found, Submission)
    return assess(found, collect_versions(BANKS, older))


def points(answers: Mapping[str, Any], **options: Any) -> list[float | None]:  # noqa: ANN401  (what assessed takes)
    """Return the points of T1, T2 and T3."""
    return [result.score.points for result in assessed(answers, **options).results]


def graded(
    folder: Path,
    files: Mapping[str, Any],
    banks: Mapping[str, Bank] | None = None,
    **options: Any,  # noqa: ANN401  (those of grade)
) -> GradingReport:
    """Grade submissions by their file names from ``in`` into ``out``."""
    (folder / "in").mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / "in" / name).write_text(json.dumps(data), encoding="utf-8")
    return grade([folder / "in"], folder / "out", banks=banks or BANKS, options=Options(**options))


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a result table."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        (pick("office", 1), 2),
        (pick("mayor", 1), 0),
        (pick("office", 2), 0),
        (pick("mayor", 2), 2),
        (pick("office"), 2),
        (pick("mayor", None), 0),
    ],
)
def test_the_key_is_that_of_the_version(answer: dict[str, Any], earned: float) -> None:
    """The same answer earns all or nothing, by the detail that the learner read; an old file is of the first."""
    assert points({"T2": answer}) == [0, earned, 0]
    assert points({"T3": cars(900, 2)}) == [0, 0, 4]
    assert points({"T3": cars(900)}) == [0, 0, 0]


@pytest.mark.parametrize("version", [0, 3, -1, 2.5, "2", [2], {"2": 2}, 10**400])
def test_a_version_that_cannot_be_costs_its_answer_alone(version: object) -> None:
    """A hostile or damaged version is a fault with its reason; the other answers count."""
    found = assessed({"T1": pick("office"), "T2": pick("office", version)})
    assert [result.score.points for result in found.results] == [2, 0, 0]
    (row,) = found.problems
    assert "T2" in row.reason
    assert "version" in row.reason


def test_a_version_that_the_task_has_not_is_said(tmp_path: Path) -> None:
    """An answer to version 2 of a task that has one version is not graded by the key of another question."""
    found = assessed({"T1": pick("office", 2)})
    assert found.results[0].score.points == 0
    assert "no such version" in found.problems[0].reason
    graded(tmp_path, {"a.json": submission("Ada", {"T1": pick("office", 2)})})
    (row,) = table(tmp_path / "out" / "problems.csv")
    assert (row["outcome"], "no such version" in row["reason"]) == ("graded", True)


def test_an_answer_without_form_shows_its_version() -> None:
    """The page shows what the learner was asked, also where the answer cannot be used."""
    (_, result, _) = assessed({"T2": {"version": 2, "response": "?"}}).results
    assert (result.version, result.task.context, result.fault != "") == (2, twins.MAYOR, True)


def test_a_page_shows_the_version_of_its_learner(tmp_path: Path) -> None:
    """Question, passage and explanations are those that the learner met; nothing of the other is there."""
    files = {f"{number}.json": submission(f"L{number}", {"T2": pick("office", number)}) for number in (1, 2)}
    graded(tmp_path, files)
    first, second = (
        next((tmp_path / "out" / "feedback").glob(f"l{number}-*.html")).read_text(encoding="utf-8") for number in (1, 2)
    )
    assert twins.MAYOR not in first
    assert twins.WHY_MAYOR not in first
    assert twins.MAYOR in second
    assert twins.WHY_MAYOR in second
    assert first.count("There are two versions of this task") == 2
    rows = table(tmp_path / "out" / "gradebook.csv")
    assert [row["T2 (of 2)"] for row in rows] == ["2", "0"]
    assert sum(head.startswith("T2") for head in rows[0]) == 1


def test_what_is_only_drawn_is_not_answered(tmp_path: Path) -> None:
    """A task that was shown and left is open, in its version; nothing says that it was answered in 1970."""
    drawn = pick("", 2, at=DRAWN)
    found = assessed({"T2": drawn})
    assert [result.score.status for result in found.results] == ["unanswered"] * 3
    assert found.results[1].task.context == twins.MAYOR
    graded(tmp_path, {"a.json": submission("Ada", {"T2": drawn})})
    (row,) = table(tmp_path / "out" / "gradebook.csv")
    assert row["not answered"] == "T1 T2 T3"
    assert "1970" not in "".join(row.values())


def test_joined_submissions_keep_answer_and_version_together(tmp_path: Path) -> None:
    """Of two browsers each drew another version: the answer counts with its own, and what is only drawn never does."""
    files = {
        "a.json": submission("Ada", {"T1": pick("office"), "T2": pick("", 1, at=DRAWN), "T3": pick("", 1, at=DRAWN)}),
        "b.json": submission("Ada", {"T2": pick("mayor", 2)}, handed_in="2026-11-22T10:20:00Z"),
    }
    report = graded(tmp_path, files)
    (row,) = table(tmp_path / "out" / "gradebook.csv")
    assert (report.joined, row["automatic points"], row["T2 (of 2)"]) == (1, "4", "2")


def test_merging_keeps_answer_and_version_together() -> None:
    """The later answer wins with its version; a version that was only drawn never takes another's place."""
    one = {"T2": Answer.model_validate(pick("office", 1))}
    later = {"T2": Answer.model_validate(pick("mayor", 2, at="2026-11-23T10:00:00Z"))}
    drawn_one, drawn_two = ({"T2": Answer.model_validate(pick("", number, at=DRAWN))} for number in (1, 2))
    assert merge_answers(one, later) == merge_answers(later, one) == later
    assert merge_answers(one, drawn_two) == merge_answers(drawn_two, one) == one
    assert merge_answers(drawn_one, drawn_two) == drawn_one
    assert merge_answers({}, drawn_two) == drawn_two


def test_the_answer_file_keeps_the_version(tmp_path: Path) -> None:
    """It is in the file only where something was drawn, and a version that cannot be is a damaged file."""
    store = AnswerStore(tmp_path, course="mariupol", lesson=twins.LESSON, bank=bank().fingerprint())
    store.save({"T1": Answer.model_validate(pick("office")), "T2": Answer.model_validate(pick("", 2, at=DRAWN))})
    store.save({"T2": Answer.model_validate(pick("", 1, at=DRAWN))})
    answers = to_data(store.load())["answers"]
    assert "version" not in answers["T1"]
    assert (answers["T2"]["version"], answers["T2"]["at"]) == (2, DRAWN)
    raw = json.dumps(submission("Ada", {"T2": pick("office", 3)})).encode()
    with pytest.raises(DamagedAnswersError, match="version"):
        read_answer_file(raw, course="mariupol", lesson=twins.LESSON)
    assert AnswerFile.model_validate(submission("Ada", {"T2": pick("office")})).answers["T2"].version is None


def test_an_older_bank_without_the_twin_is_not_changed() -> None:
    """A twin that came later changes nothing for those who were asked before; one that changed or went does."""
    before = bank(tasks=[twins.choice("T1"), twins.choice("T2"), twins.value()])
    assert assessed({"T2": pick("office")}, before, (before,)).version.changed == ()
    assert points({"T2": pick("office")}, asked=before, older=(before,)) == [0, 2, 0]
    other = twins.choice("T2", twin={"context": "A clerk counted.", "key": twins.choice_key("mayor")})
    reworded = bank(tasks=[twins.choice("T1"), other, twins.value()])
    found = assessed({"T2": pick("mayor", 2)}, reworded, (reworded,))
    assert found.version.changed == ("T2",)
    assert (found.results[1].task.context, found.results[1].score.points) == ("A clerk counted.", 2)


def class_of(versions: Mapping[int, int]) -> dict[str, Any]:
    """Return submissions: so many learners with each version of T2, who all pick the office."""
    files = {}
    for version, count in versions.items():
        for number in range(count):
            name = f"L{version}{number:02}"
            answers = {"T1": pick("office"), "T2": pick("office", version), "T3": cars(1200, 1)}
            files[f"{name}.json"] = submission(name, answers)
    return files


def test_the_report_counts_versions_apart(tmp_path: Path) -> None:
    """Each version has lines of its own, by its own key and its own number of answers; too few stay too few."""
    graded(tmp_path, class_of({1: 12, 2: 10}), pages=False)
    report = tmp_path / "out" / "report"
    rows = {row["task"]: row for row in table(report / "tasks.csv")}
    assert list(rows) == ["T1", "T2 v1", "T2 v2", "T3 v1", "T3 v2"]
    assert [rows[name]["submissions"] for name in rows] == ["22", "12", "10", "22", "0"]
    assert [rows[name]["mean_points"] for name in ("T2 v1", "T2 v2")] == ["2", "0"]
    picked = [row for row in table(report / "choices.csv") if row["choice"] == "office" and row["task"] != "T1"]
    assert [(row["task"], row["weight"], row["answered"], row["count"]) for row in picked] == [
        ("T2 v1", "1", "12", "12"),
        ("T2 v2", "0", "10", "10"),
    ]
    assert [row["item"] for row in table(report / "items.csv")][:3] == ["T1", "T2 v1", "T2 v2"]
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Some tasks have two versions" in page
    assert "older version of the tasks" not in page


def test_a_version_that_few_met_has_no_numbers(tmp_path: Path) -> None:
    """With nine answers to a version nothing is said of it, as with nine submissions."""
    graded(tmp_path, class_of({1: 12, 2: 9}), pages=False)
    rows = table(tmp_path / "out" / "report" / "choices.csv")
    assert {row["count"] for row in rows if row["task"] == "T2 v2"} == {"too few"}


def long_bank() -> Bank:
    """Return a bank of thirteen choices, each with a twin."""
    twin = {"context": twins.MAYOR, "key": twins.choice_key("mayor")}
    return bank(tasks=[twins.choice(f"T{number}", twin=twin) for number in range(1, 14)])


def answers_at(hour: int, second: int, version: int, picked: str) -> dict[str, Any]:
    """Return answers to all thirteen tasks in a version, at times of their own."""
    moments = [f"2026-11-22T{hour:02}:{number:02}:{second % 60:02}.{100 + second}Z" for number in range(1, 14)]
    return {f"T{number}": pick(picked, version, at=moment) for number, moment in enumerate(moments, 1)}


def test_work_is_alike_only_in_the_same_version(tmp_path: Path) -> None:
    """The same wrong answers are noticed between those who read the same, and not between those who did not."""
    files = {}
    for number in range(40):
        version = number % 2 + 1
        answers = answers_at(9, number, version, "mayor" if version == 2 else "office")
        files[f"L{number}.json"] = submission(f"L{number}", answers, long_bank())
    for hour, (name, version) in enumerate({"Ada": 1, "Bo": 1, "Cy": 2}.items(), 10):
        wrong = answers_at(hour, 7, version, "mayor" if version == 1 else "office")
        files[f"{name}.json"] = submission(name, wrong, long_bank())
    graded(tmp_path, files, banks={twins.LESSON: long_bank()}, pages=False)
    rows = [row for row in table(tmp_path / "out" / "problems.csv") if row["outcome"] == "to look at"]
    assert [[name in row["reason"] for name in ("Ada", "Bo", "Cy")] for row in rows] == [[True, True, False]]


def test_versions_only_drawn_at_one_moment_are_no_copies(tmp_path: Path) -> None:
    """Everybody's drawn versions have the same time; that is no work alike."""
    drawn = {f"T{number}": pick("", 1, at=DRAWN) for number in range(2, 8)}
    banks = {twins.LESSON: long_bank()}
    files = {f"{name}.json": submission(name, {"T1": pick("office"), **drawn}, long_bank()) for name in ("Ada", "Bo")}
    graded(tmp_path, files, banks=banks, pages=False)
    assert table(tmp_path / "out" / "problems.csv") == []


def test_a_corrected_key_moves_those_who_had_its_version(tmp_path: Path) -> None:
    """After the key of the second version was mended, whoever had the first keeps the points; appeals name the task."""
    files = {f"{number}.json": submission(f"L{number}", {"T2": pick("office", number)}) for number in (1, 2)}
    graded(tmp_path, files, pages=False)
    task = twins.choice("T2", twin={"context": twins.MAYOR, "key": twins.choice_key("office")})
    mended = {twins.LESSON: bank(tasks=[twins.choice("T1"), task, twins.value()])}
    report = regrade([tmp_path / "in"], tmp_path / "out", reason=Reason("the key was wrong"), banks=mended)
    ((change, why),) = report.changes
    assert (change.before.learner, change.task, change.words, why) == ("L2", "T2", ("0", "2"), "the key was wrong")


def test_nbgrader_gets_the_points_of_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell that nbgrader runs scores the version that the answer file names."""
    twins.write_course(tmp_path / "keys")
    work = tmp_path / "work"
    work.mkdir()
    (work / "a.json").write_text(json.dumps(submission("Ada", {"T2": pick("mayor", 2)})), encoding="utf-8")
    monkeypatch.setenv(nbgrader.KEYS, str(tmp_path / "keys"))
    monkeypatch.chdir(work)
    assert nbgrader.points(twins.LESSON, "T2") == 2


def test_the_simulated_class_draws_both_versions() -> None:
    """Simulated learners meet either version, and earn more than nothing in both."""
    seen: dict[int, list[float]] = {1: [], 2: []}
    for _, data in simulate.class_of(BANKS, {}, 40):
        answer = data["answers"].get("T2")
        if answer:
            seen[answer["version"]].append(points({"T2": answer})[1] or 0)
    assert all(len(earned) > 10 and sum(earned) > 0 for earned in seen.values())
