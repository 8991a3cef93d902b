"""Tanh, forward and backward.

The hyperbolic tangent bends any number into the range from −1 to 1, and leaves 0 where it is:

    A = tanh(Z) = (exp(Z) − exp(−Z)) / (exp(Z) + exp(−Z))        Z (N, K)   ->   A (N, K)

exp of a large number is too large for the machine; the result has to be right all the same.

Backward, the derivative that comes in is multiplied by the curve's slope, which can be told from its height:

    dZ = dA · (1 − A²)        A = tanh(Z)        dA, Z (N, K)   ->   dZ (N, K)
"""

import numpy as np


def tanh(Z):
    """A = tanh(Z), also for numbers of ±1000.

    Parameters
    ----------
    Z : array (N, K)

    Returns
    -------
    A : array (N, K)

    Examples
    --------
    >>> tanh(np.array([[-1000.0, 0.0, 1000.0]]))
    array([[-1.,  0.,  1.]])
    """
    A = np.tanh(Z)
    return A


def tanh_backward(dA, Z):
    """dZ = dA · (1 − A²).

    Parameters
    ----------
    dA : array (N, K)
        The loss's derivative by A.
    Z : array (N, K)
        What went into tanh.

    Returns
    -------
    dZ : array (N, K)
        The loss's derivative by Z.

    Examples
    --------
    >>> tanh_backward(np.array([[0.4, -0.4]]), np.array([[0.0, 1000.0]]))
    array([[ 0.4, -0. ]])
    """
    A = tanh(Z)
    slope = 1 - A**2
    dZ = dA * slope
    return dZ
