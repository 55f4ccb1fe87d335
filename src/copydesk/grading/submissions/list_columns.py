"""Finds out what the columns of a list of learners hold: by their heads in many languages, and by their form."""

# ruff: noqa: RUF001  (words in many scripts, some letters of which look like others)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from copydesk.grading.submissions.columns import Columns
from copydesk.grading.submissions.id_columns import is_of_others
from copydesk.grading.submissions.names import ASIDE, letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from copydesk.grading.files.csv_files import CsvText

EITHER = [
    "name",
    "nom",
    "nome",
    "nombre",
    "naam",
    "navn",
    "namn",
    "nimi",
    "nume",
    "imię",
    "jméno",
    "meno",
    "ім'я",
    "имя",
    "ad",
    "adı",
    "név",
    "όνομα",
    "ime",
    "emri",
    "이름",
]
"""Heads that mean the whole name, or the first or last where another column has the rest."""

WORDS: dict[str, list[str]] = {
    "id": [
        *("id", "student id", "user id", "canvas id", "sis id", "sis user id", "sis login id", "login id", "login"),
        *("username", "user name", "id number", "identifier", "student number", "number", "matriculation number"),
        *("integration id", "student no", "kennung", "benutzername", "anmeldename", "matrikelnummer", "matrikelnr"),
        *("matrikel", "id-nummer", "identifiant", "numéro d'étudiant", "numéro étudiant", "numéro d'identification"),
        *("nom d'utilisateur", "identificador", "número de identificación", "número de ID", "nombre de usuario"),
        *("matrícula", "usuario", "número de identificação", "nome de utilizador", "nome de usuário", "RA"),
        *("identificativo", "codice identificativo", "matricola", "nome utente", "identificatie", "studentnummer"),
        *("gebruikersnaam", "identyfikator", "numer albumu", "nr albumu", "nazwa użytkownika", "ідентифікатор"),
        *("номер", "логін", "ідентифікаційний номер", "идентификатор", "логин", "номер зачетки", "öğrenci no"),
        *("öğrenci numarası", "kullanıcı adı", "kimlik", "identifikátor", "osobní číslo", "uživatelské jméno"),
        *("opiskelijanumero", "käyttäjätunnus", "användarnamn", "personnummer", "brukernavn", "brugernavn"),
        *("felhasználónév", "azonosító", "neptun kód", "αριθμός μητρώου", "αναγνωριστικό", "学籍番号", "ユーザ名"),
        *("orgdefinedid", "org defined id", "child login id", "candidate number", "roll no", "roll number"),
        *("index number", "admission number", "reg no", "registration number", "enrolment no", "enrollment no", "upn"),
        *(
            "usn",
            "netid",
            "student code",
            "schulnummer",
            "schülernummer",
            "schüler-id",
            "personalnummer",
            "kundennummer",
        ),
        *("numéro de matricule", "matricule", "code permanent", "ine", "n° étudiant", "numéro élève", "numero"),
        *("no. de control", "número de control", "legajo", "cédula", "carné", "carnet", "expediente", "rut", "nia"),
        *("numer legitymacji", "numer indeksu", "nr indeksu", "číslo", "číslo studenta", "učo", "osobné číslo", "aem"),
        *("broj indeksa", "jmbag", "leerlingnummer", "stamnummer", "cpr", "elevnummer", "numero matricola", "α.μ."),
        *("学号", "学號", "用户名", "学生编号", "학번", "사용자명", "الرقم الجامعي", "رقم الطالب", "מזהה", "שם משתמש"),
    ],
    "canvas": ["canvas user id", "canvas id"],
    "name": [
        *(
            "teilnehmer",
            "teilnehmende",
            "teilnehmer/in",
            "kursteilnehmer",
            "alumno/a",
            "alumnos",
            "alumnado",
            "apprenant",
        ),
        *("name of the student", "name of the candidate", "name of candidate", "name of pupil", "nombre del alumno"),
        *("nome do aluno", "nom de l'élève", "jméno žáka", "naam leerling", "adı soyadı", "ad-soyad"),
        *("pupil", "pupil name", "candidate", "candidate name", "name of student", "names", "élève", "élèves", "eleve"),
        *("schüler", "schülerin", "schüler/in", "schülername", "studierende", "student/in", "leerling", "uczeń"),
        *("учень", "учні", "студент", "ученик", "žák", "žiak", "elev", "oppilas", "tanuló", "hallgató", "μαθητής"),
        *("φοιτητής", "生徒", "生徒名", "児童名", "学生", "学生姓名", "학생", "الطالب", "תלמיד", "alumne", "allievo"),
        *("full name", "student", "student name", "learner", "learner name", "display name", "participant"),
        *("vollständiger name", "nom complet", "étudiant", "nombre completo", "nombre y apellidos", "estudiante"),
        *("apellidos y nombre", "alumno", "nome completo", "aluno", "estudante", "nome e cognome", "cognome e nome"),
        *("studente", "volledige naam", "imię i nazwisko", "nazwisko i imię", "повне ім'я", "піб", "прізвище та ім'я"),
        *("полное имя", "фио", "имя и фамилия", "фамилия и имя", "tam adı", "ad soyad", "adı soyadı", "öğrenci"),
        *("celé jméno", "jméno a příjmení", "fullständigt namn", "fullt navn", "fulde navn", "koko nimi"),
        *("teljes név", "nume complet", "ονοματεπώνυμο", "πλήρες όνομα", "氏名", "姓名", "全名", "フルネーム"),
        *("성명", "전체 이름", "الاسم الكامل", "الاسم", "שם מלא", "पूरा नाम", "नाम", "ชื่อ-นามสกุล", "họ và tên"),
    ],
    "either": EITHER,
    "middle": [
        *("middle name", "middle names", "second name", "patronymic", "tussenvoegsel", "tussenvoegsels", "voorvoegsel"),
        *("voorvoegsels", "infix", "по батькові", "отчество", "mellannamn", "mellomnavn", "mellemnavn"),
    ],
    "second": [
        *("apellido materno", "segundo apellido", "second surname", "second last name"),
    ],
    "first": [
        *("nombres", "nombre(s)", "nome(s)", "prénom(s)"),
        *("first", "given names", "rufname", "roepnaam", "prénom usuel", "preferred name", "tilltalsnamn"),
        *(
            "first name",
            "given name",
            "forename",
            "vorname",
            "prénom",
            "primer nombre",
            "nome próprio",
            "primeiro nome",
        ),
        *("voornaam", "first names", "vornamen", "prénoms", "fornavn", "förnamn", "etunimi", "keresztnév", "utónév"),
        *("prenume", "křestní jméno", "名", "이름", "الاسم الأول", "שם פרטי", "ชื่อ", "tên"),
    ],
    "last": [
        *("apellido paterno", "apellido(s)", "nom(s)"),
        *("last", "long name", "last names", "surnames", "nom d'usage", "nom de naissance", "familiename"),
        *("last name", "surname", "family name", "nachname", "familienname", "nom de famille", "apellido", "apellidos"),
        *("primer apellido", "cognome", "cognomi", "apelido", "sobrenome", "último nome", "achternaam", "nazwisko"),
        *("прізвище", "фамилия", "soyad", "soyadı", "příjmení", "priezvisko", "efternamn", "etternavn", "efternavn"),
        *("sukunimi", "vezetéknév", "családnév", "nume de familie", "επώνυμο", "prezime", "姓", "성", "اسم العائلة"),
        *("שם משפחה", "นามสกุล", "họ"),
    ],
    "email": [
        *(
            "email",
            "e-mail",
            "email address",
            "mail",
            "e-mail-adresse",
            "adresse de courriel",
            "courriel",
            "adresse mail",
        ),
        *(
            "correo",
            "correo electrónico",
            "dirección de correo",
            "endereço de e-mail",
            "indirizzo email",
            "e-mailadres",
        ),
        *("adres e-mail", "електронна пошта", "адреса електронної пошти", "электронная почта", "адрес эл. почты"),
        *("e-posta", "e-posta adresi", "e-mailová adresa", "e-postadress", "e-postadresse", "sähköposti"),
        *("メールアドレス", "电子邮件", "电子邮箱", "邮箱", "이메일", "البريد الإلكتروني", 'דוא"ל'),
    ],
    "alias": ["alias", "aliases", "nickname", "pseudonym", "pseudonyme", "seudónimo", "псевдонім", "псевдоним"],
    "group": [
        *(
            "group",
            "groups",
            "group name",
            "team",
            "teams",
            "gruppe",
            "gruppen",
            "groupe",
            "groupes",
            "grupo",
            "grupos",
        ),
        *("equipo", "equipe", "équipe", "gruppo", "gruppi", "groep", "grupa", "zespół", "група", "команда", "группа"),
        *("grup", "grubu", "takım", "skupina", "grupp", "lag", "ryhmä", "csoport", "ομάδα", "グループ", "小组", "小組"),
        *("组", "그룹", "조", "المجموعة", "קבוצה"),
    ],
}
"""What a column may be called, as people write it; compared without spaces, marks and capitals."""

PARTICIPANTS = frozenset(
    map(
        letters,
        [
            *("participant", "teilnehmer", "teilnehmerin", "teilnehmer/in", "participante", "partecipante"),
            *("deelnemer", "uczestnik", "учасник", "участник", "katılımcı", "účastník", "deltagare", "deltaker"),
            *("deltager", "osallistuja", "résztvevő", "partaidea", "参加者", "参与者", "參與者", "참가자", "مشارك"),
        ],
    )
)
"""What Moodle calls everybody where names are hidden while marking."""

GRADE = frozenset(
    map(
        letters,
        [
            *("grade", "note", "bewertung", "calificación", "nota", "valutazione", "cijfer", "beoordeling", "ocena"),
            *("оцінка", "оценка", "not", "hodnocení", "známka", "betyg", "karakter", "arvosana", "értékelés"),
            *("βαθμός", "評点", "成绩", "成績", "점수", "الدرجة", "ציון"),
        ],
    )
)
"""What Moodle calls the column of the grade; elsewhere it is known by its place before the maximum."""

KINDS = {kind: frozenset(map(letters, words)) for kind, words in WORDS.items()}

BOTH = 2
ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
LEARNERS = re.compile(r"^(?:student|learner|pupil|child|schüler|schueler|élève|eleve|alumno|leerling)s?")
"""How a head may begin where a list also has teachers and parents: ``Student Last Name``."""

JOINT = re.compile(r"[,/&+]|\s(?:and|und|et|y|e|i|a|og|och|ja|en|та|і|и)\s", re.IGNORECASE)
"""What stands between the two halves of a head such as ``Name, First name``."""


def columns_of(table: CsvText) -> Columns:
    """Return what the columns of a list are, by the words in its first row; e-mails also by their form."""
    heads = table.heads
    places = _places(heads)
    if not places["email"]:
        found = [place for place in range(len(heads)) if all_fit(table, place, ADDRESS)]
        places["email"] = [place for place in found if not is_of_others(table, place, Columns(places))]
    return Columns(places)


def known_columns(heads: Iterable[str]) -> int:
    """Return how many cells of a row are heads of columns."""
    return len(Columns(_places(heads)).used)


def _places(heads: Iterable[str]) -> dict[str, list[int]]:
    known = [_kinds(head) for head in heads]
    places = {kind: [place for place, kinds in enumerate(known) if kind in kinds] for kind in KINDS}
    either = places.pop("either")
    taken = {place for columns in places.values() for place in columns}
    either = [place for place in either if place not in taken]
    has_both = bool(places["last"] and places["first"])
    kind = "name" if has_both else "first" if places["last"] else "last" if places["first"] else "name"
    places[kind] = sorted([*places[kind], *either])
    places["id"] = [place for place in places["id"] if place not in places["canvas"]]
    return places


def _kinds(head: str) -> set[str]:
    """Return what a head may mean, also without what it has in brackets, or where it names both parts of a name."""
    for text in (letters(head), letters(ASIDE.sub(" ", head)), LEARNERS.sub("", letters(head))):
        if found := {kind for kind, known in KINDS.items() if text in known}:
            return found
    parts = [letters(part) for part in JOINT.split(head)]
    halves = [{kind for kind in ("first", "last", "either") if part in KINDS[kind]} for part in parts]
    is_whole = len(halves) == BOTH and all(halves) and any(each != {"either"} for each in halves)
    return {"name"} if is_whole else set()


def all_fit(table: CsvText, column: int, pattern: re.Pattern[str]) -> bool:
    """Return whether a column has something in it, and all of that has one form."""
    values = [value for row in range(1, len(table.rows)) if (value := table.value(row, column))]
    return bool(values) and all(pattern.fullmatch(value) for value in values)


def holds(heads: Iterable[str], wanted: Iterable[str]) -> bool:
    """Return whether a first row has all the columns that a platform's list has."""
    return set(map(letters, heads)) >= set(wanted)
