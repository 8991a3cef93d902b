"""Learning-rate schedules: ``schedule(progress) -> factor`` on the optimiser's learning rate.

``progress`` is the share of all steps that are done, in [0, 1); so a schedule does not change when the
number of epochs or the batch size does.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any, ClassVar

from glassnet.maths.names import look_up, register
from glassnet.optim.settings import Between, PositiveFraction, Share, UpToOne, check_settings

__all__ = [
    "SCHEDULES", "Constant", "Cosine", "Exponential", "OneCycle", "Schedule", "StepDecay", "WarmUp",
    "schedule_named",
]  # fmt: skip

SCHEDULES: dict[str, type[Schedule]] = {}
"""The names by which recipes and estimators know them; a class enters itself when it is defined."""


@dataclass(frozen=True)
class Schedule:
    """What all schedules share.

    A subclass is a dataclass: its fields are what it can be set to, each with its default, its range and
    what it means. Recipes, pages and estimators offer what the class says.
    """

    name: ClassVar[str]

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        if "name" in vars(cls):
            register(SCHEDULES, cls.name, cls)

    def __post_init__(self) -> None:
        check_settings(self)

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

    name = "constant"

    def __call__(self, progress: float) -> float:
        return 1.0


@dataclass(frozen=True)
class StepDecay(Schedule):
    """gamma^k after the k-th part of the training; ``every`` is a part's share, in (0, 1].

    >>> StepDecay(every=0.5, gamma=0.1)(0.75)
    0.1
    """

    name = "step"

    every: Annotated[PositiveFraction, "share of the training between two steps"] = 0.25
    gamma: Annotated[PositiveFraction, "factor of each step"] = 0.1

    def __call__(self, progress: float) -> float:
        # the small number mends 0.3 / 0.1 = 2.9999999999999996
        return float(self.gamma ** math.floor(progress / self.every + 1e-9))


@dataclass(frozen=True)
class Exponential(Schedule):
    """final^progress: falls evenly on a logarithmic scale from 1 to ``final``, in (0, 1].

    >>> Exponential(final=0.01)(0.5)
    0.1
    """

    name = "exponential"

    final: Annotated[PositiveFraction, "factor on the rate at the end"] = 0.01

    def __call__(self, progress: float) -> float:
        return float(self.final**progress)


@dataclass(frozen=True)
class Cosine(Schedule):
    """Half a cosine from 1 to ``final``, in [0, 1]        (Loshchilov and Hutter 2017, equation 5).

    >>> round(Cosine()(0.5), 4)
    0.5
    """

    name = "cosine"

    final: Annotated[UpToOne, "factor on the rate at the end"] = 0.0

    def __call__(self, progress: float) -> float:
        return _half_cosine(1.0, self.final, progress)


@dataclass(frozen=True)
class OneCycle(Schedule):
    """Up from ``start`` to 1 during the ``warmup`` share, down to ``final`` after it, both in half cosines.

    Smith and Topin 2018; the shape with cosines is fastai's.

    >>> [round(OneCycle(warmup=0.5, start=0.0, final=0.0)(p), 4) for p in (0.0, 0.25, 0.5, 0.75)]
    [0.0, 0.5, 1.0, 0.5]
    """

    name = "one_cycle"

    warmup: Annotated[Share, "share of the training in which the rate rises"] = 0.3
    start: Annotated[UpToOne, "factor on the rate at the start"] = 0.04
    final: Annotated[UpToOne, "factor on the rate at the end"] = 1e-4

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

    fraction: Between = 0.05
    then: Schedule = field(default_factory=Constant)

    def __call__(self, progress: float) -> float:
        if progress < self.fraction:
            return progress / self.fraction
        return self.then((progress - self.fraction) / (1 - self.fraction))

    def config(self) -> dict[str, Any]:
        """Kind and parameters, for a file."""
        return {"kind": "WarmUp", "fraction": self.fraction, "then": self.then.config()}


def schedule_named(name: str) -> type[Schedule]:
    """The class of that name in ``SCHEDULES``.

    Raises
    ------
    ValueError
        If there is none.

    >>> schedule_named("cosine")()
    Cosine(final=0.0)
    """
    return look_up("schedule", name, SCHEDULES)


def _half_cosine(first: float, last: float, share: float) -> float:
    return last + (first - last) * (1 + math.cos(math.pi * share)) / 2
