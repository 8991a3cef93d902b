"""Activations, each with its vector-Jacobian product right beneath it.

Every function maps Z (any shape) to A (same shape); every product takes ``dA, Z, A`` and gives ``dZ``,
also where one of them is not needed, so that they can be exchanged for one another. Nothing here overflows
or warns for any Z that a network meets (tested to +-1e4).
"""

from __future__ import annotations

import math

import numpy as np

from glassnet.maths.erf import erf
from glassnet.maths.types import Same

__all__ = [
    "elu", "elu_vjp", "gelu", "gelu_tanh", "gelu_tanh_vjp", "gelu_vjp", "identity", "identity_vjp",
    "leaky_relu", "leaky_relu_vjp", "relu", "relu_vjp", "sigmoid", "sigmoid_vjp", "silu", "silu_vjp",
    "softplus", "softplus_vjp", "tanh", "tanh_vjp",
]  # fmt: skip


def identity(Z: Same, out: Same | None = None) -> Same:
    """A = Z        any shape.

    >>> identity(np.array([-1.0, 2.0]))
    array([-1.,  2.])
    """
    return np.positive(Z, out=out)


def identity_vjp(dA: Same, Z: Same, A: Same, out: Same | None = None) -> Same:
    """dZ = dA        all of one shape.

    >>> identity_vjp(np.array([3.0]), np.array([-1.0]), np.array([-1.0]))
    array([3.])
    """
    return np.positive(dA, out=out)


def relu(Z: Same, out: Same | None = None) -> Same:
    """A = max(0, Z)        any shape        (Nair and Hinton 2010).

    >>> relu(np.array([-1.0, 2.0]))
    array([0., 2.])
    """
    return np.maximum(Z, 0, out=out)


def relu_vjp(dA: Same, Z: Same, A: Same, out: Same | None = None) -> Same:
    """dZ = dA where Z > 0, else 0        all of one shape; 0 is chosen at the kink.

    >>> relu_vjp(np.array([3.0, 3.0]), np.array([-1.0, 2.0]), np.array([0.0, 2.0]))
    array([0., 3.])
    """
    return np.multiply(dA, Z > 0, out=out)


def leaky_relu(Z: Same, slope: float = 0.01, out: Same | None = None) -> Same:
    """A = Z where Z > 0, else slope Z        0 <= slope <= 1        (Maas, Hannun and Ng 2013).

    >>> leaky_relu(np.array([-1.0, 2.0]), slope=0.1)
    array([-0.1,  2. ])
    """
    A = np.multiply(Z, slope, out=out)
    return np.maximum(Z, A, out=A)


def leaky_relu_vjp(dA: Same, Z: Same, A: Same, slope: float = 0.01, out: Same | None = None) -> Same:
    """dZ = dA where Z > 0, else slope dA        all of one shape.

    >>> leaky_relu_vjp(np.array([3.0, 3.0]), np.array([-1.0, 2.0]), np.array([-0.1, 2.0]), slope=0.1)
    array([0.3, 3. ])
    """
    dZ = np.multiply(dA, slope, out=out)
    np.copyto(dZ, dA, where=Z > 0)
    return dZ


def elu(Z: Same, alpha: float = 1.0, out: Same | None = None) -> Same:
    """A = Z where Z > 0, else alpha (e^Z - 1)        (Clevert, Unterthiner and Hochreiter 2016).

    >>> elu(np.array([-1.0, 2.0])).round(4)
    array([-0.6321,  2.    ])
    """
    A = np.minimum(Z, 0, out=out)
    np.expm1(A, out=A)
    A *= alpha
    np.copyto(A, Z, where=Z > 0)
    return A


def elu_vjp(dA: Same, Z: Same, A: Same, alpha: float = 1.0, out: Same | None = None) -> Same:
    """dZ = dA where Z > 0, else dA (A + alpha)        all of one shape; alpha e^Z = A + alpha.

    >>> elu_vjp(np.array([3.0, 3.0]), np.array([-1.0, 2.0]), np.array([-0.75, 2.0]))
    array([0.75, 3.  ])
    """
    dZ = np.add(A, alpha, out=out)
    np.copyto(dZ, 1, where=Z > 0)
    dZ *= dA
    return dZ


def sigmoid(Z: Same, out: Same | None = None) -> Same:
    """A = 1 / (1 + e^-Z).

    (1 + tanh(Z / 2)) / 2 is quicker, but rounds every A below 1e-8 (float32) to 0.

    >>> sigmoid(np.array([0.0, 2.0, -100.0]))
    array([5.00000000e-01, 8.80797078e-01, 3.72007598e-44])
    """
    A = np.negative(Z, out=out)
    with np.errstate(over="ignore"):  # where e^-Z is infinite, A is 0
        np.exp(A, out=A)
    A += 1
    return np.divide(1, A, out=A)


def sigmoid_vjp(dA: Same, Z: Same, A: Same, out: Same | None = None) -> Same:
    """dZ = dA A (1 - A)        all of one shape.

    >>> sigmoid_vjp(np.array([2.0]), np.array([0.0]), np.array([0.5]))
    array([0.5])
    """
    dZ = np.subtract(1, A, out=out)
    dZ *= A
    dZ *= dA
    return dZ


def tanh(Z: Same, out: Same | None = None) -> Same:
    """A = tanh(Z).

    >>> tanh(np.array([0.0, 2.0])).round(4)
    array([0.   , 0.964])
    """
    return np.tanh(Z, out=out)


def tanh_vjp(dA: Same, Z: Same, A: Same, out: Same | None = None) -> Same:
    """dZ = dA (1 - A^2)        all of one shape.

    >>> tanh_vjp(np.array([2.0]), np.array([0.549306]), np.array([0.5]))
    array([1.5])
    """
    dZ = np.multiply(A, A, out=out)
    np.subtract(1, dZ, out=dZ)
    dZ *= dA
    return dZ


def softplus(Z: Same, out: Same | None = None) -> Same:
    """A = log(1 + e^Z)        (Dugas et al. 2001).

    >>> softplus(np.array([0.0, 2.0])).round(4)
    array([0.6931, 2.1269])
    """
    return np.logaddexp(0, Z, out=out)


def softplus_vjp(dA: Same, Z: Same, A: Same, out: Same | None = None) -> Same:
    """dZ = dA sigmoid(Z)        all of one shape.

    >>> softplus_vjp(np.array([2.0]), np.array([0.0]), np.array([0.6931]))
    array([1.])
    """
    dZ = sigmoid(Z, out=out)
    dZ *= dA
    return dZ


def silu(Z: Same, out: Same | None = None) -> Same:
    """A = Z sigmoid(Z)        (Elfwing, Uchibe and Doya 2018; "swish").

    >>> silu(np.array([0.0, 2.0])).round(4)
    array([0.    , 1.7616])
    """
    A = sigmoid(Z, out=out)
    A *= Z
    return A


def silu_vjp(dA: Same, Z: Same, A: Same, out: Same | None = None) -> Same:
    """dZ = dA (S + A (1 - S))        all of one shape; S = sigmoid(Z).

    >>> silu_vjp(np.array([1.0, 1.0]), np.array([0.0, 2.0]), np.array([0.0, 1.7616])).round(4)
    array([0.5   , 1.0908])
    """
    S = sigmoid(Z)
    dZ = np.subtract(1, S, out=out)
    dZ *= A
    dZ += S
    dZ *= dA
    return dZ


def gelu(Z: Same, out: Same | None = None) -> Same:
    """A = Z Phi(Z)        Phi: the normal distribution function        (Hendrycks and Gimpel 2016).

    >>> gelu(np.array([0.0, 2.0])).round(4)
    array([0.    , 1.9545])
    """
    return np.multiply(Z, _normal_cdf(Z), out=out)


def gelu_vjp(dA: Same, Z: Same, A: Same, out: Same | None = None) -> Same:
    """dZ = dA (Phi(Z) + Z phi(Z))        all of one shape; phi: the normal density.

    >>> gelu_vjp(np.array([1.0, 1.0]), np.array([0.0, 2.0]), np.array([0.0, 1.9545])).round(4)
    array([0.5   , 1.0852])
    """
    dZ = np.multiply(Z, Z, out=out)
    dZ *= -0.5
    np.exp(dZ, out=dZ)
    dZ *= Z
    dZ *= 1 / math.sqrt(2 * math.pi)
    dZ += _normal_cdf(Z)
    dZ *= dA
    return dZ


def _normal_cdf(Z: Same) -> Same:
    """Phi(Z) = (1 + erf(Z / sqrt 2)) / 2."""
    P = erf(Z * math.sqrt(0.5))
    P += 1
    P *= 0.5
    return P


GELU_RATE = math.sqrt(2 / math.pi)
GELU_CUBIC = 0.044715


def gelu_tanh(Z: Same, out: Same | None = None) -> Same:
    """A = Z (1 + tanh(sqrt(2/pi) (Z + 0.044715 Z^3))) / 2        (Hendrycks and Gimpel 2016, section 2).

    >>> gelu_tanh(np.array([0.0, 2.0])).round(4)
    array([0.    , 1.9546])
    """
    A = _gelu_gate(Z, out=out)
    A += 1
    A *= Z
    A *= 0.5
    return A


def gelu_tanh_vjp(dA: Same, Z: Same, A: Same, out: Same | None = None) -> Same:
    """dZ = dA ((1 + T) + Z (1 - T^2) sqrt(2/pi) (1 + 3 * 0.044715 Z^2)) / 2        T: the tanh above.

    >>> gelu_tanh_vjp(np.array([1.0, 1.0]), np.array([0.0, 2.0]), np.array([0.0, 1.9546])).round(4)
    array([0.5   , 1.0861])
    """
    T = _gelu_gate(Z)
    dZ = np.multiply(Z, Z, out=out)
    dZ *= 3 * GELU_CUBIC
    dZ += 1
    dZ *= GELU_RATE
    dZ *= Z
    dZ *= 1 - T * T
    dZ += T
    dZ += 1
    dZ *= dA
    dZ *= 0.5
    return dZ


def _gelu_gate(Z: Same, out: Same | None = None) -> Same:
    """T = tanh(sqrt(2/pi) (Z + 0.044715 Z^3))."""
    T = np.multiply(Z, Z, out=out)
    T *= GELU_CUBIC
    T += 1
    T *= Z
    T *= GELU_RATE
    return np.tanh(T, out=T)
