"""ReLU, forward and backward.

An activation bends the layer's sums; without one, two layers would be no more than one. ReLU lets positive
numbers through and stops the others:

    A = max(0, Z)                                   Z (N, K)   ->   A (N, K)

Backward, the loss's derivative by A comes in and its derivative by Z goes out. Where Z was let through, so is
the derivative; where it was stopped, nothing depends on Z:

    dZ = dA · relu'(Z)        relu'(z) = 1 where z > 0, 0 where z < 0        dA, Z (N, K)   ->   dZ (N, K)

At z = 0 the curve has a corner: any number from 0 to 1 will do.
"""

import numpy as np


def relu(Z):
    """A = max(0, Z).

    Parameters
    ----------
    Z : array (N, K)

    Returns
    -------
    A : array (N, K)

    Examples
    --------
    >>> relu(np.array([[-1.5, 2.0]]))
    array([[0., 2.]])
    """
    A = np.maximum(0, Z)
    return A


def relu_backward(dA, Z):
    """dZ = dA · relu'(Z).

    Parameters
    ----------
    dA : array (N, K)
        The loss's derivative by A.
    Z : array (N, K)
        What went into relu.

    Returns
    -------
    dZ : array (N, K)
        The loss's derivative by Z.

    Examples
    --------
    >>> relu_backward(np.array([[0.3, -0.2]]), np.array([[-1.5, 2.0]]))
    array([[ 0. , -0.2]])
    """
    slope = Z > 0
    dZ = dA * slope
    return dZ
