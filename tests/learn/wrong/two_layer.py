import numpy as np


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# %% relu applied to the error -> named: relu' is taken from dA1
def two_layer(X, Y, W1, b1, W2, b2):
    m = len(X)
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = (softmax(A1 @ W2 + b2) - Y) / m
    dZ1 = np.maximum(dZ2 @ W2.T, 0)
    return X.T @ dZ1, dZ1.sum(0), A1.T @ dZ2, dZ2.sum(0)


# %% the biases as in seed 002, sums without an axis -> named: db1 is one number, the sum of everything; db2 has lost an axis
def two_layer(X, Y, W1, b1, W2, b2):
    m = len(X)
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = softmax(A1 @ W2 + b2) - Y
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return X.T @ dZ1 / m, np.sum(dZ1) / m, A1.T @ dZ2 / m, np.sum(dZ2) / m


# %% W2 updated before dZ1 -> named: dW1 and db1: W2 is updated by dW2 before it is used again
def two_layer(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = (softmax(A1 @ W2 + b2) - Y) / len(X)
    dW2 = A1.T @ dZ2
    W2 = W2 - 0.1 * dW2
    dZ1 = dZ2 @ W2.T * (Z1 > 0)
    return X.T @ dZ1, dZ1.sum(0), dW2, dZ2.sum(0)


# %% the second layer's 1/N missing -> named: dW2 is N times what it should be; db2 is N times what it should be
def two_layer(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = softmax(A1 @ W2 + b2) - Y
    dZ1 = dZ2 @ W2.T * (Z1 > 0) / len(X)
    return X.T @ dZ1, dZ1.sum(0), A1.T @ dZ2, dZ2.sum(0)


# %% leaky slope backward -> named: the slope is that of the leaky ReLU
def two_layer(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dZ2 = (softmax(A1 @ W2 + b2) - Y) / len(X)
    dZ1 = dZ2 @ W2.T * np.where(Z1 > 0, 1, 0.01)
    return X.T @ dZ1, dZ1.sum(0), A1.T @ dZ2, dZ2.sum(0)
