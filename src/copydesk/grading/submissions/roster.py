"""Finds each submission's learner on the instructor's lists: by id, by e-mail, by name, and says how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.damaged_ids import is_inexact, may_be_same_id, strip_zeros
from copydesk.grading.submissions.list_joining import join_lists
from copydesk.grading.submissions.name_index import NameIndex
from copydesk.grading.submissions.names import (
    is_garbled,
    is_made_of,
    letters_and_digits,
    normalize,
    shares_words,
    split_words,
    strip_accents,
    strip_quotes,
)
from copydesk.grading.submissions.platforms import group_name, numbering
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.submissions.learners import Learner, LearnerList
    from copydesk.grading.submissions.platforms import Sender

NO_KEYS: frozenset[str] = frozenset()
TWO_MEANINGS = "roster.two_meanings"
NO_ALIAS = "roster.no_alias"
"""The keys of two reasons in the catalogue that need their own remedy (``roster_status``)."""

BY_NUMBER_ALONE = "id, with no name to compare"
BY_BARE_NAME = "name without accents"
BY_PART = "part of the name"
BY_DAMAGED_ID = "an id that a spreadsheet changed"
"""The ways to guess, as tables name them in each language."""

PRINTED = 80
"""How much of a name problems.csv prints."""


@dataclass(frozen=True, slots=True)
class Match:
    """Which learner a submission belongs to, by what, and whether that is sure or a guess.

    A group's submission belongs to all ``members``, and has no ``key``. If it belongs to no one, there is no key,
    and ``how`` says why; the ``members`` are those it may belong to.
    """

    key: str
    how: str
    is_sure: bool
    members: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Return all learners that it belongs to."""
        if self.key:
            return (self.key,)
        return self.members if self.is_sure else ()


def no_match(why: str, *, perhaps: Iterable[str] = ()) -> Match:
    """Return the match of a submission that belongs to no one on the list: why, and whose it may be."""
    return Match("", why, is_sure=False, members=tuple(sorted(perhaps)))


@dataclass(slots=True)
class Roster:
    """The learners of a course, and the ways to find them.

    ``participant_words`` are what Moodle calls a participant in its lists, where names are hidden; ``problems`` are
    those of the lists themselves. Everything else follows from the learners, so it is not compared.
    """

    learners: dict[str, Learner]
    participant_words: frozenset[str] = frozenset()
    problems: tuple[SubmissionProblem, ...] = ()
    by_number: dict[tuple[str, str], str] = field(init=False, compare=False)
    by_any_number: dict[tuple[str, str], frozenset[str]] = field(init=False, compare=False)
    by_id: dict[str, str] = field(init=False, compare=False)
    by_any_id: dict[str, frozenset[str]] = field(init=False, compare=False)
    by_alias: dict[str, frozenset[str]] = field(init=False, compare=False)
    by_email: dict[str, str] = field(init=False, compare=False)
    by_name: dict[str, frozenset[str]] = field(init=False, compare=False)
    by_bare_name: dict[str, frozenset[str]] = field(init=False, compare=False)
    by_word: dict[str, frozenset[str]] = field(init=False, compare=False)
    by_digits: dict[str, frozenset[str]] = field(init=False, compare=False)
    with_inexact_ids: frozenset[str] = field(init=False, compare=False)
    groups: dict[str, frozenset[str]] = field(init=False, compare=False)
    group_letters: frozenset[str] = field(init=False, compare=False)

    @classmethod
    def from_lists(cls, lists: Sequence[LearnerList]) -> Roster:
        """Return the roster that several lists form together; what fits two learners finds neither."""
        words: set[str] = set()
        problems: list[SubmissionProblem] = []
        for listed in lists:
            words.add(listed.participant_word)
            problems += listed.problems()
        return cls(join_lists(lists), frozenset(words - {""}), tuple(problems))

    def __post_init__(self) -> None:
        self._index_ids()
        self._index_damaged_ids()
        self._index_names()

    def _index_ids(self) -> None:
        """Fill the ways to find a learner by an id, an e-mail or a platform's number."""
        numbers, any_numbers = NameIndex[tuple[str, str]](), NameIndex[tuple[str, str]]()
        emails, any_ids = NameIndex[str](), NameIndex[str]()
        shown_ids, ids, expected_ids = NameIndex[str](), NameIndex[str](), NameIndex[str]()
        for key, learner in self.learners.items():
            known_numbers = [] if learner.is_hidden else learner.numbers.values()
            shown = list(map(normalize, [learner.id, *known_numbers]))
            numbers.add(learner.numbers.items(), key)
            emails.add(learner.emails, key)
            any_ids.add([*shown, *learner.ids], key)
            if not learner.is_hidden:  # a number that no learner knows is no alias
                shown_ids.add(shown, key)
            ids.add(learner.ids, key)
            if learner.is_expected:
                expected_ids.add(learner.ids, key)
        self.by_number = numbers.single_keys()
        for (place, number), key in self.by_number.items():
            any_numbers.add([(place.partition(" ")[0], number)], key)
        self.by_any_number = any_numbers.keys()
        self.by_email = emails.single_keys()
        self.by_any_id = any_ids.keys()
        self.by_id = {**shown_ids.single_keys(), **ids.single_keys(), **expected_ids.single_keys()}

    def _index_damaged_ids(self) -> None:
        """Fill the ways to find the learners whose ids a spreadsheet may have changed."""
        digits = NameIndex[str]()
        inexact = set()
        for key, learner in self.learners.items():
            for id_ in learner.written_ids:
                if is_inexact(id_):
                    inexact.add(key)
                else:
                    digits.add([strip_zeros(id_)], key)
        self.by_digits = digits.keys()
        self.with_inexact_ids = frozenset(inexact)

    def _index_names(self) -> None:
        """Fill the ways to find learners by a name, a word of it, an alias or a group."""
        names, bare_names, words = NameIndex[str](), NameIndex[str](), NameIndex[str]()
        aliases, groups = NameIndex[str](), NameIndex[str]()
        for key, learner in self.learners.items():
            names.add(learner.names, key)
            bare_names.add(map(strip_accents, learner.names), key)
            words.add(split_words(strip_accents(learner.name)), key)
            aliases.add(map(strip_quotes, learner.aliases), key)
            groups.add(learner.groups, key)
        self.by_name = names.keys()
        self.by_bare_name = bare_names.keys()
        self.by_word = words.keys()
        self.by_alias = aliases.keys()
        self.groups = groups.keys()
        self.group_letters = frozenset(name.rpartition(" ")[2] for name in self.groups)

    @property
    def has_names(self) -> bool:
        """Return whether the lists say what learners are called."""
        return bool(self.by_name)

    @property
    def expected(self) -> list[Learner]:
        """Return the learners of the first list, who should all submit."""
        return [learner for learner in self.learners.values() if learner.is_expected]

    def match(self, label: str, sender: Sender | None, alias: str, *, lesson: str = "") -> Match:
        """Return the match of a submission: its learner, or why there is none.

        The instructor's column of aliases counts first: it names a submission by the ``label`` that
        problems.csv gives it. If a platform says who submitted, the alias in the file is ignored. Moodle's numbers are
        compared with those of the worksheet for the ``lesson``.
        """
        if not (sender or alias):
            return no_match(t(NO_ALIAS))
        by_hand = self._match_listed_alias(label) or self._match_listed_alias(one_line(label, PRINTED))
        if by_hand:
            return by_hand
        return self._match_sender(sender, lesson) if sender else self._match_alias(alias, lesson)

    def look_up(self, text: str, lesson: str = "") -> str | None:
        """Return the learner that an instructor names by id, e-mail, alias or whole name, for a lesson."""
        name = strip_quotes(text)
        keys = self.by_any_id.get(name, NO_KEYS) | self.by_alias.get(name, NO_KEYS)
        if name in self.by_email:
            keys |= {self.by_email[name]}
        keys = keys or self.by_name.get(letters_and_digits(text), NO_KEYS)
        return _single_key(key for key in keys if self.learners[key].takes_part_in(lesson))

    def is_shared_name(self, text: str) -> bool:
        """Return whether what an instructor calls a learner fits several on the list."""
        name = strip_quotes(text)
        keys = self.by_any_id.get(name, NO_KEYS) | self.by_alias.get(name, NO_KEYS)
        return len(keys or self.by_name.get(letters_and_digits(text), NO_KEYS)) > 1

    def confirms(self, sender: Sender) -> bool:
        """Return whether a sender's number and name are one learner's on a list of the platform's own."""
        keys = self.by_any_number.get((sender.platform, sender.id), NO_KEYS)
        return any(sender.name_letters in self.learners[key].names or self._is_known_as(key, sender) for key in keys)

    def has_number(self, sender: Sender) -> bool:
        """Return whether a sender's number is on the platform's own list."""
        return (sender.platform, sender.id) in self.by_number

    def has_learner_or_group(self, sender: Sender) -> bool:
        """Return whether someone on the list, or a group, has the sender's name."""
        return self.has_name(sender) or (bool(sender.name) and sender.name_letters in self.group_letters)

    def has_name(self, sender: Sender) -> bool:
        """Return whether someone on the list has the sender's name."""
        return bool(sender.name) and sender.name_letters in self.by_name

    def _match_listed_alias(self, label: str) -> Match | None:
        keys = self.by_alias.get(strip_quotes(label), NO_KEYS)
        if len(keys) == 1:
            return Match(min(keys), "alias", is_sure=True)
        return no_match(t("roster.shared_alias"), perhaps=keys) if keys else None

    def learner_with_number(self, sender: Sender, lesson: str) -> str | None:
        """Return the learner with a sender's number: on the lesson's own worksheet, or else on the platform's list."""
        for place in (numbering(sender.platform, lesson), sender.platform):
            key = self.by_number.get((place, sender.id))
            if key:
                return key
        return None

    def _members(self, letters: str, lesson: str) -> frozenset[str]:
        """Return the members of a group: by the worksheet for the lesson if it has the group, or else by all lists.

        If some have no name there, the others are the same people on another list.
        """
        members = self.groups.get(group_name(letters, lesson)) or self.groups.get(letters, NO_KEYS)
        hidden = frozenset(key for key in members if self.learners[key].is_hidden)
        return hidden or members

    def _match_sender(self, sender: Sender, lesson: str) -> Match:
        """Return the match by the platform's word: number and name, or a name that fits only one."""
        numbered = self.learner_with_number(sender, lesson) if sender.is_numbered else None
        named = self.by_name.get(sender.name_letters, NO_KEYS) if sender.name and not sender.is_hidden else NO_KEYS
        members = NO_KEYS if sender.is_hidden else self._members(sender.name_letters, lesson)
        fits = numbered is not None and (numbered in named or self._is_known_as(numbered, sender))
        is_own = fits and sender.platform == "moodle"  # Moodle's groups have their own numbers
        if members and named and members != named and not is_own:
            return no_match(t(TWO_MEANINGS))
        if numbered and fits:
            return Match(numbered, "id", is_sure=True)
        by_hand = None if sender.is_rival else self._match_listed_alias(sender.name)
        if by_hand:
            return by_hand
        if members and not named:
            return self._match_group(sender, members, numbered)
        if numbered:
            return self._match_number_alone(numbered, sender)
        return self._match_name(sender, named, lesson)

    def _is_known_as(self, key: str, sender: Sender) -> bool:
        """Return whether a number is enough: names are hidden, or, accents apart, the same or alike in two words."""
        learner = self.learners[key]
        if sender.is_hidden or not (sender.name_letters or learner.names):  # no letters: a name of pictures alone
            return True
        if any(is_garbled(sender.name, name) for name in learner.names):
            return True
        name, joined = strip_accents(learner.name), strip_accents(sender.name_letters)
        is_same = joined in map(strip_accents, learner.names)
        return is_same or shares_words(strip_accents(sender.name), name) or is_made_of(joined, name)

    def _match_number_alone(self, key: str, sender: Sender) -> Match:
        learner = self.learners[key]
        if not learner.names and not self.groups:
            return Match(key, BY_NUMBER_ALONE, is_sure=False)
        name = one_line(learner.name or learner.key, PRINTED)
        return no_match(t("roster.another_name", platform=sender.platform.title(), number=sender.id, name=name))

    def _match_group(self, sender: Sender, members: frozenset[str], numbered: str | None) -> Match:
        if sender.platform == "canvas" and numbered and numbered not in members:
            return no_match(t("roster.no_member"))
        return self._group_match(members)

    def _group_match(self, members: frozenset[str]) -> Match:
        in_order = tuple(key for key in self.learners if key in members)
        return Match("", "group", is_sure=True, members=in_order)

    def _match_name(self, sender: Sender, named: frozenset[str], lesson: str) -> Match:
        same_id = self.by_id.get(normalize(sender.id)) if sender.id else None
        if same_id in named:
            return Match(same_id or "", "id", is_sure=True)
        if len(named) > 1:
            return no_match(t("roster.shared_name"))
        key = _single_key(named)
        if key is None:
            key = _single_key(self.by_bare_name.get(strip_accents(sender.name_letters), NO_KEYS))
            return Match(key, BY_BARE_NAME, is_sure=False) if key else no_match("")
        if sender.is_rival:
            return no_match(t("roster.rival"))
        other = self.learners[key].number(sender.platform, lesson) if sender.is_numbered else ""
        if other and other != sender.id:
            return no_match(t("roster.another_number", number=other))
        return Match(key, "name", is_sure=True)

    def _match_alias(self, alias: str, lesson: str) -> Match:
        """Return the match by the alias that the learner typed: id, e-mail, name, group, or a part of one."""
        named = self.by_name.get(letters_and_digits(alias), NO_KEYS)
        members = self._members(letters_and_digits(alias), lesson)
        if members and named and members != named:
            return no_match(t(TWO_MEANINGS), perhaps=members | named)
        by_whole_alias = self._match_whole_alias(alias, named)
        if by_whole_alias:
            return by_whole_alias
        if len(named) > 1:
            return no_match(t("roster.shared_name"), perhaps=named)
        if members:
            return self._group_match(members)
        by_damaged_id = self._match_damaged_id(normalize(alias))
        if by_damaged_id:
            return by_damaged_id
        key = _single_key(self._learners_with_part(split_words(strip_accents(alias))))
        return Match(key, BY_PART, is_sure=False) if key else no_match("")

    def _match_whole_alias(self, alias: str, named: frozenset[str]) -> Match | None:
        """Return the match by an id, an e-mail or a name of several words; ``named`` are all who have the name."""
        name = normalize(alias)
        if name in self.by_id:
            return Match(self.by_id[name], "id", is_sure=True)
        if name in self.by_email:
            return Match(self.by_email[name], "e-mail", is_sure=True)
        key = _single_key(named) if len(split_words(alias)) > 1 else None
        return Match(key, "name", is_sure=True) if key else None

    def _learners_with_part(self, words: list[str]) -> set[str]:
        """Return the learners whose names have all these words; a single letter may begin a word."""
        bearers: list[frozenset[str]] = []
        initials: set[str] = set()
        for word in words:
            if len(word) == 1:
                initials.add(word)
            else:
                bearers.append(self.by_word.get(word, NO_KEYS))
        if not bearers:
            return set()
        keys = bearers[0].intersection(*bearers[1:])
        return {key for key in keys if self._has_initials(key, initials)}

    def _has_initials(self, key: str, initials: set[str]) -> bool:
        """Return whether each of some letters begins a word of a learner's name."""
        words = split_words(strip_accents(self.learners[key].name))
        return initials <= {word[0] for word in words}

    def _match_damaged_id(self, id_: str) -> Match | None:
        """Return the one learner whose id a spreadsheet may have made from this one."""
        if not id_.isdecimal():
            return None
        near = self.by_digits.get(strip_zeros(id_), NO_KEYS) | self.with_inexact_ids
        alike = {key for key in near if self._may_have_id(key, id_)}
        if not alike:
            return None
        key = _single_key(alike)
        if key:
            return Match(key, BY_DAMAGED_ID, is_sure=False)
        return no_match(t("roster.several_damaged_ids"))

    def _may_have_id(self, key: str, id_: str) -> bool:
        return any(may_be_same_id(id_, written) for written in self.learners[key].written_ids)


def _single_key(keys: Iterable[str]) -> str | None:
    """Return the key if there is exactly one; else None."""
    all_keys = list(keys)
    return all_keys[0] if len(all_keys) == 1 else None
