import numpy as np


# %% masks
def split(X, y, fraction, rng):
    order = rng.permutation(len(y))
    X, y = X[order], y[order]
    for_val = np.zeros(len(y), dtype=bool)
    for label in set(y):
        members = np.where(y == label)[0]
        for_val[members[: round(fraction * len(members))]] = True
    return X[~for_val], y[~for_val], X[for_val], y[for_val]


# %% loops and lists, a shuffle of pairs
def split(X, y, fraction, rng):
    groups = {}
    for row, label in zip(X, y):
        groups.setdefault(int(label), []).append((row, label))
    train, val = [], []
    for pairs in groups.values():
        order = rng.permutation(len(pairs))
        n = round(fraction * len(pairs))
        val += [pairs[i] for i in order[:n]]
        train += [pairs[i] for i in order[n:]]
    train = [train[i] for i in rng.permutation(len(train))]
    val = [val[i] for i in rng.permutation(len(val))]
    X_train, y_train = zip(*train)
    X_val, y_val = zip(*val)
    return np.array(X_train), np.array(y_train), np.array(X_val), np.array(y_val)


# %% NumPy's old functions, int instead of round, labels as a column
def split(X, y, fraction, rng):
    train_indices, val_indices = [], []
    for c in range(y.max() + 1):
        indices = np.where(y == c)[0]
        np.random.shuffle(indices)
        n = int(fraction * len(indices) + 0.5)
        val_indices.extend(indices[:n])
        train_indices.extend(indices[n:])
    np.random.shuffle(train_indices)
    np.random.shuffle(val_indices)
    return X[train_indices], y[train_indices].reshape(-1, 1), X[val_indices], y[val_indices].reshape(-1, 1)


# %% the last ones of shuffled classes, choice without replacement
def split(X, y, fraction, rng):
    val = np.concatenate(
        [
            rng.choice(np.flatnonzero(y == c), round(fraction * np.sum(y == c)), replace=False)
            for c in np.unique(y)
        ]
    )
    rng.shuffle(val)
    train = np.array([n for n in rng.permutation(len(y)) if n not in set(val)])
    return X[train], y[train], X[val], y[val]


# %% float32, shuffled in place
def split(X, y, fraction, rng):
    order = np.arange(len(X))
    rng.shuffle(order)
    rank = np.zeros(len(y))
    for c in np.unique(y):
        rank[order[y[order] == c]] = np.arange(np.sum(y == c)) / np.sum(y == c)
    val = order[rank[order] < fraction - 1e-9]
    train = order[rank[order] >= fraction - 1e-9]
    return X[train].astype("float32"), y[train], X[val].astype("float32"), y[val]
