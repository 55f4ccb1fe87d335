"""Marks what a text quotes, so that a translator in the browser leaves those words as they are."""

from __future__ import annotations

import re

from markupsafe import Markup

QUOTATION = re.compile("(“(?:[^“”]|“[^“”]*”)*”|«(?:[^«»]|«[^«»]*»)*»)")
"""Words in the quotation marks that the course uses, and within them such words once more; tasks ask about these."""

AS_IT_STANDS = Markup('<span translate="no">{}</span>')


def quoted(text: str) -> Markup:
    """Return a text as HTML in which no translator changes what it quotes."""
    pieces = QUOTATION.split(text)
    return Markup().join(AS_IT_STANDS.format(piece) if place % 2 else piece for place, piece in enumerate(pieces))
