"""A notebook of the book runs again when something that it read has changed, and only then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

from copydesk.publish import execution as running
from copydesk.publish import software
from copydesk.publish.execution import RunError, Runs

if TYPE_CHECKING:
    from collections.abc import Callable

READING = (
    "from pathlib import Path\nprint((Path(__import__('os').environ['COPYDESK_COURSE']) / 'seeds/a.txt').read_text())"
)


def staged(folder: Path, **cells: str) -> Runs:
    """Return the notebooks of a course, one cell each, staged beside it."""
    (folder / "source" / "lessons").mkdir(parents=True, exist_ok=True)
    (folder / "course" / "seeds").mkdir(parents=True, exist_ok=True)
    for name in ("a", "b"):
        file = folder / "course" / "seeds" / f"{name}.txt"
        if not file.is_file():
            file.write_text(name, encoding="utf-8")
    for name, code in cells.items():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
        nbformat.write(notebook, folder / "source" / "lessons" / f"{name}.ipynb")
    return Runs(folder / "course", folder / "source", folder / "kept")


def printed(runs: Runs, name: str) -> str:
    """Return what the only cell of a notebook has printed."""
    notebook = nbformat.read(runs.source / "lessons" / f"{name}.ipynb", as_version=4)
    return "".join(output.text for output in notebook.cells[0].outputs)


def test_a_notebook_runs_again_when_what_it_read_has_changed(tmp_path: Path) -> None:
    """Nothing runs twice; another lesson's change, or prose, is no reason; a file that it read and new code are."""
    assert staged(tmp_path, one=READING, two="print(2)").fill() == ["lessons/one.ipynb", "lessons/two.ipynb"]
    runs = staged(tmp_path, one=READING, two="print(3)")
    assert runs.fill() == ["lessons/two.ipynb"]
    assert (printed(runs, "one"), printed(runs, "two")) == ("a\n", "3\n")

    (tmp_path / "course" / "seeds" / "b.txt").write_text("nobody has read it", encoding="utf-8")
    assert staged(tmp_path, one=READING, two="print(3)").fill() == []
    (tmp_path / "course" / "seeds" / "a.txt").write_text("new", encoding="utf-8")
    runs = staged(tmp_path, one=READING, two="print(3)")
    assert runs.fill() == ["lessons/one.ipynb"]
    assert printed(runs, "one") == "new\n"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let notebooks run without a kernel, each having read ``a.txt``; return the list of those that ran.

    Each is also the first to import a module of the package, whose compiled form Python then writes beside it.
    """
    ran = []

    async def run(self: Runs, path: Path, book: nbformat.NotebookNode) -> set[Path]:
        ran.append(path.stem)
        book.cells[0].outputs = [nbformat.v4.new_output("stream", text="done\n")]
        being_written = Path(running.__file__).parent / "__pycache__" / "running.cpython-311.pyc.140123456789"
        return {self.root / "seeds" / "a.txt", Path(running.__file__), being_written, Path("/elsewhere")}

    monkeypatch.setattr(Runs, "_run", run)
    return ran


def test_a_file_that_comes_or_goes_is_a_change(tmp_path: Path, counted: list[str]) -> None:
    """What a notebook looked for and did not find is in no list of what it has opened."""
    staged(tmp_path, one="x").fill()
    (tmp_path / "course" / "seeds" / "c.txt").touch()
    staged(tmp_path, one="x").fill()
    assert counted == ["one", "one"]


def test_another_setting_or_package_is_a_change(
    tmp_path: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The language of the book, and the version of what draws its figures, change what a notebook shows."""
    staged(tmp_path, one="x").fill()
    monkeypatch.setenv("COPYDESK_LANGUAGE", "uk")
    staged(tmp_path, one="x").fill()
    monkeypatch.setattr(software, "installed_packages", list)
    staged(tmp_path, one="x").fill()
    assert counted == ["one", "one", "one"]


def test_a_kept_result_makes_the_same_page_as_a_run(tmp_path: Path) -> None:
    """A second build of the same content changes no byte, also where the first has run the notebooks."""
    runs = staged(tmp_path, one="print(1)")
    path = runs.source / "lessons" / "one.ipynb"
    before = path.read_bytes()
    assert runs.fill() == ["lessons/one.ipynb"]
    ran = path.read_bytes()
    path.write_bytes(before)
    assert runs.fill() == []
    assert path.read_bytes() == ran


def test_a_styled_table_has_the_same_name_in_each_run(tmp_path: Path) -> None:
    """Pandas names it by chance, and two builds of one content would differ; two tables of a page have two names."""
    table = "display(pd.DataFrame({'a': [1]}).style)"
    runs = staged(tmp_path, one=f"import pandas as pd\n{table}\n{table}")
    texts = []
    for _ in range(2):
        runs.fill(fresh=True)
        notebook = nbformat.read(runs.source / "lessons" / "one.ipynb", as_version=4)
        texts.append([output.data["text/html"] for output in notebook.cells[0].outputs])
    assert texts[0] == texts[1]
    assert ['id="T_00000"' in text for text in texts[0]] == [True, False]
    assert ['id="T_00001"' in text for text in texts[0]] == [False, True]


def test_fresh_means_everything(tmp_path: Path, counted: list[str]) -> None:
    """Somebody who trusts no kept result can have all notebooks run."""
    staged(tmp_path, one="x").fill()
    staged(tmp_path, one="x").fill(fresh=True)
    assert counted == ["one", "one"]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"reads": {}, "outputs": []}', '{"reads": {"seeds/gone": "0"}}'])
def test_a_damaged_result_is_not_used(tmp_path: Path, counted: list[str], damage: str) -> None:
    """A file cut short, or of another shape, costs a run and nothing else."""
    staged(tmp_path, one="x").fill()
    for kept in (tmp_path / "kept").iterdir():
        kept.write_text(damage, encoding="utf-8")
    runs = staged(tmp_path, one="x")
    runs.fill()
    assert counted == ["one", "one"]
    assert printed(runs, "one") == "done\n"


def test_what_changes_during_a_run_is_not_kept(tmp_path: Path, counted: list[str]) -> None:
    """Which state of a file the notebook saw is then not known, and a stale page is worse than a slow build."""
    runs = staged(tmp_path, one="x")
    original = Runs._run_all

    async def slow(
        self: Runs, books: dict[Path, nbformat.NotebookNode], meanwhile: Callable[[], object]
    ) -> dict[Path, set[Path]]:
        found = await original(self, books, meanwhile)
        (self.root / "seeds" / "a.txt").write_text("changed meanwhile", encoding="utf-8")
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Runs, "_run_all", slow)
        runs.fill()
    staged(tmp_path, one="x").fill()
    assert counted == ["one", "one"]


def test_what_is_kept_names_files_of_course_and_package_only(tmp_path: Path, counted: list[str]) -> None:
    """No path of this machine is in a kept result, and what lies elsewhere is no part of the course."""
    staged(tmp_path, one="x").fill()
    (kept,) = (tmp_path / "kept").iterdir()
    reads = list(json.loads(kept.read_text(encoding="utf-8"))["reads"])
    assert reads == ["copydesk:publish/execution.py", "seeds/a.txt"]
    assert counted == ["one"]


@pytest.mark.parametrize(
    ("code", "said"),
    [("1 / 0", "ZeroDivisionError"), ("import sys; sys.stderr.write('beware')", "error stream, .*\n.*beware")],
)
def test_a_notebook_that_fails_stops_the_build(tmp_path: Path, code: str, said: str) -> None:
    """The message names the notebook and what it said."""
    with pytest.raises(RunError, match=rf"lessons/one\.ipynb (.|\n)*{said}"):
        staged(tmp_path, one=code).fill()
