"""Tells a notebook that runs because it was opened from one that its learner runs."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG = "copydesk-opening"
"""The tag of a request that JupyterLab makes by itself; ``js/lab/run.js`` adds it."""
_is_opening = ContextVar("is_opening", default=False)


def is_opening() -> bool:
    """Return whether the cell runs by itself: nothing that the learner did since may then be replaced."""
    return _is_opening.get() or TAG in _request_tags()


@contextmanager
def opening_mode() -> Iterator[None]:
    """Run a block as if the notebook was being opened."""
    token = _is_opening.set(True)
    try:
        yield
    finally:
        _is_opening.reset(token)


def _request_tags() -> list[str]:
    """Return the tags of the request that the kernel is busy with; none outside of a kernel."""
    if "IPython" not in sys.modules:
        return []
    from IPython import get_ipython  # noqa: PLC0415  (it is there)

    kernel: Any = getattr(get_ipython(), "kernel", None)
    request = kernel.get_parent("shell") if kernel else {}
    tags: list[str] = request.get("metadata", {}).get("tags", [])
    return tags
