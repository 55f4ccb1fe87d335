"""Provides the templates of pages: everything is escaped, and nothing invisible gets through."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from copydesk.grading.files.safe_text import visible_text
from copydesk.text import remark, t
from copydesk.text.numbers import number
from copydesk.text.plurals import direction
from copydesk.text.quotations import quoted


@cache
def environment() -> Environment:
    """Return the Jinja environment that loads the templates of pages."""
    grading, kinds = PackageLoader("copydesk.grading", ""), PackageLoader("copydesk.kinds", "")
    pages = Environment(
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        loader=ChoiceLoader([grading, kinds]),
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    pages.filters |= {"number": number, "quoted": _quoted}
    pages.globals |= {"t": t, "sentence": _sentence, "translation_remark": remark, "direction": direction}
    return pages


def _sentence(key: str, **values: str) -> Markup:
    """Return a catalogue text in which some of the values are markup; everything else is escaped."""
    same = {name: f"{{{name}}}" for name in values}
    return escape(t(key, **same)).format(**values)


def _quoted(value: object) -> object:
    """Return a text in which no translator changes what it quotes; a missing value unchanged."""
    return quoted(visible_text(value)) if isinstance(value, str) else value


def _finalize(value: Any) -> Any:  # noqa: ANN401  (whatever an expression in the template holds)
    is_plain = isinstance(value, str) and not isinstance(value, Markup)
    return visible_text(value) if is_plain else value
