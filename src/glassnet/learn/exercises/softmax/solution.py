"""Softmax that does not overflow.

The last layer's K sums of a sample become K probabilities: all positive, adding up to 1, the largest sum the
most probable.

    A[n, k] = exp(Z[n, k]) / sum over j of exp(Z[n, j])        Z (N, K)   ->   A (N, K)

exp(1000) is too large for the machine. Taking the same number away from all sums of a sample changes no
probability, so the largest one is taken away first:

    A[n, k] = exp(Z[n, k] − m[n]) / sum over j of exp(Z[n, j] − m[n])        m[n] = max over j of Z[n, j]
"""

import numpy as np


def softmax(Z):
    """Probabilities from sums, for each row.

    Parameters
    ----------
    Z : array (N, K)
        One sample in each row.

    Returns
    -------
    A : array (N, K)
        Each row adds up to 1.

    Examples
    --------
    >>> softmax(np.array([[1000.0, 1000.0], [0.0, np.log(3)]]))
    array([[0.5 , 0.5 ],
           [0.25, 0.75]])
    """
    largest = np.max(Z, axis=1, keepdims=True)
    shifted = Z - largest
    E = np.exp(shifted)
    total = np.sum(E, axis=1, keepdims=True)
    A = E / total
    return A
