"""Sigmoid, forward and backward.

The sigmoid bends any number into the range from 0 to 1:

    A = 1 / (1 + exp(−Z))                 Z (N, K)   ->   A (N, K)

exp of a large number is too large for the machine, and infinity divided by infinity is no number. With
e = exp(−|z|), which is never above 1, the same curve has two halves:

    a = 1 / (1 + e) where z >= 0        a = e / (1 + e) where z < 0

Backward, the derivative that comes in is multiplied by the curve's slope, which can be told from its height:

    dZ = dA · A · (1 − A)        A = sigmoid(Z)        dA, Z (N, K)   ->   dZ (N, K)
"""

import numpy as np


def sigmoid(Z):
    """A = 1 / (1 + exp(−Z)), also for numbers of ±1000.

    Parameters
    ----------
    Z : array (N, K)

    Returns
    -------
    A : array (N, K)

    Examples
    --------
    >>> sigmoid(np.array([[-1000.0, 0.0, 1000.0]]))
    array([[0. , 0.5, 1. ]])
    """
    E = np.exp(-np.abs(Z))
    upper = 1 / (1 + E)
    lower = E / (1 + E)
    A = np.where(Z >= 0, upper, lower)
    return A


def sigmoid_backward(dA, Z):
    """dZ = dA · A · (1 − A).

    Parameters
    ----------
    dA : array (N, K)
        The loss's derivative by A.
    Z : array (N, K)
        What went into sigmoid.

    Returns
    -------
    dZ : array (N, K)
        The loss's derivative by Z.

    Examples
    --------
    >>> sigmoid_backward(np.array([[0.4, -0.4]]), np.array([[0.0, 1000.0]]))
    array([[ 0.1, -0. ]])
    """
    A = sigmoid(Z)
    rest = 1 - A
    dZ = dA * A * rest
    return dZ
