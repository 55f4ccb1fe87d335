"""Translates Jupyter Book's ``_config.yml`` into the settings of Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from copydesk._version import __version__
from copydesk.publish.unused_settings import FIXED, unused_settings
from copydesk.text import DEFAULT, language, t, texts_of

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = ("myst_nb", "sphinx_external_toc", "sphinx_book_theme")
WRAPPER = frozenset({"jupyter_book", "sphinx_comments"})
"""Extensions needed only by Jupyter Book's own command."""

EXCLUDED = ("_build", "Thumbs.db", ".DS_Store", "**.ipynb_checkpoints")
NAMES = {
    "": {
        "title": "html_title",
        "only_build_toc_files": "external_toc_exclude_missing",
    },
    "parse": {
        "myst_enable_extensions": "myst_enable_extensions",
        "myst_substitutions": "myst_substitutions",
        "myst_url_schemes": "myst_url_schemes",
    },
    "sphinx": {"config": "", "recursive_update": ""},  # taken over as it is; there is nothing that it could update
}
"""For each part of the file, its keys and what Sphinx calls them. The first part is the file itself."""

TEMPLATE_TEXTS = ("book.", "site.imprint", "site.privacy")
"""How the keys of texts begin that templates show."""

OTHER_PARTS = frozenset({"exclude_patterns", "execute", "html", "latex"})
"""All that the last three say is for Jupyter Book's own command, and holds for Copy Desk anyway."""


class PagesError(RuntimeError):
    """The pages could not be made, or there was a warning; the message is what Sphinx said."""


class SettingsError(PagesError):
    """``_config.yml`` has something that is not understood; the message says what to do."""


def sphinx_settings(source: Path) -> dict[str, Any]:
    """Return the Sphinx settings for the book in a staged folder.

    Raises:
        SettingsError: the file has a key with no translation, or one that would change nothing.
    """
    config: dict[str, Any] = yaml.safe_load((source / "_config.yml").read_text(encoding="utf-8"))
    settings = _defaults(source)
    faults = list(unused_settings(config))
    if faults:
        raise SettingsError("\n".join(faults))
    _require_parts(config)
    for part, names in NAMES.items():
        values = (config.get(part) or {}) if part else config
        for key, value in values.items():
            if part and key not in names:
                raise SettingsError(_unknown(f"{part}: {key}"))
            if names.get(key):
                settings[names[key]] = value
    settings["exclude_patterns"] = sorted({*EXCLUDED, *config.get("exclude_patterns", ())})
    settings |= (config.get("sphinx") or {}).get("config") or {}
    settings["html_context"] = {"texts": _template_texts(), **settings.get("html_context", {})}
    settings["html_theme_options"] = {"toc_title": t("book.on_this_page"), **settings["html_theme_options"]}
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
        "language": language(),
        "myst_url_schemes": ["mailto", "http", "https"],
        "nb_code_prompt_hide": t("book.hide_code"),
        "nb_code_prompt_show": t("book.show_code"),
        "nb_execution_mode": "off",
        "release": __version__,
        "version": __version__,
    }


def _template_texts() -> dict[str, str]:
    """Return the texts of the templates of pages, by their keys; a script fills in what is still in braces."""
    keys = [key for key in texts_of(DEFAULT)["python"] if key.startswith(TEMPLATE_TEXTS)]
    return {key: t(key, count="{count}", words="{words}", publisher="{publisher}") for key in keys}


def _names_below(folder: Path, pattern: str) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob(pattern))


def _require_parts(config: dict[str, Any]) -> None:
    known_parts = {*NAMES[""], *NAMES, *OTHER_PARTS}
    for key in config:
        if key not in known_parts:
            raise SettingsError(_unknown(key))
    for part in OTHER_PARTS - {"exclude_patterns"}:
        for key in config.get(part) or {}:
            if f"{part}: {key}" not in FIXED:
                raise SettingsError(_unknown(f"{part}: {key}"))


def _unknown(key: str) -> str:
    return (
        f"book/_config.yml has the key '{key}', which Copy Desk does not know. Say it in Sphinx's own words under "
        "'sphinx: config:', or add it to src/copydesk/publish/sphinx_settings.py."
    )
