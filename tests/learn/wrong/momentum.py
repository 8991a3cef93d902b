import numpy as np


# %% V not returned new -> named: the velocity is forgotten
def momentum(W, dW, V, learning_rate, beta):
    new_V = beta * V + dW
    return W - learning_rate * new_V, V


# %% the order of the results -> named: the two results come in another order
def momentum(W, dW, V, learning_rate, beta):
    V = beta * V + dW
    return V, W - learning_rate * V


# %% averaged and corrected sign -> named: two things at once: dW is multiplied by 1 − β; W moves uphill
def momentum(W, dW, V, learning_rate, beta):
    V = beta * V + (1 - beta) * dW
    return W + learning_rate * V, V


# %% W alone returned -> named: the velocity is forgotten
def momentum(W, dW, V, learning_rate, beta):
    V = beta * V + dW
    return W - learning_rate * V
