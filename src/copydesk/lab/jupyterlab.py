"""Opens a lesson in JupyterLab: finds a working copy, a free port and a browser, and says if one is missing."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import IO, TYPE_CHECKING, NoReturn

from copydesk.course.lesson_names import named_lessons
from copydesk.course.settings import PACKAGED, lesson_slugs
from copydesk.lab.extension.settings import lab_environment
from copydesk.lab.working_copy import MANIFEST, copy_course
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

START_LIMIT_SECONDS = 60


class LabError(RuntimeError):
    """JupyterLab cannot be opened; the message says why and what to do."""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its server, where it listens, its token, and its working folder."""

    server: subprocess.Popen[bytes]
    address: str
    token: str
    work: Path

    def url(self, notebook: str, interface: str = "lab/tree") -> str:
        """Return the address of a notebook; ``interface="notebooks"`` gives that of Notebook 7, if it is installed."""
        return f"{self.address}/{interface}/{notebook}?token={self.token}"


def working_folder(root: Path) -> Path:
    """Return the folder for a learner's copy of the course: ``my-work`` in a clone, else in the current folder.

    If the current folder is such a copy, it is used.
    """
    current = Path.cwd()
    if (current / MANIFEST).is_file():
        return current
    return (current if root == PACKAGED else root) / "my-work"


@contextmanager
def running_lab(
    root: Path,
    work: Path,
    *,
    port: int | None = None,
    driven: bool = False,
    log: IO[str] | None = None,
    written: Iterable[str] = (),
) -> Iterator[Lab]:
    """Start JupyterLab on a working folder, wait until it answers, and stop it at the end.

    With ``driven``, for tests, pictures and measurements, it has its own settings, keeps answers in the working
    folder whatever the environment says, and lets a script reach it as ``window.jupyterapp``.
    Its messages go to ``log`` or, without one, to this program's output. ``written`` names notebooks in the folder
    that were just written for it, and that run by themselves as those of the course do.

    Raises:
        LabError: the port is taken, or JupyterLab does not start.
    """
    port = claim_port(port)
    token = secrets.token_urlsafe(24)
    command, environment = lab_command(work, port), lab_environment(root, work, token, written)
    if driven:
        command += ["--expose-app-in-browser", "--JupyterNotebookApp.expose_app_in_browser=True"]
        command.append(f"--LabApp.user_settings_dir={work / '.settings'}")
        command.append(f"--LabApp.workspaces_dir={work / '.workspaces'}")
        for name in ("COPYDESK_ANSWERS", "COPYDESK_RENDER"):
            environment.pop(name, None)
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        wait_until_ready(server, port, token)
        yield Lab(server, f"http://127.0.0.1:{port}", token, work)
    finally:
        stop(server)


def open_lab(
    root: Path,
    lesson: str,
    *,
    port: int | None,
    browser: bool,
    folder: Path | None,
    say: Callable[[str], object],
) -> int:
    """Open a lesson in JupyterLab and stay until it is closed; return its exit code.

    Raises:
        LabError: the port is taken, or JupyterLab does not start.
        LessonNameError: there is no such lesson.
    """
    notebook = find_notebook(root, lesson)
    work = (folder or working_folder(root)).resolve()
    changed = copy_course(root, work)
    greeting = [t("lab.greeting", folder=work)]
    if changed:
        greeting.append(t("lab.kept", files=", ".join(changed)))
    return open_notebook(root, work, notebook, port=port, browser=browser, say=say, greeting=greeting)


def open_notebook(
    root: Path,
    work: Path,
    notebook: str,
    *,
    port: int | None,
    browser: bool,
    say: Callable[[str], object],
    greeting: Iterable[str],
) -> int:
    """Open a notebook of a working folder in JupyterLab and stay until it is closed; return its exit code.

    The notebook belongs to the course or was just written by this program.

    Raises:
        LabError: the port is taken, or JupyterLab does not start.
    """
    stop_asked = Event()

    def interrupt(_number: int, _frame: object) -> NoReturn:
        """End as on Ctrl+C when the system asks to, so that no JupyterLab is left behind."""
        stop_asked.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    written = [] if (work / MANIFEST).is_file() else [notebook]
    try:
        with running_lab(root, work, port=port, written=written) as lab:
            address = lab.url(notebook)
            for line in greeting:
                say(line)
            if not (browser and open_browser(address)):
                say(t("lab.no_browser"))
            say(f"  {address}")
            say(t("lab.how_to_stop"))
            return exit_code(lab.server, stop_asked)
    except KeyboardInterrupt:
        return 0


def exit_code(server: subprocess.Popen[bytes], stop_asked: Event) -> int:
    """Wait until JupyterLab ends, or until the system asks to end it; return its exit code, or 0.

    The signal raises an exception, too, but one that is raised while an object is being cleared away gets lost.
    """
    while not stop_asked.is_set():
        with suppress(subprocess.TimeoutExpired):
            return server.wait(timeout=1)
    return 0


def find_notebook(root: Path, lesson: str) -> str:
    """Return the path of a lesson's notebook below the course root, by name or number; without either, of the first.

    Raises:
        LessonNameError: there is no such lesson; the message lists those that exist.
    """
    slugs = lesson_slugs(root)
    named = named_lessons([lesson], slugs) if lesson or not slugs else slugs
    return f"lessons/{named[0]}.ipynb"


def claim_port(port: int | None) -> int:
    """Return a free port, or the wanted one if it is free.

    Raises:
        LabError: the wanted port is taken.
    """
    with socket.socket() as probe:
        if os.name == "posix":  # on POSIX: even if a connection of the last run is not quite closed
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port or 0))
        except OSError:
            raise LabError(t("lab.port_taken", port=port)) from None
        number: int = probe.getsockname()[1]
        return number


def lab_command(work: Path, port: int) -> list[str]:
    """Return the command that starts JupyterLab: no browser of its own, no news, no check for updates."""
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={work}"]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url=None"]
    command += ["--LabApp.extension_manager=readonly", "--log-level=ERROR"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command


def wait_until_ready(server: subprocess.Popen[bytes], port: int, token: str) -> None:
    """Wait until JupyterLab answers.

    Raises:
        LabError: it ended, or did not answer in time.
    """
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/status", headers={"Authorization": f"token {token}"})
    until = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise LabError(t("lab.ended", code=server.returncode))
        try:
            with urllib.request.urlopen(request, timeout=2):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise LabError(t("lab.no_answer", seconds=START_LIMIT_SECONDS))


def open_browser(address: str) -> bool:
    """Open an address in the learner's browser; return whether one was found."""
    try:
        return webbrowser.open(address)
    except webbrowser.Error:
        return False


def stop(server: subprocess.Popen[bytes]) -> None:
    """End JupyterLab, politely first."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
