import numpy as np


# %% NumPy's global numbers -> right: right
def dropout(A, p, rng, training):
    if not training:
        return A
    return A * (np.random.rand(*A.shape) >= p) / (1 - p)


# %% multiplied by 1 - p in training -> named: what remains is multiplied by 1 − p in training
def dropout(A, p, rng, training):
    if not training:
        return A
    return A * (rng.random(A.shape) >= p) * (1 - p)


# %% mask of the first axis -> named: the mask is returned without A
def dropout(A, p, rng, training):
    if not training:
        return A
    return (rng.random(A.shape) >= p) / (1 - p)


# %% a fixed generator -> named: units are kept with probability p
def dropout(A, p, rng, training):
    if not training:
        return A
    rng = np.random.default_rng(0)
    return A * (rng.random(A.shape) < p) / (1 - p)
