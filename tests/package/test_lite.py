"""The site that runs in the browser alone, from package to graded submission, with every outside request refused."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import running_browser, served
from installing import LESSON, ROOT, build, install_whole
from playwright.sync_api import expect

from copydesk.publish.jupyterlite import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from installing import Installed
    from playwright.sync_api import Locator, Page, Route

LIMIT_MILLISECONDS = 300_000
"""Python starts in the browser: half a minute here, minutes on a busy machine."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the package with what the site needs, and build the site by its command."""
    folder = tmp_path_factory.mktemp("lite")
    (wheel,) = build(ROOT, folder / "dist", "--wheel")
    made = install_whole(wheel, folder / "installed", "lite")
    put_stranger(Path(made.run("-c", "import sys; print(sys.prefix)").strip()) / "share" / "jupyter" / "labextensions")
    made.copydesk("book", "--lite", "--out", site_of(made))
    settings = site_of(made) / "jupyter-lite.json"
    data = json.loads(settings.read_text(encoding="utf-8"))
    data["jupyter-config-data"]["exposeAppInBrowser"] = True  # so that a test can wait for the kernel
    settings.write_text(json.dumps(data), encoding="utf-8")
    return made


def put_stranger(extensions: Path) -> None:
    """Put an extension that somebody uses for other work beside those of the course."""
    shutil.copytree(extensions / "anywidget", extensions / "stranger")
    about = extensions / "stranger" / "package.json"
    about.write_text(about.read_text(encoding="utf-8").replace('"anywidget"', '"stranger"'), encoding="utf-8")


def site_of(installed: Installed) -> Path:
    """Return the folder of the site; it is served under a sub-path."""
    return installed.place / "www" / "school" / "desk"


@dataclass
class Reader:
    """A page that reaches nothing but the site, and the requests that were refused to it."""

    page: Page
    refused: list[str] = field(default_factory=list)

    def run_all(self, notebook: str) -> list[str]:
        """Open a notebook, run all its cells to the last, and return what each printed."""
        self.page.goto(f"lab/index.html?path={notebook}")
        self.page.wait_for_function("() => globalThis.jupyterapp?.restored.then(() => true)")
        self.page.wait_for_function("(path) => jupyterapp.shell.currentWidget?.context?.path === path", arg=notebook)
        self.page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.ready; }")
        self.page.evaluate("async () => { await jupyterapp.commands.execute('notebook:run-all-cells'); }")
        cells = """() => jupyterapp.shell.currentWidget.content.widgets.filter((cell) => cell.model.type === "code")
            .map((cell) => [cell.model.executionCount, cell.model.outputs.toJSON().map((each) => each.text ?? "")])"""
        ran = self.page.evaluate(cells)
        assert [count for count, _ in ran] == list(range(1, len(ran) + 1))
        return ["".join(printed) for _, printed in ran]

    def view(self, having: Locator) -> Locator:
        """Return the first task of the open notebook that has such a part."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .cd-desk").filter(has=having).first

    def file(self, path: str) -> str:
        """Return a file that the notebook wrote, as JupyterLab reads it."""
        options = {"type": "file", "format": "text", "content": True}
        read = "async ([path, options]) => (await jupyterapp.serviceManager.contents.get(path, options)).content"
        text: str = self.page.evaluate(read, [path, options])
        return text

    def answered(self) -> set[str]:
        """Return which tasks are answered in the answer file."""
        return set(json.loads(self.file(f"answers/{LESSON}.json"))["answers"])


@pytest.fixture
def reader(installed: Installed) -> Iterator[Reader]:
    """Serve the site on this machine and return a page that reaches nothing else."""
    with served(installed.place / "www") as host, running_browser() as browser:
        context = browser.new_context(base_url=f"{host}school/desk/", viewport={"width": 1100, "height": 1000})
        context.set_default_timeout(LIMIT_MILLISECONDS)
        made = Reader(context.new_page())

        def decide(route: Route) -> None:
            if route.request.url.startswith(host):
                route.continue_()
            else:
                made.refused.append(route.request.url)
                route.abort()

        context.route("**/*", decide)
        yield made
        context.close()


def test_a_learner_needs_nothing_but_the_site(installed: Installed, reader: Reader) -> None:
    """A lesson says what is missing, keeps an answer over a new start, and an exercise makes a file that is graded."""
    page = reader.page
    first, *printed = reader.run_all(f"lessons/{LESSON}.ipynb")
    assert first.startswith("numpy, pandas, matplotlib couldn’t be fetched")
    assert [text for text in printed if text] == [
        "This cell needs pandas, which couldn’t be fetched. Carry on with the next one.\n"
    ] * 3
    view = reader.view(page.get_by_role("radio"))
    view.get_by_role("radio").first.check()
    view.get_by_text("Saved").first.wait_for()
    answered = reader.answered()
    assert len(answered) == 1

    reader.run_all(f"lessons/{LESSON}.ipynb")
    view = reader.view(page.get_by_role("radio"))
    expect(view.get_by_role("radio").first).to_be_checked(timeout=LIMIT_MILLISECONDS)
    assert reader.answered() == answered

    reader.run_all(f"exercises/{LESSON}-exercise.ipynb")
    view = reader.view(page.locator("textarea"))
    view.locator("textarea").first.fill("Tass reported the visit; nobody else saw it.")
    view.get_by_text("Saved").first.wait_for()
    page.get_by_label("Your name or alias").fill("Kingfisher")
    page.get_by_role("button", name="Make my submission file").click()
    page.get_by_role("button", name="Submit anyway").click()
    page.locator(".cd-receipt[data-ok='true']").wait_for()
    handed_in = installed.place / "handed-in.json"
    handed_in.write_text(reader.file(f"submissions/{LESSON}-kingfisher.json"), encoding="utf-8")
    installed.copydesk("grade", handed_in, "--out", installed.place / "graded")
    with (installed.place / "graded" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["lesson"], row["learner"]) == (LESSON, "Kingfisher")

    lock = json.loads(next(site_of(installed).rglob("pyodide-lock.json")).read_text(encoding="utf-8"))
    offered = {each["file_name"] for each in lock["packages"].values() if each["file_name"].startswith("https://")}
    assert set(reader.refused) == offered  # asked for, and nothing else: numpy, pandas, matplotlib and what they need


def test_the_site_has_the_extensions_of_the_course_and_no_others(installed: Installed) -> None:
    """What else somebody has installed for their own JupyterLab is neither loaded nor in the site."""
    site = site_of(installed)
    settings = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))
    loaded = {extension["name"] for extension in settings["jupyter-config-data"]["federated_extensions"]}
    assert loaded == set(EXTENSIONS)
    folders = {
        path.parent.relative_to(site / "extensions").as_posix() for path in site.glob("extensions/**/package.json")
    }
    assert {folder for folder in folders if "/static" not in folder} == set(EXTENSIONS)


def test_the_site_says_whose_it_is_and_keeps_search_engines_away(installed: Installed) -> None:
    """Each notebook ends with version, licence and what the licence does not cover; no page may be indexed."""
    site = site_of(installed)
    notebooks = sorted(site.glob("files/*/*.ipynb"))
    assert len(notebooks) > 15
    for path in notebooks:
        last = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][-1]["source"])
        assert "CC BY 4.0" in last, path.name
        assert "no licence here covers it" in last, path.name
    pages = sorted(site.rglob("index.html"))
    assert pages
    for page in pages:
        assert '<meta name="robots" content="noindex">' in page.read_text(encoding="utf-8"), page


def test_the_site_holds_no_key(installed: Installed) -> None:
    """Neither the notebooks of the site nor the package in it hold solutions."""
    (wheel,) = site_of(installed).rglob("copydesk-*.whl")
    with zipfile.ZipFile(wheel) as opened:
        assert not [name for name in opened.namelist() if "solutions" in name]
    assert not [
        path for path in site_of(installed).rglob("*") if "solutions" in path.relative_to(site_of(installed)).parts
    ]
