"""The one anywidget: content and answers in, answers and requests out."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from pydantic import ValidationError

from copydesk.answers.store import AnswersError
from copydesk.views.content import ENTRIES, entries_content, with_language_texts
from copydesk.views.html import view_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from copydesk.answers.file import Answer, AnswerFile
    from copydesk.answers.store import SubmissionReply
    from copydesk.views.shapes import Content, SaveState, WidgetReply

SCRIPTS = ("copydesk.js", "copydesk-more.js")


@cache
def browser_module() -> str:
    """Return the browser's two scripts, the same as the book's, as an ES module.

    Each widget brings this text along, and a page reads it once for each, so only the first one runs the scripts.
    """
    static = files("copydesk") / "static"
    scripts = "\n".join(static.joinpath(name).read_text(encoding="utf-8") for name in SCRIPTS)
    mark = json.dumps(f"CopyDesk {sha256(scripts.encode()).hexdigest()[:16]}")
    return (
        f"const CopyDesk = globalThis[{mark}] ??= (() => {{\n{scripts}\nreturn CopyDesk;\n}})();\n"
        "export default { render: CopyDesk.render };\n"
    )


class DeskWidget(anywidget.AnyWidget):
    """A view of some tasks, or of the submission.

    ``answers`` is ``{"revision": int, "entries": {task: answer}}`` with all answers in this view; ``saved``
    is ``{"revision", "at", "problem"}`` and follows only once the file is on disk; ``request`` and ``reply``
    carry the submission.
    """

    _esm = ""
    content = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    saved = traitlets.Dict().tag(sync=True)
    request = traitlets.Dict().tag(sync=True)
    reply = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        content: Content,
        entries: Mapping[str, Answer],
        *,
        save: Callable[[dict[str, Answer]], AnswerFile],
        submit: Callable[[str], SubmissionReply],
    ) -> None:
        """Show ``content`` with the existing answers; call ``save`` for new ones and ``submit`` with an alias.

        ``submit`` returns the receipt, the path of the file and its content.
        """
        self._save, self._submit = save, submit
        self._content = with_language_texts(content)
        super().__init__(
            _esm=browser_module(),
            content=self._content,
            answers={"revision": 0, "entries": entries_content(self._own_answers(content, entries))},
            saved={"revision": 0, "at": None, "problem": None},
            request={},
            reply={},
        )
        self.observe(self._on_answers, names="answers")
        self.observe(self._on_request, names="request")

    def __repr__(self) -> str:
        """Return the name of the view, which does not change from run to run."""
        return view_name(self._content)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # noqa: ANN401  (as in anywidget)
        """Return the widget view and, beside it, the same view as HTML for pages without a kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        complete = dict(data or {})
        complete["text/plain"] = repr(self)
        complete["text/html"] = view_html(self._content, run_first=True)
        return complete, metadata

    def show_entries(self, entries: Mapping[str, Answer]) -> None:
        """Bring newer answers, from another notebook or from code, into the view."""
        answers = self._own_answers(self._content, entries)
        if answers != ENTRIES.validate_python(self.answers["entries"]):
            self.answers = {**self.answers, "entries": entries_content(answers)}

    @staticmethod
    def _own_answers(content: Content, entries: Mapping[str, Answer]) -> dict[str, Answer]:
        """Return the answers to the tasks that this view shows or requires in a submission."""
        ids = set(_task_ids(content))
        if "required" in content:
            for row in content["required"]:
                ids.add(row["id"])
                if "forms" in row:
                    ids.update(*row["forms"])
        return {name: answer for name, answer in entries.items() if name in ids}

    def _on_answers(self, change: dict[str, Any]) -> None:
        """Save the answers that the learner changed and say so once they are on disk."""
        revision = change["new"].get("revision", 0)
        if revision == change["old"].get("revision", 0):
            return
        at, problem = None, None
        try:
            content = self._save(ENTRIES.validate_python(change["new"].get("entries", {})))
            at = content.model_dump(mode="json")["saved"]
        except AnswersError as error:
            problem = str(error)
        except ValidationError as error:
            first = error.errors()[0]
            problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        saved: SaveState = {"revision": revision, "at": at, "problem": problem}
        self.saved = dict(saved)

    def _on_request(self, change: dict[str, Any]) -> None:
        """Write the submission and send the receipt."""
        request = change["new"]
        number = request.get("id")
        if request.get("action") != "submit":
            return
        try:
            submission = self._submit(str(request.get("alias", ""))[:80])
        except AnswersError as error:
            refusal: WidgetReply = {"id": number, "ok": False, "text": str(error), "path": "", "content": ""}
            self.reply = dict(refusal)
            return
        reply: WidgetReply = {
            "id": number,
            "ok": True,
            "text": submission.receipt,
            "path": str(submission.path),
            "content": submission.content,
        }
        self.reply = dict(reply)


def view_name(content: Content) -> str:
    """Return the name of a view: lesson and tasks, or lesson and kind if it is not about tasks."""
    if content["view"] != "tasks":
        return f"<Copy Desk {content['lesson']}: {content['view']}>"
    return f"<Copy Desk {content['lesson']}: {', '.join(_task_ids(content))}>"


def _task_ids(content: Content) -> list[str]:
    """Return the ids of the tasks that a view shows."""
    return [task["id"] for task in content["tasks"]]


class StaticView:
    """A view for a page without a kernel: HTML for the book, and ``content`` for anyone else's page."""

    def __init__(self, content: Content) -> None:
        """Keep the content in its language; authors of their own pages pass it to our module."""
        self.content = with_language_texts(content)

    def __repr__(self) -> str:
        """Return the name of the view."""
        return view_name(self.content)

    def _repr_html_(self) -> str:
        return view_html(self.content)
