"""The table for translators: out, filled in, and back; and what is refused."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from copydesk import text
from copydesk.commands import texts
from copydesk.commands.console import take_language
from copydesk.commands.main import app
from copydesk.course.course import Course
from copydesk.course.current import follow_course
from copydesk.course.own_texts import own_text_problems
from copydesk.course.settings import find_root
from copydesk.grading.files.csv_files import csv_bytes
from copydesk.text import DEFAULT, language, languages, shared_text, t, texts_of
from copydesk.text.table import TableError, read_rows, table_rows

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = find_root()
RUNNER = CliRunner()
OTHERS = [name for name in languages() if name != DEFAULT]
PACKAGE = Path(text.__file__).parent


def read(table: Path) -> list[list[str]]:
    """Return the rows of a table as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(table.read_bytes().decode("utf-8-sig"), newline="")))


def write(table: Path, rows: list[list[str]]) -> None:
    """Write rows as a spreadsheet does that saves with semicolons and marks UTF-8."""
    output = io.StringIO(newline="")
    csv.writer(output, delimiter=";", lineterminator="\r\n").writerows(rows)
    table.write_bytes(b"\xef\xbb\xbf" + output.getvalue().encode())


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a course in another place than the clone, in which commands are run."""
    root = tmp_path / "course"
    shutil.copytree(ROOT / "seeds", root / "seeds")
    (root / "lessons").mkdir()
    monkeypatch.chdir(root)
    monkeypatch.delenv("COPYDESK_COURSE", raising=False)
    take_language.cache_clear()
    return root


@pytest.mark.parametrize("name", OTHERS)
def test_export_and_import_change_no_byte(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that comes back as it went out makes the same catalogue, and this the same table."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("COPYDESK_COURSE", raising=False)
    written = tmp_path / f"{name}.json"
    monkeypatch.setattr(texts, "_catalogue_file", lambda _: written)
    table = tmp_path / "table.csv"
    assert RUNNER.invoke(app, ["text", "export", name, "--out", str(table)]).exit_code == 0
    done = RUNNER.invoke(app, ["text", "import", name, str(table)])
    assert done.exit_code == 0, done.output
    assert written.read_bytes() == (PACKAGE / f"{name}.json").read_bytes()
    rows = table_rows(texts_of(DEFAULT), json.loads(written.read_text(encoding="utf-8")), name)
    assert csv_bytes(rows) == table.read_bytes()


def test_a_clone_keeps_catalogues_with_the_package(monkeypatch: pytest.MonkeyPatch, course: Path) -> None:
    """In a clone a catalogue is written among the package's, in any other course into its own folder."""
    assert texts._catalogue_file("de") == course / "texts" / "de.json"
    monkeypatch.chdir(ROOT)
    assert texts._catalogue_file("de") == PACKAGE / "de.json"


def test_a_teacher_translates_without_code(course: Path) -> None:
    """A table that a spreadsheet saved makes the course's own catalogue; what is not filled in is English."""
    assert RUNNER.invoke(app, ["text", "export", "pl"]).exit_code == 0
    table = course / "texts-pl.csv"
    rows = read(table)
    assert rows[0] == ["key", "where", "English", "translation", "note"]
    by_key = {row[0]: row for row in rows}
    by_key["widget: check"][3] = "Sprawdź"
    by_key["remark"][3] = "Tego tłumaczenia nie czytał nikt."
    for form, said in (
        ("one", "{count} słowo"),
        ("few", "{count} słowa"),
        ("many", "{count} słów"),
        ("other", "{count} słowa"),
    ):
        by_key[f"widget: written.count ({form})"][3] = said
    assert "2, 3, 4, 22" in by_key["widget: written.count (few)"][4]
    assert "{count}" in by_key["widget: written.count (few)"][4]
    write(table, rows)
    done = RUNNER.invoke(app, ["text", "import", "pl", str(table)])
    assert done.exit_code == 0, done.output
    settings = course / "seeds" / "course.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("language: en", "language: pl"), encoding="utf-8")
    follow_course(Course(course))
    assert language() == "pl"
    assert shared_text("check") == "Sprawdź"
    assert [shared_text("written.count", count=count) for count in (1, 3, 5)] == ["1 słowo", "3 słowa", "5 słów"]
    assert t("quiz.practice") == "Practice"
    assert list(own_text_problems(course)) == []


def lose(rows: list[list[str]], key: str, written: str) -> None:
    """Write a translation for a key."""
    next(row for row in rows if row[0] == key)[3] = written


WRONG: dict[str, tuple[Callable[[list[list[str]]], object], str]] = {
    "a value is lost": (lambda rows: lose(rows, "widget: head.count", "{done} von allen"), "lacks {of}"),
    "a value is translated": (lambda rows: lose(rows, "widget: yours", "Du: {was}"), "has no {was}"),
    "a brace is lost": (lambda rows: lose(rows, "widget: yours", "Du: {what"), "no partner"),
    "a tag comes in": (lambda rows: lose(rows, "widget: check", "<b>Prüfen</b>"), "differ"),
    "a key is changed": (lambda rows: rows[9].__setitem__(0, "widget: chek"), "no text with this key"),
    "a row is twice": (lambda rows: rows.append(rows[9]), "already in row 10"),
    "a column is gone": (lambda rows: rows[0].__setitem__(3, "Deutsch"), "lacks the column"),
    "the language is another": (lambda rows: lose(rows, "language", "nl"), "is for “nl”, not for “de”"),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_a_table_that_does_not_fit_is_refused(
    course: Path, change: Callable[[list[list[str]]], object], said: str
) -> None:
    """What is wrong is named with its row and a remedy, and nothing is written."""
    RUNNER.invoke(app, ["text", "export", "de"])
    rows = read(course / "texts-de.csv")
    change(rows)
    write(course / "texts-de.csv", rows)
    done = RUNNER.invoke(app, ["text", "import", "de", "texts-de.csv"])
    assert done.exit_code == 1
    assert said in done.output
    assert not (course / "texts").exists()


def test_a_missing_form_is_named() -> None:
    """A text with some of its plural forms is refused with the row of the first of them."""
    rows = [(7, "widget: written.count (one)", "{count} słowo"), (9, "widget: written.count (many)", "{count} słów")]
    with pytest.raises(TableError) as caught:
        read_rows(rows, texts_of(DEFAULT), "pl")
    (fault,) = caught.value.faults
    assert (fault.row, fault.key) == (7, "widget: written.count (one)")
    assert "few, other" in fault.problem


@pytest.mark.parametrize("name", ["en", "German", "../x"])
def test_only_codes_of_other_languages_are_taken(course: Path, name: str) -> None:
    """English and what is no code of a language are refused."""
    done = RUNNER.invoke(app, ["text", "export", name])
    assert done.exit_code == 1
    assert not list(course.glob("*.csv"))


def test_own_texts_that_do_not_fit_are_reported(course: Path) -> None:
    """``copydesk check`` names each text of a course's own catalogue that isn't used, with its remedy."""
    (course / "texts").mkdir()
    own = {"widget": {"check": "{x}", "invented": "x"}, "python": {"quiz.quiz": {"one": "x"}}}
    (course / "texts" / "de.json").write_text(json.dumps(own), encoding="utf-8")
    (course / "texts" / "fr.json").write_text("[", encoding="utf-8")
    problems = list(own_text_problems(course))
    assert [(problem.file, problem.entry) for problem in problems] == [
        ("texts/de.json", "widget: check"),
        ("texts/de.json", "widget: invented"),
        ("texts/de.json", "python: quiz.quiz"),
        ("texts/fr.json", ""),
    ]
    assert all(problem.remedy for problem in problems)
