import numpy as np


# %% loop overwrite -> named: only the last input counts
def dense_forward(X, W, b):
    N, D = X.shape
    K = W.shape[1]
    Z = np.zeros((N, K))
    for n in range(N):
        for k in range(K):
            for d in range(D):
                Z[n, k] = X[n, d] * W[d, k] + b[k]
    return Z


# %% bias inside -> named: the bias is added once for every input
def dense_forward(X, W, b):
    N, D = X.shape
    K = W.shape[1]
    Z = np.zeros((N, K))
    for n in range(N):
        for k in range(K):
            for d in range(D):
                Z[n, k] += X[n, d] * W[d, k] + b[k]
    return Z


# %% W.T X -> stopped: the shapes do not fit
def dense_forward(X, W, b):
    return W.T @ X + b


# %% sum over all -> named: Z: product is summed up
def dense_forward(X, W, b):
    return np.sum(X @ W) + b


# %% returns transposed -> named: Z is transposed
def dense_forward(X, W, b):
    return (X @ W + b).T


# %% relu -> named: an activation is applied already
def dense_forward(X, W, b):
    Z = X @ W + b
    return np.maximum(0, Z)


# %% sigmoid -> named: Z goes through the sigmoid
def dense_forward(X, W, b):
    return 1 / (1 + np.exp(-(X @ W + b)))


# %% tanh -> named: Z goes through tanh
def dense_forward(X, W, b):
    return np.tanh(X @ W + b)


# %% bias per sample -> named: Z: b is a column
def dense_forward(X, W, b):
    return X @ W + b[:, None]


# %% averaged over batch -> named: Z: X is divided by its number of rows
def dense_forward(X, W, b):
    return X @ W / X.shape[0] + b


# %% bias doubled -> named: Z: b is doubled
def dense_forward(X, W, b):
    Z = X @ W + b
    Z += b
    return Z


# %% mean of X -> named: Z is averaged over its rows
def dense_forward(X, W, b):
    return X.mean(axis=0) @ W + b


# %% first sample -> named: Z: only the first sample takes part
def dense_forward(X, W, b):
    return X[0] @ W + b


# %% return in loop -> named: Z: only the first sample takes part
def dense_forward(X, W, b):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for n in range(X.shape[0]):
        Z[n] = X[n] @ W + b
        return Z


# %% loop to D-1 -> named: the last input does not take part
def dense_forward(X, W, b):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for d in range(X.shape[1] - 1):
        Z += np.outer(X[:, d], W[d])
    return Z + b


# %% bias mean -> named: Z: b is averaged
def dense_forward(X, W, b):
    return X @ W + np.mean(b)


# %% int zeros -> named: the fractions of Z are lost
def dense_forward(X, W, b):
    Z = np.zeros((X.shape[0], W.shape[1]), dtype=int)
    for n in range(X.shape[0]):
        Z[n] = X[n] @ W + b
    return Z


# %% abs weights -> named: Z: W becomes its absolute value
def dense_forward(X, W, b):
    return X @ np.abs(W) + b


# %% normalised rows -> named: Z is divided by the sum of each row
def dense_forward(X, W, b):
    Z = X @ W + b
    return Z / Z.sum(axis=1, keepdims=True)


# %% random weights -> named: Z depends on chance
def dense_forward(X, W, b):
    W = np.random.randn(*W.shape)
    return X @ W + b


# %% global -> named: Z depends on earlier calls
Z = 0


def dense_forward(X, W, b):
    global Z
    Z = Z + (X @ W + b).sum()
    return X @ W + b + Z


# %% bias on wrong sign and W neg -> named: Z: X has the wrong sign
def dense_forward(X, W, b):
    return -(X @ W) + b


# %% threshold form -> named: the bias is subtracted
def dense_forward(X, W, b):
    return X @ W - b


# %% X+b -> named: Z: X is 1 too large
def dense_forward(X, W, b):
    return (X + 1) @ W + b


# %% last output missing -> named: Z: the last output does not take part
def dense_forward(X, W, b):
    return (X @ W + b)[:, :-1]


# %% W.sum -> wrong: Z is wrong
def dense_forward(X, W, b):
    return X.sum(axis=1, keepdims=True) * W.sum(axis=0) + b


# %% bias reversed -> named: Z: b is in the reverse order
def dense_forward(X, W, b):
    return X @ W + b[::-1]


# %% round -> named: Z is rounded to 2 places
def dense_forward(X, W, b):
    return np.round(X @ W + b, 2)


# %% bias scaled -> named: Z: b is divided by 10
def dense_forward(X, W, b):
    return X @ W + 0.1 * b


# %% b @ W -> stopped: it stops with ValueError
def dense_forward(X, W, b):
    return X @ W + b @ W.T.sum()


# %% mean of products -> named: the sum over the inputs is an average
def dense_forward(X, W, b):
    return np.array([[np.mean(x * w) + bb for w, bb in zip(W.T, b)] for x in X])


# %% max product -> wrong: Z is wrong
def dense_forward(X, W, b):
    return np.array([[np.max(x * w) + bb for w, bb in zip(W.T, b)] for x in X])


# %% range D off by one skip first -> named: the first input does not take part
def dense_forward(X, W, b):
    Z = np.zeros((len(X), W.shape[1])) + b
    for d in range(1, X.shape[1]):
        Z += X[:, [d]] * W[d]
    return Z


# %% bias twice inside loop per sample -> named: Z: b is multiplied by the number of rows of X
def dense_forward(X, W, b):
    Z = X @ W
    for n in range(len(Z)):
        Z += b
    return Z


# %% last sample only filled -> named: Z: only the last sample takes part
def dense_forward(X, W, b):
    Z = np.zeros((len(X), W.shape[1]))
    for n in range(len(X)):
        z = X[n] @ W + b
    Z[n] = z
    return Z


# %% squares X -> named: Z: X is squared
def dense_forward(X, W, b):
    return X**2 @ W + b


# %% distance -> wrong: Z is wrong
def dense_forward(X, W, b):
    return np.linalg.norm(X[:, None] - W.T[None], axis=2) + b


# %% batch normalised -> wrong: Z is wrong
def dense_forward(X, W, b):
    Z = X @ W
    return (Z - Z.mean(0)) / (Z.std(0) + 1e-8) + b


# %% adds X -> named: Z is the right one plus the sum of X
def dense_forward(X, W, b):
    return X @ W + b + X.sum()


# %% softmaxed -> named: Z goes through softmax
def dense_forward(X, W, b):
    Z = X @ W + b
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)


# %% int cast inputs -> named: Z: X loses its fractions
def dense_forward(X, W, b):
    return X.astype(int) @ W + b


# %% b sorted -> named: Z: b is sorted
def dense_forward(X, W, b):
    return X @ W + sorted(b)


# %% missing last bias -> named: Z: b has zeros in its last row
def dense_forward(X, W, b):
    b = b.copy()
    b[-1] = 0
    return X @ W + b


# %% bias added to X -> wrong: Z is wrong
def dense_forward(X, W, b):
    return (X + b.mean()) @ W
