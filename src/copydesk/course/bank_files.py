"""Reads quiz and task files into models; every error names file, line and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from copydesk.course.bank import Bank
from copydesk.course.documents import ContentError, Problem, read_document, validate_document
from copydesk.model.base import is_numbered
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.course.documents import Document

QUIZZES = "lessons/quizzes"
EXERCISES = "exercises/tasks"
SOLUTIONS = "solutions/tasks"
CLOSING = "exercises/closing"
"""Baseline tasks with their keys, which learners are shown once a form is finished."""

BANKS = "solutions/banks"
"""Every bank that learners were ever shown, with its key: ``<lesson>/<fingerprint>.yml``."""

FINGERPRINT_DIGITS = 16
"""How many digits of a fingerprint are in such a file's name."""


@dataclass(frozen=True)
class BankFile:
    """A quiz or task file: its bank, and its data with the line on which each part begins."""

    document: Document
    bank: Bank

    @property
    def name(self) -> str:
        """Return the name of the file for messages."""
        return self.document.name

    @cached_property
    def lines(self) -> dict[str, int]:
        """Return the line on which each task of the file begins, by its id."""
        lines = {}
        for index, task in enumerate(self.document.data["tasks"]):
            lines[task.get("task", task)["id"]] = self.document.line_of(("tasks", index))
        return lines

    def without_unwritten(self) -> BankFile:
        """Return the file with those tasks alone in which every text is written."""
        tasks = tuple(entry for entry in self.bank.tasks if not entry.count_unwritten())
        return BankFile(self.document, self.bank.model_copy(update={"tasks": tasks}))


def read_bank_file(path: Path, name: str = "") -> BankFile:
    """Read one quiz or task file.

    Raises:
        ContentError: the file is not a bank; each problem has its line and remedy.
    """
    document = read_document(path, name)
    bank: Bank = validate_document(document, Bank)
    problems = list(_bank_problems(document, bank, path))
    if problems:
        raise ContentError(problems)
    return BankFile(document, bank)


def _bank_problems(document: Document, bank: Bank, path: Path) -> Iterator[Problem]:
    """Yield practice tasks without a key, a form from the first edition, and a name that a lesson cannot have here."""
    for index, entry in enumerate(bank.tasks):
        needs_key = bank.purpose == "practice" and entry.task.group != "note"
        if needs_key and any(version.key is None for version in entry.versions):
            line = document.line_of(("tasks", index))
            fault, remedy = t("bank_files.no_key"), t("bank_files.no_key.remedy")
            yield Problem(document.name, line, entry.task.id, fault, remedy)
    if bank.baseline is not None:
        line = document.line_of(("baseline",))
        fault = t("bank_files.baseline", lesson=bank.baseline)
        yield Problem(document.name, line, "", fault, t("bank_files.baseline.remedy"))
    if bank.purpose == "graded" and not is_numbered(bank.lesson):
        line = document.line_of(("lesson",))
        fault = t("bank_files.graded_without_number", lesson=bank.lesson)
        yield Problem(document.name, line, "", fault, t("bank_files.graded_without_number.remedy"))
    if bank.lesson != path.stem:
        line = document.line_of(("lesson",))
        fault = t("bank_files.other_slug", lesson=bank.lesson, file=path.name)
        yield Problem(document.name, line, "", fault, t("bank_files.other_slug.remedy"))


def kept_bank_name(bank: Bank) -> str:
    """Return the path, below the course root, at which a bank is kept once learners are shown it."""
    digits = bank.fingerprint().removeprefix("sha256:")[:FINGERPRINT_DIGITS]
    return f"{BANKS}/{bank.lesson}/{digits}.yml"


def read_kept_banks(root: Path) -> list[Bank]:
    """Read every bank that learners were ever shown, with the keys of its time.

    Raises:
        ContentError: a file is not a bank, or its tasks are not those that its name stands for.
    """
    names = sorted(path.relative_to(root).as_posix() for path in (root / BANKS).glob("*/*.yml"))
    return [_read_kept_bank(root / name, name) for name in names]


def _read_kept_bank(path: Path, name: str) -> Bank:
    bank: Bank = validate_document(read_document(path, name), Bank)
    fault = _kept_bank_fault(bank, name)
    if fault:
        raise ContentError([Problem(name, 0, "", fault, t("bank_files.kept.remedy"))])
    return bank


def _kept_bank_fault(bank: Bank, name: str) -> str:
    """Return how a kept bank differs from the one that learners were shown; an empty text if it does not."""
    if kept_bank_name(bank) != name:
        return t("bank_files.kept_other_tasks")
    for entry in bank.versions():
        if entry.key is None:
            return t("bank_files.kept_no_key", task=entry.task.id)
    return ""
