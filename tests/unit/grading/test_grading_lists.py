"""Lists of learners as schools have them: heads of ids in any language, capitals, commas without quotes, odd lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_grading_identity import given, make, points, put, reasons, run, table

from copydesk.grading import GradingError
from copydesk.grading.submissions.learners import read_learners
from copydesk.grading.submissions.list_joining import join_lists
from copydesk.grading.submissions.names import letters_and_digits

if TYPE_CHECKING:
    from pathlib import Path

HEADS = [
    *("Schulnummer", "Schülernummer", "Schüler-ID", "Personalnummer", "Nr.", "Číslo", "N° étudiant", "Numéro"),
    *(
        "Numer legitymacji",
        "No. de control",
        "Reg. no",
        "Candidate number",
        "Roll no",
        "SchülerNr",
        "Kursteilnehmer-ID",
    ),
    *("Stud. nr", "Exam number", "Código del alumno", "Kod ucznia", "Broj iskaznice", "Αριθμός φοιτητή", "受験番号"),
    *("学生编号", "학생 번호", "رقم القيد", "מספר סטודנט", "Seri No", "Nr matricol", "Personkod", "ÖĞRENCİ NO", "#"),
    *("Llave", "Xyz", ""),
]


@pytest.mark.parametrize("head", HEADS)
def test_ids_under_any_head(tmp_path: Path, head: str) -> None:
    """A column of ids is one whatever it is called: by a word for number or id, or by the form of its cells."""
    put(tmp_path, "a.json", "400123")
    put(tmp_path, "b.json", "400124", half=True)
    rows = f"Name;{head};Klasse\nAda Lovelace;400123;9b\nBo Boris;400124;9b\nCy Twombly;400125;9b\n"
    run(tmp_path, roster=given(tmp_path, "class.csv", rows))
    assert points(tmp_path) == {"400123": "20", "400124": "4.6"}
    assert table(tmp_path, "problems.csv") == []


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Handynummer", "015112345678 015112345679 015112345671"),
        ("Mobile no.", "0151234567 0151234568 0151234569"),
        ("Contacto", "+34600111222 +34600111223 +34600111224"),
        ("Geburtsdatum", "12.04.2008 13.04.2008 14.05.2008"),
        ("Born", "20080412 20080413 20080514"),
        ("Xyz", "20080412 20080413 20080514"),
        ("PLZ", "10115 20095 80331"),
        ("Xyz", "10115 20095 80331"),
        ("Points", "12 15 18"),
        ("Xyz", "12.5 15 18"),
        ("Xyz", "12 15 18"),
        ("Balance", "1500,00 1600,00 1700,00"),
        ("Paid", "1501 1602 1703"),
        ("Xyz", "1500 1600 1700"),
        ("Xyz", "12/04 13/04 14/05"),
        ("Jahrgang", "2007 2008 2009"),
        ("Xyz", "2007 2008 2009"),
        ("Number of absences", "0 1 2"),
        ("Class no.", "9001 9001 9002"),
    ],
)
def test_what_is_no_id(tmp_path: Path, head: str, cells: str) -> None:
    """Phone numbers, birthdays, years, postcodes, points and amounts are nobody's id."""
    names = ["Ada Lovelace", "Bo Boris", "Cy Twombly"]
    rows = "".join(f"{name};{cell}\n" for name, cell in zip(names, cells.split(), strict=True))
    found = read_learners(given(tmp_path, "class.csv", f"Name;{head}\n{rows}"))
    assert {each.ids for each in found.learners} == {frozenset()}


def test_a_running_number(tmp_path: Path) -> None:
    """A number that only counts the rows is an id where nothing else is, and none beside a better one."""
    alone = read_learners(given(tmp_path, "a.csv", "Nr.;Name\n1;Ada Lovelace\n2;Bo Boris\n3;Cy Twombly\n"))
    assert [each.key for each in alone.learners] == ["1", "2", "3"]
    for head in ("Nr.", "Number", "Lfd. Nr."):
        rows = f"{head};Name;Schulnummer\n1;Ada Lovelace;77\n2;Bo Boris;3\n3;Cy Twombly;1\n"
        assert [each.ids for each in read_learners(given(tmp_path, "b.csv", rows)).learners] == [{"77"}, {"3"}, {"1"}]


def test_a_running_number_joins_nobody(tmp_path: Path) -> None:
    """A number that counts the rows of a roster is not taken for another learner's id in an export."""
    put(tmp_path, "lovelaceada_340_208490_02.json", "x")
    put(tmp_path, "borisbo_341_208491_02.json", "x", half=True)
    export = "Student,ID,SIS User ID,SIS Login ID,Section,02-attribution (4711)\n    Points Possible,,,,,20.00\n"
    export += '"Lovelace, Ada",340,2,ada,A,\n"Boris, Bo",341,1,bo,A,\n'
    roster = given(tmp_path, "class.csv", "Nr.;Name\n1;Ada Lovelace\n2;Bo Boris\n")
    run(tmp_path, roster=roster, canvas=given(tmp_path, "canvas.csv", export))
    found = {row["name"]: row["automatic points"] for row in table(tmp_path, "gradebook.csv")}
    assert found == {"Ada Lovelace": "20", "Bo Boris": "4.6"}


def test_columns_that_were_not_used(tmp_path: Path) -> None:
    """Where no id was found but a column may hold it, a row names the columns, and its remedy works."""
    put(tmp_path, "a.json", "lova")
    rows = "Name,Kürzel,Haus\nAda Lovelace,lova,9b\nBo Boris,bori,9b\n"
    run(tmp_path, roster=given(tmp_path, "class.csv", rows))
    assert reasons(tmp_path)["class.csv"].endswith("not used: “Kürzel” and “Haus”")
    run(tmp_path, roster=given(tmp_path, "class.csv", rows.replace("Kürzel", "id")))
    assert points(tmp_path) == {"lova": "20"}
    assert table(tmp_path, "problems.csv") == []


@pytest.mark.parametrize(
    ("capitals", "small"),
    [
        ("IŞIL KAYA", "Işıl Kaya"),
        ("İPEK IŞIK", "ipek ışık"),
        ("JÖRG STRASSE", "Jörg Straße"),
        ("JÖRG GROẞ", "Jörg Gross"),
        ("ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΣ", "Μαρία Παπαδόπουλος"),
        ("ΜΑΪΟΣ ΑΝΝΑ", "Μάιος Άννα"),
        ("ᲜᲘᲜᲝ ᲑᲔᲠᲘᲫᲔ", "ნინო ბერიძე"),
        ("ՍԵՎԱԿ ԱՆԻ", "Սևակ Անի"),
        ("ІВАНЕНКО МАРʼЯНА", "Іваненко Мар'яна"),
        ("ÉLODIE ŒUVRARD", "élodie œuvrard"),
        ("ＡＤＡ ＬＯＶＥ", "Ada Love"),
    ],
)
def test_capitals_of_any_script(tmp_path: Path, capitals: str, small: str) -> None:
    """A name in capitals is the same name, on the roster or in the file, and sure."""
    assert letters_and_digits(capitals) == letters_and_digits(small)
    put(tmp_path, "a.json", capitals)
    put(tmp_path, "b.json", "Zoe Zed", half=True)
    for listed, name in ((small, "b.csv"), (capitals, "c.csv")):
        run(tmp_path, roster=given(tmp_path, name, f"id,name\n17,{listed}\n18,Zoe Zed\n"))
        assert points(tmp_path) == {"17": "20", "18": "4.6"}
        assert table(tmp_path, "problems.csv") == []


def test_two_names_that_capitals_make_one(tmp_path: Path) -> None:
    """Where two learners on the list have one name in capitals, it is nobody's, and neither loses their id."""
    put(tmp_path, "a.json", "ILGIN KAYA")
    put(tmp_path, "b.json", "18", half=True)
    run(tmp_path, roster=given(tmp_path, "class.csv", "id,name\n17,Ilgın Kaya\n18,İlgin Kaya\n"))
    assert points(tmp_path) == {"": "20", "18": "4.6"}
    assert "more than one learner on the list has that name" in reasons(tmp_path)["a.json"]


@pytest.mark.parametrize(
    "rows",
    [
        "Name,id,Klasse\nMüller, Jörg,17,9b\nBoris, Bo,18,9b\n",
        "Name,id,Klasse\nMüller, Jörg,17,9b\nBo Boris,18,9b\n",
        "id,Name\n17,Müller, Jörg\n18,Boris, Bo\n",
        "id,Name\n17,Müller,Jörg\n18,Boris,Bo\n",
        "id,Name,Klasse\n17,Müller, Jörg,9b\n18,Boris, Bo,9b\n",
        "id,Name,E-Mail\n17,Müller,Jörg,jm@example.org\n18,Bo Boris,bo@example.org\n",
        "Name,Notiz,id\nMüller, Jörg,,17\nBo Boris,,18\n",
    ],
)
def test_a_comma_without_quotes(tmp_path: Path, rows: str) -> None:
    """A name with a comma and no quotes is put right where there is one way to read its row: no id is shifted."""
    put(tmp_path, "a.json", "Jörg Müller")
    put(tmp_path, "b.json", "18", half=True)
    run(tmp_path, roster=given(tmp_path, "class.csv", rows))
    assert points(tmp_path) == {"17": "20", "18": "4.6"}
    assert table(tmp_path, "problems.csv") == []


@pytest.mark.parametrize(
    "rows",
    [
        "id,Name,Klasse\n17,Müller,Jörg,9b\n",
        "id,Name\n17,Ada Lovelace,absent\n",
        "Name,id\nMüller, Jörg, Dr.,17\n",
        "id,Name,Note\n17,Ada Lovelace,late,sick\n",
        "id,Name\n17,Ada Lovelace,9b\n",
    ],
)
def test_a_comma_that_may_be_anywhere(tmp_path: Path, rows: str) -> None:
    """A row that has a cell too many and more than one reading is refused, with its number and the remedy."""
    with pytest.raises(GradingError, match=r"row 2 .*quotes around a cell"):
        read_learners(given(tmp_path, "class.csv", rows))


LISTS = {
    "a school administration, with preferred names": (
        "Familienname;Rufname;Klasse;Geburtsdatum\nMüller;Jörg;9b;12.04.2008\nvon der Tann;Anna-Lena;9b;13.04.2008\n"
    ),
    "a timetable program": (
        "name;longName;foreName;gender;birthDate;klasse.name;entryDate;exitDate;text;id;externKey\n"
        "MuellJoe;Müller;Jörg;M;12.04.2008;9b;;;;4711;900017\n"
        "TannAnn;von der Tann;Anna-Lena;W;13.04.2008;9b;;;;4712;900018\n"
    ),
    "heads that begin with whose they are": (
        "SchuelerNachname;SchuelerRufname;SchuelerGeburtsdatum;GruppeBezeichnung;SchuelerId\n"
        "Müller;Jörg;12.04.2008;9b;900017\n"
        "von der Tann;Anna-Lena;13.04.2008;9b;900018\n"
    ),
    "a title and a running number above and below": (
        "Klassenliste 9b, Schuljahr 2026/27\n"
        "\n"
        "Nr.;Nachname;Vorname;Schülernummer\n"
        "1;Müller;Jörg;900017\n"
        "2;von der Tann;Anna-Lena;900018\n"
        ";;;\n"
        "Anzahl: 2;;;\n"
        ";;;\n"
    ),
    "heads in two rows": (
        "Schüler;;Kontakt;\n"
        "Nachname;Vorname;E-Mail;Telefon\n"
        "Müller;Jörg;jm@example.org;0151 23456781\n"
        "von der Tann;Anna-Lena;at@example.org;0151 23456782\n"
    ),
    "lines between classes and a total": (
        "Name;Schul-ID\nKlasse 9a;\nMüller, Jörg;900017\nKlasse 9b;\nvon der Tann, Anna-Lena;900018\nSumme;2\n"
    ),
    "empty columns and rows": (";Nr;;Name;;\n;;;;;\n;1;;Müller, Jörg;;\n;2;;von der Tann, Anna-Lena;;\n;;;;;\n"),
    "name and id in one cell": ('Teilnehmer\n"Müller, Jörg (900017)"\n"von der Tann, Anna-Lena (900018)"\n'),
    "ids with an apostrophe": ("id,name\n'00017,Jörg Müller\n'00018,Anna-Lena von der Tann\n"),
    "ids as formulas": ('id,name\n"=""00017""",Jörg Müller\n"=""00018""",Anna-Lena von der Tann\n'),
    "a line for the spreadsheet, names in capitals": (
        "sep=;\r\nMatr.-Nr.;Name\r\n0900017;MÜLLER Jörg\r\n0900018;VON DER TANN Anna-Lena\r\n\r\n\r\n"
    ),
    "a mark and tabs": (
        "\ufeffStudent Number\tLast Name\tFirst Name\r\n900017\tMüller\tJörg\r\n900018\tvon der Tann\tAnna-Lena\r\n"
    ),
    "a class in the cloud, with dates and points": (
        "Last Name,First Name,Email Address,Week 1,Week 2\n"
        "Date,,,2026-11-01,2026-11-08\n"
        "Points,,,20,20\n"
        "Class Average,,,15,15\n"
        "Müller,Jörg,jm@example.org,18,17\n"
        "von der Tann,Anna-Lena,at@example.org,12,20\n"
    ),
    "a class in a chat program": (
        "First Name,Last Name,Email Address,Week 1,Points,Feedback\n"
        "Jörg,Müller,jm@example.org,18,20,ok\n"
        "Anna-Lena,von der Tann,at@example.org,12,20,\n"
    ),
    "tabs and two bytes a letter": (
        '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"\t"Week 2 [Total Pt'
        's: 20 Score] |4711"\n'
        '"Müller"\t"Jörg"\t"jm"\t"900017"\t"2026-11-20 10:00:00"\t"Yes"\t""\n'
        '"von der Tann"\t"Anna-Lena"\t"at"\t"900018"\t""\t"Yes"\t""\n'
    ),
    "ids with a hash": (
        "OrgDefinedId,Username,Last Name,First Name,Email,Week 2 Points Grade <Numeric MaxPoints:20>,End"
        "-of-Line Indicator\n"
        "#900017,#jm,Müller,Jörg,jm@example.org,,#\n"
        "#900018,#at,von der Tann,Anna-Lena,at@example.org,,#\n"
    ),
    "a login before the number": (
        "Name;Anmeldename;Matrikelnummer;Status;Note\n"
        "Müller, Jörg;jm;900017;nicht bearbeitet;\n"
        "von der Tann, Anna-Lena;at;900018;nicht bearbeitet;\n"
    ),
    "one column of names in capitals": (
        "Élève;Né(e) le;Classe;N° INE\n"
        "MÜLLER Jörg;12/04/2008;3B;0512345678A\n"
        "VON DER TANN Anna-Lena;13/04/2008;3B;0512345679B\n"
    ),
    "middle names": (
        "Student_Number,First_Name,Middle_Name,Last_Name,Grade_Level\n"
        "900017,Jörg,Kai,Müller,9\n"
        "900018,Anna-Lena,,von der Tann,9\n"
    ),
    "prefixes of last names": (
        "Leerlingnummer;Roepnaam;Tussenvoegsel;Achternaam;Klas\n"
        "900017;Jörg;;Müller;4v\n"
        "900018;Anna-Lena;von der;Tann;4v\n"
    ),
    "two last names": (
        "No. de control,Apellido paterno,Apellido materno,Nombre(s)\n"
        "900017,Müller,Pérez,Jörg\n"
        "900018,Tann,López,Anna-Lena\n"
    ),
    "a head for both genders": (
        "Alumno/a;DNI;Grupo\nMüller, Jörg;90000017X;4A\nvon der Tann, Anna-Lena;90000018Y;4A\n"
    ),
    "a running number with full stops": (
        "Lp.;Nazwisko i imię;Numer legitymacji\n1.;Müller Jörg;900017\n2.;von der Tann Anna-Lena;900018\n"
    ),
    "a class register": ("Číslo;Příjmení a jméno;Třída\n1;Müller Jörg;9.B\n2;von der Tann Anna-Lena;9.B\n"),
    "capitals and two numbers": ("Sıra No;ÖĞRENCİ NO;ADI SOYADI\n1;17;JÖRG MÜLLER\n2;18;ANNA-LENA VON DER TANN\n"),
    "seats as ids": ("出席番号,氏名,ふりがな\n1,Jörg Müller,x\n2,Anna-Lena von der Tann,y\n"),
    "numbers with a sign": ("№ з/п;Прізвище, ім'я;№ квитка\n1;Müller Jörg;900017\n2;von der Tann Anna-Lena;900018\n"),
    "codes in capitals": (
        "S.No,Roll No.,Name of the Student,Section\n1,21CS1017,JÖRG MÜLLER,A\n2,21CS1018,ANNA-LENA VON DER TANN,A\n"
    ),
    "parents beside learners": (
        "Student Name,Student ID,Parent Name,Parent Email,Student Email\n"
        "Jörg Müller,900017,Eva Müller,eva@example.org,jm@example.org\n"
        "Anna-Lena von der Tann,900018,Max von der Tann,max@example.org,at@example.org\n"
    ),
    "heads on each page": (
        "Name;Nr\nMüller, Jörg;17\nName;Nr\nvon der Tann, Anna-Lena;18\nTotal: 2\nExportiert am 12.11.2026;\n"
    ),
    "short names beside whole ones": ("Name;Vorname;Nachname\nJM;Jörg;Müller\nAT;Anna-Lena;von der Tann\n"),
    "two parts in one head": (
        '"Matrikelnr.";"Name, Vorname"\n"900017";"Müller, Jörg"\n"900018";"von der Tann, Anna-Lena"\n'
    ),
    "birthdays": (
        "N.;Cognome e Nome;Matricola;Data di nascita\n"
        "1;MÜLLER JÖRG;900017;12/04/2008\n"
        "2;VON DER TANN ANNA-LENA;900018;13/04/2008\n"
    ),
    "three numbers": (
        "N°;NOM;Prénom;N° étudiant;Groupe\n1;MÜLLER;Jörg;900017;TD1\n2;VON DER TANN;Anna-Lena;900018;TD1\n"
    ),
    "a school's name and a teacher above": (
        "School of Media;;\n"
        "Teacher: Ms Smith;;\n"
        "ID;Name;Course\n"
        "900017;Jörg Müller;M1\n"
        "900018;Anna-Lena von der Tann;M1\n"
    ),
}
"""Lists of two learners as schools and platforms write them."""


@pytest.mark.parametrize("kind", LISTS)
def test_lists_as_people_have_them(tmp_path: Path, kind: str) -> None:
    """Whatever stands around them, learners of a list get their own marks, and nobody else is on it."""
    put(tmp_path, "a.json", "Jörg Müller")
    put(tmp_path, "b.json", "Anna-Lena von der Tann" if kind != "two last names" else "Anna-Lena Tann", half=True)
    encoding = "utf-16" if kind == "tabs and two bytes a letter" else "utf-8"
    run(tmp_path, roster=given(tmp_path, "class.csv", LISTS[kind].encode(encoding)))
    found = {row["learner"]: (bool(row["name"]), row["automatic points"]) for row in table(tmp_path, "gradebook.csv")}
    first, second = found.values()
    assert {first, second} == {(True, "20"), (True, "4.6")}
    assert all(file == "class.csv" for file in reasons(tmp_path))


def test_an_address_of_parents_is_nobodys(tmp_path: Path) -> None:
    """An e-mail that two learners share, or that a head gives to parents, is not by what a learner is known."""
    rows = "Ada Müller,eva@example.org\nBo Müller,eva@example.org\nCy Boris,max@example.org\n"
    for head in ("Name,Contact", "Name,Parent e-mail"):
        listed = read_learners(given(tmp_path, "a.csv", f"{head}\n{rows}"))
        assert [each.key for each in listed.learners] == ["Ada Müller", "Bo Müller", "Cy Boris"]


def test_ids_of_programs(tmp_path: Path) -> None:
    """What programs put around ids to save them from a spreadsheet is no part of them."""
    for cell in ("'00017", "’00017", '"=""00017"""', "#00017", "\u200e00017"):
        listed = read_learners(given(tmp_path, "a.csv", f"id,name\n{cell},Ada Lovelace\n"))
        assert [each.key for each in listed.learners] == ["00017"]


def test_rows_that_are_no_learner_are_named(tmp_path: Path) -> None:
    """A line between classes is passed over with a row that says so; a learner with one word and no id is not."""
    put(tmp_path, "a.json", "17")
    rows = "Class list\nName;ID\nClass 9b;\nAda Lovelace;17\nSuharto;\nBo Page;18\nTotal: 3;\n"
    run(tmp_path, roster=given(tmp_path, "class.csv", rows))
    assert reasons(tmp_path)["class.csv"].startswith("rows 3 (“Class 9b”) and 7 (“Total: 3”) skipped")
    assert [row["name"] for row in table(tmp_path, "gradebook.csv")] == ["Ada Lovelace", "Suharto", "Bo Page"]


@pytest.mark.parametrize(
    "rows",
    [
        "17001,Ada Lovelace\n17002,Bo Boris\n17003,Cy Twombly\n",
        "Ada Lovelace,ada@example.org\nBo Boris,bo@example.org\n",
        "Ada Lovelace\nBo Boris\n",
    ],
)
def test_a_list_without_heads_loses_nobody(tmp_path: Path, rows: str) -> None:
    """A list whose first row is a learner is refused with the remedy, and works with a row above."""
    with pytest.raises(GradingError, match="row above"):
        read_learners(given(tmp_path, "a.csv", rows))


def test_a_learner_who_is_called_like_a_head(tmp_path: Path) -> None:
    """A learner whose names are the words for heads in some language is no head, and nobody above is lost."""
    for rows in ("Name,Note\nAda Lovelace,x\nNome,Ime\n", "id,name,note\n1,Ada,x\n2,Nome,email\n"):
        assert len(read_learners(given(tmp_path, "a.csv", rows)).learners) == 2


def test_exports_without_ids_are_quiet(tmp_path: Path) -> None:
    """Points, times, phones and rooms in an export without ids are no reason for a row in problems.csv."""
    heads = "Vorname,Nachname,E-Mail-Adresse,Test: Woche 2 (Punkte),Kurs gesamt,Telefon,Zuletzt heruntergeladen\n"
    rows = "Ada,Lovelace,a@example.org,85,1850,5550100,1790000000\nBo,Boris,b@example.org,90,1900,5550101,1790000000\n"
    assert read_learners(given(tmp_path, "a.csv", heads + rows)).problems() == []


def test_rows_are_counted_as_in_the_file(tmp_path: Path) -> None:
    """A message about a row counts from the top of the file, titles too."""
    rows = "Class 9b\n\nid,name\n17,Ada Lovelace\n17,Bo Boris\n"
    with pytest.raises(GradingError, match="rows 4 and 5"):
        read_learners(given(tmp_path, "a.csv", rows))


def test_long_lists_stay_cheap(tmp_path: Path) -> None:
    """Ten times as many learners, with odd ids and commas without quotes, cost about ten times the steps."""

    def read(count: int) -> None:
        lines = "".join(f"{number},Müller, Jörg {'x' * (number % 7)}\nabc x{number},\n" for number in range(count))
        read_learners(given(tmp_path, "a.csv", f"id,name\n{lines}"))

    assert make.steps(lambda: read(1000)) < 20 * make.steps(lambda: read(100))


def test_a_row_with_nothing_but_a_rounded_number_is_a_learner(tmp_path: Path) -> None:
    """A cell that a spreadsheet rounded, alone in its row, stops no run: the row is told by its number."""
    rows = "id,name,e-mail\n17,Ada Lovelace,ada@example.org\n,,1.23E+4\n"
    learners = read_learners(given(tmp_path, "class.csv", rows)).learners
    assert [learner.key for learner in learners] == ["17", "1.23E+4 (row 3)"]


def test_a_short_name_beside_first_and_last_name_is_a_name_too(tmp_path: Path) -> None:
    """Who is called by the name that the list has beside first and last name is found, by either."""
    put(tmp_path, "a.json", "Adele King")
    put(tmp_path, "b.json", "Bo Boris", half=True)
    rows = "id,name,first name,middle name,last name\n17,Adele King,Ada,Byron,Lovelace\n18,Bo Boris,Bo,Ben,Boris\n"
    run(tmp_path, roster=given(tmp_path, "class.csv", rows))
    assert points(tmp_path) == {"17": "20", "18": "4.6"}


@pytest.mark.parametrize(
    "head",
    [
        *(
            "section",
            "Sections",
            "Class",
            "Klasse",
            "klasse.name",
            "Kurs",
            "Course",
            "Cours",
            "Classe",
            "Clase",
            "Curso",
        ),
        *(
            "Turma",
            "Sezione",
            "Klas",
            "Klasa",
            "клас",
            "Секція",
            "класс",
            "Sınıfı",
            "Třída",
            "Luokka",
            "Osztály",
            "Τμήμα",
        ),
        *("組", "班级", "반", "الصف", "כיתה", "Student class", "Class (2026)"),
    ],
)
def test_a_column_of_sections(tmp_path: Path, head: str) -> None:
    """A column of classes, courses or sections gives each learner's, as written, several between semicolons."""
    rows = f'Name;id;{head}\nAda Lovelace;17001;9b\nBo Boris;17002;"9b;  Year 10"\nCy Twombly;17003;\n'
    listed = read_learners(given(tmp_path, "class.csv", rows)).learners
    assert [learner.sections for learner in listed] == [{"9b"}, {"9b", "Year 10"}, frozenset()]


@pytest.mark.parametrize(
    "head", ["Class no.", "Class teacher", "Kurs gesamt", "Group", "Number of classes", "курс", "Classroom"]
)
def test_what_is_no_section(tmp_path: Path, head: str) -> None:
    """A number in class, a teacher, a total, a group or a year of study is no section."""
    rows = f"Name;id;{head}\nAda Lovelace;17001;1\nBo Boris;17002;2\n"
    assert not any(learner.sections for learner in read_learners(given(tmp_path, "class.csv", rows)).learners)


def test_a_title_of_a_class_is_no_head(tmp_path: Path) -> None:
    """A line above the heads that says which class it is isn't taken for them."""
    listed = read_learners(given(tmp_path, "class.csv", "Class;\nName;Points\nAda Lovelace;1\nBo Boris;2\n")).learners
    assert [learner.key for learner in listed] == ["Ada Lovelace", "Bo Boris"]


SECTIONS = {
    ("Lab 1 and Lecture", "Lab 2 and Lecture"): ({"Lab 1", "Lecture"}, {"Lab 2", "Lecture"}),
    ("A", "A, B, and C"): ({"A"}, {"A", "B", "C"}),
    ("A", "A, B und C"): ({"A"}, {"A", "B", "C"}),
    ("Наука і Читання", "Наука"): ({"Наука", "Читання"}, {"Наука"}),
    ("Drama and Film", "Drama and Film"): ({"Drama and Film"}, {"Drama and Film"}),
    ("Drama and Film", "Maths"): ({"Drama and Film"}, {"Maths"}),
    ("Drama and Film and Maths", "Maths"): ({"Drama and Film", "Maths"}, {"Maths"}),
}


@pytest.mark.parametrize("cells", SECTIONS)
def test_sections_that_canvas_joins(tmp_path: Path, cells: tuple[str, str]) -> None:
    """Canvas joins a learner's sections as a sentence does; one whose name has an "and" in it stays whole."""
    export = "Student,ID,SIS User ID,SIS Login ID,Section,02-attribution (4711)\n    Points Possible,,,,,20.00\n"
    export += f'"Lovelace, Ada",340,,ada,"{cells[0]}",\n"Boris, Bo",341,,bo,"{cells[1]}",\n'
    groups = "name,canvas_user_id,login_id,sections,group_name\n"
    groups += f'"Lovelace, Ada",340,ada,"{cells[0]}",Owls\n"Boris, Bo",341,bo,"{cells[1]}",\n'
    for text in (export, groups):
        listed = read_learners(given(tmp_path, "canvas.csv", text)).learners
        assert tuple(learner.sections for learner in listed) == SECTIONS[cells]


def test_a_roster_joins_nothing_by_and(tmp_path: Path) -> None:
    """On a list of one's own only a semicolon separates sections."""
    rows = "id,name,section\n17001,Ada Lovelace,Drama and Film\n17002,Bo Boris,Film\n"
    listed = read_learners(given(tmp_path, "class.csv", rows)).learners
    assert [learner.sections for learner in listed] == [{"Drama and Film"}, {"Film"}]


def test_sections_of_two_lists_are_joined(tmp_path: Path) -> None:
    """A learner is in the sections of the roster and of the platform's export."""
    roster = read_learners(given(tmp_path, "class.csv", "id,name,class\nada,Ada Lovelace,9b\n"))
    export = 'Student,ID,SIS Login ID,Section\n    Points Possible,,,\n"Lovelace, Ada",340,ada,Media\n'
    (learner,) = join_lists([roster, read_learners(given(tmp_path, "canvas.csv", export), "canvas")]).values()
    assert learner.sections == {"9b", "Media"}


def test_a_class_without_quotes_keeps_a_split_name_whole(tmp_path: Path) -> None:
    """A name that a comma split is joined even where the row has a class of its own."""
    rows = "Name,id,Klasse\nMüller, Jörg,17001,9c\nBo Boris,17002,9b\n"
    listed = read_learners(given(tmp_path, "class.csv", rows)).learners
    assert [(learner.name, learner.sections) for learner in listed] == [("Müller, Jörg", {"9c"}), ("Bo Boris", {"9b"})]


ROSTER = "id,name,e-mail\n17001,Ada Lovelace,ada@example.org\n17002,Bo Boris,bo@example.org\n"


@pytest.mark.parametrize(
    "rows",
    [
        "id,group\n17001,Owls\n17002,owls\n",
        "E-Mail;Gruppe\nada@example.org;Owls\nbo@example.org;Owls\n",
        "Group list\nlearner,team\n17001,Owls\nBo Boris,Owls\n",
        'name,group\n"Lovelace, Ada",Owls\nBo Boris,Cats; Owls\n',
        "name,group\nAda Lovelace,Cats\nAda Lovelace,Owls\nBo Boris,Owls\n",
    ],
)
def test_a_list_of_groups(tmp_path: Path, rows: str) -> None:
    """A CSV file puts the learners of the roster into groups, by id, e-mail or name, on one line or several."""
    put(tmp_path, "a.json", "Owls")
    roster = given(tmp_path, "class.csv", ROSTER)
    run(tmp_path, roster=roster, groups=given(tmp_path, "groups.csv", rows))
    assert points(tmp_path) == {"17001": "20", "17002": "20"}
    assert table(tmp_path, "problems.csv") == []


def test_a_group_member_on_no_list_has_a_row(tmp_path: Path) -> None:
    """A line for someone on no list, or whose cells name two learners, is a row, and its remedy works."""
    put(tmp_path, "a.json", "Owls")
    roster = given(tmp_path, "class.csv", ROSTER)
    groups = given(tmp_path, "groups.csv", "id,name,group\n17001,Bo Boris,Owls\n17,Bo B.,Owls\n")
    run(tmp_path, roster=roster, groups=groups)
    first, second = (row["reason"] for row in table(tmp_path, "problems.csv") if row["file"] == "groups.csv")
    assert first.startswith("row 2: “17001, Bo Boris”")
    assert "more than one learner" in first
    assert second.startswith("row 3: “17, Bo B.”")
    assert "on no list" in second
    assert points(tmp_path) == {"": "20"}
    groups.write_text("id,name,group\n17001,Ada Lovelace,Owls\n17002,Bo Boris,Owls\n", encoding="utf-8")
    run(tmp_path, roster=roster, groups=groups)
    assert points(tmp_path) == {"17001": "20", "17002": "20"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [("id,x\n17001,Owls\n", "no column has the groups"), ("x,group\ny,Owls\n", "no column says which learner")],
)
def test_a_list_of_groups_needs_two_columns(tmp_path: Path, rows: str, message: str) -> None:
    """A list without groups or learners is refused with the column that is missing."""
    put(tmp_path, "a.json", "Owls")
    with pytest.raises(GradingError, match=message):
        run(tmp_path, roster=given(tmp_path, "class.csv", ROSTER), groups=given(tmp_path, "groups.csv", rows))


def test_a_list_of_groups_is_no_roster(tmp_path: Path) -> None:
    """Groups alone are refused: they only add to the learners of another list; the list is never graded as a file."""
    put(tmp_path, "a.json", "Owls")
    with pytest.raises(GradingError, match="--roster"):
        run(tmp_path, groups=given(tmp_path, "groups.csv", "id,group\n17001,Owls\n"))
    groups = given(tmp_path / "in", "groups.csv", "id,group\n17001,Owls\n")
    run(tmp_path, roster=given(tmp_path, "class.csv", ROSTER), groups=groups)
    assert table(tmp_path, "problems.csv") == []
