"""Finds each hand-in's learner on the instructor's list: by id, by e-mail, by name, and says how sure that is."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from copydesk.grading.csvtext import CsvText, read_csv
from copydesk.grading.problems import GradingError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from copydesk.grading.platforms import Sender

HEADS = {
    "id": {
        *("id", "studentid", "userid", "canvasid", "canvasuserid", "sisid", "sisuserid", "sisloginid", "loginid"),
        *("login", "username", "idnumber", "identifier", "studentnumber", "number", "matriculationnumber"),
    },
    "name": {"name", "fullname", "student", "studentname", "learner", "learnername", "displayname"},
    "first": {"firstname", "givenname", "forename"},
    "last": {"lastname", "surname", "familyname"},
    "email": {"email", "emailaddress", "mail"},
    "alias": {"alias", "nickname", "pseudonym"},
}
"""What a column may be called, in small letters without spaces and marks."""

CANVAS_HEADS = frozenset({"student", "id", "section"})
MOODLE_HEADS = frozenset({"identifier", "fullname"})
POINTS_POSSIBLE = "points possible"
TEST_STUDENT = "student, test"
Name = TypeVar("Name", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Learner:
    """One row of the roster; ``platform_id`` is the number by which the platform that wrote the list knows them."""

    key: str
    row: int
    id: str
    name: str
    email: str
    ids: frozenset[str]
    aliases: frozenset[str]
    platform_id: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Which learner a hand-in belongs to, by what, and whether that is sure or a guess."""

    key: str
    how: str
    is_sure: bool


@dataclass(slots=True)
class Roster:
    """The learners of a course, and the ways to find them."""

    platform: str
    learners: dict[str, Learner]
    by_platform: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, str] = field(default_factory=dict)
    by_alias: dict[str, str] = field(default_factory=dict)
    by_email: dict[str, str] = field(default_factory=dict)
    by_name: dict[tuple[str, ...], str] = field(default_factory=dict)
    by_letters: dict[str, str] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)

    def match(self, sender: Sender | None, alias: str) -> Match | None:
        """Return whose hand-in it is. Where a platform says who handed in, the alias in the file is not asked."""
        return self._by_sender(sender) if sender else self._by_alias(alias)

    def row_of(self, learner: Learner) -> int | None:
        """Return the row of a learner of another list in this one, if that is sure."""
        keys = [self.by_id[each] for each in sorted(learner.ids) if each in self.by_id]
        keys += [self.by_email[learner.email.casefold()]] if learner.email.casefold() in self.by_email else []
        keys += [self.by_name[rotation(learner.name)]] if rotation(learner.name) in self.by_name else []
        return self.learners[keys[0]].row if keys else None

    def _by_sender(self, sender: Sender) -> Match | None:
        if sender.platform == self.platform and sender.id in self.by_platform:
            return Match(self.by_platform[sender.id], "id", is_sure=True)
        if sender.platform == "canvas":
            named = self.by_letters.get(sender.name.casefold())
        else:
            named = self.by_name.get(rotation(sender.name))
        same_id = self.by_id.get(sender.id)
        if named:
            return Match(named, "id" if named == same_id else "name", is_sure=True)
        return Match(same_id, "id, but another name", is_sure=False) if same_id else None

    def _by_alias(self, alias: str) -> Match | None:
        plain = _plain(alias)
        ways = (
            ("id", self.by_id.get(plain)),
            ("e-mail", self.by_email.get(plain)),
            ("alias", self.by_alias.get(plain)),
            ("name", self.by_name.get(rotation(alias))),
        )
        for how, key in ways:
            if plain and key:
                return Match(key, how, is_sure=True)
        alike = [key for key, words in self.words.items() if _is_part(_words(_bare(alias)), words)]
        return Match(alike[0], "part of the name", is_sure=False) if len(alike) == 1 else None


def read_roster(path: Path) -> tuple[Roster, CsvText]:
    """Return the learners on a list, which may be the export of a platform, and the list itself.

    Raises:
        GradingError: it cannot be read, has no column that names a learner, or names one twice.
    """
    table = read_csv(path)
    heads = [squeezed(table.value(0, column)) for column in range(len(table.rows[0]))] if table.rows else []
    columns = {kind: [place for place, head in enumerate(heads) if head in names] for kind, names in HEADS.items()}
    if not any(columns[kind] for kind in ("id", "name", "first", "email")):
        msg = f"{path} has no column that tells learners apart; call one 'id', 'name' or 'email' in its first row"
        raise GradingError(msg)
    platform = "canvas" if set(heads) >= CANVAS_HEADS else "moodle" if set(heads) >= MOODLE_HEADS else ""
    learners: dict[str, Learner] = {}
    for row in range(1, len(table.rows)):
        learner = _learner(table, row, columns, platform)
        if learner is None:
            continue
        if learner.key in learners:
            first = learners[learner.key].row + 1
            msg = f"{path} names {learner.key!r} twice, in rows {first} and {row + 1}; give each learner one row"
            raise GradingError(msg)
        learners[learner.key] = learner
    return _indexed(Roster(platform, learners)), table


def _learner(table: CsvText, row: int, columns: dict[str, list[int]], platform: str) -> Learner | None:
    """Return the learner in a row; None for a row that is none, such as Canvas' points possible."""

    def values(kind: str) -> list[str]:
        return [value for column in columns[kind] if (value := table.value(row, column))]

    ids, emails = values("id"), values("email")
    name = " ".join(values("name")[:1] or [*values("first")[:1], *values("last")[:1]])
    if not (ids or emails or name) or name.casefold().startswith((POINTS_POSSIBLE, TEST_STUDENT)):
        return None
    if platform == "canvas" and not ids:
        return None
    known = {_plain(each) for each in ids}
    number = ids[0].split()[-1] if ids and platform == "moodle" else ids[0] if ids and platform else ""
    return Learner(
        key=(ids or emails or [name])[0],
        row=row,
        id=ids[0] if ids else "",
        name=name,
        email=emails[0] if emails else "",
        ids=frozenset(known),
        aliases=frozenset(map(_plain, values("alias"))),
        platform_id=number,
    )


def _indexed(roster: Roster) -> Roster:
    """Fill the ways to find a learner; what fits two learners finds neither."""
    everybody = roster.learners.values()
    roster.by_platform = _once((each.platform_id, each.key) for each in everybody)
    roster.by_id = _once((name, each.key) for each in everybody for name in each.ids)
    roster.by_alias = _once((name, each.key) for each in everybody for name in each.aliases)
    roster.by_email = _once((_plain(each.email), each.key) for each in everybody)
    roster.by_name = _once((rotation(each.name), each.key) for each in everybody)
    roster.by_letters = _once((letters, each.key) for each in everybody for letters in _letters(each.name))
    roster.words = {each.key: frozenset(_words(_bare(each.name))) for each in everybody}
    return roster


def _once(pairs: Iterable[tuple[Name, str]]) -> dict[Name, str]:
    """Return what each name finds, without the empty ones and those that fit two learners."""
    found: defaultdict[Name, set[str]] = defaultdict(set)
    for name, key in pairs:
        found[name].add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if name and len(keys) == 1}


def squeezed(text: str) -> str:
    """Return the letters and digits of a text in small letters."""
    return "".join(char for char in unicodedata.normalize("NFC", text).casefold() if char.isalnum())


def rotation(name: str) -> tuple[str, ...]:
    """Return the words of a name so that "Ada Lovelace" and "Lovelace, Ada" are the same; one word is no name."""
    words = _words(name)
    return min((tuple(words[at:] + words[:at]) for at in range(len(words))), default=()) if len(words) > 1 else ()


def _letters(name: str) -> set[str]:
    """Return a name as Canvas may write it: without spaces, any word first."""
    words = _words(name)
    return {"".join(words[at:] + words[:at]) for at in range(len(words))}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _words(text: str) -> list[str]:
    apart = "".join(char if char.isalnum() or unicodedata.category(char) == "Mn" else " " for char in _plain(text))
    return apart.split()


def _bare(text: str) -> str:
    """Return a text without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def _is_part(asked: list[str], words: frozenset[str]) -> bool:
    """Return whether all that somebody wrote stands in a name: whole words, and single letters that begin one."""
    whole = [word for word in asked if len(word) > 1]
    return bool(whole) and all(
        word in words or (len(word) == 1 and any(each.startswith(word) for each in words)) for word in asked
    )
