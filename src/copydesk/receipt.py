"""The receipt of a hand-in: what to read, and the answers themselves for a grader that gets only the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk import scoring
from copydesk.answers import MIME_TYPE, to_data
from copydesk.text import t

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.model.answer import AnswerFile
    from copydesk.model.bank import Bank


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
        answer = content.answers.get(entry.task.id)
        response = answer.response if answer else None
        done, parts = scoring.state(entry.task, response) if response else (0, 1)
        key = "hand_in.open" if not scoring.is_answered(entry.task, response) else "hand_in.answered"
        key = "hand_in.partly" if key == "hand_in.answered" and done < parts else key
        lines.append("- " + t(key, task=entry.task.id, title=entry.task.title, done=done, parts=parts))
    return "\n".join([*lines, t("hand_in.upload")])
