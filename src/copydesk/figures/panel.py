"""Draws own marks and the reference as strips over and under the words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch, Rectangle
from matplotlib.textpath import text_to_path

from copydesk.figures.picture import BLUE, INK, STYLE
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from copydesk.kinds.spans.model import SpansTask
    from copydesk.kinds.spans.strip import Strip, StripWord

MINE: dict[str, Any] = {"facecolor": INK, "edgecolor": INK}
WHOLE: dict[str, Any] = {"facecolor": BLUE, "edgecolor": BLUE}
SOFT: dict[str, Any] = {"facecolor": "white", "edgecolor": BLUE, "hatch": "////"}
"""Strips: one's own above the words, the reference below them, hatched and lower where its weight is below 1."""

PANEL_WIDTH, PANEL_LINE, STRIP = 600.0, 46.0, 8.0
"""In points: how wide the panel view is, how high one of its lines of words, and a strip of weight 1."""


def panel(task: SpansTask, strips: Sequence[Strip]) -> Figure:
    """Draw own marks above and the reference below the words, for each passage and each label that it has.

    Args:
        task: the task whose words were marked.
        strips: what ``kinds.spans.strips.strips`` returns for it.
    """
    font, texts, names = FontProperties(size=12), _texts(task), {label.id: label.text for label in task.labels}
    drawn = _with_marks(strips)
    rows = [(strip, _lines(texts[strip.passage], strip.words, font)) for strip in drawn]
    bottom = sum(30 + PANEL_LINE * len(lines) for _, lines in rows) or PANEL_LINE
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(PANEL_WIDTH / 72, (bottom + 40) / 72))
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, PANEL_WIDTH), ylim=(bottom + 40, 0))
        axes.axis("off")
        top = 0.0
        for strip, lines in rows:
            axes.text(0, top + 16, f"{strip.passage} · {names[strip.label]}", weight="bold", parse_math=False)
            for line in lines:
                for x, text, width, word in line:
                    axes.text(x, top + 46, text, fontproperties=font, parse_math=False)
                    if word:
                        _strips(axes, x, top, width, word)
                top += PANEL_LINE
            top += 30
        if not rows:
            axes.text(0, 24, t("panel.nothing"))
        looks = {"panel.mine": MINE, "panel.reference": WHOLE, "panel.soft": SOFT}
        keys = [Patch(label=t(key), linewidth=1, **look) for key, look in looks.items()]
        axes.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 0), ncols=3, fontsize=10, borderaxespad=0)
    return figure


def describe_panel(task: SpansTask, strips: Sequence[Strip]) -> str:
    """Return the alternative text of ``panel``, from the same strips."""
    texts, names, said = _texts(task), {label.id: label.text for label in task.labels}, [t("panel.alt")]
    for strip in _with_marks(strips):
        quotes: dict[str, list[str]] = {"hit": [], "missed": [], "extra": [], "nothing": []}
        for (found, weight), run in groupby(strip.words, key=lambda word: (word.found, word.weight)):
            words = list(run)
            quote = t("panel.quote", words=texts[strip.passage][words[0].start : words[-1].end])
            quotes[found].append(
                quote if weight in {0, 1} else t("panel.defensible", quote=quote, weight=f"{weight:.0%}")
            )
        parts = {name: ", ".join(quotes[name]) or t("panel.none") for name in ("hit", "missed", "extra")}
        said.append(t("panel.strip", passage=strip.passage, label=names[strip.label], **parts))
    return " ".join(said if len(said) > 1 else [*said, t("panel.nothing")])


Piece = tuple[float, str, float, "StripWord | None"]
"""Where a piece of a line begins, what it says, how far its strip reaches, and the word that it is."""


def _texts(task: SpansTask) -> dict[str, str]:
    return {passage.id: passage.text for passage in task.passages}


def _with_marks(strips: Sequence[Strip]) -> list[Strip]:
    """Return the strips that hold a mark, one's own or the reference's."""
    return [strip for strip in strips if any(word.found != "nothing" for word in strip.words)]


def _lines(text: str, words: Sequence[StripWord], font: FontProperties) -> list[list[Piece]]:
    """Cut a passage into lines of words with what follows each; a strip reaches to the next word marked alike."""

    def wide(part: str) -> float:  # a final space has no width of its own
        return float(text_to_path.get_text_width_height_descent(f"{part}.", font, ismath=False)[0] - stop)

    stop = float(text_to_path.get_text_width_height_descent(".", font, ismath=False)[0])
    lines: list[list[Piece]] = [[]]
    x = wide(text[: words[0].start])
    if words[0].start:
        lines[0].append((0, text[: words[0].start], x, None))
    for word, following in zip(words, [*words[1:], None], strict=True):
        piece = text[word.start : following.start if following else len(text)]
        if x + wide(piece.rstrip()) > PANEL_WIDTH:
            lines.append([])
            x = 0.0
        joined = following and (word.mine, word.weight) == (following.mine, following.weight)
        lines[-1].append((x, piece, wide(piece if joined else text[word.start : word.end]), word))
        x += wide(piece)
    return lines


def _strips(axes: Axes, x: float, top: float, width: float, word: StripWord) -> None:
    """Draw the learner's strip above a word and the reference's below it."""
    if word.mine:
        axes.add_patch(Rectangle((x, top + 24), width, STRIP, gid="mine", **MINE))
    if word.weight:
        look = WHOLE if word.weight == 1 else SOFT
        axes.add_patch(Rectangle((x, top + 52), width, STRIP * word.weight, gid="reference", **look))
