"""One-hot labels.

A label says which class a sample belongs to. The network answers with K numbers for each sample, so a label
is written as K numbers, too: 1 at the place of its class, 0 elsewhere.

    Y[n, k] = 1 if k = y[n] else 0        y (N,), whole numbers from 0 to K − 1   ->   Y (N, K)
"""

import numpy as np


def one_hot(y, K):
    """Labels as rows with a single 1.

    Parameters
    ----------
    y : array (N,) of int
        The class of each sample, counted from 0.
    K : int
        The number of classes: it may be more than occur in y.

    Returns
    -------
    Y : array (N, K)

    Examples
    --------
    >>> one_hot(np.array([2, 0]), 4)
    array([[0., 0., 1., 0.],
           [1., 0., 0., 0.]])
    """
    N = len(y)
    Y = np.zeros((N, K))
    Y[np.arange(N), y] = 1
    return Y
