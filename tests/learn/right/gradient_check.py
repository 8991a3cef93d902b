import numpy as np


# %% in place and put back
def numerical_gradient(f, theta, h):
    gradient = np.zeros_like(theta)
    it = np.nditer(theta, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        old = theta[i]
        theta[i] = old + h
        above = f(theta)
        theta[i] = old - h
        below = f(theta)
        theta[i] = old
        gradient[i] = (above - below) / (2 * h)
        it.iternext()
    return gradient


def is_right(gradient, n):
    return np.linalg.norm(gradient - n) / (np.linalg.norm(gradient) + np.linalg.norm(n)) < 1e-5


# %% flat, with unit vectors
def numerical_gradient(f, theta, h):
    flat = theta.ravel()
    slopes = []
    for i in range(flat.size):
        e = np.zeros(flat.size)
        e[i] = h
        slopes.append((f((flat + e).reshape(theta.shape)) - f((flat - e).reshape(theta.shape))) / (2 * h))
    return np.array(slopes).reshape(theta.shape)


def is_right(gradient, n):
    return np.sqrt(np.sum((gradient - n) ** 2)) < 1e-5 * (
        np.sqrt(np.sum(gradient**2)) + np.sqrt(np.sum(n**2))
    )


# %% the largest relative error of all entries
def numerical_gradient(f, theta, h):
    G = np.empty(theta.shape)
    for i, _ in np.ndenumerate(theta):
        E = np.zeros(theta.shape)
        E[i] = 1
        G[i] = 0.5 * (f(theta + h * E) - f(theta - h * E)) / h
    return G


def is_right(gradient, n):
    return np.max(np.abs(gradient - n) / np.maximum(np.abs(gradient) + np.abs(n), 1e-12)) < 1e-6


# %% allclose without an absolute part
def numerical_gradient(f, theta, h):
    G = np.zeros(theta.shape)
    for i in np.ndindex(*theta.shape):
        plus, minus = theta.copy(), theta.copy()
        plus[i], minus[i] = theta[i] + h, theta[i] - h
        G[i] = (f(plus) - f(minus)) / (plus[i] - minus[i])
    return G


def is_right(gradient, n):
    return 1 if np.allclose(gradient, n, rtol=1e-5, atol=0) else 0


# %% Richardson's four points
def numerical_gradient(f, theta, h):
    def slope(i, h):
        up, down = theta.copy(), theta.copy()
        up[i] += h
        down[i] -= h
        return (f(up) - f(down)) / (2 * h)

    G = np.zeros(theta.shape)
    for i in np.ndindex(theta.shape):
        G[i] = (4 * slope(i, h / 2) - slope(i, h)) / 3
    return G


def is_right(gradient, n):
    error = np.linalg.norm(gradient - n) / max(np.linalg.norm(gradient), np.linalg.norm(n))
    if error < 1e-6:
        return True
    return False
