"""
Work shared among processes of this machine, or workers of a Dask cluster.

In come a function, what all of the work has in common, and items in order; out come the results in
that order. The items are dealt out in blocks of neighbors. A worker is told what is common once,
and a result is the same whoever worked it out: so one job, several, and a cluster give the same
bytes. Whoever asks for one job does the work itself.
"""

from __future__ import annotations

import itertools
import os
import pickle
import signal
import threading
import warnings
from collections import deque
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from syriamap.cache import code_of
from syriamap.errors import JobsError
from syriamap.files import SyriamapWarning, warn
from syriamap.files.collecting import collect_seldom, keep_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

__all__ = ["ALONE", "Crew", "cores"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_BLOCKS = 8
"""Blocks for each worker at the least, so that a bar moves on."""

_LEFT = 4
"""A block is at most this part of what each worker has left: all end at nearly one time."""

_NEIGHBORS = 4
"""Items of a block on a cluster."""

_LEAST_BLOCKS = 8
"""For a cluster of which the workers come and go: what is lost with one is worked out again."""

_LITTLE = 60_000
"""Less work than this for each worker is done sooner than a worker has begun."""

_WAIT = "20s"
"""How long a cluster may take to answer."""

_TRIES = 3


def cores() -> int:
    """Give the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class Crew:
    """
    Who does the work.

    Attributes
    ----------
    jobs
        Processes, whoever asks among them; 0 for as many as there are cores, fewer where there is
        little to do.
    scheduler
        Address of a Dask scheduler; its workers do the work, whatever `jobs` is.
    """

    jobs: int = 1
    scheduler: str = ""

    def workers(self, items: int, weight: float) -> int:
        """
        How many work; 1 says that whoever asks does the work.

        Parameters
        ----------
        items
            How many there are.
        weight
            Work of each; that of a day is the number of its places.
        """
        if self.scheduler:
            return max(items, 2) if items else 1  # never who asks
        if self.jobs:
            return min(self.jobs, max(items, 1))
        return max(1, min(cores(), items, int(items * weight / _LITTLE)))

    def each(
        self,
        work: Callable[[Any, Sequence[_Item]], list[_Result]],
        common: Any,
        items: Sequence[_Item],
        *,
        weight: float = 1.0,
        progress: Callable[[Sequence[_Item]], Iterable[_Item]] = iter,
        first: Callable[[], object] | None = None,
    ) -> list[_Result]:
        """
        Have the work done, and give the result of each item, in order.

        Parameters
        ----------
        work
            A function of a module: what is common and some neighboring items → a result for each.
        common
            What every worker needs; it is sent to each once.
        items
            What there is to do.
        weight
            As for :meth:`workers`.
        progress
            Gives the items back one by one, and may tell how far the work is.
        first
            What whoever asks does before any item, while workers of this machine begin; nobody
            does it for a cluster.

        Raises
        ------
        JobsError
            If a worker ended before its work, or no cluster answers.
        """
        count = self.workers(len(items), weight)
        shared = _Shared(common, pickle.dumps(common, protocol=pickle.HIGHEST_PROTOCOL), first)
        share = _on_cluster if self.scheduler else _in_processes
        total = len(items)
        cuts = _even_cuts(total) if self.scheduler else _meeting_cuts(total, count)
        blocks = [items[start:end] for start, end in itertools.pairwise(cuts)]
        found: list[_Result] = []
        bar = iter(progress(items))
        for block, (results, told) in zip(
            blocks, share(self, work, shared, blocks, count), strict=True
        ):
            for words in told:
                warn(words)
            found += results
            for _ in block:
                next(bar)
        next(bar, None)  # a bar that has given all is closed
        return found


ALONE = Crew()
"""One job: nothing is shared."""


def _even_cuts(total: int) -> list[int]:
    """Where blocks of nearly one size begin, and where the last one ends."""
    most = min(max(_LEAST_BLOCKS, total // _NEIGHBORS), total)
    return [total * number // most for number in range(most + 1)] if most else [0]


def _meeting_cuts(total: int, workers: int) -> list[int]:
    """
    Where blocks begin that are taken from both ends, and where the last one ends.

    One worker takes them from the end, all others from the start. Where they meet, blocks are
    small: nobody waits long for the last one of another.
    """
    most = max(total // (workers * _BLOCKS), 1)
    first, last = [0], [total]
    while (left := last[-1] - first[-1]) > 0:
        size = min(max(left // (workers * _LEFT), 1), most)
        for _ in range(max(workers - 1, 1)):
            first.append(min(first[-1] + size, last[-1]))
        if workers > 1:
            last.append(max(last[-1] - size, first[-1]))
    return sorted({*first, *last})


class _Shared(NamedTuple):
    """What the work has in common, as it is and as it is sent, and what is done before it."""

    common: Any
    body: bytes
    first: Callable[[], object] | None = None


# --- processes ----------------------------------------------------------------------------------

_COMMON: list[Any] = []
"""What the worker that this process is was told, in a list so that it can be set."""


def _begin(body: bytes) -> None:
    """Make this process a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked ends the workers
    collect_seldom()
    keep_memory()
    _COMMON[:] = [pickle.loads(body)]  # noqa: S301  (of the process that started this one)


def _block(work: Callable[[Any, Any], list[Any]], block: Any) -> tuple[list[Any], list[str]]:
    return _heard(work, _COMMON[0], block)


def _heard(
    work: Callable[[Any, Any], list[Any]], common: Any, block: Any
) -> tuple[list[Any], list[str]]:
    """Results of a block, and what is to be told of it."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", SyriamapWarning)
        results = work(common, block)
    return results, [str(one.message) for one in heard]


def _in_processes(
    crew: Crew, work: Any, shared: _Shared, blocks: Sequence[Any], count: int
) -> Iterator[tuple[list[Any], list[str]]]:
    """Who asks is one of the crew: it takes blocks from the end while the others take the first."""
    first = shared.first or (lambda: None)
    if count == 1:
        first()
        yield from (_heard(work, shared.common, block) for block in blocks)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        max_workers=count - 1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(shared.body,),
    )
    found: dict[int, Future[tuple[list[Any], list[str]]]] = {}
    waiting = deque(range(len(blocks)))
    try:
        for _ in range(min(count - 1, len(blocks)) if shared.first else 0):
            pool.submit(os.getpid)  # processes begin with what they are asked for first
        first()
        for number in range(len(blocks)):
            while True:
                begun = sum(not one.done() for one in found.values())
                for _ in range(min(2 * (count - 1) - begun, len(waiting))):  # one, and the next
                    early = waiting.popleft()
                    found[early] = pool.submit(_block, work, blocks[early])
                if not waiting or found[number].done():
                    break
                late = waiting.pop()
                found[late] = _tried(work, shared.common, blocks[late])
            yield found[number].result()
        pool.shutdown()
    except BrokenProcessPool as error:
        raise JobsError(
            f"one of {crew.jobs or count} jobs ended before its work was done (too little memory?);"
            " fewer --jobs would do"
        ) from error
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        raise


def _tried(work: Any, common: Any, block: Any) -> Future[tuple[list[Any], list[str]]]:
    """Do a block here; what it is refused for is told when its turn comes."""
    from concurrent.futures import Future

    done: Future[tuple[list[Any], list[str]]] = Future()
    try:
        done.set_result(_heard(work, common, block))
    except Exception as error:  # as that of a worker it is raised by `result`
        done.set_exception(error)
    return done


# --- a cluster ----------------------------------------------------------------------------------

_ONE_AT_A_TIME = threading.Lock()
"""A worker of a cluster may have several threads; the stages keep memories that have not."""


def _remembered(body: bytes) -> Any:
    return pickle.loads(body)  # noqa: S301  (of the process that asks the cluster)


def _block_there(work: Any, common: Any, block: Any) -> tuple[list[Any], list[str]]:
    with _ONE_AT_A_TIME:
        return _heard(work, common, block)


def _code_here() -> str:
    """Tell one version of the package from another."""
    root = Path(__file__).parent
    return code_of(*sorted(one.stem for one in root.iterdir() if one.name[0] not in "_."))


def _client(address: str) -> Any:
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise JobsError("--scheduler needs Dask: pip install 'syriamap[dask]'") from error
    try:
        client = distributed.Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise JobsError(f"{address}: no Dask scheduler answers there ({error})") from error
    try:
        codes = client.run(_code_here, on_error="return")
    except BaseException:
        client.close()
        raise
    other = sorted(worker for worker, code in codes.items() if code != _code_here())
    if not codes or other:
        client.close()
        if not codes:
            raise JobsError(f"{address}: the cluster has no worker")
        raise JobsError(f"{other[0]}: this worker has another syriamap than this machine, or none")
    return client


def _on_cluster(
    crew: Crew, work: Any, shared: _Shared, blocks: Sequence[Any], _: int
) -> Iterator[tuple[list[Any], list[str]]]:
    client = _client(crew.scheduler)
    futures: list[Any] = []
    try:
        # a task, so that it is made again where the only worker that has it is lost
        common = client.submit(_remembered, shared.body, pure=False, retries=_TRIES)
        futures += [
            client.submit(_block_there, work, common, block, pure=False, retries=_TRIES)
            for block in blocks
        ]
        for future in futures:
            yield _result(future, crew.scheduler)
    finally:
        client.cancel(futures, force=True)
        client.close()


def _result(future: Any, address: str) -> tuple[list[Any], list[str]]:
    distributed: Any = import_module("distributed")
    try:
        found: tuple[list[Any], list[str]] = future.result()
    except distributed.KilledWorker as error:
        raise JobsError(f"{address}: several workers ended over one block: {error}") from error
    return found
