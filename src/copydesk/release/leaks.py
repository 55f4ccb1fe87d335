"""Searches what is given away for anything that belongs to a key."""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import yaml

from copydesk.course.bank_files import CLOSING, SOLUTIONS
from copydesk.release.kept_results import KeptResults
from copydesk.release.notebooks import BEGIN, BLANK, DROPPED, END, OF_LESSONS, read_notebook, tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course

TEXT_FILES = frozenset(
    {".html", ".js", ".json", ".ipynb", ".yml", ".yaml", ".md", ".txt", ".css", ".svg", ".map", ".xml", ".csv"}
)
SECRET_FIELDS = frozenset({"why", "text", "example"})
KEY_FIELDS = frozenset({"key", "weight", "weights", "exemplars"})
SHORTEST = 16
"""A shorter text ("Yes.") stands everywhere and says nothing; in characters after normalising."""

BLOCK = re.compile(rf"^\s*{BEGIN}\s*$(.*?)^\s*(?:{BLANK}|{END})\s*$", re.MULTILINE | re.DOTALL)
SCRIPT = re.compile(r"<script[^>]*application/json[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\(.)")
STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014\u00a0", "''\"\"-- ")


@dataclass(frozen=True, order=True)
class Leak:
    """Something of a key that stands where a learner can read it: in which file, from which key, what."""

    file: str
    source: str
    text: str

    def __str__(self) -> str:
        """Return the leak as one sentence for a terminal."""
        return f"{self.file} holds something of {self.source}: {self.text!r}"


def find_leaks(course: Course, book: Path | None = None, kept: KeptResults | None = None) -> list[Leak]:
    """Return every place under ``exercises/`` and in a built book that holds something of a graded key.

    Searched are the explanations and exemplars of each key, the cells and blocks that are cut out of the
    solution notebooks, and fields of a key beside a graded task. Texts are compared without markup,
    escapes, kinds of quotation marks and spaces. The key of the baseline may stand where it is given after the
    closing form.
    """
    kept = kept or KeptResults()
    root, banks = course.root, course.solutions
    secrets = dict(_secrets(root, banks))
    question = f"secrets {hashlib.sha256(json.dumps(sorted(secrets)).encode()).hexdigest()}"
    baseline, closing = dict(_baseline(banks)), _closing_files(banks)
    found = [Leak(name, source, what) for name, source, what in _fields(root, kept)]
    for folder, label in ((root / "exercises", "exercises"), (book, "book")):
        for path in sorted(folder.rglob("*")) if folder is not None else ():
            if path.suffix not in TEXT_FILES or not path.is_file():
                continue
            name = f"{label}/{path.relative_to(folder).as_posix()}"  # type: ignore[arg-type]
            raw = path.read_text(encoding="utf-8", errors="replace")
            told = kept.of(question, raw, partial(_told, secrets))
            found += [
                Leak(name, secrets[secret], secret)
                for secret in told
                if not (secret in baseline and closing.search(name))
            ]
            if path.suffix in {".html", ".ipynb"}:
                found += [Leak(name, "a key", field) for field in _keys_in_pages(raw)]
    return sorted(set(found))


def _told(secrets: dict[str, str], raw: str) -> list[str]:
    """Return which secrets can be read in the text of a file."""
    readings = _readings(raw)
    return [secret for secret in secrets if any(secret in reading for reading in readings)]


def _secrets(root: Path, banks: dict[str, Bank]) -> Iterator[tuple[str, str]]:
    """Yield each text that must not be seen, normalised, with where it comes from."""
    for slug, bank in banks.items():
        public = " ".join(normalised(text) for text in _strings(bank.without_keys().model_dump(mode="json")))
        for task_id, text in _key_texts(bank):
            secret = normalised(text)
            if len(secret) >= SHORTEST and secret not in public:
                yield secret, f"{SOLUTIONS}/{slug}.yml, {task_id}"
    for path in sorted((root / "solutions").glob(OF_LESSONS)):
        for cell in read_notebook(path).cells:
            parts = [cell.source] if tags_of(cell) & DROPPED else BLOCK.findall(cell.source)
            for secret in map(normalised, parts):
                if len(secret) >= SHORTEST:
                    yield secret, f"solutions/{path.name}"


def _baseline(banks: dict[str, Bank]) -> Iterator[tuple[str, str]]:
    """Yield the texts of the baseline's key, normalised, with the task they explain."""
    for bank in banks.values():
        groups = {entry.task.id: entry.task.group for entry in bank.tasks}
        yield from ((normalised(text), name) for name, text in _key_texts(bank) if groups[name] == "baseline")


def _closing_files(banks: dict[str, Bank]) -> re.Pattern[str]:
    """Return what the names of the files look like in which the closing form is explained."""
    lessons = [slug for slug, bank in banks.items() if bank.baseline]
    return re.compile("|".join([f"^{CLOSING}/", *(rf"/{slug}\.html$" for slug in lessons)]))


def _key_texts(bank: Bank) -> Iterator[tuple[str, str]]:
    """Yield the id of each task with every text of its key that explains or shows an answer."""
    for entry in bank.tasks:
        if entry.key is not None:
            for text in _strings(entry.key.model_dump(mode="json"), SECRET_FIELDS):
                yield entry.task.id, text


def _strings(value: Any, fields: frozenset[str] | None = None, field: str = "") -> Iterator[str]:  # noqa: ANN401
    """Yield the texts in a value of JSON; with ``fields`` only those that stand in one of these."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _strings(part, fields, name)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part, fields, field)
    elif isinstance(value, str) and (fields is None or field in fields):
        yield value


def _fields(root: Path, kept: KeptResults) -> Iterator[tuple[str, str, str]]:
    """Yield each task file under ``exercises/`` that has a field of a key."""
    for path in sorted((root / "exercises").rglob("*.yml")):
        if not path.is_relative_to(root / CLOSING):
            for name in kept.of("fields of keys", path.read_text(encoding="utf-8"), _fields_in):
                yield f"exercises/{path.relative_to(root / 'exercises').as_posix()}", "a key", f"{name}:"


def _fields_in(text: str) -> list[str]:
    """Return the fields of keys that the tasks of a file have."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError:
        return []  # a broken file is the business of `copydesk check`; its text is searched all the same
    entries = data.get("tasks", []) if isinstance(data, dict) else []
    # A label of a spans task has a "key" too: the letter on the keyboard. It lies deeper.
    return sorted({name for entry in entries if isinstance(entry, dict) for name in KEY_FIELDS & entry.keys()})


def _keys_in_pages(raw: str) -> set[str]:
    """Return the fields of keys that a page hands to the browser with graded tasks."""
    found: set[str] = set()
    for block in SCRIPT.findall(raw):
        try:
            content = json.loads(block)
        except ValueError:
            continue
        if isinstance(content, dict) and content.get("purpose") == "graded":
            for task in content.get("tasks", []):
                found |= {f'"{name}"' for name in KEY_FIELDS & task.keys()}
    return found


def _readings(raw: str) -> list[str]:
    """Return the ways in which the text of a file can be read: as it stands, without escapes, without markup."""
    plain = ESCAPE.sub(_unescaped, raw)
    return [normalised(reading) for reading in (raw, plain, TAG.sub("", html.unescape(plain)), TAG.sub(" ", plain))]


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    return {"n": " ", "t": " ", "r": " "}.get(match[2], match[2])


def normalised(text: str) -> str:
    """Return a text with entities resolved, straight quotation marks, one space between words, in lower case."""
    return " ".join(html.unescape(text).translate(STRAIGHT).split()).casefold()
