"""Cross-entropy.

How wrong are probabilities? Of each sample only the probability of its true class counts: 1 costs nothing,
and the smaller it is, the more it costs. The loss is the mean over the samples:

    L = 1/N · sum over n, k of  −Y[n, k] · log A[n, k]        A, Y (N, K)   ->   L, a number

log 0 is minus infinity, and 0 times infinity is no number. A probability can be rounded to 0, so none may go
into the logarithm as 0: the smallest that counts is 1e-12, or another number as small.
"""

import numpy as np


def cross_entropy(A, Y):
    """The mean loss of a batch.

    Parameters
    ----------
    A : array (N, K)
        Probabilities: each row adds up to 1.
    Y : array (N, K)
        The true classes: each row has one 1.

    Returns
    -------
    L : float

    Examples
    --------
    >>> A, Y = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25]]), np.array([[1, 0, 0], [0, 1, 0]])
    >>> round(float(cross_entropy(A, Y)), 4)
    0.6931
    """
    safe = np.maximum(A, 1e-12)
    logs = np.log(safe)
    picked = Y * logs
    losses = -np.sum(picked, axis=1)
    L = np.mean(losses)
    return L
