import numpy as np


# %% plain
def momentum(W, dW, V, learning_rate, beta):
    V = beta * V + dW
    return W - learning_rate * V, V


# %% the velocity holds the learning rate and is added
def momentum(W, dW, V, learning_rate, beta):
    V = beta * V - learning_rate * dW
    return W + V, V


# %% the velocity holds the learning rate and is taken away, as a list
def momentum(W, dW, V, learning_rate, beta):
    V = beta * V + learning_rate * dW
    return [W - V, V]


# %% in place, nothing returned
def momentum(W, dW, V, learning_rate, beta):
    V *= beta
    V += dW
    W -= learning_rate * V


# %% loops in float32
def momentum(W, dW, V, learning_rate, beta):
    W, V = W.astype(np.float32), np.array(V, dtype=np.float32)
    for d in range(W.shape[0]):
        for k in range(W.shape[1]):
            V[d, k] = V[d, k] * beta + dW[d, k]
            W[d, k] -= V[d, k] * learning_rate
    return W, V


# %% V in place, W returned
def momentum(W, dW, V, learning_rate, beta):
    V[:] = beta * V + dW
    return W - learning_rate * V
