"""Builds a site of somebody else with mystmd, in a theme of a few lines, from what `copydesk export myst` wrote."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from browsing import ROOT
from mystpage import COLOURS, MODULES, bundled

THEME = Path(__file__).parent / "mysttheme"
FOLDER = "shared/copydesk"
PROJECT = f"""version: 1
project:
  title: Somebody else's book
  toc:
    - file: index.md
    - file: {FOLDER}/02-attribution.md
    - file: {FOLDER}/taster.md
site:
  template: THEME
"""
OPENING = "```{anywidget} "
NOWHERE = "http://127.0.0.1:9"
OFFLINE = {"HTTP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE, "NO_PROXY": "localhost", "npm_config_registry": NOWHERE}
"""Settings with which mystmd reaches no other machine: it would look for a newer mystmd, for one."""


def directive(page: Path, task_id: str) -> str:
    """Return the three lines of a task, as somebody copies them from a page of the export."""
    after = page.read_text(encoding="utf-8").partition(f"\n% {task_id}\n\n")[2]
    return after.partition("\n```\n")[0] + "\n```\n"


def build_myst_site(folder: Path) -> Path:
    """Export two lessons into a project, put two tasks on a page of its own, build it, and return the site."""
    project, theme = folder / "project", folder / "theme"
    out = project / FOLDER
    command = [sys.executable, "-m", "copydesk", "export", "myst", "02", "taster", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    tasks = [directive(out / "02-attribution.md", name) for name in ("R1", "Q7")]
    own = "\n".join(["# Our own page", "", "Words of our own.", "", "## Two tasks", "", *tasks])
    (project / "index.md").write_text(own.replace(OPENING, f"{OPENING}{FOLDER}/"), encoding="utf-8")
    (project / "myst.yml").write_text(PROJECT.replace("THEME", str(theme)), encoding="utf-8")
    make_theme(theme)
    build = [shutil.which("node") or "node", str(MODULES / "mystmd" / "dist" / "myst.cjs"), "build", "--html", "--ci"]
    environment = {**os.environ, **OFFLINE}
    done = subprocess.run(build, cwd=project, env=environment, check=False, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "⚠️" not in said, said
    assert "⛔️" not in said, said
    return project / "_build" / "html"


def make_theme(theme: Path) -> None:
    """Put our theme together: its server, its script with MyST's widgets in it, and MyST's colours."""
    shutil.copytree(THEME, theme)
    (theme / "node_modules").mkdir()  # so that MyST has nothing to install
    public = theme / "public"
    public.mkdir()
    (public / "page.js").write_bytes(bundled(THEME / "page.js"))
    shutil.copyfile(COLOURS, public / COLOURS.name)
