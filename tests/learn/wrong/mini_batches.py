import numpy as np


# %% a last batch too much -> named: an empty batch comes at the end
def mini_batches(X, y, B, rng):
    order = rng.permutation(len(X))
    return [(X[order[i * B : i * B + B]], y[order[i * B : i * B + B]]) for i in range(len(X) // B + 1)]


# %% shuffled in turn -> named: pictures and labels are shuffled separately
def mini_batches(X, y, B, rng):
    rng.shuffle(X)
    rng.shuffle(y)
    return [(X[i : i + B], y[i : i + B]) for i in range(0, len(X), B)]


# %% whole batches only -> named: the last, smaller batch is left out
def mini_batches(X, y, B, rng):
    order = rng.permutation(len(X))
    return [(X[order[i * B : i * B + B]], y[order[i * B : i * B + B]]) for i in range(len(X) // B)]


# %% choice for each batch -> named: each batch is drawn anew
def mini_batches(X, y, B, rng):
    batches = []
    for start in range(0, len(X), B):
        chosen = rng.choice(len(X), B)
        batches.append((X[chosen], y[chosen]))
    return batches
