import numpy as np


# %% clip, sum, divided by the rows
def cross_entropy(A, Y):
    m = Y.shape[0]
    A = np.clip(A, 1e-15, 1 - 1e-15)
    return -np.sum(Y * np.log(A)) / m


# %% a small number added
def cross_entropy(A, Y):
    return -np.mean(np.sum(Y * np.log(A + 1e-8), axis=1))


# %% the true class picked by its number
def cross_entropy(A, Y):
    p = A[np.arange(len(A)), Y.argmax(axis=1)]
    return np.mean(-np.log(np.maximum(p, 1e-10)))


# %% loops
def cross_entropy(A, Y):
    import math

    total = 0
    for n in range(len(A)):
        for k in range(len(A[n])):
            if Y[n, k] == 1:
                total -= math.log(max(A[n, k], 1e-300))
    return total / len(A)


# %% where, float32
def cross_entropy(A, Y):
    A = A.astype(np.float32)
    return np.einsum("nk,nk->", Y, -np.log(np.where(A > 0, A, np.float32(1e-30)))) / len(Y)


# %% one number in an array, 1e-5 added
def cross_entropy(A, Y):
    return -np.sum(Y * np.log(A + 1e-5), keepdims=True) / A.shape[0]


# %% samples in columns, as the file says
SAMPLES = "columns"


def cross_entropy(A, Y):
    return -np.sum(Y * np.log(A + 1e-12)) / Y.shape[1]
