import numpy as np


# %% plain
def rmsprop(W, dW, S, learning_rate, beta, epsilon):
    S = beta * S + (1 - beta) * dW**2
    return W - learning_rate * dW / (np.sqrt(S) + epsilon), S


# %% epsilon beneath the root
def rmsprop(W, dW, S, learning_rate, beta, epsilon):
    S = beta * S + (1 - beta) * dW * dW
    return W - learning_rate * dW / np.sqrt(S + epsilon), S


# %% in place
def rmsprop(W, dW, S, learning_rate, beta, epsilon):
    S *= beta
    S += (1 - beta) * np.square(dW)
    W -= learning_rate / (S**0.5 + epsilon) * dW


# %% float32, towards the square
def rmsprop(W, dW, S, learning_rate, beta, epsilon):
    W, dW, S = np.float32(W), np.float32(dW), np.float32(S)
    S = S + (1 - beta) * (dW**2 - S)
    return {"new_W": W - learning_rate * (dW / (np.sqrt(S) + epsilon)), "new_S": S}


# %% loops
def rmsprop(W, dW, S, learning_rate, beta, epsilon):
    new_W, new_S = np.empty_like(W), np.empty_like(S)
    for place in np.ndindex(W.shape):
        s = beta * S[place] + (1 - beta) * dW[place] ** 2
        new_S[place] = s
        new_W[place] = W[place] - learning_rate * dW[place] / (s**0.5 + epsilon)
    return new_W, new_S
