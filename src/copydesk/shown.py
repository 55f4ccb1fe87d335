"""What a notebook shows that is there to be read only."""

from __future__ import annotations

from typing import Any


class Shown:
    """Something to read in a notebook: HTML, and the same as plain text."""

    def __init__(self, html: str, text: str) -> None:
        """Keep both forms."""
        self._html, self._text = html, text

    def __repr__(self) -> str:
        """Return the plain text."""
        return self._text

    def _repr_html_(self) -> str:
        return self._html


def display(shown: object, **options: Any) -> Any:  # noqa: ANN401
    """Show something as the output of a cell; with ``display_id`` return the handle that updates it."""
    from IPython.display import display as show  # noqa: PLC0415  (only in a notebook)

    return show(shown, **options)  # type: ignore[no-untyped-call]  # IPython has no annotations
