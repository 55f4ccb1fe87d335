"""Sphinx is told what ``_config.yml`` says in Jupyter Book's words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from copydesk import __version__
from copydesk.publish.sphinx_settings import SettingsError, sphinx_settings

BOOK = Path(__file__).parents[3] / "book"


def written(folder: Path, text: str) -> Path:
    """Write a file of settings, and return its folder."""
    (folder / "_config.yml").write_text(text, encoding="utf-8")
    return folder


def test_the_settings_of_the_course_are_translated() -> None:
    """Title, pages, syntax and theme are what the file says, and what only Jupyter Book's command needs is left out."""
    settings = sphinx_settings(BOOK)
    assert settings["html_title"] == "Copy Desk"
    assert settings["external_toc_exclude_missing"] is True
    assert "deflist" in settings["myst_enable_extensions"]
    assert settings["html_theme_options"]["home_page_in_toc"] is True
    assert settings["html_theme_options"]["toc_title"] == "On this page"
    assert settings["nb_ipywidgets_js"] == {}
    assert settings["release"] == __version__
    assert settings["extensions"] == ["myst_nb", "sphinx_external_toc", "sphinx_book_theme"]


def test_notebooks_are_not_run_a_second_time(tmp_path: Path) -> None:
    """They are run before Sphinx reads them, so what the file says about running is for Jupyter Book alone."""
    settings = sphinx_settings(written(tmp_path, "title: A\nexecute:\n  execute_notebooks: force\n"))
    assert settings["nb_execution_mode"] == "off"


def test_a_group_of_settings_is_added_to_or_replaced(tmp_path: Path) -> None:
    """``recursive_update`` decides, as it does for Jupyter Book."""
    text = "html: {home_page_in_navbar: true}\nsphinx: {recursive_update: %s, config: {html_theme_options: {a: 1}}}\n"
    added = sphinx_settings(written(tmp_path, text % "true"))["html_theme_options"]
    replaced = sphinx_settings(written(tmp_path, text % "false"))["html_theme_options"]
    assert (added, replaced) == ({"home_page_in_toc": True, "a": 1}, {"a": 1})


def test_files_beside_the_pages_are_found_in_one_order(tmp_path: Path) -> None:
    """Style sheets are loaded in the order of their names, whatever order a disk gives them in."""
    shutil.copytree(BOOK / "_static", tmp_path / "_static")
    settings = sphinx_settings(written(tmp_path, "title: A\n"))
    assert settings["html_css_files"] == ["book.css", "links.css", "print.css"]


@pytest.mark.parametrize(
    ("text", "key"), [("logo: a.png\n", "logo"), ("html:\n  announcement: Hello\n", "html: announcement")]
)
def test_a_setting_that_is_not_understood_stops_the_build(tmp_path: Path, text: str, key: str) -> None:
    """Nothing that the file says is left out without a word; the message says where else it can stand."""
    with pytest.raises(SettingsError, match=rf"'{key}', which .* under 'sphinx: config:'"):
        sphinx_settings(written(tmp_path, text))
