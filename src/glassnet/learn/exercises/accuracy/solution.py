"""Accuracy: which share of the pictures is read rightly.

A network gives K probabilities for each picture; its answer is the class with the largest one. Accuracy is
the share of answers that are the label:

    answer[n] = the k with the largest A[n, k]          A (N, K)
    accuracy = (how many n have answer[n] = y[n]) / N   y (N,), the labels 0 to K − 1   ->   from 0 to 1
"""

import numpy as np


def accuracy(A, y):
    """The share of samples whose largest probability stands at their label.

    Parameters
    ----------
    A : array (N, K)
        Probabilities, one sample in each row.
    y : array (N,) of int

    Returns
    -------
    share : float
        From 0 to 1.

    Examples
    --------
    >>> float(accuracy(np.array([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7], [0.6, 0.4]]), np.array([1, 0, 0, 0])))
    0.75
    """
    answer = np.argmax(A, axis=1)
    right = answer == y
    share = np.sum(right) / len(y)
    return share
