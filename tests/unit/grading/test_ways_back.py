"""Marks back to the platforms for a whole course: a worksheet per lesson, hidden names, Canvas's anonymous ids."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import make
import pytest
from typer.testing import CliRunner

from copydesk.commands.main import app
from copydesk.grading import GradingError, GradingReport, Options, grade
from copydesk.grading.results.exports import read_export
from copydesk.grading.results.platform_grades import fill_numbers
from copydesk.grading.submissions.roster import Roster

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "02-attribution", "03-sources"
BANK = make.bank()
BANKS = {FIRST: BANK, SECOND: BANK.model_copy(update={"lesson": SECOND})}

BLIND_HEAD = (
    'Identifier,Status,Grade,"Maximum grade","Grade can be changed","Last modified (submission)",'
    '"Last modified (grade)","Feedback comments"\n'
)
NAMED_HEAD = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\n'
)
TEAM_HEAD = BLIND_HEAD.replace("Status,", "Status,Group,")
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,02-attribution (4711),03-sources (4712)\n"
    ",,,,,Manual Posting,\n"
    "    Points Possible,,,,,20.00,20.00\n"
    '"Lovelace, Ada",340,17,ada,A,N/A,\n'
    '"Boris, Bo",341,18,bo,A,N/A,EX\n'
)
ROSTER = "id,name\n340,Ada Lovelace\n341,Bo Boris\n"


def put(folder: Path, name: str, alias: str = "x", *, lesson: str = FIRST, half: bool = False) -> None:
    """Write a submission of all reference answers (20 points by rule), or of half of them (4.6)."""
    path, responses = folder / "in" / name, make.half_right() if half else make.reference(BANK)
    path.parent.mkdir(parents=True, exist_ok=True)
    fingerprint = BANKS[lesson].fingerprint()
    path.write_bytes(make.to_bytes(make.submission(alias, responses, lesson=lesson, bank=fingerprint)))


def given(folder: Path, name: str, text: str) -> Path:
    """Write a file of the instructor's, and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def blind(*numbers: int, word: str = "Participant ", head: str = BLIND_HEAD) -> str:
    """Return a worksheet of Moodle's in which names are hidden."""
    rows = [f'"{word}{number}","No submission",,20.00,Yes,-,-,\n' for number in numbers]
    return head + "".join(rows)


def named(**learners: int) -> str:
    """Return a worksheet of Moodle's with names."""
    rows = []
    for name, number in learners.items():
        full_name = name.replace("_", " ")
        rows.append(f'"Participant {number}","{full_name}",{number}@example.org,-,,20.00,Yes,-,-,\n')
    return NAMED_HEAD + "".join(rows)


def run(folder: Path, **options: object) -> GradingReport:
    """Grade ``in`` of a folder into ``out``."""
    return grade([folder / "in"], folder / "out", banks=BANKS, options=Options(**options))  # type: ignore[arg-type]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a result."""
    text = (folder / "out" / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def filled(folder: Path, name: str, column: str = "Grade") -> dict[str, str]:
    """Return the marks in an import file by what is in its first column."""
    return {next(iter(row.values())): row[column] for row in table(folder, name)}


def lines(report: GradingReport, word: str) -> list[str]:
    """Return what a summary says was done or not done, in lines with a word in them, without the results' folder."""
    out = str(report.gradebook.parent) + "/"
    return [line.replace("\\", "/").replace(out, "") for line in (*report.done(), *report.left()) if word in line]


def names_in_zip(folder: Path) -> list[str]:
    """Return the names of the pages in the zip file of feedback."""
    with zipfile.ZipFile(folder / "out" / "feedback.zip") as archive:
        return sorted(archive.namelist())


def moodle_number(name: str) -> str:
    """Return the participant to whom Moodle gives a feedback file: the number between the first two low lines."""
    parts = name.partition("/")[0].split("_", 4)
    is_taken = len(parts) >= 4 and parts[1].isdecimal() and parts[2] == "assignsubmission"
    return parts[1] if is_taken else ""


def canvas_names(name: str) -> tuple[str, str]:
    """Return the anonymous id and the upload that Canvas reads from a file that is uploaded again."""
    parts = [part for part in name.split("_") if part != "LATE"]
    return (parts[1], parts[2]) if parts[0] == "anon" else ("", "")


def test_a_worksheet_for_each_lesson(tmp_path: Path) -> None:
    """Each lesson's marks go into the worksheet of its assignment, where the same learner has another number."""
    put(tmp_path, "one/Ada Lovelace_340_assignsubmission_file/x.json")
    put(tmp_path, "one/Bo Boris_341_assignsubmission_file/x.json", half=True)
    put(tmp_path, "two/Ada Lovelace_512_assignsubmission_file/x.json", lesson=SECOND, half=True)
    worksheets = {
        FIRST: given(tmp_path, "one.csv", named(Ada_Lovelace=340, Bo_Boris=341)),
        SECOND: given(tmp_path, "two.csv", named(Bo_Boris=511, Ada_Lovelace=512)),
    }
    report = run(tmp_path, worksheets=worksheets)
    assert filled(tmp_path, f"import-moodle-{FIRST}.csv") == {"Participant 340": "20", "Participant 341": "4.6"}
    assert filled(tmp_path, f"import-moodle-{SECOND}.csv") == {"Participant 511": "", "Participant 512": "4.6"}
    assert lines(report, "import-moodle") == [
        f"import-moodle-{FIRST}.csv: 2 marks filled in",
        f"import-moodle-{SECOND}.csv: 1 mark filled in",
    ]
    assert (report.missing, report.problem_rows) == (1, 0)
    assert [row["name"] for row in table(tmp_path, "gradebook.csv") if row["notes"] == "not submitted"] == ["Bo Boris"]


def test_a_number_of_another_worksheet_says_nothing(tmp_path: Path) -> None:
    """A number that belongs to someone else in another assignment neither finds nor hinders a learner."""
    put(tmp_path, "two/Ada Lovelace_341_assignsubmission_file/x.json", lesson=SECOND)
    worksheets = {
        FIRST: given(tmp_path, "one.csv", named(Ada_Lovelace=340, Bo_Boris=341)),
        SECOND: given(tmp_path, "two.csv", named(Ada_Lovelace=341, Bo_Boris=340)),
    }
    run(tmp_path, worksheets=worksheets)
    assert filled(tmp_path, f"import-moodle-{SECOND}.csv") == {"Participant 341": "20", "Participant 340": ""}
    run(tmp_path, worksheets={FIRST: worksheets[FIRST]})
    found = [row["name"] for row in table(tmp_path, "gradebook.csv") if row["learner"]]
    assert found == ["Ada Lovelace"]


def test_two_blind_worksheets(tmp_path: Path) -> None:
    """Participant 5 of one assignment and of another are two people: each gets their own mark, and no one is joined."""
    for lesson, half in ((FIRST, False), (SECOND, True)):
        put(tmp_path, f"{lesson}/Participant_5_assignsubmission_file/x.json", lesson=lesson, half=half)
    put(tmp_path, f"{SECOND}/Participant_6_assignsubmission_file/x.json", lesson=SECOND)
    worksheets = {
        SECOND: given(tmp_path, "two.csv", blind(5, 6, 7)),
        FIRST: given(tmp_path, "one.csv", blind(4, 5)),
    }
    report = run(tmp_path, worksheets=worksheets)
    assert filled(tmp_path, f"import-moodle-{FIRST}.csv") == {"Participant 4": "", "Participant 5": "20"}
    assert filled(tmp_path, f"import-moodle-{SECOND}.csv") == {
        "Participant 5": "4.6",
        "Participant 6": "20",
        "Participant 7": "",
    }
    absent = [(row["id"], row["lesson"]) for row in table(tmp_path, "gradebook.csv") if row["notes"] == "not submitted"]
    assert absent == [("Participant 4", FIRST), ("Participant 7", SECOND)]
    assert (report.missing, report.problem_rows) == (2, 0)
    before = (tmp_path / "out" / "gradebook.csv").read_bytes()
    run(tmp_path, worksheets=dict(reversed(worksheets.items())))
    assert (tmp_path / "out" / "gradebook.csv").read_bytes() == before


@pytest.mark.parametrize("form", ["folder", "flat"])
@pytest.mark.parametrize(
    ("word", "folder"),
    [
        ("Participant ", "Participant"),
        ("Teilnehmer/in", "Teilnehmerin"),
        ("Participante", "Participante"),
        ("Учасник ", "Учасник"),
        ("مشارك ", "مشارك"),
        ("Beteiligter ", "Beteiligter"),
    ],
)
def test_hidden_names_beside_a_roster(tmp_path: Path, word: str, folder: str, form: str) -> None:
    """Marks go in by the number in any language; no id on the roster is taken for a number, and no one is missing."""
    put(tmp_path, f"{folder}_340_assignsubmission_file{'/' if form == 'folder' else '_'}02.json", "Bo Boris")
    put(tmp_path, f"{folder}_512_assignsubmission_file{'/' if form == 'folder' else '_'}02.json", "341", half=True)
    worksheet = given(tmp_path, "one.csv", blind(340, 341, 512, word=word))
    report = run(tmp_path, roster=given(tmp_path, "class.csv", ROSTER), worksheets={FIRST: worksheet})
    marks = {f"{word}340": "20", f"{word}341": "", f"{word}512": "4.6"}
    assert filled(tmp_path, f"import-moodle-{FIRST}.csv") == {key.strip(): mark for key, mark in marks.items()}
    assert [moodle_number(name) for name in names_in_zip(tmp_path)] == ["340", "512"]
    assert lines(report, "Names are hidden") == [
        f"Names are hidden in {FIRST}, so it isn't known who on the roster hasn't submitted"
    ]
    rows = table(tmp_path, "gradebook.csv")
    assert not [row for row in rows if row["name"]]
    assert [row["id"] for row in rows if row["notes"] == "not submitted"] == [f"{word}341"]
    certainty = {row["name"]: row["certainty"] for row in table(tmp_path, "roster-report.csv") if row["name"]}
    assert set(certainty.values()) == {"not known, names are hidden"}
    assert (report.missing, report.problem_rows) == (1, 0)


FORMS = [
    (
        'ID,Status,"Bewerter/in",Bewertung,Bestwertung,"Status des Bewertungsworkflows",'
        '"Bewertung kann geändert werden","Zuletzt geändert (Abgabe)","Texteingabe online",'
        '"Zuletzt geändert (Bewertung)"\n'
        'Teilnehmer/in340,"Keine Abgabe","Prof. Meier",,"20,00","Nicht bewertet",Ja,-,"<p>Hallo, 341</p>",-\n'
        'Teilnehmer/in341,"Keine Abgabe","Prof. Meier",,"20,00","Nicht bewertet",Ja,-,,-\n'
    ),
    (
        'Ідентифікатор,Статус,Група,Оцінка,"Максимальна оцінка","Оцінка може бути змінена","Остання зміна (оцінки)"\n'
        '"Учасник 340","Здано",,,"20,00",Так,-\n"Учасник 341","Не здано",,,"20,00",Так,-\n'
    ),
    'Identifier,Status,Grade,"Maximum grade","Grade can be changed"\n"Participant 340",Submitted,,20.00,Yes\n',
]
"""Worksheets with hidden names: with markers, a workflow and texts, with teams, and with one learner."""


@pytest.mark.parametrize("worksheet", FORMS)
def test_forms_of_blind_worksheets(tmp_path: Path, worksheet: str) -> None:
    """A blind worksheet is filled whatever columns it has and in whatever language, and nothing else in it changes."""
    put(tmp_path, "Participant_340_assignsubmission_file/02.json")
    run(tmp_path, moodle=given(tmp_path, "one.csv", worksheet))
    before, after = worksheet.splitlines(), (tmp_path / "out" / "import-moodle.csv").read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(before) if line != after[number]] == [1]
    assert next(csv.reader([after[1]])).count("20") == 1
    assert after[1].replace(",20,", ",,", 1) == before[1]


def test_hidden_names_without_a_worksheet(tmp_path: Path) -> None:
    """Without the worksheet of its assignment, a number is no one's: a row asks for it, and no one is missing."""
    put(tmp_path, "Participant_340_assignsubmission_file/02.json", "Ada Lovelace")
    report = run(tmp_path, roster=given(tmp_path, "class.csv", ROSTER))
    (problem,) = table(tmp_path, "problems.csv")
    assert f"--moodle {FIRST}=worksheet.csv" in problem["remedy"]
    assert report.missing == 0
    assert names_in_zip(tmp_path) == [f"Participant_340_assignsubmission_file/feedback-{FIRST}.html"]


def test_an_alias_is_no_hidden_number(tmp_path: Path) -> None:
    """A learner who writes a number into a file is not the participant whose number Moodle made of it."""
    put(tmp_path, "mail.json", "5")
    run(tmp_path, worksheets={FIRST: given(tmp_path, "one.csv", blind(5))})
    assert filled(tmp_path, f"import-moodle-{FIRST}.csv") == {"Participant 5": ""}
    matches = given(tmp_path, "matches.csv", "submission,learner\nmail.json,Participant 5\n")
    worksheets = {FIRST: tmp_path / "one.csv", SECOND: given(tmp_path, "two.csv", blind(5))}
    run(tmp_path, worksheets=worksheets, roster=given(tmp_path, "class.csv", "id,name\n5,Ada Lovelace\n"))
    assert filled(tmp_path, f"import-moodle-{FIRST}.csv") == {"Participant 5": ""}
    assert [row["name"] for row in table(tmp_path, "gradebook.csv") if row["learner"]] == ["Ada Lovelace"]
    run(tmp_path, worksheets=worksheets, matches=matches)
    assert filled(tmp_path, f"import-moodle-{FIRST}.csv") == {"Participant 5": "20"}


def team_rows(**teams: str) -> str:
    """Return a blind worksheet with teams."""
    rows = [f'"Participant {name[1:]}",Submitted,"{team}",,20.00,Yes,-,-,\n' for name, team in teams.items()]
    return TEAM_HEAD + "".join(rows)


def test_teams_with_hidden_names(tmp_path: Path) -> None:
    """A team's mark and page go to its members in that lesson's worksheet, never to whose number is the team's."""
    put(tmp_path, "one/Team Blue_77_assignsubmission_file/02.json")
    put(tmp_path, "two/Team Blue_77_assignsubmission_file/02.json", lesson=SECOND, half=True)
    worksheets = {
        FIRST: given(tmp_path, "one.csv", team_rows(p340="Team Blue", p341="Team Blue", p77="Team Red")),
        SECOND: given(tmp_path, "two.csv", team_rows(p512="Team Blue", p513="Team Red", p514="Team Red")),
    }
    roster = given(tmp_path, "class.csv", "name,group\nAda Lovelace,Team Blue\nBo Boris,Team Blue\nUna,Team Red\n")
    report = run(tmp_path, worksheets=worksheets, roster=roster)
    assert filled(tmp_path, f"import-moodle-{FIRST}.csv") == {
        "Participant 340": "20",
        "Participant 341": "20",
        "Participant 77": "",
    }
    assert filled(tmp_path, f"import-moodle-{SECOND}.csv") == {
        "Participant 512": "4.6",
        "Participant 513": "",
        "Participant 514": "",
    }
    assert {(moodle_number(name), name.rpartition("/")[2]) for name in names_in_zip(tmp_path)} == {
        ("340", f"feedback-{FIRST}.html"),
        ("341", f"feedback-{FIRST}.html"),
        ("512", f"feedback-{SECOND}.html"),
    }
    assert lines(report, "import-moodle") == [
        f"import-moodle-{FIRST}.csv: 2 marks filled in",
        f"import-moodle-{SECOND}.csv: 1 mark filled in",
    ]


def test_a_page_never_goes_to_whose_number_is_a_teams(tmp_path: Path) -> None:
    """The page of a team that no list has gets a name that Moodle passes over, if its number is a learner's."""
    put(tmp_path, "Team Blue_340_assignsubmission_file/02.json")
    put(tmp_path, "Jean_Luc OBrien_341_assignsubmission_file/02.json")
    run(tmp_path, worksheets={FIRST: given(tmp_path, "one.csv", named(Ada_Lovelace=340, Bo_Boris=342))})
    assert {moodle_number(name) for name in names_in_zip(tmp_path)} == {"", "341"}


def test_a_blind_worksheet_needs_its_lesson(tmp_path: Path) -> None:
    """Where names are hidden and there are several lessons, a worksheet without a lesson ends the run with a remedy."""
    for lesson in BANKS:
        put(tmp_path, f"{lesson}/Participant_5_assignsubmission_file/x.json", lesson=lesson)
    worksheet = given(tmp_path, "one.csv", blind(5))
    with pytest.raises(GradingError, match=f"--moodle {FIRST}=one.csv"):
        run(tmp_path, moodle=worksheet)
    with pytest.raises(GradingError, match=f"--moodle {FIRST}=one.csv"):
        run(tmp_path, roster=worksheet)
    assert not (tmp_path / "out" / "gradebook.csv").exists()
    run(tmp_path, worksheets={FIRST: worksheet})
    assert filled(tmp_path, f"import-moodle-{FIRST}.csv") == {"Participant 5": "20"}
    assert [row["file"] for row in table(tmp_path, "problems.csv")] == [
        f"{SECOND}/Participant_5_assignsubmission_file/x.json"
    ]


def test_a_worksheet_with_names_and_several_lessons(tmp_path: Path) -> None:
    """A worksheet that names no lesson is filled for none of several, and the row says how to name one."""
    for lesson in BANKS:
        put(tmp_path, f"{lesson}/Ada Lovelace_340_assignsubmission_file/x.json", lesson=lesson)
    report = run(tmp_path, moodle=given(tmp_path, "one.csv", named(Ada_Lovelace=340)))
    remedies = [row["remedy"] for row in table(tmp_path, "problems.csv")]
    assert [remedy.partition("--moodle ")[2] for remedy in remedies] == [f"{lesson}=one.csv" for lesson in BANKS]
    assert "no mark filled in (1 " in report.summary()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--moodle", "02-atribution=one.csv"], "Did you mean 02-attribution?"),
        (["--moodle", "one.csv", "--moodle", "02-attribution=one.csv"], "each needs its lesson"),
        (["--moodle", "02-attribution=one.csv", "--moodle", "02-attribution=one.csv"], "already has a worksheet"),
        (["--moodle", "02-attribution=none.csv"], "none.csv"),
    ],
)
def test_worksheets_that_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], message: str
) -> None:
    """A worksheet for no lesson, or two for one, is an error before anything is graded."""
    given(tmp_path, "one.csv", blind(5))
    put(tmp_path, "a.json")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["grade", "in", "--out", "out", *options])
    assert result.exit_code == 2, result.output
    assert message in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()


def test_worksheets_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worksheet with its lesson is filled and named after it; to regrade without it is refused, to grade says so."""
    put(tmp_path, "Participant_5_assignsubmission_file/x.json")
    given(tmp_path, "a=b.csv", blind(5))
    given(tmp_path, "one.csv", blind(5))
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(app, ["grade", "in", "--out", "out", "--moodle", "a=b.csv"]).exit_code == 0
    assert (tmp_path / "out" / "import-moodle.csv").exists()
    made = runner.invoke(app, ["grade", "in", "--out", "out", "--moodle", f"{FIRST}=one.csv"])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "out" / f"import-moodle-{FIRST}.csv").exists()
    assert not (tmp_path / "out" / "import-moodle.csv").exists()
    forgotten = runner.invoke(app, ["rekey", "in", "--out", "out", "--because", "x"])
    assert forgotten.exit_code == 1
    assert f"--moodle {FIRST}=..." in forgotten.output
    again = runner.invoke(app, ["grade", "in", "--out", "out"])
    assert f"give --moodle {FIRST}=..." in " ".join(again.output.split())
    assert not (tmp_path / "out" / f"import-moodle-{FIRST}.csv").exists()


def put_anonymous(folder: Path) -> None:
    """Write an anonymous download of Canvas, with a learner who handed in late, for two lessons."""
    put(folder, "one/anon_zB3x9_208491_work.json", "Ada Lovelace")
    put(folder, "one/LATE_anon_aB3x9_208490_work.json", "Bo Boris", half=True)
    put(folder, "two/anon_zB3x9_208500_work.json", "340", lesson=SECOND, half=True)


def test_anonymous_marks_of_canvas(tmp_path: Path) -> None:
    """Marks of learners whose names Canvas hides have a table of their own, by the ids that Canvas itself uses."""
    put_anonymous(tmp_path)
    report = run(tmp_path)
    rows = table(tmp_path, "canvas-anonymous.csv")
    assert list(rows[0]) == ["lesson", "anonymous id", "upload", "file", "mark", "out of", "notes"]
    assert [tuple(row.values())[:6] for row in rows] == [
        (FIRST, "aB3x9", "208490", "one/LATE_anon_aB3x9_208490_work.json", "4.6", "32"),
        (FIRST, "zB3x9", "208491", "one/anon_zB3x9_208491_work.json", "", "32"),
        (SECOND, "zB3x9", "208500", "two/anon_zB3x9_208500_work.json", "4.6", "32"),
    ]
    assert "Canvas marks it as late" in rows[0]["notes"]
    assert "W1 still has to be marked by a person" in rows[1]["notes"]
    assert "by rule it has 20 of 20 points" in rows[1]["notes"]
    assert lines(report, "canvas-anonymous") == [
        "canvas-anonymous.csv: 3 learners whose names Canvas hides; enter their marks yourself"
    ]
    assert [canvas_names(name) for name in names_in_zip(tmp_path)] == [
        ("aB3x9", "208490"),
        ("zB3x9", "208491"),
        ("zB3x9", "208500"),
    ]


def test_hidden_names_stay_hidden(tmp_path: Path) -> None:
    """Where a platform hides names, no table says what name a learner wrote into a file."""
    put_anonymous(tmp_path)
    put(tmp_path, "Participant_5_assignsubmission_file/x.json", "Cy Tallow")
    run(tmp_path, worksheets={FIRST: given(tmp_path, "one.csv", blind(5))})
    tables = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.csv"))
    assert [name for name in ("Ada Lovelace", "Bo Boris", "Cy Tallow") if name in tables] == []


def test_nothing_is_filled_in_for_an_anonymous_id(tmp_path: Path) -> None:
    """No name, number or alias in a file makes an anonymous submission anyone's, nor is anyone called missing."""
    put_anonymous(tmp_path)
    export = CANVAS.replace("N/A", "").replace(",EX", ",")
    roster = given(tmp_path, "class.csv", "id,name,alias\n340,Ada Lovelace,zB3x9\n341,Bo Boris,work\n")
    report = run(tmp_path, roster=roster, canvas=given(tmp_path, "canvas.csv", export))
    assert (tmp_path / "out" / "import-canvas.csv").read_text(encoding="utf-8") == export
    assert (report.missing, report.problem_rows) == (0, 0)
    (line,) = lines(report, "import-canvas")
    assert line.startswith("import-canvas.csv: no mark filled in (a name that Canvas hides)")
    assert lines(report, "Names are hidden")
    put(tmp_path, "one/lovelaceada_340_208491_work.json")
    report = run(tmp_path, roster=roster, canvas=tmp_path / "canvas.csv")
    marks = filled(tmp_path, "import-canvas.csv", "02-attribution (4711)")
    assert (marks["Lovelace, Ada"], marks["Boris, Bo"]) == ("20", "")
    (line,) = lines(report, "import-canvas")
    assert line.startswith("import-canvas.csv: 1 mark filled in, 3 not (a name that Canvas hides)")


def test_an_anonymous_mark_is_out_of_what_canvas_says(tmp_path: Path) -> None:
    """With Canvas's export, an anonymous mark is out of the assignment's points there, or there is none and a note."""
    put_anonymous(tmp_path)
    export = CANVAS.replace(",20.00,20.00", ",20.00,100").replace("03-sources (4712)", "Week 3 (4712)")
    run(tmp_path, canvas=given(tmp_path, "canvas.csv", export), columns=("03-sources=Week 3 (4712)",))
    rows = table(tmp_path, "canvas-anonymous.csv")
    assert [(row["mark"], row["out of"]) for row in rows] == [("4.6", "20"), ("20", "20"), ("", "100")]
    assert "Make it worth 20 points" in rows[2]["notes"]


def test_a_word_of_five_letters_is_no_anonymous_id(tmp_path: Path) -> None:
    """A file that only begins like an anonymous one is the learner's own: Canvas's ids have no l, I, O or 0."""
    put(tmp_path, "anon_alice_208490_work.json", "Alice")
    run(tmp_path)
    assert [row["learner"] for row in table(tmp_path, "gradebook.csv")] == ["Alice"]
    assert not (tmp_path / "out" / "canvas-anonymous.csv").exists()


def test_an_old_table_of_anonymous_marks_goes(tmp_path: Path) -> None:
    """A run with no anonymous submission removes the table of the run before, and never a file that isn't ours."""
    put_anonymous(tmp_path)
    run(tmp_path)
    for path in sorted((tmp_path / "in").rglob("*anon_*")):
        path.unlink()
    put(tmp_path, "a.json", "Ada")
    run(tmp_path)
    assert not (tmp_path / "out" / "canvas-anonymous.csv").exists()
    given(tmp_path / "out", "canvas-anonymous.csv", "mine\n")
    put_anonymous(tmp_path)
    with pytest.raises(GradingError, match="canvas-anonymous"):
        run(tmp_path)
    assert (tmp_path / "out" / "canvas-anonymous.csv").read_text(encoding="utf-8") == "mine\n"


def test_filled_and_left_are_all_marks(tmp_path: Path) -> None:
    """The numbers in a line add up to the marks that are due, one for each learner of a group."""
    put(tmp_path, "one/lovelaceada_340_208490_02.json")
    put(tmp_path, "one/borisbo_341_208491_02.json")
    put(tmp_path, "one/strangercy_999_208492_02.json")
    put(tmp_path, "two/team_340_208493_02.json", lesson=SECOND)
    put(tmp_path, "two/mail.json", "Una Other", lesson=SECOND)
    roster = "name,group\nAda Lovelace,team\nBo Boris,team\nUna Other,\n"
    export = CANVAS.replace("N/A", "")
    report = run(tmp_path, roster=given(tmp_path, "class.csv", roster), canvas=given(tmp_path, "canvas.csv", export))
    (line,) = lines(report, "import-canvas")
    assert line == (
        "import-canvas.csv: 3 marks filled in, 3 not (1 excused there, 1 with no learner matched for sure, "
        "1 with no row in it); see problems.csv"
    )
    marks = filled(tmp_path, "import-canvas.csv", "03-sources (4712)")
    assert (marks["Lovelace, Ada"], marks["Boris, Bo"]) == ("20", "EX")


def test_a_number_for_each_learner(tmp_path: Path) -> None:
    """A column takes any numbers by learner; excused stays, and nothing goes into one that is worth something else."""
    text = CANVAS.replace("Points Possible,,,,,20.00,20.00", "Points Possible,,,,,100,100")
    export = read_export(given(tmp_path, "canvas.csv", text.replace("N/A", "")), "canvas")
    learners = Roster.from_lists([export.learners]).learners
    totals = dict.fromkeys(learners, 87.5)
    report = fill_numbers(export, 6, totals, learners, out_of=100)
    assert (report.filled, report.left.total()) == (1, 1)
    assert [row[-1] for row in csv.reader(export.table.text().splitlines())][3:] == ["87.5", "EX"]
    report = fill_numbers(export, 5, totals, learners, out_of=20)
    assert (report.filled, report.left.total()) == (0, 2)
    assert all("worth 100 points" in problem.reason for problem in report.problems)


def test_two_lessons_in_one_column(tmp_path: Path) -> None:
    """A column that is named for two lessons gets neither's marks, which would replace each other."""
    for lesson in BANKS:
        put(tmp_path, f"{lesson}/lovelaceada_340_208490_02.json", lesson=lesson)
    export = CANVAS.replace("N/A", "")
    columns = (f"{SECOND}=02-attribution (4711)",)
    report = run(tmp_path, canvas=given(tmp_path, "canvas.csv", export), columns=columns)
    assert (tmp_path / "out" / "import-canvas.csv").read_text(encoding="utf-8") == export
    assert [row["reason"] for row in table(tmp_path, "problems.csv")] == [
        f"the column “02-attribution (4711)” is named for {lesson} and for another lesson" for lesson in BANKS
    ]
    assert "no mark filled in" in report.summary()


def test_a_lesson_has_its_column_and_its_worksheet(tmp_path: Path) -> None:
    """A column that is named for Canvas does not keep a lesson's marks out of its worksheet."""
    put(tmp_path, "one/Ada Lovelace_340_assignsubmission_file/x.json")
    export = CANVAS.replace("02-attribution (4711)", "Week 2 (4711)").replace("N/A", "")
    report = run(
        tmp_path,
        canvas=given(tmp_path, "canvas.csv", export),
        worksheets={FIRST: given(tmp_path, "one.csv", named(Ada_Lovelace=340))},
        columns=(f"{FIRST}=Week 2 (4711)",),
    )
    assert filled(tmp_path, "import-canvas.csv", "Week 2 (4711)")["Lovelace, Ada"] == "20"
    assert filled(tmp_path, f"import-moodle-{FIRST}.csv") == {"Participant 340": "20"}
    assert [line.endswith("1 mark filled in") for line in lines(report, "import-")] == [True, True]
