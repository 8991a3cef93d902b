import numpy as np


# %% maximum, comparison
def relu(Z):
    return np.maximum(Z, 0)


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% where, slope 1 at the corner
def relu(Z):
    return np.where(Z > 0, Z, 0)


def relu_backward(dA, Z):
    return np.where(Z >= 0, dA, 0)


# %% copies, written into
def relu(Z):
    A = Z.copy()
    A[A < 0] = 0
    return A


def relu_backward(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ


# %% loops
def relu(Z):
    A = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            if Z[i, j] > 0:
                A[i, j] = Z[i, j]
    return A


def relu_backward(dA, Z):
    return [[d if z > 0 else 0 for d, z in zip(*rows)] for rows in zip(dA, Z)]


# %% half the sum of Z and its absolute value, slope a half at the corner
def relu(Z):
    return (Z + abs(Z)) / 2


def relu_backward(dA, Z):
    return dA * (np.sign(Z) + 1) / 2


# %% product with the comparison, float32
def relu(Z):
    return (Z * (Z > 0)).astype(np.float32)


def relu_backward(dA, Z):
    return dA.astype("float32") * np.heaviside(Z, 0.3)


# %% in place
def relu(Z):
    Z[Z < 0] = 0
    return Z


def relu_backward(dA, Z):
    dA[Z < 0] = 0
    return dA


# %% through the value
def relu(Z):
    return Z.clip(0)


def relu_backward(dA, Z):
    A = relu(Z)
    return dA * (A > 0)
