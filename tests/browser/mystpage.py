"""Makes a page as MyST does: its theme's renderer and colours, our module in shadow roots, and no kernel."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import copydesk
from copydesk.publish.myst import MODULE, tasks_module
from copydesk.views.html import script_json
from copydesk.views.widget import browser_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from copydesk.desk.desk import Desk

HERE = Path(__file__).parent
MODULES = HERE.parents[1] / "js" / "node_modules"
COLOURS = MODULES / "@myst-theme" / "styles" / "theme-colors.css"
WHOLE_MODULE = "copydesk.mjs"
"""The module with all views, which the guide makes."""
PAGE = """<!doctype html>
<html lang="en" class="{theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A site of somebody else</title>
<link rel="icon" href="data:,">
<style>
{colours}
body {{ margin: 0; background: var(--myst-color-bg); color: var(--myst-color-text); font-family: sans-serif }}
main {{ max-width: 46rem; margin: auto; padding: 1rem }}
button {{ background: hotpink; border-radius: 20px }}
</style>
</head>
<body>
<main>
<h1>A site of somebody else</h1>
<h2>One below the other</h2>
<div id="widgets"></div>
</main>
<script type="application/json" id="nodes">{nodes}</script>
<script type="module" src="host.js"></script>
</body>
</html>
"""


@patch.dict(os.environ, COPYDESK_RENDER="static")
def contents(lesson: str, *views: Callable[[Desk], Any]) -> list[dict[str, Any]]:
    """Return the contents of views of a lesson, as somebody gets them from Python for a page of their own."""
    desk = copydesk.open(lesson)
    return [view(desk).content for view in views]


def nodes_of(shown: Iterable[dict[str, Any]], module: str = MODULE) -> list[dict[str, Any]]:
    """Return what MyST makes of a directive for each of some contents: tasks, or with the other module any view."""
    return [
        {"type": "anywidget", "key": str(place), "esm": f"./{module}", "model": {"content": content}}
        for place, content in enumerate(shown)
    ]


def write_myst_page(folder: Path, nodes: list[dict[str, Any]], *, theme: str = "light") -> None:
    """Write a page of widgets, with our modules and the scripts of MyST's theme beside it."""
    colours = COLOURS.read_text(encoding="utf-8")
    html = PAGE.format(theme=theme, colours=colours, nodes=script_json(nodes))
    (folder / "index.html").write_text(html, encoding="utf-8")
    (folder / WHOLE_MODULE).write_text(browser_module(), encoding="utf-8")
    (folder / MODULE).write_bytes(tasks_module())
    (folder / "host.js").write_bytes(bundled(HERE / "mysthost.js"))


@cache
def bundled(script: Path) -> bytes:
    """Return a script with all that it imports: React, and the widgets of MyST's theme, as npm has them."""
    command = [shutil.which("node") or "node", str(HERE / "bundle.mjs"), str(script)]
    return subprocess.run(command, check=True, capture_output=True).stdout
