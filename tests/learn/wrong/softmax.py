import numpy as np


# %% no keepdims with max right -> named: the sums of the rows are divided by as columns
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)


# %% axis 0 no shift -> named: normalised over the batch, and large sums overflow
def softmax(Z):
    return np.exp(Z) / np.sum(np.exp(Z), axis=0)


# %% seed style python sum -> named: normalised over the batch, and large sums overflow
def softmax(Z):
    A = np.exp(Z) / sum(np.exp(Z))
    return A


# %% global sum, no shift -> named: the whole array adds up to 1, and large sums overflow
def softmax(Z):
    e = np.exp(Z)
    return e / e.sum()


# %% max axis 0, sum axis 1 -> named: A: another axis
def softmax(Z):
    E = np.exp(Z - Z.max(axis=0))
    return E / E.sum(axis=1, keepdims=True)


# %% plus max -> named: large sums overflow
def softmax(Z):
    E = np.exp(Z + Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# %% shift by constant -> named: A is not a number (nan) with sums around −1000
def softmax(Z):
    E = np.exp(Z - 500)
    return E / E.sum(axis=1, keepdims=True)


# %% clip -> clue: A is right except with sums around 1000
def softmax(Z):
    E = np.exp(np.clip(Z, -500, 500))
    return E / E.sum(axis=1, keepdims=True)


# %% argmax one hot -> named: A is 1 at the largest of each row and 0 elsewhere
def softmax(Z):
    return (Z == Z.max(axis=1, keepdims=True)).astype(float)


# %% base 2 -> named: A: another function
def softmax(Z):
    E = 2 ** (Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# %% divides std -> named: A: Z is divided by the deviation of each row
def softmax(Z):
    E = np.exp(Z / Z.std(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# %% sum excludes own -> named: A: total has E taken away
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / (E.sum(axis=1, keepdims=True) - E)


# %% sum plus 1 -> named: A: total is 1 too large
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / (1 + E.sum(axis=1, keepdims=True))


# %% squares -> named: A is divided by the length of each row
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / np.sqrt((E**2).sum(axis=1, keepdims=True))


# %% exp of sum -> clue: A is not a number (nan) with sums around 1000
def softmax(Z):
    return np.exp(Z) / np.exp(Z.sum(axis=1, keepdims=True))


# %% temperature -> named: A: Z is halved
def softmax(Z):
    E = np.exp((Z - Z.max(axis=1, keepdims=True)) / 2)
    return E / E.sum(axis=1, keepdims=True)


# %% int dtype -> named: A is always 0
def softmax(Z):
    A = np.zeros(Z.shape, dtype=int)
    for i in range(len(Z)):
        e = np.exp(Z[i] - Z[i].max())
        A[i] = e / e.sum()
    return A


# %% first row only -> named: A: only the first sample takes part
def softmax(Z):
    e = np.exp(Z[0] - Z[0].max())
    return e / e.sum()


# %% only last row -> named: A: only the last sample takes part
def softmax(Z):
    for row in Z:
        e = np.exp(row - row.max())
        out = e / e.sum()
    return out


# %% overwritten in place then used -> clue: A is right only in its first column
def softmax(Z):
    A = np.exp(Z - Z.max(axis=1, keepdims=True))
    for k in range(Z.shape[1]):
        A[:, k] = A[:, k] / A.sum(axis=1)
    return A


# %% math.exp -> stopped: an array where one number is needed
import math


def softmax(Z):
    E = math.exp(Z)
    return E / E.sum()


# %% unnormalised shift only -> named: what you return as A is Z − m
def softmax(Z):
    return Z - Z.max(axis=1, keepdims=True)


# %% big eps -> named: A: total gets 0.01 added
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / (E.sum(axis=1, keepdims=True) + 1e-2)


# %% probability clip -> named: A is cut off below 0.05
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.clip(E / E.sum(axis=1, keepdims=True), 0.05, 0.95)


# %% rounds -> named: A is rounded to 2 places
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.round(E / E.sum(axis=1, keepdims=True), 2)


# %% transposed result -> named: A is transposed
def softmax(Z):
    E = np.exp(Z.T - Z.max(axis=1))
    return E / E.sum(axis=0)


# %% nan_to_num -> clue: A is right except with sums around 1000
def softmax(Z):
    E = np.exp(Z)
    return np.nan_to_num(E / E.sum(axis=1, keepdims=True))


# %% subtract max axis0 keepdims, sum all -> wrong: A is wrong
def softmax(Z):
    e = np.exp(Z - Z.max(axis=0, keepdims=True))
    return e / e.sum()


# %% divides by K -> named: A is 1/K times what it should be
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) / Z.shape[1]


# %% rows divided by N -> named: A is 1/N times what it should be
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) / len(Z)


# %% returns argmax -> named: A is only the place of the largest of each row
def softmax(Z):
    return Z.argmax(axis=1)


# %% 1 - p -> named: A is one minus the right one
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return 1 - e / e.sum(axis=1, keepdims=True)


# %% sorted -> named: A is the right one sorted
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.sort(e / e.sum(axis=1, keepdims=True), axis=1)


# %% max per row without keepdims -> named: A: another axis
def softmax(Z):
    e = np.exp(Z - np.max(Z, axis=1))
    return e / np.sum(e, axis=1, keepdims=True)


# %% only normalises z (min-max) -> named: your A is (Z - smallest of each row) / (largest - smallest)
def softmax(Z):
    return (Z - Z.min(axis=1, keepdims=True)) / (Z.max(axis=1, keepdims=True) - Z.min(axis=1, keepdims=True))


# %% log prob neg -> named: A is minus the logarithm of the right one
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return -np.log(e / e.sum(axis=1, keepdims=True))


# %% tanh -> named: your A is np.tanh(Z)
def softmax(Z):
    return np.tanh(Z)


# %% exp then squares -> named: A: Z is doubled
def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True)) ** 2
    return e / e.sum(axis=1, keepdims=True)


# %% loop leaving last class -> named: A: a part of an array is left out
def softmax(Z):
    A = np.zeros_like(Z)
    for n in range(Z.shape[0]):
        s = 0
        for k in range(Z.shape[1] - 1):
            s += np.exp(Z[n, k] - Z[n].max())
        A[n] = np.exp(Z[n] - Z[n].max()) / s
    return A


# %% running sum not reset -> named: A: total is added up step by step
def softmax(Z):
    A = np.zeros_like(Z)
    s = 0
    for n in range(Z.shape[0]):
        e = np.exp(Z[n] - Z[n].max())
        s += e.sum()
        A[n] = e / s
    return A


# %% only 1-d -> stopped: an array where one True or False is needed
def softmax(Z):
    e = np.exp(Z - max(Z))
    return e / sum(e)


# %% float16 -> clue: A is nearly right
def softmax(Z):
    e = np.exp((Z - Z.max(axis=1, keepdims=True)).astype(np.float16))
    return e / e.sum(axis=1, keepdims=True)
