"""One step of gradient descent.

The gradient says how much the loss grows when a parameter grows a little. To make the loss smaller, each
parameter goes a little the other way: the gradient times the learning rate.

    W ← W − rate · dW        W, dW (D, K)
    b ← b − rate · db        b, db (K,)
"""

import numpy as np


def gradient_step(W, b, dW, db, rate):
    """The parameters after one step.

    Parameters
    ----------
    W : array (D, K)
        The weights.
    b : array (K,)
        The biases.
    dW : array (D, K)
        The loss's derivative by W.
    db : array (K,)
        The loss's derivative by b.
    rate : float
        The learning rate, a small positive number.

    Returns
    -------
    W : array (D, K)
    b : array (K,)

    Examples
    --------
    >>> W, b = np.array([[1.0], [2.0]]), np.array([0.5])
    >>> gradient_step(W, b, np.array([[1.0], [-1.0]]), np.array([2.0]), 0.25)
    (array([[0.75],
           [2.25]]), array([0.]))
    """
    W_step = rate * dW
    b_step = rate * db
    W = W - W_step
    b = b - b_step
    return W, b
