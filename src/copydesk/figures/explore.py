"""Shows one figure of several, chosen from a list beside it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from copydesk.course.settings import is_static
from copydesk.figures.picture import Picture, show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import ipywidgets
    from matplotlib.figure import Figure

    Control = tuple[str, Sequence[Any]]


class Gallery:
    """Every figure that a control can choose, one below the other: what a page without a kernel shows."""

    def __init__(self, pictures: list[tuple[str, Picture]]) -> None:
        """Take the pictures, each with what was chosen for it."""
        self.pictures = pictures

    def __repr__(self) -> str:
        """Return the alternative texts: the same in every run."""
        return "\n".join(f"{chosen}: {picture.alt}" for chosen, picture in self.pictures)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:  # noqa: ANN401  (Jupyter passes include and exclude)
        parts = [
            f"<p><strong>{html.escape(chosen)}</strong></p>{picture.to_html()}" for chosen, picture in self.pictures
        ]
        return {"text/html": "".join(parts), "text/plain": repr(self)}


def explore(draw: Callable[..., Figure], *, alt: Callable[..., str], **controls: Control) -> Gallery | ipywidgets.VBox:
    """Show the figure that ``draw`` makes, with a list to choose from for each control.

    ``controls`` gives each argument of ``draw`` its label and its options: ``merged=("Copies", ["apart", "merged"])``.
    ``alt`` takes the same arguments and returns the alternative text. A page without a kernel shows the figure for
    every option of the first control, the others at their first option.

    Raises:
        ValueError: there is no control, or one has no options.
    """
    if not controls or not all(options for _, options in controls.values()):
        msg = "a figure to explore needs at least one control with options, for example merged=('Copies', ['apart'])"
        raise ValueError(msg)

    def picture(chosen: dict[str, Any]) -> Picture:
        return show(draw(**chosen), alt=alt(**chosen))

    first = {name: options[0] for name, (_, options) in controls.items()}
    if is_static():
        name, (label, options) = next(iter(controls.items()))
        return Gallery([(f"{label}: {option}", picture({**first, name: option})) for option in options])
    return _panel(picture, first, controls)


def _panel(
    picture: Callable[[dict[str, Any]], Picture], first: dict[str, Any], controls: dict[str, Control]
) -> ipywidgets.VBox:
    """Return the lists above the figure that they drive."""
    import ipywidgets  # noqa: PLC0415  (only where there is a kernel to answer)

    view = ipywidgets.HTML(value=picture(first).to_html())
    lists = {
        name: ipywidgets.Dropdown(description=label, options=list(options), style={"description_width": "initial"})
        for name, (label, options) in controls.items()
    }

    def draw_again(_: object) -> None:
        view.value = picture({name: each.value for name, each in lists.items()}).to_html()

    for each in lists.values():
        each.observe(draw_again, names="value")
    return ipywidgets.VBox([*lists.values(), view])
