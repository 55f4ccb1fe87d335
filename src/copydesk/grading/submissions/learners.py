"""Reads a list of learners, which may be the export of a platform, and joins several lists into one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from copydesk.grading.files.csv_files import CsvText, read_csv
from copydesk.grading.files.problems import GradingError, SubmissionProblem
from copydesk.grading.submissions.columns import Columns
from copydesk.grading.submissions.damaged_ids import is_rounded, may_be, unmarked
from copydesk.grading.submissions.id_columns import unused, with_ids
from copydesk.grading.submissions.list_columns import ADDRESS, all_fit, columns_of, holds
from copydesk.grading.submissions.list_faults import no_ids, passed_over, rounded_ids
from copydesk.grading.submissions.list_form import (
    Aside,
    aside,
    code_columns,
    from_heads_on,
    require_heads,
    with_names_whole,
)
from copydesk.grading.submissions.names import letters, plain, spellings, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

CANVAS_HEADS = ({"student", "id", "section"}, {"lastname", "firstname", "id", "section"})
MOODLE_HEADS = ({"identifier", "fullname"}, {"identifier", "grade", "maximumgrade"})
POINTS_POSSIBLE = "points possible"
TEST_STUDENT = "studenttest"
SEVERAL = re.compile(r"[;|\n]")
NUMBERED = re.compile(r"(?P<word>[^0-9]*[^0-9\s])\s*(?P<number>[0-9]+)")
"""A participant as Moodle numbers them in any language: ``Participant 340``, ``Teilnehmer/in340``."""

SHORT = 3
"""An id of so few digits on one list may be anybody's on another."""

PARTS = ("first", "middle", "last", "second")
"""The columns that make a name, in their order."""

ID_IN_NAME = (
    re.compile(r"(?P<name>.*[^\W\d_].*?)\s*[(\[#]\s*(?P<id>[A-Za-z]{0,3}[0-9]{3,}[A-Za-z]?)\s*[)\]]?"),
    re.compile(r"(?P<id>[0-9]{3,})\s*[-\u2013:,;.]?\s+(?P<name>[^\W\d_].*)"),
)
"""A cell with name and id: ``Lovelace, Ada (12345)``, ``12345 Ada Lovelace``."""

MAIL_IN_NAME = re.compile(rf"(?P<name>.*?)\s*[<(]\s*(?P<mail>{ADDRESS.pattern}?)\s*[>)]")
ONLY_NUMBER = re.compile(r"(?P<word>)(?P<number>[0-9]+)")
WANTED = {
    "canvas": "its first row needs 'Student' (or 'LastName' and 'FirstName'), 'ID' and 'Section'",
    "moodle": "its first column needs the participants' numbers, such as 'Participant 340'",
}


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner, with all that the lists say.

    ``ids`` are the ids that people gave (student number, login), ``written`` the same as they are written in the list,
    ``numbers`` those by which platforms know the learner, ``names`` the letters of the name in any order, and ``rows``
    where the learner is in the list of a platform. ``is_expected`` says that the first list has the learner.
    """

    key: str
    id: str = ""
    name: str = ""
    email: str = ""
    ids: frozenset[str] = frozenset()
    written: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    numbers: dict[str, str] = field(default_factory=dict)
    rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    is_expected: bool = True

    def may_be(self, other: Learner) -> bool:
        """Return whether two entries may be one learner by their names; one without a name may be anybody."""
        return not self.names or not other.names or bool(self.names & other.names)

    def with_all_of(self, other: Learner) -> Learner:
        """Return the learner with what another entry for them adds."""
        rows = {name: (*self.rows.get(name, ()), *other.rows.get(name, ())) for name in {*self.rows, *other.rows}}
        return replace(
            self,
            id=self.id or other.id,
            name=self.name or other.name,
            email=self.email or other.email,
            ids=self.ids | other.ids,
            written=tuple(dict.fromkeys([*self.written, *other.written])),
            names=self.names | other.names,
            emails=self.emails | other.emails,
            aliases=self.aliases | other.aliases,
            groups=self.groups | other.groups,
            numbers={**other.numbers, **self.numbers},
            rows=dict(sorted(rows.items())),
        )


@dataclass(frozen=True, slots=True)
class LearnerList:
    """A list of learners as it was read.

    ``word`` is what Moodle calls a participant in it, ``unused`` the columns that may hold the ids that it lacks, and
    ``asides`` the rows that are no learner.
    """

    platform: str
    learners: tuple[Learner, ...]
    table: CsvText
    word: str = ""
    unused: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()

    def problems(self) -> list[SubmissionProblem]:
        """Return what the instructor should know of the list: ids that nobody found, rounded ones, rows passed over."""
        rounded = [value for each in self.learners for value in each.written if is_rounded(value)]
        ways = (rounded_ids(rounded), no_ids(self.unused), passed_over(self.asides))
        return [SubmissionProblem(self.table.name, *each, "not applied") for each in ways if each]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a list is: whose, what its columns hold, and how it numbers the learners."""

    platform: str
    columns: Columns
    numbering: re.Pattern[str] | None = None
    number_column: int = -1
    id_in_name: re.Pattern[str] | None = None


def read_learners(path: Path, platform: str = "") -> LearnerList:
    """Return the learners on a list; ``platform`` is named where it has to be the export of one.

    Raises:
        GradingError: it cannot be read, has no column that names a learner, or gives two learners one id.
    """
    table = read_csv(path)
    table = with_names_whole(table if platform else from_heads_on(table), path)
    shape = _shape(table, platform)
    if platform and shape.platform != platform:
        msg = f"{path} is not what {platform.title()} exports: {WANTED[platform]}"
        raise GradingError(msg)
    if not (shape.platform or shape.columns.tell_learners_apart):
        msg = f"{path} has no column that tells learners apart; call one 'id', 'name' or 'email' in its first row, "
        msg += "or put such a row above the learners if there is none"
        raise GradingError(msg)
    if not shape.platform:
        require_heads(table, shape.columns, path)
    found: dict[str, Learner] = {}
    asides: dict[int, Aside] = {}
    codes = code_columns(table, shape.columns)
    for row in range(1, len(table.rows)):
        if not shape.platform and (passed := aside(table, row, shape.columns, codes)):
            asides[row] = passed
            continue
        learner = _learner(table, row, shape)
        if learner is None:
            continue
        first = found.get(learner.key)
        if first and not _is_same(first, learner):
            rows = f"rows {first.rows['list'][0] + table.first} and {row + table.first}"
            msg = f"{path} names {learner.key!r} twice, in {rows}; give each learner one row, and an id or e-mail"
            raise GradingError(msg)
        found[learner.key] = first.with_all_of(learner) if first else learner
    has_ids = bool(shape.platform or any(each.ids for each in found.values()))
    kept = replace(table, rows=[cells for row, cells in enumerate(table.rows) if row not in asides])
    left = () if has_ids else tuple(unused(kept, shape.columns))
    return LearnerList(shape.platform, tuple(found.values()), table, _word(table, shape), left, tuple(asides.values()))


def _word(table: CsvText, shape: _Shape) -> str:
    """Return what a list calls a participant, where names are hidden: the word before the numbers."""
    cells = (table.value(row, shape.number_column) for row in range(1, len(table.rows))) if shape.numbering else ()
    found = (shape.numbering.fullmatch(cell) for cell in cells) if shape.numbering else ()
    return next((letters(each["word"]) for each in found if each), "")


def _is_same(first: Learner, learner: Learner) -> bool:
    """Return whether two rows of a list are one learner, who may be in two sections."""
    has_id = bool(first.ids or first.emails)
    return has_id and first.may_be(learner)


def _shape(table: CsvText, wanted: str) -> _Shape:
    heads = table.heads
    columns = columns_of(table)
    if wanted != "moodle" and any(holds(heads, each) for each in CANVAS_HEADS):
        return _Shape("canvas", columns, ONLY_NUMBER, [letters(head) for head in heads].index("id"))
    if wanted == "canvas":
        return _Shape("", columns)
    place, numbering = _numbering(table)
    is_english = any(holds(heads, each) for each in MOODLE_HEADS)
    is_likely = place == 0 and numbering is NUMBERED and _has_maximum(table)
    if numbering and (wanted or is_english or is_likely):
        return _Shape("moodle", _named(table, columns, place), numbering, place)
    columns = with_ids(table, columns)
    return _Shape("", columns, id_in_name=None if columns.of("id") else _id_in_name(table, columns))


def _id_in_name(table: CsvText, columns: Columns) -> re.Pattern[str] | None:
    """Return how names and ids stand in one cell, where most have both, and no two the same id."""
    names = [value for column in columns.of("name")[:1] for value in table.column(column)]
    for pattern in ID_IN_NAME:
        found = [each["id"] for name in names if (each := pattern.fullmatch(name))]
        are_years = all(re.fullmatch(r"(?:19|20)[0-9]{2}", each) for each in found)
        if found and not are_years and len(set(found)) == len(found) and 2 * len(found) > len(names):
            return pattern
    return None


def _numbering(table: CsvText) -> tuple[int, re.Pattern[str] | None]:
    """Return the column of the participants' numbers and how they are written; the first column comes first."""
    if not table.rows or len(table.rows) == 1:
        return 0, NUMBERED
    for column in range(len(table.rows[0])):
        cells = [table.value(row, column) for row in range(1, len(table.rows)) if any(table.rows[row])]
        if column and len(set(cells)) < len(cells):
            continue
        if all_fit(table, column, NUMBERED) and _has_one_word(table, column):
            return column, NUMBERED
        if column == 0 and all_fit(table, column, ONLY_NUMBER):
            return column, ONLY_NUMBER
    return 0, None


def _has_one_word(table: CsvText, column: int) -> bool:
    """Return whether all cells of a column are one word with a number."""
    cells = [table.value(row, column) for row in range(1, len(table.rows))]
    return len({found["word"] for cell in cells if (found := NUMBERED.fullmatch(cell))}) == 1


def _has_maximum(table: CsvText) -> bool:
    """Return whether a column holds one number again and again, as the maximum grade in a worksheet of Moodle."""
    return any(maximum_columns(table))


def maximum_columns(table: CsvText) -> Iterator[int]:
    """Yield the columns that may hold the maximum grade: one number for everybody, with a fraction as Moodle writes."""
    for column in range(2, len(table.rows[0]) if table.rows else 0):
        values = {table.value(row, column) for row in range(1, len(table.rows)) if any(table.rows[row])}
        if len(values) == 1 and re.fullmatch(r"[0-9]+[.,][0-9]{2,5}", next(iter(values))):
            yield column


def _named(table: CsvText, columns: Columns, number_column: int) -> Columns:
    """Return the columns of a worksheet: beside the numbers, the column of names is known by its place."""
    places = {kind: [at for at in each if at != number_column] for kind, each in columns.places.items()}
    beside = number_column + 1
    is_free = all(beside not in each for each in places.values())
    if not places["name"] and not places["last"] and places["email"] and is_free and beside < len(table.rows[0]):
        places["name"] = [beside]
    return Columns(places)


def _learner(table: CsvText, row: int, shape: _Shape) -> Learner | None:
    """Return the learner in a row; None for a row that is none, such as Canvas' points possible."""

    def values(kind: str) -> list[str]:
        return [value for column in shape.columns.of(kind) if (value := table.value(row, column))]

    numbered = table.value(row, shape.number_column) if shape.numbering else ""
    number = shape.numbering.fullmatch(numbered) if shape.numbering else None
    ids = [value for value in map(unmarked, values("id")) if value and (not shape.numbering or value != numbered)]
    emails = list(map(unmarked, values("email")))
    parts = [value for kind in PARTS for value in values(kind)[:1]]
    whole = values("name")[:1]
    has_both = bool(values("first") and values("last"))
    name = " ".join(parts if has_both and len(words(" ".join(whole))) < len(parts) else whole or parts)
    if shape.id_in_name and (both := shape.id_in_name.fullmatch(name)):
        name, ids = both["name"].strip(), [*ids, both["id"]]
    if not emails and (both := MAIL_IN_NAME.fullmatch(name)):
        name, emails = both["name"], [both["mail"]]
    numbers = {shape.platform: number["number"]} if number else {}
    numbers |= {"canvas": values("canvas")[0]} if values("canvas") else {}
    if _is_no_learner(table, row, name, shape.platform) or (shape.numbering and not number):
        return None
    if not (ids or emails or name or numbers):
        return None
    shown = [*([numbered] if number else []), *ids, *values("canvas")[:1]]
    keys = [value for value in [*shown, *emails, name] if value and not is_rounded(value)]
    whole = [value for value in ids if not is_rounded(value)]
    return Learner(
        key=keys[0] if keys else f"{shown[0]} (row {row + 1})",
        id=shown[0] if shown else "",
        name=name,
        email=emails[0] if emails else "",
        ids=frozenset(map(plain, whole)),
        written=tuple(ids),
        names=spellings(name).union(*map(spellings, [*whole[:has_both], *_further(values)])),
        emails=frozenset(map(plain, emails)),
        aliases=frozenset(_several(values("alias"))),
        groups=frozenset(filter(None, map(letters, _several(values("group"))))),
        numbers=numbers,
        rows={"list": (row,), **({shape.platform: (row,)} if shape.platform else {})},
    )


def _further(values: Callable[[str], list[str]]) -> Iterator[str]:
    """Yield what else a learner may be called: without the middle name, and by first and last name where both stand."""
    last, middle, second = values("last")[:1], values("middle")[:1], values("second")[:1]
    for first in values("first")[:2] if last else ():
        yield " ".join([first, *last])
        yield " ".join([first, *middle, *last])
        yield " ".join([first, *last, *second])


def _is_no_learner(table: CsvText, row: int, name: str, platform: str) -> bool:
    first = table.value(row, 0).casefold()
    is_maximum = first.startswith(POINTS_POSSIBLE) or name.casefold().startswith(POINTS_POSSIBLE)
    return is_maximum or (platform == "canvas" and TEST_STUDENT in spellings(name))


def _several(values: Iterable[str]) -> Iterator[str]:
    """Yield what cells say in one spelling: each as a whole, and each part between semicolons."""
    for value in values:
        yield plain(value)
        yield from filter(None, map(plain, SEVERAL.split(value)))


def join(lists: Sequence[LearnerList]) -> dict[str, Learner]:
    """Return the learners of several lists, each once; those that only a later list has are not expected to submit."""
    learners: dict[str, Learner] = {each.key: each for each in lists[0].learners}
    for later in lists[1:]:
        partners = _partners(learners, later.learners)
        for each in later.learners:
            if partner := partners.get(each.key):
                learners[partner] = learners[partner].with_all_of(each)
                continue
            key = each.key if each.key not in learners else f"{later.platform} {each.key}"
            learners[key] = replace(each, key=key, is_expected=False)
    return learners


def _partners(learners: dict[str, Learner], later: Sequence[Learner]) -> dict[str, str]:
    """Return which learners of a later list are which of those known: by id or e-mail, and else by name."""
    by_id: defaultdict[str, set[str]] = defaultdict(set)
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    by_number: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each in learners.values():
        for known in (*each.ids, *each.emails):
            by_id[known].add(each.key)
        for number in each.numbers.items():
            by_number[number].add(each.key)
        for name in each.names:
            by_name[name].add(each.key)
    partners: dict[str, str] = {}
    for each in later:
        found = {
            key
            for known in (*each.ids, *each.emails)
            for key in by_id[known]
            if not _is_short(known) or learners[key].may_be(each)
        }
        numbers = each.numbers.values()
        found = found or {key for number in numbers for key in by_id[number] if learners[key].may_be(each)}
        found = found or {key for number in each.numbers.items() for key in by_number[number]}
        if len(found) == 1:
            partners[each.key] = found.pop()
    left = [each for each in later if each.key not in partners]
    bearers = Counter(name for each in left for name in each.names)
    taken, are_comparable = set(partners.values()), bool(partners)
    for each in left:
        named = {key for name in each.names for key in by_name[name]} - taken
        alike = [key for key in named if _may_share_id(learners[key], each)]
        is_alone = all(bearers[name] == 1 for name in each.names)
        if len(alike) == 1:
            partners[each.key] = alike[0]
        elif len(named) == 1 and is_alone and not (are_comparable and _differ(learners[min(named)], each)):
            partners[each.key] = min(named)
    return partners


def _is_short(id_: str) -> bool:
    """Return whether an id may only count the learners of a list."""
    return id_.isdecimal() and len(id_) <= SHORT


def _may_share_id(one: Learner, other: Learner) -> bool:
    return any(may_be(mine, theirs) for mine in one.written for theirs in other.written)


def _differ(one: Learner, other: Learner) -> bool:
    """Return whether two learners have ids of one kind, and not the same."""
    return any(
        len(mine) == len(theirs) and mine.isdecimal() and theirs.isdecimal() for mine in one.ids for theirs in other.ids
    )
