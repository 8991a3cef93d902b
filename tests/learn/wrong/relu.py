import numpy as np


# %% max axis -> named: your A is Z.max(axis=0)
def relu(Z):
    return np.max(Z, 0)


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% python max raises -> stopped: an array where one True or False is needed
def relu(Z):
    return max(0, Z)


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% if Z > 0 ambiguous -> stopped: an array where one True or False is needed
def relu(Z):
    if Z > 0:
        return Z
    return 0


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% derivative of A wrong returns Z>0 ints -> named: dA does not take part
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return (Z > 0).astype(float)


# %% dA zeroed where Z>0 -> named: the wrong half is stopped
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    dZ = dA.copy()
    dZ[Z > 0] = 0
    return dZ


# %% dZ set to 1 -> named: dA does not take part
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    dZ = dA.copy()
    dZ[Z > 0] = 1
    dZ[Z <= 0] = 0
    return dZ


# %% gate dA<=0 -> named: dA is stopped by its own sign, not by that of Z
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    dZ = dA.copy()
    dZ[dA <= 0] = 0
    return dZ


# %% leaky 0.1 backward -> named: where Z is not positive, dZ is 0.1 times dA
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA * np.where(Z > 0, 1, 0.1)


# %% minus slope -> named: where Z is not positive, dZ is minus dA
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA * np.where(Z > 0, 1, -1)


# %% keeps Z -> named: where Z is not positive, dZ is Z
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return np.where(Z > 0, dA, Z)


# %% forward threshold 0.5 -> named: small numbers of A become 0
def relu(Z):
    return np.where(Z > 0.5, Z, 0)


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% matmul -> named: your dZ is dA.T @ slope
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA.T @ (Z > 0)


# %% sigmoid derivative -> named: your dZ is dA * sigmoid'(Z)
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * s * (1 - s)


# %% NaN by Z/Z -> named: dZ is not a number (nan) with a Z that is exactly 0
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA * np.maximum(0, Z) / Z


# %% forward row sums -> named: A has lost an axis
def relu(Z):
    return np.maximum(0, Z).sum(axis=1)


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% changes Z backward -> named: Z is changed in place
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    Z[Z > 0] = 1
    Z[Z <= 0] = 0
    return dA * Z


# %% relu in place wrong order -> named: dZ: another operation
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    Z[Z <= 0] = 0
    Z[Z > 0] = 1
    return dA + Z


# %% averaged -> named: dZ is 1/N times what it should be
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA * (Z > 0) / len(Z)


# %% wrong order args -> stopped: the arguments are in another order
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(Z, dA):
    return dA * (Z > 0)


# %% Z>=0 as index -> named: A: Z keeps only its numbers from 0 on
def relu(Z):
    return Z[Z >= 0]


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% negated -> named: where Z is positive, A is 0
def relu(Z):
    return np.maximum(0, -Z)


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% elu -> named: where Z is not positive, A is exp(Z) − 1
def relu(Z):
    return np.where(Z > 0, Z, np.exp(Z) - 1)


def relu_backward(dA, Z):
    return dA * (Z > 0)
