"""What a training's curve says: how steep it is at the end, and how far it led the weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glassnet.doctor.case import Case

__all__ = ["exponent", "leads_down", "way"]

DOWN = 0.8
"""Share of the epochs after which the loss is lower, in a training whose steps lead down."""


def exponent(losses: NDArray[np.float64]) -> float:
    """a of a loss that falls like 1 / t^a over the last fifth; an epoch's loss is that of its middle."""
    n, fifth = len(losses), max(1, len(losses) // 5)
    if n < 2 or losses[-1] <= 0 or losses[-1 - fifth] <= 0:
        return 0.0
    return float(np.log(losses[-1 - fifth] / losses[-1]) / np.log((n - 0.5) / (n - 0.5 - fifth)))


def leads_down(losses: NDArray[np.float64]) -> bool:
    """Whether the loss is lower after nearly every epoch."""
    return len(losses) > 1 and float(np.mean(np.diff(losses) < 0)) >= DOWN


def way(case: Case) -> float | None:
    """Distance of the weights from where they began, as a multiple of their length there."""
    if case.start is None or not case.trained:
        return None
    before, after = (n.theta[n.decayed].astype(np.float64) for n in (case.start, case.network))
    return float(np.linalg.norm(after - before) / max(float(np.linalg.norm(before)), 1e-30))
