"""Searches the files that learners get for anything that belongs to a key."""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import yaml

from copydesk.answers.baseline import form_lessons
from copydesk.course.bank_files import CLOSING, SOLUTIONS
from copydesk.course.documents import ContentError
from copydesk.model.task import is_unwritten
from copydesk.release.kept_results import KeptResults
from copydesk.release.notebooks import BEGIN, BLANK, DROPPED, END, OF_LESSONS, read_notebook, tags_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course

TEXT_FILES = frozenset(
    {".html", ".js", ".json", ".ipynb", ".yml", ".yaml", ".md", ".txt", ".css", ".svg", ".map", ".xml", ".csv"}
)
SECRET_FIELDS = frozenset({"why", "text", "example", "repairs"})
KEY_FIELDS = frozenset({"key", "weight", "weights", "exemplars", "faults", "repairs"})
SHORTEST = 16
"""In characters after normalising; a shorter text ("Yes.") is everywhere and proves nothing."""

BLOCK = re.compile(rf"^\s*{BEGIN}\s*$(.*?)^\s*(?:{BLANK}|{END})\s*$", re.MULTILINE | re.DOTALL)
SCRIPT = re.compile(r"<script[^>]*application/json[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)")
STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\u00a0", "''\"\"-- ")


@dataclass(frozen=True, order=True)
class Leak:
    """Part of a key where a learner can read it: in which file, from which key, and what it is."""

    file: str
    source: str
    text: str

    def __str__(self) -> str:
        """Return the leak as one sentence for a terminal."""
        return f"{self.file} holds something of {self.source}: {self.text!r}"


def find_leaks(course: Course, book: Path | None = None, results: KeptResults | None = None) -> list[Leak]:
    """Return every place under ``exercises/`` and in a built book that has part of a graded key.

    The search is for the explanations and exemplars of each key, the cells and blocks cut out of the
    solution notebooks, and fields of a key beside a graded task. Texts are compared regardless of markup,
    escapes, kinds of quotation mark and spaces. The key of the baseline may be where a form is explained.
    """
    results = results or KeptResults()
    leaks = set(_leaked_fields(course.root, results))
    leaks |= _leaks_in_files(course, _public_files(course.root / "exercises", book), results)
    return sorted(leaks)


def find_leaks_in_copy(course: Course, folder: Path) -> list[Leak]:
    """Return every place in a copy of the course for learners that has part of a graded key."""
    results = KeptResults()
    leaks = set(_leaked_fields(folder, results))
    leaks |= _leaks_in_files(course, _text_files(folder, ""), results)
    return sorted(leaks)


def _leaks_in_files(course: Course, files: Iterable[tuple[Path, str]], results: KeptResults) -> set[Leak]:
    """Return the places in some files that have part of a key."""
    root, banks = course.root, course.solutions
    secrets = dict(_secrets(root, banks, _shown_texts(course)))
    question = f"secrets {hashlib.sha256(json.dumps(sorted(secrets)).encode()).hexdigest()}"
    baseline, closing = dict(_baseline(banks)), _closing_files(banks)
    leaks = set()
    for path, name in files:
        raw = path.read_text(encoding="utf-8", errors="replace")
        for secret in results.answer(question, raw, partial(_readable_secrets, secrets)):
            if not (secret in baseline and closing.search(name)):
                leaks.add(Leak(name, secrets[secret], secret))
        if path.suffix in {".html", ".ipynb"}:
            for field in _keys_in_pages(raw):
                leaks.add(Leak(name, "a key", field))
    return leaks


def _public_files(exercises: Path, book: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield the text files that learners get, each with the name for its leaks."""
    yield from _text_files(exercises, "exercises/")
    if book is not None:
        yield from _text_files(book, "book/")


def _text_files(folder: Path, label: str) -> Iterator[tuple[Path, str]]:
    """Yield the text files in a folder, each with its path there behind a label."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in TEXT_FILES and path.is_file():
            yield path, f"{label}{path.relative_to(folder).as_posix()}"


def _readable_secrets(secrets: dict[str, str], raw: str) -> list[str]:
    """Return the secrets that can be read in the text of a file."""
    readings = _readings(raw)
    return [secret for secret in secrets if _is_readable(secret, readings)]


def _is_readable(secret: str, readings: list[str]) -> bool:
    return any(secret in reading for reading in readings)


def _shown_texts(course: Course) -> str:
    """Return the words of cards, wordings and practice keys, normalised: a key may say what everyone sees anyway."""
    try:
        cards, wordings = course.seeds.part("cards"), course.seeds.part("wordings")
    except ContentError:
        return ""
    texts = [f"{card.quote} {card.says}" for card in cards]
    texts += [wording.neutral_alternative for wording in wordings]
    for bank in course.quizzes.values():
        texts += [text for _, text in _key_texts(bank)]
    return " ".join(map(normalise, texts))


def _secrets(root: Path, banks: dict[str, Bank], shown: str) -> Iterator[tuple[str, str]]:
    """Yield each text that must not be seen, normalised, with where it comes from."""
    for slug, bank in banks.items():
        public = " ".join([shown, *map(normalise, _strings(bank.without_keys().model_dump(mode="json")))])
        for task_id, text in _key_texts(bank):
            secret = normalise(text)
            if len(secret) >= SHORTEST and secret not in public:
                yield secret, f"{SOLUTIONS}/{slug}.yml, {task_id}"
    for path in sorted((root / "solutions").glob(OF_LESSONS)):
        for cell in read_notebook(path).cells:
            parts = [cell.source] if tags_of(cell) & DROPPED else BLOCK.findall(cell.source)
            for secret in map(normalise, parts):
                if len(secret) >= SHORTEST:
                    yield secret, f"solutions/{path.name}"


def _baseline(banks: dict[str, Bank]) -> Iterator[tuple[str, str]]:
    """Yield the texts of the baseline's key, normalised, with the task they explain."""
    for bank in banks.values():
        groups = {entry.task.id: entry.task.group for entry in bank.tasks}
        for name, text in _key_texts(bank):
            if groups[name] == "baseline":
                yield normalise(text), name


def _closing_files(banks: dict[str, Bank]) -> re.Pattern[str]:
    """Return a pattern for the names of files in which a form is explained."""
    tasks = {slug: [entry.task for entry in bank.tasks] for slug, bank in banks.items()}
    slugs = form_lessons(tasks).values()
    return re.compile("|".join([f"^{CLOSING}/", *map(r"/{}\.html$".format, slugs)]))


def _key_texts(bank: Bank) -> Iterator[tuple[str, str]]:
    """Yield the id of each task with every text of its key that explains or shows an answer, once it is written."""
    for entry in bank.versions():
        if entry.key is None:
            continue
        for text in _strings(entry.key.model_dump(mode="json"), SECRET_FIELDS):
            if not is_unwritten(text):
                yield entry.task.id, text


def _strings(value: Any, fields: frozenset[str] | None = None, field: str = "") -> Iterator[str]:  # noqa: ANN401
    """Yield the texts in a JSON value; with ``fields``, only those in one of these."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(part, fields, name)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part, fields, field)
    elif isinstance(value, str) and (fields is None or field in fields):
        yield value


def _leaked_fields(root: Path, results: KeptResults) -> Iterator[Leak]:
    """Yield each field of a key in a task file under ``exercises/``."""
    for path in sorted((root / "exercises").rglob("*.yml")):
        if path.is_relative_to(root / CLOSING):
            continue
        file = path.relative_to(root).as_posix()
        for field in results.answer("fields of keys", path.read_text(encoding="utf-8"), _key_fields):
            yield Leak(file, "a key", f"{field}:")


def _key_fields(text: str) -> list[str]:
    """Return the fields of keys that the tasks of a file have."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError:
        return []  # a broken file is a matter for `copydesk check`; its text is searched all the same
    entries = data.get("tasks", []) if isinstance(data, dict) else []
    fields: set[str] = set()
    for entry in entries:
        # A label of a spans task has a "key" too, the letter on the keyboard, but it is nested deeper.
        for version in _versions(entry):
            fields |= KEY_FIELDS & version.keys()
    return sorted(fields)


def _versions(task: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  (any JSON value)
    """Yield a task as plain data, and its twin if it has one."""
    while isinstance(task, dict):
        yield task
        task = task.get("twin")


def _keys_in_pages(raw: str) -> set[str]:
    """Return the fields of keys that a page hands to the browser with graded tasks."""
    fields: set[str] = set()
    for block in SCRIPT.findall(raw):
        try:
            content = json.loads(block)
        except ValueError:
            continue
        if isinstance(content, dict) and content.get("purpose") == "graded":
            for task in content.get("tasks", []):
                for version in _versions(task):
                    fields.update(map('"{}"'.format, KEY_FIELDS & version.keys()))
    return fields


def _readings(raw: str) -> list[str]:
    """Return the ways of reading the text of a file: as it is, without escapes, without markup."""
    plain = without_escapes(raw)
    return [
        normalise(raw),
        normalise(plain),
        normalise(TAG.sub("", html.unescape(plain))),
        normalise(TAG.sub(" ", plain)),
    ]


def without_escapes(raw: str) -> str:
    """Return the text of a script or of JSON with its escapes resolved; line feeds become spaces."""
    return ESCAPE.sub(_unescape, raw)


def _unescape(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return {"n": " ", "t": " ", "r": " "}.get(match[2], match[2])


def normalise(text: str) -> str:
    """Return a text in lower case, with entities resolved, straight quotation marks and single spaces between words."""
    return " ".join(html.unescape(text).translate(STRAIGHT).split()).casefold()
