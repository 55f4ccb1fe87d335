"""Distributes files to workers: this process, several on this machine, or a Dask cluster; the results are the same."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from copydesk._version import __version__
from copydesk.grading.files.limits import SubmittedFile
from copydesk.grading.files.problems import GradingError
from copydesk.grading.run.one_file import grade_file
from copydesk.text import followed, language_mark, t, use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from copydesk.grading.run.one_file import Outcome
    from copydesk.grading.run.rules import Rules
    from copydesk.text import CourseLanguage

BATCH_SIZE = 8
"""How many files a worker is given at a time."""

CONNECT_SECONDS = 30
LARGE_FILES = {"distributed.admin.large-graph-warning-threshold": "1 GB"}
"""Files are sent to Dask's workers with their tasks, and a notebook may be larger than Dask recommends."""

Other = TypeVar("Other")
Batch = list[SubmittedFile]
BatchOutcomes = list[list["Outcome"]]
"""The outcomes of each file of a batch."""

PendingOutcomes = Callable[[], BatchOutcomes]
"""Waits for the outcomes of the files of a batch."""


class WorkerPool(NamedTuple):
    """Workers in this process, in others, or on other machines.

    ``start`` begins on some files and returns a function that waits for their outcomes; ``batch_size`` is how many
    files it takes, and ``most_pending`` how many batches may be begun before the first is awaited.
    """

    start: Callable[[Batch], PendingOutcomes]
    batch_size: int
    most_pending: int


def map_submissions(
    files: Iterable[SubmittedFile | Other], rules: Rules, *, workers: int = 1, scheduler: str = ""
) -> Iterator[tuple[SubmittedFile | Other, list[Outcome]]]:
    """Yield each file with its outcomes, in order; anything that is not a document is passed on with none.

    ``scheduler`` is the address of a Dask scheduler; without one, ``workers`` processes on this machine do the work.

    Raises:
        GradingError: the scheduler cannot be reached, or the worker processes were killed from outside.
    """
    with _worker_pool(rules, workers, scheduler) as pool:
        pending: deque[tuple[list[SubmittedFile | Other], PendingOutcomes]] = deque()
        source = iter(files)
        while batch := list(islice(source, pool.batch_size)):
            documents = [file for file in batch if isinstance(file, SubmittedFile)]
            pending.append((batch, pool.start(documents) if documents else list))
            if len(pending) > pool.most_pending:
                yield from _results(*pending.popleft())
        while pending:
            yield from _results(*pending.popleft())


def _results(
    batch: Sequence[SubmittedFile | Other], pending: PendingOutcomes
) -> Iterator[tuple[SubmittedFile | Other, list[Outcome]]]:
    """Yield each file of a batch with its outcomes."""
    outcomes = iter(pending())
    for file in batch:
        yield file, next(outcomes) if isinstance(file, SubmittedFile) else []


def _worker_pool(rules: Rules, workers: int, scheduler: str) -> AbstractContextManager[WorkerPool]:
    if scheduler:
        return _cluster(rules, scheduler)
    return _processes(rules, workers) if workers > 1 else _this_process(rules)


@contextmanager
def _this_process(rules: Rules) -> Iterator[WorkerPool]:
    yield WorkerPool(lambda batch: partial(_grade_batch, batch, rules), batch_size=1, most_pending=0)


@contextmanager
def _processes(rules: Rules, workers: int) -> Iterator[WorkerPool]:
    context = get_context("spawn")  # the only way that works on every system
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(rules, followed())) as executor:
        try:
            yield WorkerPool(
                lambda batch: executor.submit(_grade_in_worker, batch).result,
                batch_size=BATCH_SIZE,
                most_pending=2 * workers,
            )
        except BrokenProcessPool as error:
            raise GradingError(t("workers.ended")) from error
        finally:
            executor.shutdown(cancel_futures=True)


_RULES: list[Rules] = []
"""In a worker process, the rules that it was started with."""


def _begin(rules: Rules, course_language: CourseLanguage) -> None:
    use(course_language)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    Thread(target=_end_with_parent, daemon=True).start()
    _RULES[:] = [rules]


def _end_with_parent() -> None:
    """End this process when the one that started it is killed, which it would not notice otherwise."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _grade_in_worker(batch: Batch) -> BatchOutcomes:
    return _grade_batch(batch, _RULES[0])


def _grade_batch(batch: Batch, rules: Rules) -> BatchOutcomes:
    return [grade_file(document, rules) for document in batch]


@contextmanager
def _cluster(rules: Rules, scheduler: str) -> Iterator[WorkerPool]:
    try:
        import dask  # noqa: PLC0415  (an optional extra)
        from distributed import Client, KilledWorker  # noqa: PLC0415  (the same)
    except ModuleNotFoundError as error:
        raise GradingError(t("workers.no_dask", library=error.name)) from error
    try:
        client = Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise GradingError(t("workers.no_scheduler", scheduler=scheduler)) from error
    with client, dask.config.set(LARGE_FILES):
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError as error:
            raise GradingError(t("workers.none", scheduler=scheduler)) from error
        try:
            shared = client.submit(_unchanged, rules, pure=False)  # if its worker ends, another one is given it
            setting = (__version__, language_mark())
            threads = sum(client.nthreads().values())  # type: ignore[no-untyped-call]

            def start(batch: Batch) -> PendingOutcomes:
                pending: PendingOutcomes = client.submit(
                    _grade_far_away, batch, shared, setting, followed(), pure=False
                ).result
                return pending

            yield WorkerPool(start, batch_size=BATCH_SIZE, most_pending=4 * threads)
        except KilledWorker as error:
            raise GradingError(t("workers.ended_in_cluster")) from error


def _unchanged(rules: Rules) -> Rules:
    return rules


def _grade_far_away(
    batch: Batch, rules: Rules, setting: tuple[str, str], course_language: CourseLanguage
) -> BatchOutcomes:
    use(course_language)
    own = (__version__, language_mark())
    if own != setting:
        raise GradingError(
            t(
                "workers.other_setting",
                version=own[0],
                language=own[1],
                other_version=setting[0],
                other_language=setting[1],
            )
        )
    return _grade_batch(batch, rules)
