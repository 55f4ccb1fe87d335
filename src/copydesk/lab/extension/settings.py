"""Jupyter's settings for a server that opens the course: for exporting, saving, trusting, and showing."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from copydesk.lab.extension.server import SECTION

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE_CONFIG = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True, "@jupyter/nbgrader": True}}
NBGRADER = ("assignment_list", "course_list", "formgrader", "validate_assignment")
KERNEL_EXTENSION = "copydesk.lab.extension.lone_cells"
SERVER_EXTENSIONS = {"copydesk.lab.extension.server": True}
WITHOUT_NBGRADER = {f"nbgrader.server_extensions.{name}": False for name in NBGRADER}
"""If nbgrader is installed, it adds itself to every JupyterLab; a working copy of the course has no use for it."""
SHARE = Path(__file__).parent / "share"
"""A folder of Jupyter data: the extension that runs in the browser."""

READABLE_FIRST = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/latex", "text/plain")
EXPORT_CONFIG = {
    "NbConvertBase": {"display_data_priority": list(READABLE_FIRST)},
    "HTMLExporter": {"preprocessors": ["copydesk.publish.nbconvert.LiveTasks"]},
}
"""Makes nbconvert (also when run by File, Save and Export) use each view's HTML, since a saved widget shows nothing,
and bring it to life."""


def lab_environment(root: Path, work: Path, token: str, written: Iterable[str] = ()) -> dict[str, str]:
    """Return the environment for JupyterLab: where the course is, the token, our additions, and no news prompt.

    ``written`` names notebooks in the working folder that this program has just written.
    """
    config = work / ".jupyter"
    (config / "labconfig").mkdir(parents=True, exist_ok=True)
    (config / "labconfig" / "page_config.json").write_text(json.dumps(PAGE_CONFIG), encoding="utf-8")
    settings = {
        **EXPORT_CONFIG,
        "ServerApp": {"jpserver_extensions": SERVER_EXTENSIONS | WITHOUT_NBGRADER},
        SECTION: {"work": str(work), "written": list(written)},
    }
    (config / "jupyter_server_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return {
        **os.environ,
        "COPYDESK_COURSE": str(root),
        "JUPYTER_CONFIG_PATH": paths_before("JUPYTER_CONFIG_PATH", config),
        "JUPYTER_PATH": jupyter_path(config / "data"),
        "JUPYTER_TOKEN": token,
    }


def jupyter_path(data: Path) -> str:
    """Return the folders in which Jupyter looks for data: ours first, for the extension and a kernel.

    The kernel is written to ``data``: ordinary Python, except that any cell of the course runs on its own.
    """
    from ipykernel.kernelspec import get_kernel_dict  # noqa: PLC0415  (takes a quarter of a second)

    kernel = data / "kernels" / "python3"
    kernel.mkdir(parents=True, exist_ok=True)
    spec = get_kernel_dict([f"--IPKernelApp.extra_extensions={KERNEL_EXTENSION}"])
    (kernel / "kernel.json").write_text(json.dumps(spec, indent=1), encoding="utf-8")
    return paths_before("JUPYTER_PATH", data, SHARE)


def paths_before(name: str, *first: Path) -> str:
    """Return an environment variable that lists folders, with more folders put first."""
    folders = [str(folder) for folder in first]
    setting = os.environ.get(name)
    if setting:
        folders.append(setting)
    return os.pathsep.join(folders)
