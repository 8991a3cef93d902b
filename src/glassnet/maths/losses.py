"""Losses: one number for a batch, the mean over its samples, each with its derivative beneath it.

``weight`` (N,) holds a weight for each sample, and then the mean is the weighted one,
sum w l / sum w, as in scikit-learn. The factor 1/N (or w/sum w) stands in :func:`mean_factor` and
nowhere else. ``Y`` is always a matrix (N, K); :func:`one_hot` makes it from integer labels.

``…_terms`` is what each sample and each output adds, L (N, K): a row's sum is the loss of that sample, and
:func:`mean_loss` makes the batch's one number of them.

Each loss that belongs to an activation is also given from the logits Z, fused with it: exact where
the probability has long been rounded to 0, and with the shortest of all derivatives, A - Y.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from glassnet.maths.activations import softplus
from glassnet.maths.softmax import log_softmax
from glassnet.maths.types import Array, NxK, Same, VectorN

__all__ = [
    "cross_entropy", "cross_entropy_terms", "cross_entropy_vjp", "half_squared_error_terms",
    "half_squared_error_vjp", "log_loss", "log_loss_terms", "log_loss_vjp", "mean_factor", "mean_loss",
    "mean_squared_error", "mean_squared_error_vjp", "one_hot", "poisson", "poisson_terms", "poisson_vjp",
    "sigmoid_log_loss", "sigmoid_log_loss_terms", "sigmoid_log_loss_vjp", "smooth_labels",
    "softmax_cross_entropy", "softmax_cross_entropy_terms", "softmax_cross_entropy_vjp",
    "squared_error_terms",
]  # fmt: skip


def one_hot(y: Annotated[np.ndarray, "N"], K: int, dtype: object = np.float32) -> Annotated[Array, "N {K}"]:
    """Y[i, y[i]] = 1, all else 0        y (N,) integers in [0, K)   ->   Y (N, K).

    >>> one_hot(np.array([1, 0]), 3)
    array([[0., 1., 0.],
           [1., 0., 0.]], dtype=float32)
    """
    Y: Array = np.zeros((len(y), K), dtype=dtype)  # type: ignore[call-overload]
    Y[np.arange(len(y)), y] = 1
    return Y


def smooth_labels(Y: NxK, smoothing: float) -> NxK:
    """Y (1 - e) + e / K        (Szegedy et al. 2016, section 7).

    >>> smooth_labels(np.array([[0.0, 1.0]]), 0.1)
    array([[0.05, 0.95]])
    """
    smooth: Array = Y * (1 - smoothing) + smoothing / Y.shape[-1]
    return smooth


def mean_factor(N: int, weight: Annotated[Array, "{N}"] | None = None) -> float | Annotated[Array, "{N} 1"]:
    """1 / N, or w / sum w as a column (N, 1); 0 where all weights are 0.

    >>> mean_factor(4)
    0.25
    >>> mean_factor(2, np.array([1.0, 3.0])).ravel()
    array([0.25, 0.75])
    """
    if weight is None:
        return 1 / N
    total = float(weight.sum())
    column: Array = weight.reshape(N, 1) / (total if total > 0 else 1.0)
    return column


def mean_loss(L: NxK, weight: VectorN | None = None) -> float:
    """Mean over samples of sum over K of L        L (N, K)   weight (N,).

    >>> mean_loss(np.array([[1.0, 2.0], [3.0, 0.0]]))
    3.0
    >>> mean_loss(np.array([[1.0], [5.0]]), np.array([3.0, 1.0]))
    2.0
    """
    factor = mean_factor(len(L), weight)
    if isinstance(factor, float):
        return float(np.sum(L)) * factor
    return float(np.sum(L * factor))


def cross_entropy_terms(A: NxK, Y: NxK) -> NxK:
    """L = - Y log A        A, Y (N, K), rows sum to 1.

    A probability of 0 counts as the smallest positive number of its type.

    >>> cross_entropy_terms(np.array([[0.25, 0.75]]), np.array([[0.0, 1.0]])).round(4)
    array([[0.    , 0.2877]])
    """
    L = np.log(_positive(A))
    L *= Y
    return np.subtract(0, L, out=L)  # which gives no -0


def cross_entropy(A: NxK, Y: NxK, weight: VectorN | None = None) -> float:
    """Mean of - sum over K of Y log A        A, Y (N, K), rows sum to 1.

    >>> round(cross_entropy(np.array([[0.25, 0.75]]), np.array([[0.0, 1.0]])), 4)
    0.2877
    """
    return mean_loss(cross_entropy_terms(A, Y), weight)


def cross_entropy_vjp(A: NxK, Y: NxK, weight: VectorN | None = None, out: NxK | None = None) -> NxK:
    """dA = - Y / A        times 1/N        A, Y, dA (N, K).

    >>> cross_entropy_vjp(np.array([[0.25, 0.75]]), np.array([[1.0, 0.0]]))
    array([[-4., -0.]])
    """
    dA = np.divide(Y, _positive(A), out=out)
    dA *= -mean_factor(len(A), weight)
    return dA


def softmax_cross_entropy_terms(Z: NxK, Y: NxK, A: NxK | None = None) -> NxK:
    """L = - Y log softmax(Z)        Z, Y (N, K).

    A = softmax(Z), if it is at hand, is used where none of its probabilities has been rounded to nothing.

    >>> softmax_cross_entropy_terms(np.array([[-1e4, 1e4]]), np.array([[1.0, 0.0]]))
    array([[20000.,     0.]])
    """
    exact = A is not None and A.min() > SMALLEST * np.finfo(A.dtype).tiny
    L = np.log(A) if A is not None and exact else log_softmax(Z)
    L *= Y
    return np.subtract(0, L, out=L)  # which gives no -0


def softmax_cross_entropy(Z: NxK, Y: NxK, weight: VectorN | None = None, A: NxK | None = None) -> float:
    """Mean of - sum over K of Y log softmax(Z)        Z, Y (N, K).

    >>> softmax_cross_entropy(np.array([[-1e4, 1e4]]), np.array([[1.0, 0.0]]))
    20000.0
    """
    return mean_loss(softmax_cross_entropy_terms(Z, Y, A), weight)


def softmax_cross_entropy_vjp(A: NxK, Y: NxK, weight: VectorN | None = None, out: NxK | None = None) -> NxK:
    """dZ = A - Y        times 1/N        A = softmax(Z), Y, dZ (N, K); the rows of Y sum to 1.

    >>> softmax_cross_entropy_vjp(np.array([[0.25, 0.75]]), np.array([[1.0, 0.0]]))
    array([[-0.75,  0.75]])
    """
    dZ = np.subtract(A, Y, out=out)
    dZ *= mean_factor(len(A), weight)
    return dZ


def log_loss_terms(A: NxK, Y: NxK) -> NxK:
    """L = - Y log A - (1 - Y) log(1 - A)        A, Y (N, K) in [0, 1].

    >>> log_loss_terms(np.array([[0.75, 0.75]]), np.array([[1.0, 0.0]])).round(4)
    array([[0.2877, 1.3863]])
    """
    no, yes = np.log(_positive(1 - A)), np.log(_positive(A))
    no *= Y - 1
    yes *= Y
    return np.subtract(no, yes, out=no)


def log_loss(A: NxK, Y: NxK, weight: VectorN | None = None) -> float:
    """Mean of - sum over K of (Y log A + (1 - Y) log(1 - A))        A, Y (N, K) in [0, 1].

    K = 1 is two-class classification; a larger K is K yes-or-no questions at once.

    >>> round(log_loss(np.array([[0.75]]), np.array([[1.0]])), 4)
    0.2877
    """
    return mean_loss(log_loss_terms(A, Y), weight)


def log_loss_vjp(A: NxK, Y: NxK, weight: VectorN | None = None, out: NxK | None = None) -> NxK:
    """dA = (1 - Y) / (1 - A) - Y / A        times 1/N        A, Y, dA (N, K).

    >>> log_loss_vjp(np.array([[0.75, 0.75]]), np.array([[0.0, 1.0]])).round(4)
    array([[ 4.    , -1.3333]])
    """
    dA = np.divide(1 - Y, _positive(1 - A), out=out)
    dA -= Y / _positive(A)
    dA *= mean_factor(len(A), weight)
    return dA


def sigmoid_log_loss_terms(Z: NxK, Y: NxK, A: NxK | None = None) -> NxK:
    """L = softplus(Z) - Y Z        Z, Y (N, K): log_loss_terms of A = sigmoid(Z).

    A is not used: 1 - A loses too many digits near A = 1.

    >>> sigmoid_log_loss_terms(np.array([[1e4, 1e4]]), np.array([[0.0, 1.0]]))
    array([[10000.,     0.]])
    """
    L = softplus(Z)
    L -= Y * Z
    return L


def sigmoid_log_loss(Z: NxK, Y: NxK, weight: VectorN | None = None, A: NxK | None = None) -> float:
    """Mean of sum over K of (softplus(Z) - Y Z)        Z, Y (N, K): log_loss of A = sigmoid(Z).

    >>> sigmoid_log_loss(np.array([[1e4]]), np.array([[0.0]]))
    10000.0
    """
    return mean_loss(sigmoid_log_loss_terms(Z, Y), weight)


def sigmoid_log_loss_vjp(A: NxK, Y: NxK, weight: VectorN | None = None, out: NxK | None = None) -> NxK:
    """dZ = A - Y        times 1/N        A = sigmoid(Z), Y, dZ (N, K).

    >>> sigmoid_log_loss_vjp(np.array([[0.75]]), np.array([[1.0]]))
    array([[-0.25]])
    """
    return softmax_cross_entropy_vjp(A, Y, weight, out=out)


def squared_error_terms(A: NxK, Y: NxK) -> NxK:
    """L = (A - Y)^2 / K        A, Y (N, K).

    >>> squared_error_terms(np.array([[1.0, 2.0]]), np.array([[0.0, 0.0]]))
    array([[0.5, 2. ]])
    """
    L = A - Y
    L *= L
    L /= A.shape[-1]
    return L


def mean_squared_error(A: NxK, Y: NxK, weight: VectorN | None = None) -> float:
    """Mean over samples and outputs of (A - Y)^2        A, Y (N, K).

    >>> mean_squared_error(np.array([[1.0, 2.0]]), np.array([[0.0, 0.0]]))
    2.5
    """
    return mean_loss(squared_error_terms(A, Y), weight)


def mean_squared_error_vjp(A: NxK, Y: NxK, weight: VectorN | None = None, out: NxK | None = None) -> NxK:
    """dA = 2 (A - Y) / K        times 1/N        A, Y, dA (N, K).

    >>> mean_squared_error_vjp(np.array([[1.0, 2.0]]), np.array([[0.0, 0.0]]))
    array([[1., 2.]])
    """
    dA = np.subtract(A, Y, out=out)
    dA *= 2 / A.shape[1]
    dA *= mean_factor(len(A), weight)
    return dA


def half_squared_error_terms(A: NxK, Y: NxK) -> NxK:
    """L = (A - Y)^2 / 2        A, Y (N, K)        (scikit-learn's: its derivative has no factor).

    >>> half_squared_error_terms(np.array([[1.0, 2.0]]), np.array([[0.0, 0.0]]))
    array([[0.5, 2. ]])
    """
    L = A - Y
    L *= L
    L /= 2
    return L


def half_squared_error_vjp(A: NxK, Y: NxK, weight: VectorN | None = None, out: NxK | None = None) -> NxK:
    """dA = A - Y        times 1/N        A, Y, dA (N, K).

    >>> half_squared_error_vjp(np.array([[1.0, 2.0]]), np.array([[0.0, 0.0]]))
    array([[1., 2.]])
    """
    dA = np.subtract(A, Y, out=out)
    dA *= mean_factor(len(A), weight)
    return dA


def poisson_terms(A: NxK, Y: NxK) -> NxK:
    """L = e^A - Y A + Y log Y - Y        A, Y (N, K), Y >= 0.

    A is the logarithm of the count that is expected, so the count itself cannot fall below 0. The last two
    terms do not depend on A; with them the loss of the right answer is 0.

    >>> poisson_terms(np.log([[2.0, 2.0]]), np.array([[3.0, 2.0]])).round(4)
    array([[0.2164, 0.    ]])
    """
    L = np.exp(A)
    L -= Y * A
    L += Y * np.log(_positive(Y))
    L -= Y
    return L


def poisson(A: NxK, Y: NxK, weight: VectorN | None = None) -> float:
    """Mean of sum over K of (e^A - Y A + Y log Y - Y)        A, Y (N, K), Y >= 0: half the deviance.

    >>> round(poisson(np.log([[2.0]]), np.array([[3.0]])), 4)
    0.2164
    """
    return mean_loss(poisson_terms(A, Y), weight)


def poisson_vjp(A: NxK, Y: NxK, weight: VectorN | None = None, out: NxK | None = None) -> NxK:
    """dA = e^A - Y        times 1/N        A, Y, dA (N, K).

    >>> poisson_vjp(np.log([[2.0]]), np.array([[3.0]])).round(4)
    array([[-1.]])
    """
    dA = np.exp(A, out=out)
    dA -= Y
    dA *= mean_factor(len(A), weight)
    return dA


SMALLEST = 1e8
"""Times the type's smallest normal number: a probability above it has kept all its digits."""


def _positive(A: Same) -> Same:
    return np.maximum(A, np.finfo(A.dtype).tiny)
