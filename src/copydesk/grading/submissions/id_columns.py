"""Finds the column of ids in a list whose heads are not known: by a word for number or id in some language, or by form.

No birthdays, phone numbers, points or years are ids; a running number is one only where nothing else is.
"""

# ruff: noqa: RUF001  (words in many scripts, some letters of which look like others)

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from copydesk.grading.submissions.names import letters, words

if TYPE_CHECKING:
    from copydesk.grading.files.csv_files import CsvText
    from copydesk.grading.submissions.columns import Columns

NUMBER_WORDS = frozenset(
    words(
        "id ids no nr n num number nbr numéro numero número núm nummer numer numerus number № code kod kód codice "
        "código codigo cod ref reg roll index identifier číslo čís č broj šifra sifra номер код ид "
        "ідентифікатор идентификатор "
        "αριθμός αρ κωδικός numarası numara sicil رقم كود מספר מס क्रमांक संख्या रोल "
        "学籍 番号 番號 编号 編號 号 號 번호 학번 "
        "szám száma numărul nomor nim nis nisn mã số matricule matrikel matricola matrícula legajo carné login user key"
    )
)
"""A head that begins or ends with one of these is of numbers or ids."""

ENDINGS = tuple(
    letters(text)
    for text in (
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
)
"""How a head in one word ends that is of numbers: ``Schulnummer``, ``受験番号``."""

NO_IDS = frozenset(
    words(
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
"""What a head with one of these words is about has numbers, too, but they are nobody's."""

RUNNING_WORDS = NUMBER_WORDS - frozenset({"id", "ids", "login", "user", "key", "identifier"})
LIKE_AN_ID = re.compile(r"[A-Za-z]{0,4}-?[0-9]{1,20}(?:-?[0-9A-Za-z]{1,8})?")
PHONE = re.compile(r"(?:\+|0)[0-9]{8,}")
FRACTION = re.compile(r"-?[0-9]+[.,][0-9]+%?")
SHORTEST, POSTCODE, MANY = 4, 5, 8
PLAUSIBLE_ROWS, FORMED_ROWS = 2, 3


def with_ids(table: CsvText, columns: Columns) -> Columns:
    """Return the columns of a list with those of ids, also where nothing is known that is called so."""
    if not table.rows:
        return columns
    known, called = columns.of("id"), _called_like_ids(table, columns)
    better = [place for place in (*known, *columns.of("canvas")) if not is_running(table, place)]
    better = better or [place for place in called if not is_running(table, place)] or _formed_like_ids(table, columns)
    found = better or (known or called)[:1]
    return replace(
        columns, places={**columns.places, "id": [each for each in found if each not in columns.of("canvas")]}
    )


def is_running(table: CsvText, column: int) -> bool:
    """Return whether a column, not called id, only counts the rows: 1, 2, 3."""
    if not RUNNING_WORDS & set(words(table.value(0, column))) and not letters(table.value(0, column)).endswith(ENDINGS):
        return False
    return _counts(_values(table, column))


def unused(table: CsvText, columns: Columns) -> list[str]:
    """Return the heads of the columns that are not used, where one of them may hold ids for all that its cells say."""
    left = [place for place in range(len(table.rows[0])) if place not in columns.used and _values(table, place)]
    may_hold = any(_may_hold_ids(table, place) for place in left)
    return [table.value(0, place) or f"column {place + 1}" for place in left] if may_hold else []


def _called_like_ids(table: CsvText, columns: Columns) -> list[int]:
    left = [place for place in range(len(table.rows[0])) if place not in columns.used]
    called = [place for place in left if _is_number_word(table, place)]
    return [place for place in called if _tells_apart(table, place, columns) and not _is_no_id(_values(table, place))]


def _is_number_word(table: CsvText, place: int) -> bool:
    head = table.value(0, place)
    said = words(head)
    if not said:
        return head == "#"
    if NO_IDS & set(said) or "of" in said or any(said[0].startswith(word) for word in ("geburt", "telefon", "haus")):
        return False
    is_called = bool(NUMBER_WORDS & {said[0], said[-1]}) or said[-1].endswith(ENDINGS)
    return is_called or bool(re.search(r"(?<=[a-zäöüß])(?:Nr|ID|Id)\.?$", head)) or said[-1].endswith("schülernr")


def _formed_like_ids(table: CsvText, columns: Columns) -> list[int]:
    """Return the one column, of no known kind, whose cells are all filled, all different and all of one form of ids."""
    rows, found = _full_rows(table), []
    for place in range(len(table.rows[0])):
        values = [table.value(row, place) for row in rows]
        said = set(words(table.value(0, place)))
        if place in columns.used or said & NO_IDS or len(values) < FORMED_ROWS or len(set(values)) < len(values):
            continue
        if _are_codes(values) and not _is_no_id(values):
            found.append(place)
    return found if len(found) == 1 else []


def _are_codes(values: list[str]) -> bool:
    """Return whether all cells are codes of one form, long enough to be no points and no postcodes."""
    forms = {re.sub(r"[A-Za-z]", "A", re.sub(r"[0-9]", "9", value)) for value in values}
    is_long = all(len(value) >= SHORTEST for value in values)
    is_postcode = forms == {"9" * POSTCODE} and len(values) < MANY
    are_round = all(value.isdecimal() and value.endswith("0") for value in values)
    return (
        len(forms) == 1
        and is_long
        and not is_postcode
        and not are_round
        and all(LIKE_AN_ID.fullmatch(value) for value in values)
    )


def is_of_others(table: CsvText, place: int, columns: Columns) -> bool:
    """Return whether a column is about others than the learners: by its head, or because two learners share a value."""
    owners: dict[str, tuple[str, ...]] = {}
    names = _naming(columns)
    for row in range(1, len(table.rows)):
        value, owner = table.value(row, place), tuple(letters(table.value(row, at)) for at in names)
        if value and owners.setdefault(value, owner) != owner:
            return True
    return bool(NO_IDS & set(words(table.value(0, place))))


def _naming(columns: Columns) -> list[int]:
    return [place for kind in ("name", "first", "last", "email") for place in columns.of(kind)]


def _tells_apart(table: CsvText, place: int, columns: Columns) -> bool:
    """Return whether a column has something for most, and no value for two names."""
    names = _naming(columns) or [place]
    rows = [row for row in range(1, len(table.rows)) if any(table.value(row, at) for at in names)]
    filled = [row for row in rows if table.value(row, place)]
    return 2 * len(filled) >= len(rows) > 0 and not is_of_others(table, place, columns)


def _is_no_id(values: list[str]) -> bool:
    """Return whether cells are dates, years, phone numbers or amounts."""
    return bool(values) and (
        all(_is_date(value) for value in values)
        or all(PHONE.fullmatch(re.sub(r"[\s/()-]", "", value)) for value in values)
        or all(re.fullmatch(r"(?:19|20)[0-9]{2}", value) for value in values)
        or any(FRACTION.fullmatch(value) for value in values)
    )


def _is_date(value: str) -> bool:
    digits = re.sub(r"[./ -]", "", value)
    ways = (digits, digits[4:] + digits[2:4] + digits[:2], digits[4:] + digits[:2] + digits[2:4])
    return len(digits) == len("20080412") and any(_is_day(way) for way in ways)


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date.fromisoformat(digits).year <= 2100  # noqa: PLR2004
    except ValueError:
        return False


def _may_hold_ids(table: CsvText, place: int) -> bool:
    values = _values(table, place)
    is_short = all(len(value.split()) == 1 for value in values)
    are_points = all(value.isdecimal() and len(value) < SHORTEST for value in values)
    are_different = len(set(values)) == len(values) >= max(PLAUSIBLE_ROWS, len(_full_rows(table)) / 2)
    is_about_others = bool(NO_IDS & set(words(table.value(0, place))))
    return is_short and are_different and not is_about_others and not are_points and not _is_no_id(values)


def _counts(values: list[str]) -> bool:
    numbers = [value.rstrip(".") for value in values]
    return len(numbers) > 1 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _values(table: CsvText, place: int) -> list[str]:
    """Return what a column has in rows that say more than one thing, if any do: the others are hardly learners."""
    full = _full_rows(table) or range(1, len(table.rows))
    return [value for row in full if (value := table.value(row, place))]


def _full_rows(table: CsvText) -> list[int]:
    return [row for row in range(1, len(table.rows)) if table.filled(row) > 1]
