"""Removes the views, which die with the kernel, from a notebook as it is saved; text and pictures stay."""

from __future__ import annotations

from html import escape
from typing import Any

from copydesk.text import t

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "widgets"
"""Where a notebook's metadata keeps the state of widgets."""


def remove_views(model: dict[str, Any], path: str = "", **_: object) -> None:
    """Remove the views of widgets from a notebook that is about to be saved; a hook of Jupyter's server.

    ``model`` is changed only at the very end: if anything goes wrong before that, it is saved as it is.
    """
    del path  # Jupyter passes it by name
    content = model.get("content")
    if model.get("type") == "notebook" and isinstance(content, dict) and content.get("nbformat") == 4:  # noqa: PLR2004
        model["content"] = readable_notebook(content)


def readable_notebook(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook without widget views; where a view has no readable form, say what to press."""
    metadata = dict(notebook["metadata"])
    metadata.pop(STATE, None)
    cells = [_readable_cell(cell) for cell in notebook["cells"]]
    return {**notebook, "metadata": metadata, "cells": cells}


def _readable_cell(cell: dict[str, Any]) -> dict[str, Any]:
    if not cell.get("outputs"):
        return cell
    outputs = [_readable_output(output) for output in cell["outputs"]]
    return {**cell, "outputs": outputs}


def _readable_output(output: dict[str, Any]) -> dict[str, Any]:
    data = dict(output.get("data", {}))
    if VIEW not in data:
        return output
    del data[VIEW]
    hint = escape(t("view.run_to_see"))
    return {**output, "data": {"text/html": f"<p>{hint}</p>", **data}}
