"""What can be wrong with the inputs and targets: their size, outliers, nothing in them, another range."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from glassnet.doctor.case import Case
from glassnet.doctor.finding import Finding, Severity, percent
from glassnet.model.task import REGRESSION

__all__ = ["constant_inputs", "input_scale", "other_range", "outliers", "target_scale"]

# Initialisers, and the usual learning rates, are made for inputs of a size about 1. An input r times as large
# makes the first layer's gradient r times as long, and each step act r times as much again: at r = 10 a rate
# acts as one a hundred times too high, at r = 1/100 as one ten thousand times too low. Pixels from 0 to 16 (r
# about 8) still train; pixels from 0 to 255 (r about 80) do not, or by luck.
LARGE, SMALL = 10.0, 0.01
UNEVEN = 1000.0
"""Features of which one is so many times as large as another: the smaller one is as good as not there."""
FAR = 100.0
"""Distance of an outlier from the median, in widths of what the middle half of the values spans."""
APART = 3.0
"""Sizes of two parts of the same data, as a ratio: they are divided at random, so they are the same."""
LARGE_TARGETS, SMALL_TARGETS = 100.0, 0.001
"""Deviation of a regression's targets: an output layer begins with answers of a size about 1."""
LOOKED_AT = 512

SCALE = (
    "Scale them: --set data.prepare=unit brings them to 0-1, --set data.prepare=standard to mean 0 and "
    "deviation 1 (in Python: Preparation.fit(data, ...))."
)


def constant_inputs(case: Case) -> Iterator[Finding]:
    """Samples that are all the same."""
    X = case.train.flat[: 4 * LOOKED_AT].astype(np.float64)
    if len(X) < 2 or not np.isfinite(X).all() or np.any(np.ptp(X, axis=0) > 1e-6 * abs(X).max(axis=0)):
        return
    zero = not X.any()
    yield Finding(
        "input_constant",
        "serious",
        "All inputs are zero" if zero else "All samples have the same inputs",
        f"Each of the {X.shape[1]:,} inputs is {'0' if zero else 'the same number'} in each of {len(X):,} "
        "training samples, so nothing tells them apart.",
        "Look at the data (glassnet data PATH): the wrong column or an empty picture was read.",
    )


def outliers(case: Case) -> Iterator[Finding]:
    """A few numbers that are far away from all others, such as -9999 for "missing"."""
    X = case.train.flat[: 4 * LOOKED_AT].astype(np.float64)
    if case.train.pixel_max is not None or len(X) < 20 or not np.isfinite(X).all():
        return
    low, middle, high = np.quantile(X, [0.25, 0.5, 0.75], axis=0)
    width = high - low
    if not width.any():
        return
    width = np.maximum(width, np.median(width[width > 0]))
    far = abs(X - middle) > FAR * width
    if not far.any():
        return
    values, times = np.unique(X[far], return_counts=True)
    commonest, how_often = float(values[times.argmax()]), int(times.max())
    column = int(far.sum(axis=0).argmax())
    yield Finding(
        "input_outliers",
        _severity(case),
        "A few numbers in the inputs are far away from all others",
        f"{percent(float(far.mean()))} of the numbers are more than {FAR:.0f} times as far from the median "
        f"as half of all are; the commonest of them is {commonest:g} ({how_often:,} times). In "
        f"{case.feature_name(column)}, the middle half lies from {low[column]:.4g} to {high[column]:.4g}.",
        "Is it a mark for missing values? Fill those in (the feature's mean is a beginning) or leave such "
        "samples out; where they are true, take their logarithm.",
    )


def input_scale(case: Case) -> Iterator[Finding]:
    """Inputs that are far too large, far too small, or very different from one another."""
    X = case.inputs(case.train, LOOKED_AT)
    size = np.sqrt(np.mean(X**2, axis=0))
    used = size[size > 0]
    if not used.size:
        return
    r = float(np.sqrt(np.mean(used**2)))
    if r > LARGE or r < SMALL:
        more, less = _about(r * r), _about(1 / (r * r))
        effect = f"{more} times as strongly as" if r > 1 else f"{less} times more weakly than"
        yield Finding(
            "input_not_scaled",
            _severity(case),
            f"The inputs are too {'large' if r > 1 else 'small'}",
            f"The network reads numbers from {X.min():.4g} to {X.max():.4g}, typically of the size {r:.3g}; "
            f"weights and rates are made for a size about 1. Each step acts about {effect} meant.",
            SCALE,
        )
    elif case.train.pixel_max is None and used.max() > UNEVEN * used.min():
        least = int(np.argmin(np.where(size > 0, size, np.inf)))
        most = int(np.argmax(size))
        yield Finding(
            "input_not_scaled",
            _severity(case),
            "The inputs are of very different sizes",
            f"{case.feature_name(most)} is typically {size[most]:.3g}, {case.feature_name(least)} "
            f"{size[least]:.3g}: beside the first, the network hardly sees the second.",
            SCALE.replace("--set data.prepare=unit brings them to 0-1, ", ""),
        )


def other_range(case: Case) -> Iterator[Finding]:
    """A part whose inputs are of another size than those that were learned."""
    learned = _size(case.inputs(case.train, LOOKED_AT))
    for name, part in case.unseen_parts.items():
        X = case.inputs(part, LOOKED_AT)
        size = _size(X)
        ratio = max(size, learned) / max(min(size, learned), 1e-30)
        if ratio > APART:
            yield Finding(
                "parts_differ",
                "serious",
                f"The {name} part is of another range than the training part",
                f"The network learned from numbers of the typical size {learned:.3g}; those of the {name} "
                f"part are {_about(ratio)} times as {'large' if size > learned else 'small'} ({X.min():.4g} "
                f"to {X.max():.4g}).",
                "Bring both to the same unit before they are read: pixels from 0 to 255 in both, or from 0 "
                "to 1 in both.",
            )


def target_scale(case: Case) -> Iterator[Finding]:
    """Targets of a regression that are far larger or smaller than what a new network answers."""
    if case.task is not REGRESSION or not case.lacking:
        return
    Y = case.targets(case.train)
    deviation = float(np.sqrt(np.square(Y - Y.mean(axis=0)).mean()))
    size = float(np.sqrt(np.square(Y).mean()))
    if deviation >= SMALL_TARGETS and size <= LARGE_TARGETS:
        return
    yield Finding(
        "targets_not_scaled",
        "serious" if case.failed else "warning",
        f"The targets are too {'large' if size > LARGE_TARGETS else 'small'}",
        f"They run from {Y.min():.4g} to {Y.max():.4g}, with a deviation of {deviation:.3g}. A new network "
        "answers with numbers of a size about 1, and the usual learning rates are made for targets of that "
        "size.",
        "Subtract their mean and divide by their deviation before training; multiply the answers back.",
    )


def _size(X: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.mean(X**2)))


def _about(x: float) -> str:
    """A large number in two digits."""
    return f"{float(f'{x:.2g}'):,.0f}"


def _severity(case: Case) -> Severity:
    return "serious" if case.failed else "warning"
