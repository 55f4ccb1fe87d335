"""What strangers meet first is valid: the forms of issues, the hooks before a commit, and what npm installs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
PAGES = ["SECURITY.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", ".github/PULL_REQUEST_TEMPLATE.md"]
PAGES += ["docs/versioning.md", "docs/decisions/README.md"]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)\)")
STEP = re.compile(r"start\.py test ([a-z ]+)")


def test_the_forms_of_issues_fit_their_schema() -> None:
    """There is a form for a fault, for a fact and for an idea, valid by the schema that is published for them."""
    assert [path.stem.partition("-")[2] for path in FORMS] == ["fault", "fact", "idea"]
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-issue-forms", *FORMS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_wrong_fact_needs_a_source() -> None:
    """The form for a fact asks for its source, and cannot be sent without one."""
    form = yaml.safe_load(FORMS[1].read_text(encoding="utf-8"))
    required = {field["id"] for field in form["body"] if field["validations"]["required"]}
    assert required == {"place", "sentence", "correction", "source"}


def test_hooks_need_nothing_from_elsewhere() -> None:
    """Hooks before a commit are commands of this project, so pre-commit fetches nothing."""
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "://" not in text
    (repository,) = yaml.safe_load(text)["repos"]
    assert repository["repo"] == "local"
    assert {hook["language"] for hook in repository["hooks"]} == {"system"}


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", *PAGES])
def test_steps_that_are_named_are_there(name: str) -> None:
    """Each step of the tests that a document or a hook names can be run."""
    steps = json.loads(subprocess.check_output([sys.executable, "-c", STEPS], cwd=ROOT / "tests"))
    named = {step for match in STEP.findall((ROOT / name).read_text(encoding="utf-8")) for step in match.split()}
    assert named <= set(steps)


STEPS = "import json, run; print(json.dumps(list(run.STEPS)))"


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_files(name: str) -> None:
    """Each link from a page of the project to a file of the project finds it."""
    page = ROOT / name
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def lock() -> dict[str, Any]:
    """Return npm's lock."""
    read: dict[str, Any] = json.loads((ROOT / "js" / "package-lock.json").read_text(encoding="utf-8"))
    return read


def test_the_lock_holds_hashes_and_no_address() -> None:
    """Every package has its version and hash, and no address says where it came from."""
    assert "://" not in (ROOT / "js" / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in lock()["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, entry in packages.items() if not {"version", "integrity"} <= set(entry)] == []


def test_the_lock_belongs_to_the_package() -> None:
    """The lock was made after the last change of js/package.json; otherwise: npm --prefix js run lock."""
    package = json.loads((ROOT / "js" / "package.json").read_text(encoding="utf-8"))
    locked = lock()["packages"][""]
    assert (locked["version"], locked["devDependencies"]) == (package["version"], package["devDependencies"])
