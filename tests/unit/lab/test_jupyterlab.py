"""What ``copydesk lab`` adds to JupyterLab: what is saved, what is trusted, and cells that run alone."""

from __future__ import annotations

import copy
import json
import os
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbformat.sign import MemorySignatureStore, NotebookNotary

import copydesk
from copydesk.kinds.value.model import ValueResponse
from copydesk.lab.extension import lone_cells as alone
from copydesk.lab.extension.saving import remove_views
from copydesk.lab.extension.server import page_settings, trust
from copydesk.lab.extension.settings import lab_environment
from copydesk.lab.jupyterlab import claim_port
from copydesk.lab.working_copy import copied_notebooks, copy_course, unchanged_notebooks
from copydesk.opening import opening_mode
from copydesk.release.notebooks import is_fixed, read_notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOKS = sorted(path for folder in ("lessons", "exercises", "solutions") for path in (ROOT / folder).glob("*.ipynb"))
FOR_LEARNERS = [path for path in NOTEBOOKS if path.parent.name != "solutions"]
VIEW = {"model_id": "1", "version_major": 2, "version_minor": 0}
NB: Any = nbformat  # it has no annotations


def saved_notebook(*outputs: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook on its way to the disk, with some outputs, as Jupyter's server hands it to a hook."""
    cell = {"cell_type": "code", "id": "c", "metadata": {}, "source": "x", "execution_count": 1, "outputs": [*outputs]}
    metadata = {"kernelspec": {"name": "python3"}, "widgets": {"state": {"1": {}}}}
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": [cell]}
    return {"type": "notebook", "format": "json", "content": content}


def output_of(**data: object) -> dict[str, Any]:
    """Return an output of a cell; two underlines in a name stand for a slash."""
    named = {name.replace("__", "/"): value for name, value in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": named}


def test_no_view_that_dies_with_the_kernel_is_saved() -> None:
    """Of a view what can be read is kept, and its widget and the state of widgets are not."""
    output = output_of(text__html="<p>Task</p>", text__plain="Task")
    output["data"]["application/vnd.jupyter.widget-view+json"] = VIEW
    model = saved_notebook(output)
    remove_views(model, path="lesson.ipynb", contents_manager=None)
    (saved_output,) = model["content"]["cells"][0]["outputs"]
    assert saved_output["data"] == {"text/html": "<p>Task</p>", "text/plain": "Task"}
    assert model["content"]["metadata"] == {"kernelspec": {"name": "python3"}}


def test_a_view_with_nothing_to_read_says_what_to_press() -> None:
    """Where a widget of somebody else leaves nothing to read, the saved notebook says how to see it."""
    model = saved_notebook(output_of(**{"application/vnd.jupyter.widget-view+json": VIEW, "text/plain": "VBox()"}))
    remove_views(model)
    assert "Run All Cells" in model["content"]["cells"][0]["outputs"][0]["data"]["text/html"]


def test_other_outputs_are_saved_as_they_are() -> None:
    """Answers to be submitted, pictures and printed lines are untouched."""
    stream = {"output_type": "stream", "name": "stdout", "text": "hello"}
    receipt = output_of(**{"application/vnd.copydesk.answers+json": {"answers": {}}, "text/plain": "receipt"})
    model = saved_notebook(stream, receipt, output_of(image__png="aGVsbG8="))
    before = copy.deepcopy(model["content"]["cells"])
    remove_views(model)
    assert model["content"]["cells"] == before


@pytest.mark.parametrize(
    "model",
    [
        {"type": "file", "content": "text"},
        {"type": "notebook", "content": None},
        {"type": "notebook", "content": {"nbformat": 3, "worksheets": []}},
        {"type": "directory"},
    ],
)
def test_what_is_no_notebook_is_saved_as_it_is(model: dict[str, Any]) -> None:
    """The hook leaves alone whatever it does not know."""
    before = copy.deepcopy(model)
    remove_views(model)
    assert model == before


def test_a_view_says_at_its_top_what_to_press() -> None:
    """A task in a notebook that was opened elsewhere says how to answer it before it asks anything."""
    html = copydesk.open("02-attribution", solution=True).task("T5")._repr_mimebundle_()[0]["text/html"]
    readable = html.partition("copydesk-static")[2]
    assert readable.index("Run All Cells") < readable.index("<h3>")


@pytest.fixture
def notary() -> NotebookNotary:
    """Return what Jupyter trusts notebooks with, empty."""
    signed: Any = NotebookNotary
    empty_notary: NotebookNotary = signed(store_factory=MemorySignatureStore, secret=b"secret")
    return empty_notary


def test_only_what_was_copied_is_trusted(tmp_path: Path, notary: NotebookNotary) -> None:
    """Notebooks of the working copy are trusted as they were copied, and one that was changed since is not."""
    copy_course(ROOT, tmp_path)
    changed = tmp_path / "lessons" / "02-attribution.ipynb"
    changed.write_text(changed.read_text(encoding="utf-8").replace("desk.progress()", "print()"), encoding="utf-8")
    trust(SimpleNamespace(notary=notary), tmp_path, unchanged_notebooks(tmp_path))
    checks: Any = notary
    trusted = {name for name in copied_notebooks(tmp_path) if checks.check_signature(NB.read(tmp_path / name, 4))}
    assert {*copied_notebooks(tmp_path)} - trusted == {"lessons/02-attribution.ipynb"}


def test_the_page_learns_which_notebooks_are_the_courses(tmp_path: Path) -> None:
    """Paths are those of the server, also where the working copy is a folder below its root."""
    work = tmp_path / "my-work"
    copy_course(ROOT, work)
    page = page_settings(work, tmp_path, copied_notebooks(work))
    assert "my-work/lessons/02-attribution.ipynb" in page["notebooks"]
    assert page["texts"]["show_code"] == "Show code"


def test_a_folder_that_was_set_before_is_still_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of Jupyter's that somebody set stay, behind ours."""
    monkeypatch.setenv("JUPYTER_PATH", "theirs")
    folders = lab_environment(ROOT, tmp_path, "token")["JUPYTER_PATH"].split(os.pathsep)
    assert folders[-1] == "theirs"
    assert (Path(folders[0]) / "kernels" / "python3" / "kernel.json").is_file()


def test_no_cell_of_the_working_copy_can_be_deleted(tmp_path: Path) -> None:
    """In a working copy no cell can be deleted, texts are not edited by mistake, and code to fill in is open."""
    copy_course(ROOT, tmp_path)
    for name in copied_notebooks(tmp_path):
        for cell in json.loads((tmp_path / name).read_text(encoding="utf-8"))["cells"]:
            assert cell["metadata"]["deletable"] is False
            assert cell["cell_type"] == "code" or cell["metadata"]["editable"] is False
    exercise = json.loads((tmp_path / "exercises" / "02-attribution.ipynb").read_text(encoding="utf-8"))
    (open_cell,) = [cell for cell in exercise["cells"] if "counts = ..." in "".join(cell["source"])]
    assert "editable" not in open_cell["metadata"]


def test_cells_that_show_a_task_are_fixed() -> None:
    """In the course itself every cell that shows a task can neither be deleted nor edited."""
    for path in NOTEBOOKS:
        views = [cell for cell in read_notebook(path).cells if cell.source.startswith("desk.task(")]
        assert all(map(is_fixed, views)), path
        assert all(cell.metadata.deletable is False and cell.metadata.editable is False for cell in views), path


@pytest.fixture(scope="module")
def shell() -> Iterator[InteractiveShell]:
    """Return IPython with the extension that the kernel of ``copydesk lab`` has."""
    instance = InteractiveShell.instance()
    alone.load_ipython_extension(instance)
    yield instance
    InteractiveShell.clear_instance()


def forget(shell: InteractiveShell) -> None:
    """Forget all names, as a restart of the kernel does."""
    built_in = {"In", "Out", "get_ipython", "exit", "quit", "open"}
    for name in list(shell.user_ns):
        if not name.startswith("_") and name not in built_in:
            del shell.user_ns[name]


@pytest.mark.parametrize("path", FOR_LEARNERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_any_cell_runs_alone(
    path: Path, shell: InteractiveShell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right after a restart of the kernel every cell of a notebook can be run, and none fails."""
    monkeypatch.setenv("COPYDESK_COURSE", str(ROOT))
    monkeypatch.setenv("COPYDESK_ANSWERS", str(tmp_path / "answers"))
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    monkeypatch.chdir(path.parent)
    for cell in alone.code_cells(path):
        forget(shell)
        with capture_output():
            result = shell.run_cell(cell)
        assert result.success, (cell, result.error_in_exec)


def test_only_what_a_cell_needs_is_run_before_it() -> None:
    """Cells above that set or change what a cell reads are run, with what these need; others are not."""
    cells = ["import a\ndesk = a.open()", "b = 1", "table = desk.table()", 'table["x"] = b', "print(c)", "b = 2"]
    assert alone.needed_cells(cells, {"table"}) == [*cells[:4]]
    assert alone.needed_names("def f(x):\n    y = x\n    return y + z\n[i for i in w]") == {"z", "w"}
    assert alone.needed_names("total = total + 1") == {"total"}
    assert alone.needed_names('table.query("lesson == @LESSON")') == {"table", "LESSON"}
    assert alone.needed_names("%matplotlib inline") == set()


def test_opening_replaces_nothing(tmp_path: Path) -> None:
    """When a notebook runs by itself, code replaces no answer, and a submission keeps the time at which it was made."""
    desk = copydesk.open("02-attribution", answers=tmp_path / "answers")
    desk.record("T4", alt="From code.")
    desk.answer("T4", ValueResponse(values={"alt": "By hand."}))
    desk.submit("Robin")
    (file,) = (tmp_path / "submissions").iterdir()
    before, saved = file.read_bytes(), (tmp_path / "answers" / "02-attribution.json").read_bytes()
    with opening_mode():
        desk.record("T4", alt="From code.")
        desk.submit()
    assert file.read_bytes() == before
    assert (tmp_path / "answers" / "02-attribution.json").read_bytes() == saved
    desk.record("T4", alt="From code.")
    assert "From code." in (tmp_path / "answers" / "02-attribution.json").read_text(encoding="utf-8")


def test_a_name_that_nothing_sets_is_an_error_as_ever(
    shell: InteractiveShell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A learner's own slip is shown as Python shows it, and a notebook that is not the course's runs nothing."""
    notebook = NB.v4.new_notebook(cells=[NB.v4.new_code_cell("x = 1"), NB.v4.new_code_cell("print(x)")])
    NB.write(notebook, tmp_path / "other.ipynb")
    for name in ("other.ipynb", "missing.ipynb"):
        monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / name))
        forget(shell)
        with capture_output():
            assert isinstance(shell.run_cell("print(x)").error_in_exec, NameError)


def test_a_port_is_free_again_at_once() -> None:
    """A port on which a server has just ended, with a connection that is not quite over, can be taken again."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            accepted, _ = server.accept()
            accepted.close()  # whoever closes first keeps the port waiting
            client.recv(1)
    assert claim_port(port) == port
