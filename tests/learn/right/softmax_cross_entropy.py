import numpy as np


# %% one line
def softmax_cross_entropy_backward(A, Y):
    return (A - Y) / Y.shape[0]


# %% a copy, 1 taken away at the true class
def softmax_cross_entropy_backward(A, Y):
    dZ = A.copy()
    dZ[np.arange(len(A)), Y.argmax(axis=1)] -= 1
    dZ /= len(A)
    return dZ


# %% loops
def softmax_cross_entropy_backward(A, Y):
    N, K = A.shape
    dZ = np.zeros((N, K))
    for n in range(N):
        for k in range(K):
            dZ[n, k] = (A[n, k] - Y[n, k]) / N
    return dZ


# %% through softmax's matrix, sample by sample
def softmax_cross_entropy_backward(A, Y):
    rows = []
    for a, y in zip(A, Y):
        dA = np.where(y == 1, -1 / np.maximum(a, 1e-300), 0.0)
        J = np.diag(a) - np.outer(a, a)
        rows.append(J @ dA if a[y == 1] > 0 else a - y)
    return np.array(rows) / len(A)


# %% float32
def softmax_cross_entropy_backward(A, Y):
    return np.float32(1 / len(A)) * (A.astype(np.float32) - Y.astype(np.float32))


# %% lists
def softmax_cross_entropy_backward(A, Y):
    return [[(p - t) / len(A) for p, t in zip(*rows)] for rows in zip(A, Y)]


# %% samples in columns, as the file says
SAMPLES = "columns"


def softmax_cross_entropy_backward(A, Y):
    return (A - Y) / A.shape[1]
