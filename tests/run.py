"""Runs everything that CI runs, step by step, and names the step that failed.

python start.py test              all steps but course, package, engines, pythons and coverage
python start.py test unit types   only these
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from browser.browsing import find_chromium

from copydesk.writable_home import use_writable_home

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
NBVAL = ["--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=120", "-n", "2", "--dist", "loadscope"]
SHARED = ["-n", "2", "--dist", "loadfile"]
COPYDESK = [sys.executable, "-m", "copydesk"]

Command = list[str]


def npm(*arguments: str) -> Command:
    """Return an npm command for the browser side."""
    return [shutil.which("npm") or "npm", "--prefix", str(ROOT / "js"), *arguments]


STEPS: dict[str, list[Command]] = {
    "lint": [
        [sys.executable, "-m", "ruff", "check", "."],
        [sys.executable, "-m", "ruff", "format", "--check", "."],
        npm("run", "--silent", "lint"),
    ],
    "types": [[sys.executable, "-m", "mypy"], npm("run", "--silent", "check")],
    "content": [[*COPYDESK, "check"], [*COPYDESK, "release", "--check"], [*COPYDESK, "tidy", "--check"]],
    "unit": [[*PYTEST, "-n", "2"]],
    "javascript": [npm("run", "--silent", "test")],
    "notebooks": [[*PYTEST, *NBVAL, "lessons", "exercises", "solutions"], [*PYTEST, "tests/notebooks"]],
    "browser": [
        [*PYTEST, *SHARED, "--ignore=tests/browser/test_course.py", "--ignore=tests/browser/engines", "tests/browser"]
    ],
    "engines": [[*PYTEST, "-n", "2", "tests/browser/engines"]],
    "course": [[*PYTEST, *SHARED, "tests/browser/test_course.py", "tests/simulated/test_course_of_300.py"]],
    "package": [[*PYTEST, "tests/package"]],
    "pythons": [[sys.executable, "tests/pythons.py"]],
    "coverage": [[sys.executable, "tests/least_covered.py"]],
}
NEEDS_NODE = {"lint", "types", "unit", "javascript", "browser", "engines", "course", "coverage"}
WHEN_NAMED = {"course", "package", "engines", "pythons", "coverage"}
"""Steps that run only when they are named: one learner does the whole course, in JupyterLab and in the book, and an
instructor grades a class of 300 from the first command to the last; and the package is installed from the index into an
empty environment, where it does everything, the book too, and the site in the browser alone; and what a learner does is
done in three engines, which only Debian has; and the quick steps with every Python that can be had; and what the unit
tests reach is printed."""
ENGINES = {
    "chromium": "chromium",
    "chromedriver": "chromium-driver",
    "firefox-esr": "firefox-esr",
    "WebKitWebDriver": "webkit2gtk-driver",
    "Xvfb": "xvfb",
}
"""The programs that the step engines needs, each with the package of Debian that has it."""


def main(wanted: list[str]) -> int:
    """Run the steps; return 0 when all passed."""
    unknown = sorted(set(wanted) - set(STEPS))
    if unknown:
        print(f"There is no step {unknown[0]!r}. There are: {', '.join(STEPS)}.")
        return 2
    steps = [step for step in STEPS if step in wanted or (not wanted and step not in WHEN_NAMED)]
    preparations = [
        (NEEDS_NODE, prepare_node),
        ({"browser", "course", "package"}, prepare_browser),
        ({"browser"}, prepare_java),
        ({"engines"}, prepare_engines),
    ]
    if not all(prepare() for needing, prepare in preparations if needing & set(steps)):
        return 1
    use_writable_home()
    with tempfile.TemporaryDirectory(prefix="copydesk-tests-") as answers:
        environment = {**os.environ, "COPYDESK_COURSE": str(ROOT), "COPYDESK_ANSWERS": str(Path(answers) / "answers")}
        for step in steps:
            started = time.monotonic()
            print(f"\n== {step}", flush=True)
            for command in STEPS[step]:
                if subprocess.call(command, cwd=ROOT, env=environment):
                    print(f"\nFAILED: the step {step!r}, at: {' '.join(map(readable, command))}")
                    print(f"Run it alone with: python start.py test {step}")
                    return 1
            print(f"== {step}: passed in {time.monotonic() - started:.0f} s", flush=True)
    print(f"\nAll steps passed: {', '.join(steps)}.")
    return 0


def readable(part: str) -> str:
    """Return a part of a command without the path of this machine's Python."""
    return "python" if part == sys.executable else part.replace(str(ROOT) + os.sep, "")


def prepare_node() -> bool:
    """Install the browser side's tools where they are missing."""
    wanted = json.loads((ROOT / "js" / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    if all((ROOT / "js" / "node_modules" / name).is_dir() for name in wanted):
        return True
    print("Installing the tools of the browser side.", flush=True)
    if subprocess.call(npm("ci", "--no-audit", "--no-fund", "--silent"), cwd=ROOT):
        print("FAILED: npm could not install the tools of js/package-lock.json.")
        return False
    return True


def prepare_browser() -> bool:
    """Find a Chromium, or install one: Debian's package where that can be done, else Playwright's.

    What a browser prints is read by ``pdftotext``, which Debian has as well.
    """
    if shutil.which("pdftotext") is None:
        install_from_debian(["poppler-utils"])
    if find_chromium():
        return True
    print("No Chromium was found; installing one.", flush=True)
    if install_from_debian(["chromium"]) and shutil.which("chromium"):
        return True
    if subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"]) == 0:
        return True
    print("FAILED: no Chromium. Install one, or set COPYDESK_CHROMIUM to its program.")
    return False


def prepare_java() -> bool:
    """Find the Java that the HTML checker runs in, or install Debian's where that can be done."""
    if not shutil.which("java"):
        print("No Java was found; installing one.", flush=True)
        install_from_debian(["default-jre-headless"])
    if shutil.which("java"):
        return True
    print("FAILED: no Java, in which the HTML checker runs. Install Java 11 or later.")
    return False


def prepare_engines() -> bool:
    """Find the browsers of the step engines and their drivers, or install them from Debian."""
    missing = [package for program, package in ENGINES.items() if not shutil.which(program)]
    if missing:
        print(f"Installing the browsers: {', '.join(missing)}.", flush=True)
        install_from_debian(missing)
    if all(map(shutil.which, ENGINES)):
        return True
    print(f"FAILED: the step 'engines' needs Debian, and its packages {', '.join(ENGINES.values())}.")
    print(f"Install them with: sudo apt-get install {' '.join(ENGINES.values())}")
    return False


def install_from_debian(packages: list[str]) -> bool:
    """Install packages of Debian where that can be done, and return whether it was tried."""
    if sys.platform != "linux" or not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    subprocess.call(["apt-get", "update", "-qq"])
    subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
