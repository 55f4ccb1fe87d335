"""Turns one file into scores and feedback pages: the same function in this process and in any number of others."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.alike import texts, times
from copydesk.grading.assessment import Assessment, assess
from copydesk.grading.display import one_line
from copydesk.grading.download import Download
from copydesk.grading.feedback import page
from copydesk.grading.gradebook import BY_HAND, Row, called_of
from copydesk.grading.intake import HandIn, hand_ins
from copydesk.grading.matches import NOTICE, Matches
from copydesk.grading.names import plain
from copydesk.grading.problems import GradingError, HandInProblem
from copydesk.grading.sources import Found, names
from copydesk.model.form import is_statement
from copydesk.model.written import WrittenResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from copydesk.grading.appeals import Appeals
    from copydesk.grading.gradebook import Identity
    from copydesk.grading.items import Layout
    from copydesk.grading.learners import Learner
    from copydesk.grading.limits import Document
    from copydesk.grading.marking.released import Released
    from copydesk.grading.platforms import Sender
    from copydesk.grading.roster import Match, Roster
    from copydesk.grading.versions import Versions


NOT_ON_DESK = "is not on the marking desk"
OWN_FAULT = "Copy Desk itself failed on this file"


@dataclass(frozen=True, slots=True)
class Rules:
    """What every hand-in of a run is graded by.

    ``released`` are the marks of written work that count, ``appeals`` those that were accepted; ``pages`` says whether
    feedback pages are made. ``download`` says whom a platform names as the sender of each file, ``matches`` whose a
    hand-in is by the instructor's word.
    """

    versions: Versions
    layouts: Mapping[str, Layout]
    roster: Roster | None = None
    due: datetime | None = None
    released: Released | None = None
    appeals: Appeals | None = None
    pages: bool = True
    download: Download = field(default_factory=Download)
    matches: Matches | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A hand-in that is graded: what is kept of it, and its feedback page, which is empty where none are made."""

    row: Row
    page: str


Outcome = Settled | HandInProblem


def settle(document: Document, rules: Rules) -> list[Outcome]:
    """Grade one file; whatever goes wrong with it is a row, never the end."""
    try:
        return [
            found if isinstance(found, HandInProblem) else settled(found, rules)
            for found in hand_ins(document, rules.versions.now)
        ]
    except GradingError:
        raise
    except Exception as error:  # noqa: BLE001  (a fault in this program on one file must not cost the others)
        reason = f"{OWN_FAULT} ({type(error).__name__})"
        remedy = "Please report it with the file; all other files were graded"
        return [HandInProblem(document.name, reason, remedy)]


class Caller(NamedTuple):
    """Who handed in: the alias in the file, what a platform, the roster and the instructor say, and what to call them.

    ``given`` are the learners that the instructor named by hand, where there is no roster to find them on; ``doubt`` is
    who sent the file if its name is Canvas', which nothing else says.
    """

    alias: str
    sent: Sender | None
    match: Match | None
    learner: str
    listed: Learner | None
    given: tuple[str, ...] = ()
    doubt: Sender | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return all that the learner is called for sure."""
        listed = (self.listed.id, self.listed.name, self.listed.email) if self.listed else ()
        return self.learner, called_of(self.learner, self.sent), *self.given, *listed

    @property
    def shown(self) -> str:
        """Return what a feedback page calls the learner."""
        return (self.listed.name if self.listed else "") or ", ".join(self.given) or self.learner

    def identity(self, hand_in: HandIn) -> Identity:
        """Return who handed in, by the strongest word there is, and the lesson.

        That is the roster's where the match is sure, and the instructor's; the platform's; the alias in one spelling;
        or else the file without its ending, also where two learners have the name in it.
        """
        lesson = hand_in.header.lesson
        if self.match and self.match.is_sure and self.match.key:
            return "roster", self.match.key, lesson
        if self.match and self.match.is_sure:
            return "group", "; ".join(self.match.members), lesson
        if self.given:
            return "matches", "; ".join(map(plain, self.given)), lesson
        if self.sent:
            return self.sent.platform, f"{self.sent.name.casefold()} {self.sent.id}".strip(), lesson
        is_shared = self.match is not None and len(self.match.members) > 1
        if is_shared or not self.alias:
            return "file", str(PurePosixPath(hand_in.file).with_suffix("")).casefold(), lesson
        sent = f" ({self.doubt.name} {self.doubt.id})" if self.doubt else ""
        return "alias", plain(self.alias) + sent, lesson

    def problems(self, file: str) -> Iterator[HandInProblem]:
        """Yield a row where the name of a file may say that another handed it in than the file itself does."""
        if self.doubt and not self.given and not (self.match and self.match.is_sure):
            reason = f"it was taken for “{one_line(self.learner, 60)}”'s, as it says itself; if it comes from Canvas, "
            reason += f"it is “{one_line(self.doubt.name, 60)}”'s, number {self.doubt.id}"
            remedy = "If it does, give Canvas' export with --canvas; nothing to do otherwise"
            yield HandInProblem(file, reason, remedy, "graded")


def with_senders(rules: Rules, found: Iterable[Found]) -> Rules:
    """Return the rules for a run over some files, whose names all together say which platform they come from."""
    return replace(rules, download=Download.of(names(found), rules.roster))


def with_clear_matches(rules: Rules, rows: Iterable[Row]) -> Rules | None:
    """Return the rules without matches that fit several hand-ins; None where all that there are fit only one."""
    if rules.matches is None:
        return None
    checked = rules.matches.checked(rows)
    return None if checked.unclear == rules.matches.unclear else replace(rules, matches=checked)


def caller(hand_in: HandIn, rules: Rules) -> Caller:
    """Return who handed in: the instructor's word first, then the platform's, and the alias where there is neither."""
    alias = " ".join(hand_in.header.learner.alias.split())
    sent, doubt = rules.download.sender(hand_in.file), rules.download.doubt(hand_in.file)
    roster, matches = rules.roster, rules.matches
    learner = (sent.name or sent.id if sent else alias) or PurePosixPath(hand_in.file).stem
    called = called_of(learner, sent)
    if roster is None:
        given = matches.of(called, hand_in.file) if matches else ()
        return Caller(alias, sent, None, learner, None, given, doubt)
    by_hand = matches.match(called, hand_in.file, roster) if matches else None
    match = by_hand or roster.match(called, sent, alias)
    listed = roster.learners[match.key] if match.is_sure and match.key else None
    return Caller(alias, sent, match, learner, listed, doubt=doubt)


def settled(hand_in: HandIn, rules: Rules) -> Settled:
    """Grade one hand-in."""
    who = caller(hand_in, rules)
    assessment = assess(hand_in, rules.versions, rules.released)
    if rules.appeals:
        assessment = rules.appeals.apply(assessment, who.names)
    return Settled(_row(assessment, who, rules), page(assessment, who.shown) if rules.pages else "")


def _row(assessment: Assessment, who: Caller, rules: Rules) -> Row:
    """Return what is kept of an assessment."""
    hand_in, results, form = assessment.hand_in, assessment.results, assessment.form
    late = rules.due is not None and hand_in.moment > rules.due
    return Row(
        who=who.identity(hand_in),
        learner=", ".join(who.given) or who.learner,
        handed_in_as=who.learner if who.given else "",
        lesson=hand_in.header.lesson,
        file=hand_in.file,
        moment=hand_in.moment,
        digest=hand_in.digest,
        points=tuple(result.score.points for result in results),
        unanswered=tuple(
            result.task.id
            for result in results
            if result.score.status == "unanswered" and not result.fault and not is_statement(result.task)
        ),
        notices=(
            *_notices(who, late=late),
            *assessment.notices,
            *_missing_texts(assessment, rules.released),
        ),
        problems=(*assessment.problems, *who.problems(hand_in.file)),
        statements=f"{form.done} of {form.total} ({form.name})" if form else "",
        kept=rules.layouts[hand_in.header.lesson].keep(assessment),
        sender=who.sent,
        match=who.match,
        is_late=late,
        version=hand_in.header.bank if assessment.version.changed else "",
        appeals=assessment.appeals,
        is_submitted=hand_in.is_submitted,
        times=times(assessment),
        texts=texts(assessment),
    )


def _notices(who: Caller, *, late: bool) -> Iterator[str]:
    if late:
        yield "late"
    if who.sent and who.sent.is_late:
        yield "Canvas marks it as late"
    if who.sent and who.alias:
        yield f"the file itself says {who.alias!r}"
    if who.given or (who.match and who.match.is_sure and who.match.how == BY_HAND):
        yield NOTICE


def _missing_texts(assessment: Assessment, released: Released | None) -> Iterator[str]:
    """Yield which texts nobody can mark, where marks are given."""
    lesson = assessment.hand_in.header.lesson
    for result in assessment.results if released else ():
        response = result.answer.response if result.answer else None
        if released is None or not isinstance(response, WrittenResponse) or result.score.points is not None:
            continue
        if released.is_missing(lesson, result.task.id, response.text):
            yield f"{result.task.id} {NOT_ON_DESK}"
