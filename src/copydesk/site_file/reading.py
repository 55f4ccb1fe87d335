"""Finds and reads ``site.yml``, and says where in it something is wrong."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from copydesk.course.documents import ContentError, Problem, read_document, validate_document
from copydesk.site_file.contrast import ENOUGH, least_contrast, nearest_readable
from copydesk.site_file.model import SITE_FILE, SiteFile
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from copydesk.course.documents import Document

LOGO_ENDINGS = (".svg", ".png", ".webp")
MOST_LOGO_BYTES = 100_000

Mode = Literal["light", "dark"]
MODES: tuple[Mode, ...] = ("light", "dark")
BACKGROUNDS = re.compile(r"--book-(?:paper|tint):\s*(#[0-9a-f]{6})")
"""The colours on which a page has text, in the style sheet of the book."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """A site file as it was read, and its folder, in which its paths begin; without a file, nothing is laid down."""

    file: SiteFile = field(default_factory=lambda: SiteFile(schema="copydesk/site/1"))
    folder: Path = Path()

    def at(self, address: str) -> SiteSettings:
        """Return the same settings for a site at another address."""
        return SiteSettings(self.file.model_copy(update={"address": address}), self.folder)

    def logos(self) -> Iterator[Path]:
        """Yield the logo, and the one for dark pages, as far as there are any."""
        for written in (self.file.logo, self.file.logo_dark):
            if written:
                yield self.folder / written


def find_site_file(folder: Path) -> Path | None:
    """Return the site file of a folder, if it has one."""
    path = folder / SITE_FILE
    return path if path.is_file() else None


def read_site_file(path: Path, styles: str) -> SiteSettings:
    """Return the settings in a site file; ``styles`` is the style sheet of the book, with its backgrounds.

    Raises:
        ContentError: something in it is missing, unknown or wrong, a logo cannot be used, or a colour cannot be read
            on the pages; each problem has its line and a remedy.
    """
    document = read_document(path)
    file: SiteFile = validate_document(document, SiteFile)
    settings = SiteSettings(file, path.parent)
    problems = [*_logo_problems(document, settings), *_colour_problems(document, file, styles)]
    if problems:
        raise ContentError(problems)
    return settings


def backgrounds(styles: str, mode: Mode) -> tuple[str, ...]:
    """Return the backgrounds of light or dark pages, from the style sheet of the book."""
    start = styles.index(f'html[data-theme="{mode}"]')
    rule = styles[start : styles.index("}", start)]
    return tuple(BACKGROUNDS.findall(rule))


def _logo_problems(document: Document, settings: SiteSettings) -> Iterator[Problem]:
    for name in ("logo", "logo_dark"):
        written = getattr(settings.file, name)
        if written is None:
            continue
        path, line = settings.folder / written, document.line_of((name,))
        if not path.is_file():
            fault, remedy = t("site_file.no_logo", file=repr(written)), t("site_file.no_logo.remedy")
        elif path.suffix.lower() not in LOGO_ENDINGS:
            fault, remedy = t("site_file.logo_kind", file=repr(written)), t("site_file.logo_kind.remedy")
        elif path.stat().st_size > MOST_LOGO_BYTES:
            size = path.stat().st_size // 1000
            fault = t("site_file.logo_size", file=repr(written), size=size)
            remedy = t("site_file.logo_size.remedy", most=MOST_LOGO_BYTES // 1000)
        else:
            continue
        yield Problem(document.name, line, "", fault, remedy)


def _colour_problems(document: Document, file: SiteFile, styles: str) -> Iterator[Problem]:
    for mode in MODES:
        colour = getattr(file.colours, mode)
        if colour is None:
            continue
        papers = backgrounds(styles, mode)
        ratio = least_contrast(colour, papers)
        if ratio < ENOUGH:
            fault = t(f"site_file.faint.{mode}", colour=colour, ratio=math.floor(ratio * 100) / 100)
            remedy = t("site_file.faint.remedy", colour=nearest_readable(colour, papers))
            yield Problem(document.name, document.line_of(("colours", mode)), "", fault, remedy)
