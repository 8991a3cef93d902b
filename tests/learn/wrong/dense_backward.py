import numpy as np


# %% all 1/m but dX -> named: dW and db are divided by N a second time
def dense_backward(dZ, X, W):
    m = X.shape[0]
    dW = 1 / m * np.dot(X.T, dZ)
    db = 1 / m * np.sum(dZ, axis=0, keepdims=True)
    dX = np.dot(dZ, W.T)
    return dW, db, dX


# %% 1/m axis confusion m=D -> named: dW is 1/D times what it should be; db is 1/D times what it should be
def dense_backward(dZ, X, W):
    m = X.shape[1]
    dW = np.dot(X.T, dZ) / m
    db = np.sum(dZ, axis=0) / m
    dX = np.dot(dZ, W.T)
    return dW, db, dX


# %% db sum all coursera without axis -> named: db is one number, the sum of everything
def dense_backward(dZ, X, W):
    dW = X.T @ dZ
    db = np.sum(dZ)
    dX = dZ @ W.T
    return dW, db, dX


# %% db keepdims axis1 -> named: db is summed over the outputs instead of the samples
def dense_backward(dZ, X, W):
    dW = X.T @ dZ
    db = np.sum(dZ, axis=1, keepdims=True)
    dX = dZ @ W.T
    return dW, db, dX


# %% X dot dZ raise -> named: your dW is X @ dZ.T
def dense_backward(dZ, X, W):
    dW = np.dot(X, dZ.T)
    db = np.sum(dZ, axis=0)
    dX = dZ @ W.T
    return dW, db, dX


# %% dX = W dZ -> named: your dX is W @ dZ
def dense_backward(dZ, X, W):
    dW = X.T @ dZ
    db = np.sum(dZ, axis=0)
    dX = np.dot(W, dZ)
    return dW, db, dX


# %% two results -> stopped: it returns something else
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(0)


# %% dW outer last -> named: dW is that of the last sample alone; db: only the last sample takes part
def dense_backward(dZ, X, W):
    for n in range(len(X)):
        dW = np.outer(X[n], dZ[n])
        db = dZ[n]
    dX = dZ @ W.T
    return dW, db, dX


# %% dX uses dW -> named: the weights do not take part in dX
def dense_backward(dZ, X, W):
    dW = X.T @ dZ
    db = dZ.sum(0)
    dX = dZ @ dW.T
    return dW, db, dX


# %% dX gated by X -> named: where X is negative, dX is 0
def dense_backward(dZ, X, W):
    dW = X.T @ dZ
    db = dZ.sum(0)
    dX = (dZ @ W.T) * (X > 0)
    return dW, db, dX


# %% tanh gate -> named: dX is multiplied by 1 − X²
def dense_backward(dZ, X, W):
    dW = X.T @ dZ
    db = dZ.sum(0)
    dX = (dZ @ W.T) * (1 - X**2)
    return dW, db, dX


# %% updates W first -> named: dX: W is updated by dW before it is used again
def dense_backward(dZ, X, W):
    dW = X.T @ dZ
    db = dZ.sum(0)
    W -= 0.1 * dW
    dX = dZ @ W.T
    return dW, db, dX


# %% dW includes L2 -> named: dW has W added
def dense_backward(dZ, X, W):
    dW = X.T @ dZ + W
    db = dZ.sum(0)
    dX = dZ @ W.T
    return dW, db, dX


# %% dW with squares -> named: dW and db: dZ is squared
def dense_backward(dZ, X, W):
    dW = X.T @ dZ**2
    db = (dZ**2).sum(0)
    dX = dZ @ W.T
    return dW, db, dX


# %% db = mean axis 1 -> named: your db is dZ.mean(axis=1)
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.mean(axis=1), dZ @ W.T


# %% dX summed -> named: dX: one array in place of another
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(0), (dZ @ W.T).sum(axis=0)


# %% dX mean over samples -> named: dX is averaged over its rows
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(0), (dZ @ W.T).mean(axis=0)


# %% order db dW dX -> named: what you return as dW is db; what you return as db is dW
def dense_backward(dZ, X, W):
    return dZ.sum(0), X.T @ dZ, dZ @ W.T


# %% transposed dW and mean db -> named: dW is transposed; db is a mean instead of a sum
def dense_backward(dZ, X, W):
    return dZ.T @ X, dZ.mean(0), dZ @ W.T


# %% twice dW -> named: dW is 2 times what it should be; db is 2 times what it should be
def dense_backward(dZ, X, W):
    return 2 * X.T @ dZ, 2 * dZ.sum(0), dZ @ W.T


# %% learning rate inside -> named: dW is 1/10 times what it should be; db is 1/10 times what it should be …
def dense_backward(dZ, X, W):
    return 0.1 * X.T @ dZ, 0.1 * dZ.sum(0), 0.1 * dZ @ W.T


# %% db max -> named: db: another function
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.max(0), dZ @ W.T


# %% db zeros forgot -> named: db is always 0
def dense_backward(dZ, X, W):
    db = np.zeros(W.shape[1])
    return X.T @ dZ, db, dZ @ W.T


# %% loop skipping last sample -> named: dW and db: the last sample does not take part
def dense_backward(dZ, X, W):
    dW = np.zeros_like(W)
    db = np.zeros(W.shape[1])
    for n in range(len(X) - 1):
        dW += np.outer(X[n], dZ[n])
        db += dZ[n]
    return dW, db, dZ @ W.T


# %% dX loops overwrite -> named: dX: only the last output takes part
def dense_backward(dZ, X, W):
    N, D = X.shape
    K = W.shape[1]
    dX = np.zeros((N, D))
    for n in range(N):
        for d in range(D):
            for k in range(K):
                dX[n, d] = dZ[n, k] * W[d, k]
    return X.T @ dZ, dZ.sum(0), dX


# %% elementwise -> named: in dW numbers are multiplied one by one
def dense_backward(dZ, X, W):
    return X.T * dZ, dZ.sum(0), dZ @ W.T


# %% pinv -> wrong: dX is wrong
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(0), dZ @ np.linalg.pinv(W)


# %% clipping -> named: dW is cut off below -0.1 and above 0.1
def dense_backward(dZ, X, W):
    return np.clip(X.T @ dZ, -0.1, 0.1), dZ.sum(0), dZ @ W.T


# %% dW normalised -> named: dW is divided by its length
def dense_backward(dZ, X, W):
    dW = X.T @ dZ
    return dW / np.linalg.norm(dW), dZ.sum(0), dZ @ W.T


# %% batch one only -> named: db is not summed over the samples; your dX is W @ dZ
def dense_backward(dZ, X, W):
    return np.outer(X, dZ), dZ, W @ dZ


# %% abs -> named: db: dZ becomes its absolute value
def dense_backward(dZ, X, W):
    return X.T @ dZ, np.abs(dZ).sum(0), dZ @ W.T


# %% dX with dW^T and avg (m twice) -> named: dW is 1/N² times what it should be; db is 1/N² times what it should be …
def dense_backward(dZ, X, W):
    m = dZ.shape[0]
    dW = (X.T @ dZ) / m**2
    db = np.mean(dZ, axis=0) / m
    return dW, db, dZ @ W.T / m


# %% dW of gradient sign -> named: dW is the sign of the right one; db is the sign of the right one
def dense_backward(dZ, X, W):
    return np.sign(X.T @ dZ), np.sign(dZ.sum(0)), dZ @ W.T


# %% divided by K -> named: dW is 1/K times what it should be; db is a mean instead of a sum
def dense_backward(dZ, X, W):
    return X.T @ dZ / dZ.shape[1], dZ.mean(0), dZ @ W.T


# %% db from squared, dX from X -> named: your dX is X * dZ.sum(axis=1, keepdims=True)
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(0), X * dZ.sum(axis=1, keepdims=True)


# %% loops, += on wrong index -> named: dW is that of the last sample alone; db: only the last sample takes part
def dense_backward(dZ, X, W):
    N, D = X.shape
    K = dZ.shape[1]
    dW = np.zeros((D, K))
    db = np.zeros(K)
    dX = np.zeros((N, D))
    for n in range(N):
        for k in range(K):
            db[k] = dZ[n, k]
            for d in range(D):
                dW[d, k] = X[n, d] * dZ[n, k]
                dX[n, d] += dZ[n, k] * W[d, k]
    return dW, db, dX


# %% relu gate on dX by dX -> named: where X is negative, dX is 0
def dense_backward(dZ, X, W):
    dX = dZ @ W.T
    dX[X <= 0] = 0
    return X.T @ dZ, dZ.sum(0), dX


# %% bias row included in dW -> clue: dW has the wrong shape
def dense_backward(dZ, X, W):
    X1 = np.hstack([X, np.ones((len(X), 1))])
    dW = X1.T @ dZ
    return dW, dZ.sum(0), dZ @ W.T


# %% step instead of gradient -> named: dW is the step from W; db is −1/10 times what it should be
def dense_backward(dZ, X, W):
    return W - 0.1 * X.T @ dZ, -0.1 * dZ.sum(0), dZ @ W.T


# %% dW uses W -> named: your dW is W * db
def dense_backward(dZ, X, W):
    return W * dZ.sum(0), dZ.sum(0), dZ @ W.T


# %% missing return of dX, None -> stopped: what it returns are no numbers
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(0), None


# %% dX loses sum, einsum wrong -> named: dW is transposed; db is summed over the outputs instead of the samples …
def dense_backward(dZ, X, W):
    return np.einsum("nd,nk->kd", X, dZ), np.einsum("nk->n", dZ), np.einsum("nk,dk->dn", dZ, W)


# %% normalised by batch only in dX -> named: dX is 1/N times what it should be
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(0), dZ @ W.T / len(X)


# %% X centered -> named: dW: dZ loses the mean of each column
def dense_backward(dZ, X, W):
    return (X - X.mean(0)).T @ dZ, dZ.sum(0), dZ @ W.T


# %% skip first sample -> named: dW and db: the first sample does not take part
def dense_backward(dZ, X, W):
    dW = 0
    db = 0
    for n in range(1, len(X)):
        dW = dW + np.outer(X[n], dZ[n])
        db = db + dZ[n]
    return dW, db, dZ @ W.T


# %% max norm clip -> named: your dW is 1/10 · dW / np.linalg.norm(dW)
def dense_backward(dZ, X, W):
    g = X.T @ dZ
    n = np.linalg.norm(g)
    return g / max(1, 10 * n), dZ.sum(0), dZ @ W.T
