"""How many threads the matrix products take: as many as pay, on this machine, as busy as it is now.

OpenBLAS's threads wait for one another actively. Where another program holds a core, each product waits
for the thread that was put aside, and two threads can be ten times slower than one. With another number of
threads sums are added up in another order, so a run keeps its bits only with the same number: it is chosen
before the first step, and noted in the run's recipe.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from glassnet.nn import Network

__all__ = ["available_threads", "choose_threads", "limit_threads"]

MIN_OPERATIONS_PER_STEP = 100_000_000
"""Multiplications and additions of a step; below, handing the work to a second thread takes what it gains."""

MIN_GAIN = 1.15
"""Several threads must be so many times as fast as one, in the sum over the rounds, stalls included."""

MAX_OPERATIONS_TRIED = 300_000_000
"""Of a larger batch a part is tried."""

MAX_ROUNDS = 6
MAX_SECONDS = 0.1


def available_threads() -> int:
    """As many threads as OpenBLAS would take: the cores, or what OPENBLAS_NUM_THREADS says."""
    from threadpoolctl import ThreadpoolController

    pools = ThreadpoolController().select(user_api="blas").info()
    return max((pool["num_threads"] for pool in pools), default=1)


@contextmanager
def limit_threads(threads: int | None) -> Iterator[None]:
    """Within the block, matrix products take so many threads; None: as many as before."""
    if threads is None:
        yield
        return
    from threadpoolctl import threadpool_limits

    with threadpool_limits(threads, user_api="blas"):
        yield


def choose_threads(network: Network, batch_size: int, available: int | None = None) -> int:
    """One thread or all of them, whichever is faster for this network's steps just now.

    Small steps take one without being measured. Of large ones a few are tried on a copy, in turn with one
    thread and with all.

    Parameters
    ----------
    network : Network
        It stays as it is.
    batch_size : int
        Samples in a step.
    available : int, optional
        How many there are; by default :func:`available_threads`.

    Returns
    -------
    int
    """
    most = available_threads() if available is None else available
    per_sample = 6 * network.n_parameters  # for each weight 2 operations forward, 4 backward
    if most == 1 or per_sample * batch_size < MIN_OPERATIONS_PER_STEP:
        return 1
    one, several = _seconds(_one_step(network, min(batch_size, MAX_OPERATIONS_TRIED // per_sample + 1)), most)
    return most if several * MIN_GAIN < one else 1


def _one_step(network: Network, batch_size: int) -> Callable[[], Any]:
    """A training step on a copy, with samples of no meaning."""
    twin = network.copy()
    rng = np.random.default_rng(0)
    X = rng.random((batch_size, network.n_inputs), np.float32).astype(network.dtype)
    Y = np.full((batch_size, network.n_outputs), 1 / network.n_outputs, network.dtype)
    return lambda: twin.step_gradients(X, Y)


def _seconds(step: Callable[[], Any], most: int) -> tuple[float, float]:
    """The time of some steps with one thread, and with all of them, in turn."""
    spent = {1: 0.0, most: 0.0}
    for threads in spent:  # the first step of each makes buffers and threads
        with limit_threads(threads):
            step()
    began = time.perf_counter()
    for _ in range(MAX_ROUNDS):
        for threads in spent:
            with limit_threads(threads):
                start = time.perf_counter()
                step()
                spent[threads] += time.perf_counter() - start
        if time.perf_counter() - began > MAX_SECONDS:
            break
    return spent[1], spent[most]
