"""Reads YAML and CSV documents into models and says in which file and line something is wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Position = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong with the content: where it stands, what it is, what to do."""

    file: str
    line: int
    entry: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem as one sentence for a terminal."""
        where = f"{self.file}, line {self.line}" if self.line else self.file
        entry = f", entry {self.entry}" if self.entry else ""
        return f"{where}{entry}: {self.problem}. {self.remedy}"


class ContentError(ValueError):
    """The content of a file is not as it must be; ``problems`` lists what was found."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems, sorted by file and line."""
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Document:
    """The data of a file and the line on which each part of it begins."""

    name: str
    data: Any
    lines: dict[Position, int]

    def line_of(self, position: Position) -> int:
        """Return the line of the deepest part of ``position`` that stands in the file.

        Steps that are not in the file (names of union members, for example) are passed over.
        """
        known: Position = ()
        for step in position:
            if (*known, step) in self.lines:
                known = (*known, step)
        return self.lines.get(known, 1)

    def entry_of(self, position: Position) -> str:
        """Return the id of the innermost entry on the way to ``position``, or an empty text."""
        found = ""
        here: Any = self.data
        for step in position:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                continue
            if isinstance(here, dict) and isinstance(name := here.get("id", here.get("key")), str):
                found = name
        return found


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file with line feeds alone, and without a byte order mark.

    Offsets count characters and fingerprints bytes, and Git for Windows and Notepad write two for the end of a line.

    Raises:
        OSError: the file cannot be read.
        UnicodeDecodeError: it is not UTF-8.
    """
    return path.read_text(encoding="utf-8-sig")


def lines_of(text: str) -> list[str]:
    """Return the lines of a list of words that are neither empty nor a comment."""
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def is_same_text(path: Path, content: bytes) -> bool:
    """Return whether a file holds this text, whichever line ends it has."""
    return path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == content


def read_document(path: Path, name: str = "") -> Document:
    """Read a YAML file; ``name`` is what error messages call it.

    Raises:
        ContentError: the file is missing, is not UTF-8, is not YAML, or holds a key twice.
    """
    name = name or path.name
    try:
        text = read_text(path)
        node = yaml.compose(text, Loader=Loader)
    except FileNotFoundError:
        raise ContentError([Problem(name, 0, "", "the file is missing", f"Put it at {name}.")]) from None
    except UnicodeDecodeError as error:
        raise ContentError(
            [Problem(name, 0, "", f"byte {error.start} is not UTF-8", "Save the file as UTF-8.")]
        ) from None
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        what = getattr(error, "problem", None) or "it is not YAML"
        raise ContentError(
            [Problem(name, line, "", str(what), "Check indentation, colons and quotation marks there.")]
        ) from None
    builder = _Builder(name)
    data = None if node is None else builder.build(node, ())
    return Document(name, data, builder.lines)


def read_csv(path: Path, name: str) -> Document:
    """Read a CSV file with a header row into a document; an empty cell counts as left out.

    Raises:
        ContentError: the file is missing, is not UTF-8 or not CSV, names a column twice, or a row has too many
            or too few cells.
    """
    try:
        reader = csv.reader(io.StringIO(read_text(path)), strict=True)
        header = next(reader, [])
        rows = [(reader.line_num, row) for row in reader]
    except FileNotFoundError:
        raise ContentError([Problem(name, 0, "", "the file is missing", f"Put it at {name}.")]) from None
    except (UnicodeDecodeError, csv.Error) as error:
        remedy = "Save it as CSV with commas, in UTF-8."
        raise ContentError([Problem(name, 0, "", f"the file cannot be read: {error}", remedy)]) from None
    problems = [
        Problem(name, line, row[0] if row else "", f"{len(row)} cells for {len(header)} columns", "Check the commas.")
        for line, row in rows
        if len(row) != len(header)
    ]
    if len(set(header)) < len(header):
        problems.append(Problem(name, 1, "", "a column name stands twice", "Rename one of the columns."))
    if problems:
        raise ContentError(problems)
    data = [{column: cell for column, cell in zip(header, row, strict=True) if cell} for _, row in rows]
    return Document(name, data, {(index,): line for index, (line, _) in enumerate(rows)})


def offset_faults(text: str, field: str, words: str, place: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """Yield words that do not stand at their place in a text, and where they do stand."""
    start, end = place
    found = text[start:end]
    if found != words:
        at = text.find(words)
        remedy = f"It stands at {at} to {at + len(words)}" if at >= 0 else "The text does not hold these words"
        yield f"{field} {words!r} does not stand at {start} to {end} (there stands {found!r})", remedy


class _Builder(yaml.constructor.SafeConstructor):
    """Makes Python values of YAML nodes and notes the line of each."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.lines: dict[Position, int] = {}

    def build(self, node: yaml.Node, position: Position) -> Any:  # noqa: ANN401
        """Return the value of a node, noting its line and those of its parts."""
        self.lines[position] = node.start_mark.line + 1
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*position, index)) for index, child in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            return self.construct_object(node)
        result: dict[Any, Any] = {}
        for key_node, child in node.value:
            key, line = self.construct_object(key_node), key_node.start_mark.line + 1
            if key in result:
                raise ContentError(
                    [Problem(self.name, line, "", f"the key {key!r} stands twice", "Keep one of the two.")]
                )
            result[key] = self.build(child, (*position, key))
            self.lines[(*position, key)] = line
        return result


def validate_document(document: Document, kind: Any, at: Position = ()) -> Any:  # noqa: ANN401
    """Return the data of a document (or the part ``at``) as a model.

    Raises:
        ContentError: a field is missing, unknown or of the wrong kind; each with its line.
    """
    data = document.data
    for step in at:
        data = data[step]
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        raise ContentError([_problem(document, at, details) for details in error.errors()]) from None


def _problem(document: Document, at: Position, details: Any) -> Problem:  # noqa: ANN401
    """Turn one pydantic error into a problem with its line."""
    position = (*at, *details["loc"])
    field = next((str(step) for step in reversed(details["loc"]) if isinstance(step, str)), "")
    message = details["msg"].removeprefix("Value error, ")
    what, _, remedy = message.partition("; ")
    if details["type"] == "missing":
        what, remedy = f"the field {field!r} is missing", f"Add {field!r} to this entry."
    elif details["type"] == "extra_forbidden":
        what, remedy = f"the field {field!r} is not known", "Remove it, or correct its spelling."
    elif not remedy:
        given = repr(details["input"])
        what = f"{field!r}: {what} (found {given if len(given) < 60 else given[:57] + '...'})"  # noqa: PLR2004
    remedy = remedy or "Correct the value; the schema in schemas/ says what may stand here."
    return Problem(document.name, document.line_of(position), document.entry_of(position), what, _sentence(remedy))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
