"""Momentum.

Plain gradient descent forgets each gradient at once and zigzags in narrow valleys. Momentum keeps a velocity
V, as a ball that rolls does: each step it loses a little and the gradient is added.

    V' = β V + dW                  V, dW (D, K)        β is near 1, often 0.9
    W' = W − α V'                  α is the learning rate

The first V is all zeros. W moves by the new velocity V', not by the old one.
"""

import numpy as np


def momentum(W, dW, V, learning_rate, beta):
    """One step of gradient descent with momentum. It is called again with what it returned.

    Parameters
    ----------
    W, dW : array (D, K)
        The weights, and the loss's derivative by them.
    V : array (D, K)
        The velocity that the step before returned; zeros at first.
    learning_rate, beta : float

    Returns
    -------
    new_W, new_V : array (D, K)

    Examples
    --------
    >>> W, V = momentum(np.array([[1.0]]), np.array([[2.0]]), np.array([[4.0]]), 0.1, 0.5)
    >>> W.tolist(), V.tolist()
    ([[0.6]], [[4.0]])
    """
    kept = beta * V
    new_V = kept + dW
    step = learning_rate * new_V
    new_W = W - step
    return new_W, new_V
