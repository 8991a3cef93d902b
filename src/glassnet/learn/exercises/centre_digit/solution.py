"""Centring a photographed digit.

MNIST's digits were put into their 28 × 28 pixels by their centre of mass: it lies in the middle, at row 14
and column 14, as near as whole pixels allow. A photographed digit has to be put there, too, or the network
reads something that it never saw.

    mass = sum of all P[i, j]                    P (28, 28): 0 is paper, 1 is ink
    row = sum of i · P[i, j] / mass              column = sum of j · P[i, j] / mass
    shift the picture by 14 − row down and 14 − column to the right, rounded to whole pixels

What is pushed out of the picture is lost, and what comes in is paper. A picture without ink stays as it is.
"""

import numpy as np


def centre_digit(P):
    """Shift a digit so that its centre of mass lies in the middle.

    Parameters
    ----------
    P : array (28, 28)
        0 is paper, 1 is ink.

    Returns
    -------
    Q : array (28, 28)

    Examples
    --------
    >>> P = np.zeros((28, 28))
    >>> P[3, 20] = 1
    >>> np.argwhere(centre_digit(P)).tolist()
    [[14, 14]]
    """
    mass = np.sum(P)
    if mass == 0:
        return P
    i, j = np.indices(P.shape)
    row = np.sum(i * P) / mass
    column = np.sum(j * P) / mass
    down = round(float(14 - row))
    right = round(float(14 - column))
    Q = np.zeros(P.shape)
    for y in range(28):
        for x in range(28):
            if 0 <= y + down < 28 and 0 <= x + right < 28:
                Q[y + down, x + right] = P[y, x]
    return Q
