"""Softmax and cross-entropy together, backward.

Softmax's derivative is a matrix for each sample, and cross-entropy's is −Y / A, which is infinite where A is
0. But multiplied by each other they become simple: the probabilities, minus 1 at the true class. The loss is
a mean over the batch, and its 1/N stands here, and nowhere else on the way back:

    dZ = (A − Y) / N        A = softmax(Z)        A, Y (N, K)   ->   dZ (N, K)
"""

import numpy as np


def softmax_cross_entropy_backward(A, Y):
    """The loss's derivative by the sums of the last layer.

    Parameters
    ----------
    A : array (N, K)
        The probabilities that softmax gave.
    Y : array (N, K)
        The true classes: each row has one 1.

    Returns
    -------
    dZ : array (N, K)

    Examples
    --------
    >>> softmax_cross_entropy_backward(np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([[0, 1], [1, 0]]))
    array([[ 0.125, -0.125],
           [-0.25 ,  0.25 ]])
    """
    N = len(A)
    difference = A - Y
    dZ = difference / N
    return dZ
