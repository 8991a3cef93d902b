import numpy as np


# %% standard_normal times a factor
def he(rng, D, K):
    return rng.standard_normal((D, K)) * np.sqrt(2 / D)


def xavier(rng, D, K):
    return rng.standard_normal((D, K)) * np.sqrt(2 / (D + K))


# %% uniform, with the limit that fits
def he(rng, D, K):
    limit = np.sqrt(6 / D)
    return rng.uniform(-limit, limit, size=(D, K))


def xavier(rng, D, K):
    limit = np.sqrt(6 / (D + K))
    return limit * (2 * rng.random((D, K)) - 1)


# %% column after column, float32
def he(rng, D, K):
    W = np.empty((D, K), dtype=np.float32)
    for k in range(K):
        W[:, k] = rng.normal(scale=(2 / D) ** 0.5, size=D)
    return W


def xavier(rng, D, K):
    return rng.normal(scale=1 / np.sqrt((D + K) / 2), size=(D, K)).astype("float32")


# %% NumPy's old functions
def he(rng, D, K):
    return np.random.randn(D, K) * np.sqrt(2.0 / D)


def xavier(rng, D, K):
    return np.random.normal(0, np.sqrt(2 / (D + K)), (D, K))


# %% samples in columns: (K, D)
def he(rng, D, K):
    return rng.normal(0, np.sqrt(2 / D), (K, D))


def xavier(rng, D, K):
    return rng.normal(0, np.sqrt(2 / (K + D)), (K, D))


# %% lists
def he(rng, D, K):
    s = (2 / D) ** 0.5
    return [list(rng.normal(0, s, K)) for _ in range(D)]


def xavier(rng, D, K):
    s = (2 / (D + K)) ** 0.5
    return [list(row) for row in rng.normal(0, s, (D, K))]
