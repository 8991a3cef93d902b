import numpy as np


# %% plain
def accuracy(A, y):
    return np.mean(A.argmax(1) == y)


# %% loop
def accuracy(A, y):
    hits = 0
    for row, label in zip(A, y):
        if list(row).index(max(row)) == label:
            hits += 1
    return hits / len(y)


# %% samples in columns
SAMPLES = "columns"


def accuracy(A, y):
    return np.sum(np.argmax(A, axis=0) == y) / y.size


# %% errors taken away, as an array
def accuracy(A, y):
    return np.array([1 - np.count_nonzero(A.argmax(axis=-1) - y) / len(A)])


# %% one-hot, float32
def accuracy(A, y):
    Y = np.eye(A.shape[1], dtype=np.float32)[y]
    return (Y.argmax(axis=1) == A.argmax(axis=1)).astype(np.float32).mean()
