"""Writes the quizzes of the course for learning platforms, with a report of what each format cannot hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from copydesk.exchange import gift, moodle, qti
from copydesk.exchange.convert import Converter
from copydesk.exchange.questions import LeftOut, Question
from copydesk.exchange.writing import ExchangeError, write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course


class Format(NamedTuple):
    """A format: its name, the ending of its files, how one is written, and what it does not hold of a question."""

    name: str
    suffix: str
    write: Callable[[list[Question], str, str], bytes]
    not_held: Callable[[Question], Iterator[str]]


FORMATS = {
    "moodle": Format("Moodle XML", moodle.SUFFIX, lambda *given: moodle.document(*given).encode(), moodle.not_held),
    "gift": Format("GIFT", gift.SUFFIX, lambda *given: gift.document(*given).encode(), gift.not_held),
    "qti": Format("QTI 2.1", qti.SUFFIX, qti.package, qti.not_held),
}


@dataclass(frozen=True)
class Exported:
    """One file: the bank it was made from, its questions, and the tasks that are not in it."""

    name: str
    bank: Bank
    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...]

    def tasks(self) -> int:
        """Return how many tasks the questions were made from."""
        return len({question.task for question in self.questions})


@dataclass(frozen=True)
class Report:
    """What was written in a format, and what was lost."""

    format: Format
    files: tuple[Exported, ...]
    name: str

    def unwritten(self) -> int:
        """Return how many tasks were left out because an author has still to write something in them."""
        return sum(each.is_unwritten for file in self.files for each in file.left_out)

    def summary(self) -> str:
        """Return one sentence: how many tasks of how many."""
        tasks = sum(file.tasks() for file in self.files)
        questions = sum(len(file.questions) for file in self.files)
        left_out = sum(len(file.left_out) for file in self.files)
        return f"{self.format.name}: {tasks} of {tasks + left_out} tasks are held, in {questions} questions."

    def text(self) -> str:
        """Return the whole report as Markdown."""
        lines = [f"# Quizzes as {self.format.name}", "", self.summary(), ""]
        lines += [
            "Every explanation of these is kept: those of options with the option, all others shown after answering.",
            "Points are counted by the platform. Below stands, task by task, what is left out or different.",
            *self._reasons(),
        ]
        for file in self.files:
            graded = ", graded: keep this file from learners" if file.bank.purpose == "graded" else ""
            empty = "" if file.questions else ", not written: there is nothing in it"
            lines += ["", f"## {file.name}{graded}{empty}", ""]
            found = [
                *self._lost(file),
                *(f"- {each.task}: {each.title}. Left out: {each.reason}." for each in file.left_out),
            ]
            lines += found or ["Everything is held."]
        return "\n".join(lines) + "\n"

    def _reasons(self) -> Iterator[str]:
        """Yield how many tasks are left out for each reason."""
        counts = Counter(each.reason for file in self.files for each in file.left_out)
        if counts:
            yield ""
        yield from (f"- {count} left out: {reason}." for reason, count in counts.most_common())

    def _lost(self, file: Exported) -> Iterator[str]:
        """Yield what is lost of the tasks that are held, a line each."""
        for question in file.questions:
            notes = [*question.not_held, *self.format.not_held(question)]
            if notes:
                yield f"- {question.title}. Different: {'; '.join(notes)}."


def export_quizzes(course: Course, out: Path, name: str, *, lesson: str = "", graded: bool = False) -> Report:
    """Write the practice quizzes in a format, a file for each lesson, and the report beside them.

    With ``graded`` the graded tasks are written too, in files of their own: they hold the keys. A task in which
    something is still to be written is in no file; the report says so.

    Raises:
        ExchangeError: there is no such format or lesson, or a file that no export wrote would be overwritten.
        ContentError: a quiz file is wrong.
    """
    if name not in FORMATS:
        msg = f"There is no format {name!r}. There are: {', '.join(FORMATS)}."
        raise ExchangeError(msg)
    banks = course.quizzes
    if lesson and lesson not in banks:
        msg = f"There is no lesson {lesson!r} with a quiz. There are: {', '.join(banks)}."
        raise ExchangeError(msg)
    chosen = [*banks.values(), *(course.solutions.values() if graded else ())]
    form = FORMATS[name]
    files = []
    for bank in chosen:
        if lesson in {"", bank.lesson}:
            made = list(Converter(bank, course.seeds).questions())
            questions = tuple(each for each in made if isinstance(each, Question))
            left_out = tuple(each for each in made if isinstance(each, LeftOut))
            ending = "-graded" if bank.purpose == "graded" else ""
            files.append(Exported(f"{bank.lesson}{ending}.{form.suffix}", bank, questions, left_out))
    written = {}
    for file in files:
        if file.questions:
            category = f"Copy Desk/{file.bank.name.replace('/', '//')}"  # as Moodle writes one
            prefix = f"{file.bank.course}-{file.name.partition('.')[0]}"
            written[file.name] = form.write(list(file.questions), category, prefix)
    report = Report(form, tuple(files), report_name(name, lesson, graded=graded))
    write_files(out, {**written, report.name: report.text().encode()})
    return report


def report_name(form: str, lesson: str = "", *, graded: bool = False) -> str:
    """Return the name of a report: each export has its own, so that none replaces the report of another."""
    return "-".join(filter(None, ["report", form, lesson, "graded" if graded else ""])) + ".md"
