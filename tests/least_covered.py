"""Prints how much of the code the unit tests reach, in Python and in JavaScript, and the files that they reach least.

python start.py test coverage

The figures are looked at, and no step fails because of them: a line that runs is not yet a line that is tested. What
only the tests in a browser reach, such as views and the extension of JupyterLab, is low here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from structure import SCRIPTS, line_count, script_files

ROOT = Path(__file__).resolve().parents[1]
LEAST = 15
"""How many files are named."""
COVERAGE = [sys.executable, "-m", "coverage"]
PYTEST = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2"]


@dataclass(frozen=True)
class Reach:
    """How many lines of a file there are, and how many of them ran."""

    name: str
    lines: int
    reached: int

    @property
    def percent(self) -> float:
        """Return the share that ran, in percent; a file without lines is reached whole."""
        return 100 * self.reached / self.lines if self.lines else 100.0


def main(tests: list[str]) -> int:
    """Run the tests, of Python only these where some are named, and print what they reach; return 0 if they passed."""
    with tempfile.TemporaryDirectory(prefix="copydesk-coverage-") as name:
        folder = Path(name)
        codes = [run_python(folder, tests), run_javascript(folder / "javascript.info")]
        table(read_python(folder), "Python")
        table(read_javascript(folder / "javascript.info"), "JavaScript")
    if any(codes):
        print("Some tests failed while this was measured, so the figures may be too low.")
    return 0


def run_python(folder: Path, tests: list[str]) -> int:
    """Run the tests of Python, and leave what they reached as JSON; return the exit code of pytest."""
    environment = {**os.environ, "COVERAGE_FILE": str(folder / "python")}
    code = subprocess.call([*COVERAGE, "run", *PYTEST, *tests], cwd=ROOT, env=environment)
    for command in (["combine", "--quiet"], ["json", "--quiet", "-o", str(folder / "python.json")]):
        subprocess.run([*COVERAGE, *command], cwd=ROOT, env=environment, check=True)
    return code


def read_python(folder: Path) -> list[Reach]:
    """Return what was reached of each Python file."""
    files = json.loads((folder / "python.json").read_text(encoding="utf-8"))["files"]
    reached = []
    for name, entry in files.items():
        summary = entry["summary"]
        reached.append(Reach(Path(name).as_posix(), summary["num_statements"], summary["covered_lines"]))
    return reached


def run_javascript(out: Path) -> int:
    """Run the tests of JavaScript, and leave what they reached in a file of lcov; return the exit code of node."""
    node = shutil.which("node") or "node"
    report = ["--experimental-test-coverage", "--test-reporter=lcov", f"--test-reporter-destination={out}"]
    tests = sorted(map(str, (ROOT / "tests" / "js").glob("*.test.mjs")))
    return subprocess.call([node, "--import", "../tests/js/styles.mjs", "--test", *report, *tests], cwd=SCRIPTS)


def read_javascript(report: Path) -> list[Reach]:
    """Return what was reached of each JavaScript file; of a file that no test loads that is nothing."""
    figures: dict[Path, dict[str, int]] = {}
    path = SCRIPTS
    for line in report.read_text(encoding="utf-8").splitlines():
        field, _, value = line.partition(":")
        if field == "SF":
            path = (SCRIPTS / value).resolve()
            figures[path] = {}
        elif field in {"LF", "LH"}:
            figures[path][field] = int(value)
    reached = []
    for script in script_files(SCRIPTS):
        if script.suffix == ".mjs" or script.name == "types.js":  # tools of the build, and types only
            continue
        found = figures.get(script, {"LF": line_count(script), "LH": 0})
        reached.append(Reach(script.relative_to(ROOT).as_posix(), found["LF"], found["LH"]))
    return reached


def table(files: list[Reach], language: str) -> None:
    """Print what was reached of the whole, and the files of which least was."""
    whole = Reach(language, sum(file.lines for file in files), sum(file.reached for file in files))
    print(f"\n{language}: {whole.percent:.0f}% of {whole.lines:,} lines. The files reached least:")
    for file in sorted(files, key=lambda file: file.percent)[:LEAST]:
        print(f"  {file.percent:3.0f}%  {file.name} ({file.lines} lines)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
