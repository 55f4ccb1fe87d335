"""A catalogue as a table for translators, one row for each text or plural form, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from copydesk.text import DEFAULT, PARTS, REMARK, own_form, t
from copydesk.text.fitting import misfits, placeholders, shown_names, text_markup
from copydesk.text.plurals import plural_categories, plural_examples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from copydesk.text import Catalogue, Text

HEADS = ("key", "where", "English", "translation", "note")
"""The heads of the columns; a table that comes back needs the first and the fourth."""

KEY, TRANSLATION = HEADS[0], HEADS[3]
LANGUAGE = "language"
"""The key of the row that says for which language the table is."""

OTHER = "other"
PLACES = {
    "lesson": (
        *("view", "reading", "xray", "quiz", "sources", "support", "progress", "finish", "course", "reliability"),
        *("form", "own", "calendar", "panel", "copy", "first_look", "guess", "list", "lab", "browser"),
    ),
    "check": ("check", "agreement", "record", "kind", "submission", "scoring", "store"),
    "feedback": ("feedback", "course_page", "remarks"),
    "pages": ("pages", "book", "part", "print", "site", "citation"),
    "figures": (
        *("town", "galley", "found_page", "commitment", "estimates", "hours", "origins", "overlap", "sentences"),
        *("ten_dots", "picture", "bars", "explore"),
    ),
}
"""Where the texts of a family are shown, those for learners first; all others are for instructors and authors."""

WIDGET, PYTHON = PARTS[:2]
TASKS, INSTRUCTORS = "tasks", "instructors"
ORDER = (TASKS, *PLACES, INSTRUCTORS)


class Fault(NamedTuple):
    """Why a row of a table can't be taken: its number, its key, the problem and the remedy."""

    row: int
    key: str
    problem: str
    remedy: str


class TableError(ValueError):
    """A table can't be taken; nothing of it was."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


class _Row(NamedTuple):
    """A text, or one of its plural forms."""

    part: str
    key: str
    form: str

    @property
    def name(self) -> str:
        """What the first column says."""
        return f"{self.part}: {self.key} ({self.form})" if self.form else f"{self.part}: {self.key}"


def table_rows(english: Catalogue, translated: Catalogue, language: str) -> list[list[str]]:
    """Return the table for a language: what is translated already is filled in."""
    rows = [list(HEADS)]
    rows.append([LANGUAGE, "", DEFAULT, language, t("text_table.note.language")])
    rows.append([REMARK, t("text_table.place.feedback"), "", translated.get(REMARK, ""), t("text_table.note.remark")])
    for row in _rows(english, language):
        text = english[row.part][row.key]
        shown = own_form(text, row.form)
        done = _cell(translated.get(row.part, {}).get(row.key), row.form)
        place = t(f"text_table.place.{_place(row)}")
        rows.append([row.name, place, shown, done, _note(text, row.form, language)])
    return rows


def _rows(english: Catalogue, language: str) -> list[_Row]:
    """Return the rows of a language: those for learners first, otherwise in the order of the English catalogue."""
    rows = []
    for part in PARTS:
        for key, text in english[part].items():
            forms = ("",) if isinstance(text, str) else plural_categories(language)
            rows += [_Row(part, key, form) for form in forms]
    return sorted(rows, key=lambda row: ORDER.index(_place(row)))


def _place(row: _Row) -> str:
    """Return where a text is shown."""
    if row.part == WIDGET:
        return TASKS
    if row.part != PYTHON:
        return INSTRUCTORS
    family = row.key.partition(".")[0]
    for place, families in PLACES.items():
        if family in families:
            return place
    return INSTRUCTORS


def _cell(text: Text | None, form: str) -> str:
    """Return what is translated of a form; a text for every count fills its last form alone."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text if form in {"", OTHER} else ""
    return text.get(form, "")


def _note(text: Text, form: str, language: str) -> str:
    """Return what a translator has to keep, and for which counts a form is."""
    notes = []
    if form:
        numbers = ", ".join(map(str, plural_examples(language, form)))
        notes.append(t("text_table.note.form", numbers=numbers) if numbers else t("text_table.note.rare_form"))
    if form == OTHER:
        notes.append(t("text_table.note.same"))
    english = own_form(text, form)
    kept = [*([shown_names(names)] if (names := placeholders(english).keys()) else []), *text_markup(english)]
    if kept:
        notes.append(t("text_table.note.keep", kept=" ".join(kept)))
    return " ".join(notes)


def read_rows(rows: Iterable[tuple[int, str, str]], english: Catalogue, language: str) -> Catalogue:
    """Return the catalogue in a table of numbered keys and translations; what isn't translated isn't in it.

    Raises:
        TableError: a key is unknown or twice, or a translation doesn't fit; each fault has its row and remedy.
    """
    known = {row.name: row for row in _rows(english, language)}
    faults: list[Fault] = []
    places: dict[str, int] = {}
    forms: dict[tuple[str, str], dict[str, str]] = {}
    remark = ""
    for number, name, written in rows:
        if name in places:
            faults.append(_fault(number, name, "twice", first=places[name]))
        places.setdefault(name, number)
        if name == LANGUAGE and written.strip() != language:
            faults.append(_fault(number, name, "other_language", language=written.strip(), wanted=language))
        elif name == REMARK:
            remark = written.strip()
        elif name in known and written.strip():
            row = known[name]
            forms.setdefault((row.part, row.key), {})[row.form] = _with_spaces(english[row.part][row.key], written)
        elif name not in known and name != LANGUAGE:
            faults.append(_fault(number, name, "unknown_key"))
    faults += _unfit(forms, places, english, language)
    if faults:
        raise TableError(sorted(faults))
    return _catalogue(forms, english, remark)


def _with_spaces(english: Text, written: str) -> str:
    """Return a translation with the spaces around it that the English text has: an editor may have lost them."""
    text = written.replace("\r\n", "\n")
    model = own_form(english, OTHER)
    before = " " if model.startswith(" ") and not text.startswith(" ") else ""
    after = " " if model.endswith(" ") and not text.endswith(" ") else ""
    return f"{before}{text}{after}"


def _unfit(
    forms: Mapping[tuple[str, str], dict[str, str]], places: Mapping[str, int], english: Catalogue, language: str
) -> Iterator[Fault]:
    for (part, key), written in forms.items():
        for misfit in misfits(english[part][key], _text(written), language):
            form = misfit.form or next(iter(written))
            name = _Row(part, key, form).name
            yield _fault(places[name], name, misfit.reason, **misfit.values)


def _text(forms: dict[str, str]) -> Text:
    """Return a text: plain, or one that is the same for every count, or one with plural forms."""
    return next(iter(forms.values())) if forms.keys() <= {"", OTHER} else forms


def _catalogue(forms: Mapping[tuple[str, str], dict[str, str]], english: Catalogue, remark: str) -> Catalogue:
    """Return a catalogue in the order of the English one."""
    catalogue: Catalogue = {REMARK: remark} if remark else {}
    for part in PARTS:
        texts = {key: _text(forms[part, key]) for key in english[part] if (part, key) in forms}
        if texts:
            catalogue[part] = texts
    return catalogue


def _fault(row: int, key: str, reason: str, **values: object) -> Fault:
    return Fault(row, key, t(f"text_table.{reason}", **values), t(f"text_table.{reason}.remedy", **values))
