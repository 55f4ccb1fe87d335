"""Has Sphinx make the pages of a staged book, and keeps what it has read and written for the next one."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from copydesk.atomic_write import replace_file
from copydesk.publish.sphinx_settings import PagesError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PAGES = frozenset({".md", ".ipynb"})
WRITTEN = "written"
"""The folder for pages as Sphinx writes them; finishing is done on a copy."""


@dataclass(frozen=True)
class Sources:
    """Fingerprints of a staged book: one for each page, and one for everything else."""

    pages: dict[str, str]
    frame: str

    def changed(self, earlier: Sources) -> set[str] | None:
        """Return the names of pages that differ from an earlier state; None if more than pages differ."""
        if self.frame != earlier.frame or self.pages.keys() != earlier.pages.keys():
            return None
        return {name for name, _ in self.pages.items() - earlier.pages.items()}


def make_pages(
    staged: Path, work: Path, state: str, *, fresh: bool = False, warn: Callable[[str], object] | None = None
) -> Path:
    """Make the pages of a staged book, and return a folder of them that may be changed.

    What Sphinx has read and written is kept in the folder ``work``, so that for the next book only changes are
    processed. Nothing made with another ``state`` of the software is used, and with ``fresh`` nothing at all.
    Warnings are errors, unless there is someone to tell: ``warn``. Of pages with warnings nothing is kept.

    Raises:
        PagesError: Sphinx reports something.
    """
    record, sources, written = work / "sources.json", _sources(staged, state), work / WRITTEN
    earlier = None if fresh else _earlier(record, written)
    changed = None if earlier is None else sources.changed(earlier)
    record.unlink(missing_ok=True)  # nothing left by an interrupted build is used
    warnings = _make_from_changed(staged, work, changed, with_warnings=warn is not None)
    if warnings and warn:
        warn(warnings)
    else:
        replace_file(record, json.dumps({**asdict(sources), "written": _fingerprint(written)}))
    html = work / "html"
    shutil.rmtree(html, ignore_errors=True)
    return Path(shutil.copytree(written, html, copy_function=shutil.copyfile))


def _make_from_changed(staged: Path, work: Path, changed: set[str] | None, *, with_warnings: bool) -> str:
    """Make the pages from earlier ones, if there are any and all goes well; otherwise from scratch.

    Returned are warnings, where pages may be made ``with_warnings``.
    """
    if changed is not None:
        try:
            return _run(staged, work, changed, with_warnings=with_warnings)
        except Exception:  # noqa: BLE001, S110  (whatever it was, what a fresh build says is what counts)
            pass
    for name in ("source", "doctrees", "jupyter_execute", WRITTEN):
        shutil.rmtree(work / name, ignore_errors=True)
    return _run(staged, work, (), with_warnings=with_warnings)


def load_sphinx() -> None:
    """Load Sphinx, which takes most of a second; best done while a notebook runs elsewhere."""
    import_module("copydesk.publish.sphinx_run")


def _run(staged: Path, work: Path, changed: Iterable[str], *, with_warnings: bool) -> str:
    from copydesk.publish.sphinx_run import run_sphinx  # noqa: PLC0415  (only the book needs Sphinx)

    _mirror(staged, work / "source")
    warnings = run_sphinx(work / "source", work / WRITTEN, work / "doctrees", changed)
    if warnings and not with_warnings:
        raise PagesError(warnings)
    return warnings


def _sources(staged: Path, state: str) -> Sources:
    pages: dict[str, str] = {}
    frame = hashlib.sha256(state.encode())
    for name, digest in _digests(staged):
        if PurePosixPath(name).suffix in PAGES:
            pages[name] = digest
        else:
            frame.update(f"{name} {digest}\n".encode())
    return Sources(pages, frame.hexdigest())


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and fingerprint of each file in a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _fingerprint(folder: Path) -> str:
    return hashlib.sha256(json.dumps(list(_digests(folder))).encode()).hexdigest()


def _earlier(record: Path, written: Path) -> Sources | None:
    """Return the sources of the last pages written; None if these are not all there unchanged."""
    try:
        data: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
        sources = Sources({name: str(digest) for name, digest in data["pages"].items()}, str(data["frame"]))
        return sources if data["written"] == _fingerprint(written) else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # never made, stopped, or damaged


def _mirror(staged: Path, source: Path) -> None:
    """Make a folder equal to another; an equal file keeps its modification time, which Sphinx relies on."""
    names = {path.relative_to(staged) for path in staged.rglob("*") if path.is_file()}
    for path in list(source.rglob("*")):
        if path.is_file() and path.relative_to(source) not in names:
            path.unlink()
    for name in sorted(names):
        new, old = staged / name, source / name
        if not old.is_file() or new.read_bytes() != old.read_bytes():
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(new, old)
