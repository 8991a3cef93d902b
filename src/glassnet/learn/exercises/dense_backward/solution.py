"""A layer, backward.

Forward, a layer makes Z = X W + b. Backward, the loss's derivative by Z comes in, and three derivatives
go out:

    dW = Xᵀ dZ                     how the weights have to change       dW (D, K)
    db = sum over n of dZ[n]       how the biases have to change        db (K,)
    dX = dZ Wᵀ                     what the layer before gets           dX (N, D)

Each has the shape of what it is the derivative by. The loss is a mean over the N samples, and its 1/N is in
dZ already: it does not come a second time. (With samples in columns: dW = dZ Xᵀ, dX = Wᵀ dZ. The marker
follows you.)
"""

import numpy as np


def dense_backward(dZ, X, W):
    """The derivatives by W, b and X.

    Parameters
    ----------
    dZ : array (N, K)
        The loss's derivative by Z.
    X : array (N, D)
        What went into the layer.
    W : array (D, K)

    Returns
    -------
    dW : array (D, K)
    db : array (K,)
    dX : array (N, D)

    Examples
    --------
    >>> dZ, X, W = np.array([[2.0], [1.0]]), np.array([[1.0, 3.0], [0.0, 5.0]]), np.array([[4.0], [-1.0]])
    >>> dW, db, dX = dense_backward(dZ, X, W)
    >>> dW.tolist(), db.tolist(), dX.tolist()
    ([[2.0], [11.0]], [3.0], [[8.0, -2.0], [4.0, -1.0]])
    """
    dW = X.T @ dZ
    db = np.sum(dZ, axis=0)
    dX = dZ @ W.T
    return dW, db, dX
