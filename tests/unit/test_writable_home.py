"""Where the user's home cannot be written, as in many containers, the book and the lab write elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from copydesk.writable_home import PLACES, replaced_variables

DRAWS = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.close()\nprint('drawn')"
RUN = """
import sys
from pathlib import Path
from copydesk.publish.execution import Runs
from copydesk.writable_home import use_writable_home
use_writable_home()
from platformdirs import user_cache_path
folder = Path(sys.argv[1])
Runs(folder, folder / "source", user_cache_path("copydesk") / "runs").fill()
print(user_cache_path("copydesk"))
"""


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """Return a home that nobody can write, not even root: its place is below a file."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    return tmp_path / "file" / "home"


def test_a_home_that_can_be_written_is_left_alone(tmp_path: Path) -> None:
    """Where all can be written, also what is not there yet, nothing changes."""
    assert replaced_variables({"HOME": str(tmp_path)}) == {}
    assert replaced_variables({"HOME": str(tmp_path / "new" / "home")}) == {}


def test_a_home_that_cannot_be_written_has_a_stand_in(locked: Path) -> None:
    """Every place that libraries ask for is in one new folder, which can be written."""
    changed = replaced_variables({"HOME": str(locked)})
    assert set(changed) == set(PLACES)
    assert Path(changed["HOME"]).is_dir()
    assert all(Path(place).is_relative_to(changed["HOME"]) for place in changed.values())


def test_only_what_cannot_be_written_moves(locked: Path, tmp_path: Path) -> None:
    """A place that somebody chose for Jupyter's files stays where it can be written."""
    changed = replaced_variables({"HOME": str(locked), "JUPYTER_DATA_DIR": str(tmp_path)})
    assert set(changed) == set(PLACES) - {"JUPYTER_DATA_DIR"}
    assert set(replaced_variables({"HOME": str(tmp_path), "XDG_CACHE_HOME": str(locked)})) == {"XDG_CACHE_HOME"}


def test_a_notebook_of_the_book_runs_without_a_home(locked: Path, tmp_path: Path) -> None:
    """A figure is drawn, nothing is said on the error stream, and what is kept for the next time is elsewhere."""
    (tmp_path / "source").mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(DRAWS)])
    nbformat.write(notebook, tmp_path / "source" / "figure.ipynb")
    environment = {name: value for name, value in os.environ.items() if name not in PLACES} | {"HOME": str(locked)}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path)], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not Path(done.stdout.strip()).is_relative_to(locked)
    ran = nbformat.read(tmp_path / "source" / "figure.ipynb", as_version=4)
    assert [output.text for output in ran.cells[0].outputs] == ["drawn\n"]
