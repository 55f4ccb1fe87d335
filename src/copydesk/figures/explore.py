"""Shows one figure of several, chosen from a list beside it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from copydesk.course.settings import is_static
from copydesk.figures.picture import Picture, show
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import ipywidgets
    from matplotlib.figure import Figure

    from copydesk.figures.guess import Guess

    Control = tuple[str, Sequence[Any]]


class Gallery:
    """Every figure that a control can choose, one below another, for a page without a kernel."""

    def __init__(self, pictures: list[tuple[str, Picture]], guess: Guess | None = None) -> None:
        """Take the pictures, each with the choice it shows, and the question asked before they appear."""
        self.pictures = pictures
        self.guess = guess

    def __repr__(self) -> str:
        """Return the alternative texts: the same in every run."""
        return "\n".join(f"{choice}: {picture.alt}" for choice, picture in self.pictures)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:  # noqa: ANN401  (Jupyter passes include and exclude)
        parts = []
        for choice, picture in self.pictures:
            parts.append(f"<p><strong>{escape(choice)}</strong></p>")
            parts.append(picture.to_html())
        shown = "".join(parts)
        return {"text/html": self.guess.ask(shown) if self.guess else shown, "text/plain": repr(self)}


def explore(
    draw: Callable[..., Figure], *, alt: Callable[..., str], guess: Guess | None = None, **controls: Control
) -> Gallery | ipywidgets.VBox:
    """Show the figure that ``draw`` makes, with a list to choose from for each control.

    ``controls`` gives each argument of ``draw`` its label and its options: ``merged=("Copies", ["apart", "merged"])``.
    ``alt`` takes the same arguments and returns the alternative text. A page without a kernel shows the figure for
    every option of the first control, the others at their first option. ``guess`` is asked before any of it appears.

    Raises:
        ValueError: there is no control, or one has no options.
    """
    if not controls or not all(options for _, options in controls.values()):
        raise ValueError(t("explore.no_control"))

    def picture(choice: dict[str, Any]) -> Picture:
        return show(draw(**choice), alt=alt(**choice))

    first = {name: options[0] for name, (_, options) in controls.items()}
    if not is_static():
        return _panel(picture, first, controls, guess)
    name, (label, options) = next(iter(controls.items()))
    return Gallery([(f"{label}: {option}", picture({**first, name: option})) for option in options], guess)


def _panel(
    picture: Callable[[dict[str, Any]], Picture],
    first: dict[str, Any],
    controls: dict[str, Control],
    guess: Guess | None,
) -> ipywidgets.VBox:
    """Return the lists above the figure that they control; anyone who chooses from a list has seen it."""
    import ipywidgets  # noqa: PLC0415  (only if there is a kernel to answer)

    html = picture(first).to_html()
    view = ipywidgets.HTML(value=guess.ask(html) if guess else html)
    lists: dict[str, ipywidgets.Dropdown] = {}

    def draw_again(_: object) -> None:
        choice = {name: dropdown.value for name, dropdown in lists.items()}
        view.value = picture(choice).to_html()

    style = {"description_width": "initial"}
    for name, (label, options) in controls.items():
        lists[name] = ipywidgets.Dropdown(description=label, options=list(options), style=style)
        lists[name].observe(draw_again, names="value")
    return ipywidgets.VBox([*lists.values(), view])
