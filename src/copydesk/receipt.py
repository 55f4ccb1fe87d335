"""The receipt of a hand-in: what to read, and the answers themselves for a grader that gets only the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk import scoring
from copydesk.answers import MIME_TYPE, to_data
from copydesk.model.form import form_state, is_statement
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.model.answer import AnswerFile
    from copydesk.model.bank import Bank, Entry


class Receipt:
    """The receipt of a hand-in; the answers travel with it, so that the notebook alone can be graded."""

    def __init__(self, text: str, content: AnswerFile | None) -> None:
        """Keep text and answers."""
        self._text, self._content = text, content

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:  # noqa: ANN401
        bundle: dict[str, Any] = {"text/plain": self._text}
        if self._content is not None:
            bundle[MIME_TYPE] = to_data(self._content)
        return bundle


def unnamed_receipt(content: AnswerFile) -> Receipt:
    """Return the receipt as long as no name is given, and so no file is written: it would lie beside the real one."""
    return Receipt(t("hand_in.unnamed"), content) if content.answers else Receipt(t("hand_in.nothing"), None)


def receipt_text(bank: Bank, content: AnswerFile, path: Path) -> str:
    """Return the receipt: the file, who handed it in and when, and what each task holds."""
    moment = content.handed_in or content.saved
    lines = [
        t("hand_in.receipt", path=f"{path.parent.name}/{path.name}"),
        t(
            "hand_in.from",
            alias=content.learner.alias or t("hand_in.no_alias"),
            day=moment.date().isoformat(),
            time=moment.strftime("%H:%M"),
        ),
    ]
    for entry in bank.tasks:
        if is_statement(entry.task):
            continue
        answer = content.answers.get(entry.task.id)
        response = answer.response if answer else None
        done, parts = scoring.state(entry.task, response) if response else (0, 1)
        key = "hand_in.open" if not scoring.is_answered(entry.task, response) else "hand_in.answered"
        key = "hand_in.partly" if key == "hand_in.answered" and done < parts else key
        lines.append("- " + t(key, task=entry.task.id, title=entry.task.title, done=done, parts=parts))
    if form := form_state((entry.task for entry in bank.tasks), content.answers):
        lines.append("- " + t("hand_in.form", form=form.name, done=form.done, parts=form.total))
    return "\n".join([*lines, t("hand_in.upload")])


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
