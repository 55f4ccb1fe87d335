"""The ready-made ways out call commands that exist, and give nothing away."""

from __future__ import annotations

import itertools
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import typer
import yaml
from traitlets.config import Config

from copydesk.commands.main import app
from copydesk.course.settings import find_root
from copydesk.lab.extension.settings import EXPORT_CONFIG
from copydesk.lab.working_copy import MANIFEST

if TYPE_CHECKING:
    import click
    import pytest

ROOT = find_root()


def options(command: str) -> set[str]:
    """Return the options of a command."""
    group: click.Group = typer.main.get_command(app)
    return {name for parameter in group.commands[command].params for name in parameter.opts}


def test_the_workflow_builds_the_public_edition() -> None:
    """The workflow for GitHub Pages runs our command, with options that it has, and uploads the folder it fills."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["build"]["steps"]
    (command,) = [shlex.split(step["run"]) for step in steps if "run" in step]
    assert command[:3] == ["python3", "start.py", "book"]
    arguments = dict(itertools.pairwise(command))
    assert {name for name in arguments if name.startswith("--")} <= options("book")
    assert "--learner" in arguments
    assert arguments["--article"] == "quotes"
    (upload,) = [step for step in steps if "upload-pages-artifact" in step.get("uses", "")]
    assert arguments["--out"] == upload["with"]["path"]


def test_the_container_gets_no_key() -> None:
    """The container's context is a list of what goes in: all that its steps name, and neither solutions nor tests."""
    ignored, *taken = re.findall(r"^[^#\n].*$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    assert ignored == "*"
    names = {line.removeprefix("!") for line in taken}
    assert names <= {path.name for path in ROOT.iterdir()}
    assert not {"solutions", "tests", "docs", ".git"} & names
    steps = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert set(re.findall(r"/opt/copydesk/([\w.-]+)", steps)) <= names


def test_a_server_gives_each_learner_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The container's settings put the course into the learner's home, and a second start keeps what was changed."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr("copydesk.course.settings.PACKAGED", ROOT)
    settings = Config()
    code = compile((ROOT / "container" / "jupyter_server_config.py").read_text(encoding="utf-8"), "settings", "exec")
    exec(code, {"get_config": lambda: settings})  # noqa: S102  (as Jupyter does)
    lesson = tmp_path / "my-work" / "lessons" / "00-start.ipynb"
    assert settings.ServerApp.default_url == f"/lab/tree/{lesson.relative_to(tmp_path).as_posix()}"
    assert settings.HTMLExporter.preprocessors == EXPORT_CONFIG["HTMLExporter"]["preprocessors"]
    assert (tmp_path / "my-work" / MANIFEST).is_file()
    lesson.write_text("mine", encoding="utf-8")
    exec(code, {"get_config": lambda: settings})  # noqa: S102
    assert lesson.read_text(encoding="utf-8") == "mine"
