"""The class file: what ``copydesk class new`` writes can be read, and each fault has its line and a remedy."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import make
import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.course.course import Course
from copydesk.course.documents import ContentError, read_document
from copydesk.grading.class_file.new import NewClass, write_class
from copydesk.grading.class_file.reading import ClassSettings, read_class_file
from copydesk.grading.files.problems import WrongPlaceError

ROOT = Path(__file__).parents[3]
LESSONS = {"02-attribution": "Who says so?", "03-sources": "How many sources: one, or two? # 'really'"}
HEAD = "schema: copydesk/class/1\nname: Autumn\ntime_zone: Europe/Berlin\n"
PLAIN = HEAD + "lessons:\n  02-attribution:\n    due: 2026-11-16 23:59\n"


def read(folder: Path, text: str) -> ClassSettings:
    """Write a class file and read it."""
    (folder / "class.yml").write_text(text, encoding="utf-8")
    return read_class_file(folder / "class.yml", LESSONS)


@pytest.mark.parametrize("name", ["Autumn", 'Media "A": #1, \N{FACE WITH TEARS OF JOY}', "яблуко: 7А"])
def test_a_new_class_file_can_be_read(tmp_path: Path, name: str) -> None:
    """What is written is valid, has every lesson, and keeps any name; the tables that it names are there."""
    paths = write_class(tmp_path / "c", NewClass(name, "Europe/Kyiv", LESSONS, roster="class list.csv"))
    settings = read_class_file(paths[0], LESSONS)
    assert settings.file.name == name
    assert list(settings.file.lessons) == list(LESSONS)
    assert settings.place(settings.file.roster) == tmp_path / "c" / "class list.csv"
    assert all(path.is_file() for path in paths)
    assert settings.place(settings.file.extensions) in paths


def test_every_optional_line_is_valid_without_its_mark(tmp_path: Path) -> None:
    """A line that is there as a comment is right as soon as the mark is taken away, alone and with all others."""
    path, *_ = write_class(tmp_path, NewClass("Autumn", "Europe/Kyiv", LESSONS))
    lines = path.read_text(encoding="utf-8").splitlines()
    optional = [place for place, line in enumerate(lines) if line.lstrip().startswith("# ") and ":" in line]
    options = [place for place in optional if _is_field(lines[place])]
    assert len(options) >= 15
    for place in options:
        lines[place] = lines[place].replace("# ", "", 1)
    settings = read(tmp_path, "\n".join(lines))
    assert settings.file.markers is not None
    assert settings.file.late.per_day == 10
    assert settings.due("03-sources") == datetime(2026, 11, 16, 21, 59, tzinfo=UTC)


def _is_field(line: str) -> bool:
    """Return whether a comment is a line of the file that is not used yet, and not a sentence."""
    name = line.lstrip().removeprefix("# ").split(":")[0].strip()
    return name.replace("_", "").isalpha() and name.islower() and " " not in name


def test_an_existing_class_file_is_left_alone(tmp_path: Path) -> None:
    """A second ``class new`` changes nothing."""
    new = NewClass("Autumn", "UTC", LESSONS)
    path, *_ = write_class(tmp_path, new)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(WrongPlaceError, match="nothing was changed"):
        write_class(tmp_path, new)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("due", ["2026-11-16 23:59", "2026-11-16 23:59:00", "2026-11-16T23:59", "'2026-11-16 23:59'"])
def test_a_due_time_is_in_the_zone_of_the_class(tmp_path: Path, due: str) -> None:
    """However a time is written, with seconds or without, it is the class's own clock."""
    settings = read(tmp_path, PLAIN.replace("2026-11-16 23:59", due))
    assert settings.due("02-attribution") == datetime(2026, 11, 16, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "line", "why"),
    [
        (("Europe/Berlin", "Berlin"), 3, "no time zone 'Berlin'"),
        (("2026-11-16 23:59", "Monday"), 6, "not a date with a time"),
        (("2026-11-16 23:59", "2026-11-16"), 6, "not a date with a time"),
        (("02-attribution", "02-atribution"), 5, "no lesson '02-atribution'"),
        (("    due:", "    do:"), 6, "do"),
        (("name: Autumn\n", ""), 1, "name"),
        (("lessons:", "late: {per_day: 10, steps: [{after_hours: 1, take_off: 5}]}\nlessons:"), 4, "two late rules"),
        (("lessons:", "late: {per_day: 110}\nlessons:"), 4, "per_day"),
        (("lessons:", "weights: {automatic: 0}\nlessons:"), 4, "no part of a lesson counts"),
        (("lessons:", "markers: {names: [A], share: section}\nlessons:"), 4, "no section has a marker"),
        (("lessons:", "markers: {names: [A], sections: {7a: B}}\nlessons:"), 4, "not among the names"),
        (("lessons:", "drop_lowest: -1\nlessons:"), 4, "drop_lowest"),
        (("lessons:", "name: again\nlessons:"), 4, "name"),
    ],
)
def test_each_fault_has_its_line_and_a_remedy(tmp_path: Path, change: tuple[str, str], line: int, why: str) -> None:
    """A wrong class file is never half understood: the message says where, what, and what to write."""
    with pytest.raises(ContentError) as raised:
        read(tmp_path, PLAIN.replace(*change))
    problem = raised.value.problems[0]
    assert (problem.file, problem.line) == ("class.yml", line)
    assert why in f"{problem.problem} {problem.entry}"
    assert len(problem.remedy) > 10


def test_the_published_schema_fits(tmp_path: Path) -> None:
    """An editor that checks by the schema accepts a new file and refuses a wrong one."""
    schema = json.loads((ROOT / "schemas" / "class-1.schema.json").read_text(encoding="utf-8"))
    path, *_ = write_class(tmp_path, NewClass("Autumn", "UTC", LESSONS))
    data = read_document(path).data
    checker = Draft202012Validator(schema)
    assert list(checker.iter_errors(data)) == []
    assert list(checker.iter_errors(data | {"drop_lowest": -1}))


def test_one_word_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder of a class, ``copydesk grade`` finds submissions, due times, lists and the place for results."""
    course = Course(ROOT)
    bank = course.solutions["02-attribution"]
    write_class(tmp_path, NewClass("Autumn", "UTC", {bank.lesson: bank.name}, roster="roster.csv"))
    path = tmp_path / "class.yml"
    text = path.read_text(encoding="utf-8").replace("# due: 2026-11-16 23:59", "due: 2026-11-16 23:59")
    path.write_text(text.replace("# per_day: 10", "per_day: 10"), encoding="utf-8")
    (tmp_path / "roster.csv").write_text("id,name\n7,Ada Lovelace\n8,Alan Turing\n", encoding="utf-8")
    for alias, day in (("7", 16), ("8", 18)):
        moment = f"2026-11-{day}T20:00:00Z"
        data = make.submission(alias, make.reference(bank), saved=moment, handed_in=moment)
        data |= {"lesson": bank.lesson, "course": bank.course, "bank": bank.fingerprint()}
        (tmp_path / "submissions" / f"{alias}.json").write_bytes(make.to_bytes(data))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["grade"])
    assert done.exit_code == 0, done.output
    assert "2 submissions graded" in done.output
    gradebook = (tmp_path / "graded" / "gradebook.csv").read_text(encoding="utf-8")
    assert "submitted late" in gradebook or "late" in gradebook
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert CliRunner().invoke(app, ["grade"]).exit_code == 2
    done = CliRunner().invoke(app, ["grade", "--class", str(tmp_path), "--out", "other"])
    assert done.exit_code == 0, done.output
    assert (elsewhere / "other" / "gradebook.csv").read_text(encoding="utf-8") == gradebook


def test_the_example_in_the_book_is_valid(tmp_path: Path) -> None:
    """The commented class file on the page for instructors is one that every command takes."""
    page = (ROOT / "book" / "instructors" / "class.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "class.yml").write_text(example, encoding="utf-8")
    settings = read_class_file(tmp_path / "class.yml", Course(ROOT).solutions)
    assert set(settings.file.model_fields_set) >= {"late", "weights", "markers", "total", "roster", "drop_lowest"}
