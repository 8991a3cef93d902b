"""Penalties on the weights (never on the biases), each with its derivative beneath it."""

from __future__ import annotations

import numpy as np

from glassnet.maths.types import DxK, Same

__all__ = ["add_elastic_net_vjp", "clip_column_norms", "elastic_net", "l1", "l1_vjp", "l2", "l2_vjp"]


def l1(W: Same, strength: float) -> float:
    """strength sum of |W|        W of any shape.

    >>> l1(np.array([3.0, -4.0]), 0.1).__round__(4)
    0.7
    """
    return strength * float(np.sum(np.abs(W)))


def l1_vjp(W: Same, strength: float) -> Same:
    """dW = strength sign(W)        W, dW of one shape; 0 at the kink.

    >>> l1_vjp(np.array([3.0, -4.0]), 0.5)
    array([ 0.5, -0.5])
    """
    return strength * np.sign(W)


def l2(W: Same, strength: float) -> float:
    """strength / 2 sum of W^2        W of any shape; halved, so that the derivative has no factor 2.

    >>> l2(np.array([3.0, -4.0]), 0.1)
    1.25
    """
    return strength / 2 * float(np.vdot(W, W))


def l2_vjp(W: Same, strength: float) -> Same:
    """dW = strength W        W, dW of one shape.

    >>> l2_vjp(np.array([3.0, -4.0]), 0.5)
    array([ 1.5, -2. ])
    """
    return strength * W


def elastic_net(W: Same, l1_strength: float, l2_strength: float) -> float:
    """l1_strength sum of |W| + l2_strength / 2 sum of W^2        (Zou and Hastie 2005).

    A penalty of strength 0 takes no time.

    >>> elastic_net(np.array([3.0, -4.0]), 0.1, 0.1).__round__(4)
    1.95
    """
    return (l1(W, l1_strength) if l1_strength else 0.0) + (l2(W, l2_strength) if l2_strength else 0.0)


def add_elastic_net_vjp(W: Same, l1_strength: float, l2_strength: float, dW: Same) -> None:
    """dW + l1_strength sign(W) + l2_strength W, in place: what the loss has put into dW stays.

    >>> dW = np.array([1.0, 1.0])
    >>> add_elastic_net_vjp(np.array([3.0, -4.0]), 0.1, 0.5, dW)
    >>> dW
    array([ 2.6, -1.1])
    """
    if l1_strength:
        dW += l1_vjp(W, l1_strength)
    if l2_strength:
        dW += l2_vjp(W, l2_strength)


def clip_column_norms(W: DxK, limit: float) -> None:
    """Shorten, in place, every column of W (D, K) that is longer than limit        (max-norm).

    A column holds the weights that lead into one unit (Srivastava et al. 2014, section 5.1).

    >>> W = np.array([[3.0, 0.3], [4.0, 0.4]])
    >>> clip_column_norms(W, 1.0)
    >>> W
    array([[0.6, 0.3],
           [0.8, 0.4]])
    """
    norms = np.sqrt(np.sum(W * W, axis=0))
    W *= limit / np.maximum(norms, limit)
