"""The seeds' page as people write it for the first time: columns, one-hot, a new array for every line."""

import numpy as np


def init_params(hidden):
    rng = np.random.default_rng(0)
    W1 = rng.standard_normal((hidden, 784)) * np.sqrt(2 / 784)
    W2 = rng.standard_normal((10, hidden)) * np.sqrt(2 / hidden)
    return W1, np.zeros((hidden, 1)), W2, np.zeros((10, 1))


def relu(Z):
    return np.maximum(Z, 0)


def softmax(Z):
    E = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    return E / np.sum(E, axis=0, keepdims=True)


def one_hot(Y):
    encoded = np.zeros((Y.size, Y.max() + 1), np.float32)
    encoded[np.arange(Y.size), Y] = 1
    return encoded.T


def forward_prop(W1, b1, W2, b2, X):
    Z1 = W1.dot(X) + b1
    A1 = relu(Z1)
    Z2 = W2.dot(A1) + b2
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2


def backward_prop(Z1, A1, A2, W2, X, Y):
    m = Y.size
    dZ2 = A2 - one_hot(Y)
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return dW1, db1, dW2, db2


def update_params(W1, b1, W2, b2, dW1, db1, dW2, db2, alpha):
    W1 = W1 - alpha * dW1
    b1 = b1 - alpha * db1
    W2 = W2 - alpha * dW2
    b2 = b2 - alpha * db2
    return W1, b1, W2, b2


def gradient_descent(X, Y, params, alpha, iterations):
    W1, b1, W2, b2 = params
    for _ in range(iterations):
        Z1, A1, _, A2 = forward_prop(W1, b1, W2, b2, X)
        gradients = backward_prop(Z1, A1, A2, W2, X, Y)
        W1, b1, W2, b2 = update_params(W1, b1, W2, b2, *gradients, alpha)
    return W1, b1, W2, b2


def accuracy(X, Y, params):
    A2 = forward_prop(*params, X)[-1]
    return float(np.mean(np.argmax(A2, axis=0) == Y))
