"""Tells a notebook that runs because it was opened from one that its learner runs."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG = "copydesk-opening"
"""The tag that goes along with what JupyterLab runs by itself; ``js/lab/run.js`` puts it there."""
_quietly = ContextVar("quietly", default=False)


def is_opening() -> bool:
    """Return whether the cell runs by itself: nothing that the learner did since may then be replaced."""
    return _quietly.get() or TAG in _request_tags()


@contextmanager
def quietly() -> Iterator[None]:
    """Run something as if the notebook was being opened."""
    token = _quietly.set(True)
    try:
        yield
    finally:
        _quietly.reset(token)


def _request_tags() -> list[str]:
    """Return the tags of the request that the kernel is busy with; none outside of a kernel."""
    if "IPython" not in sys.modules:
        return []
    from IPython import get_ipython  # noqa: PLC0415  (it is there)

    kernel: Any = getattr(get_ipython(), "kernel", None)
    request = kernel.get_parent("shell") if kernel else {}
    tags: list[str] = request.get("metadata", {}).get("tags", [])
    return tags
