"""Runs the quick steps with every Python on this machine, or that uv can bring, and names those it could not get.

python start.py test pythons

Each gets an environment of its own below ``.venv``, and starts as the README says.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTED = ("3.11", "3.12", "3.13", "3.14")
"""The Pythons that must pass; a newer one is tried, and where its packages cannot be installed yet that is said."""
NEWER = ("3.15",)
STEPS = ("lint", "types", "content", "unit", "javascript")
OWN = Path(sys.prefix)
"""The environment that runs this, whose Python is none that a person has on the machine."""


def main() -> int:
    """Run the steps with each Python; return 0 when all passed that there are, and at least one did."""
    results = {version: outcome(version) for version in (*TESTED, *NEWER)}
    print("\n== pythons")
    for version, said in results.items():
        print(f"{version}: {said}")
    found = set(results.values())
    return int("passed" not in found or "FAILED" in found)


def outcome(version: str) -> str:
    """Return how the steps went with a Python: passed, FAILED, or why there was nothing to run."""
    program = find(version) or fetch(version)
    if program is None:
        return "could not get it: it is not on this machine, and uv could not bring it"
    print(f"\n== Python {version}: {program}", flush=True)
    folder = OWN / "pythons" / version
    environment = {**surroundings(), "COPYDESK_VENV": str(folder)}
    command = [program, str(ROOT / "start.py"), "test", *STEPS]
    if subprocess.call(command, cwd=ROOT, env=environment) == 0:
        return "passed"
    if version in NEWER and not (folder / ".set-up-dev").is_file():
        return "not tried: the packages of tested-versions.txt do not install with it yet"
    return "FAILED"


def find(version: str) -> str | None:
    """Return the program of a Python on this machine that runs, or None."""
    said = subprocess.run(
        [uv(), "python", "find", "--no-python-downloads", "--system", version],
        capture_output=True,
        text=True,
        env=surroundings(),
        check=False,
    )
    return said.stdout.strip() or None if said.returncode == 0 else None


def fetch(version: str) -> str | None:
    """Let uv bring a Python; return its program, or None where it cannot."""
    print(f"Asking uv for Python {version}.", flush=True)
    subprocess.run([uv(), "python", "install", "--quiet", version], env=surroundings(), check=False)
    return find(version)


def uv() -> str:
    """Return the uv of the environment that runs this."""
    return shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])) or "uv"


def surroundings() -> dict[str, str]:
    """Return the variables of whoever started this, without what says that an environment is in use."""
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    places = kept["PATH"].split(os.pathsep)
    return {**kept, "PATH": os.pathsep.join(place for place in places if not Path(place).is_relative_to(OWN))}


if __name__ == "__main__":
    sys.exit(main())
