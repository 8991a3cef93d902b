"""Batch normalisation (Ioffe and Szegedy 2015)."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import NxD, VectorD

__all__ = ["batch_norm", "batch_norm_affine", "batch_norm_vjp", "normalize", "running_average"]


def normalize(
    X: NxD, mean: VectorD, variance: VectorD, epsilon: float, out: NxD | None = None
) -> tuple[NxD, VectorD]:
    """X^ = (X - mean) s        s = 1 / sqrt(variance + epsilon)        X (N, D)   ->   X^ (N, D), s (D,).

    >>> normalize(np.array([[1.0], [5.0]]), np.array([3.0]), np.array([4.0]), 0.0)
    (array([[-1.],
           [ 1.]]), array([0.5]))
    """
    inverse_deviation = 1 / np.sqrt(variance + epsilon)
    normed = np.subtract(X, mean, out=out)
    normed *= inverse_deviation
    return normed, inverse_deviation


def batch_norm(normed: NxD, gamma: VectorD, beta: VectorD, out: NxD | None = None) -> NxD:
    """Z = gamma X^ + beta        X^ (N, D)   gamma, beta (D,)   ->   Z (N, D).

    >>> batch_norm(np.array([[-1.0], [1.0]]), np.array([2.0]), np.array([3.0]))
    array([[1.],
           [5.]])
    """
    Z = np.multiply(normed, gamma, out=out)
    Z += beta
    return Z


def batch_norm_vjp(
    dZ: NxD,
    normed: NxD,
    inverse_deviation: VectorD,
    gamma: VectorD,
    out: tuple[NxD | None, VectorD | None, VectorD | None] = (None, None, None),
) -> tuple[NxD, VectorD, VectorD]:
    """dX = gamma s (dZ - dbeta/N - X^ dgamma/N)        dgamma = sum dZ X^        dbeta = sum dZ.

    dZ, X^ (N, D)   s, gamma (D,)   ->   dX (N, D)   dgamma, dbeta (D,)

    Mean and variance of the batch depend on X too; that is where the two subtracted terms come from.

    >>> normed = np.array([[-1.0], [-1.0], [1.0], [1.0]])
    >>> dZ = np.array([[1.0], [0.0], [0.0], [0.0]])
    >>> batch_norm_vjp(dZ, normed, np.array([0.5]), np.array([2.0]))
    (array([[ 0.5],
           [-0.5],
           [ 0. ],
           [ 0. ]]), array([-1.]), array([1.]))
    """
    dX, dgamma, dbeta = out
    dgamma = np.sum(dZ * normed, axis=0, out=dgamma)
    dbeta = np.sum(dZ, axis=0, out=dbeta)
    N = len(dZ)
    dX = np.multiply(normed, dgamma / -N, out=dX)
    dX += dZ
    dX -= dbeta / N
    dX *= gamma * inverse_deviation
    return dX, dgamma, dbeta


def batch_norm_affine(
    gamma: VectorD, beta: VectorD, mean: VectorD, variance: VectorD, epsilon: float
) -> tuple[VectorD, VectorD]:
    """Z = factor X + offset        factor = gamma / sqrt(variance + epsilon)   offset = beta - mean factor.

    gamma, beta, mean, variance (D,)   ->   factor, offset (D,)        of statistics that stand still.

    >>> batch_norm_affine(np.array([2.0]), np.array([3.0]), np.array([5.0]), np.array([4.0]), 0.0)
    (array([1.]), array([-2.]))
    """
    factor = gamma / np.sqrt(variance + epsilon)
    return factor, beta - mean * factor


def running_average(running: VectorD, now: VectorD, momentum: float) -> None:
    """running <- momentum running + (1 - momentum) now        running, now (D,); in place.

    >>> r = np.array([1.0])
    >>> running_average(r, np.array([2.0]), 0.9)
    >>> r
    array([1.1])
    """
    running *= momentum
    running += (1 - momentum) * now
