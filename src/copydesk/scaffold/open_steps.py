"""Says what is still open in a course, in the order in which to do it: first what everything else rests on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, takewhile
from typing import TYPE_CHECKING, Any

from copydesk.course.bank_files import QUIZZES, SOLUTIONS
from copydesk.course.course_file import COURSE_FILE
from copydesk.course.documents import ContentError, read_document, read_text
from copydesk.model.task import is_unwritten
from copydesk.release.exercises import release
from copydesk.release.notebooks import read_notebook
from copydesk.text import t
from copydesk.text.lists import name_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.course.bank_files import BankFile
    from copydesk.course.course import Course
    from copydesk.course.documents import Document, Position

SENTENCES, CARDS, SOURCES = "seeds/sentences.yml", "seeds/cards.yml", "seeds/sources.yml"
FACTS_IN_ORDER = ("rights", "title", "authors")
"""The facts that an author writes first; whether the text may be used at all comes before anything else."""

AUTHOR, RELEASE = "copydesk author", "copydesk release"


@dataclass(frozen=True)
class OpenStep:
    """Something that an author still has to do: where, what, and the command that helps (empty: any editor does).

    ``entry`` is the id of the task or card that it is about, if it is about one.
    """

    file: str
    line: int
    what: str
    command: str = ""
    entry: str = ""

    @property
    def place(self) -> str:
        """The file, with the line if there is one."""
        return self.file + (t("documents.line", line=self.line) if self.line else "")


def open_steps(course: Course) -> list[OpenStep]:
    """Return what is still open in a course, first things first; what cannot be read is left to the checks."""
    steps = [*_open_facts(course), *_open_sentences(course), *_open_entries(course, CARDS, SOURCES)]
    for lesson in _lessons(course):
        steps += _open_cells(course, f"lessons/{lesson}.ipynb")
        steps += _open_tasks(course, QUIZZES, lesson)
        steps += _open_cells(course, f"solutions/{lesson}.ipynb")
        steps += _open_tasks(course, SOLUTIONS, lesson)
    return [*steps, *_open_release(course)]


def _open_facts(course: Course) -> Iterator[OpenStep]:
    """Yield the facts about the course that are unwritten."""
    try:
        document = course.file
    except ContentError:
        return
    lines: dict[str, int] = {}
    for position in unwritten_positions(document.data):
        lines.setdefault(str(position[0]), document.line_of(position))
    for name in [*FACTS_IN_ORDER, *lines]:
        line = lines.pop(name, 0)
        if line:
            yield OpenStep(COURSE_FILE, line, _fact_words(name), AUTHOR)


def _fact_words(name: str) -> str:
    """Return what is to be written for a fact."""
    words = {"rights": t("open.rights"), "title": t("open.title"), "authors": t("open.authors")}
    return words.get(name, t("open.fact", name=name))


def _open_sentences(course: Course) -> Iterator[OpenStep]:
    """Yield the sentences as a whole while the note at their top says that no one has looked at them."""
    path = course.root / SENTENCES
    if path.is_file() and note_of(read_text(path)):
        yield OpenStep(SENTENCES, 1, t("open.sentences"), AUTHOR)


def note_of(text: str) -> str:
    """Return the note at the top of a file as long as it says that something is to be written; otherwise nothing."""
    lines = list(takewhile(_is_note, text.splitlines(keepends=True)))
    note = "".join(lines)
    return note if is_unwritten(note.replace("#", " ")) else ""


def _is_note(line: str) -> bool:
    return line.startswith("#")


def _open_entries(course: Course, *files: str) -> Iterator[OpenStep]:
    """Yield the cards and sources with unwritten texts."""
    for file in files:
        path = course.root / file
        if not path.is_file():
            continue
        try:
            document = read_document(path, file)
        except ContentError:
            continue
        for index, entry in enumerate(document.data or ()):
            positions = [(index, *position) for position in unwritten_positions(entry)]
            if positions:
                name = document.entry_of(positions[0])
                what = t("open.entry", name=name, count=len(positions))
                yield OpenStep(file, document.line_of(positions[0]), what, AUTHOR, name)


def _lessons(course: Course) -> list[str]:
    """Return every lesson that has a notebook or a task file, in order."""
    notebooks = chain((course.root / "lessons").glob("*.ipynb"), (course.root / "solutions").glob("[0-9]*.ipynb"))
    names = {path.stem for path in notebooks}
    return sorted(names.union(course.lessons(QUIZZES), course.lessons(SOLUTIONS)))


def _open_cells(course: Course, file: str) -> Iterator[OpenStep]:
    """Yield a notebook in which cells have an unwritten text."""
    path = course.root / file
    if not path.is_file():
        return
    try:
        notebook = read_notebook(path, file)
    except ContentError:
        return
    cells = []
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "markdown" and is_unwritten(cell.source):
            cells.append(number)
    if cells:
        what = t("open.cells", count=len(cells), cells=name_list([str(number) for number in cells]))
        yield OpenStep(file, 0, what, AUTHOR)


def _open_tasks(course: Course, folder: str, lesson: str) -> Iterator[OpenStep]:
    """Yield the tasks of a file with unwritten texts, each on the line of the first of them."""
    if not course.has_bank(folder, lesson):
        return
    try:
        file = course.bank_file(folder, lesson)
    except ContentError:
        return
    for entry, position in zip(file.bank.tasks, _task_positions(file), strict=True):
        count = entry.count_unwritten()
        if count:
            line = _first_line(file.document, position)
            what = t("open.task", task=entry.task.id, count=count)
            yield OpenStep(file.name, line, what, AUTHOR, entry.task.id)


def _task_positions(file: BankFile) -> Iterator[Position]:
    """Yield the position of each task in its file."""
    for index in range(len(file.bank.tasks)):
        yield ("tasks", index)


def _first_line(document: Document, position: Position) -> int:
    """Return the line of the first unwritten text below a position, or else its own line."""
    data = document.data
    for step in position:
        data = data[step]
    first = next(unwritten_positions(data), ())
    return document.line_of((*position, *first))


def _open_release(course: Course) -> Iterator[OpenStep]:
    """Yield that the exercises are not those of the solutions."""
    if not course.lessons(SOLUTIONS):
        return
    try:
        changed = release(course, check=True)
    except ContentError:
        return
    if changed:
        file = changed[0].relative_to(course.root).as_posix()
        yield OpenStep(file, 0, t("open.release"), RELEASE)


def unwritten_positions(data: Any) -> Iterator[Position]:  # noqa: ANN401  (the data of any file)
    """Yield the position of each unwritten text in some data, in order."""
    if isinstance(data, str):
        if is_unwritten(data):
            yield ()
        return
    parts: Any = ()
    if isinstance(data, dict):
        parts = data.items()
    elif isinstance(data, list):
        parts = enumerate(data)
    for step, part in parts:
        for position in unwritten_positions(part):
            yield (step, *position)
