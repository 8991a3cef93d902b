"""The confusion matrix: which digit is taken for which.

Accuracy says how often a network is wrong; this table says how. Each sample counts in one cell: its row is
what it is, its column what the network took it for.

    C[i, j] = how many n have y[n] = i and answer[n] = j        y, answer (N,)   ->   C (K, K)

Labels and answers run from 0 to K − 1. The diagonal holds the right answers; all numbers
together add up to N.
"""

import numpy as np


def confusion_matrix(y, answer, K):
    """Count the samples by label (row) and answer (column).

    Parameters
    ----------
    y, answer : array (N,) of int
        The labels, and what the network answered.
    K : int
        The number of classes, also of those that do not occur.

    Returns
    -------
    C : array (K, K)

    Examples
    --------
    >>> confusion_matrix(np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1]), 2).astype(int)
    array([[1, 2],
           [0, 1]])
    """
    C = np.zeros((K, K))
    for n in range(len(y)):
        row = y[n]
        column = answer[n]
        C[row, column] += 1
    return C
