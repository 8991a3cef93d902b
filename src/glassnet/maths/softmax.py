"""The softmax over the last axis, in one place, and its logarithm."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import Array, NxK

__all__ = ["log_softmax", "log_softmax_vjp", "softmax", "softmax_vjp"]


def softmax(Z: NxK, out: NxK | None = None) -> NxK:
    """A = e^Z / sum over K of e^Z        Z (N, K)   ->   A (N, K), rows sum to 1.

    The row's maximum is taken off first, which changes nothing and cannot overflow. Inside, samples are
    columns: NumPy reduces over the first axis several times faster than over a short last one.

    >>> softmax(np.array([[0.0, np.log(3.0)]])).round(4)
    array([[0.25, 0.75]])
    """
    columns = Z.T.copy()
    columns -= np.max(columns, axis=0)
    np.exp(columns, out=columns)
    columns /= np.sum(columns, axis=0)
    return np.positive(columns.T, out=out, order="C")


def softmax_vjp(dA: NxK, Z: NxK, A: NxK, out: NxK | None = None) -> NxK:
    """dZ = A (dA - sum over K of A dA)        all (N, K).

    >>> softmax_vjp(np.array([[4.0, 0.0]]), np.array([[0.0, 1.0986]]), np.array([[0.25, 0.75]]))
    array([[ 0.75, -0.75]])
    """
    dZ: Array = np.subtract(dA, np.sum(A * dA, axis=-1, keepdims=True), out=out)
    dZ *= A
    return dZ


def log_softmax(Z: NxK, out: NxK | None = None) -> NxK:
    """L = Z - log sum over K of e^Z        Z (N, K)   ->   L (N, K).

    >>> log_softmax(np.array([[0.0, 0.0]])).round(4)
    array([[-0.6931, -0.6931]])
    """
    L: Array = np.subtract(Z, np.max(Z, axis=-1, keepdims=True), out=out)
    L -= np.log(np.sum(np.exp(L), axis=-1, keepdims=True))
    return L


def log_softmax_vjp(dL: NxK, Z: NxK, L: NxK, out: NxK | None = None) -> NxK:
    """dZ = dL - e^L sum over K of dL        all (N, K).

    >>> log_softmax_vjp(np.array([[1.0, 0.0]]), np.array([[0.0, 0.0]]), np.log([[0.5, 0.5]]))
    array([[ 0.5, -0.5]])
    """
    dZ: Array = np.multiply(np.exp(L), np.sum(dL, axis=-1, keepdims=True), out=out)
    return np.subtract(dL, dZ, out=dZ)
