"""Rung 1: the same page, with the formulas from glassnet.maths and samples as rows.

Each ``…_vjp`` is the derivative of the function beside it: it takes the loss's derivative by
the output and gives the one by the input. From the repository's root:  python examples/ladder/rung1.py
"""

import numpy as np

import glassnet as gn
from glassnet.maths import (
    affine,
    affine_vjp,
    initializer,
    one_hot,
    relu,
    relu_vjp,
    softmax,
    softmax_cross_entropy_vjp,
)


def init_params(n_x, n_h, n_y, rng):
    he = initializer("he")
    W1, W2 = he(rng, n_x, n_h, "float64"), he(rng, n_h, n_y, "float64")
    return W1, np.zeros(n_h), W2, np.zeros(n_y)


def forward(params, X):
    W1, b1, W2, b2 = params
    Z1 = affine(X, W1, b1)
    A1 = relu(Z1)
    A2 = softmax(affine(A1, W2, b2))
    return Z1, A1, A2


def backward(params, Z1, A1, A2, X, Y):
    W1, _, W2, _ = params
    dZ2 = softmax_cross_entropy_vjp(A2, Y)  # (A2 − Y) / N: the mean over the batch comes in here, once
    dA1, dW2, db2 = affine_vjp(dZ2, A1, W2)
    dZ1 = relu_vjp(dA1, Z1, A1)
    _, dW1, db1 = affine_vjp(dZ1, X, W1)
    return dW1, db1, dW2, db2


def main(steps=500, learning_rate=0.5):
    train_set, test_set = gn.load("digits").split(0.2, seed=0)
    X, Y = train_set.flat / 16, one_hot(train_set.labels, 10)
    params = init_params(64, 32, 10, np.random.default_rng(0))
    for _ in range(steps):
        gradients = backward(params, *forward(params, X), X, Y)
        for parameter, gradient in zip(params, gradients, strict=True):
            parameter -= learning_rate * gradient
    A2 = forward(params, test_set.flat / 16)[-1]
    print(f"right on digits never seen: {(A2.argmax(axis=1) == test_set.labels).mean():.2%}")
    return params


if __name__ == "__main__":
    main()
