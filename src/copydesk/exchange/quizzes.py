"""Writes the quizzes of the course for learning platforms, with a report of what each format cannot hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from copydesk.course.lesson_names import named_lessons
from copydesk.exchange import gift, moodle, qti
from copydesk.exchange.convert import Converter
from copydesk.exchange.questions import OmittedTask, Question
from copydesk.exchange.writing import ExchangeError, write_files
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course
    from copydesk.course.seeds import Seeds


class Format(NamedTuple):
    """A format: its name, its file extension, the function that makes a file, and its losses."""

    name: str
    suffix: str
    write: Callable[[list[Question], str, str], bytes]
    losses: Callable[[Question], Iterator[str]]


FORMATS = {
    "moodle": Format("Moodle XML", moodle.SUFFIX, moodle.document, moodle.losses),
    "gift": Format("GIFT", gift.SUFFIX, gift.document, gift.losses),
    "qti": Format("QTI 2.1", qti.SUFFIX, qti.package, qti.losses),
}


@dataclass(frozen=True)
class QuizFile:
    """One file: the bank it was made from, its questions, and the tasks that are not in it."""

    name: str
    bank: Bank
    questions: tuple[Question, ...]
    omitted: tuple[OmittedTask, ...]

    def count_tasks(self) -> int:
        """Return the number of tasks that the questions were made from."""
        return len({question.task for question in self.questions})

    def content(self, form: Format) -> bytes:
        """Return the bytes of the file."""
        category = f"Copy Desk/{self.bank.name.replace('/', '//')}"  # as Moodle writes a slash
        prefix = f"{self.bank.course}-{self.name.partition('.')[0]}"
        return form.write(list(self.questions), category, prefix)


@dataclass(frozen=True)
class Report:
    """The files of a format, and their losses."""

    format: Format
    files: tuple[QuizFile, ...]
    name: str

    def count_unwritten(self) -> int:
        """Return the number of tasks that were left out because an author still has something to write in them."""
        return sum(task.is_unwritten for task in self._omitted())

    def summary(self) -> str:
        """Return one sentence: how many of all tasks are held."""
        tasks = 0
        questions = 0
        for file in self.files:
            tasks += file.count_tasks()
            questions += len(file.questions)
        total = tasks + len(list(self._omitted()))
        return t("quizzes.summary", format=self.format.name, tasks=tasks, total=total, questions=questions)

    def text(self) -> str:
        """Return the whole report as Markdown."""
        title = t("quizzes.title", format=self.format.name)
        lines = [f"# {title}", "", self.summary(), ""]
        lines += [t("quizzes.explanations"), t("quizzes.points"), *self._reasons()]
        for file in self.files:
            lines += ["", f"## {_heading(file)}", ""]
            lines += list(self._differences(file)) or [t("quizzes.everything")]
        return "\n".join(lines) + "\n"

    def _omitted(self) -> Iterator[OmittedTask]:
        for file in self.files:
            yield from file.omitted

    def _reasons(self) -> Iterator[str]:
        """Yield the number of tasks that are left out for each reason, after an empty line."""
        counts = Counter(task.reason for task in self._omitted())
        if counts:
            yield ""
        for reason, count in counts.most_common():
            yield "- " + t("quizzes.reason", count=count, reason=reason)

    def _differences(self, file: QuizFile) -> Iterator[str]:
        """Yield a line for each task that loses something, then for each that is left out."""
        for question in file.questions:
            losses = [*question.losses, *self.format.losses(question)]
            if losses:
                yield "- " + t("quizzes.different", question=question.title, losses="; ".join(losses))
        for task in file.omitted:
            yield "- " + t("quizzes.omitted", task=task.task, title=task.title, reason=task.reason)


def _heading(file: QuizFile) -> str:
    parts = [file.name]
    if file.bank.purpose == "graded":
        parts.append(t("quizzes.graded"))
    if not file.questions:
        parts.append(t("quizzes.empty"))
    return ", ".join(parts)


def export_quizzes(course: Course, out: Path, name: str, *, lesson: str = "", graded: bool = False) -> Report:
    """Write the practice quizzes in a format, a file for each lesson, and the report beside them.

    With ``graded`` the graded tasks are written too, in files of their own: they hold the keys. A task in which
    something is still to be written is in no file; the report says so.

    Raises:
        LessonNameError: there is no such lesson.
        ExchangeError: there is no such format, or a file that no export wrote would be overwritten.
        ContentError: a quiz file is wrong.
    """
    if name not in FORMATS:
        raise ExchangeError(t("quizzes.no_such_format", name=name, formats=", ".join(FORMATS)))
    if lesson:
        (lesson,) = named_lessons([lesson], list(course.quizzes))
    form = FORMATS[name]
    files = [_quiz_file(bank, course.seeds, form) for bank in _banks(course, lesson, graded=graded)]
    report = Report(form, tuple(files), report_name(name, lesson, graded=graded))
    contents = {file.name: file.content(form) for file in files if file.questions}
    contents[report.name] = report.text().encode()
    write_files(out, contents)
    return report


def _banks(course: Course, lesson: str, *, graded: bool) -> Iterator[Bank]:
    """Yield the practice quizzes, then the graded tasks if they are wanted: of one lesson, or of all."""
    banks = list(course.quizzes.values())
    if graded:
        banks += course.solutions.values()
    for bank in banks:
        if lesson in {"", bank.lesson}:
            yield bank


def _quiz_file(bank: Bank, seeds: Seeds, form: Format) -> QuizFile:
    questions = []
    omitted = []
    for result in Converter(bank, seeds).questions():
        if isinstance(result, OmittedTask):
            omitted.append(result)
        else:
            questions.append(result)
    ending = "-graded" if bank.purpose == "graded" else ""
    return QuizFile(f"{bank.lesson}{ending}.{form.suffix}", bank, tuple(questions), tuple(omitted))


def report_name(form: str, lesson: str = "", *, graded: bool = False) -> str:
    """Return the name of a report: each export has its own, so that none replaces the report of another."""
    parts = ["report", form]
    if lesson:
        parts.append(lesson)
    if graded:
        parts.append("graded")
    return "-".join(parts) + ".md"
