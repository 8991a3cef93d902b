import numpy as np


# %% plain
def dropout(A, p, rng, training):
    if training:
        return A * (rng.random(A.shape) > p) / (1 - p)
    return A


# %% binomial
def dropout(A, p, rng, training):
    if not training:
        return A.copy()
    mask = rng.binomial(1, 1 - p, size=A.shape) / (1 - p)
    return A * mask


# %% with the probability of staying
def dropout(A, p, rng, training):
    keep = 1 - p
    if training:
        A = np.where(rng.uniform(size=A.shape) < keep, A / keep, 0)
    return A


# %% choice, in place
def dropout(A, p, rng, training):
    if training:
        A *= rng.choice([0.0, 1.0], size=A.shape, p=[p, 1 - p])
        A /= 1 - p
    return A


# %% loops, float32, with its mask
def dropout(A, p, rng, training):
    D = A.astype(np.float32)
    mask = np.ones(A.shape)
    if training:
        for place in np.ndindex(A.shape):
            mask[place] = rng.random() >= p
            D[place] *= mask[place] / (1 - p)
    return D, mask
