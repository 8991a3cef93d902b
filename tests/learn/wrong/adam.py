import numpy as np


# %% v corrected by the other beta -> named: new_W: one array in place of another
def adam(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dW
    v = beta2 * v + (1 - beta2) * dW**2
    return W - learning_rate * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta1**t)) + epsilon), m, v


# %% the order of the results -> named: what you return as new_W is new_m; what you return as new_m is new_v …
def adam(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dW
    v = beta2 * v + (1 - beta2) * dW**2
    return m, v, W - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)


# %% momentum without the share -> named: the gradient is added whole to m
def adam(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + dW
    v = beta2 * v + (1 - beta2) * dW**2
    return W - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v
