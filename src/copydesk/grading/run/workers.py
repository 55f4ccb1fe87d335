"""Says who does the work: this process, several of this machine, or those of a Dask cluster; the results are one."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from copydesk._version import __version__
from copydesk.grading.files.limits import Document
from copydesk.grading.files.problems import GradingError
from copydesk.grading.run.one_file import settle
from copydesk.text import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from copydesk.grading.run.one_file import Outcome
    from copydesk.grading.run.rules import Rules

AT_ONCE = 8
"""How many files a worker is given at a time."""

CONNECT_SECONDS = 30
LARGE_FILES = {"distributed.admin.large-graph-warning-threshold": "1 GB"}
"""Files are sent to Dask's workers with their tasks, and a notebook may be larger than Dask thinks wise."""

Known = TypeVar("Known")
Batch = list[Document]
Results = list[list["Outcome"]]
"""What each file of a batch comes to."""

Settling = Callable[[], Results]
"""Waits for the results of a batch that somebody works on."""


class Crew(NamedTuple):
    """Somebody who does the work.

    ``start`` begins on some files and returns a function that waits for what they come to; ``at_once`` is how many
    files it takes, and ``ahead`` how many times it may be called before the first result is waited for.
    """

    start: Callable[[Batch], Settling]
    at_once: int
    ahead: int


def map_submissions(
    files: Iterable[Document | Known], rules: Rules, *, workers: int = 1, scheduler: str = ""
) -> Iterator[tuple[Document | Known, list[Outcome]]]:
    """Yield each file with what it comes to, in their order; what is no document is passed on, with nothing.

    ``scheduler`` is the address of a Dask scheduler; without one, ``workers`` processes of this machine do the work.

    Raises:
        GradingError: the scheduler cannot be reached, or the worker processes were ended from outside.
    """
    with _crew(rules, workers, scheduler) as crew:
        waiting: deque[tuple[list[Document | Known], Settling]] = deque()
        source = iter(files)
        while batch := list(islice(source, crew.at_once)):
            documents = [each for each in batch if isinstance(each, Document)]
            waiting.append((batch, crew.start(documents) if documents else list))
            if len(waiting) > crew.ahead:
                yield from _results(*waiting.popleft())
        while waiting:
            yield from _results(*waiting.popleft())


def _results(batch: Sequence[Document | Known], settled: Settling) -> Iterator[tuple[Document | Known, list[Outcome]]]:
    found = iter(settled())
    for each in batch:
        yield each, next(found) if isinstance(each, Document) else []


def _crew(rules: Rules, workers: int, scheduler: str) -> AbstractContextManager[Crew]:
    if scheduler:
        return _cluster(rules, scheduler)
    return _pool(rules, workers) if workers > 1 else _alone(rules)


@contextmanager
def _alone(rules: Rules) -> Iterator[Crew]:
    yield Crew(lambda batch: lambda: [settle(each, rules) for each in batch], at_once=1, ahead=0)


@contextmanager
def _pool(rules: Rules, workers: int) -> Iterator[Crew]:
    context = get_context("spawn")  # the only way that every system has
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(rules,)) as pool:
        try:
            yield Crew(lambda batch: pool.submit(_work, batch).result, at_once=AT_ONCE, ahead=2 * workers)
        except BrokenProcessPool as error:
            msg = "a worker process was ended from outside; is there enough memory? Try again with fewer workers"
            raise GradingError(msg) from error
        finally:
            pool.shutdown(cancel_futures=True)


_RULES: list[Rules] = []
"""In a worker process: the rules that it was started with."""


def _begin(rules: Rules) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    Thread(target=_end_with_parent, daemon=True).start()
    _RULES[:] = [rules]


def _end_with_parent() -> None:
    """End this process when the one that started it is killed, which nobody else would tell it."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(batch: Batch) -> Results:
    return [settle(each, _RULES[0]) for each in batch]


@contextmanager
def _cluster(rules: Rules, scheduler: str) -> Iterator[Crew]:
    try:
        import dask  # noqa: PLC0415  (an optional extra)
        from distributed import Client, KilledWorker  # noqa: PLC0415  (the same)
    except ModuleNotFoundError as error:
        msg = f"--scheduler needs {error.name}. It comes with the extra: pip install 'copydesk[cluster]'"
        raise GradingError(msg) from error
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        msg = f"no Dask scheduler answers at {scheduler}; start one with `dask scheduler`, and workers with it"
        raise GradingError(msg) from error
    with client, dask.config.set(LARGE_FILES):
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError as error:
            msg = f"the Dask scheduler at {scheduler} has no workers; start some with `dask worker {scheduler}`"
            raise GradingError(msg) from error
        try:
            shared = client.submit(_same, rules, pure=False)  # should its worker end, another one is given it
            setting = (__version__, language())
            threads = sum(client.nthreads().values())  # type: ignore[no-untyped-call]

            def start(batch: Batch) -> Settling:
                settling: Settling = client.submit(_work_far_away, batch, shared, setting, pure=False).result
                return settling

            yield Crew(start, at_once=AT_ONCE, ahead=4 * threads)
        except KilledWorker as error:
            msg = "several workers of the Dask cluster ended over the same files; have they enough memory?"
            raise GradingError(msg) from error


def _same(rules: Rules) -> Rules:
    return rules


def _work_far_away(batch: Batch, rules: Rules, setting: tuple[str, str]) -> Results:
    here = (__version__, language())
    if here != setting:
        msg = f"a worker of the cluster has Copy Desk {' in '.join(here)}, this machine {' in '.join(setting)}"
        raise GradingError(msg)
    return [settle(each, rules) for each in batch]
