"""The optimisers as their papers print them: plain, float64, rebinding. Twins of the fast ones."""

import numpy as np


def gradient_descent(theta, grads, rate):
    for g in grads:
        theta = theta - rate * g
    return theta


def momentum(theta, grads, rate, mu):
    v = np.zeros_like(theta)
    for g in grads:
        v = mu * v - rate * g
        theta = theta + v
    return theta


def nesterov(theta, gradient_at, steps, rate, mu):
    """Sutskever et al. 2013, equations 3 and 4: the gradient is taken at the point looked ahead to."""
    v = np.zeros_like(theta)
    for _ in range(steps):
        v = mu * v - rate * gradient_at(theta + mu * v)
        theta = theta + v
    return theta + mu * v


def rmsprop(theta, grads, rate, rho, epsilon):
    s = np.zeros_like(theta)
    for g in grads:
        s = rho * s + (1 - rho) * g**2
        theta = theta - rate * g / (np.sqrt(s) + epsilon)
    return theta


def adagrad(theta, grads, rate, epsilon):
    s = np.zeros_like(theta)
    for g in grads:
        s = s + g**2
        theta = theta - rate * g / (np.sqrt(s) + epsilon)
    return theta


def adam(theta, grads, rate, beta1, beta2, epsilon, weight_decay=0.0, decayed=slice(None)):
    m = np.zeros_like(theta)
    v = np.zeros_like(theta)
    decay = np.zeros_like(theta)
    decay[decayed] = weight_decay
    for t, g in enumerate(grads, 1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        theta = theta - rate * (m_hat / (np.sqrt(v_hat) + epsilon) + decay * theta)
    return theta
