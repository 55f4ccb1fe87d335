"""Takes out of a notebook that is saved what dies with its kernel; what can be read later stays."""

from __future__ import annotations

from html import escape
from typing import Any

from copydesk.text import t

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "widgets"
"""Where a notebook's metadata keep the state of widgets."""


def without_views(model: dict[str, Any], path: str = "", **_: object) -> None:
    """Take the views of widgets out of a notebook that is about to be saved; a hook of Jupyter's server.

    ``model`` is changed only once all is done: whatever goes wrong before leaves what is saved as it is.
    """
    del path  # Jupyter passes it by name
    content = model.get("content")
    if model.get("type") == "notebook" and isinstance(content, dict) and content.get("nbformat") == 4:  # noqa: PLR2004
        model["content"] = readable(content)


def readable(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook without widget views; where nothing to read stands beside one, it says what to press."""
    metadata = {name: value for name, value in notebook["metadata"].items() if name != STATE}
    return {**notebook, "metadata": metadata, "cells": [_readable_cell(cell) for cell in notebook["cells"]]}


def _readable_cell(cell: dict[str, Any]) -> dict[str, Any]:
    outputs = cell.get("outputs")
    return {**cell, "outputs": [_readable_output(output) for output in outputs]} if outputs else cell


def _readable_output(output: dict[str, Any]) -> dict[str, Any]:
    data = output.get("data", {})
    if VIEW not in data:
        return output
    kept = {mime: value for mime, value in data.items() if mime != VIEW}
    hint = t("view.run_to_see")
    return {**output, "data": {"text/html": f"<p>{escape(hint)}</p>", **kept}}
