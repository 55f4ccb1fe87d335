"""Brings notebooks into the one form in which they are committed, and cuts solutions out of them."""

from __future__ import annotations

import hashlib
import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from copydesk.course.documents import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nbformat import NotebookNode

ADDRESSES = "rfc3987_syntax"


def _nbformat() -> Any:  # noqa: ANN401  (it has no annotations)
    """Return nbformat, loaded without its grammars for web addresses: they take most of a second, and are not needed.

    It loads jsonschema, which does without what cannot be imported; ``None`` marks a module as such.
    """
    if ADDRESSES in sys.modules:
        return import_module("nbformat")
    sys.modules[ADDRESSES] = None  # type: ignore[assignment]
    try:
        return import_module("nbformat")
    finally:
        del sys.modules[ADDRESSES]


NB = _nbformat()

COMPARED = "nbval-check-output"
FOR_LAB = "lab-only"
PRINTS_TEXT = "printed-text"
TAGS = frozenset({"hide-input", "remove-cell", "solution", "instructor", COMPARED, FOR_LAB, PRINTS_TEXT})
"""The tags a cell may have; what each does is in CONTRIBUTING.md."""

OF_LESSONS = "[0-9][0-9]-*.ipynb"
"""Notebooks of lessons; any other in ``solutions/`` is a tool for teachers, and has no exercise."""

DROPPED = frozenset({"solution", "instructor"})
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
ID_DIGITS = 12

BEGIN, BLANK, END = "### BEGIN SOLUTION", "### BLANK", "### END SOLUTION"
COMMENT = re.compile(r"^(\s*)# ?(.*)$")
VIEW_ALONE = re.compile(r"desk\.\w+\([^\n]*\)")
"""A cell that only shows a view or checks a task."""
OPENS = "copydesk.open("
WIDGET_MIME = "application/vnd.jupyter.widget"


def read_notebook(path: Path, name: str = "") -> NotebookNode:
    """Read a notebook as nbformat 4.

    Raises:
        ContentError: the file is not a notebook.
    """
    name = name or path.name
    try:
        notebook: NotebookNode = NB.reads(path.read_text(encoding="utf-8"), as_version=4)
    except (ValueError, AttributeError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it cannot be read"
        remedy = "Open it in JupyterLab and save it again, or take the last version that was committed."
        raise ContentError([Problem(name, 0, "", f"this is not a notebook ({reason})", remedy)]) from None
    return notebook


def write_notebook(notebook: NotebookNode) -> bytes:
    """Return the bytes of a notebook: indented by one space, sorted keys, UTF-8, one newline at the end."""
    text: str = NB.writes(notebook, version=NB.NO_CONVERT)
    return text.rstrip("\n").encode() + b"\n"


def tidy(notebook: NotebookNode, slug: str) -> NotebookNode:
    """Return the notebook in its committed form; tidying it again changes nothing.

    It has stable cell ids, no local metadata, sorted tags, and outputs only in cells whose output is compared.

    Raises:
        ContentError: a cell has a tag that is not in ``TAGS``.
    """
    cells = []
    ordinal = 0
    for position, cell in enumerate(notebook.cells):
        source = cell.source.rstrip("\n")
        metadata = _tidy_metadata(cell, f"{slug}.ipynb", position)
        name = cell_id(slug, position, source)
        if cell.cell_type == "code":
            ordinal += 1
            outputs = _tidy_outputs(cell.outputs, ordinal) if COMPARED in metadata.get("tags", ()) else []
            cells.append(
                NB.v4.new_code_cell(
                    source,
                    id=name,
                    metadata=metadata,
                    outputs=outputs,
                    execution_count=ordinal if outputs else None,
                )
            )
        else:
            make = NB.v4.new_markdown_cell if cell.cell_type == "markdown" else NB.v4.new_raw_cell
            fields = {"attachments": cell.attachments} if cell.get("attachments") else {}
            cells.append(make(source, id=name, metadata=metadata, **fields))
    result: NotebookNode = NB.v4.new_notebook(cells=cells, metadata=METADATA, nbformat=4, nbformat_minor=5)
    return result


def cell_id(slug: str, position: int, source: str) -> str:
    """Return the id of a cell, always the same for the same text in the same place."""
    return hashlib.sha256(f"{slug}:{position}:{source}".encode()).hexdigest()[:ID_DIGITS]


def tags_of(cell: NotebookNode) -> frozenset[str]:
    """Return the tags of a cell."""
    return frozenset(cell.metadata.get("tags", ()))


def _tidy_metadata(cell: NotebookNode, name: str, position: int) -> dict[str, Any]:
    """Return the metadata of a tidy cell: its tags, the folding of a hidden input, the protection of a task."""
    tags = tags_of(cell)
    unknown = sorted(tags - TAGS)
    if unknown:
        fault = f"cell {position + 1} has the tag {unknown[0]!r}, which is not known"
        raise ContentError([Problem(name, 0, "", fault, f"Use one of {', '.join(sorted(TAGS))}.")])
    metadata: dict[str, Any] = {}
    if tags:
        metadata["tags"] = sorted(tags)
    if "hide-input" in tags:
        metadata["jupyter"] = {"source_hidden": True}
    if is_fixed(cell):
        metadata |= {"deletable": False, "editable": False}
    return metadata


def is_fixed(cell: NotebookNode) -> bool:
    """Return whether a cell belongs to the course, not the learner: it shows a task or a view, or opens the desk.

    A stray key in JupyterLab neither deletes such a cell nor turns it into text.
    """
    if cell.cell_type != "code" or DROPPED & tags_of(cell):
        return False
    source = cell.source.strip()
    return "hide-input" in tags_of(cell) or OPENS in source or VIEW_ALONE.fullmatch(source) is not None


def _tidy_outputs(outputs: Iterable[NotebookNode], ordinal: int) -> list[NotebookNode]:
    """Return outputs without widget views, a session's run numbers, or split streams."""
    tidied: list[NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream":
            if tidied and tidied[-1].output_type == "stream" and tidied[-1].name == output.name:
                tidied[-1].text += output.text
            else:
                tidied.append(NB.v4.new_output("stream", name=output.name, text=output.text))
        elif output.output_type == "error":
            tidied.append(output)
        else:
            data = {mime: value for mime, value in output.data.items() if not mime.startswith(WIDGET_MIME)}
            number = {"execution_count": ordinal} if output.output_type == "execute_result" else {}
            if data:
                tidied.append(NB.v4.new_output(output.output_type, data=data, metadata={}, **number))
    return tidied


def cut_source(source: str, name: str, position: int) -> str:
    """Return the source of a code cell as the learner gets it: solution blocks removed, blanks kept.

    Raises:
        ContentError: a block is not closed, not opened, inside another block, or leaves nothing.
    """
    lines: list[str] = []
    state = "outside"
    for line in source.splitlines():
        mark = line.strip()
        expected = {BEGIN: ("outside",), BLANK: ("solution",), END: ("solution", "blank")}.get(mark)
        if expected is not None:
            if state not in expected:
                fault = f"cell {position + 1}: {mark!r} stands where no such line can stand"
                raise ContentError([Problem(name, 0, "", fault, f"Each block is {BEGIN}, {BLANK} (or not), {END}.")])
            state = {BEGIN: "solution", BLANK: "blank", END: "outside"}[mark]
        elif state == "outside":
            lines.append(line)
        elif state == "blank":
            lines.append(_uncomment(line, name, position) if mark else "")
    if state != "outside":
        fault = f"cell {position + 1}: a solution block is not closed"
        raise ContentError([Problem(name, 0, "", fault, f"Add the line {END!r}.")])
    result = "\n".join(lines).strip("\n")
    if not result and source.strip():
        fault = f"cell {position + 1} is empty when its solution is cut out"
        remedy = f"Say after {BLANK!r} what the learner finds there, or give the whole cell the tag 'solution'."
        raise ContentError([Problem(name, 0, "", fault, remedy)])
    return result


def _uncomment(line: str, name: str, position: int) -> str:
    """Return a commented line without its first ``#``, at the same indentation."""
    match = COMMENT.match(line)
    if match is None:
        fault = f"cell {position + 1}: after {BLANK!r} stands {line.strip()!r}, which is no comment"
        raise ContentError([Problem(name, 0, "", fault, "Begin each line there with '# '.")])
    return (match[1] + match[2]).rstrip()
