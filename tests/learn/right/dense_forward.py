import numpy as np


# %% one line
def dense_forward(X, W, b):
    return X @ W + b


# %% np.dot, b as a row
def dense_forward(X, W, b):
    return np.dot(X, W) + b.reshape(1, -1)


# %% three loops
def dense_forward(X, W, b):
    N, D = X.shape
    K = W.shape[1]
    Z = np.zeros((N, K))
    for n in range(N):
        for k in range(K):
            for d in range(D):
                Z[n, k] += X[n, d] * W[d, k]
            Z[n, k] += b[k]
    return Z


# %% einsum
def dense_forward(X, W, b):
    return np.einsum("nd,dk->nk", X, W) + b


# %% lists of Python numbers
def dense_forward(X, W, b):
    return [
        [float(sum(x * w for x, w in zip(row, column))) + float(bias) for column, bias in zip(W.T, b)]
        for row in X
    ]


# %% float32
def dense_forward(X, W, b):
    X, W, b = (array.astype(np.float32) for array in (X, W, b))
    return X @ W + b


# %% the bias as one more weight
def dense_forward(X, W, b):
    ones = np.ones((len(X), 1))
    return np.hstack([X, ones]) @ np.vstack([W, b])


# %% samples in columns
def dense_forward(X, W, b):
    return W @ X + b


# %% samples in columns, b as a vector
def dense_forward(X, W, b):
    Z = W.dot(X)
    Z += b.reshape(-1, 1)
    return Z


# %% matrices of NumPy's old kind
def dense_forward(X, W, b):
    return np.matrix(X) * np.matrix(W) + b


# %% transposed and back
def dense_forward(X, W, b):
    return (W.T @ X.T + b[:, None]).T


# %% with a cache
def dense_forward(X, W, b):
    Z = np.matmul(X, W) + b
    cache = (X, W, b)
    return Z, cache
