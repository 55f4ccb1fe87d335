"""Reads YAML and CSV documents into models, and says in which file and on which line something is wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import TypeAdapter, ValidationError

from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWN_CHARACTERS = 60
"""The length up to which a message quotes a wrong value."""

PLAIN_TEXT = "tag:yaml.org,2002:str"
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Position = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in the content: its place, the fault, and the remedy."""

    file: str
    line: int
    entry: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem as one sentence for a terminal."""
        place = self.file
        if self.line:
            place += t("documents.line", line=self.line)
        if self.entry:
            place += t("documents.entry", entry=self.entry)
        return f"{place}: {self.problem}. {self.remedy}"


class ContentError(ValueError):
    """The content of a file is wrong; ``problems`` lists the faults."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems, sorted by file and line."""
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Document:
    """The data of a file, and the line on which each part of it begins."""

    name: str
    data: Any
    lines: dict[Position, int]

    def line_of(self, position: Position) -> int:
        """Return the line of the deepest part of ``position`` that is in the file.

        Steps that are not in the file (names of union members, for example) are skipped.
        """
        deepest: Position = ()
        for step in position:
            if (*deepest, step) in self.lines:
                deepest = (*deepest, step)
        return self.lines.get(deepest, 1)

    def entry_of(self, position: Position) -> str:
        """Return the id of the innermost entry on the way to ``position``, or an empty text."""
        entry = ""
        part: Any = self.data
        for step in position:
            try:
                part = part[step]
            except (KeyError, IndexError, TypeError):
                continue
            name = part.get("id", part.get("key")) if isinstance(part, dict) else None
            if isinstance(name, str):
                entry = name
        return entry


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file with line feeds only and no byte order mark.

    Offsets count characters and fingerprints bytes, and Git for Windows and Notepad end a line with two.

    Raises:
        OSError: the file cannot be read.
        UnicodeDecodeError: it is not UTF-8.
    """
    return path.read_text(encoding="utf-8-sig")


def lines_of(text: str) -> list[str]:
    """Return the lines of a word list that are neither empty nor comments."""
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def is_same_text(path: Path, content: bytes) -> bool:
    """Return whether a file holds this text, whatever its line endings."""
    return path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == content


def read_document(path: Path, name: str = "") -> Document:
    """Read a YAML file; error messages call it ``name``.

    Raises:
        ContentError: the file is missing, is not UTF-8, is not YAML, or holds a key twice.
    """
    name = name or path.name
    try:
        text = read_text(path)
    except FileNotFoundError:
        raise missing_file(name) from None
    except UnicodeDecodeError as error:
        fault = t("documents.not_utf8", byte=error.start)
        raise ContentError([Problem(name, 0, "", fault, t("documents.not_utf8.remedy"))]) from None
    return parse_document(text, name)


def parse_document(text: str, name: str) -> Document:
    """Return the data of a YAML text, with its lines; error messages call it ``name``.

    Raises:
        ContentError: it is not YAML, or holds a key twice.
    """
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        fault = str(getattr(error, "problem", None) or t("documents.not_yaml"))
        raise ContentError([Problem(name, line, "", fault, t("documents.not_yaml.remedy"))]) from None
    builder = _Builder(name)
    data = None if node is None else builder.build(node, ())
    return Document(name, data, builder.lines)


def missing_file(name: str) -> ContentError:
    """Return the error for a missing file of the course."""
    return ContentError([Problem(name, 0, "", t("documents.missing"), t("documents.missing.remedy", file=name))])


def read_csv(path: Path, name: str) -> Document:
    """Read a CSV file with a header row into a document; an empty cell counts as absent.

    Raises:
        ContentError: the file is missing, is not UTF-8 or not CSV, names a column twice, or has a row with too
            many or too few cells.
    """
    try:
        reader = csv.reader(io.StringIO(read_text(path)), strict=True)
        header = next(reader, [])
        rows = [(reader.line_num, row) for row in reader]
    except FileNotFoundError:
        raise missing_file(name) from None
    except (UnicodeDecodeError, csv.Error) as error:
        fault = t("documents.not_csv", reason=error)
        raise ContentError([Problem(name, 0, "", fault, t("documents.not_csv.remedy"))]) from None
    problems = list(_table_problems(name, header, rows))
    if problems:
        raise ContentError(problems)
    entries: list[dict[str, str]] = []
    lines: dict[Position, int] = {}
    for line, row in rows:
        lines[(len(entries),)] = line
        entries.append(_filled_cells(header, row))
    return Document(name, entries, lines)


def _table_problems(name: str, header: list[str], rows: list[tuple[int, list[str]]]) -> Iterator[Problem]:
    """Yield rows of a table with too many or too few cells, and a column name that appears twice."""
    for line, row in rows:
        if len(row) != len(header):
            entry = row[0] if row else ""
            fault = t("documents.cells", cells=len(row), columns=len(header))
            yield Problem(name, line, entry, fault, t("documents.cells.remedy"))
    if len(set(header)) < len(header):
        yield Problem(name, 1, "", t("documents.column_twice"), t("documents.column_twice.remedy"))


def _filled_cells(header: list[str], row: list[str]) -> dict[str, str]:
    """Return the non-empty cells of a row, by column."""
    cells = zip(header, row, strict=True)
    return {column: cell for column, cell in cells if cell}


def offset_faults(text: str, field: str, words: str, place: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """Yield words that are not at their place in a text, and where they are."""
    start, end = place
    actual = text[start:end]
    if actual == words:
        return
    right_start = text.find(words)
    remedy = "The text does not hold these words"
    if right_start >= 0:
        remedy = f"It is at {right_start} to {right_start + len(words)}"
    yield f"{field} {words!r} is not at {start} to {end}, where the text has {actual!r}", remedy


class _Builder(yaml.constructor.SafeConstructor):
    """Builds Python values from YAML nodes and notes the line of each."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.lines: dict[Position, int] = {}

    def build(self, node: yaml.Node, position: Position) -> Any:  # noqa: ANN401
        """Return the value of a node, noting its line and its parts' lines."""
        self.lines[position] = node.start_mark.line + 1
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*position, index)) for index, child in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            return node.value if node.tag == PLAIN_TEXT else self.construct_object(node)
        result: dict[Any, Any] = {}
        for key_node, child in node.value:
            key, line = self.construct_object(key_node), key_node.start_mark.line + 1
            if key in result:
                fault = t("documents.key_twice", name=key)
                raise ContentError([Problem(self.name, line, "", fault, t("documents.key_twice.remedy"))])
            result[key] = self.build(child, (*position, key))
            self.lines[(*position, key)] = line
        return result


def validate_document(document: Document, kind: Any, at: Position = ()) -> Any:  # noqa: ANN401
    """Return the data of a document (or the part ``at``) as a model.

    Raises:
        ContentError: a field is missing, unknown or of the wrong kind; each problem has its line.
    """
    data = document.data
    for step in at:
        data = data[step]
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        raise ContentError(list(_problems(document, at, error))) from None


def _problems(document: Document, at: Position, error: ValidationError) -> Iterator[Problem]:
    """Yield the problems of a document; an unknown kind of task once, and not again for its key and its twin."""
    entries_of_unknown_kind = set()
    for details in error.errors():
        if details["type"] == "union_tag_invalid":
            entry = details["loc"][:2]
            if entry in entries_of_unknown_kind:
                continue
            entries_of_unknown_kind.add(entry)
        yield _problem(document, at, details)


def _problem(document: Document, at: Position, details: Any) -> Problem:  # noqa: ANN401
    """Turn one pydantic error into a problem with its line."""
    position = (*at, *details["loc"])
    if details["type"] == "union_tag_invalid":
        position = (*position, "kind")
    fault, remedy = explained(details)
    return Problem(document.name, document.line_of(position), document.entry_of(position), fault, remedy)


def explained(details: Any) -> tuple[str, str]:  # noqa: ANN401
    """Return what one pydantic error says is wrong, and its remedy."""
    field = _innermost_field(details["loc"])
    fault, _, remedy = details["msg"].removeprefix("Value error, ").partition("; ")
    if details["type"] == "missing":
        fault, remedy = t("documents.no_field", field=field), t("documents.no_field.remedy", field=field)
    elif details["type"] == "extra_forbidden":
        fault, remedy = t("documents.unknown_field", field=field), t("documents.unknown_field.remedy")
    elif details["type"] == "union_tag_invalid":
        fault = t("documents.unknown_kind", kind=details["ctx"]["tag"])
        remedy = t("documents.unknown_kind.remedy", kinds=details["ctx"]["expected_tags"].replace("'", ""))
    elif not remedy:
        fault = t("documents.wrong_value", field=field, fault=fault, value=_shorten(repr(details["input"])))
        remedy = t("documents.wrong_value.remedy")
    return fault, _sentence(remedy)


def _innermost_field(position: Position) -> str:
    """Return the last name on the way to a value; an empty text if there are only entry numbers."""
    for step in reversed(position):
        if isinstance(step, str):
            return step
    return ""


def _shorten(text: str) -> str:
    return text if len(text) < SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 3] + "..."


def _sentence(text: str) -> str:
    """Return a text with a capital at the start and a full stop at the end."""
    end = "" if text.endswith(".") else "."
    return text[:1].upper() + text[1:] + end
