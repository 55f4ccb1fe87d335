"""Finds out what the columns of a list of learners hold: by their heads in many languages, and by their form."""

# ruff: noqa: RUF001  (words in many scripts, some letters of which look like others)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.grading.submissions.columns import Columns
from copydesk.grading.submissions.id_columns import is_of_others
from copydesk.grading.submissions.names import BRACKETED, letters_and_digits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.grading.files.csv_files import CsvTable


def _letters_of_words(text: str) -> frozenset[str]:
    """Return the letters of each of the words between semicolons."""
    return frozenset(map(letters_and_digits, text.split(";")))


WORDS = {
    "id": """
        id; student id; user id; canvas id; sis id; sis user id; sis login id; login id; login; username; user name;
        id number; identifier; student number; number; matriculation number; integration id; student no; kennung;
        benutzername; anmeldename; matrikelnummer; matrikelnr; matrikel; id-nummer; identifiant; numéro d'étudiant;
        numéro étudiant; numéro d'identification; nom d'utilisateur; identificador; número de identificación;
        número de ID; nombre de usuario; matrícula; usuario; número de identificação; nome de utilizador;
        nome de usuário; RA; identificativo; codice identificativo; matricola; nome utente; identificatie;
        studentnummer; gebruikersnaam; identyfikator; numer albumu; nr albumu; nazwa użytkownika; ідентифікатор;
        номер; логін; ідентифікаційний номер; идентификатор; логин; номер зачетки; öğrenci no; öğrenci numarası;
        kullanıcı adı; kimlik; identifikátor; osobní číslo; uživatelské jméno; opiskelijanumero; käyttäjätunnus;
        användarnamn; personnummer; brukernavn; brugernavn; felhasználónév; azonosító; neptun kód; αριθμός μητρώου;
        αναγνωριστικό; 学籍番号; ユーザ名; orgdefinedid; org defined id; child login id; candidate number; roll no;
        roll number; index number; admission number; reg no; registration number; enrolment no; enrollment no; upn;
        usn; netid; student code; schulnummer; schülernummer; schüler-id; personalnummer; kundennummer;
        numéro de matricule; matricule; code permanent; ine; n° étudiant; numéro élève; numero; no. de control;
        número de control; legajo; cédula; carné; carnet; expediente; rut; nia; numer legitymacji; numer indeksu;
        nr indeksu; číslo; číslo studenta; učo; osobné číslo; aem; broj indeksa; jmbag; leerlingnummer; stamnummer;
        cpr; elevnummer; numero matricola; α.μ.; 学号; 学號; 用户名; 学生编号; 학번; 사용자명; الرقم الجامعي;
        رقم الطالب; מזהה; שם משתמש
    """,
    "canvas": """
        canvas user id; canvas id
    """,
    "name": """
        teilnehmer; teilnehmende; teilnehmer/in; kursteilnehmer; alumno/a; alumnos; alumnado; apprenant;
        name of the student; name of the candidate; name of candidate; name of pupil; nombre del alumno;
        nome do aluno; nom de l'élève; jméno žáka; naam leerling; adı soyadı; ad-soyad; pupil; pupil name; candidate;
        candidate name; name of student; names; élève; élèves; eleve; schüler; schülerin; schüler/in; schülername;
        studierende; student/in; leerling; uczeń; учень; учні; студент; ученик; žák; žiak; elev; oppilas; tanuló;
        hallgató; μαθητής; φοιτητής; 生徒; 生徒名; 児童名; 学生; 学生姓名; 학생; الطالب; תלמיד; alumne; allievo;
        full name; student; student name; learner; learner name; display name; participant; vollständiger name;
        nom complet; étudiant;
        nombre completo; nombre y apellidos; estudiante; apellidos y nombre; alumno; nome completo; aluno; estudante;
        nome e cognome; cognome e nome; studente; volledige naam; imię i nazwisko; nazwisko i imię; повне ім'я; піб;
        прізвище та ім'я; полное имя; фио; имя и фамилия; фамилия и имя; tam adı; ad soyad; adı soyadı; öğrenci;
        celé jméno; jméno a příjmení; fullständigt namn; fullt navn; fulde navn; koko nimi; teljes név; nume complet;
        ονοματεπώνυμο; πλήρες όνομα; 氏名; 姓名; 全名; フルネーム; 성명; 전체 이름; الاسم الكامل; الاسم; שם מלא;
        पूरा नाम; नाम; ชื่อ-นามสกุล; họ và tên
    """,
    "either": """
        name; nom; nome; nombre; naam; navn; namn; nimi; nume; imię; jméno; meno; ім'я; имя; ad; adı; név; όνομα; ime;
        emri; 이름
    """,
    "middle": """
        middle name; middle names; second name; patronymic; tussenvoegsel; tussenvoegsels; voorvoegsel; voorvoegsels;
        infix; по батькові; отчество; mellannamn; mellomnavn; mellemnavn
    """,
    "second": """
        apellido materno; segundo apellido; second surname; second last name
    """,
    "first": """
        nombres; nombre(s); nome(s); prénom(s); first; given names; rufname; roepnaam; prénom usuel; preferred name;
        tilltalsnamn; first name; given name; forename; vorname; prénom; primer nombre; nome próprio; primeiro nome;
        voornaam; first names; vornamen; prénoms; fornavn; förnamn; etunimi; keresztnév; utónév; prenume;
        křestní jméno; 名; 이름; الاسم الأول; שם פרטי; ชื่อ; tên
    """,
    "last": """
        apellido paterno; apellido(s); nom(s); last; long name; last names; surnames; nom d'usage; nom de naissance;
        familiename; last name; surname; family name; nachname; familienname; nom de famille; apellido; apellidos;
        primer apellido; cognome; cognomi; apelido; sobrenome; último nome; achternaam; nazwisko; прізвище; фамилия;
        soyad; soyadı; příjmení; priezvisko; efternamn; etternavn; efternavn; sukunimi; vezetéknév; családnév;
        nume de familie; επώνυμο; prezime; 姓; 성; اسم العائلة; שם משפחה; นามสกุล; họ
    """,
    "email": """
        email; e-mail; email address; mail; e-mail-adresse; adresse de courriel; courriel; adresse mail; correo;
        correo electrónico; dirección de correo; endereço de e-mail; indirizzo email; e-mailadres; adres e-mail;
        електронна пошта; адреса електронної пошти; электронная почта; адрес эл. почты; e-posta; e-posta adresi;
        e-mailová adresa; e-postadress; e-postadresse; sähköposti; メールアドレス; 电子邮件; 电子邮箱; 邮箱; 이메일;
        البريد الإلكتروني; דוא"ל
    """,
    "alias": """
        alias; aliases; nickname; pseudonym; pseudonyme; seudónimo; псевдонім; псевдоним
    """,
    "group": """
        group; groups; group name; team; teams; gruppe; gruppen; groupe; groupes; grupo; grupos; equipo; equipe;
        équipe; gruppo; gruppi; groep; grupa; zespół; група; команда; группа; grup; grubu; takım; skupina; grupp; lag;
        ryhmä; csoport; ομάδα; グループ; 小组; 小組; 组; 그룹; 조; المجموعة; קבוצה
    """,
    "section": """
        section; sections; section name; section names; class; classes; class name; form group; tutor group;
        registration group; homeroom; home room; course; course section; klasse; klassen; klassenname; klasse.name;
        schulklasse; stammklasse; kurs; kurse; kursname; cours; classe; classes; classe principale; clase; clases;
        curso; cursos; sección; secciones; paralelo; turma; turmas; seção; secção; seções; classi; sezione; sezioni;
        corso; klas; klassen; stamklas; klasa; klasy; oddział; oddziały; sekcja; клас; класи; секція; секції; класс;
        классы; секция; секции; клас/секція; sınıf; sınıfı; şube; şubesi; třída; třídy; trieda; klass; klasser; sektion;
        seksjon; sektioner; luokka; osztály; clasa; clasă; secție; τμήμα; τάξη; razred; odjel; odjeljenje; oddelek;
        クラス; 組; 学級; 班; 班级; 班級; 课程班级; 반; 학급; 분반; الشعبة; الصف; الفصل; כיתה; कक्षा; वर्ग; ห้อง; lớp;
        kelas
    """,
}
"""What a column may be called, as people write it; compared without spaces, marks and capitals.

``either`` means the whole name, or the first or last where another column has the rest.
"""

HEADS = {kind: _letters_of_words(words) for kind, words in WORDS.items()}

PARTICIPANTS = _letters_of_words(
    """
    participant; teilnehmer; teilnehmerin; teilnehmer/in; participante; partecipante; deelnemer; uczestnik; учасник;
    участник; katılımcı; účastník; deltagare; deltaker; deltager; osallistuja; résztvevő; partaidea; 参加者; 参与者;
    參與者; 참가자; مشارك
    """
)
"""What Moodle calls everyone when names are hidden during marking."""

GRADE_HEADS = _letters_of_words(
    """
    grade; note; bewertung; calificación; nota; valutazione; cijfer; beoordeling; ocena; оцінка; оценка; not;
    hodnocení; známka; betyg; karakter; arvosana; értékelés; βαθμός; 評点; 成绩; 成績; 점수; الدرجة; ציון
    """
)
"""What Moodle calls the column of the grade; elsewhere it is known by its place before the maximum."""

HALVES = 2
ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
LEARNERS = re.compile(r"^(?:student|learner|pupil|child|schüler|schueler|élève|eleve|alumno|leerling)s?")
"""How a head may begin where a list also has teachers and parents: ``Student Last Name``."""

JOINT = re.compile(r"[,/&+]|\s(?:and|und|et|y|e|i|a|og|och|ja|en|та|і|и)\s", re.IGNORECASE)
"""What is between the two halves of a head such as ``Name, First name``."""


def find_columns(table: CsvTable) -> Columns:
    """Return the columns of a list by kind, from the words in its first row; e-mails also from their form."""
    numbers = _numbers_by_kind(table.heads)
    if not numbers["email"]:
        numbers["email"] = _address_columns(table, Columns(numbers))
    return Columns(numbers)


def _address_columns(table: CsvTable, columns: Columns) -> list[int]:
    """Return the columns with e-mails of the learners in all their cells, whatever they are called."""
    addresses = []
    for column in range(len(table.heads)):
        are_addresses = all_fit(table, column, ADDRESS)
        if are_addresses and not is_of_others(table, column, columns):
            addresses.append(column)
    return addresses


def count_heads(cells: Iterable[str]) -> int:
    """Return how many cells of a row are column heads; ``Class`` alone may be the title of a list: ``Class;9b``."""
    numbers = _numbers_by_kind(cells)
    del numbers["section"]
    return len(Columns(numbers).all_numbers)


def _numbers_by_kind(heads: Iterable[str]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {kind: [] for kind in HEADS}
    for column, head in enumerate(heads):
        for kind in _kinds(head):
            numbers[kind].append(column)
    either = set(numbers.pop("either"))
    of_one_kind = set().union(*numbers.values())
    kind = _missing_name(numbers)
    numbers[kind] = sorted([*numbers[kind], *(either - of_one_kind)])
    numbers["id"] = sorted(set(numbers["id"]) - set(numbers["canvas"]))
    return numbers


def _missing_name(numbers: dict[str, list[int]]) -> str:
    """Return the kind of a column called ``name``: the half of the name that no other column has, or the whole."""
    if bool(numbers["last"]) == bool(numbers["first"]):
        return "name"
    return "first" if numbers["last"] else "last"


def _kinds(head: str) -> set[str]:
    """Return the kinds that a head may mean, even without its brackets, or if it names both parts of a name."""
    for text in (
        letters_and_digits(head),
        letters_and_digits(BRACKETED.sub(" ", head)),
        LEARNERS.sub("", letters_and_digits(head)),
    ):
        kinds = {kind for kind, words in HEADS.items() if text in words}
        if kinds:
            return kinds
    return {"name"} if _names_both_halves(head) else set()


def _names_both_halves(head: str) -> bool:
    """Return whether a head names the first and the last name, not both by a word that may mean either."""
    halves = JOINT.split(head)
    words = set(map(letters_and_digits, halves))
    first_or_last = HEADS["first"] | HEADS["last"]
    are_names = words <= first_or_last | HEADS["either"]
    return len(halves) == HALVES and are_names and not words.isdisjoint(first_or_last)


def all_fit(table: CsvTable, column: int, pattern: re.Pattern[str]) -> bool:
    """Return whether a column has any content, and all of it has one form."""
    values = table.column(column)
    return bool(values) and all(map(pattern.fullmatch, values))


def has_heads(heads: Iterable[str], wanted: Iterable[str]) -> bool:
    """Return whether a first row has all the columns that a platform's list has."""
    return set(map(letters_and_digits, heads)) >= set(wanted)
