"""Compares a translation with the English text: the same placeholders and markup, and all plural forms."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

from copydesk.text.plurals import plural_categories

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    Text = str | dict[str, str]

COUNT = "count"
"""The value that picks a plural form; a form may say it in words (``one``)."""

NOTHING = "0"
"""Stands for no markup in a message, in any language."""

MARKUP = re.compile(r"<[^>]*>|<|\]\([^)]*\)|```[^\n]*|https?:\S+|javascript:", re.IGNORECASE)
"""What changes what a page does: tags, addresses of links, blocks of raw HTML."""


class Misfit(NamedTuple):
    """Why a translation can't be used: the reason, and what is missing or too much."""

    reason: str
    form: str
    values: dict[str, str]


def misfits(english: Text, translation: object, language: str) -> Iterator[Misfit]:
    """Yield why a translation can't take the place of an English text; nothing if it can."""
    if isinstance(english, str):
        if isinstance(translation, str):
            yield from _form_misfits({"other": english}, translation, "")
        else:
            yield Misfit("no_plural", "", {})
        return
    if isinstance(translation, str):  # the same for every count
        yield from _form_misfits(english, translation, "")
        return
    wanted = plural_categories(language)
    if not isinstance(translation, dict):
        yield Misfit("plural_missing", "", {"forms": ", ".join(wanted)})
        return
    missing = [category for category in wanted if not translation.get(category)]
    if missing:
        yield Misfit("plural_missing", "", {"forms": ", ".join(missing)})
    for form, text in translation.items():
        if form not in wanted or not isinstance(text, str):
            yield Misfit("plural_unknown", str(form), {"forms": ", ".join(wanted)})
        else:
            yield from _form_misfits(english, text, form)


def _form_misfits(english: dict[str, str], translation: str, form: str) -> Iterator[Misfit]:
    """Yield why a form can't be used; where English has plural forms, it need not say the count in figures."""
    allowed, needed = _values(english, form)
    try:
        present = placeholders(translation)
    except ValueError:
        yield Misfit("braces", form, {})
        return
    missing = needed - present.keys()
    added = present.keys() - allowed.keys()
    if missing:
        yield Misfit("placeholder_missing", form, {"names": shown_names(missing)})
    if added:
        yield Misfit("placeholder_unknown", form, {"names": shown_names(added)})
    for name in sorted(present.keys() & allowed.keys()):
        if not present[name] <= allowed[name]:
            yield Misfit("placeholder_form", form, {"names": shown_names({name})})
    lost = text_markup(english["other"]) - text_markup(translation)
    new = text_markup(translation) - text_markup(english["other"])
    if lost or new:
        yield Misfit("markup", form, {"lost": " ".join(lost) or NOTHING, "added": " ".join(new) or NOTHING})


def _values(english: dict[str, str], form: str) -> tuple[dict[str, set[str]], set[str]]:
    """Return the placeholders that a form may have, each with its spellings, and those that it needs."""
    allowed: dict[str, set[str]] = {}
    for text in english.values():
        for name, ways in placeholders(text).items():
            allowed.setdefault(name, {""}).update(ways)
    needed = set(placeholders(english["other"]))
    if form in english:
        needed.intersection_update(placeholders(english[form]))
    if len(english) > 1:
        allowed.setdefault(COUNT, {""})
        needed.discard(COUNT)
    return allowed, needed


def placeholders(text: str) -> dict[str, set[str]]:
    """Return the names in braces, each with the ways in which it is written (``:,``, ``!r``).

    Raises:
        ValueError: a brace has no partner.
    """
    found: dict[str, set[str]] = {}
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            written = f"!{conversion}" if conversion else ""
            written += f":{form}" if form else ""
            found.setdefault(name, set()).add(written)
    return found


def shown_names(names: AbstractSet[str]) -> str:
    """Return names of values as a text has them, in braces."""
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def text_markup(text: str) -> Counter[str]:
    """Return the markup in a text, with how often it is there."""
    return Counter(MARKUP.findall(text))
