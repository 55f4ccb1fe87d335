"""Keeps a preview up to date: builds, shows, checks, and builds again when a file of the course is saved."""

from __future__ import annotations

import logging
import signal
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from platformdirs import user_cache_path

from copydesk.course.documents import ContentError, Problem
from copydesk.lab.jupyterlab import LabError, claim_port, open_browser
from copydesk.publish.course_part import PARTS
from copydesk.publish.edition import Edition
from copydesk.publish.preview import EDITION, Preview, unexpected_problem
from copydesk.publish.preview_pages import amounts, described
from copydesk.publish.preview_server import PreviewServer
from copydesk.publish.work_folder import work_folder
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from copydesk.publish.preview import Built

    Check = Callable[[], tuple[list[Problem], list[Problem]]]

DERIVED = "exercises"
"""The folder of a course that a release makes from its solutions; what is in it is not written by anyone."""

SOURCES = frozenset(
    {".cff", ".csv", ".css", ".gif", ".html", ".ipynb", ".jpeg", ".jpg", ".js", ".md", ".png", ".svg", ".txt"}
    | {".webp", ".yaml", ".yml"}
)
"""The endings of files that people save in a course; editors give their temporary ones others."""

QUIET_MILLISECONDS = 50
"""Files are saved one after the other, or emptied first: a build waits until nothing has changed for this time."""

LONGEST_WAIT_MILLISECONDS = 1000
LOOK_MILLISECONDS = 1000
"""How often we look whether a folder of the course has come or gone."""

WAKE_SECONDS = 0.2
"""How often a command that waits looks whether Ctrl+C was pressed; Windows interrupts no longer wait."""

END_LIMIT_SECONDS = 15
FIRST_PORT, PORTS = 20_000, 20_000


class Checked(NamedTuple):
    """What a check of the course has found: problems, and what is still open in it, such as texts to write."""

    problems: list[Problem]
    open: list[Problem]


def run_preview(
    root: Path,
    *,
    lessons: Sequence[str],
    port: int | None,
    browser: bool,
    check: Check,
    say: Callable[[str], object],
) -> int:
    """Show the course at ``root`` in the browser and keep its pages up to date until Ctrl+C; return the exit code.

    ``check`` returns the problems of the course, and what is still open in it.

    Raises:
        LabError: the port is taken.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    edition = Edition(learner=EDITION.learner, article=EDITION.article, lessons=tuple(lessons))
    with work_folder(user_cache_path("copydesk") / "previews", root, edition) as work:
        preview = Preview(root, work, lessons=lessons)
        server = PreviewServer(chosen_port(root, port), preview.lessons)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        builder = _Builder(preview, server, check, say)
        try:
            if not (browser and open_browser(server.address)):
                say(t("lab.no_browser"))
            say(f"  {server.address}")
            say(t("preview.how_to_stop"))
            builder.start()
            builder.wait()
        except KeyboardInterrupt:
            say(t("preview.ended"))
        finally:
            builder.stop()
            server.close()
    return 0


def chosen_port(root: Path, port: int | None) -> int:
    """Return the wanted port, or the course's own if it is free, or any.

    A browser keeps answers by address: with a port of its own, each course on a computer has answers of its own, and
    finds them again tomorrow.

    Raises:
        LabError: the wanted port is taken.
    """
    if port is not None:
        return claim_port(port)
    try:
        return claim_port(FIRST_PORT + zlib.crc32(str(root).encode()) % PORTS)
    except LabError:
        return claim_port(None)


class _Builder(threading.Thread):
    """Builds, and again after each change; a thread of its own, as what runs notebooks would take Ctrl+C for itself."""

    def __init__(
        self,
        preview: Preview,
        server: PreviewServer,
        check: Check,
        say: Callable[[str], object],
    ) -> None:
        super().__init__(daemon=True)
        self._preview, self._server, self._check, self._say = preview, server, check, say
        self._stopped = threading.Event()
        self._checked = Checked([], [])
        self._error: BaseException | None = None

    def wait(self) -> None:
        """Wait until it ends by itself, which it does only where it fails: then raise its error."""
        while self.is_alive():
            self.join(WAKE_SECONDS)
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """Let it come to an end, in the middle of a build if need be."""
        self._stopped.set()
        self._preview.kernels.stop()
        if self.is_alive():
            self.join(END_LIMIT_SECONDS)

    def run(self) -> None:
        """Build until it is stopped."""
        try:
            self._preview.read()
            self._refresh(set())
            for _ in changes(self._preview.root, self._stopped):
                changed = self._preview.read()
                if changed:
                    self._refresh(changed)
        except Exception as error:  # noqa: BLE001  (told where the command waits)
            if not self._stopped.is_set():
                self._error = error
        finally:
            self._preview.kernels.close()

    def _refresh(self, changed: set[str]) -> None:
        """Build the pages and show them; then check the course, while kernels for the next build start.

        Until it is checked, problems that were found earlier, in files that are as they were, stay.
        """
        self._server.tell("building", t("preview.building"))
        started = perf_counter()
        built = self._preview.build()
        if self._stopped.is_set():
            return
        if built.site is not None:
            self._server.show(built.site, built.name)
        earlier = Checked(*([one for one in part if one.file not in changed] for part in self._checked))
        _tell(self._server, built, earlier, is_checked=False)
        self._say(_line(built, perf_counter() - started))
        with ThreadPoolExecutor(1) as pool:
            checked = pool.submit(_checked, self._check, built)
            self._preview.kernels.start()
            self._checked = checked.result()
        _tell(self._server, built, self._checked)
        logging.getLogger().setLevel(logging.ERROR)  # a library that Sphinx loads turns every message on


def _tell(server: PreviewServer, built: Built, checked: Checked, *, is_checked: bool = True) -> None:
    """Tell the open pages that a build is done, and what is wrong."""
    distinct = dict.fromkeys([*built.problems, *checked.problems])
    pages = server.pages()
    shown = described(distinct, built.files, pages) + described(checked.open, built.files, pages, are_open=True)
    time = f"{datetime.now().astimezone():%H:%M:%S}"
    if built.site is None:
        server.tell("failed", t("preview.failed", time=time), shown)
    elif not is_checked:
        server.tell("ready", t("preview.checking", time=time), shown)
    elif shown:
        server.tell("ready", t("preview.ready_but", time=time, what=amounts(shown)), shown)
    else:
        server.tell("ready", t("preview.ready", time=time), shown)


def _line(built: Built, seconds: float) -> str:
    """Return what the terminal says of a build."""
    if built.site is not None:
        return t("preview.built", seconds=f"{seconds:.1f}")
    return t("preview.not_built", problems="\n".join(f"  {problem}" for problem in built.problems))


def _checked(check: Check, built: Built) -> Checked:
    """Return what a check finds; an error that no one has thought of counts only where nothing else explains it."""
    try:
        return Checked(*check())
    except ContentError as error:
        return Checked(error.problems, [])
    except Exception as error:  # noqa: BLE001  (the preview goes on, whatever an unfinished course leads to)
        return Checked([] if built.problems else [unexpected_problem(error)], [])


def changes(root: Path, stopped: threading.Event) -> Iterator[None]:
    """Yield whenever files of the course at ``root`` may have been saved, until stopped; also once watching began."""
    from watchfiles import watch  # noqa: PLC0415  (only a preview needs it)

    while not stopped.is_set():
        folders = watched_folders(root)
        is_new = True
        for changed in watch(
            *folders,
            watch_filter=lambda _, path: is_source(Path(path), root),
            debounce=LONGEST_WAIT_MILLISECONDS,
            step=QUIET_MILLISECONDS,
            rust_timeout=LOOK_MILLISECONDS,
            yield_on_timeout=True,
            stop_event=stopped,
        ):
            if changed or is_new:
                is_new = False
                yield
            if watched_folders(root) != folders:
                break


def watched_folders(root: Path) -> list[Path]:
    """Return the folders of a course in which people write."""
    folders = [root / part for part in PARTS if part != DERIVED or not (root / "solutions").is_dir()]
    return [folder for folder in folders if folder.is_dir()]


def is_source(path: Path, root: Path) -> bool:
    """Return whether a file of the course is one that people save, and not one that a program keeps for a moment."""
    parts = path.relative_to(root).parts if path.is_relative_to(root) else path.parts
    is_hidden = any(part.startswith((".", "~", "#", "_build", "__pycache__")) for part in parts)
    return path.suffix.lower() in SOURCES and not is_hidden


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
