"""Whose a submission is: platforms' names in any script, groups, namesakes, damaged ids, the instructor's word."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import make
import pytest
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.grading import GradingError, GradingReport, Options, grade
from copydesk.grading.run.journal import rules_digest
from copydesk.grading.run.rules import Rules
from copydesk.grading.submissions.damaged_ids import may_be_same_id
from copydesk.grading.submissions.download import Download
from copydesk.grading.submissions.matches import Matches

if TYPE_CHECKING:
    from pathlib import Path

BANK = make.bank()
BANKS = {BANK.lesson: BANK}
CANVAS_HEAD = "Student,ID,SIS User ID,SIS Login ID,Section,02-attribution (4711)\n    Points Possible,,,,,20.00\n"
MOODLE_HEAD = 'Identifier,"Full name","Email address",Status,Group,Grade,"Maximum Grade","Last modified (grade)"\n'


def put(folder: Path, name: str, alias: str, *, half: bool = False, hour: int = 10) -> bytes:
    """Write a submission of all reference answers (20 points), or of half of them (4.6), and return its bytes."""
    path, responses = folder / "in" / name, make.half_right() if half else make.reference(BANK)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = make.to_bytes(make.submission(alias, responses, handed_in=f"2026-11-22T{hour:02}:00:00Z"))
    path.write_bytes(data)
    return data


def given(folder: Path, name: str, text: str | bytes) -> Path:
    """Write a file of the instructor's, and return its path."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def run(folder: Path, **options: object) -> GradingReport:
    """Grade ``in`` of a folder into ``out``."""
    return grade([folder / "in"], folder / "out", banks=BANKS, options=Options(**options))  # type: ignore[arg-type]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a result."""
    text = (folder / "out" / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def points(folder: Path) -> dict[str, str]:
    """Return the points by the id of the learner on the list, for those who have some."""
    return {row["id"]: row["automatic points"] for row in table(folder, "gradebook.csv") if row["automatic points"]}


def marks(folder: Path) -> dict[str, str]:
    """Return the points of those who are on the list, without what is nobody's."""
    return {name: value for name, value in points(folder).items() if name}


def filled(folder: Path, platform: str = "canvas", column: str = "02-attribution (4711)") -> dict[str, str]:
    """Return the marks in an import file by the learner's number."""
    rows = table(folder, f"import-{platform}.csv")
    return {next(iter(row.values())) if platform == "moodle" else row["ID"]: row[column] for row in rows}


def reasons(folder: Path) -> dict[str, str]:
    """Return the reasons in problems.csv by file."""
    return {row["file"]: row["reason"] for row in table(folder, "problems.csv")}


NAMES = {
    "Müller, Jörg": "müllerjörg",
    "İpek, Işıl": "i̇pekişıl",
    "कुमार, प्रिया": "कुमारप्रिया",
    "ใจดี, สมชาย": "ใจดีสมชาย",
    "குமார், பிரியா": "குமார்பிரியா",
    "চৌধুরী, প্রিয়া": "চৌধুরীপ্রিয়া",
    "مُحَمَّد, عَلِيّ": "مُحَمَّدعَلِيّ",
    "O'Brien-Ní Bhriain, Niamh": "obrienníbhriainniamh",
    "van der Berg, Anna": "vanderberganna",
    "Suharto": "suharto",
    "山田, 花子": "山田花子",
    "Nguyễn, Thị Ánh": "nguyễnthịánh",
    "Test 2, Ada 3rd": "test2ada3rd",
    "Straße, Groß": "straßegroß",
    "x_340": "x_340",
    "Lovelace, Ada (she/her)": "lovelaceadasheher",
    "🦊 Fox, Kit": "foxkit",
    "🦉": "",
    "Gal·la, Núria": "gallanúria",
    "12345": "12345",
    "Jean-Luc": "jeanluc",
    "क्\u200dष, अ": "क्षअ",
    "'t Hooft, Ria": "thooftria",
}
"""Names as Canvas has them, and as it writes them into the name of a file."""


def import_line(report: GradingReport) -> str:
    """Return the line of a summary on the file for a platform."""
    (line,) = [line for line in report.done() if "import-" in line]
    return line


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_of_every_script(tmp_path: Path, form: str) -> None:
    """In a Canvas download, each file is the learner's whose number it has, in any script, composed or not."""
    lines = [f'"{name}",{number},,l{number},A,' for number, name in enumerate(NAMES, start=340)]
    for number, written in enumerate(NAMES.values(), start=340):
        name = unicodedata.normalize(form, f"{written}_{number}_{208000 + number}_02-attribution.json")
        put(tmp_path, name, "Jörg Müller", half=number % 2 == 0)
    report = run(tmp_path, canvas=given(tmp_path, "canvas.csv", CANVAS_HEAD + "\n".join(lines) + "\n"))
    assert points(tmp_path) == {str(at): "4.6" if at % 2 == 0 else "20" for at in range(340, 340 + len(NAMES))}
    assert {row["matched by"] for row in table(tmp_path, "gradebook.csv")} == {"id"}
    assert report.problem_rows == 0
    assert import_line(report).endswith(f"import-canvas.csv: {len(NAMES)} marks filled in")


def test_a_name_that_lost_its_accents(tmp_path: Path) -> None:
    """A number whose name is the same but for accents is that learner's; with another name it is nobody's."""
    lines = ['"García López, María (she/her)",401,,ml,A,', '"O\'Neill, Seán",402,,so,A,', '"Núñez, Iñaki",403,,ni,A,']
    for name in ("garcialopezmaria_401_500001_02.json", "oneillsean_402_500002_02.json"):
        put(tmp_path, name, "x")
    put(tmp_path, "someoneelse_403_500003_02.json", "y")
    canvas = given(tmp_path, "canvas.csv", CANVAS_HEAD + "".join(f"{line}\n" for line in lines))
    run(tmp_path, canvas=canvas)
    assert filled(tmp_path) == {"": "20.00", "401": "20", "402": "20", "403": ""}


@pytest.mark.parametrize("upload", ["3", "32", "208490"])
def test_a_number_on_the_list_is_that_number(tmp_path: Path, upload: str) -> None:
    """A number on Canvas' list keeps the alias from deciding, however long the number of the upload is."""
    put(tmp_path, f"borisbo_13_{upload}_02-attribution.json", "Ada Lovelace", half=True)
    other = f"gullgrete_14_{int(upload) + 1}_02-attribution.json"
    put(tmp_path, other, "Ada Lovelace")
    students = '"Boris, Bo",13,,b,A,\n"Lovelace, Ada",14,,a,A,\n'
    run(tmp_path, canvas=given(tmp_path, "canvas.csv", CANVAS_HEAD + students))
    assert marks(tmp_path) == {"13": "4.6"}
    assert "Canvas's number 14 is “Lovelace, Ada”" in reasons(tmp_path)[other]


GARBLED = ["m├╝llerj├╢rg", "m?llerj?rg", "m#U00fcllerj#U00f6rg", "mÃ¼llerjÃ¶rg", "m_llerj_rg", "mu╠êllerjo╠êrg"]
"""What programs that unpack make of ``müllerjörg``."""


@pytest.mark.parametrize("written", GARBLED)
def test_a_name_that_was_unpacked_wrongly(tmp_path: Path, written: str) -> None:
    """Where a program spoilt the letters of a name, the number finds the learner; another name is nobody's."""
    put(tmp_path, f"{written}_340_208490_02.json", "Ada Lovelace", half=True)
    put(tmp_path, f"{written}_341_208491_02.json", "Ada Lovelace")
    put(tmp_path, f"{written}_999_208492_02.json", "Ada Lovelace")
    students = '"Müller, Jörg",340,,j,A,\n"Lovelace, Ada",341,,a,A,\n'
    run(tmp_path, canvas=given(tmp_path, "canvas.csv", CANVAS_HEAD + students))
    assert marks(tmp_path) == {"340": "4.6"}
    assert {f"{written}_{number}_02.json" for number in ("341_208491", "999_208492")} <= set(reasons(tmp_path))


def test_a_name_with_a_low_line_in_moodle(tmp_path: Path) -> None:
    """A name with ``_`` in a folder of Moodle is read as a whole."""
    put(tmp_path, "Jean_Luc OBrien_341_assignsubmission_file/02.json", "Ada Lovelace")
    put(tmp_path, "Lo_Lovelace_342_assignsubmission_file_02_1.json", "Jean_Luc OBrien", half=True)
    rows = "Participant 341,Jean_Luc OBrien,,,,-,20.00,-\nParticipant 342,Ada Lovelace,,,,-,20.00,-\n"
    run(tmp_path, moodle=given(tmp_path, "moodle.csv", MOODLE_HEAD + rows))
    assert marks(tmp_path) == {"Participant 341": "20"}


def test_the_alias_in_a_file_replaces_nobody(tmp_path: Path) -> None:
    """Whoever writes another's name into a file submits for themself alone, also where nobody gave a list."""
    put(tmp_path, "lovelaceada_340_208490_02.json", "ada")
    put(tmp_path, unicodedata.normalize("NFD", "müllerjörg_341_208491_02.json"), "Ada Lovelace", half=True, hour=12)
    run(tmp_path)
    rows = {row["learner"]: row["automatic points"] for row in table(tmp_path, "gradebook.csv")}
    assert rows == {"lovelaceada": "20", "müllerjörg": "4.6"}


@pytest.mark.parametrize(
    "names",
    [
        "medialit_02_2026_ada.json medialit_02_2026_bo.json medialit_02_2026_cy.json",
        "medialit_2_2026_ada.json medialit_2_2026_bo.json medialit_2_2026_cy.json",
        "submission_20261122_101500_ada.json submission_20261122_101733_bo.json submission_20261122_110201_cy.json",
        "submission_20261122_101500_ada.json submission_20261123_101733_bo.json submission_20261124_110201_cy.json",
        "week_3_1001_ada.json week_3_1002_bo.json week_3_1003_cy.json",
        "group_1_100234_ada.json group_2_100235_bo.json group_3_100236_cy.json",
        "week_1_2026_ada.json task_2_2027_bo.json week_1_2028_cy.json",
        "media_1_20261122_ada.json press_2_20261122_bo.json radio_3_20261122_cy.json",
        "Ada_12_345678_x.json Bo_13_345679_x.json Cy_14_345680_x.json",
    ],
)
def test_ordinary_names_are_no_download(tmp_path: Path, names: str) -> None:
    """Files that happen to have two numbers in their names are three learners, called as they call themselves."""
    for name, alias in zip(names.split(), ("Ada", "Bo", "Cy"), strict=True):
        put(tmp_path, name, alias)
    run(tmp_path)
    assert [row["learner"] for row in table(tmp_path, "gradebook.csv")] == ["Ada", "Bo", "Cy"]
    assert table(tmp_path, "problems.csv") == []


def test_names_that_may_be_canvas_or_not(tmp_path: Path) -> None:
    """Where files may come from a small Canvas, two with one alias are two learners, each with a row that says so."""
    put(tmp_path, "lovelaceada_3_1031_02.json", "same")
    put(tmp_path, "borisbo_4_1032_02.json", "same", half=True)
    run(tmp_path)
    assert sorted(row["automatic points"] for row in table(tmp_path, "gradebook.csv")) == ["20", "4.6"]
    assert "if it comes from Canvas, it is “borisbo”'s, number 4" in reasons(tmp_path)["borisbo_4_1032_02.json"]
    run(tmp_path, roster=given(tmp_path, "class.csv", "id,name\n1,Ada Lovelace\n2,Bo Boris\n"))
    assert points(tmp_path) == {"1": "20", "2": "4.6"}
    assert table(tmp_path, "problems.csv") == []


def test_ordinary_names_beside_a_download(tmp_path: Path) -> None:
    """A file that came by e-mail keeps its alias, also where it lies among the files of a Canvas download."""
    put(tmp_path, "lovelaceada_340_208490_02.json", "x")
    put(tmp_path, "borisbo_341_208491_02.json", "x")
    put(tmp_path, "medialit_02_2026_cy.json", "Cy")
    run(tmp_path)
    assert {row["learner"] for row in table(tmp_path, "gradebook.csv")} == {"lovelaceada", "borisbo", "Cy"}


def test_a_name_that_ends_like_a_number(tmp_path: Path) -> None:
    """A Canvas name that itself ends in ``_340`` is nobody else's: list, or the other files, say how it is read."""
    files = ["bo_340_12345_208490_02.json", "lovelaceada_340_208491_02.json", "ben_12_208492_02.json"]
    for name, half in zip(files, (True, False, False), strict=True):
        put(tmp_path, name, "same", half=half)
    run(tmp_path)
    rows = {row["learner"]: row["automatic points"] for row in table(tmp_path, "gradebook.csv")}
    assert rows == {"bo_340": "4.6", "lovelaceada": "20", "ben": "20"}
    lines = '"bo_340",12345,,bo,A,\n"Lovelace, Ada",340,,ada,A,\n"Ben",12,,ben,A,\n'
    run(tmp_path, canvas=given(tmp_path, "canvas.csv", CANVAS_HEAD + lines))
    assert filled(tmp_path) == {"": "20.00", "12345": "4.6", "340": "20", "12": "20"}


def test_a_file_name_cannot_lend_a_number(tmp_path: Path) -> None:
    """What learners call their own file changes nothing: the numbers in front are the platform's."""
    put(tmp_path, "lovelaceada_340_208490_02.json", "x")
    put(tmp_path, "malloryeve_341_208491_340_208490_02.json", "x", half=True, hour=12)
    put(tmp_path, "malloryeve_341_208492_lovelaceada_340_208490_02.json", "x", half=True, hour=13)
    lines = '"Lovelace, Ada",340,,ada,A,\n"Mallory, Eve",341,,eve,A,\n'
    for options in ({}, {"canvas": given(tmp_path, "canvas.csv", CANVAS_HEAD + lines)}):
        run(tmp_path, **options)
        found = {row["learner"]: row["automatic points"] for row in table(tmp_path, "gradebook.csv")}
        assert found == {"lovelaceada": "20", "malloryeve": "4.6"}


def test_names_inside_zip_files_take_part(tmp_path: Path) -> None:
    """A download is known inside a zip file too, and inside a zip file in one."""
    first, second = put(tmp_path, "a.json", "same"), put(tmp_path, "b.json", "same", half=True)
    for path in (tmp_path / "in").iterdir():
        path.unlink()
    inner = make.zipped({"lovelaceada_340_208490_02.json": first, "borisbo_341_208491_02.json": second})
    (tmp_path / "in" / "week.zip").write_bytes(make.zipped({"submissions.zip": inner}))
    run(tmp_path)
    assert {row["learner"] for row in table(tmp_path, "gradebook.csv")} == {"lovelaceada", "borisbo"}


NAMESAKES = "id,name\n001202,Wei Chen\n001203,Wei Chen\n001299,Niamh O'Brien\n001300,Suharto\n"


def namesakes(folder: Path) -> None:
    """Write a Canvas download with two namesakes, and a Moodle download beside it."""
    put(folder, "chenwei_502_90002_02.json", "bird 2")
    put(folder, "chenwei_503_90003_02.json", "bird 3", half=True)
    put(folder, "Niamh OBrien_341_assignsubmission_file/02.json", "k")
    put(folder, "Suharto_342_assignsubmission_file/02.json", "k", half=True)


def test_the_printed_remedies_work(tmp_path: Path) -> None:
    """What problems.csv tells to write into the column of aliases, or into matches.csv, settles it: taken literally."""
    namesakes(tmp_path)
    roster = given(tmp_path, "class.csv", NAMESAKES)
    run(tmp_path, roster=roster)
    assert points(tmp_path) == {"": "4.6", "001299": "20", "001300": "4.6"}
    remedies = {row["file"]: row["remedy"] for row in table(tmp_path, "problems.csv")}
    assert sorted(remedies) == ["chenwei_502_90002_02.json", "chenwei_503_90003_02.json"]
    printed = {file: re.findall("“(.+?)”", remedy)[0] for file, remedy in remedies.items()}
    assert all("'alias'" in remedy and "--matches" in remedy for remedy in remedies.values())
    first, second = printed["chenwei_502_90002_02.json"], printed["chenwei_503_90003_02.json"]
    wanted = {"001202": "20", "001203": "4.6", "001299": "20", "001300": "4.6"}

    aliases = (
        f"id,name,alias\n001202,Wei Chen,{first}\n001203,Wei Chen,{second}\n001299,Niamh O'Brien,\n001300,Suharto,\n"
    )
    run(tmp_path, roster=given(tmp_path, "aliases.csv", aliases))
    assert points(tmp_path) == wanted
    assert table(tmp_path, "problems.csv") == []

    matches = f"submission,learner\n{first},001202\n“{second}”,001203\n"
    run(tmp_path, roster=roster, matches=given(tmp_path, "matches.csv", matches))
    assert points(tmp_path) == wanted
    assert table(tmp_path, "problems.csv") == []


NAMELESS = "id,name\n340,Kim Min\n341,Kim Min\n"


def test_one_alias_of_two_learners(tmp_path: Path) -> None:
    """Where two learners chose one name, the rows print the files; what is printed gives each their own marks."""
    put(tmp_path, "a/02.json", "Min Kim")
    put(tmp_path, "b/02.json", "Min Kim", half=True)
    put(tmp_path, "c/02.json", "Fox")
    put(tmp_path, "d/02.json", "Fox", half=True)
    roster = given(tmp_path, "class.csv", NAMELESS + "342,Ada Lovelace\n343,Bo Boris\n")
    run(tmp_path, roster=roster)
    assert marks(tmp_path) == {}
    files = {row["file"]: re.findall("“([^”]+)”", row["remedy"]) for row in table(tmp_path, "problems.csv")}
    whose = {"a/02.json": "340", "b/02.json": "341", "c/02.json": "342", "d/02.json": "343"}
    lines = [f"{named},{whose[file]}" for file in files for named in files[file][:1] if named in whose]
    assert {line.partition(",")[0] for line in lines} >= {"a/02.json", "b/02.json"}
    written = ["c/02.json,342", "d/02.json,343", *lines]
    matches = given(tmp_path, "matches.csv", "submission,learner\n" + "\n".join(written) + "\n")
    run(tmp_path, roster=roster, matches=matches)
    assert marks(tmp_path) == {"340": "20", "341": "4.6", "342": "20", "343": "4.6"}


@pytest.mark.parametrize("lines", ["Min Kim,340\n", "Min Kim,340\nMin Kim,341\n"])
def test_a_match_by_an_alias_of_two(tmp_path: Path, lines: str) -> None:
    """A line with an alias that two different submissions have is nobody's, and its row has a line for each file."""
    put(tmp_path, "a/02.json", "Min Kim")
    put(tmp_path, "b/02.json", "Min Kim", half=True)
    put(tmp_path, "b/copy.json", "Min Kim", half=True)
    roster = given(tmp_path, "class.csv", NAMELESS)
    matches = given(tmp_path, "matches.csv", f"submission,learner\n{lines}")
    run(tmp_path, roster=roster, matches=matches)
    assert marks(tmp_path) == {}
    assert "2 submissions are called “Min Kim”" in reasons(tmp_path)["matches.csv"]
    shown = next(row["remedy"] for row in table(tmp_path, "problems.csv") if row["file"] == "matches.csv")
    first, second = re.findall("“([^”]+)”", shown)
    run(tmp_path, roster=roster, matches=given(tmp_path, "m.csv", f"file,learner\n{first},340\n{second},341\n"))
    assert marks(tmp_path) == {"340": "20", "341": "4.6"}


def test_a_match_by_an_alias_in_two_lessons_or_twice(tmp_path: Path) -> None:
    """A line with an alias is one learner's where one submission has it, though there are copies of it."""
    data = put(tmp_path, "a/02.json", "Fox")
    given(tmp_path / "in", "b.json", data)
    matches = given(tmp_path, "matches.csv", "submission,learner\nFox,340\n")
    run(tmp_path, roster=given(tmp_path, "class.csv", NAMELESS), matches=matches)
    assert marks(tmp_path) == {"340": "20"}


def test_matches_without_a_roster(tmp_path: Path) -> None:
    """Without a roster, matches.csv tells two people with one alias apart, and joins one who has two names."""
    put(tmp_path, "one.json", "Fox")
    put(tmp_path, "two.json", "Fox", half=True, hour=11)
    put(tmp_path, "three.json", "ada l", hour=9)
    run(tmp_path)
    assert "--matches" in next(row["remedy"] for row in table(tmp_path, "problems.csv"))
    text = "file,learner\none.json,Ada Lovelace\ntwo.json,Bo Boris\nthree.json,Ada Lovelace\nnone.json,Cy\n"
    matches = given(tmp_path, "matches.csv", text)
    run(tmp_path, matches=matches)
    rows = {row["learner"]: (row["automatic points"], row["submissions"]) for row in table(tmp_path, "gradebook.csv")}
    assert rows == {"Ada Lovelace": ("20", "2"), "Bo Boris": ("4.6", "1")}
    assert "none.json" in reasons(tmp_path)["matches.csv"]
    assert matches.read_text(encoding="utf-8") == text


def test_a_match_that_names_a_stranger(tmp_path: Path) -> None:
    """A learner in matches.csv whom the roster does not have gets a row that says so, and nobody gets the mark."""
    put(tmp_path, "one.json", "17")
    matches = given(tmp_path, "matches.csv", "submission,learner\n17,Zed\n")
    run(tmp_path, roster=given(tmp_path, "class.csv", "id,name\n17,Ada Lovelace\n"), matches=matches)
    assert "says “Zed”" in reasons(tmp_path)["one.json"]
    assert points(tmp_path) == {"": "20"}


def test_matches_need_their_columns(tmp_path: Path) -> None:
    """A table that does not say what is a submission and what a learner is refused with the two heads it needs."""
    put(tmp_path, "one.json", "17")
    with pytest.raises(GradingError, match=r"'submission'.*'learner'"):
        run(tmp_path, matches=given(tmp_path, "matches.csv", "a,b\n1,2\n"))


def test_an_export_links_namesakes(tmp_path: Path) -> None:
    """Canvas' number and the SIS id of the export make one learner with the roster, so namesakes need no alias."""
    namesakes(tmp_path)
    lines = '"Chen, Wei",502,001202,wchen,A,\n"Chen, Wei",503,001203,wchen2,B,\n'
    canvas = given(tmp_path, "canvas.csv", CANVAS_HEAD + lines)
    report = run(tmp_path, roster=given(tmp_path, "class.csv", NAMESAKES), canvas=canvas)
    assert points(tmp_path) == {"001202": "20", "001203": "4.6", "001299": "20", "001300": "4.6"}
    assert filled(tmp_path) == {"": "20.00", "502": "20", "503": "4.6"}
    assert "2 marks filled in, 2 not (no row in it)" in import_line(report)


def test_a_roster_takes_no_match_away(tmp_path: Path) -> None:
    """With a roster that knows less than the export, every mark that the export alone would get is filled in."""
    put(tmp_path, "lovelaceada_340_208490_02.json", "x")
    put(tmp_path, "borisbo_341_208491_02.json", "x", half=True)
    put(tmp_path, "mail.json", "cy@example.org")
    lines = '"Lovelace, Ada",340,,ada,A,\n"Boris, Bo",341,,bo@example.org,A,\n"Tallow, Cy",342,77,cy@example.org,A,\n'
    canvas = given(tmp_path, "canvas.csv", CANVAS_HEAD + lines)
    run(tmp_path, canvas=canvas)
    alone = filled(tmp_path)
    report = run(tmp_path, canvas=canvas, roster=given(tmp_path, "class.csv", "id,name,e-mail\n9,Bob,bo@example.org\n"))
    assert filled(tmp_path) == alone == {"": "20.00", "340": "20", "341": "4.6", "342": "20"}
    assert report.missing == 0
    assert points(tmp_path)["9"] == "4.6"


@pytest.mark.parametrize("alias", ["chenwei (canvas 502)", "“chenwei (canvas 502)”", "one.json", "'one.json'", "Fox"])
def test_an_alias_takes_nobodys_place(tmp_path: Path, alias: str) -> None:
    """Who writes into a file what the instructor's own lists call another's submission does not become that learner."""
    put(tmp_path, "canvas/chenwei_502_90002_02.json", "x")
    put(tmp_path, "canvas/borisbo_503_90003_02.json", "x")
    put(tmp_path, "one.json", "Ada")
    put(tmp_path, "mallory.json", alias, half=True, hour=20)
    roster = given(
        tmp_path, "class.csv", "id,name,alias\n1,Wei Chen,chenwei (canvas 502); Fox\n2,Bo Boris,\n3,Ada X,\n"
    )
    matches = given(tmp_path, "matches.csv", "submission,learner\none.json,3\nchenwei (canvas 502),1\n")
    for options in ({}, {"matches": matches}):
        run(tmp_path, roster=roster, **options)
        assert points(tmp_path)["1"] == points(tmp_path)["2"] == "20"
        assert points(tmp_path).get("3", "20") == "20"


def test_a_nickname_is_not_a_platforms_name(tmp_path: Path) -> None:
    """A learner whose whole name on the platform is another's nickname keeps their own number."""
    put(tmp_path, "Ada_340_assignsubmission_file/02.json", "x")
    put(tmp_path, "Bo Boris_341_assignsubmission_file/02.json", "x", half=True)
    worksheet = (
        MOODLE_HEAD
        + '"Participant 340",Ada,a@example.org,x,,,20.00,-\n"Participant 341","Bo Boris",b@example.org,x,,,20.00,-\n'
    )
    roster = given(tmp_path, "class.csv", "name,alias\nAda,\nBo Boris,Ada\n")
    run(tmp_path, roster=roster, moodle=given(tmp_path, "moodle.csv", worksheet))
    assert filled(tmp_path, "moodle", "Grade") == {"Participant 340": "20", "Participant 341": "4.6"}


def test_two_numbers_with_one_name_are_nobody(tmp_path: Path) -> None:
    """Where two come with the name of one learner on the roster, neither replaces the other, and both have a row."""
    put(tmp_path, "chenwei_502_90002_02.json", "a")
    put(tmp_path, "chenwei_503_90003_02.json", "b", half=True)
    put(tmp_path, "weichen_504_90004_02.json", "c", half=True)
    run(tmp_path, roster=given(tmp_path, "class.csv", "id,name\n001202,Wei Chen\n7,Bo Boris\n"))
    assert len(table(tmp_path, "gradebook.csv")) == 5
    assert all("another number came with the same name" in reason for reason in reasons(tmp_path).values())
    assert len(reasons(tmp_path)) == 3


def test_two_who_write_one_name(tmp_path: Path) -> None:
    """Two files whose alias is the name of two learners on the roster are two submissions, each with a row."""
    put(tmp_path, "a.json", "Wei Chen")
    put(tmp_path, "b.json", "wei chen", half=True, hour=12)
    run(tmp_path, roster=given(tmp_path, "class.csv", NAMESAKES))
    found = [row for row in table(tmp_path, "gradebook.csv") if row["learner"]]
    assert [row["automatic points"] for row in found] == ["20", "4.6"]
    assert set(reasons(tmp_path)) == {"a.json", "b.json"}


def test_the_platforms_word_counts_before_an_alias(tmp_path: Path) -> None:
    """A later file that only its own alias gives to a learner does not replace the one that Canvas has from them."""
    put(tmp_path, "lovelaceada_340_208490_02.json", "x", half=True)
    put(tmp_path, "mail.json", "Ada Lovelace", hour=20)
    canvas = given(tmp_path, "canvas.csv", CANVAS_HEAD + '"Lovelace, Ada",340,,ada,A,\n')
    run(tmp_path, canvas=canvas)
    assert filled(tmp_path)["340"] == "4.6"
    assert "only the file itself says" in reasons(tmp_path)["mail.json"]
    run(tmp_path, canvas=canvas, matches=given(tmp_path, "matches.csv", "file,id\nmail.json,340\n"))
    assert filled(tmp_path)["340"] == "20"


TEAM = (
    '"Participant 340","Ada Lovelace",a@example.org,Submitted,"Team Blue",,20.00,-\n'
    '"Participant 341","Bo Boris",b@example.org,Submitted,"Team Blue",,20.00,-\n'
    '"Participant 77","Una Other",u@example.org,"No submission","Team Red",,20.00,-\n'
)


def test_a_moodle_team_is_its_members(tmp_path: Path) -> None:
    """A team's mark goes to every member that the worksheet names, and never to whose number is the group's."""
    put(tmp_path, "Team Blue_77_assignsubmission_file/02.json", "Ada")
    report = run(tmp_path, moodle=given(tmp_path, "moodle.csv", MOODLE_HEAD + TEAM))
    assert filled(tmp_path, "moodle", "Grade") == {
        "Participant 340": "20",
        "Participant 341": "20",
        "Participant 77": "",
    }
    rows = {row["name"]: (row["matched by"], row["notes"]) for row in table(tmp_path, "gradebook.csv")}
    assert rows["Bo Boris"][0] == "group"
    assert rows["Una Other"][1] == "not submitted"
    assert report.missing == 1


def test_a_team_that_nobody_names(tmp_path: Path) -> None:
    """Where no list has the group, nobody gets its mark, and a row says how to name the members."""
    put(tmp_path, "Team Blue_77_assignsubmission_file/02.json", "Ada")
    put(tmp_path, "Default group_assignsubmission_file/02.json", "Cy")
    worksheet = MOODLE_HEAD.replace("Group,", "") + TEAM.replace('"Team Blue",', "").replace('"Team Red",', "")
    report = run(tmp_path, moodle=given(tmp_path, "moodle.csv", worksheet))
    assert set(filled(tmp_path, "moodle", "Grade").values()) == {""}
    assert "“Team Blue (moodle 77)”" in reasons(tmp_path)["Team Blue_77_assignsubmission_file/02.json"]
    assert all("'group'" in row["remedy"] for row in table(tmp_path, "problems.csv"))
    assert "no mark filled in (no learner matched for sure)" in import_line(report)
    roster = "name,group\nAda Lovelace,Team Blue\nBo Boris,Team Blue; Team Green\nCy Tallow,Default group\n"
    run(tmp_path, moodle=tmp_path / "moodle.csv", roster=given(tmp_path, "class.csv", roster))
    assert filled(tmp_path, "moodle", "Grade") == {
        "Participant 340": "20",
        "Participant 341": "20",
        "Participant 77": "",
    }


def test_a_canvas_group(tmp_path: Path) -> None:
    """A group's file has one member's number: the members of the list get the mark, or nobody does."""
    put(tmp_path, "teamblue_340_208490_02.json", "Ada, Bo and Cy")
    lines = '"Lovelace, Ada",340,,ada,A,\n"Boris, Bo",341,,bo,A,\n"Other, Una",342,,una,A,\n'
    canvas = given(tmp_path, "canvas.csv", CANVAS_HEAD + lines)
    run(tmp_path, canvas=canvas)
    assert filled(tmp_path) == {"": "20.00", "340": "", "341": "", "342": ""}
    assert "number 340 is “Lovelace, Ada”, which is another name" in reasons(tmp_path)["teamblue_340_208490_02.json"]
    groups = "name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id\n"
    groups += "Ada Lovelace,340,,ada,A,Team Blue,5,\nBo Boris,341,,bo,A,Team Blue,5,\nUna Other,342,,una,A,,,\n"
    report = run(tmp_path, canvas=canvas, roster=given(tmp_path, "groups.csv", groups))
    assert filled(tmp_path) == {"": "20.00", "340": "20", "341": "20", "342": ""}
    assert (report.problem_rows, report.missing) == (0, 1)
    by_hand = "submission,learner\nteamblue (canvas 340),340\nteamblue (canvas 340),bo\n"
    run(tmp_path, canvas=canvas, matches=given(tmp_path, "matches.csv", by_hand))
    assert filled(tmp_path) == {"": "20.00", "340": "20", "341": "20", "342": ""}


def test_a_member_with_a_submission_of_their_own(tmp_path: Path) -> None:
    """Who submitted alone, or in two groups, does not get a group's mark unasked; each case has a row."""
    lines = "".join(
        f'"{name}",{number},,{name[:3]},A,\n' for name, number in (("Lovelace, Ada", 340), ("Boris, Bo", 341))
    )
    put(tmp_path, "teamblue_340_208490_02.json", "x")
    put(tmp_path, "borisbo_341_208491_02.json", "x", half=True)
    roster = given(tmp_path, "class.csv", "name,group\nAda Lovelace,Team Blue\nBo Boris,Team Blue\n")
    run(tmp_path, canvas=given(tmp_path, "canvas.csv", CANVAS_HEAD + lines), roster=roster)
    assert filled(tmp_path) == {"": "20.00", "340": "20", "341": "4.6"}
    assert "not given to “Bo Boris”, who also submitted alone" in reasons(tmp_path)["teamblue_340_208490_02.json"]
    put(tmp_path, "teamred_341_208492_02.json", "x")
    (tmp_path / "in" / "borisbo_341_208491_02.json").unlink()
    roster.write_text("name,group\nAda Lovelace,Team Blue\nBo Boris,Team Blue; Team Red\n", encoding="utf-8")
    run(tmp_path, canvas=tmp_path / "canvas.csv", roster=roster)
    assert filled(tmp_path) == {"": "20.00", "340": "20", "341": ""}


GROUPED = (
    "id,name,group\n17,Ada Lovelace,Ada Lovelace\n18,Bo Boris,Ada Lovelace\n19,Cy Tallow,Owls\n20,Di Dallow,Owls\n"
)


@pytest.mark.parametrize("file", ["lovelaceada_340_901001_02.json", "Ada Lovelace_33_assignsubmission_file_/02.json"])
def test_a_group_called_like_a_learner(tmp_path: Path, file: str) -> None:
    """Where a name is a learner's and a group's with others in it, nobody gets the mark, and the row says why."""
    put(tmp_path, file, "Ada Lovelace")
    put(tmp_path, "mail.json", "Ada Lovelace", half=True)
    students = '"Lovelace, Ada",340,17,a,A,\n"Boris, Bo",341,18,b,A,\n'
    run(
        tmp_path,
        canvas=given(tmp_path, "canvas.csv", CANVAS_HEAD + students),
        roster=given(tmp_path, "class.csv", GROUPED.replace(",Ada Lovelace\n", ",Lovelace Ada; Ada Lovelace\n")),
    )
    assert marks(tmp_path) == {}
    assert "so does a group with others in it" in reasons(tmp_path)[file]
    assert "so does a group with others in it" in reasons(tmp_path)["mail.json"]


def test_the_remedies_for_a_group_called_like_a_learner(tmp_path: Path) -> None:
    """What the row says to write works, for the group's members and for the learner alone."""
    put(tmp_path, "mail.json", "Ada Lovelace")
    roster = given(tmp_path, "class.csv", GROUPED)
    run(tmp_path, roster=roster)
    (row,) = table(tmp_path, "problems.csv")
    of_group, of_learner = row["remedy"].split("; if not, ")
    assert "a line for each member" in of_group
    (called,) = re.findall("“([^”]+)”", of_group)
    lines = f"submission,learner\n{called},17\n{called},18\n"
    run(tmp_path, roster=roster, matches=given(tmp_path, "matches.csv", lines))
    assert marks(tmp_path) == {"17": "20", "18": "20"}
    alias = re.findall("“([^”]+)”", of_learner)[0]
    heads, first, *rest = GROUPED.splitlines()
    alone = "\n".join([f"{heads},alias", f"{first},{alias}", *(f"{line}," for line in rest)])
    run(tmp_path, roster=given(tmp_path, "class.csv", alone + "\n"))
    assert marks(tmp_path) == {"17": "20"}


def test_a_learners_own_folder_in_a_course_with_teams(tmp_path: Path) -> None:
    """In Moodle, number and name together are the learner's own, whatever teams are called."""
    put(tmp_path, "Ada Lovelace_501_assignsubmission_file_/02.json", "Ada")
    rows = "Participant 501,Ada Lovelace,,,Ada Lovelace,-,20.00,-\nParticipant 502,Bo Boris,,,Ada Lovelace,-,20.00,-\n"
    run(tmp_path, moodle=given(tmp_path, "moodle.csv", MOODLE_HEAD + rows))
    assert marks(tmp_path) == {"Participant 501": "20"}


def test_a_group_outside_a_download(tmp_path: Path) -> None:
    """A file with a group's name as its alias is every member's."""
    put(tmp_path, "owls.json", "Owls")
    run(tmp_path, roster=given(tmp_path, "class.csv", GROUPED))
    assert marks(tmp_path) == {"19": "20", "20": "20"}


def test_the_name_of_a_file_is_no_alias(tmp_path: Path) -> None:
    """A file without an alias is nobody's, whatever it is called; the row names the file, and that works."""
    put(tmp_path, "mail-ada/02-attribution.json", "")
    put(tmp_path, "mail-bo/02-attribution.json", "", half=True)
    roster = given(tmp_path, "class.csv", "id,name,alias\n17,Ada Lovelace,02-attribution\n18,Bo Boris,\n")
    run(tmp_path, roster=roster)
    assert marks(tmp_path) == {}
    assert "there is no alias in it" in reasons(tmp_path)["mail-ada/02-attribution.json"]
    remedies = {row["file"]: row["remedy"] for row in table(tmp_path, "problems.csv")}
    assert all(f"“{file}”" in remedy and "column 'alias'" not in remedy for file, remedy in remedies.items())
    lines = [f"{file},{number}\n" for file, number in zip(sorted(remedies), ("17", "18"), strict=True)]
    run(tmp_path, roster=roster, matches=given(tmp_path, "matches.csv", "submission,learner\n" + "".join(lines)))
    assert marks(tmp_path) == {"17": "20", "18": "4.6"}


def test_a_number_that_is_two_peoples_on_two_lists(tmp_path: Path) -> None:
    """In matches.csv, a number that the class list and the export give to two learners is neither's."""
    put(tmp_path, "x.json", "Fox")
    canvas = given(tmp_path, "canvas.csv", CANVAS_HEAD + '"Boris, Bo",102,,b,A,\n"Tallow, Cy",103,,c,A,\n')
    roster = given(tmp_path, "class.csv", "id,name\n103,Bo Boris\n101,Cy Tallow\n")
    for learner, found in (("103", {}), ("101", {"101": "20"}), ("Bo Boris", {"103": "20"})):
        matches = given(tmp_path, "matches.csv", f"submission,learner\nx.json,{learner}\n")
        run(tmp_path, canvas=canvas, roster=roster, matches=matches)
        assert marks(tmp_path) == found


def test_a_comma_too_many_in_matches(tmp_path: Path) -> None:
    """A name with a comma and no quotation marks is not cut: the row is named, and what to do."""
    put(tmp_path, "x.json", "Fox")
    with pytest.raises(GradingError, match=r"row 2 .* put quotation marks around it"):
        run(tmp_path, matches=given(tmp_path, "matches.csv", "submission,learner\nx.json,Müller, Jörg\n"))


def test_a_changed_name_with_its_number(tmp_path: Path) -> None:
    """A number with two words of the learner's name is enough, as after a marriage; another name is nobody's."""
    put(tmp_path, "Ada King Lovelace_340_assignsubmission_file/02.json", "x")
    put(tmp_path, "Group A-Bo Boris_341_assignsubmission_file/02.json", "x")
    put(tmp_path, "Zed Zed_77_assignsubmission_file/02.json", "x")
    run(tmp_path, moodle=given(tmp_path, "moodle.csv", MOODLE_HEAD + TEAM))
    assert filled(tmp_path, "moodle", "Grade") == {
        "Participant 340": "20",
        "Participant 341": "20",
        "Participant 77": "",
    }
    assert len(reasons(tmp_path)) == 1


def test_a_worksheet_of_another_week(tmp_path: Path) -> None:
    """Moodle numbers learners anew in each assignment: a number that fits another name is not taken for its learner."""
    put(tmp_path, "Ada Lovelace_77_assignsubmission_file/02.json", "x")
    put(tmp_path, "Bo Boris_340_assignsubmission_file/02.json", "x", half=True)
    run(tmp_path, moodle=given(tmp_path, "moodle.csv", MOODLE_HEAD + TEAM))
    assert points(tmp_path) == {"Participant 340": "20", "Participant 341": "4.6"}


@pytest.mark.parametrize("word", ["Participant", "Teilnehmer/in", "参加者", "Anyone"])
def test_blind_marking(tmp_path: Path, word: str) -> None:
    """With names hidden, the number alone says whose it is, in a worksheet without names, in any language."""
    put(tmp_path, f"{word.replace('/', '')}_340_assignsubmission_file/02.json", "x")
    put(tmp_path, f"{word.replace('/', '')}_341_assignsubmission_file/02.json", "x", half=True)
    rows = "".join(f'"{each}",Submitted,,20.00,-\n' for each in (f"{word} 340", f"{word}341", f"{word} 342"))
    text = f'ID,Status,X,"Maximum",Y\n{rows}'
    report = run(tmp_path, moodle=given(tmp_path, "moodle.csv", text))
    assert filled(tmp_path, "moodle", "X") == {f"{word} 340": "20", f"{word}341": "4.6", f"{word} 342": ""}
    assert report.problem_rows == 0


WORKSHEETS = {
    "French": 'Identifiant,"Nom complet","Adresse de courriel",Statut,Note,"Note maximale","Dernière modification"\n',
    "German": 'ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,"Beste Bewertung","Zuletzt geändert"\n',
    "Ukrainian": "Ідентифікатор,Повне ім'я,Електронна пошта,Статус,Оцінка,Максимальна оцінка,Змінено\n",
    "no language of ours": "Ɨd,Ɲamɛ,Bataki,Cogo,Hakɛ,Belebele,Laban\n",
}


@pytest.mark.parametrize("language", WORKSHEETS)
@pytest.mark.parametrize("number", ["Participant 340", "340", "Teilnehmer/in340"])
def test_worksheets_of_any_language(tmp_path: Path, language: str, number: str) -> None:
    """A worksheet is known by its form, whatever language its heads are in; a comma in the maximum is no hindrance."""
    put(tmp_path, "Ada Lovelace_340_assignsubmission_file/02.json", "x")
    row = f'"{number}","Ada Lovelace",a@example.org,Remis,,"20,00",-\n'
    report = run(tmp_path, moodle=given(tmp_path, "moodle.csv", "\ufeff" + WORKSHEETS[language] + row))
    made = (tmp_path / "out" / "import-moodle.csv").read_text(encoding="utf-8")
    assert made == "\ufeff" + WORKSHEETS[language] + row.replace(',,"20,00"', ',20,"20,00"')
    assert import_line(report).endswith("import-moodle.csv: 1 mark filled in")


@pytest.mark.parametrize(
    "heads",
    [
        "Matrikelnummer;Nachname;Vorname;E-Mail",
        "N;Nom;Prénom;Courriel",
        "Matricola;Cognome;Nome;Email",
        "Número;Apellidos;Nombre;Correo",
        "Номер;Прізвище;Ім'я;Пошта",
        "学号;姓;名;邮箱",
        "Nr;Name;Vorname;Mail",
    ],
)
def test_rosters_in_many_languages(tmp_path: Path, heads: str) -> None:
    """First and last names have their columns in any language; e-mails are known by their form."""
    put(tmp_path, "a.json", "Ada Lovelace")
    put(tmp_path, "b.json", "bo@example.org", half=True)
    rows = f"{heads}\n17;Lovelace;Ada;ada@example.org\n18;Boris;Bo;bo@example.org\n"
    run(tmp_path, roster=given(tmp_path, "class.csv", rows))
    found = {row["name"]: row["automatic points"] for row in table(tmp_path, "gradebook.csv")}
    assert found == {"Ada Lovelace": "20", "Bo Boris": "4.6"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_rosters_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    """A spreadsheet's Unicode text, with tabs and two bytes a letter, is a roster, with or without its mark."""
    put(tmp_path, "a.json", "Jörg Müller")
    run(tmp_path, roster=given(tmp_path, "class.txt", "id\tname\r\n001\tJörg Müller\r\n".encode(encoding)))
    assert points(tmp_path) == {"001": "20"}


def test_one_learner_in_two_sections(tmp_path: Path) -> None:
    """A learner in two sections of a roster is one learner; two names with one id are an error that names the rows."""
    put(tmp_path, "a.json", "Ada Lovelace")
    roster = given(tmp_path, "class.csv", 'id,name,section\n17,Ada Lovelace,A\n17,"Lovelace, Ada",B\n18,Bo,A\n')
    report = run(tmp_path, roster=roster)
    assert points(tmp_path) == {"17": "20"}
    assert report.missing == 1
    roster.write_text("id,name\n17,Ada Lovelace\n17,Bo Boris\n", encoding="utf-8")
    with pytest.raises(GradingError, match="rows 2 and 3"):
        run(tmp_path, roster=roster)


def test_names_of_canvas_in_two_columns(tmp_path: Path) -> None:
    """Canvas may write last and first name into two columns, with semicolons and a decimal comma."""
    put(tmp_path, "lovelaceada_340_208490_02.json", "x")
    text = "\ufeffLastName;FirstName;ID;SIS User ID;SIS Login ID;Section;02-attribution (4711)\n"
    text += "    Points Possible;;;;;;20,00\nLovelace;Ada;340;000123;ada;A;\nStudent;Test;399;;x;A;\n"
    run(tmp_path, canvas=given(tmp_path, "canvas.csv", text))
    made = (tmp_path / "out" / "import-canvas.csv").read_text(encoding="utf-8")
    assert made == text.replace("ada;A;\n", "ada;A;20\n")


def test_what_is_no_number_stays(tmp_path: Path) -> None:
    """EX and N/A stay as they are, each with a row and in the last line; marks in numbers are replaced."""
    put(tmp_path, "lovelaceada_340_208490_02.json", "x")
    put(tmp_path, "borisbo_341_208491_02.json", "x")
    put(tmp_path, "tallowcy_342_208492_02.json", "x")
    lines = '"Lovelace, Ada",340,,ada,A,EX\n"Boris, Bo",341,,bo,A,"7,5"\n"Tallow, Cy",342,,cy,A,N/A\n'
    report = run(tmp_path, canvas=given(tmp_path, "canvas.csv", CANVAS_HEAD + lines))
    assert filled(tmp_path) == {"": "20.00", "340": "EX", "341": "20", "342": "N/A"}
    assert set(reasons(tmp_path)) == {"lovelaceada_340_208490_02.json", "tallowcy_342_208492_02.json"}
    last = import_line(report)
    assert "1 mark filled in, 2 not (1 excused there, 1 with “N/A” in the cell)" in last


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("20.00", "100.00"), "the assignment is worth 100 points there, not 20 or 32"),
        (("02-attribution (4711)", "Week 2 (4711)"), "no column in it is for the lesson 02-attribution"),
        (("Section,", "Section,02-attribution (4710),"), "more than one column in it is for the lesson 02-attribution"),
    ],
)
def test_an_import_file_without_marks_says_so(tmp_path: Path, change: tuple[str, str], why: str) -> None:
    """Where no mark went into the import file, the last line says so, and why."""
    put(tmp_path, "lovelaceada_340_208490_02.json", "x")
    text = (CANVAS_HEAD + '"Lovelace, Ada",340,,ada,A,\n').replace(*change)
    report = run(tmp_path, canvas=given(tmp_path, "canvas.csv", text))
    assert f"import-canvas.csv: no mark filled in ({why}); see " in import_line(report)


@pytest.mark.parametrize(
    ("asked", "listed", "fits"),
    [
        ("00123", "123", True),
        ("123", "00123", True),
        ("123", "123.0", True),
        ("123456789012", "1.23457E+11", True),
        ("123456789012", "1,23457E+11", True),
        ("123447789012", "1.23457E+11", False),
        ("12345678901", "1.23457E+11", False),
        ("12345678901234567", "12345678901234500", True),
        ("124", "123", False),
        ("0", "000", False),
        ("abc", "123", False),
    ],
)
def test_ids_that_spreadsheets_change(asked: str, listed: str, *, fits: bool) -> None:
    """An id fits one in the list where a spreadsheet may have made the one of the other, and only there."""
    assert may_be_same_id(asked, listed) is fits


def test_damaged_ids_are_guessed_and_listed(tmp_path: Path) -> None:
    """Ids that a spreadsheet changed are guesses, only where one learner fits; two equal ones stop nothing."""
    put(tmp_path, "a.json", "00123")
    put(tmp_path, "b.json", "123456789012")
    put(tmp_path, "c.json", "987654321098")
    roster = "id,name\n123,Ada Lovelace\n1.23457E+11,Bo Boris\n1.23457E+11,Cy Tallow\n9.87654E+11,Di Ok\n"
    run(tmp_path, roster=given(tmp_path, "class.csv", roster))
    rows = {
        row["learner"]: (row["name"], row["matched by"]) for row in table(tmp_path, "gradebook.csv") if row["learner"]
    }
    guess = "an id that a spreadsheet changed (a guess)"
    assert rows == {"00123": ("Ada Lovelace", guess), "123456789012": ("", ""), "987654321098": ("Di Ok", guess)}
    assert "more than one id" in reasons(tmp_path)["b.json"]
    assert "a spreadsheet changed 3 of its ids" in reasons(tmp_path)["class.csv"]


def test_deep_folders_and_long_names_stay_cheap() -> None:
    """Two thousand files in deep folders, with names all of numbers, cost ten times the steps of two hundred."""
    deep = "/".join(["in_1"] * 500)

    def senders(count: int) -> None:
        download = Download.from_files(f"{deep}/{number}{'_1234' * 40}_x.json" for number in range(count))
        assert download.sender(f"{deep}/1{'_1234' * 40}_x.json") is None

    assert make.steps(lambda: senders(2000)) < 20 * make.steps(lambda: senders(200))


def test_a_zip_of_the_platform_that_is_damaged(tmp_path: Path) -> None:
    """A zip file that cannot be listed is a row, as ever; the names beside it are read all the same."""
    put(tmp_path, "lovelaceada_340_208490_02.json", "x")
    put(tmp_path, "borisbo_341_208491_02.json", "x")
    (tmp_path / "in" / "z.zip").write_bytes(b"PK\x03\x04broken")
    run(tmp_path)
    assert {row["learner"] for row in table(tmp_path, "gradebook.csv")} == {"lovelaceada", "borisbo"}
    assert not zipfile.is_zipfile(tmp_path / "in" / "z.zip")
    assert "z.zip" in reasons(tmp_path)


APPEAL = """schema: copydesk/appeals/1
accepted:
  - learner: {learner}
    lesson: 02-attribution
    task: W1
    points: 3
    why: It can be read so.
"""


@pytest.mark.parametrize("learner", ["001200", "0123", "1e3", "2026-11-22", "'001200'", "chenwei (canvas 502)"])
def test_an_appeal_names_an_id_as_it_is_written(tmp_path: Path, learner: str) -> None:
    """An id in a file of appeals is taken as it is written, zeros and all, with quotation marks or without."""
    put(tmp_path, "chenwei_502_90002_a.json" if "canvas" in learner else "a.json", learner.strip("'"), half=True)
    appeals = given(tmp_path, "a.yml", APPEAL.format(learner=learner))
    run(tmp_path, appeals=appeals)
    (row,) = table(tmp_path, "gradebook.csv")
    assert row["written points"] == "3"
    assert table(tmp_path, "problems.csv") == []


def test_matches_are_an_option_of_both_commands(tmp_path: Path) -> None:
    """``grade`` and ``rekey`` take ``--matches``, never write over the file, and do not forget it between runs."""
    put(tmp_path, "a.json", "Fox")
    put(tmp_path, "b.json", "Fox", half=True)
    matches = given(tmp_path, "in/matches.csv", "file,learner\na.json,Ada\nb.json,Bo\n")
    arguments = [str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    runner = CliRunner()
    made = runner.invoke(app, ["grade", *arguments, "--matches", str(matches)])
    assert made.exit_code == 0, made.output
    assert {row["learner"] for row in table(tmp_path, "gradebook.csv")} == {"Ada", "Bo"}
    forgotten = runner.invoke(app, ["rekey", *arguments, "--because", "x"])
    assert forgotten.exit_code == 1
    assert "--matches" in forgotten.output
    again = runner.invoke(app, ["rekey", *arguments, "--because", "x", "--matches", str(matches)])
    assert "No score changed" in again.output
    assert matches.read_text(encoding="utf-8").endswith("b.json,Bo\n")


def test_what_is_settled_by_hand_decides_what_is_recalled() -> None:
    """A run that broke off is not taken up with another list of matches."""
    plain = Rules({}, {})  # type: ignore[arg-type]
    by_hand = replace(plain, matches=Matches("m.csv", {"fox": ("Ada",)}))
    other = replace(plain, matches=Matches("m.csv", {"fox": ("Bo",)}))
    assert len({rules_digest(each) for each in (plain, by_hand, other)}) == 3


def test_the_language_changes_words_and_no_match(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another language, every submission is matched as in English, and each row has the remedy of its kind."""
    remedies = {}
    for language in ("en", "uk"):
        monkeypatch.setenv("COPYDESK_LANGUAGE", language)
        folder = tmp_path / language
        put(folder, "like-a-group.json", "Ada Lovelace")
        put(folder, "no-alias.json", "")
        put(folder, "part.json", "Boris")
        roster = given(folder, "roster.csv", "id,name,group\n1,Ada Lovelace,\n2,Bo Boris,Ada Lovelace\n")
        run(folder, roster=roster)
        remedies[language] = {row["file"]: row["remedy"] for row in table(folder, "problems.csv")}
    assert points(tmp_path / "uk") == points(tmp_path / "en")
    for of_file in remedies.values():
        assert "“no-alias.json”" in of_file["no-alias.json"]
        assert of_file["like-a-group.json"].count("matches.csv") == 2
        assert of_file["part.json"].count("matches.csv") == 1
    assert remedies["uk"].keys() == remedies["en"].keys()
    assert not set(remedies["uk"].values()) & set(remedies["en"].values())
