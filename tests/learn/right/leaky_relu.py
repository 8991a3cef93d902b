import numpy as np


# %% the larger of the two
def leaky_relu(Z, slope):
    return np.maximum(slope * Z, Z)


def leaky_relu_backward(dA, Z, slope):
    return np.where(Z > 0, dA, slope * dA)


# %% copies, written into
def leaky_relu(Z, slope):
    A = Z.copy()
    A[A < 0] *= slope
    return A


def leaky_relu_backward(dA, Z, slope):
    dZ = dA.copy()
    dZ[Z < 0] *= slope
    return dZ


# %% loops and lists
def leaky_relu(Z, slope):
    return [[z if z > 0 else slope * z for z in row] for row in Z]


def leaky_relu_backward(dA, Z, slope):
    dZ = np.zeros(Z.shape)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            dZ[i, j] = dA[i, j] * (1 if Z[i, j] > 0 else slope)
    return dZ


# %% two halves added, float32, slope 1 at the corner
def leaky_relu(Z, slope):
    Z = Z.astype(np.float32)
    return Z.clip(0) + slope * np.minimum(Z, 0)


def leaky_relu_backward(dA, Z, slope):
    return dA.astype(np.float32) * ((Z >= 0) + slope * (Z < 0))


# %% slopes filled into an array
def leaky_relu(Z, slope):
    return Z * np.where(Z >= 0, 1, slope)


def leaky_relu_backward(dA, Z, slope):
    slopes = np.ones_like(Z)
    slopes[Z < 0] = slope
    return slopes * dA


# %% in place
def leaky_relu(Z, slope):
    Z[Z < 0] = slope * Z[Z < 0]
    return Z


def leaky_relu_backward(dA, Z, slope):
    dA[Z <= 0] *= slope
    return dA
