import numpy as np


def softmax(Z, axis):
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


# %% plain
def two_layer(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = (softmax(A1 @ W2 + b2, 1) - Y) / len(X)
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return X.T @ dZ1, dZ1.sum(0), A1.T @ dZ2, dZ2.sum(0)


# %% a dict, 1/m at each derivative
def two_layer(X, Y, W1, b1, W2, b2):
    m = X.shape[0]
    Z1 = np.dot(X, W1) + b1
    A1 = Z1 * (Z1 > 0)
    Z2 = np.dot(A1, W2) + b2
    A2 = softmax(Z2, 1)
    dZ2 = A2 - Y
    dW2 = 1 / m * np.dot(A1.T, dZ2)
    db2 = 1 / m * np.sum(dZ2, axis=0, keepdims=True)
    dZ1 = np.dot(dZ2, W2.T) * (A1 > 0)
    dW1 = 1 / m * np.dot(X.T, dZ1)
    db1 = 1 / m * np.sum(dZ1, axis=0, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% samples in columns
def two_layer(X, Y, W1, b1, W2, b2):
    m = X.shape[1]
    Z1 = W1.dot(X) + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2.dot(A1) + b2
    A2 = softmax(Z2, 0)
    dZ2 = A2 - Y
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return dW1, db1, dW2, db2


# %% sample by sample
def two_layer(X, Y, W1, b1, W2, b2):
    grads = [np.zeros(p.shape) for p in (W1, b1, W2, b2)]
    for x, y in zip(X, Y):
        z1 = x @ W1 + b1
        a1 = np.where(z1 > 0, z1, 0)
        d2 = softmax(a1 @ W2 + b2, 0) - y
        d1 = (W2 @ d2) * (z1 > 0)
        for total, own in zip(grads, (np.outer(x, d1), d1, np.outer(a1, d2), d2)):
            total += own / len(X)
    return grads


# %% float32 and einsum
def two_layer(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2 = (np.float32(array) for array in (X, Y, W1, b1, W2))
    Z1 = np.einsum("nd,dh->nh", X, W1) + b1
    A1 = Z1.clip(0)
    dZ2 = (softmax(A1 @ W2 + np.float32(b2 - b2.max()), 1) - Y) / len(Y)
    dZ1 = np.einsum("nk,hk->nh", dZ2, W2)
    dZ1[Z1 <= 0] = 0
    return np.einsum("nd,nh->dh", X, dZ1), dZ1.sum(0), np.einsum("nh,nk->hk", A1, dZ2), dZ2.sum(0)
