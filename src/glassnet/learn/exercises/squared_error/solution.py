"""Squared error.

Where the answer is a number and not a class, the loss is how far off it is, squared. The mean is taken
over the samples:

    L = 1/N · sum over n of  (a[n] − y[n])²        a, y (N,)   ->   L, a number
"""

import numpy as np


def squared_error(a, y):
    """The mean loss of a batch.

    Parameters
    ----------
    a : array (N,)
        The network's numbers.
    y : array (N,)
        The true ones.

    Returns
    -------
    L : float

    Examples
    --------
    >>> float(squared_error(np.array([1.0, 2.0]), np.array([0.0, 5.0])))
    5.0
    """
    difference = a - y
    squares = difference**2
    L = np.mean(squares)
    return L
