"""Builds the package, installs it away from the clone, and does with it what people do."""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
import sys
import sysconfig
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UV = [sys.executable, "-m", "uv"]
LESSON = "02-attribution"
POINTS = 20
ANSWER_AND_SUBMIT = f"""
import copydesk
from copydesk.course.bank_files import SOLUTIONS
from copydesk.course.course import Course
from copydesk.course.settings import PACKAGED
from copydesk.kinds.scoring import reference_response

desk = copydesk.open("{LESSON}")
for entry in Course(PACKAGED).bank(SOLUTIONS, "{LESSON}").tasks:
    if entry.key is not None:
        desk.answer(entry.task.id, reference_response(entry.task, entry.key))
desk.submit("Robin")
"""
OWN = ("COPYDESK_", "PYTHONPATH", "VIRTUAL_ENV", "JUPYTER_")
"""What of this environment an installed package must not see."""


def done(command: list[object], *, where: Path, environment: dict[str, str] | None = None) -> str:
    """Run a command and return what it printed; where it fails, its words are the failure."""
    result = subprocess.run(
        list(map(str, command)), cwd=where, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def build(source: Path, out: Path, *kinds: str) -> list[Path]:
    """Build ``--wheel`` or ``--sdist`` of a source folder or archive, without a network."""
    command = [*UV, "build", "--quiet", "--offline", "--no-build-isolation", "--python", sys.executable]
    done([*command, *kinds, "--out-dir", out, source], where=out.parent)
    return sorted(path for path in out.iterdir() if path.suffix in {".whl", ".gz"})


@dataclass(frozen=True)
class Installed:
    """An environment with the package in it, and a folder to stand in, outside of the clone."""

    folder: Path
    environment: dict[str, str]

    @property
    def python(self) -> Path:
        """The environment's own Python."""
        return self.folder / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def place(self) -> Path:
        """The folder to stand in."""
        return self.folder / "desk"

    def run(self, *arguments: object, where: Path | None = None) -> str:
        """Run this environment's Python."""
        return done([self.python, *arguments], where=where or self.place, environment=self.environment)

    def copydesk(self, *arguments: object) -> str:
        """Run a command of the package."""
        return self.run("-m", "copydesk", *arguments)


def environment_in(folder: Path) -> Installed:
    """Make an empty environment."""
    (folder / "desk").mkdir(parents=True)
    done([*UV, "venv", "--quiet", "--offline", "--python", sys.executable, folder / "env"], where=folder)
    passed_on = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    settings = {"JUPYTER_CONFIG_DIR": str(folder / "config"), "IPYTHONDIR": str(folder / "ipython"), "CI": "1"}
    return Installed(folder, {**passed_on, **settings})


def install_beside(wheel: Path, folder: Path) -> Installed:
    """Install a wheel alone; what it needs is taken from the environment of the tests, without their copydesk."""
    made = environment_in(folder)
    done([*UV, "pip", "install", "--quiet", "--offline", "--no-deps", "--python", made.python, wheel], where=folder)
    packages = Path(made.run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (packages / "of-the-tests.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    lab = Path(sys.prefix, "share", "jupyter", "lab")
    return Installed(folder, {**made.environment, "JUPYTERLAB_DIR": str(lab)})


def install_whole(wheel: Path, folder: Path, extra: str) -> Installed:
    """Install a wheel and, from the package index, the tested versions of what it and an extra need."""
    made = environment_in(folder)
    command = [*UV, "pip", "install", "--quiet", "--python", made.python]
    constraint = ["--constraint", ROOT / "tested-versions.txt"]
    done([*command, *constraint, f"copydesk[{extra}] @ {wheel.as_uri()}"], where=folder)
    return made


def learn_and_grade(installed: Installed) -> None:
    """Open JupyterLab, run a lesson, submit answers to its exercise, and grade them, with nothing but the package."""
    work = installed.place / "my-work"
    assert open_lab(installed) == work
    execute(installed, work / "lessons" / f"{LESSON}.ipynb")
    installed.run("-c", ANSWER_AND_SUBMIT, where=work / "exercises")
    installed.copydesk("grade", work / "submissions", "--out", installed.place / "graded")
    with (installed.place / "graded" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["lesson"], float(row["automatic points"])) == (LESSON, POINTS)


def open_lab(installed: Installed) -> Path:
    """Start ``copydesk lab``, ask it for a lesson, stop it with Ctrl-C, and return the working folder it names."""
    command = [installed.python, "-m", "copydesk", "lab", LESSON, "--no-browser"]
    lab = subprocess.Popen(
        command, cwd=installed.place, env=installed.environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert lab.stdout is not None
    said = ""
    try:
        for line in lab.stdout:
            said += line
            if found := re.search(r"(http://\S+?)/lab/tree/(\S+)\?token=(\S+)", line):
                address, notebook, token = found.groups()
                with urllib.request.urlopen(f"{address}/api/contents/{notebook}?token={token}", timeout=30) as answer:
                    assert answer.status == 200
                break
    finally:
        lab.send_signal(signal.SIGINT)
        rest, _ = lab.communicate(timeout=30)
    assert lab.returncode == 0, said + rest
    return Path(said.split("Your copy of the course is in ")[1].split("\n")[0].removesuffix("."))


def execute(installed: Installed, notebook: Path) -> None:
    """Run all cells of a notebook, where it lies; an error in one fails."""
    command = ["-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", "--log-level=ERROR", notebook]
    installed.run(*command, where=notebook.parent)
