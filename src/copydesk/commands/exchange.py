"""The commands that export content to other systems or import it from them."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal

import typer

from copydesk.commands.console import course_root, root_with_keys, say, stop
from copydesk.text import t

export = typer.Typer(no_args_is_help=True, help=t("command.export"))


class QuizFormat(StrEnum):
    """The formats of quizzes."""

    MOODLE = "moodle"
    GIFT = "gift"
    QTI = "qti"


@export.command("quizzes", help=t("command.quizzes"))
def export_quizzes(
    form: Annotated[QuizFormat, typer.Argument(help=t("command.quizzes.form"))],
    *,
    out: Annotated[Path, typer.Option(help=t("command.quizzes.out"))],
    lesson: Annotated[str, typer.Option(help=t("command.quizzes.lesson"))] = "",
    graded: Annotated[bool, typer.Option("--graded", help=t("command.quizzes.graded"))] = False,
) -> None:
    """Write quizzes and a report for a learning platform; fail if a task is still unwritten."""
    from copydesk.course.course import Course
    from copydesk.course.lesson_names import LessonNameError
    from copydesk.exchange.quizzes import export_quizzes as write
    from copydesk.exchange.writing import ExchangeError

    course = Course(root_with_keys() if graded else course_root())
    try:
        report = write(course, out, form, lesson=lesson, graded=graded)
    except (ExchangeError, LessonNameError) as error:
        stop(str(error))
    say(report.text())
    say(t("command.quizzes.written", folder=out, report=out / report.name))
    if graded:
        say(t("command.quizzes.keys"))
    count = report.count_unwritten()
    if count:
        stop(t("command.quizzes.unwritten", count=count))


@export.command("scorm", help=t("command.scorm"))
def export_scorm(
    lesson: Annotated[str, typer.Argument(help=t("command.scorm.lesson"))] = "",
    *,
    out: Annotated[Path, typer.Option(help=t("command.scorm.out"))] = Path("_build/scorm"),
    article: Annotated[Literal["full", "quotes"] | None, typer.Option(help=t("command.scorm.article"))] = None,
) -> None:
    """Write packages for a learning platform, made from the pages of the book."""
    if find_spec("myst_nb") is None:
        stop(t("command.book.missing_library"))
    from copydesk.course.course import Course
    from copydesk.course.lesson_names import LessonNameError
    from copydesk.exchange.writing import ExchangeError, write_files
    from copydesk.publish.build import BookError
    from copydesk.publish.scorm import make_packages

    root = course_root()
    try:
        edition = article or Course(root).facts.rights.edition
        packages = make_packages(root, lesson, article=edition, say=say)
        write_files(out, packages)
    except (BookError, ExchangeError, LessonNameError) as error:
        stop(str(error))
    say(t("command.scorm.written", count=len(packages), folder=out))


@export.command("nbgrader", help=t("command.nbgrader"))
def export_nbgrader(
    folder: Annotated[Path, typer.Argument(help=t("command.nbgrader.folder"))],
) -> None:
    """Write the folder of an nbgrader course, with the keys."""
    from copydesk.course.course import Course
    from copydesk.exchange.nbgrader import export_course
    from copydesk.exchange.writing import ExchangeError

    course = Course(root_with_keys())
    try:
        files = export_course(course, folder)
    except ExchangeError as error:
        stop(str(error))
    say(t("command.nbgrader.written", count=len(files), folder=folder, lesson=min(course.solutions)))
    say(t("command.nbgrader.keys"))


@export.command("myst", help=t("command.myst"))
def export_myst(
    lessons: Annotated[list[str] | None, typer.Argument(metavar="LESSON", help=t("command.myst.lessons"))] = None,
    *,
    out: Annotated[Path, typer.Option(help=t("command.myst.out"))],
    article: Annotated[Literal["full", "quotes"] | None, typer.Option(help=t("command.myst.article"))] = None,
) -> None:
    """Write practice tasks for other people's MyST sites, and say which are left out."""
    from copydesk.course.course import Course
    from copydesk.course.lesson_names import LessonNameError
    from copydesk.exchange.writing import ExchangeError
    from copydesk.publish.myst import export_myst as write

    course = Course(course_root())
    rights = course.facts.rights
    edition = article or rights.edition
    try:
        result = write(course, out, lessons or (), article=edition)
    except (ExchangeError, LessonNameError) as error:
        stop(str(error))
    for part in result.left_out:
        say(part.text())
    say(t("command.myst.written", count=result.count_tasks(), folder=out, page=out / min(result.pages)))
    if edition == "full" and rights.publish != "whole":
        say(t("myst.full"))


@export.command("annotations", help=t("command.annotations"))
def export_annotations(
    answers: Annotated[Path, typer.Argument(help=t("command.annotations.answers"))],
    *,
    out: Annotated[Path, typer.Option(help=t("command.annotations.out"))],
) -> None:
    """Write the marks and verdicts of one learner as JSON-LD."""
    from copydesk.answers.store import AnswersError
    from copydesk.course.course import Course
    from copydesk.exchange.linked import linked_answers
    from copydesk.exchange.writing import ExchangeError, write_files

    try:
        linked = linked_answers(Course(course_root()), answers.read_bytes())
    except (AnswersError, OSError) as error:
        stop(f"{answers}: {error}")
    try:
        write_files(out.parent, {out.name: linked.text().encode()})
    except ExchangeError as error:
        stop(str(error))
    for note in linked.notes:
        say(note)
    say(t("command.annotations.written", count=len(linked.documents), file=out))


def import_quiz(
    source: Annotated[Path, typer.Argument(help=t("command.import-quiz.source"))],
    *,
    out: Annotated[Path, typer.Option(help=t("command.import-quiz.out"))],
    title: Annotated[str, typer.Option(help=t("command.import-quiz.title"))] = "",
) -> None:
    """Write a quiz file from JupyterQuiz questions; an existing file stays as it is."""
    from copydesk.course.course import Course
    from copydesk.exchange.jupyterquiz import import_quiz as take
    from copydesk.exchange.writing import ExchangeError

    try:
        course = Course(course_root()).facts.id
        quiz = take(source.read_bytes(), course=course, lesson=out.stem, title=title)
        with out.open("x", encoding="utf-8") as file:
            file.write(quiz.text())
    except FileExistsError:
        stop(t("command.import-quiz.file_exists", file=out))
    except (ExchangeError, OSError) as error:
        stop(str(error))
    for note in quiz.notes:
        say(note)
    say(t("command.import-quiz.written", count=quiz.count, file=out))
