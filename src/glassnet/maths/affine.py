"""The affine map, the one place where a network multiplies matrices."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import DxK, NxD, NxK, VectorK

__all__ = ["affine", "affine_vjp", "affine_vjp_parameters"]


def affine(X: NxD, W: DxK, b: VectorK, out: NxK | None = None) -> NxK:
    """Z = X W + b        X (N, D)   W (D, K)   b (K,)   ->   Z (N, K).

    >>> affine(np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([5.0]))
    array([[16.]])
    """
    Z = np.matmul(X, W, out=out)
    Z += b
    return Z


def affine_vjp(
    dZ: NxK, X: NxD, W: DxK, out: tuple[NxD | None, DxK | None, VectorK | None] = (None, None, None)
) -> tuple[NxD, DxK, VectorK]:
    """dX = dZ W^T        dW = X^T dZ        db = sum over N of dZ.

    dZ (N, K)   X (N, D)   W (D, K)   ->   dX (N, D)   dW (D, K)   db (K,)

    >>> affine_vjp(np.array([[1.0]]), np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]))
    (array([[3., 4.]]), array([[1.],
           [2.]]), array([1.]))
    """
    dW, db = affine_vjp_parameters(dZ, X, out=out[1:])
    return np.matmul(dZ, W.T, out=out[0]), dW, db


def affine_vjp_parameters(
    dZ: NxK, X: NxD, out: tuple[DxK | None, VectorK | None] = (None, None)
) -> tuple[DxK, VectorK]:
    """dW = X^T dZ        db = sum over N of dZ        (a first layer has nobody to hand dX to).

    dZ (N, K)   X (N, D)   ->   dW (D, K)   db (K,)

    >>> affine_vjp_parameters(np.array([[1.0]]), np.array([[1.0, 2.0]]))
    (array([[1.],
           [2.]]), array([1.]))
    """
    dW, db = out
    ones = np.ones_like(dZ, shape=len(dZ))  # as 1^T dZ the sum takes half of np.sum's time
    return np.matmul(X.T, dZ, out=dW), np.matmul(ones, dZ, out=db)
