"""Sphinx is told what ``_config.yml`` says in Jupyter Book's words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

import copydesk
from copydesk import __version__
from copydesk.publish.sphinx_settings import SettingsError, sphinx_settings
from copydesk.publish.unused_settings import FIXED, UNUSED, UNUSED_OPTIONS, UNUSED_PREFIXES, UNUSED_SPHINX
from copydesk.text import follow

BOOK = Path(copydesk.__file__).parent / "publish" / "book"


def written(folder: Path, text: str) -> Path:
    """Write a file of settings, and return its folder."""
    (folder / "_config.yml").write_text(text, encoding="utf-8")
    return folder


def test_the_settings_of_the_course_are_translated() -> None:
    """Pages, syntax and theme are what the file says, and what only Jupyter Book's command needs is left out."""
    settings = sphinx_settings(BOOK)
    assert settings["external_toc_exclude_missing"] is True
    assert "deflist" in settings["myst_enable_extensions"]
    assert settings["html_theme_options"]["toc_title"] == "On this page"
    assert settings["nb_ipywidgets_js"] == {}
    assert settings["release"] == __version__
    assert settings["extensions"] == ["myst_nb", "sphinx_external_toc", "sphinx_book_theme"]


def test_pages_are_in_the_language_of_the_course(tmp_path: Path) -> None:
    """Sphinx writes the language of the course into each page, and its own words in it; the file may say another."""
    assert sphinx_settings(BOOK)["language"] == "en"
    follow("de")
    assert sphinx_settings(BOOK)["language"] == "de"
    assert sphinx_settings(written(tmp_path, "sphinx:\n  config:\n    language: fr\n"))["language"] == "fr"


def test_notebooks_are_not_run_a_second_time(tmp_path: Path) -> None:
    """They are run before Sphinx reads them, so what the file says about running is for Jupyter Book alone."""
    settings = sphinx_settings(written(tmp_path, "title: A\nexecute:\n  execute_notebooks: force\n"))
    assert settings["nb_execution_mode"] == "off"


def test_files_beside_the_pages_are_found_in_one_order(tmp_path: Path) -> None:
    """Style sheets are loaded in the order of their names, whatever order a disk gives them in."""
    shutil.copytree(BOOK / "_static", tmp_path / "_static")
    settings = sphinx_settings(written(tmp_path, "title: A\n"))
    assert settings["html_css_files"] == ["book.css", "print.css"]


@pytest.mark.parametrize(
    ("text", "key"), [("colour: red\n", "colour"), ("html:\n  announcement: Hello\n", "html: announcement")]
)
def test_a_setting_that_is_not_understood_stops_the_build(tmp_path: Path, text: str, key: str) -> None:
    """Nothing that the file says is left out without a word; the message says where else it can stand."""
    with pytest.raises(SettingsError, match=rf"'{key}', which .* under 'sphinx: config:'"):
        sphinx_settings(written(tmp_path, text))


def nested(name: str, value: object) -> str:
    """Return a file that has one setting, such as ``html: favicon``."""
    config: object = value
    for part in reversed(name.split(": ")):
        config = {part: config}
    return yaml.safe_dump(config)


SPHINX = [f"sphinx: config: {name}" for name in UNUSED_SPHINX]
PREFIXES = [f"sphinx: config: {name}x" for name in UNUSED_PREFIXES]
OPTIONS = [f"sphinx: config: html_theme_options: {name}" for name in UNUSED_OPTIONS]


@pytest.mark.parametrize("name", [*UNUSED, *SPHINX, *PREFIXES, *OPTIONS])
def test_a_setting_that_would_change_nothing_is_refused_by_name(tmp_path: Path, name: str) -> None:
    """A publisher who sets it would look for it on the pages in vain; the message says what to do instead."""
    with pytest.raises(SettingsError, match=rf"'{name}', which these pages don't use\. Take it out\. \S.*\.$"):
        sphinx_settings(written(tmp_path, nested(name, "x")))


@pytest.mark.parametrize("name", FIXED)
def test_what_always_holds_can_be_said_but_not_changed(tmp_path: Path, name: str) -> None:
    """What Jupyter Book's own command needs may stand there as long as it is what Copy Desk does, too."""
    sphinx_settings(written(tmp_path, nested(name, FIXED[name])))
    with pytest.raises(SettingsError, match=rf"'{name}' with the value 7.* always {FIXED[name]!r}\."):
        sphinx_settings(written(tmp_path, nested(name, 7)))


def test_every_fault_of_the_file_is_listed_at_once(tmp_path: Path) -> None:
    """Whoever brings the settings of another book corrects them in one go."""
    with pytest.raises(SettingsError) as caught:
        sphinx_settings(written(tmp_path, "logo: a.png\nauthor: A\nrepository: {url: https://code.example}\n"))
    assert len(str(caught.value).splitlines()) == 3
