import numpy as np


# %% NumPy's
def tanh(Z):
    return np.tanh(Z)


def tanh_backward(dA, Z):
    return dA * (1 - np.tanh(Z) ** 2)


# %% the fraction, with an exponent that is never positive
def tanh(Z):
    E = np.exp(-2 * np.abs(Z))
    return np.sign(Z) * (1 - E) / (1 + E)


def tanh_backward(dA, Z):
    A = tanh(Z)
    return dA - dA * A * A


# %% two sigmoids
def tanh(Z):
    return 2 / (1 + np.exp(-2 * Z)) - 1


def tanh_backward(dA, Z):
    A = tanh(Z)
    return dA * (1 - A) * (1 + A)


# %% lists and math
def tanh(Z):
    import math

    return [[math.tanh(z) for z in row] for row in Z]


def tanh_backward(dA, Z):
    return [[d * (1 - a**2) for d, a in zip(*rows)] for rows in zip(dA, tanh(Z))]


# %% float32, one over cosh squared
def tanh(Z):
    return np.tanh(Z.astype(np.float32))


def tanh_backward(dA, Z):
    return dA / np.cosh(Z) ** 2


# %% limits before the fraction
def tanh(Z):
    Z = np.clip(Z, -20, 20)
    return (np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))


def tanh_backward(dA, Z):
    dZ = np.empty_like(dA)
    for n in range(len(dA)):
        dZ[n] = dA[n] * (1 - np.square(tanh(Z[n])))
    return dZ
