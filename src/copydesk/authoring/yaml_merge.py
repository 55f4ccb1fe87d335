"""Puts new data into a piece of YAML and changes no other line: comments, order, quotation marks and blocks stay."""

from __future__ import annotations

import difflib
import io
import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import yaml

from copydesk.course.documents import Loader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ruamel.yaml import YAML

NO_WRAPPING = 1_000_000
LONG = 88
"""A new text on one line that is longer is written as a folded block."""

WIDTH = 112
"""Where a folded block is broken, as in the files of the first course."""

IDS = ("id", "key", "name")
"""The fields by which the entries of a list are known."""

HARD_SIGNS = frozenset({"Cc", "Zl", "Zp"})
"""Kinds of signs with which a text is written in quotation marks, because a block would not keep them."""


def merge(text: str, data: Any) -> str:  # noqa: ANN401  (plain data)
    """Return a piece of YAML, a mapping or a list at any indentation, with other data in it.

    The result reads as exactly this data. Lines on which nothing changes are kept letter by letter.
    """
    if read(text) == data:
        return text
    for render in (_merged, _rewritten):
        merged = render(text, data)
        if _reads_as(merged, data):
            return merged
    message = "the text can't be written as YAML"
    raise ValueError(message)


def read(text: str) -> Any:  # noqa: ANN401
    """Return the data in a piece of YAML."""
    return yaml.load(text, Loader=Loader)  # noqa: S506  (a safe loader, the same that reads courses)


def _reads_as(text: str, data: Any) -> bool:  # noqa: ANN401
    try:
        return _same(read(text), data)
    except yaml.YAMLError:
        return False


def _same(value: Any, other: Any) -> bool:  # noqa: ANN401
    """Return whether values are equal and of one type, at any depth; a number and a text that looks like it are not."""
    if isinstance(value, dict) and isinstance(other, dict):
        return list(value) == list(other) and all(_same(value[name], other[name]) for name in value)
    if isinstance(value, list) and isinstance(other, list):
        return len(value) == len(other) and all(map(_same, value, other))
    if isinstance(value, bool) or isinstance(other, bool):
        return value is other
    return type(value) is type(other) and bool(value == other)


def _merged(text: str, data: Any) -> str:  # noqa: ANN401
    """Return the piece with the data merged into its nodes, and only the lines that this changes replaced."""
    engine = _engine(text)
    tree = engine.load(text)
    before = _dump(engine, tree)
    after = _dump(engine, _put(engine.load(text), data))
    return _carry_over(text, before, after)


def _rewritten(text: str, data: Any) -> str:  # noqa: ANN401
    """Return the data written anew, in the indentation of the piece."""
    column = len(text) - len(text.lstrip(" "))
    written = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=NO_WRAPPING, default_style=None)
    lines = written.splitlines(keepends=True)
    return "".join(" " * column + line if line.strip() else line for line in lines)


def _engine(text: str) -> YAML:
    """Return a reader and writer that keeps what it reads, in the indentation of a piece."""
    from ruamel.yaml import YAML  # noqa: PLC0415  (comes with the extra "author")

    engine = YAML(typ="rt", pure=True)
    engine.preserve_quotes = True
    engine.width = NO_WRAPPING
    engine.allow_unicode = True
    offset = 2 if _indents_lists(text) else 0
    engine.indent(mapping=2, sequence=offset + 2, offset=offset)
    return engine


def _indents_lists(text: str) -> bool:
    """Return whether lists in a piece are further right than the names above them."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if lines and lines[0].lstrip().startswith("- "):
        return lines[0].startswith(" ")
    for above, line in pairwise(lines):
        if above.rstrip().endswith(":") and line.lstrip().startswith("- "):
            return _column(line) > _column(above)
    return True


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _dump(engine: YAML, tree: Any) -> str:  # noqa: ANN401
    stream = io.StringIO()
    engine.dump(tree, stream)
    return stream.getvalue()


def _put(old: Any, new: Any, *, flow: bool = False) -> Any:  # noqa: ANN401
    """Return a node that holds new data, and as much of the old node as is the same.

    With ``flow`` it is between braces or brackets, where there are no blocks.
    """
    from ruamel.yaml.comments import CommentedMap, CommentedSeq  # noqa: PLC0415

    if isinstance(old, CommentedMap) and isinstance(new, dict):
        return _put_mapping(old, new, flow=flow or bool(old.fa.flow_style()))
    if isinstance(old, CommentedSeq) and isinstance(new, list):
        return _put_list(old, new, flow=flow or bool(old.fa.flow_style()))
    if isinstance(old, str) and isinstance(new, str):
        return old if str(old) == new else _text(new, like=old, flow=flow)
    if _same(_plain(old), new):
        return old
    return _node(new, flow=flow)


def _put_mapping(old: Any, new: dict[str, Any], *, flow: bool) -> Any:  # noqa: ANN401
    for name in [name for name in old if name not in new]:
        del old[name]
    for name, value in new.items():
        if name in old:
            old[name] = _put(old[name], value, flow=flow)
        else:
            _insert(old, name, _node(value, flow=flow), list(new))
    return old


def _insert(old: Any, name: str, node: Any, order: Sequence[str]) -> None:  # noqa: ANN401
    """Put a new name after the one that comes before it in the new data."""
    before = order[: order.index(name)]
    places = [list(old).index(other) + 1 for other in before if other in old]
    old.insert(max(places, default=0), name, node)


def _put_list(old: Any, new: list[Any], *, flow: bool) -> Any:  # noqa: ANN401
    """Return a list whose entries are those of the old one where they have the same id, or else the same place."""
    by_id = {_id(entry): entry for entry in old if _id(entry) is not None}
    entries = []
    for place, value in enumerate(new):
        same_place = old[place] if place < len(old) and _id(old[place]) is None else None
        entry = by_id.get(_id(value), same_place) if isinstance(value, dict) else same_place
        entries.append(_node(value, flow=flow) if entry is None else _put(entry, value, flow=flow))
    if len(entries) < len(old):
        del old[len(entries) :]
    for place, entry in enumerate(entries):
        if place < len(old):
            old[place] = entry
        else:
            old.append(entry)
    return old


def _id(entry: Any) -> str | None:  # noqa: ANN401
    if isinstance(entry, dict):
        for name in IDS:
            if isinstance(entry.get(name), str):
                return f"{name}: {entry[name]}"
    return None


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return a scalar without what the reader has noted about how it was written."""
    for kind in (bool, int, float):
        if isinstance(value, kind):
            return kind(value)
    return value


def _node(value: Any, *, flow: bool) -> Any:  # noqa: ANN401
    """Return new data as nodes, with texts in the style in which an author would write them."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq  # noqa: PLC0415

    if isinstance(value, dict):
        return CommentedMap((name, _node(part, flow=flow)) for name, part in value.items())
    if isinstance(value, list):
        return CommentedSeq(_node(part, flow=flow) for part in value)
    return _text(value, flow=flow) if isinstance(value, str) else value


def _text(text: str, like: Any = None, *, flow: bool) -> Any:  # noqa: ANN401
    """Return a text as a node: a block if it has lines or is long, in quotation marks if it would mean something else.

    ``like`` is the text that was there, whose style it takes where it can.
    """
    from ruamel.yaml import scalarstring  # noqa: PLC0415

    has_hard_signs = any(unicodedata.category(sign) in HARD_SIGNS for sign in text.replace("\n", ""))
    if has_hard_signs or text != text.strip(" "):
        return scalarstring.DoubleQuotedScalarString(text)
    if flow:
        is_clear = "\n" not in text and _reads_as(f"{{a: {text}}}\n", {"a": text})
        return text if is_clear else scalarstring.DoubleQuotedScalarString(text)
    if "\n" in text:
        return scalarstring.LiteralScalarString(text)
    is_block = isinstance(like, scalarstring.FoldedScalarString | scalarstring.LiteralScalarString)
    if len(text) > (LONG if is_block or like is None else WIDTH):
        return _folded(text)
    if isinstance(like, scalarstring.SingleQuotedScalarString | scalarstring.DoubleQuotedScalarString):
        return type(like)(text)
    return text if _reads_as(f"a: {text}\n", {"a": text}) else scalarstring.SingleQuotedScalarString(text)


def _folded(text: str) -> Any:  # noqa: ANN401
    """Return a text as a folded block, broken at spaces so that no line is long."""
    from ruamel.yaml.scalarstring import FoldedScalarString  # noqa: PLC0415

    folded = FoldedScalarString(text)
    places, start = [], 0
    for match in re.finditer(r"(?<=[^ ]) (?=[^ ])", text):
        if match.end() - start > LONG:
            places.append(match.start())
            start = match.end()
    folded.fold_pos = places
    return folded


def _carry_over(text: str, before: str, after: str) -> str:
    """Return a text with the changes between two others, of which the first says the same as the text.

    The reader and writer may lay out a few things otherwise than the author did; these lines stay the author's.
    """
    if text == before:
        return after
    source, old, new = (part.splitlines(keepends=True) for part in (text, before, after))
    place_in_source: dict[int, int] = {}
    for block in difflib.SequenceMatcher(None, old, source, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            place_in_source[block.a + step] = block.b + step
    result: list[str] = []
    done = 0
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        first = _source_place(place_in_source, start, len(old), len(source), backwards=True)
        last = _source_place(place_in_source, end, len(old), len(source), backwards=False)
        result += source[done:first]
        # Lines around the change that only look otherwise in the source are taken from the new text, with the change.
        lead = start - _old_place(place_in_source, first, start)
        tail = _old_end(place_in_source, last, end, len(source), len(old)) - end
        result += new[new_start - lead : new_end + tail]
        done = last
    return "".join([*result, *source[done:]])


def _source_place(places: dict[int, int], line: int, count: int, source_count: int, *, backwards: bool) -> int:
    """Return the place in the source at which a line of the old text is, or the nearest before or after it."""
    if backwards:
        for place in range(line - 1, -1, -1):
            if place in places:
                return places[place] + 1
        return 0
    for place in range(line, count):
        if place in places:
            return places[place]
    return source_count


def _old_place(places: dict[int, int], source_line: int, line: int) -> int:
    """Return the first line of the old text after the one before a line of the source."""
    for place in range(line - 1, -1, -1):
        if places.get(place) == source_line - 1:
            return place + 1
    return 0


def _old_end(places: dict[int, int], source_line: int, line: int, source_count: int, count: int) -> int:
    """Return the line of the old text at a line of the source."""
    if source_line == source_count:
        return count
    for place in range(line, count):
        if places.get(place) == source_line:
            return place
    return count
