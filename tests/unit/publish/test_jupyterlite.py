"""The site in the browser alone: what is packed for it, and what its notebooks say where parts are missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from copydesk import __version__
from copydesk.commands.main import app
from copydesk.course.course import Course
from copydesk.course.settings import find_root
from copydesk.publish.jupyterlite import (
    PYODIDE,
    browser_notebook,
    course_rights,
    distribution_address,
    lite_settings,
    lock_entry,
    online_packages,
    pack_course,
    repack,
    required_packages,
)

if TYPE_CHECKING:
    from pathlib import Path

ROOT = find_root()
OFFLINE = """
import json, os, sys
from importlib.machinery import PathFinder
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell

class WithoutThem(PathFinder):
    @classmethod
    def find_spec(cls, name, *rest):
        is_missing = name.partition(".")[0] in {"numpy", "pandas", "matplotlib"}
        return None if is_missing else PathFinder.find_spec(name, *rest)

class Kernel(InteractiveShell):
    "Like Pyodide's: it stops where a traceback is shown."
    def _showtraceback(self, kind, error, lines):
        print("STOPPED", kind.__name__, error)

async def fail(names):
    raise OSError(names)

sys.meta_path[sys.meta_path.index(PathFinder)] = WithoutThem
kernel = Kernel.instance()
for path in sys.argv[1:]:
    kernel.reset()
    kernel.user_ns["fail"] = fail
    print("=== notebook", Path(path).parent.name, Path(path).name)
    for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            kernel.run_cell("".join(cell["source"]).replace("ready()", "ready(fail)"))
"""


def run_offline(tmp_path: Path, *notebooks: Path) -> dict[str, list[str]]:
    """Run notebooks as their kernel does where numpy, pandas and matplotlib cannot be fetched; return what they say."""
    environment = {**os.environ, "IPYTHONDIR": str(tmp_path / "ipython"), "COPYDESK_ANSWERS": str(tmp_path / "answers")}
    command = [sys.executable, "-c", OFFLINE, *map(str, notebooks)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    parts = [part.splitlines() for part in done.stdout.split("=== notebook ")[1:]]
    return {name: said for name, *said in parts}


def notebook(path: Path, *cells: str) -> Path:
    """Write a notebook with these cells."""
    whole = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def test_every_notebook_runs_to_its_end_without_pandas(tmp_path: Path) -> None:
    """Where nothing can be fetched every notebook says so once, and no cell stops those after it."""
    paths = []
    for path in sorted([*ROOT.glob("lessons/*.ipynb"), *ROOT.glob("exercises/*.ipynb")]):
        (tmp_path / path.parent.name).mkdir(exist_ok=True)
        paths.append(tmp_path / path.parent.name / path.name)
        paths[-1].write_text(browser_notebook(path), encoding="utf-8")
    said = run_offline(tmp_path, *paths)
    assert len(said) == len(paths) > 15
    for name, lines in said.items():
        assert lines[0].startswith("numpy, pandas, matplotlib couldn’t be fetched"), name
        assert [line for line in lines if line.startswith("STOPPED")] == [], name
    needs = "This cell needs pandas, which couldn’t be fetched. Carry on with the next one."
    assert said["lessons 02-attribution.ipynb"].count(needs) == 2


def test_what_a_missing_part_would_have_made_is_missing_too(tmp_path: Path) -> None:
    """A cell that uses it says the same; any other mistake is shown as ever."""
    cells = (
        "from copydesk.lab.pyodide import ready\nawait ready()",
        "import pandas as pd\nfrom matplotlib import pyplot as plt\nlabel = 'kept'",
        "done = {}\nfor n in 1, 2:\n    done[n] = pd.DataFrame()\nlabel, total = 'new', done[1].sum()",
        "total + 1",
        "max(done)",
        "plt.figure()",
        "print(total)",
        "print(label)",
        "total = label / 2",
        "print(1))",
        "print('the end')",
    )
    _, *said = run_offline(tmp_path, notebook(tmp_path / "n.ipynb", *cells)).popitem()[1]
    pandas, matplotlib = (
        f"This cell needs {name}, which couldn’t be fetched. Carry on with the next one."
        for name in ("pandas", "matplotlib")
    )
    assert said[:5] == [pandas, pandas, pandas, matplotlib, pandas]
    assert [line.split()[:2] for line in said[5:]] == [
        ["kept"],
        ["STOPPED", "TypeError"],
        ["STOPPED", "SyntaxError"],
        ["the", "end"],
    ]


def test_saving_leaves_no_lock_behind(tmp_path: Path) -> None:
    """JupyterLite's drive keeps every file that is a lock, and the next save would wait for it without an end."""
    cells = (
        "from copydesk.lab.pyodide import ready\nawait ready()",
        "from copydesk.kinds.written.model import WrittenResponse",
        "import copydesk\ndesk = copydesk.open('02-attribution')",
        "desk.answer('W1', WrittenResponse(text='Tass said so.'))\ndesk.submit('Robin')",
    )
    said = run_offline(tmp_path, notebook(tmp_path / "n.ipynb", *cells)).popitem()[1]
    assert not [line for line in said if line.startswith("STOPPED")]
    made = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/*.*"))
    assert [path for path in made if "ipython" not in path] == [
        "answers/02-attribution.json",
        "submissions/02-attribution-robin.json",
    ]


def test_a_notebook_for_the_browser_is_the_same_with_a_first_cell() -> None:
    """A notebook for the browser has one more cell, before the first that runs, and the site's names of exercises."""
    path = ROOT / "lessons" / "02-attribution.ipynb"
    before, after = json.loads(path.read_text(encoding="utf-8"))["cells"], json.loads(browser_notebook(path))["cells"]
    first = next(index for index, cell in enumerate(before) if cell["cell_type"] == "code")
    assert "await ready()" in after[first]["source"][-1]
    *same, last = after[:first] + after[first + 1 :]
    assert same == before[:-1]
    assert "exercises/02-attribution-exercise.ipynb" in "".join(last["source"])


def test_a_notebook_for_the_browser_ends_with_its_rights() -> None:
    """The licence and what it does not cover are those at the foot of the book's pages."""
    rights = course_rights(Course(ROOT))
    cells = json.loads(browser_notebook(ROOT / "lessons" / "02-attribution.ipynb", rights))["cells"]
    last = "".join(cells[-1]["source"])
    assert f"Copy Desk {__version__}." in last
    assert "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)" in last
    assert "no licence here covers it." in last


def test_packages_travel_without_what_is_compiled(tmp_path: Path) -> None:
    """A package is packed again without compiled files, and the list of packages names it as Pyodide wants it."""
    wheel = repack("markupsafe", tmp_path)
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
    assert "markupsafe/_native.py" in names
    assert not [name for name in names if name.endswith((".so", ".pyd"))]
    listed = lock_entry(wheel, ["Jinja2"])
    assert (listed["name"], listed["imports"], listed["depends"]) == ("markupsafe", ["markupsafe"], ["jinja2"])


def test_everything_that_is_started_with_is_packed() -> None:
    """The packages that the kernel loads at its start, and all that they need, are in the site."""
    packed = required_packages()
    _, kernel = lite_settings()["jupyter-config-data"]["litePluginSettings"].popitem()
    start = set(kernel["loadPyodideOptions"]["packages"])
    assert start - {"copydesk", "ipykernel", "piplite", "pyodide-kernel", "widgetsnbextension"} <= set(packed)
    assert {"pydantic-core", "markupsafe", "traitlets"} <= set(packed)
    assert not {"pandas", "numpy", "jupyterlab", "typer"} & set(packed)


def test_only_what_is_too_large_is_fetched(tmp_path: Path) -> None:
    """Of Pyodide's packages the site knows those that notebooks fetch, at the address that Pyodide itself gives."""
    (tmp_path / "pyodide.mjs").write_text("a??`https://host.example/pyodide/v${U}/full/`", encoding="utf-8")
    address = distribution_address(tmp_path)
    assert address == f"https://host.example/pyodide/v{PYODIDE}/full/"
    needs = {"pandas": ["numpy", "six"], "numpy": [], "six": [], "matplotlib": ["Pillow"], "pillow": [], "scipy": []}
    theirs = {name: {"file_name": f"{name}.whl", "depends": depends} for name, depends in needs.items()}
    found = online_packages(theirs, {"six": {}}, address)
    assert set(found) == {"numpy", "pandas", "matplotlib", "pillow"}
    assert found["pillow"]["file_name"] == f"{address}pillow.whl"


def test_the_packed_course_has_no_key(tmp_path: Path) -> None:
    """The course in the site is what learners get: lessons, exercises, seeds, no solutions."""
    with zipfile.ZipFile(pack_course(Course(ROOT), tmp_path)) as opened:
        names = [name for name in opened.namelist() if name.startswith("copydesk/courses/mariupol/")]
    assert {name.split("/")[3] for name in names} == {"lessons", "exercises", "seeds"}


def test_the_packed_course_is_the_same_each_time(tmp_path: Path) -> None:
    """The same course makes the same bytes, whenever its files were written; the site's list has their hash."""
    first = pack_course(Course(ROOT), tmp_path).read_bytes()
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as opened:
        assert {entry.date_time[0] for entry in opened.infolist()} == {1980}
    assert pack_course(Course(ROOT), tmp_path).read_bytes() == first


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds another site is refused before anything is fetched."""
    (tmp_path / "index.html").touch()
    result = CliRunner().invoke(app, ["book", "--lite", "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "name another folder with --out" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


@pytest.mark.parametrize("option", [["--article", "quotes"], ["--pdf", "course.pdf"], ["--lessons", "02"]])
def test_what_the_site_cannot_be_is_refused(tmp_path: Path, option: list[str]) -> None:
    """Whoever asks for quotations only is not given a site with the whole article."""
    result = CliRunner().invoke(app, ["book", "--lite", *option, "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "the whole article" in result.output
    assert not any(tmp_path.iterdir())
