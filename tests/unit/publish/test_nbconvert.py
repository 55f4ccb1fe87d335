"""A lesson that was executed, exported by nbconvert as a page to read."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from traitlets.config import Config

from copydesk.course.bank_files import EXERCISES, QUIZZES
from copydesk.course.course import Course
from copydesk.lab.extension.settings import EXPORT_CONFIG, lab_environment

if TYPE_CHECKING:
    from nbformat import NotebookNode

ROOT = Path(__file__).resolve().parents[3]
SLUG = "02-attribution"
QUIZ, TASKS = (Course(ROOT).bank(folder, SLUG) for folder in (QUIZZES, EXERCISES))
GUIDE = ROOT / "docs" / "where-it-runs.md"
CELLS = [
    f'import copydesk\n\ndesk = copydesk.open("{SLUG}")',
    "desk.progress()",
    *[f"desk.quiz({group!r})" for group in ("warm-up", "practice", "quiz")],
    *[f"desk.task({entry.task.id!r})" for entry in TASKS.tasks],
    "desk.reliability()",
    "desk.submit()",
]
"""Every view of a lesson."""


def executed(folder: Path, monkeypatch: pytest.MonkeyPatch, *, static: bool) -> NotebookNode:
    """Return a notebook with every view of a lesson, executed."""
    monkeypatch.setenv("COPYDESK_COURSE", str(ROOT))
    monkeypatch.setenv("COPYDESK_ANSWERS", str(folder))
    monkeypatch.setenv("COPYDESK_RENDER", "static" if static else "")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return notebook


@pytest.fixture(scope="module")
def widgets(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    """Return the notebook as somebody saves it in JupyterLab: with widget views in its outputs."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        return executed(tmp_path_factory.mktemp("answers"), monkeypatch, static=False)


def page(notebook: NotebookNode, config: dict[str, Any]) -> str:
    """Return a notebook as nbconvert exports it."""
    text: str = HTMLExporter(config=Config(config)).from_notebook_node(notebook)[0]
    return text


def visible(exported: str) -> str:
    """Return what of a page a reader without scripts can see."""
    return html.unescape(re.sub(r"<script.*?</script>", "", exported, flags=re.DOTALL))


def require_readable(exported: str) -> None:
    """Fail unless every view of the lesson can be read: questions, explanations, what is to be submitted."""
    views = re.findall(r'data-copydesk="([a-z-]+)"', exported)
    assert sorted(views) == sorted(["progress", "reliability", "submission", *["tasks"] * (3 + len(TASKS.tasks))])
    text = visible(exported)
    asked = [entry for entry in QUIZ.tasks if entry.task.group not in {"worked", "note"}]
    for entry in (*asked, *TASKS.tasks):
        assert f"<h3>{entry.task.title}</h3>" in text
    assert text.count("<details") >= len(asked)


def test_the_setting_shows_every_view(widgets: NotebookNode) -> None:
    """With the setting of the guide, the readable form of every view stands in the exported page."""
    require_readable(page(widgets, EXPORT_CONFIG))


def test_without_the_setting_nothing_shows(widgets: NotebookNode) -> None:
    """Left alone, nbconvert takes the saved widget and shows nothing: the reason why there is a setting."""
    text = visible(page(widgets, {}))
    assert "data-copydesk=" not in text
    assert QUIZ.tasks[0].task.title not in text


def test_a_static_run_needs_no_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook that was run with COPYDESK_RENDER=static is readable however it is exported."""
    require_readable(page(executed(tmp_path, monkeypatch, static=True), {}))


def test_the_lab_that_we_start_has_the_setting(tmp_path: Path) -> None:
    """File, Save and Export in a JupyterLab that ``copydesk lab`` started exports readable pages."""
    lab_environment(ROOT, tmp_path, "token")
    saved = (tmp_path / ".jupyter" / "jupyter_server_config.json").read_text(encoding="utf-8")
    assert '"display_data_priority": ["text/html"' in saved


def test_the_guide_gives_the_command() -> None:
    """The guide names the setting in a form that a command line takes."""
    wanted = ",".join(f"'{each}'" for each in EXPORT_CONFIG["NbConvertBase"]["display_data_priority"])
    assert f"--NbConvertBase.display_data_priority=[{wanted}]" in GUIDE.read_text(encoding="utf-8")
