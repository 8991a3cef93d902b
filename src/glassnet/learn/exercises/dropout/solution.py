"""Dropout: a network that may not rely on any one unit.

While it trains, each hidden unit is left out with probability p, anew for each sample. What remains is
divided by 1 − p, so that a unit's mean stays what it was; then nothing has to be changed in use:

    training:    D = A · M / (1 − p)      M[n, h] = 0 with probability p, else 1      A (N, H)   ->   D (N, H)
    in use:      D = A

Random numbers come from ``rng``, a np.random.Generator: ``rng.random((3, 4))`` draws from 0 to 1.
"""

import numpy as np


def dropout(A, p, rng, training):
    """Leave units out at random.

    Parameters
    ----------
    A : array (N, H)
        What the hidden layer gives.
    p : float
        The probability with which a number is left out, from 0 to below 1.
    rng : np.random.Generator
    training : bool
        False when the network is used: then A comes out as it is.

    Returns
    -------
    D : array (N, H)

    Examples
    --------
    >>> A = np.array([[1.0, 2.0, 3.0]])
    >>> dropout(A, 0.5, np.random.default_rng(0), training=False)
    array([[1., 2., 3.]])
    """
    if not training:
        return A
    chance = rng.random(A.shape)
    kept = chance >= p
    D = A * kept / (1 - p)
    return D
