"""Finds the column of ids in a list whose heads are unknown: by a word for number or id in some language, or by form.

Birthdays, phone numbers, points and years are never ids; a running number is one only if nothing else is.
"""

# ruff: noqa: RUF001  (words in many scripts, some letters of which look like others)

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from copydesk.grading.submissions.names import letters_and_digits, split_words
from copydesk.text import t

if TYPE_CHECKING:
    from copydesk.grading.files.csv_files import CsvTable
    from copydesk.grading.submissions.columns import Columns

NUMBER_WORDS = frozenset(
    split_words(
        "id ids no nr n num number nbr numéro numero número núm nummer numer numerus number № code kod kód codice "
        "código codigo cod ref reg roll index identifier číslo čís č broj šifra sifra номер код ид "
        "ідентифікатор идентификатор "
        "αριθμός αρ κωδικός numarası numara sicil رقم كود מספר מס क्रमांक संख्या रोल "
        "学籍 番号 番號 编号 編號 号 號 번호 학번 "
        "szám száma numărul nomor nim nis nisn mã số matricule matrikel matricola matrícula legajo carné login user key"
    )
)
"""A head that begins or ends with one of these is for numbers or ids."""

ENDINGS = (
    "nummer",
    "number",
    "numer",
    "numero",
    "номер",
    "番号",
    "番號",
    "编号",
    "編號",
    "学号",
    "學號",
    "号",
    "번호",
    "학번",
)
"""How a one-word head for numbers ends: ``Schulnummer``, ``受験番号``."""

NO_ID_WORDS = frozenset(
    split_words(
        "phone telephone tel telefon teléfono telefone téléphone mobile mobil móvil handy cell fax whatsapp "
        "телефон "
        "τηλέφωνο 電話 电话 전화 birth born dob birthday geburt geburtsdatum geboren naissance né née nacimiento "
        "nascimento nascita geboortedatum urodzenia narození народження рождения syntymäaika 生年月日 出生 date datum "
        "data fecha дата tarih päivämäärä points point punkte puntos pontos punti punten punkty бали баллы puan grade "
        "grades note noten nota score marks mark total sum percent year jahr année año ano anno jaar rok рік год "
        "postcode postal zip plz cp cap postleitzahl индекс індекс class klasse classe clase turma klas klasa "
        "třída "
        "клас класс sınıf course kurs cours curso corso section sección room raum salle house street straße rue calle "
        "age alter âge edad "
        "bank iban account konto card insurance seat sitz desk guardian parent eltern mother father "
        "paid amount fee fees price balance deposit betrag gebühr bezahlt montant prix importe pago precio kwota "
        "оплата "
        "tutar bedrag euro eur usd credits gesamt ects "
        "country land emergency box locker bus"
    )
)
"""A column whose head has one of these words also has numbers, but no one's."""

RUNNING_WORDS = NUMBER_WORDS - frozenset({"id", "ids", "login", "user", "key", "identifier"})
CAPITAL_ENDING = re.compile(r"(?<=[a-zäöüß])(?:Nr|ID|Id)\.?$")
LIKE_AN_ID = re.compile(r"[A-Za-z]{0,4}-?[0-9]{1,20}(?:-?[0-9A-Za-z]{1,8})?")
PHONE = re.compile(r"(?:\+|0)[0-9]{8,}")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
FRACTION = re.compile(r"-?[0-9]+[.,][0-9]+%?")
SHORTEST, POSTCODE, MANY = 4, 5, 8
PLAUSIBLE_ROWS, FORMED_ROWS = 2, 3


def find_ids(table: CsvTable, columns: Columns) -> Columns:
    """Return the columns of a list with those of ids, even if none has a known name."""
    if not table.rows:
        return columns
    ids, canvas = columns.numbers("id"), columns.numbers("canvas")
    called_so = _columns_called_ids(table, columns)
    best = _drop_running(table, [*ids, *canvas]) or _drop_running(table, called_so)
    best = best or _columns_formed_like_ids(table, columns) or (ids or called_so)[:1]
    return replace(columns, by_kind={**columns.by_kind, "id": sorted(set(best) - set(canvas))})


def _drop_running(table: CsvTable, columns: list[int]) -> list[int]:
    return [column for column in columns if not is_running(table, column)]


def is_running(table: CsvTable, column: int) -> bool:
    """Return whether a column that is not called id merely counts the rows: 1, 2, 3."""
    head = table.value(0, column)
    is_called_number = bool(RUNNING_WORDS & set(split_words(head))) or letters_and_digits(head).endswith(ENDINGS)
    return is_called_number and _is_count(_values(table, column))


def unused_heads(table: CsvTable, columns: Columns) -> list[str]:
    """Return the heads of the unused columns, if one of them may hold ids judging by its cells."""
    heads = []
    may_hold_ids = False
    for column in _unused_columns(table, columns):
        if _values(table, column):
            heads.append(table.value(0, column) or t("id_columns.unnamed", number=column + 1))
            may_hold_ids = may_hold_ids or _may_hold_ids(table, column)
    return heads if may_hold_ids else []


def _unused_columns(table: CsvTable, columns: Columns) -> list[int]:
    numbers = set(range(len(table.rows[0])))
    return sorted(numbers - columns.all_numbers)


def _columns_called_ids(table: CsvTable, columns: Columns) -> list[int]:
    numbers = []
    for column in _unused_columns(table, columns):
        is_called_so = _is_called_number(table.value(0, column))
        if is_called_so and _tells_learners_apart(table, column, columns) and not _are_no_ids(_values(table, column)):
            numbers.append(column)
    return numbers


def _is_called_number(head: str) -> bool:
    head_words = split_words(head)
    if not head_words:
        return head == "#"
    first, last = head_words[0], head_words[-1]
    if NO_ID_WORDS & set(head_words) or "of" in head_words or first.startswith(("geburt", "telefon", "haus")):
        return False
    is_called_so = bool(NUMBER_WORDS & {first, last}) or last.endswith(ENDINGS)
    return is_called_so or CAPITAL_ENDING.search(head) is not None or last.endswith("schülernr")


def _columns_formed_like_ids(table: CsvTable, columns: Columns) -> list[int]:
    """Return the one column, of no known kind, whose cells are all filled, all different and all of one form of id."""
    rows, formed = _full_rows(table), []
    for column in _unused_columns(table, columns):
        values = table.column_values(column, rows)
        if NO_ID_WORDS & set(split_words(table.value(0, column))):
            continue
        is_different = len(set(values)) == len(values) >= FORMED_ROWS
        if is_different and _are_codes(values) and not _are_no_ids(values):
            formed.append(column)
    return formed if len(formed) == 1 else []


def _are_codes(values: list[str]) -> bool:
    """Return whether all cells are codes of one form, too long to be points or postcodes."""
    forms = set(map(_form, values))
    if len(forms) != 1 or min(map(len, values)) < SHORTEST:
        return False
    is_postcode = forms == {"9" * POSTCODE} and len(values) < MANY
    are_round = all(value.isdecimal() and value.endswith("0") for value in values)
    return not is_postcode and not are_round and all(map(LIKE_AN_ID.fullmatch, values))


def _form(value: str) -> str:
    """Return a code with 9 for each digit and A for each letter."""
    return re.sub(r"[A-Za-z]", "A", re.sub(r"[0-9]", "9", value))


def is_of_others(table: CsvTable, column: int, columns: Columns) -> bool:
    """Return whether a column is about others than the learners: by its head, or because two learners share a value."""
    owners: dict[str, list[str]] = {}
    names = _name_columns(columns)
    for row in range(1, len(table.rows)):
        value = table.value(row, column)
        owner = [letters_and_digits(table.value(row, place)) for place in names]
        if value and owners.setdefault(value, owner) != owner:
            return True
    return bool(NO_ID_WORDS & set(split_words(table.value(0, column))))


def _name_columns(columns: Columns) -> list[int]:
    """Return the columns of names and e-mails, kind by kind."""
    return [*columns.numbers("name"), *columns.numbers("first"), *columns.numbers("last"), *columns.numbers("email")]


def _tells_learners_apart(table: CsvTable, column: int, columns: Columns) -> bool:
    """Return whether a column is filled for most, with no value for two names."""
    names = _name_columns(columns) or [column]
    people = filled = 0
    for row in range(1, len(table.rows)):
        if table.filled_values(row, names):
            people += 1
            filled += bool(table.value(row, column))
    return 2 * filled >= people > 0 and not is_of_others(table, column, columns)


def _are_no_ids(values: list[str]) -> bool:
    """Return whether cells are dates, years, phone numbers or amounts."""
    if not values:
        return False
    are_times = all(map(_is_date, values)) or all(map(YEAR.fullmatch, values))
    return are_times or all(map(_is_phone, values)) or any(map(FRACTION.fullmatch, values))


def _is_phone(value: str) -> bool:
    return PHONE.fullmatch(re.sub(r"[\s/()-]", "", value)) is not None


def _is_date(value: str) -> bool:
    digits = re.sub(r"[./ -]", "", value)
    if len(digits) != len("20080412"):
        return False
    day_first = digits[4:] + digits[2:4] + digits[:2]
    month_first = digits[4:] + digits[:2] + digits[2:4]
    return _is_day(digits) or _is_day(day_first) or _is_day(month_first)


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date.fromisoformat(digits).year <= 2100  # noqa: PLR2004
    except ValueError:
        return False


def _may_hold_ids(table: CsvTable, column: int) -> bool:
    values = _values(table, column)
    is_short = all(len(value.split()) == 1 for value in values)
    are_points = all(value.isdecimal() and len(value) < SHORTEST for value in values)
    are_different = len(set(values)) == len(values) >= max(PLAUSIBLE_ROWS, len(_full_rows(table)) / 2)
    is_about_others = bool(NO_ID_WORDS & set(split_words(table.value(0, column))))
    return is_short and are_different and not is_about_others and not are_points and not _are_no_ids(values)


def _is_count(values: list[str]) -> bool:
    """Return whether cells count up from 1, with or without a full stop after the numbers."""
    for number, value in enumerate(values, start=1):
        if value.rstrip(".") != str(number):
            return False
    return len(values) > 1


def _values(table: CsvTable, column: int) -> list[str]:
    """Return a column's filled cells, in rows with several if there are any: others are hardly learners."""
    full = _full_rows(table)
    if not full:
        return table.column(column)
    return [value for value in table.column_values(column, full) if value]


def _full_rows(table: CsvTable) -> list[int]:
    return [row for row in range(1, len(table.rows)) if table.filled_count(row) > 1]
