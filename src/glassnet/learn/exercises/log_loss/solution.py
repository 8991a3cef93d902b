"""Log loss.

For a question with two answers one probability a is enough: that of "yes" (y = 1). The loss is the mean, over
the samples, of minus the logarithm of the probability of what is true:

    L = 1/N · sum over n of  −(y[n] · log a[n]  +  (1 − y[n]) · log(1 − a[n]))
    a, y (N,)   ->   L, a number

log 0 is minus infinity, and 0 times infinity is no number. A sigmoid's result can be rounded to 0 or to 1, so
neither a = 0 nor a = 1 may reach the logarithms as 0: the smallest that counts is 1e-12, or another as small.
"""

import numpy as np


def log_loss(a, y):
    """The mean loss of a batch.

    Parameters
    ----------
    a : array (N,)
        Probabilities of "yes".
    y : array (N,)
        What is true: 1 (yes) or 0 (no).

    Returns
    -------
    L : float

    Examples
    --------
    >>> round(float(log_loss(np.array([0.5, 0.75, 1.0]), np.array([1, 0, 1]))), 4)
    0.6931
    """
    yes = y * np.log(np.maximum(a, 1e-12))
    no = (1 - y) * np.log(np.maximum(1 - a, 1e-12))
    losses = -(yes + no)
    L = np.mean(losses)
    return L
