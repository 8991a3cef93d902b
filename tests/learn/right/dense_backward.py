import numpy as np


# %% plain
def dense_backward(dZ, X, W):
    return X.T @ dZ, dZ.sum(0), dZ @ W.T


# %% db as a row
def dense_backward(dZ, X, W):
    dW = np.dot(X.T, dZ)
    db = np.sum(dZ, axis=0, keepdims=True)
    dX = np.dot(dZ, W.T)
    return dW, db, dX


# %% db as a column
def dense_backward(dZ, X, W):
    return np.dot(X.T, dZ), dZ.sum(axis=0).reshape(-1, 1), np.dot(dZ, W.T)


# %% sample by sample
def dense_backward(dZ, X, W):
    dW, db, dX = np.zeros_like(W), np.zeros(W.shape[1]), np.zeros_like(X)
    for n in range(len(X)):
        dW += np.outer(X[n], dZ[n])
        db += dZ[n]
        dX[n] = W @ dZ[n]
    return dW, db, dX


# %% einsum, as a dict
def dense_backward(dZ, X, W):
    return {
        "dW": np.einsum("nd,nk->dk", X, dZ),
        "db": np.einsum("nk->k", dZ),
        "dX": np.einsum("nk,dk->nd", dZ, W),
    }


# %% transposed and back, as a list
def dense_backward(dZ, X, W):
    return [(dZ.T @ X).T, np.ones(len(dZ)) @ dZ, (W @ dZ.T).T]


# %% float32
def dense_backward(dZ, X, W):
    dZ, X, W = np.float32(dZ), np.float32(X), np.float32(W)
    return np.tensordot(X, dZ, (0, 0)), dZ.sum(axis=0), np.tensordot(dZ, W, (1, 1))


# %% samples in columns
def dense_backward(dZ, X, W):
    dW = dZ @ X.T
    db = np.sum(dZ, axis=1, keepdims=True)
    dX = W.T @ dZ
    return dW, db, dX


# %% samples in columns, db as a vector
def dense_backward(dZ, X, W):
    return dZ.dot(X.T), dZ.sum(axis=1), W.T.dot(dZ)


# %% four loops
def dense_backward(dZ, X, W):
    N, D = X.shape
    K = W.shape[1]
    dW = [[0.0] * K for _ in range(D)]
    db = [0.0] * K
    dX = [[0.0] * D for _ in range(N)]
    for n in range(N):
        for k in range(K):
            db[k] += dZ[n, k]
            for d in range(D):
                dW[d][k] += X[n, d] * dZ[n, k]
                dX[n][d] += dZ[n, k] * W[d, k]
    return dW, db, dX
