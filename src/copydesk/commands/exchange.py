"""The commands that hand content to other systems or take it from them; cli adds them to the others."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import Annotated

import typer

from copydesk.commands.console import course_root, root_with_keys, say, stop

export = typer.Typer(no_args_is_help=True, help="Hand quizzes and answers to other systems.")


class Form(StrEnum):
    """The formats of quizzes."""

    MOODLE = "moodle"
    GIFT = "gift"
    QTI = "qti"


@export.command("quizzes")
def export_quizzes(
    form: Annotated[Form, typer.Argument(help="Moodle XML, GIFT, or QTI 2.1 as a content package.")],
    *,
    out: Annotated[Path, typer.Option(help="The folder for a file for each lesson, and the report.")],
    lesson: Annotated[str, typer.Option(help="Only this lesson, by its whole name, such as 02-NAME.")] = "",
    graded: Annotated[
        bool, typer.Option("--graded", help="The graded tasks too, in files of their own. They hold the keys.")
    ] = False,
) -> None:
    """Write the practice quizzes for a learning platform, and a report of what the format cannot hold."""
    from copydesk.course.course import Course
    from copydesk.exchange.quizzes import export_quizzes as write
    from copydesk.exchange.writing import ExchangeError

    course = Course(root_with_keys() if graded else course_root())
    try:
        report = write(course, out, form, lesson=lesson, graded=graded)
    except ExchangeError as error:
        stop(str(error))
    say(report.text())
    say(f"The files are in {out}, and this report is {out / report.name}.")
    if graded:
        say("Files with -graded in their name hold the keys. Keep them from learners.")
    if count := report.unwritten():
        which = "1 task is" if count == 1 else f"{count} tasks are"
        stop(f"{which} in no file, because something is still to be written. `copydesk check` says what and where.")


@export.command("nbgrader")
def export_nbgrader(
    folder: Annotated[Path, typer.Argument(help="The folder of the nbgrader course; made where there is none.")],
) -> None:
    """Lay out the exercises as a course for nbgrader. The folder holds the keys."""
    from copydesk.course.course import Course
    from copydesk.exchange.nbgrader import export_course
    from copydesk.exchange.writing import ExchangeError

    course = Course(root_with_keys())
    try:
        written = export_course(course, folder)
    except ExchangeError as error:
        stop(str(error))
    first = min(course.solutions)
    say(f"{len(written)} files are in {folder}. Start nbgrader there: nbgrader generate_assignment {first}")
    say("Keep the folder from learners; they get what nbgrader releases.")


@export.command("annotations")
def export_annotations(
    answers: Annotated[Path, typer.Argument(help="An answer file or a submission.")],
    *,
    out: Annotated[Path, typer.Option(help="The JSON-LD file to be written.")],
) -> None:
    """Write marked words as W3C Web Annotations and verdicts as ClaimReviews, from one learner's answers."""
    from copydesk.answers.store import AnswersError
    from copydesk.course.course import Course
    from copydesk.exchange.linked import linked_answers
    from copydesk.exchange.writing import ExchangeError, write_files

    try:
        found = linked_answers(Course(course_root()), answers.read_bytes())
    except (AnswersError, OSError) as error:
        stop(f"{answers}: {error}")
    try:
        write_files(out.parent, {out.name: found.text().encode()})
    except ExchangeError as error:
        stop(str(error))
    for note in found.notes:
        say(note)
    say(f"{len(found.documents)} of the answers are in {out}.")


def import_quiz(
    source: Annotated[Path, typer.Argument(help="A JSON file of JupyterQuiz.")],
    *,
    out: Annotated[Path, typer.Option(help="The quiz file to be written, for example 10-logic.yml.")],
    title: Annotated[str, typer.Option(help="The title of the quiz.")] = "",
) -> None:
    """Make a quiz file of JupyterQuiz questions, and say what cannot be taken."""
    from copydesk.course.course import Course
    from copydesk.exchange.jupyterquiz import import_quiz as take
    from copydesk.exchange.writing import ExchangeError

    try:
        course = Course(course_root()).facts.id
        found = take(source.read_bytes(), course=course, lesson=out.stem, title=title)
        with out.open("x", encoding="utf-8") as file:
            file.write(found.text())
    except FileExistsError:
        stop(f"{out} is there already. Name another file, so that nothing is lost.")
    except (ExchangeError, OSError) as error:
        stop(str(error))
    for note in found.notes:
        say(note)
    say(f"{found.count} questions are in {out}. copydesk check says what is still to be written.")
