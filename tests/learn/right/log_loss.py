import numpy as np


# %% clip, one line
def log_loss(a, y):
    a = np.clip(a, 1e-15, 1 - 1e-15)
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


# %% small numbers added
def log_loss(a, y):
    eps = 1e-7
    return (-1 / len(y)) * np.sum(y * np.log(a + eps) + (1 - y) * np.log(1 - a + eps))


# %% the probability of the truth
def log_loss(a, y):
    p = np.where(y == 1, a, 1 - a)
    return -np.log(np.maximum(p, 1e-20)).mean()


# %% loops
def log_loss(a, y):
    from math import log

    total = 0.0
    for p, truth in zip(a, y):
        total -= log(max(p, 1e-12)) if truth else log(max(1 - p, 1e-12))
    return total / len(y)


# %% dot products
def log_loss(a, y):
    a = np.clip(a, 1e-9, 1 - 1e-9)
    return -(np.dot(y, np.log(a)) + np.dot(1 - y, np.log(1 - a))) / a.shape[0]


# %% float32, a column
def log_loss(a, y):
    a, y = a.astype(np.float32).reshape(-1, 1), y.reshape(-1, 1)
    a = np.clip(a, 1e-6, 1 - 1e-6)
    return np.squeeze(np.mean(np.where(y > 0.5, -np.log(a), -np.log1p(-a))))
