"""The derivatives of the three losses.

The way back begins with the loss: how much does it change when an answer changes a little? Each loss is a
mean over N samples, so 1/N stands in each derivative (and nowhere else on the way back):

    cross-entropy    dA = −Y / A / N                                A, Y (N, K)   ->   dA (N, K)
    log loss         da = ((1 − y) / (1 − a) − y / a) / N           a, y (N,)     ->   da (N,)
    squared error    da = 2 · (a − y) / N                           a, y (N,)     ->   da (N,)

Probabilities can be rounded to 0 or 1. Where Y is 0, dA is 0, also for an A of 0: 0 / 0 must not become nan.
"""

import numpy as np


def cross_entropy_derivative(A, Y):
    """dA = −Y / A / N.

    Parameters
    ----------
    A : array (N, K)
        Probabilities: each row adds up to 1.
    Y : array (N, K)
        The true classes: each row has one 1.

    Returns
    -------
    dA : array (N, K)

    Examples
    --------
    >>> cross_entropy_derivative(np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([[0, 1], [1, 0]])).round(3)
    array([[ 0.   , -0.667],
           [-1.   ,  0.   ]])
    """
    safe = np.maximum(A, 1e-12)
    dA = -Y / safe / len(A)
    return dA


def log_loss_derivative(a, y):
    """da = ((1 − y) / (1 − a) − y / a) / N.

    Parameters
    ----------
    a : array (N,)
        Probabilities of "yes".
    y : array (N,)
        What is true: 1 (yes) or 0 (no).

    Returns
    -------
    da : array (N,)

    Examples
    --------
    >>> log_loss_derivative(np.array([0.5, 0.75]), np.array([1, 0]))
    array([-1.,  2.])
    """
    yes = y / np.maximum(a, 1e-12)
    no = (1 - y) / np.maximum(1 - a, 1e-12)
    da = (no - yes) / len(a)
    return da


def squared_error_derivative(a, y):
    """da = 2 · (a − y) / N.

    Parameters
    ----------
    a : array (N,)
        The network's numbers.
    y : array (N,)
        The true ones.

    Returns
    -------
    da : array (N,)

    Examples
    --------
    >>> squared_error_derivative(np.array([1.0, 2.0]), np.array([0.0, 5.0]))
    array([ 1., -3.])
    """
    difference = a - y
    da = 2 * difference / len(a)
    return da
