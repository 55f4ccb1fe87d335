"""The authoring page in a notebook: a widget that passes requests on and sends the replies."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from copydesk.text import author_texts, language

if TYPE_CHECKING:
    from copydesk.authoring.authoring import Authoring

SCRIPT = "copydesk-author.mjs"


class AuthoringWidget(anywidget.AnyWidget):
    """The authoring page of one course, opened at ``lesson``."""

    _esm = ""
    texts = traitlets.Dict().tag(sync=True)
    language = traitlets.Unicode().tag(sync=True)
    lesson = traitlets.Unicode().tag(sync=True)

    def __init__(self, authoring: Authoring, *, lesson: str = "") -> None:
        """Show the page of what is being written."""
        self._authoring = authoring
        script = files("copydesk").joinpath("static", SCRIPT).read_text(encoding="utf-8")
        super().__init__(_esm=script, texts=author_texts(language()), language=language(), lesson=lesson)
        self.on_msg(self._reply)

    def __repr__(self) -> str:
        """Return the same each time."""
        return "<Copy Desk: authoring>"

    def _reply(self, _widget: object, request: Any, _buffers: object) -> None:  # noqa: ANN401
        self.send(self._authoring.answer(request))
