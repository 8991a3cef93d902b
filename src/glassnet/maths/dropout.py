"""Inverted dropout (Srivastava et al. 2014): kept units are scaled up, so that inference is the identity."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import NxD, Same

__all__ = ["dropout", "dropout_mask", "dropout_vjp"]


def dropout_mask(rng: np.random.Generator, rate: float, out: Same) -> Same:
    """M = 1 / (1 - rate) with probability 1 - rate, else 0        rate: the share that is dropped.

    >>> M = dropout_mask(np.random.default_rng(0), 0.5, np.empty((2, 3)))
    >>> M
    array([[2., 0., 0.],
           [0., 2., 2.]])
    """
    rng.random(dtype=out.dtype.type, out=out)
    np.greater_equal(out, rate, out=out)
    out *= 1 / (1 - rate)
    return out


def dropout(X: NxD, mask: NxD, out: NxD | None = None) -> NxD:
    """A = X M        X, M (N, D)   ->   A (N, D).

    >>> dropout(np.array([[1.0, 2.0]]), np.array([[0.0, 2.0]]))
    array([[0., 4.]])
    """
    return np.multiply(X, mask, out=out)


def dropout_vjp(dA: NxD, mask: NxD, out: NxD | None = None) -> NxD:
    """dX = dA M        dA, M (N, D)   ->   dX (N, D).

    >>> dropout_vjp(np.array([[1.0, 2.0]]), np.array([[0.0, 2.0]]))
    array([[0., 4.]])
    """
    return np.multiply(dA, mask, out=out)
