import numpy as np


# %% the plain formula
def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def sigmoid_backward(dA, Z):
    s = sigmoid(Z)
    return dA * s * (1 - s)


# %% through tanh
def sigmoid(Z):
    return 0.5 + 0.5 * np.tanh(0.5 * Z)


def sigmoid_backward(dA, Z):
    return dA * (1 - np.tanh(Z / 2) ** 2) / 4


# %% exponents kept within limits
def sigmoid(Z):
    Z = np.clip(Z, -500, 500)
    return 1.0 / (1.0 + np.exp(-Z))


def sigmoid_backward(dA, Z):
    A = sigmoid(Z)
    return dA * (A - A**2)


# %% two halves with masks
def sigmoid(Z):
    A = np.zeros_like(Z, dtype=float)
    A[Z >= 0] = 1 / (1 + np.exp(-Z[Z >= 0]))
    e = np.exp(Z[Z < 0])
    A[Z < 0] = e / (1 + e)
    return A


def sigmoid_backward(dA, Z):
    return sigmoid(Z) * sigmoid(-Z) * dA


# %% loops and math
def sigmoid(Z):
    from math import exp

    return [[1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z)) for z in row] for row in Z]


def sigmoid_backward(dA, Z):
    A = np.array(sigmoid(Z))
    return np.multiply(dA, np.multiply(A, 1 - A))


# %% log-add-exp, float32
def sigmoid(Z):
    return np.exp(-np.logaddexp(0, -Z.astype(np.float32)))


def sigmoid_backward(dA, Z):
    A = sigmoid(Z)
    return dA.astype(np.float32) * A * (1 - A)
