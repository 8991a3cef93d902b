import numpy as np


# %% plain
def mini_batches(X, y, B, rng):
    order = rng.permutation(len(X))
    return [(X[order[i : i + B]], y[order[i : i + B]]) for i in range(0, len(X), B)]


# %% a generator
def mini_batches(X, y, B, rng):
    order = rng.permutation(X.shape[0])
    X, y = X[order], y[order]
    for i in range(0, X.shape[0], B):
        yield X[i : i + B], y[i : i + B]


# %% shuffled numbers, split
def mini_batches(X, y, B, rng):
    order = np.arange(len(y))
    rng.shuffle(order)
    return [(X[part], y[part]) for part in np.array_split(order, range(B, len(y), B))]


# %% whole batches, then the rest
def mini_batches(X, y, B, rng):
    N = len(X)
    order = rng.permutation(N)
    X, y = X[order], y[order]
    batches = []
    for i in range(N // B):
        batches.append((X[i * B : (i + 1) * B], y[i * B : (i + 1) * B]))
    if N % B != 0:
        batches.append((X[N // B * B :], y[N // B * B :]))
    return batches


# %% pairs in a list, shuffled
def mini_batches(X, y, B, rng):
    pairs = list(zip(X, y))
    pairs = [pairs[i] for i in rng.permutation(len(pairs))]
    batches = []
    while pairs:
        now, pairs = pairs[:B], pairs[B:]
        batches.append([np.array([x for x, _ in now]), np.array([label for _, label in now])])
    return batches
