"""Tells Sphinx which pages to write: those that it read again, or all if others show something that has changed.

A page is written from what Sphinx has read in its source, and from what it knows of the book as a whole: titles,
headings, link targets, pictures, the order of pages. If none of the latter has changed, a page whose source has
not changed would come out the same.
"""

from __future__ import annotations

import pickle
import shutil
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

LAST = 1000
"""A priority after everything that Sphinx and its extensions do on the same event."""

OWN = frozenset({"all_docs", "config", "current_document", "project", "ref_context", "settings"})
"""What Sphinx records about its own work, such as when it read a page; and settings, which are the same in two books
that differ only in pages."""


class DuePages:
    """Compares what Sphinx knows about a book before and after it reads what has changed."""

    def __init__(self, app: Sphinx) -> None:
        """Connect to Sphinx's events."""
        self._before: dict[str, Any] = {}
        app.connect("env-before-read-docs", self._note, priority=LAST)
        app.connect("env-get-updated", self._add, priority=LAST)

    def _note(self, _app: Sphinx, env: BuildEnvironment, _names: list[str]) -> None:
        self._before = known_to_all(env)

    def _add(self, app: Sphinx, env: BuildEnvironment) -> Collection[str]:
        """Return the pages to write besides those that were read; if that is all, remove what was written before."""
        if known_to_all(env) == self._before and not show_contents_of_others(env):
            return ()
        shutil.rmtree(app.outdir, ignore_errors=True)
        return env.found_docs


def known_to_all(env: BuildEnvironment) -> dict[str, Any]:
    """Return, for comparison, what Sphinx and its extensions know about a book apart from the contents of its pages."""
    known = {name: value for name, value in env.__getstate__().items() if name not in OWN}
    known["metadata"] = {page: _for_others(about) for page, about in env.metadata.items()}
    return {name: _plain(value) for name, value in known.items()}


def show_contents_of_others(env: BuildEnvironment) -> bool:
    """Return whether a page may show what is not compared: numbered captions, or values from "glue"."""
    about_notebooks = getattr(env, "nb_metadata", {}).values()
    return env.config.numfig or any("glue" in about for about in about_notebooks)


def _for_others(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known about a page, without its word count and the line of each heading."""
    headings = about.get("myst_slugs", {})
    places = {name: place[1:] for name, place in headings.items()}
    return {**about, "myst_slugs": places, "wordcount": None}


def _plain(value: Any) -> Any:  # noqa: ANN401  (whatever an extension keeps)
    """Return a copy of a value that can be compared by content."""
    if isinstance(value, nodes.Node):
        return value.pformat()
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, set):
        return frozenset(value)
    return value if isinstance(value, str | int) else pickle.dumps(value)
