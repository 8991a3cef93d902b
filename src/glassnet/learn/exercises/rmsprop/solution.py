"""RMSProp: a step length for each weight.

Some weights always have large gradients, some small ones; one learning rate does not suit both. RMSProp
keeps, for each weight, a running average S of its gradient's square, and divides by its root:

    S' = β S + (1 − β) dW²                 S, dW (D, K)        number by number
    W' = W − α dW / (√S' + ε)              α is the learning rate, ε a tiny number

ε is there for weights whose gradient was always 0: nothing is divided by 0.
"""

import numpy as np


def rmsprop(W, dW, S, learning_rate, beta, epsilon):
    """One step of RMSProp.

    Parameters
    ----------
    W, dW : array (D, K)
        The weights, and the loss's derivative by them.
    S : array (D, K)
        The running average of dW² so far.
    learning_rate, beta, epsilon : float

    Returns
    -------
    new_W, new_S : array (D, K)

    Examples
    --------
    >>> W, S = rmsprop(np.array([[1.0]]), np.array([[3.0]]), np.array([[9.0]]), 0.1, 0.5, 0.0)
    >>> W.round(6).tolist(), S.tolist()
    ([[0.9]], [[9.0]])
    """
    square = dW**2
    new_S = beta * S + (1 - beta) * square
    length = np.sqrt(new_S) + epsilon
    step = learning_rate * dW / length
    new_W = W - step
    return new_W, new_S
