import numpy as np


# %% two lines
def gradient_step(W, b, dW, db, rate):
    return W - rate * dW, b - rate * db


# %% in place, returned
def gradient_step(W, b, dW, db, rate):
    W -= rate * dW
    b -= rate * db
    return W, b


# %% in place, nothing returned
def gradient_step(W, b, dW, db, rate):
    W[...] = W - rate * dW
    b += -rate * db


# %% loops
def gradient_step(W, b, dW, db, rate):
    W, b = W.copy(), b.copy()
    for k in range(len(b)):
        b[k] -= rate * db[k]
        for d in range(len(W)):
            W[d, k] -= rate * dW[d, k]
    return W, b


# %% a dict, float32
def gradient_step(W, b, dW, db, rate):
    new = {}
    for name, value, slope in (("W", W, dW), ("b", b, db)):
        new[name] = (value - rate * slope).astype(np.float32)
    return new


# %% a list, b as a row
def gradient_step(W, b, dW, db, rate):
    return [np.add(W, np.multiply(-rate, dW)), (b - rate * db).reshape(1, -1)]
