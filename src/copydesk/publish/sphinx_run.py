"""Runs Sphinx; apart from ``due_pages`` the only module that loads all of it, so that nothing else needs it."""

from __future__ import annotations

import io
import re
import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from copydesk.publish.due_pages import DuePages
from copydesk.publish.sphinx_settings import EXTENSIONS, PagesError, sphinx_settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COLOURS = re.compile(r"\x1b\[[0-9;]*m")

NOT_USED = tuple(f"myst_nb.core.execute.{way}" for way in ("cache", "direct", "inline"))
"""MyST-NB's ways to run notebooks, which load a database and a client: half a second of every build. Ours have been
run before Sphinx reads them."""


def _load_extensions() -> None:
    """Load what Sphinx would load later, except for what is not used: any name can be imported from its stand-ins."""
    for name in NOT_USED:
        nothing = ModuleType(name)
        vars(nothing)["__getattr__"] = lambda _: None
        sys.modules.setdefault(name, nothing)
    for extension in (*EXTENSIONS, "myst_nb.sphinx_ext"):
        import_module(extension)


_load_extensions()


def run_sphinx(source: Path, html: Path, doctrees: Path, changed: Iterable[str]) -> str:
    """Write those pages of the book in ``source`` that are not in ``html`` already as they would be written.

    What is in ``doctrees`` is read again only for ``changed`` pages. Returned are Sphinx's warnings.

    Raises:
        PagesError: Sphinx reports an error.
    """
    output = io.StringIO()
    outdated = [name.rpartition(".")[0] for name in changed]
    settings = sphinx_settings(source)
    try:
        with patch_docutils(str(source)), docutils_namespace():
            app = Sphinx(source, None, html, doctrees, "html", settings, status=None, warning=output)
            app.builder.search = False  # type: ignore[attr-defined]  # the book has an index of its own
            app.connect("env-get-outdated", lambda *_: outdated)
            DuePages(app)
            app.build()
    except SphinxError as error:
        message = str(error)
        raise PagesError(message) from error
    warnings = COLOURS.sub("", output.getvalue()).strip()
    return warnings.replace(f"{source.resolve()}/", "").replace(f"{source.resolve()}\\", "")
