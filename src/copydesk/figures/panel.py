"""Draws the learner's marks and the reference as strips above and below the words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Patch, Rectangle

from copydesk.figures.shapes import BLUE, INK, NARROW_INCHES, Shape, in_two_shapes
from copydesk.figures.text_width import text_width
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from copydesk.kinds.spans.model import SpansTask
    from copydesk.kinds.spans.strips import Strip, StripWord

MINE: dict[str, Any] = {"facecolor": INK, "edgecolor": INK}
WHOLE: dict[str, Any] = {"facecolor": BLUE, "edgecolor": BLUE}
SOFT: dict[str, Any] = {"facecolor": "white", "edgecolor": BLUE, "hatch": "////"}
"""The learner's strips are above the words, the reference below, hatched and lower if its weight is below 1."""

PANEL_WIDTH, PANEL_LINE, STRIP = 600.0, 46.0, 8.0
"""In points: the width of the panel view, and the heights of a line of words and of a strip of weight 1."""


@in_two_shapes
def panel(shape: Shape, task: SpansTask, strips: Sequence[Strip]) -> Figure:
    """Draw the learner's marks above the words and the reference below, for each passage and each of its labels.

    Args:
        task: the task whose words were marked.
        strips: its strips, from ``kinds.spans.strips.strips``.
    """
    font, texts, labels = FontProperties(size=12), _passage_texts(task), _label_names(task)
    width = NARROW_INCHES * 72 if shape.is_narrow else PANEL_WIDTH
    rows = [(strip, _lines(texts[strip.passage], strip.words, font, width)) for strip in _marked_strips(strips)]
    bottom = 0.0 if rows else PANEL_LINE
    for _, lines in rows:
        bottom += 30 + PANEL_LINE * len(lines)
    keys_height = 64 if shape.is_narrow else 40
    with shape.style():
        figure = Figure(figsize=(width / 72, (bottom + keys_height) / 72))
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(bottom + keys_height, 0))
        axes.axis("off")
        top = 0.0
        for strip, lines in rows:
            heading = shape.fit(f"{strip.passage} · {labels[strip.label]}")
            axes.text(0, top + 16, heading, weight="bold", parse_math=False)
            for line in lines:
                for piece in line:
                    axes.text(piece.x, top + 46, piece.text, fontproperties=font, parse_math=False)
                    _draw_strips(axes, piece, top)
                top += PANEL_LINE
            top += 30
        if not rows:
            axes.text(0, 24, t("panel.nothing"))
        looks = {"panel.mine": MINE, "panel.reference": WHOLE, "panel.soft": SOFT}
        keys = [Patch(label=t(key), linewidth=1, **look) for key, look in looks.items()]
        axes.legend(
            handles=keys,
            loc="lower left",
            bbox_to_anchor=(0, 0),
            ncols=1 if shape.is_narrow else 3,
            fontsize=10,
            borderaxespad=0,
        )
    return figure


def describe_panel(task: SpansTask, strips: Sequence[Strip]) -> str:
    """Return the alternative text of ``panel``, from the same strips."""
    texts, labels = _passage_texts(task), _label_names(task)
    sentences = [t("panel.alt")]
    for strip in _marked_strips(strips):
        quotations = _quotations(texts[strip.passage], strip)
        sentences.append(t("panel.strip", passage=strip.passage, label=labels[strip.label], **quotations))
    if len(sentences) == 1:
        sentences.append(t("panel.nothing"))
    return " ".join(sentences)


def _quotations(text: str, strip: Strip) -> dict[str, str]:
    """Return quotations of words: ``hit`` in both, ``missed`` only in the reference, ``extra`` only the learner's."""
    quotes: dict[str, list[str]] = {"hit": [], "missed": [], "extra": []}
    for (finding, weight), run in groupby(strip.words, key=lambda word: (word.found, word.weight)):
        if finding == "nothing":
            continue
        words = list(run)
        quote = t("panel.quote", words=text[words[0].start : words[-1].end])
        if weight not in {0, 1}:
            quote = t("panel.defensible", quote=quote, weight=f"{weight:.0%}")
        quotes[finding].append(quote)
    return {name: ", ".join(group) or t("panel.none") for name, group in quotes.items()}


class Piece(NamedTuple):
    """A piece of a line: its start, its text, the width of its strips, and the word it is, if any."""

    x: float
    text: str
    width: float
    word: StripWord | None


def _passage_texts(task: SpansTask) -> dict[str, str]:
    return {passage.id: passage.text for passage in task.passages}


def _label_names(task: SpansTask) -> dict[str, str]:
    return {label.id: label.text for label in task.labels}


def _marked_strips(strips: Sequence[Strip]) -> list[Strip]:
    """Return the strips that hold a mark, the learner's or the reference's."""
    return [strip for strip in strips if _has_mark(strip)]


def _has_mark(strip: Strip) -> bool:
    return any(word.found != "nothing" for word in strip.words)


def _lines(text: str, words: Sequence[StripWord], font: FontProperties, width: float) -> list[list[Piece]]:
    """Cut a passage into lines of words, each with the space after it.

    The strips of a word reach to the next word if that is marked the same way.
    """
    lines: list[list[Piece]] = [[]]
    beginning = text[: words[0].start]
    x = text_width(beginning, font)
    if beginning:
        lines[0].append(Piece(0, beginning, x, None))
    for word, following in zip(words, [*words[1:], None], strict=True):
        end = following.start if following else len(text)
        part = text[word.start : end]
        if x + text_width(part.rstrip(), font) > width:
            lines.append([])
            x = 0.0
        marked_part = part
        if not following or (word.mine, word.weight) != (following.mine, following.weight):
            marked_part = text[word.start : word.end]
        lines[-1].append(Piece(x, part, text_width(marked_part, font), word))
        x += text_width(part, font)
    return lines


def _draw_strips(axes: Axes, piece: Piece, top: float) -> None:
    """Draw the learner's strip above a word and the reference's below it."""
    word = piece.word
    if word and word.mine:
        axes.add_patch(Rectangle((piece.x, top + 24), piece.width, STRIP, gid="mine", **MINE))
    if word and word.weight:
        look = WHOLE if word.weight == 1 else SOFT
        height = STRIP * word.weight
        axes.add_patch(Rectangle((piece.x, top + 52), piece.width, height, gid="reference", **look))
