"""Learning-rate schedules: ``schedule(progress) -> factor`` on the optimiser's learning rate.

``progress`` is the share of all steps that are done, in [0, 1); so a schedule does not change when the
number of epochs or the batch size does.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import Any

from glassnet.optim.optimizer import check

__all__ = ["Constant", "Cosine", "Exponential", "OneCycle", "Schedule", "StepDecay", "WarmUp"]


@dataclass(frozen=True)
class Schedule:
    """What all schedules share."""

    def __call__(self, progress: float) -> float:
        """Give the factor on the learning rate at this share of the training."""
        raise TypeError(f"{type(self).__name__} does not say its factor")

    def config(self) -> dict[str, Any]:
        """Kind and parameters, for a file."""
        return {"kind": type(self).__name__, **asdict(self)}


@dataclass(frozen=True)
class Constant(Schedule):
    """Always 1.

    >>> Constant()(0.5)
    1.0
    """

    def __call__(self, progress: float) -> float:
        return 1.0


@dataclass(frozen=True)
class StepDecay(Schedule):
    """gamma^k after the k-th part of the training; ``every`` is a part's share, in (0, 1].

    >>> StepDecay(every=0.5, gamma=0.1)(0.75)
    0.1
    """

    every: float = 1 / 3
    gamma: float = 0.1

    def __post_init__(self) -> None:
        check("every", self.every, 0 < self.every <= 1, "in (0, 1]")
        check("gamma", self.gamma, 0 < self.gamma <= 1, "in (0, 1]")

    def __call__(self, progress: float) -> float:
        # the small number mends 0.3 / 0.1 = 2.9999999999999996
        return float(self.gamma ** math.floor(progress / self.every + 1e-9))


@dataclass(frozen=True)
class Exponential(Schedule):
    """final^progress: falls evenly on a logarithmic scale from 1 to ``final``, in (0, 1].

    >>> Exponential(final=0.01)(0.5)
    0.1
    """

    final: float = 0.01

    def __post_init__(self) -> None:
        check("final", self.final, 0 < self.final <= 1, "in (0, 1]")

    def __call__(self, progress: float) -> float:
        return float(self.final**progress)


@dataclass(frozen=True)
class Cosine(Schedule):
    """Half a cosine from 1 to ``final``, in [0, 1]        (Loshchilov and Hutter 2017, equation 5).

    >>> round(Cosine()(0.5), 4)
    0.5
    """

    final: float = 0.0

    def __post_init__(self) -> None:
        check("final", self.final, 0 <= self.final <= 1, "in [0, 1]")

    def __call__(self, progress: float) -> float:
        return _half_cosine(1.0, self.final, progress)


@dataclass(frozen=True)
class OneCycle(Schedule):
    """Up from ``start`` to 1 during the ``warmup`` share, down to ``final`` after it, both in half cosines.

    Smith and Topin 2018; the shape with cosines is fastai's.

    >>> [round(OneCycle(warmup=0.5, start=0.0, final=0.0)(p), 4) for p in (0.0, 0.25, 0.5, 0.75)]
    [0.0, 0.5, 1.0, 0.5]
    """

    warmup: float = 0.3
    start: float = 0.04
    final: float = 1e-4

    def __post_init__(self) -> None:
        check("warmup", self.warmup, 0 <= self.warmup < 1, "in [0, 1)")
        check("start", self.start, 0 <= self.start <= 1, "in [0, 1]")
        check("final", self.final, 0 <= self.final <= 1, "in [0, 1]")

    def __call__(self, progress: float) -> float:
        if progress < self.warmup:
            return _half_cosine(self.start, 1.0, progress / self.warmup)
        return _half_cosine(1.0, self.final, (progress - self.warmup) / (1 - self.warmup))


@dataclass(frozen=True)
class WarmUp(Schedule):
    """In a straight line from 0 to 1 during the first ``fraction``, in (0, 1); then the schedule ``then``.

    >>> [WarmUp(0.5)(p) for p in (0.0, 0.25, 0.75)]
    [0.0, 0.5, 1.0]
    """

    fraction: float = 0.05
    then: Schedule = field(default_factory=Constant)

    def __post_init__(self) -> None:
        check("fraction", self.fraction, 0 < self.fraction < 1, "in (0, 1)")

    def __call__(self, progress: float) -> float:
        if progress < self.fraction:
            return progress / self.fraction
        return self.then((progress - self.fraction) / (1 - self.fraction))

    def config(self) -> dict[str, Any]:
        """Kind and parameters, for a file."""
        return {"kind": "WarmUp", "fraction": self.fraction, "then": self.then.config()}


def _half_cosine(first: float, last: float, share: float) -> float:
    return last + (first - last) * (1 + math.cos(math.pi * share)) / 2
