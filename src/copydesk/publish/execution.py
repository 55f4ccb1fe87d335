"""Runs the notebooks of the book, each again only when something that it read has changed."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import tempfile
import time
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from importlib.util import source_from_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.publish.kernels import SILENT, kernel_environment, new_manager, reads_log
from copydesk.publish.software import PACKAGE, surroundings
from copydesk.release.notebooks import read_notebook, write_notebook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_client.manager import AsyncKernelManager
    from nbformat import NotebookNode

    from copydesk.publish.kernels import WaitingKernels

CELL_LIMIT_SECONDS = 120
START_SECONDS = 0.2
"""By this time kernels are starting."""

KEPT = 300
"""How many results are kept, the latest ones."""

STYLED_TABLE = re.compile(r"\bT_[0-9a-f]{5}(?=[_\"' ])")
"""How pandas names a styled table; its style sheet and the ids of its cells begin with that name."""

FORM = "3"
"""Changing this number makes everything run again that an earlier Copy Desk kept."""

DATA = ("seeds", "lessons", "exercises")
"""Folders of the course that its notebooks read from."""


class RunError(RuntimeError):
    """A notebook of the book failed; the message says which and how."""


@dataclass(frozen=True)
class Runs:
    """Notebooks of a course at ``root``, staged in ``source``, with the folder where results are kept."""

    root: Path
    source: Path
    results_folder: Path
    waiting: WaitingKernels | None = None
    """Kernels to use; without them, a notebook starts its own."""
    may_fail: bool = False
    """Whether a cell may fail or write to the error stream: then that is in its outputs, which are not kept."""

    def fill(
        self,
        *,
        fresh: bool = False,
        say: Callable[[str], object] = lambda _: None,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> list[str]:
        """Put outputs into every staged notebook; return the names of those that had to run.

        A kept result is used if the notebook's code, Python, the packages, the settings and every file of the course
        and of Copy Desk that the notebook opened last time are the same, and no file of the course has come or gone.
        With ``fresh`` none is used. While kernels start and this process is idle, it calls ``meanwhile``.

        Raises:
            RunError: a cell fails, or a notebook writes to the error stream.
        """
        from jupyter_core.utils import run_sync  # noqa: PLC0415  (comes with nbclient; works even in a running loop)

        fingerprint = self._fingerprint()
        books: dict[Path, NotebookNode] = {}
        due: dict[Path, NotebookNode] = {}
        results: dict[Path, Path] = {}
        for path in sorted(self.source.rglob("*.ipynb")):
            book = read_notebook(path, self._staged_name(path))
            books[path] = book
            results[path] = self.results_folder / f"{_key(book, fingerprint)}.json"
            if fresh or not self._restore(book, results[path]):
                due[path] = book
        if due:
            started = time.time()
            say(f"Running {len(due)} of {len(books)} notebooks; the others have not changed.")
            opened = run_sync(self._run_all)(due, meanwhile)
            for path, book in due.items():
                self._keep(book, results[path], opened[path], started)
        for path, book in books.items():
            path.write_bytes(write_notebook(book))
        return list(map(self._staged_name, due))

    def _staged_name(self, path: Path) -> str:
        return path.relative_to(self.source).as_posix()

    async def _run_all(self, books: dict[Path, NotebookNode], meanwhile: Callable[[], object]) -> dict[Path, set[Path]]:
        """Run notebooks, as many at a time as there are processors; return the files that each opened."""
        turn = asyncio.Semaphore(os.cpu_count() or 1)

        async def run(path: Path, book: NotebookNode) -> set[Path]:
            async with turn:
                return await self._run(path, book)

        asyncio.get_running_loop().call_later(START_SECONDS, meanwhile)
        results = await asyncio.gather(*map(run, books, books.values()), return_exceptions=True)
        opened: dict[Path, set[Path]] = {}
        for path, result in zip(books, results, strict=True):
            if isinstance(result, asyncio.CancelledError):
                raise KeyboardInterrupt from result  # nbclient has closed the kernels
            if isinstance(result, BaseException):
                raise result
            opened[path] = result
        return opened

    async def _run(self, path: Path, book: NotebookNode) -> set[Path]:
        """Run one notebook in its own kernel, without anyone's answers or settings; return the files that it opened."""
        metadata = deepcopy(book.metadata)
        if self.waiting is None:
            with tempfile.TemporaryDirectory(prefix="copydesk-run-", ignore_cleanup_errors=True) as name:
                folder = Path(name)
                environment = kernel_environment(self.root, folder)
                await self._execute(path, book, km=new_manager(), started={"env": environment, **SILENT})
                opened = _opened(reads_log(folder))
        else:
            kernel = await self.waiting.take()
            try:
                await kernel.run(f"import os; os.chdir({str(path.parent)!r})")
                await self._execute(path, book, km=kernel.manager, kc=kernel.client)
                opened = _opened(kernel.log)
            finally:
                await kernel.end()
        _number_tables(book)
        book.metadata = metadata  # not this machine's Python: with kept outputs, pages would differ
        if not self.may_fail:
            self._require_silence(path, book)
        return opened

    async def _execute(
        self,
        path: Path,
        book: NotebookNode,
        *,
        km: AsyncKernelManager,
        kc: AsyncKernelClient | None = None,
        started: dict[str, Any] | None = None,
    ) -> None:
        """Run the cells of a notebook in a kernel: ``kc`` is connected to it, or it is to be started as ``started``."""
        from nbclient import NotebookClient  # noqa: PLC0415  (only where something runs)
        from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError  # noqa: PLC0415

        resources = {"metadata": {"path": str(path.parent)}}
        options: Any = {"timeout": CELL_LIMIT_SECONDS, "record_timing": False, "allow_errors": self.may_fail}
        if kc is not None:
            options["shutdown_kernel"] = "immediate"  # nothing is left to do in it, and its end takes half a second
        client = NotebookClient(book, km=km, resources=resources, **options)
        client.kc = kc
        try:
            await client.async_execute(cleanup_kc=True, **(started or {}))
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            message = f"{self._staged_name(path)} failed:\n{error}"
            raise RunError(message) from error

    def _require_silence(self, path: Path, book: NotebookNode) -> None:
        for output in _outputs(book):
            if is_failure(output):
                name = self._staged_name(path)
                message = f"{name} writes to the error stream, which readers would see:\n{output.text}"
                raise RunError(message)

    def _fingerprint(self) -> str:
        """Return a fingerprint of the environment of all notebooks: Python, packages, settings, names of files."""
        about = surroundings() | {"files": sorted(self._data_files())}
        return hashlib.sha256(json.dumps(about).encode()).hexdigest()

    def _data_files(self) -> Iterator[str]:
        """Yield the names of all files and folders that notebooks may read."""
        for folder in DATA:
            for path in (self.root / folder).rglob("*"):
                if not _is_temporary(path):
                    yield path.relative_to(self.root).as_posix()

    def _restore(self, book: NotebookNode, result: Path) -> bool:
        """Put kept outputs, if still valid, into a notebook; return whether any were."""
        try:
            data = json.loads(result.read_text(encoding="utf-8"))
            for name, digest in data["reads"].items():
                if _digest(self._path(name)) != digest:
                    return False
            for cell, (count, outputs) in zip(_code(book), data["outputs"], strict=True):
                cell.execution_count, cell.outputs = count, list(map(_node, outputs))
        except (OSError, ValueError, KeyError, TypeError):
            return False  # never kept, or damaged
        with suppress(OSError):
            result.touch()
        return True

    def _keep(self, book: NotebookNode, result: Path, opened: Iterable[Path], started: float) -> None:
        """Keep the outputs of a notebook, with the files of the course that it opened; not those of one that failed."""
        if any(map(is_failure, _outputs(book))):
            return
        reads: dict[str, str] = {}
        for name in sorted(set(map(self._name, opened))):
            path = self._path(name)
            if not name or not path.is_file():
                continue
            reads[name] = _digest(path)
            if path.stat().st_mtime >= started:
                return  # it was changed meanwhile, so which state the notebook saw is unknown
        outputs = [[cell.execution_count, cell.outputs] for cell in _code(book)]
        with suppress(OSError):  # a folder that cannot be written to only costs time
            result.parent.mkdir(parents=True, exist_ok=True)
            new = result.with_suffix(f".{os.getpid()}")
            new.write_text(json.dumps({"reads": reads, "outputs": outputs}), encoding="utf-8", newline="\n")
            new.replace(result)
            for old in sorted(result.parent.glob("*.json"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
                old.unlink(missing_ok=True)

    def _name(self, path: Path) -> str:
        """Return the name under which an opened file is kept; empty for one outside the course and Copy Desk."""
        if "__pycache__" in path.parts and path.is_relative_to(PACKAGE):
            if path.suffix != ".pyc":
                return ""  # it is being written, from a source that was opened too
            path = Path(source_from_cache(path))
        if path.is_relative_to(PACKAGE):
            return f"copydesk:{path.relative_to(PACKAGE).as_posix()}"
        for top in (self.source, self.root):
            if path.is_relative_to(top) and path.relative_to(top).parts[0] in DATA and not _is_temporary(path):
                return path.relative_to(top).as_posix()
        return ""

    def _path(self, name: str) -> Path:
        top, _, below = name.rpartition(":")
        return (PACKAGE if top else self.root) / below


def _number_tables(book: NotebookNode) -> None:
    """Name styled tables in order: pandas names them at random, so each run would make a different page."""
    numbers: dict[str, str] = {}
    for output in _outputs(book):
        html = output.get("data", {}).get("text/html", "")
        for name in STYLED_TABLE.findall(html):
            numbers.setdefault(name, f"T_{len(numbers):05}")
        if STYLED_TABLE.search(html):
            output.data["text/html"] = STYLED_TABLE.sub(lambda match: numbers[match[0]], html)


def _key(book: NotebookNode, fingerprint: str) -> str:
    """Return the name for the result of a notebook: a different one if its code or its environment differs."""
    parts = [FORM, fingerprint]
    parts += [cell.source for cell in _code(book)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def is_failure(output: NotebookNode) -> bool:
    """Return whether an output is an error, or was written to the error stream."""
    return bool(output.output_type == "error" or (output.output_type == "stream" and output.name == "stderr"))


def _opened(log: Path) -> set[Path]:
    """Return the files that a kernel has logged."""
    return set(map(Path, log.read_text(encoding="utf-8").splitlines()))


def _outputs(book: NotebookNode) -> Iterator[NotebookNode]:
    for cell in _code(book):
        yield from cell.outputs


def _code(book: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in book.cells if cell.cell_type == "code"]


def _node(data: Any) -> NotebookNode:  # noqa: ANN401  (plain JSON)
    from nbformat import from_dict  # noqa: PLC0415

    return from_dict(data)  # type: ignore[no-untyped-call, no-any-return]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _is_temporary(path: Path) -> bool:
    """Return whether a file comes and goes by itself."""
    return "__pycache__" in path.parts or any(part.startswith(".") for part in path.parts)
