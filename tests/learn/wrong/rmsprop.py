import numpy as np


# %% numerator squared -> named: new_W: one array in place of another
def rmsprop(W, dW, S, learning_rate, beta, epsilon):
    S = beta * S + (1 - beta) * dW**2
    return W - learning_rate * dW**2 / (np.sqrt(S) + epsilon), S


# %% old S returned -> named: what you return as new_S is S
def rmsprop(W, dW, S, learning_rate, beta, epsilon):
    new_S = beta * S + (1 - beta) * dW**2
    return W - learning_rate * dW / (np.sqrt(new_S) + epsilon), S


# %% product of matrices for the square -> stopped: the shapes do not fit
def rmsprop(W, dW, S, learning_rate, beta, epsilon):
    S = beta * S + (1 - beta) * (dW.T @ dW)
    return W - learning_rate * dW / (np.sqrt(S) + epsilon), S
