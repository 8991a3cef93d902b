import numpy as np


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# %% turned round and not back again -> named: the lists come in the reverse order
def deep(X, Y, W, b):
    A = [X]
    for w, c in zip(W[:-1], b[:-1]):
        A.append(np.maximum(A[-1] @ w + c, 0))
    dZ = (softmax(A[-1] @ W[-1] + b[-1]) - Y) / len(X)
    dW, db = [], []
    for w, a in zip(reversed(W), reversed(A)):
        dW.append(a.T @ dZ)
        db.append(dZ.sum(0))
        dZ = dZ @ w.T * (a > 0)
    return dW, db


# %% W updated on the way back -> named: W is updated before it is used again
def deep(X, Y, W, b):
    A = [X]
    for w, c in zip(W[:-1], b[:-1]):
        A.append(np.maximum(A[-1] @ w + c, 0))
    dZ = (softmax(A[-1] @ W[-1] + b[-1]) - Y) / len(X)
    dW, db = [], []
    for w, a in zip(reversed(W), reversed(A)):
        dW.insert(0, a.T @ dZ)
        db.insert(0, dZ.sum(0))
        dZ = dZ @ (w - 0.1 * dW[0]).T * (a > 0)
    return dW, db


# %% every layer like the last, without relu' -> named: relu' is missing on the way back
def deep(X, Y, W, b):
    A = [X]
    for w, c in zip(W[:-1], b[:-1]):
        A.append(np.maximum(A[-1] @ w + c, 0))
    dZ = (softmax(A[-1] @ W[-1] + b[-1]) - Y) / len(X)
    dW, db = [], []
    for w, a in zip(reversed(W), reversed(A)):
        dW.insert(0, a.T @ dZ)
        db.insert(0, dZ.sum(0))
        dZ = dZ @ w.T
    return dW, db
