"""Sets up Copy Desk in ``.venv`` and runs one of its commands; needs only Python.

python start.py lab                  open the course in JupyterLab
python start.py test                 run all the tests
python start.py grade submissions ...   any other copydesk command

Pythons that are too old for Copy Desk, down to 3.6, must still be able to read this file, so that it can say so and ask
uv for another: hence no newer syntax, and annotations in quotation marks.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FOLDER = Path(os.environ.get("COPYDESK_VENV") or str(ROOT / ".venv"))
PROGRAMS = FOLDER / ("Scripts" if os.name == "nt" else "bin")
VERSIONS = ROOT / "tested-versions.txt"
EXTRAS = {"test": "dev", "book": "book", "check": "check", "mark": "marking", "moderate": "marking"}
OLDEST, NEWEST = (3, 11), (3, 14)
"""The Pythons that Copy Desk is tested with; it tries newer ones, too."""
FITTING = ">=3.11,<3.15"

PYTHON_REMEDY = (
    "Install Python 3.11 or newer (the newest version we've tested is 3.14) the way you usually install software, then "
    "run this again with it, for example: python3.14 start.py. Or install uv, and run this again when you're online."
)
VENV_REMEDY = (
    "Do you have permission to write in this folder, and is there enough space? On Debian and Ubuntu, is the package "
    "python3-venv installed?"
)


class StopError(Exception):
    """The set-up can't go on; the message says at which step, and what to do."""


def main(arguments: "list[str]") -> int:
    """Set up what a command needs, run it, and return its exit code."""
    command = arguments[0] if arguments else "lab"
    extra = "lite" if "--lite" in arguments else EXTRAS.get(command, "")
    try:
        set_up(extra)
    except StopError as error:
        print(error)
        return 1
    path = os.pathsep.join([str(PROGRAMS), os.environ.get("PATH", "")])
    # Without UTF-8 mode, Windows cannot print all of our texts into a file or a log.
    environment = {"PYTHONUTF8": "1", **os.environ, "PATH": path, "VIRTUAL_ENV": str(FOLDER)}
    if sys.platform.startswith("linux") and os.environ.get("LC_ALL") in ("C", "POSIX"):
        environment["LC_ALL"] = "C.UTF-8"  # some libraries ask the system, and cannot read a path with an ü otherwise
    program = [str(ROOT / "tests" / "run.py")] if command == "test" else ["-m", "copydesk", command]
    whole = [str(interpreter()), *program, *arguments[1:]]
    if os.name == "posix":  # one process fewer, so that a signal to end this one ends the command
        sys.stdout.flush()
        os.execve(whole[0], whole, environment)  # noqa: S606  (our own fixed command)
    try:
        return subprocess.call(whole, env=environment)
    except KeyboardInterrupt:
        return 130


def set_up(extra: "str") -> None:
    """Install Copy Desk and the tested versions of what it needs into ``.venv``, unless they're already there."""
    stamp = FOLDER / (".set-up-" + (extra or "course"))
    state = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + VERSIONS.read_bytes()).hexdigest()
    if interpreter().is_file() and stamp.is_file() and stamp.read_text(encoding="utf-8") == state:
        return
    print("Setting up Copy Desk in .venv; this takes a minute the first time.", flush=True)
    if not is_home_writable():
        os.environ.update(UV_NO_CACHE="1", PIP_NO_CACHE_DIR="1")
    here, is_made = sys.version_info[:2], not interpreter().is_file()
    if is_made and here < OLDEST:
        print(f"This is Python {version()}; Copy Desk needs 3.11 or newer. Asking uv for one.", flush=True)
        make_by_uv()
    elif is_made:
        make()
    try:
        install(extra)
    except StopError as error:
        if not is_made or here <= NEWEST or "COPYDESK_VENV" in os.environ:
            raise
        print(error)
        print(f"Python {version()} may be too new. Asking uv for one that was tested.", flush=True)
        make_by_uv()
        install(extra)
    stamp.write_text(state, encoding="utf-8")


def make() -> None:
    """Make ``.venv`` with this Python."""
    try:
        venv.create(str(FOLDER), with_pip=True, clear=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise StopError(stopped("make .venv", error, VENV_REMEDY)) from error


def make_by_uv() -> None:
    """Make ``.venv`` with a Python that fits: one that uv finds on this machine, or downloads."""
    shutil.rmtree(str(FOLDER), ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="copydesk-uv-") as scratch:
        uv = shutil.which("uv") or fetch_uv(Path(scratch))
        remedy = f"{network_remedy()}\n{PYTHON_REMEDY}"
        run("get Python 3.11 to 3.14 from uv", [uv, "venv", "--quiet", "--python", FITTING, FOLDER], remedy)
        run("install uv", [uv, "pip", "install", "--quiet", "--python", interpreter(), "--constraint", VERSIONS, "uv"])
    said = subprocess.check_output([str(interpreter()), "-c", "import platform; print(platform.python_version())"])
    print(f"uv made .venv with Python {said.decode().strip()}.", flush=True)


def fetch_uv(scratch: "Path") -> "str":
    """Install uv into a temporary environment, and return its program."""
    programs = scratch / PROGRAMS.name
    try:
        venv.create(str(scratch), with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise StopError(stopped("make an environment for uv", error, PYTHON_REMEDY)) from error
    python = programs / interpreter().name
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"]
    run("install uv", pip, f"{network_remedy()}\n{PYTHON_REMEDY}")
    return str(programs / ("uv.exe" if os.name == "nt" else "uv"))


def install(extra: "str") -> None:
    """Install into ``.venv`` what a command needs, in the tested versions."""
    if not any((PROGRAMS / name).is_file() for name in ("uv", "uv.exe")):
        pip = [interpreter(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run("install uv", [*pip, "--constraint", VERSIONS, "uv"])
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    uv = [interpreter(), "-m", "uv", "pip", "install", "--quiet", "--python", interpreter()]
    if sys.dont_write_bytecode:  # otherwise imports wouldn't stay compiled, and each start would take seconds
        uv.append("--compile-bytecode")
    run("install the packages of tested-versions.txt", [*uv, "--constraint", VERSIONS, "--editable", target])


def run(step: "str", command: "list[object]", remedy: "str" = "") -> None:
    """Run one step of the set-up, and stop if it fails."""
    try:
        subprocess.run(list(map(str, command)), check=True, cwd=str(ROOT))
    except (OSError, subprocess.CalledProcessError) as error:
        raise StopError(stopped(step, error, remedy)) from error


def stopped(step: "str", error: "Exception", remedy: "str") -> "str":
    """Return what to say if a step fails: which step, how, and what to do."""
    code = getattr(error, "returncode", None)
    how = str(error) if code is None else f"the program ended with code {code}; see its message above"
    return f"The set-up stopped: it could not {step} ({how}).\n{remedy or network_remedy()}"


def network_remedy() -> "str":
    """Return what to do if packages couldn't be fetched; if a proxy is set, suspect that first."""
    names = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy")
    found = [name + "=" + re.sub("//[^@/]*@", "//***@", os.environ[name]) for name in names if os.environ.get(name)]
    if found:
        return f"Is the proxy right ({', '.join(found)})? Correct the variable, or remove it, and run this again."
    return "Are you online? If you're behind a proxy, set HTTPS_PROXY to its address, and run this again."


def version() -> "str":
    """Return the version of this Python."""
    return ".".join(map(str, sys.version_info[:3]))


def is_home_writable() -> "bool":
    """Return whether pip and uv can keep downloads in their usual place; uv gives up if it can't."""
    try:
        home = Path.home()
    except RuntimeError:
        return False
    return os.access(str(next(each for each in (home, *home.parents) if each.exists())), os.W_OK)


def interpreter() -> "Path":
    """Return the Python of ``.venv``."""
    return PROGRAMS / ("python.exe" if os.name == "nt" else "python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
