import numpy as np


# %% rows of the identity
def one_hot(y, K):
    return np.eye(K)[y]


# %% comparison, as booleans
def one_hot(y, K):
    return y[:, None] == np.arange(K)


# %% loop
def one_hot(y, K):
    Y = np.zeros((len(y), K), dtype=int)
    for n in range(len(y)):
        Y[n, y[n]] = 1
    return Y


# %% lists
def one_hot(y, K):
    return [[1 if k == label else 0 for k in range(K)] for label in y]


# %% put_along_axis, float32
def one_hot(y, K):
    Y = np.zeros((y.size, K), dtype=np.float32)
    np.put_along_axis(Y, y.reshape(-1, 1), 1, axis=1)
    return Y


# %% samples in columns, as the file says
SAMPLES = "columns"


def one_hot(y, K):
    Y = np.zeros((K, y.size))
    Y[y, np.arange(y.size)] = 1
    return Y
