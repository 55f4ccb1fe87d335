"""What is laid down for a site: in the site file, and on the command line, which wins."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from copydesk.commands.console import WRONG_USE, say, stop
from copydesk.site_file.model import site_address
from copydesk.site_file.reading import SiteSettings, find_site_file, read_site_file
from copydesk.text import t


def site_settings(path: Path | None, address: str | None) -> SiteSettings:
    """Return what a site file says, the one that is named or else the one of this folder, and a typed address.

    Raises:
        ContentError: something in the site file is wrong.
        typer.Exit: the address is not one of a site.
    """
    settings = SiteSettings()
    path = path or find_site_file(Path())
    if path:
        styles = files("copydesk.publish") / "book" / "_static" / "book.css"
        settings = read_site_file(path, styles.read_text(encoding="utf-8"))
        say(t("command.book.site_file", file=path))
    if address is None:
        return settings
    try:
        return settings.at(site_address(address))
    except ValueError as error:
        fault, _, remedy = str(error).partition("; ")
        stop(f"--address: {fault}. {remedy[:1].upper()}{remedy[1:]}.", code=WRONG_USE)
