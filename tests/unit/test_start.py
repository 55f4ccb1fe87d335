"""``start.py`` says in plain words what it cannot do, on an old Python, a new one, and without a network."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = ROOT / "start.py"
NO_PROXY_LISTENS_HERE = "http://127.0.0.1:9"
OLD_MODULES = {"hashlib", "os", "pathlib", "re", "shutil", "subprocess", "sys", "tempfile", "venv"}
"""What Python 3.6 has already."""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a clone whose path has spaces and letters that are not English, with what the set-up reads."""
    folder = tmp_path / "Über den Text"
    folder.mkdir()
    for name in ("start.py", "pyproject.toml", "tested-versions.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


def started(clone: Path, *, version: tuple[int, ...] = sys.version_info[:3], programs: tuple[Path, ...] = ()) -> str:
    """Start it as some Python would, with these folders on the search path and a dead proxy; return what it prints."""
    own = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    offline = {
        "PATH": os.pathsep.join(map(str, programs)),
        "HOME": str(clone.parent),
        "HTTPS_PROXY": NO_PROXY_LISTENS_HERE.replace("//", "//ada:secret@"),
        "LC_ALL": "C",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_RETRIES": "0",
        "UV_HTTP_RETRIES": "0",
        "UV_NO_CONFIG": "1",
        "UV_PYTHON_INSTALL_DIR": str(clone.parent / "pythons"),
    }
    as_another = f"import runpy, sys; sys.version_info = {version}; runpy.run_path('start.py', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", as_another, "check"],
        cwd=clone,
        env=own | offline,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stdout
    assert "secret" not in done.stdout
    return done.stdout


@pytest.fixture
def uv(tmp_path: Path) -> Path:
    """Return a folder that holds uv and nothing else."""
    program = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    assert program, "uv belongs to the tools of the tests"
    (tmp_path / "bin").mkdir()
    shutil.copy(program, tmp_path / "bin")
    return tmp_path / "bin"


def test_an_old_python_can_read_it() -> None:
    """Every Python 3 from 3.6 on gets as far as the message that says what is missing."""
    tree = ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 6))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {each.name for node in imported if isinstance(node, ast.Import) for each in node.names}
    names |= {node.module or "" for node in imported if isinstance(node, ast.ImportFrom)}
    assert names <= OLD_MODULES
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    hints = [each.annotation for function in functions for each in function.args.args]
    hints += [function.returns for function in functions]
    assert all(isinstance(hint, ast.Constant) or ast.unparse(hint or tree) in {"int", "None"} for hint in hints)


def test_a_proxy_that_fails_is_named_with_the_step(clone: Path) -> None:
    """Where the proxy is dead, the message names the step, the proxy without its password, and what to do."""
    said = started(clone)
    assert "The set-up stopped: it could not install uv" in said
    assert "HTTPS_PROXY=http://" in said
    assert "127.0.0.1:9" in said
    assert "Correct the variable" in said


def test_an_old_python_without_uv_is_told_what_to_install(clone: Path) -> None:
    """Python 3.8, no uv and no network: it says which Python is needed, and how to start it."""
    said = started(clone, version=(3, 8, 18))
    assert "This is Python 3.8.18; Copy Desk needs 3.11 or newer. Asking uv for one." in said
    assert "Install Python 3.11 or newer" in said
    assert "python3.14 start.py" in said


def test_an_old_python_takes_a_fitting_one_by_uv(clone: Path, uv: Path) -> None:
    """Where uv finds a Python that fits, ``.venv`` is made with it, whatever Python started the set-up."""
    said = started(clone, version=(3, 8, 18), programs=(uv, Path(sys._base_executable).parent))
    made = next((clone / ".venv").rglob("pyvenv.cfg")).read_text(encoding="utf-8")
    assert f"version_info = {sys.version_info[0]}.{sys.version_info[1]}" in made
    assert "it could not install uv" in said, "without a network the next step cannot work"


def test_uv_that_cannot_download_leaves_a_remedy(clone: Path, uv: Path) -> None:
    """Where uv finds no Python and can download none, it says which step failed, and what to install."""
    said = started(clone, version=(3, 8, 18), programs=(uv,))
    assert "it could not get Python 3.11 to 3.14 from uv" in said
    assert "Install Python 3.11 or newer" in said


def test_a_python_that_is_too_new_is_tried_first(clone: Path) -> None:
    """Where the packages do not install with a newer Python, it says so, and asks uv for one that was tested."""
    said = started(clone, version=(3, 99, 0))
    assert "it could not install uv" in said
    assert "Python 3.99.0 may be too new. Asking uv for one that was tested." in said
    assert "Install Python 3.11 or newer" in said


def test_a_set_up_that_is_done_needs_no_network(clone: Path) -> None:
    """The second start installs nothing: what is there is used, in a folder with spaces and other letters."""
    (clone / "tests").mkdir()
    (clone / "tests" / "run.py").write_text("print('the tests ran')\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(clone / ".venv")], check=True)
    code = (
        "import hashlib, pathlib; "
        "state = b''.join(pathlib.Path(n).read_bytes() for n in ('pyproject.toml', 'tested-versions.txt')); "
        "pathlib.Path('.venv/.set-up-dev').write_text(hashlib.sha256(state).hexdigest())"
    )
    subprocess.run([sys.executable, "-c", code], cwd=clone, check=True)
    done = subprocess.run([sys.executable, START.name, "test"], cwd=clone, capture_output=True, text=True, check=True)
    assert done.stdout == "the tests ran\n"
