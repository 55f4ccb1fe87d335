"""Tells a notebook that runs because it was opened from one that the learner runs."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG = "copydesk-opening"
"""The tag of a request that JupyterLab makes on its own; ``js/lab/run.js`` adds it."""
_is_opening = ContextVar("is_opening", default=False)


def is_opening() -> bool:
    """Return whether the cell runs on opening: nothing the learner has done since may then be replaced."""
    return _is_opening.get() or TAG in _request_tags()


@contextmanager
def opening_mode() -> Iterator[None]:
    """Run a block as if the notebook were being opened."""
    token = _is_opening.set(True)
    try:
        yield
    finally:
        _is_opening.reset(token)


def _request_tags() -> list[str]:
    """Return the tags of the request that the kernel is handling; none outside a kernel."""
    if "IPython" not in sys.modules:
        return []
    from IPython import get_ipython  # noqa: PLC0415  (it is there)

    kernel: Any = getattr(get_ipython(), "kernel", None)
    request = kernel.get_parent("shell") if kernel else {}
    tags: list[str] = request.get("metadata", {}).get("tags", [])
    return tags
