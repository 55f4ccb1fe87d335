"""The Jupyter server extension: saves what lasts, trusts the notebooks of the course, and tells the page about them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from copydesk.course.current import follow_current_course
from copydesk.lab.extension.saving import remove_views
from copydesk.lab.working_copy import copied_notebooks, unchanged_notebooks
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable

SECTION = "CopyDeskLab"
"""The section of Jupyter's configuration: ``work``, the working copy, and ``written``, notebooks just written there."""
TEXTS = (
    *("show_code", "show_code_hint", "running", "ready", "not_run", "exercise"),
    *("steps_name", "steps_place", "steps_back", "steps_next", "steps_continue"),
    *("steps_choose_whole", "steps_choose_steps"),
)

GAPS = {name: f"{{{name}}}" for name in ("number", "step", "of", "title")}
"""Placeholders that the browser fills in, so each is left as it is."""


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(app: Any) -> None:  # noqa: ANN401  (Jupyter's ServerApp)
    """Set up a server that ``copydesk lab`` or the container started."""
    follow_current_course()
    section = app.config.get(SECTION, {})
    work, written = Path(section.get("work", app.root_dir)), list(section.get("written", ()))
    app.contents_manager.register_pre_save_hook(remove_views)
    trust(app.contents_manager, work, [*unchanged_notebooks(work), *written])
    page = app.web_app.settings.setdefault("page_config_data", {})
    page["copydesk"] = page_settings(work, Path(app.root_dir), [*copied_notebooks(work), *written])


def trust(manager: Any, work: Path, names: Iterable[str]) -> None:  # noqa: ANN401  (Jupyter's ContentsManager)
    """Trust notebooks that are byte for byte as this program wrote them; Jupyter decides about all others."""
    import nbformat  # noqa: PLC0415  (takes a second to load, and grading imports this module)

    reads: Any = nbformat.reads  # it has no annotations
    for name in names:
        manager.notary.sign(reads((work / name).read_text(encoding="utf-8"), as_version=4))


class PageSettings(TypedDict):
    """What the browser extension reads: notebooks by their paths below the root, and texts by name."""

    notebooks: list[str]
    texts: dict[str, str]


def page_settings(work: Path, root: Path, names: Iterable[str]) -> PageSettings:
    """Return the data for the browser extension: the notebooks of the course by their paths, and its texts.

    A notebook that is not below ``root`` cannot be opened, so it is left out.
    """
    root = root.resolve()
    paths = []
    for name in names:
        path = (work / name).resolve()
        if path.is_relative_to(root):
            paths.append(path.relative_to(root).as_posix())
    texts = {name: t(f"lab.{name}", **GAPS) for name in TEXTS}
    return {"notebooks": sorted(paths), "texts": texts}
