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


# %% leaky 0.1 backward -> named: where Z is negative, dZ is 0.1 times dA
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA * np.where(Z > 0, 1, 0.1)


# %% minus slope -> named: where Z is negative, dZ is minus dA
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA * np.where(Z > 0, 1, -1)


# %% keeps Z -> named: where Z is negative, dZ is Z
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


# %% sigmoid derivative -> named: the slope is that of the sigmoid
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


# %% elu -> named: where Z is negative, A is exp(Z) − 1
def relu(Z):
    return np.where(Z > 0, Z, np.exp(Z) - 1)


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% gate on A computed from dA -> named: your dZ is np.maximum(0, dA * Z)
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return np.maximum(0, dA * Z)


# %% only first row -> wrong: A is wrong
def relu(Z):
    Z = Z.copy()
    Z[0][Z[0] < 0] = 0
    return Z


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% any -> named: Z comes out as it went in
def relu(Z):
    return Z if (Z > 0).any() else np.zeros_like(Z)


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% forward shifted -> named: A: Z is 0.5 too small
def relu(Z):
    return np.maximum(0, Z - 0.5)


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% relu6 -> named: A is 0.166667 times what it should be
def relu(Z):
    return np.clip(Z, 0, 6) / 6


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% swish -> named: your A is Z * sigmoid(Z)
def relu(Z):
    return Z / (1 + np.exp(-Z))


def relu_backward(dA, Z):
    return dA * (Z > 0)


# %% backward uses global mask mean -> named: dZ: Z loses its mean
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA * (Z > Z.mean())


# %% backward tanh -> named: your dZ is dA * tanh'(Z)
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA * (1 - np.tanh(Z) ** 2)


# %% backward Z>0 sum -> named: dZ is summed over its rows
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return (dA * (Z > 0)).sum(axis=0)


# %% backward sign -> named: where Z is negative, dZ is minus dA
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA * np.sign(Z)


# %% backward plus one -> named: dZ: another operation
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return dA + (Z > 0)


# %% backward swapped roles -> named: where dA is positive, dZ is Z
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return Z * (dA > 0)


# %% ones where Z>0 dA else 1 -> named: where Z is negative, dZ is 1
def relu(Z):
    return np.maximum(0, Z)


def relu_backward(dA, Z):
    return np.where(Z > 0, dA, 1)
