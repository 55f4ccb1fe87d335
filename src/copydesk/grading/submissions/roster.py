"""Finds each submission's learner on the instructor's lists: by id, by e-mail, by name, and says how sure that is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from copydesk.grading.files.safe_text import one_line
from copydesk.grading.submissions.damaged_ids import is_inexact, may_be, unpadded
from copydesk.grading.submissions.learners import Learner, LearnerList, join
from copydesk.grading.submissions.names import (
    as_printed,
    bare,
    is_garbled,
    is_made_of,
    letters,
    plain,
    shares_words,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.submissions.platforms import Sender

Name = TypeVar("Name", str, tuple[str, str])
TWO_MEANINGS = "on the list, one learner has that name, and so has a group with others in it"
NO_ALIAS = "there is no alias in it, and what a file is called is nobody's word"
PRINTED = 80
"""How much of a name problems.csv prints."""

INEXACT = ""
"""Under which the learners are found whose ids a spreadsheet may have rounded."""


@dataclass(frozen=True, slots=True)
class Match:
    """Which learner a submission belongs to, by what, and whether that is sure or a guess.

    A group's submission belongs to all ``members``, and has no ``key``. Where it belongs to nobody, there is no key,
    and ``how`` says why; the ``members`` are those whose it may be.
    """

    key: str
    how: str
    is_sure: bool
    members: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Return all learners that it belongs to."""
        return (self.key,) if self.key else self.members if self.is_sure else ()


def nobody(why: str, *, perhaps: Iterable[str] = ()) -> Match:
    """Return what says why a submission belongs to nobody on the list, and whose it may be."""
    return Match("", why, is_sure=False, members=tuple(sorted(perhaps)))


@dataclass(slots=True)
class Roster:
    """The learners of a course, and the ways to find them.

    ``words`` are what Moodle calls a participant in its lists, where names are hidden; ``problems`` are those of the
    lists themselves. All else follows from the
    learners, and so is not compared.
    """

    learners: dict[str, Learner]
    words: frozenset[str] = frozenset()
    problems: tuple[SubmissionProblem, ...] = ()
    by_number: dict[tuple[str, str], str] = field(default_factory=dict, compare=False)
    by_id: dict[str, str] = field(default_factory=dict, compare=False)
    by_any_id: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)
    by_alias: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)
    by_email: dict[str, str] = field(default_factory=dict, compare=False)
    by_name: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)
    by_bare_name: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)
    by_word: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)
    by_digits: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)
    groups: dict[str, frozenset[str]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, lists: Sequence[LearnerList]) -> Roster:
        """Return the roster that several lists make together; what fits two learners finds neither."""
        learners = join(lists)
        everybody = learners.values()
        named = [(name, each.key) for each in everybody for name in each.names]
        first = _once((name, each.key) for each in everybody for name in each.ids if each.is_expected)
        shown = [(plain(name), each.key) for each in everybody for name in {each.id, *each.numbers.values()} if name]
        numbers = _once(shown)
        ids = [(name, each.key) for each in everybody for name in each.ids]
        further = _once(ids)
        return cls(
            learners,
            frozenset(each.word for each in lists if each.word),
            tuple(problem for each in lists for problem in each.problems()),
            by_number=_once((pair, each.key) for each in everybody for pair in each.numbers.items()),
            by_id={**numbers, **further, **first},
            by_any_id=_all([*shown, *ids]),
            by_alias=_all((as_printed(name), each.key) for each in everybody for name in each.aliases),
            by_email=_once((email, each.key) for each in everybody for email in each.emails),
            by_name=_all(named),
            by_bare_name=_all((bare(name), key) for name, key in named),
            by_word=_all((word, each.key) for each in everybody for word in words(bare(each.name))),
            by_digits=_by_digits(everybody),
            groups=_all((name, each.key) for each in everybody for name in each.groups),
        )

    @property
    def has_names(self) -> bool:
        """Return whether the lists say what learners are called."""
        return bool(self.by_name)

    @property
    def expected(self) -> list[Learner]:
        """Return the learners of the first list, who should all submit."""
        return [each for each in self.learners.values() if each.is_expected]

    def match(self, called: str, sender: Sender | None, alias: str) -> Match:
        """Return whose submission it is.

        What the instructor wrote into the column of aliases counts first: there a submission is ``called`` as
        problems.csv calls it. Where a platform says who submitted, the alias in the file is not asked.
        """
        if not (sender or alias):
            return nobody(NO_ALIAS)
        settled = self._by_given_alias([called, one_line(called, PRINTED)])
        if settled:
            return settled
        return self._by_sender(sender) if sender else self._by_alias(alias)

    def look_up(self, text: str) -> str | None:
        """Return the learner that an instructor names by id, e-mail, alias or whole name."""
        name = as_printed(text)
        email = self.by_email.get(name)
        by_word = self.by_any_id.get(name, frozenset()) | self.by_alias.get(name, frozenset())
        keys = by_word | ({email} if email else frozenset())
        return _only(keys or self.by_name.get(letters(text), frozenset()))

    def fits(self, sender: Sender) -> bool:
        """Return whether number and name of a sender are one learner's on the platform's own list."""
        key = self.by_number.get((sender.platform, sender.id))
        return key is not None and (sender.letters in self.learners[key].names or self._is_known_as(key, sender))

    def has_number(self, sender: Sender) -> bool:
        """Return whether the number of a sender is on the platform's own list."""
        return (sender.platform, sender.id) in self.by_number

    def knows(self, sender: Sender) -> bool:
        """Return whether somebody on the list, or a group, has the name of a sender."""
        return self.has_name(sender) or (bool(sender.name) and sender.letters in self.groups)

    def has_name(self, sender: Sender) -> bool:
        """Return whether somebody on the list has the name of a sender."""
        return bool(sender.name) and sender.letters in self.by_name

    def _by_given_alias(self, names: Iterable[str]) -> Match | None:
        for name in map(as_printed, names):
            keys = self.by_alias.get(name, frozenset())
            if len(keys) == 1:
                return Match(min(keys), "alias", is_sure=True)
            if keys:
                return nobody("the column of aliases has that name for more than one learner", perhaps=keys)
        return None

    def _by_sender(self, sender: Sender) -> Match:
        """Return whose submission it is by the platform's word: number and name, or a name that fits only one."""
        numbered = self.by_number.get((sender.platform, sender.id)) if sender.is_numbered else None
        named = self.by_name.get(sender.letters, frozenset()) if sender.name and not sender.is_hidden else frozenset()
        fitting = numbered if numbered and (numbered in named or self._is_known_as(numbered, sender)) else None
        members = self.groups.get(sender.letters, frozenset()) if not sender.is_hidden else frozenset()
        is_own = fitting and sender.platform == "moodle"  # whose groups have numbers of their own
        if members and named and members != named and not is_own:
            return nobody(TWO_MEANINGS)
        if fitting:
            return Match(fitting, "id", is_sure=True)
        if not sender.is_rival and (given := self._by_given_alias([sender.name])):
            return given
        if members and not named:
            return self._by_group(sender, numbered)
        if numbered:
            return self._another_name(numbered, sender)
        return self._by_name(sender, named)

    def _is_known_as(self, key: str, sender: Sender) -> bool:
        """Return whether a number is enough: names are hidden, or, accents apart, the same or alike in two words."""
        learner = self.learners[key]
        if sender.is_hidden or not (sender.letters or learner.names):  # no letters: a name of pictures alone
            return True
        if any(is_garbled(sender.name, name) for name in learner.names):
            return True
        name, joined = bare(learner.name), bare(sender.letters)
        is_same = joined in map(bare, learner.names)
        return is_same or shares_words(bare(sender.name), name) or is_made_of(joined, name)

    def _another_name(self, key: str, sender: Sender) -> Match:
        learner = self.learners[key]
        if not learner.names and not self.groups:
            return Match(key, "id, with no name to compare", is_sure=False)
        called = one_line(learner.name or learner.key, PRINTED)
        why = f"{sender.platform.title()}'s number {sender.id} is “{called}”, whose name is another: "
        return nobody(f"{why}it may be the number of a group, or a name that was changed")

    def _by_group(self, sender: Sender, numbered: str | None) -> Match:
        members = self.groups[sender.letters]
        if sender.platform == "canvas" and numbered and numbered not in members:
            return nobody("the learner who submitted for the group is not among its members on the list")
        return self._of_members(members)

    def _of_members(self, members: frozenset[str]) -> Match:
        return Match("", "group", is_sure=True, members=tuple(key for key in self.learners if key in members))

    def _by_name(self, sender: Sender, named: frozenset[str]) -> Match:
        same_id = self.by_id.get(plain(sender.id)) if sender.id else None
        if same_id in named:
            return Match(same_id or "", "id", is_sure=True)
        if len(named) > 1:
            return nobody("more than one learner on the list has that name")
        key = _only(named)
        if key is None:
            key = _only(self.by_bare_name.get(bare(sender.letters), frozenset()))
            return Match(key, "name without accents", is_sure=False) if key else nobody("")
        if sender.is_rival:
            return nobody("another number came with the same name")
        other = self.learners[key].numbers.get(sender.platform) if sender.is_numbered else None
        if other and other != sender.id:
            return nobody(f"on the list, that name has another number, {other}")
        return Match(key, "name", is_sure=True)

    def _by_alias(self, alias: str) -> Match:
        name = plain(alias)
        named = self.by_name.get(letters(alias), frozenset())
        members = self.groups.get(letters(alias), frozenset())
        if members and named and members != named:
            return nobody(TWO_MEANINGS, perhaps=members | named)
        ways = (
            ("id", self.by_id.get(name)),
            ("e-mail", self.by_email.get(name)),
            ("name", _only(named) if len(words(alias)) > 1 else None),
        )
        for how, key in ways:
            if name and key:
                return Match(key, how, is_sure=True)
        if len(named) > 1:
            return nobody("more than one learner on the list has that name", perhaps=named)
        if members:
            return self._of_members(members)
        if damaged := self._by_damaged_id(name):
            return damaged
        key = _only(self._with_part(words(bare(alias))))
        return Match(key, "part of the name", is_sure=False) if key else nobody("")

    def _with_part(self, asked: list[str]) -> set[str]:
        """Return the learners whose names have all these words; a single letter may begin a word."""
        whole = [self.by_word.get(word, frozenset()) for word in asked if len(word) > 1]
        found = set(whole[0].intersection(*whole[1:])) if whole else set()
        initials = [word for word in asked if len(word) == 1]
        return {
            key
            for key in found
            if all(any(word.startswith(each) for word in words(bare(self.learners[key].name))) for each in initials)
        }

    def _by_damaged_id(self, name: str) -> Match | None:
        """Return the one learner whose id a spreadsheet may have made of this one."""
        if not name.isdecimal():
            return None
        near = self.by_digits.get(unpadded(name), frozenset()) | self.by_digits.get(INEXACT, frozenset())
        alike = {key for key in near if any(may_be(name, id_) for id_ in self.learners[key].written)}
        key = _only(alike)
        if key:
            return Match(key, "an id that a spreadsheet changed", is_sure=False)
        return nobody("more than one id on the list may be it, after a spreadsheet changed them") if alike else None


def _once(pairs: Iterable[tuple[Name, str]]) -> dict[Name, str]:
    """Return what each name finds, without the empty ones and those that fit two learners."""
    return {name: next(iter(keys)) for name, keys in _all(pairs).items() if len(keys) == 1}


def _all(pairs: Iterable[tuple[Name, str]]) -> dict[Name, frozenset[str]]:
    """Return all that each name finds, without the empty ones."""
    found: defaultdict[Name, set[str]] = defaultdict(set)
    for name, key in pairs:
        found[name].add(key)
    return {name: frozenset(keys) for name, keys in found.items() if name}


def _by_digits(everybody: Iterable[Learner]) -> dict[str, frozenset[str]]:
    """Return the learners by the digits of their ids, with those whose ids may be rounded together in one place."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in everybody:
        for written in each.written:
            found[INEXACT if is_inexact(written) else unpadded(written)].add(each.key)
    return {digits: frozenset(keys) for digits, keys in found.items()}


def _only(keys: Iterable[str]) -> str | None:
    """Return the one key that there is; none where there are several."""
    each = list(keys)
    return each[0] if len(each) == 1 else None
