import numpy as np


# %% fancy index added to -> named: each cell is 1 at most
def confusion_matrix(y, answer, K):
    C = np.zeros((K, K))
    C[y, answer] += 1
    return C


# %% rows by reference -> named: each sample counts in a whole column
def confusion_matrix(y, answer, K):
    C = [[0] * K] * K
    for i, j in zip(y, answer):
        C[i][j] += 1
    return C


# %% K + 1 -> clue: C has the wrong shape
def confusion_matrix(y, answer, K):
    C = np.zeros((K + 1, K + 1))
    for i, j in zip(y, answer):
        C[i, j] += 1
    return C


# %% percent of rows -> named: two things at once: each row is divided by its sum; and C is 100 times what it should be
def confusion_matrix(y, answer, K):
    C = np.zeros((K, K))
    for i, j in zip(y, answer):
        C[i, j] += 100 / np.sum(y == i)
    return C
