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
    """W ~ Normal(0, scale^2)."""
    return (scale * rng.standard_normal((D, K))).astype(dtype)


def uniform(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike, deviation: float) -> Weights:
    """W ~ Uniform(-a, a) with a = sqrt(3) deviation, which has that standard deviation."""
    limit = np.sqrt(3) * deviation
    return rng.uniform(-limit, limit, (D, K)).astype(dtype)


def he(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Normal(0, 2 / D)        for ReLU and its kin (He et al. 2015, equation 10)."""
    return normal(rng, D, K, dtype, np.sqrt(2 / D))


def he_uniform(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Uniform with variance 2 / D        (He et al. 2015)."""
    return uniform(rng, D, K, dtype, np.sqrt(2 / D))


def xavier(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Normal(0, 2 / (D + K))        for tanh (Glorot and Bengio 2010, equation 12)."""
    return normal(rng, D, K, dtype, np.sqrt(2 / (D + K)))


def xavier_uniform(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Uniform(-a, a), a = sqrt(6 / (D + K))        (Glorot and Bengio 2010, equation 16)."""
    return uniform(rng, D, K, dtype, np.sqrt(2 / (D + K)))


def lecun(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Normal(0, 1 / D)        (LeCun et al. 1998, "Efficient BackProp", equation 16)."""
    return normal(rng, D, K, dtype, np.sqrt(1 / D))


def lecun_uniform(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W ~ Uniform with variance 1 / D        (LeCun et al. 1998)."""
    return uniform(rng, D, K, dtype, np.sqrt(1 / D))


def zeros(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W = 0        to show that it does not learn: all hidden units stay alike."""
    return np.zeros((D, K), dtype)


def orthogonal(rng: np.random.Generator, D: int, K: int, dtype: DTypeLike = np.float32) -> Weights:
    """W with orthonormal columns (D >= K) or rows (D < K)        (Saxe, McClelland and Ganguli 2014)."""
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
