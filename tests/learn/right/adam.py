import numpy as np


# %% plain
def adam(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dW
    v = beta2 * v + (1 - beta2) * dW**2
    return W - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v


# %% the corrections within the learning rate
def adam(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * dW
    v = beta2 * v + (1 - beta2) * dW**2
    rate = learning_rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return W - rate * m / (np.sqrt(v) + epsilon), m, v


# %% epsilon beneath the root
def adam(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = m * beta1 + dW * (1 - beta1)
    v = v * beta2 + dW * dW * (1 - beta2)
    mh, vh = m / (1 - np.power(beta1, t)), v / (1 - np.power(beta2, t))
    W = W - learning_rate * mh / np.sqrt(vh + epsilon)
    return W, m, v


# %% in place
def adam(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    m *= beta1
    m += (1 - beta1) * dW
    v *= beta2
    v += (1 - beta2) * np.square(dW)
    W -= learning_rate * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)


# %% float32, as a dict
def adam(W, dW, m, v, t, learning_rate, beta1, beta2, epsilon):
    W, dW, m, v = (array.astype("float32") for array in (W, dW, m, v))
    m += (1 - beta1) * (dW - m)
    v += (1 - beta2) * (dW**2 - v)
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return dict(new_W=W - learning_rate * m_hat / (v_hat**0.5 + epsilon), new_m=m, new_v=v)
