"""The wheel and the source archive hold what they need, and say which release they are."""

from __future__ import annotations

import hashlib
import json
import shutil
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from installing import ROOT, build, install_beside, learn_and_grade

from copydesk import __version__

COURSE = "copydesk/courses/mariupol/"
PARTS = ("book", "exercises", "lessons", "seeds", "solutions")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the source archive and the wheel, built from this clone."""
    archive, wheel = sorted(build(ROOT, tmp_path_factory.mktemp("dist"), "--sdist", "--wheel"), key=lambda p: p.suffix)
    return archive, wheel


def contents(wheel: Path) -> dict[str, str]:
    """Return the fingerprint of each file in a wheel."""
    with zipfile.ZipFile(wheel) as opened:
        return {name: hashlib.sha256(opened.read(name)).hexdigest() for name in opened.namelist()}


def files_below(folder: Path) -> set[str]:
    """Return the files of a folder that belong to the project."""
    found = (path for path in folder.rglob("*") if path.is_file())
    local = {"__pycache__", ".ipynb_checkpoints"}
    return {path.relative_to(folder).as_posix() for path in found if not local & set(path.parts)}


def test_the_wheel_holds_package_and_course(built: tuple[Path, Path]) -> None:
    """Every file of the package and of the course is in the wheel, and nothing else."""
    names = {name for name in contents(built[1]) if not name.startswith(f"copydesk-{__version__}.dist-info/")}
    course = {f"{COURSE}{part}/{name}" for part in PARTS for name in files_below(ROOT / part)}
    course.add(f"{COURSE}CITATION.cff")
    assert names == course | {f"copydesk/{name}" for name in files_below(ROOT / "src" / "copydesk")}


def test_the_source_archive_makes_the_same_wheel(built: tuple[Path, Path], tmp_path: Path) -> None:
    """The wheel built from the source archive is the one built from the clone, byte by byte."""
    archive, wheel = built
    (again,) = build(archive, tmp_path / "again", "--wheel")
    assert contents(again) == contents(wheel)


def test_an_installed_wheel_is_the_whole_course(built: tuple[Path, Path], tmp_path: Path) -> None:
    """Away from the clone, a wheel opens the course, runs a lesson, takes a submission and grades it."""
    installed = install_beside(built[1], tmp_path)
    assert installed.copydesk("--version") == f"Copy Desk {__version__}\n"
    where = Path(installed.run("-c", "import copydesk; print(copydesk.__file__)").strip())
    assert where.is_relative_to(tmp_path)
    learn_and_grade(installed)


def test_a_wheel_without_solutions_holds_no_key(tmp_path: Path) -> None:
    """Built of what the container takes, a wheel has all but the keys, and what needs one says so."""
    source = tmp_path / "source"
    source.mkdir()
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        taken = ROOT / line.removeprefix("!")
        if line.startswith("!") and taken.is_dir():
            shutil.copytree(taken, source / taken.name, ignore=shutil.ignore_patterns("__pycache__"))
        elif line.startswith("!"):
            shutil.copy(taken, source)
    (wheel,) = build(source, tmp_path / "dist", "--wheel")
    parts = {name.removeprefix(COURSE).split("/")[0] for name in contents(wheel) if name.startswith(COURSE)}
    assert parts == {*PARTS, "CITATION.cff"} - {"solutions"}
    installed = install_beside(wheel, tmp_path / "installed")
    with pytest.raises(AssertionError, match="has no keys"):
        installed.copydesk("grade", installed.place, "--out", installed.place / "graded")


def test_one_release_everywhere() -> None:
    """Package, citation, change log and browser side name the same release."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = next(line for line in changes.splitlines() if line.startswith("## ") and line != "## Unreleased")
    browser = json.loads((ROOT / "js" / "package.json").read_text(encoding="utf-8"))
    assert [citation["version"], newest.split()[1], browser["version"]] == [__version__] * 3
    assert f"({citation['date-released']})" in newest


def test_the_citation_can_be_used() -> None:
    """The citation file has what its format requires, names an entity and no person, and agrees with the package."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert [set(author) for author in citation["authors"]] == [{"name"}]
    assert citation["authors"][0]["name"] in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert citation["license"] == project["license"]
