"""Pages, style sheets and figures hold to their standards, as the Nu HTML checker of the W3C reads them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from browsing import ROOT
from playwright.sync_api import expect
from samplepage import wait_until_alive

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

CHECKER = ROOT / "js" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
NO_ERRORS = {
    r"Unrecognized at-rule “@container”": "CSS Conditional Rules 5, container-rule",
    r"“container”: Property “container” doesn't exist": "CSS Conditional Rules 5, container-shorthand",
    r"Parse Error\. .*\d+cqi": "CSS Conditional Rules 5, container-lengths",
    r"“paint-order”: Property “paint-order” doesn't exist": "SVG 2, PaintOrder",
    r"“field-sizing”: Property “field-sizing” doesn't exist": "CSS Form Control Styling 1, field-sizing",
}
"""What the checker takes for an error, as it does not know a standard yet: a regular expression, and the standard."""
OWN_STYLES = ("base", "kinds", "task", "views")
"""Where in ``js/`` the style sheets are that scripts bring with them."""
LIVE_PAGES = ("index.html", "lessons/02-attribution.html", "exercises/02-attribution.html", "my-course.html")


def faults(folder: Path) -> list[str]:
    """Return what the checker calls an error in the pages, style sheets and figures of a folder."""
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--errors-only"]
    kinds = ["--also-check-css", "--also-check-svg"]
    files = [str(path) for path in sorted(folder.rglob("*")) if path.suffix in {".html", ".css", ".svg"}]
    command = ["java", "-Xss4m", "-jar", str(CHECKER), *options, *kinds, *files]
    done = subprocess.run(command, capture_output=True, check=True, timeout=300)
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    lines = [
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine')} {message['message']} {message.get('extract')!r}"
        for message in messages
    ]
    return [line for line in lines if not any(re.search(known, line) for known in NO_ERRORS)]


@pytest.mark.parametrize("edition", ["site", "public_site"])
def test_the_checker_finds_no_error(request: pytest.FixtureRequest, edition: str) -> None:
    """No page, style sheet or figure of an edition has an error, and the checker has read them all."""
    assert faults(request.getfixturevalue(edition)) == []


def test_the_styles_in_scripts_have_no_error(tmp_path: Path) -> None:
    """The style sheets of tasks and views hold to the standard, too."""
    for folder in OWN_STYLES:
        shutil.copytree(ROOT / "js" / folder, tmp_path / folder)
    assert faults(tmp_path) == []


def test_a_fault_is_found(tmp_path: Path) -> None:
    """The checker reads pages, style sheets and figures: in each it finds a fault that was put there."""
    (tmp_path / "page.html").write_text(
        "<!doctype html><html lang=en><title>A</title><details><summary><p>B</p></summary></details>", encoding="utf-8"
    )
    (tmp_path / "sheet.css").write_text("p { colour: red }", encoding="utf-8")
    (tmp_path / "figure.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>', encoding="utf-8")
    found = "\n".join(faults(tmp_path))
    assert all(name in found for name in ("page.html", "sheet.css", "figure.svg"))


def test_what_scripts_make_of_pages_has_no_error(page: Page, server: str, tmp_path: Path) -> None:
    """Pages whose tasks have come to life hold to the standard, too."""
    for name in LIVE_PAGES:
        page.goto(server + name)
        wait_until_alive(page)
        expect(page.locator("[data-copydesk]").first).to_be_attached()
        (tmp_path / name.replace("/", "-")).write_text(page.content(), encoding="utf-8")
    assert faults(tmp_path) == []
