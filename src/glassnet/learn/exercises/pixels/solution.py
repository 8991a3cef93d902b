"""Pixels to [0, 1].

A picture's pixels are whole numbers of one byte: 0 is black, 255 is white. A network learns badly from such
large numbers, so each is divided by 255:

    X = pixels / 255              pixels (N, D), whole numbers   ->   X (N, D), fractions from 0 to 1
"""

import numpy as np


def scale_pixels(pixels):
    """Pixels from 0 to 255 as numbers from 0 to 1.

    Parameters
    ----------
    pixels : array (N, D) of uint8
        One picture in each row.

    Returns
    -------
    X : array (N, D) of floats

    Examples
    --------
    >>> scale_pixels(np.array([[0, 51, 255]], dtype=np.uint8))
    array([[0. , 0.2, 1. ]])
    """
    X = pixels / 255
    return X
