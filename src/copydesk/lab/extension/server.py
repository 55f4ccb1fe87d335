"""The extension of Jupyter's server: saves what lasts, trusts the course's own files, tells the page which they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import nbformat

from copydesk.lab.extension.saving import without_views
from copydesk.lab.working_copy import notebooks, untouched
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Iterable

SECTION = "CopyDeskLab"
"""The section of Jupyter's configuration: ``work``, the working copy, and ``written``, notebooks just written there."""
TEXTS = ("show_code", "show_code_hint", "running", "ready", "not_run", "exercise")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(app: Any) -> None:  # noqa: ANN401  (Jupyter's ServerApp)
    """Set up a server that ``copydesk lab`` or the container started."""
    section = app.config.get(SECTION, {})
    work, written = Path(section.get("work", app.root_dir)), list(section.get("written", ()))
    app.contents_manager.register_pre_save_hook(without_views)
    trust(app.contents_manager, work, [*untouched(work), *written])
    page = app.web_app.settings.setdefault("page_config_data", {})
    page["copydesk"] = page_settings(work, Path(app.root_dir), [*notebooks(work), *written])


def trust(manager: Any, work: Path, names: Iterable[str]) -> None:  # noqa: ANN401  (Jupyter's ContentsManager)
    """Trust notebooks that are byte by byte what this program wrote; any other one is as trusted as Jupyter says."""
    reads: Any = nbformat.reads  # it has no annotations
    for name in names:
        manager.notary.sign(reads((work / name).read_text(encoding="utf-8"), as_version=4))


class PageSettings(TypedDict):
    """What the extension in the browser reads: notebooks by their paths below the root, and texts by name."""

    notebooks: list[str]
    texts: dict[str, str]


def page_settings(work: Path, root: Path, names: Iterable[str]) -> PageSettings:
    """Return what the extension in the browser needs: the notebooks of the course by their paths, and its texts.

    A notebook that is not below ``root`` cannot be opened, so it is left out.
    """
    paths = [(work / name).resolve() for name in names]
    root = root.resolve()
    below = sorted(path.relative_to(root).as_posix() for path in paths if path.is_relative_to(root))
    return {"notebooks": below, "texts": {name: t(f"lab.{name}") for name in TEXTS}}
