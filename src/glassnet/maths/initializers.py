"""How weights begin. Each: ``f(rng, D, K, dtype) -> W (D, K)`` for D inputs and K outputs.

``INITIALIZERS`` names them; :func:`initializer` also understands ``"normal(0.1)"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.typing import DTypeLike

from glassnet.maths.names import look_up
from glassnet.maths.types import Array

__all__ = [
    "INITIALIZERS", "he", "he_uniform", "initializer", "lecun", "lecun_uniform", "normal", "orthogonal",
    "xavier", "xavier_uniform", "zeros",
]  # fmt: skip

Weights = Annotated[Array, "{D} {K}"]
Initializer = Callable[[np.random.Generator, int, int, DTypeLike], Weights]


def normal(
    rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32, scale: float = 0.1
) -> Weights:
    """W ~ Normal(0, scale^2)        ->   W (D, K).

    >>> normal(np.random.default_rng(0), 1, 2, scale=0.5)
    array([[ 0.06286511, -0.06605243]], dtype=float32)
    """
    return (scale * rng.standard_normal((D, K))).astype(dtype)


def uniform(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike, deviation: float) -> Weights:
    """W ~ Uniform(-a, a) with a = sqrt(3) deviation, which has that standard deviation."""
    limit = np.sqrt(3) * deviation
    return rng.uniform(-limit, limit, (D, K)).astype(dtype)


def he(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Normal(0, 2 / D)        ->   W (D, K)        for ReLU and its kin (He et al. 2015, equation 10).

    >>> round(float(he(np.random.default_rng(0), 200, 300).var()), 4)
    0.01
    """
    return normal(rng, D, K, dtype, np.sqrt(2 / D))


def he_uniform(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Uniform(-a, a), a = sqrt(6 / D)        ->   W (D, K)        (He et al. 2015).

    >>> round(float(he_uniform(np.random.default_rng(0), 6, 300).max()), 2)
    1.0
    """
    return uniform(rng, D, K, dtype, np.sqrt(2 / D))


def xavier(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Normal(0, 2 / (D + K))        ->   W (D, K)        for tanh (Glorot and Bengio 2010, equation 12).

    >>> round(float(xavier(np.random.default_rng(0), 300, 100).var()), 4)
    0.005
    """
    return normal(rng, D, K, dtype, np.sqrt(2 / (D + K)))


def xavier_uniform(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Uniform(-a, a), a = sqrt(6 / (D + K))        ->   W (D, K)        (the same, equation 16).

    >>> round(float(xavier_uniform(np.random.default_rng(0), 500, 100).max()), 2)
    0.1
    """
    return uniform(rng, D, K, dtype, np.sqrt(2 / (D + K)))


def lecun(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Normal(0, 1 / D)        ->   W (D, K)        (LeCun et al. 1998, equation 16).

    In "Efficient BackProp"; it keeps the size of what passes an activation of slope 1.

    >>> round(float(lecun(np.random.default_rng(0), 100, 300).var()), 3)
    0.01
    """
    return normal(rng, D, K, dtype, np.sqrt(1 / D))


def lecun_uniform(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Uniform(-a, a), a = sqrt(3 / D)        ->   W (D, K)        (LeCun et al. 1998).

    >>> round(float(lecun_uniform(np.random.default_rng(0), 3, 300).max()), 2)
    1.0
    """
    return uniform(rng, D, K, dtype, np.sqrt(1 / D))


def zeros(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W = 0        ->   W (D, K)        to show that it does not learn: all hidden units stay alike.

    >>> zeros(np.random.default_rng(0), 1, 2)
    array([[0., 0.]], dtype=float32)
    """
    return np.zeros((D, K), dtype)


def orthogonal(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W^T W = 1 if D >= K, else W W^T = 1        ->   W (D, K)        (Saxe, McClelland and Ganguli 2014).

    >>> W = orthogonal(np.random.default_rng(0), 3, 2, float)
    >>> (W.T @ W).round(6) + 0.0
    array([[1., 0.],
           [0., 1.]])
    """
    Q, R = np.linalg.qr(rng.standard_normal((max(D, K), min(D, K))))
    Q *= np.sign(np.diag(R))  # without it Q is not drawn uniformly (Mezzadri 2007)
    return np.ascontiguousarray(Q if D >= K else Q.T, dtype=dtype)


INITIALIZERS: dict[str, Initializer] = {
    f.__name__: f
    for f in (he, he_uniform, xavier, xavier_uniform, lecun, lecun_uniform, orthogonal, zeros, normal)
}


def initializer(name: str) -> Initializer:
    """Find an initialiser by its name; ``"normal(s)"`` is the normal one with standard deviation s.

    Raises
    ------
    ValueError
        If there is none of that name.

    >>> initializer("normal(0.1)")(np.random.default_rng(0), 1, 2, "float32").shape
    (1, 2)
    """
    if match := re.fullmatch(r"normal\((\d*\.?\d+([eE][+-]?\d+)?)\)", name):
        scale = float(match[1])

        def scaled(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike) -> Weights:
            return normal(rng, D, K, dtype, scale)

        return scaled
    return look_up("initialiser", name, {**INITIALIZERS, "normal(0.1)": normal})
