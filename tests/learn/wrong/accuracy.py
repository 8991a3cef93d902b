import numpy as np


# %% returns the hits -> named: share has an axis too many
def accuracy(A, y):
    return np.argmax(A, axis=1) == y


# %% rounded probabilities -> wrong: share is wrong
def accuracy(A, y):
    Y = np.eye(A.shape[1])[y]
    return np.mean(np.round(A) == Y)


# %% rounded percent -> named: share is rounded to 1 place
def accuracy(A, y):
    return round(float(np.mean(A.argmax(1) == y)), 1)


# %% set of answers -> wrong: share is wrong
def accuracy(A, y):
    return len(set(A.argmax(1)) & set(y)) / len(y)
