"""Turns one file into scores and feedback pages: the same function in this process and in any number of others."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from copydesk.grading.alike import texts, times
from copydesk.grading.assessment import Assessment, assess
from copydesk.grading.feedback import page
from copydesk.grading.gradebook import Row
from copydesk.grading.intake import HandIn, hand_ins
from copydesk.grading.platforms import Sender, sender
from copydesk.grading.problems import GradingError, HandInProblem
from copydesk.model.form import is_statement
from copydesk.model.written import WrittenResponse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from copydesk.grading.appeals import Appeals
    from copydesk.grading.gradebook import Identity
    from copydesk.grading.items import Layout
    from copydesk.grading.limits import Document
    from copydesk.grading.marking.released import Released
    from copydesk.grading.roster import Learner, Match, Roster
    from copydesk.grading.versions import Versions


NOT_ON_DESK = "is not on the marking desk"
OWN_FAULT = "Copy Desk itself failed on this file"


@dataclass(frozen=True, slots=True)
class Rules:
    """What every hand-in of a run is graded by.

    ``released`` are the marks of written work that count, ``appeals`` those that were accepted; ``pages`` says whether
    feedback pages are made.
    """

    versions: Versions
    layouts: Mapping[str, Layout]
    roster: Roster | None = None
    due: datetime | None = None
    released: Released | None = None
    appeals: Appeals | None = None
    pages: bool = True


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


class _Caller(NamedTuple):
    """Who handed in: the alias in the file, what a platform and the roster say, and all together as names."""

    alias: str
    sent: Sender | None
    match: Match | None
    learner: str
    listed: Learner | None

    @property
    def names(self) -> tuple[str, ...]:
        """Return all that the learner is called for sure."""
        listed = (self.listed.id, self.listed.name, self.listed.email) if self.listed else ()
        return self.learner, *listed


def _caller(hand_in: HandIn, roster: Roster | None) -> _Caller:
    alias = " ".join(hand_in.header.learner.alias.split())
    sent = sender(hand_in.file)
    match = roster.match(sent, alias) if roster else None
    learner = (sent.name or sent.id if sent else alias) or PurePosixPath(hand_in.file).stem
    return _Caller(
        alias, sent, match, learner, roster.learners[match.key] if roster and match and match.is_sure else None
    )


def settled(hand_in: HandIn, rules: Rules) -> Settled:
    """Grade one hand-in."""
    caller = _caller(hand_in, rules.roster)
    assessment = assess(hand_in, rules.versions, rules.released)
    if rules.appeals:
        assessment = rules.appeals.apply(assessment, caller.names)
    row = _row(assessment, caller, rules)
    name = (caller.listed.name if caller.listed else "") or caller.learner
    return Settled(row, page(assessment, name) if rules.pages else "")


def _row(assessment: Assessment, caller: _Caller, rules: Rules) -> Row:
    """Return what is kept of an assessment."""
    hand_in, results, form = assessment.hand_in, assessment.results, assessment.form
    late = rules.due is not None and hand_in.moment > rules.due
    return Row(
        who=identity(hand_in, caller.sent, caller.match),
        learner=caller.learner,
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
            *_notices(caller.sent, caller.alias, late=late),
            *assessment.notices,
            *_missing_texts(assessment, rules.released),
        ),
        problems=assessment.problems,
        statements=f"{form.done} of {form.total} ({form.name})" if form else "",
        kept=rules.layouts[hand_in.header.lesson].keep(assessment),
        sender=caller.sent,
        match=caller.match,
        is_late=late,
        version=hand_in.header.bank if assessment.version.changed else "",
        appeals=assessment.appeals,
        is_submitted=hand_in.is_submitted,
        times=times(assessment),
        texts=texts(assessment),
    )


def _notices(sent: Sender | None, alias: str, *, late: bool) -> Iterator[str]:
    if late:
        yield "late"
    if sent and sent.is_late:
        yield "Canvas marks it as late"
    if sent and alias:
        yield f"the file itself says {alias!r}"


def _missing_texts(assessment: Assessment, released: Released | None) -> Iterator[str]:
    """Yield which texts nobody can mark, where marks are given."""
    lesson = assessment.hand_in.header.lesson
    for result in assessment.results if released else ():
        response = result.answer.response if result.answer else None
        if released is None or not isinstance(response, WrittenResponse) or result.score.points is not None:
            continue
        if released.is_missing(lesson, result.task.id, response.text):
            yield f"{result.task.id} {NOT_ON_DESK}"


def identity(hand_in: HandIn, sent: Sender | None = None, match: Match | None = None) -> Identity:
    """Return who handed in, by the strongest word there is, and the lesson.

    That is the roster's where the match is sure; the platform's; the alias in one spelling; or else the file
    without its ending.
    """
    lesson = hand_in.header.lesson
    if match and match.is_sure:
        return "roster", match.key, lesson
    if sent:
        return sent.platform, f"{sent.name.casefold()} {sent.id}".strip(), lesson
    alias = " ".join(unicodedata.normalize("NFC", hand_in.header.learner.alias).casefold().split())
    if alias:
        return "alias", alias, lesson
    return "file", str(PurePosixPath(hand_in.file).with_suffix("")).casefold(), lesson
