"""One neuron.

A neuron weighs its inputs, adds a bias, and bends the sum into a number from 0 to 1:

    z = sum over d of x[d] · w[d]  +  b        x, w (D,), b a number   ->   z, a number
    a = 1 / (1 + exp(−z))                      z   ->   a, a number from 0 to 1
"""

import numpy as np


def neuron(x, w, b):
    """The answer of one neuron to one sample.

    Parameters
    ----------
    x : array (D,)
        The inputs.
    w : array (D,)
        A weight for each.
    b : float
        The bias.

    Returns
    -------
    a : float

    Examples
    --------
    >>> float(neuron(np.array([1.0, 2.0]), np.array([0.5, -0.5]), 0.5))
    0.5
    """
    products = x * w
    total = np.sum(products)
    z = total + b
    a = 1 / (1 + np.exp(-z))
    return a
