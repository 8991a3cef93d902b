"""A layer, forward.

A dense layer weighs every input of a sample for each of its outputs, and adds a bias:

    Z[n, k] = sum over d of X[n, d] · W[d, k]  +  b[k]

For all samples and outputs at once that is a product of matrices:

    Z = X W + b        X (N, D)   W (D, K)   b (K,)   ->   Z (N, K)

N samples stand in rows; each has D inputs and gets K outputs. (Some textbooks have samples in columns and
write Z = W X + b with W (K, D). That is the same, transposed; the marker follows you.)
"""

import numpy as np


def dense_forward(X, W, b):
    """Z = X W + b.

    Parameters
    ----------
    X : array (N, D)
        One sample in each row.
    W : array (D, K)
    b : array (K,)

    Returns
    -------
    Z : array (N, K)

    Examples
    --------
    >>> dense_forward(np.array([[1.0, 2.0]]), np.array([[3.0, 5.0], [0.5, 0.0]]), np.array([0.5, -1.0]))
    array([[4.5, 4. ]])
    """
    product = X @ W
    Z = product + b
    return Z
