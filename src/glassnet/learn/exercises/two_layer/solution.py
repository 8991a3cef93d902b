"""A whole network of two layers, forward and backward.

A hidden layer with ReLU, an output layer with softmax, and cross-entropy as its loss, a mean over N samples:

    Z1 = X W1 + b1      A1 = max(0, Z1)           X (N, D)    W1 (D, H)   b1 (H,)
    Z2 = A1 W2 + b2     A2 = softmax of each row  W2 (H, K)   b2 (K,)     Y (N, K), one-hot

Backward, from the last layer to the first; each step uses what the one before gave:

    dZ2 = (A2 − Y) / N
    dW2 = A1ᵀ dZ2       db2 = sum over n of dZ2[n]
    dA1 = dZ2 W2ᵀ       dZ1 = dA1 · relu'(Z1)
    dW1 = Xᵀ dZ1        db1 = sum over n of dZ1[n]

The 1/N comes once, in dZ2. (With samples in columns, everything is transposed. The marker follows you.)
"""

import numpy as np


def two_layer(X, Y, W1, b1, W2, b2):
    """The derivatives of the loss by all weights and biases.

    Parameters
    ----------
    X : array (N, D)
        One picture in each row.
    Y : array (N, K)
        Its class, one-hot.
    W1, b1 : array (D, H), array (H,)
    W2, b2 : array (H, K), array (K,)

    Returns
    -------
    dW1, db1, dW2, db2 : array
        Each in the shape of what it is the derivative by.

    Examples
    --------
    >>> X, Y, b = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0]]), np.zeros(2)
    >>> dW1, db1, dW2, db2 = two_layer(X, Y, np.eye(2), b, np.eye(2), b - [0, 1])
    >>> dW1.tolist(), db1.tolist(), dW2.tolist(), db2.tolist()
    ([[-0.5, 0.5], [-1.0, 1.0]], [-0.5, 0.5], [[-0.5, 0.5], [-1.0, 1.0]], [-0.5, 0.5])
    """
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2 + b2
    largest = np.max(Z2, axis=1, keepdims=True)
    E = np.exp(Z2 - largest)
    A2 = E / np.sum(E, axis=1, keepdims=True)
    N = len(X)
    dZ2 = (A2 - Y) / N
    dW2 = A1.T @ dZ2
    db2 = np.sum(dZ2, axis=0)
    dA1 = dZ2 @ W2.T
    dZ1 = dA1 * (Z1 > 0)
    dW1 = X.T @ dZ1
    db1 = np.sum(dZ1, axis=0)
    return dW1, db1, dW2, db2
