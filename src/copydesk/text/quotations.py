"""Marks up a text of the course: its emphasis, and its quotations, which no translator in the browser may change."""

from __future__ import annotations

import re

from markupsafe import Markup

QUOTATION = re.compile(
    "("
    "„(?:[^„“”]|„[^„“”]*[“”])*[“”]"  # German and Polish: “ closes here, and opens below
    "|“(?:[^“”]|“[^“”]*”)*”"
    "|«(?:[^«»]|«[^«»]*»)*»"
    "|»(?:[^«»]|»[^«»]*«)*«"
    r'|"(?=\S)[^"\n]+"'
    ")"
)
"""Words in quotation marks of any language, possibly nested once; ``js/base/text.js`` has the same rule."""

STRESS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|\*(?=[^\s*])([^*]*?)(?<=[^\s*])\*(?!\*)", re.DOTALL)
"""Words between ``**`` or ``*``, as in ``js/base/text.js``."""

SOFT, STRONG = Markup("<em>{}</em>"), Markup("<strong>{}</strong>")
AS_IT_STANDS = Markup('<span translate="no">{}</span>')


def quoted(text: str) -> Markup:
    """Return a text as HTML, with its emphasis, and with its quotations protected from translators."""
    parts: list[Markup] = []
    position = 0
    for match in STRESS.finditer(text):
        strong, soft = match.groups()
        stressed = SOFT.format(_with_quotations(soft)) if strong is None else STRONG.format(_with_quotations(strong))
        parts += [_with_quotations(text[position : match.start()]), stressed]
        position = match.end()
    return Markup().join([*parts, _with_quotations(text[position:])])


def _with_quotations(text: str) -> Markup:
    pieces = QUOTATION.split(text)
    return Markup().join(AS_IT_STANDS.format(piece) if place % 2 else piece for place, piece in enumerate(pieces))
