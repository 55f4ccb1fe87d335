"""The walk through a course of 300, without running its commands: the files on the page, and the simulated class."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
import walkthrough_course
from course_of_300 import BROKEN, LEARNERS, MOODLE, TEAM, WRITTEN, send_again, write_course
from walkthrough_course import PAGE, STEP, changed

from copydesk.course.course import Course
from copydesk.grading.class_file.new import NewClass, write_class
from copydesk.grading.class_file.reading import read_class_file

if TYPE_CHECKING:
    from pathlib import Path

CLASS_FILE = re.compile(r"<!-- walk: file class.yml -->\n```yaml\n(.*?)\n```", re.DOTALL)


def test_the_class_file_of_the_page_is_valid(tmp_path: Path) -> None:
    """What the page changes in a new class file gives a class file that every command reads, at every step."""
    lessons = {lesson: bank.title for lesson, bank in Course(walkthrough_course.ROOT).solutions.items()}
    (path, *_) = write_class(tmp_path, NewClass("Autumn", "Europe/Berlin", lessons, "roster.csv", "export.csv"))
    for entries in CLASS_FILE.findall(PAGE.read_text(encoding="utf-8")):
        path.write_text(changed(path.read_text(encoding="utf-8"), entries), encoding="utf-8")
        settings = read_class_file(path, lessons)
    assert settings.file.markers is not None
    assert settings.file.markers.names == ("Anna", "Chris")
    assert settings.file.lessons[MOODLE].moodle == "worksheet-05-with-names.csv"
    assert settings.file.appeals == "appeals.yml"
    assert (settings.file.late.per_day, settings.file.drop_lowest) == (10, 1)


def test_every_command_of_the_page_has_its_output() -> None:
    """A command without output below it would leave the reader alone."""
    for step in STEP.finditer(PAGE.read_text(encoding="utf-8")):
        if step["typed"]:
            assert "```text" in step[0], step["typed"]


def test_an_entry_takes_the_place_of_one_with_its_name() -> None:
    """An entry replaces all lines of the other one, in use or not, and an indented line one line alone."""
    file = "late:\n  grace_minutes: 1\n  # per_day: 10\n\n# markers:\n#   names: [Anna, Ben]\n#   share: list\n"
    made = changed(file, "late:\n  per_day: 5\nmarkers:\n  names: [Chris]")
    assert made == "late:\n  per_day: 5\n\nmarkers:\n  names: [Chris]\n"
    assert changed(made, "  per_day: 7") == made.replace("5", "7")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the downloads and lists of the simulated course, and what came again."""
    folder = tmp_path_factory.mktemp("course")
    write_course(folder)
    (folder / "submissions").mkdir()
    send_again(folder)
    return folder


def members(course: Path, lesson: str) -> dict[str, bytes]:
    """Return the files in the download for a lesson."""
    with zipfile.ZipFile(course / "downloads" / f"{lesson}.zip") as download:
        return {name: download.read(name) for name in download.namelist()}


def test_the_simulated_course_has_what_the_page_says(course: Path) -> None:
    """There's a group, hidden names, a file cut off, an empty one, names in other scripts, and texts in one lesson."""
    team = [name for name in members(course, "07-transfer") if name.startswith("teamharbour_")]
    alone = [name for name in members(course, "07-transfer") if re.match(r"02[012]simulated", name)]
    assert (len(team), alone, len(TEAM)) == (1, [], 3)
    assert all(name.startswith("Participant_5") for name in members(course, MOODLE))
    assert "Simulated" not in (course / "worksheet-05-claims.csv").read_text(encoding="utf-8")
    for lesson, number in BROKEN:
        (content,) = (data for name, data in members(course, lesson).items() if name.startswith(f"{number:03}s"))
        with pytest.raises(json.JSONDecodeError):
            json.loads(content)
        again = course / "submissions" / "sent-again" / f"{lesson}-{number}.json"
        assert json.loads(again.read_bytes())["lesson"] == lesson
    texts = []
    for content in members(course, WRITTEN).values():
        answers = json.loads(content)["answers"]
        if "W1" in answers:
            texts.append(answers["W1"]["response"]["text"])
    assert len(texts) == len(set(texts)) + 1
    assert "W1" not in json.loads(members(course, "03-sources")["李小龍_1007_93007_03-sources.json"])["answers"]
    with (course / "roster.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert len(names) == LEARNERS
    assert {"李 小龍", "Nguyễn Thị Ánh", "Máire O'Neill"} <= set(names)
