"""The error function, which NumPy lacks, from Python's own ``math.erfc``.

For x >= 0, erfc(x) = e^(-x^2) P(u), where u = (6 - 5 x) / (6 + 3 x) takes x from 0 to 6 to u from 1 to -1,
and P is so smooth that a short polynomial is enough (the idea is that of Numerical Recipes, third edition,
section 6.2.2). Its coefficients are not copied from a table: they are interpolated at the Chebyshev points
when first needed.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from glassnet.maths.types import Array, Same

__all__ = ["erf"]

FURTHEST = 6.0
"""Beyond it erf is 1 to the last bit of a float64."""


def erf(X: Same) -> Same:
    """2 / sqrt(pi) times the integral of e^(-t^2) from 0 to X        any shape.

    Absolute error below 3e-7 in float32 and 2e-14 in float64.

    >>> erf(np.array([-1.0, 0.0, 0.5])).round(6)
    array([-0.842701,  0.      ,  0.5205  ])
    """
    x: Array = np.minimum(np.abs(X), FURTHEST)
    u = (6 - 5 * x) / (6 + 3 * x)
    P = np.zeros_like(x)
    for c in _coefficients(12 if X.dtype == np.float32 else 26):
        P *= u
        P += c
    P *= np.exp(-x * x)
    P -= 1
    return np.copysign(P, X, out=P)


@cache
def _coefficients(degree: int) -> tuple[float, ...]:
    """P's coefficients, highest power first."""

    def scaled_erfc(u: NDArray[np.float64]) -> Any:
        x = 6 * (1 - u) / (5 + 3 * u)
        return np.array([math.exp(v * v) * math.erfc(v) for v in x])

    power = chebyshev.cheb2poly(chebyshev.chebinterpolate(scaled_erfc, degree))
    return tuple(float(c) for c in power[::-1])
