"""A network of any depth, forward and backward.

W and b are lists, one entry for each layer. All layers but the last have ReLU; the last has softmax, and the
loss is cross-entropy, a mean over N samples. With A[0] = X:

    Z[l] = A[l] W[l] + b[l]        A[l + 1] = max(0, Z[l])        in the last layer: softmax of each row
    last layer:     dZ = (A[L] − Y) / N
    each layer:     dW[l] = A[l]ᵀ dZ       db[l] = sum over n of dZ[n]
    one below:      dZ = (dZ W[l]ᵀ) · relu'(Z[l − 1])

Forward goes from the first layer to the last and keeps every A; backward goes from the last to the first.
"""

import numpy as np


def deep(X, Y, W, b):
    """The derivatives of the loss by all weights and biases.

    Parameters
    ----------
    X : array (N, D)
        One picture in each row.
    Y : array (N, K)
        Its class, one-hot.
    W, b : list of array
        Of each layer, first to last: (inputs, outputs), (outputs,).

    Returns
    -------
    dW, db : list of array
        In the order of W and b, each in the shape of what it is the derivative by.

    Examples
    --------
    >>> X, Y = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0]])
    >>> dW, db = deep(X, Y, [np.eye(2), np.eye(2)], [np.zeros(2), np.array([0.0, -1.0])])
    >>> dW[0].tolist(), db[1].tolist()
    ([[-0.5, 0.5], [-1.0, 1.0]], [-0.5, 0.5])
    """
    A = [X]
    for layer in range(len(W) - 1):
        Z = A[layer] @ W[layer] + b[layer]
        A.append(np.maximum(0, Z))
    Z = A[-1] @ W[-1] + b[-1]
    largest = np.max(Z, axis=1, keepdims=True)
    E = np.exp(Z - largest)
    A.append(E / np.sum(E, axis=1, keepdims=True))
    N = len(X)
    dZ = (A[-1] - Y) / N
    dW = []
    db = []
    for layer in reversed(range(len(W))):
        dW.insert(0, A[layer].T @ dZ)
        db.insert(0, np.sum(dZ, axis=0))
        dA = dZ @ W[layer].T
        dZ = dA * (A[layer] > 0)
    return dW, db
