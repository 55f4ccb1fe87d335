"""What a notebook shows only to be read, and which parts of it are shown again when answers change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Rendered:
    """Something to read in a notebook, as HTML and as plain text."""

    def __init__(self, html: str, text: str) -> None:
        """Keep both forms."""
        self._html, self._text = html, text

    def __repr__(self) -> str:
        """Return the plain text."""
        return self._text

    def _repr_html_(self) -> str:
        return self._html


class TextLine:
    """A line of plain text, as ``print`` would show it, that can be shown again."""

    def __init__(self, text: str) -> None:
        """Keep the text."""
        self._text = text

    def __repr__(self) -> str:
        """Return the text."""
        return self._text


class _LiveOutput(NamedTuple):
    """The output of a cell: its handle, what makes it from the answers, and the data last sent to the notebook."""

    handle: Any
    make: Callable[[Any], object]
    data: object


class LiveOutputs:
    """Cell outputs that follow the answers while the kernel runs."""

    def __init__(self) -> None:
        """Start with none."""
        self._outputs: list[_LiveOutput] = []

    def show(self, make: Callable[[Any], object], answers: object) -> None:
        """Show what ``make`` returns for the answers as the output of a cell."""
        output = make(answers)
        handle = display(output, display_id=True)
        if handle is not None:  # outside a notebook it is only printed
            self._outputs.append(_LiveOutput(handle, make, _output_data(output)))

    def update(self, answers: object) -> None:
        """Remake each output for new answers, and show those whose content changed."""
        for place, live in enumerate(self._outputs):
            output = live.make(answers)
            data = _output_data(output)
            if data != live.data:
                live.handle.update(output)
                self._outputs[place] = live._replace(data=data)


def _output_data(output: object) -> object:
    """Return an output's data in a notebook, which shows whether it changed."""
    bundle = getattr(output, "_repr_mimebundle_", None)
    return repr(output) if bundle is None else bundle()


def display(output: object, **options: Any) -> Any:  # noqa: ANN401
    """Show something as the output of a cell; with ``display_id`` return the handle that updates it."""
    from IPython.display import display as show  # noqa: PLC0415  (only in a notebook)

    return show(output, **options)  # type: ignore[no-untyped-call]  # IPython has no annotations
