"""The class report by section and by group, the two versions of a task, and the forms by when they were filled in."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from datetime import UTC, datetime
from statistics import mean, stdev
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import simulate
import twins
from hypothesis import given as given_any
from hypothesis import strategies as st
from scipy import stats
from test_class_report import Reader
from test_grading_identity import CANVAS_HEAD, MOODLE_HEAD, given, put
from test_grading_identity import run as run_one

from copydesk.grading import Options, grade
from copydesk.grading.report.people import section_page
from copydesk.measures import difference_of_means
from copydesk.text import catalogue

if TYPE_CHECKING:
    from pathlib import Path

LESSON = "02-attribution"
ODD_NAMES = ("9a", "9A", "Reading/Writing .. club", "📚", "=1+1", "x" * 300, "CON")


def run(folder: Path, roster: str, **options: Any) -> Path:  # noqa: ANN401  (fields of the options)
    """Grade the simulated submissions in ``in`` with a roster, and return the folder of the results."""
    path = given(folder, "class.csv", roster)
    chosen = Options(roster=path, pages=False, **options)
    grade([folder / "in"], folder / "out", banks=simulate.banks(), practice=simulate.practice(), options=chosen)
    return folder / "out"


def rows(out: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the report."""
    text = (out / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def write_lesson(folder: Path, learners: int, lesson: str = LESSON) -> None:
    """Write the submissions of a simulated class for one lesson into ``in``."""
    (folder / "in").mkdir()
    for name, data in simulate.class_of(simulate.banks(), simulate.practice(), learners):
        if data["lesson"] == lesson:
            (folder / "in" / name).write_text(json.dumps(data), encoding="utf-8")


def roster(learners: int, sections: dict[int, str], more: str = "") -> str:
    """Return a roster of the simulated class; ``sections`` has what is in the column of some, by their number."""
    lines = "".join(f'"Simulated {number:05}";"{sections.get(number, "")}"\n' for number in range(learners))
    return f"name;Klasse\n{lines}{more}"


@pytest.fixture(scope="module")
def sections_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results for 30 learners: 12 in 9a, 12 in 10b, 4 of these in both, 3 of whom submitted nothing."""
    folder = tmp_path_factory.mktemp("sections")
    write_lesson(folder, 30)
    sections = dict.fromkeys(range(12), "9a") | dict.fromkeys(range(12, 24), "10b")
    sections |= dict.fromkeys(range(8, 12), "9a; 10b")
    for number in (0, 1, 12):
        (folder / "in" / f"simulated-{number:05}-{LESSON}.json").unlink()
    return run(folder, roster(30, sections), due=datetime(2026, 11, 17, tzinfo=UTC))


def test_each_section_has_its_learners(sections_out: Path) -> None:
    """A learner in two sections counts in both, one in none is said to be in none, and numbers go by value."""
    found = [
        (row["section"], row["learners"], row["submitted"], row["late"], row["missing"])
        for row in rows(sections_out, "report/sections.csv")
    ]
    assert found == [("9a", "12", "10", "0", "2"), ("10b", "16", "15", "0", "1"), ("", "6", "6", "0", "0")]
    assert catalogue("en")["report.sections.none"] in (sections_out / "report.html").read_text("utf-8")


def test_points_of_a_section_are_those_of_the_gradebook(sections_out: Path) -> None:
    """Mean and standard deviation are those of the gradebook's column; with six learners there is neither."""
    points = {row["name"]: row["automatic points"] for row in rows(sections_out, "gradebook.csv")}
    own = [float(points[f"Simulated {number:05}"]) for number in range(2, 12)]
    first, _, none = rows(sections_out, "report/sections.csv")
    assert float(first["rule_mean"]) == pytest.approx(mean(own), abs=0.005)
    assert float(first["rule_sd"]) == pytest.approx(stdev(own), abs=0.005)
    assert (first["rule_count"], first["rule_maximum"]) == ("10", "20")
    assert none["rule_mean"] == none["rule_sd"] == "too few"


def test_a_large_section_has_a_report_of_its_own(sections_out: Path) -> None:
    """It counts that section's submissions alone, and the two pages lead to each other."""
    page = (sections_out / section_page("9a")).read_text("utf-8")
    assert catalogue("en")["report.submissions"].format(count=10) in page
    reader, whole = Reader(), Reader()
    reader.feed(page)
    whole.feed((sections_out / "report.html").read_text("utf-8"))
    assert "../report.html" in {attributes.get("href") for _, attributes in reader.found}
    links = {str(attributes.get("href")) for tag, attributes in whole.found if tag == "a"}
    assert {section_page("9a"), section_page("10b")} <= links
    assert not whole.open
    assert not reader.open


def test_every_table_has_a_caption_and_heads(sections_out: Path) -> None:
    """Each table says what it is, and each head whether it is of a row or a column."""
    page = (sections_out / "report.html").read_text("utf-8")
    assert page.count("<table") == page.count("<caption>") > 2
    assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", page))


def test_no_learner_is_named_by_section(sections_out: Path) -> None:
    """Sections are named, learners never: neither in the tables nor on any page."""
    pages = [*sections_out.glob("report*/*"), sections_out / "report.html"]
    assert len(pages) > 10
    assert not any(b"Simulated 0" in path.read_bytes() for path in pages)


def test_names_of_files_are_safe(tmp_path: Path) -> None:
    """Slashes, dots, capitals, pictures and long names give each section a file of its own, with a safe name."""
    names = {section_page(name) for name in ODD_NAMES}
    assert len({name.casefold() for name in names}) == len(ODD_NAMES)
    for name in names:
        assert re.fullmatch(r"report-sections/\w[\w-]{0,60}-[0-9a-f]{10}\.html", name)
    write_lesson(tmp_path, 20, lesson="06-verification")
    sections = {number: ODD_NAMES[2] if number % 2 else ODD_NAMES[4] for number in range(20)}
    out = run(tmp_path, roster(20, sections))
    assert {f"report-sections/{path.name}" for path in out.glob("report-sections/*")} == {
        section_page(ODD_NAMES[2]),
        section_page(ODD_NAMES[4]),
    }
    assert {row["section"] for row in rows(out, "report/sections.csv")} == {ODD_NAMES[2], "'=1+1"}


@given_any(st.text(max_size=80), st.text(max_size=80))
def test_two_sections_never_share_a_file(one: str, other: str) -> None:
    """Whatever sections are called, their files differ even where capitals don't count."""
    assert (section_page(one).casefold() == section_page(other).casefold()) == (one == other)


def test_reports_of_sections_that_are_gone_are_removed(tmp_path: Path) -> None:
    """A later run removes the page of a section that the list no longer has, and nobody else's file."""
    write_lesson(tmp_path, 10, lesson="06-verification")
    out = run(tmp_path, roster(10, dict.fromkeys(range(10), "9a")))
    (out / "report-sections" / "mine.html").write_text("mine", encoding="utf-8")
    assert (out / section_page("9a")).is_file()
    run(tmp_path, roster(10, dict.fromkeys(range(10), "9b")))
    assert {path.name for path in (out / "report-sections").iterdir()} == {
        "mine.html",
        section_page("9b").partition("/")[2],
    }


def test_sections_are_escaped(tmp_path: Path) -> None:
    """A section's name is text on every page, whatever it holds."""
    write_lesson(tmp_path, 10, lesson="06-verification")
    mark = "<script>alert(1)</script>"
    out = run(tmp_path, roster(10, dict.fromkeys(range(10), mark)))
    for path in (out / "report.html", out / section_page(mark)):
        assert "<script" not in path.read_text("utf-8")
        assert "&lt;script&gt;alert(1)" in path.read_text("utf-8")


def test_a_report_without_sections_says_nothing_of_them(tmp_path: Path) -> None:
    """Without a column of sections there is no part on sections, and no folder."""
    write_lesson(tmp_path, 10, lesson="06-verification")
    out = run(tmp_path, "name\n" + "".join(f"Simulated {number:05}\n" for number in range(10)))
    assert 'id="sections"' not in (out / "report.html").read_text("utf-8")
    assert not (out / "report-sections").exists()
    assert rows(out, "report/sections.csv") == []


GROUP_HEADS = ("group", "members", "submitted", "submissions", "alone")
TEAMS = {"Ada Lovelace": "Team Blue", "Bo Boris": "Team Blue", "Cy Tallow": "Team Red", "Di Dallow": "Team Red"}


def groups_of(out: Path) -> list[tuple[str, ...]]:
    """Return the table of groups without the lesson."""
    return [tuple(row[head] for head in GROUP_HEADS) for row in rows(out, "report/groups.csv")]


@pytest.mark.parametrize("way", ["roster", "list"])
@pytest.mark.parametrize("place", ["canvas", "moodle", "plain"])
def test_groups_in_every_place(tmp_path: Path, place: str, way: str) -> None:
    """One submission marks every member, from a roster's column or a CSV file, in each kind of download."""
    files = {
        "canvas": "teamblue_340_208490_02.json",
        "moodle": "Team Blue_77_assignsubmission_file/02.json",
        "plain": "ours.json",
    }
    put(tmp_path, files[place], "Team Blue")
    options: dict[str, Any] = {}
    if place == "canvas":
        lines = "".join(f'"{name}",{number},,l{number},A,\n' for number, name in enumerate(TEAMS, 340))
        options["canvas"] = given(tmp_path, "canvas.csv", CANVAS_HEAD + lines)
    elif place == "moodle":
        lines = "".join(f"Participant {number},{name},,,,,20.00,-\n" for number, name in enumerate(TEAMS, 340))
        options["moodle"] = given(tmp_path, "moodle.csv", MOODLE_HEAD + lines)
    column = "name,group\n" + "".join(f"{name},{team}\n" for name, team in TEAMS.items())
    if way == "roster":
        options["roster"] = given(tmp_path, "class.csv", column)
    else:
        options["groups"] = given(tmp_path, "teams.csv", column)
        if place == "plain":
            options["roster"] = given(tmp_path, "class.csv", "name\n" + "\n".join(TEAMS))
    run_one(tmp_path, **options)
    marked = {row["name"] for row in rows(tmp_path / "out", "gradebook.csv") if row["automatic points"] == "20"}
    assert marked == {"Ada Lovelace", "Bo Boris"}
    assert rows(tmp_path / "out", "problems.csv") == []
    assert groups_of(tmp_path / "out") == [("Team Blue", "2", "2", "1", "0"), ("Team Red", "2", "0", "0", "0")]


def test_the_column_of_moodle_is_a_list_of_groups(tmp_path: Path) -> None:
    """The platform's own column of groups is enough, and the report calls groups what it calls them."""
    put(tmp_path, "Team Blue_77_assignsubmission_file/02.json", "x")
    lines = "".join(f"Participant {n},{name},,,{TEAMS[name]},,20.00,-\n" for n, name in enumerate(TEAMS, 340))
    run_one(tmp_path, moodle=given(tmp_path, "moodle.csv", MOODLE_HEAD + lines))
    assert groups_of(tmp_path / "out")[0] == ("Team Blue", "2", "2", "1", "0")


def test_a_group_with_two_submissions_and_a_member_alone(tmp_path: Path) -> None:
    """The report tells several submissions of one group from one, and who submitted alone."""
    put(tmp_path, "teamblue_340_208490_02.json", "x", hour=11)
    put(tmp_path, "teamblue_341_208491_02.json", "y", half=True)
    put(tmp_path, "teamred_342_208492_02.json", "z")
    put(tmp_path, "dallowdi_343_208493_02.json", "d", half=True)
    names = ("Lovelace, Ada", "Boris, Bo", "Tallow, Cy", "Dallow, Di")
    lines = "".join(f'"{name}",{number},,l{number},A,\n' for number, name in enumerate(names, 340))
    column = "name,group\n" + "".join(f"{name},{team}\n" for name, team in TEAMS.items())
    canvas = given(tmp_path, "canvas.csv", CANVAS_HEAD + lines)
    run_one(tmp_path, canvas=canvas, groups=given(tmp_path, "teams.csv", column))
    assert groups_of(tmp_path / "out") == [("Team Blue", "2", "2", "2", "0"), ("Team Red", "2", "2", "1", "1")]
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert catalogue("en")["report.groups.count"].format(groups=2, one=1, several=1, none=0) in page


def test_the_interval_is_welchs() -> None:
    """Difference and interval are those of scipy, for groups of different size and spread."""
    source = np.random.default_rng(5)
    for sizes in ((10, 10), (10, 400), (37, 12)):
        first, second = source.random(sizes[0]), source.random(sizes[1]) ** 3
        found = difference_of_means(first, second)
        expected = stats.ttest_ind(first, second, equal_var=False).confidence_interval()
        assert found.difference == pytest.approx(first.mean() - second.mean())
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=2e-5)


def test_values_that_do_not_vary_have_no_interval() -> None:
    """If everyone earned the same in each group, nothing is known about chance."""
    found = difference_of_means(np.ones(10), np.ones(10))
    assert found.difference == 0
    assert np.isnan([found.low, found.high]).all()


def twin_class(folder: Path, right: dict[int, tuple[int, int]]) -> list[dict[str, str]]:
    """Grade a class that saw T2 in two versions: of so many learners, so many were right; return the table."""
    keys = {1: "office", 2: "mayor"}
    (folder / "in").mkdir()
    for version, (count, correct) in right.items():
        for number in range(count):
            picked = keys[version] if number < correct else keys[3 - version]
            data = twins.submission(f"L{version}{number:03}", {"T2": twins.pick(picked, version)})
            (folder / "in" / f"{version}-{number}.json").write_text(json.dumps(data), encoding="utf-8")
    bank = twins.bank()
    grade([folder / "in"], folder / "out", banks={bank.lesson: bank}, options=Options(pages=False))
    return [row for row in rows(folder / "out", "report/twins.csv") if row["task"] == "T2"]


def test_a_harder_version_is_named(tmp_path: Path) -> None:
    """Where 18 of 20 were right in one version and 6 of 20 in the other, the other is called harder."""
    (row,) = twin_class(tmp_path, {1: (20, 18), 2: (20, 6)})
    assert (row["answered_1"], row["mean_1"], row["answered_2"], row["mean_2"]) == ("20", "0.9", "20", "0.3")
    assert (row["difference"], row["harder"]) == ("0.6", "v2")
    assert 0 < float(row["low"]) < 0.6 < float(row["high"]) <= 1
    assert catalogue("en")["report.twins"] in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_versions_alike_are_not_told_apart(tmp_path: Path) -> None:
    """A difference that chance may make is called unclear."""
    (row,) = twin_class(tmp_path, {1: (20, 12), 2: (20, 10)})
    assert row["harder"] == "unclear"


def test_nine_answers_to_a_version_are_too_few(tmp_path: Path) -> None:
    """With nine answers to one version there is neither its mean nor a difference."""
    (row,) = twin_class(tmp_path, {1: (20, 12), 2: (9, 4)})
    assert (row["mean_1"], row["answered_2"]) == ("0.6", "9")
    assert {row[name] for name in ("mean_2", "difference", "low", "high", "harder")} == {"too few"}


def swap_days(found: re.Match[str]) -> str:
    """Return the day of form B for that of form A, and the other way round."""
    return "2026-12-07" if found[0] == "2026-11-16" else "2026-11-16"


@pytest.fixture(scope="module")
def crossed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report on 24 learners, half of whom filled in form B before the course and A after it."""
    folder = tmp_path_factory.mktemp("crossed")
    (folder / "in").mkdir()
    for name, data in simulate.class_of(simulate.banks(), {}, 24):
        if data["lesson"] not in {"00-start", "07-transfer"}:
            continue
        text = json.dumps(data)
        if int(name[10:15]) % 2:
            text = re.sub("2026-11-16|2026-12-07", swap_days, text)
        (folder / "in" / name).write_text(text, encoding="utf-8")
    grade([folder / "in"], folder / "out", banks=simulate.banks(), options=Options(pages=False))
    return folder / "out"


def test_forms_are_told_apart_by_when_they_were_filled_in(crossed: Path) -> None:
    """Each form has a line for those who did it first and one for those who did it later, that add up to all."""
    found = [(row["form"], row["when"], row["learners"]) for row in rows(crossed, "report/forms.csv")]
    assert found == [("A", "first", "12"), ("A", "later", "12"), ("B", "first", "12"), ("B", "later", "12")]
    hits = {row["form"]: int(row["hits"]) for row in rows(crossed, "report/discernment.csv")[:2]}
    for form in "AB":
        parts = [int(row["hits"]) for row in rows(crossed, "report/forms.csv") if row["form"] == form]
        assert sum(parts) == hits[form]


def test_crossed_forms_are_compared_in_their_own_order(crossed: Path) -> None:
    """Those who took B first are compared from B to A, beside those who took A first."""
    pairs = [(row["learners_of"], row["form"], row["learners"]) for row in rows(crossed, "report/discernment.csv")[2:]]
    assert pairs == [("A B", "A", "12"), ("A B", "B", "12"), ("B A", "B", "12"), ("B A", "A", "12")]
    page = (crossed / "report.html").read_text("utf-8")
    for first, last in ("AB", "BA"):
        assert catalogue("en")["report.forms.from_to"].format(first=first, last=last) in page


def test_statements_add_up_to_their_form(crossed: Path) -> None:
    """Over a form's supported statements, the accepted ones are the form's hits; each template has both forms."""
    statements = rows(crossed, "report/statements.csv")
    for row in rows(crossed, "report/discernment.csv")[:2]:
        own = [each for each in statements if each["form"] == row["form"]]
        assert len(own) == 20
        assert sum(int(each["accepted"]) for each in own if each["supported"] == "True") == int(row["hits"])
    assert {each["template"] for each in statements} == {f"{number:02}" for number in range(1, 21)}


def test_any_order_of_files_gives_the_same_report(tmp_path: Path, sections_out: Path) -> None:
    """With sections and groups too, the report depends on what the files say, not on their names or order."""
    source = sections_out.parent / "in"
    paths = sorted(source.iterdir())
    random.Random(11).shuffle(paths)
    (tmp_path / "in").mkdir()
    for number, path in enumerate(paths):
        (tmp_path / "in" / f"{number:03}.json").write_bytes(path.read_bytes())
    text = (sections_out.parent / "class.csv").read_text("utf-8")
    out = run(tmp_path, text, due=datetime(2026, 11, 17, tzinfo=UTC))
    for path in [*sections_out.glob("report*/*"), sections_out / "report.html"]:
        assert (out / path.relative_to(sections_out)).read_bytes() == path.read_bytes(), path.name
