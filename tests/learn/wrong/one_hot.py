import numpy as np


# %% int index off by one raising -> named: Y is shifted by one column
def one_hot(y, K):
    Y = np.zeros((len(y), K))
    for i in range(len(y)):
        Y[i, y[i] + 1] = 1
    return Y


# %% swapped args zeros -> stopped: an index is too large
def one_hot(y, K):
    Y = np.zeros((K, len(y)))
    Y[np.arange(len(y)), y] = 1
    return Y


# %% K hard coded 10 -> named: Y always has 10 columns
def one_hot(y, K):
    Y = np.zeros((len(y), 10))
    Y[np.arange(len(y)), y] = 1
    return Y


# %% max without +1 -> clue: Y has the wrong shape
def one_hot(y, K):
    Y = np.zeros((y.size, y.max()))
    Y[np.arange(y.size), y - 1] = 1
    return Y


# %% reversed order -> named: Y has its columns in the reverse order
def one_hot(y, K):
    return np.eye(K)[::-1][y]


# %% accumulates -> named: Y keeps what earlier rows had
def one_hot(y, K):
    Y = np.zeros((len(y), K))
    row = np.zeros(K)
    for i, c in enumerate(y):
        row[c] = 1
        Y[i] = row
    return Y


# %% same row object -> named: whole columns are filled
def one_hot(y, K):
    row = [0] * K
    rows = []
    for c in y:
        row[c] = 1
        rows.append(row)
    return np.array(rows)


# %% flat counts -> named: Y is summed over its rows
def one_hot(y, K):
    return np.bincount(y, minlength=K)


# %% one at n -> named: the labels are not used
def one_hot(y, K):
    Y = np.zeros((len(y), K))
    for n in range(len(y)):
        Y[n][n % K] = 1
    return Y


# %% return inside loop -> named: only the first sample has its 1
def one_hot(y, K):
    Y = np.zeros((len(y), K))
    for n in range(len(y)):
        Y[n, y[n]] = 1
        return Y


# %% range(len-1) -> named: Y: the last sample does not take part
def one_hot(y, K):
    Y = np.zeros((len(y), K))
    for n in range(len(y) - 1):
        Y[n, y[n]] = 1
    return Y


# %% ones everywhere -> named: Y is always 1
def one_hot(y, K):
    Y = np.ones((len(y), K))
    Y[np.arange(len(y)), y] = 1
    return Y


# %% comparison with K reversed -> named: Y is added up along each row
def one_hot(y, K):
    return (y[:, None] <= np.arange(K)).astype(float)


# %% thermometer -> named: Y is added up along each row, from the right
def one_hot(y, K):
    return (np.arange(K) <= y[:, None]).astype(float)


# %% last first -> named: Y has its columns in the reverse order
def one_hot(y, K):
    return np.eye(K)[K - 1 - y]


# %% K+1 columns -> named: Y has a column of zeros too many at its end
def one_hot(y, K):
    return np.eye(K + 1)[y]


# %% n classes +1 label 1 -> named: Y stands one column too far to the left
def one_hot(y, K):
    return np.eye(K + 1)[y][:, 1:]


# %% broadcasting compare wrong shape -> stopped: the shapes do not fit; Y has the wrong shape
def one_hot(y, K):
    return y == np.arange(K)


# %% strings -> stopped: what it returns are no numbers
def one_hot(y, K):
    return ["".join("1" if k == c else "0" for k in range(K)) for c in y]


# %% soft labels -> named: Y is 0.9 times the right one plus a number that differs from input to input
def one_hot(y, K):
    return np.eye(K)[y] * 0.9 + 0.1 / K


# %% minus ones -> named: Y is 1 too small
def one_hot(y, K):
    return 2 * np.eye(K)[y] - 1
