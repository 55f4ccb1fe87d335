"""The commands for marking written work; each does little more than call the module that does the work."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads it)
from secrets import randbelow
from typing import TYPE_CHECKING, Annotated

import typer

from copydesk.commands.console import plain_errors, root_with_keys, say, stop
from copydesk.commands.grading_options import (
    CanvasOption,
    ClassOption,
    DueOption,
    GradingOptions,
    GroupsOption,
    MatchesOption,
    MoodleOption,
    RosterOption,
    read_moment,
)
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from copydesk.course.bank import Bank
    from copydesk.course.course import Course
    from copydesk.grading import Options
    from copydesk.grading.class_file.reading import ClassSettings
    from copydesk.grading.files.problems import SubmissionProblem
    from copydesk.grading.marking.folder import MarkingFolder, Role
    from copydesk.grading.marking.page import ModeratedLesson

MOST_SEEDS = 1_000_000


def mark(  # noqa: PLR0913  (a command has as many options as it has)
    submissions: Annotated[list[Path] | None, typer.Argument(help=t("command.mark.submissions"))] = None,
    *,
    lesson: Annotated[str, typer.Option(help=t("command.mark.lesson"))],
    marker: Annotated[str, typer.Option(help=t("command.mark.marker"))],
    out: Annotated[Path | None, typer.Option(help=t("command.mark.out"))] = None,
    second: Annotated[bool, typer.Option("--second", help=t("command.mark.second"))] = False,
    paper: Annotated[bool, typer.Option("--paper", help=t("command.mark.paper"))] = False,
    table: Annotated[Path | None, typer.Option("--import", help=t("command.mark.import"))] = None,
    due: DueOption = "",
    roster: RosterOption = None,
    groups: GroupsOption = None,
    canvas: CanvasOption = None,
    moodle: MoodleOption = None,
    matches: MatchesOption = None,
    class_: ClassOption = None,
    seed: Annotated[int | None, typer.Option(help=t("command.mark.seed"))] = None,
    port: Annotated[int | None, typer.Option(help=t("command.lab.port"))] = None,
    browser: Annotated[bool, typer.Option(help=t("command.lab.browser"))] = True,
) -> None:
    """Mark written work on the marking desk, or on paper."""
    from copydesk.commands.class_settings import options_from, settings_for
    from copydesk.commands.marking_lines import MarkingTurn, paper_lines, paper_steps
    from copydesk.course.course import Course
    from copydesk.grading.files.places import require_places
    from copydesk.grading.marking.folder import MarkingFolder
    from copydesk.grading.marking.paper import read_paper, write_paper

    course = Course(root_with_keys())
    chosen = GradingOptions(due=due, roster=roster, groups=groups, canvas=canvas, moodle=moodle, matches=matches)
    with plain_errors():
        settings = settings_for(class_, course.solutions)
        bank = graded_bank(course, lesson)
        marks = marks_folder(out, settings, "--out")
        options = options_from(chosen, read_moment(due), settings)
        paths = list(submissions or (settings.submissions if settings else ()))
        places = [*paths, *options.places]
        if table:
            places.append(table)
        require_places(places, marks)
        folder = MarkingFolder(marks, lesson)
        if not second:  # a second marker of all texts may be anyone
            _require_marker(marker, settings)
        done: list[str] = []
        if paths:
            done += _take_texts(paths, folder, course, bank=bank, options=options, settings=settings, seed=seed)
        role = folder.role(is_second=second)
        turn = MarkingTurn(folder, bank, marker, role, marks, named=out is not None, class_file=class_)
        if table:
            count = read_paper(folder, bank, path=table, marker=marker, role=role)
            done.insert(0, t("command.mark.taken", count=count, folder=folder.path))
            _say_all(turn.lines(done))
        elif paper:
            papers = write_paper(folder, bank, marker=marker, role=role)
            _say_all(turn.lines([*paper_lines(papers), *done], paper_steps(turn, papers)))
        else:
            notebook = _write_desk(folder, bank, out=marks, marker=marker, role=role)
            _say_all(turn.lines(done, [t("command.mark.opens", notebook=marks / notebook)]))
            code = _open_desk(course.root, folder, out=marks, notebook=notebook, port=port, browser=browser)
            _say_all(turn.lines([]))
            raise typer.Exit(code)


def _say_all(lines: list[str]) -> None:
    """Print lines one by one."""
    for line in lines:
        say(line)


def marks_folder(given: Path | None, settings: ClassSettings | None, option: str) -> Path:
    """Return the folder of all marks: the one that was given, or that of the class file; stop if there is neither."""
    if given:
        return given
    if settings is None:
        stop(t("command.mark.no_folder", option=option))
    return settings.marks


def _require_marker(marker: str, settings: ClassSettings | None) -> None:
    """Stop with a list of the markers if the class file does not name this one."""
    from copydesk.grading.marking.shares import find_name

    markers = settings.file.markers if settings else None
    if markers and find_name(marker, markers.names) is None:
        stop(t("command.mark.no_such_marker", marker=repr(marker), names=", ".join(markers.names)))


def _take_texts(
    paths: list[Path],
    folder: MarkingFolder,
    course: Course,
    *,
    bank: Bank,
    options: Options,
    settings: ClassSettings | None,
    seed: int | None,
) -> list[str]:
    """Put the texts of submissions into a folder, share them out if there are several markers, and say how many."""
    from copydesk.commands.sharing_lines import by_marker
    from copydesk.grading.files.result_names import TEXTS
    from copydesk.grading.marking.sharing import SharingRule, share_out
    from copydesk.grading.run.anonymous_texts import written_texts
    from copydesk.grading.run.marker_choice import MarkerChoice

    markers = settings.file.markers if settings else None
    choice = MarkerChoice(markers, settings) if markers and settings else None
    kept, note = course.kept_solutions, choice.note if choice else _no_note
    texts = written_texts(paths, bank, kept=kept, options=options, report=_say_problem, note=note)
    is_new = not (folder.path / TEXTS).is_file()
    folder.put_texts(texts, randbelow(MOST_SEEDS) if seed is None else seed)
    same = list(_same_text_lines(texts))
    shares = folder.shares()
    if markers and choice and len(markers.names) > 1:
        rule = SharingRule(markers.names, markers.sample, choice.preferred)
    elif shares:
        rule = SharingRule(shares.markers, shares.sample)
    else:
        return same if is_new else []
    first, second = share_out(folder, rule)
    for problem in choice.problems() if choice else ():
        _say_problem(problem)
    lines = []
    if first:
        lines += same
        lines.append(t("command.mark.shared", count=first.total(), lesson=bank.lesson, markers=by_marker(first)))
    if second:
        lines.append(t("command.mark.second_readers", count=second.total(), markers=by_marker(second)))
    return lines


def _same_text_lines(texts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield a line on the texts that are another one word for word, if there are any."""
    same = int(sum(len(of_task) - len(set(of_task)) for of_task in texts.values()))
    if same:
        yield t("command.mark.same_texts", count=same)


def _no_note(*_: object) -> None:
    """Take no note of a text."""


def _write_desk(folder: MarkingFolder, bank: Bank, *, out: Path, marker: str, role: Role) -> str:
    """Write the marking desk's notebook and return its name; fail at once if existing marks cannot be read."""
    from copydesk.grading.marking.notebook import write_notebook
    from copydesk.grading.marking.session import Session

    Session(folder, bank, marker=marker, role=role)
    return write_notebook(out, lesson=bank.lesson, marker=marker, role=role)


def _open_desk(root: Path, folder: MarkingFolder, *, out: Path, notebook: str, port: int | None, browser: bool) -> int:
    """Open the marking desk in JupyterLab until it is closed, and return the exit code."""
    from copydesk.lab.jupyterlab import open_notebook

    return open_notebook(
        root,
        work=out.resolve(),
        notebook=notebook,
        port=port,
        browser=browser,
        say=say,
        greeting=[t("command.mark.desk", notebook=out / notebook, folder=folder.path)],
    )


def _say_problem(problem: SubmissionProblem) -> None:
    say(f"{problem.file}: {problem.reason}. {problem.remedy}.")


def moderate(
    marks: Annotated[Path | None, typer.Argument(help=t("command.moderate.marks"))] = None,
    *,
    lesson: Annotated[str, typer.Option(help=t("command.moderate.lesson"))] = "",
    waive: Annotated[str, typer.Option(help=t("command.moderate.waive"))] = "",
) -> None:
    """Compare two markers' marks, or let them count without agreement."""
    from copydesk.commands.class_settings import settings_for
    from copydesk.commands.marking_lines import moderated_lines
    from copydesk.course.course import Course
    from copydesk.grading.files.places import require_places
    from copydesk.grading.marking.folder import MarkingFolder
    from copydesk.grading.marking.moderation import waive as let_count
    from copydesk.grading.marking.page import moderate as compare

    course = Course(root_with_keys())
    with plain_errors():
        is_default = marks is None
        marks = marks_folder(marks, settings_for(None, course.solutions) if is_default else None, "MARKS")
        require_places([marks])
        moderated: list[ModeratedLesson] = []
        for name in marked_lessons(marks, lesson):
            folder = MarkingFolder(marks, name)
            if waive:
                let_count(folder, waive)
            moderated.append(compare(folder, graded_bank(course, name), marks, is_default=is_default))
        _say_all(moderated_lines(moderated, marks))


def marked_lessons(marks: Path, lesson: str) -> list[str]:
    """Return the lessons that a folder has texts of, or the one that was named; stop if there are none."""
    from copydesk.grading.files.result_names import TEXTS

    lessons = [lesson] if lesson else sorted(path.parent.name for path in marks.glob(f"*/{TEXTS}"))
    if not lessons:
        stop(t("command.moderate.no_marks", folder=marks))
    return lessons


def graded_bank(course: Course, lesson: str) -> Bank:
    """Return a lesson's tasks with their keys; if it is missing, end the command with a list of lessons."""
    banks = course.solutions
    if lesson not in banks:
        stop(t("command.mark.no_such_lesson", lesson=lesson, lessons=", ".join(banks)))
    return banks[lesson]
