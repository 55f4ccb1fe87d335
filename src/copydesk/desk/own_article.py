"""Own-article mode: the view in which learners take their own text apart, with marked words as Web Annotations."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from copydesk._version import __version__
from copydesk.answers.store import AnswersError, AnswerStore
from copydesk.course.settings import is_static
from copydesk.text import language, t
from copydesk.views.content import place_token
from copydesk.views.widget import DeskWidget, StaticView

if TYPE_CHECKING:
    from pathlib import Path

    from copydesk.answers.store import SubmissionReply
    from copydesk.course.course_file import CourseFacts
    from copydesk.views.shapes import OwnArticleContent

PARTS = {
    "TEXT": "written",
    "ABOUT": "value",
    "WHO": "spans",
    "HOW": "spans",
    "VERDICT": "value",
    "MEND": "edit",
    "CHECKS": "choice",
}
"""The answers in own-article mode, each with its kind; js/views/own-article/ writes them."""


def own_article_view(facts: CourseFacts, folder: Path) -> DeskWidget | StaticView:
    """Return the view for marking the learner's own text; ``folder`` is that of the answer files.

    Its answer file is beside those of the lessons, under its own name, and is never submitted.
    """
    bank = f"sha256:{hashlib.sha256(repr(PARTS).encode()).hexdigest()}"
    content: OwnArticleContent = {
        "view": "own",
        "course": facts.id,
        "lesson": facts.own_article,
        "release": __version__,
        "bank": bank,
        "purpose": "practice",
        "title": t("own.heading"),
        "language": language(),
        "keyed_by": "",
        "tasks": [{"id": name, "kind": kind} for name, kind in PARTS.items()],
    }
    if is_static():
        return StaticView(content)
    store = AnswerStore(folder, course=facts.id, lesson=facts.own_article, bank=bank)
    saved = store.load()
    content["place"] = place_token(store.path)
    content["notice"] = store.notice
    return DeskWidget(content, saved.answers, save=store.save, submit=_refuse_submission)


def _refuse_submission(_: str) -> SubmissionReply:
    """Refuse to submit: the learner's own text stays with the learner.

    Raises:
        AnswersError: always.
    """
    raise AnswersError(t("own.not_submitted"))
