"""Prepares a notebook whose Python runs in the browser: fetches numpy, pandas and matplotlib, or replaces them."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import warnings
from contextlib import nullcontext, suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from symtable import symtable
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from IPython.core.getipython import get_ipython

from copydesk.course.current import follow_current_course
from copydesk.text import t

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from symtable import Symbol

    from IPython.core.interactiveshell import ExecutionInfo, InteractiveShell

FETCHED = ("numpy", "pandas", "matplotlib")
"""Packages that are too large to travel with the course; Pyodide offers them on the internet."""

HALF_FILLED = (dict, list, set)
"""Types of values that a cell may have begun to fill before it stopped."""


class MissingPartError(RuntimeError):
    """A cell uses a package that could not be fetched; the message names it."""

    def __init__(self, name: str) -> None:
        super().__init__(t("browser.needs", name=name))


async def ready(fetch: Callable[[Sequence[str]], Awaitable[object]] | None = None) -> None:
    """Fetch the packages that notebooks use; if one cannot be had, say so once, and in each cell that needs it.

    ``fetch`` is Pyodide's own way unless another is given.
    """
    follow_current_course()
    save_without_locks()
    if fetch is None:
        fetch = importlib.import_module("pyodide_js").loadPackage
    with suppress(Exception):  # whatever stops it, the reader is told below
        await fetch(FETCHED)
    importlib.invalidate_caches()
    missing = [name for name in FETCHED if is_missing(name)]
    if missing:
        sys.meta_path.append(StandIns(missing))
        if shell := get_ipython():
            MissingPartNotice(shell).register()
        print(t("browser.missing", names=", ".join(missing)))  # noqa: T201


def is_missing(name: str) -> bool:
    """Return whether a package is absent or replaced by a stand-in."""
    spec = importlib.util.find_spec(name)
    return spec is None or isinstance(spec.loader, StandIns)


def save_without_locks() -> None:
    """Let answers be saved without a lock: JupyterLite's drive never releases one, and a page has only one writer."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="only soft file lock")
        answers = importlib.import_module("copydesk.answers.store")
    answers.FileLock = nullcontext  # type: ignore[attr-defined]


class MissingPartNotice:
    """Lets a cell that needs a missing part say so and count as done: *Run All* would stop after a failed cell.

    What such a cell would have made is missing too, so the cells that use it say the same.
    """

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self.symbols: list[Symbol] = []

    def register(self) -> None:
        """Start listening to the cells of the shell."""
        self.shell.events.register("pre_run_cell", self.read_symbols)
        self.shell.set_custom_exc((Exception,), self.explain)  # type: ignore[no-untyped-call]

    def read_symbols(self, info: ExecutionInfo) -> None:
        """Remember the names that are in a cell."""
        self.symbols = []
        with suppress(SyntaxError):
            code = self.shell.transform_cell(info.raw_cell)  # type: ignore[no-untyped-call]
            self.symbols = symtable(code, "cell", "exec").get_symbols()

    def explain(self, _shell: object, _kind: object, error: Exception, *_: object, **__: object) -> None:
        """Name the missing part if a cell failed because of it; show any other error as usual."""
        cause = error if isinstance(error, MissingPartError) else self.missing_part()
        if cause is None:
            self.shell.showtraceback(running_compiled_code=True)
            return
        print(cause)  # noqa: T201
        self.replace_results(cause)

    def missing_part(self) -> MissingPartError | None:
        """Return the error of the first stand-in that the cell uses, if any."""
        for symbol in self.symbols:
            value = self.shell.user_ns.get(symbol.get_name())
            if symbol.is_referenced() and isinstance(value, StandIn):
                return value.error
        return None

    def replace_results(self, cause: MissingPartError) -> None:
        """Put a stand-in in place of each value that the cell did not make, or made only in part."""
        values = self.shell.user_ns
        for symbol in self.symbols:
            name = symbol.get_name()
            if symbol.is_assigned() and (name not in values or isinstance(values[name], HALF_FILLED)):
                values[name] = StandIn(cause)


class StandIn:
    """A value of a missing package: it can be named, and raises the error of its package when it is used."""

    def __init__(self, error: MissingPartError) -> None:
        self.error = error

    def __getattr__(self, name: str) -> StandIn:
        if name.startswith("_"):
            raise AttributeError(name)
        return self

    def __repr__(self) -> str:
        return str(self.error)

    def __instancecheck__(self, instance: object) -> bool:
        return False

    def _use(self, *_: object, **__: object) -> NoReturn:
        raise self.error

    __call__ = __getitem__ = __setitem__ = __iter__ = __enter__ = __len__ = __bool__ = _use


class StandIns(MetaPathFinder, Loader):
    """Finds a module for every import from the missing packages."""

    def __init__(self, packages: Sequence[str]) -> None:
        self.packages = frozenset(packages)

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """Return a module whose names are all stand-ins, for a module of a missing package."""
        if fullname.partition(".")[0] not in self.packages:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the module."""
        return StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: there is nothing to run."""


class StandInModule(ModuleType):
    """A module of a missing package."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Return a stand-in for any name."""
        if name.startswith("_"):
            raise AttributeError(name)
        return StandIn(MissingPartError(self.__name__.partition(".")[0]))
