"""Rung 0: one page of plain NumPy, the way the seed projects write it.

Samples are columns, there is one hidden layer, and every formula is spelled out. Only the
digits come from Glassnet. From the repository's root:  python examples/ladder/rung0.py
"""

import numpy as np

import glassnet as gn


def init_params(n_x, n_h, n_y, rng):
    # A column-wise W maps (n_x, N) to (n_h, N), so it is (n_h, n_x). The numbers are drawn the other
    # way round and turned, for one reason only: so that all rungs start from the same weights.
    W1 = (rng.standard_normal((n_x, n_h)) * np.sqrt(2 / n_x)).T
    W2 = (rng.standard_normal((n_h, n_y)) * np.sqrt(2 / n_h)).T
    return W1, np.zeros((n_h, 1)), W2, np.zeros((n_y, 1))


def softmax(Z):
    E = np.exp(Z - Z.max(axis=0))  # without the maximum, a large Z would overflow
    return E / E.sum(axis=0)


def one_hot(y, n_y):
    Y = np.zeros((n_y, y.size))
    Y[y, np.arange(y.size)] = 1
    return Y


def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2 @ A1 + b2
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2


def backward_prop(Z1, A1, A2, W2, X, Y):
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = dZ2.sum(axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = dZ1.sum(axis=1, keepdims=True) / m
    return dW1, db1, dW2, db2


def update_params(params, gradients, learning_rate):
    return tuple(p - learning_rate * g for p, g in zip(params, gradients, strict=True))


def accuracy(params, X, y):
    A2 = forward_prop(*params, X)[-1]
    return (A2.argmax(axis=0) == y).mean()


def main(steps=500, learning_rate=0.5):
    train_set, test_set = gn.load("digits").split(0.2, seed=0)
    X, Y = train_set.flat.T / 16, one_hot(train_set.labels, 10)  # 8×8 pixels of 0 to 16 as columns of 0 to 1
    params = init_params(64, 32, 10, np.random.default_rng(0))
    for _ in range(steps):
        Z1, A1, _, A2 = forward_prop(*params, X)
        gradients = backward_prop(Z1, A1, A2, params[2], X, Y)
        params = update_params(params, gradients, learning_rate)
    print(f"right on digits never seen: {accuracy(params, test_set.flat.T / 16, test_set.labels):.2%}")
    return params


if __name__ == "__main__":
    main()
