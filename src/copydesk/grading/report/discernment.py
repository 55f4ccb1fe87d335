"""Compares what a class accepted on the forms of the baseline: all who answered one, and those who answered two."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from copydesk.answers.baseline import form_lessons, statements
from copydesk.kinds.counting import NOT_ASKED
from copydesk.measures import LEAST_IN_CLASS, Acceptance, suspicion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from copydesk.course.bank import Bank
    from copydesk.grading.report.counts import Layout
    from copydesk.grading.submissions.record import Identity
    from copydesk.measures import Sign

HEADS = (
    "learners_of",
    "form",
    "learners",
    "supported",
    "hits",
    "unsupported",
    "false_alarms",
    "hit_rate",
    "false_alarm_rate",
    "d_prime",
    "c",
)
"""The columns of the table."""

TIMED_HEADS = ("form", "when", *HEADS[2:])
"""The columns of the table of forms by when they were filled in."""

STATEMENT_HEADS = ("template", "form", "statement", "text", "supported", "answered", "accepted", "share")
"""The columns of the table of statements."""

TIMES = ("first", "later", "alone")
"""When a learner filled in a form: before any other, after another, or with no other to compare it with."""

LEAST_OF_FORM = 0.75
"""How much of a baseline form has to be answered for it to count."""


class FormAcceptance(NamedTuple):
    """What some learners accepted on a form; ``learners_of`` are the forms that they all answered, ``A`` or ``A B``."""

    learners_of: str
    form: str
    learners: int
    acceptance: Acceptance

    @property
    def is_enough(self) -> bool:
        """Return whether there are enough learners for a number."""
        return self.learners >= LEAST_IN_CLASS


class StatementAcceptance(NamedTuple):
    """A statement of a form, and how many of those who answered it accepted it."""

    form: str
    template: str
    text: str
    is_supported: bool
    answered: int
    accepted: int

    @property
    def is_enough(self) -> bool:
        """Return whether there are enough answers for a number."""
        return self.answered >= LEAST_IN_CLASS


class FormComparison(NamedTuple):
    """What a class accepted on each form, and on any two forms by those who answered both; ``older`` were not compared.

    Those are the submissions made with the forms of the first edition. The first form of a pair is the one filled in
    first: if the class took two forms in both orders, there are two pairs. ``timed`` has each form by when it was
    filled in (``TIMES``), ``statements`` each statement of each form.
    """

    forms: list[FormAcceptance]
    pairs: list[tuple[FormAcceptance, FormAcceptance]]
    older: int
    timed: Sequence[tuple[str, FormAcceptance]] = ()
    statements: Sequence[StatementAcceptance] = ()

    def lines(self) -> list[FormAcceptance]:
        """Return every acceptance, first by form and then by pair."""
        lines = list(self.forms)
        for pair in self.pairs:
            lines += pair
        return lines


def compare_forms(layouts: Mapping[str, Layout], packed: Mapping[Identity, bytes]) -> FormComparison:
    """Return what a class accepted on each form of the baseline.

    Learners count if they answered at least three quarters of a form; unanswered statements are left out. Learners
    known only by the name of a file are in no pair. Of two forms with the same time, the one that comes first in the
    course was first.
    """
    tasks = {lesson: [entry.task for entry in layout.bank.tasks] for lesson, layout in layouts.items()}
    lessons = form_lessons(tasks)
    tables = {form: _FormTable(form, layouts[lesson], packed) for form, lesson in lessons.items()}
    forms: list[FormAcceptance] = []
    timed: list[tuple[str, FormAcceptance]] = []
    crossed: list[StatementAcceptance] = []
    for form, table in tables.items():
        if len(table):
            forms.append(table.acceptance(form, table.learners()))
            timed += _by_time(table, [other for other in tables.values() if other is not table])
            crossed += table.statements
    return FormComparison(forms, _pairs(tables), sum(table.older for table in tables.values()), timed, crossed)


def _pairs(tables: Mapping[str, _FormTable]) -> list[tuple[FormAcceptance, FormAcceptance]]:
    """Return each two forms that some learners answered one after the other, in both orders if there are both."""
    pairs = []
    for first, last in permutations(tables, 2):
        both = tables[first].learners_before(tables[last])
        if both:
            before, after = (tables[name].acceptance(f"{first} {last}", both) for name in (first, last))
            pairs.append((before, after))
    return sorted(pairs, key=lambda pair: sorted([pair[0].form, pair[1].form]))


def _by_time(table: _FormTable, others: Sequence[_FormTable]) -> Iterator[tuple[str, FormAcceptance]]:
    """Yield a form by when it was filled in: what those accepted who did it first, later, or no other form."""
    later = set[tuple[str, str]]()
    compared = set[tuple[str, str]]()
    for other in others:
        later |= other.learners_before(table)
        compared |= table.known_learners() & other.known_learners()
    for when, learners in zip(TIMES, (compared - later, later, table.learners() - compared), strict=True):
        if learners:
            yield when, table.acceptance(table.form, learners)


def signs(pair: tuple[FormAcceptance, FormAcceptance]) -> list[Sign]:
    """Return the signs of suspicion between two forms; none if too few learners answered both."""
    first, last = pair
    return suspicion(first.acceptance, last.acceptance) if first.is_enough else []


class _FormTable:
    """A form: what each learner who answered enough of it accepted."""

    def __init__(self, form: str, layout: Layout, packed: Mapping[Identity, bytes]) -> None:
        """Count a form and its statements; ``older`` is how many were never asked these statements."""
        self.form, lesson = form, layout.bank.lesson
        identities = sorted(identity for identity in packed if identity[2] == lesson)
        counts = b"".join(packed[identity][: layout.size] for identity in identities)
        rows = np.frombuffer(counts, dtype=np.dtype(layout.fields()))
        names = statements(entry.task for entry in layout.bank.tasks)[form]
        self.older = int((rows[f"{names[0]}.share"] == NOT_ASKED).sum())
        self._counts: dict[tuple[str, str], np.ndarray] = {}
        self._finished: dict[tuple[str, str], int] = {}
        is_counted, lines = _accepted(layout.bank, names, rows)
        for (kind, learner, _), is_enough, line, moment in zip(
            identities, is_counted, lines, rows["form_at"].tolist(), strict=True
        ):
            if is_enough:
                self._counts[kind, learner] = line
                self._finished[kind, learner] = moment
        self.statements = list(_statements(layout.bank, form, rows[is_counted]))

    def __len__(self) -> int:
        return len(self._counts) + self.older

    def learners(self) -> set[tuple[str, str]]:
        """Return who answered enough of the form."""
        return set(self._counts)

    def known_learners(self) -> set[tuple[str, str]]:
        """Return those of them who can be recognised in another lesson."""
        return {(kind, name) for kind, name in self._counts if kind != "file"}

    def learners_before(self, other: _FormTable) -> set[tuple[str, str]]:
        """Return who can be recognised and answered this form before another one."""
        both = self.known_learners() & other.known_learners()
        return {who for who in both if (self._finished[who], self.form) < (other._finished[who], other.form)}

    def acceptance(self, learners_of: str, learners: set[tuple[str, str]]) -> FormAcceptance:
        """Return what some learners accepted, all together."""
        total = np.zeros(4, dtype=np.int64)
        for learner in learners:
            total += self._counts[learner]
        return FormAcceptance(learners_of, self.form, len(learners), Acceptance(*map(int, total)))


def _statements(bank: Bank, form: str, rows: np.ndarray) -> Iterator[StatementAcceptance]:
    """Yield each statement of a form, with how many accepted it of those who answered enough of the form."""
    for name in statements(entry.task for entry in bank.tasks)[form]:
        accepting_pick, is_supported = _statement(bank, name)
        picks = rows[f"{name}.picks"][:, 0]
        answered, accepted = int((picks > 0).sum()), int((picks == accepting_pick).sum())
        text = bank[name].task.prompt.partition("\n\n")[0].strip()
        template = name.removeprefix(form).removeprefix("-")
        yield StatementAcceptance(form, template, text, is_supported, answered, accepted)


def _accepted(bank: Bank, names: Sequence[str], rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return, for each learner, whether enough of a form is answered, and the numbers of an ``Acceptance``."""
    columns, accepting_picks, supported = [], [], []
    for name in names:
        accepting_pick, is_supported = _statement(bank, name)
        columns.append(rows[f"{name}.picks"][:, 0])
        accepting_picks.append(accepting_pick)
        supported.append(is_supported)
    picks, true = np.stack(columns, axis=1), np.array(supported)
    accepted, answered = picks == accepting_picks, picks > 0
    is_enough = answered.mean(axis=1) >= LEAST_OF_FORM
    groups = (answered & true, accepted & true, answered & ~true, accepted & ~true)
    return is_enough, np.stack([group.sum(axis=1) for group in groups], axis=1)


def _statement(bank: Bank, name: str) -> tuple[int, bool]:
    """Return which pick accepts a statement, and whether the statement is supported."""
    entry: Any = bank[name]
    place = [option.id for option in entry.task.options].index("supported") + 1
    return place, entry.key.options["supported"].weight == 1


def line_of(accepted: FormAcceptance) -> dict[str, Any]:
    """Return a form's line in the table: its acceptance, with d' and c if there are enough learners."""
    line: dict[str, Any] = dict.fromkeys(HEADS)
    line |= {"learners_of": accepted.learners_of, "form": accepted.form, "learners": accepted.learners}
    if accepted.is_enough:
        acceptance = accepted.acceptance
        d_prime, c = acceptance.measures
        line |= acceptance._asdict()
        line["hit_rate"] = round(acceptance.hits / acceptance.supported, 4)
        line["false_alarm_rate"] = round(acceptance.false_alarms / acceptance.unsupported, 4)
        line |= {"d_prime": round(d_prime, 4), "c": round(c, 4)}
    return line


def timed_line(when: str, accepted: FormAcceptance) -> dict[str, Any]:
    """Return the line of a form by when it was filled in."""
    line = line_of(accepted)
    del line["learners_of"]
    return {**line, "when": when}


def statement_line(statement: StatementAcceptance) -> dict[str, Any]:
    """Return a statement's line in the table; ``statement`` is its id, ``B-05``."""
    line: dict[str, Any] = dict.fromkeys(STATEMENT_HEADS)
    line |= {"template": statement.template, "form": statement.form, "text": statement.text}
    line |= {"statement": f"{statement.form}-{statement.template}", "supported": statement.is_supported}
    if statement.is_enough:
        line |= {"answered": statement.answered, "accepted": statement.accepted}
        line["share"] = round(statement.accepted / statement.answered, 4)
    return line
