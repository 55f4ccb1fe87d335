"""What is said about supported Pythons and systems is the same everywhere, and what runs the tests there is valid."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import pythons
import yaml

import start
from copydesk.course.settings import find_root

ROOT = find_root()
WORKFLOWS = ROOT / ".github" / "workflows"


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow of GitHub."""
    read: dict[str, Any] = yaml.load((WORKFLOWS / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return read


@pytest.mark.parametrize("path", sorted(WORKFLOWS.glob("*.yml")), ids=lambda path: path.name)
def test_workflows_fit_their_schema(path: Path) -> None:
    """Each workflow is valid by the schema that is published for them."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_system_tests_every_python() -> None:
    """Pushes and pull requests are tested on Linux, macOS and Windows, with each Python that is supported."""
    tests = workflow("tests.yml")
    matrix = tests["jobs"]["everywhere"]["strategy"]["matrix"]
    assert matrix == {
        "system": ["ubuntu-latest", "macos-latest", "windows-latest"],
        "python": list(pythons.TESTED),
    }
    assert {"push", "pull_request", "workflow_call"} <= set(tests["on"])


def test_nothing_is_published_that_failed() -> None:
    """Pages are built only after all tests have passed, and put online only after they are built."""
    jobs = workflow("pages.yml")["jobs"]
    assert jobs["test"]["uses"] == "./.github/workflows/tests.yml"
    assert (jobs["build"]["needs"], jobs["deploy"]["needs"]) == ("test", "build")


def test_the_wheel_is_tried_without_its_source() -> None:
    """After all tests the wheel is installed on every system, in a job that never sees the source."""
    tests = workflow("tests.yml")["jobs"]
    assert tests["package"]["needs"] == ["everywhere", "whole"]
    assert tests["elsewhere"]["needs"] == "package"
    assert tests["elsewhere"]["strategy"]["matrix"]["system"] == tests["everywhere"]["strategy"]["matrix"]["system"]
    assert not [step for step in tests["elsewhere"]["steps"] if "checkout" in step.get("uses", "")]


def test_a_release_needs_all_tests_and_a_person() -> None:
    """A tag makes a draft with wheel and book after all tests, for a person to publish."""
    jobs = workflow("release.yml")["jobs"]
    assert jobs["test"]["uses"] == "./.github/workflows/tests.yml"
    assert jobs["draft"]["needs"] == "test"
    commands = " ".join(step.get("run", "") for step in jobs["draft"]["steps"])
    assert "start.py book --learner --article quotes" in commands
    assert "gh release create" in commands
    assert "--draft" in commands


def test_all_places_name_the_same_pythons() -> None:
    """README, package, set-up and tested versions agree on the oldest Python, and none of them on a newest."""
    oldest, newest = pythons.TESTED[0], pythons.TESTED[-1]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={oldest}"
    assert tuple(".".join(map(str, each)) for each in (start.OLDEST, start.NEWEST)) == (oldest, newest)
    assert f">={oldest},<{pythons.NEWER[0]}" == start.FITTING
    assert f"with Python {oldest} or newer" in (ROOT / "README.md").read_text(encoding="utf-8")
    first = (ROOT / "tested-versions.txt").read_text(encoding="utf-8").splitlines()[0]
    assert re.findall(r"3\.\d+", first)[-1] == newest


def test_each_package_has_one_tested_version() -> None:
    """No package stands twice among the tested versions, and every package of this environment is among them."""
    lines = (ROOT / "tested-versions.txt").read_text(encoding="utf-8").splitlines()
    names = [line.partition("==")[0] for line in lines if not line.startswith("#")]
    assert names == sorted(set(names))


def test_a_python_that_is_not_there_is_named(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a Python is neither on the machine nor to be had from uv, that is said, and is no failure."""
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", os.devnull)
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    assert pythons.outcome("3.99").startswith("could not get it")
    assert "Asking uv for Python 3.99." in capfd.readouterr().out


def test_the_python_of_the_machine_is_found() -> None:
    """A Python that is on the search path is found, and is not the one of the environment that runs the tests."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    found = pythons.find(version)
    assert found
    assert not Path(found).is_relative_to(sys.prefix)


def test_the_course_works_with_plain_settings(tmp_path: Path) -> None:
    """With ``LC_ALL=C``, nothing on the search path (no Git), and a path with spaces and ü, content is checked."""
    copy = tmp_path / "Für den Kurs"
    for folder in ("book", "exercises", "lessons", "schemas", "seeds", "solutions"):
        shutil.copytree(ROOT / folder, copy / folder)
    kept = {name: os.environ[name] for name in ("HOME", "SYSTEMROOT") if name in os.environ}
    environment = {**kept, "LC_ALL": "C", "PATH": "", "COPYDESK_COURSE": str(copy)}
    for command in (["check"], ["release", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "copydesk", *command], cwd=copy, env=environment, capture_output=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, b""), done.stdout.decode()
