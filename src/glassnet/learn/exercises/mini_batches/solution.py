"""Mini-batches: one epoch in small portions.

A gradient of all pictures is exact and slow; of a few pictures it is rough and quick. In each epoch the
pictures are shuffled and cut into batches; every picture comes once.

    order = the numbers 0 to N − 1, shuffled
    batch i = the pictures order[i · B], …, order[i · B + B − 1], with their labels        B: how many

The last batch is smaller where B does not divide N; it is not left out. Random numbers come from ``rng``, a
np.random.Generator: ``rng.permutation(N)``.
"""

import numpy as np


def mini_batches(X, y, B, rng):
    """The batches of one epoch.

    Parameters
    ----------
    X : array (N, D)
        One picture in each row.
    y : array (N,) of int
        Their labels.
    B : int
        How many pictures make a batch.
    rng : np.random.Generator

    Returns
    -------
    batches : list of (X_batch, y_batch)
        ``X_batch`` (B, D) and ``y_batch`` (B,); fewer in the last one.

    Examples
    --------
    >>> X, y = np.arange(10).reshape(5, 2), np.arange(5)
    >>> [len(y_batch) for X_batch, y_batch in mini_batches(X, y, 2, np.random.default_rng(0))]
    [2, 2, 1]
    """
    N = len(X)
    order = rng.permutation(N)
    batches = []
    for start in range(0, N, B):
        chosen = order[start : start + B]
        batches.append((X[chosen], y[chosen]))
    return batches
