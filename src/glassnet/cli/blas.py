"""Choosing the matrix kernels before NumPy loads.

The OpenBLAS inside NumPy's wheels carries kernels for several processors and picks one when it is
loaded. On processors that it does not know yet it takes the AVX2 ones ("Haswell") although AVX-512
would be nearly twice as fast, for instance on AMD's Zen 5. So the command line looks at the
processor's flags first.

Only SKYLAKEX is ever asked for. The newer names, COOPERLAKE and SAPPHIRERAPIDS, are not among the
kernels of NumPy's wheels (PRESCOTT, NEHALEM, SANDYBRIDGE, HASWELL, SKYLAKEX): OpenBLAS answers a
name that it lacks by choosing by itself, which on such a processor is Haswell again.
"""

import os
import sys
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Kernels", "choose_kernels", "choose_threads", "kernels"]

VARIABLE = "OPENBLAS_CORETYPE"
THREADS = "OPENBLAS_NUM_THREADS"
AVX512 = frozenset({"avx512f", "avx512bw", "avx512dq", "avx512cd", "avx512vl"})


@dataclass(frozen=True)
class Kernels:
    """Which kernels were asked for, and why; ``name`` is empty where OpenBLAS chooses by itself."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"Matrix kernels: {self.name or 'chosen by OpenBLAS'} ({self.reason})."


_chosen = Kernels("", "not started from the command line")


def kernels() -> Kernels:
    """Tell what :func:`choose_kernels` did."""
    return _chosen


def choose_kernels(
    environment: MutableMapping[str, str] = os.environ, cpuinfo: Path = Path("/proc/cpuinfo")
) -> Kernels:
    """Ask OpenBLAS for its AVX-512 kernels where the processor has them; call before NumPy is imported.

    Parameters
    ----------
    environment : mapping
        Where ``OPENBLAS_CORETYPE`` is looked up and set. What the user has set stays.
    cpuinfo : Path
        Linux's description of the processor; where it is missing nothing is done.

    Returns
    -------
    Kernels
        What was asked for and why.
    """
    global _chosen
    _chosen = _choose(environment, cpuinfo)
    if _chosen.name:
        environment[VARIABLE] = _chosen.name
    return _chosen


def choose_threads(
    wanted: int | None, trains: bool, environment: MutableMapping[str, str] = os.environ
) -> int | None:
    """Say how many threads OpenBLAS may take; call before NumPy is imported.

    What only reads or shows takes one: a second gains little there, and nothing beside other programs. A
    training finds out itself what pays.

    Parameters
    ----------
    wanted : int or None
        What the user asked for.
    trains : bool
        Whether the command trains a network.
    environment : mapping
        Where ``OPENBLAS_NUM_THREADS`` is looked up and set. What the user has set there stays.

    Returns
    -------
    int or None
        How many; None: all cores.
    """
    threads = wanted or (None if trains or THREADS in environment else 1)
    if threads is not None and "numpy" in sys.modules:  # too late for the environment
        from threadpoolctl import threadpool_limits

        threadpool_limits(threads, user_api="blas")
    elif threads is not None:
        environment[THREADS] = str(threads)
    return threads


def _choose(environment: MutableMapping[str, str], cpuinfo: Path) -> Kernels:
    if environment.get(VARIABLE):
        return Kernels(environment[VARIABLE], f"set by you in {VARIABLE}")
    flags = _flags(cpuinfo)
    if not flags:
        return Kernels("", "the processor's flags are not known here")
    if flags >= AVX512:
        return Kernels("SKYLAKEX", "the processor has AVX-512")
    return Kernels("", "the processor has no AVX-512")


def _flags(cpuinfo: Path) -> frozenset[str]:
    try:
        with cpuinfo.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if line.startswith("flags"):
                    return frozenset(line.partition(":")[2].split())
    except OSError:
        pass
    return frozenset()
