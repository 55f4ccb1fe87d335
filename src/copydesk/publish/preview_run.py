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
from typing import TYPE_CHECKING, NoReturn

from platformdirs import user_cache_path

from copydesk.course.documents import ContentError, Problem
from copydesk.lab.jupyterlab import LabError, claim_port, open_browser
from copydesk.publish.course_part import PARTS
from copydesk.publish.edition import Edition
from copydesk.publish.preview import EDITION, Preview
from copydesk.publish.preview_pages import described
from copydesk.publish.preview_server import PreviewServer
from copydesk.publish.work_folder import work_folder
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from copydesk.publish.preview import Built

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

FIRST_PORT, PORTS = 20_000, 20_000


def run_preview(
    root: Path,
    *,
    lessons: Sequence[str],
    port: int | None,
    browser: bool,
    check: Callable[[], Iterable[Problem]],
    say: Callable[[str], object],
) -> int:
    """Show the course at ``root`` in the browser and keep its pages up to date until Ctrl+C; return the exit code.

    ``check`` returns the problems of the course.

    Raises:
        LabError: the port is taken.
    """
    _quiet_libraries()
    _listen_to_system()
    edition = Edition(learner=EDITION.learner, article=EDITION.article, lessons=tuple(lessons))
    with work_folder(user_cache_path("copydesk") / "previews", root, edition) as work:
        preview = Preview(root, work, lessons=lessons)
        server = PreviewServer(chosen_port(root, port), preview.lessons)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            if not (browser and open_browser(server.address)):
                say(t("lab.no_browser"))
            say(f"  {server.address}")
            say(t("preview.how_to_stop"))
            _keep_up_to_date(preview, server, check, say)
        except KeyboardInterrupt:
            say(t("preview.ended"))
        finally:
            server.close()
            preview.kernels.close()
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


def _keep_up_to_date(
    preview: Preview,
    server: PreviewServer,
    check: Callable[[], Iterable[Problem]],
    say: Callable[[str], object],
) -> None:
    """Build, and again after each change, for ever."""
    preview.read()
    found = _refresh(preview, server, check, [], say)
    for _ in changes(preview.root):
        changed = preview.read()
        if changed:
            found = _refresh(preview, server, check, [problem for problem in found if problem.file not in changed], say)


def _refresh(
    preview: Preview,
    server: PreviewServer,
    check: Callable[[], Iterable[Problem]],
    earlier: list[Problem],
    say: Callable[[str], object],
) -> list[Problem]:
    """Build the pages and show them; then check the course, while kernels for the next build start.

    Until it is checked, problems that were found ``earlier``, in files that are as they were, stay. Returned are those
    found now.
    """
    server.tell("building", t("preview.building"))
    started = perf_counter()
    built = preview.build()
    seconds = perf_counter() - started
    if built.site is not None:
        server.show(built.site, built.name)
    _tell(server, built, [*built.problems, *earlier], is_checked=False)
    say(_line(built, seconds))
    with ThreadPoolExecutor(1) as pool:
        checked = pool.submit(_checked, check)
        preview.kernels.start()
        problems = checked.result()
    _tell(server, built, [*built.problems, *problems])
    _quiet_libraries()
    _listen_to_system()  # what runs notebooks takes the signals for itself, and gives them back as they were at first
    return problems


def _tell(server: PreviewServer, built: Built, problems: Iterable[Problem], *, is_checked: bool = True) -> None:
    """Tell the open pages that a build is done, and what is wrong."""
    distinct = list(dict.fromkeys(problems))
    shown = described(distinct, built.files, server.pages())
    time = f"{datetime.now().astimezone():%H:%M:%S}"
    if built.site is None:
        server.tell("failed", t("preview.failed", time=time), shown)
    elif not is_checked:
        server.tell("ready", t("preview.checking", time=time), shown)
    elif distinct:
        server.tell("ready", t("preview.ready_but", time=time, count=len(distinct)), shown)
    else:
        server.tell("ready", t("preview.ready", time=time), shown)


def _line(built: Built, seconds: float) -> str:
    """Return what the terminal says of a build."""
    if built.site is not None:
        return t("preview.built", seconds=f"{seconds:.1f}")
    return t("preview.not_built", problems="\n".join(f"  {problem}" for problem in built.problems))


def _checked(check: Callable[[], Iterable[Problem]]) -> list[Problem]:
    try:
        return list(check())
    except ContentError as error:
        return error.problems


def changes(root: Path) -> Iterator[None]:
    """Yield whenever files of the course at ``root`` may have been saved, for ever; also when watching has begun."""
    from watchfiles import watch  # noqa: PLC0415  (only a preview needs it)

    while True:
        folders = watched_folders(root)
        is_new = True
        for changed in watch(
            *folders,
            watch_filter=lambda _, path: is_source(Path(path), root),
            debounce=LONGEST_WAIT_MILLISECONDS,
            step=QUIET_MILLISECONDS,
            rust_timeout=LOOK_MILLISECONDS,
            yield_on_timeout=True,
            raise_interrupt=True,
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


def _quiet_libraries() -> None:
    """Let libraries say only what went wrong; one that Sphinx loads turns everything on."""
    logging.getLogger().setLevel(logging.ERROR)


def _listen_to_system() -> None:
    """End as on Ctrl+C when the system asks to, so that no kernel is left behind."""
    signal.signal(signal.SIGTERM, _interrupt)


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt
