"""Adam: momentum and RMSProp together.

Two running averages, of the gradient and of its square. Both begin with zeros and are too small at first;
dividing by 1 − βᵗ makes up for that. t counts the steps from 1.

    m' = β₁ m + (1 − β₁) dW
    v' = β₂ v + (1 − β₂) dW²
    W' = W − α m̂ / (√v̂ + ε)        m̂ = m' / (1 − β₁ᵗ)        v̂ = v' / (1 − β₂ᵗ)

All of it number by number; m, v and dW have the shape of W. What is returned is m' and v', not m̂ and v̂.
"""

import numpy as np


def adam(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    """One step of Adam.

    Parameters
    ----------
    W, dW : array (D, K)
        The weights, and the loss's derivative by them.
    m, v : array (D, K)
        The running averages of dW and of dW² so far; zeros before the first step.
    t : int
        The number of this step; the first one is 1.
    learning_rate, beta1, beta2, epsilon : float

    Returns
    -------
    new_W, new_m, new_v : array (D, K)

    Examples
    --------
    >>> W, m, v = adam(np.array([1.0]), np.array([4.0]), np.zeros(1), np.zeros(1), 1, 0.1, 0.5, 0.75, 0.0)
    >>> W.round(6).tolist(), m.tolist(), v.tolist()
    ([0.9], [2.0], [4.0])
    """
    square = dW**2
    new_m = beta1 * m + (1 - beta1) * dW
    new_v = beta2 * v + (1 - beta2) * square
    m_hat = new_m / (1 - beta1**t)
    v_hat = new_v / (1 - beta2**t)
    length = np.sqrt(v_hat) + epsilon
    step = learning_rate * m_hat / length
    new_W = W - step
    return new_W, new_m, new_v
