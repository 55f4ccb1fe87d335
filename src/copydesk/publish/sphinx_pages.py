"""Lets Sphinx make the pages of a staged book, and keeps what it has read and written for the next one."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from copydesk.atomic_write import replace_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAGES = frozenset({".md", ".ipynb"})
WRITTEN = "written"
"""The folder for pages as Sphinx writes them; a copy of it is finished."""


@dataclass(frozen=True)
class Sources:
    """Fingerprints of a staged book: of each page, and of all else together."""

    pages: dict[str, str]
    frame: str

    def changed(self, earlier: Sources) -> set[str] | None:
        """Return the names of pages that differ from an earlier state; None where more than pages differ."""
        if self.frame != earlier.frame or self.pages.keys() != earlier.pages.keys():
            return None
        return {name for name, _ in self.pages.items() - earlier.pages.items()}


def make_pages(staged: Path, work: Path, state: str, *, fresh: bool = False) -> Path:
    """Make the pages of a staged book, and return a folder with them that may be changed.

    In the folder ``work`` stays what Sphinx has read and written, so that with the next book it does so again only
    with what has changed. What was made with another ``state`` of the software is not used, and with ``fresh`` nothing.

    Raises:
        PagesError: Sphinx says something.
    """
    record, sources, written = work / "sources.json", _sources(staged, state), work / WRITTEN
    earlier = None if fresh else _earlier(record, written)
    changed = None if earlier is None else sources.changed(earlier)
    record.unlink(missing_ok=True)  # nothing that is left of a build which was stopped is used
    _make_from_changed(staged, work, changed)
    replace_file(record, json.dumps({**asdict(sources), "written": _fingerprint(written)}))
    html = work / "html"
    shutil.rmtree(html, ignore_errors=True)
    return Path(shutil.copytree(written, html, copy_function=shutil.copyfile))


def _make_from_changed(staged: Path, work: Path, changed: set[str] | None) -> None:
    """Make the pages from what is there of earlier ones, if anything is and all goes well; else from the beginning."""
    if changed is not None:
        try:
            _run(staged, work, changed)
        except Exception:  # noqa: BLE001  (whatever it was: what a fresh build says is what counts)
            changed = None
        else:
            return
    for name in ("source", "doctrees", "jupyter_execute", WRITTEN):
        shutil.rmtree(work / name, ignore_errors=True)
    _run(staged, work, ())


def load_sphinx() -> None:
    """Load Sphinx, which takes most of a second; a good moment is while a notebook runs elsewhere."""
    import_module("copydesk.publish.sphinx_run")


def _run(staged: Path, work: Path, changed: Iterable[str]) -> None:
    from copydesk.publish.sphinx_run import run_sphinx  # noqa: PLC0415  (only the book needs Sphinx)

    _mirror(staged, work / "source")
    run_sphinx(work / "source", work / WRITTEN, work / "doctrees", changed)


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
    """Yield the name and a fingerprint of each file in a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _fingerprint(folder: Path) -> str:
    return hashlib.sha256(json.dumps(list(_digests(folder))).encode()).hexdigest()


def _earlier(record: Path, written: Path) -> Sources | None:
    """Return the sources of the pages that were written last; None where these are not all there as they were."""
    try:
        data: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
        sources = Sources({name: str(digest) for name, digest in data["pages"].items()}, str(data["frame"]))
        return sources if data["written"] == _fingerprint(written) else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # never made, stopped, or damaged


def _mirror(staged: Path, source: Path) -> None:
    """Bring a folder to the state of another one; a file that is the same keeps its time, by which Sphinx goes."""
    names = {path.relative_to(staged) for path in staged.rglob("*") if path.is_file()}
    for path in list(source.rglob("*")):
        if path.is_file() and path.relative_to(source) not in names:
            path.unlink()
    for name in sorted(names):
        new, old = staged / name, source / name
        if not old.is_file() or new.read_bytes() != old.read_bytes():
            old.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(new, old)
