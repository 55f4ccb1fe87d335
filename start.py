"""Sets up Copy Desk in ``.venv`` and runs one of its commands; needs nothing but Python.

python start.py lab                  open the course in JupyterLab
python start.py test                 run all tests
python start.py grade hand-ins ...   any other command of copydesk
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / ".venv"
PROGRAMS = FOLDER / ("Scripts" if os.name == "nt" else "bin")
VERSIONS = ROOT / "tested-versions.txt"
EXTRAS = {"test": "dev", "book": "book", "check": "check", "mark": "marking", "moderate": "marking"}
OLDEST, NEWEST = (3, 11), (3, 13)


def main(arguments: list[str]) -> int:
    """Set up what a command needs, run it, and return its exit code."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        print(f"Copy Desk needs Python 3.11 to 3.13; this is {sys.version.split()[0]}. Start it with another Python.")
        return 1
    command = arguments[0] if arguments else "lab"
    extra = "lite" if "--lite" in arguments else EXTRAS.get(command, "")
    try:
        set_up(extra)
    except subprocess.CalledProcessError as error:
        print(f"The set-up stopped: {' '.join(map(str, error.cmd))} ended with code {error.returncode}.")
        print("Is there a network connection? On Debian and Ubuntu, is the package python3-venv installed?")
        return 1
    path = os.pathsep.join([str(PROGRAMS), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "VIRTUAL_ENV": str(FOLDER)}
    program = [ROOT / "tests" / "run.py"] if command == "test" else ["-m", "copydesk", command]
    try:
        return subprocess.call([interpreter(), *program, *arguments[1:]], env=environment)
    except KeyboardInterrupt:
        return 130


def set_up(extra: str) -> None:
    """Install Copy Desk and the tested versions of what it needs into ``.venv``, unless they are there."""
    stamp = FOLDER / f".set-up-{extra or 'course'}"
    state = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + VERSIONS.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == state:
        return
    print("Setting up Copy Desk in .venv; this takes a minute the first time.", flush=True)
    if not interpreter().is_file():
        venv.create(FOLDER, with_pip=True)
    run("pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", VERSIONS, "uv")
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    run("uv", "pip", "install", "--quiet", "--python", interpreter(), "--constraint", VERSIONS, "--editable", target)
    stamp.write_text(state, encoding="utf-8")


def run(module: str, *arguments: object) -> None:
    """Run a module of ``.venv`` and stop at its first failure."""
    subprocess.run([interpreter(), "-m", module, *map(str, arguments)], check=True, cwd=ROOT)


def interpreter() -> Path:
    """Return the Python of ``.venv``."""
    return PROGRAMS / ("python.exe" if os.name == "nt" else "python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
