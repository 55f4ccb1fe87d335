"""Turns one file into scores and feedback pages: the same function in this process and in any number of others."""

from __future__ import annotations

import signal
import unicodedata
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from copydesk.grading.assessment import Assessment, assess
from copydesk.grading.feedback import page
from copydesk.grading.gradebook import Row
from copydesk.grading.intake import HandIn, hand_ins
from copydesk.grading.platforms import Sender, sender
from copydesk.grading.problems import GradingError, HandInProblem
from copydesk.model.form import is_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from copydesk.grading.gradebook import Identity
    from copydesk.grading.items import Layout
    from copydesk.grading.limits import Document
    from copydesk.grading.marking.released import Released
    from copydesk.grading.roster import Match, Roster
    from copydesk.model.bank import Bank

AT_ONCE = 8
"""How many files a worker process is given at a time."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What every hand-in of a run is graded by; ``fingerprints`` are the banks', worked out once.

    ``released`` are the marks of written work that count.
    """

    banks: Mapping[str, Bank]
    fingerprints: Mapping[str, str]
    layouts: Mapping[str, Layout]
    roster: Roster | None = None
    due: datetime | None = None
    released: Released | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A hand-in that is graded: what is kept of it, and its feedback page."""

    row: Row
    page: str


Outcome = Settled | HandInProblem


def settle(document: Document, rules: Rules) -> list[Outcome]:
    """Grade one file; whatever goes wrong with it is a row, never the end."""
    try:
        return [
            found if isinstance(found, HandInProblem) else _settled(found, rules)
            for found in hand_ins(document, rules.banks)
        ]
    except GradingError:
        raise
    except Exception as error:  # noqa: BLE001  (a fault in this program on one file must not cost the others)
        reason = f"Copy Desk itself failed on this file ({type(error).__name__})"
        remedy = "Please report it with the file; all other files were graded"
        return [HandInProblem(document.name, reason, remedy)]


def settle_all(
    documents: Iterable[Document | HandInProblem], rules: Rules, *, workers: int = 1
) -> Iterator[list[Outcome]]:
    """Yield what each file comes to, in the order of the files, however many processes do the work.

    Raises:
        GradingError: a worker process was ended from outside.
    """
    if workers <= 1:
        for document in documents:
            yield [document] if isinstance(document, HandInProblem) else settle(document, rules)
        return
    source = iter(documents)
    context = get_context("spawn")  # the only way that every system has
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(rules,)) as pool:
        waiting: deque[Future[list[list[Outcome]]]] = deque()
        try:
            while batch := list(islice(source, AT_ONCE)):
                waiting.append(pool.submit(_work, batch))
                if len(waiting) > 2 * workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            msg = "a worker process was ended from outside; is there enough memory? Try again with fewer workers"
            raise GradingError(msg) from error
        finally:
            pool.shutdown(cancel_futures=True)


_RULES: list[Rules] = []
"""In a worker process: the rules that it was started with."""


def _begin(rules: Rules) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    _RULES[:] = [rules]


def _work(batch: list[Document | HandInProblem]) -> list[list[Outcome]]:
    return [[each] if isinstance(each, HandInProblem) else settle(each, _RULES[0]) for each in batch]


def _settled(hand_in: HandIn, rules: Rules) -> Settled:
    lesson = hand_in.header.lesson
    fingerprint = rules.fingerprints[lesson]
    assessment = assess(hand_in, rules.banks[lesson], fingerprint=fingerprint, released=rules.released)
    row = _row(assessment, rules, rules.layouts[lesson].keep(assessment))
    listed = rules.roster.learners[row.match.key].name if rules.roster and row.match and row.match.is_sure else ""
    return Settled(row, page(assessment, listed or row.learner))


def _row(assessment: Assessment, rules: Rules, kept: bytes) -> Row:
    """Return what is kept of an assessment."""
    hand_in, results, form = assessment.hand_in, assessment.results, assessment.form
    alias = " ".join(hand_in.header.learner.alias.split())
    sent = sender(hand_in.file)
    match = rules.roster.match(sent, alias) if rules.roster else None
    late = rules.due is not None and hand_in.moment > rules.due
    return Row(
        who=identity(hand_in, sent, match),
        learner=(sent.name or sent.id if sent else alias) or PurePosixPath(hand_in.file).stem,
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
        notices=(*_notices(sent, alias, late=late), *assessment.notices),
        problems=assessment.problems,
        statements=f"{form.done} of {form.total} ({form.name})" if form else "",
        kept=kept,
        sender=sent,
        match=match,
        is_late=late,
    )


def _notices(sent: Sender | None, alias: str, *, late: bool) -> Iterator[str]:
    if late:
        yield "late"
    if sent and sent.is_late:
        yield "Canvas marks it as late"
    if sent and alias:
        yield f"the file itself says {alias!r}"


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
