"""Kernels for the notebooks of a book: where they run, and some that are started before they are needed."""

from __future__ import annotations

import asyncio
import os
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_client.manager import AsyncKernelManager

START_LIMIT_SECONDS = 60
SILENT: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
"""What a kernel itself prints, not its cells, is for no one."""

RECORDER = """
import os, sys
def _record(event, arguments, log=open(os.environ["COPYDESK_READS"], "a", encoding="utf-8", buffering=1)):
    if event == "open" and isinstance(arguments[0], (str, os.PathLike)):
        log.write(os.path.abspath(arguments[0]) + "\\n")
sys.addaudithook(_record)
"""
"""Run by a kernel as it starts; from then on, it logs each file that it opens."""

PRELOADED = (
    "copydesk.desk.desk",
    "copydesk.views.content",
    "copydesk.views.html",
    "copydesk.views.widget",
    "copydesk.figures",
    "matplotlib.pyplot",
    "pandas",
)
"""What most lessons import; a kernel that waits has time for it."""

PRELOAD = "\n".join(f"try: import {name}\nexcept ImportError: pass" for name in PRELOADED)


def kernel_environment(root: Path, folder: Path) -> dict[str, str]:
    """Return the variables of a kernel for the course at ``root``: without anyone's answers or settings.

    What it needs is in ``folder``; the files that it opens are logged there, in ``reads``.
    """
    startup = folder / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00-reads.py").write_text(RECORDER, encoding="utf-8", newline="\n")
    (folder / "matplotlibrc").touch()
    return {
        **os.environ,
        "MATPLOTLIBRC": str(folder / "matplotlibrc"),  # no one's own settings: figures would differ
        "PYTHONHASHSEED": "0",
        "TZ": "UTC",
        "COPYDESK_COURSE": str(root),
        "COPYDESK_RENDER": "static",
        "COPYDESK_ANSWERS": str(folder / "answers"),
        "COPYDESK_READS": str(reads_log(folder)),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "IPYTHONDIR": str(folder / "ipython"),
        "PYTHONUTF8": "1",
    }


def reads_log(folder: Path) -> Path:
    """Return the file in which a kernel with this folder logs what it opens."""
    return folder / "reads"


def new_manager() -> AsyncKernelManager:
    """Return the manager of a kernel that runs this Python, whatever is installed."""
    from jupyter_client.kernelspec import KernelSpecManager  # noqa: PLC0415  (only where something runs)
    from jupyter_client.manager import AsyncKernelManager  # noqa: PLC0415

    return AsyncKernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))


@dataclass(frozen=True)
class WaitingKernel:
    """A kernel that has started and imported what most lessons need; it runs one notebook."""

    manager: AsyncKernelManager
    client: AsyncKernelClient
    folder: tempfile.TemporaryDirectory[str]

    @property
    def log(self) -> Path:
        """The file with the names of the files that it has opened."""
        return reads_log(Path(self.folder.name))

    async def run(self, code: str) -> None:
        """Run code that leaves no output and does not count.

        Raises:
            RuntimeError: the kernel has died.
        """
        message = self.client.execute(code, silent=True, store_history=False)
        while await self.manager.is_alive():
            with suppress(Empty):
                reply = await self.client.get_shell_msg(timeout=1)
                if reply["parent_header"].get("msg_id") == message:
                    return
        raise RuntimeError

    async def end(self) -> None:
        """End the kernel at once, if it still runs, and remove what it leaves."""
        self.client.stop_channels()
        self.client.context.destroy(linger=0)  # no one else does: the client has made it for itself
        if self.manager.has_kernel:
            await self.manager.shutdown_kernel(now=True)
        self.folder.cleanup()


class WaitingKernels:
    """Kernels for the course at ``root``, each used once. Some wait until they are needed; ``start`` replaces those.

    All but ``stop`` belong to one thread.
    """

    def __init__(self, root: Path, count: int) -> None:
        """Start none yet."""
        self._root, self._count = root, count
        self._kernels: list[WaitingKernel] = []
        self._running: list[AsyncKernelManager] = []
        self._is_stopped = False

    def start(self) -> None:
        """Start as many as were taken; it takes a second or two, so do it in a quiet moment."""
        from jupyter_core.utils import run_sync  # noqa: PLC0415

        run_sync(self._start)()

    async def take(self) -> WaitingKernel:
        """Return one that waits and is still alive, or start one."""
        while self._kernels:
            kernel = self._kernels.pop()
            if await kernel.manager.is_alive():
                return kernel
            await kernel.end()
        return await self._started(preload="")

    def close(self) -> None:
        """End all that wait."""
        from jupyter_core.utils import run_sync  # noqa: PLC0415

        run_sync(self._end)()

    def stop(self) -> None:
        """Kill all kernels, so that a run comes to an end; for another thread."""
        self._is_stopped = True
        for manager in self._running:
            process = getattr(manager.provisioner, "process", None)
            if process is not None:
                process.kill()

    async def _start(self) -> None:
        missing = self._count - len(self._kernels)
        self._kernels += await asyncio.gather(*(self._started(PRELOAD) for _ in range(missing)))

    async def _end(self) -> None:
        while self._kernels:
            await self._kernels.pop().end()

    async def _started(self, preload: str) -> WaitingKernel:
        """Start a kernel, connect to it and let it import something.

        Raises:
            RuntimeError: it does not start, or was stopped.
        """
        folder = tempfile.TemporaryDirectory(prefix="copydesk-run-", ignore_cleanup_errors=True)
        manager = new_manager()
        environment = kernel_environment(self._root, Path(folder.name))
        if self._is_stopped:
            raise RuntimeError
        await manager.start_kernel(cwd=folder.name, env=environment, **SILENT)
        self._running = [other for other in self._running if other.has_kernel] + [manager]
        client = manager.client()
        client.start_channels()
        kernel = WaitingKernel(manager, client, folder)
        try:
            await client.wait_for_ready(timeout=START_LIMIT_SECONDS)
            client.allow_stdin = False
            await kernel.run(preload)
        except BaseException:
            await kernel.end()
            raise
        return kernel
