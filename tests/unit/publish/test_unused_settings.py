"""What is refused as unused is unused, and what is not refused has an effect: tried with Sphinx and its theme."""

from __future__ import annotations

import shutil
from configparser import ConfigParser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

import copydesk
from copydesk.publish.sphinx_settings import sphinx_settings
from copydesk.publish.unused_settings import UNUSED_OPTIONS, UNUSED_SPHINX

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.filterwarnings("ignore:.*Check CHANGES for Sphinx API modifications")
"""Extensions that are not ours still use names that later versions of Sphinx will not have."""

BOOK = Path(copydesk.__file__).parent / "publish" / "book"
THEMES = ("sphinx_book_theme", "pydata_sphinx_theme")

CONTENTS = """format: jb-book
root: index
parts:
  - caption: Part
    chapters:
      - file: a
        sections:
          - file: b
"""
TEXT = """
Text with <https://github.com/a/b/issues/1>.

## How to cite

### Under it

Text.
"""

VALUES: dict[str, object] = {
    "analytics": {"google_analytics_id": "G-1"},
    "collapse_navbar": True,
    "content_footer_items": ["copyright"],
    "expand_toc_sections": ["a"],
    "external_links": [{"name": "Other", "url": "https://other.example"}],
    "header_links_before_dropdown": 1,
    "icon_links": [{"name": "Code", "url": "https://code.example", "icon": "fa-brands fa-github"}],
    "launch_buttons": {"binderhub_url": "https://binder.example"},
    "logo": {"text": "Logo"},
    "navbar_persistent": ["search-button"],
    "navbar_start": ["navbar-logo"],
    "footer_start": ["copyright"],
    "footer_center": ["copyright"],
    "footer_end": ["copyright"],
    "repository_provider": "github",
    "repository_url": "https://github.com/a/b",
    "show_nav_level": 2,
    "show_navbar_depth": 2,
    "navigation_depth": 1,
    "check_switcher": False,
    "switcher": {"json_url": "versions.json", "version_match": "1"},
}
"""A value for each option that would not take a plain word or a switch."""

ELSEWHERE = frozenset({"html_baseurl", "html_favicon", "html_logo", "html_js_files"})
"""Settings that leave a trace in a page, beside what Copy Desk does in their place."""

IN_USE: dict[str, object] = {
    "announcement": "Hello",
    "article_footer_items": ["book-footer.html"],
    "article_header_end": [],
    "article_header_start": [],
    "back_to_top_button": True,
    "disable_search": False,
    "footer_content_items": [],
    "max_navbar_depth": 1,
    "navbar_center": ["book-footer.html"],
    "navbar_end": ["book-footer.html"],
    "primary_sidebar_end": ["book-footer.html"],
    "secondary_sidebar_items": [],
    "shorten_urls": False,
    "show_prev_next": False,
    "show_toc_level": 3,
    "sidebar_includehidden": False,
    "sticky_banners": True,
    "toc_title": "Here",
}


NOT_IN_PAGES = frozenset(
    {
        *("pygments_light_style", "pygments_dark_style", "pygment_light_style", "pygment_dark_style"),
        *("surface_warnings", "use_sidenotes"),
    }
)
"""Options that show elsewhere: in the style sheet, in what Sphinx reports, and where there are footnotes."""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, Any]], dict[str, str]]:
    """Return a function that makes a small book in the layout of the course, with more settings, and returns it."""
    source = tmp_path_factory.mktemp("book") / "source"
    source.mkdir()
    for folder in ("_static", "_templates"):
        shutil.copytree(BOOK / folder, source / folder)
    shutil.copy(BOOK / "_config.yml", source)
    (source / "_toc.yml").write_text(CONTENTS, encoding="utf-8")
    for name in ("index", "a", "b", "about"):
        (source / f"{name}.md").write_text(f"# Page {name}\n{TEXT}", encoding="utf-8")

    def make(more: dict[str, Any]) -> dict[str, str]:
        html, trees = tmp_path_factory.mktemp("html"), tmp_path_factory.mktemp("trees")
        settings = sphinx_settings(source)
        options = settings["html_theme_options"] | more.pop("html_theme_options", {})
        settings |= {"html_theme_options": options, "external_toc_exclude_missing": False, **more}
        with patch_docutils(str(source)), docutils_namespace():
            Sphinx(source, None, html, trees, "html", settings, status=None, warning=None).build()
        return {path.relative_to(html).as_posix(): path.read_text(encoding="utf-8") for path in html.rglob("*.html")}

    return make


@pytest.fixture(scope="module")
def plain(build: Callable[[dict[str, Any]], dict[str, str]]) -> dict[str, str]:
    """Return the book as the course's settings make it."""
    return build({})


def test_refused_options_of_the_theme_change_no_page(
    build: Callable[[dict[str, Any]], dict[str, str]], plain: dict[str, str]
) -> None:
    """All of them at once leave every page as it is, byte for byte."""
    options: dict[str, object] = {}
    for name in UNUSED_OPTIONS:
        is_switch = name.startswith(("use_", "show_", "search_as", "home_", "collapse_", "navigation_with"))
        options[name] = VALUES.get(name, True if is_switch else "x")
    assert build({"html_theme_options": options}) == plain


def test_refused_settings_of_sphinx_change_no_page(
    build: Callable[[dict[str, Any]], dict[str, str]], plain: dict[str, str]
) -> None:
    """The layout shows none of them."""
    settings: dict[str, object] = {name: "x" for name in UNUSED_SPHINX if name not in ELSEWHERE}
    settings |= {"html_show_copyright": False, "html_show_sphinx": False, "latex_engine": "xelatex"}
    assert build(settings) == plain


@pytest.mark.parametrize("name", IN_USE)
def test_an_option_that_is_taken_changes_a_page(
    build: Callable[[dict[str, Any]], dict[str, str]], plain: dict[str, str], name: str
) -> None:
    """A publisher who sets it sees what it does."""
    assert build({"html_theme_options": {name: IN_USE[name]}}) != plain


def test_every_option_of_the_theme_is_one_or_the_other() -> None:
    """A newer theme with more options is noticed here, before a publisher uses one in vain."""
    known = {*UNUSED_OPTIONS, *IN_USE, *NOT_IN_PAGES}
    for theme in THEMES:
        spec = find_spec(theme)
        assert spec
        assert spec.origin
        conf = ConfigParser(interpolation=None)
        conf.read(Path(spec.origin).parent / "theme" / theme / "theme.conf", encoding="utf-8")
        assert set(conf["options"]) - known == set()
