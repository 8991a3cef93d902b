"""Gradient clipping, in place."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import Array

__all__ = ["clip_by_norm", "clip_by_value"]


def clip_by_norm(grad: Array, limit: float) -> float:
    """Shorten grad to the length ``limit`` when it is longer; give its length before.

    Pascanu, Mikolov and Bengio 2013, algorithm 1.

    >>> g = np.array([3.0, 4.0])
    >>> clip_by_norm(g, 1.0), g
    (5.0, array([0.6, 0.8]))
    """
    norm = float(np.linalg.norm(grad))
    if norm > limit:
        grad *= limit / norm
    return norm


def clip_by_value(grad: Array, limit: float) -> None:
    """Bring every component of grad into [-limit, limit].

    >>> g = np.array([3.0, -4.0, 0.5])
    >>> clip_by_value(g, 1.0)
    >>> g
    array([ 1. , -1. ,  0.5])
    """
    np.clip(grad, -limit, limit, out=grad)
