import numpy as np


# %% dot product
def neuron(x, w, b):
    z = np.dot(w, x) + b
    return 1 / (1 + np.exp(-z))


# %% a loop and math
def neuron(x, w, b):
    import math

    z = b
    for i in range(len(x)):
        z += x[i] * w[i]
    return 1 / (1 + math.exp(-z))


# %% exp(z) above and below, float32
def neuron(x, w, b):
    z = np.float32(x.astype(np.float32) @ w.astype(np.float32)) + np.float32(b)
    return np.exp(z) / (np.exp(z) + 1)


# %% einsum and a helper
def sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))


def neuron(x, w, b):
    return sigmoid(np.einsum("d,d->", x, w) + b)


# %% as matrices, (1, 1) comes back
def neuron(x, w, b):
    z = x.reshape(1, -1) @ w.reshape(-1, 1) + b
    return 1.0 / (1.0 + np.exp(-z))


# %% zip
def neuron(x, w, b):
    return 1 / (1 + np.exp(-(sum(i * j for i, j in zip(x, w)) + b)))
