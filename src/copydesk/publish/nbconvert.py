"""Lets nbconvert export a notebook as a page whose tasks can be answered, by adding the browser's scripts."""

from __future__ import annotations

from typing import Any

import nbformat
from nbconvert.preprocessors import Preprocessor

from copydesk.publish.build import SCRIPTS


class LiveTasks(Preprocessor):
    """Adds the scripts of the book as one more output after the last view of a notebook.

    nbconvert uses it through ``HTMLExporter.preprocessors``, which ``copydesk.lab.extension.settings`` sets.
    """

    def preprocess(self, nb: nbformat.NotebookNode, resources: Any) -> tuple[nbformat.NotebookNode, Any]:  # noqa: ANN401
        """Return the notebook, with the scripts if it shows a view at all."""
        for cell in reversed(nb.cells):
            if any(map(has_view, cell.get("outputs", ()))):
                data = {"text/html": scripts_html()}
                output = nbformat.v4.new_output("display_data", data)  # type: ignore[no-untyped-call]  # no annotations
                cell.outputs = [*cell.outputs, output]
                break
        return nb, resources


def has_view(output: nbformat.NotebookNode) -> bool:
    """Return whether an output contains a view as HTML."""
    return "data-copydesk=" in "".join(output.get("data", {}).get("text/html", ""))


def scripts_html() -> str:
    """Return the scripts of the book, ready to be put in a page."""
    html = ""
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8").replace("</script", r"<\/script")
        html += f"<script>{text}</script>"
    return html
