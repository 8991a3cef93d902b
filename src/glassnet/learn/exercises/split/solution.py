"""Training and validation part.

A network is judged on samples that it has not learned from. So some are set aside before training: the
validation part. Four things matter:

    each sample is in exactly one of the two parts, and keeps its own label
    each class gives the same fraction to the validation part (stratified)
    chance decides which samples these are, not their order in the file
    both parts come in a new random order, classes mixed

    X (N, D), y (N,)   ->   X_train, y_train, X_val, y_val
"""

import numpy as np


def split(X, y, fraction, rng):
    """A stratified split into training and validation part.

    Parameters
    ----------
    X : array (N, D)
        One sample in each row.
    y : array (N,) of int
        The class of each.
    fraction : float
        How much of each class is for validation: round(fraction · number of its samples).
    rng : np.random.Generator
        Where the random numbers come from.

    Returns
    -------
    X_train, y_train : array (M, D), array (M,)
    X_val, y_val : array (N − M, D), array (N − M,)

    Examples
    --------
    >>> X, y = np.arange(8.0).reshape(8, 1), np.array([0, 0, 0, 0, 1, 1, 1, 1])
    >>> X_train, y_train, X_val, y_val = split(X, y, 0.25, np.random.default_rng(0))
    >>> X_train.shape, X_val.shape, sorted(y_val.tolist())
    ((6, 1), (2, 1), [0, 1])
    """
    chosen = []
    for label in np.unique(y):
        members = np.flatnonzero(y == label)
        drawn = rng.permutation(members)
        count = round(fraction * len(members))
        chosen.append(drawn[:count])
    val = rng.permutation(np.concatenate(chosen))
    rest = np.setdiff1d(np.arange(len(y)), val)
    train = rng.permutation(rest)
    return X[train], y[train], X[val], y[val]
