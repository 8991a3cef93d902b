import numpy as np


# %% one line
def squared_error(a, y):
    return np.mean((a - y) ** 2)


# %% the other way round, divided by the length
def squared_error(a, y):
    return np.sum(np.square(y - a)) / len(y)


# %% a loop
def squared_error(a, y):
    total = 0
    for i in range(len(a)):
        total += (a[i] - y[i]) ** 2
    return total / len(a)


# %% dot product
def squared_error(a, y):
    d = a - y
    return d @ d / d.size


# %% float32, in columns
def squared_error(a, y):
    d = np.subtract(a.reshape(-1, 1), y.reshape(-1, 1)).astype(np.float32)
    return (d.T @ d) / d.shape[0]


# %% the norm squared
def squared_error(a, y):
    return np.linalg.norm(a - y) ** 2 / a.shape[0]
