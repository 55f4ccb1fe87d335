"""The model of ``site.yml``: where a site is, who publishes it, who hears of mistakes, its logo and its colours."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from copydesk.model.base import Frozen, Text
from copydesk.text import t

SITE_FILE = "site.yml"
"""What the site file is called; ``copydesk book`` finds it in the folder where it is typed."""

TITLE = "{title}"
"""What stands, in the address of an issue tracker, for the title of a new entry."""

MAIL = re.compile(r"[^\s@<>\"'?&:/]+@[^\s@<>\"'?&:/]+\.[^\s@<>\"'?&:/.]+")
COLOUR = "^#[0-9A-Fa-f]{6}$"
WEB = frozenset({"http", "https"})


def site_address(written: str) -> str:
    """Return the address of a site with a slash at its end.

    Raises:
        ValueError: it is not the address of a folder on the web.
    """
    address = written.strip()
    if not _is_on_the_web(address) or re.search(r"[?#]|\.html?$", address):
        raise ValueError(t("site_file.no_address", address=repr(written)))
    return f"{address.rstrip('/')}/"


def _report_place(written: str) -> str:
    """Return a mail address, or that of a form which takes a title.

    Raises:
        ValueError: it is neither.
    """
    is_form = _is_on_the_web(written) and TITLE in written
    if not is_form and not MAIL.fullmatch(written):
        raise ValueError(t("site_file.no_report", address=repr(written)))
    return written


def _written_colour(written: object) -> object:
    """Return a colour as it is written; without quotation marks, YAML takes it for a comment.

    Raises:
        ValueError: it is not a colour.
    """
    if not isinstance(written, str) or not re.fullmatch(COLOUR, written):
        raise ValueError(t("site_file.no_colour", colour=repr(written)))
    return written


def _is_on_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in WEB and bool(parts.hostname) and not re.search(r"[\s<>\"\\]", address)


Address = Annotated[str, AfterValidator(site_address)]
"""Where the site is on the web, such as ``https://school.example/desk/``."""

ReportPlace = Annotated[str, AfterValidator(_report_place)]
"""A mail address, or the address of a form with ``{title}`` in it."""

Colour = Annotated[
    Annotated[str, StringConstraints(pattern=COLOUR, to_lower=True)] | None, BeforeValidator(_written_colour)
]
"""A colour as six hexadecimal digits, such as ``#1b4f9c``."""

Path = Annotated[str, Field(min_length=1)]
"""A file, from the folder of the site file on."""


class Colours(Frozen):
    """The colour of links and of what is pressed: on light pages, and on dark ones."""

    light: Colour = None
    dark: Colour = None


class SiteFile(Frozen):
    """The file ``site.yml``.

    ``address`` is where the site will be, ``publisher`` who puts it there. ``report`` is who hears of mistakes: a mail
    address, or that of a form with ``{title}`` in it. ``imprint`` and ``privacy`` are texts; an empty line ends a
    paragraph. ``logo`` is a picture, ``logo_dark`` the one for dark pages.
    """

    schema_: Literal["copydesk/site/1"] = Field(alias="schema")
    address: Address | None = None
    publisher: Text | None = None
    report: ReportPlace | None = None
    imprint: Text | None = None
    privacy: Text | None = None
    logo: Path | None = None
    logo_dark: Path | None = None
    colours: Colours = Colours()

    @model_validator(mode="after")
    def _logo_has_a_name(self) -> Self:
        if self.logo and not self.publisher:
            raise ValueError(t("site_file.logo_without_name"))
        if self.logo_dark and not self.logo:
            raise ValueError(t("site_file.only_dark_logo"))
        return self
