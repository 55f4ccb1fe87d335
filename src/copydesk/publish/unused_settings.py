"""Names the settings that a book of Copy Desk does not use, so that none is accepted and then ignored.

These are settings of Jupyter Book, of its theme and of Sphinx. ``book/_templates`` replaces the parts of the theme that
would show them, and Copy Desk does the rest itself: it runs the notebooks, checks links, and prints the PDF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from copydesk.publish.execution import CELL_LIMIT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE, ADDRESS = "The site file has {}; see publishing.md.", "Give it with --address, or in the site file."
RUNS, NO_BUTTON = "Copy Desk runs the notebooks itself.", "The pages have no such button."
NO_COUNT, NO_LATEX = "The pages ask no other host for anything.", "The PDF is printed from the pages, without LaTeX."
FOOTER, NAVIGATION = "It's for _templates/book-footer.html.", "It's for _templates/sbt-sidebar-nav.html."
REPORT = SITE.format("report, for links with which readers report mistakes")

UNUSED = {
    "author": "CITATION.cff names the authors.",
    "copyright": "book/about.md says who owns what.",
    "logo": SITE.format("a logo"),
    "execute: cache": RUNS,
    "execute: exclude_patterns": RUNS,
    "execute: run_in_temp": RUNS,
    "html: favicon": "It's in _templates/layout.html.",
    "html: use_edit_page_button": NO_BUTTON,
    "html: use_repository_button": NO_BUTTON,
    "html: use_issues_button": REPORT,
    "html: extra_navbar": NAVIGATION,
    "html: extra_footer": FOOTER,
    "html: google_analytics_id": NO_COUNT,
    "html: analytics": NO_COUNT,
    "html: home_page_in_navbar": "The contents always begin with the start page.",
    "html: baseurl": ADDRESS,
    "html: comments": NO_COUNT,
    "latex: latex_engine": NO_LATEX,
    "latex: latex_documents": NO_LATEX,
    "launch_buttons": "publishing-links.md makes links to Binder and JupyterHub.",
    "repository": REPORT,
    "bibtex_bibfiles": "References are in seeds/.",
}
"""Settings in Jupyter Book's words, each with what to do instead."""

FIXED: dict[str, object] = {
    "execute: execute_notebooks": "force",
    "execute: timeout": CELL_LIMIT_SECONDS,
    "execute: allow_errors": False,
    "execute: stderr_output": "error",
    "html: use_multitoc_numbering": False,
    "latex: use_jupyterbook_latex": False,
}
"""Settings for Jupyter Book's own command, which may say only what holds for Copy Desk anyway."""

UNUSED_SPHINX = {
    "author": UNUSED["author"],
    "copyright": UNUSED["copyright"],
    "project_copyright": UNUSED["copyright"],
    "html_baseurl": ADDRESS,
    "html_favicon": UNUSED["html: favicon"],
    "html_js_files": "The scripts of a page are named in _templates/layout.html.",
    "html_last_updated_fmt": FOOTER,
    "html_logo": UNUSED["logo"],
    "html_show_copyright": FOOTER,
    "html_show_sphinx": FOOTER,
}
UNUSED_PREFIXES = {
    "latex_": NO_LATEX,
    "nb_execution_": RUNS,
    **dict.fromkeys(
        ("applehelp_", "devhelp_", "epub_", "gettext_", "htmlhelp_", "linkcheck_", "man_", "qthelp_", "texinfo_"),
        "Copy Desk makes HTML and no other format.",
    ),
}
"""Settings of Sphinx, and how the names of others begin, with what to do instead."""

UNUSED_OPTIONS = {
    "analytics": NO_COUNT,
    "bitbucket_url": NO_BUTTON,
    "check_switcher": NO_COUNT,
    "collapse_navbar": NAVIGATION,
    "collapse_navigation": NAVIGATION,
    "content_footer_items": FOOTER,
    "expand_toc_sections": NAVIGATION,
    "external_links": NAVIGATION,
    "extra_footer": FOOTER,
    "footer_center": FOOTER,
    "footer_end": FOOTER,
    "footer_start": FOOTER,
    "github_url": NO_BUTTON,
    "gitlab_url": NO_BUTTON,
    "header_dropdown_text": NAVIGATION,
    "header_links_before_dropdown": NAVIGATION,
    "home_page_in_toc": UNUSED["html: home_page_in_navbar"],
    "icon_links": NO_BUTTON,
    "icon_links_label": NO_BUTTON,
    "launch_buttons": UNUSED["launch_buttons"],
    "logo": UNUSED["logo"],
    "logo_link": UNUSED["logo"],
    "navbar_align": NAVIGATION,
    "navbar_persistent": NAVIGATION,
    "navbar_start": NAVIGATION,
    "navigation_depth": NAVIGATION,
    "navigation_with_keys": "Keys do what the browser does with them.",
    "path_to_docs": NO_BUTTON,
    "repository_branch": NO_BUTTON,
    "repository_provider": NO_BUTTON,
    "repository_url": REPORT,
    "search_as_you_type": "Search has a page of its own.",
    "search_bar_text": "Search has a page of its own.",
    "show_nav_level": NAVIGATION,
    "show_navbar_depth": NAVIGATION,
    "show_version_warning_banner": NO_COUNT,
    "switcher": NO_COUNT,
    "twitter_url": NO_BUTTON,
    "use_download_button": "It's in _templates/article-header-buttons.html.",
    "use_edit_page_button": NO_BUTTON,
    "use_fullscreen_button": NO_BUTTON,
    "use_issues_button": REPORT,
    "use_repository_button": NO_BUTTON,
    "use_source_button": NO_BUTTON,
}
"""Options of the theme that ``_templates`` shows nowhere, with what to do instead."""


def unused_settings(config: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each setting in ``_config.yml`` that the book does not use."""
    for name, value in _named(config):
        if name in UNUSED:
            yield _sentence(name, UNUSED[name])
        elif name in FIXED and value != FIXED[name]:
            yield (
                f"book/_config.yml has '{name}' with the value {value!r}, and for Copy Desk it's always "
                f"{FIXED[name]!r}. Write that, or take out the line."
            )
    own = (config.get("sphinx") or {}).get("config") or {}
    for name in own:
        beginnings = [remedy for prefix, remedy in UNUSED_PREFIXES.items() if name.startswith(prefix)]
        if name in UNUSED_SPHINX or beginnings:
            yield _sentence(f"sphinx: config: {name}", UNUSED_SPHINX.get(name) or beginnings[0])
    for name in own.get("html_theme_options") or {}:
        if name in UNUSED_OPTIONS:
            yield _sentence(f"sphinx: config: html_theme_options: {name}", UNUSED_OPTIONS[name])


def _named(config: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield each setting of the file, and each in a group, with its name and value."""
    for name, value in config.items():
        yield name, value
        if isinstance(value, dict):
            for inner, part in value.items():
                yield f"{name}: {inner}", part


def _sentence(name: str, remedy: str) -> str:
    return f"book/_config.yml has the key '{name}', which these pages don't use. Take it out. {remedy}"
