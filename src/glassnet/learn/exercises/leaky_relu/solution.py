"""Leaky ReLU, forward and backward.

A unit of ReLU whose sums are all negative learns nothing any more: its slope is 0. The leaky ReLU lets
negative numbers through a little, by a small slope (0.01, 0.1, …) that comes in as an argument:

    A = z where z > 0, slope · z elsewhere                  Z (N, K)   ->   A (N, K)

Backward, the derivative is multiplied by how steep the curve is there:

    dZ = dA · leaky'(Z)        leaky'(z) = 1 where z > 0, slope where z < 0
    dA, Z (N, K)   ->   dZ (N, K)

At z = 0 the curve has a corner: any number from slope to 1 will do.
"""

import numpy as np


def leaky_relu(Z, slope):
    """A = z where z > 0, slope · z elsewhere.

    Parameters
    ----------
    Z : array (N, K)
    slope : float
        From 0 to 1.

    Returns
    -------
    A : array (N, K)

    Examples
    --------
    >>> leaky_relu(np.array([[-1.5, 2.0]]), 0.1)
    array([[-0.15,  2.  ]])
    """
    A = np.where(Z > 0, Z, slope * Z)
    return A


def leaky_relu_backward(dA, Z, slope):
    """dZ = dA · leaky'(Z).

    Parameters
    ----------
    dA : array (N, K)
        The loss's derivative by A.
    Z : array (N, K)
        What went into leaky_relu.
    slope : float
        The same as there.

    Returns
    -------
    dZ : array (N, K)
        The loss's derivative by Z.

    Examples
    --------
    >>> leaky_relu_backward(np.array([[0.3, -0.2]]), np.array([[-1.5, 2.0]]), 0.1)
    array([[ 0.03, -0.2 ]])
    """
    steepness = np.where(Z > 0, 1.0, slope)
    dZ = dA * steepness
    return dZ
