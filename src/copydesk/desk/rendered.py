"""What a notebook shows that is there to be read only, and what of it is shown anew when answers change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


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


class Said:
    """A line of plain text, as ``print`` would show it, but one that can be shown anew."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self._text = text

    def __repr__(self) -> str:
        """Return the text."""
        return self._text


class Followed:
    """Outputs of cells that follow the answers as long as the kernel runs."""

    def __init__(self) -> None:
        """Begin with none."""
        self._shown: list[tuple[Any, Callable[[Any], object], object]] = []

    def show(self, make: Callable[[Any], object], answers: object) -> None:
        """Show what ``make`` returns for the answers as the output of a cell."""
        made = make(answers)
        handle = display(made, display_id=True)
        if handle is not None:  # outside a notebook it is printed, and that is all
            self._shown.append((handle, make, _seen(made)))

    def update(self, answers: object) -> None:
        """Make each of them again for other answers, and show those that now say something else."""
        for place, (handle, make, before) in enumerate(self._shown):
            made = make(answers)
            if _seen(made) != before:
                handle.update(made)
                self._shown[place] = handle, make, _seen(made)


def _seen(made: object) -> object:
    """Return what a notebook gets of an output, to tell whether it changed."""
    bundle = getattr(made, "_repr_mimebundle_", None)
    return repr(made) if bundle is None else bundle()


def display(shown: object, **options: Any) -> Any:  # noqa: ANN401
    """Show something as the output of a cell; with ``display_id`` return the handle that updates it."""
    from IPython.display import display as show  # noqa: PLC0415  (only in a notebook)

    return show(shown, **options)  # type: ignore[no-untyped-call]  # IPython has no annotations
