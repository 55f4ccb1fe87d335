"""Makes pages as MyST does: its theme's own renderer and widget class draw our module in a shadow root, with no kernel."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import copydesk
from copydesk.widgets.desk_widget import browser_module
from copydesk.widgets.markup import script_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from copydesk.desk import Desk

HERE = Path(__file__).parent
COLOURS = {"light": "#ffffff #111827 #3b82f6", "dark": "#1c1917 #ffffff #3b82f6"}
"""The theme's paper, ink and brand."""
PAGE = """<!doctype html>
<html lang="en" class="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page of somebody else</title>
<style>
html {{ --myst-color-bg: {paper}; --myst-color-text: {ink}; --myst-color-primary: {brand} }}
body {{ margin: 0; background: {paper}; color: {ink}; font-family: sans-serif }}
h1, main {{ max-width: 46rem; margin: auto; padding: 1rem }}
button {{ background: hotpink; border-radius: 20px }}
</style>
</head>
<body>
<h1>A page of somebody else</h1>
<main></main>
<script type="application/json" id="nodes">{nodes}</script>
<script type="module" src="host.js"></script>
</body>
</html>
"""


@patch.dict(os.environ, COPYDESK_RENDER="static")
def contents(lesson: str, folder: Path, *views: Callable[[Desk], Any]) -> list[dict[str, Any]]:
    """Return the contents of views of a lesson as an author of pages gets them from Python."""
    desk = copydesk.open(lesson, answers=folder / "answers")
    return [view(desk).content for view in views]


def nodes(shown: Sequence[Mapping[str, Any]], **more: Any) -> list[dict[str, Any]]:
    """Return what MyST makes of a directive for each of some contents."""
    return [{"key": str(place), "esm": "./copydesk.mjs", "model": {"content": each}, **more} for place, each in enumerate(shown)]


def write_myst_page(folder: Path, given: Sequence[Mapping[str, Any]], *, theme: str = "light") -> Path:
    """Write a page of widgets, our module, and the scripts of MyST's theme, and return the page's path."""
    paper, ink, brand = COLOURS[theme].split()
    html = PAGE.format(theme=theme, paper=paper, ink=ink, brand=brand, nodes=script_json(given))
    (folder / "copydesk.mjs").write_text(browser_module(), encoding="utf-8")
    (folder / "index.html").write_text(html, encoding="utf-8")
    node = shutil.which("node") or "node"
    command = [node, str(HERE / "bundle.mjs"), str(HERE / "mysthost.js"), str(folder / "host.js")]
    subprocess.run(command, check=True)
    return folder / "index.html"
