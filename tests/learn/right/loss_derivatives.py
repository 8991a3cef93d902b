import numpy as np


# %% clips
def cross_entropy_derivative(A, Y):
    A = np.clip(A, 1e-15, 1)
    return -(Y / A) / A.shape[0]


def log_loss_derivative(a, y):
    a = np.clip(a, 1e-15, 1 - 1e-15)
    return -(y / a - (1 - y) / (1 - a)) / len(y)


def squared_error_derivative(a, y):
    return 2 / len(y) * (a - y)


# %% small numbers added, one fraction
def cross_entropy_derivative(A, Y):
    return -Y / (A + 1e-9) / len(Y)


def log_loss_derivative(a, y):
    return (a - y) / (a * (1 - a) + 1e-9) / a.shape[0]


def squared_error_derivative(a, y):
    return -2 * (y - a) / a.size


# %% only where it is needed
def cross_entropy_derivative(A, Y):
    dA = np.zeros(A.shape)
    true = Y == 1
    dA[true] = -1 / A[true]
    return dA / len(A)


def log_loss_derivative(a, y):
    da = np.zeros(a.shape)
    da[y == 1] = -1 / a[y == 1]
    da[y == 0] = 1 / (1 - a[y == 0])
    return da / len(a)


def squared_error_derivative(a, y):
    d = a - y
    return (d + d) / len(d)


# %% loops and lists
def cross_entropy_derivative(A, Y):
    N = len(A)
    return [[-1 / (p * N) if t else 0.0 for p, t in zip(*rows)] for rows in zip(A, Y)]


def log_loss_derivative(a, y):
    return [-1 / p / len(a) if t else 1 / (1 - p) / len(a) for p, t in zip(a, y)]


def squared_error_derivative(a, y):
    return [2 * (p - t) / len(a) for p, t in zip(a, y)]


# %% float32, columns come back
def cross_entropy_derivative(A, Y):
    A = A.astype(np.float32)
    return np.divide(-Y, A, out=np.zeros_like(A), where=A > 0) / np.float32(len(A))


def log_loss_derivative(a, y):
    p = np.where(y == 1, a, a - 1).astype(np.float32)
    return (-1 / p / len(a)).reshape(-1, 1)


def squared_error_derivative(a, y):
    return ((a - y) * np.float32(2) / len(a))[:, None]
