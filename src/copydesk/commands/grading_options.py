"""The options that the grading commands share, each defined once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from copydesk.commands.console import stop
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable

DueOption = Annotated[str, typer.Option(help=t("command.grade.due"))]
RosterOption = Annotated[Path | None, typer.Option(help=t("command.grade.roster"))]
GroupsOption = Annotated[Path | None, typer.Option(help=t("command.grade.groups"))]
CanvasOption = Annotated[Path | None, typer.Option(help=t("command.grade.canvas"))]
MoodleOption = Annotated[list[str] | None, typer.Option(help=t("command.grade.moodle"))]
MatchesOption = Annotated[Path | None, typer.Option(help=t("command.grade.matches"))]
ClassOption = Annotated[Path | None, typer.Option("--class", help=t("command.grade.class"))]


@dataclass(frozen=True, kw_only=True)
class GradingOptions:
    """The options of ``grade`` and ``rekey`` as a person types them; what the class file says is only the default."""

    class_: ClassOption = None

    due: DueOption = ""
    roster: RosterOption = None
    groups: GroupsOption = None
    canvas: CanvasOption = None
    moodle: MoodleOption = None
    column: Annotated[list[str] | None, typer.Option(help=t("command.grade.column"))] = None
    workers: Annotated[int, typer.Option(min=1, help=t("command.grade.workers"))] = 1
    scheduler: Annotated[str, typer.Option(help=t("command.grade.scheduler"))] = ""
    marks: Annotated[Path | None, typer.Option(help=t("command.grade.marks"))] = None
    appeals: Annotated[Path | None, typer.Option(help=t("command.grade.appeals"))] = None
    matches: MatchesOption = None
    extensions: Annotated[Path | None, typer.Option(help=t("command.grade.extensions"))] = None
    manual_marks: Annotated[Path | None, typer.Option(help=t("command.grade.manual_marks"))] = None
    comments: Annotated[Path | None, typer.Option(help=t("command.grade.comments"))] = None
    strict: Annotated[bool, typer.Option("--strict", help=t("command.grade.strict"))] = False
    feedback: Annotated[bool, typer.Option(help=t("command.grade.feedback"))] = True


def with_grading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command that takes the fields of ``GradingOptions`` one by one instead of its parameter ``options``.

    Typer makes its options from ``inspect.signature``; one parameter cannot stand for several of them.
    """
    fields = signature(GradingOptions, eval_str=True).parameters

    @wraps(command)
    def run(**values: Any) -> None:  # noqa: ANN401  (what typer has read)
        chosen = {name: values.pop(name) for name in fields}
        command(**values, options=GradingOptions(**chosen))

    parameters: list[Parameter] = []
    for parameter in signature(command, eval_str=True).parameters.values():
        if parameter.name == "options":
            parameters.extend(fields.values())
        else:
            parameters.append(parameter)
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # typer asks for it
    return run


def read_moment(text: str) -> datetime | None:
    """Return the time that an option names; without a time zone it would depend on the machine."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        stop(t("command.grade.wrong_due", due=text))
    return moment
