"""Translates Jupyter Book's ``_config.yml`` into the settings of Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from copydesk._version import __version__

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = ("myst_nb", "sphinx_external_toc", "sphinx_book_theme")
WRAPPER = frozenset({"jupyter_book", "sphinx_comments"})
"""Extensions needed only by Jupyter Book's own command."""

EXCLUDED = ("_build", "Thumbs.db", ".DS_Store", "**.ipynb_checkpoints")
NAMES = {
    "": {
        "title": "html_title",
        "author": "author",
        "copyright": "copyright",
        "only_build_toc_files": "external_toc_exclude_missing",
    },
    "parse": {
        "myst_enable_extensions": "myst_enable_extensions",
        "myst_substitutions": "myst_substitutions",
        "myst_url_schemes": "myst_url_schemes",
    },
    "html": {
        "favicon": "html_favicon",
        "baseurl": "html_baseurl",
        "home_page_in_navbar": "html_theme_options.home_page_in_toc",
        "use_multitoc_numbering": "",  # chapters have no numbers
    },
    "sphinx": {"config": "", "recursive_update": ""},  # taken over as they are
}
"""For each part of the file, its keys and what Sphinx calls them. The first part is the file itself."""

OTHER_PARTS = frozenset({"exclude_patterns", "execute", "latex"})
"""``execute`` and ``latex`` have no effect: Copy Desk runs the notebooks itself, and makes no LaTeX."""


class PagesError(RuntimeError):
    """The pages could not be made, or there was a warning; the message is what Sphinx said."""


class SettingsError(PagesError):
    """``_config.yml`` has something that is not understood; the message says what to do."""


def sphinx_settings(source: Path) -> dict[str, Any]:
    """Return the Sphinx settings for the book in a staged folder.

    Raises:
        SettingsError: the file has a key with no translation.
    """
    config: dict[str, Any] = yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8"))
    settings = _defaults(source)
    _require_parts(config)
    for part, names in NAMES.items():
        values = (config.get(part) or {}) if part else config
        for key, value in values.items():
            if part and key not in names:
                raise SettingsError(_unknown(f"{part}: {key}"))
            _put(settings, names.get(key, ""), value)
    settings["exclude_patterns"] = sorted({*EXCLUDED, *config.get("exclude_patterns", ())})
    own = config.get("sphinx") or {}
    _take_over(settings, own.get("config") or {}, is_recursive=own.get("recursive_update", False))
    settings["extensions"] = [name for name in settings["extensions"] if name not in WRAPPER]
    return settings


def _defaults(source: Path) -> dict[str, Any]:
    """Return Jupyter Book's settings for what the file does not set."""
    static = source / "_static"
    return {
        "extensions": list(EXTENSIONS),
        "external_toc_path": "_toc.yml",
        "html_css_files": _names_below(static, "*.css"),
        "html_js_files": _names_below(static, "*.js"),
        "html_sourcelink_suffix": "",
        "html_static_path": ["_static"] if static.is_dir() else [],
        "html_theme": "sphinx_book_theme",
        "html_theme_options": {},
        "myst_url_schemes": ["mailto", "http", "https"],
        "nb_execution_mode": "off",
        "release": __version__,
        "version": __version__,
    }


def _names_below(folder: Path, pattern: str) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob(pattern))


def _require_parts(config: dict[str, Any]) -> None:
    known_parts = {*NAMES[""], *NAMES, *OTHER_PARTS}
    for key in config:
        if key not in known_parts:
            raise SettingsError(_unknown(key))


def _unknown(key: str) -> str:
    return (
        f"book/_config.yml has the key '{key}', which Copy Desk does not know. Say it in Sphinx's own words under "
        "'sphinx: config:', or add it to src/copydesk/publish/sphinx_settings.py."
    )


def _put(settings: dict[str, Any], name: str, value: object) -> None:
    """Set a setting or, with ``group.name``, one in a group of settings; ignore an empty name."""
    group, _, inner = name.rpartition(".")
    if group:
        settings[group][inner] = value
    elif name:
        settings[name] = value


def _take_over(settings: dict[str, Any], own: dict[str, Any], *, is_recursive: bool) -> None:
    for name, value in own.items():
        if is_recursive and isinstance(value, dict) and isinstance(settings.get(name), dict):
            settings[name] |= value
        else:
            settings[name] = value
