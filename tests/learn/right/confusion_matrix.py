import numpy as np


# %% loop
def confusion_matrix(y, answer, K):
    C = np.zeros((K, K), dtype=int)
    for i, j in zip(y, answer):
        C[i][j] += 1
    return C


# %% add.at
def confusion_matrix(y, answer, K):
    C = np.zeros((K, K))
    np.add.at(C, (y, answer), 1)
    return C


# %% bincount
def confusion_matrix(y, answer, K):
    return np.bincount(K * y + answer, minlength=K * K).reshape(K, K)


# %% one-hot product, float32
def confusion_matrix(y, answer, K):
    eye = np.eye(K, dtype=np.float32)
    return eye[y].T @ eye[answer]


# %% lists, cell by cell
def confusion_matrix(y, answer, K):
    return [[sum(1 for a, b in zip(y, answer) if a == i and b == j) for j in range(K)] for i in range(K)]
