"""First weights: He and Xavier.

First weights are random, so that no two units begin alike. They must be neither too large nor too small: each
sum of D products should be about as large as what went in, so that numbers neither die out nor explode from
layer to layer. They are drawn with the mean 0 and a standard deviation that depends on the layer's size:

    He, for ReLU          sqrt(2 / D)           D inputs, K outputs        W (D, K)
    Xavier, for tanh      sqrt(2 / (D + K))

A normal distribution is usual; another one with the same mean and standard deviation does as well.
"""

import numpy as np


def he(rng, D, K):
    """Weights for a layer of ReLU.

    Parameters
    ----------
    rng : np.random.Generator
        Where the random numbers come from.
    D, K : int
        The number of inputs and of outputs.

    Returns
    -------
    W : array (D, K)

    Examples
    --------
    >>> W = he(np.random.default_rng(0), 200, 300)
    >>> W.shape, round(float(W.std()), 2)
    ((200, 300), 0.1)
    """
    spread = np.sqrt(2 / D)
    W = rng.normal(0, spread, (D, K))
    return W


def xavier(rng, D, K):
    """Weights for a layer of tanh.

    Parameters
    ----------
    rng : np.random.Generator
        Where the random numbers come from.
    D, K : int
        The number of inputs and of outputs.

    Returns
    -------
    W : array (D, K)

    Examples
    --------
    >>> W = xavier(np.random.default_rng(0), 150, 50)
    >>> W.shape, round(float(W.std()), 2)
    ((150, 50), 0.1)
    """
    deviation = np.sqrt(2 / (D + K))
    W = rng.normal(0, deviation, (D, K))
    return W
