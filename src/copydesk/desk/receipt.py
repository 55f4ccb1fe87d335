"""What a notebook says of answers: the check of a task, and the receipt of a submission with the answers themselves."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from copydesk.answers.progress import parts_text, row_standing, rows_of, standing_of, standing_text
from copydesk.answers.store import MIME_TYPE, SubmissionReply, make_submission, to_data, to_json
from copydesk.kinds import scoring
from copydesk.text import shared, t

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from copydesk.answers.file import AnswerFile
    from copydesk.course.bank import Bank, Entry


class Receipt:
    """The receipt of a submission; the answers travel with it, so that the notebook alone can be graded."""

    def __init__(self, text: str, content: AnswerFile | None) -> None:
        """Keep text and answers."""
        self._text, self._content = text, content

    def __repr__(self) -> str:
        """Return what there is to read."""
        return self._text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:  # noqa: ANN401
        first, *rest = map(escape, self._text.splitlines())
        folded = f"<details><summary>{first}</summary>{'<br>'.join(rest)}</details>" if rest else f"<p>{first}</p>"
        bundle: dict[str, Any] = {"text/plain": self._text, "text/html": folded}
        if self._content is not None:
            bundle[MIME_TYPE] = to_data(self._content)
        return bundle


def present_receipt(bank: Bank, saved: AnswerFile, last: tuple[Path, AnswerFile] | None) -> Receipt:
    """Return the receipt of the last submission, which says where answers were changed since; or that there is none."""
    given = make_submission(saved, {entry.task.id for entry in bank.tasks})
    if last is None:
        return unnamed_receipt(bank, given)
    path, content = last
    now, then = ({name: answer.response for name, answer in each.answers.items()} for each in (given, content))
    changed = [] if now == then else [shared("submission.changed")]
    return Receipt("\n".join([receipt_text(bank, content, path), *changed]), content)


def unnamed_receipt(bank: Bank, content: AnswerFile) -> Receipt:
    """Return the receipt as long as no file is written: it says that there is none, and what is not complete yet."""
    if not content.answers:
        return Receipt(t("submission.nothing"), None)
    gaps = gap_lines(bank, content)
    return Receipt("\n".join([t("submission.unnamed"), *gaps]), content)


def submission_reply(bank: Bank, content: AnswerFile, path: Path) -> SubmissionReply:
    """Return what is to be shown of a submission that lies at a path."""
    return SubmissionReply(receipt_text(bank, content, path), path, to_json(content))


def receipt_text(bank: Bank, content: AnswerFile, path: Path) -> str:
    """Return the receipt: the file, whose it is and from when, how far each task is, and what to do next.

    The browser makes the same receipt of the same file (js/views/receipt.js).
    """
    moment = (content.handed_in or content.saved).astimezone()
    lines = [
        shared("receipt.file", name=f"{path.parent.name}/{path.name}"),
        shared(
            "receipt.from",
            alias=content.learner.alias or t("submission.no_alias"),
            day=moment.date().isoformat(),
            time=f"{moment:%H:%M} {zone_text(moment)}",
        ),
        *gap_lines(bank, content)[:1],
    ]
    for row in rows_of(entry.task for entry in bank.tasks):
        standing = row_standing(row, content.answers)
        lines.append("- " + shared("receipt.task", task=row.name, state=standing_text(standing)))
    return "\n".join([*lines, shared("receipt.next")])


def gap_lines(bank: Bank, content: AnswerFile) -> list[str]:
    """Return how many tasks are not complete, and a line for each of them; nothing where all are."""
    found = [(row, row_standing(row, content.answers)) for row in rows_of(entry.task for entry in bank.tasks)]
    gaps = [(row, standing) for row, standing in found if standing.state != "complete"]
    if not gaps:
        return []
    listed = ["- " + shared("receipt.task", task=row.name, state=standing_text(standing)) for row, standing in gaps]
    return [shared("receipt.gaps", count=len(gaps)), *listed]


def zone_text(moment: datetime) -> str:
    """Return how far a clock is from UTC, for example ``UTC+2`` or ``UTC-3:30``."""
    offset = moment.utcoffset()
    minutes = 0 if offset is None else round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" + (f"{'-' if minutes < 0 else '+'}{hours}" if minutes else "") + (f":{rest:02}" if rest else "")


def unanswered_text(task_id: str) -> str:
    """Return what a check says of a task that is not answered."""
    return t("check.unanswered", task=task_id)


def check_text(entry: Entry, response: Any, *, with_points: bool) -> str:  # noqa: ANN401
    """Return what a check says of a response: how far it is, or with its key what it earns."""
    task = entry.task
    if response is None or not scoring.is_answered(task, response):
        return unanswered_text(task.id)
    if found := scoring.validation_errors(task, response):
        return t("check.fault", task=task.id, fault=found[0])
    if with_points and entry.key is not None and task.group != "baseline":
        return points_text(entry, response)
    standing = standing_of(task, response)
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
    lost = [each.part for each in result.feedback if each.credit is not None and each.credit < 1]
    return t("check.wrong", **values, parts=", ".join(lost))
