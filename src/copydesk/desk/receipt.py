"""What a notebook says about answers: the check of a task, and the receipt of a submission with its answers."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from copydesk.answers.progress import parts_text, progress_rows, progress_text, row_progress, task_progress
from copydesk.answers.store import MIME_TYPE, SubmissionReply, make_submission, to_data, to_json
from copydesk.kinds import scoring
from copydesk.text import shared_text, t

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from copydesk.answers.file import AnswerFile
    from copydesk.answers.progress import ProgressRow, TaskProgress
    from copydesk.course.bank import Bank, Entry


class Receipt:
    """The receipt of a submission; the answers travel with it, so that the notebook alone can be graded."""

    def __init__(self, text: str, content: AnswerFile | None) -> None:
        """Keep the text and the answers."""
        self._text, self._content = text, content

    def __repr__(self) -> str:
        """Return the text."""
        return self._text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:  # noqa: ANN401
        bundle: dict[str, Any] = {"text/plain": self._text, "text/html": _folded_html(self._text)}
        if self._content is not None:
            bundle[MIME_TYPE] = to_data(self._content)
        return bundle


def _folded_html(text: str) -> str:
    """Return a text as HTML: its first line, with the others folded away below it."""
    first, *rest = escape(text).splitlines()
    if not rest:
        return f"<p>{first}</p>"
    return f"<details><summary>{first}</summary>{'<br>'.join(rest)}</details>"


def present_receipt(bank: Bank, saved: AnswerFile, last: tuple[Path, AnswerFile] | None) -> Receipt:
    """Return the last submission's receipt, noting if answers have changed since, or that there is none."""
    current = make_submission(saved, bank.task_ids)
    if last is None:
        return unnamed_receipt(bank, current)
    path, submitted = last
    lines = [receipt_text(bank, submitted, path)]
    if _responses(current) != _responses(submitted):
        lines.append(shared_text("submission.changed"))
    return Receipt("\n".join(lines), submitted)


def _responses(content: AnswerFile) -> dict[str, Any]:
    """Return the responses in an answer file by task, without the times at which they were given."""
    return {name: answer.response for name, answer in content.answers.items() if not answer.is_only_drawn}


def unnamed_receipt(bank: Bank, content: AnswerFile) -> Receipt:
    """Return the receipt while no file is written: it says that there is none, and what is not complete yet."""
    if not _responses(content):
        return Receipt(t("submission.nothing"), None)
    lines = [t("submission.unnamed"), *gap_lines(bank, content)]
    return Receipt("\n".join(lines), content)


def submission_reply(bank: Bank, content: AnswerFile, path: Path) -> SubmissionReply:
    """Return the receipt, path and content of the submission at a path."""
    return SubmissionReply(receipt_text(bank, content, path), path, to_json(content))


def receipt_text(bank: Bank, content: AnswerFile, path: Path) -> str:
    """Return the receipt: the file, its owner and time, how far along each task is, and what to do next.

    The browser makes the same receipt from the same file (js/views/receipt.js).
    """
    moment = (content.handed_in or content.saved).astimezone()
    alias = content.learner.alias or t("submission.no_alias")
    time = f"{moment:%H:%M} {zone_text(moment)}"
    lines = [
        shared_text("receipt.file", name=f"{path.parent.name}/{path.name}"),
        shared_text("receipt.from", alias=alias, day=moment.date().isoformat(), time=time),
    ]
    standings = row_standings(bank, content)
    gaps = _gaps(standings)
    if gaps:
        lines.append(shared_text("receipt.gaps", count=len(gaps)))
    lines += _task_lines(standings)
    lines.append(shared_text("receipt.next"))
    return "\n".join(lines)


def row_standings(bank: Bank, content: AnswerFile) -> list[tuple[ProgressRow, TaskProgress]]:
    """Return the progress of each row of a bank."""
    rows = progress_rows(entry.task for entry in bank.tasks)
    return [(row, row_progress(row, content.answers)) for row in rows]


def _gaps(standings: list[tuple[ProgressRow, TaskProgress]]) -> list[tuple[ProgressRow, TaskProgress]]:
    """Return the rows that are not complete."""
    return [(row, standing) for row, standing in standings if standing.state != "complete"]


def _task_lines(standings: list[tuple[ProgressRow, TaskProgress]]) -> list[str]:
    """Return a line for each row, with its progress."""
    lines = []
    for row, standing in standings:
        lines.append("- " + shared_text("receipt.task", task=row.name, state=progress_text(standing)))
    return lines


def gap_lines(bank: Bank, content: AnswerFile) -> list[str]:
    """Return a line with the number of incomplete tasks and one for each of them; nothing if there are none."""
    gaps = _gaps(row_standings(bank, content))
    if not gaps:
        return []
    return [shared_text("receipt.gaps", count=len(gaps)), *_task_lines(gaps)]


def zone_text(moment: datetime) -> str:
    """Return how far a clock is from UTC, for example ``UTC+2`` or ``UTC-3:30``."""
    offset = moment.utcoffset()
    minutes = 0 if offset is None else round(offset.total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def unanswered_text(task_id: str) -> str:
    """Return the message from checking a task that is not answered."""
    return t("check.unanswered", task=task_id)


def check_text(entry: Entry, response: Any, *, with_points: bool) -> str:  # noqa: ANN401
    """Return the message from checking a response: its progress or, with the key, the points it earns."""
    task = entry.task
    if response is None or not scoring.is_answered(task, response):
        return unanswered_text(task.id)
    faults = scoring.validation_errors(task, response)
    if faults:
        return t("check.fault", task=task.id, fault=faults[0])
    if with_points and entry.key is not None and task.group != "baseline":
        return points_text(entry, response)
    standing = task_progress(task, response)
    if standing.state == "complete":
        return t("check.complete", task=task.id)
    return t("check.partly", task=task.id, parts=parts_text(standing))


def points_text(entry: Entry, response: Any) -> str:  # noqa: ANN401
    """Return the points of a response, and which parts differ from the reference."""
    task = entry.task
    result = scoring.score(task, entry.key, response)  # type: ignore[arg-type]  # the caller checked the key
    if result.points is None:
        return t("check.waiting", task=task.id)
    values = {"task": task.id, "points": f"{result.points:g}", "maximum": f"{result.maximum:g}"}
    if result.share == 1:
        return t("check.points", **values)
    lost = [part.part for part in result.feedback if part.credit is not None and part.credit < 1]
    return t("check.wrong", **values, parts=", ".join(lost))
