"""Checking a gradient numerically.

A gradient that was derived by hand can be wrong without any error message. But it can be measured: move one
parameter a little up and a little down, and see how much the loss changes (the central difference):

    gradient[i] = (f(θ with θ[i] + h) − f(θ with θ[i] − h)) / (2h)
    θ of any shape   ->   gradient of the same shape

One parameter moves at a time; all others stay. Then both gradients are compared by their relative error, in
which the size of the numbers does not matter:

    error = ‖gradient − numerical‖ / (‖gradient‖ + ‖numerical‖)        ‖v‖ = sqrt(sum of all v²)

A right gradient has an error far below 1e-5, measured with h = 1e-5; whatever is above is wrong.
"""

import numpy as np


def numerical_gradient(f, theta, h):
    """The gradient of f at theta, by central differences.

    Parameters
    ----------
    f : function
        f(theta) is the loss, a number.
    theta : array of any shape
    h : float
        How far a parameter moves.

    Returns
    -------
    gradient : array of theta's shape

    Examples
    --------
    >>> numerical_gradient(lambda theta: np.sum(theta**2), np.array([1.0, -2.0]), 1e-5).round(6)
    array([ 2., -4.])
    """
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        up = theta.copy()
        up[index] += h
        down = theta.copy()
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


def is_right(gradient, numerical):
    """Whether a gradient is the one that was measured, but for what measuring itself is wrong by.

    Parameters
    ----------
    gradient : array of any shape
        The gradient to be checked.
    numerical : array of the same shape
        What numerical_gradient gave with h = 1e-5.

    Returns
    -------
    right : bool

    Examples
    --------
    >>> is_right(np.array([2.0, -4.0]), np.array([2.0000000001, -4.0]))
    True
    >>> is_right(np.array([2.0, 4.0]), np.array([2.0000000001, -4.0]))
    False
    """
    difference = np.linalg.norm(gradient - numerical)
    size = np.linalg.norm(gradient) + np.linalg.norm(numerical)
    error = difference / size
    return bool(error < 1e-5)
