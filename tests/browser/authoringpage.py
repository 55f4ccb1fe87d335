"""The authoring page in a browser without JupyterLab: its script talks to the same ``Authoring`` as the widget's."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from browsing import ROOT

from copydesk.authoring.authoring import Authoring
from copydesk.text import author_texts, language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

SCRIPT = ROOT / "src" / "copydesk" / "static" / "copydesk-author.mjs"
ADDRESS = "http://authoring.test/"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Authoring</title>
<style>html {{ color-scheme: {scheme} }} body {{ margin: 0; padding: 0 1rem }}</style>
<main><h1>Authoring</h1><div id="page"></div></main>
<script type="module">
import author from "./copydesk-author.mjs";
const listeners = [];
const traits = {traits};
const model = {{
  get: (name) => traits[name],
  on: (event, listener) => listeners.push(listener),
  off: () => {{}},
  send: async (request) => {{
    const reply = JSON.parse(await window.answer(JSON.stringify(request)));
    for (const listener of listeners) listener(reply);
  }},
}};
author.render({{ model, el: document.getElementById("page") }});
</script>"""


@contextmanager
def authoring_page(browser: Browser, root: Path, *, width: int = 1400, scheme: str = "light") -> Iterator[Page]:
    """Open the authoring page of a course, and hold that nothing goes wrong on it."""
    authoring = Authoring(root)
    traits = json.dumps({"texts": author_texts(language()), "language": language(), "lesson": ""})
    files = {
        ADDRESS: ("text/html", PAGE.format(scheme=scheme, traits=traits)),
        f"{ADDRESS}copydesk-author.mjs": ("text/javascript", SCRIPT.read_text(encoding="utf-8")),
    }

    def serve(route: Route) -> None:
        kind, body = files.get(route.request.url, ("text/plain", ""))
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

    context = browser.new_context(viewport={"width": width, "height": 1000})
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/*", serve)
    page.expose_function("answer", lambda text: json.dumps(authoring.answer(json.loads(text)), default=str))
    page.goto(ADDRESS)
    page.locator(".cd-author-form h3").first.wait_for()
    yield page
    context.close()
    assert errors == []
