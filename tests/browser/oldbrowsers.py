"""Makes a browser into an older one: takes away what that one did not have yet, before any script of a page runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from browsing import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Route

TAKE_AWAY = """for (const path of %s) {
  const name = path[path.length - 1];
  let owner = globalThis;
  for (const part of path.slice(0, -1)) owner = owner?.[part];
  if (owner === undefined || owner === null) continue;
  if (path.length > 1 && name === path[path.length - 2]) {
    const { prototype } = owner;
    globalThis[name] = Object.assign(function () { throw new TypeError("Illegal constructor"); }, { prototype });
  } else {
    delete owner[name];
    if (owner.prototype) delete owner.prototype[name];
  }
}"""
UNKNOWN = "not-known-"
"""Put before a name of CSS, it makes it one that no browser knows."""
SILENT = re.compile(r'content:\s*"[^"]*"\s*/\s*""')


@dataclass(frozen=True)
class OldBrowser:
    """A browser in the words of MDN's table, and a version of it."""

    name: str
    version: float

    def age(self, context: BrowserContext) -> None:
        """Make the pages of a context those of this browser."""
        newer = self._newer()
        context.add_init_script(TAKE_AWAY % json.dumps(newer["api"]))
        in_sheets, in_scripts = _pattern(newer), _pattern(newer, hyphens_only=True)
        kept: dict[str, str] = {}

        def older(route: Route) -> None:
            address = route.request.url.partition("?")[0]
            response = route.fetch()
            if address not in kept:
                text = (in_scripts if address.endswith(".js") else in_sheets).sub(UNKNOWN + r"\g<0>", response.text())
                kept[address] = SILENT.sub("not-known: 0", text) if self.name == "safari_ios" else text
            route.fulfill(response=response, body=kept[address])

        context.route(re.compile(r"\.(css|js)(\?|$)"), older)

    def _newer(self) -> dict[str, list[Any]]:
        script = ROOT / "tests" / "browser" / "newer_features.mjs"
        command = [shutil.which("node") or "node", str(script), self.name, str(self.version)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found: dict[str, list[Any]] = json.loads(done.stdout)
        return found


def _pattern(newer: dict[str, list[Any]], *, hyphens_only: bool = False) -> re.Pattern[str]:
    """Return what finds the names of newer features in CSS; in a script only those with a hyphen, which no code has."""
    shapes = {
        "properties": r"(?<![\w-])(?:%s)(?=\s*:)",
        "functions": r"(?<![\w-])(?:%s)(?=\()",
        "rules": r"(?<=@)(?:%s)\b(?!-)",
        "selectors": r"(?<=:)(?:%s)(?=\()",
    }
    parts = []
    for group, shape in shapes.items():
        names = [name for name in newer[group] if "-" in name or group == "rules" or not hyphens_only]
        parts.append(shape % "|".join(map(re.escape, names)))
    return re.compile("|".join(parts))
